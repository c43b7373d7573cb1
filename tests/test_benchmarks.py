"""The benchmarks run, and their figures are figures; how large they are is not tested here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "benchmarks"


def run(script: str, *arguments: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", FOLDER / script, *arguments],
        capture_output=True, encoding="utf-8", cwd=cwd, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_speed_measures_every_contender(tmp_path: Path) -> None:
    rates: dict[str, float] = json.loads(run("speed.py", "--abstracts", "40", "--rounds", "1", "--json", cwd=tmp_path))
    assert {"floor: bare re", "claimx.find_quantities", "claimx.extract"} <= rates.keys()
    assert all(rate > 0 for rate in rates.values())
    assert rates["floor: bare re"] > rates["claimx.find_quantities"] > rates["claimx.extract"]


@pytest.mark.slow
def test_speed_reads_a_file_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    papers = tmp_path / "papers.jsonl"
    papers.write_text(json.dumps({"id": "a", "abstract": "FooNet reaches 9.1% WER."}) + "\n", encoding="utf-8")
    shown = run("speed.py", str(papers), "--abstracts", "30", "--rounds", "1")
    assert shown.startswith("30 abstracts, 24 characters each")
    assert "quantulum3" in shown, "measured, or named as not installed"


@pytest.mark.slow
def test_memory_compares_two_sizes_and_three_imports(tmp_path: Path) -> None:
    figures: dict[str, Any] = json.loads(run("memory.py", "--abstracts", "20", "--rounds", "1", "--json", cwd=tmp_path))
    assert list(figures["peak"]) == ["20", "80"]
    assert all(10 * 2**20 < size < 2**30 for size in figures["peak"].values()), "bytes, not pages or kilobytes"
    assert figures["ratio"] == pytest.approx(figures["peak"]["80"] / figures["peak"]["20"])
    assert figures["import"]["bare interpreter"] < figures["import"]["import pandas"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_boards_measures_board_and_floor() -> None:
    figures: dict[str, Any] = json.loads(run("boards.py", "--rows", "3000", "--rounds", "1", "--json"))
    assert figures["rows"] == 3000
    assert {"floor: dataset scan", "claimx leaderboard", "claimx boards"} <= figures["best"].keys()
    assert all(10 < one["peak"] < 1000 and one["seconds"] > 0 for one in figures["best"].values())


def test_boards_makes_the_same_table_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import boards

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        boards.generate(tmp_path / name, 500)
    (one,), (two,) = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_varied_texts_differ_and_keep_their_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import speed

    [first, *others] = speed.corpus(speed.SAMPLE, 100)
    assert len(others) == 99
    assert len(set(others)) > 75
    assert speed.corpus(speed.SAMPLE, 100) == [first, *others], "the same texts in each run"
    assert all(len(text) == len(others[n - 24]) for n, text in enumerate(others) if n >= 24)


@pytest.mark.parametrize("script", ["speed.py", "memory.py", "boards.py"])
def test_a_wrong_argument_is_refused(script: str) -> None:
    done = subprocess.run(
        [sys.executable, FOLDER / script, "--rounds", "0"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "at least 1" in done.stderr


@pytest.mark.slow
def test_masking_takes_names_away_and_says_what_it_costs() -> None:
    gold = ROOT / "datasets" / "sample-gold.jsonl"
    shown: dict[str, Any] = json.loads(run("masking.py", str(gold), "--share", "0.9", "--seed", "4", "5", "--json"))
    assert list(shown["masked"]) == ["4", "5"]
    assert shown["mean"]["benchmark"] < shown["whole"]["benchmark"]
    whole = json.loads(run("masking.py", str(gold), "--share", "0", "--seed", "4", "--json"))
    assert whole["masked"]["4"] == whole["whole"] == shown["whole"]


def test_masking_is_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import masking

    full = masking.lexicon.default()
    one, other = (masking.masked(full, 0.5, seed) for seed in (1, 1))
    assert one.entries == other.entries
    gone = set(full.entries) - set(one.entries)
    assert {entry.kind for entry in gone} == masking.MASKED
    assert len(gone) == pytest.approx(0.5 * sum(entry.kind in masking.MASKED for entry in full.entries), rel=0.1)
    assert all(one.lookup(entry.name) is not entry for entry in gone)
