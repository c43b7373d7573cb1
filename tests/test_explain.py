"""Explanations: what they hold, that they agree with the extraction, how they read, and that no text breaks them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.assemble import Assembled, Ranking
from claimx.assemble.candidates import DEFAULT, NONE, Candidate, Named
from claimx.clean import clean
from claimx.explain import NAMES, NUMBERS, ChoiceView, Explanation, FieldView, Rival, SentenceView, Step, build
from claimx.pipeline import explain, extract, extractor
from claimx.resources import grammars_dir

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


@pytest.mark.parametrize("name", NAMES)
def test_a_chosen_field_tells_what_the_ranking_made_of_its_candidates(name: str) -> None:
    text = "QuarkNet improves accuracy over PlainNet by 2.1% on CIFAR-10."
    steps: list[Step] = []
    extractor().extract(text, None, steps.append)
    best, *rest = steps[0].rows[0].choice.candidates(name)
    [field] = [f for f in explain(text).sentences[0].claims[0].fields if f.name == name]
    choice = field.choice
    assert choice is not None
    assert (choice.names, field.source) == ((field.value,), best.source)
    assert choice.probability == pytest.approx(best.probability, abs=1e-4)
    assert [r.probability for r in choice.rivals] == pytest.approx(
        [c.probability for c in rest if c.probability >= 0.01][:3], abs=1e-4
    )
    weights = Ranking.load(grammars_dir()).weights[name]
    learned = [(f, w) for f, w in choice.features if f != "certain"]
    assert learned, "something speaks for it"
    assert all(weights[f] == w > 0 for f, w in learned)
    assert min(w for _, w in choice.features) >= max(
        (w for f, w in best.features.items() if f not in dict(learned)), default=0
    ), "no other feature weighs more"


def test_fields_that_are_not_chosen_have_no_choice() -> None:
    fields = {f.name: f for f in second().claims[0].fields}
    assert {name for name, f in fields.items() if f.choice is None} == fields.keys() - set(NAMES)


def candidate(name: str | None, probability: float, source: str = "name", **more: Any) -> Candidate:
    names = (Named(name, name),) if name else (NONE,)
    return Candidate(names, source, probability=probability, **more)


def remade(name: str, *ranked: Candidate) -> Explanation:
    """A sentence's explanation with other candidates for one field."""
    text = clean("QuarkNet has 90% accuracy on SVHN.")
    steps: list[Step] = []
    extractor().extract(text.raw, None, steps.append)
    [step] = steps
    [row] = step.rows
    claim = replace(row.claims[0], **{name: ranked[0].names[0].name, name + "_text": ranked[0].names[0].text})
    made = Assembled(row.draft, replace(row.choice, **{name: list(ranked)}), [claim])
    return build(text, None, [step.span], [replace(step, rows=[made])], extractor().grammar)


def field_of(explained: Explanation, name: str) -> FieldView | None:
    return next((f for f in explained.sentences[0].claims[0].fields if f.name == name), None)


def lines_of(explained: Explanation, name: str) -> list[str]:
    """The rendered lines of a field, without their margins."""
    lines = explained.render().splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"       {name} = "))
    end = next((i for i, line in enumerate(lines) if i > start and line[7:8] != " "), len(lines))
    return [line.strip() for line in lines[start:end]]


def test_a_choice_in_full() -> None:
    weights = {"small": 0.25, "against": -3.0, "large": 1.5, "nil": 0.004, "middle": 0.75, "fourth": 0.125}
    explained = remade(
        "method",
        candidate("QuarkNet", 0.8, features=weights, reason="subject"),
        candidate("PlainNet", 0.12),
        Candidate((Named("OtherNet"), Named("ThirdNet")), "list", probability=0.04),
        candidate(None, 0.03, "nobody"),
        candidate("LastNet", 0.02),
    )
    field = field_of(explained, "method")
    assert field == FieldView(
        "method",
        "QuarkNet",
        "name",
        (0, 8),
        ChoiceView(
            ("QuarkNet",),
            0.8,
            "subject",
            (("large", 1.5), ("middle", 0.75), ("small", 0.25)),
            (Rival(("PlainNet",), 0.12), Rival(("OtherNet", "ThirdNet"), 0.04), Rival((), 0.03)),
        ),
    )
    assert lines_of(explained, "method") == [
        "method = QuarkNet  (0.80; name 0:8; rule: subject)",
        "for it: large +1.50; middle +0.75; small +0.25",
        "others: PlainNet 0.12; OtherNet + ThirdNet 0.04; nothing 0.03",
    ]
    [plain] = [f for f in json.loads(json.dumps(explained.to_dict()))["sentences"][0]["claims"][0]["fields"]
               if f["name"] == "method"]  # fmt: skip
    assert plain["choice"] == {
        "names": ["QuarkNet"],
        "probability": 0.8,
        "reason": "subject",
        "features": [["large", 1.5], ["middle", 0.75], ["small", 0.25]],
        "rivals": [
            {"names": ["PlainNet"], "probability": 0.12},
            {"names": ["OtherNet", "ThirdNet"], "probability": 0.04},
            {"names": [], "probability": 0.03},
        ],
    }


def test_unlikely_candidates_and_weightless_features_are_left_out() -> None:
    explained = remade("method", candidate("QuarkNet", 0.992), candidate("PlainNet", 0.008))
    assert lines_of(explained, "method") == ["method = QuarkNet  (0.99; name 0:8)"]


def test_a_field_without_a_name_is_shown_where_another_was_near() -> None:
    near = remade("baseline", candidate(None, 0.9, "nothing", reason=DEFAULT), candidate("PlainNet", 0.05))
    assert field_of(near, "baseline") is not None
    assert lines_of(near, "baseline") == ["baseline = none  (0.90; nothing; rule: by default)", "others: PlainNet 0.05"]
    far = remade("baseline", candidate(None, 0.951, "nothing"), candidate("PlainNet", 0.049))
    assert field_of(far, "baseline") is None


def test_what_only_the_rules_propose_and_what_leaves_nothing_open() -> None:
    best = candidate("SVHN", 1.0, "rule", features={"rule": 0.5}, reason="one to one", certain=True)
    assert lines_of(remade("benchmark", best), "benchmark") == [
        "benchmark = SVHN  (1.00; rule: one to one 29:33)",
        "for it: certain +8.00; rule +0.50",
    ]


def test_one_of_a_list_is_shown_with_the_list() -> None:
    names = (Named("SVHN", "SVHN"), Named("MNIST", "MNIST"))
    explained = remade("benchmark", Candidate(names, "list", probability=0.7), candidate(None, 0.3, "none"))
    assert lines_of(explained, "benchmark") == [
        "benchmark = SVHN  (0.70; one of SVHN + MNIST; list 29:33)",
        "others: nothing 0.30",
    ]


def test_fields_fit_120_columns_and_lose_no_word() -> None:
    long, longer = "method of many words " * 9, "one-of-many-hyphens " * 20
    explained = remade("method", candidate(long.strip(), 0.6), candidate(longer.strip(), 0.4))
    shown = lines_of(explained, "method")
    assert max(map(len, explained.render().splitlines())) <= 120
    assert " ".join(shown) == f"method = {long} (0.60; name) others: {longer}0.40"


def test_rendering() -> None:
    plain = explain(TEXT).render()
    assert "\x1b" not in plain
    lines = [re.sub(" +", " ", line.strip()) for line in plain.splitlines()]
    for line in (
        "no number: not read",
        "METRIC accuracy",
        "WORD improves <improve>",
        "verb-metric-by [56] “improves accuracy by 2.1%” change=improves metric=accuracy delta=2.1%",
        f"1. verb-metric-by, confidence {extract(TEXT)[0].confidence:.2f}",
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
    assert [(v.rule, v.confidence) for v in views] == [(c.rule, c.confidence) for c in claims]
    for view, claim in zip(views, claims, strict=True):
        fields = {f.name: f.value for f in view.fields}
        assert {n: fields.get(n) for n in (*NUMBERS, *NAMES)} == {n: getattr(claim, n) for n in (*NUMBERS, *NAMES)}
        assert fields.get("unit") == claim.unit
        assert len(fields) == len(view.fields), "no field comes twice"


@pytest.mark.parametrize("title", [None, "", "QuarkNet: a title"])
def test_the_title_is_kept(title: str | None) -> None:
    assert explain("A 5% gain.", title).title == title
