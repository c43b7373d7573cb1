"""Opening: compressions, streams, suffixes, sniffing, damage, bounds."""

import bz2
import gzip
import io
import itertools
import json
import lzma
import os
import pathlib
import subprocess
import sys
import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from claimx.read import FORMATS, ReadError, ReadReport, read
from claimx.read.source import split_lines

RECORDS = [{"id": str(at), "abstract": f"Hens lay {at * at % 997} eggs."} for at in range(2000)]
LINES = "".join(json.dumps(one) + "\n" for one in RECORDS).encode()
PACK = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


def attempt(source):
    """The documents, or the one error that damage may raise."""
    try:
        return list(read(source))
    except ReadError as error:
        return error


class Pipe(io.RawIOBase):
    """A stream that cannot seek and hands over few bytes at a time."""

    def __init__(self, data, size):
        self._pieces = iter([data[at : at + size] for at in range(0, len(data), size)])

    def readable(self):
        return True

    def read(self, size=-1):
        return next(self._pieces, b"")


@pytest.mark.parametrize("kind", PACK)
def test_compressed_by_suffix_by_content_in_members_and_from_a_pipe(tmp_path, kind):
    data = PACK[kind](LINES)
    expected = [one["abstract"] for one in RECORDS]
    (tmp_path / f"a.jsonl.{kind}").write_bytes(data)
    (tmp_path / "a").write_bytes(data)
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    members = PACK[kind](LINES[:half]) + PACK[kind](LINES[half:])
    for source in (
        tmp_path / f"a.jsonl.{kind}",
        str(tmp_path / "a"),
        Pipe(data, 777),
        io.BytesIO(members),
        Pipe(members, 1),
    ):
        assert [one.text for one in read(source)] == expected


def test_a_plain_file_with_a_compression_in_its_name(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(LINES)
    assert sum(1 for _ in read(tmp_path / "a.jsonl.gz")) == 2000


@pytest.mark.parametrize("kind", PACK)
def test_cut_off_and_damaged_data_raise_one_error(tmp_path, kind):
    data = PACK[kind](LINES)
    path = tmp_path / f"a.jsonl.{kind}"
    for size in (2, 5, 20, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:size])
        with pytest.raises(ReadError, match="cut off") as caught:
            list(read(path))
        assert caught.value.path == str(path)
    for at in range(8, len(data), max(len(data) // 50, 1)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        got = attempt(path)  # a check sum may be missing (Zstandard): then damage shows as bad records
        assert got.path == str(path) if isinstance(got, ReadError) else kind == "zst" or len(got) == 2000


def test_bytes_after_the_end_are_noted():
    report = ReadReport()
    assert sum(1 for _ in read(io.BytesIO(gzip.compress(LINES) + b"\0\0" + b"junk"), "jsonl", report=report)) == 2000
    assert "ignored" in report.notes[0]
    report = ReadReport()
    assert sum(1 for _ in read(io.BytesIO(gzip.compress(LINES) + b"\0" * 600), "jsonl", report=report)) == 2000
    assert report.notes == []


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_of_one_line_takes_little_memory(kind):
    openers = {
        "gz": gzip.open,
        "bz2": bz2.open,
        "xz": lzma.open,
        "zst": lambda file, _: zstandard.ZstdCompressor().stream_writer(file, closefd=False),
    }
    packed = io.BytesIO()
    # 100 MiB of one letter in one line, then a record
    block = b"x" * (1 << 20)
    writer = openers[kind](packed, "wb")
    writer.write(b'{"abstract": "')
    for _ in range(100):
        writer.write(block)
    writer.write(b'"}\n{"abstract": "Hens."}\n')
    writer.close()
    report = ReadReport()
    packed.seek(0)
    tracemalloc.start()
    try:
        assert [one.text for one in read(packed, "jsonl", report=report)] == ["Hens."]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "longer than" in report.reasons[0].reason
    assert peak < 140 * 2**20


def test_reading_is_lazy_and_in_constant_memory():
    line = json.dumps({"abstract": "Hens lay eggs. " * 60}).encode() + b"\n"

    class Endless:
        served = 0

        def read(self, size):
            self.served += 1
            return line * 100

    stream = Endless()
    documents = read(stream)
    assert stream.served == 0
    tracemalloc.start()
    try:
        for _ in itertools.islice(documents, 20_000):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stream.served <= 205
    assert peak < 4 * 2**20


def test_text_streams_and_other_encodings(tmp_path):
    assert [one.text for one in read(io.StringIO('{"abstract": "Café 5%."}'))] == ["Café 5%."]
    (tmp_path / "l.txt").write_bytes("Café 5%.".encode("latin-1"))
    with open(tmp_path / "l.txt", encoding="latin-1") as stream:
        (one,) = read(stream)
    assert (one.text, one.source) == ("Café 5%.", str(tmp_path / "l.txt"))
    for codec in ("utf-16", "utf-8-sig"):
        assert [one.text for one in read(io.BytesIO("Café 5%.\n\nTwo.".encode(codec)))] == ["Café 5%.", "Two."]


def test_standard_input():
    code = "from claimx.read import read\nfor one in read('-'): print(one.id, one.source, one.text)"
    done = subprocess.run(
        [sys.executable, "-c", code], input=gzip.compress(b'{"abstract": "Hens."}\n'), capture_output=True, check=True
    )
    assert done.stdout.decode().split() == ["stdin#1", "stdin", "Hens."]


def test_problems_of_the_whole_input(tmp_path):
    for path, reason in (
        (tmp_path / "none.jsonl", "no such file"),
        (tmp_path, "is a folder"),
        ("a\0b", "cannot be opened"),
    ):
        with pytest.raises(ReadError, match=reason) as caught:
            list(read(path))
        assert caught.value.path == str(path)
    with pytest.raises(ReadError, match="cannot read from list"):
        list(read(["a"]))
    stream = io.BytesIO(LINES)
    stream.close()
    with pytest.raises(ReadError, match="reading failed"):
        list(read(stream))


def test_wrong_arguments_are_told_at_once():
    with pytest.raises(ReadError, match="unknown format 'xml'; legal here: pages, jsonl"):
        read("x", "xml")
    with pytest.raises(ReadError, match=r"unknown column role 'body'.*legal here: id, text, title, published"):
        read("x", columns={"body": "text"})


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "bib", "md", "txt", "jsonl.gz", "json.zst"])
def test_an_empty_file_gives_nothing_and_a_note(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"")
    report = ReadReport()
    assert list(read(path, report=report)) == []
    assert report.notes == [f"{path}: empty"]


def test_blank_content_is_noted():
    report = ReadReport()
    assert list(read(io.BytesIO(b"\n \n"), report=report)) == []
    assert "no records" in report.notes[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"a\0\0b\0c\0\0d", "binary"),
        (b"a\0b\0c\0d\0", "UTF-16 without a byte order mark"),
        (b"\0a\0b\0c\0d", "UTF-16 without a byte order mark"),
    ],
)
def test_foreign_content_is_refused(data, reason):
    with pytest.raises(ReadError, match=reason):
        list(read(io.BytesIO(data)))


SAMPLES = {
    "jsonl": '{"id": "a", "abstract": "Hens."}\n',
    "csv": "id,abstract\na,Hens.\n",
    "tsv": "id\tabstract\na\tHens.\n",
    "bibtex": "@misc{a, abstract = {Hens.}}\n",
    "text": "Hens.\n",
    "markdown": "# On Hens\n\nHens.\n",
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("suffix", ["", ".txt", ".dat"])
def test_formats_are_told_by_content(tmp_path, name, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text(SAMPLES[name])
    (one,) = read(path)
    assert one.text == "Hens."
    assert one.title == ("On Hens" if name == "markdown" else None)


def test_every_format_has_a_reader_and_a_description():
    for name, what in FORMATS.items():
        assert what
        assert list(read(io.BytesIO(b""), name)) == []


def test_the_name_is_kept_as_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkdir("in")
    pathlib.Path("in/a.txt").write_text("Hens.\n\nGoats.\n")
    assert [(one.id, one.source) for one in read("in/a.txt")] == [("a.txt#1", "in/a.txt"), ("a.txt#2", "in/a.txt")]


def test_one_report_sums_up_and_keeps_the_first_reasons():
    report = ReadReport(keep=3)
    for _ in range(2):
        list(read(io.BytesIO(b'{"abstract": "Hens."}\n' + b"oops\n" * 5), "jsonl", report=report))
    assert (report.read, report.skipped, report.total, len(report.reasons)) == (2, 10, 12, 3)
    assert report.summary() == "2 read, 10 skipped"
    assert str(report.reasons[0]).startswith("stream:2: not valid JSON")


@given(st.lists(st.binary(max_size=6)), st.integers(1, 6), st.integers(0, 8))
def test_lines_agree_with_split_wherever_pieces_end(lines, size, limit):
    data = b"\n".join(lines)
    expected = [one if len(one) <= limit else None for one in data.split(b"\n")]
    if expected[-1] == b"":
        expected.pop()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(split_lines(iter(pieces), limit)) == expected


@given(st.binary(max_size=300))
def test_any_bytes_give_documents_or_one_error(data):
    got = attempt(io.BytesIO(data))
    if isinstance(got, ReadError):
        assert got.path == "stream"
    else:
        assert all(one.text.encode() for one in got)
