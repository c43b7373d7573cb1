"""Matches and document context to claims: the one place where pairing, signs and resolution happen."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar import Match
from ..lexicon import Lexicon
from ..model import Claim, Text, Token
from ..words import Words
from . import drafts, readings, scene
from .context import Context
from .resolve import Resolver
from .rows import Rows

__all__ = ["Assembler", "Context"]


class Assembler:
    """A sentence's claims depend on nothing but its tokens, its matches and the document's context."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self._resolver = Resolver(words, lexicon)
        self._rows = Rows(words, self._resolver.changes)

    def sentence(
        self,
        tokens: Sequence[Token],
        matches: Sequence[Match],
        context: Context,
        text: Text,
        span: tuple[int, int],
    ) -> list[Claim]:
        """The claims of one sentence, in order of their numbers."""
        found = readings.read(tokens, matches)
        if not found:
            return []
        setting = scene.build(tokens, self.words)
        rows = drafts.build(tokens, found, setting, self.words)
        self._resolver.resolve(rows, setting, context)
        return [claim for draft in rows for claim in self._rows.claims(draft, setting, context, text, span)]
