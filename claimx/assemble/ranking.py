"""Candidates ranked by the weights of their features: a log-linear model of one choice among several.

The weights live in ``grammars/ranking/<field>.toml``, one number a feature; ``claimx fit`` learns them from gold. A
candidate's score is the sum of the weights of its features, its probability the softmax of the scores (the
conditional logit of McFadden, 1974).
"""

from __future__ import annotations

import math
from pathlib import Path

from ..errors import GrammarError
from ..resources import read_toml
from .candidates import Candidate, Weights

FIELDS = ("metric", "benchmark", "baseline", "method")
CERTAINTY = 8.0  # what a rule that leaves nothing open adds to a score
TABLES = ("role", "join", *FIELDS, "share", "confidence")
_MOST = 1e6  # no weight is larger: sums of them stay finite


class Ranking:
    """The weights of every field."""

    def __init__(self, weights: dict[str, Weights]) -> None:
        self.weights = weights

    @classmethod
    def load(cls, folder: Path, learning: bool = False) -> Ranking:
        """The weights of a grammars folder; :class:`GrammarError` for what is no weight.

        ``learning`` keeps the features that have no weight yet.
        """
        weights = {name: _load(folder / "ranking" / f"{name}.toml") for name in TABLES}
        for table in weights.values():
            table.every = learning
        return cls(weights)

    def rank(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates of a field, best first, those of equal score in the order they came; with probabilities."""
        for c in candidates:
            c.score = sum(c.features.values()) + CERTAINTY * c.certain
        top = max([c.score for c in candidates])
        total = 0.0
        for c in candidates:
            c.probability = math.exp(c.score - top)
            total += c.probability
        for c in candidates:
            c.probability /= total
        return sorted(candidates, key=lambda c: -c.score)


def _load(path: Path) -> Weights:
    table = read_toml(path, hint="[weights] with a number for each feature").get("weights")
    if not isinstance(table, dict):
        raise GrammarError(str(path), "has no table [weights]", hint='[weights] with lines such as "rule" = 0.5')
    for feature, weight in table.items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not -_MOST <= weight <= _MOST:
            raise GrammarError(
                str(path), f"the weight of {feature!r} is no number from -1e6 to 1e6: {str(weight)[:40]}"
            )
    return Weights({feature: float(weight) for feature, weight in table.items()})
