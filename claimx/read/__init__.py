"""Reading abstracts: many formats in, one stream of :class:`~claimx.model.Document` out, lazily, in constant memory."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from claimx.errors import ReadError
from claimx.model import Document
from claimx.read.fields import ROLES
from claimx.read.report import Context, ReadReport, Skip

__all__ = ["ALIASES", "FORMATS", "ReadError", "ReadReport", "Skip", "read"]

FORMATS: dict[str, str] = {
    "pages": "saved listing pages: a title line, then its abstract, with page furniture around them",
    "jsonl": "JSON lines or a JSON array; usual field names are guessed",
    "csv": "comma-separated values with a header line",
    "tsv": "tab-separated values with a header line",
    "parquet": "Parquet",
    "arrow": "Arrow IPC file (Feather) or stream",
    "bibtex": "BibTeX or BibLaTeX entries with abstracts",
    "arxiv": "arXiv metadata snapshot, JSON lines",
    "openalex": "OpenAlex works, JSON lines with inverted-index abstracts",
    "s2": "Semantic Scholar records, JSON lines",
    "text": "plain text, an abstract for each block between blank lines",
    "markdown": "Markdown, an abstract for each block, headings as titles",
}
"""The formats' names and what each is."""

ALIASES: dict[str, str] = {
    "json": "jsonl",
    "ndjson": "jsonl",
    "feather": "arrow",
    "ipc": "arrow",
    "bib": "bibtex",
    "biblatex": "bibtex",
    "md": "markdown",
    "txt": "text",
    "plain": "text",
    "listing": "pages",
    "semanticscholar": "s2",
}
"""Other names that ``format=`` takes."""

_READERS: dict[str, tuple[str, str]] = {  # module and function; loaded when first needed
    "pages": ("pages", "read"),
    "jsonl": ("jsonl", "read"),
    "csv": ("csv", "read"),
    "tsv": ("csv", "read_tsv"),
    "parquet": ("arrow", "read_parquet"),
    "arrow": ("arrow", "read_arrow"),
    "bibtex": ("bibtex", "read"),
    "arxiv": ("arxiv", "read"),
    "openalex": ("openalex", "read"),
    "s2": ("s2", "read"),
    "text": ("text", "read"),
    "markdown": ("markdown", "read"),
}
_WITHOUT_COLUMNS = ("pages", "text", "markdown")
_FIXED_COLUMNS = ("arxiv", "openalex", "s2")


def read(
    path_or_stream: Any,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    *,
    strict: bool = False,
    report: ReadReport | None = None,
) -> Iterator[Document]:
    """The documents of a file, a binary or text stream, or standard input (``"-"``), one at a time.

    gzip, bzip2, xz and Zstandard are undone on the way. ``format`` is one of :data:`FORMATS`; without it the first
    bytes, the suffix and the content tell. ``columns`` names the fields where they are not the usual ones: a mapping
    from ``id``, ``text``, ``title``, ``published`` to the input's names (``{"text": "body"}``; in JSON, dots lead into
    nested objects). Texts are verbatim. A missing id is made from the input's name and the record's position, as
    ``name.jsonl#12``; where only a year is known the date is its 1 January.

    A bad record is skipped and told in ``report``; with ``strict`` it raises ReadError instead. Invalid UTF-8 becomes
    U+FFFD and is noted. A problem of the whole input (missing, cut off, damaged, without a text column) raises
    ReadError when the iteration comes to it; an unknown ``format`` or key of ``columns`` raises it at once. An empty
    input gives no documents and a note in the report. The bounds on memory are in :mod:`claimx.read.limits`.
    """
    from claimx.read.source import source_name

    name = source_name(path_or_stream)
    chosen = ALIASES.get(format.lower(), format.lower()) if format is not None else None
    if chosen is not None and chosen not in FORMATS:
        raise ReadError(name, f"unknown format {format!r}; legal here: {', '.join(FORMATS)}")
    columns = dict(columns or {})
    for role, column in columns.items():
        if role not in ROLES or not isinstance(column, str):
            raise ReadError(name, f"unknown column role {role!r} for {column!r}; legal here: {', '.join(ROLES)}")
    return _read(path_or_stream, chosen, columns, strict, report if report is not None else ReadReport())


def _read(
    path_or_stream: Any,
    format: str | None,
    columns: dict[str, str],
    strict: bool,
    report: ReadReport,
) -> Iterator[Document]:
    from claimx.read.detect import check, detect
    from claimx.read.source import Source

    source = Source(path_or_stream, report.note, report.take)
    try:
        context = Context(source.name, source.label, columns, report, strict)
        if not source.head:
            report.note(f"{source.name}: empty")
            return
        if format is None:
            format = detect(source, context)
        else:
            check(source, context, format)
        if columns and format in _WITHOUT_COLUMNS:
            raise context.fail(f"columns were given, but {format} has none; give format= if it is a table or JSON")
        if columns and format in _FIXED_COLUMNS:
            format = "jsonl"
        module, function = _READERS[format]
        reader = getattr(importlib.import_module(f"claimx.read.{module}"), function)
        met = report.total
        for document in reader(source, context):
            report.read += 1
            yield document
        if report.total == met:
            report.note(f"{source.name}: no records found, read as {format}")
    finally:
        source.close()
