"""Finding rare characters in a text, several times faster than a regex that reads every one of its characters."""

from __future__ import annotations


def places(text: str, signs: str) -> list[int]:
    """Where any of the characters ``signs`` stands in ``text``, in order."""
    found: list[int] = []
    find = text.find  # of one character: what C's memchr does
    for sign in signs:
        at = find(sign)
        while at >= 0:
            found.append(at)
            at = find(sign, at + 1)
    found.sort()
    return found
