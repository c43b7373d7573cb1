"""Contradictions across papers: what is the same, and which values cannot both be so."""

from __future__ import annotations

import pytest

import claimx
from claimx.contradictions import ROW, is_name


def claim(paper: str, value: float, **fields: object) -> claimx.Claim:
    given = {"method": "FooNet", "benchmark": "CIFAR-10", "metric": "accuracy", "unit": "percent", **fields}
    return claimx.Claim(paper_id=paper, value=value, **given)  # type: ignore[arg-type]


def values(*claims: claimx.Claim) -> list[list[float]]:
    return [[stated.value for stated in found.values] for found in claimx.contradictions(claims)]


def test_two_papers_with_two_values() -> None:
    (found,) = claimx.contradictions([claim("a", 93.1), claim("b", 90.4)])
    assert (found.method, found.benchmark, found.metric, found.unit) == ("FooNet", "CIFAR-10", "accuracy", "percent")
    assert [(stated.value, stated.claim.paper_id) for stated in found.values] == [(90.4, "b"), (93.1, "a")]
    assert found.papers == ["b", "a"]
    assert found.spread == pytest.approx(2.7 / 93.1)
    assert [tuple(row) for row in found.rows()] == [ROW, ROW]
    assert [(row["value"], row["paper_id"]) for row in found.rows()] == [(90.4, "b"), (93.1, "a")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"value": 93.14}, {"value": 93.1}),  # rounding
        ({"value": 93.0}, {"value": 93.4}),  # a whole number is one to within a half
        ({"value": 93.1, "value_error": 2.0}, {"value": 91.5}),
        ({"value": 93.1}, {"value": 90.0, "bound": ">"}),
        ({"value": 88.2}, {"value": 90.5, "bound": "<="}),
        ({"value": 90.5}, {"value": 88.0, "bound": "~"}),
        ({"value": 88.2}, {"value": 80.1, "value_high": 90.1}),
        ({"value": 0.931, "unit": None}, {"value": 93.1}),  # a fraction and a percentage
        ({"value": 93.1}, {"value": 0.4, "unit": "second"}),  # unlike dimensions are not compared
        ({"value": 93.1}, {"value": 90.4, "setting": "5-shot"}),
        ({"value": 93.1}, {"value": 90.4, "benchmark": "CIFAR-100"}),
        ({"value": 93.1}, {"value": 90.4, "metric": "recall"}),
        ({"value": 93.1, "metric": "pass@1"}, {"value": 96.4, "metric": "pass@10"}),
        ({"value": 93.1}, {"value": 90.4, "method": "BarNet"}),
        ({"value": 93.1}, {"value": 90.4, "kind": "efficiency"}),
        ({"value": 93.1}, {"value": 90.4, "benchmark": None}),
        ({"value": 93.1}, {"value": float("nan")}),
        ({"value": 93.1}, {"value": float("inf")}),
    ],
)
def test_what_is_no_contradiction(one: dict[str, object], two: dict[str, object]) -> None:
    assert values(claim("a", **one), claim("b", **two)) == []  # type: ignore[arg-type]


def test_a_bound_that_is_broken_is_one() -> None:
    assert values(claim("a", 93.1), claim("b", 90.0, bound="<=")) == [[90.0, 93.1]]


def test_names_and_units_written_differently_are_the_same() -> None:
    assert values(
        claim("a", 93.1), claim("b", 0.904, unit=None, method="Foo-Net", benchmark="CIFAR10", metric="Accuracy")
    ) == [[90.4, 93.1]]


def test_settings_are_compared_without_case_and_spaces() -> None:
    assert len(values(claim("a", 93.1, setting="Zero-shot"), claim("b", 90.4, setting=" zero-shot "))) == 1


def test_a_paper_does_not_contradict_itself_and_one_of_its_values_may_agree() -> None:
    assert values(claim("a", 93.1), claim("a", 90.4)) == []
    assert values(claim("a", 93.1), claim("a", 90.4), claim("b", 90.4)) == []
    assert values(claim("a", 93.1), claim("a", 90.4), claim("b", 85.2)) == [[85.2, 90.4, 93.1]]


@pytest.mark.parametrize("name", ["our method", "baseline", "the proposed model", "LLMs", "previous SOTA", "We", ""])
def test_nameless_methods_are_never_the_same(name: str) -> None:
    assert values(claim("a", 93.1, method=name), claim("b", 90.4, method=name)) == []


@pytest.mark.parametrize("name", ["FooNet", "Llama 2", "GPT-4o", "random forest", "Claude 3.7 Sonnet", "Mamba", "BERT"])
def test_names(name: str) -> None:
    assert is_name(name)


def test_widest_spread_first_and_kinds_and_confidence() -> None:
    claims = [
        claim("a", 93.1), claim("b", 92.4), claim("a", 50.5, benchmark="SVHN", kind="baseline"),
        claim("b", 70.5, benchmark="SVHN", confidence=0.9),
    ]  # fmt: skip
    assert [found.benchmark for found in claimx.contradictions(claims)] == ["SVHN", "CIFAR-10"]
    assert [found.benchmark for found in claimx.contradictions(claims, kinds=["result"])] == ["CIFAR-10"]
    assert claimx.contradictions(claims, min_confidence=0.5) == []
    with pytest.raises(ValueError, match=r"no kind results; legal are result, baseline"):
        claimx.contradictions(claims, kinds=["results"])
    with pytest.raises(ValueError, match="from 0 to 1"):
        claimx.contradictions(claims, min_confidence=2)


def test_tables_and_frames_and_nothing() -> None:
    claims = [claim("a", 93.1), claim("b", 90.4)]
    assert len(claimx.contradictions(claimx.to_table(claims))) == 1
    assert len(claimx.contradictions(claimx.to_pandas(claims))) == 1
    assert claimx.contradictions([]) == []


def test_many_rows_of_one_sort_are_quick() -> None:
    claims = [claim(f"p{n}", 90.0 + n % 7) for n in range(5000)]
    (found,) = claimx.contradictions(claims)
    assert len(found.values) == 5000
