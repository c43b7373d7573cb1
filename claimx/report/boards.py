"""The boards of a page: which there are, and who stands where on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claimx.model import Claim


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim on a board: its row in the table, its value in the board's unit, its rank if it can have one."""

    row: int
    value: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """A benchmark and a metric with what methods reach there, the ranked ones first.

    ``better`` is ``higher``, ``lower`` or ``none`` (unknown: then nobody has a rank).
    """

    benchmark: str
    metric: str
    unit: str | None
    better: str
    entries: tuple[Entry, ...]


def boards(claims: Sequence[Claim], least: int = 2) -> list[Board]:
    """All boards with at least ``least`` methods, those with most of them first."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row, claim in enumerate(claims):
        if claim.benchmark and claim.metric and claim.value is not None and claim.kind in ("result", "baseline"):
            groups.setdefault((claim.benchmark.casefold(), claim.metric.casefold()), []).append(row)
    found = [_board(claims, rows) for rows in groups.values()]
    kept = [board for board in found if len(board.entries) >= least]
    return sorted(kept, key=lambda board: (-len(board.entries), board.benchmark, board.metric))


def _board(claims: Sequence[Claim], rows: Sequence[int]) -> Board:
    first = claims[rows[0]]
    units = Counter(claims[row].unit for row in rows)
    unit = max(units, key=lambda name: units[name])
    votes = Counter(claims[row].higher_is_better for row in rows if claims[row].higher_is_better is not None)
    better = "none" if not votes else "higher" if votes[True] >= votes[False] else "lower"
    sign = 1.0 if better == "lower" else -1.0
    best: dict[str, tuple[bool, float, int]] = {}
    for row in rows:
        claim = claims[row]
        if claim.unit == unit and claim.value is not None:
            key = (claim.method or claim.paper_id).casefold()
            candidate = (claim.bound != "=", sign * claim.value, row)
            best[key] = min(best.get(key, candidate), candidate)
    entries: list[Entry] = []
    for place, (hedged, signed, row) in enumerate(sorted(best.values()), 1):
        value = sign * signed
        tied = entries and entries[-1].rank is not None and entries[-1].value == value
        rank = None if hedged or better == "none" else entries[-1].rank if tied else place
        entries.append(Entry(row, value, rank))
    return Board(first.benchmark or "", first.metric or "", unit, better, tuple(entries))
