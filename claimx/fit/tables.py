"""From what was seen to the tables of weights: each field's, then the confidence's on held-out choices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from ..assemble.confidence import steps
from ..assemble.ranking import FIELDS, JUDGED, TABLES
from .learn import Penalty, fit, folds, probabilities
from .observe import Example, Observed, Seen

_HEAD = """# What each feature adds to a candidate's score. Learned by `claimx fit`; see the README of grammars.

[weights]
"""


def learn(
    observed: Observed, penalty: Penalty | None = None, say: Callable[[str], None] = lambda line: None
) -> dict[str, dict[str, float]]:
    """The weights of every field and of the confidence. ``say`` hears how often held-out choices were right."""
    tables = {name: fit(observed.examples(name), penalty) for name in FIELDS}
    held_out = _held_out(observed, penalty)
    for name in FIELDS:
        known = [(p, r) for p, r in held_out if r.number]
        chosen = [r.fields[name].right[int(np.argmax(p[name]))] for p, r in known]
        say(f"{name}: {len(tables[name])} features, right {np.mean(chosen):.3f} of {len(chosen)} held-out choices")
    examples, chances = [], []
    for p, row in held_out:
        if row.optional:
            continue
        right = row.number and all(row.fields[n].right[int(np.argmax(p[n]))] for n in JUDGED)
        sure = {n: float(p[n].max()) for n in JUDGED}
        features = ("bias", *row.facts, *steps(sure))
        examples.append(Example(row.paper, [features, ()], [right, not right], [right, not right]))
    tables["confidence"] = fit(examples, Penalty(l1=1.0, l2=0.3, rare=8))
    fold = folds([e.paper for e in examples])
    for k in sorted(set(fold.values())):
        weights = fit([e for e in examples if fold[e.paper] != k], Penalty(l1=1.0, l2=0.3, rare=8))
        chances += [(float(probabilities(weights, e)[0]), e.right[0]) for e in examples if fold[e.paper] == k]
    for low, high in ((0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.01)):
        found = [ok for p, ok in chances if low <= p < high]
        if found:
            say(f"confidence {low} to {min(high, 1)}: right {np.mean(found):.3f} of {len(found)} held-out rows")
    return tables


def _held_out(observed: Observed, penalty: Penalty | None) -> list[tuple[dict[str, np.ndarray], Seen]]:
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
