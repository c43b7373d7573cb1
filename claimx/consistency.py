"""Which numbers of a sentence belong together, and what their arithmetic says: the column ``check``.

A row with a value, a baseline's value and a change is checked by itself. A change alone is checked against the two
values that stand next to it in its sentence. That those are what it is about is then an inference: agreement confirms
it, and only where the wording leaves no other reading is disagreement a mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from .arithmetic import Number, Verdict, judge
from .clean import clean
from .model import Claim, Quantity, Span
from .quantities import find_quantities

_EXPRESSLY = re.compile(r"\brelative(?:ly)?\b|\bproportional", re.I)
_REACH = 28  # characters either side of a change in which "relative" speaks of it
# What parts a change from two values that are none of its business.
_PARTED = re.compile(r"[;:]|\b(?:and|or|but|while|whereas|when|with|as|yet|also|then|at|per)\b", re.I)
_GENERIC = frozenset({None, "speed", "time", "performance", "cost"})


def settle(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The rows of one sentence with their verdicts, and the kind of each change that the arithmetic settles."""
    found = dict(verdicts(claims))
    if not found:
        return claims
    return [
        claim if n not in found else replace(claim, check=found[n].check, delta_kind=found[n].delta_kind)
        for n, claim in enumerate(claims)
    ]


def verdicts(claims: Sequence[Claim]) -> Iterator[tuple[int, Verdict]]:
    """The rows of one sentence that can be checked, by their place in ``claims``, with what comes out."""
    changes = [n for n, claim in enumerate(claims) if claim.delta_start is not None and claim.delta is not None]
    if not changes or not any(_paired(claim) for claim in claims):
        return
    sentence = _Sentence(claims)
    for n in changes:
        verdict = sentence.verdict(claims[n])
        if verdict is not None:
            yield n, replace(verdict, delta_kind=verdict.delta_kind or claims[n].delta_kind)


def _paired(claim: Claim) -> bool:
    return claim.value_start is not None and claim.baseline_value_start is not None


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

    def verdict(self, claim: Claim) -> Verdict | None:
        """What the numbers say of the change of ``claim``."""
        if _paired(claim):
            return self._judge(claim, claim)
        best = None
        for pair in self._pairs():
            gap = self._gap(_span(claim, "delta"), pair)
            if gap is None:
                continue
            verdict = self._judge(claim, pair)
            if verdict is None:
                continue
            if verdict.check != "mismatch":
                return verdict
            if _alike(claim, pair) and _PARTED.search(gap) is None:
                best = verdict
        return best

    def _pairs(self) -> list[Claim]:
        """Rows with two values and no change of their own, each pair of values once."""
        found: dict[tuple[int | None, int | None], Claim] = {}
        for claim in self._claims:
            if _paired(claim) and claim.delta is None:
                found.setdefault((claim.value_start, claim.baseline_value_start), claim)
        return list(found.values())

    def _gap(self, change: Span, pair: Claim) -> str | None:
        """The text between a change and two values; None where another number stands there, or all are mingled."""
        spans = sorted((_span(pair, "value"), _span(pair, "baseline_value")))
        first, last = spans[0][0], spans[-1][1]
        if change[1] <= first:
            start, end = change[1], first
        elif last <= change[0]:
            start, end = last, change[0]
        else:
            return None
        if any(start <= a and b <= end and q.kind != "count" for (a, b), q in self._quantities):
            return None
        return self._text[start - self._start : end - self._start]

    def _judge(self, claim: Claim, pair: Claim) -> Verdict | None:
        value, base = (self._number(_span(pair, name)) for name in ("value", "baseline_value"))
        change = self._number(_span(claim, "delta"), claim.delta, claim.delta_high)
        if value is None or base is None or change is None or claim.delta is None:
            return None
        if value.unit is None and pair.unit is not None and base.unit is None:
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
        )

    def _number(self, span: Span, value: float | None = None, high: float | None = None) -> Number | None:
        for (start, end), quantity in self._quantities:
            if start < span[1] and span[0] < end:
                return Number.of(quantity, value, high)
        return None


def _span(claim: Claim, name: str) -> Span:
    start, end = getattr(claim, f"{name}_start"), getattr(claim, f"{name}_end")
    assert start is not None
    assert end is not None
    return start, end


def _alike(claim: Claim, pair: Claim) -> bool:
    """Whether a change and two values are said of the same metric."""
    return claim.metric == pair.metric or bool({claim.metric, pair.metric} & _GENERIC)
