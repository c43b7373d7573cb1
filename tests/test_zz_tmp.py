"""Compiled patterns against a plain backtracking matcher, and the symbols a pattern cannot do without."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.grammar.compile import MAX_LIST, Compiler, charset
from claimx.grammar.naive import Naive
from claimx.grammar.parse import Node, PatternSyntax, parse
from claimx.grammar.symbols import CLAUSE_MARKS, FIRST, GROUPS, LIST_MARKS, TYPES, Symbols


def alphabet() -> Symbols:
    out = Symbols()
    out.add_class("improve", ["improves", "boosts"])
    for word in ("by", "of", "to", "from"):
        out.add(word)
    return out


SYMBOLS = alphabet()
COMPILER = Compiler(SYMBOLS)
NAIVE = Naive(SYMBOLS)
TOKENS = ["NUM", "PCT", "METRIC", "NP", "WORD", "improves", "by", "of", ",", "and", "(", ")", ";"]


def encode(tokens: list[str]) -> str:
    return "".join(SYMBOLS.type(t) if t in TYPES else SYMBOLS.word(t) or "" for t in tokens)


def spans(node: Node, encoded: str) -> list[tuple[int, int]]:
    return [m.span() for m in COMPILER.regex(node).finditer(encoded, overlapped=True)]


ITEMS = [
    "NUM",
    "PCT",
    "VALUE",
    "METRIC",
    "ANY",
    "by",
    "of",
    "','",
    "'('",
    "<improve>",
    "[ NUM | by ]",
    "[ METRIC | <improve> ]",
]


@st.composite
def match_lines(draw: st.DrawFn) -> str:
    """Small patterns of every element: captures, lists, gaps, optionals, groups, alternatives, repeats."""

    def item(depth: int) -> str:
        kind = draw(st.integers(0, 9))
        if kind == 0 and depth:
            return f"~{draw(st.integers(1, 3))}"
        if kind <= 2 and depth:
            branches = [
                " ".join(item(0) for _ in range(draw(st.integers(1, 2)))) for _ in range(draw(st.integers(1, 2)))
            ]
            group = draw(st.sampled_from(["", "value:"])) + "[ " + " | ".join(branches) + " ]"
            return group + draw(st.sampled_from(["", "?", "{0,2}", "{1,3}"]))
        base = draw(st.sampled_from(ITEMS))
        if base[0] not in "'bo":
            base = draw(st.sampled_from(["", "metric:", "value:"])) + base
            base += draw(st.sampled_from(["", "", "", "+"])) if depth else ""
        return base + draw(st.sampled_from(["", "", "", "?"]))

    return " ".join(item(1) for _ in range(draw(st.integers(1, 4))))


def parsed(source: str) -> Node | None:
    try:
        return parse(source)
    except PatternSyntax:
        return None


@settings(max_examples=12000, deadline=None)
@given(match_lines(), st.lists(st.sampled_from(TOKENS), max_size=14))
def test_a_compiled_pattern_matches_what_a_plain_backtracker_matches(source: str, tokens: list[str]) -> None:
    node = parsed(source)
    if node is not None:
        encoded = encode(tokens)
        assert spans(node, encoded) == NAIVE.spans(node, encoded)


@settings(max_examples=12000, deadline=None)
@given(match_lines(), st.lists(st.sampled_from(TOKENS), max_size=14))
def test_every_match_has_a_symbol_of_each_mandatory_set(source: str, tokens: list[str]) -> None:
    node = parsed(source)
    if node is not None:
        encoded = encode(tokens)
        for start, end in spans(node, encoded):
            for need in COMPILER.mandatory(node):
                assert not need.isdisjoint(encoded[start:end])


@settings(max_examples=500, deadline=None)
@given(match_lines(), st.lists(st.sampled_from(TOKENS), max_size=14))
def test_captures_lie_in_the_match_on_symbols_that_they_may_hold(source: str, tokens: list[str]) -> None:
    node = parsed(source)
    if node is None:
        return
    encoded = encode(tokens)
    for m in COMPILER.regex(node).finditer(encoded, overlapped=True):
        for name in m.re.groupindex:
            for start, end in m.spans(name):
                assert m.start() <= start <= end <= m.end()
                ends = [e for part in named(node, name) for e in NAIVE.ends(plain(part), encoded, start)]
                assert end in ends


def named(node: Node, name: str) -> list[Node]:
    return ([node] if node.capture == name else []) + [n for item in node.items for n in named(item, name)]


def plain(node: Node) -> Node:
    """One occurrence of a node: what a capture holds each time."""
    return Node(node.kind, node.text, items=node.items)


@pytest.mark.parametrize(
    ("source", "tokens", "expected"),
    [
        ("value:NUM+", ["NUM", ",", "NUM", "and", "NUM"], {"value": [0, 2, 4]}),
        ("value:NUM+", ["NUM", ",", "and", "NUM"], {"value": [0, 3]}),
        ("value:NUM+", ["NUM", "NUM"], {"value": [0]}),
        ("value:NUM+", ["NUM", ",", "PCT"], {"value": [0]}),
        ("value:NUM by value:NUM", ["NUM", "by", "NUM"], {"value": [0, 2]}),
        ("[ value:NUM by | value:PCT ] value:NUM", ["PCT", "NUM"], {"value": [0, 1]}),
        (
            "[ metric:METRIC ]? value:NUM [ metric:METRIC ]?",
            ["METRIC", "NUM", "METRIC"],
            {"metric": [0, 2], "value": [1]},
        ),
        ("[ metric:METRIC by ]? METRIC ~2 value:NUM", ["METRIC", "of", "NUM"], {"value": [2]}),
        ("value:[ NUM by NUM ]", ["NUM", "by", "NUM"], {"value": [0, 1, 2]}),
    ],
)
def test_captures_come_in_order_and_forget_what_was_given_back(
    source: str, tokens: list[str], expected: dict[str, list[int]]
) -> None:
    m = COMPILER.regex(parse(source)).match(encode(tokens))
    assert m is not None
    assert {n: [i for s, e in m.spans(n) for i in range(s, e)] for n in m.re.groupindex if m.spans(n)} == expected


def test_lists_are_possessive_and_bounded() -> None:
    node = parse("NUM+ ',' NUM")
    assert spans(node, encode(["NUM", ",", "NUM"])) == [], "a list gives back none of its items"
    many = encode(["NUM", ","] * (MAX_LIST + 6))
    [first, *_] = spans(parse("NUM+"), many)
    assert first == (0, 2 * MAX_LIST - 1)


def test_gaps_are_lazy_and_stop_at_typed_tokens_and_clause_marks() -> None:
    node = parse("by ~3 [ NP | NUM ]")
    assert spans(node, encode(["by", "NP", "NUM"])) == [(0, 2)]
    assert spans(node, encode(["by", "WORD", "of", "NUM"])) == [(0, 4)]
    assert spans(node, encode(["by", "WORD", "of", "of", "of", "NUM"])) == []
    for stop in ("METRIC", "PCT", "(", ";"):
        assert spans(node, encode(["by", stop, "NUM"])) == []


@given(st.sets(st.integers(FIRST, FIRST + 60), min_size=1))
def test_a_character_set_holds_its_characters_and_no_other(codes: set[int]) -> None:
    compiled = regex.compile(charset("".join(map(chr, codes)) * 2))
    assert {c for c in range(FIRST - 2, FIRST + 63) if compiled.fullmatch(chr(c))} == codes


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("NUM", [{"NUM"}]),
        ("[ NUM | by ] PCT?", [{"NUM", "by"}]),
        ("[ NUM by | PCT ] of", [{"NUM", "PCT"}, {"of"}]),
        ("[ NUM? | PCT ] of", [{"of"}]),
        ("[ NUM by ]? of{0,2} to ~3 from{1,2}", [{"to"}, {"from"}]),
    ],
)
def test_mandatory_sets(source: str, needs: list[set[str]]) -> None:
    assert [set(need) for need in COMPILER.mandatory(parse(source))] == [set(encode(sorted(n))) for n in needs]


def test_the_alphabet() -> None:
    out = Symbols()
    assert {out.name(out.type(t)) for t in TYPES} == set(TYPES)
    assert len({out.type(t) for t in TYPES} | {out.word(w) for w in (*LIST_MARKS, *CLAUSE_MARKS)}) == len(TYPES) + len(
        {*LIST_MARKS, *CLAUSE_MARKS}
    )
    assert out.word("improves") is None
    assert out.add("improves") == out.add("improves") == out.word("improves")
    assert out.word("metric") is None, "a word is no type of the same spelling"
    assert set(GROUPS["SCORE"]) <= set(GROUPS["VALUE"])
    assert all(set(members) <= set(TYPES) for members in GROUPS.values())
    assert out.name("x") == "?"
    assert out.add("improves") in out.of_type("ANY")


def test_a_word_that_patterns_name_may_come_as_a_noun_phrase_of_that_word() -> None:
    out = Symbols()
    out.add_class("unit", ["fold", "times"])
    assert out.phrase("NP", "factor") == out.type("NP"), "no pattern names the word yet"
    out.add("factor")
    out.add_phrases(["factor", "fold"])
    out.add_phrases(["factor"])
    phrase, word = out.phrase("NP", "factor"), out.word("factor")
    assert len({phrase, word, out.type("NP"), out.phrase("NP", "fold")}) == 4
    assert out.phrase("NP", "table") == out.type("NP")
    assert out.phrase("METRIC", "factor") == out.type("METRIC")
    compiler = Compiler(out)
    for source, taken, refused in (
        ("factor", (phrase, word), (out.type("NP"), out.phrase("NP", "fold"))),
        ("NP", (phrase, out.type("NP")), (word,)),
        ("THING", (phrase, out.type("METRIC")), (word,)),
        ("<unit>", (out.phrase("NP", "fold"), out.word("fold")), (phrase, out.type("NP"))),
        ("ANY", (phrase, word), ()),
        ("factor ~1 fold", (), (phrase,)),
    ):
        compiled = compiler.regex(parse(source))
        assert all(compiled.fullmatch(char or "") for char in taken), source
        assert not any(compiled.fullmatch(char or "") for char in refused), source
    assert compiler.regex(parse("factor ~1 fold")).fullmatch(phrase + phrase + (out.word("fold") or ""))
    assert out.name(phrase) == "NP factor"
