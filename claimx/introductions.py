"""The phrases that introduce a name: "X: …", "we propose X", "called X", "Full Name (ABC)", "X, a new method"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

from . import name_patterns as patterns
from .acronyms import acronym_of, shaped
from .anchors import Anchors, matches, may_name, may_name_after_head, phrase_end
from .descriptions import VAGUE
from .titles import bracketed_in_title, name_in_title

Known = Callable[[str, int], bool]  # of a name and the strength of its introduction

_STOP_NAMES = frozenset(
    "We The A An In This Our It To For On With By These Experiments AI LLM LLMs Large Deep Learning Here However I Is "
    "Are How What Why Can Do Does When Towards Toward Neural Method Machine GPU URL Section Table Figure Code Data "
    "Model Models Re As At Of And Or If GitHub HuggingFace PyTorch TensorFlow Python CUDA ROS FPGA".split()
)


MOST_NAMES = 500  # of one document; each is looked for in its whole text, so there must be an end to them


@dataclass(slots=True)
class Name:
    """A name the document introduces, with what it also goes by. ``kind`` is METHOD, BENCH, METRIC or TOPIC."""

    name: str
    kind: str
    start: int
    strength: int
    aliases: list[str] = field(default_factory=list)


class Names:
    """The names of one text while they are collected, by name."""

    def __init__(self, anchors: Anchors) -> None:
        self.text, self.anchors = anchors.text, anchors
        self.names: dict[str, Name] = {}

    def add(
        self, name: str, kind: str, start: int, strength: int, alias: str | None = None, within: str | None = None
    ) -> Name | None:
        """Take a name in, or strengthen it; None for what is no name. ``start`` is its place ``within`` the text."""
        name = name.strip(" ,.;:'\"“”‘’`")
        if name.endswith(("'s", "’s")):
            name = name[:-2]
        if not name or name in _STOP_NAMES or len(name) > 60 or (name[0].isdigit() and name.replace(".", "").isdigit()):
            return None
        if "-" in name and patterns.MODIFIER.search(name):
            return None
        if patterns.BENCH_NAME.search(name):
            kind = "BENCH"
        if (
            start > 0
            and 5 <= strength < 8
            and patterns.COMPONENT.search(within or self.text, max(0, start - 90), start + 8)
        ):
            strength -= 3
        same = self.names.get(name)
        if same is None:
            if len(self.names) >= MOST_NAMES:
                return None
            same = self.names[name] = Name(name, kind, start, strength)
        else:
            if (kind == "BENCH" and strength >= 5) or (strength > same.strength and same.kind != "BENCH"):
                same.kind = kind
            same.strength = max(strength, same.strength)
        if alias and alias not in same.aliases:
            same.aliases.append(alias)
        return same

    def from_title(self, title: str) -> None:
        """The name before the colon of the title, or the one in brackets after its long form."""
        named = (name_in_title(title, self.text) or bracketed_in_title(title)) if title else None
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
                own = _introduced(self.anchors, self.text.rfind(long, 0, m.start()), m.end())
                bench = own and patterns.BENCH_HEAD.match(self.text, m.end() + 1) is not None
                self.add(short, "BENCH" if bench else _kind_of(long), m.start(), 5 if bench else 3 if own else 1, long)
        for m in patterns.EXPANDED.finditer(self.text) if patterns.AFTER_ASIDE.search(self.text) else ():
            short, long = self.text[: m.start()].rsplit(" ", 1)[-1], m.group("long")
            whole = acronym_of(short, long, len(long)) if shaped(short) else None
            if whole is not None and len(whole) > 0.8 * len(long):
                self.add(short, _kind_of(long), m.start(), 4, long)

    def from_phrases(self, title: str) -> None:
        """Names in the phrases that introduce one, the surest phrases first."""
        text, anchors = self.text, self.anchors
        for m in matches(patterns.CALLED_NAME, text, anchors.calls):
            clause = _last_clause(text[max(0, m.start() - 60) : m.start()])
            self.add(m.group("name"), _kind_of(clause), m.start(), 3 if patterns.BORROWED.search(clause) else 8)
        for m in matches(patterns.PROPOSE_NAME, text, [at for at in anchors.proposing if may_name(text, at)]):
            self._proposed(m.group("name"), m.start(), *m.span("name"), title)
        self._after_verbs()
        for m in patterns.APPOSED.finditer(text) if anchors.apposed() else ():
            if m.group("ours") or shaped(m.group("name")):
                self.add(m.group("name"), "METHOD", m.start(), 7 if m.group("ours") else 4)
        for m in matches(patterns.PROPOSED, text, [at for at in anchors.ours if may_name(text, at)]):
            if shaped(m.group("name")) and _modified(text, m.end("name")) is None:
                self.add(m.group("name"), "METHOD", m.start(), 5)

    def _after_verbs(self) -> None:
        """The names in what is proposed, asides left out of the text."""
        bare, verbs = _without_asides(self.text, self.anchors.verbs)
        quotes = '"' in bare or "“" in bare
        for at in verbs:
            if quotes or may_name(bare, at):
                self._after_verb(bare, at, phrase_end(bare, at))

    def _after_verb(self, bare: str, start: int, end: int) -> None:
        """The names in what is proposed at ``start:end`` of the text without asides."""
        m = patterns.SUCH_HEAD.match(bare, start) if may_name_after_head(bare, start, end) else None
        if m is not None:
            self.add(m.group("name"), _kind_of(bare[m.start() : m.start("name")]), start, 7, within=bare)
        quotes = bare.find('"', start, end) >= 0 or bare.find("“", start, end) >= 0
        m = patterns.QUOTED.match(bare, start) if quotes else None
        if m is not None and m.group("name")[:1].isupper():
            self.add(m.group("name"), _kind_of(bare[m.start() : m.end() + 25]), start, 6, within=bare)
        # what is restated stands after a comma
        again = (patterns.RESTATED,) if bare.find(",", start, end) >= 0 else ()
        for pattern in (patterns.CAPITAL_RUN, *again):
            m = pattern.match(bare, start)
            if m is not None and (" " in m.group("name") or shaped(m.group("name"))):
                said = patterns.CUT.split(bare[m.start() : m.end() + 30])[0]
                self.add(m.group("name"), _kind_of(said), start, 6, within=bare)

    def _proposed(self, name: str, start: int, begin: int, end: int, title: str) -> None:
        """The object of "we propose", at ``begin:end``, and the acronym that follows it; ``start`` is the phrase's."""
        abbreviated = patterns.ABBREVIATED.match(self.text, end)
        short = abbreviated.group(1) if abbreviated else ""
        if abbreviated is None or not shaped(short) or short[0].lower() != name[0].lower():
            short = ""
        noun = _modified(self.text, end)
        if noun is not None and abbreviated is not None and short:
            self.add(short, "METHOD", start, 7, self.text[begin : abbreviated.start(1) - 1].rstrip())
            return  # "Foo folding and unfolding (FFU)": the short name is the whole, the long one a part
        if noun is not None:
            after = end + 1 + len(noun)
            article = patterns.ARTICLE.search(self.text, start, begin)
            if not noun or article or not patterns.CLOSED.match(self.text, after):
                return
            name, end = f"{name} {noun}", after  # "we propose Foo pruning, which"
        tail = self.text[end : end + 90]
        if patterns.SAID.match(tail):
            kind = _kind_of(patterns.CUT.split(tail)[0])
        else:
            kind = _kind_of(tail.split(" ", 2)[1] if tail.count(" ") > 1 else "")
        lead = self.text[start:begin].rstrip().lower()
        direct = lead.endswith(("e", "s", "d", "t", "p", "g")) and not name.islower()
        if not (" " in name or direct or shaped(name) or name in title):
            return
        if short:
            self.add(short, kind, start, 7, name)
        self.add(name, kind, start, 6)

    def from_appositions(self) -> None:
        """Names that the text says to be a method or a benchmark."""
        for m in patterns.APPOSITION.finditer(self.text):
            before = self.text[max(0, m.start() - 140) : m.start()].rstrip()
            if before.endswith(")"):
                before = before[: before.rfind("(") if "(" in before else 0].rstrip()
            word = before.rsplit(" ", 1)[-1]
            if word.islower() and word.isalpha() and word.isascii():
                continue
            found = patterns.NAME_BEFORE.search(word)
            if found is None or patterns.LEAD.search(before, max(0, len(before) - len(word) - 12)):
                continue
            name = found.group("name")
            if name in self.names or shaped(name):
                said = patterns.CUT.split(m.group("kind"))[0]
                if patterns.METHOD_HEAD.search(said):
                    self.add(name, "METHOD", m.start() - len(name), 4)
                elif patterns.BENCH_HEAD.search(said):
                    self.add(name, "BENCH", m.start() - len(name), 5)

    def from_acts(self, acting: dict[str, int], known: Known) -> list[tuple[str, Name]]:
        """Names that nothing introduces but that act as methods do, with their names."""
        out = []
        for word, count in acting.items():
            if len(self.names) >= MOST_NAMES:
                break
            if word not in self.names and shaped(word) and not known(word, 0) and len(word) > 2:
                self.add(word, "METHOD", self.text.find(word), min(3, 1 + count))
                out.append((word, self.names.get(word) or Name(word, "METHOD", 0, 1)))
        return out


def _without_asides(text: str, places: list[int]) -> tuple[str, list[int]]:
    """A text without asides like "(RL)", and where the places are in it."""
    asides = [m.span() for m in patterns.BRACKETED.finditer(text)] if patterns.ASIDE.search(text) else []
    if not asides:
        return text, places
    starts = [start for start, _ in asides]
    ends = [end for _, end in asides]
    bare = "".join(text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True))
    gone = [0, *accumulate(end - start for start, end in asides)]
    return bare, [at - gone[bisect_left(starts, at)] for at in places]


def _last_clause(before: str) -> str:
    """The words after the last verb of introducing: what the name is called."""
    return patterns.INTRODUCING.split(before)[-1] or ""


def _kind_of(phrase: str) -> str:
    """What the last head noun of the phrase names; METHOD where it has none."""
    ends = {m.lastgroup: m.end() for m in patterns.KIND_HEAD.finditer(phrase)}
    bench, method = ends.get("BENCH", -1), ends.get("METHOD", -1)
    if bench > method:
        return "BENCH"
    metric, topic = ends.get("METRIC", -1), ends.get("TOPIC", -1)
    if method >= 0 or metric == topic:
        return "METHOD"
    return "METRIC" if metric > topic else "TOPIC"


def _modified(text: str, end: int) -> str | None:
    """The noun that a name ending at ``end`` only modifies, '' for a part of a word; None where it stands for itself.

    The noun of what a method is, as in "the Foo framework", counts for none.
    """
    m = patterns.MODIFIED.match(text, end)
    if m is None:
        return None
    noun = m.group("noun")
    if noun is None:
        return ""
    return None if patterns.VERBAL.search(noun) or noun in patterns.HEADS else noun


def _introduced(anchors: Anchors, start: int, end: int) -> bool:
    """Whether the long form at ``start`` is the object of a verb of introducing, and no part of a longer phrase.

    In "a full-stack object optimiser (FOO) system" the phrase goes on after the bracket that ends at ``end``.
    """
    text, begin = anchors.text, max(0, start - 60)
    if start < 0:
        return False
    if not anchors.introduces(begin, start) and (begin == 0 or not text[begin - 1].isalnum()):
        return False
    before = text[begin:start]
    verbs = list(patterns.OWN.finditer(before))
    if not verbs or patterns.AWAY.search(before[verbs[-1].end() :]) is not None:
        return False
    noun = patterns.MODIFIED.match(text, end)
    if noun is None or text[start].isupper() or patterns.VERBAL.search(noun.group("noun") or ""):
        return True
    return all(w in VAGUE for w in before[verbs[-1].end() :].split())
