"""From what was seen to the tables of weights: each field's, then the confidence's on held-out choices."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ..assemble.confidence import JUDGED, steps
from ..assemble.ranking import FIELDS, TABLES
from .learn import Penalty, Vector, fit, folds, probabilities
from .observe import Example, Observed, Seen

HIGH, TRUST = 0.9, 0.95  # above this confidence, at least this share of rows is to be right
_NUMBERS = Penalty(l1=1.0, least=0.05)  # they are many, so that their words can be weighed one by one
_CONFIDENCE = Penalty(l1=0.5, l2=0.5, rare=5)
_HEAD = """# What each feature adds to a candidate's score. Learned by `claimx fit`; see the README of grammars.

[weights]
"""


def learn(
    observed: Observed, penalty: Penalty | None = None, say: Callable[[str], None] = lambda line: None
) -> dict[str, dict[str, float]]:
    """The weights of every field and of the confidence. ``say`` hears how often held-out choices were right."""
    tables = {name: fit(observed.examples(name), penalty) for name in FIELDS}
    for name, examples in observed.numbers.items():
        tables[name] = fit(observed.examples(name), penalty or _NUMBERS)
        right = _right(examples, penalty or _NUMBERS)
        say(f"{name}: {len(tables[name])} features, right {right:.3f} of {len(examples)} held-out choices")
    held_out = _held_out(observed, penalty)
    for name in FIELDS:
        known = [(p, r) for p, r in held_out if r.number]
        chosen = [r.fields[name].right[int(np.argmax(p[name]))] for p, r in known]
        say(f"{name}: {len(tables[name])} features, right {np.mean(chosen):.3f} of {len(chosen)} held-out choices")
    tables["confidence"] = _confidence(held_out, say)
    return tables


def _confidence(held_out: Sequence[tuple[dict[str, Vector], Seen]], say: Callable[[str], None]) -> dict[str, float]:
    """The weights of the confidence, its bias lowered until held-out rows above HIGH are right as often as TRUST."""
    examples = []
    for p, row in held_out:
        if not row.optional:
            best = {n: int(np.argmax(p[n])) for n in JUDGED}
            right = row.number and all(row.fields[n].right[k] for n, k in best.items())
            chosen = {n: (float(p[n][k]), row.fields[n].kinds[k]) for n, k in best.items()}
            facts = ("bias", *row.facts, *steps(chosen))
            examples.append(Example(row.paper, [facts, ()], [right, not right], [right, not right]))
    fold = folds([e.paper for e in examples])
    scores: list[tuple[float, bool]] = []
    for k in sorted(set(fold.values())):
        weights = fit([e for e in examples if fold[e.paper] != k], _CONFIDENCE)
        known = [e for e in examples if fold[e.paper] == k]
        scores += [(sum(weights.get(f, 0.0) for f in e.features[0]), e.right[0]) for e in known]
    caution = next((c / 20 for c in range(40) if _trusted(scores, c / 20)), 2.0)
    for low, high in ((0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, HIGH), (HIGH, 1)):
        found = [ok for score, ok in scores if low <= 1 / (1 + math.exp(caution - score)) < high]
        if found:
            say(f"confidence {low} to {high}: right {np.mean(found):.3f} of {len(found)} held-out rows")
    weights = fit(examples, _CONFIDENCE)
    return {**weights, "bias": round(weights.get("bias", 0.0) - caution, 3)}


def _trusted(scores: Sequence[tuple[float, bool]], caution: float) -> bool:
    """Whether the rows whose confidence is above HIGH, with scores lowered by ``caution``, are right often enough."""
    high = [ok for score, ok in scores if score - caution > math.log(HIGH / (1 - HIGH))]
    return not high or sum(high) >= TRUST * len(high)


def _right(examples: Sequence[Example], penalty: Penalty) -> float:
    """The share of held-out choices that are right; 0 without any."""
    fold = folds([e.paper for e in examples])
    right = 0
    for k in set(fold.values()):
        known = [e for e in examples if fold[e.paper] != k and any(e.right) and not all(e.right)]
        weights = fit(known, penalty)
        right += sum(e.right[int(np.argmax(probabilities(weights, e)))] for e in examples if fold[e.paper] == k)
    return right / max(1, len(examples))


def _held_out(observed: Observed, penalty: Penalty | None) -> list[tuple[dict[str, Vector], Seen]]:
    """For each row the probabilities of its candidates by weights that were learned without its paper."""
    fold = folds([row.paper for row in observed.rows])
    out = []
    for k in sorted(set(fold.values())):
        rest = Observed([row for row in observed.rows if fold[row.paper] != k])
        tables = {name: fit(rest.examples(name), penalty) for name in FIELDS}
        for row in observed.rows:
            if fold[row.paper] == k:
                out.append(({n: probabilities(tables[n], e) for n, e in row.fields.items()}, row))
    return out


def write(tables: dict[str, dict[str, float]], folder: Path) -> None:
    """Write the tables as TOML, the weightiest features first."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        lines = [
            f'"{_escaped(f)}" = {w}' for f, w in sorted(tables[name].items(), key=lambda item: (-abs(item[1]), item[0]))
        ]
        (folder / f"{name}.toml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf8")


def _escaped(feature: str) -> str:
    return feature.replace("\\", "\\\\").replace('"', '\\"')
