"""JSON lines, arrays and the three JSON dialects: arXiv, OpenAlex, Semantic Scholar."""

import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.read import ReadError, ReadReport, _json, jsonl, read
from claimx.read.jsonl import split_values
from claimx.read.openalex import from_index


def stream(*records, joiner="\n"):
    return io.BytesIO(joiner.join(one if isinstance(one, str) else json.dumps(one) for one in records).encode())


def test_usual_names_are_guessed_and_the_text_is_verbatim():
    text = "  Hens lay 3 eggs.\nGoats lay none.  "
    (one,) = read(
        stream({"Paper_ID": 7, "Abstract": text, "Title": "On\n  Hens", "publication_date": "2021-03-05T10:00:00Z"}),
        "jsonl",
    )
    assert (one.id, one.title, one.text, one.published) == ("7", "On Hens", text, dt.date(2021, 3, 5))
    assert one.source == "stream"


@pytest.mark.parametrize("name", ["abstract", "text", "summary", "description", "Abstract Note", "paperAbstract", "AB"])
def test_text_under_each_usual_name(name):
    assert [one.text for one in read(stream({name: "Hens.", "id": "a"}), "jsonl")] == ["Hens."]


def test_the_next_candidate_is_taken_where_the_best_is_empty():
    (one,) = read(
        stream({"abstract": None, "summary": "Hens.", "id": "", "doi": "10.1/x", "date": "?", "year": 2019}), "jsonl"
    )
    assert (one.text, one.id, one.published) == ("Hens.", "10.1/x", dt.date(2019, 1, 1))


def test_given_columns_win_and_lead_into_nested_objects():
    record = {"abstract": "no", "content": {"abstract": {"value": "Goats."}}, "n": 4}
    (one,) = read(stream(record), "jsonl", {"text": "content.abstract", "id": "n"})
    assert (one.text, one.id) == ("Goats.", "4")
    (one,) = read(stream(record), "jsonl", {"text": "content.abstract.value"})
    assert (one.text, one.id) == ("Goats.", "stream#1")


def test_bad_records_are_skipped_with_line_and_reason():
    report = ReadReport()
    source = stream(
        {"abstract": "A."}, '{"abstract": "B."', "", "3", {"abstract": ""}, {"title": "T"}, {"abstract": "C."}
    )
    assert [one.id for one in read(source, "jsonl", report=report)] == ["stream#1", "stream#7"]
    assert (report.read, report.skipped, report.total) == (2, 4, 6)
    assert [one.line for one in report.reasons] == [2, 4, 5, 6]
    assert "not valid JSON" in report.reasons[0].reason
    assert "number where an object" in report.reasons[1].reason
    assert report.reasons[2].reason == "no text in 'abstract'"
    assert "'title'" in report.reasons[3].reason


def test_strict_raises_with_the_line():
    documents = read(stream({"abstract": "A."}, "oops"), "jsonl", strict=True)
    assert next(documents).text == "A."
    with pytest.raises(ReadError) as caught:
        next(documents)
    assert (caught.value.path, caught.value.line) == ("stream", 2)


def test_no_text_field_at_all_is_an_error_that_tells_the_fields():
    with pytest.raises(ReadError, match=r"'words'.*usual: abstract"):
        list(read(stream({"words": "A."}, {"words": "B."}), "jsonl"))
    with pytest.raises(ReadError, match=r"no field 'body'.*'words'"):
        list(read(stream({"words": "A."}), "jsonl", {"text": "body"}))


@pytest.mark.parametrize(
    "form", ["array", "pretty array", "pretty objects", "wrapped", "wrapped pretty", "array of lines"]
)
def test_other_forms_of_json(form):
    records = [
        {"id": "a", "abstract": 'Hens, "quoted" \\ [1] {x}.'},
        {"id": "b", "abstract": "Goats.", "more": [{"x": [1]}]},
    ]
    text = {
        "array": json.dumps(records),
        "pretty array": "\n " + json.dumps(records, indent=1) + "\n",
        "pretty objects": "\n".join(json.dumps(one, indent=2) for one in records),
        "wrapped": json.dumps({"meta": {"count": 2}, "results": records}),
        "wrapped pretty": json.dumps({"meta": {"count": 2}, "data": records}, indent=4),
        "array of lines": "[" + ",\n".join(map(json.dumps, records)) + "]",
    }[form]
    report = ReadReport()
    got = list(read(io.BytesIO(text.encode()), report=report))
    assert [(one.id, one.text) for one in got] == [(one["id"], one["abstract"]) for one in records]
    assert report.skipped == 0


def test_a_damaged_element_of_an_array_costs_itself_only():
    report = ReadReport()
    text = '[{"abstract": "A."}, {"abstract": oops}, 5, "x{", {"abstract": "B."}, {"abstract": "C'
    assert [one.text for one in read(io.BytesIO(text.encode()), "jsonl", report=report)] == ["A.", "B."]
    assert report.skipped == 4
    assert "ends inside" in report.reasons[-1].reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('ab"\\{}[],:é \n')),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.sampled_from('k"\\{'), max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(
    st.lists(st.dictionaries(st.text(max_size=3), JSON, max_size=3), max_size=4),
    st.integers(1, 9),
    st.booleans(),
    st.booleans(),
)
def test_splitting_agrees_with_the_json_module_wherever_pieces_end(records, size, array, pretty):
    indent = 1 if pretty else None
    text = json.dumps(records, indent=indent) if array else "\n".join(json.dumps(one, indent=indent) for one in records)
    data = text.encode()
    got = list(split_values(iter([data[at : at + size] for at in range(0, len(data), size)])))
    assert [json.loads(one) for one in got] == records


@given(st.binary(max_size=80), st.integers(1, 7))
def test_splitting_never_fails(data, size):
    for one in split_values(iter([data[at : at + size] for at in range(0, len(data), size)])):
        assert one


def test_depth_is_bounded():
    report = ReadReport()
    deep = '{"abstract": ' + "[" * 200_000 + "]" * 200_000 + "}"
    assert [one.text for one in read(stream(deep, {"abstract": "A."}), "jsonl", report=report)] == ["A."]
    assert "nested too deeply" in report.reasons[0].reason


def test_long_lines_and_records_are_skipped(monkeypatch):
    from claimx.read import source

    monkeypatch.setattr(source, "MAX_RECORD", 100)
    monkeypatch.setattr(jsonl, "MAX_RECORD", 100)
    records = [{"abstract": "A."}, {"abstract": "x" * 200}, {"abstract": "B."}]
    for data in (stream(*records), io.BytesIO(json.dumps(records).encode())):
        report = ReadReport()
        assert [one.text for one in read(data, "jsonl", report=report)] == ["A.", "B."]
        assert (report.skipped, report.reasons[0].line) == (1, 2)
        assert "longer than" in report.reasons[0].reason


def test_verdicts_do_not_depend_on_orjson(monkeypatch):
    lines = [
        '{"abstract": "A \\ud800 b"}',
        '{"abstract": "B", "x": NaN}',
        '{"abstract": "C"} x',
        '{"abstract": "D", "n": 1e999}',
    ]

    def outcome():
        report = ReadReport()
        return [one.text for one in read(stream(*lines), "jsonl", report=report)], report.reasons, report.replaced

    first = outcome()
    monkeypatch.setattr(_json, "_fast", None)
    assert outcome() == first
    assert first[0] == ["A � b", "B", "D"]
    assert first[2] == 1


def test_invalid_utf8_is_replaced_and_noted():
    report = ReadReport()
    data = b'{"abstract": "caf\xe9 1%"}\n{"abstract": "\xff"}\n{"abstract": "ok"}'
    assert [one.text for one in read(io.BytesIO(data), "jsonl", report=report)] == ["caf� 1%", "�", "ok"]
    assert report.replaced == 2
    assert "stream:1" in report.notes[0]


ARXIV = {
    "id": "0704.0001",
    "submitter": "X",
    "title": "On Hens\n  and Goats",
    "abstract": "  Hens lay\n3 eggs.\n",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2", "created": "x"}],
    "update_date": "2008-11-26",
}


def test_arxiv_keeps_the_line_breaks_and_takes_the_first_version():
    (one,) = read(stream(ARXIV))
    assert (one.id, one.title, one.text) == ("0704.0001", "On Hens and Goats", "  Hens lay\n3 eggs.\n")
    assert one.published == dt.date(2007, 4, 2)
    (one,) = read(stream(ARXIV | {"versions": []}), "arxiv")
    assert one.published == dt.date(2008, 11, 26)


def test_openalex_puts_the_words_in_order():
    work = {
        "id": "https://openalex.org/W1",
        "display_name": "On Hens",
        "publication_date": "2020-02-03",
        "publication_year": 2020,
        "abstract_inverted_index": {"eggs": [2, 4], "Hens": [0], "lay": [1], "and": [3]},
    }
    report = ReadReport()
    others = [work | {"abstract_inverted_index": None}, work | {"abstract_inverted_index": {"a": ["x"]}}]
    (one,) = read(stream(work, *others), report=report)
    assert (one.id, one.title, one.text) == ("https://openalex.org/W1", "On Hens", "Hens lay eggs and eggs")
    assert one.published == dt.date(2020, 2, 3)
    assert [skip.reason[:11] for skip in report.reasons] == ["no abstract", "'abstract_i"]


def test_an_absurd_position_costs_nothing():
    assert from_index({"b": [10**15], "a": [-1]}) == "a b"


@given(st.lists(st.text(st.characters(blacklist_characters=" "), min_size=1, max_size=5), max_size=30))
def test_an_inverted_index_gives_its_text_back(words):
    index = {}
    for at, word in enumerate(words):
        index.setdefault(word, []).append(at)
    assert from_index(index) == " ".join(words)


def test_semantic_scholar():
    api = {"paperId": "ab12", "title": "T", "abstract": "A.", "year": 2018, "publicationDate": None}
    data = {"corpusid": 99, "title": "T", "abstract": "B.", "publicationdate": "2018-05-06"}
    one, two = read(stream(api, data))
    assert (one.id, one.text, one.published) == ("ab12", "A.", dt.date(2018, 1, 1))
    assert (two.id, two.text, two.published) == ("99", "B.", dt.date(2018, 5, 6))
