"""Boards as data: pandas, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from claimx.leaderboard.data import COLUMNS, BoardData, Row
from claimx.output import guarded
from claimx.table import storable

if TYPE_CHECKING:
    import pandas as pd

_WHOLE = ("rank", "value_start", "value_end", "sentence_start")
_REAL = ("value", "value_high", "error", "confidence")


def to_pandas(board: BoardData) -> pd.DataFrame:
    """All rows; whole numbers are ``Int64`` with nulls, dates ``datetime64``."""
    import pandas as pd

    rows = [astuple(row) for row in board.all_rows()]
    frame = pd.DataFrame.from_records(rows, columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(_WHOLE, "Int64"), **dict.fromkeys(_REAL, "float64"),
                         "published": "datetime64[s]"})  # fmt: skip


def to_json(board: BoardData) -> str:
    """One object; dates as ISO 8601, and no NaN or infinity."""
    whole = {
        **board.about(),
        "more": board.more._asdict(),
        **{part: [_object(row) for row in getattr(board, part)] for part in ("rows", "unranked", "apart")},
    }
    return storable(json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def to_csv(board: BoardData, *, raw: bool = False) -> str:
    """A header and all rows, ended by line feeds."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in board.all_rows():
        cells = _object(row).values()
        writer.writerow([guarded(cell) if isinstance(cell, str) and not raw else cell for cell in cells])
    return storable(stream.getvalue())


def _object(row: Row) -> dict[str, Any]:
    cells = dict(zip(COLUMNS, astuple(row), strict=True))
    cells["published"] = row.published.isoformat() if row.published else None
    # The table keeps confidence in single precision; more digits than that are noise.
    cells["confidence"] = None if row.confidence is None else float(f"{row.confidence:.6g}")
    return cells
