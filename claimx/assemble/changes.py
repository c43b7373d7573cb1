"""Words of change: which way they point, and the numbers that only they make a change."""

from __future__ import annotations

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
OWN_METRIC_CLASSES = frozenset({"faster", "slower", "speedup", "quality"})  # their words tell what changes


class Changes:
    """The classes of words of change, by word."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._class = {w: name for name in reversed(_CHANGE_CLASSES) for w in words.classes[name]}

    def kind(self, word: str) -> str:
        """The class of a word of change ("improve", "reduce", "faster" ...), empty where it is none."""
        return self._class.get(word, "")

    def movement(self, draft: Draft, scene: Scene, joined: Draft | None) -> None:
        """The word that says which way a change goes, where no rule captured one: the list's, else the nearest."""
        if draft.delta is None or draft.change or draft.sense:
            return
        if joined is not None and joined.delta is not None and (joined.change or joined.sense):
            draft.change, draft.sense, draft.change_at = joined.change, joined.sense, joined.change_at
            return
        tokens, at = scene.tokens, draft.delta.at
        for k in range(at - 1, max(-1, at - 12), -1):
            if self._moves(scene, k, at):
                draft.change, draft.change_at = tokens[k].low, k
                return
            if scene.verbs[k] and tokens[k].low in self.words.classes["achieve"]:
                break  # "reduces latency and sustains twice the throughput"
        for k in range(at + 1, min(len(tokens), at + 4)):
            if self._moves(scene, k, at):
                draft.change, draft.change_at = tokens[k].low, k
                return

    def _moves(self, scene: Scene, k: int, at: int) -> bool:
        t = scene.tokens[k]
        return scene.clause[k] == scene.clause[at] and t.type == "WORD" and self.kind(t.low) in _MOVES

    def as_change(self, draft: Draft, scene: Scene) -> None:
        """A bare number after a word of change, bracketed or hedged, is the change: "improves X (up to 20%)"."""
        r = draft.value
        if (
            r is None
            or draft.delta is not None
            or draft.base is not None
            or r.rule not in ("percent", "value-metric", "achieve-value", "metric-verb-to-value")
            or r.type != "PCT"
        ):
            return
        tokens, at = scene.tokens, r.at
        lead = tokens[at - 1].low if at else ""
        if not (
            (lead in ("(", "e.g.", ",") and (lead != "," or r.quantity.bound == "<="))
            or (r.quantity.bound == "<=" and lead != "achieve")
            or (tokens[at - 2 : at - 1] and tokens[at - 2].low == "equal")
        ):
            return
        for k in range(at - 1, max(-1, at - 14), -1):
            t = tokens[k]
            if scene.clause[k] != scene.clause[at] or t.type in QUANTITIES:
                return
            kind = self.kind(t.low) if t.type == "WORD" else ""
            if t.low in self.words.classes["less"] or t.low in self.words.classes["more"]:
                return  # "performs lower (63.1%)", "lower for B (19%)" tell the value
            if kind in _MOVES or t.low == "improved":
                draft.delta, draft.value, draft.change, draft.change_at = r, None, t.low, k
                r.role = "delta"
                return
            if scene.verbs[k] and k < at - 1 and t.low not in ("yielded", "observed"):
                return
