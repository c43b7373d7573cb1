"""Records (mappings) to documents: which field holds the text, the id, the title and the date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from claimx.model import Document
from claimx.read.dates import parse_date
from claimx.read.limits import MAX_RECORD
from claimx.read.report import Context

ROLES = ("id", "text", "title", "published")
"""The keys that ``columns=`` may have."""

# Usual names, best first, folded: lower case, letters and digits only ("Abstract Note" and "abstract_note" are one).
USUAL: dict[str, tuple[str, ...]] = {
    "id": (
        "id",
        "paperid",
        "arxivid",
        "doi",
        "pmid",
        "pubmedid",
        "corpusid",
        "docid",
        "documentid",
        "articleid",
        "uid",
        "uuid",
        "identifier",
        "eid",
        "ut",
        "key",
        "citekey",
        "forum",
        "pmcid",
        "url",
        "link",
    ),
    "text": (
        "abstract",
        "abstracttext",
        "paperabstract",
        "abstractnote",
        "text",
        "summary",
        "description",
        "ab",
        "abstracts",
        "content",
        "body",
        "passage",
    ),
    "title": ("title", "papertitle", "articletitle", "documenttitle", "displayname", "headline", "name", "ti"),
    "published": (
        "published",
        "publicationdate",
        "publisheddate",
        "publishedat",
        "publishedon",
        "datepublished",
        "pubdate",
        "date",
        "publishdate",
        "submitteddate",
        "submitted",
        "createddate",
        "createdat",
        "created",
        "year",
        "publicationyear",
        "pubyear",
        "publishedyear",
        "py",
        "updatedate",
    ),
}
_NOT_FOLDED = re.compile(r"[^a-z0-9]+")
_MAX_PLANS = 256


class Plan(NamedTuple):
    """The field names to try for each role, best first."""

    id: tuple[str, ...]
    text: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...]


def fold(name: str) -> str:
    """A field name as it is compared: lower case, letters and digits only."""
    return _NOT_FOLDED.sub("", name.lower())


def plan(names: Iterable[Any], columns: Mapping[str, str]) -> Plan:
    """Choose among a record's field names; a name given in ``columns`` is the only candidate for its role."""
    by_fold: dict[str, str] = {}
    for name in names:
        if isinstance(name, str):
            by_fold.setdefault(fold(name), name)
    chosen = {}
    for role in ROLES:
        given = columns.get(role)
        chosen[role] = (given,) if given is not None else tuple(by_fold[one] for one in USUAL[role] if one in by_fold)
    return Plan(**chosen)


class Records:
    """Turns the records of one input into documents and keeps the plan of each set of field names it meets."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._plans: dict[tuple[Any, ...], Plan] = {}
        self._without = 0
        self._found = 0
        self._names: tuple[Any, ...] = ()

    def document(self, record: Mapping[str, Any], position: int, line: int | None = None) -> Document | None:
        """The document of a record, or None where it has no text (then it is skipped with its reason).

        ``position`` goes into a made-up id, ``line`` (default: the same) into the report.
        """
        names = tuple(record)
        found = self._plans.get(names)
        if found is None:
            if len(self._plans) >= _MAX_PLANS:
                self._plans.clear()
            found = self._plans[names] = plan(names, self._context.columns)
        for name in found.text:
            text = as_text(_value(record, name))
            if text and not text.isspace():
                break
        else:
            self._no_text(found, names, position if line is None else line)
            return None
        self._found += 1
        own = title = None
        for name in found.id:
            if own := as_id(_value(record, name)):
                break
        for name in found.title:
            if title := as_title(_value(record, name)):
                break
        date = None
        for name in found.published:
            if date := parse_date(_value(record, name)):
                break
        return make(self._context, own, text, title, date, position, line)

    def finish(self) -> None:
        """Raise ReadError where there were records and no document, because no field was known for the text."""
        if self._without and not self._found:
            raise self._context.fail(no_text_field(self._names, self._context.columns))

    def _no_text(self, found: Plan, names: tuple[Any, ...], line: int) -> None:
        known = [name for name in found.text if _has(names, name)]
        if known:
            self._found += 1  # the column exists: an empty abstract is one record's problem
            self._context.skip(f"no text in {known[0]!r}", line)
            return
        self._without += 1
        self._names = self._names or names
        self._context.skip(no_text_field(names, self._context.columns), line)


def no_text_field(names: Iterable[Any], columns: Mapping[str, str]) -> str:
    """Why no text was found, and what would be legal."""
    shown = ", ".join(repr(str(name)[:40]) for name, _ in zip(names, range(12), strict=False)) or "none"
    if "text" in columns:
        return f"no field {columns['text']!r} for the text; fields here: {shown}"
    usual = ", ".join(USUAL["text"][:6])
    return f"no field for the text; fields here: {shown}; usual: {usual}; or name one, as columns={{'text': …}}"


def make(
    context: Context, own: str | None, text: str, title: str | None, date: Any, position: int, line: int | None = None
) -> Document | None:
    """A document, its id made from source and position where ``own`` is missing; None (skipped) if over the bound."""
    if len(text) > MAX_RECORD:
        line = position if line is None else line
        context.skip(f"text of {len(text):,} characters; the bound is {MAX_RECORD:,}", line)
        return None
    if not text.isascii():
        sound = valid(text)
        if sound is not text:
            context.replaced(position if line is None else line)
            text = sound
    return Document(
        id=valid(own) if own else f"{context.label}#{position}",
        text=text,
        title=valid(title) if title else None,
        source=context.name,
        published=date,
    )


def valid(text: str) -> str:
    """``text`` with lone surrogates, which no file can hold, as U+FFFD; itself where there are none."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def as_text(value: Any) -> str | None:
    """A text value verbatim; paragraphs given as a list are joined by line feeds; ``{"value": …}`` is opened."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = value.get("value")
        return inner if isinstance(inner, str) else None
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return None


def as_id(value: Any) -> str | None:
    """An identifier as text; whole numbers are taken as written."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value.bit_length() < 256 else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return as_id(value[0]) if isinstance(value, (list, tuple)) and value and isinstance(value[0], str) else None


def as_title(value: Any) -> str | None:
    """A title with its white space, line breaks among it, as single spaces."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    text = value if isinstance(value, str) else as_text(value)
    return " ".join(text.split()) or None if text else None


def _value(record: Mapping[str, Any], name: str) -> Any:
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):  # a given name may lead into nested objects: "content.abstract"
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _has(names: tuple[Any, ...], name: str) -> bool:
    return name in names or ("." in name and name.split(".", 1)[0] in names)
