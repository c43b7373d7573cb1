"""Tagging: which candidate gets a span, what noun phrases become, and that tokens stay in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import any_text

from claimx import names
from claimx.model import Token
from claimx.pipeline import extractor
from claimx.quantities import find_quantities


def tag(text: str, title: str | None = None) -> list[Token]:
    """The tokens of a text of one sentence."""
    register = names.build(title, text)
    return extractor().tokens(text, 0, len(text), find_quantities(text), register)


def types(text: str, title: str | None = None) -> dict[str, str]:
    return {token.text: token.type for token in tag(text, title)}


def test_a_result_sentence() -> None:
    tokens = tag("FennelNet improves the top-1 accuracy by about 2.1% on CIFAR-10 and SVHN.", "FennelNet: A Network")
    assert [(token.text, token.type) for token in tokens] == [
        ("FennelNet", "METHOD"), ("improves", "WORD"), ("top-1 accuracy", "METRIC"), ("by", "WORD"), ("2.1%", "PCT"),
        ("on", "WORD"), ("CIFAR-10", "BENCH"), ("and", "WORD"), ("SVHN", "BENCH"), (".", "WORD"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "kind"),
    [("44.5%", "PCT"), ("3.2 points", "PTS"), ("2.5x", "FAC"), ("three times", "FAC"),
     ("30 ms", "UNIT"), ("8.4", "NUM")],
)  # fmt: skip
def test_numbers_by_kind(number: str, kind: str) -> None:
    tokens = tag(f"It is lower by {number} overall.")
    assert [token.text for token in tokens if token.data is not None and token.type == kind] == [number]


@pytest.mark.parametrize("name", ["CIFAR-10", "pass@1", "ResNet-50", "GPT-4", "top-5 error", "NDCG@10", "MOT17"])
def test_a_name_keeps_its_digits(name: str) -> None:
    tokens = tag(f"We report {name} here.")
    assert name in [token.text for token in tokens if token.type not in ("WORD", "NP")]
    assert not {"PCT", "NUM", "INT", "FAC", "UNIT", "SIGNED"} & {token.type for token in tokens}


@pytest.mark.parametrize(
    ("surface", "kind", "name"),
    [("word error rate", "METRIC", "WER"), ("CIFAR 100", "BENCH", "CIFAR-100"), ("BERT", "METHOD", "BERT"),
     ("the F1 score", "METRIC", "F1"), ("pass@10", "METRIC", "pass@10")],
)  # fmt: skip
def test_canonical_names(surface: str, kind: str, name: str) -> None:
    assert (kind, name) in [(token.type, token.name) for token in tag(f"We study {surface} here.")]


def test_a_name_of_the_document_beats_its_shape() -> None:
    assert types("HarborBench is hard.", "HarborBench: A Benchmark of Harbours")["HarborBench"] == "BENCH"
    assert types("TidalNet is small.", "TidalNet: Gated Streams")["TidalNet"] == "METHOD"


def test_the_longest_name_wins() -> None:
    assert types("FoldASR reads LibriSpeech test-clean well.")["LibriSpeech test-clean"] == "BENCH"


def test_sizes_belong_to_the_model() -> None:
    assert types("We tune Llama 3.1 8B here.")["Llama 3.1 8B"] == "METHOD"


def test_determiners_are_dropped_and_kept_with_their_phrase() -> None:
    tokens = tag("We raise the accuracy.")
    assert "the" not in [token.text for token in tokens]
    assert [token.det for token in tokens if token.type == "METRIC"] == ["the"]


def test_hedges_belong_to_their_number() -> None:
    assert "about" not in [token.text for token in tag("It gains about 2.1% there.")]


@settings(deadline=None, max_examples=200, derandomize=True)
@given(any_text)
def test_tokens_are_in_order_and_disjoint(text: str) -> None:
    end = 0
    for token in tag(text):
        assert end <= token.start < token.end <= len(text)
        assert len(token.symbol) == 1, "one character stands for one token"
        end = token.end


def metrics(text: str) -> list[tuple[str, str | None]]:
    return [(token.text, token.name) for token in tag(text) if token.type == "METRIC"]


@pytest.mark.parametrize(
    ("sentence", "text", "name"),
    [
        # "score" and "value" add nothing to a metric, and are no metric for each thing scored
        ("It reaches an average IoU score of 0.71.", "average IoU score", "IoU"),
        ("It reaches RMSE values of 0.3 here.", "RMSE", "RMSE"),
        ("It reaches a gardening score of 71.", "gardening score", "gardening score"),
        ("The gardening scores fell by 3%.", "gardening scores", "gardening score"),
        # words that judge are no part of the name
        ("We observe poor forward consistency of 15%.", "forward consistency", "consistency"),
        ("It has a limited colour coverage of 32%.", "colour coverage", "coverage"),
        ("It lifts F1 performance by 3%.", "F1 performance", "F1"),
        ("It lifts sorting performance (nDCG@10) by 3%.", "sorting performance", "NDCG@10"),
        # a noun of quality by its ending
        ("It lifts re-plantability by 4% here.", "re-plantability", "re-plantability"),
        # a verb's base form that stands where a noun does
        ("It gets a 91% drive score here.", "drive score", "drive score"),
        ("It comes at merge cost of 12 ms.", "merge cost", "cost"),
        # names by shape that end in a metric's name
        ("It reaches 52.1% Foo-IoU here.", "Foo-IoU", "Foo-IoU"),
        ("It lifts the Quarry-QA-Score by 3.1%.", "Quarry-QA-Score", "Quarry-QA-Score"),
        ("It gains 4 points in FOO@5 here.", "FOO@5", "FOO@5"),
    ],
)
def test_metric_phrases(sentence: str, text: str, name: str) -> None:
    assert (text, name) in metrics(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It runs in real time at 30 frames.",
        "It adapts at test time to 3 domains.",
        "We use a learning rate of 0.1.",
        "A long short-term memory of 3 layers.",
        "The optical flow of 12 scenes.",
        "Larger models score 54.9% here.",
        "It has 7 degrees of freedom.",
        "We study APLS here.",  # no plural of AP_L
        "It has a capability and 3 vulnerabilities.",
    ],
)
def test_things_and_settings_are_no_metrics(sentence: str) -> None:
    assert metrics(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("FooNet improves over the base model by 3%.", "base model"),  # "base" is a verb too
        ("FooNet is 2x better than base learners.", "base learners"),
        ("FooNet needs 20% less of neural trigger policies.", "neural trigger policies"),
        ("FooNet gains 2.1% over instruct-only data.", "instruct-only data"),  # no adverb
    ],
)
def test_verbs_that_are_nouns_by_their_place(sentence: str, phrase: str) -> None:
    assert types(sentence).get(phrase) == "NP"


@pytest.mark.parametrize(
    "sentence", ["We base FooNet on trees, a gain of 3%.", "They jointly optimize it for 3 hours."]
)
def test_verbs_stay_verbs(sentence: str) -> None:
    assert "base FooNet" not in types(sentence)
    assert "jointly optimize" not in types(sentence)
    assert {types(sentence).get("base"), types(sentence).get("optimize")} & {"WORD"}


def test_an_interval_in_square_brackets_is_an_aside() -> None:
    assert "-0.047" not in types("The effect is small, 0.012 [-0.047, 0.024], on SVHN.")
    assert types("The effect is small, 0.012 [-0.047, 0.024], on SVHN.")["0.012"] == "NUM"


@pytest.mark.parametrize("verb", ["show", "reveal", "demonstrate", "suggest"])
def test_a_verb_after_a_phrase_within_its_subject_is_no_noun(verb: str) -> None:
    assert types(f"Experiments on the Quarry Town dataset {verb} that FooNet gains 3%.").get(verb) == "WORD"
