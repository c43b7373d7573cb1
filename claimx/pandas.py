"""``df.claims``: boards straight from a pandas frame of claims. ``import claimx.pandas`` registers it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from claimx.leaderboard import Board, BoardSummary, boards, leaderboard
from claimx.model import Claim
from claimx.table import from_pandas


@pd.api.extensions.register_dataframe_accessor("claims")
class ClaimsAccessor:
    """The claims of a frame that has the columns of :func:`claimx.schema`, those of its rows that are left."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def leaderboard(self, benchmark: str | None = None, metric: str | None = None, **options: Any) -> Board:
        """The board of ``metric`` on ``benchmark``; options and errors are those of :func:`claimx.leaderboard`."""
        return leaderboard(self._frame, benchmark, metric, **options)

    def boards(self, **options: Any) -> pd.DataFrame:
        """The boards that the frame holds, as a frame; options and errors are those of :func:`claimx.boards`."""
        return pd.DataFrame(boards(self._frame, **options), columns=list(BoardSummary._fields))

    def to_claims(self) -> list[Claim]:
        """The rows as claims. Raises :class:`claimx.TableError` where a column is missing or of another type."""
        return from_pandas(self._frame)
