"""``claimx check-claims``, ``claimx contradictions`` and ``claimx extract --derive``, as their user runs them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import claimx
from claimx.cli import main
from claimx.output import load

MISMATCH = "QuarkNet reaches an accuracy gain of 3.23% (91.78% vs. 88.45%) on SVHN."
AGREES = "TidalNet improves accuracy on CIFAR-10 from 92.5% to 94.8% (+2.3)."
SUM = "91.78 − 88.45 = 3.33 and (91.78 − 88.45) / 88.45 = 3.765 %, the text says 3.23%"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    texts = (MISMATCH, AGREES, "FooNet has 90.4% accuracy on SVHN.", "FooNet has 0.931 accuracy on SVHN.")
    documents = [claimx.Document(id=f"p{n}", text=text, title=f"=Paper {n}") for n, text in enumerate(texts)]
    path = tmp_path / "claims.parquet"
    claimx.write(claimx.extract_many(documents), path)
    return path


def test_mismatches_with_their_sums(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-claims", str(table)]) == 0
    out, err = capsys.readouterr()
    assert out == f"mismatch  {SUM}\n    p0 · QuarkNet · SVHN · accuracy\n    “{MISMATCH}”\n"
    assert err == "4 claims: 1 ok, 0 rounding, 0 relative, 1 mismatch, 2 unchecked\n"


def test_strict_tells_by_the_exit_code(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-claims", str(table), "--strict"]) == 1
    fine = tmp_path / "fine.parquet"
    claimx.write(claimx.extract(AGREES), fine)
    assert main(["check-claims", str(fine), "--strict"]) == 0


def test_as_json_and_csv(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-claims", str(table), "--format", "json", "--verdict", "ok", "--verdict", "mismatch"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["summary"] == {"ok": 1, "rounding": 0, "relative": 0, "mismatch": 1, "unchecked": 2}
    assert [(row["check"], row["working"]) for row in told["claims"]] == [
        ("mismatch", SUM),
        ("ok", "94.8 − 92.5 = 2.3, the text says +2.3"),
    ]
    assert main(["check-claims", str(table), "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["check"], row["working"], row["sentence"], row["title"]) == ("mismatch", SUM, MISMATCH, "'=Paper 0")


def test_sentences_from_texts(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = tmp_path / "bare.jsonl"
    claimx.write([replace(claim, sentence=None, check=None) for claim in load(table)], bare)
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "p0", "abstract": MISMATCH}) + "\n")
    assert main(["check-claims", str(bare)]) == 0
    assert "0 mismatch" in capsys.readouterr().err
    assert main(["check-claims", str(bare), "--texts", str(texts)]) == 0
    assert SUM in capsys.readouterr().out


def test_contradictions_in_every_format(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contradictions", str(table)]) == 0
    out, err = capsys.readouterr()
    assert err == "1 contradiction\n"
    assert out == (
        "FooNet · SVHN · accuracy\n90.4 %  =Paper 2\n    p2 · result\n    “FooNet has 90.4% accuracy on SVHN.”\n"
        "0.931 (= 93.1 %)  =Paper 3\n    p3 · result\n    “FooNet has 0.931 accuracy on SVHN.”\n\n"
    )
    assert main(["contradictions", str(table), "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["papers"] == ["p2", "p3"]
    assert [(row["value"], row["stated"]) for row in told["values"]] == [(90.4, 90.4), (93.1, 0.931)]
    assert main(["contradictions", str(table), "--format", "csv", "--limit", "1"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["contradiction"], row["value"], row["unit"]) for row in rows] == [
        ("1", "90.4", "percent"),
        ("1", "93.1", "percent"),
    ]


@pytest.mark.parametrize("command", ["check-claims", "contradictions"])
def test_an_empty_table_and_wrong_files(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.parquet"
    claimx.write([], empty)
    assert main([command, str(empty)]) == 0
    assert capsys.readouterr().out == ""
    assert main([command, str(tmp_path / "none.parquet")]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert main([command]) == 2


def test_hostile_text_does_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.jsonl"
    claims = [
        replace(claim, paper_id="\x1b[31mp", sentence=claim.sentence.replace("SVHN", "\x1b]0;\x07"))
        for claim in claimx.extract(MISMATCH)
        if claim.sentence is not None
    ]
    claimx.write(claims, path)
    assert main(["check-claims", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_extract_derives(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    text = "QuarkNet improves accuracy from 71.2% to 78.9% on SVHN."
    texts.write_text(json.dumps({"id": "p0", "abstract": text}) + "\n")
    out = tmp_path / "claims.parquet"
    assert main(["extract", str(texts), "-o", str(out), "--derive"]) == 0
    assert [(claim.delta, claim.delta_derived) for claim in load(out)] == [(7.7, True)]
    assert main(["extract", str(texts), "-o", str(out)]) == 0
    assert [(claim.delta, claim.delta_derived) for claim in load(out)] == [(None, False)]
