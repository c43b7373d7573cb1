"""Matches and document context to claims: the one place where pairing, signs and resolution happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..grammar import Match
from ..lexicon import Lexicon
from ..model import Claim, Text, Token
from ..words import Words
from . import candidates, drafts, readings, scene
from .choose import Choice, Chooser
from .context import Context
from .drafts import Draft
from .ranking import Ranking
from .resolve import Resolver
from .roles import Roles
from .rows import Rows

__all__ = ["Assembler", "Context", "Ranking"]


class Assembler:
    """A sentence's claims depend on nothing but its tokens, its matches and the document's context."""

    def __init__(self, words: Words, lexicon: Lexicon, ranking: Ranking) -> None:
        self.words = words
        self._resolver = Resolver(words, lexicon)
        self.chooser = Chooser(self._resolver, ranking, words, lexicon)
        self.ranking = ranking
        self.roles = Roles(words, ranking.weights["role"])
        self._rows = Rows(words, self._resolver.changes, ranking)
        self.watch: Callable[[Draft, Choice, list[Claim]], None] | None = None  # sees every row; learning needs it

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
        drafts.inherit_roles(tokens, found, setting)
        self.roles.settle(found, setting, self.ranking.rank)
        made = drafts.build(tokens, found, setting, self.words)
        self._resolver.resolve(made, setting, context)
        out: list[Claim] = []
        for row in candidates.rows(made, setting):
            choice = self.chooser.choose(row, context, text)
            claims = list(self._rows.claims(row.draft, choice, setting, text, span))
            if self.watch is not None:
                self.watch(row.draft, choice, claims)
            out.extend(claims)
        return out
