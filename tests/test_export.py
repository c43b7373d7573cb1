"""Exports of every format: which claims go, what is said of the others, and files whole or not at all."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from exports import held, sample

import claimx
from claimx.cli import codes, main
from claimx.errors import ReadError, TableError
from claimx.export import FORMATS, check, export, files
from claimx.export.sources import arxiv_url
from claimx.model import Claim
from claimx.output import write

FORMAT = pytest.mark.parametrize("format", FORMATS)
Run = pytest.CaptureFixture[str]


def claim(**fields: Any) -> Claim:
    return Claim(**{"paper_id": "p", "method": "FooNet", "benchmark": "ImageNet", "metric": "accuracy", "value": 90.0,
                    "unit": "percent", "rule": "r"} | fields)  # fmt: skip


CLAIMS = [
    claim(),
    claim(kind="finding"),
    claim(confidence=0.25),
    claim(method="BarNet", confidence=0.75),
    claim(value=None, delta=2.0),
    claim(value=math.nan),
    claim(value=math.inf),
    claim(method=None),
    claim(benchmark=None),
    claim(metric=None),
    claim(bound="<="),
    claim(value_high=95.0),
    claim(paper_id="q", bound="~"),
]


@FORMAT
def test_what_is_left_out_is_counted(format: str) -> None:
    made = export(CLAIMS, format)
    hedged = {} if format == "every-eval-ever" else {"hedged or a range": 3}
    assert dict(made.left_out) == {
        "of another kind": 1, "without a value": 3, "without a method": 1, "without a benchmark": 1,
        "without a metric": 1, "said twice": 1, **hedged,
    }  # fmt: skip
    assert made.rows + sum(made.left_out.values()) == len(CLAIMS)


@FORMAT
def test_filters(format: str) -> None:
    assert export(CLAIMS, format, kinds=["finding"]).rows == 1
    sure = export(CLAIMS, format, min_confidence=0.5)
    assert (sure.rows, sure.left_out["below the confidence"]) == (1, 11)
    one = export(CLAIMS, format, methods=["bar-net"])
    assert (one.rows, one.left_out["of other methods"]) == (1, 11)
    assert export(CLAIMS, format, methods=["bar-net", "FooNet"]).rows == export(CLAIMS, format).rows


@FORMAT
def test_every_source_gives_the_same(format: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    write(sample(), path)
    first = export(sample(), format)
    assert first.rows >= 20
    for source in (path, str(path), iter(sample()), claimx.to_table(sample()), claimx.to_pandas(sample())):
        made = export(source, format)
        assert (made.documents, made.rows, made.left_out) == (first.documents, first.rows, first.left_out)
    frame = claimx.to_pandas(sample())
    assert export(frame[frame["method"] == "TidalNet"], format).rows == 2


def test_it_is_public_and_a_function_although_a_package() -> None:
    assert claimx.export is export
    assert isinstance(claimx.export(CLAIMS, "model-index"), claimx.Export)


@FORMAT
def test_wrong_words_are_told_what_is_legal(format: str) -> None:
    with pytest.raises(ValueError, match="no kind odd; legal are result, baseline"):
        export(CLAIMS, format, kinds=["odd"])
    with pytest.raises(ValueError, match="no format 'odd'; legal are papers-with-code, model-index"):
        export(CLAIMS, "odd")
    with pytest.raises(TableError, match="no claim table: it lacks paper_id"):
        export(claimx.to_pandas(CLAIMS)[["method"]].rename(columns={"method": "m"}), format)


@FORMAT
def test_the_same_claims_give_the_same_bytes(format: str) -> None:
    one, two = export(sample(), format), export(list(sample()), format)
    assert {name: one.text(name) for name in one.documents} == {name: two.text(name) for name in two.documents}


@FORMAT
def test_lone_surrogates_become_what_utf8_can_hold(format: str, tmp_path: Path) -> None:
    made = export([claim(method="Foo\ud800Net", title="\udfff")], format)
    out = tmp_path / ("out.json" if format == "papers-with-code" else "out")
    assert made.write(out) == 1
    assert "Foo\ufffdNet" in str(made.documents)


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = export([claim(), claim(method="BarNet")], "model-index")

    def fail(self: Path, data: bytes) -> int:
        if self.name == "barnet.md":
            raise OSError(28, "No space left on device")
        return write_bytes(self, data)

    write_bytes = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(TableError, match="cards: No space left"):
        made.write(tmp_path / "cards")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    (tmp_path / "cards").mkdir()  # an empty folder is as good as none
    assert made.write(tmp_path / "cards") == 2
    assert sorted(path.name for path in (tmp_path / "cards").iterdir()) == ["barnet.md", "foonet.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["cards"]


def test_places_that_will_not_do(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").touch()
    for out, format, problem in (
        (full, "model-index", "the folder is not empty"),
        (full / "x", "every-eval-ever", "is no folder"),
        (full / "y" / "z", "model-index", "there is no folder"),
        (full / "y" / "z.md", "model-index", "there is no folder"),
        (full / "tables", "papers-with-code", r"must end in \.json"),
        (full / "tables.csv", "papers-with-code", r"must end in \.json"),
    ):
        with pytest.raises(TableError, match=problem):
            check(out, format)
        with pytest.raises(TableError, match=problem):
            export([claim()], format).write(out)
    assert [path.name for path in full.iterdir()] == ["x"]


@pytest.mark.parametrize(("format", "name"), [("model-index", "card.yaml"), ("every-eval-ever", "record.json")])
def test_a_file_holds_one_document(format: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="the rows give 2: name a folder"):
        export([claim(), claim(method="BarNet")], format).write(tmp_path / name)
    with pytest.raises(TableError, match=r"^no row can go to "):
        export([], format).write(tmp_path / name)
    assert export([claim()], format).write(tmp_path / name) == 1
    assert yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))


def test_file_names() -> None:
    names = files.Names(".md")
    given = [names.new(name) for name in ("Foo", "foo", "foo-2", "foo", "../x", "ÀÉ", "数", "nul", "a/b\\c", "." * 9)]
    assert given[:5] == ["foo.md", "foo-2.md", "foo-2-2.md", "foo-3.md", "x.md"]
    assert given[5] == "ae.md"
    assert given[6].startswith("method-")
    assert given[7:9] == ["_nul.md", "a-b-c.md"]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize(
    ("paper", "page"),
    [
        ("2401.00001", "2401.00001"),
        ("arxiv:2401.00001v2", "2401.00001v2"),
        ("arXiv:0704.0001", "0704.0001"),
        ("ARXIV:2401.00001V2", "2401.00001v2"),
        ("http://arxiv.org/abs/2401.00001", "2401.00001"),
        ("https://arxiv.org/pdf/2401.00001v1.pdf", "2401.00001v1"),
        ("10.48550/arXiv.2401.00001", "2401.00001"),
        ("https://doi.org/10.48550/arXiv.2401.00001", "2401.00001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v1", "math.GT/0309136v1"),
        ("arXiv:cs.CL/0102003", "cs.CL/0102003"),
        ("cond-mat.mes-hall/0309136", "cond-mat.mes-hall/0309136"),
        ("2413.00001", None),
        ("2401.001", None),
        ("2401.000012", None),
        ("acl/0102003", None),
        ("x2401.00001", None),
        ("2401.00001 and more", None),
        ("10.1234/2401.00001", None),
        ("sample-01", None),
        ("", None),
    ],
)
def test_arxiv_addresses(paper: str, page: str | None) -> None:
    assert arxiv_url(paper) == (page and f"https://arxiv.org/abs/{page}")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "claims.parquet"
    write(CLAIMS, path)
    return path


def run(words: Iterable[object]) -> int:
    return main(["export", *map(str, words)])


@FORMAT
def test_command(format: str, table: Path, tmp_path: Path, capsys: Run) -> None:
    out = tmp_path / ("tables.json" if format == "papers-with-code" else "out")
    assert run([table, "--format", format, "-o", out]) == codes.OK
    stdout, stderr = capsys.readouterr()
    assert stdout == ""
    counted, left = stderr.splitlines()
    number = 1 if format == "papers-with-code" else 3 if format == "every-eval-ever" else 2
    rows = sum(held(one, hedged=format == "every-eval-ever") for one in CLAIMS) - 1
    assert counted == f"{rows} rows in {number} file{'s' * (number > 1)}"
    assert left.startswith("left out: 3 ")
    assert "3 without a value" in left
    assert out.exists()


def test_command_filters_and_prints_one_document(table: Path, capsys: Run) -> None:
    words = [table, "--format", "every-eval-ever", "--kind", "finding", "--retrieved", "2026-01-31"]
    assert run(words) == codes.OK
    stdout, stderr = capsys.readouterr()
    assert json.loads(stdout)["retrieved_timestamp"] == "1769817600"
    assert stderr.startswith("1 row\n")
    assert run([table, "--format", "model-index", "--method", "barnet", "--min-confidence", "0.5"]) == codes.OK
    assert capsys.readouterr().out.startswith("---\nmodel-index:\n- name: BarNet\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--format", "odd"], codes.USAGE, "'papers-with-code', 'model-index', 'every-eval-ever'"),
        (["--format", "model-index", "--kind", "odd"], codes.USAGE, "'result', 'baseline'"),
        (["--format", "model-index", "--min-confidence", "2"], codes.USAGE, "legal are numbers from 0 to 1"),
        (["--format", "every-eval-ever", "--retrieved", "today"], codes.USAGE, "does not match the format"),
        (["--format", "papers-with-code", "-o", "tables"], codes.UNWRITABLE, "must end in .json"),
        (["--format", "model-index"], codes.UNWRITABLE, "the rows give 2: name a folder"),
        (
            ["--format", "model-index", "--kind", "human"],
            codes.UNWRITABLE,
            "no row can go to model-index: 13 of another",
        ),
        (
            ["--format", "model-index", "--method", "BazNet"],
            codes.USAGE,
            "has no method 'BazNet'; near to it are BarNet",
        ),
    ],
)
def test_mistakes_are_one_clear_line(words: list[str], code: int, message: str, table: Path, capsys: Run) -> None:
    assert run([table, *words]) == code
    stdout, stderr = capsys.readouterr()
    assert stdout == ""
    assert message in stderr
    assert "Traceback" not in stderr


def test_no_table_to_read(tmp_path: Path) -> None:
    assert run([tmp_path / "none.parquet", "--format", "papers-with-code"]) == codes.UNREADABLE
    with pytest.raises(ReadError):
        export(tmp_path / "none.parquet", "papers-with-code")
