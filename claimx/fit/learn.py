"""Weights for candidates: multinomial logistic regression with L1 and L2 penalties, by accelerated proximal gradient.

The loss of an example is the negative log probability of all candidates that gold names first; FISTA (Beck and
Teboulle, 2009) with restarts minimises it. L1 keeps few features, so that the weights can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from .observe import Example

Vector = npt.NDArray[np.float64]
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Penalty:
    """How much weights cost: ``l1`` for each unit of size, ``l2`` for half its square; features of fewer than ``rare``
    candidates get none, and weights smaller than ``least`` are left out.
    """

    l1: float = 3.0
    l2: float = 1.0
    rare: int = 5
    rounds: int = 300
    least: float = 0.0005


@dataclass(slots=True)
class _Problem:
    """Examples as sparse matrices: ``rows[i]`` has the feature ``columns[i]``; ``group`` numbers the examples."""

    names: list[str]
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]
    group: npt.NDArray[np.intp]
    right: npt.NDArray[np.bool_]

    def loss(self, w: Vector, l2: float) -> tuple[float, Vector]:
        """The smooth part of the loss and its gradient."""
        scores = np.bincount(self.rows, weights=w[self.columns], minlength=len(self.group))
        e = np.exp(scores - np.maximum.reduceat(scores, self.first)[self.group])
        total = np.add.reduceat(e, self.first)
        good = e * self.right
        accepted = np.add.reduceat(good, self.first) + 1e-300
        slope = e / total[self.group] - good / accepted[self.group]
        gradient = np.bincount(self.columns, weights=slope[self.rows], minlength=len(w)) + l2 * w
        return float((np.log(total) - np.log(accepted)).sum() + 0.5 * l2 * (w @ w)), gradient


def _problem(examples: Sequence[Example], rare: int) -> _Problem:
    count = Counter(f for e in examples for fs in e.features for f in fs)
    names = sorted(f for f, n in count.items() if n >= rare)
    number = {f: i for i, f in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    first: list[int] = []
    for g, e in enumerate(examples):
        first.append(len(group))
        for fs, ok, best in zip(e.features, e.right, e.best, strict=True):
            if ok and not best:
                continue  # good enough, but nothing to learn from
            known = [number[f] for f in fs if f in number]
            rows.extend([len(group)] * len(known))
            columns.extend(known)
            group.append(g)
            right.append(best)
    as_index = np.intp
    return _Problem(
        names, np.array(rows, as_index), np.array(columns, as_index), np.array(first, as_index),
        np.array(group, as_index), np.array(right, np.bool_),
    )  # fmt: skip


def fit(examples: Sequence[Example], penalty: Penalty | None = None) -> dict[str, float]:
    """The weights that tell the right candidates from the others, those of zero left out, in order of their features.

    Every example needs a candidate that is right. An empty sequence has no weights.
    """
    penalty = penalty or Penalty()
    if not examples:
        return {}
    problem = _problem(examples, penalty.rare)
    w = np.zeros(len(problem.names))
    y, step, t = w.copy(), 50.0, 1.0
    for _ in range(penalty.rounds):
        value, gradient = problem.loss(y, penalty.l2)
        while True:
            z = y - gradient / step
            z = np.sign(z) * np.maximum(np.abs(z) - penalty.l1 / step, 0.0)
            move = z - y
            if problem.loss(z, penalty.l2)[0] <= value + gradient @ move + step / 2 * (move @ move) + 1e-9:
                break
            step *= 2
        following = (1 + np.sqrt(1 + 4 * t * t)) / 2
        y = z + (t - 1) / following * (z - w)
        if (y - z) @ (z - w) > 0:  # gone too far: start the momentum anew
            following, y = 1.0, z.copy()
        w, t, step = z, float(following), step * 0.9
    return {problem.names[i]: round(float(w[i]), 3) for i in np.flatnonzero(np.abs(w) >= penalty.least)}


def probabilities(weights: dict[str, float], example: Example) -> Vector:
    """The probability of each candidate of an example."""
    scores = np.array([sum(weights.get(f, 0.0) for f in fs) for fs in example.features])
    e = np.exp(scores - scores.max())
    return np.asarray(e / e.sum())


def folds(papers: Sequence[str], count: int = FOLDS) -> dict[str, int]:
    """A fold for each paper, the same in every run and whatever other papers there are."""
    return {name: crc32(name.encode()) % count for name in papers}
