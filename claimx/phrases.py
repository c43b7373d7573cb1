"""Noun phrases typed by their head noun: metrics, benchmarks, methods, baselines, and names within other phrases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .acronyms import coined
from .lexicon import Entry, Lexicon
from .model import Token
from .tag import COMPOUND
from .words import Words

_NAMED = frozenset({"NAME", "METHOD", "BENCH", "ACRONYM"})
_MEASURES = frozenset({"metric", "metrics", "measure", "measures"})
_VALUES = frozenset({"value", "values"})
_SCORES = frozenset({"score", "scores"})  # say nothing after a metric: "average IoU score"
_PLAIN_HEADS = frozenset({"method", "approach", "framework", "model"})  # no part of the name before them
_OWN = frozenset({"our", "the", "this"})
_TITLED = frozenset("challenge corpus collection track archive competition treebank contest exam suite".split())
_PARTS = frozenset("training train test testing validation dev development evaluation data".split())


class Phrases:
    """Types noun phrases by one lexicon and one set of word classes."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        c = words.classes
        self._lexicon = lexicon
        self._baseline_heads, self._modifies_baseline = c["baseline-head"], c["baseline-mod"]
        self._modifies_ours, self._not_method = c["ours-mod"], c["not-method"]

    def of(self, run: list[Token], det: str) -> list[Token]:
        """One noun phrase of the tokens ``run``, or the names in it one by one; ``det`` is the determiner before it."""
        last = run[-1]
        head = last.low
        if (head in _MEASURES or head in _VALUES) and len(run) > 1:  # "the F1 metric"
            named = run[-2]
            if named.type == "METRIC":
                return self._metric(run[:-1], named.low)
            if head in _MEASURES and named.type in ("NAME", "ACRONYM"):
                return [_merge(run[:-1], "METRIC", named.low, _surface(run[:-1]))]
        if len(run) > 1 and (
            (head in _SCORES and _scored(run[-2])) or (head == "performance" and _scored(run[-2], by_name=True))
        ):
            named = run[-2]
            return self._metric([*run[:-2], _merge(run[-2:], "METRIC", named.head, named.name, named.data)], named.head)
        if last.type == "METRIC":
            return self._metric(run, last.head)
        if last.type != "WORD":
            return _split(run)
        return self._headed(run, det, head, _singular(head))

    def _headed(self, run: list[Token], det: str, head: str, singular: str) -> list[Token]:
        """A phrase whose last word is a common noun."""
        lex = self._lexicon
        named = [t for t in run if t.type in _NAMED]
        if len(run) > 1 and f"{run[-2].low} {head}" in lex.bench_heads:  # "data set"
            if any(t.type in _NAMED for t in run[:-2]):
                run = [*run[:-2], _merge(run[-2:], "WORD", head)]
            return self._bench(run, named)
        if head in lex.bench_heads or singular in lex.bench_heads:
            return self._bench(run, named)
        if head in lex.weak_bench_heads and named and named[-1].type != "METHOD":
            if named[-1].type == "BENCH" or (run[-2] is named[-1] and coined(named[-1].text)):
                return self._bench(run, named)
        if head in self._baseline_heads:
            return [_merge(run, "BASE", head)]
        if lex.is_head(singular):
            return self._metric(run, singular)
        if singular in lex.method_heads or head in lex.method_heads:
            return self._method(run, named, det, singular)
        if det == "our" and head not in self._not_method:
            return [_merge(run, "OURS", head)]
        if named:
            return _split(run)
        if any(t.low in self._modifies_baseline for t in run):
            return [_merge(run, "BASE", head)]
        return [_merge(run, "NP", singular)]

    def _metric(self, run: list[Token], head: str) -> list[Token]:
        """The metric at the end of a noun phrase with its modifiers; names that stand alone before it are split off."""
        lex = self._lexicon
        if len(run) > 1 and f"{run[-2].low} {_singular(run[-1].low)}" in lex.things:
            return [_merge(run, "NP", head)]
        begin = len(run) - 1
        while begin > 0 and _modifies_metric(run[begin - 1]):
            begin -= 1
        lead, core = run[:begin], run[begin:]
        aggregate = any(t.low in lex.aggregate for t in lead)
        while len(core) > 1 and core[0].type == "WORD" and self._is_no_part(core[0].low):
            aggregate = aggregate or core[0].low in lex.aggregate
            core = core[1:]
        last = core[-1]
        token = _merge(core, "METRIC", head)
        entry = last.data if isinstance(last.data, Entry) else None
        if entry is None:
            whole = lex.lookup(token.text)
            if whole is not None and whole.kind == "METRIC":
                entry = whole
        token.data = entry
        if entry is None or not last.name or (entry.name == "score" and len(core) > 1):
            plural = last.text.islower() and last.text == _singular(last.text) + "s"
            token.name = token.text[:-1] if plural else token.text
        else:
            token.name = last.name
        token.aggregate = aggregate
        return [*_split(lead), token]

    def _is_no_part(self, low: str) -> bool:
        """Whether a word before a metric says nothing of which metric it is: "overall", "previous"."""
        lex = self._lexicon
        return low in lex.modifiers_stop or low in lex.aggregate or low in self._modifies_baseline

    def _bench(self, run: list[Token], named: list[Token]) -> list[Token]:
        """A data set by name: from its first name to the head noun; a group of them where nothing is named."""
        named = [t for t in named if not COMPOUND.search(t.text)]
        head = run[-1].low
        if not named:
            return [_merge(run, "GROUP", head)]
        first = named[0]
        bench = [t for t in named if t.type == "BENCH"]
        titled = head in _TITLED and run[-1].text[:1].isupper()  # "the Foo Challenge", not "the Foo Dataset"
        if len(bench) == 1 and bench[0].data is not None:
            between = run[run.index(bench[0]) + 1 : -1]
            if not (titled and between) or not all(t.text[0].isupper() or t.text[0].isdigit() for t in between):
                return [_merge(run, "BENCH", head, bench[0].name, bench[0].data)]
        at = run.index(first)
        if titled:
            return [_merge(run, "BENCH", head, _surface(run[at:]))]
        if len(named) == 1 and at == len(run) - 2 and first.type == "METHOD":
            if first.data is not None and not isinstance(first.data, Entry):
                return [first]
        core = run[at:-1] if at < len(run) - 1 else run[at:]
        while len(core) > 1 and core[-1].low in _PARTS:
            core = core[:-1]
        return [_merge(run, "BENCH", head, _surface(core))]

    def _method(self, run: list[Token], named: list[Token], det: str, head: str) -> list[Token]:
        """A method by name, a baseline, or the document's own."""
        lows = [t.low for t in run[:-1]]
        if any(w in self._modifies_baseline or w in self._baseline_heads for w in lows):
            return [_merge(run, "BASE", head)]
        if any(t.type == "BENCH" for t in named):
            return _split(run)
        if named and run[-1] not in named:
            name = named[0]
            at = run.index(name)
            if len(named) > 1 or at != len(run) - 2:
                return [_merge(run, "METHOD", head, _surface(run))]
            rest, core = run[:at], run[at:]
            plain = head in _PLAIN_HEADS or name.data is not None
            token = _merge(core, "METHOD", head, (name.name or name.text) if plain else _surface(core), name.data)
            if rest and rest[-1].type == "WORD" and det not in _OWN:
                return [_merge(rest, "NP", rest[-1].low), token]
            return [token]
        if det in ("our", "this") or any(w in self._modifies_ours for w in lows) or (det == "the" and not lows):
            return [_merge(run, "OURS", head)]
        return [_merge(run, "NP", head)]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _scored(t: Token, by_name: bool = False) -> bool:
    """Whether a token is a metric that "score" adds nothing to: "IoU", "cosine similarity", not "task completion".

    With ``by_name`` only abbreviations and proper names are ("F1 performance", but "memory performance").
    """
    if t.type != "METRIC" or not isinstance(t.data, Entry):
        return False
    return not t.text.islower() or (t.low == t.data.name and not by_name)


def _modifies_metric(t: Token) -> bool:
    """Whether a token before a metric is a part of its phrase: any word, a metric, a short name ("BLEU score")."""
    if t.type in ("WORD", "METRIC"):
        return True
    return t.type in ("NAME", "ACRONYM") and " " not in t.text and len(t.text) <= 8


def _split(run: Sequence[Token]) -> list[Token]:
    """Names one by one, the words between them as noun phrases."""
    out: list[Token] = []
    part: list[Token] = []
    for t in run:
        if t.type == "WORD":
            part.append(t)
            continue
        if part:
            out.append(_merge(part, "NP", part[-1].low))
            part = []
        out.append(t)
    if part:
        out.append(_merge(part, "NP", part[-1].low))
    return out


def _merge(run: Sequence[Token], type_: str, head: str, name: str | None = None, data: object = None) -> Token:
    """One token over several."""
    text = _surface(run)
    return Token(run[0].start, run[-1].end, text, text.lower(), type_, name=name, head=head, data=data)


def _surface(run: Sequence[Token]) -> str:
    """The text of tokens that follow one another, with single spaces."""
    if len(run) == 1:
        return run[0].text
    parts = [run[0].text]
    for before, t in pairwise(run):
        parts.append((" " if t.start > before.end else "") + t.text)
    return "".join(parts)
