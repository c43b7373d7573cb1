"""What a board holds, whatever shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Row:
    """One result on a board.

    ``rank`` is shared by ties (1, 1, 3) and None for rows that are not ranked. ``written`` is the value with unit, ±
    and bound as the claim has it, ``written_unit`` its unit by name; ``value``, ``value_high`` (the end of a range) and
    ``error`` (the ±) are numbers in the board's ``unit``, None where the value cannot be brought to it. ``kind`` is the
    claim's kind, and ``baseline`` also for a value that another method's claim gives for its baseline. ``value_start``
    and ``value_end`` are the place of the number in the abstract, ``sentence_start`` that of ``sentence``. ``reason``
    says why a row stands apart.
    """

    rank: int | None
    method: str | None
    value: float | None
    written: str
    value_high: float | None = None
    error: float | None = None
    unit: str | None = None
    written_unit: str | None = None
    bound: str = "="
    setting: str | None = None
    aggregate: str | None = None
    published: dt.date | None = None
    paper_id: str = ""
    title: str | None = None
    source: str | None = None
    sentence: str | None = None
    confidence: float | None = None
    kind: str = "result"
    value_start: int | None = None
    value_end: int | None = None
    sentence_start: int | None = None
    reason: str | None = None


COLUMNS: tuple[str, ...] = tuple(column.name for column in fields(Row))


class More(NamedTuple):
    """How many rows of each part a limit has left out."""

    rows: int = 0
    unranked: int = 0
    apart: int = 0


@dataclass(frozen=True)
class BoardData:
    """What a board is of and its rows, as :class:`claimx.leaderboard.board.Board` describes them."""

    benchmark: str
    metric: str
    better: str
    unit: str | None = None
    task: str | None = None
    benchmark_id: str = ""
    metric_id: str = ""
    parameter: str = ""
    rows: tuple[Row, ...] = ()
    unranked: tuple[Row, ...] = ()
    apart: tuple[Row, ...] = ()
    more: More = field(default_factory=More)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def all_rows(self) -> Iterator[Row]:
        """The ranked rows, then the unranked, then those that stand apart."""
        yield from self.rows
        yield from self.unranked
        yield from self.apart

    def about(self) -> dict[str, Any]:
        """Everything but the rows."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name not in _PARTS}


_PARTS = ("rows", "unranked", "apart")
