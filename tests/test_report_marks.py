"""Where the fields of claims are marked in their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ponds import END, START, TEXT, claim, place

from claimx.model import Claim, Document, Span
from claimx.report.data import collect
from claimx.report.marks import Mark, Passage, Piece, cut, excerpts, fits, passages


def plain(found: Sequence[Passage]) -> str:
    return "".join(piece.text for passage in found for piece in passage.pieces)


def marked(found: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    return {piece.text: piece.fields for passage in found for piece in passage.pieces if piece.fields}


def test_fields_are_marked_where_they_stand() -> None:
    found = passages(TEXT, [(4, claim())])
    assert plain(found) == TEXT
    assert [passage.rows for passage in found] == [(), (4,), ()]
    assert marked(found) == {
        "WaveNetta": ("method",),
        "91.2%": ("value",),
        "accuracy": ("metric",),
        "PondBench": ("benchmark",),
        "88.0%": ("baseline",),
    }


def test_overlapping_marks_share_the_piece_they_overlap_in() -> None:
    text = "the PondBench model"
    pieces = cut(text, 0, len(text), [Mark(4, 19, "method", 1), Mark(4, 13, "benchmark", 2), Mark(10, 16, "metric", 3)])
    assert pieces == (
        Piece("the "),
        Piece("PondBe", ("benchmark", "method"), (1, 2)),
        Piece("nch", ("metric", "benchmark", "method"), (1, 2, 3)),
        Piece(" mo", ("metric", "method"), (1, 3)),
        Piece("del", ("method",), (1,)),
    )


def test_a_number_that_two_rows_share_leads_to_both() -> None:
    other = claim(benchmark=None, benchmark_text=None, value=88.0, value_start=place("88.0%")[0],
                  value_end=place("88.0%")[1], baseline_value_start=None, baseline_value_end=None)  # fmt: skip
    found = passages(TEXT, [(0, claim()), (1, other)])
    (piece,) = [piece for passage in found for piece in passage.pieces if piece.text == "88.0%"]
    assert piece.fields == ("value", "baseline")
    assert piece.rows == (0, 1)


def test_a_name_is_marked_where_it_is_closest_and_only_as_a_word() -> None:
    text = "Net is old. NetX beats Net, and Net has 9 F1."
    at = text.index("9")
    start = text.index("NetX")
    row = Claim(paper_id="p", method_text="Net", value_start=at, value_end=at + 1, sentence=text[start:],
                sentence_start=start, sentence_end=len(text))  # fmt: skip
    starts = [len(plain(passages(text, [(0, row)])[:1])), text.rindex("Net")]
    pieces = [piece for passage in passages(text, [(0, row)]) for piece in passage.pieces]
    before = "".join(piece.text for piece in pieces[: next(i for i, p in enumerate(pieces) if "method" in p.fields)])
    assert len(before) == starts[1]
    earlier = replace(row, sentence=text[start:], method_text="Net is old")
    assert marked(passages(text, [(0, earlier)]))["Net is old"] == ("method",)


def test_without_texts_the_sentences_are_shown_with_their_marks() -> None:
    found = excerpts([(0, claim()), (1, claim()), (2, claim(sentence=None))])
    assert [passage.rows for passage in found] == [(0, 1)]
    assert plain(found) == TEXT[START:END]
    assert marked(found)["91.2%"] == ("value",)


@pytest.mark.parametrize(
    "changes",
    [
        {"value_start": -3, "value_end": 4},
        {"value_start": 5, "value_end": 5},
        {"value_start": 9_999, "value_end": 10_000},
        {"sentence_start": 50, "sentence_end": 20},
        {"sentence_start": None, "sentence_end": None, "sentence": None},
        {"method_text": "", "metric_text": "\x00", "benchmark_text": "not there"},
    ],
)
def test_spans_that_no_text_has_do_no_harm(changes: dict[str, Any]) -> None:
    assert plain(passages(TEXT, [(0, claim(**changes))])) == TEXT
    excerpts([(0, claim(**changes))])


def test_sentences_that_overlap_become_one_passage() -> None:
    one, other = claim(), claim(sentence_start=START + 5, sentence_end=len(TEXT), sentence=TEXT[START + 5 :])
    found = passages(TEXT, [(0, one), (1, other)])
    assert [passage.rows for passage in found] == [(), (0, 1)]
    assert plain(found) == TEXT


SPANS = st.tuples(st.integers(-2, 25), st.integers(-2, 25))


@given(text=st.text(max_size=20), spans=st.lists(st.tuples(SPANS, SPANS), max_size=4))
def test_pieces_are_the_text_whatever_the_spans(text: str, spans: list[tuple[Span, Span]]) -> None:
    rows = [
        (row, Claim(value_start=value[0], value_end=value[1], sentence_start=around[0], sentence_end=around[1],
                    sentence="", method_text=text[2:5]))
        for row, (value, around) in enumerate(spans)
    ]  # fmt: skip
    assert plain(passages(text, rows)) == text


def test_another_text_than_the_claims_were_made_on_is_told() -> None:
    assert fits(TEXT, [claim()])
    assert not fits("x" + TEXT, [claim()])
    page = collect([claim()], [Document("p1", "x" + TEXT)])
    assert page.data["papers"][0]["whole"] is False
    assert "1 abstract differ" in page.notes[0]
