"""One name for each field of a row: what the rules propose and what else could be, ranked."""

from __future__ import annotations

from dataclasses import dataclass

from ..lexicon import Lexicon
from ..model import Text
from ..words import Words
from .candidates import Candidate, Named, Row
from .confidence import JUDGED, confidence, facts, steps
from .context import Context
from .ranking import Ranking
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

    def candidates(self, field: str) -> list[Candidate]:
        """The candidates for a field, best first."""
        found: list[Candidate] = getattr(self, field)
        return found

    def names(self, field: str) -> tuple[Named, ...]:
        """The chosen names of a field."""
        return self.candidates(field)[0].names

    def confidence(self, ranking: Ranking) -> float:
        """How sure the row is, 0 to 1."""
        best = {name: self.candidates(name)[0] for name in JUDGED}
        found = steps({name: (c.probability, c.kind) for name, c in best.items()})
        return confidence(ranking.weights["confidence"], [*self.facts, *found])


class Chooser:
    """Ranks the candidates of a sentence's rows."""

    def __init__(self, resolver: Resolver, ranking: Ranking, words: Words, lexicon: Lexicon) -> None:
        self.ranking = ranking
        weights = ranking.weights
        self._what = What(resolver.changes, resolver.metrics.measurable, weights["metric"])
        self._where = Where(weights["benchmark"])
        self._versus = Versus(resolver.changes, weights["baseline"])
        self._who = Who(resolver.methods.subjects, words, lexicon.method_heads, weights["method"])

    def choose(self, row: Row, context: Context, text: Text) -> Choice:
        """The choice for one row."""
        rank = self.ranking.rank
        metric = rank(self._what.of(row, context, text))
        benchmark = rank(self._where.of(row, context, efficient(metric[0].names)))
        baseline = rank(self._versus.of(row, context, text))
        method = rank(self._who.of(row, context, text, proposal(row, context, text)))
        last = metric[0].names[-1].token
        if row.draft.value is not None and last is not None and row.scene.tokens[last].type == "METRIC":
            context.last_metric = row.scene.tokens[last]
        context.last_who = method[0].names[0].name
        return Choice(metric, benchmark, baseline, method, facts(row.draft, row.scene))
