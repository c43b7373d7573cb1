"""What the extractor sees on gold texts: every choice it makes, with the candidates that gold accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..assemble.candidates import Candidate, Named
from ..assemble.choose import Choice
from ..assemble.joins import ALONE, VALUE
from ..assemble.numbers import NumberRanker
from ..assemble.ranking import FIELDS
from ..assemble.readings import Reading
from ..clean import clean
from ..evaluate import Gold, Texts, compare, read_gold, same_name
from ..explain import Step
from ..model import Claim, Span, Text
from ..pipeline import Extractor

_Choice = tuple[str, Reading, list[Candidate]]  # a table, the number and its candidates
_Judge = Callable[[Sequence[Gold], Text, Reading, Sequence[Candidate]], list[bool]]
_SPANS = ("value", "delta", "baseline_value")
_FAR = 1000  # beyond any list of acceptable names


@dataclass(slots=True)
class Example:
    """One choice among candidates: the features of each, which of them gold accepts, and which of these it names first.

    Gold lists acceptable names best first: the proper name before "our method".
    """

    paper: str
    features: list[tuple[str, ...]]
    right: list[bool]
    best: list[bool]
    kinds: list[str] = field(default_factory=list)  # where each is from


@dataclass(slots=True)
class Seen:
    """One row of the extractor: the examples of its fields, its facts, and what gold says of its number."""

    paper: str
    fields: dict[str, Example]
    facts: tuple[str, ...]
    number: bool  # that a gold row has this very number
    optional: bool  # that only optional gold rows do


@dataclass(slots=True)
class Observed:
    """What was seen on some gold files."""

    rows: list[Seen] = field(default_factory=list)
    numbers: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in _RIGHT})

    def examples(self, name: str) -> list[Example]:
        """The examples of a table in which some candidate is right and some other wrong."""
        found = iter(self.numbers[name]) if name in self.numbers else (row.fields[name] for row in self.rows)
        return [e for e in found if any(e.right) and not all(e.right)]


def observe(extractor: Extractor, paths: Iterable[str], texts: Texts | None = None) -> Observed:
    """Run the extractor on gold files; ``texts`` has the texts of papers whose gold comes without them."""
    observed = Observed()
    seen: list[_Choice] = []
    made = extractor.assembler
    watched: dict[str, NumberRanker] = {"role": made.roles, "join": made.joins, "share": made.shares}
    for table, ranked in watched.items():
        ranked.watch = partial(_note, seen, table)
    try:
        for path in paths:
            for paper in read_gold(path, texts):
                seen.clear()
                steps: list[Step] = []
                extractor.extract(paper["abstract"], paper.get("title"), steps.append)
                _add(observed, paper, seen, steps)
    finally:
        for ranked in watched.values():
            ranked.watch = None
    return observed


def _note(seen: list[_Choice], table: str, reading: Reading, ranked: list[Candidate]) -> None:
    seen.append((table, reading, ranked))


def _add(observed: Observed, paper: dict[str, Any], seen: Sequence[_Choice], steps: Sequence[Step]) -> None:
    """What was seen on one paper."""
    name, text = str(paper["id"]), clean(paper["abstract"])
    golds = [Gold.of(row) for row in paper["claims"]]
    for table, reading, ranked in seen:
        right = _RIGHT[table](golds, text, reading, ranked)
        if any(right):
            observed.numbers[table].append(Example(name, [tuple(c.features) for c in ranked], right, right))
    for row in (row for step in steps for row in step.rows):
        readings = [r for r in (row.draft.value, row.draft.delta) if r is not None]
        spans = [text.origin(r.quantity.start, r.quantity.end) for r in readings]
        observed.rows.append(_seen(name, row.choice, row.claims, _near(golds, spans)))


def _has(gold: Gold, key: str, text: Text, reading: Reading) -> bool:
    """Whether a gold row has its value or change at a reading."""
    start, end = gold.row.get(key + "_start"), gold.row.get(key + "_end")
    a, b = text.origin(reading.quantity.start, reading.quantity.end)
    return start is not None and end is not None and start < b and a < end


def _right_roles(golds: Sequence[Gold], text: Text, reading: Reading, ranked: Sequence[Candidate]) -> list[bool]:
    """The role that gold gives a number: value, delta or, where it has none, skip; none where only optional rows do."""
    firm = {key: any(_has(g, key, text, reading) for g in golds if not g.optional) for key in _SPANS}
    role = "value" if firm["value"] else "delta" if firm["delta"] else "skip"
    if role == "skip" and not firm["baseline_value"]:
        if any(_has(g, key, text, reading) for g in golds if g.optional for key in _SPANS):
            return [False] * len(ranked)
    return [c.source == role for c in ranked]


def _right_values(golds: Sequence[Gold], text: Text, reading: Reading, ranked: Sequence[Candidate]) -> list[bool]:
    """The values that gold has in the row of a change; that it is alone where there is none."""
    own = [g for g in golds if not g.optional and _has(g, "delta", text, reading)]
    values = [c.names[0].data if c.source == VALUE else None for c in ranked]
    joined = [isinstance(v, Reading) and any(_has(g, "value", text, v) for g in own) for v in values]
    return [ok or (c.source == ALONE and bool(own) and not any(joined)) for ok, c in zip(joined, ranked, strict=True)]


def _right_shares(golds: Sequence[Gold], text: Text, reading: Reading, ranked: Sequence[Candidate]) -> list[bool]:
    """What gold says that the percentage of a change is of."""
    said = {g.row.get("delta_kind") for g in golds if not g.optional and _has(g, "delta", text, reading)}
    return [c.source in said for c in ranked]


_RIGHT: dict[str, _Judge] = {"role": _right_roles, "join": _right_values, "share": _right_shares}


def _near(golds: Sequence[Gold], spans: Sequence[Span]) -> list[Gold]:
    """The gold rows of the same number, the firm ones if there are any."""
    near = [g for g in golds if any(a < d and c < b for a, b in spans for c, d in g.spans)]
    return [g for g in near if not g.optional] or near


def _seen(paper: str, choice: Choice, claims: list[Claim], golds: list[Gold]) -> Seen:
    fields = {}
    for name in FIELDS:
        candidates: list[Candidate] = getattr(choice, name)
        ranks = [_rank(name, c.names, golds) for c in candidates]
        best = min((r for r in ranks if r is not None), default=None)
        features = [tuple(c.features) for c in candidates]
        right = [r is not None for r in ranks]
        fields[name] = Example(
            paper, features, right, [r is not None and r == best for r in ranks], [c.kind for c in candidates]
        )
    number = any(compare(claim, gold)["number"] for claim in claims for gold in golds)
    return Seen(paper, fields, choice.facts, number, bool(golds) and all(g.optional for g in golds))


def _rank(name: str, names: Sequence[Named], golds: Sequence[Gold]) -> int | None:
    """How far down its list gold has a candidate; None where a row is without a name, or a name without a row."""

    def rank(n: Named, gold: Gold) -> int:
        wordings = [n.name, n.text] if name in ("metric", "benchmark") and n.text else [n.name]
        accepted = gold.accepted(name)
        found = (k for k, a in enumerate(accepted) if any(same_name(w, [a]) for w in wordings))
        return next(found, _FAR)

    ranks = [[rank(n, g) for n in names] for g in golds]
    if not ranks or any(min(of_row) == _FAR for of_row in ranks):
        return None
    if any(all(of_row[k] == _FAR for of_row in ranks) for k in range(len(names))):
        return None
    return max(min(of_row) for of_row in ranks)
