"""What a page shows, computed once from the claims and their texts: plain data, ready for JSON."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimx import display
from claimx.model import Claim, Document
from claimx.report.boards import Shown, disagreements, shown_boards
from claimx.report.marks import FIELDS, Passage, Row, excerpts, fits, passages
from claimx.table import storable

_NAMED = ("method", "baseline", "benchmark", "metric", "kind", "setting", "task", "aggregate", "rule", "check")
_TOP = 10
_STEPS = (0.0, 0.25, 0.5, 0.75, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's content: ``data`` for its script, the rest for its template."""

    data: dict[str, Any]
    facts: list[tuple[str, int]]
    charts: list[Chart]
    boards: Sequence[Shown]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts under a heading, most frequent first or by year; ``filter`` names the column that a name filters by."""

    heading: str
    filter: str
    counts: list[tuple[str, int]]
    others: int = 0


class _Strings:
    """Strings that are written once and pointed to by number; None is −1."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._place: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        if not text:
            return -1
        if text not in self._place:
            self._place[text] = len(self.all)
            self.all.append(text)
        return self._place[text]


def collect(claims: Sequence[Claim], texts: Iterable[Document] | None = None) -> Page:
    """All that the page of ``claims`` shows; of ``texts`` only those with claims are kept."""
    papers: dict[str, list[Row]] = {}
    for row, claim in enumerate(claims):
        papers.setdefault(claim.paper_id, []).append((row, claim))
    read = 0
    abstracts: dict[str, Document] = {}
    for document in texts or ():
        read += 1
        id = storable(document.id)
        if id in papers:
            abstracts.setdefault(id, document)
    whole = {id for id, found in abstracts.items() if fits(storable(found.text), (claim for _, claim in papers[id]))}
    found_boards = shown_boards(claims) or shown_boards(claims, least=1)  # a small table may have no second method
    data = {
        "fields": FIELDS,
        "papers": [_paper(id, rows, abstracts[id] if id in whole else None) for id, rows in papers.items()],
        "claims": _columns(claims, {id: place for place, id in enumerate(papers)}),
        "boards": [_board(board) for board in found_boards],
        "contradictions": [
            {
                "method": found.method,
                "benchmark": found.benchmark,
                "metric": found.metric,
                "setting": found.setting or "",
                "rows": rows,
            }
            for found, rows in disagreements(claims)
        ],
    }
    return Page(data, _facts(claims, len(papers), read), _charts(claims), found_boards,
                _notes(len(papers), len(abstracts), len(whole), texts is not None))  # fmt: skip


def _paper(id: str, rows: Sequence[Row], document: Document | None) -> dict[str, Any]:
    first = rows[0][1]
    text = excerpts(rows) if document is None else passages(storable(document.text), rows)
    return {
        "id": id,
        "title": first.title or storable((document.title if document else None) or ""),
        "source": first.source or "",
        "date": first.published.isoformat() if first.published else "",
        "whole": document is not None,
        "text": [_passage(passage) for passage in text],
        "rows": [row for row, _ in rows],
    }


def _passage(passage: Passage) -> list[Any]:
    """[rows, piece, piece, …]; a piece is its text, or [text, numbers of its fields, rows]."""
    pieces: list[Any] = [
        [piece.text, [FIELDS.index(name) for name in piece.fields], list(piece.rows)] if piece.fields else piece.text
        for piece in passage.pieces
    ]
    return [list(passage.rows), *pieces]


def _columns(claims: Sequence[Claim], places: dict[str, int]) -> dict[str, Any]:
    strings = _Strings()
    columns: dict[str, Any] = {"paper": [places[claim.paper_id] for claim in claims]}
    for name in _NAMED:
        columns[name] = [strings(getattr(claim, name)) for claim in claims]
    columns |= {
        "value": [_finite(claim.value) for claim in claims],
        "delta": [_finite(claim.delta) for claim in claims],
        "valueText": [strings(display.value(claim)) for claim in claims],
        "deltaText": [strings(display.delta(claim)) for claim in claims],
        "baselineText": [strings(display.baseline(claim)) for claim in claims],
        "derived": [int(claim.delta_derived) for claim in claims],
        "improved": [-1 if claim.improved is None else int(claim.improved) for claim in claims],
        "confidence": [_finite(claim.confidence, 3) for claim in claims],
    }
    return {"strings": strings.all, **columns}


def _finite(number: float | None, digits: int | None = None) -> float | None:
    if number is None or not math.isfinite(number):
        return None
    return number if digits is None else round(number, digits)


def _board(shown: Shown) -> dict[str, Any]:
    return {
        "benchmark": shown.board.benchmark,
        "metric": shown.board.metric,
        "unit": display.unit(shown.board.unit or ""),
        "better": shown.board.better,
        "methods": shown.methods,
        "entries": [
            [entry.row, entry.standing.rank, _finite(entry.standing.value), entry.standing.method or "",
             entry.standing.written, entry.standing.setting or "", entry.standing.reason or ""]
            for entry in shown.entries
        ],
    }  # fmt: skip


def _facts(claims: Sequence[Claim], papers: int, read: int) -> list[tuple[str, int]]:
    facts = [("abstracts read", read)] if read else []
    return [
        *facts,
        ("papers with claims", papers),
        ("claims", len(claims)),
        *((plural, len({getattr(claim, column) for claim in claims} - {None}))
          for column, plural in (("method", "methods"), ("benchmark", "benchmarks"), ("metric", "metrics"))),
    ]  # fmt: skip


def _charts(claims: Sequence[Claim]) -> list[Chart]:
    charts = [_chart("Claims by kind", "kind", claims), _years(claims),
              _chart("Benchmarks", "benchmark", claims), _chart("Metrics", "metric", claims),
              _sureness(claims)]  # fmt: skip
    return [chart for chart in charts if chart.counts]


def _chart(heading: str, column: str, claims: Sequence[Claim]) -> Chart:
    counts = Counter(name for claim in claims if (name := getattr(claim, column)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Chart(heading, column, ordered[:_TOP], max(0, len(ordered) - _TOP))


def _years(claims: Sequence[Claim]) -> Chart:
    """Claims by year, the many years before the last ones in one line."""
    years = Counter(claim.published.year for claim in claims if claim.published)
    recent = sorted(years)[-_TOP + 1 :] if len(years) > _TOP else sorted(years)
    counts = [(str(year), years[year]) for year in recent]
    if len(recent) < len(years):
        counts.insert(0, (f"before {recent[0]}", sum(count for year, count in years.items() if year < recent[0])))
    return Chart("Claims by year", "", counts)


def _sureness(claims: Sequence[Claim]) -> Chart:
    """Claims by confidence, in the steps in which the README tells how often rows are right."""
    sure = [claim.confidence for claim in claims if claim.confidence is not None]
    steps = [(low, high, sum(low <= share < high for share in sure)) for low, high in itertools.pairwise(_STEPS)]
    counts = [(f"{low:g} to {min(high, 1.0):g}", count) for low, high, count in steps]
    return Chart("Claims by confidence", "", counts if sure else [])


def _notes(papers: int, found: int, whole: int, given: bool) -> list[str]:
    if not given:
        return []
    notes = []
    if papers > found:
        notes.append(f"{display.counted(papers - found, 'paper')} had no abstract in the texts: "
                     "the sentences of the claims are shown.")  # fmt: skip
    if found > whole:
        notes.append(f"{display.counted(found - whole, 'abstract')} differ from what the claims were made on: "
                     "the sentences of the claims are shown.")  # fmt: skip
    return notes
