"""Whether the numbers of a claim agree with each other: a stated change against the two values that it lies between.

Everything is reckoned with exact fractions from the digits as the text prints them, so that ``rounding`` means just
that: the printed numbers can be roundings of numbers that agree. :func:`judge` is pure; :mod:`claimx.checking` finds
which numbers of a sentence belong together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from .model import Quantity
from .units import ratio as unit_ratio

_DIGITS = re.compile(r"(?:[0-9][0-9,]*)?(?:\.[0-9]+)?")
_WORDS = Fraction(1, 10)  # how far a number in words ("doubles", "a third") may be off
_ABOUT = Fraction(1, 20)  # how far a hedged one may be off besides
_NEAR = Fraction(3, 2)  # "more than 3x" speaks of 3.4x, not of 30x
_MAGNITUDES = re.compile(r"orders? of magnitude", re.I)
_MAGNITUDE = Fraction(684, 1000)  # an order of magnitude begins at the root of ten, 0.316 of it
_LEVELS = frozenset({"decibel"})  # logarithms: a percentage of them says nothing


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: its value, what rounding may hide on either side of it, and what hedges it.

    ``high`` is the upper end of a range; ``unit`` as the units registry names it; ``bound`` as in the claim table.
    """

    low: Fraction
    half: Fraction
    high: Fraction | None = None
    unit: str | None = None
    bound: str = "="
    text: str = ""

    @classmethod
    def of(cls, quantity: Quantity, value: float | None = None, high: float | None = None) -> Number | None:
        """The number of ``quantity``, or ``value`` to ``high`` with its precision; None where it is not finite."""
        if value is None:
            value, high = quantity.value, quantity.high
        if not math.isfinite(value) or (high is not None and not math.isfinite(high)):
            return None
        low, top = Fraction(str(value)), None if high is None else Fraction(str(high))
        return cls(low, _half(quantity, abs(low)), top, quantity.unit, quantity.bound, quantity.text)

    def scaled(self, factor: Fraction, unit: str | None) -> Number:
        """The same number in another unit."""
        top = None if self.high is None else self.high * factor
        return replace(self, low=self.low * factor, half=self.half * factor, high=top, unit=unit)

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The value, or both ends of the range."""
        return (self.low,) if self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the arithmetic says: ``ok``, ``rounding``, ``relative``, ``mismatch`` or None; the kind of change that it
    settles, if it does; and the sum in words, such as "91.78 − 88.45 = 3.33, the text says 3.23%".
    """

    check: str | None
    delta_kind: str | None
    working: str


def judge(
    value: Number, base: Number, change: Number, kind: str, *, expressly: bool, direction: int, reach: Fraction | None
) -> Verdict | None:
    """Whether ``change`` lies between ``base`` and ``value``; None where that cannot be told.

    ``kind`` is the change's delta_kind; ``expressly`` tells that the text itself calls a percentage relative, so that
    points will not do. ``direction`` is the sign of the change: where it contradicts the order of the values, as in
    "33% faster, from 40 s to 30 s", a percentage may be one of either value. ``reach`` is how far, as a share of the
    change, a result may be from it for coarse digits and hedges to count as agreement; None for any distance.
    """
    pair = _aligned(value, base)
    if pair is None:
        return None
    value, base = pair
    change = replace(change, low=abs(change.low), high=None if change.high is None else abs(change.high))
    readings = [r for r in _readings(value, base, change, kind, expressly, direction, reach) if r.found]
    if not readings:
        return None
    best = min(readings, key=lambda reading: _ORDER[reading.fit])
    others = any(reading.kind != best.kind and reading.fit in ("ok", "rounding") for reading in readings)
    working = _working(readings, best, value, base, change)
    if best.fit in ("ok", "rounding"):
        check = "relative" if best.kind == "relative" else best.fit
        settled = best.kind if kind in ("relative", "percent") and (best.kind == "relative" or not others) else None
        return Verdict(check, settled, working)
    hedged = value.bound != "=" or base.bound != "="
    if best.fit == "far" or hedged or _other_share(value, base, change):
        return None
    return Verdict("mismatch", None, working)


def _readings(
    value: Number, base: Number, change: Number, kind: str, expressly: bool, direction: int, reach: Fraction | None
) -> Iterator[_Reading]:
    """The ways in which a change of this kind may be meant."""
    if kind == "factor":
        yield _read(value, base, change, _times, "factor", reach)
        return
    if not (expressly or _apart(value, change)):
        yield _read(value, base, _in_points(value, base, change), _difference, "points", reach)
    if kind in ("relative", "percent") and value.unit not in _LEVELS:
        yield _read(value, base, change, _share_of_base, "relative", reach)
        if direction * (value.low - base.low) < 0:
            yield _read(value, base, change, _share_of_value, "relative", reach)


def _other_share(value: Number, base: Number, change: Number) -> bool:
    """Whether a percentage that is no change is what one value is of the other ("keeps 97.7% of it, 51.6 vs. 52.8"),
    or the change of what is missing to 100 ("20% fewer errors, 95.0% vs. 96.0% accuracy").
    """
    if change.unit != "percent":
        return False
    measures: list[_Measure] = [_ratio, lambda v, b: _ratio(b, v)]
    if value.unit in (None, "percent") and 50 < min(*value.ends, *base.ends) < max(*value.ends, *base.ends) < 100:
        measures += [lambda v, b: _share_of_base(100 - v, 100 - b)]
    return any(_read(value, base, change, m, "share").fit in ("ok", "rounding") for m in measures)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to reckon the change: its kind, what comes out for each end, and how that fits what is stated."""

    kind: str
    found: tuple[Fraction, ...]
    fit: str  # "ok", "rounding", "far" (neither for nor against), "no"
    against: str = "base"


_ORDER = {"ok": 0, "rounding": 1, "far": 2, "no": 3}
_Measure = Callable[[Fraction, Fraction], Fraction | None]


def _difference(value: Fraction, base: Fraction) -> Fraction:
    return abs(value - base)


def _times(value: Fraction, base: Fraction) -> Fraction | None:
    low, high = sorted((value, base))
    return high / low if low > 0 else None


def _share_of_base(value: Fraction, base: Fraction) -> Fraction | None:
    return 100 * abs(value - base) / abs(base) if base else None


def _ratio(value: Fraction, base: Fraction) -> Fraction | None:
    return 100 * value / base if base else None


def _share_of_value(value: Fraction, base: Fraction) -> Fraction | None:
    return _share_of_base(base, value)


def _read(
    value: Number, base: Number, change: Number, measure: _Measure, kind: str, reach: Fraction | None = None
) -> _Reading:
    against = "value" if measure is _share_of_value else "base"
    size = max(len(value.ends), len(base.ends))
    cells = [(v, b) for v, b in zip(_spread(value, size), _spread(base, size), strict=True)]
    found = [measure(v, b) for v, b in cells]
    if any(one is None for one in found):
        return _Reading(kind, (), "no", against)
    around = [
        _around(measure, (v - value.half, v + value.half), (b - base.half, b + base.half), value.low * base.low)
        for v, b in cells
    ]
    sums = sorted((one, *ends) for one, ends in zip(found, around, strict=True) if one is not None)
    stated = sorted(change.ends)
    if len(sums) == 1 and len(stated) == 2:
        (one, low, high), slack = sums[0], change.half
        inside = stated[0] <= one <= stated[1]
        near = high >= stated[0] - slack and low <= stated[1] + slack
        fit = "ok" if inside else "rounding" if near else "no"
    elif len(sums) == 2 and len(stated) == 1:
        ends = {"<=": sums[1:], "<": sums[1:], ">=": sums[:1], ">": sums[:1]}.get(change.bound, sums)
        fit = min((_compare(*s, stated[0], change.half, change.bound) for s in ends), key=_ORDER.__getitem__)
        fit = "far" if fit == "no" else fit
    else:
        fits = [_compare(*s, d, change.half, change.bound) for s, d in zip(sums, stated, strict=True)]
        fit = max(fits, key=_ORDER.__getitem__)
        if fit == "no" and size > 1:
            fit = "far"  # which end belongs to which is not said
    if fit != "no" and reach is not None:
        room = [change.half if _MAGNITUDES.search(change.text) else reach * end for end in stated]
        if not any(abs(one - end) <= slack for one, *_ in sums for end, slack in zip(stated, room, strict=True)):
            fit = "far"
    return _Reading(kind, tuple(one for one, *_ in sums), fit, against)


def _spread(number: Number, size: int) -> tuple[Fraction, ...]:
    return number.ends if len(number.ends) == size else number.ends * size


def _around(
    measure: _Measure, values: tuple[Fraction, Fraction], bases: tuple[Fraction, Fraction], product: Fraction
) -> tuple[Fraction, Fraction]:
    """The least and the greatest result that the unrounded numbers may have."""
    corners = [result for v in values for b in bases if (result := measure(v, b)) is not None]
    if not corners or (measure is not _difference and any(v * b * product <= 0 for v in values for b in bases)):
        centre = measure((values[0] + values[1]) / 2, (bases[0] + bases[1]) / 2)
        assert centre is not None
        return centre, centre  # rounding reaches zero: no more than the printed digits can be said
    overlap = values[0] <= bases[1] and bases[0] <= values[1]
    lowest = (Fraction(1) if measure is _times else Fraction(0)) if overlap else min(corners)
    return lowest, max(corners)


def _compare(one: Fraction, low: Fraction, high: Fraction, stated: Fraction, half: Fraction, bound: str) -> str:
    """How a result, which rounding may have moved from ``low`` to ``high``, fits the stated change."""
    slack = half if bound in ("<=", ">=") else Fraction(0)  # "up to 7.8x" is a rounded 7.82x, "over 3x" no 2.8x
    if bound in (">", ">="):
        fit = "ok" if one >= stated - slack else "rounding" if high >= stated - slack else "no"
        return "far" if one > stated * _NEAR else fit
    if bound in ("<", "<="):
        fit = "ok" if one <= stated + slack else "rounding" if low <= stated + slack else "no"
        return "far" if one * _NEAR < stated else fit
    if one == stated:
        return "ok"
    slack = half + (_ABOUT * stated if bound == "~" else 0)
    return "rounding" if high >= stated - slack and low <= stated + slack else "no"


# -- units ---------------------------------------------------------------------------------------------------------


def _aligned(value: Number, base: Number) -> tuple[Number, Number] | None:
    """Both numbers in one unit; a number without one has the other's. None where they measure different things."""
    if value.unit == base.unit or base.unit is None or value.unit is None:
        unit = value.unit or base.unit
        return replace(value, unit=unit), replace(base, unit=unit)
    factor = unit_ratio(base.unit, value.unit)
    return None if factor is None else (value, base.scaled(factor, value.unit))


def _apart(value: Number, change: Number) -> bool:
    """Whether the change can be no difference of such values: its unit is of another sort."""
    shares = (None, "percent", "point")
    if value.unit is None and change.unit == "percent" and abs(value.low) > 100:
        return True
    if value.unit in shares:
        return change.unit not in shares
    if change.unit is None or change.unit == "point":
        return False
    return unit_ratio(change.unit, value.unit or "") is None


def _in_points(value: Number, base: Number, change: Number) -> Number:
    """The change in the values' unit: "+9 pp" between 0.82 and 0.91 is 0.09; "saves 1.5 s" of 900 ms is 1500."""
    if value.unit is None and change.unit in ("percent", "point"):
        if max(map(abs, (*value.ends, *base.ends))) <= 1 and abs(change.low) >= 1:
            return change.scaled(Fraction(1, 100), None)
    factor = unit_ratio(change.unit, value.unit) if change.unit and value.unit else None
    return change if factor is None else change.scaled(factor, value.unit)


def _half(quantity: Quantity, size: Fraction) -> Fraction:
    """Half of the last printed digit's worth; of a number in words a tenth of it."""
    if _MAGNITUDES.search(quantity.text):
        return _MAGNITUDE * size
    written = max(_DIGITS.findall(quantity.text), key=lambda digits: len(digits.replace(",", "")), default="")
    if quantity.word or not any(map(str.isdigit, written)):
        return _WORDS * size
    first = next(digits for digits in _DIGITS.findall(quantity.text) if any(map(str.isdigit, digits)))
    head, _, tail = first.rpartition(",")
    if head and len(tail) < 3:  # a decimal comma
        first = f"{head}.{tail}"
    plain = first.replace(",", "")
    decimals = len(plain.partition(".")[2])
    printed = Fraction(plain if plain[0] != "." else f"0{plain}")
    scale = abs(Fraction(str(quantity.value))) / printed if printed else Fraction(1)
    return Fraction(1, 2) * Fraction(1, 10**decimals) * scale


# -- the sum in words ----------------------------------------------------------------------------------------------


def _working(
    readings: Sequence[_Reading], best: _Reading, value: Number, base: Number, change: Number
) -> str:  # fmt: skip
    shown = [best] if best.fit != "no" else [r for r in readings if r.against == "base"]
    return " and ".join(_sum(r, value, base) for r in shown) + f", the text says {_said(change)}"


def _sum(reading: _Reading, value: Number, base: Number) -> str:
    high, low = (value, base) if value.low >= base.low else (base, value)
    if reading.kind == "factor":
        left = f"{_shown(high)} / {_shown(low)}"
        return f"{left} = {_results(reading)}×"
    if reading.kind == "points":
        second = f"({_shown(low)})" if low.low < 0 else _shown(low)
        return f"{_shown(high)} − {second} = {_results(reading)}"
    below = value if reading.against == "value" else base
    second = f"({_shown(low)})" if low.low < 0 else _shown(low)
    return f"({_shown(high)} − {second}) / {_shown(below)} = {_results(reading)} %"


def _results(reading: _Reading) -> str:
    return "–".join(_digits(one) for one in reading.found)


def _shown(number: Number) -> str:
    return "–".join(_digits(end) for end in number.ends)


def _digits(number: Fraction) -> str:
    """All digits of a short decimal, four of any other number."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    short = exact.normalize()
    if len(short.as_tuple().digits) > 10:
        short = Decimal(f"{exact:.4g}")
    return f"{short:,f}".replace("-", "−") if abs(short.adjusted()) < 16 else f"{short:.4g}".replace("-", "−")


def _said(change: Number) -> str:
    hedge = {"=": "", "~": "about ", "<": "less than ", ">": "more than ", "<=": "up to ", ">=": "at least "}
    return hedge.get(change.bound, "") + " ".join(change.text.split())
