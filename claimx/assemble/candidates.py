"""What a field of a row may be: candidates with the features that speak for or against them, which the ranking weighs.

A feature is a short text: a few facts about how a name or phrase of the sentence stands to the row's numbers, joined
by blanks. `before`, `inside`, `after` say on which side of the numbers it stands; `n1` how many other numbers lie
between, `gap3` how many words, `m1` how many of its like; `lead:with` and `then:of` give the words around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ..model import Token
from .drafts import Draft, coordinated
from .scene import QUANTITIES, Scene

_LEADS = frozenset(
    "with using by for of than 's ’s over to compared in on from via and or , ( : that both under through between "
    "against while where whereas as at including like when such vs. versus – — is are = across".split()
)
_FOLLOWS = frozenset(
    "'s ’s , ( ) . and or of for with in on by to is are was were that which can has have from at as using : "
    "also still respectively = than".split()
)
_LEFT, _RIGHT = 14, 7  # names looked at on either side of a number: bounds for sentences without end
# Classes of distance and of counts by the number itself, each called by its bottom; a larger number is in the last.
_GAPS = tuple(f"gap{n}" for n in (0, 1, 2, 3, 3, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9, 9, 16))
_NUMBERS = ("n0", "n1", "n2")
_LIKES = ("m0", "m1", "m2", "m3")


class Named(NamedTuple):
    """A name with its wording in the text, its token, and what the lexicon knows of it."""

    name: str | None = None
    text: str | None = None
    token: int | None = None
    data: object = None
    aggregate: bool = False


NONE = Named()
RULE = "rule"  # the source of what only the rules propose
DEFAULT = "none"  # their reason where they state none
OWNER = "whose number it is"  # the reason for "FooNet's 93.4%"
# Reasons of rules that leave nothing open: a possessor, lists that belong together one to one, a name with its number
# in brackets.
CERTAIN = frozenset(
    {OWNER, "respectively", "one to one", "bench-bracket-value", "bench-bracket-delta", "what it stands for"}
    | {"both of the sentence before", "the sentence before, one to one"}
)


@dataclass(slots=True)
class Candidate:
    """One choice for a field: a name, or several where a number is of several things; ``source`` says where from."""

    names: tuple[Named, ...]
    source: str
    features: dict[str, float] = field(default_factory=dict)  # with their weights, in order, without repeats
    score: float = 0.0
    probability: float = 0.0
    reason: str | None = None  # why the rules propose it, if they do; DEFAULT where they state no reason
    certain: bool = False  # what the rule says leaves nothing open

    @property
    def kind(self) -> str:
        """Where it is from, and whether the rules propose it."""
        return self.source if self.reason is None else f"{self.source}, proposed"


class Weights(dict[str, float]):
    """The weights of one field's features. ``every`` keeps features without a weight too: learning needs them."""

    every: bool = False


class Pool:
    """The candidates of one field of one row. The same name found twice is one candidate with the features of both.

    Features without a weight are dropped at once, unless the weights say otherwise.
    """

    def __init__(self, weights: Weights) -> None:
        self._found: dict[tuple[str, ...], Candidate] = {}
        self._weights = weights

    def take(self, names: Sequence[Named], source: str, features: Iterable[str]) -> Candidate:
        """Take a candidate in."""
        key = tuple([n.name.lower() if n.name else "" for n in names])
        candidate = self._found.get(key)
        if candidate is None:
            candidate = self._found[key] = Candidate(tuple(names), source)
        self.add(candidate, features)
        return candidate

    def propose(self, names: Sequence[Named], reason: str, features: Iterable[str], certain: bool = False) -> None:
        """Take in what the rules propose for ``reason``."""
        candidate = self.take(names, RULE, features)
        candidate.reason, candidate.certain = reason, certain or reason in CERTAIN

    def add(self, candidate: Candidate, features: Iterable[str]) -> None:
        """Features that speak for or against a candidate."""
        weights, own = self._weights, candidate.features
        if weights.every:
            own.update({feature: weights.get(feature, 0.0) for feature in features})
        else:
            for feature in filter(weights.__contains__, features):
                own[feature] = weights[feature]

    def of(self, name: str | None) -> Candidate | None:
        """The candidate with this one name."""
        return self._found.get((fold(name),))

    def all(self) -> list[Candidate]:
        """The candidates in the order they were found."""
        return list(self._found.values())


def fold(name: str | None) -> str:
    """A name without the case of its letters."""
    return name.lower() if name else ""


@dataclass(slots=True)
class Row:
    """One draft among the others of its sentence: what relations to its numbers are measured against."""

    draft: Draft
    scene: Scene
    run: int  # rows in the coordination that it stands in
    place: int  # its own place there
    shape: str  # value, delta or both, and whether the earlier value is there
    kind: str  # of the main number: percent, points, factor, unit …
    first: int  # token of its first number
    last: int  # and of its last
    captured: dict[int, str]  # name and pattern of the capture that holds a token
    opening: int | None  # token of the bracket that its first number stands in


def rows(drafts: Sequence[Draft], scene: Scene) -> list[Row]:
    """The rows of a sentence."""
    apart = [
        n for n, draft in enumerate(drafts)
        if n and not coordinated(scene.tokens, scene, drafts[n - 1].last, draft.first)
    ]  # fmt: skip
    out: list[Row] = []
    for start, end in pairwise([0, *apart, len(drafts)]):
        for place, draft in enumerate(drafts[start:end]):
            shape, kind = draft.shape, draft.main.quantity.kind
            if draft.base is not None:
                shape += "+base"
            at, captured, opening = draft.first, _captured(draft), scene.opening[draft.first]
            out.append(Row(draft, scene, end - start, place, shape, kind, at, draft.last, captured, opening))
    return out


@dataclass(slots=True)
class Relation:
    """How a token stands to the numbers of a row, in the words that features are made of."""

    side: str
    gap: str
    numbers: str
    like: str
    part: str
    clause: str
    depth: str
    lead: str
    then: str
    order: str  # its place in a list as long as that of the numbers: theirs (same) or another
    captured: str  # name and pattern of the capture that holds it
    bracket: str  # whether it stands right before the numbers' bracket (host), within it or elsewhere; '' without one


def closer(row: Row, among: Iterable[int]) -> dict[int, int]:
    """Those of the token indexes near the row's first number, in order, with how many of them stand closer to it."""
    indexes = list(among)
    middle = bisect_left(indexes, row.first)
    left, right = indexes[max(0, middle - _LEFT) : middle], indexes[middle : middle + _RIGHT]
    return {
        **{i: n for n, i in zip(range(len(left) - 1, -1, -1), left, strict=True)},
        **{i: n for n, i in enumerate(right)},
    }


def relation(row: Row, i: int, group: list[int], like: int) -> Relation:
    """The relation of the token at ``i``, one of a coordination, with ``like`` of its kind closer to the number."""
    scene, at, last = row.scene, row.first, row.last
    tokens = scene.tokens
    left = i < at
    a, b = (i, at) if left else (min(last, i), i)
    numbers = scene.numbers[b] - scene.numbers[a + 1] if a < b else 0
    order = ""
    if len(group) > 1 and row.run == len(group):
        order = "same" if bisect_left(group, i) == row.place else "other"
    depth, level = scene.depth[i], scene.depth[at]
    return Relation(
        "before" if left else "inside" if i < last else "after",
        _gap(b - a - 1),
        _NUMBERS[numbers] if numbers < 2 else "n2",
        _LIKES[like] if like < 3 else "m3",
        scene.part[i] or "-",
        "clause" if scene.clause[i] == scene.clause[at] else "elsewhere",
        "level" if depth == level else "deeper" if depth > level else "outer",
        "lead:" + _lead(tokens, scene, i),
        "then:" + _then(tokens, scene, i),
        order,
        row.captured.get(i, ""),
        "" if row.opening is None else _bracket(i, row.opening),
    )


def _bracket(i: int, opening: int) -> str:
    return "host" if i == opening - 1 else "within" if i > opening else "elsewhere"


def _gap(n: int) -> str:
    return f"gap{n}" if n < 0 else _GAPS[n] if n < 16 else "gap16"


def _lead(tokens: Sequence[Token], scene: Scene, i: int) -> str:
    if i == 0:
        return "^"
    low = tokens[i - 1].low
    return low if low in _LEADS else "verb" if scene.verbs[i - 1] else "word"


def _then(tokens: Sequence[Token], scene: Scene, i: int) -> str:
    if i + 1 >= len(tokens):
        return "$"
    low = tokens[i + 1].low
    if low in _FOLLOWS:
        return low
    return "verb" if scene.verbs[i + 1] else "number" if tokens[i + 1].type in QUANTITIES else "word"


def _captured(draft: Draft) -> dict[int, str]:
    """For each token that a rule captured with the numbers, the name of the capture and the pattern's."""
    found: dict[int, str] = {}
    for r in (draft.value, draft.delta, draft.base):
        if r is not None:
            for match, _ in r.matches:
                for name, held in match.captures.items():
                    for i in held:
                        found.setdefault(i, f"{name} {match.pattern.name}")
    return found
