"""How sure a row is: what speaks for its number, and how far the ranking prefers its names to the others.

The confidence is the probability that number, metric, benchmark and method are all right, by the weights in
``grammars/ranking/confidence.toml`` (logistic regression over facts; ``claimx fit`` learns them).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from .drafts import Draft
from .readings import DEFAULTS
from .scene import Scene

JUDGED = ("metric", "benchmark", "method")  # the names that a row is judged by beside its number
_STEPS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_REACHED = {name: [f"{name}>{step}" for step in _STEPS] for name in (*JUDGED, "all")}  # the steps by what reaches them


def facts(draft: Draft, scene: Scene) -> tuple[str, ...]:
    """What is known of a row's number: the rule that read it, its sort, and what surrounds it."""
    main = draft.main
    tokens = scene.tokens
    after = tokens[draft.last + 1] if draft.last + 1 < len(tokens) else None
    shape = draft.shape
    found = [f"rule:{main.rule or 'default'}", f"{shape} {main.type}", f"{shape} {main.quantity.kind}"]
    found.append("default" if main.match is None and main.type in DEFAULTS else f"rank{min(main.rank, 9)}")
    found.append(f"bound {main.quantity.bound}")
    if draft.base is not None:
        found.append(f"base {shape}")
    if draft.change:
        found.append(f"change {shape}")
    if main.quantity.high is not None:
        found.append("range")
    if main.quantity.word:
        found.append("in words")
    if after is not None and after.low == "of":
        found.append(f"then:of {shape}")
    if scene.depth[draft.first]:
        found.append("in brackets")
    return tuple(found)


def steps(chosen: Mapping[str, tuple[float, str]]) -> list[str]:
    """Facts on the best candidates, by field: where each is from, and the levels that its probability reaches.

    ``chosen`` has the probability and the kind of each field's best candidate.
    """
    found = [f"{name} {kind}" for name, (_, kind) in chosen.items()]
    together = 1.0
    for name, (p, _) in chosen.items():
        found += _REACHED[name][: bisect_left(_STEPS, p)]
        together *= p
    return found + _REACHED["all"][: bisect_left(_STEPS, together)]


def confidence(weights: Mapping[str, float], facts: Iterable[str]) -> float:
    """The probability, 0 to 1, by the logistic function of the facts' weights and the bias's."""
    score = weights.get("bias", 0.0) + sum([weights[f] for f in filter(weights.__contains__, facts)])
    return 0.5 * (1 + math.tanh(score / 2))  # the logistic function, without overflow
