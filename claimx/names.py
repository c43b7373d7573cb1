"""The names a document introduces: its method, its benchmark, its acronyms, and what "our method" stands for."""

from __future__ import annotations

import itertools
from functools import cached_property

import regex

from . import name_patterns as patterns
from .anchors import Anchors, matches
from .descriptions import called_plainly, described, ours, studied
from .introductions import MOST_NAMES, Known, Names
from .introductions import Name as Name
from .titles import phrase_of_title, thing_in_title

_PREPOSITION = regex.compile(r"\b(?:in|for|of|on|to|up|from|with|via|using|by|through|and)\b|[:–—]")
_BETWEEN = frozenset({"also", "further", "can"})  # "Foo also outperforms"
_CIRCUMSTANCE = frozenset({"in", "for", "of", "on", "to", "up", "from", "with"})


class Register:
    """Every introduced name by surface form, and the best guess for the document's own method and benchmark.

    What stands for a method without a name is looked for when it is first asked for: most documents name theirs.
    """

    def __init__(self, title: str, anchors: Anchors) -> None:
        self._title, self._anchors = title, anchors
        self.by_surface: dict[str, Name] = {}
        self.first_words: set[str] = set()  # of the surface forms, up to the first mark
        self.own: Name | None = None
        self.rivals: list[Name] = []  # the other methods that it introduces, the two strongest
        self.bench: Name | None = None

    @cached_property
    def titled(self) -> str | None:
        """The thing that the title begins with."""
        return thing_in_title(self._title, self._anchors.text)

    @cached_property
    def descriptive(self) -> str | None:
        """What the method is described as."""
        return described(self._anchors, passive=self.titled is None)

    @cached_property
    def studied(self) -> str | None:
        """What a study studies."""
        return studied(self._anchors)

    @cached_property
    def phrase(self) -> str | None:
        """The phrase of the title that the text uses for what it does."""
        return phrase_of_title(self._title, self._anchors.text)

    @cached_property
    def spoken(self) -> str | None:
        """How the text speaks of its method: "our method", "this method"."""
        return ours(self._anchors)

    @property
    def ours(self) -> str | None:
        """The same, where no description says more than "this method" does."""
        vague = self.spoken is not None and self.spoken.lower().startswith("this ")
        return None if vague and self.descriptive else self.spoken


def build(title: str | None, text: str, known: Known = lambda name, strength: False) -> Register:
    """The register of one document; ``known`` tells names of the field at large, which no document introduces."""
    title = title or ""
    anchors = Anchors(text)
    found = Names(anchors)
    found.from_title(title)
    found.from_acronyms()
    found.from_phrases(title)
    found.from_appositions()
    reg = Register(title, anchors)
    for name in found.names.values():
        for surface in (name.name, *name.aliases):
            reg.by_surface.setdefault(surface, name)
    acting = _acting(anchors)
    _weigh(found.names, acting, title, text)
    for word, name in found.from_acts(acting, known):
        reg.by_surface.setdefault(word, name)
    reg.own = _own(found.names, known) or _unnamed(found) or _frequent(found, title, known, reg)
    reg.rivals = _rivals(reg)
    reg.bench = _strongest([n for n in found.names.values() if n.kind == "BENCH" and n.strength >= 5])
    reg.first_words = {w.group() for surface in reg.by_surface if (w := patterns.FIRST.match(surface))}
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
    phrase = called_plainly(found.anchors)
    return None if phrase is None else found.add(phrase, "METHOD", found.text.find(phrase), 4)


def _frequent(found: Names, title: str, known: Known, reg: Register) -> Name | None:
    """A name that nothing introduces, but that the text speaks of again and again or the title has."""
    best, most = "", 1
    begin = matches(patterns.BEGINS, found.text, found.anchors.coined())
    once = dict.fromkeys(m.group("name") for m in begin)  # in their order
    for name in itertools.islice(once, MOST_NAMES):
        same = found.names.get(name)
        if known(name, 0) or (same is not None and same.kind == "BENCH"):
            continue
        # where the text says "our method", no other name may be its own
        count = (reg.spoken is None and _count(name, found.text)) + 2 * (name in title)
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


def _acting(anchors: Anchors) -> dict[str, int]:
    """How often each word that looks like a name is the subject of "outperforms", "achieves" and their like."""
    text, plain = anchors.text, anchors.plain
    acting: dict[str, int] = {}
    since = 0
    for act in anchors.acts:
        actor, end = None, act - 1
        while end > 0 and plain[end] == " ":
            start = plain.rfind(" ", 0, end) + 1
            word = plain[start:end]
            if not (word.islower() and word.isalpha() and word.isascii()):
                actor = patterns.ACTOR.search(text, max(since, start), end) or actor
            if word not in _BETWEEN and not (word.endswith("ly") and patterns.ADVERB.fullmatch(word)):
                break
            end = start - 1  # the name may look like an adverb itself, and the first name counts
        if actor is not None:
            acting[actor.group("name")] = acting.get(actor.group("name"), 0) + 1
            since = act + 1
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
