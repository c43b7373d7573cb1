"""A board as a picture for a paper or a talk: PNG or SVG, the same bytes for the same board.

Where dates are known, the best value over time with the record as a line; bars otherwise. matplotlib draws it, which
comes with the extra ``claimx[plot]``.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimx import display
from claimx.errors import TableError
from claimx.leaderboard import Board
from claimx.leaderboard import Row as Standing
from claimx.output import check_place, replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
_BARS = 20
_LABELS = 12
_EPOCH = dt.date(1970, 1, 1).toordinal()
_INK, _SOFT, _LINE, _BEST, _REST = "#1d2125", "#5a626b", "#e1e2de", "#1c5bb8", "#8fb3e2"
_STYLE: Any = {
    "svg.hashsalt": "claimx",
    "svg.fonttype": "none",  # text stays text: it can be searched, and a browser has more letters than one font
    "text.parse_math": False,  # a dollar in a name is a dollar
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _SOFT,
    "axes.edgecolor": _LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": _LINE,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
}


def plot_board(board: Board, path: str | os.PathLike[str], *, title: str | None = None) -> None:
    """Draw ``board`` into ``path``, whose end says how: .png or .svg.

    Ranked values are filled, those with a bound are hollow. ``title`` is the benchmark unless given. Raises
    :class:`TableError` where matplotlib is missing, the end is another, or the place cannot be written to.
    """
    target = check_picture(path)
    shown = [row for row in (*board.rows, *board.unranked) if row.value is not None]
    if not shown:
        raise TableError(f"{board.benchmark}, {board.metric}: the board has no value to draw")
    picture = _picture(board, shown, board.benchmark if title is None else title, target.suffix.lower()[1:])
    try:
        with replacing(target) as stream:
            stream.write(picture)
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error


def check_picture(path: str | os.PathLike[str]) -> Path:
    """``path`` as a place that a picture can be written to, checked before any work; else a :class:`TableError`."""
    if Path(path).suffix.lower() not in FORMATS:
        raise TableError(f"{path}: cannot tell the format from the name; it must end in {' or '.join(FORMATS)}")
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise TableError("plots need matplotlib; install it with: pip install 'claimx[plot]'") from error
    return check_place(path)


def over_time(shown: Sequence[Standing]) -> bool:
    """Whether the rows have dates to be drawn over: two days or more, with something ranked among them."""
    dated = [row for row in shown if row.published is not None]
    return len({row.published for row in dated}) > 1 and any(row.rank is not None for row in dated)


def _picture(board: Board, shown: Sequence[Standing], title: str, format: str) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    stream = io.BytesIO()
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        timed = over_time(shown)
        bars = list(shown[:_BARS])
        figure = Figure(figsize=(7.2, 4.2 if timed else 0.9 + 0.32 * len(bars)), layout="constrained")
        axes = figure.add_subplot()
        figure.suptitle(_clipped(title, 70), x=0.01, ha="left", fontsize=12, fontweight="bold")
        unit = display.unit(board.unit or "")
        label = board.metric + (f" ({unit})" if unit else "")
        if timed:
            _draw_over_time(axes, [row for row in shown if row.published], higher=board.better != "lower")
            axes.set_ylabel(_clipped(label, 40))
            _without_overlap(figure, axes)
        else:
            _draw_bars(axes, bars)
            axes.set_xlabel(_clipped(label, 60))
        figure.savefig(
            stream, format=format, dpi=200, metadata={"Date": None} if format == "svg" else {"Software": None}
        )
    return stream.getvalue()


def records(dated: Sequence[Standing], higher: bool) -> list[Standing]:
    """The ranked rows that were the best when they came out, in order of time."""
    sign = 1.0 if higher else -1.0
    out: list[Standing] = []
    for row in sorted(dated, key=lambda row: (_day(row), -sign * _value(row))):
        if row.rank is not None and (not out or sign * _value(row) > sign * _value(out[-1])):
            out.append(row)
    return out


def _draw_over_time(axes: Axes, dated: Sequence[Standing], higher: bool) -> None:
    best = records(dated, higher)
    last = max(_day(row) for row in dated)
    axes.xaxis_date()
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    line = [*((_day(row), _value(row)) for row in best), (last, _value(best[-1]))]
    axes.plot([day for day, _ in line], [value for _, value in line], drawstyle="steps-post", color=_BEST, zorder=2)
    for rows, face, edge, size in (
        ([row for row in dated if row.rank is None], "white", _SOFT, 28),
        ([row for row in dated if row.rank is not None and row not in best], _REST, "white", 34),
        (best, _BEST, "white", 52),
    ):
        axes.scatter(
            [_day(row) for row in rows], [_value(row) for row in rows], s=size, c=face, edgecolors=edge, zorder=3
        )
    axes.margins(x=0.08, y=0.14)
    for row in best[-_LABELS:]:
        axes.annotate(_clipped(row.method or row.paper_id, 24), (_day(row), _value(row)), xytext=(0, 8),
                      textcoords="offset points", ha="center", fontsize=8.5)  # fmt: skip


def _without_overlap(figure: Figure, axes: Axes) -> None:
    """Take away each name that would cover one further on."""
    figure.draw_without_rendering()
    kept: list[Any] = []
    for text in reversed(list(axes.texts)):
        box = text.get_window_extent()
        if any(box.overlaps(other) for other in kept):
            text.remove()
        else:
            kept.append(box)


def _draw_bars(axes: Axes, bars: Sequence[Standing]) -> None:
    places = range(len(bars))
    values = [_value(row) for row in bars]
    faces = [_BEST if row.rank == 1 else _REST if row.rank is not None else "white" for row in bars]
    edges = ["none" if row.rank is not None else _SOFT for row in bars]
    axes.barh(places, values, height=0.68, color=faces, edgecolor=edges)
    axes.set_yticks(places, [_clipped(row.method or row.paper_id, 34) for row in bars])
    axes.tick_params(axis="y", colors=_INK)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    for place, row in zip(places, bars, strict=True):
        side = -1 if _value(row) < 0 else 1
        axes.annotate(row.written, (_value(row), place), xytext=(4 * side, 0), textcoords="offset points", va="center",
                      ha="left" if side > 0 else "right", fontsize=9)  # fmt: skip


def _value(row: Standing) -> float:
    return 0.0 if row.value is None else row.value


def _day(row: Standing) -> float:
    """The day of publication as matplotlib counts: from 1970 on."""
    return float((row.published or dt.date(1970, 1, 1)).toordinal() - _EPOCH)


def _clipped(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"
