"""The arithmetic of printed numbers: what rounding allows, which reading a percentage has, units and ranges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import claimx
from claimx.arithmetic import Number, Verdict, judge
from claimx.quantities import find_quantities


def number(text: str) -> Number:
    (quantity,) = find_quantities(text)
    found = Number.of(quantity)
    assert found is not None
    return found


def verdict(value: str, base: str, change: str, kind: str = "percent", **keys: object) -> Verdict | None:
    given = {"expressly": False, "direction": 1, "reach": None, **keys}
    return judge(number(value), number(base), number(change), kind, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("91.78%", "0.005"),
        ("90%", "0.5"),
        ("1,250 ms", "0.5"),
        (".93 points", "0.005"),
        ("4.2M", "50000"),
        ("12k", "500"),
        ("doubles accuracy", "0.2"),
        ("two orders of magnitude", "68.4"),
        ("−4.50", "0.005"),
    ],
)
def test_the_last_printed_digit_tells_the_precision(text: str, half: str) -> None:
    assert number(text).half == Fraction(half)


@pytest.mark.parametrize(
    ("value", "base", "change", "kind", "check", "settled"),
    [
        ("91.78%", "88.45%", "3.33%", "percent", "ok", "points"),
        ("91.78%", "88.45%", "3.3%", "percent", "rounding", "points"),
        ("91.78%", "88.45%", "3.31%", "percent", "mismatch", None),
        ("91.78%", "88.45%", "3.8%", "percent", "relative", "relative"),
        ("99%", "98%", "1%", "percent", "ok", None),  # points, and relative as far as the digits tell
        ("94.5%", "90%", "5%", "percent", "relative", "relative"),  # exactly, while points only round to it
        ("8%", "12%", "4%", "relative", "ok", "points"),  # the metric is not known to be a percentage, its values are
        ("18.9 ms", "25.2 ms", "25%", "relative", "relative", "relative"),
        ("26 minutes", "13 minutes", "2x", "factor", "ok", None),
        ("300 ms", "1.2 s", "4x", "factor", "ok", None),
        ("300 ms", "1.2 s", "5x", "factor", "mismatch", None),
        ("500 ms", "2.0 s", "1.5 s", "points", "ok", None),
        ("−3.0 points", "−4.5 points", "1.5 points", "points", "ok", None),
        ("10 ms", "30 ms", "about 3.1x", "factor", "rounding", None),
        ("10 ms", "35 ms", "more than 3x", "factor", "ok", None),
        ("10 ms", "25 ms", "more than 3x", "factor", "mismatch", None),
        ("74.0%", "70.0%", "up to 4.0%", "percent", "ok", "points"),
        ("10 ms", "20-30 ms", "2-3x", "factor", "ok", None),
    ],
)
def test_verdicts(value: str, base: str, change: str, kind: str, check: str, settled: str | None) -> None:
    found = verdict(value, base, change, kind)
    assert found is not None
    assert (found.check, found.delta_kind) == (check, settled)


def test_expressly_relative_is_never_points() -> None:
    found = verdict("8%", "12%", "4%", "relative", expressly=True)
    assert found is not None
    assert found.check == "mismatch"
    assert found.working == "(12 − 8) / 12 = 33.33 %, the text says 4%"


def test_faster_by_a_share_of_either_time() -> None:
    for change in ("25%", "33%"):
        found = verdict("30 ms", "40 ms", change, "relative")
        assert found is not None
        assert found.check == "relative"
    assert verdict("30 ms", "40 ms", "33%", "relative", direction=-1).check == "mismatch"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "base", "change", "kind"),
    [
        ("3.6 dB", "6.1 dB", "41%", "relative"),  # a share of a logarithm says nothing
        ("12 ms", "30 GB", "2.5x", "factor"),
        ("5 points", "0 points", "20%", "relative"),
        ("51.6%", "52.8%", "97.7%", "percent"),  # what is kept and not what changes
        ("96.0%", "95.0%", "20%", "percent"),  # of the errors
        ("over 40%", "20%", "3x", "factor"),
    ],
)
def test_what_cannot_be_told(value: str, base: str, change: str, kind: str) -> None:
    assert verdict(value, base, change, kind) is None or kind == "relative"


def test_working_names_both_readings_of_a_percentage() -> None:
    found = verdict("91.78%", "88.45%", "3.23%")
    assert found is not None
    assert found.working == "91.78 − 88.45 = 3.33 and (91.78 − 88.45) / 88.45 = 3.765 %, the text says 3.23%"


def test_not_finite_is_no_number() -> None:
    (quantity,) = find_quantities("90%")
    assert Number.of(quantity, float("inf")) is None
    assert Number.of(quantity, 1.0, float("nan")) is None


_DIGITS = st.decimals(min_value=1, max_value=1000, places=2, allow_nan=False, allow_infinity=False)


@given(_DIGITS, _DIGITS)
def test_a_true_difference_is_always_ok(value: object, base: object) -> None:
    if value == base:
        return
    change = abs(value - base)  # type: ignore[operator]
    found = verdict(f"{value} points", f"{base} points", f"{change} points", "points")
    assert found is not None
    assert found.check == "ok"


@given(_DIGITS, _DIGITS, st.integers(0, 2))
def test_rounding_a_true_difference_is_never_a_mismatch(value: object, base: object, places: int) -> None:
    change = round(abs(value - base), places)  # type: ignore[operator, call-overload]
    if change == 0:
        return
    found = verdict(f"{value} points", f"{base} points", f"{change:f} points", "points")
    assert found is not None
    assert found.check in ("ok", "rounding")


@settings(deadline=None)  # the first example loads the grammar
@given(
    st.text(max_size=60), st.sampled_from(["(91% vs. 88%)", "from 0 to 1e308 ms", "by 0x", "3x (0 vs 0)", "(→ 5 5)"])
)
def test_extraction_never_raises(text: str, tail: str) -> None:
    for claim in claimx.extract(f"FooNet improves accuracy by 3% {tail} {text}"):
        assert claim.check in (None, "ok", "rounding", "relative", "mismatch")
