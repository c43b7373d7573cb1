"""The order of results on a board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claimx.leaderboard.results import Result


@dataclass(slots=True)
class Scored:
    """A result with its value in the board's unit, None where it has none; ``higher`` is the board's direction."""

    result: Result
    value: float | None
    higher: bool
    reason: str | None = None

    def __post_init__(self) -> None:
        self.value = _tidy(self.value)

    @property
    def high(self) -> float | None:
        return self.scaled(self.result.high)

    def scaled(self, part: float | None) -> float | None:
        """Another number of the same claim in the board's unit; units here differ by a factor only."""
        if part is None or self.value is None:
            return None
        return _tidy(part * (self.value / self.result.value if self.result.value else 1.0))

    @property
    def level(self) -> float:
        """What it is ranked by, less being better: a range counts with its worse end."""
        if self.value is None:
            return float("inf")
        if self.higher:
            return -self.value
        return self.value if self.high is None else max(self.value, self.high)


def _tidy(value: float | None) -> float | None:
    """``value`` without the dust of a conversion, so that 0.57 and 57 % are the same."""
    return None if value is None else float(f"{value:.12g}")


def in_order(entries: Sequence[Scored]) -> list[Scored]:
    """Best first. Of equals the method's own claim comes before a comparison, the older before the newer."""
    return sorted(entries, key=_order)


def _order(entry: Scored) -> tuple[Any, ...]:
    result = entry.result
    return (entry.level, result.kind == "baseline", result.published or dt.date.max, (result.method or "").casefold(),
            result.place)  # fmt: skip


def best_of_each(entries: Sequence[Scored]) -> list[Scored]:
    """The best result of each method; entries without a method are all kept."""
    best: dict[Any, Scored] = {}
    for entry in in_order(entries):
        best.setdefault(entry.result.key if entry.result.method else entry.result.place, entry)
    return list(best.values())


def ranks(ordered: Sequence[Scored]) -> list[int]:
    """The rank of each entry, ties shared: 1, 1, 3."""
    numbers: list[int] = []
    for at, entry in enumerate(ordered, 1):
        tied = at > 1 and entry.level == ordered[at - 2].level
        numbers.append(numbers[-1] if tied else at)
    return numbers
