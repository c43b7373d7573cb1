"""BibTeX: values of all kinds, macros, damage, and time that grows with the file only."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.read import ReadError, ReadReport, read
from claimx.read.bibtex import parse_entry, plain_title
from claimx.read.limits import MAX_BRACES


def documents(text, **options):
    return list(read(io.BytesIO(text.encode()), "bibtex", **options))


def test_an_entry_with_braces_quotes_macros_and_joins():
    text = r"""% a comment
@string{barn = "Barn " # {Press}}
@comment{ @article{no, abstract={no}} }
@preamble{"\newcommand{\x}{y}"}
@Article{hens20,
  title = "On {H}ens: a {\"o}ld {GOAT} study of \textbf{eggs}",
  Abstract = {We gain 5.13\% on \textit{Eggs}
     with {nested {braces}} and "quotes".},
  note = barn # " and " # 3,
  month = mar, year = 2020,
}
@misc(bells, abstract = "Bells {"}ring{"} (loudly) at 3~Hz", date = {2021-04-05})
"""
    one, two = documents(text)
    assert one.id == "hens20"
    assert one.title == r"On Hens: a {\"o}ld GOAT study of \textbf{eggs}"
    assert one.text == 'We gain 5.13\\% on \\textit{Eggs}\n     with {nested {braces}} and "quotes".'
    assert one.published.isoformat() == "2020-03-01"
    assert (two.id, two.text, two.published.isoformat()) == ("bells", 'Bells {"}ring{"} (loudly) at 3~Hz', "2021-04-05")


def test_macros_are_expanded():
    key, fields = parse_entry("k, a = x # { and } # Y # 12, b = unknown", {"x": "one", "y": "two"})
    assert (key, fields) == ("k", {"a": "one and two12", "b": "unknown"})


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("{{BERT}: Deep}", "BERT: Deep"),
        ("The {ImageNet} {5$k$} set", "The ImageNet {5$k$} set"),
        (r"G{\"o}del $x_{1}$", r"G{\"o}del $x_{1}$"),
        (r"\emph{A}  {B}", r"\emph{A} B"),
        ("un{closed", "un{closed"),
        ("{{a}} and {{b}}", "a and b"),
    ],
)
def test_plain_titles(title, plain):
    assert plain_title(title) == plain


def test_a_doubled_pair_of_braces_is_no_part_of_the_abstract():
    assert [one.text for one in documents("@misc{a, abstract = {{Hens {x}.}}}\n@misc{b, abstract={{a} and {b}}}")] == [
        "Hens {x}.",
        "{a} and {b}",
    ]


def test_bad_entries_are_skipped_and_the_next_is_read():
    report = ReadReport()
    text = """@misc{open, abstract = {never closed
@misc{good, abstract = {Hens.}}
@misc{none, title = {No abstract}}
@misc{what, abstract {Hens.}}
@misc{quote, abstract = "never closed}
@misc{last, abstract = {Goats.}} @misc{same, abstract = {Bells.}}
@misc{end, abstract = {cut"""
    assert [one.id for one in documents(text, report=report)] == ["good", "last", "same"]
    assert [one.line for one in report.reasons] == [1, 3, 4, 5, 7]
    assert "not closed before line 2" in report.reasons[0].reason
    assert "no abstract in entry 'none'" in report.reasons[1].reason
    assert "ends inside" in report.reasons[4].reason


def test_depth_and_macros_are_bounded():
    report = ReadReport()
    bombs = '@string{a0 = "0123456789abcdef"}\n' + "".join(
        f"@string{{a{at + 1} = a{at} # a{at} # a{at} # a{at}}}\n" for at in range(20)
    )
    deep = "@misc{deep, abstract = {" + "{" * MAX_BRACES + "}" * MAX_BRACES + "}}\n"
    text = bombs + deep + "@misc{ok, abstract = a0 # a1}"
    assert [len(one.text) for one in documents(text, report=report)] == [16 + 64]
    assert any("nested deeper" in one.reason for one in report.reasons)
    assert any("@string longer" in one.reason for one in report.reasons)


def test_other_fields_by_columns():
    (one,) = documents(
        "@misc{a, Review = {Hens.}, abstract = {No}, eprint = {2001.1}}", columns={"text": "review", "id": "eprint"}
    )
    assert (one.id, one.text) == ("2001.1", "Hens.")
    with pytest.raises(ReadError, match="no entry has a field 'body'"):
        documents("@misc{a, abstract = {No}}", columns={"text": "body"})


def test_found_by_content():
    data = io.BytesIO(b"% Encoding: UTF-8\n\n@Article{a,\n abstract = {Hens.},\n}\n")
    assert [one.id for one in read(data)] == ["a"]


@given(st.text(st.sampled_from('@misc{}(),="#a\\ \n'), max_size=120))
def test_any_text_is_read_without_error(text):
    for one in documents("@misc{a, abstract=" + text):
        assert one.text


@pytest.mark.parametrize(
    "unit", ["@misc{", "{", "}", "@misc{a,x=", '"', "a = b # ", "@string{a={", "\\{", ",", " ", "@", "a"]
)
def test_time_grows_with_the_file_only(unit):
    def seconds(count):
        text = "@misc{a, abstract = {x}, b = " + unit * count
        start = time.perf_counter()
        documents(text)
        documents(text + "}}")
        return time.perf_counter() - start

    seconds(10)
    assert seconds(40_000) < 10 * (seconds(10_000) + 0.02)
