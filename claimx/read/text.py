"""Plain text: an abstract for each block of lines between blank lines, verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from claimx.model import Document
from claimx.read.fields import make
from claimx.read.limits import MAX_RECORD
from claimx.read.report import Context
from claimx.read.source import Source


def read(source: Source, context: Context) -> Iterator[Document]:
    """A document for each block."""
    for position, (line, text) in enumerate(blocks(source, context), 1):
        document = make(context, None, text, None, None, position, line)
        if document is not None:
            yield document


def blocks(source: Source, context: Context) -> Iterator[tuple[int, str]]:
    """Each block between blank lines with the number of its first line; line breaks inside it stay as they are."""
    parts: list[str] = []
    start = size = 0
    for number, line in enumerate(source.lines(), 1):
        if line is not None and line and not line.isspace():
            if not size:
                start = number
            size += len(line) + 1
            if size <= MAX_RECORD:
                parts.append(context.decode(line, number))
                continue
        elif line is not None:
            if size > MAX_RECORD:
                context.skip(f"a block longer than {MAX_RECORD:,} bytes", start)
            elif size:
                yield start, _joined(parts)
            parts, size = [], 0
            continue
        elif not size:
            start = number
        parts, size = [], MAX_RECORD + 1  # too long: nothing of this block is kept
    if size > MAX_RECORD:
        context.skip(f"a block longer than {MAX_RECORD:,} bytes", start)
    elif size:
        yield start, _joined(parts)


def _joined(parts: list[str]) -> str:
    return "\n".join(parts).removesuffix("\r")
