"""Learning from gold at the command line: the files it writes, what it tells, and mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from claimx.assemble.ranking import TABLES, Ranking
from claimx.cli import codes, main

SAMPLE = Path(__file__).resolve().parents[1] / "datasets" / "sample-gold.jsonl"

Run = pytest.CaptureFixture[str]


def gold(path: Path, abstract: str, *claims: dict[str, object]) -> Path:
    path.write_text(json.dumps({"id": "a", "abstract": abstract, "claims": claims}) + "\n")
    return path


@pytest.mark.slow
def test_fit_writes_weights_that_the_ranking_loads(tmp_path: Path, capsys: Run) -> None:
    target = tmp_path / "new" / "ranking"
    assert main(["fit", str(SAMPLE), "-o", str(target)]) == codes.OK
    assert sorted(path.name for path in target.iterdir()) == sorted(f"{name}.toml" for name in TABLES)
    weights = Ranking.load(target.parent).weights
    assert all(weights[name]["rule"] > 0 for name in ("metric", "method")), "what the rules propose is mostly right"
    out, err = capsys.readouterr()
    for name in ("metric", "benchmark", "baseline", "method"):
        [(features, rate, choices)] = re.findall(rf"^{name}: (\d+) features, right ([01]\.\d+) of (\d+)", out, re.M)
        assert int(features) == len(weights[name])
        assert 0.5 < float(rate) <= 1
        assert int(choices) > 40
    assert re.search(r"^confidence 0\.5 to 0\.75: right ", out, re.M)
    assert re.fullmatch(rf"\d+ rows seen, weights written to {re.escape(str(target))}\n", err)


@pytest.mark.slow
def test_several_gold_files_are_pooled(tmp_path: Path, capsys: Run) -> None:
    papers = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    halves = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path, lines in zip(halves, (papers[:12], papers[12:]), strict=True):
        path.write_text("".join(lines), encoding="utf-8")
    assert main(["fit", *map(str, halves), "-o", str(tmp_path / "two")]) == codes.OK
    pooled = capsys.readouterr().out
    assert main(["fit", str(SAMPLE), "-o", str(tmp_path / "one")]) == codes.OK
    assert capsys.readouterr().out == pooled
    for name in TABLES:
        assert (tmp_path / "two" / f"{name}.toml").read_bytes() == (tmp_path / "one" / f"{name}.toml").read_bytes()


def fails(arguments: list[str], code: int, capsys: Run) -> str:
    """The message of a command that fails before it learns."""
    assert main(["fit", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return " ".join(err.split())


def test_gold_without_a_row_is_named(tmp_path: Path, capsys: Run) -> None:
    bare = gold(tmp_path / "bare.jsonl", "QuarkNet is new.")
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    for path in (bare, empty):
        said = fails([str(SAMPLE), str(path), "-o", str(tmp_path / "out")], codes.UNREADABLE, capsys)
        assert said == f"claimx: {path}: has no gold row; fit needs papers whose claims are not empty"
    assert not (tmp_path / "out").exists()


def test_gold_of_which_nothing_is_found_is_named(tmp_path: Path, capsys: Run) -> None:
    path = gold(tmp_path / "far.jsonl", "QuarkNet has 90% accuracy.", {"value": 7, "value_start": 0, "value_end": 1})
    said = fails([str(path), "-o", str(tmp_path / "out")], codes.UNREADABLE, capsys)
    assert said.startswith(f"claimx: {path}: the grammar finds none of the gold rows")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", ":1: no JSON at column 2"),
        (b"\xff\xfe", ":1: not UTF-8 at byte 1 of the line"),
        (b"[]", ":1: no paper of a gold file: it needs id, abstract and claims"),
        (b'{"id": 1, "abstract": "A 5% gain."}', ":1: no paper of a gold file"),
        (b'{"id": 1, "abstract": null, "claims": [{}]}', ":1: no paper of a gold file"),
        (b'{"id": 1, "abstract": "A 5% gain.", "claims": ["5%"]}', ":1: no paper of a gold file"),
    ],
)
def test_what_is_no_gold_file(content: bytes, says: str, tmp_path: Path, capsys: Run) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    assert f"{path}{says}" in fails([str(path), "-o", str(tmp_path)], codes.UNREADABLE, capsys)


def test_a_gold_file_that_is_not_there(tmp_path: Path, capsys: Run) -> None:
    said = fails([str(tmp_path / "none.jsonl"), "-o", str(tmp_path)], codes.UNREADABLE, capsys)
    assert said.endswith("none.jsonl: No such file or directory")


def test_a_folder_is_required(capsys: Run) -> None:
    assert "-o" in fails([str(SAMPLE)], codes.USAGE, capsys)


def test_a_file_in_the_folders_place_is_named_before_any_work(tmp_path: Path, capsys: Run) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    for target in (taken, taken / "deeper"):
        said = fails([str(SAMPLE), "-o", str(target)], codes.UNWRITABLE, capsys)
        assert said == f"claimx: {target}: {taken} is a file; name a folder for the weights"


def test_a_folder_that_may_not_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Run) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # permissions do not bind a superuser
    said = fails([str(SAMPLE), "-o", str(tmp_path / "out")], codes.UNWRITABLE, capsys)
    assert said == f"claimx: {tmp_path / 'out'}: the folder {tmp_path} cannot be written to"


@pytest.mark.slow
def test_a_table_that_cannot_be_replaced_is_named(tmp_path: Path, capsys: Run) -> None:
    (tmp_path / "metric.toml").mkdir()
    assert main(["fit", str(SAMPLE), "-o", str(tmp_path)]) == codes.UNWRITABLE
    err = capsys.readouterr().err
    assert err == f"claimx: {tmp_path / 'metric.toml'}: Is a directory\n"
