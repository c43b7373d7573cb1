"""Which numbers of a sentence belong together, and what their arithmetic says: the column ``check``.

A row with a value, a baseline's value and a change is checked by itself. A change alone is checked against two values
that stand next to it in its sentence. That those are what it is about is then an inference: agreement confirms it, and
only where the wording leaves no other reading is disagreement a mismatch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, permutations
from typing import TypeVar

from .arithmetic import Number, Verdict, judge
from .clean import clean
from .model import Claim, Quantity, Span
from .quantities import find_quantities
from .units import ratio

_EXPRESSLY = re.compile(r"\brelative(?:ly)?\b|\bproportional", re.I)
_REACH = 28  # characters either side of a change in which "relative" speaks of it
# What parts a change from two values that are none of its business.
_PARTED = re.compile(r"[;:]|\).*\(|\b(?:and|or|but|while|whereas|when|with|as|yet|also|then|at|per)\b", re.I)
# What the change is against, other than the lower of two values: "3.6 dB, 1.6 dB below FooNet".
_COMPARED = re.compile(
    r"\b(?:below|above|over|than|short of|behind|ahead|relative to|compared|against|under|"
    r"surpass\w*|outperform\w*|exceed\w*|beat\w*|improv\w+ (?:up)?on)\b", re.I
)  # fmt: skip
# A change in brackets that names what it is of: "(98% lower end-to-end latency)".
_OWN_NAME = re.compile(r"[%\s]*(?:lower|higher|less|more|fewer|smaller|larger|faster|of|in|for|on)\s+\w{3}", re.I)
# Two numbers in brackets that are compared though no pattern reads them: "37x fewer parameters (7M vs. 262M)".
_VERSUS = re.compile(r"\W{0,3}(?:vs\.?|versus|to|down to|→|->|against|compared (?:to|with))\W{0,4}", re.I)
_COMPARING = re.compile(r"\([^()]*[0-9][^()]{0,24}?(?:vs|versus|to\b|→|->|against|compared)")  # a quick look first
_OPENED = re.compile(r"\((?:from |only |i\.e\., )*\W{0,3}$", re.I)
# How far off, as a share of the change, coarse digits may let two values be that seem to be of another metric, that
# are of its own, and that no row joins.
_CLOSE, _FAR, _LOOSE = Fraction(1, 20), Fraction(1, 5), Fraction(1, 50)
_PAIRS, _VALUES = 3, 4  # how many pairs and single values on either side of a change are looked at
_LONGEST = 240  # characters between a change and its values
_TIMES = frozenset({None, "speed", "time"})


def settle(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The rows of one sentence with their verdicts, and the kind of each change that the arithmetic settles."""
    found = verdicts(claims)
    if not found:
        return claims
    return [
        claim if n not in found else replace(claim, check=found[n].check, delta_kind=found[n].delta_kind)
        for n, claim in enumerate(claims)
    ]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row with its verdict, and the sum behind it: "91.78 − 88.45 = 3.33, the text says 3.23%".

    ``working`` is empty where the verdict is the table's own and the row's sentence is not there to repeat it.
    """

    claim: Claim
    check: str
    working: str


def findings(claims: Iterable[Claim]) -> list[Finding]:
    """The rows of a table whose arithmetic can be checked, in their order."""
    table = list(claims)
    sentences: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
    for n, claim in enumerate(table):
        sentences[claim.paper_id, claim.sentence_start].append(n)
    found: dict[int, Finding] = {n: Finding(c, c.check, "") for n, c in enumerate(table) if c.check is not None}
    for places in sentences.values():
        rows = [replace(table[n], delta=None) if table[n].delta_derived else table[n] for n in places]
        for at, verdict in verdicts(rows).items():
            if verdict.check is not None:
                found[places[at]] = Finding(table[places[at]], verdict.check, verdict.working)
    return [found[n] for n in sorted(found)]


def verdicts(claims: Sequence[Claim]) -> dict[int, Verdict]:
    """What comes out for the rows of one sentence that can be checked, by their place in ``claims``.

    A row has a verdict where its text states a change; the verdict's ``delta_kind`` is the row's own if not settled.
    """
    changes = {n: claim for n, claim in enumerate(claims) if claim.delta_start is not None and claim.delta is not None}
    if not changes or not (len(claims) > 1 or _paired(claims[0]) or "(" in (claims[0].sentence or "")):
        return {}
    found = _Sentence(claims).verdicts(changes)
    return {n: replace(v, delta_kind=v.delta_kind or claims[n].delta_kind) for n, v in found.items()}


def numbers(claim: Claim, *names: str) -> list[Number] | None:
    """The numbers of ``claim`` as printed, such as ``value`` and ``delta``; None where its sentence lacks one."""
    if any(getattr(claim, f"{name}_start") is None for name in names):
        return None
    sentence = _Sentence([claim])
    found = [sentence.number(_span(claim, name)) for name in names]
    return [number for number in found if number is not None] if None not in found else None


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two values that a change may lie between; ``claim`` is the row that joins them, if one does."""

    value: Span
    base: Span
    claim: Claim | None = None
    unit: str | None = None

    @property
    def first(self) -> int:
        return min(self.value, self.base)[0]


def _paired(claim: Claim) -> bool:
    return claim.value_start is not None and claim.baseline_value_start is not None


def _span(claim: Claim, name: str) -> Span:
    start, end = getattr(claim, f"{name}_start"), getattr(claim, f"{name}_end")
    assert start is not None
    assert end is not None
    return start, end


class _Sentence:
    """The rows of a sentence and its numbers as printed."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._text = claims[0].sentence or ""
        self._start = claims[0].sentence_start or 0

    @cached_property
    def _quantities(self) -> list[tuple[Span, Quantity]]:
        """The sentence's numbers by their place in the input text."""
        text = clean(self._text)
        found = []
        for quantity in find_quantities(text.clean):
            start, end = text.origin(quantity.start, quantity.end)
            found.append(((self._start + start, self._start + end), quantity))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [start for (start, _), _ in self._quantities]

    def verdicts(self, changes: dict[int, Claim]) -> dict[int, Verdict]:
        """The verdicts on ``changes``, by their keys: first what agrees and stands closest, then what does not."""
        found: dict[int, Verdict] = {}
        against: list[tuple[int, _Pair, Verdict]] = []
        near: list[tuple[bool, int, int, _Pair, Verdict]] = []
        for n, claim in changes.items():
            if _paired(claim):
                pair = _Pair(_span(claim, "value"), _span(claim, "baseline_value"), claim, claim.unit)
                verdict = self._judge(claim, pair, None)
                gap = self._gap(_span(claim, "delta"), pair)
                firm = gap is not None and not self._elsewhere(claim, pair, gap)
                if verdict is not None and (verdict.check != "mismatch" or firm):
                    found[n] = verdict
                continue
            for pair in _nearest(self._pairs, self._firsts, _span(claim, "delta")[0], _PAIRS):
                gap = self._gap(_span(claim, "delta"), pair)
                if gap is None:
                    continue
                alike = self._alike(claim, pair, gap)
                verdict = self._judge(claim, pair, _FAR if alike else _CLOSE)
                if verdict is None:
                    continue
                if verdict.check != "mismatch":
                    near.append((not alike, len(gap), n, pair, verdict))
                elif alike and _PARTED.search(gap) is None and not self._elsewhere(claim, pair, gap):
                    against.append((n, pair, verdict))
        taken: dict[tuple[Span, Span], Span] = {}
        for _, _, n, pair, verdict in sorted(near, key=lambda item: item[:3]):
            change = _span(changes[n], "delta")
            if n not in found and taken.setdefault((pair.value, pair.base), change) == change:
                found[n] = verdict
        for n, pair, verdict in against:
            if n not in found and (pair.value, pair.base) not in taken:
                found[n] = verdict
        for n, claim in changes.items():
            if n not in found and not _paired(claim):
                loose = self._among_values(claim)
                if loose is not None:
                    found[n] = loose
        return found

    @cached_property
    def _pairs(self) -> list[_Pair]:
        """Pairs of values that belong to no change yet: those of rows, then those in brackets that no row has."""
        found: dict[Span, _Pair] = {}
        for claim in self._claims:
            if _paired(claim) and claim.delta is None:
                value = _span(claim, "value")
                found.setdefault(value, _Pair(value, _span(claim, "baseline_value"), claim, claim.unit))
        if not _COMPARING.search(self._text):
            return sorted(found.values(), key=lambda pair: pair.first)
        used = {span for pair in found.values() for span in (pair.value, pair.base)}
        used.update(_span(claim, "delta") for claim in self._claims if claim.delta_start is not None)
        for (one, first), (two, second) in pairwise(self._quantities):
            if first.kind == second.kind and first.unit == second.unit and not {one, two} & used:
                between = self._text[one[1] - self._start : two[0] - self._start]
                before = self._text[max(0, one[0] - self._start - _REACH) : one[0] - self._start]
                if _VERSUS.fullmatch(between) and _OPENED.search(before):
                    found[one] = _Pair(one, two, None, first.unit)
        return sorted(found.values(), key=lambda pair: pair.first)

    @cached_property
    def _values(self) -> dict[str | None, tuple[Sequence[tuple[Span, str | None]], Sequence[int]]]:
        """The places and units of the single values, by metric and in order, and where they begin."""
        found: defaultdict[str | None, set[tuple[Span, str | None]]] = defaultdict(set)
        for claim in self._claims:
            if claim.value_start is not None and claim.value_error is None and claim.value_high is None:
                found[claim.metric].add((_span(claim, "value"), claim.unit))
        ordered = {metric: sorted(values, key=lambda item: item[0]) for metric, values in found.items()}
        return {metric: (values, [span[0] for span, _ in values]) for metric, values in ordered.items()}

    @cached_property
    def _firsts(self) -> list[int]:
        return [pair.first for pair in self._pairs]

    def _alike(self, claim: Claim, pair: _Pair, gap: str) -> bool:
        """Whether a change and two values are said of the same metric; a speed is one of times."""
        if pair.claim is None:
            return gap.count("(") == 1 and ")" not in gap
        if claim.metric == pair.claim.metric:
            return claim.metric is not None
        timed = pair.unit is not None and ratio(pair.unit, "second") is not None
        return timed and (claim.metric in _TIMES or (claim.metric or "").endswith(("time", "latency")))

    def _elsewhere(self, claim: Claim, pair: _Pair, gap: str) -> bool:
        """Whether the change is against something else than the two values beside it, or of something else."""
        before = pair.value > _span(claim, "delta")
        if before and _OPENED.search(gap):
            return False  # "52% fewer than BarNet (4.2M vs. 11.2M)"
        if _COMPARED.search(gap):
            return True
        start, end = (at - self._start for at in _span(claim, "delta"))
        after = self._text[end : end + _REACH]
        if _COMPARED.match(after.lstrip("%\\)$ ")):
            return True
        back = max(0, start - _LONGEST)
        bracket = self._text.rfind("(", back, start) > self._text.rfind(")", back, start)
        return bracket and _OWN_NAME.match(after) is not None

    def _gap(self, change: Span, pair: _Pair) -> str | None:
        """The text between a change and two values; None where another number stands there, or all are mingled."""
        spans = sorted((pair.value, pair.base))
        first, last = spans[0][0], spans[-1][1]
        if change[1] <= first:
            start, end = change[1], first
        elif last <= change[0]:
            start, end = last, change[0]
        else:
            return None
        if end - start > _LONGEST:
            return None
        at = bisect_left(self._starts, start)
        while at < len(self._starts) and self._starts[at] < end:
            if self._quantities[at][1].kind != "count":
                return None
            at += 1
        return self._text[start - self._start : end - self._start]

    def _among_values(self, claim: Claim) -> Verdict | None:
        """The verdict on a change that two of the sentence's single values of its metric confirm to the digit."""
        places, starts = self._values.get(claim.metric, ((), ()))
        values = dict(_nearest(places, starts, _span(claim, "delta")[0], _VALUES))
        if len(values) < 2:
            return None
        change = self.number(_span(claim, "delta"))
        if change is None or change.bound != "=":
            return None
        own = _span(claim, "value") if claim.value_start is not None else None
        for value, base in permutations(values, 2):
            if own in (None, value):
                verdict = self._judge(claim, _Pair(value, base, None, values[value]), _LOOSE)
                if verdict is not None and verdict.check in ("ok", "rounding"):
                    if verdict.check == "ok" or claim.delta_kind == "factor":
                        return verdict
        return None

    def _judge(self, claim: Claim, pair: _Pair, reach: Fraction | None) -> Verdict | None:
        value, base = self.number(pair.value), self.number(pair.base)
        change = self.number(_span(claim, "delta"), claim.delta, claim.delta_high)
        if value is None or base is None or change is None or claim.delta is None:
            return None
        if value.unit is None and base.unit is None:
            value = replace(value, unit=pair.unit)
        start, end = _span(claim, "delta")
        near = self._text[max(0, start - self._start - _REACH) : end - self._start + _REACH]
        return judge(
            value,
            base,
            change,
            claim.delta_kind or "points",
            expressly=claim.delta_kind == "relative" and _EXPRESSLY.search(near) is not None,
            direction=-1 if claim.delta < 0 else 1,
            reach=reach,
        )

    def number(self, span: Span, value: float | None = None, high: float | None = None) -> Number | None:
        """The number at ``span`` as printed; of ``value`` to ``high`` where those are given, with its precision."""
        at = bisect_left(self._starts, span[1]) - 1  # the last that begins before the span's end
        if at < 0 or self._quantities[at][0][1] <= span[0]:
            return None
        while at and self._quantities[at - 1][0][1] > span[0]:
            at -= 1
        return Number.of(self._quantities[at][1], value, high)


_Item = TypeVar("_Item")


def _nearest(items: Sequence[_Item], starts: Sequence[int], at: int, count: int) -> Sequence[_Item]:
    """Up to ``count`` of ``items`` on either side of ``at``, so that a sentence of thousands costs no squares."""
    middle = bisect_left(starts, at)
    return items[max(0, middle - count) : middle + count]
