"""What a row implies: changes between two values, baseline values behind a change."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

import claimx


def _row(text: str) -> claimx.Claim:
    (claim,) = [c for c in claimx.extract(text) if c.value is not None]
    return claim


def test_a_change_between_two_values() -> None:
    row = _row("QuarkNet improves accuracy from 71.2% to 78.9% on CIFAR-100.")
    (derived,) = claimx.derive([row])
    assert (derived.delta, derived.delta_kind, derived.delta_derived) == (7.7, "points", True)  # no 7.700000000000003
    assert derived.delta_start is None
    assert derived.improved is True
    assert replace(derived, delta=None, delta_kind=None, delta_derived=False, improved=row.improved) == row


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("QuarkNet reaches 79.3% accuracy (+2.8%) on BoolQ.", None),  # of which sort is not said
        ("QuarkNet reaches 79.3% accuracy (+2.8 points) on BoolQ.", 76.5),
        ("QuarkNet reaches an NDCG@10 of 0.91 (+9 pp) on MS MARCO.", 0.82),
        ("QuarkNet reaches an NDCG@10 of 0.91 (+0.09) on MS MARCO.", 0.82),
        ("QuarkNet reaches over 79.3% accuracy (+2.8 points) on BoolQ.", None),
    ],
)
def test_the_value_behind_a_change(text: str, base: float | None) -> None:
    (derived,) = claimx.derive([_row(text)])
    assert derived.baseline_value == base
    assert derived.baseline_value_start is None
    assert not derived.delta_derived


@pytest.mark.parametrize(
    ("unit", "delta", "kind", "better", "improved", "base"),
    [
        (None, -25.0, "relative", False, True, 25.2),
        (None, -100.0, "relative", False, True, None),
        ("millisecond", -3.0, "factor", False, True, 56.7),
        ("millisecond", 3.0, "factor", False, True, None),  # of the speed
        (None, 2.0, "factor", True, True, 9.4),  # no more digits than the value has: 9.45 is between two
        (None, 0.5, "factor", True, True, None),
        (None, 12.0, "percent", True, True, None),
    ],
)
def test_relative_and_factor(
    unit: str | None, delta: float, kind: str, better: bool, improved: bool, base: float | None
) -> None:
    text = "It is 18.9 (2.0 of it)."
    claim = claimx.Claim(
        paper_id="a", value=18.9, unit=unit, value_start=6, value_end=10, delta=delta, delta_kind=kind, delta_start=12,
        delta_end=15, sentence=text, sentence_start=0, higher_is_better=better, improved=improved,
    )  # fmt: skip
    (derived,) = claimx.derive([claim])
    assert derived.baseline_value == base


def test_what_comes_in_goes_out() -> None:
    claims = claimx.extract("QuarkNet improves accuracy from 71.2% to 78.9% on CIFAR-100.")
    table = claimx.derive(claimx.to_table(claims))
    assert isinstance(table, pa.Table)
    assert table.column("delta").to_pylist() == [7.7]
    frame = claimx.derive(claimx.to_pandas(claims))
    assert isinstance(frame, pd.DataFrame)
    assert frame["delta_derived"].tolist() == [True]
    assert claimx.derive(iter(claims)) == claimx.derive(claims) == claimx.derive(tuple(claims))
    assert claimx.derive([]) == []
    with pytest.raises(claimx.TableError, match="lacks"):
        claimx.derive(pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e308, -1e308])
def test_numbers_out_of_range_stay_as_they_are(value: float) -> None:
    claim = claimx.Claim(paper_id="a", value=value, baseline_value=-1e308)
    (derived,) = claimx.derive([claim])
    assert derived.delta is None or abs(derived.delta) < float("inf")


def test_nothing_to_derive_gives_the_row_itself() -> None:
    claims = claimx.extract("QuarkNet reaches 79.3% accuracy on BoolQ.")
    assert claimx.derive(claims)[0] is claims[0]
