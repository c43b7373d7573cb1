"""The worked examples hold, every pattern has them, and the checker notices each way in which one can fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimx.check import check_examples, expected, fits, lacking, measure
from claimx.errors import GrammarError
from claimx.grammar import load_patterns
from claimx.model import Claim
from claimx.pipeline import extractor
from claimx.resources import grammars_dir

FILES = sorted((grammars_dir() / "patterns").glob("*.toml"))
ALL = check_examples()


def test_every_example_holds() -> None:
    failed = [f"{Path(r.path).name} {r.pattern}: {r.text}\n{r.message}" for r in ALL if not r.ok]
    assert not failed, "\n".join(failed)


def test_every_pattern_has_a_positive_example_and_a_near_miss() -> None:
    missing = lacking(extractor().grammar.patterns)
    assert not missing, "\n".join(missing)


def test_every_example_is_run() -> None:
    patterns = extractor().grammar.patterns
    assert {(r.pattern, r.text) for r in ALL} >= {(p.name, e.text) for p in patterns for e in p.examples}
    assert any(r.path.endswith("clean.toml") for r in ALL)


def test_no_sentence_is_twice_an_example_of_a_pattern() -> None:
    for p in extractor().grammar.patterns:
        texts = [e.text for e in p.examples]
        assert len(texts) == len(set(texts)), p.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_one_file_gives_its_own_examples(path: Path) -> None:
    results = check_examples(str(path))
    assert [(r.pattern, r.text) for r in results] == [(p.name, e.text) for p in load_patterns(path) for e in p.examples]
    assert all(r.ok for r in results)


def test_the_rules_of_cleaning_are_checked_as_well(tmp_path: Path) -> None:
    source = grammars_dir() / "clean.toml"
    shipped = check_examples(str(source))
    assert shipped
    assert all(r.ok for r in shipped)
    copy = tmp_path / "clean.toml"
    content = source.read_text(encoding="utf-8")
    assert "'10,000 tokens'" in content
    copy.write_text(content.replace("'10,000 tokens'", "'10;000 tokens'", 1), encoding="utf-8")
    failed = [r for r in check_examples(str(copy)) if not r.ok]
    assert [r.text for r in failed] == ["10\\,000 tokens"]
    assert failed[0].message == "expected '10;000 tokens'\ngot      '10,000 tokens'"


RULE = '[[pattern]]\nname = "own-rule"\nmatch = "{}"\nrank = 95\n'
ROW = '[[pattern.example]]\ntext = "{}"\nclaims = [ {} ]\n'


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., Any]:
    def run(match: str, text: str, claims: str, more: str = "") -> Any:
        path = tmp_path / "own.toml"
        path.write_text(RULE.format(match) + (more if "role" in more else "") + ROW.format(text, claims)
                        + (more if "role" not in more else ""), encoding="utf-8")  # fmt: skip
        [result] = check_examples(str(path))
        assert result.ok == (not result.message)
        return result

    return run


MATCH = "metric:METRIC '|' value:PCT"
TEXT = "QuarkNet accuracy | 71%."


def test_a_file_of_ones_own_is_checked_together_with_the_grammar(one: Callable[..., Any]) -> None:
    result = one(MATCH, TEXT, '{ metric = "accuracy", value = "71 %" }')
    assert result.ok, result.message
    assert result.fired
    assert "own-rule" not in {p.name for p in extractor().grammar.patterns}, "the shipped grammar is left alone"


def test_a_row_with_another_field_fails_and_shows_both(one: Callable[..., Any]) -> None:
    result = one(MATCH, TEXT, '{ metric = "recall", value = "71 %" }')
    assert result.fired
    assert "not found: { value = 71.0, value_high = None, unit = 'percent', metric = 'recall' }" in result.message
    assert "also got:  { metric = 'accuracy', rule = 'own-rule', unit = 'percent', value = 71.0 }" in result.message


def test_a_row_too_many_and_a_row_too_few_fail(one: Callable[..., Any]) -> None:
    assert "not found" in one(MATCH, TEXT, '{ value = "71 %" }, { value = "71 %" }').message
    more = one(MATCH, "QuarkNet accuracy | 71% and recall | 60%.", '{ value = "60 %" }')
    assert "not found" not in more.message
    assert "also got" in more.message


def test_a_positive_example_whose_pattern_does_not_match_fails(one: Callable[..., Any]) -> None:
    result = one(MATCH, "QuarkNet reaches 71% accuracy.", '{ value = "71 %" }')
    assert not result.fired
    assert result.message == "the pattern does not match here"


def test_a_near_miss_that_the_pattern_reads_fails(one: Callable[..., Any]) -> None:
    result = one(MATCH, TEXT, '{ value = "71 %" }', 'why = "for once"')
    assert result.message == "the pattern made a row, yet this is a near miss"
    assert one(MATCH, "QuarkNet reaches 71% accuracy.", '{ value = "71 %" }', 'why = "another verb"').ok


def test_rejections(one: Callable[..., Any]) -> None:
    match, role = "'|' skip:PCT", 'role = "reject"\n'
    assert one(match, TEXT, "", role).ok
    assert "also got" in one(match, "QuarkNet reaches 71% accuracy but | 5%.", "", role).message


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{ values = "71 %" }', "no column is called 'values'"),
        ('{ value = "much" }', "value = 'much' is no measure"),
        ('{ value = "71 zorks" }', "unknown unit 'zorks'"),
        ('{ delta = "3 ± 1 %" }', "only a value has an error"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_grammar_error(one: Callable[..., Any], row: str, reason: str) -> None:
    with pytest.raises(GrammarError, match=reason) as caught:
        one(MATCH, TEXT, row)
    assert caught.value.rule == "own-rule"
    assert '"+2.1 %"' in str(caught.value)


def test_a_missing_file_is_a_grammar_error(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="cannot be read"):
        check_examples(str(tmp_path / "none.toml"))


def test_lacking_lists_what_is_due(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    bare, positive = (
        RULE.format(MATCH),
        RULE.format(MATCH).replace("own-rule", "half") + ROW.format(TEXT, "{ value = 71.0 }"),
    )
    path.write_text(bare + positive, encoding="utf-8")
    assert lacking(load_patterns(path)) == [
        "own.toml: own-rule has no positive example and no near miss with why",
        "own.toml: half has no near miss with why",
    ]


@pytest.mark.parametrize(
    ("name", "written", "columns"),
    [
        ("value", "90 %", {"value": (90.0,), "value_high": (None,), "unit": ("percent",)}),
        ("value", "0.93", {"value": (0.93,), "value_high": (None,), "unit": (None,)}),
        ("value", "1.9-3.3 x", {"value": (1.9,), "value_high": (3.3,), "unit": ("x",)}),
        ("value", "<= 1,200 ms", {"value": (1200.0,), "value_high": (None,), "unit": ("millisecond",),
          "bound": ("<=",)}),
        ("value", "1.98 ± 0.07", {"value": (1.98,), "value_high": (None,), "value_error": (0.07,), "unit": (None,)}),
        ("delta", "+2.1 %", {"delta": (2.1,), "delta_high": (None,), "delta_kind": ("percent", "relative"),
          "unit": ("percent",)}),
        ("delta", "−3 x", {"delta": (-3.0,), "delta_high": (None,), "delta_kind": ("factor",), "unit": ("x",)}),
        ("delta", "+0.7 points", {"delta": (0.7,), "delta_high": (None,), "delta_kind": ("points",),
          "unit": ("point",)}),
        ("delta", "-1.07", {"delta": (-1.07,), "delta_high": (None,)}),
        ("delta", "-2 - 3 x", {"delta": (-2.0,), "delta_high": (-3.0,), "delta_kind": ("factor",), "unit": ("x",)}),
        ("delta", "-12 ms", {"delta": (-12.0,), "delta_high": (None,), "delta_kind": ("points",),
          "unit": ("millisecond",)}),
        ("baseline_value", "46 ms", {"baseline_value": (46.0,)}),
        ("value", "1e-3", {"value": (0.001,), "value_high": (None,), "unit": (None,)}),
    ],
)  # fmt: skip
def test_measures(name: str, written: str, columns: dict[str, tuple[object, ...]]) -> None:
    assert measure(name, written) == columns


def test_rows_of_columns() -> None:
    row = expected(
        {"delta": "+2 %", "value": "90 %", "base": "88 %", "delta_kind": "points", "method": "", "bound": "~"}
    )
    assert row["unit"] == ("percent",)
    assert row["delta_kind"] == ("points",), "a column given by itself wins"
    assert row["method"] == (None,), "an empty string stands for an absent field"
    good = Claim(value=90.0, delta=2.0, baseline_value=88.0, unit="percent", delta_kind="points", bound="~")
    assert fits(row, good)
    assert not fits(row, Claim(**{**{n: getattr(good, n) for n in Claim.__slots__}, "delta": -2.0}))
    assert not fits(expected({"value": 90}), Claim(value=90.1))
    assert fits(expected({"value": 90}), Claim(value=90.0))
    assert not fits(expected({"value": 90}), Claim(delta=90.0))
