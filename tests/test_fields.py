"""Which candidates each field of a row has, for plain sentences, and what speaks for them."""

from __future__ import annotations

import pytest
from reading import choices, found, one

from claimx.assemble.candidates import NONE
from claimx.assemble.choose import Choice


def last(text: str, title: str | None = None) -> Choice:
    return choices(text, title)[-1]


# -- whose value it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # without any name there is only "our method", and nobody
        ("Accuracy rises by 3 points.", {"our method", None}),
        ("We reach 9% accuracy.", {"our method", None}),
        # every name and phrase of the sentence
        ("FooNet beats BERT by 3 points.", {"FooNet", "BERT", "our method", None}),
        # the document's own name stands in for "it", and beyond doubt no other phrase does
        ("We propose Tidefold, a new layer. It reaches 9% accuracy.", {"Tidefold", None}),
        ("We propose Tidefold, a new layer. Accuracy rises by 3 points.", {"Tidefold", None}),
        # the other methods that it introduces
        (
            "We propose Tidefold, a layer. We also introduce Mudfold, a method. Our method reaches 9% accuracy.",
            {"Tidefold", "Mudfold", None},
        ),
        # without a name the phrases that stand for it
        (
            "We propose a two-stage training scheme for ports. Our scheme reaches 9% accuracy.",
            {"two-stage training scheme", "our scheme", "our method", None},
        ),
        # a phrase alone and with what it is of
        ("The folding of tides reaches 9% accuracy.", {"folding", "folding of tides", "tides", "our method", None}),
        ("The folding method reaches 9% accuracy.", {"folding method", "our method", None}),
    ],
)  # fmt: skip
def test_who_may_have_the_value(text: str, wanted: set[str | None]) -> None:
    assert found(last(text).method) == wanted


def test_the_own_name_is_told_from_others() -> None:
    method = last("We propose Tidefold, a layer. We also introduce Mudfold. Tidefold beats Mudfold by 3 points.").method
    assert "own own:fair" in one(method, "Tidefold").features
    assert "introduced METHOD 6" in one(method, "Mudfold").features
    assert not any(f.startswith("own ") for f in one(method, "Mudfold").features)


def test_how_a_name_stands_to_the_verb_is_known() -> None:
    method = last("FooNet beats BERT by 3 points.").method
    names = {name: {f.split(" ", 1)[1] for f in one(method, name).features if " " in f} for name in ("FooNet", "BERT")}
    assert {"acts subject", "act:exceed"} <= names["FooNet"]
    assert "no-verb baseline" in names["BERT"]
    assert "role:base" in one(method, "BERT").features


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("BERT beats our method by 3 points.", "our method", "ours=written role:base"),
        ("BERT beats our method by 3 points.", "our method", "ours=written captured baseline exceed-by"),
        ("The best fold reaches 9% accuracy.", "best fold", "NP best"),
        ("The folding method reaches 9% accuracy.", "folding method", "NP method acts"),
        ("The folding of tides reaches 9% accuracy.", "folding of tides", "of"),
        ("Existing methods reach 9% accuracy.", "Existing methods", "BASE existing"),
        ("The average accuracy of FooNet is 9%.", "FooNet", "ACRONYM act:be"),
        ("FooNet has been shown to reach 9%.", "FooNet", "ACRONYM act:achieve"),
        ("BERT and RoBERTa reach 9% and 8% accuracy.", "RoBERTa", "order:same before"),
    ],
)
def test_what_speaks_for_a_method(text: str, name: str, feature: str) -> None:
    assert feature in one(last(text).method, name).features


def test_the_rules_own_proposal_is_among_the_candidates() -> None:
    method = last("FooNet reaches 9% accuracy.").method
    assert [found([c]) for c in method if "rule" in c.features] == [{"FooNet"}]


def test_whose_value_the_row_before_was_is_known() -> None:
    text = "We propose Tidefold, a new layer. It reaches 9% accuracy, and its recall is 8%."
    first, second = choices(text)
    assert not any(f.startswith("last ") for c in first.method for f in c.features)
    assert [c for c in second.method if any(f.startswith("last ") for f in c.features)]


def test_a_rule_that_leaves_nothing_open_is_certain() -> None:
    first, second = choices("BERT and RoBERTa reach 63.1% and 68.4%, respectively, on SST-2.")
    assert [found([c]) for c in first.method if c.certain] == [{"BERT"}]
    assert [found([c]) for c in second.method if c.certain] == [{"RoBERTa"}]
    assert not any(c.certain for c in last("FooNet reaches 9% accuracy.").method)


# -- what it measures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FooNet reaches 9% accuracy.", {"accuracy", None}),
        # each of a list, and all of it
        ("FooNet improves accuracy and F1 by 3 points.", {"accuracy", "F1", "accuracy + F1", None}),
        ("FooNet reaches 9% accuracy, while F1 falls.", {"accuracy", "F1", None}),
        # told by a word of change, a unit, a verb
        ("FooNet is 3x faster than BERT.", {"speed", None}),
        ("FooNet is 3x cheaper than BERT.", {"cost", None}),
        ("FooNet runs in 12 ms.", {"time", None}),
        ("FooNet solves 62% of the tasks.", {"solve rate", "tasks", None}),
        # a phrase that no lexicon has
        ("FooNet raises fold tightness by 3 points.", {"fold tightness", None}),
        # nothing
        ("FooNet beats BERT by 3 points.", {None}),
        # the sentence before tells that of a value, not that of a change
        ("FooNet reaches 8% accuracy. It reaches 9% on SVHN.", {"accuracy", None}),
        ("FooNet reaches 8% accuracy. It gains 3 points on SVHN.", {None}),
    ],
)  # fmt: skip
def test_what_may_be_measured(text: str, wanted: set[str | None]) -> None:
    assert found(last(text).metric) == wanted


@pytest.mark.parametrize(
    ("text", "name", "source", "feature"),
    [
        ("FooNet is 3x faster than BERT.", "speed", "the word of change", "word faster"),
        ("FooNet runs in 12 ms.", "time", "the unit", "unit time"),
        ("FooNet solves 62% of the tasks.", "solve rate", "the verb", "verb solve rate"),
        ("FooNet reaches 8% accuracy. It reaches 9% on SVHN.", "accuracy", "the sentence before", "before metrics0"),
        ("FooNet reaches 9% accuracy.", "accuracy", "metric", "METRIC percent percent"),
        ("FooNet improves accuracy and F1 by 3 points.", "accuracy + F1", "list", "list run1 of2"),
        ("FooNet beats BERT by 3 points.", None, "none", "none delta points"),
    ],
)
def test_where_a_metric_comes_from(text: str, name: str | None, source: str, feature: str) -> None:
    metric = one(last(text).metric, name)
    assert metric.source == source
    assert feature in metric.features


def test_a_metric_is_named_with_what_it_counts() -> None:
    assert "tokens" in found(last("FooNet reduces the number of tokens by 30%.").metric)


def test_more_energy_efficient_is_a_metric_of_two_words() -> None:
    assert found(last("FooNet is 3x more energy efficient than BERT.").metric) == {"energy efficiency", "energy", None}


def test_what_the_document_calls_a_method_is_no_metric() -> None:
    text = "We propose FoldRate, a layer for tides. With FoldRate, accuracy is 9%."
    assert "FoldRate" not in found(last(text).metric)
    assert "FoldRate" in found(last(text).method)


# -- where it was measured --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),  # all together are candidates where they stand in no list
    [
        ("FooNet reaches 9% accuracy.", {None}),
        ("FooNet reaches 9% accuracy on five benchmarks.", {None}),
        ("FooNet reaches 9% accuracy on SVHN.", {"SVHN", None}),
        ("FooNet reaches 9% accuracy on SVHN and GLUE.", {"SVHN", "GLUE", "SVHN + GLUE", None}),
        ("On GLUE, FooNet reaches 9% accuracy, like BERT on SVHN.", {"SVHN", "GLUE", "GLUE + SVHN", None}),
        # the sentence before, as a whole and, for as many numbers, one to one
        ("We evaluate on SVHN and GLUE. FooNet reaches 9% accuracy.", {"SVHN + GLUE", None}),
        (
            "We evaluate on SVHN and GLUE. FooNet reaches 9% and 8% accuracy, respectively.",
            {"SVHN + GLUE", "GLUE", None},
        ),
        # another sentence
        ("We evaluate on SVHN. Tides are wet. FooNet reaches 9% accuracy.", {"SVHN", None}),
        # the document's own
        ("We release HarborBench, a benchmark of harbours. BERT reaches 9% accuracy.", {"HarborBench", None}),
    ],
)
def test_where_it_may_have_been_measured(text: str, wanted: set[str | None]) -> None:
    assert found(last(text).benchmark) == wanted


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("We release HarborBench, a benchmark of harbours. BERT reaches 9% accuracy.", "HarborBench", "document alone"),
        (
            "We release HarborBench, a benchmark of harbours. BERT reaches 9% on SVHN.",
            "SVHN", "not the document's",
        ),
        ("FooNet reaches 9% accuracy on SVHN.", "SVHN", "listed"),
        ("FooNet reaches 9% accuracy on QuipRoad2.", "QuipRoad2", "shaped"),
        ("FooNet reaches 9% accuracy on SVHN and GLUE.", "SVHN + GLUE", "list run1 of2"),
        ("We evaluate on SVHN and GLUE. FooNet reaches 9% and 8% accuracy.", "GLUE", "before in order"),
        ("FooNet reaches 9% accuracy on five benchmarks.", None, "none group4 benches0"),
        ("FooNet reaches 9% accuracy.", None, "none no-group benches0"),
        ("FooNet runs in 12 ms.", None, "none value score"),
        ("FooNet has a latency of 12 ms.", None, "none value resource"),
    ],
)  # fmt: skip
def test_what_speaks_for_a_benchmark(text: str, name: str | None, feature: str) -> None:
    assert feature in one(last(text).benchmark, name).features


def test_a_document_of_many_benchmarks_means_none_in_particular() -> None:
    names = ("SVHN", "GLUE", "CIFAR-10", "COCO", "SQuAD")
    few = " ".join(f"We test on {name}." for name in names[:4]) + " Tides are wet. FooNet reaches 9% accuracy."
    many = " ".join(f"We test on {name}." for name in names) + " Tides are wet. FooNet reaches 9% accuracy."
    assert found(last(few).benchmark) == {" + ".join(names[:4]), None}
    assert found(last(many).benchmark) == {None}


# -- what it is compared with -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Accuracy rises by 3 points.", {None}),
        ("FooNet beats BERT by 3 points.", {"FooNet", "BERT", None}),
        ("Accuracy rises by 3 points over a plain residual network.", {"plain residual network", None}),
        ("The folding method gains 3 points.", {None}),  # no phrase but one that is compared with
        ("We propose Tidefold, a layer. We beat BERT by 3 points.", {"Tidefold", "BERT", None}),
    ],
)
def test_what_it_may_be_compared_with(text: str, wanted: set[str | None]) -> None:
    assert found(last(text).baseline) == wanted


def test_what_speaks_for_a_baseline() -> None:
    baseline = last("We propose Tidefold, a layer. Tidefold beats BERT by 3 points.").baseline
    assert {"METHOD baseline before", "captured baseline exceed-by", "rule"} & set(one(baseline, "BERT").features)
    assert "own subject" in one(baseline, "Tidefold").features
    assert "none marked1" in one(baseline, None).features


# -- the choice -------------------------------------------------------------------------------------------------------


def test_every_row_can_choose_for_every_field() -> None:
    for choice in choices("FooNet reaches 9% accuracy on SVHN and is 3x faster than BERT."):
        for options in (choice.metric, choice.benchmark, choice.baseline, choice.method):
            assert sum(c.probability for c in options) == pytest.approx(1)
            assert len({tuple(n.name for n in c.names) for c in options}) == len(options), "a name twice"
            assert any("rule" in c.features for c in options)
        assert choice.names("baseline") == choice.baseline[0].names
        assert any(c.names == (NONE,) for c in choice.benchmark)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("FooNet and BarNet reach 52% and 57% accuracy, respectively.", "method", ["FooNet", "BarNet"]),
        ("FooNet gains 14% and 4% in AUC and recall, respectively.", "metric", ["AUC", "recall"]),
        ("On SVHN and GLUE, FooNet reaches an accuracy of 52% and 57%, respectively.", "benchmark", ["SVHN", "GLUE"]),
        ("FooNet beats BERT and GPT-2 by 3% and 5%, respectively.", "baseline", ["BERT", "GPT-2"]),
    ],
)  # fmt: skip
def test_respectively_leaves_nothing_open(text: str, field: str, wanted: list[str]) -> None:
    best = [choice.candidates(field)[0] for choice in choices(text)]
    assert [c.names[0].name for c in best] == wanted
    assert all(c.certain for c in best)
