"""Numbers that a row does not state but implies: the change between two values, the baseline's value behind a change.

A change that is computed has ``delta_derived`` true and no ``delta_start``. A baseline's value that is computed has no
``baseline_value_start``; nothing else marks it, as ``delta_derived`` speaks of the change alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast, overload

from claimx.arithmetic import Number
from claimx.consistency import numbers
from claimx.model import Claim
from claimx.table import claims_of, to_pandas, to_table
from claimx.units import ratio

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["derive", "derived"]

_EXACT = ("=", "~")
_SHARES = frozenset({None, "percent", "point"})


@overload
def derive(source: pa.Table) -> pa.Table: ...
@overload
def derive(source: pd.DataFrame) -> pd.DataFrame: ...
@overload
def derive(source: Iterable[Claim]) -> list[Claim]: ...
def derive(source: Iterable[Claim] | pa.Table | pd.DataFrame) -> list[Claim] | pa.Table | pd.DataFrame:
    """``source`` with the changes and baseline values that its rows imply, as the same sort of thing.

    Filled are ``delta`` (value − baseline_value, of kind points, ``delta_derived`` true) where a row has both values
    and no change, and ``baseline_value`` where it has a value and a change of which that is clear. Rows and other
    columns stay as they are. Raises :class:`claimx.TableError` for what is no claim table.
    """
    kind = type(source).__module__.partition(".")[0]
    if kind == "pyarrow":
        return to_table(map(derived, claims_of(source)))
    if kind == "pandas":
        return to_pandas(map(derived, claims_of(source)))
    return [derived(claim) for claim in cast("Iterable[Claim]", source)]


def derived(claim: Claim) -> Claim:
    """``claim`` with what it implies filled in; the claim itself where that is nothing."""
    if claim.value is None or not math.isfinite(claim.value):
        return claim
    if claim.delta is None and claim.baseline_value is not None:
        return _with_delta(claim, claim.value, claim.baseline_value)
    if claim.delta is not None and claim.baseline_value is None:
        base = _baseline(claim)
        return claim if base is None else replace(claim, baseline_value=base)
    return claim


def _with_delta(claim: Claim, value: float, base: float) -> Claim:
    if not math.isfinite(base) or (claim.value_high is not None and not math.isfinite(claim.value_high)):
        return claim
    low = _float(_fraction(value) - _fraction(base))
    high = None if claim.value_high is None else _float(_fraction(claim.value_high) - _fraction(base))
    if low is None:
        return claim
    improved = claim.improved
    ends = {low > 0, (low if high is None else high) > 0}
    if improved is None and claim.higher_is_better is not None and low and len(ends) == 1:
        improved = (low > 0) == claim.higher_is_better
    return replace(
        claim, delta=low, delta_high=high, delta_kind="points", delta_derived=True, improved=improved
    )  # fmt: skip


def _baseline(claim: Claim) -> float | None:
    """The baseline's value behind a change, as precise as the value is printed; None where it is not clear."""
    if claim.value_high is not None or claim.delta_high is not None or claim.bound not in _EXACT:
        return None
    printed = numbers(claim, "value", "delta")
    if printed is None or claim.delta is None or not math.isfinite(claim.delta):
        return None
    value, change = printed
    if value.bound not in _EXACT or change.bound not in _EXACT or claim.value is None:
        return None
    level, delta = _fraction(claim.value), _fraction(claim.delta)
    if claim.delta_kind == "points":
        scale = _in_unit(change, claim)
        return None if scale is None else _float(level - delta * scale)
    if claim.delta_kind == "relative" and delta > -100 and _consistent(claim):
        return _rounded(level / (1 + delta / 100), value)
    if claim.delta_kind == "factor" and abs(delta) > 1 and _consistent(claim):
        return _rounded(level / delta if delta > 0 else level * -delta, value)
    return None


def _in_unit(change: Number, claim: Claim) -> Fraction | None:
    """What one of the change's units is in the value's."""
    if claim.unit in _SHARES:
        if change.unit not in _SHARES:
            return None
        fraction = claim.unit is None and change.unit is not None and abs(claim.value or 0) <= 1
        return Fraction(1, 100) if fraction and change.low >= 1 else None if fraction else Fraction(1)
    if change.unit in (None, claim.unit):
        return Fraction(1)
    return ratio(change.unit or "", claim.unit or "")


def _consistent(claim: Claim) -> bool:
    """Whether the change moves the value itself: "12 ms, 3x faster" has a factor of the speed and not of the time."""
    timed = claim.unit is not None and ratio(claim.unit, "second") is not None
    if claim.higher_is_better is None or claim.improved is None or claim.delta is None:
        return not timed or (claim.delta or 0) < 0
    return claim.improved == ((claim.delta > 0) == claim.higher_is_better)


def _fraction(value: float) -> Fraction:
    return Fraction(str(value))


def _float(number: Fraction) -> float | None:
    try:
        return float(number)
    except OverflowError:
        return None


def _rounded(number: Fraction, like: Number) -> float | None:
    """``number`` to the last digit that ``like`` is printed with."""
    step = like.half * 2
    return _float(round(number / step) * step) if step else _float(number)
