"""The grammar engine: patterns as data over typed tokens, compiled once, matched on encoded sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
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

    The patterns' literals enter the alphabet before compilation, so that sets of "any word" are complete.
    """

    def __init__(self, symbols: Symbols, patterns: Iterable[Pattern]) -> None:
        self.symbols = symbols
        self.patterns = sorted(patterns, key=lambda p: p.name)
        for before, p in pairwise(self.patterns):
            if before.name == p.name:
                raise GrammarError(
                    p.path,
                    "a pattern of this name exists already",
                    p.name,
                    hint=f"a name of its own; the other is in {before.path}",
                )
        literals = sorted({word for p in self.patterns for word in _named(p.node, "word")})
        self._classes = sorted({name for p in self.patterns for name in _named(p.node, "class")})
        for word in literals:
            symbols.add(word)
        symbols.add_phrases(literals)
        compiler = Compiler(symbols)
        needs: dict[frozenset[str], int] = {}  # each set of symbols that some pattern cannot do without → its bit
        self._compiled: list[tuple[int, Pattern, regex.Pattern[str], tuple[str, ...]]] = []
        for p in self.patterns:
            try:
                mask = 0
                for need in compiler.mandatory(p.node):
                    mask |= needs.setdefault(need, 1 << len(needs))
                compiled = compiler.regex(p.node)
            except PatternSyntax as e:
                raise GrammarError(p.path, e.reason, p.name, p.source, e.column, e.hint) from None
            self._compiled.append((mask, p, compiled, tuple(compiled.groupindex)))
        self._bits: dict[str, int] = {}
        for need, bit in needs.items():
            for char in need:
                self._bits[char] = self._bits.get(char, 0) | bit

    @classmethod
    def load(cls, folder: Path, symbols: Symbols) -> Grammar:
        """The grammar of all ``*.toml`` files in a folder; raises :class:`GrammarError`."""
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise GrammarError(str(folder), "holds no grammar file", hint="*.toml files with [[pattern]] tables")
        return cls(symbols, [p for f in files for p in load_patterns(f)])

    def match(self, encoded: str) -> list[Match]:
        """Every place where a pattern matches, at most one match a pattern and start; overlaps included."""
        bits = self._bits
        have = 0
        for char in set(encoded):
            have |= bits.get(char, 0)
        out: list[Match] = []
        for mask, pattern, compiled, names in self._compiled:
            if mask & have != mask:
                continue
            for m in compiled.finditer(encoded, overlapped=True):
                captures = {}
                for name in names:
                    spans = m.spans(name)
                    if len(spans) == 1:
                        captures[name] = tuple(range(*spans[0]))
                    elif spans:
                        captures[name] = tuple(sorted({i for s, e in spans for i in range(s, e)}))
                out.append(Match(pattern, m.start(), m.end(), captures))
        return out

    def classes_of(self, word: str) -> tuple[str, ...]:
        """The word classes with this lower-case word that patterns ask for."""
        return tuple(name for name in self._classes if word in self.symbols.classes[name])

    def progress(self, encoded: str, without: Collection[str] = ()) -> list[tuple[Pattern, Progress]]:
        """How far each pattern got, but those named in ``without``; slow, for explanations."""
        naive = Naive(self.symbols)
        found = ((p, naive.progress(p.node, encoded)) for p in self.patterns if p.name not in without)
        return [(p, progress) for p, progress in found if progress is not None and progress.wanted]


def _named(node: Node, kind: str) -> set[str]:
    """The names in a pattern of one kind: its words or its word classes."""
    return ({node.text} if node.kind == kind else set()).union(*(_named(item, kind) for item in node.items))
