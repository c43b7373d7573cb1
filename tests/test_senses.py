"""Which way changes go, and whether that is for the better."""

from __future__ import annotations

import pytest

from claimx.assemble.senses import improved
from claimx.pipeline import extract


@pytest.mark.parametrize(
    ("text", "delta", "better"),
    [
        ("FooNet is 2x more expensive than BERT.", 2.0, False),
        ("FooNet is 2x less expensive than BERT.", -2.0, True),
        ("FooNet is 2x cheaper than BERT.", -2.0, True),
        ("FooNet is 13x more compact than BERT.", -13.0, None),
        ("FooNet is 30% more accurate than BERT.", 30.0, True),
        ("FooNet is 30% less accurate than BERT.", -30.0, False),
        ("FooNet halves latency.", -2.0, True),
        ("FooNet lags BERT by 3 points of accuracy.", -3.0, False),
        ("FooNet reduces the error rate by 3 points.", -3.0, True),
        ("FooNet loses only 1.5% accuracy.", -1.5, False),
        ("FooNet is 2x faster with less than 1% accuracy loss.", -1.0, False),
        ("FooNet is 2x faster with only 1.5% loss in accuracy.", -1.5, False),
    ],
)  # fmt: skip
def test_changes_go_the_way_that_their_words_say(text: str, delta: float, better: bool | None) -> None:
    claim = extract(text)[-1]
    assert (claim.delta, claim.improved) == (delta, better)


@pytest.mark.parametrize(
    ("delta", "side", "sense", "expected"),
    [
        (2.0, "higher", "up", True),
        (-2.0, "higher", "down", False),
        (-2.0, "lower", "down", True),
        (2.0, "none", "up", None),
        (2.0, "none", "better", True),
        (None, "higher", "", None),
        (None, "lower", "worse", False),
    ],
)
def test_what_is_for_the_better(delta: float | None, side: str, sense: str, expected: bool | None) -> None:
    assert improved(delta, side, sense) is expected
