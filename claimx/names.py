"""The names a document introduces: its method, its benchmark, its acronyms, and what "our method" stands for.

Names are recognised by shape and by the phrases that introduce them ("X: …", "we propose X", "called X", "Full Name (ABC)").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import regex

# A name by shape: a capital or digit inside, or capitalised words in a row.
WORD = r"(?:[\p{Lu}0-9τλμαβπ][\w@^*+.'\-‐–/]*[\w+*]|\p{Lu}|[a-z]{1,3}[\p{Lu}][\w\-+.]*\w[+*]*|[a-z]+-(?=\p{Lu}|[0-9])[\w\-]+)"
NAME = rf"{WORD}(?:[ ](?:{WORD}|of(?=\ \p{{Lu}})|&(?=\ \p{{Lu}})|[0-9][0-9.]*))*"
QUALIFIER = r"(?:(?:[\w\-]+(?:,| and)?\s){0,7}?)"
HEAD = (r"(?:methods?|approach(?:es)?|frameworks?|models?|systems?|algorithms?|architectures?|networks?|pipelines?|agents?|techniques?|strateg(?:y|ies)|modules?|"
        r"tools?|toolkit|librar(?:y|ies)|mechanism|paradigm|scheme|procedure|methodology|solution|solver|detector|classifier|regularizer|optimizer|loss|attack|defense|"
        r"benchmarks?|datasets?|corpus|suite|environment|testbed|challenge|simulator|dataset|protocol|variant|family|series)")
BENCH_HEAD = regex.compile(r"\b(?:benchmarks?|datasets?|data sets?|corpus|corpora|test ?suite|testbed|challenge|leaderboard|evaluation suite)\b", regex.I)
METHOD_HEAD = regex.compile(r"\b(?:methods?|approach|frameworks?|models?|systems?|algorithms?|networks?|pipeline|agents?|technique|strategy|architecture|paradigm|optimizer|attack|module|mechanism)\b", regex.I)

PROPOSE = (r"(?:propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|devis(?:e|es|ed)|design(?:s|ed)?|offer(?:s|ed)?|releas(?:e|es|ed)|"
           r"unveil(?:s|ed)?|build(?:s|ing)?|built|creat(?:e|es|ed|ing)|construct(?:s|ed|ing)?|design(?:s|ed|ing)|yield(?:s|ing)|curat(?:e|es|ed)|contribut(?:e|es|ed)|describ(?:e|es|ed)|formulat(?:e|es|ed)|establish(?:es|ed)?|suggest(?:s|ed)?|advocat(?:e|es|ed))")
CALLED = r"(?:(?<![\w\-])(?:we\s)?(?:call(?:ed)?|named?|dub(?:bed)?|term(?:ed)?|coin(?:ed)?|denoted?(?: as)?|refer(?:red)? to as|abbreviated as|namely|titled|entitled)(?:\s(?:it|this|them|as|the|our))?)"

_TITLE = regex.compile(rf"^\s*[\[\"“]?(?P<name>[^:?!]{{1,60}}?)[\"”\]]?\s*(?::|\s[-–—]{{1,3}}\s)\s*(?P<rest>.+)$", regex.S)
_PROPOSE_NAME = regex.compile(rf"\b(?i:we|here|paper|work|study|article|authors|report|to this end,?)\b(?:\s[\w,]+){{0,3}}?\s{PROPOSE}\s(?:[a-z]+\s)??(?:(?:a|an|the|our)\s)?(?:(?:novel|new|simple|first|large|open)\s)?(?P<name>{NAME})(?P<after>\s*(?:\(|,|:|--|–|—|\.|\bwhich\b|\bthat\b|\bto\b|\ba\b|\bfor\b|[\w\-]+){{0,3}})")
_CALLED = regex.compile(rf"\b{CALLED}\s[\"“'`‘]*(?P<name>{NAME})")
_SUCH_HEAD = regex.compile(rf"\b{PROPOSE}\s(?:a|an|the|our|two|three)?\s?{QUALIFIER}{HEAD}\s?,?\s?(?:--|–|—|:|,)?\s?[\"“]?(?P<name>{NAME})(?=\s?[(,.:;]|\s(?:for|to|that|which|with|based|on|in|,))")
_APPOSITION = regex.compile(rf"(?P<name>{WORD})\s?(?:\((?P<long>[^()]{{3,80}})\)\s?)?,\s(?:a|an|the first|the)\s(?P<kind>[^.,;:()]{{3,90}})")
_ACRONYM = regex.compile(r"\(\s?(?:i\.e\.,?\s|termed\s|called\s|dubbed\s|named\s|denoted\s|or\s)?[\"“'`]*(?P<short>[\w\p{Lu}][\w\-+^*@.$τ’']{0,24}[\w+*])[\"”'’]*\s?[);,]")
# "we propose sense tuning, which …": a method by a common name without article.
_PLAIN = regex.compile(
    r"\b(?i:we|paper|work)\s(?:\w+ly\s)?(?:propose|introduce|present|proposes|introduces|presents)\s(?P<np>(?!(?:to|the|a|an|our|two|three|four|five|several|new|novel|and|how|that|using|this|results|experiments|methods|evidence|some|more|both|it|what)\b)"
    r"[a-z][\w\-]+(?:\s(?:and\s)?[a-z][\w\-]+){1,3}?)(?=,\s(?:a|an|which|the|where)\b|\s\(|:|\s(?:that|which)\b)")
_DESCRIPTIVE = regex.compile(
    rf"\b(?i:we|here|paper|work|study|authors|article)\b,?(?:\s[\w,]+){{0,3}}?\s(?:{PROPOSE}|demonstrate|show)\s(?:and\s\w+\s)?(?:a|an|the use of|our|two|the)\s(?P<np>(?:[\w\-/’']+,?\s){{0,7}}?[\w\-/]+)"
    r"(?=\s(?:that|which|for|to|with|based|of|in|using|by|on|where|from|capable|consisting|called|named|termed|dubbed|as|and|combining|leveraging|designed)\b|[,.;:(]|\s[(–—])")
_MODIFIER = regex.compile(r"-(?:based|guided|aware|driven|free|level|wise|specific|style|like|only|generated|augmented|enhanced|trained|tuned)$")
# "Specifically, we …", "Further, we …": a part of the whole that was introduced before.
_COMPONENT = regex.compile(r"(?:^|[.;]\s)(?:Specifically|Further(?:more)?|Moreover|Additionally|In addition|Besides|Also|Second(?:ly)?|Third(?:ly)?|Finally|Then|Next)\b[^.;]{0,70}$")
_PLURAL = regex.compile(r"^[\p{Lu}\-]+s$")  # "LVLMs": a class of models, nobody's own
_FIRST = regex.compile(r"[^\W_]++")
# "a novel parameter-free Adaptive Feature Norm approach"
_CAPITAL_RUN = regex.compile(rf"\b{PROPOSE}\s(?:a|an|the|our)\s(?:[a-z][\w\-]*,?\s){{0,6}}?(?P<name>\p{{Lu}}[\w\-]+(?:\s\p{{Lu}}[\w\-]+)+)(?=\s{HEAD}|,|\s\()")
# "a soft hand, the Foo Soft Hand, which"
_RESTATED = regex.compile(rf"\b(?:{PROPOSE}|train(?:s|ed)?|obtain(?:s|ed)?)\s(?:a|an|the|our)\s(?:[\w\-]+,?\s){{1,9}}?[\w\-]+,\s(?:the\s|named\s|called\s)?(?P<name>{WORD}(?:\s{WORD})*)(?=,|\.|\swhich|\sthat)")
_BRACKETED = regex.compile(r"\s\([A-Z][\w\-]{1,7}\)(?=\s[a-z])")
_NOT_THINGS = {"study", "analysis", "evaluation", "investigation", "comparison", "survey", "review", "overview", "experiments", "results", "problem", "question", "task", "dataset", "benchmark", "corpus", "understanding", "insights", "view", "perspective", "number", "set", "series", "examination", "exploration", "assessment", "theory", "proof", "findings", "step", "first", "role", "impact", "effect", "effectiveness", "potential", "importance", "need", "ability", "possibility", "effects", "performance", "challenge", "challenges", "gap"}
_ABBREVIATED = regex.compile(r"[^().;]{0,45}\(([\w\-+*^]{2,18})\)")
_VAGUE = {"novel", "new", "simple", "effective", "efficient", "powerful", "first", "general", "generic", "unified", "comprehensive", "scalable", "practical", "and", "but", "yet", "innovative", "principled", "flexible", "robust", "lightweight", "conceptually", "highly", "fully", "completely", "very", "surprisingly", "the", "a", "an", "elegant", "straightforward", "large-scale", "further", "also", "then", "first", "systematic", "general-purpose", "advanced", "improved", "alternative", "different", "original"}
_BENCH_NAME = regex.compile(r"(?:Bench|bench|Eval|Arena|Gym|MMLU|\sBenchmark|\sDataset|\sCorpus|\sChallenge)(?:-?[0-9.]+)?(?:\+\+?)?$")
_PROPOSED = regex.compile(rf"\b(?i:the proposed|our(?: proposed| new| novel)?)\s(?:(?:[a-z\-]+\s){{0,3}}?{HEAD},?\s)?(?P<name>{WORD})(?=\s|,|\.|'s)")
_ACTS = regex.compile(
    rf"(?P<name>{WORD})\s(?:\w+ly\s|also\s|further\s|can\s)*(?:outperform|achieve|improve|reduce|surpasse?|attain|exceed|boost|enable|deliver|yield|reache?|obtain|provide|save|speed|cut|accelerate|enhance|demonstrate|show)(?:s|d)?\b")
_STOP_NAMES = {"We", "The", "A", "An", "In", "This", "Our", "It", "To", "For", "On", "With", "By", "These", "Experiments", "AI", "LLM", "LLMs", "Large", "Deep", "Learning", "Here", "However", "I", "Is", "Are", "How", "What", "Why", "Can", "Do", "Does", "When", "Towards", "Toward", "Neural", "Method", "Machine", "GPU", "URL", "Section", "Table", "Figure", "Code", "Data", "Model", "Models", "Re", "As", "At", "Of", "And", "Or", "If"}
_STOP_LOW = {w.lower() for w in _STOP_NAMES}


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


@lru_cache(maxsize=65536)
def shaped(word: str) -> bool:
    """Whether a single word has the shape of a name: a digit beside letters, an inner capital, or all capitals."""
    if len(word) < 2 or not word[0].isalnum() or word.islower():
        return False
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return False
    uppers = sum(map(str.isupper, letters))
    if "-" in word and not any(map(str.isdigit, word)):
        parts = word.split("-")
        return any(map(shaped, parts)) or (len(parts) > 1 and all(p[:1].isupper() for p in parts))
    inner = uppers > letters[0].isupper() or (not word[0].isalpha() and uppers > 0)
    return inner or (uppers > 0 and any(map(str.isdigit, word))) or (uppers == len(letters) and len(letters) > 1)


def acronym_of(short: str, text: str, end: int) -> str | None:
    """The long form that stands before an acronym at ``end``, or None: letters of the acronym in order over word starts."""
    letters = [c for c in short.lower() if c.isalnum()]
    if not 2 <= len(letters) <= 14:
        return None
    words = list(regex.finditer(r"[\w’']+", text[max(0, end - 160):end]))
    offset = max(0, end - 160)
    best = None
    for take in range(1, min(len(words), len(letters) + 6) + 1):
        piece = words[-take:]
        if piece[0].group()[0].lower() != letters[0]:
            continue
        if _covers(letters, [w.group().lower() for w in piece]):
            best = text[offset + piece[0].start():end].strip(" (")
            if take >= min(2, len(letters)):
                break
    return best


def _covers(letters: list[str], words: list[str]) -> bool:
    """Whether the letters are taken, in order, from the heads of the words: one or more from each word used, none from small ones."""
    dead: set[tuple[int, int]] = set()

    def walk(letter: int, word: int) -> bool:
        if letter == len(letters):
            return word >= len(words) - 1
        if word == len(words) or (letter, word) in dead:
            return False
        text, at, taken = words[word], 0, letter
        if text[0] == letters[letter]:
            while taken < len(letters) and (at := text.find(letters[taken], at)) >= 0:
                taken, at = taken + 1, at + 1
            for stop in range(letter + 1, taken + 1):  # initials first, then inner letters
                if walk(stop, word + 1):
                    return True
        if word and walk(letter, word + 1):
            return True
        dead.add((letter, word))
        return False

    return walk(0, 0)


def build(title: str | None, text: str, known: Callable[[str, int], bool] = lambda name, strength: False) -> Register:
    """The register of one document; ``known`` tells names of the field at large, which no document introduces."""
    reg = Register()
    names: dict[str, Name] = {}

    def add(name: str, kind: str, start: int, strength: int, alias: str | None = None) -> Name | None:
        name = name.strip(" ,.;:'\"“”‘’`")
        if name.endswith("'s") or name.endswith("’s"):
            name = name[:-2]
        first = name.split(" ", 1)[0] if name else ""
        if not name or name in _STOP_NAMES or (first in _STOP_NAMES and " " not in name) or len(name) > 60 or name.isdigit() or name.replace(".", "").isdigit():
            return None
        if _MODIFIER.search(name):
            return None
        if _BENCH_NAME.search(name):
            kind = "BENCH"
        if start > 0 and 5 <= strength < 8 and _COMPONENT.search(text, max(0, start - 90), start + 8):
            strength -= 3
        known = names.get(name)
        if known is None:
            known = names[name] = Name(name, kind, start, strength)
        else:
            if kind == "BENCH" and strength >= 5 or strength > known.strength and known.kind != "BENCH":
                known.kind = kind
            known.strength = max(strength, known.strength)
        if alias and alias not in known.aliases:
            known.aliases.append(alias)
        return known

    if title:
        _from_title(title, text, add)
    for m in _ACRONYM.finditer(text):
        short = m.group("short")
        if not (shaped(short) or short.isupper()):
            continue
        long = acronym_of(short, text, m.start())
        if long and len(long) > len(short):
            add(short, _kind_of(long), m.start(), 3 if _introduced(text, m.start() - len(long)) else 1, long)
    bare = _BRACKETED.sub("", text)  # "a reinforcement learning (RL) approach, X"
    for m in _CALLED.finditer(text):
        kind = _kind_of(_last_clause(text[max(0, m.start() - 60):m.start()]))
        add(m.group("name"), kind, m.start(), 8)
    for m in _SUCH_HEAD.finditer(bare):
        add(m.group("name"), _kind_of(m.group(0)[: m.start("name") - m.start()]), m.start(), 7)
    for m in _PROPOSE_NAME.finditer(text):
        name = m.group("name")
        tail = text[m.end("name"):m.end("name") + 90]
        kind = _kind_of(_CUT.split(tail)[0]) if regex.match(r"\s*(?:\([^)]{2,80}\)\s*)?(?:,|–|—|:|[\w\-]+\s(?:dataset|benchmark))", tail) else _kind_of(tail.split(" ", 2)[1] if tail.count(" ") > 1 else "")
        direct = m.group(0)[: m.start("name") - m.start()].rstrip().lower().endswith(("e", "s", "d", "t", "p", "g")) and not name.islower()
        if shaped(name.split(" ")[0]) or " " in name or name in (title or "") or direct:
            m2 = _ABBREVIATED.match(text, m.end("name"))
            short = m2.group(1) if m2 else ""
            if short and shaped(short) and short[0].lower() in (name[0].lower(), name.split("-")[0][:1].lower()):
                add(short, kind, m.start(), 7, name)
            add(name, kind, m.start(), 6)
    for pattern in (_CAPITAL_RUN, _RESTATED):
        for m in pattern.finditer(bare):
            if shaped(m.group("name").split(" ")[0]) or " " in m.group("name"):
                add(m.group("name"), _kind_of(_CUT.split(bare[m.start():m.end() + 30])[0]), m.start(), 6)
    for m in _PROPOSED.finditer(text):
        if shaped(m.group("name")):
            add(m.group("name"), "METHOD", m.start(), 5)
    for m in _APPOSITION.finditer(text):
        if m.group("name") in names or shaped(m.group("name")):
            kind_text = _CUT.split(m.group("kind"))[0]
            if BENCH_HEAD.search(kind_text) and not METHOD_HEAD.search(kind_text):
                add(m.group("name"), "BENCH", m.start(), 5)
            elif METHOD_HEAD.search(kind_text):
                add(m.group("name"), "METHOD", m.start(), 4)
    for name in names.values():
        reg.by_surface.setdefault(name.name, name)
        for alias in name.aliases:
            reg.by_surface.setdefault(alias, name)
    acting = _prefer_acronyms(names, title or "", text)
    for word, count in acting.items():
        if word not in names and shaped(word) and not known(word, 0) and len(word) > 2:
            add(word, "METHOD", text.find(word), min(3, 1 + count))
            reg.by_surface.setdefault(word, names.get(word) or Name(word, "METHOD", 0, 1))
    methods = [n for n in names.values() if n.kind == "METHOD" and n.strength >= 3 and not known(n.name, n.strength) and (n.strength >= 8 or not _is_term(n)) and (n.start < 0 or not _PLURAL.search(n.name))]
    if methods:
        reg.own = max(methods, key=lambda n: (n.strength, -n.start))
    for n in names.values():
        if n.kind == "METHOD" and any(o.kind == "BENCH" and n.name.startswith(o.name + "-") for o in names.values()):
            n.kind = "BENCH"
    methods = [n for n in methods if n.kind == "METHOD"]
    reg.own = max(methods, key=lambda n: (n.strength, -n.start)) if methods else None
    if reg.own is None and (plain := _PLAIN.search(text)) is not None and plain.group("np").split()[0] not in _VAGUE and plain.group("np").split()[-1] not in _NOT_THINGS:
        reg.own = add(plain.group("np"), "METHOD", plain.start(), 4)
    benches = [n for n in names.values() if n.kind == "BENCH" and n.strength >= 5]
    if benches:
        reg.bench = max(benches, key=lambda n: (n.strength, -n.start))
    reg.first_words = {w.group() for surface in reg.by_surface if (w := _FIRST.match(surface))}
    reg.descriptive = _descriptive(text)
    reg.titled = _titled(title or "", text)
    studied = _STUDIED.search(text)
    reg.studied = studied.group("np") if studied is not None else None
    reg.phrase = _phrase(title or "", text)
    spoken = [m.group(0) for m in _OURS_PHRASE.finditer(text)]
    spoken.sort(key=lambda w: (w.lower().startswith("this"), len(w.split()) > 3))
    reg.ours = spoken[0] if spoken else None
    return reg


_TERM = regex.compile(r"(?:learning|training|tuning|generation|recognition|detection|models?|agents?|segmentation|sampling|processing|answering|understanding|prediction|classification|optimization|reasoning|estimation|networks?|systems?|images?|data|attention|decoding|vehicles?|reality|intelligence|RL)$", regex.I)


def _is_term(name: Name) -> bool:
    """A common noun abbreviated for short ("continual learning (CL)"), which names a field and not the paper's method."""
    return any((alias[1:].islower() or alias.count(" ") < 2) and _TERM.search(alias) for alias in name.aliases)


def _count(name: str, text: str) -> int:
    """How often a name stands in a text as a word of its own."""
    found, at = 0, text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1:at], text[end:end + 1]
        found += not (before.isalnum() or before in ("-", "_") and before) and not (after.isalnum() or after == "-")
        at = text.find(name, end)
    return found


def _prefer_acronyms(names: dict[str, Name], title: str, text: str) -> dict[str, int]:
    """An acronym takes over the standing of its long form, and gains where the title has the long form or the text repeats it."""
    acting: dict[str, int] = {}
    for m in _ACTS.finditer(text):
        acting[m.group("name")] = acting.get(m.group("name"), 0) + 1
    low_title = title.lower()
    for name in names.values():
        for long in name.aliases:
            low = long.lower()
            for other in names.values():
                if other is not name and other.name.lower() in low and len(other.name) > 0.5 * len(low):
                    name.strength = max(name.strength, other.strength + 1)
            if len(low) > 8 and sum(w[:1].isupper() for w in long.split()) > 1 and (at := low_title.find(low)) >= 0 and not low_title[:at].rstrip().endswith((" in", " for", " of", " on", " to", " with")) or name.strength >= 3 and _count(name.name, title):
                name.strength += 2
        if name.strength >= 3:
            name.strength += 2 * min(2, acting.get(name.name, 0)) + min(2, _count(name.name, text) - 1)
    return acting


def _from_title(title: str, text: str, add: object) -> None:
    m = _TITLE.match(title)
    if not m:
        return
    name, rest = m.group("name").strip(), m.group("rest")
    acronym = regex.search(r"\(([\w\-]+)\)\s*$", name)
    if acronym:
        name = acronym.group(1)
    words = name.split()
    if len(words) > 4:
        return
    in_text = name in text
    if not in_text and len(words) > 1 and name.lower() in text.lower():
        at = text.lower().index(name.lower())
        name, in_text = text[at:at + len(name)], True
        if not name[:1].isupper():
            return
    if not in_text and 1 < len(words) <= 3 and all(w[:1].isupper() for w in words) and not any(w.lower() in _TITLE_STOPS for w in words):
        add(name, "METHOD", -1, 4)  # type: ignore[operator]
        return
    if len(words) == 1 and (shaped(name) or in_text) or (len(words) > 1 and in_text and all(w[:1].isupper() or w.islower() and len(w) < 4 for w in words)):
        head = regex.split(r"\b(?:for|of|in|with|via|using|on|to|through|from|and|by)\b", rest)[0]
        bench = BENCH_HEAD.search(head) or (regex.match(r"\s*(?:A|An|The|Towards?)?\s*(?:[\w\-]+\s){0,3}(?:Benchmarking|Evaluating|Dataset|Benchmark)", rest) is not None)
        add(name, "BENCH" if bench and not METHOD_HEAD.search(head) else "METHOD", -1, 9 if in_text else 8)  # type: ignore[operator]


_CUT = regex.compile(r"[.;]|\s(?:for|that|which|to|of|with|on|in|built|based|using|from)\s")


def _last_clause(before: str) -> str:
    """The words after the last verb of introducing: what the name is called."""
    return regex.split(r"\b(?:we|propose[sd]?|introduce[sd]?|present(?:s|ed)?|develop(?:s|ed)?|release[sd]?|build|built|construct(?:s|ed)?|create[sd]?)\b", before)[-1]


def _kind_of(phrase: str) -> str:
    """BENCH where the last head noun of the phrase names a data set or a benchmark, else METHOD."""
    bench = [m.end() for m in BENCH_HEAD.finditer(phrase)]
    method = [m.end() for m in METHOD_HEAD.finditer(phrase)]
    return "BENCH" if bench and (not method or bench[-1] > method[-1]) else "METHOD"


def _introduced(text: str, start: int) -> bool:
    before = text[max(0, start - 60):max(0, start)]
    m = None
    for m in regex.finditer(rf"\b(?:{PROPOSE}|{CALLED})\b", before):
        pass
    if m is None:
        return False
    between = before[m.end():]
    return regex.search(r"[.;:()]|\b(?:of|for|based|using|with|to|in|on|that|which|by|via|from|into)\b", between) is None


def _descriptive(text: str) -> str | None:
    m = _DESCRIPTIVE.search(text)
    if not m:
        return None
    words = m.group("np").split()
    while len(words) > 1 and words[0].lower().strip(",") in _VAGUE:
        words.pop(0)
    if not 2 <= len(words) <= 7 or words[-1].lower() in _NOT_THINGS:
        return None
    return " ".join(words)


_TITLE_STOPS = frozenset("of in for on with and the a an to is are how what why when do does can beyond towards toward from learning it you your not no all less more".split())
_TITLE_PARTS = regex.compile(r"\s*(?::|\b(?:via|with|through|using|by|for|in|on|of|from|to|towards?|and|is|are|as|at)\b)\s*", regex.I)
_OURS_PHRASE = regex.compile(r"\b(?:our|the proposed|this)\s(?:[\w\-]+\s){0,2}?(?:method|approach|model|framework|system|algorithm|technique|strategy|architecture|network|pipeline|attack)\b", regex.I)


def _titled(title: str, text: str) -> str | None:
    """The noun phrase a title begins with, where it names a thing: "Soft sensor for …", "Design and Analysis of a Wearable Arm"."""
    part = _TITLE_CUT.split(_TITLE_LEAD.sub("", title.strip(), count=1), maxsplit=1)[0].strip()
    words = part.split()
    if not 2 <= len(words) <= 5 or words[0].lower() in _TITLE_STOPS or words[0].lower().endswith("ing") or words[-1].lower() in _NOT_THINGS | _NOT_TITLED:
        return None
    head = words[-1].lower().rstrip("s")
    if not (METHOD_HEAD.search(words[-1]) or part.lower() in text.lower() or part.lower().rstrip("s") in text.lower() or regex.search(rf"\b(?:our|the|this|proposed) {regex.escape(head)}", text, regex.I)):
        return None
    return " ".join(w if shaped(w) else w[:1].lower() + w[1:] for w in words)


_TITLE_LEAD = regex.compile(r"^(?:(?:towards?|on|a|an|the|design|analysis|development|implementation|and|of|improving|improved|efficient|exploring|simple|novel|new|using)\s+)+", regex.I)
_TITLE_CUT = regex.compile(r"\s*(?::|[-–—]\s|[?!,]|\b(?:for|via|with|through|using|by|in|on|from|to|towards?|is|are|as|at|of|under|that|which|can|makes?|improves?|without|beyond|based|against|learns?|and|vs|when|need|needs)\b)\s*", regex.I)
_NOT_TITLED = {"language", "recognition", "classification", "detection", "prediction", "generation", "question", "answering", "design", "errors", "error", "models", "agents", "networks", "data", "images", "translation", "estimation",
               "learning", "knowledge", "scaling", "reasoning", "understanding", "law", "laws", "bias", "biases", "limits", "impacts", "effects", "behavior", "behaviors", "dynamics", "signatures", "relations"}


# "we evaluate 14 vision-language models": whose values an evaluation reports
_STUDIED = regex.compile(
    r"\b(?i:we|study|paper|work)\s(?:\w+ly\s|then\s|also\s)?(?:evaluat|benchmark|assess|test|examin|investigat|stud|analy[sz]|compar|probe)(?:e|es|ed|y|ies|ied|s|ing)?\s"
    r"(?:the\s)?(?:(?:over|more than|up to)\s)?(?P<np>(?:[\w\-]+\s){0,4}?(?:[\w\-]*(?:models|agents|LLMs|MLLMs|VLMs|LMs|systems|detectors|classifiers|judges|assistants|chatbots|encoders|methods|algorithms)))(?=[\s,.;:(])")


def _phrase(title: str, text: str) -> str | None:
    """A phrase of the title that the abstract uses for what it does, else how the abstract speaks of its own method."""
    low = text.lower()
    parts = _TITLE_PARTS.split(title)
    via = regex.search(r"\b(?:via|through|using|with|by)\s+(.+?)(?:\s(?:for|in|on|of|from|to)\s|:|$)", title, regex.I)
    for part in ([via.group(1)] if via else []) + parts[:1]:
        part = regex.sub(r"^(?:a|an|the|improving|towards?|learning|efficient|on|rethinking|revisiting|exploring|simple)\s+", "", part.strip(), flags=regex.I)
        if 2 <= len(part.split()) <= 5 and part.lower() in low:
            at = low.index(part.lower())
            return text[at:at + len(part)]
    return None
