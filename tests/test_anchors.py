"""Phrases tried at their anchors only are the phrases that a search of the whole text finds."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from claimx import name_patterns as patterns
from claimx.anchors import Anchors, matches, may_name, may_name_after_head, phrase_end
from claimx.name_patterns import any_of

_WORDS = (
    "we We here paper, To to this end end, also propose proposes proposed, introduce pre-trained obtain called (dubbed "
    "so-called the The a an our Our novel new scheme model, method: – “Fennel FennelNet FennelNet, Tide-2 (TF) that "
    "that, predicts further outperforms achieve newly can x, it. RL"
).split()
_TEXTS = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from("      \n")), max_size=40).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


def _spans(found: object) -> list[tuple[int, int]]:
    return [m.span() for m in found]  # type: ignore[attr-defined]


@given(_TEXTS)
def test_the_anchors_are_all_places_of_phrases(text: str) -> None:
    anchors = Anchors(text)
    for pattern, places in (
        (patterns.CALLED_NAME, anchors.calls),
        (patterns.PROPOSE_NAME, [at for at in anchors.proposing if may_name(text, at)]),
        (patterns.PROPOSED, [at for at in anchors.ours if may_name(text, at)]),
        (patterns.BEGINS, anchors.coined()),
    ):
        assert _spans(matches(pattern, text, places)) == _spans(pattern.finditer(text))
    if patterns.APPOSED.search(text):
        assert anchors.apposed()


@given(_TEXTS)
def test_what_follows_a_verb_is_not_passed_over(text: str) -> None:
    anchors = Anchors(text)
    for pattern in (patterns.SUCH_HEAD, patterns.CAPITAL_RUN, patterns.RESTATED):
        for m in pattern.finditer(text):
            assert m.start() in anchors.verbs
            assert may_name(text, m.start())
            end = phrase_end(text, m.start())
            assert end >= m.end("name") or pattern is patterns.RESTATED
            assert pattern is not patterns.SUCH_HEAD or may_name_after_head(text, m.start(), end)


@pytest.mark.parametrize("words", [["a", "ab", "abc", "b"], ["model", "models", "method"], ["x"]])
def test_any_of_takes_each_word_and_no_other(words: list[str]) -> None:
    pattern = regex.compile(any_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert not any(pattern.fullmatch(word) for word in ("", "abcd", "mode", "xx", "modelss"))
