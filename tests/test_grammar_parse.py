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
    ("source", "at", "reason", "hint"),
    [
        ("METRIC*", "*", "'*' is not of this notation", "{m,n}"),
        ("[ NUM ]* PCT", "*", "'*' is not of this notation", "TYPE+"),
        ("a [ NUM", "[", "a '[' without its ']'", "']'"),
        ("a NUM ]", "]", "a ']' without its '['", "TYPE"),
        ("[ NUM | ] a", "]", "an empty alternative", "name:TYPE"),
        ("[ | NUM ] a", "|", "an empty alternative", "name:TYPE"),
        ("[ ] NUM", "]", "an empty alternative", "<class>"),
        ("a ~0 NUM", "~", "a gap of 0 tokens", f"~1 to ~{MAX_GAP}"),
        ("a ~13 NUM", "~", "a gap of 13 tokens", f"~1 to ~{MAX_GAP}"),
        ("a ~ NUM", "~", "a gap without its length", f"~1 to ~{MAX_GAP}"),
        ("a ~" + "9" * 6000 + " NUM", "~", "a gap without its length", f"~1 to ~{MAX_GAP}"),
        ("NUM{2,1}", "{", "a repeat that is empty, too long, or of a list", f"n <= {MAX_REPEAT}"),
        ("NUM{0,0} PCT", "{", "a repeat that is empty", "{m,n}"),
        ("NUM{1,9}", "{", "too long", f"n <= {MAX_REPEAT}"),
        ("NUM{1,} PCT", "{", "not a repeat", "{m,n}"),
        ("NUM+{1,2}", "{", "of a list", "{m,n}"),
        ("[ NUM{1,2} ]{1,2}", "]", "a repeat of a repeat", "one repeat at a time"),
        ("[ NUM+ a ]{1,2}", "]", "a repeat of a repeat", "one repeat at a time"),
        ("[ a ~2 NUM ]{1,2}", "]", "a repeat of a repeat", "one repeat at a time"),
        ("~3{1,2} NUM", "{", "a repeat of a repeat", "one repeat at a time"),
        ("NUM{1,2}? PCT", "?", "two repeat marks", "TYPE"),
        ("NUM?? PCT", "? ", "two repeat marks", "TYPE"),
        ("NUM++", "+", "has nothing to apply to", "TYPE"),
        ("by+ NUM", "+", "only a TYPE, a <class> or a choice", "TYPE+"),
        ("[ a NUM ]+", "+", "only a TYPE, a <class> or a choice", "TYPE+"),
        ("? NUM", "?", "has nothing to apply to", "TYPE"),
        ("{1,2} NUM", "{", "has nothing to apply to", "TYPE"),
        ("metric: METRIC", "metric", "a capture names nothing", "name:TYPE"),
        ("of value:by", "value", "a capture names nothing", "name:TYPE"),
        ("of value:", "value", "a capture names nothing", "name:TYPE"),
        ("of <Improve> NUM", "<", "not a word class", "<class>"),
        ("of < NUM", "<", "not a word class", "'<'"),
        ("a 'b NUM", "'", "a quote that does not end", "'word'"),
        ("of Metric", "M", "not a token type", "in capitals"),
        ("of F1", "F", "not a token type", "in capitals"),
        ("'F1' NUM", "'", "never matches", "'f1'"),
        ("NUM?", "N", "can match no token at all", "without '?'"),
        ("~3 a?", "~", "can match no token at all", "without '?'"),
        ("[ a? | b ] NUM?", "[", "can match no token at all", "without '?'"),
        ("[" * 9 + " a " + "]" * 9, None, "nested too deep", "levels"),
        ("", None, "an empty alternative", "TYPE"),
        ("   ", None, "an empty alternative", "TYPE"),
    ],
)
def test_mistakes_name_reason_place_and_what_is_legal(source: str, at: str | None, reason: str, hint: str) -> None:
    with pytest.raises(PatternSyntax) as caught:
        parse(source)
    assert reason in caught.value.reason
    assert hint in caught.value.hint
    assert 0 <= caught.value.column <= len(source)
    if at is not None:
        expected = source.rindex(at) if at in "?+]" and caught.value.column != source.index(at) else source.index(at)
        assert caught.value.column in (expected, expected + 1 if at == "]" else expected)


@given(st.text(alphabet="[]|?+~{}<>:'\" ,*abNUMPCT013é\0\ud800", max_size=40))
def test_any_text_parses_or_is_refused(source: str) -> None:
    try:
        node = parse(source)
    except PatternSyntax as error:
        assert 0 <= error.column <= len(source)
        assert error.hint
    else:
        assert node.kind in ("seq", "alt")
