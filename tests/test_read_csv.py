"""CSV and TSV: quoting, delimiters, damage, NULs, long fields."""

import io

import pytest

from claimx.read import ReadError, ReadReport, csv, read, source


def documents(text, format="csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read(io.BytesIO(data), format, **options))


def test_quoted_fields_with_commas_quotes_and_line_breaks():
    (one, two) = documents('id,Title,Abstract,Year\na,"Hens, Goats","Lay ""3""\neggs, daily.",2020\nb,T,Plain.,\n')
    assert (one.id, one.title, one.text, one.published.isoformat()) == (
        "a",
        "Hens, Goats",
        'Lay "3"\neggs, daily.',
        "2020-01-01",
    )
    assert (two.text, two.published) == ("Plain.", None)


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_delimiters_are_told_from_the_header(delimiter):
    (one,) = documents(f"id{delimiter}abstract\r\nx{delimiter}Hens lay.\r\n")
    assert (one.id, one.text) == ("x", "Hens lay.")
    assert [one.text for one in documents(f"id{delimiter}abstract\nx{delimiter}Hens lay.\n", None)] == ["Hens lay."]


def test_rows_of_the_wrong_width_are_skipped_with_their_line():
    report = ReadReport()
    text = 'id,abstract\na,One.\n\nb,"two\nlines"\nc,Not quoted, alas.\nd\ne,Last.,\n'
    assert [one.id for one in documents(text, report=report)] == ["a", "b", "e"]
    assert [(one.line, one.reason[:8]) for one in report.reasons] == [(6, "3 fields"), (7, "no text ")]


def test_a_made_id_has_the_row_number():
    assert [one.id for one in documents("title,abstract\nA,One.\nB,Two.\n")] == ["stream#1", "stream#2"]


def test_columns_given_and_wrong():
    assert [one.text for one in documents("k,body\na,One.\n", columns={"text": "body", "id": "k"})] == ["One."]
    with pytest.raises(ReadError, match="no column 'corpus' for text; columns here: k, body"):
        documents("k,body\na,One.\n", columns={"text": "corpus"})
    with pytest.raises(ReadError, match="no column for the text; columns here: 'k', 'words'"):
        documents("k,words\na,One.\n")


def test_nuls_and_invalid_utf8_do_not_stop_it():
    report = ReadReport()
    assert [one.text for one in documents(b"id,abstract\na,x\0y\nb,caf\xe9\n", report=report)] == ["x\0y", "caf�"]
    assert report.replaced == 1


def test_a_quote_left_open_is_told():
    report = ReadReport()
    assert [one.id for one in documents('id,abstract\na,One.\nb,"Two\nc,Three.\n', report=report)] == ["a"]
    assert (report.reasons[0].line, report.reasons[0].reason) == (3, "a quote opened in this record is not closed")


def test_fields_longer_than_the_standard_limit():
    text = "x" * 300_000
    assert [len(one.text) for one in documents(f"id,abstract\na,{text}\n")] == [300_000]


def test_records_over_the_bound_are_skipped_and_reading_goes_on(monkeypatch):
    monkeypatch.setattr(source, "MAX_RECORD", 1000)
    monkeypatch.setattr(csv, "MAX_RECORD", 1000)
    report = ReadReport()
    fields = '","'.join(["y\n" * 40] * 20)
    text = f'id,abstract\na,One.\nb,{"x" * 2000}\nc,Three.\nd,"{fields}"\nz,Last.\n'
    got = [one.id for one in documents(text, report=report)]
    assert got[:2] == ["a", "c"]
    assert "longer than" in report.reasons[0].reason
    assert report.reasons[0].line == 3
    assert any("longer than" in one.reason for one in report.reasons[1:])


def test_tsv_with_and_without_enclosing_quotes():
    (one,) = documents('id\tabstract\na\t"Hens" lay eggs\n', "tsv")
    assert one.text == '"Hens" lay eggs'
    (one,) = documents('id\tabstract\na\t"Hens\tand ""goats"""\n', "tsv")
    assert one.text == 'Hens\tand "goats"'
    (one,) = documents('id\tabstract\na\t"Hens and ""goats"""\n', "tsv")
    assert one.text == 'Hens and "goats"'


def test_a_header_with_a_byte_order_mark():
    (one,) = documents(b"\xef\xbb\xbfabstract,id\nHens.,a\n")
    assert (one.id, one.text) == ("a", "Hens.")
