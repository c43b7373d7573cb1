"""Who may have a row's value: every name and phrase of the sentence, and what the document calls its own method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Text, Token
from ..names import Register
from ..words import Words
from .candidates import DEFAULT, NONE, Candidate, Named, Pool, Relation, Row, Weights, closer, relation
from .context import Context
from .extents import extents, place_in
from .scene import PHRASES, WHO, Scene
from .subjects import Subjects

_ANCHORS = PHRASES | {"BENCH"}
_METRIC = frozenset({"METRIC"})
_ACTING_PARTS = frozenset({"subject", "agent", "baseline"})
_OWNING = frozenset({"with", "using", "by", "for", "via", "of", "from", "through", "than", "to"})
_PRONOUNS = frozenset({"we", "it", "ours", "they"})
_DETERMINERS = frozenset({"our", "this", "the", "these", "a", "an"})
BEST = frozenset("best strongest top leading best-performing top-performing frontier current existing".split())
_EMPTY = frozenset("new novel proposed full final resulting overall simple best".split())
_SURE = 6  # strength from which a document names its method beyond doubt
_STANDINS = ("ours", "phrase", "descriptive", "titled", "studied")  # what a document without a name goes by
_ACTS = ("achieve", "improve", "worsen", "raise", "reduce", "exceed", "lag", "consume", "be")
_AUXILIARY = frozenset("can could may will also to has have be not is are was were only still".split())


class _Standing(NamedTuple):
    """A token with how it stands to the row and to the document's own name."""

    token: Token
    at: int
    rel: Relation
    verb: str  # how a verb before the number follows it
    act: str  # and the class of that verb
    role: str  # what else of the row the rules take it for
    own: str


class Who:
    """Collects the candidates for the method of a row."""

    def __init__(self, subjects: Subjects, words: Words, method_heads: frozenset[str], weights: Weights) -> None:
        self._weights = weights
        self._subjects = subjects
        self._heads = method_heads
        self._not_method = words.classes["not-method"]
        self._acts = words.by_word(_ACTS)

    def of(self, row: Row, context: Context, text: Text, proposed: Named) -> list[Candidate]:
        """The candidates; ``proposed`` is what the rules found."""
        pool = Pool(self._weights)
        scene, draft, reg = row.scene, row.draft, context.register
        own = _standing(reg)
        measured = [i for i in closer(row, scene.lists(_METRIC)) if i < row.first and i not in draft.metrics]
        anchors = [*closer(row, scene.lists(_ANCHORS)), *(i for i in measured if scene.part[i] == "subject")]
        lists = scene.lists(PHRASES)
        near = closer(row, lists)
        ours, subject = "unspoken", "no-subject"
        roles = {**dict.fromkeys(draft.benchmarks, "bench"), **dict.fromkeys(draft.metrics, "metric")}
        if draft.baseline is not None:
            roles[draft.baseline] = "base"
        for i in anchors:
            t = scene.tokens[i]
            if t.type == "NP" and i != draft.method and not (self._weights.every or _may_act(scene, i)):
                continue  # never chosen; learning sees them nonetheless, for they teach what speaks against a phrase
            rel = relation(row, i, lists.get(i, [i]), near.get(i, 9))
            verb, act = self._predicate(scene, i, row.first)
            standing = _Standing(t, i, rel, verb, act, roles.get(i, ""), own)
            if t.type == "OURS":
                spoken = "acting" if rel.side == "before" and verb != "no-verb" else "spoken"
                ours = spoken if ours != "acting" else ours
                self._ours(pool, standing, reg)
                continue
            if t.type in WHO and rel.side == "before" and rel.part == "subject":
                subject = "subject"
            self._named(pool, standing, reg, row, text)
        reason = draft.reasons.get("method", DEFAULT)
        for kind, name in _document(reg):
            d = "doc " + kind
            facts = (own, ours, f"{own} {ours}", row.shape, row.kind, f"{subject} {own}", f"rule:{reason}")
            source = "the document" if name else "nobody"
            pool.take([Named(name)], source, [d, *(f"{d} {fact}" for fact in facts)])
        sort = scene.tokens[draft.method].type if draft.method is not None else "-"
        pool.propose([proposed], reason, ("rule", f"rule {reason}", f"rule {reason} {own}", f"rule {sort} {own}"))
        if context.last_who is not None and (last := pool.of(context.last_who)) is not None:
            pool.add(last, [f"last {ours}"])
        return pool.all()

    def _predicate(self, scene: Scene, i: int, at: int) -> tuple[str, str]:
        """How a verb before the number follows the token, and the class of that verb."""
        if i >= at:
            return "no-verb", "-"
        verb, how = self._subjects.verb_after(scene, i, at)
        if verb is None:
            return "no-verb", "-"
        k = verb
        while k + 1 < at and scene.tokens[k].low in _AUXILIARY and scene.verbs[k + 1]:
            k += 1
        act = "act:" + self._acts.get(scene.tokens[k].low, "other")
        return how or ("acts" if self._subjects.acts(scene, verb, at) else "verb"), act

    def _ours(self, pool: Pool, who: _Standing, reg: Register) -> None:
        """What "we", "it", "our method" may stand for."""
        t, i, rel, verb, role, own = who.token, who.at, who.rel, who.verb, who.role, who.own
        head = t.low if t.low in _PRONOUNS else "phrase"
        det = t.det if t.det in _DETERMINERS else "-"
        words = f"w{min(len(t.low.split()), 3)}"
        headed = "method" if t.head.rstrip("s") in self._heads else "thing"
        place = [f"{rel.side} {verb} {head}", f"{rel.part} {head} {rel.side}", f"{head} {rel.clause} {rel.like}"]
        place += [f"{head} {rel.numbers}", f"{rel.lead} {head}"]
        if role:
            place.append(f"role:{role}")
        if rel.captured:
            place.append(f"captured {rel.captured}")

        def take(name: str | None, kind: str, *features: str, places: int = 9) -> None:
            k = f"ours={kind}"
            pool.take([Named(name, t.text, i)], "the document", [f"{k} {f}" for f in (*features, *place[:places])])

        if reg.own is not None:
            take(reg.own.name, "own", own, f"{det} {headed} {words}")
        for n, rival in enumerate(reg.rivals):
            take(rival.name, "rival", f"{min(n, 1)} {own} {min(rival.strength, 6)}", places=0)
        sure = _named_for_sure(reg)
        if head == "phrase" and not (sure and _plain(t, self._heads)):
            take(f"{t.det or 'our'} {t.text}", "written", f"{own} {words}", f"{det} {headed} {words}")
        if sure:
            return
        for kind in _STANDINS:
            if name := getattr(reg, kind):
                take(name, kind, head, own, places=1)
        take("our method", "unnamed", head, own, places=1)

    def _named(self, pool: Pool, who: _Standing, reg: Register, row: Row, text: Text) -> None:
        """A name or phrase that stands for itself."""
        t, i, rel, verb, act, role, own = who.token, who.at, who.rel, who.verb, who.act, who.role, who.own
        sort, side = t.type, rel.side
        name = t.text if sort == "METRIC" else t.name or t.text
        fs = [sort, f"{sort} {rel.part} {side}", f"{sort} {verb} {rel.part}", f"{sort} {rel.clause} {side}"]
        fs += [f"{sort} {rel.lead} {side}", f"{sort} {rel.then} {side}", f"{sort} {rel.numbers} {side}"]
        fs += [f"{sort} {rel.like} {side}", f"{sort} {rel.gap} {side}", f"{sort} {rel.depth}", f"{sort} {own}"]
        fs += [f"{sort} {row.shape} {side}", f"{rel.lead} {rel.part} {verb}", f"{own} {verb} {sort}"]
        fs += [f"{verb} {rel.like} {side}", f"{verb} {rel.numbers}", f"{sort} {act}", f"{act} {verb} {row.shape}"]
        fs += [f"{sort} {act} {own}"]
        if rel.order:
            fs += [f"order:{rel.order} {side}", f"order:{rel.order} {sort} {rel.part}"]
        if reg.own is not None and name == reg.own.name:
            fs += [f"own {rel.part} {side}", f"own {verb}", f"own {own}"]
        elif (known := reg.by_surface.get(name)) is not None:
            fs += [f"introduced {known.kind} {min(known.strength, 6)}", f"introduced {known.kind} {verb}"]
        if who.at > 1 and rel.lead == "lead:of" and row.scene.tokens[who.at - 2].type == "METRIC":
            fs += [f"owner {side}", f"owner {sort} {verb}"]  # "the accuracy of FooNet drops"
        if role:
            fs += [f"role:{role} {sort}", f"role:{role}"]
        if rel.bracket:
            k = f"bracket {rel.bracket}"
            fs += [f"{k} {sort}", f"{k} {role}", f"{k} {rel.part}", f"{k} {rel.numbers}", f"{k} {rel.part} {own}"]
            fs.append(f"{k} {rel.part} {rel.gap}")
        if rel.captured:
            fs.append(f"captured {rel.captured}")
        self._longer(pool, who, row, text, fs)
        if (found := place_in(row.scene, i)) is not None:
            place, head = found
            fs += [f"{place} {sort}", f"{place} {head} {sort}", f"{place} {own}"]
        if sort == "NP":
            self._phrase(pool, who, fs)
            return
        if sort in ("METHOD", "NAME", "ACRONYM", "BENCH"):
            fs.append(f"{sort} {'known' if t.data is not None else 'unknown'} {own}")
        digit = "digit" if any(map(str.isdigit, name)) else "letters"
        fs += [f"{sort} times{_times(text.clean, t.text)} {own}", f"{sort} {digit} {own} {rel.part}"]
        if sort == "BASE":
            first = t.low.split()[0]
            fs += [f"BASE {first if first in BEST else '-'}", f"BASE {rel.part} {verb}"]
        pool.take([Named(name, t.text, who.at)], "compared with" if sort == "BASE" else "name", fs)

    def _longer(self, pool: Pool, who: _Standing, row: Row, text: Text, fs: list[str]) -> None:
        """The longer phrases of which this is the head: "PRM-guided beam search"."""
        rel, verb, act = who.rel, who.verb, who.act
        facts = (f"{verb} {who.own}", f"{act} {verb}", f"{rel.part} {verb}", f"{rel.lead} {rel.part}")
        for longer in extents(row.scene, who.at, text.clean):
            more = (*longer.form, *facts, f"{rel.then} {rel.numbers}", *fs[:8])
            named = [Named(longer.text, longer.text, who.at)]
            pool.take(named, "phrase", [longer.kind, *(f"{longer.kind} {fact}" for fact in more)])

    def _phrase(self, pool: Pool, who: _Standing, fs: list[str]) -> None:
        """A common noun phrase."""
        t, i, rel, verb, own = who.token, who.at, who.rel, who.verb, who.own
        words = t.low.split()
        method = t.head in self._heads or t.head.rstrip("s") in self._heads
        headed = "method" if method else "study" if t.head in self._not_method else "thing"
        det = t.det if t.det in _DETERMINERS else "-"
        np = f"NP {headed}"
        number = "plural" if words[-1].endswith("s") else "singular"
        more = [f"{np} {fact}" for fact in (verb, own, rel.part, rel.lead, who.act)]
        more += [f"NP {det} {verb}", f"NP w{min(len(words), 3)}", f"{np} {number}", f"NP head:{t.head}"]
        if words[0] in BEST:
            more.append("NP best")
        pool.take([Named(t.name or t.text, t.text, i)], "phrase", fs + more)


def _may_act(scene: Scene, i: int) -> bool:
    """Whether a phrase can have a value by its place: as subject, as what is compared with, or after "with", "by"."""
    return scene.part[i] in _ACTING_PARTS or (i > 0 and scene.tokens[i - 1].low in _OWNING)


def _document(reg: Register) -> Iterator[tuple[str, str | None]]:
    yield "nobody", None
    if reg.own is not None:
        yield "own", reg.own.name
    for n, rival in enumerate(reg.rivals):
        yield f"rival{n}", rival.name
    if _named_for_sure(reg):
        return
    for kind in _STANDINS:
        if name := getattr(reg, kind):
            yield kind, name
    yield "unnamed", "our method"


def _named_for_sure(reg: Register) -> bool:
    """Whether the document's method has a name beyond doubt, so that "our method" can stand for nothing else."""
    return reg.own is not None and reg.own.strength >= _SURE


def _plain(t: Token, heads: frozenset[str]) -> bool:
    """Whether a phrase says no more than "our method"."""
    words = t.low.split()
    return words[-1].rstrip("s") in heads and all(w in _EMPTY for w in words[:-1])


def _standing(reg: Register) -> str:
    """How strongly the document introduces a name of its own."""
    if reg.own is None:
        return "own:benchmark" if reg.bench is not None else "own:none"
    return "own:strong" if reg.own.strength >= 8 else "own:fair" if reg.own.strength >= _SURE else "own:weak"


def proposal(row: Row, context: Context, text: Text) -> Named:
    """What the rules take for the method, resolved to its name."""
    draft = row.draft
    if draft.phrase is not None:
        phrase = text.clean[draft.phrase[0] : draft.phrase[1]]
        return Named(phrase, phrase, draft.method)
    token = row.scene.tokens[draft.method] if draft.method is not None else None
    return resolved(token, draft.method, context)


def resolved(token: Token | None, at: int | None, context: Context) -> Named:
    """A token by its name, "our method" by what the document calls it."""
    reg = context.register
    if token is not None and token.type != "OURS":
        return Named(token.name or token.text, token.text, at)
    written = token.text if token is not None else None
    if reg.own is not None:
        return Named(reg.own.name, written, at)
    if token is not None and token.low not in _PRONOUNS:
        return Named(f"{token.det or 'our'} {token.text}", written, at)
    if token is None and reg.bench is not None:
        return NONE
    standin = next((name for kind in _STANDINS if (name := getattr(reg, kind))), "our method")
    return Named(standin, written, at)


def _times(text: str, word: str) -> int:
    """How often ``word`` stands in ``text``, up to three times; the rest of a long text is then not looked at."""
    times, at = 0, text.find(word)
    while at >= 0 and times < 3:
        times, at = times + 1, text.find(word, at + len(word))
    return times
