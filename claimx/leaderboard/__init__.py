"""Boards out of a claim table: which it holds, and one metric on one benchmark, ranked."""

from __future__ import annotations

from claimx.leaderboard.board import Board
from claimx.leaderboard.build import leaderboard
from claimx.leaderboard.data import More, Row
from claimx.leaderboard.listing import BoardSummary, boards

__all__ = ["Board", "BoardSummary", "More", "Row", "boards", "leaderboard"]
