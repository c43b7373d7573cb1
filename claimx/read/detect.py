"""Which format an input has: by its first bytes where they leave no doubt, then its suffix, then its content."""

from __future__ import annotations

import re

from claimx.read.fields import plan
from claimx.read.jsonl import one_a_line
from claimx.read.pages import looks_like_pages
from claimx.read.report import Context
from claimx.read.source import Source

_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "arrow",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".md": "markdown",
    ".markdown": "markdown",
}
_MAGIC = {b"PAR1": "parquet", b"ARROW1": "arrow", b"FEA1": "arrow", b"\xff\xff\xff\xff": "arrow"}
_FOREIGN = {
    b"%PDF": "a PDF file; save its text",
    b"PK\x03\x04": "a zip archive or an office file; unpack or export it",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"SQLite format 3": "an SQLite database; export a CSV",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office file; export a CSV or text",
}
_MARKUP = re.compile(rb"\s*+<(?:!doctype|html|\?xml|[a-z][\w:]*+[\s>])", re.IGNORECASE)
_BIBTEX = re.compile(
    rb"(?m)^[ \t]*@[ \t]*(?:article|inproceedings|conference|misc|book|incollection|techreport|thesis|"
    rb"phdthesis|mastersthesis|online|unpublished|proceedings|string|preamble|comment|report|dataset|"
    rb"software)[ \t]*[{(]",
    re.IGNORECASE,
)
_HEADING = re.compile(rb"(?m)^#{1,6}[ \t]+\S")
_BINARY = ("parquet", "arrow")


def detect(source: Source, context: Context) -> str:
    """The name of the input's format. Raises ReadError for content that no reader takes."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    if (binary := _magic(head)) is not None:
        return binary
    _refuse_foreign(head, context)
    named = _SUFFIXES.get(source.suffix)
    if named not in _BINARY and head.count(0) > len(head) // 4:
        _refuse_wide(head, context)
    if named == "jsonl":
        return _dialect(head)
    if named in _BINARY:
        return named  # its reader says what is wrong
    if named is None and head.count(b"\0") > len(head) // 100:
        raise context.fail(
            "binary content of no known format (NUL bytes in it); readable are text, JSON, CSV, BibTeX, "
            "Parquet and Arrow files"
        )
    return named or _sniff(head, context)


def _refuse_wide(head: bytes, context: Context) -> None:
    if not head[::2].strip(b"\0") or not head[1::2].strip(b"\0"):
        raise context.fail("UTF-16 without a byte order mark (every second byte is NUL); save it as UTF-8")


def check(source: Source, context: Context, name: str) -> None:
    """Raise ReadError where the content is certainly not of the format that was given."""
    found = _magic(source.head)
    if found is not None and name not in _BINARY:
        raise context.fail(f"the content is {found}, not {name}; leave the format out or give format={found!r}")
    if name not in _BINARY:
        _refuse_foreign(source.head, context)


def _magic(head: bytes) -> str | None:
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


def _refuse_foreign(head: bytes, context: Context) -> None:
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise context.fail(f"this is {what}, which no reader takes")


def _sniff(head: bytes, context: Context) -> str:
    start = head.lstrip()
    if start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]")):
        return _dialect(head)
    if _MARKUP.match(head):
        raise context.fail("HTML or XML, which no reader takes; save the page as text")
    if _BIBTEX.search(head):
        return "bibtex"
    first = start.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    for delimiter, name in (("\t", "tsv"), (",", "csv"), (";", "csv"), ("|", "csv")):
        names = [one.strip(' "') for one in first.split(delimiter)]
        if len(names) > 1 and max(map(len, names)) <= 40 and _is_header(names, context):
            return name
    if looks_like_pages(head):
        return "pages"
    return "markdown" if _HEADING.search(head) else "text"


def _is_header(names: list[str], context: Context) -> bool:
    found = plan(names, context.columns)
    if context.columns:
        return all(name in names for name in context.columns.values())
    return bool(found.text) and sum(bool(role) for role in found) > 1


def _dialect(head: bytes) -> str:
    """Which kind of JSON records these are, by the names that only one kind has."""
    first = head.split(b"\n", 1)[0] if one_a_line(head) else head
    if b'"abstract_inverted_index"' in first:
        return "openalex"
    if b'"paperId"' in first or b'"corpusid"' in first or b'"paperAbstract"' in first:
        return "s2"
    if b'"update_date"' in first and b'"versions"' in first:
        return "arxiv"
    return "jsonl"
