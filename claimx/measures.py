"""Comparable values: percent against fraction, and one unit for a board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .naming import Name
from .units import convert


def common(metric: Name, values: Sequence[tuple[float, str | None]]) -> tuple[str | None, list[float | None]]:
    """The unit of a board of ``metric`` and each of its ``values``, given as (number, unit), in that unit.

    None stands for a value that cannot be brought to it. A fraction and a percentage are the same for a metric that is
    a share; other units go through pint.
    """
    share = metric.unit == "percent"
    read: list[tuple[float, str | None]] = []
    for value, unit in values:
        if share and unit in (None, "point"):
            value, unit = (value * 100 if abs(value) <= 1 else value), "percent"
        read.append((value, None if unit == "point" else unit))
    if not read:
        return ("percent" if share else None), []
    counts = Counter(unit for _, unit in read)
    board = min(counts, key=lambda unit: (-counts[unit], unit or ""))
    return board, [_to(value, unit, board) for value, unit in read]


def _to(value: float, unit: str | None, board: str | None) -> float | None:
    if unit == board:
        return value
    if unit is None or board is None or "x" in (unit, board):
        return None
    try:
        return convert(value, unit, board)
    except ValueError:
        return None
