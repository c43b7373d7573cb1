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
_PARTICIPLES = ("ed", "ing", "wn", "ght")
_NOMINAL = PHRASES | {"METRIC", "BENCH", "GROUP", "COUNT"}


class Extent(NamedTuple):
    """A phrase from its first token to its last, and what makes it longer than its head."""

    kind: str
    first: int
    last: int


def extents(scene: Scene, i: int) -> Iterator[Extent]:
    """The longer phrases whose head is the token at ``i``; none for a token that is no head."""
    first, last = scene.compounds().get(i, (i, i))
    if i != last:
        return
    if first < last:
        yield Extent("compound", first, last)
    tokens, after = scene.tokens, last + 1
    if after + 1 >= len(tokens):
        return
    low = tokens[after].low
    if low in _ALIKE:
        if tokens[after + 1].type in ("NP", "BASE") and not tokens[after + 1].det:
            yield Extent("joined", first, _whole(scene, after + 1))
        return
    if low == "+" and tokens[after + 1].type in PHRASES:
        yield Extent("plus", first, _whole(scene, after + 1))
        return
    if scene.verbs[after] and low.endswith(_PARTICIPLES):
        inner = after + 1 + (tokens[after + 1].low in _WITH | _OF | {"to", "by"})
        if inner < len(tokens) and tokens[inner].type in _NOMINAL:
            yield Extent("participle", first, _whole(scene, inner))
        return
    end = last
    while end + 2 < len(tokens) and tokens[end + 1].low in _OF and tokens[end + 2].type in _NOMINAL:
        end = _whole(scene, end + 2)
        yield Extent("of", first, end)
    if end + 2 < len(tokens) and tokens[end + 1].low in _WITH and tokens[end + 2].type in _NOMINAL:
        yield Extent("with", first, _whole(scene, end + 2))


def _whole(scene: Scene, i: int) -> int:
    return scene.compounds().get(i, (i, i))[1]
