"""What surrounds the numbers of a sentence: clauses, and for each name the part it plays (subject, baseline, place)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Token
from ..words import Words

WHO = frozenset({"METHOD", "OURS", "BASE", "HUMAN", "NAME", "ACRONYM"})
PHRASES = WHO | {"NP"}
SCOPE = 80  # tokens before a number among which what belongs to it is looked for
QUANTITIES = frozenset({"PCT", "PTS", "FAC", "UNIT", "NUM", "INT", "SIGNED", "COUNT"})
BREAKS = frozenset({";", "while", "whereas", "but", "although", "though", "however"})
_BASE_LEADS = frozenset(("than over against vs vs. versus v.s. upon beyond unlike above relative").split())
_COMPARED = frozenset({"compared", "relative", "comparison", "respect", "opposed", "contrast"})
_PLACE_LEADS = frozenset(("on in for across at from under within using with of to into via").split())
_JOINS = frozenset({",", "and", "or", "/", "&", "both"})
_COMPOUND = frozenset({"NP", "METHOD", "NAME", "ACRONYM", "BENCH", "BASE"})  # what longer phrases are made of
_SIZE = re.compile(r"[0-9.]+[BM]|[0-9]")  # "8B" "model", "Med-PaLM" "2"
_PLAYING = WHO | {"BENCH", "NP", "GROUP", "METRIC"}
_NAMED = WHO | {"BENCH"}
_THAN = _BASE_LEADS | {"to", "with"}
_TRAINED = frozenset(("trained pretrained pre-trained finetuned fine-tuned learned sampled collected derived").split())


@dataclass(slots=True)
class Scene:
    """A sentence's tokens with, for each index, its clause and the part that it plays ('' where none)."""

    tokens: Sequence[Token]
    clause: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    opening: list[int | None] = field(default_factory=list)  # the bracket that each token stands in
    part: list[str] = field(default_factory=list)
    verbs: list[bool] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # how many stand before each token
    grouped: bool = False  # whether it speaks of data sets without their names
    _lists: dict[frozenset[str], dict[int, list[int]]] = field(default_factory=dict)
    _compounds: dict[int, tuple[int, int]] | None = None

    def lists(self, types: frozenset[str]) -> dict[int, list[int]]:
        """For each token of the types, the coordination of such tokens that it stands in."""
        found = self._lists.get(types)
        if found is None:
            found = self._lists[types] = _lists(self.tokens, types)
        return found

    def compounds(self) -> dict[int, tuple[int, int]]:
        """For each name or phrase right beside another, the first and the last of them: "PZT" "cellular actuator"."""
        if self._compounds is None:
            self._compounds = _compounds(self.tokens)
        return self._compounds

    def baselines(self, among: Iterable[int], at: int) -> list[int]:
        """Those of the indexes that are what is compared with, in the clause of the token at ``at``."""
        return [i for i in among if self.part[i] == "baseline" and self.clause[i] == self.clause[at]]


def build(tokens: Sequence[Token], words: Words) -> Scene:
    """Split into clauses and give each name its part."""
    c = words.classes
    scene = Scene(tokens, grouped=any(t.type == "GROUP" for t in tokens))
    n = len(tokens)
    verbs, be, exceed = words.verbs, c["be"], c["exceed"] | c["lag"]
    clause = numbers = 0
    open_at: list[int] = []
    for i, t in enumerate(tokens):
        scene.numbers.append(numbers)
        numbers += t.type in QUANTITIES
        if t.low in "([":
            open_at.append(i)
        elif t.low in ")]" and open_at:
            open_at.pop()
        if t.type == "WORD" and t.low in BREAKS and not open_at:
            clause += 1
        scene.clause.append(clause)
        scene.depth.append(len(open_at))
        scene.opening.append(open_at[-1] or None if open_at else None)  # None too where nothing stands before it
        scene.verbs.append(
            t.type == "WORD" and (t.low in verbs or t.low in be) and t.low not in _COMPARED and not _noun_use(tokens, i)
        )
    for i, t in enumerate(tokens):
        scene.part.append(_part(tokens, scene, i, exceed) if t.type in _PLAYING else "")
    # a list shares the part of its first item
    for i in range(2, n):
        comma = tokens[i - 1].low == "," and not (i + 1 < n and tokens[i + 1].low in (",", "and", "or", "&"))
        if (
            scene.part[i] in ("", "subject")
            and tokens[i].type in _NAMED
            and tokens[i].type != "OURS"
            and tokens[i - 1].low in (",", "and", "or", "/", "&")
            and not comma
        ):
            j = i - 2 if tokens[i - 2].low not in (",", "and") else i - 3
            if (
                j >= 0
                and (tokens[j].type == "BENCH") == (tokens[i].type == "BENCH")
                and tokens[j].type in _NAMED
                and scene.part[j] in ("baseline", "place", "source")
            ):
                scene.part[i] = scene.part[j]
    return scene


def _lists(tokens: Sequence[Token], types: frozenset[str]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    current: list[int] = []
    for i, t in enumerate(tokens):
        if t.type not in types:
            continue
        joined = current and i - current[-1] > 1
        if joined and all(tokens[k].low in _JOINS for k in range(current[-1] + 1, i)):
            current.append(i)
        else:
            current = [i]
        out[i] = current
    return out


def _compounds(tokens: Sequence[Token]) -> dict[int, tuple[int, int]]:
    out: dict[int, tuple[int, int]] = {}
    first = 0
    for end in range(len(tokens) + 1):
        part = end < len(tokens) and _is_part(tokens[end])
        if part and not tokens[end].det:
            continue
        if end - first > 1:
            out.update(dict.fromkeys(range(first, end), (first, end - 1)))
        first = end if part else end + 1
    return out


def _is_part(t: Token) -> bool:
    return t.type in _COMPOUND or (t.type in ("COUNT", "INT") and _SIZE.fullmatch(t.text) is not None)


def _noun_use(tokens: Sequence[Token], i: int) -> bool:
    return (
        i > 0
        and tokens[i - 1].type in ("PCT", "FAC", "PTS", "METRIC")
        and i + 1 < len(tokens)
        and tokens[i + 1].low in ("in", "of", "over", ",", ".", "on", "compared")
    )


def _part(tokens: Sequence[Token], scene: Scene, i: int, exceed: frozenset[str]) -> str:
    j = i - 1
    while (
        j >= 0
        and i - j < 4
        and tokens[j].type in ("NP", "WORD", "COUNT", "INT", "NUM", "UNIT")
        and tokens[j].low not in _BASE_LEADS
        and tokens[j].low not in _PLACE_LEADS
        and tokens[j].low not in exceed
        and tokens[j].low[:1].isalnum()
        and not scene.verbs[j]
        and tokens[j].low not in ("and", "that", "which", "by", "with", "as", "while", "by")
    ):
        j -= 1
    if j < 0:
        return "subject"
    low = tokens[j].low
    if low in exceed:
        return "baseline"
    if low in ("to", "with") and j and tokens[j - 1].low in _COMPARED:
        return "baseline"
    if low in _BASE_LEADS:
        return "place" if low in ("over", "against") and tokens[i].type in ("BENCH", "GROUP") else "baseline"
    if low == "of" and j > 1 and tokens[j - 1].low in ("that", "those") and tokens[j - 2].low in _THAN:
        return "baseline"  # "smaller than that of X"
    if low in _PLACE_LEADS:
        return "source" if low in ("on", "from") and j and tokens[j - 1].low in _TRAINED else "place"
    if low == "by":
        return "agent"
    if scene.verbs[j]:
        return "object"
    return "subject"
