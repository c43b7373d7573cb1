"""A board: one metric on one benchmark, its rows in order, each with the sentence that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimx.leaderboard import export, html, markup
from claimx.leaderboard.data import BoardData

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Board(BoardData):
    """A ranked board of one metric on one benchmark.

    ``rows`` are ranked, best first; ``unranked`` are values with a bound ("up to", "over", "about") or a range, best
    first; ``apart`` are those that cannot be compared, each with its ``reason``; ``more`` counts what a limit left out.
    ``benchmark`` and ``metric`` are display names, ``benchmark_id`` and ``metric_id`` their stable ids and
    ``parameter`` the number of a metric such as pass@10. ``unit`` is that of every ``Row.value`` by its name in the
    units registry, None for plain scores; ``better`` is "higher" or "lower".
    """

    def to_pandas(self) -> pd.DataFrame:
        """All rows as a pandas frame; ``rank`` is missing where a row is not ranked."""
        return export.to_pandas(self)

    def to_json(self) -> str:
        """The board as a JSON object: what it is of, then ``rows``, ``unranked`` and ``apart`` with every field."""
        return export.to_json(self)

    def to_csv(self, *, raw: bool = False) -> str:
        """All rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe unless ``raw``."""
        return export.to_csv(self, raw=raw)

    def to_markdown(self) -> str:
        """A GitHub table, the sentences folded away below it."""
        return markup.to_markdown(self)

    def to_latex(self) -> str:
        """A ``table`` environment for the package booktabs, the sentences as comments."""
        return markup.to_latex(self)

    def to_html(self, *, page: bool = False) -> str:
        """A table as an HTML fragment with its own style, or a whole ``page``; everything escaped."""
        return html.to_html(self, page=page)

    def to_text(self, width: int = 100) -> str:
        """The board for a terminal that is ``width`` columns wide, without colours."""
        from claimx.leaderboard import terminal  # rich is for those who print

        return terminal.to_text(self, width)

    def _repr_html_(self) -> str:
        return self.to_html()
