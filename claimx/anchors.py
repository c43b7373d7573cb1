"""Where a text may introduce a name: the words at which the phrases of :mod:`claimx.name_patterns` can begin.

Searching a text for each of those phrases is dear, and most texts have few of them. So every word is looked up for what
it may begin, and a phrase is only tried where one of its words stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import accumulate
from operator import or_

import regex

from .name_patterns import ACTING, CALLS, COINED, HEAD, PROPOSE, WORD

# What the words around an anchor are; these may say too much, the phrase itself decides.
CAPITAL = 1  # has a capital, a digit or such a letter in it, as names have
HEADED = 2  # begins like the head noun of a method or a benchmark
COMMA = 4  # ends in one
PROPOSES = 8  # "propose", "introduces,"
# What the anchors are.
LEAD = 16  # ends in "we", "paper", "here,"
VERB = 32  # ends in "propose", "trained"
CALLING = 64  # ends in "called"
OURS = 128  # ends in "our", "this", "proposed"
ASIDE = 256  # "(RL)"
NAMED = 512  # "FooNet,"
COINS = 1024  # "FooNet"
ACTS = 2048  # begins with "achieves"

_MANY, _LONG = 1 << 16, 64  # how many words are remembered, of what length
_CAPITAL = regex.compile(r"[\p{Lu}0-9τλμαβπ]")
_HEADED = regex.compile(rf"(?:an?|the|our|two|three)?{HEAD}")
_ASIDE = regex.compile(r"\([A-Z][\w\-]{1,7}\)")
_NAMED = regex.compile(rf"{WORD},")
_LAST = regex.compile(r"(?:.*\W)?(\w+),?", regex.S)  # the last part of a word: "trained" of "pre-trained"
_LEAD = r"(?i:we|here|paper|work|study|article|authors|report|end)"
_VERB = rf"(?:{PROPOSE}|train(?:s|ed)?|obtain(?:s|ed)?)"
_OURS = r"(?i:our|this|proposed)"
_ANCHOR = regex.compile(rf"{_LEAD}|{_VERB}|{CALLS}|{_OURS}")
_KINDS = tuple((flag, regex.compile(p)) for flag, p in ((LEAD, _LEAD), (VERB, _VERB), (CALLING, CALLS), (OURS, _OURS)))
_PROPOSES = regex.compile(rf"{PROPOSE},?")
_LONGER = (("end", "to this "), ("proposed", "the "))  # anchors of several words
_AFTER_OURS = 6  # words from "our" to the name, at most
_AFTER_LEAD = 4  # words from "we" to "propose", at most


class _Flags(dict[str, int]):
    """What words are, by word."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MANY:
            self.clear()
        flags = _flags_of(word)
        if len(word) < _LONG:
            self[word] = flags
        return flags


def _flags_of(word: str) -> int:
    last = _LAST.fullmatch(word)
    comma = word.endswith(",")
    flags = (COMMA if comma else 0) | (HEADED if _HEADED.match(word) else 0) | (ACTS if ACTING.match(word) else 0)
    if last is not None and _ANCHOR.fullmatch(last.group(1)):
        for flag, pattern in _KINDS:
            if (flag == LEAD or not comma) and pattern.fullmatch(last.group(1)):
                flags |= flag
        if _PROPOSES.fullmatch(word):
            flags |= PROPOSES
    if _CAPITAL.search(word):
        flags |= CAPITAL
        if comma:
            flags |= NAMED if _NAMED.fullmatch(word) else 0
        elif COINED.fullmatch(word):
            flags |= COINS
        elif _ASIDE.fullmatch(word):
            flags |= ASIDE
    return flags


_FLAGS = _Flags()


class Anchors:
    """The words of a text with what each may begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Between words stands one space or, in a text that was not cleaned, one white character.
        self.words = words = text.split(" ") if text.isprintable() else regex.split(r"\s", text)
        self.flags = list(map(_FLAGS.__getitem__, words))
        self._lengths = list(accumulate(map(len, words)))
        self.marked = [n for n, flags in enumerate(self.flags) if flags >= LEAD]

    def end(self, n: int) -> int:
        """Where a word ends in the text."""
        return self._lengths[n] + n

    def start(self, n: int) -> int:
        """Where a word begins in the text."""
        return self._lengths[n] + n - len(self.words[n])

    def of(self, flag: int) -> list[int]:
        """The words that are of a kind."""
        flags = self.flags
        return [n for n in self.marked if flags[n] & flag]

    def near(self, n: int, reach: int) -> int:
        """What the words after a word are, taken together."""
        return reduce(or_, self.flags[n + 1 : n + 1 + reach], 0)

    def leads(self, follows: int = 0) -> list[int]:
        """The places of "we", "the paper"; with ``follows``, of those with a word of that kind close behind."""
        return [self._place(n) for n in self.of(LEAD) if not follows or self.near(n, _AFTER_LEAD) & follows]

    def calls(self) -> list[int]:
        """The places of "called" and "we call"."""
        places = []
        for n in self.of(CALLING):
            place = self._place(n)
            if n and self.words[n - 1].endswith("we"):
                places.append(place - 3)
            places.append(place)
        return places

    def ours(self, follows: int = 0) -> list[int]:
        """The places of "our", "this", "the proposed"; ``follows`` as in :meth:`leads`."""
        return [self._place(n) for n in self.of(OURS) if not follows or self.near(n, _AFTER_OURS) & follows]

    def verb(self, n: int) -> int:
        """Where the verb begins that a word ends in."""
        return self._place(n, ())

    def _place(self, n: int, longer: tuple[tuple[str, str], ...] = _LONGER) -> int:
        """Where the anchor begins that a word ends in."""
        word = self.words[n]
        place = self.start(n)
        if not word.isalpha():
            last = _LAST.fullmatch(word)
            place += last.start(1) if last is not None else 0
        for end, before in longer:
            if word.endswith(end) and self.text[max(0, place - len(before)) : place].lower() == before:
                return place - len(before)
        return place


def matches(pattern: regex.Pattern[str], text: str, places: Iterable[int]) -> Iterator[regex.Match[str]]:
    """The matches of a pattern as ``finditer`` has them, where they can begin at certain places only, in their order."""
    end = 0
    for place in places:
        if place >= end and (m := pattern.match(text, place)) is not None:
            end = m.end()
            yield m
