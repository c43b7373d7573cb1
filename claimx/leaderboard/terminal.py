"""Boards for a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx import display
from claimx.leaderboard.cells import Cell, Section, caption, converted, direction, sections, unit
from claimx.leaderboard.data import BoardData

_GAP = 2
_LEAST = {"method": 12, "paper": 9, "title": 20, "notes": 10, "date": 10}


def to_text(board: BoardData, width: int) -> str:
    """The board as plain text of at most ``width`` columns; ValueError for a width below 20."""
    if width < 20:
        raise ValueError(f"width is {width}; the least is 20")
    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(*render(board, width), sep="\n")
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().removesuffix("\n").split("\n"))


def render(board: BoardData, width: int) -> Iterator[Table | Text]:
    """What rich prints: the caption, the ranked rows, then those that are not ranked."""
    yield Text(display.plain(caption(board)), style="bold")
    parts = sections(board)
    columns = _columns(board, parts, width)
    for section in parts:
        if section.heading:
            yield Text(section.heading, style="italic dim")
        yield _table(section, columns, width)
        if section.more:
            yield Text(f"… {section.more:,} more", style="dim")


class _Column:
    def __init__(self, heading: str, read: Callable[[Cell], str], style: str = "", right: bool = False) -> None:
        self.heading, self.read, self.style, self.right = heading, read, style, right
        self.width = 0


def _columns(board: BoardData, parts: list[Section], width: int) -> list[_Column]:
    """The columns for which there is room: the number first, what can be looked up elsewhere last."""
    must = [
        _Column("#", lambda cell: cell.rank, "dim", right=True),
        _Column("method", lambda cell: cell.method, "bold"),
        _Column(direction(board), lambda cell: cell.written, "cyan", right=True),
    ]
    if converted(board):
        must.append(_Column(unit(board), lambda cell: cell.value, "dim", right=True))
    may = [
        _Column("notes", lambda cell: cell.note),
        _Column("paper", lambda cell: cell.paper, "dim"),
        _Column("date", lambda cell: cell.date, "dim"),
        _Column("title", lambda cell: cell.title, "dim"),
    ]
    texts = [cell for section in parts for cell in section.cells]
    for column in (*must, *may):
        longest = max((Text(display.plain(column.read(cell))).cell_len for cell in texts), default=0)
        column.width = max(longest, len(column.heading)) if longest or column in must else 0
    shown = list(must)
    least = {id(column): min(column.width, _LEAST.get(column.heading, column.width)) for column in (*must, *may)}
    for column in may:
        if column.width and sum(least[id(one)] + _GAP for one in (*shown, column)) - _GAP <= width:
            shown.append(column)
    _fit(shown, least, width)
    order = {"title": 5, "paper": 4, "date": 3, "notes": 2}
    return sorted(shown, key=lambda column: order.get(column.heading, 1))


def _fit(shown: list[_Column], least: dict[int, int], width: int) -> None:
    """Narrow the columns until they fit, the widest first; one that is at its least only when all are."""
    excess = sum(column.width + _GAP for column in shown) - _GAP - width
    for floor in (least, dict.fromkeys(least, 1)):
        while excess > 0:
            wide = [column for column in shown if column.width > floor[id(column)]]
            if not wide:
                break
            max(wide, key=lambda column: column.width).width -= 1
            excess -= 1


def _table(section: Section, columns: list[_Column], width: int) -> Table:
    table = Table(
        box=None, header_style="bold", pad_edge=False, show_header=not section.heading, padding=(0, _GAP, 0, 0)
    )
    for column in columns:
        table.add_column(Text(display.plain(column.heading)), style=column.style, width=column.width, no_wrap=True,
                         justify="right" if column.right else "left", overflow="ellipsis")  # fmt: skip
    for cell in section.cells:
        style = "green" if cell.rank == "1" else "dim" if section.heading else ""
        table.add_row(*(Text(display.plain(column.read(cell))) for column in columns), style=style)
    return table
