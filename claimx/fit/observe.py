"""What the extractor sees on gold texts: every choice it makes, with the candidates that gold accepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..assemble.candidates import Candidate, Named
from ..assemble.choose import Choice
from ..assemble.joins import ALONE, VALUE
from ..assemble.ranking import FIELDS
from ..assemble.readings import Reading
from ..clean import clean
from ..evaluate import Gold, Texts, compare, read_gold, same_name
from ..explain import Step
from ..model import Claim, Span, Text
from ..pipeline import Extractor

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
    roles: list[Example] = field(default_factory=list)
    joins: list[Example] = field(default_factory=list)
    shares: list[Example] = field(default_factory=list)

    def examples(self, name: str) -> list[Example]:
        """The examples of a field, of roles or of joins, in which some candidate is right and some other wrong."""
        own = {"role": self.roles, "join": self.joins, "share": self.shares}
        found = iter(own[name]) if name in own else (row.fields[name] for row in self.rows)
        return [e for e in found if any(e.right) and not all(e.right)]


def observe(extractor: Extractor, paths: Iterable[str], texts: Texts | None = None) -> Observed:
    """Run the extractor on gold files; ``texts`` has the texts of papers whose gold comes without them."""
    observed = Observed()
    settled: list[tuple[Reading, list[Candidate]]] = []
    joined: list[tuple[Reading, list[Candidate]]] = []
    shared: list[tuple[Reading, list[Candidate]]] = []
    roles, joins, shares = extractor.assembler.roles, extractor.assembler.joins, extractor.assembler.shares
    shares.watch = lambda reading, ranked: shared.append((reading, ranked))
    roles.watch = lambda reading, ranked: settled.append((reading, ranked))
    joins.watch = lambda reading, ranked: joined.append((reading, ranked))
    try:
        for path in paths:
            for paper in read_gold(path, texts):
                settled.clear()
                joined.clear()
                shared.clear()
                steps: list[Step] = []
                extractor.extract(paper["abstract"], paper.get("title"), steps.append)
                _add(observed, paper, settled, joined, shared, steps)
    finally:
        roles.watch = joins.watch = shares.watch = None
    return observed


def _add(
    observed: Observed,
    paper: dict[str, Any],
    settled: list[tuple[Reading, list[Candidate]]],
    joined: list[tuple[Reading, list[Candidate]]],
    shared: list[tuple[Reading, list[Candidate]]],
    steps: list[Step],
) -> None:
    """What was seen on one paper."""
    name, text = str(paper["id"]), clean(paper["abstract"])
    golds = [Gold.of(row) for row in paper["claims"]]
    for reading, ranked in settled:
        role = _role(golds, text.origin(reading.quantity.start, reading.quantity.end))
        if role:
            right = [c.source == role for c in ranked]
            observed.roles.append(Example(name, [tuple(c.features) for c in ranked], right, right))
    for reading, ranked in joined:
        own = [g for g in golds if not g.optional and _has(g, "delta", text, reading)]
        if own:
            right = [c.source == VALUE and _of_value(own, text, c) for c in ranked]
            right = [ok or (c.source == ALONE and not any(right)) for ok, c in zip(right, ranked, strict=True)]
            observed.joins.append(Example(name, [tuple(c.features) for c in ranked], right, right))
    for reading, ranked in shared:
        said = {g.row.get("delta_kind") for g in golds if not g.optional and _has(g, "delta", text, reading)}
        right = [c.source in said for c in ranked]
        if any(right):
            observed.shares.append(Example(name, [tuple(c.features) for c in ranked], right, right))
    for row in (row for step in steps for row in step.rows):
        readings = [r for r in (row.draft.value, row.draft.delta) if r is not None]
        spans = [text.origin(r.quantity.start, r.quantity.end) for r in readings]
        observed.rows.append(_seen(name, row.choice, row.claims, _near(golds, spans)))


def _has(gold: Gold, key: str, text: Text, reading: Reading) -> bool:
    """Whether a gold row has its value or change at a reading."""
    start, end = gold.row.get(key + "_start"), gold.row.get(key + "_end")
    a, b = text.origin(reading.quantity.start, reading.quantity.end)
    return start is not None and end is not None and start < b and a < end


def _of_value(golds: Sequence[Gold], text: Text, candidate: Candidate) -> bool:
    """Whether one of the gold rows has its value where the candidate has."""
    reading = candidate.names[0].data
    assert isinstance(reading, Reading)
    return any(_has(g, "value", text, reading) for g in golds)


def _near(golds: Sequence[Gold], spans: Sequence[Span]) -> list[Gold]:
    """The gold rows of the same number, the firm ones if there are any."""
    near = [g for g in golds if any(a < d and c < b for a, b in spans for c, d in g.spans)]
    return [g for g in near if not g.optional] or near


def _role(golds: Sequence[Gold], span: Span) -> str:
    """What gold makes of the number at a span: value, delta or skip; empty where only optional rows have it."""
    found = ""
    for gold in golds:
        for key in ("value", "delta", "baseline_value"):
            start, end = gold.row.get(key + "_start"), gold.row.get(key + "_end")
            if start is not None and end is not None and start < span[1] and span[0] < end:
                if key != "baseline_value" and not gold.optional:
                    return key
                found = found or ("optional" if gold.optional else "skip")
    return "" if found == "optional" else "skip"


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
