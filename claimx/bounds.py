"""The words around a number, from ``grammars/lexicon/hedges.toml``: hedges that bound it, labels that swallow it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claimx import shape
from claimx.errors import GrammarError
from claimx.resources import grammars_dir, read_toml

BOUNDS = ("~", "<", ">", "<=", ">=")
_LISTS = ("filler", "reference", "capital", "family", "month", "repeat")
_REACH = 56  # characters of left context: the longest hedge, three fillers
_MAX_FILLERS = 4
_SIGNS = frozenset("~∼≈<>≤≥")


class Hedges(NamedTuple):
    """The compiled word lists: ``before`` and ``after`` by last and first word of a phrase, the others as sets."""

    before: dict[str, tuple[tuple[str, str], ...]]
    after: dict[str, tuple[tuple[str, str], ...]]
    filler: frozenset[str]
    reference: frozenset[str]
    capital: frozenset[str]
    family: frozenset[str]
    month: frozenset[str]
    repeat: frozenset[str]
    between: frozenset[str]
    ranging: frozenset[str]


def _due(table: dict[str, Any], key: str, path: Path) -> Any:
    if key not in table:
        raise GrammarError(str(path), f"lacks the section or key {key!r}", hint="those of the grammar that ships")
    return table[key]


@cache
def hedges() -> Hedges:
    """The word lists; raises :class:`GrammarError` if the file is missing or lacks a section."""
    path = grammars_dir() / "lexicon" / "hedges.toml"
    data = shape.table(read_toml(path), path, "the file", ("before", "after", "range", *_LISTS))
    tables = []
    for side, at in (("before", -1), ("after", 0)):
        index: dict[str, list[tuple[str, str]]] = {}
        for bound, phrases in shape.table(_due(data, side, path), path, f"[{side}]", BOUNDS).items():
            for phrase in shape.strings(phrases, path, f"{bound} of [{side}]"):
                index.setdefault(phrase.lower().split()[at], []).append((phrase.lower(), bound))
        tables.append({word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()})
    for sign in _SIGNS - tables[0].keys():
        raise GrammarError(str(path), f"[before] lacks the sign {sign!r}", hint='"~" = ["about", "~"]')
    sets = []
    for name in _LISTS:
        row = shape.table(_due(data, name, path), path, f"[{name}]", ("words",))
        sets.append(frozenset(map(str.lower, shape.strings(_due(row, "words", path), path, f"words of [{name}]"))))
    row = shape.table(_due(data, "range", path), path, "[range]", ("between", "from"))
    between, ranging = (
        frozenset(shape.strings(_due(row, key, path), path, f"{key} of [range]")) for key in ("between", "from")
    )
    filler, reference, capital, family, month, repeat = sets
    return Hedges(tables[0], tables[1], filler, reference, capital, family, month, repeat, between, ranging)


_MARKUP = " ${"
_GLUED_BRACKET = re.compile(r"(?<=[a-z])\((?=[a-z])")  # "figures(between 2% and 5%)"
_STRIP = "(\"'“”‘’[{$,"


def bound_before(text: str, start: int, words: Hedges) -> tuple[str, str]:
    """The bound set by the words directly before ``start``, and the first word left of the hedge or its fillers.

    The bound is empty where there is none. Only a fixed stretch of text is looked at.
    """
    window = text[max(0, start - _REACH) : start].lower().rstrip(_MARKUP).removesuffix("\\textbf").rstrip(_MARKUP)
    left = (_GLUED_BRACKET.sub(" ", window) if "(" in window else window).split()
    for step in range(_MAX_FILLERS):
        if not left:
            return "", ""
        last = left[-1].lstrip(_STRIP).rstrip("$")
        found = words.before.get(last)
        if found is None and last[-1:] in _SIGNS and not (last[-1] == "~" and last[-2:-1].isalnum()):
            return words.before[last[-1]][0][1], ""  # k<5; but of~5 has a LaTeX space
        if found is not None:
            joined = " ".join(left)
            for phrase, bound in found:
                size = phrase.count(" ") + 1
                if size == 1 or (joined.endswith(phrase) and " ".join(left[-size:]).lstrip(_STRIP) == phrase):
                    if len(left) > size:
                        return bound, left[-size - 1].lstrip(_STRIP)
                    return bound, ""
        if last not in words.filler:
            return "", last if not step else left[-1]
        left.pop()
    return "", ""


def bound_after(text: str, end: int, words: Hedges) -> str:
    """The bound set by the words directly after ``end``, else empty."""
    if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isalnum():
        return ">"
    if text[end : end + 1] != " ":
        return ""
    right = text[end + 1 : end + 15].lower()
    found = words.after.get(right.partition(" ")[0])
    if found is not None:
        for phrase, bound in found:
            if right.startswith(phrase) and not right[len(phrase) : len(phrase) + 1].isalpha():
                return bound
    return ""
