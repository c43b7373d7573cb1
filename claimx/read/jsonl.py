"""JSON: one record a line, an array of records, records one after the other, or an API's answer around a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from claimx.model import Document
from claimx.read import _json
from claimx.read.fields import Records
from claimx.read.limits import MAX_RECORD
from claimx.read.report import Context
from claimx.read.source import Source

Build = Callable[[dict[str, Any], int], Document | None]
"""Makes the document of a record, given its 1-based position; None where it has none (and says so itself)."""

_OUTSIDE = re.compile(rb'["{}\[\],]|[^\s"{}\[\],]++')
_WRAPPERS = ("results", "data", "papers", "items", "works", "documents", "records", "articles")
_TOO_LONG = f"longer than {MAX_RECORD:,} bytes"


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of JSON records whose field names are among the usual ones, or given."""
    records = Records(context)
    yield from read_records(source, context, records.document)
    records.finish()


def read_records(source: Source, context: Context, build: Build) -> Iterator[Document]:
    """Documents that ``build`` makes of the input's JSON records; bad ones are skipped with their reason.

    The position is the line in a file of lines, and the record's number elsewhere.
    """
    if one_a_line(source.head):
        for number, line in enumerate(source.lines(), 1):
            if line is None:
                context.skip(_TOO_LONG, number)
            elif line and not line.isspace():
                yield from _documents(line, number, context, build)
    else:
        for number, value in enumerate(split_values(source.pieces()), 1):
            if isinstance(value, str):
                context.skip(value, number)
            else:
                yield from _documents(value, number, context, build)


def one_a_line(head: bytes) -> bool:
    """Whether a JSON text has a record a line; a first line that is left open tells that it does not."""
    first, feed, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return not first.startswith(b"[") and not (feed and first.rstrip().endswith((b"{", b"[", b",", b":")))


def _documents(data: bytes, number: int, context: Context, build: Build) -> Iterator[Document]:
    try:
        value = _json.loads_fast(data)
    except ValueError:
        try:
            value = _json.loads(context.decode(data, number))
        except ValueError as error:
            context.skip(str(error), number)
            return
    if isinstance(value, dict):
        inner = _wrapped(value)
        if inner is None:
            document = build(value, number)
            if document is not None:
                yield document
            return
        value = inner
    if not isinstance(value, list):
        context.skip(f"a JSON {_kind(value)} where an object with fields is expected", number)
        return
    for position, one in enumerate(value, 1):
        if isinstance(one, dict):
            document = build(one, position)
            if document is not None:
                yield document
        else:
            where = "" if number == 1 else f" (number {position} of an array)"
            context.skip(
                f"a JSON {_kind(one)} where an object with fields is expected{where}",
                position if number == 1 else number,
            )


def _wrapped(value: dict[str, Any]) -> list[Any] | None:
    """The list of records inside an API's answer such as ``{"meta": …, "results": [{…}, …]}``."""
    if len(value) > 8:
        return None
    for name in _WRAPPERS:
        inner = value.get(name)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return inner
    return None


def _kind(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def split_values(pieces: Iterator[bytes]) -> Iterator[bytes | str]:
    """The objects at the top of a run of JSON, one after the other or as elements of an array.

    Only quotes and brackets are looked at, each byte once, so that damage inside a record costs this record alone.
    A string in place of bytes is the reason why something was dropped.
    """
    depth = base = 0  # brackets open; of them, those around the records: 1 inside a top-level array
    quoted = escaped = stray = False
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        at = begin = 0
        end = len(piece)
        while at < end:
            if quoted:
                stop = piece.find(b'"', at)
                if stop < 0:
                    escaped = _odd_backslashes(piece, at, end, escaped)
                    break
                quoted = _odd_backslashes(piece, at, stop, escaped)
                escaped = False
                at = stop + 1
                continue
            match = _OUTSIDE.search(piece, at)
            if match is None:
                break
            at = match.end()
            token = match[0]
            if token == b'"':
                quoted = True
            if depth > base:
                if token == b"{" or token == b"[":
                    depth += 1
                elif token == b"}" or token == b"]":
                    depth -= 1
                    if depth == base:
                        size += at - begin
                        parts.append(piece[begin:at])
                        yield b"".join(parts) if size <= MAX_RECORD else _TOO_LONG
                        parts, size = [], 0
            elif token == b"{" or (token == b"[" and base):
                depth, begin, stray = depth + 1, match.start(), False
            elif token == b"[":
                depth = base = 1
            elif token == b"]" and base:
                depth = base = 0
            elif token == b",":
                stray = False
            elif not stray:
                stray = True
                yield "no JSON object here"
        if depth > base:
            size += end - begin
            if size <= MAX_RECORD:
                parts.append(piece[begin:])
            else:
                parts = []
    if depth > base:
        yield "the file ends inside this record"
    elif base:
        yield "the file ends before its array is closed"


def _odd_backslashes(piece: bytes, start: int, stop: int, carried: bool) -> bool:
    """Whether the byte at ``stop`` is escaped: an odd run of backslashes before it, within the string."""
    at = stop
    while at > start and piece[at - 1] == 0x5C:
        at -= 1
    return ((stop - at) % 2 == 1) != (carried and at == start)
