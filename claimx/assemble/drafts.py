"""From readings to draft rows: which numbers share a row, what a coordinated number inherits from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Token
from .readings import Reading
from .scene import QUANTITIES, Scene


@dataclass(slots=True, eq=False)
class Draft:
    """A row in the making. Numbers are readings; fields are token indexes or names with the reason for the choice."""

    value: Reading | None = None
    delta: Reading | None = None
    base: Reading | None = None
    metrics: list[int] = field(default_factory=list)
    benchmarks: list[int] = field(default_factory=list)
    method: int | None = None
    phrase: tuple[int, int] | None = None  # characters of a method known by description alone
    baseline: int | None = None
    placed: bool = False  # a place was found, perhaps a group without names
    places: list[Token] = field(default_factory=list)  # of the sentence before: "on these two datasets"
    inherited: Token | None = None  # the metric of the sentence before
    change: str = ""
    change_at: int | None = None
    sense: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def main(self) -> Reading:
        reading = self.value or self.delta or self.base
        assert reading is not None
        return reading

    @property
    def shape(self) -> str:
        """Which numbers it has: "value", "delta" or "both"."""
        return "both" if self.value and self.delta else "value" if self.value else "delta"

    @property
    def last(self) -> int:
        return max(r.at for r in (self.value, self.delta, self.base) if r is not None)

    @property
    def first(self) -> int:
        return min(r.at for r in (self.value, self.delta, self.base) if r is not None)


_CHANGE_NOUNS = frozenset(
    (
        "improvement improvements gain gains increase increases reduction reductions decrease decreases drop drops "
        "boost boosts higher lower fewer less more faster better absolute relative points"
    ).split()
)
_LIST_GLUE = frozenset(
    (
        ", and or / & ( ) for on in at with over to compared than respectively of from across by vs vs. also as well "
        "using under another versus relative like such only on-average e.g. up per"
    ).split()
)


def coordinated(tokens: Sequence[Token], scene: Scene, a: int, b: int) -> bool:
    """Whether two numbers stand in one list: between them only list marks, names, phrases and prepositions."""
    joined = False
    for k in range(a + 1, b):
        t = tokens[k]
        if t.low in (",", "and", "or", "/", "&", ";"):
            joined = True
        elif t.type in QUANTITIES:
            joined = True
        elif t.type == "WORD" and (t.low in _LIST_GLUE or t.low in _CHANGE_NOUNS):
            continue
        elif scene.verbs[k] or t.type == "WORD":
            return False
    return joined


def linked(tokens: Sequence[Token], scene: Scene, one: Draft, two: Draft) -> bool:
    """Whether two drafts stand in one list; a change that follows the whole list is no end of its first value."""
    end = one.last if one.last < two.first else one.main.at
    return coordinated(tokens, scene, end, two.first)


def list_from(drafts: list[Draft], n: int, scene: Scene) -> list[Draft]:
    """The coordination that the draft begins; empty where it stands further on in one, so that each is walked once."""
    if n and linked(scene.tokens, scene, drafts[n - 1], drafts[n]):
        return []
    end = n + 1
    while end < len(drafts) and linked(scene.tokens, scene, drafts[end - 1], drafts[end]):
        end += 1
    return drafts[n:end]


def build(readings: dict[int, Reading]) -> list[Draft]:
    """The drafts of a sentence, in order; a change has its value where one rule read both."""
    drafts: list[Draft] = []
    taken: set[int] = set()
    for at in sorted(readings):
        r = readings[at]
        if at in taken or r.role in ("", "skip"):
            continue
        if r.match is not None and r.match.pattern.role == "reject":
            continue
        draft = Draft()
        if r.role == "value":
            draft.value = r
        elif r.role == "delta":
            draft.delta = r
        else:
            draft.base = r
        taken.add(at)
        if r.match is not None:
            for role in ("value", "delta", "base"):
                if role != r.role and r.match.captures.get(role):
                    partner = _partner(r, role, readings)
                    if partner is not None and partner.at not in taken:
                        setattr(draft, role, partner)
                        taken.add(partner.at)
        drafts.append(draft)
    return _bases_to_values(drafts)


def _partner(r: Reading, role: str, readings: dict[int, Reading]) -> Reading | None:
    assert r.match is not None
    own, other = r.match.captures[r.role], r.match.captures[role]
    at = other[r.index(r.match, r.role)] if len(own) == len(other) else other[0] if len(other) == 1 else None
    partner = readings.get(at) if at is not None else None
    return (
        partner
        if partner is not None and partner.match is not None and partner.match is r.match and partner.role == role
        else None
    )


def _bases_to_values(drafts: list[Draft]) -> list[Draft]:
    for d in drafts:
        if d.value is None and d.delta is None and d.base is not None:
            d.value, d.base = d.base, None
            d.value.role = "value"
    return drafts
