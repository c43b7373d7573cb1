"""Words of change: which way they point, and the numbers that only they make a change."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Words
from .drafts import Draft
from .scene import QUANTITIES, Scene

_CHANGE_CLASSES = (
    "improve",
    "raise",
    "reduce",
    "worsen",
    "gain",
    "rise",
    "drop",
    "harm",
    "speedup",
    "faster",
    "slower",
    "more",
    "less",
    "better",
    "worse",
    "exceed",
    "lag",
    "gap",
    "lossnoun",
    "quality",
)
_MOVES = frozenset(("improve raise reduce worsen gain rise drop harm exceed lag lossnoun speedup").split())
_SAID = frozenset(
    {"gain", "rise", "drop", "harm", "lossnoun", "speedup", "less", "more", "faster", "slower", "quality"}
)
_GROWING = ("compression", "acceleration")  # metrics whose multiples are gains: "2.9x compression"
_OWN_REACH = 5  # tokens after a number in which its own word of change stands
_STOPS = frozenset({",", ";", "(", ")", "and", "or", "while", "over", "on", "for", "compared"})
_SPANNING = frozenset({"from-to", "from-list-to-list", "arrow", "arrow-sign"})
OWN_METRIC_CLASSES = frozenset({"faster", "slower", "speedup", "quality"})  # their words tell what changes


class Changes:
    """The classes of words of change, by word."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._class = words.by_word(_CHANGE_CLASSES)

    def kind(self, word: str) -> str:
        """The class of a word of change ("improve", "reduce", "faster" ...), empty where it is none."""
        return self._class.get(word, "")

    def of(self, found: Sequence[int], scene: Scene) -> int:
        """The word of change among the captured ones: the last, but of two sizes the first ("3x less additional")."""
        sizes = [self.kind(scene.tokens[i].low) in ("more", "less") for i in found]
        return found[0] if all(sizes) else found[-1]

    def movement(self, draft: Draft, scene: Scene, joined: Draft | None) -> None:
        """The word that says which way a change goes, where no rule captured one: the list's, else the nearest."""
        if draft.delta is None or draft.change or draft.sense:
            return
        tokens, at = scene.tokens, draft.delta.at
        if draft.delta.type != "FAC" and at and tokens[at - 1].low == "within":
            draft.sense = "worse"  # "reaches within 2 points of the best"
            return
        if at + 1 < len(tokens) and tokens[at + 1].type == "METRIC" and tokens[at + 1].low.endswith(_GROWING):
            draft.sense = "up"
            return
        if (own := self._own(scene, at)) is not None:
            draft.change, draft.change_at = tokens[own].low, own
            return
        if joined is not None and joined.delta is not None and (joined.change or joined.sense):
            draft.change, draft.sense, draft.change_at = joined.change, joined.sense, joined.change_at
            return
        for k in range(at - 1, max(-1, at - 18), -1):
            if self._moves(scene, k, at):
                draft.change, draft.change_at = tokens[k].low, k
                return
            if scene.verbs[k] and tokens[k].low in self.words.classes["achieve"]:
                break  # "reduces latency and sustains twice the throughput"

    def _own(self, scene: Scene, at: int) -> int | None:
        """The word of change right after a number: "2x speedup and a 54% memory reduction"."""
        for k in range(at + 1, min(len(scene.tokens), at + _OWN_REACH)):
            t = scene.tokens[k]
            if t.type in QUANTITIES or t.low in _STOPS:
                return None
            if t.type == "WORD" and self.kind(t.low) in _SAID:
                return k
        return None

    def _moves(self, scene: Scene, k: int, at: int) -> bool:
        t = scene.tokens[k]
        return scene.clause[k] == scene.clause[at] and t.type == "WORD" and self.kind(t.low) in _MOVES

    def swept(self, draft: Draft, scene: Scene) -> bool:
        """Whether "from a to b" only says what was varied: no metric is known and no word of change stands before."""
        base = draft.base
        if base is None or base.type == "PCT" or base.rule not in _SPANNING:
            return False
        if draft.metrics or draft.inherited is not None or draft.change:
            return False
        return not any(self._moves(scene, k, base.at) for k in range(max(0, base.at - 14), base.at))
