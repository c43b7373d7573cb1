"""Values of a board in one unit: percentages and fractions, units of one quantity, and what cannot be compared."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimx.measures import common
from claimx.naming import metric
from claimx.units import convert

Values = list[tuple[float, str | None]]
P = "percent"


def board(name: str, *values: tuple[float, str | None]) -> tuple[str | None, list[float | None]]:
    return common(metric(name), values)


def test_a_fraction_and_a_percentage_are_one_value() -> None:
    assert board("accuracy", (88.3, P), (0.883, None)) == (P, [88.3, 88.3])
    assert board("accuracy", (0.883, None), (0.9, None), (91, P)) == (None, [0.883, 0.9, 0.91])


def test_a_bare_number_beyond_one_is_in_per_cent() -> None:
    assert board("accuracy", (88.3, None), (91.2, P), (0.5, None)) == (P, [88.3, 91.2, 50.0])
    assert board("accuracy", (88.3, None)) == (P, [88.3])
    assert board("accuracy", (88.3, "point"), (9, "permille")) == (P, [88.3, 0.9])


def test_fractions_alone_stay_fractions() -> None:
    assert board("accuracy", (0.883, None), (1, None), (0, None)) == (None, [0.883, 1, 0])
    assert board("Pearson correlation", (-0.4, None), (0.83, None)) == (None, [-0.4, 0.83])


def test_what_is_written_in_per_cent_is_never_a_fraction() -> None:
    assert board("WER", (0.9, P), (0.09, None), (8.1, P)) == (P, [0.9, 9.0, 8.1])
    assert board("WER", (0.9, P)) == (P, [0.9])


def test_small_bare_numbers_among_small_percentages_are_percentages() -> None:
    assert board("WER", (0.9, None), (1.2, P), (2.3, P)) == (P, [0.9, 1.2, 2.3])
    assert board("accuracy", (1, None), (88, P)) == (P, [100, 88])
    assert board("error rate", (0, None), (0.2, None), (30, P)) == (P, [0, 20, 30])


@pytest.mark.parametrize("name", ["FID", "perplexity", "MAE", "Elo", "LPIPS", "quarry depth"])
def test_scores_that_are_no_shares_stay_as_written(name: str) -> None:
    assert board(name, (0.9, None), (12.0, "point"), (3, None)) == (None, [0.9, 12.0, 3])
    assert board(name, (0.9, None), (12.0, P), (3, None)) == (None, [0.9, None, 3])


def test_scores_on_a_hundred_without_a_per_cent_sign() -> None:
    assert board("BLEU", (27.9, None), (0.281, None), (31, None)) == (None, [27.9, 28.1, 31])
    assert board("AUROC", (0.93, None), (0.95, None), (97.1, P)) == (None, [0.93, 0.95, 0.971])


def test_an_unknown_metric_is_a_share_by_its_head_alone() -> None:
    assert board("ledger accuracy", (0.5, None), (61, P)) == (P, [50, 61])
    assert board("ledger", (0.5, None), (61, P), (62, P)) == (P, [None, 61, 62])


def test_units_of_one_quantity_are_converted() -> None:
    assert board("latency", (250, "millisecond"), (0.3, "second"), (7, "millisecond")) == ("millisecond", [250, 300, 7])
    assert board("latency", (250, "ms"), (0.3, "s")) == ("second", [0.25, 0.3]), "a tie: the usual unit"
    assert board("memory", (500, "MB"), (2, "GB"), (3, "GB")) == ("gigabyte", [0.5, 2, 3])


@pytest.mark.parametrize(
    "odd",
    [(3, "gigabyte"), (3, None), (3, "x"), (3, P), (3, "gpu_hour"), (3, "millisecond_per_frame"), (3, "furlong")],
)
def test_nothing_crosses_into_another_quantity(odd: tuple[float, str | None]) -> None:
    assert board("latency", (250, "millisecond"), odd, (7, "millisecond")) == ("millisecond", [250, None, 7])


def test_a_factor_is_no_share() -> None:
    assert board("success rate", (2.3, "x"), (55, P)) == (P, [None, 55])
    assert board("speedup", (2.3, "x"), (3, "x"), (30, P)) == ("x", [2.3, 3, None])


def test_decibels_go_without_saying() -> None:
    assert board("PSNR", (32.1, None), (33, "decibel")) == ("decibel", [32.1, 33])


def test_nothing_finite() -> None:
    assert board("accuracy") == (P, [])
    assert board("accuracy", (math.nan, P), (math.inf, None)) == (P, [None, None])
    assert board("latency", (math.nan, "second"), (20, "minute")) == ("minute", [None, 20])


NAMES = st.sampled_from(["accuracy", "WER", "FID", "BLEU", "PSNR", "latency", "R^2", "speedup", "quarry depth"])
UNITS = st.sampled_from([None, P, "point", "permille", "x", "second", "ms", "hour", "decibel", "gigabyte", "furlong"])
NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-1, 1) | st.floats(0, 100)
VALUES = st.lists(st.tuples(NUMBERS, UNITS), max_size=12)


@given(NAMES, VALUES)
def test_one_for_each_and_never_more_than_a_number(name: str, values: Values) -> None:
    unit, numbers = common(metric(name), values)
    assert len(numbers) == len(values)
    for (value, _), number in zip(values, numbers, strict=True):
        assert number is None or (math.isfinite(value) and not math.isnan(number))
    if any(math.isfinite(value) for value, _ in values):
        assert any(number is not None for number in numbers)
    assert unit != "point"


@given(NAMES, VALUES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(name: str, values: Values, random: object) -> None:
    shuffled = list(enumerate(values))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    unit, numbers = common(metric(name), values)
    again, moved = common(metric(name), [value for _, value in shuffled])
    assert again == unit
    assert [numbers[at] for at, _ in shuffled] == moved


@given(st.lists(st.floats(1.01, 100), min_size=1, max_size=8), st.data())
def test_a_share_means_the_same_in_either_form(percents: list[float], data: st.DataObject) -> None:
    forms = [(p, P) if data.draw(st.booleans()) else (p / 100, None) for p in percents]
    if all(unit is None for _, unit in forms):
        forms.append((50.0, P))
        percents = [*percents, 50.0]
    assume(max(percents) < 10 * min(percents))  # a bare 0.12 beside 1.1 % is nearer as it stands
    unit, numbers = common(metric("accuracy"), forms)
    expected = [p if unit == P else p / 100 for p in percents]
    assert numbers == pytest.approx(expected, rel=1e-9)


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from(["second", "millisecond", "minute"])), min_size=1, max_size=9)
)
def test_times_keep_their_length(values: Values) -> None:
    unit, numbers = common(metric("latency"), values)
    assert unit in {written for _, written in values}
    for (value, written), number in zip(values, numbers, strict=True):
        assert number is not None
        assert convert(number, str(unit), "second") == pytest.approx(convert(value, str(written), "second"), rel=1e-9)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_what_is_no_share_is_never_scaled(values: list[float]) -> None:
    assert common(metric("FID"), [(value, None) for value in values]) == (None, values)
