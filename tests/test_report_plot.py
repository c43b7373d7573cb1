"""Boards as pictures, and the command that draws them."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ponds import HOSTILE, claim

import claimx
from claimx.cli import main
from claimx.model import Claim


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "claims.parquet"
    claimx.write([claim(), claim(paper_id="p2", method="Rill", value=93.0, confidence=0.4)], path)
    return path


def standing(number: int, **changes: Any) -> Claim:
    return claim(
        paper_id=f"p{number}", method=f"Rill-{number}", value=80.0 + number, baseline_value=None,
        published=dt.date(2020 + number, 1, 1), **changes,
    )  # fmt: skip


@pytest.fixture(params=[".svg", ".png"])
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    pytest.importorskip("matplotlib", reason="plots need the extra claimx[plot]")
    return tmp_path / f"board{request.param}"


@pytest.mark.parametrize("dated", [True, False])
def test_a_board_is_drawn_with_the_same_bytes_each_time(dated: bool, picture: Path) -> None:
    rows = [standing(number) for number in (3, 1, 2)]
    if not dated:
        rows = [replace(row, published=None) for row in rows]
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    claimx.plot_board(board, picture)
    first = picture.read_bytes()
    claimx.plot_board(board, picture)
    assert picture.read_bytes() == first
    assert first.startswith(b"<?xml" if picture.suffix == ".svg" else b"\x89PNG")
    if picture.suffix == ".svg":
        assert all(name.encode() in first for name in ("Rill-3", "PondBench", "accuracy (%)"))
        assert b"<dc:date>" not in first


def test_hostile_names_are_drawn_as_text(picture: Path) -> None:
    rows = [standing(1), replace(standing(2), method=HOSTILE + "$\\frac{$ \u6f22\u5b57")]
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    claimx.plot_board(board, picture, title="$x_{$ <b>")
    if picture.suffix == ".svg":
        assert b"<script" not in picture.read_bytes()
        assert b"$x_{$ &lt;b&gt;" in picture.read_bytes()


def test_the_record_is_the_best_so_far() -> None:
    from claimx.report.plot import over_time, records

    rows = [standing(number) for number in (1, 3, 2)]
    rows.append(replace(standing(4), value=10.0))
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    assert over_time(board.rows)
    assert [row.method for row in records(board.rows, higher=True)] == ["Rill-1", "Rill-2", "Rill-3"]
    assert [row.method for row in records(board.rows, higher=False)] == ["Rill-1", "Rill-4"]
    assert not over_time(board.rows[:1])


def test_plot_says_how_to_install_what_it_needs(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    out = tmp_path / "board.svg"
    assert main(["plot", str(table), "--benchmark", "PondBench", "--metric", "accuracy", "-o", str(out)]) == 5
    assert capsys.readouterr().err == "claimx: plots need matplotlib; install it with: pip install 'claimx[plot]'\n"


def test_plot_writes_a_board(table: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", str(table), "--benchmark", "pondbench", "--metric", "acc.", "-o", str(picture)]) == 0
    assert capsys.readouterr().err == f"PondBench, accuracy: 2 methods: {picture}\n"
    assert picture.stat().st_size > 1000
