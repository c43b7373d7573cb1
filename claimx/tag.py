"""One non-overlapping sequence of typed tokens for a sentence: numbers, names and words.

Candidates compete for their span and the longest wins: ``top-1``, ``CIFAR-10`` and ``pass@1`` are names, so the numbers
in them are none. :mod:`claimx.chunk` makes noun phrases of what remains.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import regex

from .acronyms import shaped
from .lexicon import Hit, Lexicon, fold
from .model import Quantity, Token
from .names import Name, Register
from .tokens import spans as word_spans
from .words import Words

QUANTITY_TYPE = {"percent": "PCT", "points": "PTS", "factor": "FAC", "unit": "UNIT", "count": "INT", "plain": "NUM"}
_START = attrgetter("start")
MAX_NAME = 7  # text tokens in one introduced name
SURE = 9  # strength of a name that the title introduces, or the text again and again
MAX_HEDGE = 4  # words before a number that its bound was read from
_LANGUAGE_PAIR = regex.compile(r"[A-Z][a-z]{1,2}(?:-|–|→|2|/)[A-Z][a-z]{1,2}")  # "En-De"
_VERSION = regex.compile(r"[0-9][0-9.]*(?:-[\w.]+)?")  # "2.5-pro"
_BENCH_PART = regex.compile(r"\p{L}Bench-(?![0-9]+B)\w")  # "FooBench-Refusal", but no "FooBench-7B"
_NUMBERED = regex.compile(r"[0-9]+\p{Lu}\p{Ll}{2}")  # "7Scenes"
_LEAD = regex.compile(r"[^\W_]++")
_PREFIXED = regex.compile(r"(?:pre|post|non|anti|multi|cross|inter|intra|semi|sub|co)-")
_PRODUCT = regex.compile(r"\s?[0-9]")  # "256 X 128": a size, no factor
COMPOUND = regex.compile(r"-[a-z]+(?:ed|ing|based|like|level|wise|free|specific)$|^non-|^IID$")  # "LLM-generated"
# A name that ends in a metric's is a metric: "SC-IoU", "Taxo_F1", "mHOTA", "QA-Score", "EM@1".
_METRIC_TAIL = regex.compile(
    r"(?:^[a-z]|[-_])(F1|IoU|AUC|AUROC|AUPRC|BLEU|PSNR|SSIM|FID|RMSE|MSE|WER|CER|PPL|m?AP|FPR|TPR|MRR|NDCG|nDCG|HOTA|MOTA"
    r"|Dice|Acc|Score|Accuracy|Recall|Precision)$|[A-Za-z]@[0-9]++$"
)
_HEDGE_WORDS = frozenset(
    "up to about around approximately approx approx. roughly nearly almost over more less fewer greater higher lower "
    "larger smaller than at least most as much many high low few no under below above exceeding beyond close of "
    "upwards maximum minimum some sim ca circa c. ~ ∼ ≈ < > ≤ ≥ <= >= only just merely a an the average surpassing "
    "well ± + mere whopping estimated".split()
)
# Hedges that are whole by themselves, unless one of the words of _HEDGE_LEADS stands before.
_HEDGES = frozenset(
    "up over about around under below above ~ ∼ ≈ < > as at nearly almost roughly approximately".split()
)
_HEDGE_LEADS = frozenset("well just only no as up at to a an the".split())
_NO_HEDGES = frozenset("of to average the".split())  # never the first word of a hedge
_SENTENCE_MARKS = frozenset('. : ? ! “ "'.split())

_Found = tuple[Token, int]  # a token, and the index of the word after it
_PLAIN, _PAIR, _SHAPED, _CAPITAL = range(4)  # what a word's shape makes of it: nothing, languages, a name, perhaps one
_VOCABULARY = 1 << 15  # words kept; a text of other words than these begins anew
_ARTICLES = frozenset({"a", "A", "an", "An"})  # "a CER" is no ACER


class _Word:
    """What a word tells by itself, wherever it stands; found out once for each word."""

    __slots__ = ("key", "lead", "low", "named", "opens", "shape", "starts")

    def __init__(
        self, word: str, lexicon: Lexicon, classes: dict[str, frozenset[str]], openers: frozenset[str]
    ) -> None:
        self.key = fold(word)
        self.low = word.lower()
        self.opens = self.low in openers  # a form of two words: "speeds up"
        lead = _LEAD.match(word) if word[0].isalnum() else None
        self.lead = lead.group() if lead is not None else ""  # a name of the document may begin with it
        self.named = word[0].isalnum()
        self.starts = self.named and word not in _ARTICLES and lexicon.starts(self.key)
        self.shape = _shape(word, self.low, lexicon, classes) if self.named else _PLAIN


def _shape(word: str, low: str, lexicon: Lexicon, classes: dict[str, frozenset[str]]) -> int:
    if _LANGUAGE_PAIR.fullmatch(word):
        return _PAIR
    if COMPOUND.search(word) or _PREFIXED.match(word):
        return _PLAIN  # "LLM-generated" modifies; it names nothing
    adjective = low in classes["adjective-name"]
    if shaped(word) and (not word[0].isdigit() or _NUMBERED.match(word)):
        if not adjective and low not in classes["ci"]:
            return _SHAPED
    if len(word) > 1 and word[0].isupper() and not word.isupper() and word.isalpha():
        # No name in "German", "Monday", "Corpus"; but in "Split CIFAR-100"
        if not adjective and low not in classes["time-adverb"] and (low not in lexicon.bench_heads or low == "split"):
            return _CAPITAL
    return _PLAIN


class Tagger:
    """Tags sentences against one lexicon and one set of word classes; holds no state between documents."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.lexicon, self.words = lexicon, words
        self._openers = frozenset(phrase.split()[0] for phrase in words.phrases)
        self._vocabulary: dict[str, _Word] = {}

    def vocabulary(self, words: Sequence[str]) -> list[_Word]:
        """What each of the words tells by itself."""
        known = self._vocabulary
        if len(known) > _VOCABULARY:
            known.clear()
        out = []
        for word in words:
            record = known.get(word)
            if record is None:
                record = known[word] = _Word(word, self.lexicon, self.words.classes, self._openers)
            out.append(record)
        return out

    def raw(self, text: str, start: int, end: int, quantities: Sequence[Quantity], register: Register) -> list[Token]:
        """Words, names and numbers of ``text[start:end]``.

        ``quantities`` are those of the whole text, in order; ``register`` holds the names that the document introduces.
        """
        return _Reader(self, text, start, end, quantities, register).tokens()


class _Reader:
    """Reads one sentence from left to right."""

    __slots__ = ("classes", "folded", "lexicon", "out", "phrases", "quantities", "register", "spans", "text", "words")

    def __init__(
        self, tagger: Tagger, text: str, start: int, end: int, quantities: Sequence[Quantity], register: Register
    ) -> None:
        self.lexicon, self.classes, self.phrases = tagger.lexicon, tagger.words.classes, tagger.words.phrases
        self.text, self.register = text, register
        self.spans = word_spans(text, start, end)
        self.words = tagger.vocabulary([text[a:b] for a, b in self.spans])
        self.folded = [word.key for word in self.words]
        first = bisect_left(quantities, start, key=_START)
        self.quantities = [
            q
            for q in quantities[first : bisect_left(quantities, end, first, key=_START)]
            if not (q.kind == "factor" and _PRODUCT.match(text, q.end))
        ]
        self.out: list[Token] = []

    def tokens(self) -> list[Token]:
        text, spans, words, inside, out = self.text, self.spans, self.words, self.quantities, self.out
        first_words = self.register.first_words
        i, n, nq, numbers = 0, len(spans), 0, len(inside)
        while i < n:
            a, b = spans[i]
            while nq < numbers and inside[nq].end <= a:
                nq += 1
            q = inside[nq] if nq < numbers and inside[nq].start < b else None
            word = words[i]
            plain = not (word.starts or word.shape or word.lead in first_words)
            name = None if plain else self._name_at(i)
            if q is not None and (name is None or spans[name[1] - 1][1] <= q.end):
                i = self._take_quantity(q, i)
                continue
            if word.opens and i + 1 < n and (name is None or (name[1] == i + 1 and name[0].type == "METRIC")):
                pair = f"{word.low} {words[i + 1].low}"
                if pair in self.phrases:
                    out.append(Token(a, spans[i + 1][1], text[a : spans[i + 1][1]], pair))  # "speeds up" is a verb
                    i += 2
                    continue
            if name is not None:
                token, i = name
                if token.type == "METHOD" and token.data is None and self._version_at(i):
                    token.end, i = spans[i][1], i + 1  # "Claude 4", "Gemini 2.5-pro"
                    token.text = token.name = text[token.start : token.end]
                    token.low = token.text.lower()
                out.append(token)
                continue
            out.append(Token(a, b, text[a:b], word.low))
            i += 1
        return out

    def _word(self, i: int) -> str:
        a, b = self.spans[i]
        return self.text[a:b]

    # -- numbers -------------------------------------------------------------------------------------------------

    def _take_quantity(self, q: Quantity, i: int) -> int:
        """Put a quantity out in place of its words, of which ``i`` is the first; the index of the word after it."""
        self._pop_hedge(q)
        type_ = QUANTITY_TYPE.get(q.kind, "NUM")
        if q.word and q.text.lower().endswith("half"):
            type_ = "FAC"  # "at half the cost", "reduced by half"
        if q.sign and (type_ in ("NUM", "INT", "PCT") or (q.sign == "+" and type_ != "FAC")):
            type_ = "SIGNED"
        self.out.append(Token(q.start, q.end, self.text[q.start : q.end], q.text.lower(), type_, data=q))
        while i < len(self.spans) and self.spans[i][0] < q.end:
            i += 1
        if i < len(self.spans) and self._word(i) == "+":
            i += 1
        return i

    def _pop_hedge(self, q: Quantity) -> None:
        """Take back the words that the quantity's bound was read from: "up to", "more than"."""
        if q.bound == "=":
            return
        out = self.out
        kept = len(out)
        while kept and len(out) - kept < MAX_HEDGE and out[kept - 1].low in _HEDGE_WORDS:
            kept -= 1
            if out[kept].low in _HEDGES and (not kept or out[kept - 1].low not in _HEDGE_LEADS):
                break
        while kept < len(out) and out[kept].low in _NO_HEDGES:
            kept += 1
        if kept and kept + 1 == len(out) and out[kept].low in ("below", "above") and self._moves(out[kept - 1].low):
            return  # "falls below 50%" tells the value, "falls by less than 5%" the change
        del out[kept:]

    def _moves(self, word: str) -> bool:
        return word in self.classes["reduce"] or word in self.classes["raise"]

    # -- names ---------------------------------------------------------------------------------------------------

    def _name_at(self, i: int) -> _Found | None:
        """The name that begins at word ``i``: of the document, of the lexicon, or by its shape."""
        word = self.words[i]
        own = self._introduced_at(i) if word.lead in self.register.first_words else None
        hit = self.lexicon.find(self.folded, self.text, self.spans, i) if word.starts else None
        if hit is not None and (own is None or hit.end >= own[1]):
            if own is not None and hit.end == own[1] and own[0].type != "METRIC" and hit.entry.kind != "METRIC":
                return own
            return self._curated(hit)
        return own if own is not None else self._shaped_at(i)

    def _introduced_at(self, i: int) -> _Found | None:
        """The longest name of the document's register that begins at word ``i``."""
        first = self._word(i)
        a = self.spans[i][0]
        for end in range(min(len(self.spans), i + MAX_NAME), i, -1):
            b = self.spans[end - 1][1]
            surface = self.text[a:b]
            known = self.register.by_surface.get(surface)
            if known is not None and (end > i + 1 or shaped(first) or first[0].isupper()):
                type_, head = self._type_of(known), fold(known.name)
                return Token(a, b, surface, surface.lower(), type_, name=known.name, head=head, data=known), end
        return None

    def _type_of(self, known: Name) -> str:
        """The type of an introduced name, by what it is short for."""
        if any(self._is_metric(x, known.strength) for x in (*known.aliases, known.name)):
            return "METRIC"
        if known.kind == "BENCH" or (known.strength < 5 and any(map(self._is_bench, known.aliases))):
            return "BENCH"
        return "METHOD"

    def _is_bench(self, surface: str) -> bool:
        entry = self.lexicon.lookup(surface)
        return entry is not None and entry.kind == "BENCH"

    def _is_metric(self, surface: str, strength: int) -> bool:
        entry = self.lexicon.lookup(surface)
        if entry is not None and entry.kind == "METRIC":
            return True
        return strength < SURE and " " in surface and self._ends_in_metric(surface)

    def _ends_in_metric(self, surface: str) -> bool:
        last = surface.split()[-1].lower() if surface.split() else ""
        return last in self.lexicon.heads or last.rstrip("s") in self.lexicon.heads

    def _curated(self, hit: Hit) -> _Found:
        """A name of the lexicon."""
        if hit.entry.kind == "FAMILY":
            return self._family(hit.start, hit.end)
        a, b = self.spans[hit.start][0], self.spans[hit.end - 1][1]
        surface, head = self.text[a:b], self.words[hit.end - 1].key
        token = Token(a, b, surface, surface.lower(), hit.entry.kind, name=hit.name, head=head, data=hit.entry)
        return token, hit.end

    def _shaped_at(self, i: int) -> _Found | None:
        """A name that nothing but its shape tells."""
        shape = self.words[i].shape
        if shape == _PAIR:
            a, b = self.spans[i]
            return Token(a, b, first := self.text[a:b], low := self.words[i].low, "BENCH", name=first, head=low), i + 1
        if shape == _SHAPED or (shape == _CAPITAL and self._capital_is_name(i)):
            return self._named_by_shape(i)
        return None

    def _capital_is_name(self, i: int) -> bool:
        """Whether a capital makes a name: within a sentence, and not after a mark."""
        before = self._word(i - 1) if i else "."
        return before not in _SENTENCE_MARKS and (before != ")" or i > 3)

    def _named_by_shape(self, i: int) -> _Found:
        """A name that begins at word ``i`` with the capitalised words that follow, typed by its ending."""
        end = i + 1
        while end < len(self.spans) and self._continues_name(end):
            end += 1
        a, b = self.spans[i][0], self.spans[end - 1][1]
        surface = self.text[a:b]
        low = surface.lower()
        type_, head = "NAME", low
        if " " in surface:
            last = low.rsplit(" ", 1)[-1]
            if last in self.lexicon.heads or last.rstrip("s") in self.lexicon.heads:
                type_, head = "METRIC", last
        elif (tail := _METRIC_TAIL.search(surface)) is not None:
            entry = self.lexicon.lookup(tail.group(1)) if tail.group(1) else None
            return Token(a, b, surface, low, "METRIC", name=surface, head=low, data=entry), end
        elif surface.endswith(self.lexicon.bench_suffixes) and surface not in self.lexicon.bench_suffixes:
            type_ = "BENCH" if low not in self.lexicon.not_benches else "NAME"
        elif _BENCH_PART.search(surface):
            type_ = "BENCH"
        elif len(surface) < 9 and sum(map(str.isupper, surface)) > 1:
            type_ = "ACRONYM"
        return Token(a, b, surface, low, type_, name=surface, head=head), end

    def _continues_name(self, i: int) -> bool:
        """Whether word ``i`` goes on with a name known by shape: "Foo Pro", "Foo V2", "Foo Bar"."""
        word = self._word(i)
        if self._gap_before(i) != " ":
            return False
        if word in self.lexicon.family_suffixes and word != "it":
            return True
        if not word[0].isupper():
            return False
        if len(word) < 4 and word[1:].isdigit():
            return True
        low = word.lower()
        plain = word[1:2].islower() and word.isalpha()
        return plain and low not in self.classes["adjective-name"] and low not in self.lexicon.bench_heads

    def _family(self, start: int, end: int) -> _Found:
        """A model with the versions, sizes and suffixes that follow it: "Llama 3.1 8B", "Claude 3.5 Sonnet"."""
        while end < len(self.spans) and self._continues_family(end):
            end += 1
        a, b = self.spans[start][0], self.spans[end - 1][1]
        surface = self.text[a:b]
        return Token(a, b, surface, surface.lower(), "METHOD", name=surface, head=surface.lower()), end

    def _continues_family(self, i: int) -> bool:
        word = self._word(i)
        if self._gap_before(i) != " ":
            return False
        if word in self.lexicon.family_suffixes:
            return True
        if not word[0].isdigit() or len(word) >= 7 or word.endswith(("x", "×", "%")):
            return False
        b = self.spans[i][1]
        return any(c.isalpha() or c == "." for c in word) and self.text[b : b + 1] not in ("%", "×", "")

    def _version_at(self, i: int) -> bool:
        """Whether word ``i`` is a version number right after a name, and no part of a quantity."""
        if i >= len(self.spans) or self._gap_before(i) != " ":
            return False
        a, b = self.spans[i]
        return _VERSION.fullmatch(self.text, a, b) is not None and not any(
            q.start < b and a < q.end for q in self.quantities
        )

    def _gap_before(self, i: int) -> str:
        return self.text[self.spans[i - 1][1] : self.spans[i][0]]
