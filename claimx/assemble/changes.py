"""Words of change: which way they point, and the numbers that only they make a change."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Words
from .drafts import Draft, coordinated
from .readings import Reading
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
_WEAK = frozenset({"percent", "value-metric", "achieve-value", "metric-verb-to-value"})
_SPANNING = frozenset({"from-to", "from-list-to-list", "arrow", "arrow-sign"})
OWN_METRIC_CLASSES = frozenset({"faster", "slower", "speedup", "quality"})  # their words tell what changes


def _weak(r: Reading) -> bool:
    """Whether no rule says for sure that a percentage is a value."""
    bounded = r.quantity.bound == "<=" and r.rule == "bench-bracket-value"
    return r.type == "PCT" and (r.rule in _WEAK or bounded)


class Changes:
    """The classes of words of change, by word."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._class = {w: name for name in reversed(_CHANGE_CLASSES) for w in words.classes[name]}

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
        if joined is not None and joined.delta is not None and (joined.change or joined.sense):
            draft.change, draft.sense, draft.change_at = joined.change, joined.sense, joined.change_at
            return
        tokens, at = scene.tokens, draft.delta.at
        for k in range(at - 1, max(-1, at - 18), -1):
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

    def swept(self, draft: Draft, scene: Scene) -> bool:
        """Whether "from a to b" only says what was varied: no metric is known and no word of change stands before."""
        base = draft.base
        if base is None or base.type == "PCT" or base.rule not in _SPANNING:
            return False
        if draft.metrics or draft.inherited is not None or draft.change:
            return False
        return not any(self._moves(scene, k, base.at) for k in range(max(0, base.at - 14), base.at))

    def as_changes(self, drafts: Sequence[Draft], scene: Scene) -> None:
        """Bare percentages after a word of change, bracketed or hedged, are changes: "improves X (up to 20%, 12%)"."""
        before: Draft | None = None
        for draft in drafts:
            r = draft.value
            if r is None or draft.delta is not None or draft.base is not None or not _weak(r):
                before = None
                continue
            if before is not None and coordinated(scene.tokens, scene, before.last, r.at):
                k = before.change_at
            else:
                k = self._stated(r, scene)
            if k is None:
                before = None
                continue
            draft.delta, draft.value, draft.change, draft.change_at = r, None, scene.tokens[k].low, k
            r.role = "delta"
            before = draft

    def _stated(self, r: Reading, scene: Scene) -> int | None:
        """The word of change that a bracketed or hedged number completes, if there is one."""
        tokens, at = scene.tokens, r.at
        lead, bounded = tokens[at - 1].low if at else "", r.quantity.bound == "<="
        if not (
            lead in ("(", "e.g.")
            or (lead == "," and (bounded or tokens[at - 2].low == "e.g."))
            or (bounded and lead != "achieve")
            or (at > 1 and tokens[at - 2].low == "equal")
        ):
            return None
        for k in range(at - 1, max(-1, at - 14), -1):
            t = tokens[k]
            if scene.clause[k] != scene.clause[at] or (t.type in QUANTITIES and t.type != "COUNT"):
                return None
            kind = self.kind(t.low) if t.type == "WORD" else ""
            if t.low in self.words.classes["less"] or t.low in self.words.classes["more"]:
                return None  # "performs lower (63.1%)", "lower for B (19%)" tell the value
            if kind in _MOVES or t.low == "improved":
                return k
            if scene.verbs[k] and k < at - 1 and t.low not in ("yielded", "observed", "corresponding"):
                return None
        return None
