"""Matches and document context to claims: the one place where pairing, signs and resolution happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..grammar import Match
from ..lexicon import Lexicon
from ..model import Claim, Text, Token
from ..words import Words
from . import candidates, drafts, readings, scene
from .choose import Choice, Chooser
from .context import Context
from .drafts import Draft
from .joins import Joins
from .neighbours import Neighbours
from .ranking import Ranking
from .resolve import Resolver
from .roles import Roles
from .rows import Rows
from .shares import Shares

__all__ = ["Assembled", "Assembler", "Context", "Ranking"]

_ABSTRACT = 400  # characters from which on a text is taken for an abstract, with its results at its end


@dataclass(frozen=True, slots=True)
class Assembled:
    """A number of a sentence with the candidates for its names and the claims made of the chosen ones."""

    draft: Draft
    choice: Choice
    claims: list[Claim]


class Assembler:
    """A sentence's claims depend on nothing but its tokens, its matches and the document's context."""

    def __init__(self, words: Words, lexicon: Lexicon, ranking: Ranking) -> None:
        self.words = words
        self._resolver = Resolver(words, lexicon)
        self.chooser = Chooser(self._resolver, ranking, words, lexicon)
        self.ranking = ranking
        neighbours = Neighbours(words)
        self.roles = Roles(neighbours, ranking)
        self.joins = Joins(neighbours, ranking)
        self.shares = Shares(neighbours, ranking)
        self._rows = Rows(words, lexicon, self._resolver.changes, self.shares, ranking)

    def sentence(
        self,
        tokens: Sequence[Token],
        matches: Sequence[Match],
        context: Context,
        text: Text,
        span: tuple[int, int],
    ) -> list[Assembled]:
        """What one sentence claims, in order of its numbers."""
        found = readings.read(tokens, matches)
        if not found:
            return []
        setting = scene.build(tokens, self.words)
        place = span[0] / len(text.clean) if len(text.clean) >= _ABSTRACT else None
        self.roles.settle(found, setting, place)
        made = self.joins.join(drafts.build(found), setting)
        self._resolver.resolve(made, setting, context)
        out: list[Assembled] = []
        for row in candidates.rows(made, setting):
            choice = self.chooser.choose(row, context, text)
            claims = list(self._rows.claims(row.draft, choice, setting, text, span))
            out.append(Assembled(row.draft, choice, claims))
        return out
