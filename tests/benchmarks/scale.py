"""What large inputs cost: wall time and peak memory of `claimx extract --workers` on few and on many abstracts.

    python tests/benchmarks/scale.py [FILE] [--sizes N ...] [--workers N] [--full]

FILE's abstracts (default: the sample) are repeated with varied decimals up to each size and written as JSON lines, one
at a time. Each run goes into a folder of parts; the resident memory of the process and all its children is looked at
twenty times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from speed import SAMPLE, vary  # noqa: E402

import claimx  # noqa: E402

FULL = 2_700_000
KEEP = 20_000  # abstracts of FILE that are varied; one more would only take memory here
PAGE = os.sysconf("SC_PAGE_SIZE")


def write(path: Path, source: Path, count: int) -> None:
    """``count`` records: those of ``source`` again and again, from the second time on with other decimals."""
    chance = random.Random(7)
    documents = [document for document, _ in zip(claimx.read(source), range(KEEP), strict=False)]
    with open(path, "w", encoding="utf-8") as stream:
        for n in range(count):
            document = documents[n % len(documents)]
            text = document.text if n < len(documents) else vary(document.text, chance)
            stream.write(json.dumps({"id": str(n), "title": document.title, "abstract": text}) + "\n")


def processes(root: int) -> list[int]:
    """A process and all that come of it."""
    found = [root]
    for pid in found:
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                children = Path(f"/proc/{pid}/task/{task}/children").read_text()
                found += [int(child) for child in children.split()]
        except OSError:
            continue  # it has ended
    return found


def resident(pid: int) -> int:
    """Bytes of a process that are in memory, those it shares with others among them."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


class Watch(threading.Thread):
    """Looks at a process and its children until it ends; ``peak`` is the most that all had at one moment."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.parent = process, 0, 0

    def run(self) -> None:
        while self.process.poll() is None:
            sizes = [resident(pid) for pid in processes(self.process.pid)]
            self.peak, self.parent = max(self.peak, sum(sizes)), max(self.parent, sizes[0])
            time.sleep(0.05)


def processor_time() -> float:
    """Seconds that all ended children, and theirs, have taken on any core."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(papers: Path, workers: int, folder: Path) -> dict[str, float]:
    """Seconds by the clock and of processor time, peak bytes of all processes and of the first, claims and parts."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        command = [sys.executable, "-m", "claimx", "extract", str(papers), "-o", out, "--workers", str(workers)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        begun, used = time.perf_counter(), processor_time()
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        watch = Watch(process)
        watch.start()
        _, told = process.communicate()
        seconds, cpu = time.perf_counter() - begun, processor_time() - used
        watch.join()
        if process.returncode:
            raise SystemExit(told)
        parts = json.loads((Path(out) / "_manifest.json").read_text())["parts"]
    claims = sum(part["claims"] for part in parts)
    return {"seconds": seconds, "cpu": cpu, "peak": watch.peak, "parent": watch.parent, "claims": claims,
            "parts": len(parts)}  # fmt: skip


def pairs(papers: Path, rounds: int, folder: Path) -> dict[str, list[tuple[float, float]]]:
    """Seconds with one worker and with two, taken in turn: by the clock, and of processor time."""
    found: dict[str, list[tuple[float, float]]] = {"seconds": [], "cpu": []}
    for n in range(rounds):
        order = (1, 2) if n % 2 == 0 else (2, 1)
        runs = {workers: measure(papers, workers, folder) for workers in order}
        for name, values in found.items():
            values.append((runs[1][name], runs[2][name]))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, help="any input of claimx extract")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000], help="default: 20000 100000")
    parser.add_argument("--full", action="store_true", help=f"also {FULL:,} abstracts, as many as arXiv has")
    parser.add_argument("--workers", type=int, default=2, help="default 2")
    parser.add_argument("--pairs", type=int, default=0, help="also compare 2 workers with 1, so many times, in turn")
    parser.add_argument("--pair-size", type=int, default=10_000, help="abstracts for that (default 10000)")
    parser.add_argument("--folder", type=Path, help="where the inputs and outputs go for a while (default: temporary)")
    parser.add_argument("--json", action="store_true", help="print the figures as a JSON object")
    given = parser.parse_args(arguments)
    if min(*given.sizes, given.workers, given.pair_size, 1) < 1 or given.pairs < 0:
        parser.error("sizes, workers and pairs must be at least 1")
    figures: dict[str, Any] = {"runs": {}}
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        papers = folder / "papers.jsonl"
        for size in sorted(given.sizes) + [FULL] * given.full:
            write(papers, given.file, size)
            figures["runs"][size] = found = measure(papers, given.workers, folder)
            if not given.json:
                print(
                    f"{size:>9,} abstracts, {given.workers} workers: {found['seconds']:9.1f} s "
                    f"{size / found['seconds']:7,.0f}/s, peak {found['peak'] / 1e6:4.0f} MB in all, "
                    f"{found['parent'] / 1e6:4.0f} MB the first process; {found['claims']:,.0f} claims, "
                    f"{found['parts']:.0f} parts",
                    flush=True,
                )
        if given.pairs:
            write(papers, given.file, given.pair_size)
            figures["pairs"] = pairs(papers, given.pairs, folder)
    peaks = [found["peak"] for found in figures["runs"].values()]
    figures["growth"] = peaks[-1] / peaks[0]
    if given.pairs:
        figures["speedup"] = statistics.median(one / two for one, two in figures["pairs"]["seconds"])
        figures["work"] = statistics.median(two / one for one, two in figures["pairs"]["cpu"])
    if given.json:
        print(json.dumps(figures))
        return 0
    print(f"memory of the largest over that of the smallest: {figures['growth']:.2f}x")
    if given.pairs:
        shown, used = (
            ", ".join(f"{one:.1f}/{two:.1f} s" for one, two in figures["pairs"][name]) for name in ("seconds", "cpu")
        )
        print(f"2 workers against 1, {given.pair_size:,} abstracts: median {figures['speedup']:.2f}x ({shown})")
        print(
            f"processor time of 2 workers over that of 1: median {figures['work']:.2f}x ({used}), so that two free "
            f"cores would give {2 / figures['work']:.2f}x"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
