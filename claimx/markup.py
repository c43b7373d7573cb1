"""Mark-up in one pass: which braces pair, which dollars enclose maths, what a LaTeX command or an entity stands for."""

from __future__ import annotations

import re
import unicodedata

from claimx.markup_tables import Tables

# start, end and what stands there instead.
Edit = tuple[int, int, str]

_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "r": "\u030a",
    "k": "\u0328",
}
_LETTER = re.compile(r"\{([A-Za-z])\}")
_ARGUMENTS = re.compile(r"(?: ?\[[^\[\]{}\\$]{0,200}+\]){0,2}(?:\{[^{}\\]{0,300}+\}){1,3}")
_FIRST = re.compile(r"(?:\[[^\[\]{}]{0,100}+\])?\{[^{}]{0,500}+\}\s?\{")
_BRACE = re.compile(r"\s?\{")
_UNICODE = re.compile(r"\{x([0-9A-Fa-f]{2,6})\}")
_LOST_WRAPPER = re.compile(r"(?<![A-Za-z\\])(?:text(?:bf|it|tt|sc|rm)|emph|underline|math(?:cal|rm|bf|bb|it))\Z")
_GROUP = re.compile(r"[A-Za-z]{1,40}\}")
_SINGLE = re.compile(r"[^\sA-Za-z0-9{}\\$]\}")
_PHRASE = re.compile(r"[A-Za-z][A-Za-z0-9 ():.'’-]{2,200}\}")
_GLUED_SYMBOL = re.compile(r"(times|cdot|leq|geq|sqrt|ell)[A-Za-z]\Z")
_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)
_MATHS_MARK = re.compile(r"\\[A-Za-z,;:!|{}]|[\^_{}=<>]")
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}+[,;:]? [A-Za-z]{2,}+(?!\{)")
_OPERATORS = frozenset(("-", "−", "+", "++", "/", "*", "~"))
_ENDS_OPEN = "-–/+,(:;"
_SPACES = " \t"


class Scan:
    """One pass over one text: the scanner's matches in order, with the open braces and the maths state."""

    def __init__(self, tables: Tables, raw: str) -> None:
        self.tables, self.raw = tables, raw
        self.edits: list[Edit | None] = []
        # For each open brace: index of its edit (None where the brace stays), the closing text, whether a fraction.
        self.braces: list[tuple[int | None, str, bool]] = []
        self.dollars = maths_dollars(raw) if "$" in raw else frozenset()
        self.maths = False
        self.denominator = -1

    def run(self) -> list[Edit]:
        raw, search, at = self.raw, self.tables.scan.search, 0
        rules = self.tables.scanned
        while match := search(raw, at):
            kind = match.lastgroup or ""
            start, end = match.span()
            at = max(end, start + 1)  # a rule that takes nothing must not be tried there again
            if kind[0] == "r":
                self.edits.append((start, end, rules[int(kind[1:])].replace))
            elif kind == "literal":
                self.edits.append((start, end, self.tables.literals[match.group()]))
            else:
                at = getattr(self, "_" + kind)(match, start, end)
        for index, _, _ in self.braces:
            if index is not None:
                self.edits[index] = None
        return [edit for edit in self.edits if edit is not None]

    def _opened(self, start: int, end: int, text: str, closing: str = "", fraction: bool = False) -> int:
        self.braces.append((len(self.edits), closing, fraction))
        self.edits.append((start, end, text))
        return end

    def _accent(self, match: re.Match[str], start: int, end: int) -> int:
        braces = match.group().startswith("{"), match.group().endswith("}") and not match["of1"]
        letter = match["of1"] or match["of2"]
        if match["of1"] and match.group().endswith("}}"):
            braces = braces[0], True
        composed = unicodedata.normalize("NFC", letter + _ACCENTS[match["mark"]])
        if len(composed) != 1:
            return start + 2
        # `{\"o}` takes both braces along, `\"o}` leaves the one that closes something else.
        first = start + (1 if braces[0] and not braces[1] else 0)
        last = end - (1 if braces[1] and not braces[0] else 0)
        if first > start:
            self.braces.append((None, "", False))
        self.edits.append((first, last, composed))
        return last

    def _command(self, match: re.Match[str], start: int, end: int) -> int:
        raw, name, tables = self.raw, match["name"], self.tables
        before = raw[start - 1] if start else " "
        if name in tables.symbols:
            text = tables.symbols[name]
            if raw.startswith("{}", end):
                end += 2
            if name in tables.tight:
                after = end
                while after < len(raw) and raw[after] in _SPACES:
                    after += 1
                if raw[after : after + 1] in tuple("0123456789."):
                    end = after
            if text[:1].isascii() and text[:1].isalpha() and before.isalnum():
                text = " " + text
            self.edits.append((start, end, text))
            return end
        if name in tables.aside and (arguments := _ARGUMENTS.match(raw, end)):
            self.edits.append((start - (start > 0 and before in " ~"), arguments.end(), ""))
            return arguments.end()
        if name in tables.second and (first := _FIRST.match(raw, end)):
            return self._opened(start, first.end(), "")
        if name in _ACCENTS and (letter := _LETTER.match(raw, end)):
            composed = unicodedata.normalize("NFC", letter[1] + _ACCENTS[name])
            if len(composed) == 1:
                self.edits.append((start, letter.end(), composed))
                return letter.end()
        if name == "unicode" and (code := _UNICODE.match(raw, end)):
            self.edits.append((start, code.end(), _character(int(code[1], 16), code.group())))
            return code.end()
        brace = _BRACE.match(raw, end)
        if name in tables.silent or (name in tables.wrappers and not brace):
            while end < len(raw) and raw[end] in _SPACES:
                end += 1
            self.edits.append((start, end, tables.wrappers.get(name, ("", ""))[0].strip()))
            return end
        if brace and (name in tables.wrappers or brace.end() == end + 1):
            opening, closing = tables.wrappers.get(name, ("", ""))
            return self._opened(start, brace.end(), opening, closing, name in ("frac", "tfrac", "dfrac", "nicefrac"))
        return self._unknown(start, end, name, before)

    def _unknown(self, start: int, end: int, name: str, before: str) -> int:
        # A macro of the authors' (`\ours`) reads best as its own name; a path (`C:\data`) or an escape (`\n`) stays.
        for wrapper in ("mathcal", "mathbb", "mathbf", "boldsymbol", "mathrm"):
            if name.startswith(wrapper):
                self.edits.append((start, start + 1 + len(wrapper), ""))
                return end
        if glued := _GLUED_SYMBOL.match(name):
            text = self.tables.symbols.get(glued[1]) or self.tables.wrappers.get(glued[1], ("", ""))[0]
            self.edits.append((start, end - 1, text))
            return end
        script = self.raw[end : end + 1] in ("^", "_")
        if not self.maths and not script and (len(name) < 2 or before.isalnum() or before in ":\\/_"):
            return end
        self.edits.append((start, start + 1, " " if before.isalnum() and len(name) > 1 else ""))
        return end

    def _open(self, match: re.Match[str], start: int, end: int) -> int:
        raw, mark = self.raw, match.group()[0]
        if mark != "{":
            digit = raw[end : end + 1].isdigit() and not (start and raw[start - 1].isdigit())
            return self._opened(start, end, "" if mark == "_" and digit else mark)
        if start == self.denominator:
            return self._opened(start, end, "/")
        before = raw[start - 1] if start else " "
        if before.isalpha():
            lost = _LOST_WRAPPER.search(raw, max(0, start - 10), start)
            if lost and not self.maths:
                return self._opened(lost.start(), end, "")
        inside = raw[end : end + 1]
        switch = (
            inside == "\\"
            and (found := re.compile(r"[A-Za-z]+").match(raw, end + 1))
            and (found.group() in self.tables.silent or found.group() in self.tables.wrappers)
        )
        if self.maths or before == "}" or switch or (before.isalpha() and inside == "}"):
            return self._opened(start, end, "")
        group = _GROUP.match(raw, end)
        if group and (before.isalpha() or raw[group.end() : group.end() + 1].isalpha()):
            return self._opened(start, end, "")
        if _SINGLE.match(raw, end) or (before in " (" and _PHRASE.match(raw, end)):
            return self._opened(start, end, "")
        self.braces.append((None, "", False))
        return end

    def _close(self, match: re.Match[str], start: int, end: int) -> int:
        if self.braces:
            index, closing, fraction = self.braces.pop()
            if index is not None:
                self.edits.append((start, end, closing))
                if fraction and self.raw.startswith("{", end):
                    self.denominator = end
        return end

    def _dollar(self, match: re.Match[str], start: int, end: int) -> int:
        if start in self.dollars:
            self.maths = not self.maths
            self.edits.append((start, end, ""))
        return end

    def _index(self, match: re.Match[str], start: int, end: int) -> int:
        if self.maths and start and not self.raw[start - 1].isdigit():
            self.edits.append((start, end, ""))
        return end

    def _entity(self, match: re.Match[str], start: int, end: int) -> int:
        code = int(match["dec"]) if match["dec"] else int(match["hex"], 16)
        self.edits.append((start, end, _character(code, match.group())))
        return end

    def _styled(self, match: re.Match[str], start: int, end: int) -> int:
        self.edits.append((start, end, unicodedata.normalize("NFKC", match.group())))
        return end


def _character(code: int, otherwise: str) -> str:
    return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else otherwise


def _is_maths(content: str, after: str) -> bool:
    """Whether a pair of dollars around ``content`` is maths and not two prices."""
    prose = _PROSE.search(content) is not None
    if content in _OPERATORS:
        return True
    if _MATHS_MARK.search(content):
        return not (prose and (content[0].isdigit() or content[0].isspace() or content[-1].isspace()))
    return not (
        prose
        or content[0].isspace()
        or content[-1].isspace()
        or content[-1] in _ENDS_OPEN
        or after.isdigit()
        or len(content) > 60
    )


def maths_dollars(raw: str) -> frozenset[int]:
    """The positions of the dollars that enclose maths; the others are currency or stray and stay."""
    at = [match.start() for match in _DOLLAR.finditer(raw) if match.group() == "$"]
    found: list[int] = []
    index = 0
    while index + 1 < len(at):
        first, second = at[index], at[index + 1]
        if second == first + 1:
            if index + 3 < len(at) and at[index + 3] == at[index + 2] + 1:
                found += [first, second, at[index + 2], at[index + 3]]
                index += 4
                continue
        elif second - first <= 600 and _is_maths(raw[first + 1 : second], raw[second + 1 : second + 2]):
            found += [first, second]
            index += 2
            continue
        index += 1
    return frozenset(found)
