"""OpenAlex works: JSON lines whose abstracts are inverted indexes, word → positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimx.model import Document
from claimx.read.dates import parse_date
from claimx.read.fields import as_id, as_title, make
from claimx.read.jsonl import read_records
from claimx.read.report import Context
from claimx.read.source import Source


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of OpenAlex works; the text is the words in order, joined by single spaces."""

    def build(record: dict[str, Any], position: int) -> Document | None:
        text = record.get("abstract")
        if not isinstance(text, str):
            index = record.get("abstract_inverted_index")
            if isinstance(index, str):  # some dumps hold the index as JSON inside a string
                index = _opened(index)
            text = from_index(index)
            if text is None:
                context.skip("'abstract_inverted_index' is not an object of words and lists of whole numbers", position)
                return None
        if not text or text.isspace():
            context.skip("no abstract", position)
            return None
        date = parse_date(record.get("publication_date")) or parse_date(record.get("publication_year"))
        title = as_title(record.get("display_name")) or as_title(record.get("title"))
        return make(context, as_id(record.get("id")) or as_id(record.get("doi")), text, title, date, position)

    return read_records(source, context, build)


def from_index(index: Any) -> str | None:
    """The text of an inverted index; empty for an absent one, None for a malformed one.

    Positions are sorted, never used as sizes: a position of a thousand million costs nothing.
    """
    if index is None:
        return ""
    if not isinstance(index, dict):
        return None
    placed: list[tuple[int, str]] = []
    for word, positions in index.items():
        if not isinstance(positions, list):
            return None
        for at in positions:
            if type(at) is not int:
                return None
            placed.append((at, word))
    placed.sort()
    return " ".join([word for _, word in placed])


def _opened(text: str) -> Any:
    from claimx.read import _json

    try:
        index = _json.loads(text)
    except ValueError:
        return text
    return index.get("InvertedIndex", index) if isinstance(index, dict) else index
