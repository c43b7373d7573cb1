"""Grammar files: every mistake is told with file, pattern, column, caret and what would be legal."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimx.errors import GrammarError
from claimx.grammar import Grammar, Symbols, load_patterns

GOOD = """
[[pattern]]
name  = "metric-of-value"
match = "metric:METRIC of value:NUM"
sense = "up"
pair  = "zip"
rank  = 7

  [[pattern.example]]
  text   = "The accuracy of 0.9 is fine."
  claims = [ { metric = "accuracy", value = "0.9" } ]

  [[pattern.example]]
  text   = "The accuracy of nine runs."
  claims = []
  why    = "a count"
"""


def symbols() -> Symbols:
    out = Symbols()
    out.add_class("improve", ["improve", "improves"])
    out.add_class("nothing", [])
    return out


def refused(folder: Path, content: str | bytes) -> str:
    path = folder / "a.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GrammarError) as caught:
        Grammar.load(folder, symbols())
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD)
    [pattern] = load_patterns(tmp_path / "a.toml")
    assert (pattern.name, pattern.sense, pattern.pair, pattern.rank, pattern.role) == (
        "metric-of-value",
        "up",
        "zip",
        7,
        "claim",
    )
    assert [e.why for e in pattern.examples] == ["", "a count"]
    assert pattern.examples[0].claims == ({"metric": "accuracy", "value": "0.9"},)
    assert Grammar.load(tmp_path, symbols()).patterns == [pattern]


@pytest.mark.parametrize(
    ("match", "place", "reason", "hint"),
    [
        ("metric:METRC of value:NUM", "metric", "no token type is called METRC", "METRIC"),
        ("value:NUM of ZZZZQQ", "ZZZZQQ", "no token type is called ZZZZQQ", "PCT, PTS"),
        ("<improv> value:NUM", "<improv>", "no word class is called <improv>", "<improve>"),
        ("<nothing> value:NUM", "<nothing>", "is empty", "a class with words"),
        ("[ of | <qqq> ] value:NUM", "<qqq>", "no word class is called <qqq>", "<improve>"),
        ("metrics:METRIC of value:NUM", "metrics", "no capture is called 'metrics'", "metric"),
        ("value:NUM METRIC*", "*", "'*' is not of this notation", "{m,n}"),
        ("value:NUM [ of", "[", "a '[' without its ']'", "']'"),
        ("value:NUM ~40 of", "~40", "a gap of 40 tokens", "~1 to ~12"),
    ],
)
def test_a_mistake_in_a_match_line_has_a_caret(tmp_path: Path, match: str, place: str, reason: str, hint: str) -> None:
    message = refused(tmp_path, f'[[pattern]]\nname = "p"\nmatch = "{match}"\n')
    first, source, caret, legal = message.splitlines()
    column = match.index(place)
    assert first == f"{tmp_path / 'a.toml'}, pattern 'p', column {column + 1}: {first.split(': ', 1)[1]}"
    assert reason in first
    assert source == "    " + match
    assert caret == "    " + " " * column + "^"
    assert legal.startswith("  legal here: ")
    assert hint in legal


ROW = '[[pattern]]\nname = "p"\nmatch = "value:NUM of"\n'


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('[[pattern]]\nmatch = "value:NUM"', ["pattern 1 has no name", 'name = "']),
        ('[[pattern]]\nname = "p"', ["pattern 'p'", "has no match line"]),
        ('[[pattern]]\nname = "p"\nmatch = 7', ["has no match line"]),
        (ROW + 'ranks = 3', ["unknown key 'ranks'", "rank"]),
        (ROW + 'zzz = 3', ["unknown key 'zzz'", "match", "sense"]),
        (ROW + 'sense = "upwards"', ["sense = 'upwards'", "'up'", "'worse'"]),
        (ROW + 'role = "skip"', ["role = 'skip'", "'reject'"]),
        (ROW + 'pair = ["zip"]', ["pair = ['zip']", "'broadcast'"]),
        (ROW + 'delta_kind = "pp"', ["delta_kind = 'pp'", "'points'"]),
        (ROW + 'rank = "high"', ["rank must be a whole number"]),
        (ROW + "rank = true", ["rank must be a whole number"]),
        (ROW + "metric = 3", ["metric must be a string"]),
        (ROW + "example = 3", ["[[pattern.example]]"]),
        (ROW + 'example = [ { text = "a" } ]', ["an example needs text and claims"]),
        (ROW + 'example = [ { text = "a", claims = [ 3 ] } ]', ["an example needs text and claims"]),
        (ROW + 'example = [ { text = "a", claims = [], way = "b" } ]', ["unknown key 'way'", "why"]),
        (ROW + 'example = [ { text = "a", claims = [], why = 3 } ]', ["why and title must be strings"]),
        (ROW + 'example = [ { text = "a", claims = [] } ]', ["a near miss and must say why"]),
        (ROW + ROW, ["a pattern of this name exists already", "name of its own"]),
        (ROW.replace("value:NUM", "metric:METRIC"), ["captures no number", "value:VALUE"]),
        (ROW + 'role = "reject"', ["captures no number", "skip:VALUE"]),
        ('[[patern]]\nname = "p"', ["unknown top-level key 'patern'", "[[pattern]]"]),
        ('pattern = 3', ["must be an array of tables"]),
        ('pattern = [ 3 ]', ["must be an array of tables"]),
        ('[pattern]\nname = "p"', ["must be an array of tables"]),
        ('[[pattern]\nname = "p"', ["is not TOML", "line 1"]),
        ('[[pattern]]\nname = "p', ["is not TOML", "end of document"]),
        (b'[[pattern]]\nname = "\xff"', ["is not UTF-8", "byte 20"]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_names_it_and_what_is_legal(
    tmp_path: Path, content: str | bytes, reasons: list[str]
) -> None:
    message = refused(tmp_path, content)
    for reason in reasons:
        assert reason in message


def test_the_same_name_in_two_files_names_both(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ROW)
    (tmp_path / "b.toml").write_text(ROW)
    with pytest.raises(GrammarError) as caught:
        Grammar.load(tmp_path, symbols())
    assert "a.toml" in str(caught.value)
    assert "b.toml" in str(caught.value)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=r"none\.toml: cannot be read: No such file"):
        load_patterns(tmp_path / "none.toml")
    with pytest.raises(GrammarError, match="cannot be read"):
        load_patterns(tmp_path)
    with pytest.raises(GrammarError, match="holds no grammar file"):
        Grammar.load(tmp_path, symbols())
