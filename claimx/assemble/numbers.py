"""What the tables that rank a sentence's numbers have in common: the words around, the weights, the choice."""

from __future__ import annotations

from collections.abc import Callable

from .candidates import Candidate
from .neighbours import Neighbours
from .ranking import Ranking
from .readings import Reading


class NumberRanker:
    """Chooses among candidates for a number by one table of weights; ``watch`` sees every choice: learning needs it."""

    def __init__(self, neighbours: Neighbours, ranking: Ranking, table: str) -> None:
        self._word, self._change = neighbours.word, neighbours.change
        self._weights, self._rank = ranking.weights[table], ranking.rank
        self.watch: Callable[[Reading, list[Candidate]], None] | None = None

    def _best(self, reading: Reading, candidates: list[Candidate]) -> Candidate:
        """The likeliest candidate."""
        ranked = self._rank(candidates)
        if self.watch is not None:
            self.watch(reading, ranked)
        return ranked[0]
