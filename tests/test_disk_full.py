"""A disk that is full: one clear line, exit code 5, the earlier output as it was, and a run that can go on later."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import write_records

from claimx.cli import codes
from claimx.output import load

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="needs POSIX limits")]

# Files may grow no further than so many bytes, which is to a program what a full disk is.
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from claimx.cli import run
run()
"""


def _extract(*arguments: str | Path, size: int | None = None) -> subprocess.CompletedProcess[str]:
    how = ["-m", "claimx"] if size is None else ["-c", _LIMITED.format(size=size)]
    command = [sys.executable, *how, "extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=240)


def _is_one_clear_line(done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode == codes.UNWRITABLE, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("claimx: ")
    assert says in done.stderr


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_records(tmp_path_factory.mktemp("papers") / "papers.jsonl", 900)


@pytest.mark.parametrize(
    ("suffix", "workers"), [(".parquet", "1"), (".csv", "1"), (".jsonl", "2"), (".arrow", "1"), (".parquet", "2")]
)
def test_a_file_that_cannot_grow_leaves_the_earlier_one(
    suffix: str, workers: str, papers: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"claims{suffix}"
    out.write_bytes(b"the earlier output")
    done = _extract(papers, "-o", out, "--workers", workers, size=4096)
    _is_one_clear_line(done, f"claims{suffix}: File too large")
    assert out.read_bytes() == b"the earlier output"
    assert os.listdir(tmp_path) == [out.name]


def test_standard_output_that_cannot_grow(papers: Path, tmp_path: Path) -> None:
    with open(tmp_path / "claims.jsonl", "wb") as stream:
        command = [sys.executable, "-c", _LIMITED.format(size=4096), "extract", str(papers)]
        done = subprocess.run(
            command, stdout=stream, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False, timeout=240
        )
    _is_one_clear_line(done, "standard output: File too large")


@contextlib.contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no mount command: {error}")
    if mounted.returncode:
        pytest.skip(f"mounting a small file system needs root: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_the_parts_and_the_run_goes_on_once_there_is_room(papers: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    assert _extract(papers, "-o", f"{whole}/", "--part-papers", "150").returncode == 0
    with _small_disk(tmp_path / "disk", "128k") as disk:
        out = disk / "out"
        (disk / "claims.csv").write_bytes(b"the earlier output")
        command = [papers, "-o", f"{out}/", "--part-papers", "150", "--resume", "--workers", "2"]
        (disk / "ballast").write_bytes(bytes(64 * 1024))
        _is_one_clear_line(_extract(*command), ".parquet: No space left on device")
        parts = sorted(path.name for path in out.glob("part-*"))
        assert 0 < len(parts) < 6, "some parts found room"
        assert all((out / name).read_bytes() == (whole / name).read_bytes() for name in parts)
        assert not list(out.glob(".*"))
        _is_one_clear_line(_extract(papers, "-o", disk / "claims.csv"), "claims.csv: No space left on device")
        assert (disk / "claims.csv").read_bytes() == b"the earlier output"
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        assert _extract(*command).returncode == 0
        assert {path.name: path.read_bytes() for path in out.iterdir()} == {
            path.name: path.read_bytes() for path in whole.iterdir()
        }
        assert load(out) == load(whole)
