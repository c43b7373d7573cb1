"""Short names: the shape of a name, and the long form that an acronym stands for."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

_WORDS = regex.compile(r"[\w’']+")
_ASCII_WORDS = re.compile(r"[\w']+", re.A)  # the same, where there is nothing else
_REACH = 160  # characters before an acronym in which its long form is looked for


@lru_cache(maxsize=1 << 15)
def shaped(word: str) -> bool:
    """Whether a single word has the shape of a name: a digit beside letters, an inner capital, or all capitals."""
    if len(word) < 2 or not word[0].isalnum() or word.islower():
        return False
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return False
    uppers = sum(map(str.isupper, letters))
    if "-" in word and not any(map(str.isdigit, word)):
        parts = word.split("-")
        return any(map(shaped, parts)) or (len(parts) > 1 and all(p[:1].isupper() for p in parts))
    inner = uppers > letters[0].isupper() or (not word[0].isalpha() and uppers > 0)
    return inner or (uppers > 0 and any(map(str.isdigit, word))) or (uppers == len(letters) and len(letters) > 1)


def coined(word: str) -> bool:
    """Whether a name is more than an abbreviation: "FooWorld", "Foo2", "FOO-3", but not "SAR"."""
    return shaped(word) and not (word.isupper() and word.isalpha())


def acronym_of(short: str, text: str, end: int) -> str | None:
    """The long form that stands before an acronym at ``end``, or None.

    The letters of the acronym must come in order over the starts of the words.
    """
    letters = [c for c in short.lower() if c.isalnum()]
    if not 2 <= len(letters) <= 14:
        return None
    offset = max(0, end - _REACH)
    before = text[offset:end]
    found: list[str] = (_ASCII_WORDS if before.isascii() else _WORDS).findall(before)[-len(letters) - 6 :]
    words = [w.lower() for w in found]
    best = 0  # how many words it has
    for take in range(1, len(words) + 1):
        if words[-take][0] == letters[0] and _covers(letters, words[-take:]):
            best = take
            if take >= min(2, len(letters)):
                break
    if not best:
        return None
    start = len(before)
    for word in reversed(found[-best:]):
        start = before.rfind(word, 0, start)
    return before[start:].strip(" (")


def _covers(letters: list[str], words: list[str]) -> bool:
    """Whether the letters are taken, in order, from the heads of the words.

    One letter or more comes from each word that is used; small words may be passed over, but not the first.
    """
    if [word[0] for word in words] == letters:
        return True
    rest = iter("".join(words))
    if not all(letter in rest for letter in letters):
        return False
    dead: set[tuple[int, int]] = set()

    def walk(letter: int, word: int) -> bool:
        if letter == len(letters):
            return word >= len(words) - 1
        if word == len(words) or (letter, word) in dead:
            return False
        text, at, taken = words[word], 0, letter
        if text[0] == letters[letter]:
            while taken < len(letters) and (at := text.find(letters[taken], at)) >= 0:
                taken, at = taken + 1, at + 1
            for stop in range(letter + 1, taken + 1):  # initials first, then inner letters
                if walk(stop, word + 1):
                    return True
        if word and walk(letter, word + 1):
            return True
        dead.add((letter, word))
        return False

    return walk(0, 0)
