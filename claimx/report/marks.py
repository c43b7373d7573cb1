"""Where the fields of claims stand in their texts: texts cut into sentences, sentences into marked pieces.

Offsets are code points on the way in; what comes out are strings, so that nobody downstream needs to count.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimx.model import Claim, Span

FIELDS = ("value", "change", "baseline", "method", "metric", "benchmark")
"""What is marked, in the order in which a legend has them; ``baseline`` is its name as well as its value."""

_NUMBERS = (("value", "value"), ("change", "delta"), ("baseline", "baseline_value"))
_NAMES = (("baseline", "baseline_text"), ("method", "method_text"), ("metric", "metric_text"),
          ("benchmark", "benchmark_text"))  # fmt: skip

Row = tuple[int, Claim]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that is a field of the claim in row ``row``."""

    start: int
    end: int
    field: str
    row: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks: their fields, the closest first, and their rows; both empty if unmarked."""

    text: str
    fields: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in pieces, with the rows of the claims that it states: a sentence, or what lies between."""

    pieces: tuple[Piece, ...]
    rows: tuple[int, ...] = ()


def fits(text: str, claims: Iterable[Claim]) -> bool:
    """Whether ``text`` is the text that the spans of ``claims`` point into, as far as their sentences can tell."""
    return all(
        claim.sentence is None or text[claim.sentence_start or 0 : claim.sentence_end or 0] == claim.sentence
        for claim in claims
    )


def passages(text: str, rows: Sequence[Row]) -> list[Passage]:
    """All of ``text``, in order: the sentences of the claims, which lead back to their rows, and what lies between."""
    marks: list[Mark] = []
    stated: list[tuple[Span, int]] = []
    for row, claim in rows:
        numbers = _numbers(claim, row, len(text))
        span = _sentence(claim, numbers, len(text))
        marks += numbers
        if span is not None:
            marks += _names(claim, row, text, span, numbers)
            stated.append((span, row))
    out: list[Passage] = []
    at = 0
    for (start, end), here in _merged(stated):
        if start > at:
            out.append(Passage(cut(text, at, start, marks)))
        out.append(Passage(cut(text, start, end, marks), here))
        at = end
    if at < len(text):
        out.append(Passage(cut(text, at, len(text), marks)))
    return out


def excerpts(rows: Sequence[Row]) -> list[Passage]:
    """The sentences of the claims alone, in the order of the text that they are from."""
    found: dict[tuple[int, str], list[Row]] = {}
    for row, claim in rows:
        if claim.sentence:
            found.setdefault((claim.sentence_start or 0, claim.sentence), []).append((row, claim))
    out: list[Passage] = []
    for (start, sentence), here in sorted(found.items(), key=lambda item: item[0]):
        marks: list[Mark] = []
        for row, claim in here:
            numbers = [Mark(mark.start - start, mark.end - start, mark.field, row)
                       for mark in _numbers(claim, row, start + len(sentence)) if mark.start >= start]  # fmt: skip
            marks += numbers
            marks += _names(claim, row, sentence, (0, len(sentence)), numbers)
        out.append(Passage(cut(sentence, 0, len(sentence), marks), tuple(sorted({row for row, _ in here}))))
    return out


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """``text[start:end]`` cut wherever a mark begins or ends; overlapping marks share the pieces they overlap in.

    The shortest mark comes first in a piece's fields: a number within a name is still to be seen.
    """
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    within.sort(key=lambda mark: (mark.end - mark.start, FIELDS.index(mark.field), mark.row))
    edges = sorted({start, end, *(at for mark in within for at in (mark.start, mark.end) if start < at < end)})
    pieces = []
    for one, other in itertools.pairwise(edges):
        over = [mark for mark in within if mark.start <= one and other <= mark.end]
        fields = tuple(dict.fromkeys(mark.field for mark in over))
        pieces.append(Piece(text[one:other], fields, tuple(sorted({mark.row for mark in over}))))
    return tuple(pieces)


def _numbers(claim: Claim, row: int, length: int) -> list[Mark]:
    marks = []
    for field, column in _NUMBERS:
        start, end = getattr(claim, column + "_start"), getattr(claim, column + "_end")
        if start is not None and end is not None and 0 <= start < end <= length:
            marks.append(Mark(start, end, field, row))
    return marks


def _sentence(claim: Claim, numbers: Sequence[Mark], length: int) -> Span | None:
    """The span of the claim's sentence; of its numbers where the table has no sentence."""
    start, end = claim.sentence_start, claim.sentence_end
    if start is not None and end is not None and 0 <= start < end <= length:
        return start, end
    if not numbers:
        return None
    return min(mark.start for mark in numbers), max(mark.end for mark in numbers)


def _names(claim: Claim, row: int, text: str, sentence: Span, numbers: Sequence[Mark]) -> Iterator[Mark]:
    """Each name where it stands closest to the claim's number in its sentence, else last before that sentence."""
    start, end = sentence
    number = numbers[0].start if numbers else start
    for field, column in _NAMES:
        name = getattr(claim, column)
        if not name:
            continue
        places = list(_occurrences(text, name, start, end))
        if places:
            at = min(places, key=lambda place: (abs(place - number), place))
        else:
            at = max(_occurrences(text, name, 0, start), default=-1)
        if at >= 0:
            yield Mark(at, at + len(name), field, row)


def _occurrences(text: str, name: str, start: int, end: int) -> Iterator[int]:
    """Where ``name`` stands in ``text[start:end]`` as words of its own."""
    at = text.find(name, start, end)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() and name[0].isalnum()) and not (after.isalnum() and name[-1].isalnum()):
            yield at
        at = text.find(name, at + 1, end)


def _merged(stated: Iterable[tuple[Span, int]]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """The sentences in order with their rows; those that overlap, which only a table made by hand has, become one."""
    current: Span | None = None
    rows: set[int] = set()
    for (start, end), row in sorted(stated):
        if current is not None and start < current[1]:
            current = current[0], max(end, current[1])
        else:
            if current is not None:
                yield current, tuple(sorted(rows))
            current, rows = (start, end), set()
        rows.add(row)
    if current is not None:
        yield current, tuple(sorted(rows))
