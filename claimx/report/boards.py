"""The boards and the contradictions of a page, each with the rows of the table that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from claimx import naming
from claimx.contradictions import Contradiction, contradictions
from claimx.errors import BoardError
from claimx.leaderboard import Board, boards, leaderboard
from claimx.leaderboard import Row as Standing
from claimx.model import Claim

# What makes a claim the same one after its way through a table.
_PLACE = attrgetter("paper_id", "method", "benchmark", "metric", "setting", "value", "value_start", "sentence_start")


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


def shown_boards(claims: Sequence[Claim], least: int = 2) -> list[Shown]:
    """The boards that rank at least ``least`` methods, those with most of them first."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for row, claim in enumerate(claims):
        if claim.benchmark and claim.metric:
            metric = naming.metric(claim.metric)
            groups.setdefault((naming.benchmark(claim.benchmark).id, metric.id, metric.parameter), []).append(row)
    out = []
    for found in boards(claims, min_methods=least):
        rows = groups[found.benchmark_id, found.metric_id, found.parameter]
        try:
            board = leaderboard([claims[row] for row in rows], found.benchmark, found.metric)
        except BoardError:  # nobody knows whether more of this metric is better, so there is no best
            continue
        if len(board.rows) >= least:
            out.append(
                Shown(board, tuple(Entry(standing, _row(claims, rows, standing)) for standing in board.all_rows()))
            )
    return sorted(out, key=lambda shown: (-shown.methods, shown.board.benchmark, shown.board.metric))


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


def disagreements(claims: Sequence[Claim]) -> list[tuple[Contradiction, list[int]]]:
    """The contradictions between papers, each with the rows of its values."""
    rows: dict[tuple[Any, ...], list[int]] = {}
    for row, claim in enumerate(claims):
        rows.setdefault(_PLACE(claim), []).append(row)
    return [(found, [rows[_PLACE(stated.claim)][0] for stated in found.values]) for found in contradictions(claims)]
