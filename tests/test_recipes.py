"""What the README shows of boards and of SQL over the table, run as it stands on the sample."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

import claimx

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import itertools

import claimx

mine = claimx.Document("mine", "SluiceNet reaches 98.1% accuracy on CIFAR-10, compared to 96.9% for OldTide.")
papers = itertools.chain(claimx.read("datasets/sample.jsonl"), [mine])
table = claimx.to_table(claimx.extract_many(papers))
board = claimx.leaderboard(table, "CIFAR10", "acc")
print(board.to_markdown())
"""
SQL = """
SELECT method, benchmark, value, published
FROM '{path}'
WHERE metric = 'accuracy' AND unit = 'percent' AND bound = '=' AND confidence > 0.8
ORDER BY value DESC LIMIT 3;
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The claims of the sample."""
    path = tmp_path_factory.mktemp("recipes") / "claims.parquet"
    assert claimx.write(claimx.extract_many(claimx.read(ROOT / "datasets" / "sample.jsonl")), path) > 50
    return path


def test_ten_lines_make_a_board_of_abstracts() -> None:
    assert len([line for line in SCRIPT.splitlines() if line]) <= 10
    command = [sys.executable, "-X", "utf8", "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ")[:3] for line in done.stdout.splitlines() if line.startswith("| ")]
    assert rows[1:] == [["| 1", "SluiceNet", "98.1 %"], ["| 2", "TidalNet", "97.3 %"], ["| 3", "OldTide", "96.9 %"]]


def test_duckdb_reads_the_table(path: Path) -> None:
    rows = duckdb.sql(SQL.format(path=path)).fetchall()
    assert [row[:3] for row in rows[:2]] == [("TidalNet", "CIFAR-10", 97.3), ("LedgerPrompt", "GSM8K", 66.9)]
    board = claimx.leaderboard(duckdb.sql(f"SELECT * FROM '{path}'"), "CIFAR-10", "accuracy")
    assert board == claimx.leaderboard(path, "CIFAR-10", "accuracy")


def test_polars_reads_the_table(path: Path) -> None:
    table = pl.scan_parquet(path).filter(metric="accuracy").drop_nulls("value").sort("value", descending=True).collect()
    assert table.row(0, named=True)["method"] == "TidalNet"
    assert table["value"][0] == 97.3
