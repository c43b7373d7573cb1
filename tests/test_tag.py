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
