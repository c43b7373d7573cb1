"""One name for each field of a row: what the rules propose and what else could be, ranked."""

from __future__ import annotations

from dataclasses import dataclass

from ..lexicon import Lexicon
from ..model import Text
from ..words import Words
from .candidates import Candidate, Named, Row
from .confidence import confidence, facts, steps
from .context import Context
from .ranking import FIELDS, JUDGED, Ranking
from .resolve import Resolver
from .versus import Versus
from .what import What
from .where import Where, efficient
from .who import Who, proposal


@dataclass(slots=True)
class Choice:
    """The candidates for each field of a row, best first."""

    metric: list[Candidate]
    benchmark: list[Candidate]
    baseline: list[Candidate]
    method: list[Candidate]
    facts: tuple[str, ...]  # of the number

    def names(self, field: str) -> tuple[Named, ...]:
        """The chosen names of a field."""
        best: Candidate = getattr(self, field)[0]
        return best.names

    def probabilities(self) -> dict[str, float]:
        """The probability of the best candidate of each field that a row is judged by."""
        return {name: getattr(self, name)[0].probability for name in JUDGED}

    def confidence(self, ranking: Ranking) -> float:
        """How sure the row is, 0 to 1."""
        return confidence(ranking.weights["confidence"], [*self.facts, *steps(self.probabilities())])


class Chooser:
    """Ranks the candidates of a sentence's rows."""

    def __init__(
        self, resolver: Resolver, ranking: Ranking, words: Words, lexicon: Lexicon, every: bool = False
    ) -> None:
        """``every`` keeps the features without weights too, as learning needs."""
        self.ranking = ranking
        weights = {name: None if every else ranking.weights[name] for name in FIELDS}
        self._what = What(resolver.changes, resolver.metrics.measurable, weights["metric"])
        self._where = Where(weights["benchmark"])
        self._versus = Versus(resolver.changes, weights["baseline"])
        self._who = Who(resolver.methods.subjects, words, lexicon.method_heads, weights["method"])

    def choose(self, row: Row, context: Context, text: Text) -> Choice:
        """The choice for one row."""
        rank = self.ranking.rank
        metric = rank(self._what.of(row, context, text))
        benchmark = rank(self._where.of(row, context, efficient(metric[0].names)))
        baseline = rank(self._versus.of(row, context))
        method = rank(self._who.of(row, context, text, proposal(row, context, text)))
        context.last_who = method[0].names[0].name
        return Choice(metric, benchmark, baseline, method, facts(row.draft, row.scene))
