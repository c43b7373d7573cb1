"""Assembly, by its results: pairing, signs, ellipsis, and who "we" and "it" are."""

from __future__ import annotations

from typing import Any

import pytest

from claimx.model import Claim
from claimx.pipeline import extract


def rows(text: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(claim, name) for name in names) for claim in extract(text)]


def only(text: str) -> Claim:
    [claim] = extract(text)
    return claim


def test_one_number_for_several_benchmarks_is_a_row_for_each() -> None:
    text = "FooNet improves accuracy by 2.1% on CIFAR-10 and SVHN."
    assert rows(text, "benchmark", "delta") == [("CIFAR-10", 2.1), ("SVHN", 2.1)]


def test_lists_pair_in_order() -> None:
    text = "FooNet obtains 44.1, 62.7 and 47.9 AP on COCO, PASCAL VOC and LVIS, respectively."
    assert rows(text, "benchmark", "value") == [("COCO", 44.1), ("PASCAL VOC", 62.7), ("LVIS", 47.9)]


def test_methods_pair_in_order() -> None:
    text = "BERT and RoBERTa reach accuracies of 63.1% and 68.4%, respectively, on SST-2."
    assert rows(text, "method", "value", "benchmark") == [("BERT", 63.1, "SST-2"), ("RoBERTa", 68.4, "SST-2")]


def test_a_metric_holds_for_the_rest_of_its_coordination() -> None:
    text = "FooNet achieves 96.8% accuracy on CIFAR-10 and 81.2% on CIFAR-100."
    assert rows(text, "metric", "value") == [("accuracy", 96.8), ("accuracy", 81.2)]


@pytest.mark.parametrize(
    ("text", "delta", "improved"),
    [
        ("FooNet reduces FID by 1.07.", -1.07, True),
        ("FooNet improves WER by 2.1 points.", -2.1, True),
        ("FooNet improves accuracy by 2.1 points.", 2.1, True),
        ("Noise reduces accuracy by 2.1 points.", -2.1, False),
        ("FooNet increases latency by 12%.", 12.0, False),
        ("FooNet needs 40% fewer parameters than BERT.", -40.0, None),
        ("FooNet doubles throughput.", 2.0, True),
        ("FooNet halves latency.", -2.0, True),
        ("FooNet draws 3 times less additional power than BERT.", -3.0, None),
        ("FooNet is 30% less accurate than BERT.", -30.0, None),
        ("FooNet reduces latency by 3 ms.", -3.0, True),
        ("FooNet improves the landing-site error by 13.9%.", -13.9, True),
        ("FooNet stays within 2.6 F1 points of BERT.", -2.6, False),
    ],
)
def test_signs_follow_the_metrics_own_movement(text: str, delta: float, improved: bool | None) -> None:
    claim = only(text)
    assert claim.delta == delta
    assert improved is None or claim.improved is improved


def test_from_to_is_a_value_and_its_baseline_value() -> None:
    claim = only("FooNet raises accuracy from 35.5% to 44.5% on GSM8K.")
    assert (claim.value, claim.baseline_value, claim.value_high) == (44.5, 35.5, None)
    assert claim.delta is None or claim.delta_derived


def test_the_one_surpassed_is_the_baseline() -> None:
    claim = only("FooNet outperforms BERT by 2.6 points on GLUE.")
    assert (claim.method, claim.baseline, claim.delta, claim.delta_kind) == ("FooNet", "BERT", 2.6, "points")


@pytest.mark.parametrize("who", ["We", "It", "Our method", "The proposed method", "Our model"])
def test_we_and_it_are_the_documents_method(who: str) -> None:
    verb = "improve" if who == "We" else "improves"
    claim = only(f"We propose Tidefold, a new layer. {who} {verb} accuracy by 2.1% on SVHN.")
    assert claim.method == "Tidefold"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FooNet improves BLEU by 0.7 points.", "points"),
        ("FooNet reduces WER by 12% relative.", "relative"),
        ("FooNet cuts training time by 30%.", "relative"),
        ("FooNet trains 3x faster.", "factor"),
        ("FooNet improves accuracy by 2.1%.", "percent"),
    ],
)
def test_kinds_of_change(text: str, kind: str) -> None:
    assert only(text).delta_kind == kind


def test_texts_of_names_stand_as_written() -> None:
    claim = only("FooNet lowers the word error rate by 1.8 points on CIFAR 10.")
    assert (claim.metric, claim.metric_text) == ("WER", "word error rate")
    assert (claim.benchmark, claim.benchmark_text) == ("CIFAR-10", "CIFAR 10")


def test_an_average_is_an_aggregate() -> None:
    claim = only("FooNet achieves an average accuracy of 74.6% across 9 tasks.")
    assert (claim.aggregate, claim.metric, claim.value) == ("mean", "accuracy", 74.6)


@pytest.mark.parametrize(
    "text",
    [
        "We train models with 7B and 13B parameters.", "We release 12 datasets with 314 dialogues.",
        "We use 8 GPUs for 3 days.",
        "The study began in 2021.", "Images have 512x512 pixels.",
        "See Section 4.2 and Table 3.", "We set k = 10 in all runs.",
        "It took 1st place in the challenge.",
        "The arm is 20 mm in length, 12 mm in height.", "The arm has a length of 0.8 m.",
        "We drove the cart over a distance of 3.7 km.", "FooNet still works under 0%-50% missing sensors.",
        "We vary plot sizes scaling from 100 to 250 m.", "The tip is narrow (0.7 mm).",
        "FooNet was trained with Adam and dropout (0.3).",
    ],
)  # fmt: skip
def test_sizes_settings_years_and_ranks_are_no_claims(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "FooNet reaches 97.3% accuracy on SVHN (1.8% improvement) and 93.5% on CIFAR-10 (4.5% improvement).",
            [(97.3, 1.8), (93.5, 4.5)],
        ),
        (
            "FooNet reaches 60.1% and 58.4% mIoU on ADE20K and COCO, which are improvements of 3.6% and 4.1%.",
            [(60.1, 3.6), (58.4, 4.1)],
        ),
        (
            "FooNet reaches 73.8% accuracy and 72.6% F1, outperforming BERT by 7.1%.",
            [(73.8, None), (72.6, None), (None, 7.1)],
        ),
        ("FooNet improves BERT on SST-2 and CoLA (up to 9.7%, 5.5%).", [(None, 9.7), (None, 5.5)]),
        ("FooNet beats BERT by attaining 2.2% MAPE.", [(2.2, None)]),
        ("FooNet brings a 2.5x speedup and a 54% memory reduction.", [(None, 2.5), (None, -54.0)]),
        ("FooNet brings 4.7x FLOPs reduction and 2.9x compression.", [(None, -4.7), (None, 2.9)]),
        ("FooNet reaches 89.3% accuracy on SST-2, outperforming BERT by 3.1%.", [(89.3, 3.1)]),
        ("FooNet reaches 62.7% accuracy in heterogeneous tests, 3.1% higher than BERT.", [(62.7, 3.1)]),
        ("FooNet beats other pruning methods by 7.1%.", [(None, 7.1)]),
        ("FooNet reaches 73.5% F1 [95% Confidence Interval (CI): 67.0-79.9] on SST-2.", [(73.5, None)]),
        ("FooNet raises 12x increases in cache hit rate and error rate reductions.", [(None, 12.0)]),
        ("FooNet gains mIoU on COCO (+0.3 and +0.4 over BERT).", [(None, 0.3), (None, 0.4)]),
        ("Errors fall with FooNet: recall reaches 80% at 41 FPS.", [(80.0, None), (41.0, None)]),
    ],
)  # fmt: skip
def test_values_and_their_changes(text: str, expected: list[tuple[float | None, float | None]]) -> None:
    assert rows(text, "value", "delta") == expected


def test_settings_beside_values_are_no_rows() -> None:
    assert rows("FooNet keeps 88% accuracy at 30% budget.", "value") == [(88.0,)]
    assert rows("With a compression rate of 20%, FooNet reaches 88% accuracy.", "value") == [(88.0,)]
    assert rows("FooNet improves TPR by 8.9% at FPR=0.01%.", "delta") == [(8.9,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FooNet needs 1.5 s as compared to 7.4 s for ResNet-50.", [("FooNet", 1.5), ("ResNet-50", 7.4)]),
        ("FooNet reaches an FVD of 831 against 799 for ResNet-50.", [("FooNet", 831.0), ("ResNet-50", 799.0)]),
        (
            "FooNet has an AUC of 0.88 versus 0.28 for ResNet-50, and an RMSE of 0.02 versus 0.41.",
            [("FooNet", 0.88), ("ResNet-50", 0.28), ("FooNet", 0.02), ("ResNet-50", 0.41)],
        ),
    ],
)
def test_the_one_compared_with_has_a_row(text: str, expected: list[tuple[str, float]]) -> None:
    assert rows(text, "method", "value") == expected


def test_every_row_tells_its_rule_and_its_sentence() -> None:
    text = "We propose Tidefold. It achieves 90.1% accuracy on SST-2 and trains 3x faster than BERT."
    claims = extract(text)
    assert len(claims) == 2
    for claim in claims:
        assert claim.rule
        assert claim.sentence == text[claim.sentence_start : claim.sentence_end]
        assert claim.confidence is None or 0 <= claim.confidence <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On SVHN, FooNet obtains 79.5% accuracy, exceeding BarNet's 76.8%.",
         [("FooNet", 79.5, "result"), ("BarNet", 76.8, "baseline")]),
        ("FooNet's 93.4% accuracy is the best on SVHN.", [("FooNet", 93.4, "result")]),
    ],
)  # fmt: skip
def test_a_number_belongs_to_its_possessor(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert rows(text, "method", "value", "kind") == expected
