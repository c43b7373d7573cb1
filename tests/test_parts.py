"""Folders of parts: even parts, a manifest that tells them, going on where a run ended, and what it refuses."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import crash
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from papers import write_records

from claimx.cli import codes, main
from claimx.errors import ReadError, TableError
from claimx.model import Document
from claimx.output import load
from claimx.parts import PartFolder, job
from claimx.table import schema

Run = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write_records(tmp_path / "papers.jsonl", 230)


def _extract(papers: Path | str, out: Path, *options: str, part: str = "50") -> int:
    return main(["extract", str(papers), "-o", f"{out}/", "--part-papers", part, *options])


def _manifest(out: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((out / "_manifest.json").read_text())
    return told


def _cut_back(out: Path, parts: int) -> None:
    """The folder as a run that was killed after some parts leaves it, with one part that the manifest does not know."""
    told = json.loads((out / "_manifest.json").read_text())
    kept = told["parts"][:parts]
    (out / "_manifest.json").write_text(json.dumps({**told, "finished": False, "parts": kept}))
    for part in told["parts"][parts + 1 :]:
        (out / part["file"]).unlink()
    (out / ".part-00009.parquet.77-0.part").write_bytes(b"PAR1 half")


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_parts_are_even_and_told_in_the_manifest(papers: Path, tmp_path: Path, stand_in: list[Document]) -> None:
    out = tmp_path / "out"
    assert _extract(papers, out) == codes.OK
    assert main(["extract", str(papers), "-o", str(tmp_path / "whole.parquet")]) == codes.OK
    assert sorted(os.listdir(out)) == ["_manifest.json", *(f"part-0000{n}.parquet" for n in range(5))]
    told = _manifest(out)
    assert told["finished"] is True
    assert [(one["name"], one["bytes"]) for one in told["inputs"]] == [(str(papers), papers.stat().st_size)]  # type: ignore[attr-defined]
    parts: list[dict[str, object]] = told["parts"]  # type: ignore[assignment]
    assert [part["papers"] for part in parts] == [50, 50, 50, 50, 30]
    assert [part["first"] for part in parts] == [0, 50, 100, 150, 200]
    assert [part["end"] for part in parts] == [[0, 50], [0, 100], [0, 150], [0, 200], [0, 230]]
    tables = [pq.read_table(out / str(part["file"])) for part in parts]
    assert [len(table) for table in tables] == [part["claims"] for part in parts]
    assert [(out / str(part["file"])).stat().st_size for part in parts] == [part["bytes"] for part in parts]
    assert all(table.schema.equals(schema(), check_metadata=True) for table in tables)
    assert set(tables[1].column("paper_id").to_pylist()) == {f"p{n}" for n in range(50, 100) if n % 5 != 3}
    assert pa.concat_tables(tables).equals(pq.read_table(tmp_path / "whole.parquet"))
    assert pq.read_table(out).num_rows == sum(map(len, tables)), "as a folder, the manifest is passed over"
    assert load(out) == load(tmp_path / "whole.parquet")


@pytest.mark.parametrize("count", [0, 50, 100])
def test_ends_at_a_parts_end_and_no_papers_at_all(count: int, tmp_path: Path, stand_in: list[Document]) -> None:
    papers, out = write_records(tmp_path / "papers.jsonl", count), tmp_path / "out"
    assert _extract(papers, out) == codes.OK
    assert len(list(out.glob("part-*"))) == max(1, count // 50)
    assert len(load(out)) == pq.read_table(out).num_rows
    before = _files(out)
    _cut_back(out, len(list(out.glob("part-*"))))
    assert _extract(papers, out, "--resume") == codes.OK
    assert _files(out) == before


@pytest.mark.parametrize("done", range(6))
def test_going_on_gives_the_same_files_without_doing_anything_twice(
    done: int, papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "out"
    _extract(papers, out, "--min-confidence", "0.5")
    whole = capsys.readouterr().err.partition(" skipped")[0]
    before = _files(out)
    _cut_back(out, done)
    stand_in.clear()
    assert _extract(papers, out, "--resume", "--min-confidence", "0.5") == codes.OK
    assert _files(out) == before
    assert [document.id for document in stand_in] == [f"p{n}" for n in range(50 * done, 230)]
    told = capsys.readouterr().err.partition(" skipped")[0]
    already = f" ({min(50 * done, 230)} of them before)" if done else ""
    assert told.replace(already, "") == whole, "the counts are those of the whole"


def test_a_finished_run_is_left_alone_even_where_the_inputs_are_only_touched(
    papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "out"
    _extract(papers, out)
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir() if path.name != "_manifest.json"}
    stand_in.clear()
    capsys.readouterr()
    assert _extract(papers, out, "--resume") == codes.OK
    assert capsys.readouterr().err.endswith("is finished already: 230 abstracts, 828 claims, 5 parts\n")
    os.utime(papers)
    assert _extract(papers, out, "--resume") == codes.OK
    assert "230 abstracts (230 of them before), 828 claims, 0 skipped" in capsys.readouterr().err
    assert not stand_in
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir() if path.name in before} == before


def test_compressed_inputs_of_several_files_with_bad_records(tmp_path: Path, stand_in: list[Document]) -> None:
    one = write_records(tmp_path / "one.jsonl", 70)
    two = tmp_path / "two.jsonl.gz"
    rest = write_records(tmp_path / "rest.jsonl", 60, first=70).read_bytes()
    two.write_bytes(gzip.compress(rest.replace(b"\n", b"\n{broken\n", 5)))
    out = tmp_path / "out"
    command = ["extract", str(one), str(two), "-o", str(out), "--part-papers", "40"]
    out.mkdir()
    assert main(command) == codes.OK
    assert [part["end"] for part in _manifest(out)["parts"]] == [[0, 40], [1, 10], [1, 50], [1, 60]]  # type: ignore[attr-defined, index]
    before = _files(out)
    _cut_back(out, 2)
    assert main([*command, "--resume"]) == codes.OK
    assert _files(out) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: ["--min-confidence", "0.5"], "begun with min_confidence 0.0, not 0.5"),
        (lambda p: ["--columns", "text=title"], 'begun with columns null, not {"text": "title"}'),
        (lambda p: ["--strict"], "begun with strict false, not true"),
        (lambda p: ["--part-papers", "60"], "begun with part_papers 50, not 60"),
        (lambda p: write_records(p, 231), "bytes when the run began and is of"),
        (lambda p: p.write_text(p.read_text().replace("Paper 7", "Paper 9")), "not those that part-00000.parquet was"),
        (lambda p: p.unlink(), "bytes when the run began and is of None now"),
    ],
    ids=["confidence", "columns", "strict", "part", "longer", "other", "missing"],
)
def test_another_job_is_refused_and_nothing_touched(
    change: object, says: str, papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "out"
    _extract(papers, out)
    _cut_back(out, 2)
    (out / ".part-00009.parquet.77-0.part").unlink()
    before = _files(out)
    options = change(papers)  # type: ignore[operator]
    stand_in.clear()
    capsys.readouterr()
    assert _extract(papers, out, "--resume", *(options if isinstance(options, list) else [])) == codes.UNWRITABLE
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert "in another folder" in told
    assert _files(out) == before
    assert not stand_in


@pytest.mark.parametrize(("key", "says"), [("version", "claimx 0.0.0, not"), ("grammar_sha256", "grammar 0.0.0, not")])
def test_another_version_or_grammar_is_refused(
    key: str, says: str, papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "out"
    _extract(papers, out)
    (out / "_manifest.json").write_text(json.dumps({**_manifest(out), key: "0.0.0"}))
    assert _extract(papers, out, "--resume") == codes.UNWRITABLE
    assert says in capsys.readouterr().err


def test_folders_that_cannot_be_used(papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run) -> None:
    def refused(out: Path, *options: str) -> str:
        capsys.readouterr()
        assert _extract(papers, out, *options) == codes.UNWRITABLE
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        return told

    assert "is a file, not a folder" in refused(papers)
    assert "No such file or directory" in refused(tmp_path / "no" / "such")
    out = tmp_path / "out"
    _extract(papers, out)
    assert "holds a finished run already (230 papers)" in refused(out)
    _cut_back(out, 3)
    assert "holds an unfinished run (150 papers done); go on with --resume" in refused(out)
    with pytest.raises(ReadError, match="not finished; go on with it by --resume"):
        load(out)
    (out / "part-00001.parquet").write_bytes(b"PAR1")
    assert "part-00001.parquet has 4 bytes, not" in refused(out, "--resume")
    (out / "part-00001.parquet").unlink()
    assert "part-00001.parquet is missing; put it back" in refused(out, "--resume")
    (out / "_manifest.json").write_text("{")
    assert "_manifest.json cannot be read" in refused(out, "--resume")
    (out / "_manifest.json").write_text('{"format": 99}')
    assert "another version of claimx" in refused(out, "--resume")
    (out / "_manifest.json").unlink()
    assert "holds part files without _manifest.json" in refused(out, "--resume")
    with pytest.raises(ReadError, match="a folder without _manifest"):
        load(out)


def test_options_for_a_folder_need_one(papers: Path, tmp_path: Path, capsys: Run) -> None:
    for options in (["--resume"], ["--part-papers", "5"]):
        for output in ([], ["-o", str(tmp_path / "claims.parquet")]):
            assert main(["extract", str(papers), *output, *options]) == codes.USAGE
            assert "folder of parts" in capsys.readouterr().err
    assert main(["extract", str(papers), "-o", f"{tmp_path}/x/", "--part-papers", "0"]) == codes.USAGE


@pytest.mark.skipif(os.name == "nt", reason="folders are held by flock")
def test_two_runs_do_not_write_to_one_folder(papers: Path, tmp_path: Path) -> None:
    wanted = job([str(papers)], {})
    first, second = (PartFolder.opened(f"{tmp_path}/out/", wanted, 50, True) for _ in range(2))
    with first, pytest.raises(TableError, match="another run is writing to this folder"):
        second.__enter__()
    with PartFolder.opened(f"{tmp_path}/out/", wanted, 50, True) as folder:
        assert not folder.finished


def test_standard_input_can_be_handed_in_again(papers: Path, tmp_path: Path) -> None:
    def run(data: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "claimx", "extract", "-", "-o", f"{tmp_path}/out/", "--part-papers", "100"]
        return subprocess.run(
            [*command, "--resume"], input=data, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
        )

    text = papers.read_text()
    assert run(text).returncode == 0
    before = _files(tmp_path / "out")
    _cut_back(tmp_path / "out", 1)
    again = run(text)
    assert again.returncode == 0
    assert "(100 of them before)" in again.stderr
    assert _files(tmp_path / "out") == before
    other = run(text + text)
    assert other.returncode == codes.UNWRITABLE
    assert "more papers than when the run ended" in other.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_runs_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    found = crash.trials(5, 240, 3, tmp_path)
    assert found.total() == 5
