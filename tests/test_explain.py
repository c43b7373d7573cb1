"""Explanations: what they hold, that they agree with the extraction, how they read, and that no text breaks them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.explain import NAMES, NUMBERS, Explanation, SentenceView
from claimx.pipeline import explain, extract

TEXT = "We study QuarkNet. QuarkNet improves accuracy by 2.1\\% on CIFAR-10, with 30 ms latency."


def second(text: str = TEXT) -> SentenceView:
    return explain(text).sentences[1]


def test_sentences_without_a_number_are_named_as_not_read() -> None:
    first = explain(TEXT).sentences[0]
    assert (first.text, first.read, first.tokens, first.claims) == ("We study QuarkNet.", False, (), ())


def test_tokens_carry_type_name_and_place_in_the_text_as_handed_in() -> None:
    tokens = {t.text: t for t in second().tokens}
    assert tokens["accuracy"].type == "METRIC"
    assert tokens["CIFAR-10"].type == "BENCH"
    assert tokens["CIFAR-10"].name == "CIFAR-10"
    assert tokens["improves"].classes == ("improve",)
    assert tokens["accuracy"].classes == ()
    percent = tokens["2.1%"]
    assert percent.type == "PCT"
    assert TEXT[percent.start : percent.end] == "2.1\\%", "the span covers the text before cleaning"


def test_matches_hold_pattern_and_captured_words() -> None:
    [match] = [m for m in second().matches if m.pattern == "verb-metric-by"]
    assert match.text == "improves accuracy by 2.1%"
    assert match.captures == {"change": ("improves",), "metric": ("accuracy",), "delta": ("2.1%",)}
    assert match.role == "claim"


def test_near_misses_tell_what_was_wanted_next() -> None:
    near = {n.pattern: n for n in second("One. QuarkNet improves accuracy of 3.5 kinds.").near}
    miss = near["verb-metric-by"]
    assert miss.text == "improves accuracy"
    assert miss.wanted == "by"
    assert (miss.steps, miss.total) == (2, 4)


def test_a_pattern_that_fired_is_no_near_miss() -> None:
    for sentence in explain(TEXT).sentences:
        assert not {m.pattern for m in sentence.matches} & {n.pattern for n in sentence.near}
        assert all(1 < n.steps < n.total for n in sentence.near)


def test_fields_tell_value_source_and_span() -> None:
    claim = second().claims[0]
    fields = {f.name: f for f in claim.fields}
    assert claim.rule == fields["delta"].source == "verb-metric-by"
    assert fields["delta"].value == 2.1
    assert fields["delta"].span is not None
    assert TEXT[slice(*fields["delta"].span)] == "2.1\\%"
    assert fields["metric"].span is not None
    assert TEXT[slice(*fields["metric"].span)] == "accuracy"
    assert fields["benchmark"].value == "CIFAR-10"
    assert fields["method"].value == "QuarkNet"
    assert all(f.source for f in claim.fields)


def test_a_name_from_elsewhere_in_the_document_has_no_span() -> None:
    explained = explain("It reaches 91% accuracy.", "QuarkNet: smaller parsers")
    fields = {f.name: f for f in explained.sentences[0].claims[0].fields}
    assert fields["method"].value == "QuarkNet"
    assert explained.title == "QuarkNet: smaller parsers"
    assert "improves" not in fields


def test_of_two_equal_names_the_one_by_the_number_is_meant() -> None:
    text = "Accuracy on SVHN is known: QuarkNet has 90% on SVHN."
    fields = {f.name: f for s in explain(text).sentences for c in s.claims for f in c.fields}
    assert fields["benchmark"].span == (text.rindex("SVHN"), text.rindex("SVHN") + 4)


def test_the_dict_is_plain_and_complete() -> None:
    whole = explain(TEXT).to_dict()
    assert set(whole) == {"text", "title", "sentences"}
    assert json.loads(json.dumps(whole))["sentences"][1]["claims"][0]["rule"] == "verb-metric-by"


def test_rendering() -> None:
    plain = explain(TEXT).render()
    assert "\x1b" not in plain
    lines = [re.sub(" +", " ", line.strip()) for line in plain.splitlines()]
    for line in (
        "no number: not read",
        "METRIC accuracy",
        "WORD improves <improve>",
        "verb-metric-by [56] “improves accuracy by 2.1%” change=improves metric=accuracy delta=2.1%",
        "1. verb-metric-by",
    ):
        assert line in lines, plain
    assert any(line.startswith("benchmark = CIFAR-10 (") for line in lines)
    colored = explain(TEXT).render(color=True)
    assert "\x1b[32mverb-metric-by\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9]+m", "", colored) == plain


def test_empty_texts_render() -> None:
    assert explain("").render() == "no sentence"
    assert "claims: none" in explain("The year had 12 months.").render()


def test_line_breaks_in_the_text_do_not_break_the_rendering() -> None:
    assert (
        "QuarkNet improves accuracy by 2.1% on SVHN.".split()
        == explain("QuarkNet improves\naccuracy by 2.1%\n on SVHN.").render().splitlines()[0].split()
    )


SAMPLES = [
    "QuarkNet",
    " improves ",
    "accuracy",
    " by ",
    "2.1%",
    "3x",
    " 30 ms",
    " on CIFAR-10",
    ". ",
    ", ",
    "(",
    ")",
    "\n",
    "$\\pm$",
    "\0",
    "\ud800",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SAMPLES), max_size=15).map("".join)))
def test_any_text_is_explained_as_it_is_extracted(text: str) -> None:
    explained = explain(text)
    assert isinstance(explained, Explanation)
    assert explained.render()
    claims = extract(text)
    views = [c for s in explained.sentences for c in s.claims]
    assert [v.rule for v in views] == [c.rule for c in claims]
    for view, claim in zip(views, claims, strict=True):
        fields = {f.name: f.value for f in view.fields}
        assert {n: fields.get(n) for n in (*NUMBERS, *NAMES)} == {n: getattr(claim, n) for n in (*NUMBERS, *NAMES)}
        assert fields.get("unit") == claim.unit
        assert len(fields) == len(view.fields), "no field comes twice"


@pytest.mark.parametrize("title", [None, "", "QuarkNet: a title"])
def test_the_title_is_kept(title: str | None) -> None:
    assert explain("A 5% gain.", title).title == title
