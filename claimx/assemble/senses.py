"""Which way a change goes: what its words say, by the metric's better side."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Quantity, Token
from .changes import Changes
from .drafts import Draft

# Which way the words of each class of change point.
_CLASSES = {
    **dict.fromkeys(("raise", "rise", "more", "faster", "speedup"), "up"),
    **dict.fromkeys(("reduce", "drop", "less", "slower", "lossnoun"), "down"),
    **dict.fromkeys(("improve", "gain", "better", "exceed", "quality"), "better"),
    **dict.fromkeys(("worsen", "harm", "worse", "lag"), "worse"),
}
# Qualities that speak of a quantity: more expensive is more cost, more compact less size.
_WORDS = {"expensive": "up", "cheaper": "down", "compact": "down"}
_OPPOSITE = {"up": "down", "down": "up", "better": "worse", "worse": "better"}


def sense(draft: Draft, tokens: Sequence[Token], changes: Changes) -> str:
    """Which way the word of change points: up or down, or for the better or worse; empty where there is none."""
    kind = changes.kind(draft.change)
    found = _WORDS.get(draft.change) or _CLASSES.get(kind, draft.sense)
    if kind == "quality" and draft.change_at and changes.kind(tokens[draft.change_at - 1].low) == "less":
        return _OPPOSITE.get(found, found)  # "30% less accurate"
    return found


def sign(quantity: Quantity, sense: str, better: str, spoken: bool) -> int:
    """The sign of a change of a metric with such a better side; ``spoken`` tells that some word says its way."""
    word = quantity.text.lower()
    if quantity.sign == "-" or word.startswith("halv") or (not spoken and word.endswith("half")):
        return -1
    if quantity.sign == "+":
        return 1
    if sense in ("better", "worse"):
        return 1 if (sense == "better") == (better != "lower") else -1
    return -1 if sense == "down" else 1


def improved(delta: float | None, better: str, sense: str) -> bool | None:
    """Whether a change is for the better; None where nothing tells."""
    if sense in ("better", "worse"):
        return sense == "better"
    if delta is None or better == "none":
        return None
    return (delta > 0) == (better == "higher")
