"""What is too long to be read is skipped, counted and told, never silently."""

from __future__ import annotations

import json
import time
import warnings
from pathlib import Path

import pytest

import claimx
from claimx.cli import codes, main
from claimx.model import Document, Skipped
from claimx.pipeline import MAX_SENTENCE, MAX_TEXT

FIRST, LAST = "TidalNet reaches 97.3% accuracy on CIFAR-10.", "It cuts latency by 3x."


def long(size: int) -> str:
    """A sentence of ``size`` characters with a number in it."""
    return "The loss " + "word " * ((size - 20) // 5) + "x" * ((size - 20) % 5) + "falls by 5%"[-10:] + "."


def test_a_sentence_as_long_as_the_limit_is_read_and_one_longer_is_not() -> None:
    for size, skips in ((MAX_SENTENCE, 0), (MAX_SENTENCE + 1, 1)):
        told: list[Skipped] = []
        text = f"{FIRST} {long(size)} {LAST}"
        assert len(long(size)) == size
        claims = claimx.extract(text, on_skip=told.append)
        assert {claim.value for claim in claims} >= {97.3}
        assert {claim.delta for claim in claims} >= {-3.0}
        assert len(told) == skips
        for skipped in told:
            assert text[skipped.start : skipped.end] == long(size)
            assert (skipped.paper_id, skipped.reason) == ("", "a sentence longer than 5,000 characters")


def test_places_are_those_of_the_text_as_handed_in() -> None:
    told: list[Skipped] = []
    text = f"A \\textbf{{bold}} start. {long(MAX_SENTENCE + 5)} {LAST}"
    claimx.extract(text, on_skip=told.append)
    assert [text[s.start : s.end] for s in told] == [long(MAX_SENTENCE + 5)]


def test_without_a_hook_a_warning_says_it() -> None:
    with pytest.warns(UserWarning, match=r"not read: characters 0 to 5,001: a sentence longer than 5,000 characters"):
        assert claimx.extract(long(MAX_SENTENCE + 1)) == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        claimx.extract(FIRST)


def test_a_text_over_the_limit_is_skipped_whole_and_at_once() -> None:
    told: list[Skipped] = []
    text = FIRST + " " + "7" * 50_000_000
    begun = time.process_time()
    assert claimx.extract(text, on_skip=told.append) == []
    assert time.process_time() - begun < 1
    assert told == [Skipped("", 0, len(text), "a text longer than 200,000 characters")]
    assert claimx.extract(FIRST + " " * (MAX_TEXT - len(FIRST)), on_skip=told.append) != []
    assert len(told) == 1


def test_documents_are_named() -> None:
    told: list[Skipped] = []
    documents = [Document("a", FIRST), Document("b", long(MAX_SENTENCE + 1) + " " + FIRST)]
    assert [c.paper_id for c in claimx.extract_many(documents, on_skip=told.append)] == ["a", "b"]
    assert [str(s) for s in told] == ["b: characters 0 to 5,001: a sentence longer than 5,000 characters"]


def test_an_explanation_says_what_is_not_read() -> None:
    sentence = claimx.explain(f"{FIRST} {long(MAX_SENTENCE + 1)}").sentences[1]
    assert (sentence.read, sentence.why) == (False, "a sentence longer than 5,000 characters")
    shown = claimx.explain("7" * (MAX_TEXT + 1)).render()
    assert "a text longer than 200,000 characters: not read" in shown
    assert "no number: not read" in claimx.explain("No claim here.").render()


def test_the_summary_counts_them_and_names_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "papers.jsonl", tmp_path / "claims.jsonl"
    texts = [FIRST, *[f"{FIRST} {long(MAX_SENTENCE + 1)}"] * 6, "x" * (MAX_TEXT + 1)]
    path.write_text("".join(json.dumps({"id": f"p{n}", "abstract": text}) + "\n" for n, text in enumerate(texts)))
    assert main(["extract", str(path), "-o", str(out)]) == codes.OK
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "not read: p1: characters 45 to 5,046: a sentence longer than 5,000 characters"
    assert lines[5] == "… and 2 more not read"
    assert lines[6].startswith("8 abstracts, 7 claims, 0 skipped, 7 stretches of text too long to read, ")
    assert len(lines) == 7
    assert len(out.read_text().splitlines()) == 7
