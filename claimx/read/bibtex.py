"""BibTeX and BibLaTeX entries with abstracts, entry by entry, in time linear in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimx.model import Document
from claimx.read.dates import parse_date
from claimx.read.fields import make
from claimx.read.limits import MAX_BRACES, MAX_MACRO, MAX_MACROS, MAX_RECORD
from claimx.read.report import Context
from claimx.read.source import Source

_HEAD = re.compile(r"(?:^|(?<=[\s}),]))@\s*+([A-Za-z]++)\s*+([{(])")
_LINE_HEAD = re.compile(r"@\s*+[A-Za-z]++\s*+[{(]\s*+[^\s{}(),=\"]*+\s*+(?:,|=|$)")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_ROUND = re.compile(r"[{})\"]")
_KEY = re.compile(r"\s*+([^\s,{}=\"]*+)\s*+(?:,|$)")
_SEPARATOR = re.compile(r"[\s,]*+")
_FIELD = re.compile(r"\s*+([^\s=,{}\"#]++)\s*+=")
_BARE = re.compile(r"[^\s,#{}\"=]++")
_IN_QUOTES = re.compile(r'[{}"]')
_JOIN = re.compile(r"\s*+#\s*+")
_SPACE = re.compile(r"\s*+")
# Commands, sub- and superscripts and formulas keep their braces (group 1); of all others the inside is kept (group 2).
_PROTECTED = re.compile(r"(\\(?:[A-Za-z]++|.)(?:\{[^{}]*+\})?|[_^]\{[^{}]*+\}|\$[^$]*+\$)|\{([^{}\\$]*+)\}", re.DOTALL)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEXTS = ("abstract", "abstractnote", "annote", "summary")


def read(source: Source, context: Context) -> Iterator[Document]:
    """Documents of the entries that have an abstract, which is verbatim: LaTeX, braces and line breaks stay."""
    macros = {name: name for name in _MONTHS}
    wanted = context.columns.get("text", "").lower()
    texts = (wanted,) if wanted else _TEXTS
    without = found = 0
    for position, (line, kind, body) in enumerate(_numbered(source, context), 1):
        if kind == "string":
            _define(body, macros, context, line)
            continue
        try:
            key, fields = parse_entry(body, macros)
        except ValueError as error:
            context.skip(str(error), line)
            continue
        text = next((one for name in texts if (one := fields.get(name)) and not one.isspace()), None)
        if text is None:
            without += 1
            context.skip(f"no {wanted or 'abstract'} in entry {key[:60]!r}", line)
            continue
        found += 1
        own = fields.get(context.columns.get("id", "").lower()) or key or fields.get("doi")
        title = fields.get(context.columns.get("title", "title").lower())
        date = parse_date(fields.get(context.columns.get("published", "").lower()) or _date(fields))
        document = make(context, own, _unwrapped(text), plain_title(title) if title else None, date, position, line)
        if document is not None:
            yield document
    if wanted and without and not found:
        raise context.fail(f"no entry has a field {wanted!r}; without columns= the field 'abstract' is taken")


def _numbered(source: Source, context: Context) -> Iterator[tuple[int, str, str]]:
    for line, kind, body in entries(source, context):
        if kind not in ("comment", "preamble"):
            yield line, kind, body


def entries(source: Source, context: Context) -> Iterator[tuple[int, str, str]]:
    """Each entry's first line, its lower-case type, and what stands between its outer braces.

    An entry that is not closed ends where a line begins the next one.
    """
    parts: list[str] | None = None
    kind, start, depth, size, closer, tokens, bad, quoted = "", 0, 0, 0, "}", _BRACE, "", False
    for number, data in enumerate(source.lines(), 1):
        if data is None:
            context.skip(f"a line longer than {MAX_RECORD:,} bytes", number)
            continue
        line = context.decode(data, number) + "\n"
        if parts is not None and "@" in line and _LINE_HEAD.match(line.lstrip(" \t")):
            context.skip(bad or f"entry not closed before line {number}", start)
            parts = None
        at = 0
        while True:
            if parts is None:
                if "@" not in line or not (head := _HEAD.search(line, at)):
                    break
                at = begin = head.end()
                kind, start, depth, size, bad, parts, quoted = head[1].lower(), number, 1, 0, "", [], False
                closer, tokens = ("}", _BRACE) if head[2] == "{" else (")", _BRACE_OR_ROUND)
            else:
                begin = at
            end = -1
            for token in tokens.finditer(line, at):
                one = token[0]
                if one == "{":
                    depth += 1
                    if depth > MAX_BRACES:
                        bad = bad or f"braces nested deeper than {MAX_BRACES}"
                elif one == "}" and (closer == "}" or depth > 1):
                    depth -= 1
                elif one == '"' and depth == 1:
                    quoted = not quoted
                elif one == ")" and depth == 1 and not quoted:
                    depth = 0
                if depth == 0:
                    end = token.start()
                    break
            size += (len(line) if end < 0 else end) - begin
            if size > MAX_RECORD:
                bad = bad or f"an entry longer than {MAX_RECORD:,} bytes"
            if bad:
                parts.clear()
            else:
                parts.append(line[begin:] if end < 0 else line[begin:end])
            if end < 0:
                break
            if bad:
                context.skip(bad, start)
            else:
                yield start, kind, "".join(parts)
            parts, at = None, end + 1
    if parts is not None:
        context.skip(bad or "the file ends inside this entry", start)


def parse_entry(body: str, macros: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The key and the fields (lower-case names) of an entry's body. Raises ValueError with the reason."""
    head = _KEY.match(body)
    key, at = (head[1], head.end()) if head else ("", 0)
    fields: dict[str, str] = {}
    total = 0
    while (at := _end(_SEPARATOR, body, at)) < len(body):
        field = _FIELD.match(body, at)
        if field is None:
            raise ValueError(f"no 'name = value' at {body[at : at + 40].strip()!r} in entry {key[:60]!r}")
        value, at = _value(body, field.end(), macros)
        total += len(value)
        if total > MAX_RECORD:
            raise ValueError(f"fields longer than {MAX_RECORD:,} characters in entry {key[:60]!r}")
        fields.setdefault(field[1].lower(), value)
    return key, fields


def _value(body: str, at: int, macros: dict[str, str]) -> tuple[str, int]:
    """A value and the place after it: braces, quotes, numbers and macro names, joined by ``#``."""
    parts: list[str] = []
    while True:
        at = _end(_SPACE, body, at)
        opener = body[at : at + 1]
        if opener == "{":
            stop = _closed(body, at + 1, _BRACE)
            parts.append(body[at + 1 : stop])
            at = stop + 1
        elif opener == '"':
            stop = _closed(body, at + 1, _IN_QUOTES)
            parts.append(body[at + 1 : stop])
            at = stop + 1
        elif bare := _BARE.match(body, at):
            parts.append(macros.get(bare[0].lower(), bare[0]))
            at = bare.end()
        else:
            raise ValueError(f"no value at {body[max(at - 20, 0) : at + 20].strip()!r}")
        join = _JOIN.match(body, at)
        if join is None:
            return parts[0] if len(parts) == 1 else "".join(parts), at
        at = join.end()
        if len(parts) > 1000:
            raise ValueError("more than 1,000 parts joined by '#'")


def _closed(body: str, at: int, tokens: re.Pattern[str]) -> int:
    depth = 0
    for token in tokens.finditer(body, at):
        one = token[0]
        if one == "{":
            depth += 1
        elif one == '"':
            if depth == 0:
                return token.start()
        elif depth == 0:
            if tokens is _BRACE:
                return token.start()
            break
        else:
            depth -= 1
    raise ValueError(f"a value that is not closed: {body[at : at + 40].strip()!r}")


def _end(pattern: re.Pattern[str], body: str, at: int) -> int:
    match = pattern.match(body, at)
    return match.end() if match else at


def _define(body: str, macros: dict[str, str], context: Context, line: int) -> None:
    try:
        field = _FIELD.match(body)
        if field is None:
            raise ValueError("an @string without 'name = value'")
        value, _ = _value(body, field.end(), macros)
        if len(value) > MAX_MACRO or len(macros) >= MAX_MACROS:
            raise ValueError(f"an @string longer than {MAX_MACRO:,} characters, or more than {MAX_MACROS:,} of them")
        macros[field[1].lower()] = value
    except ValueError as error:
        context.skip(str(error), line)


def _date(fields: dict[str, str]) -> str | None:
    if date := fields.get("date"):
        return date
    year = fields.get("year", "").strip("{} \t\r\n")
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        return None
    month = fields.get("month", "").strip("{}. \t\r\n").lower()[:9]
    if month[:3] in _MONTHS:
        return f"{year}-{_MONTHS.index(month[:3]) + 1}"
    return f"{year}-{month}" if month.isascii() and month.isdigit() and 1 <= int(month) <= 12 else year


def _unwrapped(text: str) -> str:
    """``{{…}}``: a second pair of braces around the whole is no part of the text."""
    if text.startswith("{") and text.endswith("}"):
        try:
            if _closed(text, 1, _BRACE) == len(text) - 1:
                return text[1:-1]
        except ValueError:
            pass
    return text


def plain_title(title: str) -> str:
    """A title without the braces that only protect capitals, its white space as single spaces."""
    title = _unwrapped(title)
    for _ in range(2):
        title = _PROTECTED.sub(lambda match: match[1] or match[2] or "", title)
    return " ".join(title.split())
