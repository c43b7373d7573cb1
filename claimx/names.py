"""The names a document introduces: its method, its benchmark, its acronyms, and what "our method" stands for.

Names are recognised by shape and by the phrases that introduce them: "X: …", "we propose X", "called X", "Full Name
(ABC)".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import name_patterns as patterns
from .acronyms import acronym_of, shaped
from .titles import NOT_THINGS, name_in_title, phrase_of_title, thing_in_title

Known = Callable[[str, int], bool]  # of a name and the strength of its introduction

_STOP_NAMES = frozenset(
    "We The A An In This Our It To For On With By These Experiments AI LLM LLMs Large Deep Learning Here However I Is "
    "Are How What Why Can Do Does When Towards Toward Neural Method Machine GPU URL Section Table Figure Code Data "
    "Model Models Re As At Of And Or If".split()
)
# Praise before the words that describe a method.
_VAGUE = frozenset(
    "novel new simple effective efficient powerful first general generic unified comprehensive scalable practical and "
    "but yet innovative principled flexible robust lightweight conceptually highly fully completely very surprisingly "
    "the a an elegant straightforward large-scale further also then systematic general-purpose advanced improved "
    "alternative different original".split()
)
_PREPOSITIONS = (" in", " for", " of", " on", " to", " with")


@dataclass(slots=True)
class Name:
    """A name the document introduces, with what it also goes by. ``kind`` is METHOD, BENCH or METRIC."""

    name: str
    kind: str
    start: int
    strength: int
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Register:
    """Every introduced name by surface form, and the best guess for the document's own method and benchmark."""

    by_surface: dict[str, Name] = field(default_factory=dict)
    first_words: set[str] = field(default_factory=set)  # of the surface forms, up to the first mark
    own: Name | None = None
    bench: Name | None = None
    descriptive: str | None = None
    titled: str | None = None
    studied: str | None = None
    phrase: str | None = None
    ours: str | None = None


def build(title: str | None, text: str, known: Known = lambda name, strength: False) -> Register:
    """The register of one document; ``known`` tells names of the field at large, which no document introduces."""
    title = title or ""
    found = _Names(text)
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
    reg.bench = _strongest([n for n in found.names.values() if n.kind == "BENCH" and n.strength >= 5])
    reg.first_words = {w.group() for surface in reg.by_surface if (w := patterns.FIRST.match(surface))}
    reg.descriptive = _descriptive(text)
    reg.titled = thing_in_title(title, text)
    studied = patterns.STUDIED.search(text)
    reg.studied = studied.group("np") if studied is not None else None
    reg.phrase = phrase_of_title(title, text)
    reg.ours = _ours(text)
    return reg


class _Names:
    """The names of one text while they are collected, by name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: dict[str, Name] = {}

    def add(self, name: str, kind: str, start: int, strength: int, alias: str | None = None) -> Name | None:
        """Take a name in, or strengthen it; None for what is no name."""
        name = name.strip(" ,.;:'\"“”‘’`")
        if name.endswith(("'s", "’s")):
            name = name[:-2]
        if not name or name in _STOP_NAMES or len(name) > 60 or name.isdigit() or name.replace(".", "").isdigit():
            return None
        if patterns.MODIFIER.search(name):
            return None
        if patterns.BENCH_NAME.search(name):
            kind = "BENCH"
        if start > 0 and 5 <= strength < 8 and patterns.COMPONENT.search(self.text, max(0, start - 90), start + 8):
            strength -= 3
        same = self.names.get(name)
        if same is None:
            same = self.names[name] = Name(name, kind, start, strength)
        else:
            if (kind == "BENCH" and strength >= 5) or (strength > same.strength and same.kind != "BENCH"):
                same.kind = kind
            same.strength = max(strength, same.strength)
        if alias and alias not in same.aliases:
            same.aliases.append(alias)
        return same

    def from_title(self, title: str) -> None:
        """The name before the colon of the title."""
        named = name_in_title(title, self.text) if title else None
        if named is not None:
            name, kind, strength = named
            self.add(name, kind, -1, strength)

    def from_acronyms(self) -> None:
        """Acronyms in brackets after their long form."""
        for m in patterns.ACRONYM.finditer(self.text):
            short = m.group("short")
            if not (shaped(short) or short.isupper()):
                continue
            long = acronym_of(short, self.text, m.start())
            if long and len(long) > len(short):
                strength = 3 if _introduced(self.text, m.start() - len(long)) else 1
                self.add(short, _kind_of(long), m.start(), strength, long)

    def from_phrases(self, title: str) -> None:
        """Names in the phrases that introduce one, the surest phrases first."""
        text, bare = self.text, patterns.BRACKETED.sub("", self.text)
        for m in patterns.CALLED_NAME.finditer(text):
            kind = _kind_of(_last_clause(text[max(0, m.start() - 60) : m.start()]))
            self.add(m.group("name"), kind, m.start(), 8)
        for m in patterns.SUCH_HEAD.finditer(bare):
            self.add(m.group("name"), _kind_of(bare[m.start() : m.start("name")]), m.start(), 7)
        for m in patterns.PROPOSE_NAME.finditer(text):
            self._proposed(m.group("name"), m.start(), *m.span("name"), title)
        for pattern in (patterns.CAPITAL_RUN, patterns.RESTATED):
            for m in pattern.finditer(bare):
                name = m.group("name")
                if " " in name or shaped(name):
                    self.add(name, _kind_of(patterns.CUT.split(bare[m.start() : m.end() + 30])[0]), m.start(), 6)
        for m in patterns.APPOSED.finditer(text):
            if m.group("ours") or shaped(m.group("name")):
                self.add(m.group("name"), "METHOD", m.start(), 7 if m.group("ours") else 4)
        for m in patterns.PROPOSED.finditer(text):
            if shaped(m.group("name")):
                self.add(m.group("name"), "METHOD", m.start(), 5)

    def _proposed(self, name: str, start: int, begin: int, end: int, title: str) -> None:
        """The object of "we propose", at ``begin:end``, and the acronym that follows it; ``start`` is the phrase's."""
        tail = self.text[end : end + 90]
        if patterns.SAID.match(tail):
            kind = _kind_of(patterns.CUT.split(tail)[0])
        else:
            kind = _kind_of(tail.split(" ", 2)[1] if tail.count(" ") > 1 else "")
        lead = self.text[start:begin].rstrip().lower()
        direct = lead.endswith(("e", "s", "d", "t", "p", "g")) and not name.islower()
        if not (" " in name or direct or shaped(name) or name in title):
            return
        abbreviated = patterns.ABBREVIATED.match(self.text, end)
        short = abbreviated.group(1) if abbreviated else ""
        if short and shaped(short) and short[0].lower() in (name[0].lower(), name.split("-")[0][:1].lower()):
            self.add(short, kind, start, 7, name)
        self.add(name, kind, start, 6)

    def from_appositions(self) -> None:
        """Names that the text says to be a method or a benchmark."""
        for m in patterns.APPOSITION.finditer(self.text):
            if m.group("name") in self.names or shaped(m.group("name")):
                said = patterns.CUT.split(m.group("kind"))[0]
                method = patterns.METHOD_HEAD.search(said)
                if method:
                    self.add(m.group("name"), "METHOD", m.start(), 4)
                elif patterns.BENCH_HEAD.search(said):
                    self.add(m.group("name"), "BENCH", m.start(), 5)

    def from_acts(self, acting: dict[str, int], known: Known) -> list[tuple[str, Name]]:
        """Names that nothing introduces but that act as methods do, with their names."""
        out = []
        for word, count in acting.items():
            if word not in self.names and shaped(word) and not known(word, 0) and len(word) > 2:
                self.add(word, "METHOD", self.text.find(word), min(3, 1 + count))
                out.append((word, self.names.get(word) or Name(word, "METHOD", 0, 1)))
        return out


def _strongest(names: list[Name]) -> Name | None:
    """The name with the strongest introduction, the first of several."""
    return max(names, key=lambda n: (n.strength, -n.start), default=None)


def _own(names: dict[str, Name], known: Known) -> Name | None:
    """The document's own method; a variant of a benchmark by name ("FooBench-Hard") becomes a benchmark."""
    methods = [
        n
        for n in names.values()
        if n.kind == "METHOD"
        and n.strength >= 3
        and not known(n.name, n.strength)
        and (n.strength >= 8 or not _is_term(n))
        and (n.start < 0 or not patterns.PLURAL.search(n.name))
    ]
    for n in names.values():
        if n.kind == "METHOD" and any(o.kind == "BENCH" and n.name.startswith(o.name + "-") for o in names.values()):
            n.kind = "BENCH"
    return _strongest([n for n in methods if n.kind == "METHOD"])


def _unnamed(found: _Names) -> Name | None:
    """A method that goes by a common name without article: "we propose sense tuning"."""
    plain = patterns.PLAIN.search(found.text)
    if plain is None:
        return None
    words = plain.group("np").split()
    if words[0] in _VAGUE or words[-1] in NOT_THINGS:
        return None
    return found.add(plain.group("np"), "METHOD", plain.start(), 4)


def _frequent(found: _Names, title: str, known: Known) -> Name | None:
    """A name that nothing introduces, but that the text speaks of again and again or the title has."""
    best, most = "", 1
    spoken = _ours(found.text) is not None  # "our method": no other name may be its own
    for m in patterns.BEGINS.finditer(found.text):
        name = m.group("name")
        same = found.names.get(name)
        if not patterns.COINED.fullmatch(name) or known(name, 0) or (same is not None and same.kind == "BENCH"):
            continue
        count = (not spoken and _count(name, found.text)) + 2 * (name in title)
        if count > most:
            best, most = name, count
    return found.add(best, "METHOD", found.text.find(best), 3) if best else None


def _is_term(name: Name) -> bool:
    """Whether a name is short for a common noun ("continual learning (CL)"), which names a field and no method."""
    return any(
        (alias[1:].islower() or alias.count(" ") < 2) and patterns.TERM.search(alias) is not None
        for alias in name.aliases
    )


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
    return at >= 0 and not low_title[:at].rstrip().endswith(_PREPOSITIONS)


def _last_clause(before: str) -> str:
    """The words after the last verb of introducing: what the name is called."""
    return patterns.INTRODUCING.split(before)[-1] or ""


def _kind_of(phrase: str) -> str:
    """BENCH where the last head noun of the phrase names a data set or a benchmark, else METHOD."""
    bench = [m.end() for m in patterns.BENCH_HEAD.finditer(phrase)]
    if not bench:
        return "METHOD"
    method = [m.end() for m in patterns.METHOD_HEAD.finditer(phrase)]
    return "BENCH" if not method or bench[-1] > method[-1] else "METHOD"


def _introduced(text: str, start: int) -> bool:
    """Whether what stands at ``start`` is the object of a verb of introducing shortly before."""
    before = text[max(0, start - 60) : max(0, start)]
    verbs = list(patterns.OWN.finditer(before))
    return bool(verbs) and patterns.AWAY.search(before[verbs[-1].end() :]) is None


def _descriptive(text: str) -> str | None:
    """What the abstract describes its method as, without praise: "a two-stage training scheme"."""
    m = patterns.DESCRIPTIVE.search(text)
    if not m:
        return None
    words = m.group("np").split()
    while len(words) > 1 and words[0].lower().strip(",") in _VAGUE:
        words.pop(0)
    if not 2 <= len(words) <= 7 or words[-1].lower() in NOT_THINGS:
        return None
    return " ".join(words)


def _ours(text: str) -> str | None:
    """How the abstract speaks of its own method: "our method" before "this method", short before long."""
    spoken = [m.group(0) for m in patterns.OURS_PHRASE.finditer(text)]
    return min(spoken, key=lambda w: (w.lower().startswith("this"), len(w.split()) > 3), default=None)
