"""Names to stable ids, through the lexicons' aliases: what counts as the same metric, benchmark or method."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Entry, Lexicon, default, fold

_NUMBER = re.compile(r"(?<=[@a-z])[0-9]+(?:\.[0-9]+)?")
_GAP = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for.

    ``id`` is a stable slug of the canonical name ("cifar-10", "pass@k"), for an unknown name "~" and its folded key;
    ``parameter`` the number in place of the k of pass@k, so that a board's key is (``id``, ``parameter``);
    ``parent`` the id of the benchmark that this one is a part or variant of; ``better`` "higher", "lower" or "none",
    ``unit`` the metric's usual unit as the units registry names it, "" for plain scores.
    """

    id: str
    name: str
    known: bool
    parameter: str = ""
    parent: str = ""
    better: str = "none"
    task: str = ""
    unit: str = ""


def slug(name: str) -> str:
    """The id of a canonical name: lower case, gaps as hyphens."""
    return _GAP.sub("-", name.strip().casefold())


@lru_cache(maxsize=1)
def _metrics() -> Lexicon:
    return default().keeping(lambda entry: entry.kind == "METRIC")


@lru_cache(maxsize=1)
def _benchmarks() -> Lexicon:
    return default().keeping(lambda entry: entry.kind == "BENCH")


def _unknown(name: str) -> Name:
    return Name("~" + fold(unicodedata.normalize("NFKC", name)), name, known=False)


@lru_cache(maxsize=1 << 17)
def metric(name: str) -> Name:
    """The metric that ``name`` stands for; an unknown one as written."""
    name = name.strip().rstrip(".")
    entry, number = _metrics().lookup(name), ""
    if entry is None or entry.parameter:
        key = fold(unicodedata.normalize("NFKC", name))
        for found in _NUMBER.finditer(key):
            general: Entry | None = _metrics().lookup(key[: found.start()] + "k" + key[found.end() :])
            if general is not None and general.parameter:
                entry, number = general, found.group()
                break
    if entry is None:
        return _unknown(name)
    shown = re.sub(rf"(?<=[@^\-\s]){entry.parameter}\b", number, entry.name) if number else entry.name
    return Name(slug(entry.name), shown, True, number, better=entry.better, unit=entry.unit)


@lru_cache(maxsize=1 << 17)
def benchmark(name: str) -> Name:
    """The benchmark that ``name`` stands for; an unknown one as written."""
    entry = _benchmarks().lookup(name)
    if entry is None:
        return _unknown(name)
    return Name(slug(entry.name), entry.name, True, parent=slug(entry.parent), task=entry.task)


@lru_cache(maxsize=1 << 17)
def method_key(name: str) -> str:
    """The key by which two names are the same method: without case, hyphens, spaces and the like."""
    return fold(unicodedata.normalize("NFKC", name))
