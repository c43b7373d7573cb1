"""The names a document introduces: its method, its benchmark, its acronyms, and what "our method" stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from . import name_patterns as patterns
from .descriptions import called_plainly, described, ours, studied
from .introductions import MOST_NAMES, Known, Names
from .introductions import Name as Name
from .titles import phrase_of_title, thing_in_title

_PREPOSITION = regex.compile(r"\b(?:in|for|of|on|to|up|from|with|via|using|by|through|and)\b|[:–—]")
_CIRCUMSTANCE = frozenset({"in", "for", "of", "on", "to", "up", "from", "with"})


@dataclass(slots=True)
class Register:
    """Every introduced name by surface form, and the best guess for the document's own method and benchmark."""

    by_surface: dict[str, Name] = field(default_factory=dict)
    first_words: set[str] = field(default_factory=set)  # of the surface forms, up to the first mark
    own: Name | None = None
    rivals: list[Name] = field(default_factory=list)  # the other methods that it introduces, the two strongest
    bench: Name | None = None
    descriptive: str | None = None
    titled: str | None = None
    studied: str | None = None
    phrase: str | None = None
    ours: str | None = None


def build(title: str | None, text: str, known: Known = lambda name, strength: False) -> Register:
    """The register of one document; ``known`` tells names of the field at large, which no document introduces."""
    title = title or ""
    found = Names(text)
    found.from_title(title)
    found.from_acronyms()
    found.from_phrases(title)
    found.from_appositions()
    reg = Register()
    for name in found.names.values():
        for surface in (name.name, *name.aliases):
            reg.by_surface.setdefault(surface, name)
    acting = _acting(text)
    _weigh(found.names, acting, title, text)
    for word, name in found.from_acts(acting, known):
        reg.by_surface.setdefault(word, name)
    reg.own = _own(found.names, known) or _unnamed(found) or _frequent(found, title, known)
    reg.rivals = _rivals(reg)
    reg.bench = _strongest([n for n in found.names.values() if n.kind == "BENCH" and n.strength >= 5])
    reg.first_words = {w.group() for surface in reg.by_surface if (w := patterns.FIRST.match(surface))}
    reg.titled = thing_in_title(title, text)
    reg.descriptive = described(text, passive=reg.titled is None)
    reg.studied = studied(text)
    reg.phrase = phrase_of_title(title, text)
    reg.ours = ours(text)
    if reg.descriptive and reg.ours and reg.ours.lower().startswith("this "):
        reg.ours = None  # what "this method" stands for says more
    return reg


def _strongest(names: list[Name]) -> Name | None:
    """The name with the strongest introduction, the first of several."""
    return max(names, key=lambda n: (n.strength, -n.start), default=None)


def _rivals(reg: Register) -> list[Name]:
    """The other methods that the document introduces, the strongest first, two at most."""
    names = {id(n): n for n in reg.by_surface.values() if n is not reg.own and n.kind == "METHOD" and n.strength >= 3}
    return sorted(names.values(), key=lambda n: (-n.strength, n.start))[:2]


def _own(names: dict[str, Name], known: Known) -> Name | None:
    """The document's own method; a variant of a benchmark by name ("FooBench-Hard") becomes a benchmark."""
    methods = [
        n
        for n in names.values()
        if n.kind in ("METHOD", "METRIC")
        and n.strength >= 3
        and not known(n.name, n.strength)
        and (n.strength >= 8 or not _is_term(n))
        and (n.start < 0 or not patterns.PLURAL.search(n.name))
    ]
    benches = [n for n in names.values() if n.kind == "BENCH"]
    for n in names.values():
        if n.kind == "METHOD" and any(_same_bench(n, b) for b in benches):
            n.kind = "BENCH"
    return _strongest([n for n in methods if n.kind == "METHOD"]) or _strongest(
        [n for n in methods if n.kind == "METRIC"]
    )


def _same_bench(name: Name, bench: Name) -> bool:
    """Whether a name is a variant, another spelling, the short form or a part of the long form of a benchmark's."""
    other = name.name
    if other.startswith(bench.name + "-") or other.replace("-", "") == bench.name or bench.name in name.aliases:
        return True
    return " " in other and any(other in long for long in bench.aliases)


def _unnamed(found: Names) -> Name | None:
    """A method that goes by a common name: "we propose sense tuning", "a method called sense tuning"."""
    phrase = called_plainly(found.text)
    return None if phrase is None else found.add(phrase, "METHOD", found.text.find(phrase), 4)


def _frequent(found: Names, title: str, known: Known) -> Name | None:
    """A name that nothing introduces, but that the text speaks of again and again or the title has."""
    best, most = "", 1
    spoken = ours(found.text) is not None  # "our method": no other name may be its own
    tried: set[str] = set()
    for m in patterns.BEGINS.finditer(found.text):
        name = m.group("name")
        if name in tried or len(tried) >= MOST_NAMES:
            continue
        tried.add(name)
        same = found.names.get(name)
        if not patterns.COINED.fullmatch(name) or known(name, 0) or (same is not None and same.kind == "BENCH"):
            continue
        count = (not spoken and _count(name, found.text)) + 2 * (name in title)
        if count > most:
            best, most = name, count
    return found.add(best, "METHOD", found.text.find(best), 3) if best else None


def _is_term(name: Name) -> bool:
    """Whether a name is short for a common noun ("continual learning (CL)"), which names a field and no method."""
    return any(alias.count(" ") < 2 and patterns.TERM.search(alias) is not None for alias in name.aliases)


def _count(name: str, text: str) -> int:
    """How often a name stands in a text as a word of its own."""
    found, at = 0, text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1 : at], text[end : end + 1]
        found += not (before.isalnum() or before in ("-", "_")) and not (after.isalnum() or after == "-")
        at = text.find(name, end)
    return found


def _acting(text: str) -> dict[str, int]:
    """How often each word that looks like a name is the subject of "outperforms", "achieves" and their like."""
    acting: dict[str, int] = {}
    for m in patterns.ACTS.finditer(text):
        acting[m.group("name")] = acting.get(m.group("name"), 0) + 1
    return acting


def _weigh(names: dict[str, Name], acting: dict[str, int], title: str, text: str) -> None:
    """Strengthen names by what the document does with them.

    An acronym takes over the standing of its long form, and gains where the title has the long form or the text
    repeats it.
    """
    low_title = title.lower()
    for name in names.values():
        for long in name.aliases:
            low = long.lower()
            for other in names.values():
                if other is not name and other.name.lower() in low and len(other.name) > 0.5 * len(low):
                    name.strength = max(name.strength, other.strength + 1)
            if _heads_title(long, low_title) or (name.strength >= 3 and _count(name.name, title)):
                name.strength += 2
        if name.strength >= 3:
            name.strength += 2 * min(2, acting.get(name.name, 0)) + min(2, _count(name.name, text) - 1)


def _heads_title(long: str, low_title: str) -> bool:
    """Whether a title has a long form in capitals, and not as a mere circumstance after a preposition."""
    if len(long.lower()) <= 8 or sum(w[:1].isupper() for w in long.split()) <= 1:
        return False
    at = low_title.find(long.lower())
    before = _PREPOSITION.findall(low_title, 0, max(0, at))
    return at >= 0 and (not before or before[-1] not in _CIRCUMSTANCE)
