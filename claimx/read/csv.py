"""CSV and TSV with a header line, however long their fields, by the standard library's parser."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from claimx.model import Document
from claimx.read.fields import Records, no_text_field, plan
from claimx.read.limits import MAX_RECORD
from claimx.read.report import Context
from claimx.read.source import Source

_OPENED = re.compile(r'(?:(?<=[\t\n])|\A)"')
_QUOTED = re.compile(r'"(?:[^"]|"")*+(?:"(?=[\t\r\n]|\Z)|\Z)')


class _TooLong(Exception):
    """A line or record is over the bound."""


class _Lines:
    """Decoded lines for the parser. A class, since a generator would be finished by the error that it raises."""

    def __init__(self, source: Source, context: Context) -> None:
        self._lines = source.lines()
        self._context = context
        self.number = 0
        self.size = 0  # of the record being read; the caller sets it back

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if line is not None:
            self.size += len(line) + 1
        if line is None or self.size > MAX_RECORD:
            raise _TooLong
        return self._context.decode(line, self.number) + "\n"


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of comma-separated rows (semicolons and bars are told from the header line)."""
    header = source.head.split(b"\n", 1)[0].decode("utf-8", "replace")
    delimiter = max(",;|\t", key=header.count)  # the comma where nothing is found
    return _rows(source, context, delimiter, csv.QUOTE_MINIMAL)


def read_tsv(source: Source, context: Context) -> Iterator[Document]:
    """Documents of tab-separated rows; whether quotes enclose fields or are text is told from the first rows."""
    return _rows(source, context, "\t", csv.QUOTE_MINIMAL if _quotes_enclose(source.head) else csv.QUOTE_NONE)


def _quotes_enclose(head: bytes) -> bool:
    """Whether each quote that begins a field is closed at a field's end, as far as can be seen."""
    text, at = head.decode("utf-8", "replace"), 0
    while opened := _OPENED.search(text, at):
        field = _QUOTED.match(text, opened.start())
        if field is None:
            return False
        at = field.end()
    return True


def _rows(source: Source, context: Context, delimiter: str, quoting: int) -> Iterator[Document]:
    if csv.field_size_limit() < MAX_RECORD:
        csv.field_size_limit(MAX_RECORD)
    lines = _Lines(source, context)
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type, unused-ignore]
    names: list[str] | None = None
    records = Records(context)
    position = 0
    while True:
        start, lines.size = lines.number + 1, 0
        try:
            row = next(rows)
        except StopIteration:
            break
        except _TooLong:
            context.skip(f"longer than {MAX_RECORD:,} bytes", start)
            continue
        except csv.Error as error:
            if names is None:
                raise context.fail(f"no CSV header line: {error}", start) from None
            position += 1
            open_quote = "unexpected end" in str(error)
            context.skip(
                "a quote opened in this record is not closed" if open_quote else f"not a CSV record: {error}", start
            )
            continue
        if not row:
            continue
        if names is None:
            names = _header(row, context)
            continue
        position += 1
        if len(row) > len(names):
            if any(row[len(names) :]):
                context.skip(
                    f"{len(row)} fields where the header names {len(names)}; is a field with a "
                    f"{delimiter!r} not quoted?",
                    start,
                )
                continue
            del row[len(names) :]
        row.extend([""] * (len(names) - len(row)))
        document = records.document(dict(zip(names, row, strict=True)), position, start)
        if document is not None:
            yield document


def _header(row: list[str], context: Context) -> list[str]:
    names = [name.strip() for name in row]
    columns = context.columns
    for role, name in columns.items():
        if name not in names:
            raise context.fail(f"no column {name!r} for {role}; columns here: {', '.join(names)[:300]}", 1)
    if not plan(names, columns).text:
        raise context.fail(no_text_field(names, columns).replace("field", "column"), 1)
    return names
