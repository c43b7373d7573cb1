"""A board's rows as the cells that every printed form shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimx import display
from claimx.leaderboard.data import BoardData, Row

UNRANKED = "Not ranked: no exact value"
APART = "Apart: not comparable"


@dataclass(frozen=True, slots=True)
class Cell:
    """The texts of one row; ``note`` has setting, aggregate, kind and the reason that a row stands apart."""

    rank: str
    method: str
    written: str
    value: str
    note: str
    date: str
    paper: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """Some rows under a heading, which is empty for the ranked ones; ``more`` were left out by a limit."""

    heading: str
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    more: int


def caption(board: BoardData) -> str:
    """``accuracy on CIFAR-10 (image classification), higher is better``."""
    task = f" ({board.task})" if board.task else ""
    return f"{board.metric} on {board.benchmark}{task}, {board.better} is better"


def direction(board: BoardData) -> str:
    """The metric with the arrow of its direction: ``FID ↓``."""
    return f"{board.metric} {'↑' if board.better == 'higher' else '↓'}"


def unit(board: BoardData) -> str:
    """The heading of the values in the board's unit: ``in ms``; for plain scores ``as plain number``."""
    return f"in {display.unit(board.unit)}" if board.unit else "as plain number"


def converted(board: BoardData) -> bool:
    """Whether some row is written in another unit than the board's, so that its value there must be shown as well."""
    return any(row.written_unit != board.unit for row in (*board.rows, *board.unranked))


def sections(board: BoardData) -> list[Section]:
    """The parts of a board that have rows; the ranked ones always."""
    groups = (("", board.rows, board.more.rows), (UNRANKED, board.unranked, board.more.unranked),
              (APART, board.apart, board.more.apart))  # fmt: skip
    return [Section(heading, rows, tuple(map(_cell, rows)), more) for heading, rows, more in groups
            if rows or not heading]  # fmt: skip


def filled(parts: Sequence[Section], name: str) -> bool:
    """Whether any cell of that name has a text."""
    return any(getattr(cell, name) for section in parts for cell in section.cells)


def _cell(row: Row) -> Cell:
    notes = (row.setting, row.aggregate, row.kind if row.kind in ("baseline", "human", "finding") else None, row.reason)
    return Cell(
        rank="" if row.rank is None else str(row.rank),
        method=row.method or "",
        written=row.written,
        value="–".join(display.number(end) for end in (row.value, row.value_high) if end is not None),
        note=", ".join(note for note in notes if note),
        date=row.published.isoformat() if row.published else "",
        paper=row.paper_id,
        title=row.title or "",
    )
