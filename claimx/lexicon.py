"""Curated names: surface form to canonical entry by longest match on folded words.

Folding drops case, hyphens, spaces and the like, so ``CIFAR-10``, ``CIFAR 10`` and ``cifar10`` are one key; entries
whose lower-case form is ordinary English match only as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from . import shape
from .errors import GrammarError
from .resources import grammars_dir, read_toml

_DROP = regex.compile(r"[\s\-‐‑–_^'’$\\{}]++")
_PIECES = regex.compile(r"[^\W0-9_]++|[0-9]++|[^\w\s]")
_PARAM = re.compile(r"(?<=[@a-z])[0-9]++")
MAX_TERM = 9  # text tokens in one term


def fold(text: str) -> str:
    """The look-up key of a surface form: without case, spaces, hyphens and the like."""
    return _DROP.sub("", text.casefold())


@dataclass(frozen=True, slots=True)
class Entry:
    """A lexicon entry.

    ``kind`` is METRIC, BENCH, METHOD, FAMILY or HUMAN; the rest is what the entry's file says of it.
    """

    kind: str
    name: str
    better: str = "none"
    unit: str = ""
    parameter: str = ""
    head: str = ""
    efficiency: bool = False
    generic: bool = False
    task: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at tokens ``start:end``; ``parameter`` is the number in place of the k of pass@k."""

    start: int
    end: int
    entry: Entry
    parameter: str = ""
    surface: str = ""

    @property
    def name(self) -> str:
        """The canonical name, with the number as the text has it: "pass@10"."""
        p = self.entry.parameter
        if not p:
            return self.entry.name
        if not self.parameter:
            return self.surface
        return regex.sub(rf"(?<=[@^\-\s]){p}\b", self.parameter, self.entry.name)


class Lexicon:
    """Terms by folded key, with the set of all key prefixes so that a walk stops at the first word no term has."""

    def __init__(self) -> None:
        self._terms: dict[str, list[tuple[Entry, frozenset[str] | None, str]]] = {}
        self._prefixes: set[str] = set()
        self.entries: list[Entry] = []
        self.heads: dict[str, str] = {}
        self.aggregate: frozenset[str] = frozenset()
        self.modifiers_stop: frozenset[str] = frozenset()
        self.things: frozenset[str] = frozenset()
        self.head_suffixes: tuple[str, ...] = ()
        self.weak_heads: frozenset[str] = frozenset()
        self.family_suffixes: frozenset[str] = frozenset()
        self.method_heads: frozenset[str] = frozenset()
        self.bench_heads: frozenset[str] = frozenset()
        self.weak_bench_heads: frozenset[str] = frozenset()
        self.bench_suffixes: tuple[str, ...] = ()
        self.not_benches: frozenset[str] = frozenset()  # in lower case

    def add(self, entry: Entry, surfaces: Iterable[str], cased: Iterable[str] = ()) -> None:
        """Let an entry be found by its surface forms; those in ``cased`` only as they are written."""
        for surface in surfaces:
            self._put(surface, entry, None)
        by_key: dict[str, set[str]] = {}
        for surface in cased:
            by_key.setdefault(fold(surface), set()).add(surface)
        for surfaces_of_key in by_key.values():
            for surface in sorted(surfaces_of_key):
                self._put(surface, entry, frozenset({surface}))
        self.entries.append(entry)

    def _put(self, surface: str, entry: Entry, cased: frozenset[str] | None) -> None:
        key = fold(surface)
        if not key:
            return
        # In lower case as texts may write it; but "massive data sets" are no "MASSIVE" ones.
        alias = surface if surface.split()[0].isupper() else surface.lower()
        self._terms.setdefault(key, []).append((entry, cased, alias))
        prefix = ""
        for piece in _PIECES.findall(surface.casefold()):
            prefix = fold(prefix + piece)
            self._prefixes.add(prefix)
        self._prefixes.add(key)

    def terms(self) -> Iterator[tuple[str, Entry, frozenset[str] | None]]:
        """Every look-up key with an entry that it finds, and the forms as which alone that matches; None for any."""
        for key, terms in self._terms.items():
            for entry, cased, _ in terms:
                yield key, entry, cased

    def keeping(self, wanted: Callable[[Entry], bool]) -> Lexicon:
        """A lexicon of the same heads and suffixes with the ``wanted`` entries only."""
        kept = copy(self)
        kept.entries = [entry for entry in self.entries if wanted(entry)]
        kept._terms = {}
        for key, terms in self._terms.items():
            if left := [term for term in terms if wanted(term[0])]:
                kept._terms[key] = left
        return kept

    def starts(self, key: str) -> bool:
        """Whether a term may begin with a token of this key; where not, :meth:`find` finds nothing there."""
        return key in self._prefixes or key[:-1] in self._terms or _PARAM.search(key) is not None

    def find(self, folded: Sequence[str], text: str, spans: Sequence[tuple[int, int]], at: int) -> Hit | None:
        """The longest term that starts at token ``at``, or None.

        ``folded`` are the tokens' keys, ``spans`` their places in ``text``.
        """
        key, best, terms = "", None, self._terms
        for end in range(at, min(len(folded), at + MAX_TERM)):
            key += folded[end]
            known = key in self._prefixes  # as all keys of terms are
            hit = self._lookup(key, text, spans[at][0], spans[end][1]) if known and key in terms else None
            if hit is None and key[-1:] == "s" and len(key) > 3 and key[:-1] in terms:
                if text[spans[end][1] - 1] == "s":
                    hit = self._lookup(key[:-1], text, spans[at][0], spans[end][1])
            if hit is not None:
                best = Hit(at, end + 1, hit, surface=text[spans[at][0] : spans[end][1]])
            elif not key.isalpha():
                m = _PARAM.search(key)
                if m:
                    general = key[: m.start()] + "k" + key[m.end() :]
                    hit = self._lookup(general, text, spans[at][0], spans[end][1])
                    if hit is not None and hit.parameter:
                        best = Hit(at, end + 1, hit, m.group())
                    known = known or general in self._prefixes
                    if known and general not in terms:
                        continue
            if not known:
                break
        return best

    def _lookup(self, key: str, text: str, start: int, end: int) -> Entry | None:
        terms = self._terms.get(key)
        if terms is None:
            return None
        surface = text[start:end]
        for entry, cased, alias in terms:
            if cased is not None:
                if surface in cased:
                    return entry
            elif entry.kind != "BENCH" or not surface.islower() or alias in (surface, surface[:-1]):
                return entry
            elif not surface.replace("-", "").replace(" ", "").isalpha():
                return entry  # "multiple" is no MultiPL-E: ordinary words match only as the lexicon spells them
        return None

    def better(self, metric: str) -> str:
        """Which way is better of a metric that no entry is: what the entry or head of its last words says."""
        words = metric.lower().split()
        for start in range(1, len(words)):
            entry = self.lookup(" ".join(words[start:]))
            if entry is not None and entry.kind == "METRIC" and not entry.generic:
                return entry.better
        return self.heads.get(words[-1], self.heads.get(words[-1].rstrip("s"), "none")) if words else "none"

    def is_head(self, noun: str) -> bool:
        """Whether a noun in the singular makes a phrase that ends in it a metric."""
        return noun in self.heads or (noun.endswith(self.head_suffixes) and noun not in self.weak_heads)

    def lookup(self, surface: str) -> Entry | None:
        """The entry of a whole surface form, or None."""
        key = fold(surface)
        found = self._lookup(key, surface, 0, len(surface))
        if found is None and surface.endswith("s"):
            return self._lookup(key[:-1], surface, 0, len(surface))
        return found


# A phrase that ends in one of these states a change of a metric; the grammar reads it, so it is no metric of its own.
_CHANGES = frozenset(
    "drop drops gain gains improvement improvements reduction reductions increase increases decrease decreases "
    "degradation degradations boost boosts saving savings speedup speedups speed-up speed-ups acceleration slowdown "
    "slowdowns".split()
)


_METRIC = ("name", "better", "unit", "parameter", "head", "kind", "generic", "aliases", "cased")
_BENCHMARK = ("task", "parent", "aliases", "cased")
_METHODS = {
    "family": ("names", "cased", "suffixes"),
    "method": ("names", "cased"),
    "human": ("names", "cased"),
    "generic": ("heads",),
}
_METRIC_HEADS = ("higher", "lower", "none", "weak", "suffixes", "aggregate", "modifiers_stop", "things")
_BENCHMARK_HEADS = ("nouns", "weak", "suffixes", "not_names", "never")


def _load_metrics(lexicon: Lexicon, path: Path, data: dict[str, Any]) -> None:
    shape.table(data, path, "the file", ("metric",))
    for number, row in enumerate(shape.tables(data.get("metric"), path, "metric"), 1):
        name = row.get("name")
        if not isinstance(name, str) or not name.strip():
            raise GrammarError(str(path), f"[[metric]] number {number} is without name", hint='name = "accuracy"')
        what = f"[[metric]] {name!r}"
        shape.table(row, path, what, _METRIC)
        if not isinstance(row.get("generic", False), bool):
            raise GrammarError(str(path), f"generic of {what} must be true or false", hint="generic = true")
        entry = Entry(
            "METRIC",
            name,
            better=shape.string(row.get("better", "none"), path, f"better of {what}", ("higher", "lower", "none")),
            unit=shape.string(row.get("unit", ""), path, f"unit of {what}"),
            parameter=shape.string(row.get("parameter", ""), path, f"parameter of {what}", ("", "k")),
            head=shape.string(row.get("head", ""), path, f"head of {what}"),
            efficiency=shape.string(row.get("kind", ""), path, f"kind of {what}", ("", "efficiency")) != "",
            generic=bool(row.get("generic")),
        )
        cased = shape.strings(row.get("cased"), path, f"cased of {what}")
        own = [] if name in cased else [name]
        surfaces = [*own, *shape.strings(row.get("aliases"), path, f"aliases of {what}")]
        lexicon.add(entry, [s for s in surfaces if s.split()[-1].lower() not in _CHANGES], cased)


def _load_benchmarks(lexicon: Lexicon, path: Path, data: dict[str, Any]) -> None:
    shape.table(data, path, "the file", ("benchmark",))
    for name, value in shape.table(data.get("benchmark"), path, "[benchmark]").items():
        what = f"benchmark {name!r}"
        if not name.strip():
            raise GrammarError(str(path), "a benchmark without name", hint='"CIFAR-10" = { task = "…" }')
        row = shape.table(value, path, what, _BENCHMARK)
        task, parent = (shape.string(row.get(key, ""), path, f"{key} of {what}") for key in ("task", "parent"))
        cased = shape.strings(row.get("cased"), path, f"cased of {what}")
        own = [] if cased else [name]
        aliases = shape.strings(row.get("aliases"), path, f"aliases of {what}")
        lexicon.add(Entry("BENCH", name, task=task, parent=parent), [*own, *aliases], cased)


def _load_methods(lexicon: Lexicon, path: Path, data: dict[str, Any]) -> None:
    shape.table(data, path, "the file", _METHODS)
    rows = {name: shape.table(data.get(name), path, f"[{name}]", keys) for name, keys in _METHODS.items()}
    for name, kind in (("family", "FAMILY"), ("method", "METHOD"), ("human", "HUMAN")):
        cased = shape.strings(rows[name].get("cased"), path, f"[{name}] cased")
        for own in shape.strings(rows[name].get("names"), path, f"[{name}] names"):
            lexicon.add(Entry(kind, own), [] if kind == "FAMILY" else [own], [own] if kind == "FAMILY" else [])
        for own in cased:
            lexicon.add(Entry(kind, own), [], [own])
    lexicon.family_suffixes |= frozenset(shape.strings(rows["family"].get("suffixes"), path, "[family] suffixes"))
    lexicon.method_heads |= frozenset(shape.strings(rows["generic"].get("heads"), path, "[generic] heads"))


def load(folder: Path) -> Lexicon:
    """All lexicon files of a grammars folder; :class:`GrammarError` for a mistake in one."""
    lexicon = Lexicon()
    for path in sorted((folder / "lexicon").glob("*.toml")):
        stem = path.stem
        if stem == "metric-heads":
            heads = _heads(path, _METRIC_HEADS, extra=("resources",))
            for better in ("higher", "lower", "none"):
                for word in shape.strings(heads.get(better), path, f"heads.{better}"):
                    lexicon.heads.setdefault(word, better)
            lexicon.weak_heads = frozenset(shape.strings(heads.get("weak"), path, "weak"))
            for word in lexicon.weak_heads:
                lexicon.heads.pop(word, None)
            lexicon.head_suffixes = tuple(shape.strings(heads.get("suffixes"), path, "suffixes"))
            lexicon.aggregate = frozenset(shape.strings(heads.get("aggregate"), path, "aggregate"))
            lexicon.modifiers_stop = frozenset(shape.strings(heads.get("modifiers_stop"), path, "modifiers_stop"))
            lexicon.things = frozenset(shape.strings(heads.get("things"), path, "things"))
        elif stem == "benchmark-heads":
            heads = _heads(path, _BENCHMARK_HEADS)
            lexicon.bench_heads = frozenset(shape.strings(heads.get("nouns"), path, "nouns"))
            lexicon.weak_bench_heads = frozenset(shape.strings(heads.get("weak"), path, "weak"))
            lexicon.bench_suffixes = tuple(shape.strings(heads.get("suffixes"), path, "suffixes"))
            lists = (shape.strings(heads.get(key), path, key) for key in ("not_names", "never"))
            lexicon.not_benches = frozenset(name.lower() for names in lists for name in names)
        elif stem.startswith("metrics"):
            _load_metrics(lexicon, path, read_toml(path))
        elif stem.startswith("benchmarks"):
            _load_benchmarks(lexicon, path, read_toml(path))
        elif stem.startswith("methods"):
            _load_methods(lexicon, path, read_toml(path))
    return lexicon


def _heads(path: Path, keys: Collection[str], extra: Collection[str] = ()) -> dict[str, Any]:
    data = shape.table(read_toml(path), path, "the file", ("heads", *extra))
    return shape.table(data.get("heads"), path, "[heads]", keys)


@lru_cache(maxsize=1)
def default() -> Lexicon:
    """The lexicon that ships with claimx, loaded once."""
    return load(grammars_dir())
