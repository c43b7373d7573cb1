"""Workers: the same rows in the same order for any number of them, bounded work ahead, and none that outlives a run."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing as mp
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from papers import records, write_records

import claimx
from claimx import parallel
from claimx.batch import chunks
from claimx.cli import codes
from claimx.errors import GrammarError, ReadError, WorkerError
from claimx.model import Document
from claimx.output import load
from claimx.parallel import extract_chunks
from claimx.table import from_batch

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


def _documents(count: int) -> Iterator[Document]:
    return (Document(id=one["id"], text=one["abstract"], title=one["title"]) for one in records(count))


def _run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "claimx", "extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False, **options)  # type: ignore[call-overload, no-any-return]


def _children(pid: int) -> list[int]:
    """Processes whose parent is ``pid``, and theirs."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [child for child, parent in pairs if parent == pid]
    return found + [one for child in found for one in _children(child)]


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def _gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while any(map(_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(_alive, pids))


def test_results_come_in_order_with_their_marks_and_do_not_run_far_ahead() -> None:
    taken = 0

    def marked() -> Iterator[tuple[int, list[Document]]]:
        nonlocal taken
        for chunk in chunks(_documents(400), 7):
            taken += 1
            yield taken, chunk

    local = [claim for document in _documents(400) for claim in claimx.extract_document(document)]
    found = []
    with contextlib.closing(extract_chunks(marked(), workers=3)) as results:
        for at, (mark, extracted) in enumerate(results, 1):
            assert mark == at
            assert taken - at <= 4 * 3
            assert extracted.papers == (7 if at < 58 else 1)
            found += from_batch(extracted.claims)
    assert found == local
    assert len(local) > 300


def test_no_chunks_and_no_workers() -> None:
    assert list(extract_chunks(iter(()), workers=2)) == []
    with pytest.raises(ValueError, match="workers must be at least 1"):
        extract_chunks(iter(()), workers=0)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_source_comes_after_the_claims_before_it(workers: int) -> None:
    def source() -> Iterator[tuple[str, list[Document]]]:
        for n, chunk in enumerate(chunks(_documents(30), 10)):
            yield str(n), chunk
        raise ReadError("a.jsonl", "broken", 31)

    results = extract_chunks(source(), workers)
    assert [next(results)[0] for _ in range(3)] == ["0", "1", "2"]
    with pytest.raises(ReadError, match="broken"):
        next(results)


@posix
def test_a_worker_that_is_killed_is_one_error_and_ends_the_others() -> None:
    endless = ((n, list(_documents(20))) for n in itertools.count())
    results = extract_chunks(endless, workers=2)
    next(results)
    workers = [process.pid or 0 for process in mp.active_children()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    with pytest.raises(WorkerError, match=r"a worker process was killed \(SIGKILL; .* try fewer --workers\)"):
        list(results)
    assert _gone(workers)


@posix
def test_closing_early_ends_the_workers() -> None:
    results = extract_chunks(((n, list(_documents(20))) for n in itertools.count()), workers=2)
    next(results)
    workers = [process.pid or 0 for process in mp.active_children()]
    results.close()
    assert len(workers) == 2
    assert _gone(workers)


def test_a_mistake_in_a_grammar_and_a_fault_come_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAIMX_GRAMMARS", str(tmp_path))
    with pytest.raises(GrammarError) as caught:
        list(extract_chunks([(0, list(_documents(2)))], workers=2))
    with pytest.raises(GrammarError) as local:
        claimx.pipeline.Extractor()  # type: ignore[attr-defined]
    assert str(caught.value) == str(local.value)
    monkeypatch.undo()
    monkeypatch.setattr(parallel, "pack", lambda documents: pa.record_batch({"id": ["a"]}))
    with pytest.raises(RuntimeError, match="in a worker process:\nTraceback"):
        list(extract_chunks([(0, list(_documents(2)))], workers=2))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])  # how batches become files is tested for all in test_table
def test_the_same_bytes_for_any_number_of_workers(suffix: str, tmp_path: Path) -> None:
    papers = write_records(tmp_path / "papers.jsonl", 500)
    with open(papers, "a") as stream:
        stream.write("{broken\n" + '{"id": "last", "abstract": "FooNet reaches 9.1% WER."}\n')
    told = set()
    contents = set()
    for workers in ("1", "2"):
        out = tmp_path / f"claims-{workers}{suffix}"
        done = _run(papers, "-o", out, "--workers", workers, "--min-confidence", "0.7")
        assert done.returncode == 0, done.stderr
        contents.add(out.read_bytes())
        told.add(re.sub(r"[0-9.]+ s \(.*/s\)", "", done.stderr))
    assert len(contents) == 1
    assert len(told) == 1, "what is told does not differ either"
    assert "501 abstracts" in done.stderr
    assert "1 skipped" in done.stderr
    claims = load(out)
    assert len(claims) > 100
    assert all((claim.confidence or 0) >= 0.7 for claim in claims)


def test_standard_input_to_a_pipe(tmp_path: Path) -> None:
    papers = write_records(tmp_path / "papers.jsonl", 300)
    shown = [_run("-", "--format", "jsonl", "--workers", n, input=papers.read_text()).stdout for n in ("1", "2")]
    assert shown[0] == shown[1]
    assert shown[0].count("\n") > 200


@pytest.mark.parametrize("workers", ["1", "2"])
def test_strict_stops_at_a_bad_record_with_no_output(workers: str, tmp_path: Path) -> None:
    papers = write_records(tmp_path / "papers.jsonl", 300)
    with open(papers, "a") as stream:
        stream.write("{broken\n")
    out = tmp_path / "claims.parquet"
    done = _run(papers, "-o", out, "--workers", workers, "--strict")
    assert done.returncode == codes.BAD_RECORD
    assert re.fullmatch(r"claimx: .*papers\.jsonl:301: not valid JSON.*\n", done.stderr)
    assert os.listdir(tmp_path) == ["papers.jsonl"]
    piped = _run(papers, "--workers", workers, "--strict")
    assert piped.stdout.count("\n") > 200, "what stands before the bad record is there, for any number of workers"
    assert piped.stdout == _run(papers, "--strict").stdout


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More papers than a run gets done before it is ended."""
    return write_records(tmp_path_factory.mktemp("many") / "papers.jsonl", 100_000)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["claims.parquet", "claims/"])
@pytest.mark.parametrize(
    ("victim", "number", "code"),
    [
        ("group", signal.SIGINT, codes.INTERRUPTED),
        ("parent", signal.SIGTERM, codes.TERMINATED),
        ("parent", signal.SIGKILL, -signal.SIGKILL),
        ("worker", signal.SIGKILL, codes.FAILED),
    ],
)
def test_an_end_by_force_leaves_no_process_and_nothing_half(
    victim: str, number: int, code: int, suffix: str, many: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "claimx", "extract", many, "-o", f"{tmp_path}/{suffix}", "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while len(workers := [pid for pid in _children(process.pid) if _cpu(pid) > 1.0]) < 2:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        every = _children(process.pid)
        if victim == "group":
            os.killpg(process.pid, number)
        else:
            os.kill(process.pid if victim == "parent" else workers[0], number)
        _, told = process.communicate(timeout=30)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == code
    assert _gone(every)
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) <= 1
    if victim == "worker":
        assert told.startswith("claimx: a worker process was killed (SIGKILL; ")
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    if number == signal.SIGKILL and victim == "parent":
        left = [name for name in left if not name.startswith(".")]
    assert left == ([] if suffix == "claims.parquet" else ["_manifest.json"])


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
