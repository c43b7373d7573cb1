"""As in "A and B reach 52% and 57%, respectively": names of a list one to one with the numbers of a list as long."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import Draft, linked
from .scene import Scene

MARKS = frozenset({"respectively", "resp", "resp."})
_BENCH = frozenset({"BENCH"})
_METRIC = frozenset({"METRIC"})
_WHO = frozenset({"METHOD", "NAME", "ACRONYM"})
_EXAMPLES = frozenset({"as", "like", "including", "e.g."})
REASON = "respectively"


def pair(drafts: Sequence[Draft], scene: Scene) -> None:
    """Give each number of a list that "respectively" closes its own name of the nearest list as long."""
    for mark, t in enumerate(scene.tokens):
        if t.low in MARKS:
            run = _run([d for d in drafts if d.last < mark], scene)
            names = _names(run, mark, scene) if len(run) > 1 else None
            if names is not None:
                for draft, i in zip(run, names, strict=True):
                    _put(draft, i, scene)


def _run(before: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The list of numbers right before the mark."""
    run = list(before[-1:])
    for draft in reversed(before[:-1]):
        if not linked(scene.tokens, scene, draft, run[0]):
            break
        run.insert(0, draft)
    return run


def _names(run: Sequence[Draft], mark: int, scene: Scene) -> list[int] | None:
    """The list of as many names: the one between numbers and mark, else the closest before the numbers."""
    first, last = run[0].first, run[-1].last
    whose = {"baseline"} if run[0].value is None else {"subject", "baseline", "object"}
    found = [g for types in (_BENCH, _METRIC, _WHO) for g in scene.lists(types).values() if len(g) == len(run)]
    found = [g for g in found if scene.tokens[g[0]].type not in _WHO or scene.part[g[0]] in whose]
    found = [g for g in found if scene.tokens[g[0] - 1].low not in _EXAMPLES or not g[0]]
    after = [g for g in found if last < g[0] and g[-1] < mark]
    before = [g for g in found if g[-1] < first]
    if after:
        return min(after, key=lambda g: g[0])
    return max(before, key=lambda g: g[-1], default=None)


def _put(draft: Draft, i: int, scene: Scene) -> None:
    sort = scene.tokens[i].type
    if sort == "BENCH":
        draft.benchmarks, draft.placed, field = [i], True, "benchmark"
    elif sort == "METRIC":
        draft.metrics, field = [i], "metric"
    elif scene.part[i] == "baseline":
        draft.baseline, field = i, "baseline"
    else:
        draft.method, field = i, "method"
    draft.reasons[field] = REASON
