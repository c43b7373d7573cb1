"""From a claim table to a board: which rows, their values in one unit, ranked."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claimx import display, measures, naming
from claimx.errors import BoardError
from claimx.leaderboard.board import Board
from claimx.leaderboard.data import More, Row
from claimx.leaderboard.ranking import Scored, best_of_each, in_order, ranks
from claimx.leaderboard.results import COLUMNS, Place, Result, check_kinds, results_of, share
from claimx.leaderboard.source import parts
from claimx.leaderboard.which import Found, find, in_turn
from claimx.model import Claim
from claimx.naming import Name

if TYPE_CHECKING:
    import pyarrow as pa

    from claimx.leaderboard.source import ClaimTable

_SENTENCE = ("sentence", "sentence_start", "value_start", "value_end", "baseline_value_start", "baseline_value_end")
_SHOWN = ("paper_id", "title", "source", "value_error", "aggregate", "setting", "confidence")
"""The columns that are read of the rows that are shown, and of no other."""
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def leaderboard(
    table: ClaimTable,
    benchmark: str | None = None,
    metric: str | None = None,
    *,
    task: str | None = None,
    kinds: Collection[str] = ("result", "baseline"),
    best_per_method: bool = True,
    since: dt.date | str | int | None = None,
    min_confidence: float = 0.0,
    bounds: bool = False,
    setting: str | None = None,
    order: str | None = None,
    limit: int | None = None,
    sentences: bool = True,
) -> Board:
    """The board of ``metric`` on ``benchmark``, best first by the metric's own direction.

    ``table`` is an Arrow table, a frame (pandas, polars, DuckDB), claims, or the path of a claim table or of a folder
    of Parquet files, which may be larger than memory. ``benchmark`` and ``metric`` may be any of their names.

    Only results count: claims of ``kinds`` (efficiency is taken with ``result``) whose confidence is at least
    ``min_confidence``, which is 0 to 1; with ``baseline`` come the values that a claim gives for a named baseline.
    ``task`` and ``setting`` keep the rows with that task or setting, compared without case and hyphens; ``since`` those
    published on that day or later, given as a date, a year, "2024-06" or "2024-06-30". Of each method the best result
    is shown, or with ``best_per_method=False`` every one.

    Values are brought to one unit; those that cannot be are in ``Board.apart``, with those of no method. Values with a
    bound ("up to", "over", "about") and ranges are in ``Board.unranked``, or with ``bounds`` ranked as if they were
    exact, a range by its worse end. Ties share a rank. ``order`` is "higher" or "lower" where it is not known which is
    better. ``limit`` is the most rows shown of each part. Without ``sentences`` the rows lack their sentence and the
    number's place, which saves some time on a table of millions of rows.

    Raises :class:`claimx.BoardError` for a board that the table does not have, naming the nearest that it has, or
    whose direction is not known; :class:`claimx.ReadError` for a path that cannot be read; ValueError for an illegal
    option.
    """
    check_kinds(kinds)
    least = share(min_confidence)
    if order not in (None, "higher", "lower"):
        raise ValueError(f"order is {order!r}; legal are 'higher' and 'lower'")
    if limit is not None and limit < 1:
        raise ValueError("limit must be at least 1")
    day = day_of(since) if since is not None else None
    source = parts(table)
    found = find(source, benchmark, metric)
    filtered = task is not None or setting is not None or least > 0
    every = _results(found, kinds, filtered=filtered, once=not best_per_method)
    kept = [
        result
        for result in every
        if (result.confidence or 0.0) >= least
        and (setting is None or naming.method_key(result.setting or "") == naming.method_key(setting))
        and (task is None or _same_task(task, result.task or found.benchmark.task))
        and (day is None or (result.published is not None and result.published >= day))
    ]
    if not kept:
        raise BoardError(_nothing(found, len(every), kinds))
    better = order or _direction(found.metric, kept)
    unit, scored, apart = _score(found.metric, kept, higher=better == "higher")
    exact = [entry for entry in scored if bounds or entry.result.exact]
    hedged = [entry for entry in scored if not (bounds or entry.result.exact)]
    if best_per_method:
        exact, hedged, apart = best_of_each(exact), best_of_each(hedged), best_of_each(apart)
    cut = [in_order(group)[:limit] for group in (exact, hedged, apart)]
    shown = [*_SHOWN, *_SENTENCE] if sentences else _SHOWN
    cells = _cells(found, [entry.result for group in cut for entry in group], shown)
    numbers = ranks(in_order(exact))
    rows = tuple(_row(entry, unit, cells, rank) for entry, rank in zip(cut[0], numbers, strict=False))
    unranked, aside = (tuple(_row(entry, unit, cells) for entry in group) for group in cut[1:])
    more = More(*(len(group) - len(kept) for group, kept in zip((exact, hedged, apart), cut, strict=True)))
    return Board(
        benchmark=found.benchmark.name, metric=found.metric.name, better=better, unit=unit,
        task=task or found.benchmark.task or _commonest(result.task for result in kept),
        benchmark_id=found.benchmark.id, metric_id=found.metric.id, parameter=found.metric.parameter,
        rows=rows, unranked=unranked, apart=aside, more=more,
    )  # fmt: skip


def day_of(since: dt.date | str | int) -> dt.date:
    """The first day that ``since`` names: a date, 2024, "2024-06", "2024-06-30". ValueError for anything else."""
    if isinstance(since, dt.datetime):
        return since.date()
    if isinstance(since, dt.date):
        return since
    match = _DATE.fullmatch(str(since).strip())
    try:
        if match is not None:
            return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        pass
    raise ValueError(f"{since!r} is no date; legal are 2024, 2024-06 and 2024-06-30")


def _results(found: Found, kinds: Collection[str], filtered: bool, once: bool) -> list[Result]:
    """The results of the board's rows; those to be ``filtered`` with all that filters ask for.

    With ``once``, a result that a paper states twice is there once: a row that tells its baseline's value often stands
    beside the baseline's own row.
    """
    # Each column costs some per cent of the time that a board out of millions of rows takes.
    spared = {
        "higher_is_better": found.metric.better != "none",
        "task": not filtered and bool(found.benchmark.task),
        "confidence": not filtered,
        "setting": not (filtered or once),
        "paper_id": not once,
    }
    columns = [name for name in COLUMNS if not spared.get(name)]
    wanted = {number: rows for number, (_, rows) in enumerate(found.rows)}
    results = [
        result
        for number, table in _taken(found, wanted, columns)
        for result in results_of(number, wanted[number], table, kinds)
    ]
    if once:
        ordered = sorted(results, key=lambda result: result.kind == "baseline")
        return list({result.stated: result for result in reversed(ordered)}.values())
    described = [result for result in results if result.is_described]
    papers = _cells(found, described, ("paper_id",))
    for result in described:
        (result.paper_id,) = papers[result.place]
    return results


def _cells(found: Found, results: Iterable[Result], columns: Sequence[str]) -> dict[Place, tuple[Any, ...]]:
    """The cells of ``columns`` in the rows that ``results`` come from, by the rows' places."""
    wanted: dict[int, list[int]] = {}
    for number, row in sorted({result.place for result in results}):
        wanted.setdefault(number, []).append(row)
    return {
        (number, row): cells
        for number, table in _taken(found, wanted, columns)
        for row, cells in zip(
            wanted[number], zip(*(column.to_pylist() for column in table.columns), strict=True), strict=True
        )
    }


def _taken(found: Found, wanted: Mapping[int, Sequence[int]], columns: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
    """Those ``columns`` of the ``wanted`` rows of each part, by the part's number."""
    rows_of = {id(found.rows[number][0]): rows for number, rows in wanted.items()}
    tables = in_turn(lambda part: part.take(rows_of[id(part)], columns), [found.rows[number][0] for number in wanted])
    return zip(wanted, tables, strict=True)


def _same_task(wanted: str, task: str) -> bool:
    return naming.method_key(wanted) == naming.method_key(task)


def _nothing(found: Found, results: int, kinds: Collection[str]) -> str:
    board = f"{found.metric.name} on {found.benchmark.name}"
    rows = sum(len(rows) for _, rows in found.rows)
    if results:
        return f"{board}: none of its {display.counted(results, 'result')} meets the conditions"
    return f"{board}: none of its {display.counted(rows, 'row')} has a value and is of kind {', '.join(kinds)}"


def _direction(metric: Name, results: Iterable[Result]) -> str:
    if metric.better in ("higher", "lower"):
        return metric.better
    said = {result.higher for result in results} - {None}
    if len(said) == 1:
        return "higher" if said.pop() else "lower"
    raise BoardError(f"it is not known whether higher or lower {metric.name} is better; say it with order")


def _score(metric: Name, results: Sequence[Result], higher: bool) -> tuple[str | None, list[Scored], list[Scored]]:
    """The board's unit, the results that can be compared in it, and those that stand apart with the reason."""
    finite = [result for result in results if math.isfinite(result.value)]
    unit, values = measures.common(metric, [(result.value, result.unit) for result in finite])
    scored = []
    apart = [Scored(result, None, higher, reason="not a finite number")
             for result in results if not math.isfinite(result.value)]  # fmt: skip
    for result, value in zip(finite, values, strict=True):
        if value is None:
            reason = f"in {result.unit or 'no unit'}, not comparable with {unit or 'no unit'}"
            apart.append(Scored(result, None, higher, reason=reason))
        elif not (result.method or "").strip():
            apart.append(Scored(result, value, higher, reason="names no method"))
        else:
            scored.append(Scored(result, value, higher))
    return unit, scored, apart


def _row(entry: Scored, unit: str | None, cells: dict[Place, tuple[Any, ...]], rank: int | None = None) -> Row:
    result = entry.result
    paper, title, source, error, aggregate, setting, confidence, *rest = cells[result.place]
    sentence, sentence_start, *spans = rest or [None] * len(_SENTENCE)
    start, end = spans[2:] if result.of_baseline else spans[:2]
    error = None if result.of_baseline or error is None or math.isnan(error) else error
    as_claim = Claim(value=result.value, value_high=result.high, value_error=error, unit=result.unit,
                     bound=result.bound)  # fmt: skip
    return Row(
        rank=rank, method=result.method, value=entry.value, written=display.value(as_claim), value_high=entry.high,
        error=entry.scaled(error), unit=None if entry.value is None else unit, written_unit=result.unit,
        bound=result.bound, setting=setting, aggregate=aggregate, published=result.published,
        paper_id=paper, title=title, source=source, sentence=sentence,
        confidence=confidence, kind=result.kind, value_start=start, value_end=end,
        sentence_start=sentence_start, reason=entry.reason,
    )  # fmt: skip


def _commonest(tasks: Iterable[str | None]) -> str | None:
    counted = Counter(task for task in tasks if task)
    return min(counted, key=lambda task: (-counted[task], task)) if counted else None
