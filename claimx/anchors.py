"""Where a text may introduce a name: the words at which the phrases of :mod:`claimx.name_patterns` begin.

Searching a text for each of those phrases is dear, and most texts have few of them. So one search finds all the words
that they begin with, and a phrase is only tried where one of its words stands.

The searches here may find too much, for the phrases themselves decide, but nothing too little. They are the standard
library's, which is the faster one for plain words; what is no ASCII counts as a mark and as a capital.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import regex

from .name_patterns import ACTING, CALLING, HEAD, LEADS, PROPOSING, TRAINING, any_of

_BETWEEN = 4  # spaces between "we" and "propose", at most
_REACH = 2000  # characters looked at for a name; more than the words of any phrase have


# What a word may begin.
_LEAD, _OURS, _THE, _END, _CALL, _ACT, _VERB, _PROPOSE = (1 << n for n in range(8))


def _kinds() -> dict[str, int]:
    """What each word may begin, in the forms in which the phrases have it."""
    kinds: dict[str, int] = {}
    for kind, words in ((_CALL, CALLING), (_ACT, ACTING), (_VERB, PROPOSING + TRAINING), (_PROPOSE, PROPOSING)):
        for word in words:
            kinds[word] = kinds.get(word, 0) | kind
    for kind, words in ((_LEAD, LEADS), (_OURS, ["our", "this"]), (_THE, ["proposed"]), (_END, ["end"])):
        for word in words:
            for form in (word, word.capitalize(), word.upper()):
                kinds[form] = kinds.get(form, 0) | kind
    return kinds


_KINDS = _kinds()
_ANCHOR = re.compile(rf"[^A-Za-z0-9_]({any_of(_KINDS)})(?![A-Za-z0-9_])")
_OTHER = "\x80-\U0010ffff"
# " FooNet"
_COIN = re.compile(rf" [A-Z{_OTHER}][a-z{_OTHER}]+[A-Z{_OTHER}]")
# "two-stage scheme:", and "F": what may stand before a name in the phrase that has it
_TO_NAME = re.compile(r"[a-z\s,\-]*+(?::\s?)?\"?", re.A)
_NAME = re.compile(rf"[A-Z0-9_{_OTHER}]")
# "two-stage schemes for Foo": as far as a phrase that has a name can go
_PHRASE = re.compile(rf"[\w\s,\-:\"{_OTHER}]*+", re.A)
# " scheme, Foo"
_HEAD_NAME = re.compile(
    rf"\s(?:an?|the|our|two|three)?{HEAD}[\s,\-:\"{_OTHER}]*(?:[A-Z0-9{_OTHER}]|[a-z]{{1,3}}[A-Z]|[a-z]+-[A-Z0-9])",
    re.A,
)
# ", Foo, speeds"
_APPOSED = re.compile(r", [^ ,]+, [a-z]+(?:s|ed)(?![a-z])")


class Anchors:
    """The places of a text where phrases may begin, by kind, in their order."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Between words of a text that was not cleaned any white character may stand.
        self.plain = plain = text if text.isprintable() else regex.sub(r"\s", " ", text)
        self.leads: list[int] = []  # "we", "the paper"
        self.proposing: list[int] = []  # those of them that "propose" follows
        self.verbs: list[int] = []  # "propose", "trained"
        self.calls: list[int] = []  # "called", "we call"
        self.ours: list[int] = []  # "our", "this", "the proposed"
        self.acts: list[int] = []  # "outperforms"
        waiting: list[tuple[int, int]] = []  # where leads begin and end of which none yet has a verb
        for m in _ANCHOR.finditer(" " + plain):
            word, at = m[1], m.start()
            kind = _KINDS[word]
            if kind == _LEAD:
                self.leads.append(at)
                waiting.append((at, at))
            elif kind == _OURS:
                self.ours.append(at)
            elif kind & _THE:
                if plain[max(0, at - 4) : at].lower() == "the ":
                    self.ours.append(at - 4)
            elif kind == _CALL:
                if plain[max(0, at - 3) : at] == "we ":
                    self.calls.append(at - 3)
                self.calls.append(at)
            elif kind == _END:
                if plain[max(0, at - 8) : at].lower() == "to this ":
                    self.leads.append(at - 8)
                    waiting.append((at - 8, at))
            if kind & _ACT:
                self.acts.append(at)
            if kind & _VERB:
                self.verbs.append(at)
                if waiting and kind & _PROPOSE:
                    near = len(waiting)
                    while near and plain.count(" ", waiting[near - 1][1], at) <= _BETWEEN:
                        near -= 1
                    self.proposing += [begin for begin, _ in waiting[near:]]
                    waiting.clear()

    def introduces(self, start: int, end: int) -> bool:
        """Whether a verb of introducing or calling stands at ``start:end``."""
        return any(bisect_left(places, start) < bisect_left(places, end) for places in (self.verbs, self.calls))

    def coined(self) -> list[int]:
        """The places of words like "FooNet"."""
        return [m.start() for m in _COIN.finditer(" " + self.plain)]

    def apposed(self) -> bool:
        """Whether there may be a name in apposition before a verb."""
        return _APPOSED.search(self.plain) is not None


def may_name(text: str, place: int) -> bool:
    """Whether the phrase at a place of a text may have a name in it, for what its words look like."""
    m = _TO_NAME.match(text, place + 1, place + _REACH)
    return m is not None and (m.end() == place + _REACH or _NAME.match(text, m.end()) is not None)


def phrase_end(text: str, place: int) -> int:
    """As far as a phrase at a place of a text can go that has a name in it."""
    m = _PHRASE.match(text, place, place + _REACH)
    return m.end() if m is not None else place


def may_name_after_head(text: str, place: int, end: int) -> bool:
    """Whether a name may come after a noun like "method" within ``place:end``."""
    return _HEAD_NAME.search(text, place, end) is not None


def matches(pattern: regex.Pattern[str], text: str, places: Iterable[int]) -> Iterator[regex.Match[str]]:
    """The matches of a pattern as ``finditer`` has them, where it can begin at these places only, in their order."""
    end = 0
    for place in places:
        if place >= end and (m := pattern.match(text, place)) is not None:
            end = m.end()
            yield m
