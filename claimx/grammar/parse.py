"""The notation of a pattern's ``match`` line, parsed into a small tree.

``TYPE`` · ``name:TYPE`` capture · ``TYPE+`` coordinated list · ``word`` · ``<class>`` · ``~3`` gap · ``[ a | b ]``
group · ``?`` optional · ``{m,n}`` bounded repeat. There is no ``*``, no open repeat and no repeat of a repeat, so that
the cost of a pattern at each start is bounded by the pattern and never by the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from ..tokens import spans

_Lexeme = tuple[str, str, int]  # kind, text, column
MAX_GAP = 12
MAX_REPEAT = 8
MAX_DEPTH = 8

_TOKEN = regex.compile(
    r"""\s*(?:(?P<gap>~[0-9]{1,3}+(?![0-9]))|(?P<class><[a-z][a-z0-9-]*>)|(?P<open>\[)|(?P<close>\])|(?P<bar>\|)|(?P<opt>\?)|(?P<list>\+)
    |(?P<rep>\{[0-9]{1,3}+,[0-9]{1,3}+\})|(?P<cap>[a-z_]+:(?=[A-Z<\[]))|(?P<type>[A-Z]{2,}+(?![a-z0-9]))|(?P<quote>'[^']+'|"[^"]+")
    |(?P<mark>:(?![A-Z<\[]))|(?P<word>[^\s~<>\[\]|?*+{}:A-Z'"]++(?!:)))""",
    regex.VERBOSE,
)


class PatternSyntax(Exception):
    """A mistake in a match line: what is wrong, at which column, and what would be legal there."""

    def __init__(self, reason: str, column: int, hint: str) -> None:
        self.reason, self.column, self.hint = reason, column, hint
        super().__init__(reason)


@dataclass(slots=True)
class Node:
    """One element: ``kind`` is seq, alt, set, type, class, word or gap.

    ``low`` and ``high`` bound its repeat; ``many`` makes it a coordinated list.
    """

    kind: str
    text: str = ""
    capture: str = ""
    many: bool = False
    low: int = 1
    high: int = 1
    column: int = 0
    items: list[Node] = field(default_factory=list)


ITEM_HINT = "TYPE, name:TYPE, word, <class>, ~n, [ ... ]"


def parse(source: str) -> Node:
    """Parse a match line; raises :class:`PatternSyntax`."""
    tokens = _tokens(source)
    node, rest = _alternatives(tokens, 0, len(source))
    if rest < len(tokens):
        raise PatternSyntax("a ']' without its '['", tokens[rest][2], ITEM_HINT)
    if _may_be_empty(node):
        raise PatternSyntax("the pattern can match no token at all", node.column, "at least one item without '?'")
    return node


def _tokens(source: str) -> list[_Lexeme]:
    tokens: list[_Lexeme] = []
    at = depth = 0
    while at < len(source):
        m = _TOKEN.match(source, at)
        if m is None:
            if not source[at:].strip():
                break
            column = at + len(source[at:]) - len(source[at:].lstrip())
            raise PatternSyntax(*_unexpected(source, column))
        kind = m.lastgroup or ""
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_DEPTH:
            raise PatternSyntax("brackets nested too deep", m.start(kind), f"at most {MAX_DEPTH} levels")
        tokens.append((kind, m.group(kind), m.start(kind)))
        at = m.end()
    return tokens


def _unexpected(source: str, column: int) -> tuple[str, int, str]:
    """Reason, column and hint for a place where no token of the notation begins."""
    char = source[column]
    if char == "*":
        return (
            "'*' is not of this notation: a repeat has a bound",
            column,
            "{m,n}, TYPE+, or '*' in quotes for the sign itself",
        )
    if char == "{":
        return "not a repeat", column, f"{{m,n}} with m <= n <= {MAX_REPEAT}"
    if char == "~":
        return "a gap without its length", column, f"~1 to ~{MAX_GAP}"
    if char == "<":
        return "not a word class", column, "<class>, or '<' in quotes for the sign itself"
    if char in "'\"":
        return "a quote that does not end", column, "'word'"
    if char.isupper():
        return "not a token type", column, "a TYPE in capitals; words are written in lower case"
    if regex.match(r"[^\s:]+:", source, pos=column):
        return (
            "a capture names nothing",
            column,
            "name:TYPE, name:<class> or name:[ ... ] without a space; for the sign, put a space before ':'",
        )
    return f"unexpected {char!r}", column, ITEM_HINT


def _may_be_empty(node: Node) -> bool:
    if node.low == 0 or node.kind == "gap":
        return True
    if node.kind == "seq":
        return all(map(_may_be_empty, node.items))
    return node.kind == "alt" and any(map(_may_be_empty, node.items))


def _alternatives(tokens: list[_Lexeme], at: int, end: int) -> tuple[Node, int]:
    branches = []
    while True:
        branch, at = _sequence(tokens, at, end)
        branches.append(branch)
        if at < len(tokens) and tokens[at][0] == "bar":
            at += 1
            continue
        break
    return (branches[0], at) if len(branches) == 1 else (Node("alt", items=branches), at)


def _sequence(tokens: list[_Lexeme], at: int, end: int) -> tuple[Node, int]:
    out = Node("seq", column=tokens[at][2] if at < len(tokens) else end)
    while at < len(tokens) and tokens[at][0] not in ("close", "bar"):
        node, at = _item(tokens, at, end)
        out.items.append(node)
    if not out.items:
        raise PatternSyntax("an empty alternative", out.column, ITEM_HINT)
    return out, at


def _item(tokens: list[_Lexeme], at: int, end: int) -> tuple[Node, int]:
    """An element with its capture before it and its repeat marks after it."""
    kind, text, column = tokens[at]
    capture = ""
    if kind == "cap":
        capture, at = text[:-1], at + 1
        if at >= len(tokens) or tokens[at][0] not in ("type", "class", "open"):
            raise PatternSyntax("a capture names nothing", column, "TYPE or <class> after 'name:'")
    node, at = _element(tokens, at, end)
    if capture and _may_be_empty(node):
        raise PatternSyntax(
            "a capture of a group that may be empty", column, "'?' after the group instead of within it"
        )
    node.capture, node.column = capture, column
    if at < len(tokens) and tokens[at][0] == "list":
        if node.kind not in ("type", "class", "set"):
            reason = "only a TYPE, a <class> or a choice of them can be a coordinated list"
            raise PatternSyntax(reason, tokens[at][2], "TYPE+")
        node.many, at = True, at + 1
    if at < len(tokens) and tokens[at][0] in ("opt", "rep"):
        _repeat(node, tokens[at])
        at += 1
        if at < len(tokens) and tokens[at][0] in ("opt", "rep", "list"):
            raise PatternSyntax("two repeat marks in a row", tokens[at][2], ITEM_HINT)
    return node, at


def _element(tokens: list[_Lexeme], at: int, end: int) -> tuple[Node, int]:
    kind, text, column = tokens[at]
    if kind == "open":
        node, after = _alternatives(tokens, at + 1, end)
        if after >= len(tokens):
            raise PatternSyntax("a '[' without its ']'", column, "']'")
        return _collapse(Node("alt", items=[node]) if node.kind != "alt" else node), after + 1
    if kind == "gap":
        if not 1 <= int(text[1:]) <= MAX_GAP:
            raise PatternSyntax(f"a gap of {text[1:]} tokens", column, f"~1 to ~{MAX_GAP}")
        return Node("gap", text[1:]), at + 1
    if kind == "type":
        return Node("type", text), at + 1
    if kind == "class":
        return Node("class", text[1:-1]), at + 1
    if kind in ("word", "quote", "mark"):
        word = text[1:-1] if kind == "quote" else text
        if word != word.lower():
            reason = "a word with capitals never matches: tokens are compared in lower case"
            raise PatternSyntax(reason, column, repr(word.lower()))
        parts = [word[a:b] for a, b in spans(word)]
        if parts != [word]:
            raise PatternSyntax("never a token by itself", column, " ".join(map(repr, parts)) or "a word or a mark")
        return Node("word", word), at + 1
    raise PatternSyntax(f"{text!r} has nothing to apply to", column, ITEM_HINT)


def _repeat(node: Node, mark: _Lexeme) -> None:
    kind, text, column = mark
    if node.kind != "gap" and _may_be_empty(node):  # engines differ on rounds that take nothing
        raise PatternSyntax("a repeat of what may be empty", column, "'?' in one place only")
    if kind == "opt":
        node.low = 0
        return
    node.low, node.high = (int(n) for n in text[1:-1].split(","))
    if node.many or not node.low <= node.high <= MAX_REPEAT or node.high < 1:
        legal = f"{{m,n}} with m <= n <= {MAX_REPEAT}"
        raise PatternSyntax("a repeat that is empty, too long, or of a list", column, legal)
    inner = [node] if node.kind == "gap" else _descendants(node)
    if node.high > 1 and any(n.high > 1 or n.many or n.kind == "gap" for n in inner):
        raise PatternSyntax("a repeat of a repeat", column, "one repeat at a time; a list and a gap are repeats too")


def _collapse(group: Node) -> Node:
    """A group whose alternatives are single symbols is one set of symbols."""
    singles = []
    for branch in group.items:
        item = branch.items[0] if branch.kind == "seq" and len(branch.items) == 1 else branch
        if (
            item.kind not in ("type", "class", "word", "set")
            or item.capture
            or item.many
            or (item.low, item.high) != (1, 1)
        ):
            return group
        singles.append(item)
    return Node("set", items=singles)


def _descendants(node: Node) -> list[Node]:
    out: list[Node] = []
    for item in node.items:
        out.append(item)
        out.extend(_descendants(item))
    return out
