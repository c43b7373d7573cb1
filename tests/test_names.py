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
        # the name modifies what is proposed, and is none
        (None, "We propose a DNA folding network for cells.", None),
        (None, "We introduce an SE(3)-equivariant layer for grasping.", None),
        (None, "We present a WebSim-compatible training loop.", None),
        (None, "The proposed RFID antenna costs little.", None),
        (None, "We present a full-stack tide forecasting (TF) system for ports.", None),
        (None, "We develop a fox detector with a long reach. LLMs developed in the United States fail.", None),
        # … but what a name modifies without an article is part of it
        (None, "We propose Fox pruning, which cuts half of the layers.", "Fox pruning"),
        (None, "We propose the FennelNet framework for cameras.", "FennelNet"),
        (None, "We introduce tide-Fox folding and unfolding (TFU), a layer.", "TFU"),
        # measures, phenomena and what others made are not the method
        (None, "We define a metric called TideScore. We propose FennelNet, a network.", "FennelNet"),
        (None, "We identify a phenomenon called Tide Collapse.", None),
        (None, "We apply a method called Tide Transformers to cameras.", "Tide Transformers"),
        (None, "We apply a method called TideFormer to cameras. We propose FennelNet, a network.", "FennelNet"),
        (None, "We propose FennelNet, a network. Our network introduces the Tide Fold module.", "FennelNet"),
        (None, "Our code is on GitHub. The proposed GitHub page is long.", None),
        # other ways of introducing
        (None, "We propose a simple method – multi-tide contrastive pretraining (MTCP). It is fast.", "MTCP"),
        (None, "This paper presents, FennelNet, a network for cameras.", "FennelNet"),
        (None, "FOLM (Foxes Over Long Meadows), a planner for fields, is fast.", "FOLM"),
        (None, "We present a new scheme, “Fold then Mend”, for cameras.", "Fold then Mend"),
        (None, "We present a training method called sense tuning for small models.", "sense tuning"),
        (None, "In Fennel-7B, a network for tides, loss grows.", None),
        ("Tiny Fox Learning (tinyFL) for Ports", "We learn on small chips.", "tinyFL"),
        ("Introducing FennelNet: A Network for Cameras", "FennelNet is fast.", "FennelNet"),
        ("FennelNet: Dataset Distillation for Cameras", "FennelNet is fast.", "FennelNet"),
        # a title that speaks of a finding or puns names no method
        ("Broken Tides: The Cost of Short Chains", "Chains of thought break.", None),
        ("Counting Foxes: Small Models for Fields", "Fields are wide.", None),
        ("Tide Neglect: How Models Forget", "Tide Neglect occurs often.", None),
        (None, "We study how people read.", None),
        (None, "", None),
    ],
)  # fmt: skip
def test_the_method_of_a_document(title: str | None, text: str, own: str | None) -> None:
    register = build(title, text)
    assert (register.own.name if register.own else None) == own


def test_the_short_form_of_what_a_name_is_said_to_be_is_not_its_own() -> None:
    register = build(None, "We propose Genfold, a hybrid Genetic Algorithm (GA) to fold tides. The GA is slow.")
    assert register.by_surface["Genfold"].name == "Genfold"
    assert register.by_surface["GA"].name == "GA"


@pytest.mark.parametrize(
    ("title", "text", "bench"),
    [
        ("PuddleQA: A Benchmark of Everyday Physics", "PuddleQA has many questions.", "PuddleQA"),
        (None, "We release HarborBench, a benchmark of harbour scenes.", "HarborBench"),
        ("TideData: A Wide and Deep Tide Dataset for Ports", "TideData has many tides.", "TideData"),
        ("TideMap: Mapping Tides across Ports and Corpora", "TideMap is fast.", None),
        (None, "We introduce the Mostly Wet Questions (MWQ) dataset, with many tides. MWQ is hard.", "MWQ"),
        (None, "We release TideQA, a benchmark of tides. Tide-QA and TideQA-Hard are hard.", "TideQA"),
        (None, "In FennelNet, a key challenge is the tide.", None),
        (None, "We propose FennelNet, a network for cameras.", None),
    ],
)  # fmt: skip
def test_the_benchmark_of_a_document(title: str | None, text: str, bench: str | None) -> None:
    register = build(title, text)
    assert (register.bench.name if register.bench else None) == bench
    assert bench is None or register.own is None, "a benchmark is not the document's method"


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("We propose a two-stage training scheme for cameras.", "two-stage training scheme"),
        ("We present a novel, end-to-end tide workflow that is fast.", "end-to-end tide workflow"),
        ("This paper presents the design and fabrication of a jumping fox robot for fields.", "jumping fox robot"),
        ("We use a fold based on tides. We present a fold based tide method.", "fold based tide method"),
        ("We build a corpus comprising tides. We propose a tide-aware fold for ports.", "tide-aware fold"),
        ("We propose a region-of-interest (ROI) based fold for ports.", "region-of-interest (ROI) based fold"),
        ("A compliant fox gripper for soft fruit is presented.", "compliant fox gripper"),
        ("We develop a fold framework guaranteeing short tides.", "fold framework"),
        ("We demonstrate a high correlation between tides.", None),
        ("We show the effect of tides.", None),
    ],
)  # fmt: skip
def test_the_description_of_a_method(text: str, described: str | None) -> None:
    assert build(None, text).descriptive == described


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("This indicates model size matters. Our proposed method is fast.", "Our proposed method"),
        ("This suggests an approach to tides.", None),
        ("Our prior method was slow.", None),
        ("We propose a two-stage training scheme. This method is fast.", None),
        ("Tides matter. This method is fast.", "This method"),
    ],
)  # fmt: skip
def test_how_a_document_speaks_of_its_method(text: str, ours: str | None) -> None:
    assert build(None, text).ours == ours


@pytest.mark.parametrize(
    ("title", "text", "phrase"),
    [
        ("Tide Folding Mitigates Drift in Ports", "We use tide folding.", "tide folding"),
        ("Better Ports through Tide Folding", "We use tide folding.", "tide folding"),
        ("Large Language Models for Ports", "Large language models are wide.", None),
        ("A Convergence Analysis of Tides", "We give a convergence analysis.", None),
    ],
)  # fmt: skip
def test_a_phrase_of_the_title(title: str, text: str, phrase: str | None) -> None:
    assert build(title, text).phrase == phrase


@pytest.mark.parametrize(
    ("text", "studied"),
    [
        ("We evaluate seven tide models on ports.", "seven tide models"),
        ("We study why tide models fail.", None),
        ("We assess the accuracy of models.", None),
    ],
)  # fmt: skip
def test_what_a_study_studies(text: str, studied: str | None) -> None:
    assert build(None, text).studied == studied


@pytest.mark.parametrize(
    ("text", "own", "rivals"),
    [
        ("We propose Tidefold, a layer. We also introduce Mudfold, a method.", "Tidefold", ["Mudfold"]),
        ("We propose Tidefold, a layer. It is fast.", "Tidefold", []),
        (
            "We propose Tidefold, Tidefold is fast. We propose Foxfold, a layer. We propose Mudfold, a layer. "
            "We propose Owlfold, a layer.",
            "Tidefold", ["Foxfold", "Mudfold"],
        ),
        ("We release TideQA, a benchmark of tides. We propose Tidefold, a layer.", "Tidefold", []),
    ],
)  # fmt: skip
def test_the_other_methods_of_a_document(text: str, own: str, rivals: list[str]) -> None:
    register = build(None, text)
    assert register.own is not None
    assert (register.own.name, [name.name for name in register.rivals]) == (own, rivals)


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
