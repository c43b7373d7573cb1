"""The words around a number, by their classes: what its role and its partners are told by."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Token
from ..words import Words
from .scene import QUANTITIES, Scene

_CLASSES = (
    *("improve", "raise", "reduce", "worsen", "exceed", "lag", "gain", "rise", "drop", "harm", "more", "less"),
    *("faster", "slower", "better", "worse", "speedup", "achieve", "consume", "be"),
)


class Neighbours:
    """Words by the class of change, comparison or possession that they belong to."""

    def __init__(self, words: Words) -> None:
        self._class = words.by_word(_CLASSES)

    def word(self, tokens: Sequence[Token], k: int) -> str:
        """A neighbour by its class, its word if that is a function word, or its type."""
        if not 0 <= k < len(tokens):
            return "^" if k < 0 else "$"
        t = tokens[k]
        if t.type != "WORD":
            return f"{t.type}:{t.head}" if t.type == "NP" and t.head else t.type
        return self._class.get(t.low, t.low)

    def change(self, scene: Scene, at: int, reach: int) -> str:
        """The class of the nearest verb or word of change before a number, in its clause, ``reach`` tokens at most."""
        for k in range(at - 1, max(-1, at - reach - 1), -1):
            t = scene.tokens[k]
            if t.type in QUANTITIES or scene.clause[k] != scene.clause[at]:
                break
            if t.type == "WORD" and t.low in self._class:
                return self._class[t.low]
        return "-"
