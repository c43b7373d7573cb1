"""Comparable values: a board's numbers in one unit, percentages and fractions of one reconciled.

The value as written stays in the claim table; what is here is for ranking and plotting. A value that cannot be brought
to the board's unit is None, never a guess.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .naming import Name
from .units import convert, registry, unit_names, unit_of

__all__ = ["common"]

# Quantities that pint gives one dimension, but that no one would compare.
_QUANTITIES = {
    "gpu_hour": "device time", "gpu_day": "device time", "millisecond_per_frame": "time per frame",
    "bit_per_dimension": "bits per dimension", "bit_per_pixel": "bits per pixel", "bit_per_byte": "bits per byte",
    "bit_per_character": "bits per character", "multiply_accumulate": "multiply-accumulates",
    "megamac": "multiply-accumulates", "gigamac": "multiply-accumulates", "petaflop_day": "compute",
    "newton_meter": "torque", "tera_operation_per_second_watt": "operations per joule",
    "carbon_dioxide_kilogram": "emissions", "carbon_dioxide_tonne": "emissions", "percent": "percent",
    "permille": "percent", "x": "factor",
}  # fmt: skip
_SCORE = "score"  # plain numbers and points
# Where the unit is a matter of course, a bare number is in it.
_TACIT = {"decibel"}


def common(metric: Name, values: Sequence[tuple[float, str | None]]) -> tuple[str | None, list[float | None]]:
    """The unit of a board of ``metric`` and each of its ``values``, given as (number, unit), in that unit.

    Units are names of the units registry or forms of it ("ms"); None is a plain score. The board's unit is the one that
    most values have, among equals the metric's usual one. For a metric that is a share, 0.883 and 88.3 % are the same
    value; a bare 88.3 is in per cent too. Other units are converted within their quantity. None stands for a value of
    another quantity, and for one that is not finite.
    """
    read = [(value, _unit(unit)) for value, unit in values]
    if metric.unit in _TACIT:
        read = [(value, unit or metric.unit) for value, unit in read]
    finite = [math.isfinite(value) for value, _ in read]
    kinds = [_quantity(unit, metric) for _, unit in read]
    counts = Counter(kind for kind, fine in zip(kinds, finite, strict=True) if fine)
    if not counts:
        return metric.unit or None, [None] * len(read)
    usual = _quantity(metric.unit or None, metric)
    kind = min(counts, key=lambda kind: (-counts[kind], kind != usual, kind))
    mine = [fine and found == kind for fine, found in zip(finite, kinds, strict=True)]
    chosen = [pair for pair, fits in zip(read, mine, strict=True) if fits]
    unit, numbers = _shares(metric, chosen) if kind == _SCORE and metric.share else _converted(metric, chosen)
    rest = iter(numbers)
    return unit, [next(rest) if fits else None for fits in mine]


@lru_cache(maxsize=1024)
def _unit(written: str | None) -> str | None:
    if not written or written == "point":
        return None
    return written if written in unit_names() else (unit_of(written) or written)


def _quantity(unit: str | None, metric: Name) -> str:
    """What a unit measures; units of one quantity can be converted into each other."""
    if unit is None or (metric.share and unit in ("percent", "permille")):
        return _SCORE
    return _QUANTITIES.get(unit) or _dimension(unit)


@lru_cache(maxsize=1024)
def _dimension(unit: str) -> str:
    return str(registry().parse_units(unit).dimensionality) if unit in unit_names() else unit


def _converted(metric: Name, values: Sequence[tuple[float, str | None]]) -> tuple[str | None, list[float]]:
    counts = Counter(unit for _, unit in values)
    board = min(counts, key=lambda unit: (-counts[unit], unit != metric.unit, unit or ""))
    return board, [value if unit == board or unit is None or board is None else _neat(convert(value, unit, board))
                   for value, unit in values]  # fmt: skip


def _shares(metric: Name, values: Sequence[tuple[float, str | None]]) -> tuple[str | None, list[float]]:
    """Shares in per cent or as fractions, whichever most of them are.

    What stands in per cent, or beyond 1, is no fraction. A bare number up to 1 is one, unless the board's percentages
    are so small that it is nearer to them as it stands: 0.9 among error rates of 1.2 % and 2.3 %.
    """
    percents = [_neat(value / 10) if unit == "permille" else value for value, unit in values if not _open(value, unit)]
    middle = statistics.median(map(abs, percents)) if percents else math.inf
    fractions = [_open(value, unit) and 10 * abs(value) <= middle for value, unit in values]
    zeros = sum(value == 0 and unit is None for value, unit in values)  # the same either way
    explicit = any(unit in ("percent", "permille") for _, unit in values)
    if 2 * (sum(fractions) - zeros) > len(values) - zeros or (all(fractions) and not explicit):
        return None, [value if fraction else _neat(value / (1000 if unit == "permille" else 100))
                      for (value, unit), fraction in zip(values, fractions, strict=True)]  # fmt: skip
    board = "percent" if explicit or metric.unit == "percent" else None
    return board, [_neat(value * 100) if fraction else _neat(value / 10) if unit == "permille" else value
                   for (value, unit), fraction in zip(values, fractions, strict=True)]  # fmt: skip


def _open(value: float, unit: str | None) -> bool:
    return unit is None and abs(value) <= 1


def _neat(value: float) -> float:
    """``value`` without the last digits that arithmetic leaves: 88.3 for 0.883 times 100."""
    return float(f"{value:.12g}")
