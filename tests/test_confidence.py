"""How sure a row is: the facts about its number, the steps of its names' probabilities, the logistic of both."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import rows

from claimx.assemble.confidence import JUDGED, confidence, facts, steps
from claimx.explain import Step
from claimx.pipeline import extract, extractor

chances = st.floats(0, 1)
judged = st.fixed_dictionaries(dict.fromkeys(JUDGED, chances))
weights = st.dictionaries(st.sampled_from(["bias", "a", "b", "c"]), st.floats(-1e6, 1e6))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "FooNet reaches 97.3% accuracy.",
            {"rule:value-metric", "value PCT", "value percent", "bound ="},
        ),
        (
            "FooNet improves accuracy by up to 2.1 points.",
            {"rule:verb-metric-by", "delta PTS", "delta points", "bound <="},
        ),
        ("FooNet raises accuracy from 35.5% to 44.5%.", {"base value", "bound ="}),
        ("FooNet reaches 97.3% accuracy on SVHN (+1.8%).", {"both PCT", "both percent"}),
        ("FooNet reaches 90-95% accuracy.", {"range"}),
        ("FooNet doubles throughput.", {"in words", "delta factor"}),
        ("FooNet solves 62% of the tasks.", {"then:of value"}),
        ("The tide (9.3%) is wet.", {"in brackets", "default", "rule:percent"}),
    ],
)
def test_facts_of_a_number(text: str, wanted: set[str]) -> None:
    [row] = rows(text)
    assert wanted <= set(facts(row.draft, row.scene))


@pytest.mark.parametrize("fact", ["range", "in words", "in brackets", "default", "base value", "then:of value"])
def test_a_plain_value_has_no_fact_of_the_others(fact: str) -> None:
    [row] = rows("FooNet reaches 97.3% accuracy.")
    found = facts(row.draft, row.scene)
    assert fact not in found
    assert len(found) == len(set(found))


def from_rules(probabilities: dict[str, float]) -> dict[str, tuple[float, str]]:
    return {name: (p, "name, proposed") for name, p in probabilities.items()}


def test_steps_are_the_levels_that_a_probability_exceeds() -> None:
    assert steps({"metric": (0.3, "metric")}) == ["metric metric"]
    found = steps({"metric": (0.75, "unit")})
    assert found == ["metric unit", "metric>0.3", "metric>0.5", "metric>0.7", "all>0.3", "all>0.5", "all>0.7"]
    assert {"metric>0.99", "method>0.5"} <= set(steps(from_rules({"metric": 1.0, "method": 0.6})))


def test_all_together_is_the_product() -> None:
    found = steps(from_rules({"metric": 0.8, "benchmark": 0.8, "method": 0.8}))  # 0.512
    assert [f for f in found if f.startswith("all")] == ["all>0.3", "all>0.5"]


@given(judged, judged)
def test_higher_probabilities_reach_at_least_the_same_steps(one: dict[str, float], other: dict[str, float]) -> None:
    higher = {name: max(one[name], other[name]) for name in one}
    assert set(steps(from_rules(one))) <= set(steps(from_rules(higher)))


def test_the_bias_alone_is_what_nothing_is_known_of() -> None:
    assert confidence({}, ()) == 0.5
    assert confidence({"bias": math.log(3)}, ()) == pytest.approx(0.75)


def test_facts_add_up_and_those_without_a_weight_do_not_count() -> None:
    table = {"bias": -1.0, "a": 2.0, "b": -0.5}
    assert confidence(table, ["a", "b", "unknown"]) == pytest.approx(1 / (1 + math.exp(-0.5)))


@given(weights, st.lists(st.sampled_from(["a", "b", "c", "d"])))
def test_a_confidence_is_a_probability(table: dict[str, float], found: list[str]) -> None:
    assert 0 <= confidence(table, found) <= 1


@given(weights, st.lists(st.sampled_from(["a", "b", "c"])), st.floats(0, 1e3))
def test_a_fact_moves_the_confidence_the_way_of_its_weight(
    table: dict[str, float], found: list[str], size: float
) -> None:
    sure = confidence(table, found)
    assert confidence({**table, "for": size}, [*found, "for"]) >= sure
    assert confidence({**table, "against": -size}, [*found, "against"]) <= sure


def test_a_claims_confidence_is_that_of_its_choice() -> None:
    steps: list[Step] = []
    ranking = extractor().assembler.ranking
    extractor().extract("FooNet reaches 97.3% accuracy on SVHN and is 3x faster than BERT.", None, steps.append)
    rows = [row for step in steps for row in step.rows]
    seen = [(row.choice.confidence(ranking), claim.confidence) for row in rows for claim in row.claims]
    assert len(seen) == 2
    for sure, written in seen:
        assert written == round(sure, 4)
        assert 0 < sure < 1


def test_a_row_read_by_a_plain_rule_is_surer_than_a_bare_number() -> None:
    [plain] = extract("We propose Tidefold, a network. Tidefold reaches 97.3% accuracy on SVHN.")
    [bare] = extract("Tides are wet (9.3%).")
    assert plain.confidence is not None
    assert bare.confidence is not None
    assert plain.confidence > bare.confidence
