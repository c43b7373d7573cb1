r"""Cleaning: the table's worked examples, whole strings, what must stay, errors in the table, and properties."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.clean import clean, tables
from claimx.errors import GrammarError
from claimx.markup_tables import load_tables
from claimx.resources import grammars_dir

RULES = [(rule.name, before, after) for rule in tables().rules for before, after in rule.examples]


@pytest.mark.parametrize(("name", "before", "after"), RULES)
def test_worked_example_of_the_table(name: str, before: str, after: str) -> None:
    assert clean(before).clean == after, name


def test_each_rule_has_an_example_that_it_changes_itself() -> None:
    for rule in tables().rules:
        assert any(rule.pattern.search(before) for before, _ in rule.examples), rule.name


CASES = [
    # escaped signs and numbers
    (r"a drop of 5.13\%", "a drop of 5.13%"),
    (r"R\&D on data\_set \#3 for \$5", "R&D on data_set #3 for $5"),
    ("sim0.01% of the weights", "~0.01% of the weights"),
    (r"$\sim$0.01%", "~0.01%"),
    (r"\sim 3%", "~3%"),
    (r"$\sim 75\%$ fewer", "~75% fewer"),
    ("at 512times512 pixels", "at 512×512 pixels"),
    ("at 64times 64 pixels", "at 64×64 pixels"),
    (r"$1536 \times 1536$", "1536×1536"),
    ("50times", "50×"),
    ("2.5times faster", "2.5× faster"),
    (r"2.5$\times$ faster", "2.5× faster"),
    (r"$2.5\times$ faster", "2.5× faster"),
    (r"9.7 $\times$ faster", "9.7× faster"),
    (r"4${\times}$ and 4$\!\times\!$", "4× and 4×"),
    (r"$2.1\times$$\sim$$2.6\times$", "2.1×~2.6×"),
    ("approx 7%", "≈7%"),
    (r"$\approx$33\%", "≈33%"),
    (r"0.9$\pm$0.1 and 1.98pm0.07", "0.9±0.1 and 1.98±0.07"),
    (r"$3\times 10^{5}$", "3×10^5"),
    (r"$10^{-3}$", "10^-3"),
    (r"$1{,}000$ and 10\,000", "1,000 and 10,000"),
    (r"$p{=}0.01$", "p=0.01"),
    (r"45$^{\circ}$", "45°"),
    (r"the $5^{th}$ layer", "the 5th layer"),
    (r"Delta3.4% and $\Delta$PSNR", "Δ3.4% and ΔPSNR"),
    (r"$12.4 \rightarrow 9.1$", "12.4 → 9.1"),
    ("(uparrow 4.1)", "(↑ 4.1)"),
    # names
    ("$F_1$ and F_1", "F1 and F1"),
    (r"mAP$_{50}$", "mAP50"),
    ("FD_{DINOv2}", "FD_DINOv2"),
    (r"$\text{Score}_{\text{avg}}$", "Score_avg"),
    ("$R^2$ and R^2", "R^2 and R^2"),
    ("LoRA$^2$", "LoRA^2"),
    (r"$\tau$-bench and \tau-bench", "τ-bench and τ-bench"),
    ("$k$-means with $n$ items", "k-means with n items"),
    (r"\textsc{B}ERT, {B}ERT and {Foo-Net}", "BERT, BERT and Foo-Net"),
    ("GPT\u20114", "GPT-4"),
    # commands
    (r"\textbf{bold} \emph{a {\em b} c} \texttt{d}", "bold a b c d"),
    (r"{\bf wide} \underline{\textit{deep}}", "wide deep"),
    (r"as in~\cite{a,b} and \citep[see][]{c}.", "as in and."),
    (r"\href{https://a.b/c}{the code} at \url{https://a.b}", "the code at https://a.b"),
    (r"\textcolor{red}{5\%}", "5%"),
    (r"wins\footnote{on one GPU}", "wins (on one GPU)"),
    (r"$\mathcal{O}(n\log n)$ and mathcal{O}(n)", "O(n log n) and O(n)"),
    (r"$\frac{a}{b}$ and $\sqrt{2}$", "a/b and √2"),
    (r"\ours beats it", "ours beats it"),
    # prose
    ("the ``hard'' split", "the “hard” split"),
    ("29--40% --- at last", "29–40% — at last"),
    ("eﬃcient ﬁne ﬂow", "efficient fine flow"),
    ("5\u00a0ms,\tand\n  more\u00ad over\u200b", "5 ms, and more over"),
    ("a &lt; b &amp; c&nbsp;d &#37; &#x25;", "a < b & c d % %"),
    ("&amp;lt;5", "<5"),
    ("CO<sub>2</sub> at 10<sup>-3</sup> <i>ex vivo</i>", "CO2 at 10^-3 ex vivo"),
    (r"caf\'e, G\"{o}del, na\"ive, {\"o}, \'{e}, \c{c}, \v{s}", "café, Gödel, naïve, ö, é, ç, š"),
    (r"it\'s \"good\" and they\'re", "it's \"good\" and they're"),
    ("Fig.~2 and Task~2 but ~3%", "Fig. 2 and Task 2 but ~3%"),
    ("𝖥𝗈𝗈 with 𝛼", "Foo with α"),
    ("3 -> 4, k <= 5, k >= 6 and <; 7 ms", "3 → 4, k ≤ 5, k ≥ 6 and < 7 ms"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_cleaned(raw: str, expected: str) -> None:
    assert clean(raw).clean == expected


STAY = [
    "Foo gains 3.2 points at 10 times the speed, sometimes more.",
    "It costs $3 and $5 a day, or $0.05/$0.10 a call, or $3-$5 in all.",
    "a saving of $3.5 million in US$ and 20$ more",
    "10⁻³ and 5 m² and x₁",
    "the sets {0, 1} and {-1, 0, 1}",
    "the <think> tag, p<0.05 and x > 3",
    "similar to sim2real, approx. 7 timesteps, pm2.5 and Delta Lake",
    "10~30% and ~57%",
    r"C:\Users and \n",
    r"\textbf{never closed, $ and { too",
    "the Greek tau and the word rightmost, alpha 3, lambda",
    "snake_case_1 and model_2 and a `name`",
    "AT&T and R&D",
    "run it with --fast",
    "",
]


@pytest.mark.parametrize("raw", STAY)
def test_stays(raw: str) -> None:
    assert clean(raw).clean == raw


def test_nothing_to_clean_has_no_map() -> None:
    text = clean("Foo reaches 81.2% accuracy on Bar-10, 3.1 points above Baz.")
    assert text.starts is None
    assert text.ends is None
    assert text.clean is text.raw


@pytest.mark.parametrize(
    ("raw", "part", "origin"),
    [
        (r"a \textbf{5.13\%} drop", "5.13%", r"5.13\%"),
        (r"up to $2.5\times$ faster", "2.5×", r"2.5\times"),
        (r"a 2.5$\times$ gain", "2.5×", r"2.5$\times"),
        ("only sim0.01% of it", "~0.01%", "sim0.01%"),
        ("at 64times 64 now", "64×64", "64times 64"),
        ("an $F_1$ of 3", "F1", "F_1"),
        ("so  \n eﬃcient here", "efficient", "eﬃcient"),
    ],
)
def test_origin(raw: str, part: str, origin: str) -> None:
    text = clean(raw)
    at = text.clean.index(part)
    start, end = text.origin(at, at + len(part))
    assert raw[start:end] == origin


def write(folder: Path, body: str) -> Path:
    path = folder / "clean.toml"
    path.write_text(body, encoding="utf-8")
    return path


RULE = '[[rule]]\nname = "r"\ntrigger = "ab"\npattern = "{}"\nreplace = "c"\nexamples = [["ab", "{}"]]\n'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[extra]\n", "unknown section 'extra'"),
        ("[literal]\na = 1\n", "is not a string"),
        ('[wrapper]\na = ["x"]\n', "not a pair"),
        ("[commands]\nodd = []\n", "unknown key 'odd'"),
        (RULE.format("ab(", "c"), "column"),
        (RULE.format("(ab)", "c"), "captures a group"),
        (RULE.format("x?", "c"), "matches nothing"),
        (RULE.format("b", "c"), "does not begin with a trigger"),
        (RULE.format("ab", "ab"), "no example that changes"),
        ('[[rule]]\nname = "r"\n', "keys missing or unknown"),
        (RULE.format("ab", "c").replace('"ab"\n', '""\n', 1), "trigger is empty"),
        ("[literal\n", "is not TOML"),
    ],
)
def test_mistake_in_the_table(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(GrammarError, match=message):
        load_tables(write(tmp_path, body))


def test_missing_table(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="cannot be read"):
        load_tables(tmp_path / "clean.toml")


def test_table_is_toml_without_empty_sections() -> None:
    data = tomllib.loads((grammars_dir() / "clean.toml").read_text(encoding="utf-8"))
    assert all(data[section] for section in ("literal", "symbol", "wrapper", "commands", "rule"))


PIECES = st.sampled_from(
    [
        *"\\${}^_~-`'\"&;#<>/ \n\t\u00ad\u200baBeo3.,×%ﬁ𝛼\0\ud800",
        *("--", "\\textbf{", "\\times", "\\sim", "\\cite{", "\\frac{", "\\href{", "\\em ", "\\'", "\\!", "\\%", "\\$"),
        *("\\{", "\\}", "\\,", "\\[", "\\]", "&amp;", "&lt;", "&#37;", "<i>", "sim", "times", "approx ", "pm", "Delta"),
        *("le ", "rightarrow", "0.5", "mathcal{", "text", "bf", "amp;", "i>", "word "),
    ]
)
MARKED = st.lists(PIECES, max_size=25).map("".join)
ANY = st.text(alphabet=st.characters(), max_size=60)


@settings(max_examples=500, deadline=None)
@given(st.one_of(MARKED, ANY))
def test_cleaning_is_idempotent(raw: str) -> None:
    once = clean(raw).clean
    assert clean(once).clean == once


@settings(max_examples=500, deadline=None)
@given(st.one_of(MARKED, ANY))
def test_origin_map_is_monotone_and_within_bounds(raw: str) -> None:
    text = clean(raw)
    assert text.raw == raw
    if text.starts is None or text.ends is None:
        assert text.clean == raw
        return
    assert len(text.starts) == len(text.ends) == len(text.clean)
    assert all(0 <= start < end <= len(raw) for start, end in zip(text.starts, text.ends, strict=True))
    assert list(text.starts) == sorted(text.starts)
    assert list(text.ends) == sorted(text.ends)


@settings(max_examples=300, deadline=None)
@given(MARKED)
def test_letters_and_digits_that_come_from_one_character_are_that_character(raw: str) -> None:
    text = clean(raw)
    if text.starts is None or text.ends is None:
        return
    for char, start, end in zip(text.clean, text.starts, text.ends, strict=True):
        if char.isascii() and char.isalnum() and end - start == 1 and raw[start].isascii():
            assert raw[start] == char


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdefgh XYZ0123456789.,()%", max_size=80).filter(lambda text: "  " not in text))
def test_plain_text_is_left_alone(raw: str) -> None:
    assert clean(raw).clean == raw


@pytest.mark.parametrize(
    "piece",
    ["\\textbf{", "{", "}", "$", "$a", "$ a b ", "&amp;", "\\frac{", "\\cite[", "--x", "\\!", "_{", "\t \n", "`"],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    raw = (piece * 40_000)[:40_000]
    began = time.perf_counter()
    clean(raw)
    assert time.perf_counter() - began < 2.0
