"""A list of boards as CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from claimx.leaderboard.listing import BoardSummary
from claimx.leaderboard.markup import markdown_cell
from claimx.output import guarded
from claimx.table import storable


def to_csv(boards: Sequence[BoardSummary], *, raw: bool = False) -> str:
    """A header and a line for each board; a text that a spreadsheet would run gets an apostrophe unless ``raw``."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(BoardSummary._fields)
    for board in boards:
        writer.writerow([guarded(cell) if isinstance(cell, str) and not raw else cell for cell in board])
    return storable(stream.getvalue())


def to_json(boards: Sequence[BoardSummary]) -> str:
    """An array of objects."""
    return storable(json.dumps([board._asdict() for board in boards], ensure_ascii=False, indent=1)) + "\n"


def to_markdown(boards: Sequence[BoardSummary]) -> str:
    """A GitHub table."""
    lines = ["| benchmark | metric | methods | results | task |", "|---|---|--:|--:|---|"]
    for board in boards:
        cells = (board.benchmark, board.metric, f"{board.methods:,}", f"{board.results:,}", board.task or "")
        lines.append("| " + " | ".join(map(markdown_cell, cells)) + " |")
    return "\n".join(lines) + "\n"
