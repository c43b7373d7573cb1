"""Semantic Scholar records: JSON lines of its API, its datasets and S2ORC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimx.model import Document
from claimx.read.dates import parse_date
from claimx.read.fields import as_id, as_title, make
from claimx.read.jsonl import read_records
from claimx.read.report import Context
from claimx.read.source import Source

_IDS = ("paperId", "paper_id", "corpusid", "corpusId", "id")
_TEXTS = ("abstract", "paperAbstract")
_DATES = ("publicationDate", "publicationdate", "year")


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of Semantic Scholar records; the id is ``paperId``, else the corpus id."""

    def build(record: dict[str, Any], position: int) -> Document | None:
        text = next((one for name in _TEXTS if isinstance(one := record.get(name), str) and one.strip()), None)
        if text is None:
            context.skip("no text in 'abstract'", position)
            return None
        own = next((one for name in _IDS if (one := as_id(record.get(name)))), None)
        date = next((one for name in _DATES if (one := parse_date(record.get(name)))), None)
        return make(context, own, text, as_title(record.get("title")), date, position)

    return read_records(source, context, build)
