"""Of what the percentage of a change is a share: what the rules say and the words around it, ranked."""

from __future__ import annotations

from collections.abc import Callable

from ..lexicon import Entry
from .candidates import Candidate, Named, Pool, Weights
from .drafts import Draft
from .neighbours import Neighbours
from .readings import Reading
from .scene import Scene
from .sums import NO, OPEN, reckoned

SHARES = ("percent", "relative", "points")
_BEFORE, _AFTER = 5, 4  # tokens around a number in which a word says of what it is a share
_NEAR = 6  # tokens before a number in which its word of change is looked for
_SIZES = (0, 2, 5, 10, 20, 50, 100)
_SAYING = ("absolute", "relative", "relatively", "proportionally", "points", "point", "percentage")


class Shares:
    """Settles whether a percentage of change is one of the metric's own scale or of the earlier value."""

    def __init__(self, neighbours: Neighbours, weights: Weights) -> None:
        self._word, self._change = neighbours.word, neighbours.change
        self._weights = weights
        self.watch: Callable[[Reading, list[Candidate]], None] | None = None  # sees every choice; learning needs it

    def settle(
        self,
        draft: Draft,
        scene: Scene,
        entry: Entry | None,
        name: str | None,
        proposed: str,
        rank: Callable[[list[Candidate]], list[Candidate]],
    ) -> str:
        """The likeliest of :data:`SHARES`; ``proposed`` is what the rules say, ``entry`` and ``name`` the metric's."""
        assert draft.delta is not None
        facts = self._facts(draft, draft.delta, scene, entry, name)
        pool = Pool(self._weights)
        for share in SHARES:
            rule = ["rule"] if share == proposed else []
            pool.take([Named(share)], share, [share, *rule, *(f"{share} {fact}" for fact in facts)])
        ranked = rank(pool.all())
        if self.watch is not None:
            self.watch(draft.delta, ranked)
        return ranked[0].source

    def _facts(self, draft: Draft, delta: Reading, scene: Scene, entry: Entry | None, name: str | None) -> list[str]:
        """What the change is of, how large it is, and the words around it."""
        at, tokens, q = delta.at, scene.tokens, delta.quantity
        before, after = self._word(tokens, at - 1), self._word(tokens, at + 1)
        change, sort = self._change(scene, at, _NEAR), _sort(entry, name)
        size = f"size{max(s for s in _SIZES if s <= abs(q.value))}"
        facts = [sort, f"-1:{before}", f"+1:{after}", f"+1:{after} {sort}", f"change:{change}"]
        facts += [f"change:{change} {sort}"]
        facts += [f"rule:{delta.rule}", f"rule:{delta.rule} {sort}", f"shape:{draft.shape}", f"bound:{q.bound}"]
        facts += [f"type:{delta.type}", size, f"{size} {sort}", "whole" if q.value == int(q.value) else "decimals"]
        if name:
            head = name.lower().replace("-", " ").split()[-1].rstrip("s")
            facts += [f"metric:{name.lower()}", f"head:{head}", f"head:{head} change:{change}"]
        said = {w for t in tokens[max(0, at - _BEFORE) : at + _AFTER] for w in t.low.split()}
        facts += [f"said:{w}" for w in _SAYING if w in said]
        if draft.value is not None and draft.base is not None:
            found = reckoned(draft.value, draft.base, delta)
            if found not in (OPEN, NO):
                facts.append("reckoned:" + ("relative" if found == "relative" else "difference"))
        return facts


def _sort(entry: Entry | None, name: str | None) -> str:
    """The sort of a metric: none, unlisted, or what the lexicon says of its unit and better side."""
    if entry is None:
        return "no metric" if name is None else "unlisted"
    return f"{'general' if entry.generic else entry.unit or 'bare'} {entry.better}"
