"""Words of a sentence: hyphenated and digit-bearing names stay whole, possessives and other punctuation stand alone."""

from __future__ import annotations

import re

import regex

Span = tuple[int, int]

_TOKEN = r"""
    (?:['’]s\b)                                   # possessive
  | (?:e\.g\.|i\.e\.|et\ al\.|vs\.|v\.s\.|resp\.|w\.r\.t\.|etc\.|avg\.|approx\.)
  | [#]?\w(?:\w|[.'’&](?=\w)(?!['’]s\b)(?<!['’])|(?<=\w)['’](?!s\b)(?=\w)|[-‐‑](?=\w)|[@^+_*](?=[\w({])
    |/(?=[0-9][\w\-]*+(?!/))|[{}](?=\w))*+(?:\+{1,2}|\*)?
  | [^\s\x1c-\x1f]                                  # separators that str.split takes for space and \s does not
    """
_ANY = regex.compile(_TOKEN, regex.VERBOSE)
_ASCII = re.compile(_TOKEN, re.VERBOSE)  # twice as fast; the two differ in letters beyond ASCII alone


def spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Half-open spans of the words and marks of ``text[start:end]``."""
    found = (_ASCII if text.isascii() else _ANY).finditer(text, start, len(text) if end is None else end)
    return [m.span() for m in found]
