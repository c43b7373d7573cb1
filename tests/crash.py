"""Kills runs with kill -9 at random moments and looks whether anything is lost.

    python tests/crash.py [--trials N] [--papers N] [--seed N]

Each trial begins a run into a folder of parts, kills its whole process group after a random time (one trial in three
kills the resumed run as well), checks that every part there is can be read and has the rows it should have, goes on
with --resume, and compares rows and files with those of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pyarrow.parquet as pq  # noqa: E402
from papers import write_records  # noqa: E402

PARTS = 12


class Lost(Exception):
    """A trial that did not come out as it should."""


def command(papers: Path, out: Path, part_papers: int, workers: int) -> list[str]:
    options = ["--part-papers", str(part_papers), "--workers", str(workers), "--resume"]
    return [sys.executable, "-m", "claimx", "extract", str(papers), "-o", f"{out}/", *options]


def start(words: list[str]) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)


def finish(words: list[str]) -> float:
    """Run to the end; the seconds that it took."""
    begun = time.perf_counter()
    process = start(words)
    _, told = process.communicate()
    if process.returncode:
        raise Lost(f"exit code {process.returncode}: {told}")
    return time.perf_counter() - begun


def kill(words: list[str], seconds: float) -> bool:
    """Run for some seconds, then kill -9 the whole process group; whether it was still at work."""
    process = start(words)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    _, told = process.communicate()
    if process.returncode:
        raise Lost(f"exit code {process.returncode} without a kill: {told}")
    return False


def check(out: Path, whole: Path) -> int:
    """How many parts stand in a folder that may be unfinished; each must be what it is in the finished one."""
    parts = sorted(out.glob("part-*.parquet"))
    for part in parts:
        if not pq.read_table(part).equals(pq.read_table(whole / part.name)):
            raise Lost(f"{part.name} has other rows")
    manifest = out / "_manifest.json"
    told = [part["file"] for part in json.loads(manifest.read_text())["parts"]] if manifest.exists() else []
    if not set(told) <= {part.name for part in parts}:
        raise Lost("the manifest names parts that are not there")
    if len(parts) > len(told) + 1:
        raise Lost("more than one part that the manifest does not know")
    return len(parts)


def same(out: Path, whole: Path) -> None:
    names = [sorted(os.listdir(folder)) for folder in (out, whole)]
    if names[0] != names[1]:
        raise Lost(f"files {names[0]}, not {names[1]}")
    for name in names[0]:
        if (out / name).read_bytes() != (whole / name).read_bytes():
            raise Lost(f"{name} differs")


def trials(count: int, papers: int, seed: int, folder: Path) -> Counter[int]:
    """Run the trials; how often which number of parts stood when the run was killed. Raises :class:`Lost`."""
    chance = random.Random(seed)
    source = write_records(folder / "papers.jsonl", papers)
    size = -(-papers // PARTS)
    whole, out = folder / "whole", folder / "out"
    seconds = finish(command(source, whole, size, 2))
    found: Counter[int] = Counter()
    killed = 0
    while killed < count:
        words = command(source, out, size, chance.choice((1, 2)))
        again = chance.random() < 1 / 3
        moments = [chance.uniform(0, seconds) for _ in range(1 + again)]
        hit = [kill(words, moment) for moment in moments]
        if not hit[0]:
            shutil.rmtree(out)  # it had ended already: no trial
            continue
        killed += 1
        found[check(out, whole) if out.exists() else 0] += 1
        finish(words)
        same(out, whole)
        shutil.rmtree(out)
        if killed % 10 == 0:
            print(f"{killed} trials", flush=True)
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=100, help="kills (default 100)")
    parser.add_argument("--papers", type=int, default=1200, help="papers in a run, 12 parts of them (default 1200)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    given = parser.parse_args(arguments)
    if given.trials < 1 or given.papers < PARTS:
        parser.error(f"--trials must be at least 1, --papers at least {PARTS}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = trials(given.trials, given.papers, given.seed, Path(folder))
        except Lost as error:
            print(f"lost: {error}")
            return 1
    print(f"{given.trials} of {given.trials} runs killed at a random moment ended with equal files after --resume")
    print("parts that stood at the kill: " + ", ".join(f"{parts}: {found[parts]}x" for parts in sorted(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
