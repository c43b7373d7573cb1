"""The stages in order: what comes in, what goes out, and that cost grows with the text and not faster."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from claimx.explain import Step
from claimx.model import Claim, Document
from claimx.pipeline import explain, extract, extract_document, extract_many, extractor

TEXT = "We propose Tidefold, a new layer. Tidefold achieves 90.1\\% accuracy on SST-2."


def test_claims_point_into_the_text_as_handed_in() -> None:
    [claim] = extract(TEXT)
    assert (claim.method, claim.benchmark, claim.metric, claim.value, claim.unit) == (
        "Tidefold", "SST-2", "accuracy", 90.1, "percent",
    )  # fmt: skip
    assert TEXT[claim.value_start : claim.value_end] in ("90.1\\%", "90.1")
    assert TEXT[claim.sentence_start : claim.sentence_end] == "Tidefold achieves 90.1\\% accuracy on SST-2."


def test_the_title_names_the_method() -> None:
    text = "Our method achieves 90.1% accuracy on SST-2."
    [with_title], [without] = extract(text, "TideFold: A Layer for Small Images"), extract(text)
    assert with_title.method == "TideFold"
    assert without.method != "TideFold"


def test_a_document_hands_its_own_fields_on() -> None:
    document = Document("p7", TEXT, "Tidefold: A Layer", "in.jsonl", dt.date(2024, 2, 29))
    [claim] = extract_document(document)
    assert (claim.paper_id, claim.title, claim.source, claim.published) == (
        "p7", "Tidefold: A Layer", "in.jsonl", dt.date(2024, 2, 29),
    )  # fmt: skip


def test_many_documents_are_read_one_at_a_time() -> None:
    taken = []

    def documents() -> Iterator[Document]:
        for number in range(3):
            taken.append(number)
            yield Document(str(number), TEXT)

    claims = extract_many(documents())
    assert taken == []
    first: Claim = next(iter(claims))
    assert (first.paper_id, taken) == ("0", [0])
    assert [claim.paper_id for claim in claims] == ["1", "2"]


@pytest.mark.parametrize("text", ["", " ", "\n", "No number stands here.", "12 models were read.", "\x00", "%" * 50])
def test_a_text_without_claims(text: str) -> None:
    assert extract(text) == []


def test_the_grammar_loads_once() -> None:
    assert extractor() is extractor()


def test_a_watcher_sees_each_sentence_that_is_read() -> None:
    steps: list[Step] = []
    claims = extractor().extract(TEXT, None, steps.append)
    assert len(steps) == 1
    assert steps[0].claims == claims
    assert len(steps[0].encoded) == len(steps[0].tokens), "one character for one token"


def test_unsure_claims_can_be_left_out() -> None:
    text = "QuarkNet reaches 91% accuracy on SVHN. Another 12.5 was seen with 3.5 points."
    claims = extract(text)
    levels = sorted({claim.confidence for claim in claims if claim.confidence is not None})
    assert len(levels) > 1, "the text has claims of several confidences"
    sure = [claim for claim in claims if claim.confidence == levels[-1]]
    document = Document("a", text)
    for floor, kept in ((0.0, claims), (levels[0], claims), (levels[-1], sure)):
        assert extract(text, min_confidence=floor) == kept
        assert [replace(claim, paper_id="") for claim in extract_document(document, floor)] == kept
        assert [replace(claim, paper_id="") for claim in extract_many([document], min_confidence=floor)] == kept


@pytest.mark.parametrize("floor", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_none_is_refused_at_once(floor: float) -> None:
    for refuse in (lambda: extract("A 5% gain.", min_confidence=floor), lambda: extract_many([], floor)):
        with pytest.raises(ValueError, match="legal are numbers from 0 to 1"):
            refuse()


def test_watching_changes_nothing() -> None:
    assert [view for sentence in explain(TEXT).sentences for view in sentence.claims] != []
    assert extractor().extract(TEXT, None, lambda step: None) == extract(TEXT)


HOSTILE = {
    "digits": "9",
    "numbers": "3.5% ",
    "list": "1.2, ",
    "brackets": "(",
    "braces": "{\\frac{",
    "dollars": "$",
    "capitals": "Ab ",
    "hyphens": "a-",
    "names": "CIFAR-10, ",
    "improves": "improves accuracy by 2% ",
    "ranges": "1-2-",
    "words": "two orders of magnitude ",
    "spaces": " ",
    "points": ".",
    "results": "FooNet achieves 3.5% accuracy on CIFAR-10, and ",
}


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        extract(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_cost_grows_with_the_text(name: str) -> None:
    """Four times the text may take four times the time and a margin; squares would take sixteen times."""
    piece = HOSTILE[name]
    count = 2000 // len(piece)
    texts = [f"Here 3.5% {piece * (count * k)}." for k in (1, 4)]
    small, large = map(_seconds, texts)
    for _ in range(5):  # on a busy machine
        if large >= 9 * small + 0.02:
            small, large = min(small, _seconds(texts[0])), min(large, _seconds(texts[1]))
    assert large < 9 * small + 0.02, (small, large)
