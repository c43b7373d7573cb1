"""Parquet, Feather and Arrow streams: types, damage, streams and compression around them."""

import datetime as dt
import gzip
import io

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from claimx.read import ReadError, ReadReport, read

TABLE = pa.table(
    {
        "unused": pa.array([1, 2, 3]),
        "abstract": pa.array(["Hens.", None, "Goats."]),
        "paper_id": pa.array([11, 12, 13]),
        "title": pa.array(["A", "B", "A"]).dictionary_encode(),
        "published": pa.array([dt.datetime(2020, 5, 6, 7), None, dt.datetime(1999, 1, 2)], pa.timestamp("ns", "UTC")),
    }
)


def attempt(path, format=None):
    """The documents, or the one error that damage may raise."""
    try:
        return list(read(path, format))
    except ReadError as error:
        return error


def write(path, table=TABLE):
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=2)
    elif path.suffix == ".feather":
        pa.feather.write_feather(table, path)
    else:
        with pa.ipc.new_stream(path, table.schema) as writer:
            writer.write_table(table, 2)
    return path


@pytest.mark.parametrize("name", ["t.parquet", "t.feather", "t.arrows"])
@pytest.mark.parametrize("way", ["path", "renamed", "stream", "gz"])
def test_rows_become_documents(tmp_path, name, way):
    path = write(tmp_path / name)
    if way == "renamed":
        path = path.rename(tmp_path / "noname")
    if way == "gz":
        (tmp_path / "t.gz").write_bytes(gzip.compress(path.read_bytes()))
        path = tmp_path / "t.gz"
    report = ReadReport()
    one, two = read(io.BytesIO(path.read_bytes()) if way == "stream" else path, report=report)
    assert (one.id, one.title, one.text, one.published) == ("11", "A", "Hens.", dt.date(2020, 5, 6))
    assert (two.id, two.title, two.text, two.published) == ("13", "A", "Goats.", dt.date(1999, 1, 2))
    assert (report.read, report.skipped, report.reasons[0].line) == (2, 1, 2)


@pytest.mark.parametrize("name", ["t.parquet", "t.feather", "t.arrows"])
def test_cut_off_and_damaged_files_raise_one_error(tmp_path, name):
    rows = pa.table(
        {"abstract": [f"Hens lay {at} eggs." for at in range(5000)], "id": [str(at * at) for at in range(5000)]}
    )
    data = write(tmp_path / name, rows).read_bytes()
    for size in (5, 9, 40, len(data) // 2, len(data) - 5):
        (tmp_path / name).write_bytes(data[:size])
        got = attempt(tmp_path / name)
        if name == "t.arrows" and not isinstance(got, ReadError):  # an Arrow stream may lack its end mark
            assert len(got) <= 5000
        else:
            assert isinstance(got, ReadError)
            assert name in str(got)
    for at in range(0, len(data), max(len(data) // 40, 1)):
        (tmp_path / name).write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        got = attempt(tmp_path / name, "parquet" if name == "t.parquet" else "arrow")
        assert name in str(got) if isinstance(got, ReadError) else len(got) <= 5000


def test_wrong_columns(tmp_path):
    path = write(tmp_path / "t.parquet", pa.table({"a": ["x"], "b": ["y"]}))
    with pytest.raises(ReadError, match="no column for the text; columns here: 'a', 'b'"):
        list(read(path))
    with pytest.raises(ReadError, match="no column 'c' for text; columns here: a, b"):
        list(read(path, columns={"text": "c"}))
    assert [one.text for one in read(path, columns={"text": "b"})] == ["y"]


def test_binary_columns_and_odd_dates(tmp_path):
    table = pa.table({"text": pa.array([b"caf\xc3\xa9", b"\xff 1%"]), "date": pa.array([2**60, 0], pa.timestamp("ms"))})
    report = ReadReport()
    one, two = read(write(tmp_path / "t.parquet", table), report=report)
    assert (one.text, two.text) == ("café", "� 1%")
    assert one.published is None
    assert report.replaced == 1


def test_many_rows_in_one_batch_keep_their_order(tmp_path):
    table = pa.table({"abstract": [f"Text {at}." for at in range(3000)]})
    got = [(one.id, one.text) for one in read(write(tmp_path / "t.feather", table))]
    assert got[2999] == ("t.feather#3000", "Text 2999.")
    assert len(got) == 3000


def test_a_format_that_is_not_the_content(tmp_path):
    (tmp_path / "t.parquet").write_text("abstract\nHens.\n")
    with pytest.raises(ReadError, match="PAR1"):
        list(read(tmp_path / "t.parquet"))
    with pytest.raises(ReadError, match="the content is parquet, not jsonl"):
        list(read(write(tmp_path / "u.parquet"), "jsonl"))
    (tmp_path / "v.arrow").write_bytes(b"nothing of the kind")
    with pytest.raises(ReadError, match="not an Arrow file"):
        list(read(tmp_path / "v.arrow"))
