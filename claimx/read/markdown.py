"""Markdown: blocks as in plain text, under the title that the nearest heading gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimx.model import Document
from claimx.read.fields import make
from claimx.read.report import Context
from claimx.read.source import Source
from claimx.read.text import blocks

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\r?(?:\n|$)")
_UNDERLINED = re.compile(r"([^\n]+)\n {0,3}(?:=+|-{2,})[ \t]*\r?(?:\n|$)")
_BOLD_LINE = re.compile(r"(?:\*\*|__)([^\n*_]+)(?:\*\*|__)[ \t]*\r?$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_NO_TEXT = re.compile(r" {0,3}(?:(?:[-*_][ \t]*){3,}\r?$|<!--(?s:.*)-->\s*$|\[[^\]\n]+\]:|!\[|\|.*\|[ \t]*\r?(?:\n|$))")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_SECTION = re.compile(r"(?i)(?:[0-9.]*\s*)?(?:abstract|summary|description|overview)[:.]?")


def read(source: Source, context: Context) -> Iterator[Document]:
    """A document for each block of text; headings, code, tables, rules, comments and front matter are no text."""
    title: str | None = None
    position = 0
    skipping = ""  # what ends the code or front matter that we are in
    for line, block in blocks(source, context):
        if skipping:
            skipping = "" if _closes(block, skipping) else skipping
            continue
        if line == 1 and (front := _FRONT_MATTER.match(block)):
            skipping = "" if _closes(block[front.end() :], "---") else "---"
            continue
        title, text = _headed(block, title)
        if fence := _FENCE.match(text):
            skipping = "" if _closes(text[fence.end() :], fence[1]) else fence[1]
            continue
        if not text or text.isspace() or _NO_TEXT.match(text):
            continue
        position += 1
        document = make(context, None, text, title, None, position, line)
        if document is not None:
            yield document


def _headed(block: str, title: str | None) -> tuple[str | None, str]:
    """The title in force after the headings at the block's start, and the rest of the block."""
    while block:
        match = _HEADING.match(block) or _UNDERLINED.match(block) or _BOLD_LINE.match(block)
        if match is None:
            break
        name = " ".join((match[1] or "").split()).strip("*_ ")
        if name and not _SECTION.fullmatch(name):
            title = name
        block = block[match.end() :]
    return title, block


def _closes(block: str, mark: str) -> bool:
    return any(line.strip().startswith(mark) for line in block.split("\n"))
