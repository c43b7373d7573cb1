"""The arXiv metadata snapshot: JSON lines with id, title, abstract (hard-wrapped, kept so) and versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from claimx.model import Document
from claimx.read.dates import parse_date
from claimx.read.fields import as_id, as_title, make
from claimx.read.jsonl import read_records
from claimx.read.report import Context
from claimx.read.source import Source


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of arXiv records, dated by their first version, else by their last update."""

    def build(record: dict[str, Any], position: int) -> Document | None:
        text = record.get("abstract")
        if not isinstance(text, str) or not text or text.isspace():
            context.skip("no text in 'abstract'", position)
            return None
        return make(context, as_id(record.get("id")), text, as_title(record.get("title")), _published(record), position)

    return read_records(source, context, build)


def _published(record: dict[str, Any]) -> dt.date | None:
    versions = record.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = parse_date(first.get("created")) if isinstance(first, dict) else None
    return created or parse_date(record.get("update_date"))
