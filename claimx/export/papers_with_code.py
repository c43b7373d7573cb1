"""Papers with Code's ``evaluation-tables.json``: tasks, their datasets, and a table of results for each dataset.

Values are strings, as there: ``97.3%`` where the text has percent, ``0.973`` where it has a fraction, ``78.4 ± 0.5``
with its deviation. Any other unit stands behind the metric's name. A part of a benchmark is a dataset of its own, as
most are there, and its description names the whole. Where no task is known it is "Unknown". The format has no room for
hedged values and ranges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from claimx.export.rows import Row, digits, unit_words
from claimx.measures import common

NO_TASK = "Unknown"
FILE = "evaluation-tables.json"


def documents(rows: Sequence[Row]) -> dict[str, Any]:
    """The one file of the format: a list of tasks by name, their datasets by name, and rows with the best first."""
    boards: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        boards.setdefault((row.task or NO_TASK, row.benchmark.id), []).append(row)
    tasks: dict[str, list[list[Row]]] = {}
    for (task, _), found in sorted(boards.items(), key=lambda item: (item[0][0], item[1][0].benchmark.name)):
        tasks.setdefault(task, []).append(found)
    return {FILE: [_task(name, found) for name, found in tasks.items()]}


def _task(name: str, boards: Sequence[Sequence[Row]]) -> dict[str, Any]:
    return {
        "task": name,
        "description": "",
        "categories": [],
        "datasets": [_dataset(rows) for rows in boards],
        "subtasks": [],
        "synonyms": [],
        "source_link": None,
    }


def _dataset(rows: Sequence[Row]) -> dict[str, Any]:
    first = rows[0]
    return {
        "dataset": first.benchmark.name,
        "description": f"A part or variant of {first.parent}." if first.parent else "",
        "dataset_links": [],
        "dataset_citations": [],
        "subdatasets": [],
        "sota": _sota(rows),
    }


def _sota(rows: Sequence[Row]) -> dict[str, Any]:
    """One dataset's table; a row is a method of a paper, with a second one where a metric has a second value."""
    labels: dict[tuple[str, str, str], str] = {}
    entries: dict[tuple[str, str, str], list[dict[str, Row]]] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        key = (row.metric.id, row.metric.parameter, _unit(row))
        label = labels.setdefault(key, row.metric.name + (f" ({_unit(row)})" if _unit(row) else ""))
        lines = entries.setdefault((row.claim.paper_id, row.model, row.claim.setting or ""), [])
        line = next((line for line in lines if label not in line), None)
        if line is None:
            lines.append(line := {})
        line[label] = row
        counts[label] += 1
    metrics = sorted(counts, key=lambda label: (-counts[label], label))
    lines = [line for lines in entries.values() for line in lines]
    return {"metrics": metrics, "rows": [_line(line, metrics) for line in _ranked(lines, metrics[0])]}


def _ranked(lines: list[dict[str, Row]], metric: str) -> list[dict[str, Row]]:
    """``lines`` by ``metric``, the best first; those that do not have it, or not comparably, last."""
    having = [line for line in lines if metric in line]
    name = having[0][metric].metric
    _, values = common(name, [(line[metric].value, line[metric].claim.unit) for line in having])
    sign = 1.0 if name.better == "lower" else -1.0
    place = {id(line): (value is None, sign * (value or 0.0)) for line, value in zip(having, values, strict=True)}

    def order(line: dict[str, Row]) -> tuple[Any, ...]:
        row = next(iter(line.values()))
        return (*place.get(id(line), (True, 0.0)), str(row.claim.published or "9999"), row.method, row.claim.paper_id)

    return sorted(lines, key=order)


def _line(line: dict[str, Row], metrics: Sequence[str]) -> dict[str, Any]:
    row = next(iter(line.values()))
    return {
        "model_name": f"{row.method} ({row.claim.setting})" if row.claim.setting else row.method,
        "paper_title": row.claim.title or "",
        "paper_url": row.url or "",
        "paper_date": row.claim.published.isoformat() if row.claim.published else None,
        "code_links": [],
        "model_links": [],
        "metrics": {metric: _value(line[metric]) for metric in metrics if metric in line},
        "uses_additional_data": False,
    }


def _unit(row: Row) -> str:
    return "" if row.claim.unit == "percent" else unit_words(row.claim.unit)


def _value(row: Row) -> str:
    text = digits(row.value) if row.error is None else f"{digits(row.value)} ± {digits(row.error)}"
    return text + ("%" if row.claim.unit == "percent" else "")
