"""The role of each number, value or change or neither: what the rules say and the words around it, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .candidates import Candidate, Named, Pool
from .drafts import coordinated
from .neighbours import Neighbours
from .numbers import NumberRanker
from .ranking import Ranking
from .readings import MULTIPLYING, Reading
from .scene import Scene

ROLES = ("value", "delta", "skip")
_FORMS = {  # what numbers in words are made of
    "order": ("order",),
    "times": ("times", "fold", "twice", "thrice"),
    "verb": (*MULTIPLYING, "halv"),
    "part": ("half", "third", "quarter", "fifth", "tenth"),
}
_TELLING = frozenset(  # words and classes of words that tell what kind of sentence it is
    "achieve exceed improve reduce show shows demonstrate find propose introduce present".split()
)
_PREPOSITIONS = frozenset(
    "with at by to of in on for from under over within than below above about around using via".split()
)
_LIST = 40  # tokens between two numbers of one list
_BESIDE = 5  # tokens on either side of a number in which its preposition and nouns stand
_NEAR, _FAR = 6, 14  # tokens before a number in which the last verb or word of change is looked for


class Roles(NumberRanker):
    """Settles what a sentence's numbers are; what the rules take them for is one of the features."""

    def __init__(self, neighbours: Neighbours, ranking: Ranking) -> None:
        super().__init__(neighbours, ranking, "role")
        self._by_fact: dict[str, list[tuple[str, str]]] = {}  # the weighed features that a fact is part of, by role
        for feature in self._weights:
            role, _, fact = feature.partition(" ")
            self._by_fact.setdefault(fact, []).append((role, feature))

    def settle(self, readings: dict[int, Reading], scene: Scene, place: float | None = None) -> None:
        """Give each reading its likeliest role; ``place`` is how far into the text the sentence begins, 0 to 1, None
        where that says nothing."""
        if all(map(_settled, readings.values())):
            return
        last: dict[int, Reading] = {}  # by the depth of brackets
        setting = self._sentence(scene, place)
        for at in sorted(readings):
            r, depth = readings[at], scene.depth[at]
            if not _settled(r):
                role = self._best(r, self._candidates(r, scene, last.get(depth), setting)).source
                if role != (r.role or "skip"):
                    r.role, r.match = role, None
                    r.rule = "" if role == "skip" else r.rule or "by its words"
            last[depth] = r

    def _candidates(
        self, r: Reading, scene: Scene, previous: Reading | None, setting: Sequence[str]
    ) -> list[Candidate]:
        pool = Pool(self._weights)
        proposed = r.role or "skip"
        facts = self._facts(r, scene, previous)
        facts += setting
        facts += [f"{fact} {also}" for fact in setting for also in (r.type, f"rule:{r.rule or 'none'}")]
        features: dict[str, list[str]] = {role: [role] for role in ROLES}
        if self._weights.every:
            for role in ROLES:
                features[role] += [f"{role} {fact}" for fact in facts]
        else:
            for fact in filter(self._by_fact.__contains__, facts):
                for role, feature in self._by_fact[fact]:
                    if role in features:
                        features[role].append(feature)
        rank = f"rank{r.rank // 10}" if r.match is not None else "rank-"
        features[proposed] += ["rule", f"rule {r.rule or 'none'} {proposed}", rank, f"{rank} {proposed}"]
        for role in ROLES:
            pool.take([Named(role)], role, features[role])
        return pool.all()

    def _sentence(self, scene: Scene, place: float | None) -> list[str]:
        """What kind of sentence it is: where it stands, what it speaks of, whether it tells results."""
        types = [t.type for t in scene.tokens]
        said = {self._word(scene.tokens, k) for k, t in enumerate(types) if t == "WORD"}
        telling = sorted(said & _TELLING)[:1] or ["-"]
        who = next((t for t in ("OURS", "METHOD", "NAME", "ACRONYM") if t in types), "-")
        return [
            "place:" + ("-" if place is None else f"{int(place * 4)}" if place else "first"),
            f"metrics:{min(2, types.count('METRIC'))}",
            f"bench:{min(1, types.count('BENCH'))}",
            f"who:{who}",
            f"telling:{telling[0]}",
        ]

    def _facts(self, r: Reading, scene: Scene, previous: Reading | None) -> list[str]:
        """What speaks for one role or another: the number itself, the words around it, the number before."""
        return [*_shape(r, scene), *self._words(r, scene), *_listed(r, scene, previous), *self._governed(r, scene)]

    def _words(self, r: Reading, scene: Scene) -> Iterator[str]:
        """The neighbours of a number, with its type, its form and the rule that reads it."""
        tokens, at, sort = scene.tokens, r.at, r.type
        before, after = self._word(tokens, at - 1), self._word(tokens, at + 1)
        two, three = self._word(tokens, at - 2), self._word(tokens, at + 2)
        change, said = self._change(scene, at, _NEAR), self._change(scene, at, _FAR)
        rule = r.rule or "none"
        yield from (f"{sort} -1:{before}", f"{sort} +1:{after}", f"-1:{before}", f"+1:{after}", f"-2:{two}")
        yield from (f"+2:{three}", f"-2:{two} -1:{before}", f"+1:{after} +2:{three}", f"-1:{before} +1:{after}")
        yield from (f"change:{change}", f"{sort} change:{change}", f"change:{change} -1:{before}")
        yield from (f"said:{said} -1:{before}", f"said:{said} {sort}")
        yield from (f"rule:{rule} -1:{before}", f"rule:{rule} +1:{after}", f"rule:{rule} change:{change}")
        if scene.depth[at]:
            yield f"bracket -1:{before}"
        if r.quantity.sign:
            yield f"sign {sort} -1:{before}"
        if r.quantity.unit and sort == "UNIT":
            yield f"unit {r.quantity.unit} -1:{before}"
        if r.quantity.word:
            word, form = r.quantity.text.lower(), _form(r)
            yield from (f"word:{word} -1:{before}", f"word:{word} +1:{after}")
            yield from (f"form:{form} -1:{before}", f"form:{form} +1:{after}")

    def _governed(self, r: Reading, scene: Scene) -> Iterator[str]:
        """The verb, the preposition and the nouns that a number goes with, and how far the metrics are."""
        tokens, at, sort = scene.tokens, r.at, r.type
        end = min(len(tokens), at + _BESIDE)
        left, right = range(at - 1, max(-1, at - _BESIDE), -1), range(at + 1, end)
        metric = next((k for k in range(at - 1, max(-1, at - _NEAR), -1) if tokens[k].type == "METRIC"), None)
        yield f"metric {'-' if metric is None else min(at - metric, 3)} {sort}"
        then = next((k for k in right if tokens[k].type == "METRIC"), None)
        yield f"then {'-' if then is None else min(then - at, 3)} {sort}"
        verb = next((k for k in range(at - 1, max(-1, at - _FAR), -1) if scene.verbs[k]), None)
        if verb is not None:
            low, near = tokens[verb].low, "near" if at - verb < 4 else "far"
            yield from (f"verb:{low}", f"verb:{low} {near}", f"verb:{low} {sort}")
            yield f"verb {near} -1:{self._word(tokens, at - 1)}"
        prep = next((k for k in left if tokens[k].type == "WORD" and tokens[k].low in _PREPOSITIONS), None)
        if prep is not None:
            low = tokens[prep].low
            yield from (f"prep:{low}", f"prep:{low} {sort}", f"prep:{low} +1:{self._word(tokens, at + 1)}")
        for place, span in (("noun", left), ("of", right)):
            noun = next((k for k in span if tokens[k].type in ("NP", "METRIC")), None)
            if noun is not None:
                yield f"{place}:{tokens[noun].low.split()[-1]}"


def _shape(r: Reading, scene: Scene) -> Iterator[str]:
    """What a number looks like."""
    q, sort = r.quantity, r.type
    yield from (sort, f"{sort} {q.kind}")
    if scene.depth[r.at]:
        yield from ("bracket", f"bracket {sort}")
    if q.sign:
        yield f"sign {q.sign}"
    if q.high is not None:
        yield from ("range", f"range {sort}")
    if q.bound != "=":
        yield from (f"bound {q.bound}", f"bound {q.bound} {sort}")
    if q.unit and sort == "UNIT":
        yield f"unit {q.unit}"
    if q.word:
        yield from ("in words", f"word:{q.text.lower()}", f"form:{_form(r)}")


def _form(r: Reading) -> str:
    """What a number in words is made of."""
    word = r.quantity.text.lower()
    return next((name for name, parts in _FORMS.items() if any(p in word for p in parts)), "number")


def _listed(r: Reading, scene: Scene, previous: Reading | None) -> Iterator[str]:
    """The role of the number before, and whether the two stand in one list."""
    if previous is None:
        return
    role, near = previous.role or "skip", "near" if r.at - previous.at < 4 else "far"
    if r.at - previous.at < _LIST and coordinated(scene.tokens, scene, previous.at, r.at):
        like = "same" if r.quantity.kind == previous.quantity.kind else "other"
        yield from (f"list {role} {like}", f"list {role} {r.type} {previous.type}")
        yield f"list {role} {r.rule or 'none'}"
    yield from (f"previous {role} {near}", f"previous {previous.type} {r.type} {role}")


def _settled(r: Reading) -> bool:
    """Whether nothing is open: earlier values, counts, what a rule rejects, and verbs of change ("doubles")."""
    if r.role == "base" or r.type == "COUNT" or (r.match is not None and r.match.pattern.role == "reject"):
        return True
    return r.role == "delta" and r.quantity.word and r.quantity.text.lower().startswith(_FORMS["verb"])
