"""Which value a change belongs to: each change of a sentence with the values around it or alone, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Token
from .candidates import Candidate, Named, Pool
from .drafts import Draft, coordinated
from .neighbours import Neighbours
from .numbers import NumberRanker
from .ranking import Ranking
from .readings import Reading
from .scene import QUANTITIES, WHO, Scene
from .sums import reckoned

ALONE, VALUE = "alone", "value"  # the sources of candidates
_REASON = "stated with the value"
_BEFORE, _AFTER = 8, 4  # drafts looked at before and after a change
_FAR = 40  # tokens between a change and its value
_GAPS = (0, 1, 2, 3, 4, 6, 9, 13, 19, 28)
_MARKS = frozenset({"(", ")", ",", ":", "–", "—", "and", "or", "while", "which", "with", "by", "for", "respectively"})
_METRIC = 6  # tokens around a number in which its metric stands
_NEAR = 6  # tokens before a change in which its word stands


@dataclass(slots=True)
class _Run:
    """A draft's place in the list of drafts of its kind."""

    place: int
    size: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """A change and a value that it may belong to, ``nth`` of those on its side."""

    change: Draft
    delta: Reading
    value: Draft
    reading: Reading
    after: bool  # whether the change stands after the value
    nth: int
    order: str  # how the lists stand to each other that the two are in


class Joins(NumberRanker):
    """Gives changes to the values that they speak of."""

    def __init__(self, neighbours: Neighbours, ranking: Ranking) -> None:
        super().__init__(neighbours, ranking, "join")

    def join(self, drafts: list[Draft], scene: Scene) -> list[Draft]:
        """The drafts with each change in the row of its value, where it has one."""
        if not any(_is_value(d) for d in drafts):
            return drafts
        runs = _runs(drafts, scene)
        joined: set[int] = set()
        for n, change in enumerate(drafts):
            delta = change.delta
            if delta is None or change.value is not None or change.base is not None:
                continue
            near = range(max(0, n - _BEFORE), min(len(drafts), n + _AFTER + 1))
            values = [k for k in near if _is_value(drafts[k]) and _may_join(drafts, runs, n, k, scene)]
            if not values:
                continue
            at = self._best(delta, self._candidates(drafts, runs, n, delta, values, scene)).names[0].token
            if at is not None:
                drafts[at].delta, drafts[at].reasons["delta"] = delta, _REASON
                joined.add(n)
        return [d for n, d in enumerate(drafts) if n not in joined]

    def _candidates(
        self,
        drafts: Sequence[Draft],
        runs: Sequence[_Run],
        n: int,
        delta: Reading,
        values: Sequence[int],
        scene: Scene,
    ) -> list[Candidate]:
        """The change alone, and with each of the values; a value's name is its place among the drafts."""
        pool = Pool(self._weights)
        pool.take([Named(ALONE)], ALONE, [ALONE, *(f"{ALONE} {fact}" for fact in self._alone(delta, scene))])
        before = sum(k < n for k in values)
        for place, k in enumerate(values):
            reading = drafts[k].value
            assert reading is not None
            nth = before - place if k < n else place - before + 1
            pair = _Pair(drafts[n], delta, drafts[k], reading, k < n, nth, _order(runs[k], runs[n]))
            pool.take([Named(str(k), token=k, data=reading)], VALUE, self._facts(pair, scene))
        return pool.all()

    def _alone(self, r: Reading, scene: Scene) -> list[str]:
        """What speaks of the change alone."""
        tokens, at = scene.tokens, r.at
        before, after = self._word(tokens, at - 1), self._word(tokens, at + 1)
        facts = [r.type, f"-1:{before}", f"{r.type} -1:{before}", f"+1:{after}", f"{r.type} +1:{after}"]
        facts += [f"-2:{self._word(tokens, at - 2)} -1:{before}", f"rule:{r.rule}", f"bound:{r.quantity.bound}"]
        facts.append(f"change:{self._change(scene, at, _NEAR)}")
        return facts

    def _facts(self, pair: _Pair, scene: Scene) -> list[str]:
        """How a change and a value stand to each other, and the words around them and between."""
        d, v, tokens = pair.delta, pair.reading, scene.tokens
        first, last = (pair.value, pair.change) if pair.after else (pair.change, pair.value)
        a, b = first.last, last.first
        side = "after" if pair.after else "before"  # where the change stands
        s, nth = f"{side} {d.type}", f"nth{min(pair.nth, 3)}"
        gap = f"gap{max(g for g in _GAPS if g <= max(0, b - a - 1))}"
        level = _level(scene.depth[d.at], scene.depth[v.at])
        clause = "clause" if scene.clause[a] == scene.clause[b] else "elsewhere"
        between = tokens[a + 1 : b]
        numbers = f"n{min(2, sum(t.type in QUANTITIES for t in between))}"
        fs = [VALUE, side, s, f"{s} {gap}", f"{side} {nth}", f"{side} {nth} {numbers}", f"{side} {clause}"]
        fs += [f"{side} {pair.order}", f"{side} {pair.order} {nth}", f"{side} {pair.order} {level}"]
        fs += [f"{side} {level}", f"{level} {gap} {side}"]
        lead, follow = self._word(tokens, d.at - 1), self._word(tokens, d.at + 1)
        fs += [f"{level} -1:{lead}", f"{side} -1:{lead}", f"{side} +1:{follow}", f"{side} {gap} -1:{lead}"]
        fs += [f"{side} {gap} +1:{follow}", f"{side} v+1:{self._word(tokens, pair.value.last + 1)}"]
        fs += [f"{side} v-1:{self._word(tokens, v.at - 1)}", f"{side} rule:{d.rule}", f"{side} of:{v.rule}"]
        fs += [f"of:{v.rule} rule:{d.rule}", f"{side} bound:{d.quantity.bound}"]
        fs.append(f"{side} bounds {v.quantity.bound} {d.quantity.bound}")
        fs.append(f"{s} units same" if d.quantity.unit == v.quantity.unit else f"{s} units {v.type}")
        fs += [f"{side} has:{mark}" for mark in sorted({t.low for t in between if t.low in _MARKS})]
        verbs = [k for k in range(a + 1, b) if scene.verbs[k]]
        verb, form = self._verb(tokens, verbs)
        metric = f"metric {_metrics(tokens, v.at, d.at, a)}"
        fs += [
            f"{side} {verb} {form}",
            f"{side} {verb} {form} {numbers}",
            f"{side} verbs{min(2, len(verbs))}",
        ]
        fs += [f"{side} {form}", f"{side} {form} {numbers}", f"{side} {form} {metric}"]
        fs += [f"{side} {form} {nth} {pair.order}", f"{side} {metric}", f"{side} {metric} {verb} {form}"]
        who = sum(t.type in WHO for t in between)
        bench = sum(t.type in ("BENCH", "GROUP") for t in between)
        fs += [f"{side} who{min(2, who)}", f"{side} bench{min(2, bench)}"]
        if pair.value.base is not None:
            found = reckoned(v, pair.value.base, d)
            fs += [f"{side} base", f"sum {found}", f"sum {found} {side}"]
        elif coordinated(tokens, scene, a, b):
            fs += [f"{side} listed", f"{side} listed {pair.order}"]
        return fs

    def _verb(self, tokens: Sequence[Token], verbs: Sequence[int]) -> tuple[str, str]:
        """The last verb between the two by its class, and its form with the mark before it."""
        if not verbs:
            return "verb:-", "form:-"
        k = verbs[-1]
        form = next((end for end in ("ing", "s", "ed") if tokens[k].low.endswith(end)), "base")
        tied = tokens[k - 1].low if tokens[k - 1].low in ("and", ",") else "free"
        return f"verb:{self._word(tokens, k)}", f"form:{form}:{tied}"


def _is_value(draft: Draft) -> bool:
    return draft.value is not None and draft.delta is None


def _may_join(drafts: Sequence[Draft], runs: Sequence[_Run], n: int, k: int, scene: Scene) -> bool:
    """Whether a change is near enough to a value, and can be shared out if that is one of a list.

    A change that follows a list of values speaks of them all, unless it opens a bracket behind one.
    """
    change, value = drafts[n], drafts[k]
    if max(change.first - value.last, value.first - change.last) > _FAR:
        return False
    bracketed = scene.depth[change.main.at] > scene.depth[value.main.at]
    return runs[k].size == 1 or runs[k].size == runs[n].size or bracketed


def _runs(drafts: Sequence[Draft], scene: Scene) -> list[_Run]:
    """For each draft its place among its neighbours of the same kind that stand in one list with it."""
    runs: list[_Run] = []
    start = 0
    for n, draft in enumerate(drafts):
        tied = n > start and (draft.value is None) == (drafts[n - 1].value is None)
        if not (tied and coordinated(scene.tokens, scene, drafts[n - 1].last, draft.first)):
            start = n
        runs.append(_Run(n - start, 0))
    size = 0
    for run in reversed(runs):
        size = run.size = max(size, run.place + 1)
        if run.place == 0:
            size = 0
    return runs


def _order(one: _Run, two: _Run) -> str:
    if one.size == two.size:
        return "single" if one.size == 1 else "parallel" if one.place == two.place else "crossed"
    return "uneven " + ("last" if one.place == one.size - 1 else "inner")


def _level(depth: int, other: int) -> str:
    return "level" if depth == other else "deeper" if depth > other else "outer"


def _metrics(tokens: Sequence[Token], v: int, d: int, a: int) -> str:
    """Whether the metric right at the change is one that stands at the value."""
    at_value = {t.name or t.low for t in tokens[max(0, v - _METRIC) : v + _METRIC] if t.type == "METRIC"}
    beside = (*tokens[d + 1 : d + 4], *tokens[max(a + 1, d - 5) : d])
    own = {t.name or t.low for t in beside if t.type == "METRIC"}
    if not own:
        return "none"
    return "same" if own & at_value else "other"
