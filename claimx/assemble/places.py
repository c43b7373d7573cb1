"""The benchmarks of a coordination of numbers: one to one, shared, or those of the sentence before."""

from __future__ import annotations

from .context import Context
from .drafts import Draft
from .respectively import MARKS
from .scene import SCOPE, Scene

_KINDS_OF_PLACE = frozenset(
    (
        "task tasks setting settings scenario scenarios environment environments experiment experiments domain "
        "domains regime regimes condition conditions"
    ).split()
)


def places(run: list[Draft], stop: int, scene: Scene, context: Context) -> None:
    """Benchmarks of a coordination: after each number, closing the list (one to one or shared), else before it."""
    ends = [*(draft.first for draft in run[1:]), stop]
    own = [_after(scene, draft.first + 1, end) for draft, end in zip(run, ends, strict=True)]
    if any(own):
        _closing(run, own, scene)
    elif not (any(found == [] for found in own) and _these(run, stop, scene, context)):
        _leading(run, own, scene)


def _closing(run: list[Draft], own: list[list[int] | None], scene: Scene) -> None:
    """A number without a place of its own waits for the one that closes its list."""
    waiting: list[Draft] = []
    last: list[int] = []
    for draft, found in zip(run, own, strict=True):
        if found is None:
            waiting.append(draft)
            continue
        group = [*waiting, draft]
        if len(found) > 1 and len(group) == len(found) and _one_to_one(group, scene):
            for d, i in zip(group, found, strict=True):
                _put(d, [i], "one to one")
        else:
            for d in group:
                _put(d, found, "after the number" if d is draft else "closes the list")
        waiting, last = [], found
    for draft in waiting:
        _put(draft, last, "coordination")


def _these(run: list[Draft], stop: int, scene: Scene, context: Context) -> bool:
    """As in "on these two datasets": those of the sentence before, one to one with the numbers."""
    named = context.places.get(context.sentence - 1, [])
    tokens = scene.tokens
    after = range(run[-1].last + 1, stop)
    counted = any(t.type == "GROUP" and (t.det or tokens[k - 1].type == "COUNT") for k in after if (t := tokens[k]))
    if not counted or len(named) < 2:
        return False
    if len(run) == 1 and any(tokens[k].type == "GROUP" and tokens[k].det == "both" for k in after) and len(named) == 2:
        run[0].places, run[0].reasons["benchmark"] = named, "both of the sentence before"
        return True
    if len(named) != len(run):
        return False
    for draft, token in zip(run, named, strict=True):
        draft.places, draft.reasons["benchmark"] = [token], "the sentence before, one to one"
    return True


def _leading(run: list[Draft], own: list[list[int] | None], scene: Scene) -> None:
    """The list of benchmarks before the numbers, one to one or shared."""
    group = _before(scene, run[0].first)
    if len(group) > 1 and len(run) == len(group) and _one_to_one(run, scene):
        for draft, i in zip(run, group, strict=True):
            _put(draft, [i], "one to one")
    elif group and not all(found == [] for found in own):
        for draft in run:
            _put(draft, group, "before the number")


def _one_to_one(run: list[Draft], scene: Scene) -> bool:
    """Whether numbers and names of equal count belong one to one: said so, or the numbers share their metric."""
    if any(t.low in MARKS for t in scene.tokens):
        return True
    return len({tuple(d.metrics) for d in run if d.metrics}) < 2


def _put(draft: Draft, found: list[int], reason: str) -> None:
    if not draft.benchmarks and not draft.placed:
        draft.benchmarks, draft.reasons["benchmark"], draft.placed = list(found), reason, True


def _after(scene: Scene, start: int, stop: int) -> list[int] | None:
    """The benchmarks between a number and the next; an empty list for a group without names, None for neither."""
    found: list[int] = []
    group = False
    for i in range(start, stop):
        t = scene.tokens[i]
        if t.type == "BENCH" and scene.part[i] != "source":
            if (
                scene.part[i] == "subject"
                and scene.tokens[i - 1].low not in ("(", ",", "and", "like", "as", "including", "e.g.")
                and i > start
                and not found
            ):
                continue
            if found and not all(
                scene.tokens[k].low in (",", "and", "or", "&", "/", "the") for k in range(found[-1] + 1, i)
            ):
                break
            found.append(i)
        elif t.type == "GROUP" and not found and scene.part[i] == "place":
            group = True
        elif t.low in (";",) or scene.clause[i] != scene.clause[start - 1]:
            break
        elif (
            scene.verbs[i]
            and not found
            and not (t.low.endswith("ed") and i + 1 < stop and scene.tokens[i + 1].type == "BENCH")
        ):
            break
    if not found and not group and start + 1 < stop and scene.tokens[start + 1].type == "NP":
        # "19% on mathematical reasoning", "43% in real-world tasks"
        group = scene.tokens[start].low == "on" or (
            scene.tokens[start].low in ("in", "for", "under")
            and scene.tokens[start + 1].low.split()[-1] in _KINDS_OF_PLACE
        )
    return found or ([] if group else None)


def _before(scene: Scene, first: int) -> list[int]:
    """The nearest list of benchmarks before a number, in its clause if there is one."""
    tokens = scene.tokens
    before = [
        i
        for i in range(first - 1, max(-1, first - SCOPE), -1)
        if tokens[i].type == "BENCH" and scene.part[i] != "source" and scene.clause[i] == scene.clause[first]
    ]
    before = before or [
        i
        for i in range(first - 1, max(-1, first - SCOPE), -1)
        if tokens[i].type == "BENCH" and scene.part[i] != "source"
    ]
    group = before[:1]
    for i in before[1:]:
        if not all(tokens[k].low in (",", "and", "or", "&", "/") for k in range(i + 1, group[-1])):
            break
        group.append(i)
    return group[::-1]
