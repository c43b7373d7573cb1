"""Values of a board in one unit."""

from __future__ import annotations

from claimx.measures import common
from claimx.naming import metric


def test_fractions_and_percentages() -> None:
    assert common(metric("accuracy"), [(88.3, "percent"), (0.5, None)]) == ("percent", [88.3, 50.0])


def test_scores_stay() -> None:
    assert common(metric("FID"), [(0.9, None), (12.0, None)]) == (None, [0.9, 12.0])


def test_units_are_converted_within_a_dimension() -> None:
    unit, values = common(
        metric("latency"), [(250, "millisecond"), (0.5, "second"), (3, "gigabyte"), (7, "millisecond")]
    )
    assert (unit, values) == ("millisecond", [250, 500, None, 7])
