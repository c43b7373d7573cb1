"""Saved listing pages: a title line and its abstract, again and again, with the page's furniture around them.

Two forms are met: one with blank lines between all parts, one with none. Both are told apart from nothing but the
lines: an abstract is prose, the title is the last line before it, and the rest is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimx.model import Document
from claimx.read.fields import make
from claimx.read.limits import MAX_RECORD
from claimx.read.report import Context
from claimx.read.source import Source

_LONG = 250
"""Characters from which a line is prose whatever its shape: titles stay below."""

_FULL_STOP = (".", '."', ".)", ".”", ".'")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FURNITURE = re.compile(
    rf"""(?ix) (?:
      new | papers? | trending | subscribe | upvotes? | share | bookmark | save | cite | abstract | pdf | html
    | log\ in | sign\ (?:in|up) | (?:view|download|open|read)\ (?:all|pdf|html|paper|page|abstract|more)
    | next(?:\ page)? | previous(?:\ page)? | (?:load|show|see)\ (?:more|less|all)
    | (?:get|receive)\s.{{1,60}}\binbox\b.{{0,40}}
    | by\s*\S.{{0,40}}\bcommunity | submitted\ by\b.{{0,60}} | published\ (?:on|at)\b.{{0,40}}
    | {_MONTH}(?:\s[0-9]{{1,2}})?(?:,?\s[0-9]{{4}})? | [0-9]{{1,2}}\s{_MONTH}(?:\s[0-9]{{4}})?
    | [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} | \W*[0-9][0-9,.]*k?\W*
    | \W*[0-9]+\s(?:authors?|comments?|upvotes?|citations?|votes?)
    | (?:today|yesterday|[0-9]+\s(?:minutes?|hours?|days?|weeks?|months?|years?)\sago) | [^\w]+
    ) """
)
_GLUED = re.compile(r"(?:Subscribe|Upvote)(?=[A-Z0-9])")


def read(source: Source, context: Context) -> Iterator[Document]:
    """A document for each title and its abstract. Further prose before the next title belongs to the abstract."""
    title: str | None = None
    text: list[str] = []
    start = position = 0
    held = ""  # a short line, whose part what follows tells
    for number, line in _lines(source, context):
        if is_prose(line):
            if held and text and not _fits_title(held) and len(line) < _LONG:
                text.append(held)
                held = ""
            if held:
                if text:
                    position += 1
                    yield from _made(context, title, text, position, start)
                title, text, held = held, [], ""
            if not text:
                start = number
            text.append(line)
        elif not is_furniture(line):
            if held and text and not _fits_title(held):
                text.append(held)  # a short last paragraph of the abstract
            held = _GLUED.sub("", line, count=1) if not text and not position else line
    if held and text and not _fits_title(held):
        text.append(held)
    if text:
        yield from _made(context, title, text, position + 1, start)


def is_prose(line: str) -> bool:
    """Whether a line is running text: long, or of a dozen words and ending in a full stop, which titles rarely do."""
    return len(line) >= _LONG or (len(line) >= 60 and line.endswith(_FULL_STOP) and line.count(" ") >= 11)


def is_furniture(line: str) -> bool:
    """Whether a whole line is one of a page's own: buttons, dates, counts, invitations."""
    return len(line) <= 120 and _FURNITURE.fullmatch(line) is not None


def _fits_title(line: str) -> bool:
    return not line.endswith((".", ";", ","))


def looks_like_pages(head: bytes) -> bool:
    """Whether a text's beginning alternates titles and abstracts, perhaps after some furniture."""
    text = head.decode("utf-8", "replace")
    lines = [line for one in text.split("\n") if (line := one.strip())]
    if len(head) >= 1000 and not text.endswith("\n") and len(lines) > 2:
        lines.pop()  # perhaps cut off
    furnished = False
    while lines and is_furniture(lines[0]):
        furnished = True
        del lines[0]
    # Without furniture only long lines count as abstracts: a paragraph wrapped at 80 columns is no page.
    kinds = "".join(
        "A" if (is_prose(line) if furnished else len(line) >= _LONG) else "T"
        for line in lines[:40]
        if not is_furniture(line)
    )
    pairs = kinds.count("TA")
    return kinds.startswith("TA") and _fits_title(lines[0]) and (furnished or 2 * pairs + 1 >= len(kinds))


def _lines(source: Source, context: Context) -> Iterator[tuple[int, str]]:
    for number, data in enumerate(source.lines(), 1):
        if data is None:
            context.skip(f"a line longer than {MAX_RECORD:,} bytes", number)
        elif data and not data.isspace():
            line = context.decode(data, number).strip()
            if line:
                yield number, line


def _made(context: Context, title: str | None, text: list[str], position: int, line: int) -> Iterator[Document]:
    document = make(context, None, "\n".join(text), title, None, position, line)
    if document is not None:
        yield document
