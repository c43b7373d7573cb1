"""Every Eval Ever, schema 0.3.0: one record for each method of a paper, in the layout of the project's data store.

Who made a system and where it runs is not told by an abstract, so the developer is "unknown". What else the table
knows of a value (its bound, the upper end of a range, ±, setting, baseline, change, sentence, confidence) goes to the
score's details, whose values are strings. Scores are as written, percent or fraction; their bounds are not stated,
since the table does not know them. A ± is no ``uncertainty``: the text does not tell of which kind it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from claimx import __version__
from claimx.export.files import Names
from claimx.export.rows import Row, digits, identifier

SCHEMA_VERSION = "0.3.0"
COLLECTION = "claimx"
DEVELOPER = "unknown"
_DETAILS = ("bound", "value_high", "value_error", "setting", "aggregate", "kind", "baseline", "baseline_value", "delta",
            "delta_high", "delta_kind", "check", "sentence", "rule")  # fmt: skip


def documents(rows: Sequence[Row], retrieved: dt.date | None = None) -> dict[str, Any]:
    """The records by file name, in the order of their first rows.

    ``retrieved`` is when the table was made, a date meaning midnight UTC; else it is the paper's date, and the start
    of 1970 where that is unknown, so that the same table always gives the same records.
    """
    names = Names()
    folders: dict[str, str] = {}
    records: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.model not in folders:
            folders[row.model] = names.new(row.label)
        records.setdefault((row.claim.paper_id, row.model), []).append(row)
    out = {}
    for (_, model), found in records.items():
        record = _record(found, f"{DEVELOPER}/{folders[model]}", retrieved)
        out[f"{COLLECTION}/{record['model_info']['id']}/{_uuid(record['evaluation_id'])}.json"] = record
    return out


def _record(rows: Sequence[Row], model_id: str, retrieved: dt.date | None) -> dict[str, Any]:
    first = rows[0]
    published = first.claim.published
    # By what the paper itself says, so that the same claims exported again are the same record.
    evaluation_id = f"{first.claim.paper_id}/{first.method}/{_epoch(published)}"
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": evaluation_id,
        **({"evaluation_timestamp": published.isoformat()} if published else {}),
        "retrieved_timestamp": _epoch(retrieved or published),
        "source_metadata": {
            "source_name": first.paper,
            "source_type": "documentation",
            "source_organization_name": "arXiv" if first.url else "unknown",
            **({"source_organization_url": "https://arxiv.org"} if first.url else {}),
            "evaluator_relationship": "other",
            "additional_details": _texts(
                paper_id=first.claim.paper_id, paper_title=first.claim.title, paper_url=first.url,
                published=published, extracted_by=f"claimx {__version__}",
            ),
        },
        "eval_library": {"name": "unknown", "version": "unknown"},
        "model_info": {
            "name": first.method,
            "id": model_id,
            "additional_details": {"deployment_type": "unknown", "model_availability": "unknown"},
        },
        "evaluation_results": [
            {"evaluation_result_id": f"{evaluation_id}#{number}", **_result(row)} for number, row in enumerate(rows, 1)
        ],
    }  # fmt: skip


def _result(row: Row) -> dict[str, Any]:
    lower, unsure = _direction(row)
    metric = {
        "metric_id": row.metric.id if row.metric.known else f"{COLLECTION}.{identifier(row.metric)}",
        "metric_name": row.metric.name,
        **({"metric_unit": row.claim.unit} if row.claim.unit else {}),
        **({"metric_parameters": {"k": _number(row.metric.parameter)}} if row.metric.parameter else {}),
        "lower_is_better": lower,
        **({"additional_details": {"direction": "unknown"}} if unsure else {}),
    }
    details = {name: getattr(row.claim, name) for name in _DETAILS} | {"value_error": row.error}
    # Confidence is stored in single precision: its seven digits are what it has.
    confidence = None if row.claim.confidence is None else f"{row.claim.confidence:.7g}"
    return {
        "evaluation_name": row.benchmark.name,
        "source_data": {
            "dataset_name": row.benchmark.name,
            "source_type": "other",
            "additional_details": _texts(
                benchmark_id=row.benchmark.id, part_of=row.parent or None, task=row.task or None,
            ),
        },
        "metric_config": metric,
        "score_details": {"score": row.value, "details": _texts(**details, confidence=confidence)},
    }  # fmt: skip


def _direction(row: Row) -> tuple[bool, bool]:
    """Whether lower is better, and whether that is a guess: the format has no word for "unknown"."""
    if row.metric.better in ("higher", "lower"):
        return row.metric.better == "lower", False
    stated = row.claim.higher_is_better
    return stated is False, stated is None


def _texts(**values: Any) -> dict[str, str]:
    """``values`` as strings, without those that are None or the plain ``=``."""
    return {
        name: digits(value) if isinstance(value, float) else str(value)
        for name, value in values.items()
        if value is not None and (name, value) != ("bound", "=")
    }


def _number(text: str) -> int | float:
    return int(text) if text.isdecimal() else float(text)


def _epoch(when: dt.date | None) -> str:
    if when is None:
        return "0"
    if not isinstance(when, dt.datetime):
        when = dt.datetime(when.year, when.month, when.day)
    return str(int((when if when.tzinfo else when.replace(tzinfo=dt.UTC)).timestamp()))


def _uuid(text: str) -> uuid.UUID:
    """An identifier of the random kind, which the data store asks for, that is the same for the same text."""
    return uuid.UUID(bytes=hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16], version=4)
