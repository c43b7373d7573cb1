"""The boards of a page: which there are, and which rows of the table stand where on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimx import naming
from claimx.errors import TableError
from claimx.leaderboard import Board, leaderboard
from claimx.leaderboard import Row as Standing
from claimx.model import Claim

_KINDS = ("result", "baseline")
_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A standing on a board, and the row of the table that it comes from."""

    standing: Standing
    row: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A board with its entries in order: the ranked ones, those with a bound, those that stand apart."""

    board: Board
    entries: tuple[Entry, ...]

    @property
    def methods(self) -> int:
        """How many methods have a value on it."""
        return len(self.board.rows) + len(self.board.unranked)


def boards(claims: Sequence[Claim], least: int = 2) -> list[Shown]:
    """The boards of at least ``least`` methods, those with most of them first.

    A metric of which nobody knows whether more of it is better makes no board.
    """
    groups: dict[_Key, list[int]] = {}
    for row, claim in enumerate(claims):
        if claim.benchmark and claim.metric:
            where, what = naming.benchmark(claim.benchmark), naming.metric(claim.metric)
            groups.setdefault((where.id, where.parameter, what.id, what.parameter), []).append(row)
    found = [board for rows in groups.values() if (board := _board(claims, rows, least)) is not None]
    return sorted(found, key=lambda shown: (-shown.methods, shown.board.benchmark, shown.board.metric))


def _board(claims: Sequence[Claim], rows: Sequence[int], least: int) -> Shown | None:
    valued = [row for row in rows if claims[row].value is not None or claims[row].baseline_value is not None]
    names = {name for row in valued for name in (claims[row].method, claims[row].baseline) if name}
    if len(names) < least:
        return None  # the cheap test first: most pairs of benchmark and metric have one method
    first = claims[rows[0]]
    try:
        board = leaderboard([claims[row] for row in rows], first.benchmark, first.metric, kinds=_KINDS)
    except TableError:  # no row that could stand on it, or no known direction
        return None
    entries = tuple(Entry(standing, _row(claims, rows, standing)) for standing in board.all_rows())
    shown = Shown(board, entries)
    return shown if shown.methods >= least else None


def _row(claims: Sequence[Claim], rows: Sequence[int], standing: Standing) -> int:
    """The row that ``standing`` was made from: of its paper, and with its number in its place."""

    def likeness(row: int) -> tuple[bool, bool, bool]:
        claim = claims[row]
        starts = (claim.value_start, claim.baseline_value_start)
        return (
            claim.paper_id == standing.paper_id,
            standing.value_start in starts and claim.sentence_start == standing.sentence_start,
            standing.method in (claim.method, claim.baseline),
        )

    return max(rows, key=likeness)
