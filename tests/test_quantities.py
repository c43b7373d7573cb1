"""Quantities: forms, traps, bounds, and properties."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.model import Quantity
from claimx.quantities import find_quantities


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "value", "kind", "unit"),
    [
        # percents
        ("It reaches 44.5% here.", "44.5%", 44.5, "percent", "percent"),
        ("It reaches 5 % here.", "5 %", 5, "percent", "percent"),
        (r"It reaches 5.13\% here.", r"5.13\%", 5.13, "percent", "percent"),
        ("It reaches 30 percent here.", "30 percent", 30, "percent", "percent"),
        ("It reaches 20 per cent here.", "20 per cent", 20, "percent", "percent"),
        ("It reaches 97,7% here.", "97,7%", 97.7, "percent", "percent"),
        ("Five percent of users left.", "Five percent", 5, "percent", "percent"),
        # points
        ("It gains 3.2 points overall.", "3.2 points", 3.2, "points", "point"),
        ("It gains 2 pp overall.", "2 pp", 2, "points", "point"),
        ("It gains 4.1pp overall.", "4.1pp", 4.1, "points", "point"),
        ("It gains 6 percentage points overall.", "6 percentage points", 6, "points", "point"),
        ("It gains 7 absolute points overall.", "7 absolute points", 7, "points", "point"),
        ("It gains 5%p overall.", "5%p", 5, "points", "point"),
        ("It gains 1.5 % points overall.", "1.5 % points", 1.5, "points", "point"),
        ("a 12-point improvement", "12-point", 12, "points", "point"),
        ("a 5-percentage-point drop", "5-percentage-point", 5, "points", "point"),
        ("losing five points in total", "five points", 5, "points", "point"),
        # factors
        ("runs 3 times faster", "3 times", 3, "factor", "x"),
        ("runs 50times faster", "50times", 50, "factor", "x"),
        ("runs 50× faster", "50×", 50, "factor", "x"),
        (r"runs $2.5\times$ faster", r"2.5\times$", 2.5, "factor", "x"),
        ("runs 2.5x faster", "2.5x", 2.5, "factor", "x"),
        ("runs 500X faster", "500X", 500, "factor", "x"),
        ("runs 9 x faster", "9 x", 9, "factor", "x"),
        ("a 2.5-fold speed-up", "2.5-fold", 2.5, "factor", "x"),
        ("a ten-fold speed-up", "ten-fold", 10, "factor", "x"),
        ("a tenfold speed-up", "tenfold", 10, "factor", "x"),
        ("runs four times faster", "four times", 4, "factor", "x"),
        ("needs twice as much memory", "twice", 2, "factor", "x"),
        ("This halves the cost.", "halves", 2, "factor", "x"),
        ("while halving the cost", "halving", 2, "factor", "x"),
        ("It doubles the rate.", "doubles", 2, "factor", "x"),
        ("Throughput tripled overnight.", "tripled", 3, "factor", "x"),
        ("It quadruples the rate.", "quadruples", 4, "factor", "x"),
        ("is an order of magnitude cheaper", "an order of magnitude", 10, "factor", "x"),
        ("is two orders of magnitude cheaper", "two orders of magnitude", 100, "factor", "x"),
        ("is 3 orders of magnitude cheaper", "3 orders of magnitude", 1000, "factor", "x"),
        ("cut by a factor of 10", "10", 10, "factor", "x"),
        ("cut by a factor of four", "four", 4, "factor", "x"),
        ("at a 20:1 compression ratio", "20:1", 20, "factor", "x"),
        # fractions are percentages
        ("prunes half of the weights", "half", 50, "percent", "percent"),
        ("prunes one third of the weights", "one third", 33.33, "percent", "percent"),
        ("prunes two-thirds of the weights", "two-thirds", 66.67, "percent", "percent"),
        ("prunes a quarter of the weights", "a quarter", 25, "percent", "percent"),
        ("prunes 1/4 of the weights", "1/4", 25, "percent", "percent"),
        ("affects one in five users", "one in five", 20, "percent", "percent"),
        # units
        ("takes 46 ms per call", "46 ms", 46, "unit", "millisecond"),
        ("takes 7ms per call", "7ms", 7, "unit", "millisecond"),
        ("takes 6.25 seconds per call", "6.25 seconds", 6.25, "unit", "second"),
        ("takes half a second per call", "half a second", 0.5, "unit", "second"),
        ("takes less than a day", "a day", 1, "unit", "day"),
        ("uses 2.5GB of memory", "2.5GB", 2.5, "unit", "gigabyte"),
        ("uses 4.1G FLOPs", "4.1G FLOPs", 4.1, "unit", "gigaflop"),
        ("gains 0.8 dB in PSNR", "0.8 dB", 0.8, "unit", "decibel"),
        ("renders at 120 FPS on a laptop", "120 FPS", 120, "unit", "frame_per_second"),
        ("serves 92 tokens/s", "92 tokens/s", 92, "unit", "token_per_second"),
        ("serves 92 tokens per second", "92 tokens per second", 92, "unit", "token_per_second"),
        ("an error of 3.5° in pose", "3.5°", 3.5, "unit", "degree"),
        ("an error of 9mm in depth", "9mm", 9, "unit", "millimeter"),
        ("draws 10.8 mW on the chip", "10.8 mW", 10.8, "unit", "milliwatt"),
        ("moves at 0.4 m/s on sand", "0.4 m/s", 0.4, "unit", "meter_per_second"),
        ("costs $0.05 per page", "$0.05", 0.05, "unit", "dollar"),
        ("costs $3 million per run", "$3 million", 3e6, "unit", "dollar"),
        ("costs €5 per page", "€5", 5, "unit", "euro"),
        # counts and plain numbers
        ("annotates 1,888 dialogues", "1,888", 1888, "count", None),
        ("has 175B parameters", "175B", 175e9, "count", None),
        ("has 7.5M parameters", "7.5M", 7.5e6, "count", None),
        ("collects 300k reviews", "300k", 300e3, "count", None),
        ("has 1.1 billion parameters", "1.1 billion", 1.1e9, "count", None),
        ("totalling 1.68m tweets", "1.68m", 1.68e6, "count", None),
        ("spans twelve languages", "twelve", 12, "count", None),
        ("spans twenty-five languages", "twenty-five", 25, "count", None),
        ("spans a dozen languages", "a dozen", 12, "count", None),
        ("spans three hundred languages", "three hundred", 300, "count", None),
        ("needs 10^5 samples", "10^5", 1e5, "count", None),
        ("a loss of 10⁻³ at best", "10⁻³", 1e-3, "plain", None),
        ("a loss of 1e-3 at best", "1e-3", 1e-3, "plain", None),
        ("a loss of 1.2 × 10^-3 at best", "1.2 × 10^-3", 1.2e-3, "plain", None),
        (r"a loss of $1.2 \times 10^{-3}$ at best", r"1.2 \times 10^{-3}$", 1.2e-3, "plain", None),
        ("an AUC of .93 at best", ".93", 0.93, "plain", None),
        ("an AUC of sim0.6 at best", "0.6", 0.6, "plain", None),
        ("the F1 is 38.5 on average", "38.5", 38.5, "plain", None),
    ],
)
def test_forms(text: str, span: str, value: float, kind: str, unit: str | None) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.kind, quantity.unit) == (span, kind, unit)
    assert quantity.value == pytest.approx(value, rel=1e-12)
    assert quantity.high is None
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("a change of +0.7 BLEU", "+", 0.7),
        ("a change of −4.3 BLEU", "-", -4.3),
        ("a change of -4.3 BLEU", "-", -4.3),
        ("correlates (-0.53) weakly", "-", -0.53),
        ("-2% overall", "-", -2.0),
        ("a change of –1.5 dB", "-", -1.5),
        ("a change of +$5 each", "+", 5.0),
        ("a gain of 0.7 BLEU", "", 0.7),
        ("so much -- 5% less", "", 5.0),
        ("within +/-5% of it", "", 5.0),
        ("on SVHN (↑ 2.3%) here", "+", 2.3),
        ("on SVHN (↓2.3) here", "-", -2.3),
        ("on SVHN (Δ2.3%) here", "+", 2.3),
        ("FID ↓ 2.3 here", "", 2.3),
    ],
)
def test_signs(text: str, sign: str, value: float) -> None:
    quantity = only(text)
    assert (quantity.sign, quantity.value) == (sign, value)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("runs 1.9-3.3x faster", 1.9, 3.3, "x"),
        ("runs 1.9x-3.3x faster", 1.9, 3.3, "x"),
        ("runs 1.9x to 3.3x faster", 1.9, 3.3, "x"),
        ("gains 5-16 percentage points", 5, 16, "point"),
        ("gains 66% to 73% there", 66, 73, "percent"),
        ("gains between 66% and 77% there", 66, 77, "percent"),
        ("gains between 66 and 77% there", 66, 77, "percent"),
        ("gains 1.4 to 4.5 points", 1.4, 4.5, "point"),
        ("lies at 0.56-0.69 there", 0.56, 0.69, None),
        ("gains 40–90% there", 40, 90, "percent"),
        ("gains 4--9% there", 4, 9, "percent"),
        ("gains 4~9% there", 4, 9, "percent"),
        ("gains +0.1 to +0.4 there", 0.1, 0.4, None),
        ("drifts -8.6° to +7.9° there", -8.6, 7.9, "degree"),
        ("correlates at -0.53 to -0.64 there", -0.53, -0.64, None),
        ("gains ranging from 5% to 35% there", 5, 35, "percent"),
        ("it varies from 0.1 to 0.9 there", 0.1, 0.9, None),
        ("models of 1-2B parameters", 1e9, 2e9, None),
        ("is 1-2 orders of magnitude cheaper", 10, 100, "x"),
        ("is two to three orders of magnitude cheaper", 100, 1000, "x"),
        ("runs two to four times faster", 2, 4, "x"),
        ("costs $5-$10 each", 5, 10, "dollar"),
        ("about 3 –9× faster", 3, 9, "x"),
        ("gains 8.02% -38.69% there", 8.02, 38.69, "percent"),
        ("gains 0.1%-0.5% points there", 0.1, 0.5, "point"),
        ("prunes 1/3 to 2/3 of it", 33.33, 66.67, "percent"),
    ],
)
def test_ranges_keep_both_ends(text: str, low: float, high: float, unit: str | None) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.high, quantity.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rises from 9.9 to 14.5 there", [9.9, 14.5]),
        ("rises from 35.5% to 44.5% on A, and 27.6% to 36.2% on B", [35.5, 44.5, 27.6, 36.2]),
        ("falls 66% to 60% there", [66, 60]),
        ("takes 9 ms to 2 s", [9, 2]),
        ("scores 85.4/83.2 on both", [85.4, 83.2]),
        ("gains 1.7 dB/2.3 dB on both", [1.7, 2.3]),
        ("ranks [0.5 -0.3] so", [0.5, -0.3]),
        ("scores 5%, 6% and 7%", [5, 6, 7]),
        ("rises from 5% up to 35%", [5, 35]),
    ],
)
def test_no_range(text: str, values: list[float]) -> None:
    found = find_quantities(text)
    assert [q.value for q in found] == values
    assert all(q.high is None for q in found)


@pytest.mark.parametrize(
    ("text", "value", "error", "unit"),
    [
        ("at 1.98±0.07 there", 1.98, 0.07, None),
        ("at 1.98 +/- 0.07 there", 1.98, 0.07, None),
        (r"at 1.98 $\pm$ 0.07 there", 1.98, 0.07, None),
        ("at 85.2% ± 0.3% there", 85.2, 0.3, "percent"),
        ("at 9 ± 2mm there", 9, 2, "millimeter"),
        ("at 1.98 (± 0.07) there", 1.98, 0.07, None),
    ],
)
def test_errors(text: str, value: float, error: float, unit: str | None) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.error, quantity.unit) == (value, error, unit)


@pytest.mark.parametrize(
    "text",
    [
        "CIFAR-10",
        "GPT-4",
        "ResNet-50",
        "top-1",
        "pass@1",
        "F1",
        "Llama 3.1 8B",
        "Llama-2-7B",
        "Claude 3.5 Sonnet",
        "GPT 4",
        "COCO 2017",
        "WMT'14",
        "SQuAD 2.0",
        "3D",
        "2-D",
        "COVID-19",
        "H100",
        "Stable Diffusion 1.5",
        "version 2",
        "v1.5",
        "[12]",
        "[3, 4]",
        "[3-5]",
        "(Smith et al., 2020)",
        "in 2019",
        "2019-2021",
        "2024",
        "1798--1837",
        "Section 4.2",
        "Table 3",
        "Tables 3 and",
        "Fig. 2",
        "Eq. (5)",
        "Theorem 1",
        "1) first",
        "(2) second",
        "https://example.org/a/12-5?x=3",
        "arXiv:2301.12345",
        "10.1145/3442188.3445922",
        "March 14",
        "14 March",
        "12:30",
        "1st",
        "2nd",
        "21st",
        "512×512",
        "64x64",
        "3 x 3",
        "512times512",
        r"$3\times 3$",
        "5-shot",
        "10-step",
        "8-bit",
        "1.5B-parameter",
        "7-DoF",
        "30-day",
        "2-hour training",
        "1-5-shot",
        "ResNet -50",
        "O(1/k)",
        "2^n",
        r"\varepsilon^{-3/4}",
        "p < 0.05",
        "two-stage",
        "half-precision",
        "the first half",
        "knowledge graph triples",
        "double descent",
        "our contribution is two-fold",
        "10-fold cross-validation",
        "ten-fold cross-validation",
        "one of them",
        "a third approach",
        "5-point Likert",
        "4x super-resolution",
        "3.1.2",
        "A/B1",
        "func(cid:173)tion",
        "the 1990s",
        "1-1-1-1",
        "0x1F",
        "C++11",
        "Name-7B and -13B",
        "(nm)^ -2 a",
        "Half Cheetah",
        "doubled down",
        "several hundred",
        "a third, orthogonal view",
    ],
)
def test_no_quantities(text: str) -> None:
    assert find_quantities(f"We take {text} here.") == []
    assert find_quantities(text) == []


def test_list_marks() -> None:
    assert [q.value for q in find_quantities("1. First\n2. Second, with 3 cases")] == [3]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("repeated 3 times", "count"),
        ("run five times", "count"),
        ("over 60 times per day", "count"),
        ("2048 points", "count"),
        ("between two points", "count"),
        ("deployed over 20,000 times by users", "count"),
        ("pick three points there", "count"),
        ("six degrees of freedom", "count"),
    ],
)
def test_counts_that_look_like_units(text: str, kind: str) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.unit) == (kind, None)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at 30% there", "="),
        ("about 30%", "~"),
        ("nearly 30%", "~"),
        ("~30%", "~"),
        ("≈30%", "~"),
        ("sim30%", "~"),
        (r"$\sim$30%", "~"),
        ("close to 30%", "~"),
        ("less than 30%", "<"),
        ("under 30%", "<"),
        ("< 30%", "<"),
        ("fewer than 30 calls", "<"),
        ("over 30%", ">"),
        ("more than 30%", ">"),
        ("exceeding 30%", ">"),
        ("> 30%", ">"),
        ("upwards of 30%", ">"),
        ("30+ languages", ">"),
        ("10x+ faster", ">"),
        ("up to 30%", "<="),
        ("at most 30%", "<="),
        ("as much as 30%", "<="),
        ("no more than 30%", "<="),
        ("within 30%", "<="),
        ("≤30%", "<="),
        ("at least 30%", ">="),
        ("no less than 30%", ">="),
        ("30% or more", ">="),
        ("as low as 30%", ">="),
        ("up to a 30% cut", "<="),
        ("up to $30\\%$ less", "<="),
        ("an improvement over 4 baselines", ">"),
        ("up to an order of magnitude", "<="),
        ("more than doubles the rate", ">"),
        ("by over a factor of 10", ">"),
        ("of~30%", "="),
        ("orders of magnitude faster", ">="),
        ("several orders of magnitude", ">="),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert only(text).bound == bound


def test_a_hedge_holds_for_the_whole_coordination() -> None:
    assert [q.bound for q in find_quantities("cuts cost by up to 30% on ReadBench and 20% on WriteBench.")] == [
        "<=",
        "<=",
    ]
    assert [q.bound for q in find_quantities("cuts cost by up to 30%. Latency falls by 20%.")] == ["<=", "="]
    assert [q.bound for q in find_quantities("at 30% and about 20%")] == ["=", "~"]


def test_words_are_marked() -> None:
    assert [q.word for q in find_quantities("doubles the 3 scores of twelve runs")] == [True, False, True]


# --- properties

_NUMBERS = st.integers(1, 10**6).map(lambda n: n / 100)
_SMALL = st.integers(1, 40000).map(lambda n: n / 100)
_TEMPLATES = {
    "percent": ("{}%", "{} %", "{} percent", "{}\\%"),
    "points": ("{} percentage points", "{} pp"),
    "factor": ("{}x", "{}×", "{}-fold", "{}times"),
    "unit": ("{} ms", "{} dB", "{} GB", "{} tokens/s", "${}"),
}


@given(value=_NUMBERS, kind=st.sampled_from(sorted(_TEMPLATES)), pick=st.integers(0, 4))
def test_round_trip(value: float, kind: str, pick: int) -> None:
    template = _TEMPLATES[kind][pick % len(_TEMPLATES[kind])]
    quantity = only(f"The change was {template.format(f'{value:.2f}')} overall.")
    assert (quantity.kind, quantity.value) == (kind, value)


@given(
    low=_NUMBERS,
    step=_NUMBERS,
    unit=st.sampled_from(["%", "x", " ms", ""]),
    link=st.sampled_from(["-", "–", " to ", " - "]),
)
def test_range_round_trip(low: float, step: float, unit: str, link: str) -> None:
    high = round(low + step, 2)
    quantity = only(f"It gains {low:.2f}{link}{high:.2f}{unit} here.")
    assert (quantity.value, quantity.high) == (low, high)


@given(value=_NUMBERS, error=_NUMBERS, sign=st.sampled_from(["", "+", "-"]))
def test_sign_and_error_round_trip(value: float, error: float, sign: str) -> None:
    quantity = only(f"It moved by {sign}{value:.2f}±{error:.2f} here.")
    assert (quantity.value, quantity.error, quantity.sign) == (-value if sign == "-" else value, error, sign)


@given(st.integers(0, 10**12).filter(lambda n: not 1500 <= n <= 2100))
def test_thousands(value: int) -> None:
    quantity = only(f"It has {value:,} entries.")
    assert (quantity.kind, quantity.value) == ("count", value)


_PIECES = st.sampled_from(
    [
        "5",
        "12",
        "2019",
        ".",
        ",",
        "-",
        "–",
        "−",
        "+",
        "%",
        "x",
        "×",
        " ",
        " to ",
        "±",
        "(",
        ")",
        "[",
        "]",
        "$",
        "\\times",
        "10^",
        "{",
        "}",
        "^",
        "/",
        "K",
        "ms",
        " points",
        "two ",
        "half ",
        "up to ",
        "orders of magnitude",
        "~",
        "from a score of ",
        " by ",
        "\\sqrt{",
        "T tokens",
        "B",
        "ˆ",
        "√",
        "γ",
        "1/3",
        "e",
        "a ",
        "\ud800",
        "\x00",
        "١",
        "²",
    ]
)
_TEXTS = st.one_of(st.text(), st.text(st.characters(), max_size=40), st.lists(_PIECES, max_size=30).map("".join))


# --- fractions in digits


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("keeps (1/3) of it", "1/3", 33.33),
        ("needs 1/100 the memory", "1/100", 1),
        ("needs 1/1024 of the memory", "1/1024", 0.09766),
        ("needs 1/50th of the memory", "1/50", 2),
        ("needs 1/16 FLOPs overall", "1/16", 6.25),
        ("prunes 2/3 of ImageNet", "2/3", 66.67),
    ],
)
def test_fractions(text: str, span: str, value: float) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value, quantity.unit) == (span, value, "percent")


@pytest.mark.parametrize(
    "text",
    [
        "a 1/14 scale car",
        "a 1/6 scale car",
        "solved in 1/45 trials",
        "a ratio of 1/224 there",
        "a (1/4)-approximation there",
        "a 1/2-approximation there",
        "drawn from Beta(x,1/2) there",
        "drawn from Beta(x, 1/2) there",
        "the 2D 1/2 scheme there",
        "regret of T^(2/3) K^(1/3) there",
        "regret of T^(-1/3) there",
        "they play Guess 2/3 of Average there",
        r"noise of $\sqrt{3}$ times that",
        r"a share of $\frac{1}{2}$ there",
        r"grows by $\log{7}$ there",
        "grows by log(7) there",
        "grows by √7 there",
        "in O(1) time",
        "in O(1/sqrt(n)) time",
        "within a factor 1+γ of it",
        r"within a factor $1 + \epsilon$ of it",
        r"with probability $1-\delta$ there",
        "orbits of Period -2 (P2) there",
        "the weights of Llama -2 there",
        "a 3T MRI scanner",
        "scans at 0.55T there",
        "over a fact triple of a graph",
        "the merits are mainly two-fold: 1) we prune",
        "the novelty includes threefold: (1) we prune",
    ],
)
def test_formulas_and_names_hold_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in O(10^5) steps", 1e5),
        ("serves 100+ languages", 100),
        ("serves 100+K items", 100),
        ("takes 3 + a few more", 3),
        ("a Loss -2 dB there", -2),
        ("trained on 15T tokens", 15e12),
        ("trained on 2T high-quality tokens", 2e12),
        ("worth $2T there", 2e12),
        (r"reaches \textbf{5.2} there", 5.2),
        ("can double the speed", 2),
        ("a two-fold gain: 1) in speed", 2),
        ("scans 16,000 pixels per second there", 16000),
    ],
)
def test_quantities_beside_formulas_and_names(text: str, value: float) -> None:
    assert find_quantities(text)[0].value == pytest.approx(value, rel=1e-12)


@given(of=st.integers(2, 9999), use=st.sampled_from([" of the", " the", "th of its"]))
def test_a_unit_fraction_is_its_percentage(of: int, use: str) -> None:
    quantity = only(f"It needs 1/{of}{use} memory.")
    assert quantity.unit == "percent"
    assert quantity.value == pytest.approx(100 / of, rel=5e-4)


@given(of=st.integers(2, 9999))
def test_a_scale_is_no_percentage(of: int) -> None:
    assert find_quantities(f"We drive a 1/{of} scale car.") == []


@given(st.integers(2, 999), st.sampled_from(["sqrt", "frac", "log", "exp"]))
def test_an_argument_is_no_quantity(value: int, function: str) -> None:
    assert find_quantities(f"The bound is $\\{function}{{{value}}}$ here.") == []


@given(st.integers(1, 999), st.sampled_from(["γ", r"\epsilon", "x"]), st.sampled_from(["+", " + "]))
def test_a_term_of_a_sum_is_no_quantity(value: int, symbol: str, plus: str) -> None:
    assert find_quantities(f"It lies within ${value}{plus}{symbol}$ here.") == []


# --- ranges over scales, falling ranges, and lists


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        (r"at $r=.82$ to $.94$ there", 0.82, 0.94, "plain"),
        ("errs by 0.19 to 0.13 there", 0.13, 0.19, "plain"),
        ("errs by about 0.19 to 0.13 there", 0.13, 0.19, "plain"),
        ("in all figures(between 2% and 5%) there", 2, 5, "percent"),
        ("is between 5 and 7.5×10ˆ4 times faster", 5, 75000, "factor"),
        ("models ranging from 80M to 14B there", 80e6, 14e9, "count"),
        ("models (410M-100B parameters) there", 410e6, 100e9, "count"),
        ("inputs ranging from 224 to 4K there", 224, 4000, "count"),
        ("inputs between 64 and 4K there", 64, 4000, "count"),
        ("inputs between 2 and 4K there", 2000, 4000, "count"),
        ("models ranging from 0.5 B to 671 B there", 0.5e9, 671e9, "count"),
        ("models of 0.5 B to 671 B.", 0.5e9, 671e9, "count"),
        ("models of 0.5 to 70B parameters", 0.5e9, 70e9, "count"),
        ("clouds of 0.46-0.62M points", 460e3, 620e3, "count"),
        ("trained on 1-2T tokens", 1e12, 2e12, "count"),
    ],
)
def test_ranges_over_scales(text: str, low: float, high: float, kind: str) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.high, quantity.kind) == (low, high, kind)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rises from an absolute score of 0.2 to 0.3 there", [0.2, 0.3]),
        ("rises from a baseline of 3.5% to 19% there", [3.5, 19]),
        ("rises from Foo's 90.8 to $97.1$ there", [90.8, 97.1]),
        ("falls 0.19 to 0.13 there", [0.19, 0.13]),
    ],
)
def test_a_change_is_no_range(text: str, values: list[float]) -> None:
    found = find_quantities(text)
    assert [q.value for q in found] == values
    assert all(q.high is None and q.unit != "dollar" for q in found)


def test_a_range_of_what_varies() -> None:
    assert only("over a range of tolerances from 0.2m to 5m there").high == 5
    assert [q.high for q in find_quantities("ranged from 7% to 74% on A and 1% to 62% on B")] == [74, 62]
    assert only("ranging from a low of 0.2 to 0.3 there").high == 0.3
    assert only("drawn from a set of 2 to 5 images").high == 5


@given(low=st.integers(1, 999), high=st.integers(1, 999), link=st.sampled_from([" to ", "-", "--"]))
def test_a_range_over_two_scales(low: int, high: int, link: str) -> None:
    quantity = only(f"We test models of {low}M{link}{high}B parameters.")
    assert (quantity.value, quantity.high, quantity.kind) == (low * 10**6, high * 10**9, "count")


@given(low=_SMALL, step=_SMALL)
def test_a_falling_range_after_by(low: float, step: float) -> None:
    high = round(low + step, 2)
    quantity = only(f"It cuts the loss by {high:.2f} to {low:.2f} here.")
    assert (quantity.value, quantity.high) == (low, high)


@given(
    values=st.lists(st.integers(1100, 9900).map(lambda n: n / 100), min_size=2, max_size=4),
    unit=st.sampled_from(["%", "\\%", " pp"]),
)
def test_a_list_with_slashes_shares_its_unit(values: list[float], unit: str) -> None:
    found = find_quantities(f"It reaches {'/'.join(f'{value:.2f}' for value in values)}{unit} here.")
    assert [q.value for q in found] == values
    assert {q.unit for q in found} == {"point" if unit == " pp" else "percent"}


def test_lists_with_slashes() -> None:
    assert [(q.value, q.unit) for q in find_quantities(r"by $30/10/4\%$ there")] == [
        (30, "percent"),
        (10, "percent"),
        (4, "percent"),
    ]
    assert [(q.value, q.sign, q.unit) for q in find_quantities("by +3.9/+4.0 pp there")] == [
        (3.9, "+", "point"),
        (4.0, "+", "point"),
    ]
    assert [q.unit for q in find_quantities("on 5/7 days there")] == [None, "day"]


def test_lists_share_a_unit() -> None:
    def units(text: str) -> list[str | None]:
        return [q.unit for q in find_quantities(text)]

    assert units("by 10.1 and 9.9 percentage points") == ["point", "point"]
    assert units("at 22.6, 16.9, and 4.7 ms") == ["millisecond"] * 3
    assert units("at 22.6, 16.9, 4.7 ms") == ["millisecond"] * 3
    assert units("mAP at 0.5, 96.4% precision") == [None, "percent"]
    assert units("mAP at 0.5 and 6.7 points in recall") == [None, "point"]
    assert units("on 3 and 40% there") == [None, "percent"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("a torque of 87[Nm] there", "newton_meter"), ("it needs 5 [s] there", "second"), ("it needs 5[12] there", None)],
)
def test_a_unit_in_square_brackets(text: str, unit: str | None) -> None:
    assert find_quantities(text)[0].unit == unit


def test_thousands_of_things_are_no_seconds() -> None:
    assert all(q.unit is None for q in find_quantities("at most 1,000s of images"))


def test_a_bracket_glued_to_a_word_hides_no_hedge() -> None:
    assert only("in all figures(up to 5%) there").bound == "<="


@settings(max_examples=600)
@given(_TEXTS)
def test_any_text_gives_ordered_disjoint_spans(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.bound in ("=", "~", "<", ">", "<=", ">=")
        assert quantity.value == quantity.value
        assert (quantity.unit is not None) == (quantity.kind in ("percent", "points", "factor", "unit"))
        end = quantity.end


@given(
    text=st.sampled_from(
        [
            "It gains 5% to 7% there.",
            "Up to 3x faster at -0.5 dB.",
            "Twice as fast with 1.9±0.1 ms.",
            "It halves 12 costs of $3.",
        ]
    ),
    filler=st.text("abcdefgh ,;", max_size=60),
)
def test_a_sentence_without_numbers_changes_only_offsets(text: str, filler: str) -> None:
    shift = len(filler) + 6
    moved = find_quantities(f"Well{filler}. {text} Indeed {filler}.")
    assert [(q.start - shift, q.text, q.value, q.high, q.bound) for q in moved] == [
        (q.start, q.text, q.value, q.high, q.bound) for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "9,",
        "9,999",
        "1-",
        "1±",
        "1x",
        "[",
        "[1",
        "(1",
        "1.",
        "$1",
        "1 to ",
        "two ",
        "order of magnitude ",
        "10^",
        "9/",
        "1×",
        "a-1",
        "1 % ",
        "from 1 to 2 and ",
        "\\times",
        "up to ",
        "up to 5% a, ",
        "1/2 of A",
        "f(1/2,",
        "1+γ",
        "from a of a ",
        "3T ",
        "1/2",
        "a(b",
        "\\sqrt{2",
    ],
)
def test_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            find_quantities(text)
            best = min(best, time.perf_counter() - start)
        return best

    small, large = seconds(20_000), seconds(80_000)
    assert large < 10 * small + 0.05, (small, large)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("loses only 2 percentage points", [("points", "point")]),
        ("separates only 2 points", [("count", None)]),  # of a plane, perhaps
        ("a gain of 1.84dB/0.013", [("unit", "decibel"), ("plain", None)]),
        ("needs 500 MBytes and 2 GBytes", [("unit", "megabyte"), ("unit", "gigabyte")]),
        ("delivers 100 W/kg at 16.6 N.m", [("unit", "watt_per_kilogram"), ("unit", "newton_meter")]),
        ("runs at 717K SPS", [("unit", "step_per_second")]),
    ],
)
def test_units_of_measured_things(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(q.kind, q.unit) for q in find_quantities(text)] == expected
