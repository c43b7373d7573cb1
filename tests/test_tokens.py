"""Words of a sentence: names stay whole, possessives and marks stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.tokens import spans


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "name",
    ["CIFAR-10", "pass@1", "top-1", "GPT-4", "WMT'14", "F_1", "Llama-2-7B", "AT&T", "C++", "3.2", "T^0.5",
     "o'clock", "state-of-the-art"],
)  # fmt: skip
def test_a_name_is_one_word(name: str) -> None:
    assert words(f"on {name} we") == ["on", name, "we"]


def test_possessives_stand_alone() -> None:
    assert words("GPT-4's and CLIP’s") == ["GPT-4", "'s", "and", "CLIP", "’s"]


def test_marks_stand_alone() -> None:
    assert words("(a, b); 5%!") == ["(", "a", ",", "b", ")", ";", "5", "%", "!"]


@pytest.mark.parametrize("short", ["e.g.", "i.e.", "et al.", "vs.", "resp.", "w.r.t."])
def test_abbreviations_keep_their_points(short: str) -> None:
    assert words(f"one {short} two") == ["one", short, "two"]


def test_a_full_stop_is_no_part_of_the_last_word() -> None:
    assert words("on CIFAR-10.") == ["on", "CIFAR-10", "."]


def test_a_part_of_a_text_keeps_the_texts_offsets() -> None:
    text = "skip this. Read that."
    assert spans(text, 11, 20) == [(11, 15), (16, 20)]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_spans_are_in_order_disjoint_and_leave_out_only_space(text: str) -> None:
    end = 0
    for start, stop in spans(text):
        assert end <= start < stop
        assert text[end:start].strip() == ""
        end = stop
    assert text[end:].strip() == ""
