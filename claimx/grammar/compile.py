"""From a parsed match line to ``regex`` over encoded sentences, and the symbols that it cannot do without."""

from __future__ import annotations

import difflib

import regex

from .parse import Node, PatternSyntax
from .symbols import GROUPS, LIST_MARKS, TYPES, Symbols

SINGLE = ("type", "class", "word", "set")  # nodes of one symbol
MAX_LIST = 24  # items of one coordinated list


def charset(chars: str) -> str:
    """A character class of the given characters, as ranges so that it stays short."""
    if len(chars) == 1:
        return chars
    codes = sorted(set(map(ord, chars)))
    parts, start, last = [], codes[0], codes[0]
    for code in [*codes[1:], -1]:
        if code != last + 1:
            parts.append(chr(start) if start == last else f"{chr(start)}-{chr(last)}")
            start = code
        last = code
    return "[" + "".join(parts) + "]"


class Compiler:
    """Compiles parsed patterns against one alphabet, which must be complete (all words added) before."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        marks = "".join(c for w in LIST_MARKS if (c := symbols.word(w)))
        self.comma, self.join, self.gap = symbols.add(","), marks, symbols.gap()
        join = charset(marks)
        self._separator = f"(?:{self.comma}{join}|{join})"
        self._gap = charset(self.gap)

    def regex(self, node: Node) -> regex.Pattern[str]:
        return regex.compile(self._render(node))

    def chars(self, node: Node) -> str:
        """The symbols that a node of one symbol stands for; raises :class:`PatternSyntax` for an unknown name."""
        if node.kind == "type":
            if node.text not in TYPES and node.text not in GROUPS:
                legal = [*TYPES, *GROUPS]
                near = difflib.get_close_matches(node.text, legal, 3, 0.4)
                raise PatternSyntax(f"no token type is called {node.text}", node.column, ", ".join(near or legal))
            return self.symbols.of_type(node.text)
        if node.kind == "class":
            if node.text not in self.symbols.classes:
                legal = sorted(self.symbols.classes)
                near = difflib.get_close_matches(node.text, legal, 3, 0.4)
                raise PatternSyntax(
                    f"no word class is called <{node.text}>", node.column, ", ".join(f"<{n}>" for n in near or legal)
                )
            if not self.symbols.classes[node.text]:
                raise PatternSyntax(f"the word class <{node.text}> is empty", node.column, "a class with words")
            return self.symbols.of_class(node.text)
        if node.kind == "set":
            return "".join(self.chars(item) for item in node.items)
        return self.symbols.of_word(node.text)

    def _render(self, node: Node) -> str:
        if node.kind == "gap":
            return f"{self._gap}{{0,{node.text}}}?"
        if node.kind in SINGLE:
            one = charset(self.chars(node))
            body = f"(?P<{node.capture}>{one})" if node.capture else one
            if node.many:
                body = f"{body}(?:{self._separator}{body}){{0,{MAX_LIST - 1}}}+"
        else:
            inner = [self._render(i) for i in node.items]
            body = "".join(inner) if node.kind == "seq" else "|".join(inner)
            if node.capture:
                body = f"(?P<{node.capture}>{body})"
        if (node.low, node.high) == (1, 1):
            return body if node.kind in ("seq", *SINGLE) else f"(?:{body})"
        times = "?" if (node.low, node.high) == (0, 1) else f"{{{node.low},{node.high}}}"
        return f"(?:{body}){times}"

    def mandatory(self, node: Node) -> list[frozenset[str]]:
        """Sets of symbols of which any match must contain at least one each: what lets a sentence skip the pattern."""
        if node.low == 0 or node.kind == "gap":
            return []
        if node.kind in SINGLE:
            return [frozenset(self.chars(node))]
        if node.kind == "alt" and len(node.items) > 1:
            # Each branch needs one of its own sets, so any match has a symbol of their union.
            each = [min(self.mandatory(item), key=len, default=None) for item in node.items]
            return [] if None in each else [frozenset().union(*(need for need in each if need is not None))]
        out: list[frozenset[str]] = []
        for item in node.items:
            out.extend(self.mandatory(item))
        return out
