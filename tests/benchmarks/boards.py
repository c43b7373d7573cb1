"""A board out of a folder of Parquet files: seconds and peak memory of ``claimx leaderboard`` in a fresh process.

    python tests/benchmarks/boards.py [--rows N] [--rounds N] [--folder FOLDER]

The folder is generated: rows of plausible claims in random order, written as ``claimx extract`` writes them. The floor
is pyarrow's dataset scan for the same rows with only the columns that a board needs, in a fresh process too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from claimx.lexicon import Entry, default  # noqa: E402
from claimx.table import BATCH_ROWS, schema  # noqa: E402

FILE_ROWS = 250_000
METHODS = 50_000
BENCHMARK, METRIC = "CIFAR-10", "FID"

_SYLLABLES = "ba cor del fen gri hal jor kel lum mar nev pol quin ras sol tar ulm vex wil yor zan".split()
_ENDS = ("Net", "Former", "Diff", "LM", "GAN", "Flow", "RL", "-L", "-2", "Prompt")
_SENTENCE = (
    "On {benchmark}, {method} reaches {value} {metric}, which compares well with {baseline} under the same budget of "
    "training, and keeps most of that when half of the data is taken away."
)
# The columns that ranking needs, with the title, of the rows that a board is made of.
_FLOOR = """
import time
import pyarrow.dataset as ds
field = ds.field
source = ds.dataset({folder!r}, format=ds.ParquetFileFormat(dictionary_columns=["benchmark", "metric", "kind"]))
rows = source.to_table(
    columns=["paper_id", "title", "method", "value", "value_error", "unit", "bound", "published"],
    filter=(field("benchmark") == {benchmark!r}) & (field("metric") == {metric!r}) & (field("kind") == "result"),
)
print(rows.num_rows)
"""
_BOARD = """
import sys
from claimx.cli import run
sys.argv[1:] = ["leaderboard", {folder!r}, "--benchmark", {benchmark!r}, "--metric", {metric!r}, *{options!r}]
run()
"""
# VmHWM is this process's own peak; what it was before it became Python does not count.
_PEAK = """
import atexit
def _peak():
    with open("/proc/self/status") as status:
        print("PEAK", status.read().partition("VmHWM:")[2].split()[0], file=sys.stderr)
import sys
atexit.register(_peak)
"""


class Pools:
    """The names that rows are drawn from: benchmarks and metrics of the lexicons with forms of their own, methods."""

    def __init__(self, chance: np.random.Generator) -> None:
        entries = default().entries
        self.benchmarks = [BENCHMARK, "CIFAR10", *_names(entries, "BENCH", 3000, BENCHMARK)]
        self.metrics = [METRIC, "Fréchet inception distance", *_names(entries, "METRIC", 400, METRIC)]
        known = {entry.name: entry for entry in entries if entry.kind == "METRIC"}
        of = [known.get(name, known[METRIC]) for name in self.metrics]
        self.higher = [{"higher": True, "lower": False}.get(entry.better) for entry in of]
        self.units = [entry.unit or None for entry in of]
        parts = chance.integers(0, len(_SYLLABLES), (METHODS, 3))
        ends = chance.integers(0, len(_ENDS), METHODS)
        self.methods = [
            "".join(_SYLLABLES[part] for part in row).capitalize() + _ENDS[end] + (f"-v{n % 7}" if n % 3 else "")
            for n, (row, end) in enumerate(zip(parts, ends, strict=True))
        ]


def _names(entries: list[Entry], kind: str, count: int, besides: str) -> list[str]:
    return sorted({entry.name for entry in entries if entry.kind == kind and entry.name != besides})[:count]


def _skewed(chance: np.random.Generator, size: int, count: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Indices below ``size``, the low ones much more often: few benchmarks have most of the papers."""
    return (size * chance.random(count) ** 2).astype(np.int64)


def batches(rows: int, pools: Pools, chance: np.random.Generator, start: int) -> Iterator[pa.RecordBatch]:
    """``rows`` rows of the claim table, in batches of the size that ``claimx extract`` writes."""
    names = schema()
    for at in range(start, start + rows, BATCH_ROWS):
        count = min(BATCH_ROWS, start + rows - at)
        yield pa.RecordBatch.from_pydict(_columns(count, at, pools, chance), schema=names)


def _columns(count: int, at: int, pools: Pools, chance: np.random.Generator) -> dict[str, Any]:
    benchmark = _skewed(chance, len(pools.benchmarks), count)
    metric = _skewed(chance, len(pools.metrics), count)
    method, baseline = chance.integers(0, METHODS, (2, count))
    value = np.round(chance.uniform(0.5, 99.5, count), 2)
    draw = chance.random((5, count))
    where = ["" if draw[0][i] < 0.3 else pools.benchmarks[b] for i, b in enumerate(benchmark)]
    who, against = [pools.methods[i] for i in method], [pools.methods[i] for i in baseline]
    what = [pools.metrics[i] for i in metric]
    values = value.tolist()
    starts = chance.integers(0, 1000, count, dtype=np.int32)
    fields: dict[str, Any] = {
        "paper_id": [f"{(at + i) // 3:07}.{(at + i) % 97:02}" for i in range(count)],
        "title": [f"{name}: a {metric} study of many small things on {place or 'new data'}"
                  for name, metric, place in zip(who, what, where, strict=True)],
        "source": ["abstracts.jsonl.gz"] * count,
        "published": pa.array(chance.integers(17_000, 20_000, count, dtype=np.int32)).cast(pa.date32()),
        "method": who,
        "baseline": [name if flag < 0.3 else None for name, flag in zip(against, draw[1], strict=True)],
        "benchmark": [place or None for place in where],
        "metric": what,
        "value": [None if flag < 0.3 else number for number, flag in zip(values, draw[2], strict=True)],
        "value_error": [round(number / 100, 2) if flag > 0.95 else None
                        for number, flag in zip(values, draw[2], strict=True)],
        "unit": [pools.units[i] for i in metric],
        "delta": [number if flag < 0.3 else None for number, flag in zip(values, draw[2], strict=True)],
        "delta_derived": [False] * count,
        "baseline_value": [round(number * 0.9, 2) if flag > 0.9 else None
                           for number, flag in zip(values, draw[1], strict=True)],
        "bound": np.array(["=", "<=", "~"], dtype=object)[np.searchsorted([0.85, 0.95], draw[3])],
        "higher_is_better": [pools.higher[i] for i in metric],
        "method_text": who,
        "benchmark_text": [place or None for place in where],
        "metric_text": what,
        "value_start": starts,
        "value_end": starts + 4,
        "sentence": [_SENTENCE.format(benchmark=b, method=m, value=v, metric=x, baseline=o)
                     for b, m, v, x, o in zip(where, who, values, what, against, strict=True)],
        "sentence_start": starts - 40,
        "sentence_end": starts + 160,
        "rule": ["value-reach"] * count,
        "kind": np.array(["result", "efficiency", "baseline", "finding"], dtype=object)[
            np.searchsorted([0.75, 0.93, 0.97], draw[4])
        ],
        "confidence": np.round(chance.random(count), 4).astype(np.float32),
    }  # fmt: skip
    return {field.name: fields.get(field.name, pa.nulls(count, field.type)) for field in schema()}


def generate(folder: Path, rows: int) -> None:
    """``rows`` rows as files of up to 250,000, the same bytes every time."""
    chance = np.random.default_rng(7)
    pools = Pools(chance)
    for number, start in enumerate(range(0, rows, FILE_ROWS)):
        part = folder / f"part-{number:05}.parquet"
        with pq.ParquetWriter(part, schema(), compression="zstd") as writer:
            for batch in batches(min(FILE_ROWS, rows - start), pools, chance, start):
                writer.write_batch(batch)


def measure(code: str) -> tuple[float, float, float]:
    """Seconds, seconds of computing and peak MB of ``code`` in a fresh interpreter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _PEAK + code], capture_output=True, encoding="utf-8", cwd=ROOT, check=False
    )
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr)
    computing = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, computing, int(done.stderr.rpartition("PEAK ")[2]) * 1024 / 1e6


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000, help="rows of the table (default 5,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the best counts (default 3)")
    parser.add_argument("--folder", type=Path, help="generate here and keep it; a folder that has files is used as is")
    parser.add_argument("--json", action="store_true", help="print the figures as a JSON object")
    given = parser.parse_args(arguments)
    if given.rows < 1 or given.rounds < 1:
        parser.error("--rows and --rounds must be at least 1")
    if not Path("/proc/self/status").exists():
        parser.error("peak memory is read from /proc, which this system does not have")
    folder = given.folder or Path(tempfile.mkdtemp())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.glob("*.parquet")):
            generate(folder, given.rows)
        return report(folder, given.rounds, given.json)
    finally:
        if given.folder is None:
            shutil.rmtree(folder)


def report(folder: Path, rounds: int, as_json: bool) -> int:
    names = {"folder": str(folder), "benchmark": BENCHMARK, "metric": METRIC}
    contenders = {
        "floor: dataset scan": _FLOOR.format(**names),
        "claimx leaderboard": _BOARD.format(**names, options=[]),
        "claimx leaderboard, all as JSON": _BOARD.format(**names, options=["--format", "json"]),
        "claimx boards": f"import sys\nfrom claimx.cli import run\nsys.argv[1:] = ['boards', {str(folder)!r}]\nrun()",
    }
    best = dict.fromkeys(contenders, (float("inf"), float("inf"), 0.0))
    for _ in range(rounds):
        for name, code in contenders.items():
            seconds, computing, peak = measure(code)
            was = best[name]
            best[name] = (min(seconds, was[0]), min(computing, was[1]), max(peak, was[2]))
    size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
    rows = sum(pq.read_metadata(path).num_rows for path in folder.glob("*.parquet"))
    if as_json:
        names = ("seconds", "computing", "peak")
        figures = {name: dict(zip(names, figure, strict=True)) for name, figure in best.items()}
        print(json.dumps({"rows": rows, "bytes": size, "best": figures}))
        return 0
    print(f"{rows:,} rows, {size / 1e6:,.0f} MB of Parquet; {BENCHMARK}, {METRIC}; best of {rounds}")
    floor = best["floor: dataset scan"][0]
    for name, (seconds, computing, peak) in best.items():
        print(
            f"{name:32}{seconds:7.2f} s{computing:7.2f} s of CPU{peak:7.0f} MB{seconds / floor:7.2f}x the floor's time"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
