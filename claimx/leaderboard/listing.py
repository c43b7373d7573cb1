"""Which boards a claim table holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from claimx import naming
from claimx.leaderboard.results import COMPARING, check_kinds, is_name, share, taken_kinds
from claimx.leaderboard.source import numbers, parts
from claimx.leaderboard.which import dictionary_chunks, in_turn
from claimx.naming import Name

if TYPE_CHECKING:
    import pyarrow as pa

    from claimx.leaderboard.source import ClaimTable

_COLUMNS = ("paper_id", "method", "baseline", "benchmark", "metric", "kind", "value", "value_high", "baseline_value",
            "bound", "confidence")  # fmt: skip


class BoardSummary(NamedTuple):
    """A board that a table holds: how many methods it ranks, out of how many results.

    Values that turn out not to be comparable are counted here, so that a board may rank fewer.
    """

    benchmark: str
    metric: str
    methods: int
    results: int
    task: str | None
    benchmark_id: str
    metric_id: str
    parameter: str


def boards(
    table: ClaimTable,
    *,
    min_methods: int = 1,
    kinds: Collection[str] = ("result", "baseline"),
    min_confidence: float = 0.0,
    limit: int | None = None,
) -> list[BoardSummary]:
    """The boards of a claim table with at least ``min_methods`` methods, the largest first, at most ``limit``.

    ``table``, ``kinds`` and ``min_confidence`` are as for :func:`claimx.leaderboard`; only exact values count, no
    bounds and ranges. ``pandas.DataFrame(claimx.boards(...))`` makes a frame of them. Raises what that function does.
    """
    check_kinds(kinds)
    least = share(min_confidence)
    found = _Found()
    source = parts(table)
    pieces = [
        found.results(rows, who, named)
        for rows in in_turn(lambda part: part.columns(_COLUMNS), source)
        for who, named, rows in _results(rows, kinds, least)
    ]
    return found.counted(pieces, min_methods, limit)


def _results(table: pa.Table, kinds: Collection[str], min_confidence: float) -> list[tuple[str, bool, pa.Table]]:
    """The rows with an exact value of their method's, and those with one of their baseline's: (column, named only?)."""
    pc = _compute()

    if min_confidence:
        table = table.filter(pc.greater_equal(table.column("confidence"), min_confidence))
    exact = pc.and_(_is_one_of(table, "bound", {"="}), pc.is_null(table.column("value_high")))
    own = pc.and_(pc.and_(exact, _finite(table, "value")), _is_one_of(table, "kind", taken_kinds(kinds)))
    out = [("method", False, table.filter(own))]
    if "baseline" in kinds:
        other = pc.and_(_finite(table, "baseline_value"), _is_one_of(table, "kind", set(COMPARING)))
        out.append(("baseline", True, table.filter(other)))
    return out


def _compute() -> Any:
    """pyarrow.compute, whose stubs know fewer argument types than it takes."""
    import pyarrow.compute

    return pyarrow.compute


def _finite(table: pa.Table, column: str) -> Any:
    pc = _compute()

    return pc.fill_null(pc.is_finite(table.column(column)), False)


def _is_one_of(table: pa.Table, column: str, values: set[str]) -> Any:
    pc = _compute()

    return pc.equal(_mapped(table, column, lambda word: int(word in values)), 1)


def _mapped(table: pa.Table, column: str, read: Callable[[str], int]) -> Any:
    """``read`` of each text of a dictionary-encoded column."""
    import pyarrow as pa

    chunks = dictionary_chunks(table.column(column))
    meant = numbers("q", map(read, map(str, chunks[0].dictionary.to_pylist())) if chunks else ())
    return pa.chunked_array([meant.take(chunk.indices) for chunk in chunks], pa.int64())


class _Found:
    """Boards and methods under numbers, so that rows of all parts are counted as numbers."""

    def __init__(self) -> None:
        self._boards: tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]] = ({}, {})
        self._shown: tuple[list[Counter[Name]], list[Counter[Name]]] = ([], [])
        self._methods: dict[tuple[str, str], int] = {}

    def results(self, rows: pa.Table, who: str, named: bool) -> pa.Table:
        """The benchmark, metric and method of each row that has all three, and how many rows have the same."""
        import pyarrow as pa

        pc = _compute()

        place = _mapped(rows, "benchmark", lambda word: self._number(0, naming.benchmark(word)))
        measure = _mapped(rows, "metric", lambda word: self._number(1, naming.metric(word)))
        method = _mapped(rows, who, self._method)
        columns = [place, measure, method, rows.column(who), rows.column("paper_id")]
        table = pa.table(columns, names=[*_KEYS, "text", "paper"])  # fmt: skip
        table = table.filter(pc.and_(pc.and_(pc.is_valid(place), pc.is_valid(measure)), pc.is_valid(method)))
        method = table.column("method")
        described = pc.equal(method, _DESCRIBED)
        if named:
            table = table.filter(pc.invert(described))
        else:
            texts = table.filter(described).select(["text", "paper"])
            # "our approach" is another one in each paper
            keys = [(naming.method_key(str(text)), str(paper)) for text, paper in
                    zip(texts.column(0).to_pylist(), texts.column(1).to_pylist(), strict=True)]  # fmt: skip
            own = numbers("q", [self._methods.setdefault(key, len(self._methods)) for key in keys])
            method = pc.replace_with_mask(method.combine_chunks(), described.combine_chunks(), own)
            table = table.set_column(2, "method", method)
        return table.select(_KEYS).group_by(_KEYS).aggregate([([], "count_all")])

    def _number(self, side: int, name: Name) -> int:
        key = (name.id, name.parameter)
        number = self._boards[side].setdefault(key, len(self._boards[side]))
        if number == len(self._shown[side]):
            self._shown[side].append(Counter())
        self._shown[side][number][name] += 1
        return number

    def _method(self, word: str) -> int:
        if not is_name(word):
            return _DESCRIBED
        return self._methods.setdefault((naming.method_key(word), ""), len(self._methods))

    def counted(self, pieces: Sequence[pa.Table], least: int, limit: int | None) -> list[BoardSummary]:
        """The boards of all ``pieces`` with at least ``least`` methods, the largest first, then by name."""
        import pyarrow as pa

        pc = _compute()

        if not pieces:
            return []
        methods = pa.concat_tables(pieces).group_by(_KEYS).aggregate([("count_all", "sum")])
        sizes = methods.group_by(_KEYS[:2]).aggregate([([], "count_all"), ("count_all_sum", "sum")])
        if limit is not None and limit < sizes.num_rows:
            largest = pc.sort_indices(sizes, [("count_all", "descending")])[limit - 1]
            least = max(least, sizes.column("count_all")[largest.as_py()].as_py())
        sizes = sizes.filter(pc.greater_equal(sizes.column("count_all"), least))
        out = []
        for place, measure, count, results in zip(*(column.to_pylist() for column in sizes.columns), strict=True):
            benchmark, metric = self._name(0, place), self._name(1, measure)
            out.append(BoardSummary(benchmark.name, metric.name, count, results, benchmark.task or None, benchmark.id,
                                    metric.id, metric.parameter))  # fmt: skip
        out.sort(key=lambda one: (-one.methods, -one.results, one.benchmark.casefold(), one.metric, one.benchmark_id))
        return out[:limit]

    def _name(self, side: int, number: int) -> Name:
        """Of several spellings of an unknown name the one that most parts have."""
        spelled = self._shown[side][number]
        return min(spelled, key=lambda name: (-spelled[name], name.name))


_DESCRIBED = -1
_KEYS = ["place", "measure", "method"]
