"""The stages in order: clean, split, find numbers, tag, match, assemble. The only module that knows them all."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from . import lexicon, names, units, words
from .assemble import Assembled, Assembler, Context, Ranking
from .chunk import NAMED, Chunker
from .clean import clean
from .consistency import settle
from .errors import GrammarError
from .explain import Explanation as Explanation
from .explain import Step
from .explain import build as build_explanation
from .grammar import Grammar, Symbols
from .model import Claim, Document, Quantity, Skipped, Span, Text, Token
from .quantities import find_quantities
from .resources import grammars_dir
from .sentences import split
from .tag import Tagger

MAX_SENTENCE = 5_000
"""Longest sentence that is read, in characters of the cleaned text; the longest of 100,000 real ones has 1,800."""

MAX_TEXT = 200_000
"""Longest text that is read, in characters. A longer one is no abstract."""

OnSkip = Callable[[Skipped], None]

# Sentences without a number that may name the data sets of the evaluation.
_PLACES = regex.compile(
    r"\b(?:data ?sets?|benchmarks?|corpus|corpora|evaluat\w+|experiments?|tested|test|suite|challenge|leaderboard)\b",
    regex.I,
)
_PREFIX = regex.compile(r"^[a-z]+-")  # "deep-RL"


def _may_claim(q: Quantity) -> bool:
    """Whether a number can be a claim by itself: counts in words or scaled ("three", "175B") are none."""
    return q.kind != "count" or not (q.word or q.text[-1] not in "0123456789")


def checked(rows: list[Assembled]) -> list[Assembled]:
    """The rows of a sentence, with the verdicts on their arithmetic."""
    claims = [claim for row in rows for claim in row.claims]
    settled = settle(claims)
    if settled is claims:
        return rows
    rest = iter(settled)
    return [replace(row, claims=[next(rest) for _ in row.claims]) for row in rows]


class _Context(Context):
    """A context that reads the sentences without a claim only once a later one has something to claim."""

    def __init__(self, register: names.Register, read: Callable[[int], list[Token]]) -> None:
        super().__init__(register)
        self.read = read
        self.waiting: list[int] = []

    def visit(self, tokens: Sequence[Token]) -> None:
        now = self.sentence
        for n in self.waiting:
            self.sentence = n
            super().visit(self.read(n))
        self.waiting.clear()
        self.sentence = now
        super().visit(tokens)


class Extractor:
    """A loaded grammar with its lexicons; stateless between texts."""

    def __init__(self, terms: lexicon.Lexicon | None = None, learning: bool = False) -> None:
        """``terms`` stands in for the lexicon that belongs to the grammar.

        ``learning`` keeps every feature of the candidates, those without a weight too.
        """
        folder = grammars_dir()
        self.words = words.load(folder)
        self.lexicon = terms or lexicon.load(folder)
        for entry in self.lexicon.entries:
            if entry.unit and entry.unit not in units.forms().names:
                reason = f"metric {entry.name!r} has the unknown unit {entry.unit!r}"
                raise GrammarError(str(folder / "lexicon"), reason, hint="the units that units.txt defines")
        self.symbols = Symbols()
        for name, members in self.words.classes.items():
            self.symbols.add_class(name, members)
        self.grammar = Grammar.load(folder / "patterns", self.symbols)
        self.tagger = Tagger(self.lexicon, self.words)
        self.chunker = Chunker(self.lexicon, self.words, self.symbols)
        self.assembler = Assembler(self.words, self.lexicon, Ranking.load(folder, learning))

    def extract(
        self,
        text: str,
        title: str | None = None,
        watch: Callable[[Step], None] | None = None,
        skip: Callable[[Span, str], None] | None = None,
    ) -> list[Claim]:
        """The claims of one abstract, in order; never raises on text.

        ``watch`` sees each sentence's stages, ``skip`` the place in ``text`` of what is too long to be read, and why.
        """
        if len(text) > MAX_TEXT:
            if skip is not None:
                skip((0, len(text)), f"a text longer than {MAX_TEXT:,} characters")
            return []
        cleaned = clean(text)
        quantities = find_quantities(cleaned.clean)
        if not any(map(_may_claim, quantities)):
            return []
        spans = split(cleaned.clean)
        starts = [s for s, _ in spans]
        wanted = {bisect_left(starts, q.start + 1) - 1 for q in quantities if _may_claim(q)}
        register = names.build(clean(title).clean if title else None, cleaned.clean, self._known)
        context = _Context(register, lambda n: self._named(cleaned.clean, spans[n], register))
        claims: list[Claim] = []
        for n, (a, b) in enumerate(spans):
            if b - a > MAX_SENTENCE:
                if skip is not None:
                    skip(cleaned.origin(a, b), f"a sentence longer than {MAX_SENTENCE:,} characters")
                continue
            if n not in wanted:
                context.waiting.append(n)
                continue
            context.enter(n)
            tokens = self.tokens(cleaned.clean, a, b, quantities, register)
            encoded = "".join(t.symbol for t in tokens)
            matches = self.grammar.match(encoded)
            rows = checked(self.assembler.sentence(tokens, matches, context, cleaned, (a, b)))
            if watch is not None:
                watch(Step((a, b), tokens, encoded, matches, rows))
            for row in rows:
                claims.extend(row.claims)
        return claims

    def _named(self, text: str, span: Span, register: names.Register) -> list[Token]:
        """The tokens of a sentence without a claim; none where no benchmark can come of them."""
        if _PLACES.search(text, *span):
            raw = self.tagger.raw(text, *span, (), register)
            if any(t.type in NAMED for t in raw):
                return self.chunker.chunk(raw)
        return []

    def _known(self, name: str, strength: int) -> bool:
        """Whether the field at large has the name, so that no document introduces it.

        That is a common abbreviation, or an established method that the document does not expressly introduce.
        """
        if _PREFIX.sub("", name).lower() in self.words.classes["adjective-name"]:
            return True
        return strength < 6 and self.lexicon.lookup(name) is not None

    def tokens(
        self, text: str, start: int, end: int, quantities: Sequence[Quantity], register: names.Register
    ) -> list[Token]:
        """The typed tokens of one sentence."""
        return self.chunker.chunk(self.tagger.raw(text, start, end, quantities, register))


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor over the grammar that ships with claimx, loaded once a process."""
    return Extractor()


def extract(
    text: str, title: str | None = None, min_confidence: float = 0.0, on_skip: OnSkip | None = None
) -> list[Claim]:
    """The claims of one abstract.

    ``text`` is the abstract as it stands; ``title`` helps to name "our method". The claims' spans point into ``text``.
    Claims whose confidence is below ``min_confidence`` are left out; ValueError where that is not from 0 to 1.
    A sentence longer than :data:`MAX_SENTENCE`, and a text longer than :data:`MAX_TEXT`, is not read: ``on_skip`` is
    told, and without it a warning says so.
    """
    return _sure(Document("", text, title), _checked(min_confidence), on_skip)


def extract_document(document: Document, min_confidence: float = 0.0, on_skip: OnSkip | None = None) -> list[Claim]:
    """The claims of one document, with its id, title, source and date; the rest as in :func:`extract`."""
    found = _sure(document, _checked(min_confidence), on_skip)
    return [
        replace(c, paper_id=document.id, title=document.title, source=document.source, published=document.published)
        for c in found
    ]


def extract_many(
    documents: Iterable[Document], min_confidence: float = 0.0, on_skip: OnSkip | None = None
) -> Iterator[Claim]:
    """The claims of many documents, lazily, in their order; the rest as in :func:`extract`."""
    floor = _checked(min_confidence)
    return (claim for document in documents for claim in extract_document(document, floor, on_skip))


def _sure(document: Document, floor: float, on_skip: OnSkip | None) -> list[Claim]:
    """The claims of a document's text whose confidence is ``floor`` or more."""
    told = on_skip or _warn

    def skip(place: Span, reason: str) -> None:
        told(Skipped(document.id, *place, reason))

    return [c for c in extractor().extract(document.text, document.title, skip=skip) if (c.confidence or 0.0) >= floor]


def _warn(skipped: Skipped) -> None:
    warnings.warn(f"not read: {skipped}", stacklevel=2)


def _checked(min_confidence: float) -> float:
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; legal are numbers from 0 to 1")
    return min_confidence


def explain(text: str, title: str | None = None) -> Explanation:
    """How a text is read: its tokens, the patterns that fired or nearly did, and where each field came from."""
    steps: list[Step] = []
    skipped: dict[Span, str] = {}
    extractor().extract(text, title, steps.append, skipped.__setitem__)
    whole = (0, len(text))
    if whole in skipped:
        return build_explanation(Text(text, text), title, [whole], steps, extractor().grammar, skipped)
    cleaned = clean(text)
    return build_explanation(cleaned, title, split(cleaned.clean), steps, extractor().grammar, skipped)
