"""Typed tokens to what patterns match: noun phrases merged, bracketed short forms folded in, symbols given."""

from __future__ import annotations

from .categories import NOMINAL, NUMBERS, Categories
from .grammar.symbols import Symbols
from .lexicon import Entry, Lexicon
from .model import Token
from .phrases import Phrases
from .testbeds import Testbeds
from .words import Words

_COUNTED = frozenset({"NP", "METRIC", "GROUP", "BASE", "METHOD", "NAME", "ACRONYM", "HUMAN", "BENCH", "OURS"})
_ALIASED = frozenset({"NP", "NAME", "METHOD", "BENCH", "METRIC", "BASE", "ACRONYM", "OURS"})
_SHORT = frozenset({"ACRONYM", "NAME", "METHOD", "BENCH", "METRIC"})
_NAMES = frozenset({"NAME", "ACRONYM", "METHOD"})
_SUBJECTS = frozenset({"METHOD", "NAME", "ACRONYM", "HUMAN"})
NAMED = frozenset({"NAME", "METHOD", "BENCH", "ACRONYM"})  # what benchmarks are made of
_ASIDE = 12  # tokens of the longest aside that may be dropped


class Chunker:
    """Chunks tagged sentences against one lexicon, one set of word classes and one alphabet; holds no state."""

    def __init__(self, lexicon: Lexicon, words: Words, symbols: Symbols) -> None:
        self.symbols = symbols
        self._categories = Categories(words)
        self._phrases = Phrases(lexicon, words)
        self._testbeds = Testbeds(lexicon, words)
        self._interval = words.classes["ci"]
        self._lost = words.classes["lossnoun"]
        self._degrees = words.classes["absolute"] | words.classes["relative"]  # adverbs that patterns name

    def chunk(self, toks: list[Token]) -> list[Token]:
        """The tokens with determiners and adverbs dropped and noun phrases merged and typed.

        The tokens handed in may be changed.
        """
        _verbs_before_numbers(toks)
        self._losses(toks)
        out = self._testbeds.settle(_fold_aliases(self._drop_asides(self._merged(toks))))
        for k, t in enumerate(out):
            if t.type == "INT" and (t.data.word or not t.text[-1:].isdigit() or _counts(out, k)):
                t.type = "COUNT"
            t.symbol = self._symbol(t)
        return out

    def _merged(self, toks: list[Token]) -> list[Token]:
        cats = [self._categories.of(toks, i) for i in range(len(toks))]
        out: list[Token] = []
        i, n = 0, len(toks)
        det = ""
        while i < n:
            cat, t = cats[i], toks[i]
            if cat in NOMINAL:
                end = _phrase_end(cats, i)
                phrase = self._phrases.of(toks[i:end], det)
                phrase[0].det = det
                out.extend(phrase)
                det, i = "", end
                continue
            i += 1
            if cat == "D":
                det = t.low
                if det in ("both", "all", "each") and i < n and cats[i] in ("F", "M"):
                    out.append(t)
            elif cat == "R":
                if t.low in self._degrees:
                    out.append(t)
            else:
                if cat == "F" and t.low in ("we", "it", "ours", "they") and det == "":
                    t.type, t.head = "OURS", t.low
                elif cat == "V":
                    t.head = "verb"
                det = ""
                out.append(t)
        return out

    def _losses(self, toks: list[Token]) -> None:
        """As in "1.5% loss in accuracy", "1.5% accuracy loss": no metric but a word of change."""
        for k in range(1, len(toks)):
            t = toks[k]
            if t.type == "METRIC" and t.low in self._lost:
                of = k + 1 < len(toks) and toks[k + 1].low in ("of", "in")
                if toks[k - 1].type == "METRIC" or (of and any(o.type == "METRIC" for o in toks[k + 2 : k + 5])):
                    t.type = "WORD"

    def _drop_asides(self, toks: list[Token]) -> list[Token]:
        """Without citations, bracketed intervals ("(95% CI 1.4-1.8)"), and bracketed words right after a metric."""
        out: list[Token] = []
        i = 0
        while i < len(toks):
            if toks[i].low in ("(", "["):
                ends = range(i + 1, min(len(toks), i + _ASIDE))
                close = next((k for k in ends if toks[k].low in (")", "]")), None)
                inner = toks[i + 1 : close] if close is not None else []
                if close is not None and (_is_citation_or_interval(toks[i], inner) or self._is_aside(inner, out)):
                    i = _outer(toks, i, close) + 1
                    continue
            out.append(toks[i])
            i += 1
        return out

    def _is_aside(self, inner: list[Token], before: list[Token]) -> bool:
        if any(t.low in self._interval for t in inner):
            return True
        after_metric = bool(before) and before[-1].type == "METRIC"
        return after_metric and len(inner) > 1 and all(t.type in ("NP", "WORD") for t in inner)

    def _symbol(self, t: Token) -> str:
        if t.type == "NP":
            return self.symbols.phrase("NP", t.low)
        if t.type != "WORD":
            return self.symbols.type(t.type)
        known = self.symbols.word(t.low)
        if known:
            return known
        if t.head == "verb":
            return self.symbols.type("VERB")
        return self.symbols.type("WORD" if t.low[:1].isalnum() else "MARK")


def _outer(toks: list[Token], opening: int, close: int) -> int:
    """The bracket that closes the one at ``opening``, where ``close`` is of one within: "[95% interval (CI) …]"."""
    opened = sum(t.low in ("(", "[") for t in toks[opening + 1 : close])
    for k in range(close + 1, min(len(toks), opening + _ASIDE)):
        if not opened:
            break
        opened += (toks[k].low in ("(", "[")) - (toks[k].low in (")", "]"))
        if not opened:
            return k
    return close


def _is_citation_or_interval(opening: Token, inner: list[Token]) -> bool:
    """As in "[3]", "[1, 4-6]", a reference between a name and its verb, or "[-0.04, 0.02]", the range of a value."""
    if opening.low != "[" or not inner:
        return False
    interval = len(inner) == 3 and inner[1].low in (",", ";") and {inner[0].type, inner[2].type} <= NUMBERS
    return interval or all(t.text[0].isdigit() or t.low in (",", ";", "-", "–") for t in inner)


def _verbs_before_numbers(toks: list[Token]) -> None:
    """As in "o3 scores only 54.9", "larger models score 54.9": no metric but a verb."""
    for k in range(1, len(toks) - 1):
        t, before, after = toks[k], toks[k - 1], toks[k + 1]
        if t.type == "METRIC" and t.low in ("score", "scores"):
            plural = t.low == "score" and before.type == "WORD" and before.low.endswith("s")
            if (plural or before.type in _SUBJECTS) and (after.type in NUMBERS or after.low in ("only", "just")):
                t.type = "WORD"


def _phrase_end(cats: list[str], start: int) -> int:
    """The index after the noun phrase that begins at ``start``; adverbs may stand within, not at the end."""
    end, n = start + 1, len(cats)
    while end < n and (cats[end] in NOMINAL or (cats[end] == "R" and end + 1 < n and cats[end + 1] in NOMINAL)):
        end += 1
    return end


def _counts(toks: list[Token], k: int) -> bool:
    """Whether what follows a number can be counted; a score cannot ("3 BLEU points", "89 Elo")."""
    if k + 1 >= len(toks) or toks[k + 1].type not in _COUNTED:
        return False
    entry = toks[k + 1].data
    return not (isinstance(entry, Entry) and entry.better != "none" and not entry.efficiency)


def _fold_aliases(toks: list[Token]) -> list[Token]:
    """As in "National Lung Screening Trial (NLST)": the bracketed short form belongs to the phrase before it."""
    out: list[Token] = []
    i, n = 0, len(toks)
    while i < n:
        if toks[i].low == "(" and out and i + 2 < n and toks[i + 2].low == ")":
            long, short = out[-1], toks[i + 1]
            if long.type == "OURS" and long.low not in ("we", "it", "they") and short.type in _NAMES:
                out[-1] = _named_ours(long, short)
                i += 3
                continue
            if long.type in _ALIASED and short.type in _SHORT and _fold_alias(long, short):
                i += 3
                if long.type in ("NAME", "METHOD", "BENCH") and i < n and toks[i].type == "GROUP":
                    if " " not in toks[i].text:  # "Foo Bar (FB) dataset"
                        long.type, long.name, long.end = "BENCH", long.name or long.text, toks[i].end
                        i += 1
                continue
        out.append(toks[i])
        i += 1
    return out


def _named_ours(ours: Token, short: Token) -> Token:
    """As in "our method (Foo)" as the method Foo."""
    name = short.name or short.text
    return Token(ours.start, short.end + 1, ours.text, ours.low, "METHOD", name=name, head=ours.head, det=ours.det)


def _fold_alias(long: Token, short: Token) -> bool:
    """Let a phrase take in its bracketed short form, and its type where that is the surer one; whether it is one."""
    known = short.data is not None and not isinstance(short.data, Entry)  # a name of the document's register
    same = short.type == long.type and long.type in ("METRIC", "BENCH")
    if not (known or same or short.type == "ACRONYM" or (short.type == "METRIC" and long.type == "NP")):
        return False
    if known or long.type == "NP" or (long.type == "NAME" and short.type != "ACRONYM"):
        if long.type in ("NP", "NAME", "ACRONYM") or short.type in ("METRIC", "BENCH"):
            long.type, long.name, long.data = short.type, short.name, short.data
    elif long.type == "BENCH" and long.data is None:
        long.name = short.name or short.text  # as the text will call it
    elif same and _names_nothing(long) and isinstance(short.data, Entry):
        long.name, long.data = short.name, short.data  # "retrieval performance (nDCG@10)"
    long.end = short.end + 1
    return True


def _names_nothing(metric: Token) -> bool:
    """Whether a metric says only that something was measured: "performance", "quality"."""
    return isinstance(metric.data, Entry) and (metric.data.generic or metric.data.name == "quality")
