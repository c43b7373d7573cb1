"""Peak memory of ``claimx extract`` as its input grows, and what an import costs.

    python tests/benchmarks/memory.py [--abstracts N] [--rounds N]

Each figure comes from fresh processes. Memory is the peak resident set of ``claimx extract`` on N and on 4 N abstracts:
constant memory is a ratio of about 1.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speed import ROOT, SAMPLE, vary

IMPORTS = {
    "bare interpreter": "pass",
    "import claimx": "import claimx",
    "import claimx, and one abstract": "import claimx; claimx.extract('FooNet reaches 9% WER.')",
    "import pandas": "import pandas",
}
# ru_maxrss is kibibytes on Linux and bytes on macOS; VmHWM leaves out what the process was before it became Python.
_PEAK = """
import resource, sys
from claimx.cli import run
sys.argv[1:] = ["extract", {source!r}, "-o", {target!r}]
try:
    run()
except SystemExit as error:
    if error.code:
        raise
try:
    status = open("/proc/self/status").read()
    peak = int(status.partition("VmHWM:")[2].split()[0]) * 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(peak)
"""


def python(code: str) -> str:
    """The last line that a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().rpartition("\n")[2]


def write_corpus(path: Path, count: int) -> None:
    """``count`` records of varied numbers as JSON lines; written one at a time."""
    records = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(7)
    with open(path, "w", encoding="utf-8") as stream:
        for n in range(count):
            record = records[n % len(records)]
            stream.write(json.dumps(record | {"id": str(n), "abstract": vary(record["abstract"], chance)}) + "\n")


def peak(count: int) -> int:
    """Peak resident bytes of ``claimx extract`` on ``count`` abstracts."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "papers.jsonl"
        write_corpus(source, count)
        return int(python(_PEAK.format(source=str(source), target=str(Path(folder) / "claims.parquet"))))


def import_times(rounds: int) -> dict[str, float]:
    """Seconds that a process takes from start to end, for each import; best of ``rounds``, interleaved."""
    best = dict.fromkeys(IMPORTS, float("inf"))
    for _ in range(rounds):
        for name, code in IMPORTS.items():
            start = time.perf_counter()
            python(code)
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--abstracts", type=int, default=5000, help="N (default 5000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the imports (default 5)")
    parser.add_argument("--json", action="store_true", help="print the figures as a JSON object")
    given = parser.parse_args(arguments)
    if given.abstracts < 1 or given.rounds < 1:
        parser.error("--abstracts and --rounds must be at least 1")
    peaks = {count: peak(count) for count in (given.abstracts, 4 * given.abstracts)}
    times = import_times(given.rounds)
    few, many = peaks.values()
    if given.json:
        print(json.dumps({"peak": peaks, "ratio": many / few, "import": times}))
        return 0
    for count, size in peaks.items():
        print(f"peak of claimx extract on {count:>7,} abstracts {size / 2**20:8.0f} MiB")
    print(f"four times the input takes {many / few:.2f}x the memory")
    for name, seconds in times.items():
        print(f"{name:40}{seconds * 1000:12.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
