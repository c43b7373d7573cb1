"""Of what the percentage of a change is a share: what the rules say and the words around it, ranked."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon import Entry
from ..model import Token
from .candidates import Named, Pool
from .drafts import Draft
from .implied import OWN_METRIC
from .neighbours import Neighbours
from .numbers import NumberRanker
from .ranking import Ranking
from .readings import Reading
from .scene import Scene
from .sums import NO, OPEN, reckoned

SHARES = ("percent", "relative", "points")
_BEFORE, _AFTER = 5, 4  # tokens around a number in which a word says of what it is a share
_NEAR = 6  # tokens before a number in which its word of change is looked for
_SIZES = (0, 2, 5, 10, 20, 50, 100)
_SAYING = ("absolute", "relative", "relatively", "proportionally", "points", "point", "percentage")

_PERCENT_HEADS = frozenset(
    ("accuracy rate precision recall f1 score success coverage performance ratio iou agreement map auc").split()
)


class Shares(NumberRanker):
    """Settles whether a percentage of change is one of the metric's own scale or of the earlier value."""

    def __init__(self, neighbours: Neighbours, ranking: Ranking) -> None:
        super().__init__(neighbours, ranking, "share")

    def settle(self, draft: Draft, delta: Reading, scene: Scene, entry: Entry | None, name: str | None) -> str:
        """The likeliest of :data:`SHARES` for the change of a draft; ``entry`` and ``name`` are the metric's."""
        proposed = _proposed(delta, scene, entry, name)
        facts = self._facts(draft, delta, scene, entry, name)
        pool = Pool(self._weights)
        for share in SHARES:
            rule = ["rule"] if share == proposed else []
            pool.take([Named(share)], share, [share, *rule, *(f"{share} {fact}" for fact in facts)])
        return self._best(delta, pool.all()).source

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
        said = {w for t in _around(delta, scene) for w in t.low.split()}
        facts += [f"said:{w}" for w in _SAYING if w in said]
        if draft.value is not None and draft.base is not None:
            found = reckoned(draft.value, draft.base, delta)
            if found not in (OPEN, NO):
                facts.append("reckoned:" + ("relative" if found == "relative" else "difference"))
        return facts


def _around(r: Reading, scene: Scene) -> Sequence[Token]:
    """The tokens about a number in which a word says of what it is a share."""
    return scene.tokens[max(0, r.at - _BEFORE) : r.at + _AFTER]


def _proposed(r: Reading, scene: Scene, entry: Entry | None, name: str | None) -> str:
    """What the rules say of a percentage: of the metric's own scale, or of the earlier value."""
    near = [t.low for t in _around(r, scene)]
    if any("absolute" in w for w in near):
        return "points"
    if any(w in ("relative", "relatively", "proportionally") or w.startswith("relative ") for w in near):
        following = [t.low for t in scene.tokens[r.at + 1 : r.at + 4]]
        if not ("relative" in near and "to" in following):
            return "relative"
    if entry is not None:
        return "percent" if entry.unit == "percent" or entry.generic else "relative"
    if name is None:
        return "percent"
    if name in OWN_METRIC.values():
        return "relative" if name != "accuracy" else "percent"
    last = name.replace("-", " ").split()[-1].lower().rstrip("s")
    return "percent" if last in _PERCENT_HEADS else "relative"


def _sort(entry: Entry | None, name: str | None) -> str:
    """The sort of a metric: none, unlisted, or what the lexicon says of its unit and better side."""
    if entry is None:
        return "no metric" if name is None else "unlisted"
    return f"{'general' if entry.generic else entry.unit or 'bare'} {entry.better}"
