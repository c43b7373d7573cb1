"""The grammar engine: patterns as data over typed tokens, compiled once, matched on encoded sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from ..errors import GrammarError
from .compile import Compiler
from .load import Example, Pattern, load_patterns
from .naive import Naive, Progress
from .parse import Node, PatternSyntax
from .symbols import Symbols

__all__ = ["Example", "Grammar", "Match", "Pattern", "Progress", "Symbols", "load_patterns"]


@dataclass(frozen=True, slots=True)
class Match:
    """One rule that fired: token span and, for each capture, the token indexes in order."""

    pattern: Pattern
    start: int
    end: int
    captures: dict[str, tuple[int, ...]]


class Grammar:
    """Compiled patterns over one alphabet.

    ``add_words`` of the pattern's literals happens before compilation, so that sets of "any word" are complete.
    """

    def __init__(self, symbols: Symbols, patterns: Iterable[Pattern]) -> None:
        self.symbols = symbols
        self.patterns = sorted(patterns, key=lambda p: p.name)
        names = [p.name for p in self.patterns]
        for p in self.patterns:
            if names.count(p.name) > 1:
                raise GrammarError(p.path, "a pattern of this name exists already", p.name, hint="a name of its own")
            _add_literals(p.node, symbols)
        compiler = Compiler(symbols)
        self._compiled: list[tuple[Pattern, regex.Pattern[str], list[frozenset[str]]]] = []
        for p in self.patterns:
            try:
                self._compiled.append((p, compiler.regex(p.node), sorted(compiler.mandatory(p.node), key=len)))
            except PatternSyntax as e:
                raise GrammarError(p.path, e.reason, p.name, p.source, e.column, e.hint) from None

    @classmethod
    def load(cls, folder: Path, symbols: Symbols) -> Grammar:
        """The grammar of all ``*.toml`` files in a folder; raises :class:`GrammarError`."""
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise GrammarError(str(folder), "holds no grammar file", hint="*.toml files with [[pattern]] tables")
        return cls(symbols, [p for f in files for p in load_patterns(f)])

    def match(self, encoded: str) -> list[Match]:
        """Every place where a pattern matches, at most one match a pattern and start; overlaps included."""
        present = set(encoded)
        out: list[Match] = []
        for pattern, compiled, mandatory in self._compiled:
            if any(present.isdisjoint(need) for need in mandatory):
                continue
            for m in compiled.finditer(encoded, overlapped=True):
                captures = {name: tuple(s for s, e in m.spans(name) for s in range(s, e)) for name in compiled.groupindex if m.start(name) >= 0}
                out.append(Match(pattern, m.start(), m.end(), captures))
        return out

    def progress(self, encoded: str, without: Collection[str] = ()) -> list[tuple[Pattern, Progress]]:
        """How far each pattern got, but those named in ``without``; slow, for explanations."""
        naive = Naive(self.symbols)
        found = ((p, naive.progress(p.node, encoded)) for p in self.patterns if p.name not in without)
        return [(p, progress) for p, progress in found if progress is not None and progress.wanted]


def _add_literals(node: Node, symbols: Symbols) -> None:
    if node.kind == "word":
        symbols.add(node.text)
    for item in node.items:
        _add_literals(item, symbols)
