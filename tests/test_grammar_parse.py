"""The notation of match lines: what each element becomes, and every mistake with its column and what would be legal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.grammar.parse import MAX_GAP, MAX_REPEAT, Node, PatternSyntax, parse


def shape(node: Node) -> str:
    """The tree in one line, so that a test can say what it expects."""
    body = node.text
    if node.items:
        body = {"seq": " ", "alt": "|", "set": ","}[node.kind].join(map(shape, node.items))
    times = "" if (node.low, node.high) == (1, 1) else f"{{{node.low},{node.high}}}"
    return f"{node.capture + ':' if node.capture else ''}{node.kind}({body}){'+' if node.many else ''}{times}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("METRIC", "seq(type(METRIC))"),
        ("value:NUM", "seq(value:type(NUM))"),
        ("value:NUM+", "seq(value:type(NUM)+)"),
        ("change:<improve> by ~3 NUM", "seq(change:class(improve) word(by) gap(3) type(NUM))"),
        ("[ a | NUM | <x> ]", "seq(set(word(a),type(NUM),class(x)))"),
        ("[ a | [ b | c ] ]", "seq(set(word(a),set(word(b),word(c))))"),
        ("value:[ PCT | NUM ]+", "seq(value:set(type(PCT),type(NUM))+)"),
        ("[ a NUM | b ] PCT", "seq(alt(seq(word(a) type(NUM))|seq(word(b))) type(PCT))"),
        ("[ a ]? NUM", "seq(set(word(a)){0,1} type(NUM))"),
        ("[ a b ]{0,2} NUM?  PCT", "seq(alt(seq(word(a) word(b))){0,2} type(NUM){0,1} type(PCT))"),
        ("NUM{2,3}", "seq(type(NUM){2,3})"),
        ("NUM+? PCT", "seq(type(NUM)+{0,1} type(PCT))"),
        ("'(' NUM ')'", "seq(word(() type(NUM) word()))"),
        ("( NUM )", "seq(word(() type(NUM) word()))"),
        ("""METHOD "'s" NUM""", "seq(type(METHOD) word('s) type(NUM))"),
        ("NUM '*' NUM '[' '|' '?'", "seq(type(NUM) word(*) type(NUM) word([) word(|) word(?))"),
        ("METRIC : NUM", "seq(type(METRIC) word(:) type(NUM))"),
        ("[ of | : ] NUM", "seq(set(word(of),word(:)) type(NUM))"),
        ("a | b NUM", "alt(seq(word(a))|seq(word(b) type(NUM)))"),
        ("down-to v.s. → ≤ NUM", "seq(word(down-to) word(v.s.) word(→) word(≤) type(NUM))"),
    ],
)
def test_what_each_element_becomes(source: str, expected: str) -> None:
    assert shape(parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "column", "reason", "hint"),
    [
        ("METRIC*", 6, "'*' is not of this notation", "{m,n}"),
        ("[ NUM ]* PCT", 7, "'*' is not of this notation", "TYPE+"),
        ("a [ NUM", 2, "a '[' without its ']'", "']'"),
        ("a NUM ]", 6, "a ']' without its '['", "TYPE"),
        ("[ NUM | ] a", 8, "an empty alternative", "name:TYPE"),
        ("[ | NUM ] a", 2, "an empty alternative", "name:TYPE"),
        ("[ ] NUM", 2, "an empty alternative", "<class>"),
        ("a ~0 NUM", 2, "a gap of 0 tokens", f"~1 to ~{MAX_GAP}"),
        ("a ~13 NUM", 2, "a gap of 13 tokens", f"~1 to ~{MAX_GAP}"),
        ("a ~ NUM", 2, "a gap without its length", f"~1 to ~{MAX_GAP}"),
        ("a ~" + "9" * 6000 + " NUM", 2, "a gap without its length", f"~1 to ~{MAX_GAP}"),
        ("NUM{2,1}", 3, "a repeat that is empty, too long, or of a list", f"n <= {MAX_REPEAT}"),
        ("NUM{0,0} PCT", 3, "a repeat that is empty", "{m,n}"),
        ("NUM{1,9}", 3, "too long", f"n <= {MAX_REPEAT}"),
        ("NUM{1,} PCT", 3, "not a repeat", "{m,n}"),
        ("NUM+{1,2}", 4, "of a list", "{m,n}"),
        ("[ NUM{1,2} ]{1,2}", 12, "a repeat of a repeat", "one repeat at a time"),
        ("[ NUM+ a ]{1,2}", 10, "a repeat of a repeat", "one repeat at a time"),
        ("[ a ~2 NUM ]{1,2}", 12, "a repeat of a repeat", "one repeat at a time"),
        ("~3{1,2} NUM", 2, "a repeat of a repeat", "one repeat at a time"),
        ("NUM{1,2}? PCT", 8, "two repeat marks", "TYPE"),
        ("NUM?? PCT", 4, "two repeat marks", "TYPE"),
        ("NUM++", 4, "has nothing to apply to", "TYPE"),
        ("by+ NUM", 2, "only a TYPE, a <class> or a choice", "TYPE+"),
        ("[ a NUM ]+", 9, "only a TYPE, a <class> or a choice", "TYPE+"),
        ("? NUM", 0, "has nothing to apply to", "TYPE"),
        ("{1,2} NUM", 0, "has nothing to apply to", "TYPE"),
        ("metric: METRIC", 0, "a capture names nothing", "name:TYPE"),
        ("of value:by", 3, "a capture names nothing", "name:TYPE"),
        ("of value:", 3, "a capture names nothing", "name:TYPE"),
        ("of <Improve> NUM", 3, "not a word class", "<class>"),
        ("of < NUM", 3, "not a word class", "'<'"),
        ("a 'b NUM", 2, "a quote that does not end", "'word'"),
        ("of Metric", 3, "not a token type", "in capitals"),
        ("of F1", 3, "not a token type", "in capitals"),
        ("'as well' NUM", 0, "never a token by itself", "'as' 'well'"),
        ("NUM foo,bar", 4, "never a token by itself", "'foo' ',' 'bar'"),
        ("'F1' NUM", 0, "never matches", "'f1'"),
        ("NUM?", 0, "can match no token at all", "without '?'"),
        ("~3 a?", 0, "can match no token at all", "without '?'"),
        ("[ a? | b ] NUM?", 0, "can match no token at all", "without '?'"),
        ("by value:[ NUM? ]", 3, "a capture of a group that may be empty", "'?' after the group"),
        ("by [ NUM? | PCT ]{1,3}", 17, "a repeat of what may be empty", "'?' in one place only"),
        ("by [ NUM? ~2 ]?", 14, "a repeat of what may be empty", "'?' in one place only"),
        ("[" * 9 + " a " + "]" * 9, 8, "nested too deep", "levels"),
        ("", 0, "an empty alternative", "TYPE"),
        ("   ", 3, "an empty alternative", "TYPE"),
    ],
)
def test_mistakes_name_reason_place_and_what_is_legal(source: str, column: int, reason: str, hint: str) -> None:
    with pytest.raises(PatternSyntax) as caught:
        parse(source)
    assert reason in caught.value.reason
    assert hint in caught.value.hint
    assert caught.value.column == column


@given(st.text(alphabet="[]|?+~{}<>:'\" ,*abNUMPCT013é\0\ud800", max_size=40))
def test_any_text_parses_or_is_refused(source: str) -> None:
    problem = None
    try:
        assert parse(source).kind in ("seq", "alt")
    except PatternSyntax as error:
        problem = error
    if problem is not None:
        assert 0 <= problem.column <= len(source)
        assert problem.hint
