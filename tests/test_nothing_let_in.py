"""What comes from outside stays data: no code from files, no formula in a spreadsheet, no bomb, bounded depth."""

from __future__ import annotations

import ast
import csv
import gzip
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import claimx
from claimx.model import Claim
from claimx.output import load, write
from claimx.read import ReadReport, read
from claimx.read.limits import MAX_BRACES, MAX_RECORD

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "claimx").rglob("*.py"))

# What turns data into code or runs programs; `re.compile` and methods called `compile` are none.
_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code", "ctypes", "pty"}
_CALLS = {"eval", "exec", "compile", "__import__", "input"}
_METHODS = {
    ("os", "system"),
    ("os", "popen"),
    ("pandas", "eval"),
    ("pd", "eval"),
    ("pd", "read_pickle"),
    ("np", "load"),
    # YAML is written, never read
    *(("yaml", name) for name in ("load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all")),
}


def _uses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names if alias.name.split(".")[0] in _MODULES)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (
                [node.module.split(".")[0]] if (node.module or "").split(".")[0] in _MODULES and node.module else []
            )
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in _CALLS:
                yield called.id
            elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                if (called.value.id, called.attr) in _METHODS or called.attr in ("query", "to_pickle", "read_pickle"):
                    yield f"{called.value.id}.{called.attr}"


def test_the_search_finds_what_it_looks_for() -> None:
    bad = "yaml.load(s)\nfrom pickle import loads\neval('1')\nos.system('x')\ndf.query('y')\nre.compile('z')\n"
    assert list(_uses(ast.parse(bad))) == ["pickle", "yaml.load", "eval", "os.system", "df.query"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_data_becomes_code(path: Path) -> None:
    assert list(_uses(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_grammars_are_data() -> None:
    for path in (ROOT / "grammars").rglob("*"):
        assert path.is_dir() or path.suffix in (".toml", ".txt", ".md"), f"{path} is no data"


# https://owasp.org/www-community/attacks/CSV_Injection: what makes a cell a formula, full-width forms among it.
OWASP = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("first", OWASP)
@pytest.mark.parametrize("rest", ["cmd|' /C calc'!A0", 'HYPERLINK("http://a.b?c="&A1)', '1";=1+1', "1,=1+1", "1\n=1+1"])
def test_no_cell_of_a_csv_is_a_formula(first: str, rest: str, tmp_path: Path) -> None:
    path, text = tmp_path / "claims.csv", first + rest
    claim = Claim(
        paper_id=text, title=text, source=text, method=text, benchmark=text, metric=text, sentence=text, unit=text
    )
    write([claim], path)
    with open(path, newline="", encoding="utf-8") as stream:
        [header, row] = csv.reader(stream)
    cells = dict(zip(header, row, strict=True))
    assert [cells[name] for name in ("paper_id", "title", "source", "method", "sentence")] == ["'" + text] * 5
    assert not [cell for cell in row if len(cell) > 1 and cell.startswith(OWASP)]
    assert load(path) == [claim], "the apostrophes come off again"
    write([claim], path, raw=True)
    with open(path, newline="", encoding="utf-8") as stream:
        assert next(csv.DictReader(stream))["method"] == text


class Endless(io.RawIOBase):
    """A stream that never ends and has no line feed; counts what it has given."""

    def __init__(self, start: bytes) -> None:
        self.given, self._piece = 0, start

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece, self._piece = self._piece, b"x" * (1 << 20)
        self.given += len(piece)
        if self.given > 3 * MAX_RECORD:
            return b""
        return piece


@pytest.mark.parametrize(
    ("name", "start"),
    [("jsonl", b'{"abstract": "'), ("csv", b"id,abstract\na,"), ("bibtex", b"@misc{a, abstract = {"), ("text", b"It "),
     ("tsv", b"id\tabstract\na\t"), ("markdown", b"# "), ("pages", b"A title\n"), ("jsonl", b'[{"abstract": "')],
)  # fmt: skip
def test_a_line_without_end_is_not_kept(name: str, start: bytes) -> None:
    report = ReadReport()
    texts = [document.text for document in read(Endless(start), name, report=report)]
    assert all(len(text) < 100 for text in texts)
    assert report.skipped >= 1
    assert all(len(str(skip)) < 300 for skip in report.reasons)


def test_a_bomb_of_many_members_is_read_piece_by_piece() -> None:
    member = gzip.compress(b"x" * 50_000_000)
    report = ReadReport()
    assert list(read(io.BytesIO(member * 8), "jsonl", report=report)) == []
    assert "longer than" in report.reasons[0].reason


@pytest.mark.parametrize("depth", [10, 1000, 200_000])
def test_depth_is_bounded(depth: int) -> None:
    """Deep nesting is read or skipped, and what follows is read in any case."""
    bibtex = (
        b"@misc{a, abstract = {" + b"{" * depth + b"5%" + b"}" * depth + b"}}\n@misc{b, abstract = {It gains 5%.}}\n"
    )
    report = ReadReport()
    texts = [document.text for document in read(io.BytesIO(bibtex), "bibtex", report=report)]
    assert texts[-1] == "It gains 5%."
    assert (report.skipped == 1) == (depth > MAX_BRACES)
    for opened, closed in ((b"[", b"]"), (b'{"a":', b"}")):
        line = b'{"id": ' + opened * depth + b"1" + closed * depth + b', "abstract": "Deep."}\n'
        texts = [one.text for one in read(io.BytesIO(line + b'{"abstract": "It gains 5%."}\n'), "jsonl")]
        assert texts[-1] == "It gains 5%."


def test_macros_of_macros_do_not_explode() -> None:
    lines = ["@string{a0 = {" + "x" * 50_000 + "}}"] + [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 60)]
    source = "\n".join([*lines, "@misc{b, abstract = a59 # a59}", "@misc{c, abstract = {It gains 5%.}}"])
    report = ReadReport()
    texts = [document.text for document in read(io.BytesIO(source.encode()), "bibtex", report=report)]
    assert texts[-1] == "It gains 5%."
    assert max(map(len, texts)) < 200_000
    assert report.skipped >= 1


def test_dependencies_have_ranges() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for some in project["optional-dependencies"].values() for one in some]
    for requirement in [*project["dependencies"], *extras]:
        assert re.search(r">=[0-9]|^claimx\[", requirement), f"{requirement} has no lower bound"


def test_output_for_a_terminal_steers_none() -> None:
    from claimx.cli.text import plain

    for mark in ("\x1b[2J", "\x9b", "\u202e", "\u2066", "\ud800", "\r", "\x07"):
        assert plain(f"a{mark}b").isprintable()
    assert claimx.explain("It gains 5%.\x1b[2J").render()
