"""One non-overlapping sequence of typed tokens for a sentence: numbers, names, classed words and noun phrases.

Candidates compete for their span and the longest wins: ``top-1``, ``CIFAR-10`` and ``pass@1`` are names, so the numbers in
them are none. What remains is chunked into noun phrases, typed by their head noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from .grammar.symbols import Symbols
from .lexicon import Entry, Lexicon, fold
from .model import Quantity, Token
from .names import Register, shaped
from .tokens import spans as word_spans
from .words import Words

QUANTITY_TYPE = {"percent": "PCT", "points": "PTS", "factor": "FAC", "unit": "UNIT", "count": "INT", "plain": "NUM"}
_VERSION_START = "0123456789v"
_LANGUAGE_PAIR = regex.compile(r"[A-Z][a-z]{1,2}(?:-|–|→|2|/)[A-Z][a-z]{1,2}")
_COUNTED = frozenset({"NP", "METRIC", "GROUP", "BASE", "METHOD", "NAME", "ACRONYM", "HUMAN", "BENCH", "OURS"})
_PLURAL = frozenset({"datasets", "benchmarks", "corpora", "suites", "environments", "collections"})
_VERSION = regex.compile(r"[0-9][0-9.]*(?:-[\w.]+)?")
_LEAD = regex.compile(r"[^\W_]++")
_PREFIXED = regex.compile(r"(?:pre|post|non|anti|multi|cross|inter|intra|semi|sub|co)-")
_PRODUCT = regex.compile(r"\s?[0-9]")  # "256 X 128": a size, no factor
_MODEL = regex.compile(r"[0-9]+(?:\.[0-9]+)?[BM]$|(?i:gpt|llama|qwen|bert|t5|vit|resnet|gemma|mistral|claude|gemini|phi|deit|a100|h100|v100|gpu|cpu|rtx|jetson|tpu|mac|imb|arm|x86)")
_CLOSES = frozenset(", . ; ) and or & by with respectively while when using in for compared over ( to".split())
_COMPOUND = regex.compile(r"-[a-z]+(?:ed|ing|based|like|level|wise|free|specific)$|^non-|^IID$")
_ALIASED = frozenset({"NP", "NAME", "METHOD", "BENCH", "METRIC", "BASE", "ACRONYM", "OURS"})
_SHORT = frozenset({"ACRONYM", "NAME", "METHOD", "BENCH", "METRIC"})
_NAMED = frozenset({"NAME", "METHOD", "BENCH", "ACRONYM"})
_NOMINAL = frozenset({"N", "METRIC", "BENCH", "METHOD", "NAME", "HUMAN", "ACRONYM"})
# Words that are nouns or verbs; which one, their neighbours tell.
_EITHER = frozenset(
    "score scores cost costs time times result results test tests benchmark benchmarks report reports rank ranks label labels track tracks scale scales map maps sample "
    "samples process processes work works state states study studies design designs play set sets rate rates measure measures record records run runs need needs use uses "
    "match pair pairs stack level name names place form forms process query queries return returns peak peaks average averages cover covers support filter filters model "
    "models train display end start stop answer answers range ranges span spans change changes shift shifts transfer transfers approach approaches trade attack attacks "
    "project projects estimate estimates flag cache load loads store power screen mark marks market segment segments translate feature features call calls update updates "
    "control position order frame frames judge judges surface limit limits object objects subject turn turns act plan plans release releases pass passes fail capture "
    "review claim claims lead sound sounds contract access attempt attempts question questions task tasks".split()
)
# Verb forms that abstracts use as nouns wherever the syntax allows both.
_NOUN_ING = frozenset(
    "learning training tuning fine-tuning finetuning prompting sampling processing reasoning decoding encoding scaling modeling modelling planning mapping tracking testing embedding "
    "filtering merging matching ranking labeling labelling screening timing rendering pre-training pretraining masking forecasting annotating scheduling".split()
)
_NUMBERS = frozenset({"PCT", "PTS", "FAC", "UNIT", "NUM", "INT", "SIGNED"})
_VERBAL = frozenset("record records range ranges leave leaves flip flips score scores peak peaks average averages hover hovers sit sits stand stands fail need needs use uses work works run runs return returns report reports set sets show shows lead match pass act play".split())
_ADVERBS = frozenset("only just even also very still already further quite too rather then thus thereby again often always together alone approximately roughly nearly almost".split())
_HEDGE_WORDS = frozenset(
    "up to about around approximately approx approx. roughly nearly almost over more less fewer greater higher lower larger smaller than at least most as much many high low few no under below above "
    "exceeding beyond within close of upwards maximum minimum some sim ca circa c. ~ ∼ ≈ < > ≤ ≥ <= >= only just merely a an the average surpassing well ± + mere whopping an estimated".split()
)


@dataclass(slots=True)
class Tagger:
    """Tags sentences against one lexicon and one set of word classes; holds no state between documents."""

    lexicon: Lexicon
    words: Words
    symbols: Symbols
    _classes: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        c = self.words.classes
        self._classes = c

    # -- names -------------------------------------------------------------------------------------------------

    def raw(self, text: str, start: int, end: int, quantities: Sequence[Quantity], register: Register) -> list[Token]:
        """Words, names and numbers of ``text[start:end]`` before chunking."""
        spans = word_spans(text, start, end)
        folded = [fold(text[a:b]) for a, b in spans]
        inside = [q for q in quantities if start <= q.start < end and not (q.kind == "factor" and _PRODUCT.match(text, q.end))]
        out: list[Token] = []
        i, n, nq = 0, len(spans), 0
        while i < n:
            a, b = spans[i]
            while nq < len(inside) and inside[nq].end <= a:
                nq += 1
            q = inside[nq] if nq < len(inside) and inside[nq].start < b else None
            name = self._name_at(text, spans, folded, i, register, out)
            if q is not None and (name is None or spans[name[1] - 1][1] <= q.end):
                if q.start <= a or q.start < b:
                    self._pop_hedge(out, q)
                    out.append(self._quantity(text, q))
                    while i < n and spans[i][0] < q.end:
                        i += 1
                    if out and i < n and text[spans[i][0]:spans[i][1]] == "+" :
                        i += 1
                    continue
            pair = f"{text[a:b]} {text[spans[i + 1][0]:spans[i + 1][1]]}".lower() if i + 1 < n else ""
            if pair in self.words.phrases and (name is None or name[1] == i + 1 and name[0].type == "METRIC"):
                out.append(Token(a, spans[i + 1][1], text[a:spans[i + 1][1]], pair))  # "speeds up" is a verb
                i += 2
                continue
            if name is not None:
                token, i = name
                if token.type == "METHOD" and token.data is None and i < n and text[spans[i - 1][1]:spans[i][0]] == " " and _VERSION.fullmatch(text, *spans[i]) \
                        and not any(q.start < spans[i][1] and spans[i][0] < q.end for q in inside):
                    token.end, i = spans[i][1], i + 1  # "Claude 4", "Gemini 2.5-pro"
                    token.text = token.name = text[token.start:token.end]
                    token.low = token.text.lower()
                out.append(token)
                continue
            word = text[a:b]
            out.append(Token(a, b, word, word.lower()))
            i += 1
        return out

    def _quantity(self, text: str, q: Quantity) -> Token:
        type_ = QUANTITY_TYPE.get(q.kind, "NUM")
        if q.word and q.text.lower().endswith("half"):
            type_ = "FAC"  # "at half the cost", "reduced by half"
        if q.sign and (type_ in ("NUM", "INT") or q.sign == "+" and type_ != "FAC"):
            type_ = "SIGNED"
        return Token(q.start, q.end, text[q.start:q.end], q.text.lower(), type_, data=q)

    def _pop_hedge(self, out: list[Token], q: Quantity) -> None:
        if q.bound == "=":
            return
        kept = len(out)
        while kept and len(out) - kept < 4 and out[kept - 1].low in _HEDGE_WORDS:
            kept -= 1
            if out[kept].low in ("up", "over", "about", "around", "under", "below", "above", "~", "∼", "≈", "<", ">", "as", "at", "nearly", "almost", "roughly", "approximately") and (
                not kept or out[kept - 1].low not in ("well", "just", "only", "no", "as", "up", "at", "to", "a", "an", "the")):
                break
        popped = out[kept:]
        while popped and popped[0].low in ("of", "to", "average", "within", "as", "the") and popped[0].low != "as":
            popped.pop(0)
            kept += 1
        del out[kept:]

    def _name_at(self, text: str, spans: Sequence[tuple[int, int]], folded: Sequence[str], i: int, register: Register, out: list[Token]) -> tuple[Token, int] | None:
        a, b = spans[i]
        first = text[a:b]
        if not first[0].isalnum():
            return None
        best: tuple[Token, int] | None = None
        lead = _LEAD.match(first)
        for end in range(min(len(spans), i + 7), i, -1) if lead is not None and lead.group() in register.first_words else ():
            known = register.by_surface.get(text[a:spans[end - 1][1]])
            if known is not None and (end > i + 1 or shaped(first) or first[0].isupper()):
                type_ = "BENCH" if known.kind == "BENCH" else "METHOD"
                surface = text[a:spans[end - 1][1]]
                if any(self._metric_key(x) for x in (*known.aliases, known.name)):
                    type_ = "METRIC"
                elif known.strength < 5 and any((entry := self.lexicon.lookup(x)) is not None and entry.kind == "BENCH" for x in known.aliases):
                    type_ = "BENCH"
                best = (Token(a, spans[end - 1][1], surface, surface.lower(), type_, name=known.name, head=fold(known.name), data=known), end)
                break
        hit = self.lexicon.find(folded, text, spans, i)
        if hit is not None and (best is None or hit.end >= best[1]):
            if best is not None and hit.end == best[1] and best[0].type != "METRIC" and hit.entry.kind != "METRIC":
                return best
            surface = text[a:spans[hit.end - 1][1]]
            if hit.entry.kind == "FAMILY":
                return self._family(text, spans, i, hit.end)
            type_ = hit.entry.kind
            return Token(a, spans[hit.end - 1][1], surface, surface.lower(), type_, name=hit.name, head=folded[hit.end - 1], data=hit.entry), hit.end
        if best is not None:
            return best
        if _LANGUAGE_PAIR.fullmatch(first):
            return Token(a, b, first, first.lower(), "BENCH", name=first, head=first.lower()), i + 1
        if _COMPOUND.search(first) or _PREFIXED.match(first):
            return None  # "LLM-generated" modifies; it names nothing
        if shaped(first) and first.lower() not in self._classes["adjective-name"] and first.lower() not in self._classes["ci"] and not first[0].isdigit():
            return self._family(text, spans, i, i + 1, "NAME")
        if first[0].isupper() and i and not first.isupper() and first.isalpha() and len(first) > 1 and self._capital_is_name(text, spans, i, first):
            return self._family(text, spans, i, i + 1, "NAME")
        return None

    def _metric_key(self, surface: str) -> bool:
        entry = self.lexicon.lookup(surface)
        if entry is not None and entry.kind == "METRIC":
            return True
        last = surface.split()[-1].lower() if surface.split() else ""
        return " " in surface and (last in self.lexicon.heads or last.rstrip("s") in self.lexicon.heads)

    def _capital_is_name(self, text: str, spans: Sequence[tuple[int, int]], i: int, first: str) -> bool:
        low = first.lower()
        if low in self._classes["adjective-name"] or low in self._classes["time-adverb"]:
            return False
        before = text[spans[i - 1][0]:spans[i - 1][1]]
        return before not in (".", ":", "?", "!", ")", "“", '"') or (before == ")" and i > 3)

    def _family(self, text: str, spans: Sequence[tuple[int, int]], start: int, end: int, type_: str = "METHOD") -> tuple[Token, int]:
        """A model name with the versions, sizes and suffixes that follow it: "Llama 3.1 8B", "Claude 3.5 Sonnet"."""
        while end < len(spans):
            a, b = spans[end]
            word = text[a:b]
            gap = text[spans[end - 1][1]:a]
            if gap not in (" ", ""):
                break
            if word in self.lexicon.family_suffixes and gap == " ":
                end += 1
            elif type_ == "METHOD" and gap == " " and word[0].isdigit() and any(c.isalpha() or c == "." for c in word) and not word.endswith(("x", "×", "%")) and len(word) < 7 and text[b:b + 1] not in "%×":
                end += 1
            elif type_ == "NAME" and gap == " " and len(word) < 4 and word[0].isupper() and word[1:].isdigit():
                end += 1
            elif gap == " " and word[0].isupper() and word[1:2].islower() and word.isalpha() and type_ == "NAME" and word.lower() not in self._classes["adjective-name"] and word.lower() not in self.lexicon.bench_heads:
                end += 1
            else:
                break
        a, b = spans[start][0], spans[end - 1][1]
        surface = text[a:b]
        last = surface.rsplit(" ", 1)[-1].lower()
        if type_ == "NAME" and " " in surface and (last in self.lexicon.heads or last.rstrip("s") in self.lexicon.heads):
            return Token(a, b, surface, surface.lower(), "METRIC", name=surface, head=last), end
        if type_ == "NAME" and " " not in surface and surface.endswith(self.lexicon.bench_suffixes) and surface not in self.lexicon.bench_suffixes:
            type_ = "BENCH"
        elif type_ == "NAME" and " " not in surface and len(surface) < 9 and sum(c.isupper() for c in surface) > 1:
            type_ = "ACRONYM"
        return Token(a, b, surface, surface.lower(), type_, name=surface, head=surface.lower()), end

    # -- noun phrases --------------------------------------------------------------------------------------------

    def category(self, toks: list[Token], i: int) -> str:
        """D(eterminer), F(unction word), C(lassed word), V(erb), R(adverb), N(oun or adjective) or the token's type."""
        t = toks[i]
        if t.type != "WORD":
            return t.type
        low, c = t.low, self._classes
        if not low[0].isalnum():
            return "M"
        if low in c["determiner"]:
            return "D"
        if low in _EITHER:
            return "N" if self._noun_here(toks, i) else "V"
        if low in c["function"] or low in c["quality"] or low in c["faster"] or low in c["slower"] or low in c["better"] or low in c["worse"] or low in c["more"] or low in c["less"]:
            return "F"
        if low in _ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in ("anomaly", "family", "assembly", "supply", "early", "reply", "likely", "monthly", "daily", "weekly", "yearly", "hourly")):
            return "R"
        if low in c["gain"] or low in c["rise"] or low in c["drop"] or low in c["harm"] or low in c["speedup"] or low in c["gap"] or low in c["lossnoun"] or low in c["ci"] or low in c["points"] or low in c["absolute"] or low in c["relative"]:
            return "C"
        if low in c["improve"] or low in c["raise"] or low in c["reduce"] or low in c["worsen"] or low in c["exceed"] or low in c["lag"]:
            return "C"
        if low in self.words.verbs:
            nxt = toks[i + 1] if i + 1 < len(toks) else None
            before = toks[i - 1] if i else None
            if low in c["baseline-mod"] and nxt is not None and self._noun_like(nxt):
                return "N"  # "existing methods"
            if low in _NOUN_ING and before is not None and before.low not in ("by", "while", "when", "after", "before", "without", "of") and not (nxt is not None and nxt.low in c["determiner"]):
                return "N"
            if low.endswith("ing") and low in c["verb"] and before is not None and self._noun_like(before) and (
                    nxt is None or (nxt.type == "WORD" and (nxt.low in c["function"] or nxt.low in self.words.verbs or not nxt.low[0].isalpha()) and nxt.low not in c["determiner"])):
                return "N"  # "instruction tuning provides"
            if low.endswith("ed") and before is not None and nxt is not None and (before.low in c["baseline-mod"] or before.low in c["ours-mod"]) and self._noun_like(nxt):
                return "N"  # "previous fine-tuned models"
            if nxt is not None and low.endswith(("ing", "ed", "en", "wn")):
                prev = toks[i - 1] if i else None
                nominal = nxt.type in _NOMINAL or (nxt.type == "WORD" and nxt.low[0].isalpha() and nxt.low not in c["function"] and nxt.low not in c["determiner"] and nxt.low not in self.words.verbs)
                if nominal and low.endswith("ing") and low not in c["achieve"] and prev is not None and (prev.low in c["determiner"] or prev.low in ("of", "in", "and", "higher", "lower", "faster", "less", "more") or prev.type in ("PCT", "FAC", "UNIT") or (prev.type == "WORD" and prev.low in self.words.verbs)):
                    return "N"
                if nominal and not low.endswith("ing") and prev is not None and (prev.low in c["determiner"] or prev.low in c["function"] or prev.low in c["more"] or prev.low in c["less"] or prev.type in ("PCT", "FAC", "INT") or prev.low in (",", "(")) and prev.low not in ("was", "were", "is", "are", "been", "be", "we", "it", "has", "have", "which") and not (
                        prev.low == "that" and not (i > 1 and toks[i - 2].low in self.words.verbs)):
                    return "N"
            return "V"
        if low[0].isdigit() and not any(x.isalpha() for x in low):
            return "M"
        return "N"

    def _noun_like(self, t: Token) -> bool:
        """Whether a raw token can be part of a noun phrase, going by the word alone."""
        c = self._classes
        return t.type in _NOMINAL or (t.type == "WORD" and t.low[0].isalpha() and t.low not in c["function"] and t.low not in c["determiner"] and t.low not in self.words.verbs
                                      and not t.low.endswith("ly"))

    def _noun_here(self, toks: list[Token], i: int) -> bool:
        prev = toks[i - 1] if i else None
        nxt = toks[i + 1] if i + 1 < len(toks) else None
        if prev is None:
            return nxt is not None and not (nxt.type == "WORD" and nxt.low in self._classes["determiner"])
        if prev.type in ("METRIC", "PCT", "NUM", "UNIT", "FAC", "INT", "PTS"):
            return True
        if prev.low == ")":
            return False
        if nxt is not None and (nxt.type in _NUMBERS or nxt.low in ("only", "just", "about", "around", "from", "at", "below", "above")) and toks[i].low in _VERBAL and self._noun_like(prev):
            return False
        if toks[i].low in _VERBAL and prev.type == "WORD" and self._noun_like(prev) and nxt is not None and not self._noun_like(nxt):
            return False
        if nxt is not None and nxt.type == "WORD" and nxt.low in self.words.verbs and nxt.low not in _EITHER and not nxt.low.endswith("ing") and prev.low not in ("we", "to", "which", "they"):
            return True
        if prev.low in ("we", "it", "they", "to", "that", "which", "can", "could", "will", "may", "and", "who", "i", "not") or prev.type in ("METHOD", "NAME", "ACRONYM"):
            if prev.low in ("to", "and", "that"):
                return nxt is not None and nxt.type == "WORD" and nxt.low in ("of", "from", "on", ",", ".", "by") and prev.low != "that" and prev.low != "to"
            if prev.type in ("METHOD", "NAME", "ACRONYM"):  # "FooNet model," but "FooNet models the data"
                return toks[i].low not in _VERBAL and (nxt is None or nxt.low in (",", ".", ")", "(", ";", ":") or (nxt.type == "WORD" and nxt.low in self._classes["function"] and nxt.low not in self._classes["determiner"]))
            return False
        return True

    def chunk(self, toks: list[Token]) -> list[Token]:
        """The tokens with determiners and adverbs dropped and noun phrases merged and typed."""
        for k in range(1, len(toks) - 1):  # "o3 scores only 54.9": no metric but a verb
            if toks[k].low in ("score", "scores") and toks[k].type == "METRIC" and toks[k - 1].type in ("METHOD", "NAME", "ACRONYM", "HUMAN") \
                    and (toks[k + 1].type in _NUMBERS or toks[k + 1].low in ("only", "just")):
                toks[k].type = "WORD"
        cats = [self.category(toks, i) for i in range(len(toks))]
        out: list[Token] = []
        i, n = 0, len(toks)
        det = ""
        while i < n:
            cat, t = cats[i], toks[i]
            if cat == "D":
                det = t.low
                if t.low in ("both", "all", "each") and i + 1 < n and cats[i + 1] in ("F", "M"):
                    out.append(t)
                i += 1
                continue
            if cat == "R":
                if t.low in self._classes["absolute"] or t.low in self._classes["relative"]:
                    out.append(t)
                i += 1
                continue
            if cat in _NOMINAL:
                j = i
                while j < n and (cats[j] in _NOMINAL or (cats[j] == "R" and j + 1 < n and cats[j + 1] in _NOMINAL and j > i)):
                    j += 1
                phrase = self._phrase(toks[i:j], det)
                phrase[0].det = det
                out.extend(phrase)
                det, i = "", j
                continue
            if cat == "F" and t.low in ("we", "it", "ours", "they") and det == "":
                t.type, t.head = "OURS", t.low
            elif cat == "V":
                t.head = "verb"
            det = ""
            out.append(t)
            i += 1
        out = self._places(self._fold_aliases(self._drop_asides(out)))
        for k, t in enumerate(out):
            if t.type == "INT" and (t.data.word or not t.text[-1:].isdigit() or (k + 1 < n and k + 1 < len(out) and out[k + 1].type in _COUNTED)):
                t.type = "COUNT"
            t.symbol = self._symbol(t)
        return out

    def _places(self, toks: list[Token]) -> list[Token]:
        """Names that stand where a benchmark stands: "on RAFT", "on Foo-2 and BAR"; never models by size."""
        on = False
        for k in range(1, len(toks)):
            t, before = toks[k], toks[k - 1]
            if before.low == "on":
                on = True
            elif not (on and before.low in (",", "and", "or", "&", "both") or before.type == "BENCH"):
                on = False
            if on and t.type in ("NAME", "ACRONYM", "METHOD") and (t.data is None or isinstance(t.data, Entry) and t.data.kind == "METHOD" and t.text.isupper()) \
                    and not _MODEL.search(t.text) and not _COMPOUND.search(t.text) and (k + 1 == len(toks) or toks[k + 1].low in _CLOSES or toks[k + 1].type in ("PCT", "NUM")) and " " not in t.text:
                t.type, t.name, t.head = "BENCH", t.text, "on"
            if t.type not in ("BENCH",) and t.low not in (",", "and", "or", "&", "both", "on"):
                on = False
            if t.type == "BENCH" and t.head in _PLURAL:  # "MSRA, Resume and Weibo datasets"
                j = k
                while j >= 2 and toks[j - 1].low in (",", "and", "&"):
                    j -= 2 if toks[j - 2].low != "," else 3
                    if j < 0 or toks[j].type not in ("NAME", "ACRONYM", "METHOD", "BENCH") or " " in toks[j].text and toks[j].type != "BENCH":
                        break
                    toks[j].type, toks[j].name = "BENCH", toks[j].name or toks[j].text
        return toks

    def _drop_asides(self, toks: list[Token]) -> list[Token]:
        """Without bracketed intervals ("(95% CI 1.4-1.8)"), and bracketed words right after a metric."""
        out: list[Token] = []
        i = 0
        while i < len(toks):
            if toks[i].low in ("(", "["):
                close = next((k for k in range(i + 1, min(len(toks), i + 12)) if toks[k].low in (")", "]")), None)
                if close is not None:
                    inner = toks[i + 1:close]
                    if any(t.low in self._classes["ci"] for t in inner) or (out and out[-1].type == "METRIC" and len(inner) > 1 and all(t.type in ("NP", "WORD") for t in inner)):
                        i = close + 1
                        continue
            out.append(toks[i])
            i += 1
        return out

    @staticmethod
    def _fold_aliases(toks: list[Token]) -> list[Token]:
        """"National Lung Screening Trial (NLST)": the bracketed short form belongs to the phrase before it."""
        out: list[Token] = []
        i = 0
        while i < len(toks):
            t = toks[i]
            if t.low == "(" and out and i + 2 < len(toks) and toks[i + 2].low == ")" and out[-1].type in _ALIASED and toks[i + 1].type in _SHORT:
                long, short = out[-1], toks[i + 1]
                if long.type == "OURS" and long.low not in ("we", "it", "they") and short.type in ("ACRONYM", "NAME", "METHOD"):
                    out[-1] = Token(long.start, short.end + 1, long.text, long.low, "METHOD", name=short.name or short.text, head=long.head, det=long.det)
                    i += 3
                    continue
                known = not isinstance(short.data, Entry) and short.data is not None
                if known or short.type == "ACRONYM" or (short.type == long.type and long.type in ("METRIC", "BENCH")) or (short.type == "METRIC" and long.type == "NP"):
                    if known or long.type == "NP" or (long.type == "NAME" and short.type != "ACRONYM"):
                        if long.type in ("NP", "NAME", "ACRONYM") or short.type in ("METRIC", "BENCH"):
                            long.type, long.name, long.data = short.type, short.name, short.data
                    long.end = short.end + 1
                    i += 3
                    if long.type in ("NAME", "METHOD", "BENCH") and i < len(toks) and toks[i].type == "GROUP" and " " not in toks[i].text:
                        long.type, long.name, long.end = "BENCH", long.name or long.text, toks[i].end
                        i += 1
                    continue
            out.append(t)
            i += 1
        return out

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

    def _phrase(self, run: list[Token], det: str) -> list[Token]:
        """One noun phrase typed by its head, or the names in it one by one."""
        c, lex = self._classes, self.lexicon
        last = run[-1]
        head = last.low
        singular = head[:-1] if head.endswith("s") and not head.endswith("ss") else head
        if head in ("metric", "metrics", "measure", "measures") and len(run) > 1 and run[-2].type in ("NAME", "ACRONYM", "METRIC"):
            return self._metric_phrase(run[:-1], run[-2].low) if run[-2].type == "METRIC" else [self._merge(run[:-1], "METRIC", run[-2].low, self._surface(run[:-1]))]
        if head.endswith("ies"):
            singular = head[:-3] + "y"
        elif head.endswith("sses"):
            singular = head[:-2]
        named = [t for t in run if t.type in _NAMED]
        if last.type == "WORD":
            pair = f"{run[-2].low} {head}" if len(run) > 1 else ""
            if pair in lex.bench_heads:
                if any(t.type in _NAMED for t in run[:-2]):
                    run = [*run[:-2], self._merge(run[-2:], "WORD", head)]
                return self._bench_phrase(run, named, det)
            if head in lex.bench_heads or singular in lex.bench_heads:
                return self._bench_phrase(run, named, det)
            if head in lex.weak_bench_heads and named and run[-1] is not named[-1] and (named[-1].type == "BENCH" or shaped(named[-1].text)) and named[-1].type != "METHOD":
                return self._bench_phrase(run, named, det)
            if head in c["baseline-head"]:
                return [self._merge(run, "BASE", head)]
            if singular in lex.heads:
                return self._metric_phrase(run, singular)
            if singular in lex.method_heads or head in lex.method_heads:
                return self._method_phrase(run, named, det, singular)
            if det == "our" and head not in c["not-method"]:
                return [self._merge(run, "OURS", head)]
            if any(t.low in c["baseline-mod"] for t in run) and not named:
                return [self._merge(run, "BASE", head)]
            if named:
                return self._split(run)
            return [self._merge(run, "NP", singular)]
        if last.type == "METRIC":
            return self._metric_phrase(run, last.head)
        return self._split(run)

    def _split(self, run: list[Token]) -> list[Token]:
        """Names one by one, the words between them as noun phrases."""
        out: list[Token] = []
        part: list[Token] = []
        for t in run:
            if t.type == "WORD":
                part.append(t)
                continue
            if part:
                out.append(self._merge(part, "NP", part[-1].low))
                part = []
            out.append(t)
        if part:
            out.append(self._merge(part, "NP", part[-1].low))
        return out

    def _merge(self, run: list[Token], type_: str, head: str, name: str | None = None, data: object = None) -> Token:
        text = self._surface(run)
        return Token(run[0].start, run[-1].end, text, text.lower(), type_, name=name, head=head, data=data)

    @staticmethod
    def _surface(run: list[Token]) -> str:
        parts = [run[0].text]
        for before, t in zip(run, run[1:], strict=False):
            parts.append((" " if t.start > before.end else "") + t.text)
        return "".join(parts)

    def _metric_phrase(self, run: list[Token], head: str) -> list[Token]:
        """The metric at the end of a noun phrase with its modifiers; names that stand alone before it are split off."""
        c, lex = self._classes, self.lexicon
        begin = len(run) - 1
        while begin > 0 and self._metric_modifier(run[begin - 1]):
            begin -= 1
        lead, core = run[:begin], run[begin:]
        aggregate = False
        while len(core) > 1 and core[0].type == "WORD" and (core[0].low in lex.modifiers_stop or core[0].low in lex.aggregate or core[0].low in c["baseline-mod"]):
            aggregate = aggregate or core[0].low in lex.aggregate
            core = core[1:]
        if len(core) == 1 and core[0].low in ("time", "times") and any(t.low in ("first", "same", "second") for t in run):
            return [self._merge(run, "NP", "time")]
        last = core[-1]
        entry = last.data if isinstance(last.data, Entry) else None
        token = self._merge(core, "METRIC", head, data=entry)
        if entry is None:
            whole = lex.lookup(token.text)
            if whole is not None and whole.kind == "METRIC":
                entry = whole
        token.data = entry
        token.name = last.name if entry is not None and last.name else token.text
        token.aggregate = aggregate or any(t.low in lex.aggregate for t in lead)
        return [*(self._split(lead) if lead else []), token]

    def _metric_modifier(self, t: Token) -> bool:
        if t.type == "WORD":
            return True
        if t.type == "METRIC":
            return True
        return t.type in ("NAME", "ACRONYM") and " " not in t.text and len(t.text) <= 8

    def _bench_phrase(self, run: list[Token], named: list[Token], det: str) -> list[Token]:
        """A data set by name: from its first name to the head noun; a group of them where nothing is named."""
        named = [t for t in named if not _COMPOUND.search(t.text)]
        head = run[-1].low
        if not named or (head.endswith("s") and len(named) == 1 and named[0].data is None and not shaped(named[0].text.replace("-", ""))):
            return [self._merge(run, "GROUP", head)]
        bench = [t for t in named if t.type == "BENCH"]
        if len(bench) == 1 and bench[0].data is not None:
            return [self._merge(run, "BENCH", head, bench[0].name, bench[0].data)]
        at = run.index(named[0])
        if len(named) == 1 and at == len(run) - 2 and named[0].type == "METHOD" and named[0].data is not None and not isinstance(named[0].data, Entry):
            return [named[0]]
        core = run[at:-1] if at < len(run) - 1 else run[at:]
        return [self._merge(run, "BENCH", head, self._surface(core))]

    def _method_phrase(self, run: list[Token], named: list[Token], det: str, head: str) -> list[Token]:
        c = self._classes
        lows = [t.low for t in run[:-1]]
        if any(w in c["baseline-mod"] for w in lows) or any(w in c["baseline-head"] for w in lows):
            return [self._merge(run, "BASE", head)]
        if named and all(t.type != "BENCH" for t in named) and run[-1] not in named:
            if len(named) == 1 and run.index(named[0]) == len(run) - 2:
                rest = run[: run.index(named[0])]
                name = named[0]
                core = run[run.index(name):]
                plain = head in ("method", "approach", "framework", "model") or isinstance(name.data, Entry) or name.data is not None
                token = self._merge(core, "METHOD", head, (name.name or name.text) if plain else self._surface(core), name.data)
                return [*([self._merge(rest, "NP", rest[-1].low)] if rest and rest[-1].type == "WORD" and det not in ("our", "the", "this") else []), token]
            return [self._merge(run, "METHOD", head, self._surface(run))]
        if det in ("our", "this") or any(w in c["ours-mod"] for w in lows) or (det == "the" and not lows):
            return [self._merge(run, "OURS", head)]
        return [self._merge(run, "NP", head)]
