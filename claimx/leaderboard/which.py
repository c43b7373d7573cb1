"""Which rows a board is made of: the names in a table against the benchmark and the metric asked for."""

from __future__ import annotations

import difflib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from claimx import naming
from claimx.errors import BoardError
from claimx.leaderboard.source import Part, numbers
from claimx.naming import Name

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
_NEAREST = 5
_AHEAD = 24  # parts whose columns may wait: of the keys, 4 MB each at most


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a board: their positions by part, and the names that the board is known by."""

    benchmark: Name
    metric: Name
    rows: tuple[tuple[Part, Sequence[int]], ...]


def find(parts: Sequence[Part], benchmark: str | None, metric: str | None) -> Found:
    """The rows of ``benchmark`` and ``metric`` under any of their names.

    Raises :class:`BoardError` that names the nearest boards where the table has none of that name, and the metrics of
    the benchmark where ``metric`` is None.
    """
    if not benchmark or not metric:
        raise BoardError(_advice(parts, benchmark, metric))
    keys = in_turn(lambda part: part.columns(("benchmark", "metric")), parts)  # begins to read while the lexicons load
    wanted = naming.benchmark(benchmark), naming.metric(metric)
    found, spelled = [], (Counter[str](), Counter[str]())
    for part, table in zip(parts, keys, strict=True):
        rows = _matching(table, [key_of(name) for name in wanted])
        if len(rows):
            found.append((part, cast("list[int]", rows.to_pylist())))
            for column, counter in zip(table.take(rows).columns, spelled, strict=True):
                counter.update(cast("list[str]", column.to_pylist()))
    if not found:
        raise BoardError(_advice(parts, benchmark, metric))
    shown = [_called(name, counter) for name, counter in zip(wanted, spelled, strict=True)]
    return Found(shown[0], shown[1], tuple(found))


def key_of(name: Name) -> tuple[str, str]:
    """What makes two names the same on a board."""
    return name.id, name.parameter


def in_turn(work: Callable[[Part], T], parts: Sequence[Part]) -> Iterator[T]:
    """``work`` of each part in order, some of it ahead: pyarrow leaves the interpreter to others while it reads."""
    count = min(4, os.cpu_count() or 1)
    threads = ThreadPoolExecutor(count)
    waiting = iter(parts)
    begun = deque(threads.submit(work, part) for part in islice(waiting, _AHEAD))

    def done() -> Iterator[T]:
        try:
            while begun:
                result = begun.popleft().result()
                begun.extend(threads.submit(work, part) for part in islice(waiting, 1))
                yield result
        finally:
            threads.shutdown(cancel_futures=True)

    return done()


def _matching(table: pa.Table, keys: Sequence[tuple[str, str]]) -> Any:
    """The positions of the rows whose benchmark and metric have the ``keys``."""
    import pyarrow.compute as pc

    # First the benchmark: of the metrics, only those that stand beside it are looked up.
    flags = _meant(table.column("benchmark"), naming.benchmark, keys[0])
    rows = pc.indices_nonzero(flags)
    beside = table.column("metric").take(rows)
    return rows.take(pc.indices_nonzero(_meant(beside, naming.metric, keys[1])))


def _meant(column: pa.ChunkedArray[Any], read: Callable[[str], Name], key: tuple[str, str]) -> Any:
    """1 for each name in a dictionary-encoded column that has the ``key``, 0 for others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chunks = dictionary_chunks(column)
    if not chunks:
        return numbers("b", ())
    words = chunks[0].dictionary
    used = set(pc.unique(pa.chunked_array([chunk.indices for chunk in chunks])).to_pylist())
    flags = (at in used and key_of(read(str(word))) == key for at, word in enumerate(words.to_pylist()))
    meant = numbers("b", flags)
    return pa.chunked_array([meant.take(chunk.indices) for chunk in chunks], meant.type)


def dictionary_chunks(column: pa.ChunkedArray[Any]) -> list[pa.DictionaryArray[Any, Any]]:
    """The chunks of a dictionary-encoded column."""
    return cast("list[pa.DictionaryArray[Any, Any]]", column.chunks)


def _called(name: Name, spelled: Counter[str]) -> Name:
    """A name that no lexicon has is shown as the table writes it most often."""
    if name.known:
        return name
    return type(name)(name.id, min(spelled, key=lambda word: (-spelled[word], word)), False)


def _advice(parts: Sequence[Part], benchmark: str | None, metric: str | None) -> str:
    """What the table has instead of the board asked for."""
    pairs = pairs_of(parts)
    if not pairs:
        return "the table has no row with a benchmark and a metric"
    by_benchmark: dict[str, Counter[str]] = {}
    for (where, what), count in pairs.items():
        by_benchmark.setdefault(where, Counter())[what] += count
    place = naming.benchmark(benchmark or "")
    known = {naming.benchmark(name).id: name for name in by_benchmark}
    if place.id in known:
        metrics = by_benchmark[known[place.id]]
        what = "say which metric" if not metric else f"no row with the metric {metric!r} on {known[place.id]}"
        return f"{what}; the table has {_listed(_near(metric or '', metrics))}"
    sizes = Counter({name: sum(metrics.values()) for name, metrics in by_benchmark.items()})
    what = "say which benchmark" if not benchmark else f"no row with the benchmark {benchmark!r}"
    return f"{what}; the table has {_listed(_near(benchmark or '', sizes, place.id))}"


def pairs_of(parts: Sequence[Part]) -> Counter[tuple[str, str]]:
    """How many rows each benchmark and metric has, by display name."""
    pairs: Counter[tuple[str, str]] = Counter()

    def count(part: Part) -> list[tuple[str | None, str | None, int]]:
        table = part.columns(("benchmark", "metric"))
        counted = table.group_by(["benchmark", "metric"]).aggregate([([], "count_all")])
        return list(zip(*(column.to_pylist() for column in counted.columns), strict=True))

    for counted in in_turn(count, parts):
        for place, measure, rows in counted:
            if place and measure:
                pairs[naming.benchmark(place).name, naming.metric(measure).name] += rows
    return pairs


def _near(name: str, sizes: Counter[str], parent: str = "") -> list[str]:
    """The names nearest to ``name``: parts of the benchmark ``parent``, those spelled alike, then the largest."""
    key = naming.method_key(name)
    folded: dict[str, str] = {}
    for known in sorted(sizes, key=lambda known: (-sizes[known], known)):
        folded.setdefault(naming.method_key(known), known)
    kin = [known for known in folded.values() if parent and naming.benchmark(known).parent == parent]
    inside = [known for fold, known in folded.items() if key and (key in fold or (len(fold) > 3 and fold in key))]
    alike = [folded[fold] for fold in difflib.get_close_matches(key, folded, n=_NEAREST, cutoff=0.6)]
    near = dict.fromkeys([*kin, *alike, *inside])
    return list(near or folded.values())[: _NEAREST if near else 2 * _NEAREST]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
