"""The longer phrases that a name or phrase heads: "PRM-guided beam search", "training from scratch", "X and Y methods".

How far a phrase goes its words do not tell: each extent is a candidate of its own, and the ranking chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .scene import PHRASES, Scene

_ALIKE = frozenset({"and", "or", "&", "/"})
_OF = frozenset({"of", "in"})
_WITH = frozenset("from with without using via on for under".split())
_CHAIN = 3  # "of" phrases within one another
_GOVERNED = _OF | _WITH | {"to", "by"}
_PARTICIPLES = ("ed", "ing", "wn", "ght")
_NOMINAL = PHRASES | {"METRIC", "BENCH", "GROUP", "COUNT"}


class Extent(NamedTuple):
    """A phrase that is longer than its head: what makes it longer, its words, and facts of its form."""

    kind: str
    text: str
    form: tuple[str, str]  # the types of its first and last token, how many tokens lie between


def extents(scene: Scene, i: int, text: str) -> Iterator[Extent]:
    """The longer phrases of ``text`` whose head is the token at ``i``; none for a token that is no head."""
    for kind, first, last in _spans(scene, i):
        a, b = scene.tokens[first], scene.tokens[last]
        yield Extent(kind, text[a.start : b.end], (f"{a.type}+{b.type}", f"w{min(4, last - first)}"))


def place_in(scene: Scene, i: int) -> tuple[str, str] | None:
    """What the token at ``i`` is in its compound, head or modifier, and the type of the head; None without one."""
    if i not in scene.compounds():
        return None
    head = _whole(scene, i)
    return "head" if i == head else "modifier", scene.tokens[head].type


def _spans(scene: Scene, i: int) -> Iterator[tuple[str, int, int]]:
    """The same by their first and last tokens."""
    first, last = scene.compounds().get(i, (i, i))
    if i != last:
        return
    if first < last:
        yield "compound", first, last
    tokens, after = scene.tokens, last + 1
    if after + 1 >= len(tokens):
        return
    low, then = tokens[after].low, tokens[after + 1]
    if low in _ALIKE:
        if then.type in ("NP", "BASE") and not then.det:
            yield "joined", first, _whole(scene, after + 1)
    elif low == "+":
        if then.type in PHRASES:
            yield "plus", first, _whole(scene, after + 1)
    elif scene.verbs[after] and low.endswith(_PARTICIPLES):
        inner = after + 1 + (then.low in _GOVERNED)
        if inner < len(tokens) and tokens[inner].type in _NOMINAL:
            yield "participle", first, _whole(scene, inner)
    else:
        end = last
        for _ in range(_CHAIN):
            if end + 2 >= len(tokens) or tokens[end + 1].low not in _OF or tokens[end + 2].type not in _NOMINAL:
                break
            end = _whole(scene, end + 2)
            yield "of", first, end
        if end + 2 < len(tokens) and tokens[end + 1].low in _WITH and tokens[end + 2].type in _NOMINAL:
            yield "with", first, _whole(scene, end + 2)


def _whole(scene: Scene, i: int) -> int:
    """The last token of the phrase that the one at ``i`` is part of."""
    return scene.compounds().get(i, (i, i))[1]
