"""Sentence boundaries: a table of cases, "|" where a sentence ends, and properties."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.sentences import split

CASES = [
    "We train a net. | It works well.",
    "Smith et al. show that it works. | We agree.",
    "Following Smith et al. (2020), we train a net.",
    "This was shown by Smith et al. We extend it.".replace("al. We", "al. | We"),
    "Some tasks, e.g. parsing, are hard. | Others are not.",
    "Some models (e.g., Foo) fail. | Others do not.",
    "One model, i.e. Foo, wins.",
    "It reaches 81.2% vs. 79.1% for Foo.",
    "It reaches 81.2 vs. Foo at 79.1. | That is a gain of 2.1.",
    "This differs from prior work (cf. Foo). | We explain why.",
    "See Fig. 2 and Eq. (3) in Sec. IV for details. | The code is public.",
    "It needs approx. 40 GB of memory.",
    "The scores are 3.1 and 4.2, resp. | We also test Foo.",
    "It is robust w.r.t. noise. | Nothing else is.",
    "The No. 1 model wins.",
    "The answer is no. | Yes is wrong.",
    "J. Smith and A. B. Jones wrote it.",
    "Accuracy rises to 95.3. | Foo stays at 91.0.",
    "Accuracy rises to 95. | The cost falls.",
    "The loss is .5 on average. | We fix this.",
    "It runs on .NET and on Node.js. | We use both.",
    "It is trained... but not tuned.",
    "It is trained... | Then it is tested.",
    "The model (Foo et al. use a larger one. It is slow) wins. | We agree.",
    "(It works.) | We agree.",
    "We make gains: 1) it is fast; 2) it is small; and 3) it is cheap. | Code is public.",
    "We offer (i) a model, (ii) a set, and (iii) a tool. | All are public.",
    "Our steps are: 1. Train the net, 2. Test the net, 3. Ship it.",
    "The U.S. market is large. | The U.K. market is not.",
    "The study ran in the U.S. | We report it.",
    "Code is at https://a.io/x.y. | We also release data.",
    "Code is at https://a.io/b?c=d.e and is public.",
    "We use the What's Up? benchmark for tests. | It is hard.",
    "We use Yahoo! Answers and Jeopardy! for tests.",
    "Can nets reason? | We show that they can.",
    "It works! | We show why.",
    "We test many nets. | 3D models fare best.",
    "We test many nets. | iCaRL fares best.",
    "We test many nets. | τ-bench is hard for all.",
    "We test many nets. | ~5% of them fail.",
    "We test many nets. | however, few work.",
    'He called it "good." | We agree.',
    "He called it “good.” | “Bad” was never said.",
    "It is fast; It is small; it is cheap.",
    "Data comes from Foo Inc. and Bar Ltd. in part.",
    "The runs last 5 min. on one GPU.",
    "Foo v1.5 beats Foo v1.4. | Both beat Bar.",
    "It gains 3.1%. | [2] says less.",
    "It gains 3.1% [2]. | Bar gains less.",
    "It gains 3.1%.[2] | Bar gains less.",
    "It gains much on all tests.We also show why. | It is cheap.".replace("tests.We", "tests.|We"),
    "It is hard this http URL | Existing nets fail.",
    "The value of k. | We set it by hand.",
    "Dr. Foo and Prof. Bar agree.",
    "This uses i.i.d. samples from the net.",
    "They met at 5 p.m. | They left at six.",
    "It halves the cost, etc. | The rest is open.",
    "Results hold for all x in X. | Proofs follow.",
    "这是一句。|这是第二句。",
    "  It starts late.  |  It ends late.  ",
    "No end here",
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    parts = [part.strip() for part in case.split("|")]
    text = case.replace("| ", "").replace("|", "")
    assert [text[start:end] for start, end in split(text)] == parts


def test_empty() -> None:
    assert split("") == []
    assert split(" \n ") == []


def test_bracket_that_never_closes_does_not_swallow_the_text() -> None:
    text = "We try (again and again. " + "It works on all of them. " * 40
    assert len(split(text)) > 20


def test_bracket_that_runs_on_is_split() -> None:
    text = "We try (again. " + "It works on all of them. " * 40 + ") and stop."
    assert len(split(text)) > 20


def test_lone_quote_joins_its_sentence() -> None:
    text = 'He said "it works. " And so it did.'
    assert all(any(char.isalnum() for char in text[start:end]) for start, end in split(text))


PIECES = st.sampled_from(
    [
        *'A.!?…;()[]“”"  \n\u00a0。\ud800\0\U0001f600',
        *("We test it", "foo", "e.g", "et al", "Fig", "3", "0.5", "U.S", "...", "1)", "(ii)", "http://x.y", "URL"),
        *("this http URL ", "  "),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(alphabet=st.characters(), max_size=80)))
def test_spans_are_ordered_trimmed_and_cover_everything(text: str) -> None:
    spans, last = split(text), 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([3.5, 12.0, 0.25, 81.2]), min_size=1, max_size=4))
def test_no_boundary_inside_a_number(numbers: list[float]) -> None:
    reported = " and ".join(f"{number}% on set {index}.5" for index, number in enumerate(numbers))
    assert len(split(f"We report {reported}. It ends.")) == 2


@pytest.mark.parametrize(
    "piece", [".", ". ", "a. ", "( a. ", ".)", "?! ", "e.g. ", ".[1", "“x. ", "1. ", "U.S. ", "a.b", "URL "]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = (piece * 60_000)[:60_000]
    began = time.perf_counter()
    split(text)
    assert time.perf_counter() - began < 2.0
