"""Inputs, outputs, tables and grammars that are broken: one clear line each, the documented code, nothing touched.

Each case goes through the real command line. What a case names must all stand in the message; an output that was there
before must be there unchanged after a failure.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from claimx.cli import codes, main
from claimx.model import Claim
from claimx.output import write

ROOT = Path(__file__).resolve().parents[1]
EARLIER = b"earlier content"
GOOD = b'{"id": "p1", "abstract": "TidalNet reaches 97.3% accuracy on CIFAR-10."}\n'
MANY = b"".join(json.dumps({"id": n, "abstract": f"It gains {n * n % 97}.5%."}).encode() + b"\n" for n in range(2000))
Run = pytest.CaptureFixture[str]


def parquet(**columns: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def claims(folder: Path) -> None:
    write([Claim(paper_id="p1", value=1.0)], folder / "claims.parquet")


def claims_and_folder(folder: Path) -> None:
    claims(folder)
    (folder / "d.csv").mkdir()


TABLE = parquet(id=["a", "b"] * 2000, abstract=["It gains 5%."] * 4000)


@dataclass(frozen=True)
class Case:
    """``name``, the ``arguments`` with DIR for the case's folder, the exit code and what the message must hold.

    ``content`` is that of the file IN, of whatever name the arguments give it; ``skips`` are lines for bad records,
    when the run goes on.
    """

    name: str
    arguments: str
    code: int
    says: tuple[str, ...]
    content: bytes | None = None
    prepare: Callable[[Path], None] = field(default=lambda folder: None)
    skips: bool = False


def reading(
    name: str, file: str, content: bytes | None, *says: str, options: str = "", code: int = codes.UNREADABLE
) -> Case:
    return Case(name, f"extract DIR/{file} -o DIR/out.csv {options}", code, (f"DIR/{file}", *says), content)


def skipping(name: str, file: str, content: bytes, *says: str, options: str = "") -> Case:
    return Case(name, f"extract DIR/{file} -o DIR/out.csv {options}", codes.OK, says, content, skips=True)


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def deep(opened: str, closed: str, depth: int) -> bytes:
    return (opened * depth + closed * depth).encode()


UNREAD = [
    reading("gz cut off", "a.jsonl.gz", gzip.compress(MANY)[:-50], "the gz data is cut off after", "incomplete"),
    reading("gz cut off in its head", "a.jsonl.gz", b"\x1f\x8b", "the gz data is cut off after 0"),
    reading("zst cut off", "a.jsonl.zst", zst(MANY)[:-50], "the zst data is cut off after"),
    reading("bz2 cut off", "a.jsonl.bz2", bz2.compress(MANY)[:-50], "the bz2 data is cut off after"),
    reading("xz cut off", "a.jsonl.xz", lzma.compress(MANY)[:-50], "the xz data is cut off after"),
    reading("gz damaged", "a.jsonl.gz", gzip.compress(MANY)[:-8] + b"\0" * 8, "damaged gz data after"),
    reading("xz damaged", "a.jsonl.xz", lzma.compress(MANY)[:200] + b"\xff" * 200, "damaged xz data after"),
    reading("UTF-16 without mark", "a.jsonl", GOOD.decode().encode("utf-16-le"), "UTF-16", "save it as UTF-8"),
    reading("UTF-16 without mark, CSV", "a.csv", "id,abstract\na,b\n".encode("utf-16-be"), "UTF-16",
             "save it as UTF-8"),
    reading("missing", "none.jsonl", None, "no such file"),
    reading("a name with control characters", "n\x1b[2J.jsonl", None, "no such file"),
    reading("a folder", "", None, "is a folder; name the files in it"),
    reading("under a file", "a.jsonl/b.jsonl", None, "cannot be opened"),
    reading("PDF", "a.jsonl", b"%PDF-1.7\n", "a PDF file; save its text"),
    reading("zip", "a.csv", b"PK\x03\x04....", "unpack or export it"),
    reading("HTML", "a", b"<!DOCTYPE html><html>", "HTML", "save the page as text"),
    reading("binary", "a", bytes(range(256)) * 9 + b"\0" * 90, "NUL bytes", "readable are text, JSON"),
    reading("JSON without a text", "a.jsonl", b'{"id": 1, "words": "x"}\n', "no field for the text",
             "usual: abstract"),
    reading("columns that are not there", "a.jsonl", GOOD, "no field 'body'", "fields here: 'id', 'abstract'",
            options="--columns text=body"),
    reading("columns that are not there, CSV", "a.csv", b"id,abstract\na,b\n", ":1: no column 'body' for text",
            "columns here: id, abstract", options="--columns text=body"),
    reading("columns for what has none", "a.txt", b"It gains 5%.\n", "text has none", options="--columns text=body"),
    reading("CSV without a text", "a.csv", b"id,year\na,2020\n", ":1: no column for the text", "'id', 'year'"),
    reading("CSV header cut off", "a.csv", b'"id,abstract\na,b\n', "no CSV header line"),
    reading("BibTeX without the field", "a.bib", b"@misc{a, note = {It gains 5%.}}", "no entry has a field 'summary'",
            options="--columns text=summary"),
    reading("Parquet footer cut off", "a.parquet", TABLE[:-100], "a damaged or cut-off Parquet file"),
    reading("Parquet head alone", "a.parquet", b"PAR1", "a damaged or cut-off Parquet file"),
    reading("Parquet damaged within", "a.parquet", TABLE[:40] + b"\xff" * 60 + TABLE[100:], "damaged after row 0"),
    reading("no Parquet", "a.parquet", GOOD, "it does not begin with PAR1"),
    reading("Parquet without a text", "a.parquet", parquet(id=["a"], x=[1]), "no column for the text", "'id', 'x'"),
    reading("Arrow cut off", "a.arrow", b"ARROW1\0\0" + b"\xff" * 20, "not an Arrow file or stream"),
    reading("another format than given", "a", TABLE, "the content is parquet, not csv", options="--format csv"),
    reading("strict, a bad line", "a.jsonl", GOOD + b"{broken\n", ":2: not valid JSON", options="--strict",
            code=codes.BAD_RECORD),
    reading("strict, invalid in a compressed file", "a.jsonl.gz", gzip.compress(GOOD * 3 + b"7\n"),
             ":4: a JSON number",
            "an object with fields is expected", options="--strict", code=codes.BAD_RECORD),
]  # fmt: skip

SKIPPED = [
    skipping("a line of the wrong type", "a.jsonl", GOOD + b'"text"\n[1]\n7\nnull\n',
             "a.jsonl:2: a JSON string", "a.jsonl:3: a JSON number", "a.jsonl:4: a JSON number",
             "a.jsonl:5: a JSON null"),
    skipping("a text of the wrong type", "a.jsonl", GOOD + b'{"id": 1, "abstract": 7}\n',
             "a.jsonl:2: no text in 'abstract'"),
    skipping("a broken line", "a.jsonl", GOOD + b'{"id": 1, "abst\n', "a.jsonl:2: not valid JSON", "at character 11"),
    skipping("deep JSON", "a.jsonl", GOOD + deep("[", "]", 100_000) + b"\n", "a.jsonl:2: JSON nested too deeply"),
    skipping("deep JSON within", "a.jsonl", GOOD + b'{"abstract": ' + deep('{"a":', "}", 50_000) + b"}\n",
             "a.jsonl:2: "),
    skipping("deep JSON in an array", "a.json", b"[" + GOOD.strip() + b", {" + deep("[", "]", 100_000) + b"}]",
             "a.json:2: "),
    skipping("a huge number", "a.jsonl", GOOD + b'{"id": ' + b"9" * 5000 + b', "abstract": "x"}\n', "a.jsonl:2: "),
    skipping("an array cut off", "a.json", b"[" + GOOD.strip() + b', {"id": 2, ',
             "a.json:2: the file ends inside this record"),
    skipping("invalid UTF-8", "a.jsonl", GOOD.replace(b"TidalNet", b"Tid\xffNet"), "a.jsonl:1: invalid UTF-8 at byte",
             "replaced by U+FFFD"),
    skipping("invalid UTF-8 in CSV", "a.csv", b"id,abstract\na,It gains \xff5%.\n", "a.csv:2: invalid UTF-8"),
    skipping("ragged CSV", "a.csv", b"id,abstract\na,x,y,z\nb,It gains 5%.\n",
             "a.csv:2: 4 fields where the header names 2"),
    skipping("CSV with an open quote", "a.csv", b'id,abstract\na,It gains 5%.\nb,"open\nc,d\n',
             "a.csv:3: a quote opened"),
    skipping("CSV with text after a quote", "a.csv", b'id,abstract\na,"b"c\nd,It gains 5%.\n',
             "a.csv:2: not a CSV record"),
    skipping("BibTeX unclosed", "a.bib", b"@misc{a, abstract = {It gains 5%.\n",
             "a.bib:1: the file ends inside this entry"),
    skipping("BibTeX deep", "a.bib", b"@misc{a, abstract = {" + deep("{", "}", 5000) + b"}}",
             "a.bib:1: braces nested deeper"),
    skipping("BibTeX without a value", "a.bib", b"@misc{a, abstract = }\n@misc{b, abstract={It gains 5%.}}",
             "a.bib:1: "),
    skipping("Parquet of the wrong types", "a.parquet", parquet(id=[1], abstract=[2.5]),
             "a.parquet:1: no text in 'abstract'"),
    skipping("an empty file", "a.jsonl", b"", "a.jsonl: empty"),
    skipping("an empty compressed file", "a.jsonl.gz", gzip.compress(b""), "a.jsonl.gz: empty"),
    skipping("blank lines alone", "a.jsonl", b"\n \n", "a.jsonl: no records found, read as jsonl"),
    skipping("bytes after a compressed end", "a.jsonl.gz", gzip.compress(GOOD) + b"junk",
             "bytes after the end of the gz data"),
]  # fmt: skip

USAGE = [
    Case(
        "columns without a sign", "extract DIR/a.jsonl --columns body", codes.USAGE, ("FIELD=COLUMN", "text=body"), GOOD
    ),
    Case(
        "columns of no field",
        "extract DIR/a.jsonl --columns author=a",
        codes.USAGE,
        ("author", "legal ones are id"),
        GOOD,
    ),
    Case(
        "no such format", "extract DIR/a.jsonl --format docx", codes.USAGE, ("'docx' is no format", "legal ones"), GOOD
    ),
    Case("a confidence over one", "extract DIR/a.jsonl --min-confidence 7", codes.USAGE, ("from 0 to 1",), GOOD),
    Case("output is the input", "extract DIR/a.jsonl -o DIR/a.jsonl", codes.USAGE, ("is an input",), GOOD),
]

OUTPUT = [
    Case("output in a missing folder", "extract DIR/a.jsonl -o DIR/no/out.csv", codes.UNWRITABLE,
             ("there is no folder",), GOOD),
    Case("output of unknown suffix", "extract DIR/a.jsonl -o DIR/out.xlsx", codes.UNWRITABLE, (".parquet, .csv",),
             GOOD),
    Case("output without suffix", "extract DIR/a.jsonl -o DIR/out", codes.UNWRITABLE, (".parquet, .csv",), GOOD),
    Case("output is a folder", "extract DIR/a.jsonl -o DIR/d.csv", codes.UNWRITABLE, ("no regular file",), GOOD,
         lambda folder: (folder / "d.csv").mkdir()),
    Case("output under a file", "extract DIR/a.jsonl -o DIR/a.jsonl/o.csv", codes.UNWRITABLE,
             ("there is no folder",), GOOD),
    Case("fit into a file", "fit DIR/a.jsonl -o DIR/out.csv", codes.UNWRITABLE, ("name a folder for the weights",),
         b'{"id": 1, "abstract": "A 5% gain.", "claims": [{"value": 5.0}]}\n'),
]  # fmt: skip


def gold(name: str, row: bytes, *says: str, command: str = "evaluate DIR/a.jsonl DIR/claims.parquet") -> Case:
    line = (
        row
        if row[:1] != b"{" or b"abstract" in row
        else b'{"id": 1, "abstract": "A 5% gain.", "claims": [' + row + b"]}"
    )
    return Case(name, command, codes.UNREADABLE, ("DIR/a.jsonl:2: ", *says), GOLD + line + b"\n", claims)


GOLD = b'{"id": 0, "abstract": "", "claims": []}\n'
TABLES = [
    gold("gold that is no JSON", b"not json", "no JSON at column 1", "each line must be a JSON object"),
    gold("gold that is no UTF-8", b"\xff", "not UTF-8 at byte 1 of the line"),
    gold("gold too deep", deep("[", "]", 100_000), "JSON nested too deeply"),
    gold("gold with a huge number", b"9" * 5000, "more than 4,300 digits"),
    gold("gold without claims", b'{"id": 1, "abstract": "x"}', "it needs id, abstract and claims"),
    gold("gold with a value in words", b'{"value": "high"}', "claim 1: value is 'high'; legal is a number"),
    gold("gold with a place in words", b'{"value_start": "a"}', "value_start is 'a'; legal is a whole number"),
    gold("gold with one name", b'{"metric": "accuracy"}', "metric is 'accuracy'; legal is a list of acceptable names"),
    gold("gold with a unit of numbers", b'{"unit": 3}', "unit is 3; legal is a string"),
    gold("gold for fit", b'{"delta": [1]}', "delta is [1]; legal is a number", command="fit DIR/a.jsonl -o DIR/w"),
    Case("no gold", "evaluate DIR/none.jsonl DIR/claims.parquet", codes.UNREADABLE, ("none.jsonl: No such file",),
         prepare=claims),
    Case("fit without texts", "fit DIR/a.jsonl --texts DIR/a.jsonl -o DIR/w", codes.UNREADABLE,
             ("no text for the paper 7",),
         b'{"id": 1, "abstract": "x", "claims": []}\n{"id": 7, "claims": []}\n'),
    *(Case(f"a table that is cut off, {suffix}", f"diff DIR/claims.parquet DIR/a{suffix}", codes.UNREADABLE,
           (f"DIR/a{suffix}: ", "legal is a table that claimx wrote"), content, claims)
      for suffix, content in ((".parquet", TABLE[:-100]), (".arrow", b"ARROW1\0\0"), (".csv", b""), (".parquet",
      b""))),
    Case("a table with a value in words", "diff DIR/claims.parquet DIR/a.csv", codes.UNREADABLE, ("DIR/a.csv: ",
             "'high'"),
         b"paper_id,value\np,high\n", claims),
    Case("a table of other columns", "diff DIR/claims.parquet DIR/a.parquet", codes.UNREADABLE, ("DIR/a.parquet: ",),
             TABLE,
         claims),
    Case("a line that is no claim", "diff DIR/claims.parquet DIR/a.jsonl", codes.UNREADABLE,
             ("a.jsonl:1: no row of a claim",),
         GOOD, claims),
    Case("a claim with no date", "diff DIR/claims.parquet DIR/a.jsonl", codes.UNREADABLE,
         ("a.jsonl:1: published is 'soon'; legal is a date",), b'{"paper_id": "p", "published": "soon"}\n', claims),
    Case("a claim with no number", "diff DIR/claims.parquet DIR/a.jsonl", codes.UNREADABLE,
             ("a.jsonl: column 'value'",),
         b'{"paper_id": "p", "value": "high"}\n', claims),
    Case("a table by no name", "diff DIR/claims.parquet DIR/a.xlsx", codes.UNREADABLE,
             ("legal endings are .parquet",), b"",
         claims),
    Case("a table that is a folder", "diff DIR/claims.parquet DIR/d.csv", codes.UNREADABLE,
             ("DIR/d.csv: a folder without _manifest.json",),
         prepare=claims_and_folder),
    Case("no pattern file", "check DIR/none.toml", codes.GRAMMAR, ("none.toml: cannot be read: No such file",)),
    Case("a pattern file that is no UTF-8", "check DIR/a.toml", codes.GRAMMAR,
             ("DIR/a.toml: is not UTF-8 (byte 0)",), b"\xff"),
]  # fmt: skip

ALL = [*UNREAD, *SKIPPED, *USAGE, *OUTPUT, *TABLES]


def test_the_table_is_as_long_as_promised() -> None:
    names = [case.name for case in ALL]
    assert len(set(names)) >= 60


def arguments_of(case: Case, folder: Path) -> list[str]:
    """The case's arguments, its files made in ``folder``."""
    case.prepare(folder)
    arguments = [part.replace("DIR", str(folder)) for part in case.arguments.split(" ") if part]
    if case.content is not None:
        target = next(part for part in case.arguments.split(" ") if part.startswith("DIR/a")).replace(
            "DIR", str(folder)
        )
        if not Path(target).parent.is_file():
            Path(target).write_bytes(case.content)
    if "a.jsonl/" in case.arguments:
        (folder / "a.jsonl").write_bytes(case.content or GOOD)
    (folder / "out.csv").write_bytes(EARLIER)
    return arguments


def assert_told(case: Case, folder: Path, code: int, stderr: str) -> None:
    assert code == case.code, stderr
    assert "Traceback" not in stderr
    assert "\x1b" not in stderr
    lines = stderr.splitlines()
    for part in case.says:
        assert part.replace("DIR", str(folder)).replace("\x1b", " ") in stderr
    if case.skips:
        assert all(line.startswith(("skipped ", "note: ")) for line in lines[:-1]), stderr
        assert 1 < len(lines) <= 7
        assert " skipped, " in lines[-1]
    elif code == codes.USAGE:
        assert lines[-1].startswith("Error: ")
    else:
        assert len(lines) == 1
        assert lines[0].startswith("claimx: ")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_broken_input_is_told_in_one_line(case: Case, tmp_path: Path, capsys: Run) -> None:
    code = main(arguments_of(case, tmp_path))
    out, err = capsys.readouterr()
    assert_told(case, tmp_path, code, err)
    if case.code != codes.OK:
        assert out == ""
        assert (tmp_path / "out.csv").read_bytes() == EARLIER
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]


@pytest.mark.parametrize("case", [UNREAD[0], UNREAD[24], SKIPPED[3], TABLES[2], OUTPUT[0]], ids=lambda case: case.name)
def test_the_same_as_a_process(case: Case, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "claimx", *arguments_of(case, tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert_told(case, tmp_path, done.returncode, done.stderr)
    assert case.code == codes.OK or (tmp_path / "out.csv").read_bytes() == EARLIER


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(tmp_path: Path, capsys: Run) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD)
    path.chmod(0)
    assert main(["extract", str(path)]) == codes.UNREADABLE
    assert "may not be read (permission denied)" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_devices_and_pipes_are_read_as_files_are(tmp_path: Path, capsys: Run) -> None:
    assert main(["extract", os.devnull, "-o", str(tmp_path / "out.csv")]) == codes.OK
    assert f"note: {os.devnull}: empty" in capsys.readouterr().err
    pipe = tmp_path / "a.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(GOOD,))
    writer.start()
    assert main(["extract", str(pipe), "-o", str(tmp_path / "out.csv")]) == codes.OK
    writer.join()
    assert "1 abstract, 1 claim, 0 skipped" in capsys.readouterr().err
