"""The names that a document introduces, and what "our method" stands for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import any_text

from claimx.acronyms import acronym_of, shaped
from claimx.names import build


@pytest.mark.parametrize("word", ["ResNet", "CIFAR-10", "GPT-4", "BERT", "k-NN", "YOLOv8", "3DGS", "mAP", "T5"])
def test_shapes_of_names(word: str) -> None:
    assert shaped(word)


@pytest.mark.parametrize("word", ["the", "Model", "A", "", "12", "two-stage", "Our", "x", "3.5", "(RL)"])
def test_ordinary_words_have_no_shape(word: str) -> None:
    assert not shaped(word)


@pytest.mark.parametrize(
    ("title", "text", "own"),
    [
        ("FennelNet: Sparse Mixing for Cameras", "We mix channels sparsely.", "FennelNet"),
        (None, "We propose FennelNet, a network for cameras.", "FennelNet"),
        (None, "We introduce a new layer, called Tidefold, for small images.", "Tidefold"),
        (None, "Our method, dubbed Fox, is small.", "Fox"),
        (None, "We introduce Gated Tide Mixing (GTM), a layer for vision. GTM is fast.", "GTM"),
        (None, "In this paper, we present a framework named OwlTree for search.", "OwlTree"),
        (None, "We study how people read.", None),
        (None, "", None),
    ],
)  # fmt: skip
def test_the_method_of_a_document(title: str | None, text: str, own: str | None) -> None:
    register = build(title, text)
    assert (register.own.name if register.own else None) == own


@pytest.mark.parametrize(
    ("title", "text", "bench"),
    [
        ("PuddleQA: A Benchmark of Everyday Physics", "PuddleQA has many questions.", "PuddleQA"),
        (None, "We release HarborBench, a benchmark of harbour scenes.", "HarborBench"),
        (None, "We propose FennelNet, a network for cameras.", None),
    ],
)  # fmt: skip
def test_the_benchmark_of_a_document(title: str | None, text: str, bench: str | None) -> None:
    register = build(title, text)
    assert (register.bench.name if register.bench else None) == bench
    assert bench is None or register.own is None, "a benchmark is not the document's method"


def test_long_and_short_form_are_one_name() -> None:
    register = build(None, "We introduce Gated Tide Mixing (GTM), a layer for vision. GTM is fast.")
    assert register.by_surface["Gated Tide Mixing"] is register.by_surface["GTM"]
    assert register.first_words >= {"Gated", "GTM"}


def test_names_of_the_field_are_not_the_documents_own() -> None:
    text = "BERT (Bidirectional Encoder Representations from Transformers) is tested. We propose FennelNet, a network."
    register = build(None, text, lambda name, strength: name == "BERT")
    assert register.own is not None
    assert register.own.name == "FennelNet"


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("GTM", "We use Gated Tide Mixing ", "Gated Tide Mixing"),
        ("CNN", "a convolutional neural network ", "convolutional neural network"),
        ("XYZ", "We use Gated Tide Mixing ", None),
        ("A", "We use Attention ", None),
    ],
)  # fmt: skip
def test_long_form_of_an_acronym(short: str, before: str, long: str | None) -> None:
    assert acronym_of(short, before + f"({short})", len(before)) == long


@settings(deadline=None, max_examples=150, derandomize=True)
@given(any_text, any_text)
def test_any_text_has_a_register(title: str, text: str) -> None:
    register = build(title, text)
    for surface, name in register.by_surface.items():
        assert surface in (name.name, *name.aliases)
