"""Names that only their place tells to be benchmarks, and the names at such places that are none."""

from __future__ import annotations

import pytest

from claimx import names
from claimx.pipeline import extractor
from claimx.quantities import find_quantities


def benches(text: str, title: str | None = None) -> list[str]:
    """The names of the benchmarks in a text of one sentence, none of which any lexicon has."""
    register = names.build(title, text)
    tokens = extractor().tokens(text, 0, len(text), find_quantities(text), register)
    return [token.name or token.text for token in tokens if token.type == "BENCH"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Experiments on QuipRoad show that it gains 3%.", ["QuipRoad"]),
        ("Across ZRX, QuipRoad2, and HuRT, it gains 3%.", ["ZRX", "QuipRoad2", "HuRT"]),
        ("It gains 3% on QuipRoad segmentation.", ["QuipRoad"]),
        ("It gains 3% on Last Verse.", ["Last Verse"]),
        ("It wins on datasets QuipRoad-10 and QuipRoad-20, respectively.", ["QuipRoad-10", "QuipRoad-20"]),
        ("It wins on two corpora (QuipRoad, ZRX).", ["QuipRoad", "ZRX"]),
        ("It wins on three benchmarks -- QuipRoad, ZRX, and 2HopZorb -- by 3%.", ["QuipRoad", "ZRX", "2HopZorb"]),
        ("It wins on data sets such as QuipRoad and ZRX.", ["QuipRoad", "ZRX"]),
        ("It wins on public benchmarks, ZB40 and QZ513.", ["ZB40", "QZ513"]),
        ("Gains are in CIFAR-10 (+2.1), ZorbTest (+1.8), and Zumba1k (+4.5).", ["CIFAR-10", "ZorbTest", "Zumba1k"]),
        ("We take bugs from ZorbJ4 and fix 12% of them.", ["ZorbJ4"]),
        ("It gains 3% on subsets of ZorbJ4.", ["ZorbJ4"]),
        ("On the ZRX test set, it gains 3%.", ["ZRX"]),
        ("Using the Harbour Letter Dataset, it gains 3%.", ["Harbour Letter"]),
        ("It gains 3% on the Harbour corpus", ["Harbour"]),
        ("It gains 3% on real-world Harbour datasets.", ["Harbour"]),
        ("It gains 3% on challenging QuipRoad2 here.", ["QuipRoad2"]),
        ("In zero-shot QuipRoad classification, it gains 3%.", ["QuipRoad"]),
        ("It passes examinations like the ZAT, QMAT, and HRE.", ["ZAT", "QMAT", "HRE"]),
        ("It gains 3% on ZorbBench-Refusal.", ["ZorbBench-Refusal"]),
    ],
)  # fmt: skip
def test_a_place_makes_a_benchmark(text: str, wanted: list[str]) -> None:
    assert benches(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It gains 3% on QuipRoad 2014 and ZRX 2.0 here.", ["QuipRoad 2014", "ZRX 2.0"]),
        ("It gains 3% on the ZRX 2020 dataset.", ["ZRX 2020"]),
        ("It wins the Harbour Letter Challenge by 3%.", ["Harbour Letter Challenge"]),
        ("It is third in the SQuAD Harbour 2025 Challenge.", ["SQuAD Harbour 2025 Challenge"]),
        ("It gains 3% on GLUE training.", ["GLUE"]),
        ("It gains 3% on MMLU Harbour, and loses nothing.", ["MMLU Harbour"]),
        ("It gains 3% on Split QuipRoad-10 in all.", ["Split QuipRoad-10"]),
    ],
)
def test_a_benchmark_has_all_of_its_name(text: str, wanted: list[str]) -> None:
    assert benches(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("On QuipRoad, ZorbNet and HurtNet gain 3%.", ["QuipRoad"]),
        ("On QuipRoad, ZorbNet gains 3%.", ["QuipRoad"]),
        ("On GLUE ZorbNet gains 3%.", ["GLUE"]),
        ("It is built on ZorbNet and gains 3%.", []),
        ("It gains 3% on ZorbNet-7B and on the Zorb GPU.", []),
        ("It gains 3% on Harbour Detection.", []),
        ("Code is on GitHub, and it gains 3%.", []),
        ("It is best on the night split (ZXR = 0.74).", []),
        ("We take data from Florida and gain 3%.", []),
        ("It gains 3% on ZorbNet backbones.", []),
        ("It gains 3% on a standard PC.", []),
        ("It gains 3% with open SAR data.", []),
        ("It sorts massive datasets, and a workbench helps.", []),
    ],
)
def test_other_names_are_none(text: str, wanted: list[str]) -> None:
    assert benches(text) == wanted


def test_the_documents_own_method_is_no_benchmark() -> None:
    assert benches("Tests on ZorbNet show 3% gains.", "ZorbNet: Gated Streams") == []


def test_a_method_by_title_is_no_metric_by_its_long_form() -> None:
    text = "We propose a Tuned Axis Difference (TAXD) method. TAXD gains 3%."
    register = names.build("TAXD: Tuned Axis Difference for Audits", text)
    tokens = extractor().tokens(text, 50, len(text), find_quantities(text), register)
    assert [(token.text, token.type) for token in tokens][:1] == [("TAXD", "METHOD")]


def test_a_lower_case_word_is_no_name_in_capitals() -> None:
    assert benches("It gains 3% on massive data sets.") == []
    assert benches("It gains 3% on cityscapes.") == ["Cityscapes"]
