"""A claim table against gold: precision, recall and F1 of rows, field by field, and the list of errors.

A row of the table may pair with a gold row of the same paper when one of its number spans overlaps one of the gold
row's. Pairs are one to one and chosen to agree as much as possible. Of a pair, *number* holds when value, delta, their
upper ends and the %-ness of the unit are equal; *metric*, *benchmark* and *method* when the name is one of gold's
acceptable ones, whatever its case, punctuation, articles and generic nouns (lenient figures take a clear overlap of
words too); *tuple* when all four do. Gold rows marked optional neither reward nor punish.
"""

from __future__ import annotations

import functools
import math
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimx.gold import Texts as Texts
from claimx.gold import read_gold as read_gold
from claimx.model import Claim, Span

Source = str | os.PathLike[str]

FIELDS = ("found", "number", "metric", "benchmark", "method", "tuple")
_OF_FOUND = ("number", "metric", "benchmark", "method", "baseline", "baseline_value", "bound", "delta_kind", "tuple")
_NAMES = ("metric", "benchmark", "method", "baseline")
_PARTS = ("number", "metric", "benchmark", "method")

_ARTICLES = frozenset({"the", "a", "an", "our", "its", "their", "this", "proposed"})
_GENERIC = frozenset(
    {"score", "dataset", "benchmark", "task", "test", "set", "suite"}
    | {"model", "method", "approach", "framework", "rate", "metric"}
)
_PERCENT = frozenset({"%", "percent", "pct", "pp", "percentage_point", "percentage point", "percentage points"})
_MARKS = re.compile(r"[\\${}^_~]")
_WORD = re.compile(r"[^\W_]+(?:[@+.][^\W_]+)*\+*|@")


@functools.lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The comparable words of a name: folded, without mark-up, articles and the plural s of plain words."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("+/-", "±")
    # An underscore joins what it stands between, as in "mAP_50"; other mark-up separates.
    folded = _MARKS.sub("" if "_" in folded else " ", folded)
    return tuple(_singular(word) for word in _WORD.findall(folded) if word not in _ARTICLES)


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


@functools.lru_cache(maxsize=65536)
def _keys(name: str) -> frozenset[str]:
    """What a name is equal by: its words run together, with and without the generic nouns among them."""
    words = _words(name)
    core = [word for word in words if word not in _GENERIC]
    return frozenset({"".join(words), "".join(core)} if core else {"".join(words)})


def same_name(name: str | None, accepted: Sequence[str], lenient: bool = False) -> bool:
    """Whether ``name`` is one of the ``accepted`` ones; no name is right where the empty string is accepted."""
    if name is None or not name.strip():
        return "" in accepted
    keys = _keys(name)
    if any(not keys.isdisjoint(_keys(other)) for other in accepted if other):
        return True
    return lenient and any(_overlap(_words(name), _words(other)) >= 0.6 for other in accepted)


def _overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Dice coefficient of two sets of words; 0 where one is empty."""
    a, b = set(one), set(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _equal(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def _by_size(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Both ends of a range with the smaller change first."""
    return (high, low) if low is not None and high is not None and abs(low) > abs(high) else (low, high)


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold row as the guidelines describe it, its changes signed by their direction."""

    row: dict[str, Any]
    spans: tuple[Span, ...]
    delta: tuple[float | None, float | None]
    optional: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> Gold:
        sign = -1 if row.get("direction") == "down" else 1
        ends = [None if row.get(key) is None else sign * row[key] for key in ("delta", "delta_hi")]
        return cls(row, _spans(row.get), _by_size(ends[0], ends[1]), bool(row.get("optional")))

    def accepted(self, name: str) -> Sequence[str]:
        return self.row.get(name) or [""]


def _spans(get: Any) -> tuple[Span, ...]:
    ends = ((get(f"{name}_start"), get(f"{name}_end")) for name in ("value", "delta"))
    return tuple((int(start), int(end)) for start, end in ends if start is not None and end is not None)


def _touch(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _number(claim: Claim, gold: Gold) -> bool:
    row = gold.row
    computed = claim.delta_derived and gold.delta[0] is None
    change = (None, None) if computed else _by_size(claim.delta, claim.delta_high)
    return (
        _equal(claim.value, row.get("value"))
        and _equal(claim.value_high, row.get("value_hi"))
        and _equal(change[0], gold.delta[0])
        and _equal(change[1], gold.delta[1])
        and (row.get("value") is None or _percent(claim.unit) == _percent(row.get("unit")))
    )


def _percent(unit: str | None) -> bool:
    return (unit or "").strip().lower() in _PERCENT


def compare(claim: Claim, gold: Gold, lenient: bool = False) -> dict[str, bool]:
    """Which fields of ``claim`` agree with ``gold``. Where the canonical name does not, the text's own wording may."""
    right = {name: same_name(getattr(claim, name), gold.accepted(name), lenient) for name in _NAMES}
    for name in ("metric", "benchmark"):
        right[name] = right[name] or same_name(getattr(claim, name + "_text"), gold.accepted(name), lenient)
    right["number"] = _number(claim, gold)
    right["tuple"] = all(right[name] for name in _PARTS)
    right["baseline_value"] = _equal(claim.baseline_value, gold.row.get("baseline_value"))
    right["bound"] = (claim.bound or "=") == (gold.row.get("bound") or "=")
    kind = None if gold.row.get("delta") is None else claim.delta_kind
    right["delta_kind"] = kind == gold.row.get("delta_kind")
    return right


def _weight(claim: Claim, spans: Sequence[Span], gold: Gold) -> int:
    """How much the two agree; 0 where they cannot pair."""
    if not _touch(spans, gold.spans):
        return 0
    strict, loose = compare(claim, gold), compare(claim, gold, lenient=True)
    names = ("metric", "benchmark", "method")
    return (
        10 + 40 * strict["tuple"] + 8 * strict["number"] + strict["baseline"] + strict["bound"] - 3 * gold.optional
        + sum(4 * strict[name] + 2 * loose[name] for name in names)
    )  # fmt: skip


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The one-to-one pairing of rows and columns with the greatest total weight; 0 stands for no pair.

    Shortest augmenting paths with prices (the Hungarian method in Dijkstra's form), O(n³) for n rows or columns.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    size = max(rows, columns) if rows and columns else 0
    cost = [[-w for w in row] + [0] * (size - columns) for row in weights] + [[0] * size] * (size - rows)
    row_price, column_price, owner = [0] * size, [0] * size, [-1] * size
    for start in range(size):
        distance: list[float] = [math.inf] * size
        previous, waiting, passed = [-1] * size, list(range(size)), []
        row, at, here = start, -1, 0
        while True:
            for j in waiting:
                reached = here + cost[row][j] - row_price[row] - column_price[j]
                if reached < distance[j]:
                    distance[j], previous[j] = reached, at
            at = min(waiting, key=distance.__getitem__)
            here = int(distance[at])
            if owner[at] < 0:
                break
            waiting.remove(at)
            passed.append(at)
            row = owner[at]
        row_price[start] += here
        for j in passed:
            slack = here - int(distance[j])
            row_price[owner[j]] += slack
            column_price[j] -= slack
        while at >= 0:
            before = previous[at]
            owner[at] = owner[before] if before >= 0 else start
            at = before
    pairs = ((owner[j], j) for j in range(columns if size else 0))
    return [(i, j) for i, j in pairs if i < rows and weights[i][j] > 0]


@dataclass(frozen=True, slots=True)
class Error:
    """A disagreement: ``kind`` is ``missed``, ``spurious`` or ``wrong`` with the fields that are; with both rows."""

    kind: str
    paper_id: str
    text: str
    claim: Claim | None
    gold: dict[str, Any] | None

    @property
    def span(self) -> Span:
        """Where the text has the number in question."""
        spans = _spans(functools.partial(getattr, self.claim)) if self.claim else _spans((self.gold or {}).get)
        return spans[0] if spans else (0, 0)


@dataclass(slots=True)
class Evaluation:
    """Counts pooled over papers; :meth:`figures` turns them into rates.

    ``errors`` are in the order of the gold file; ``unknown`` are papers of the table that gold does not have;
    ``numberless_rows`` counts rows from texts without any digit for which gold has no claim either.
    """

    gold: int = 0
    predicted: int = 0
    numberless_rows: int = 0
    strict: Counter[str] = field(default_factory=Counter)
    lenient: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Rows of either side and, strict and lenient, P, R and F1 of each field and shares of the found rows."""
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "strict": self._rates(self.strict),
            "lenient": self._rates(self.lenient),
        }

    def f1(self, name: str) -> float:
        """Strict F1 of one of :data:`FIELDS`."""
        return float(self.figures()["strict"][name]["f1"])

    def _rates(self, right: Counter[str]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for name in FIELDS:
            p = right[name] / self.predicted if self.predicted else 0.0
            r = right[name] / self.gold if self.gold else 0.0
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            out[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4)}
        found = right["found"] or 1
        out["of_found"] = {name: round(right[name] / found, 4) for name in _OF_FOUND}
        return out

    def add(self, paper_id: str, text: str, claims: Sequence[Claim], golds: Sequence[Gold]) -> None:
        """Score one paper."""
        spans = [_spans(functools.partial(getattr, claim)) for claim in claims]
        pairs = assign([[_weight(c, s, gold) for gold in golds] for c, s in zip(claims, spans, strict=True)])
        paired = dict(pairs)
        note = functools.partial(Error, paper_id=paper_id, text=text)
        self.gold += sum(not gold.optional for gold in golds)
        self.predicted += len(claims) - sum(golds[j].optional for j in paired.values())
        if not golds and not any(character.isdigit() for character in text):
            self.numberless_rows += len(claims)
        for i, claim in enumerate(claims):
            if i in paired:
                continue
            near = [gold for gold in golds if _touch(spans[i], gold.spans)]
            if near and all(gold.optional for gold in near):
                self.predicted -= 1  # says an optional thing once more: not punished either
            else:
                self.errors.append(note("spurious", claim=claim, gold=None))
        for i, j in pairs:
            if golds[j].optional:
                continue
            strict, loose = compare(claims[i], golds[j]), compare(claims[i], golds[j], lenient=True)
            self.strict.update(name for name, right in strict.items() if right)
            self.lenient.update(name for name, right in loose.items() if right)
            self.strict["found"] += 1
            self.lenient["found"] += 1
            if wrong := [name for name in _PARTS if not strict[name]]:
                self.errors.append(note("wrong " + ",".join(wrong), claim=claims[i], gold=golds[j].row))
        found = set(paired.values())
        for j, gold in enumerate(golds):
            if j not in found and not gold.optional:
                self.errors.append(note("missed", claim=None, gold=gold.row))


def evaluate(
    gold: Source | Sequence[Source], claims: Source | Iterable[Claim], texts: Texts | None = None
) -> Evaluation:
    """Score a claim table against one gold file, or against several pooled.

    ``texts`` has the texts of papers whose gold comes without them.

    ``claims`` is a file that ``claimx extract`` wrote, or claims themselves, whose paper_id is gold's id. Raises
    ReadError for a file that cannot be read.
    """
    if isinstance(claims, (str, os.PathLike)):
        from claimx.output import load

        claims = load(claims)
    of_paper: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_paper[str(claim.paper_id)].append(claim)
    result = Evaluation()
    for path in [gold] if isinstance(gold, (str, os.PathLike)) else gold:
        for paper in read_gold(path, texts):
            name = str(paper["id"])
            result.add(name, paper["abstract"], of_paper.pop(name, []), [Gold.of(row) for row in paper["claims"]])
    result.unknown = sorted(of_paper)
    return result
