"""The role of each number, value or change or neither: what the rules say and the words around it, ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import Token
from ..words import Words
from .candidates import Candidate, Named, Pool, Weights
from .drafts import coordinated
from .readings import Reading
from .scene import QUANTITIES, Scene

ROLES = ("value", "delta", "skip")
_CLASSES = (
    *("improve", "raise", "reduce", "worsen", "exceed", "lag", "gain", "rise", "drop", "harm", "more", "less"),
    *("faster", "slower", "better", "worse", "speedup", "achieve", "consume", "be"),
)
_FORMS = {  # what numbers in words are made of
    "order": ("order",),
    "times": ("times", "fold", "twice", "thrice"),
    "verb": ("doubl", "tripl", "quadrupl", "halv"),
    "part": ("half", "third", "quarter", "fifth", "tenth"),
}
_LIST = 40  # tokens between two numbers of one list
_NEAR, _FAR = 6, 14  # tokens before a number in which the last verb or word of change is looked for


class Roles:
    """Settles what a sentence's numbers are; what the rules take them for is one of the features."""

    def __init__(self, words: Words, weights: Weights) -> None:
        self._class = {w: name for name in reversed(_CLASSES) for w in words.classes[name]}
        self._weights = weights
        self._by_fact: dict[str, list[tuple[str, str]]] = {}  # the weighed features that a fact is part of, by role
        for feature in weights:
            role, _, fact = feature.partition(" ")
            self._by_fact.setdefault(fact, []).append((role, feature))
        self.watch: Callable[[Reading, list[Candidate]], None] | None = None  # sees every choice; learning needs it

    def settle(
        self, readings: dict[int, Reading], scene: Scene, rank: Callable[[list[Candidate]], list[Candidate]]
    ) -> None:
        """Give each reading its likeliest role."""
        last: dict[int, Reading] = {}  # by the depth of brackets
        for at in sorted(readings):
            r, depth = readings[at], scene.depth[at]
            if not _settled(r):
                ranked = rank(self._candidates(r, scene, last.get(depth)))
                if self.watch is not None:
                    self.watch(r, ranked)
                role = ranked[0].source
                if role != (r.role or "skip"):
                    r.role, r.match = role, None
                    r.rule = "" if role == "skip" else r.rule or "by its words"
            last[depth] = r

    def _candidates(self, r: Reading, scene: Scene, previous: Reading | None) -> list[Candidate]:
        pool = Pool(self._weights)
        proposed = r.role or "skip"
        facts = self._facts(r, scene, previous)
        features: dict[str, list[str]] = {role: [role] for role in ROLES}
        if self._weights.every:
            for role in ROLES:
                features[role] += [f"{role} {fact}" for fact in facts]
        else:
            for fact in filter(self._by_fact.__contains__, facts):
                for role, feature in self._by_fact[fact]:
                    if role in features:
                        features[role].append(feature)
        features[proposed] += ["rule", f"rule {r.rule or 'none'} {proposed}"]
        for role in ROLES:
            pool.take([Named(role)], role, features[role])
        return pool.all()

    def _facts(self, r: Reading, scene: Scene, previous: Reading | None) -> list[str]:
        tokens, at = scene.tokens, r.at
        sort = r.type
        before, after = self._word(tokens, at - 1), self._word(tokens, at + 1)
        two, three = self._word(tokens, at - 2), self._word(tokens, at + 2)
        change, said = self._change(scene, at, _NEAR), self._change(scene, at, _FAR)
        facts = [sort, f"{sort} {r.quantity.kind}", f"{sort} -1:{before}", f"{sort} +1:{after}", f"-1:{before}"]
        facts += [f"+1:{after}", f"-2:{two} -1:{before}", f"+1:{after} +2:{three}", f"-1:{before} +1:{after}"]
        facts += [
            f"-2:{two}",
            f"+2:{three}",
            f"change:{change}",
            f"{sort} change:{change}",
            f"change:{change} -1:{before}",
        ]
        facts += [f"said:{said} -1:{before}", f"said:{said} {sort}"]
        facts += [f"rule:{r.rule or 'none'} -1:{before}", f"rule:{r.rule or 'none'} +1:{after}"]
        facts.append(f"rule:{r.rule or 'none'} change:{change}")
        if scene.depth[at]:
            facts += ["bracket", f"bracket {sort}", f"bracket -1:{before}"]
        if r.quantity.sign:
            facts += [f"sign {r.quantity.sign}", f"sign {sort} -1:{before}"]
        if r.quantity.high is not None:
            facts += ["range", f"range {sort}"]
        if r.quantity.bound != "=":
            facts += [f"bound {r.quantity.bound}", f"bound {r.quantity.bound} {sort}"]
        if r.quantity.unit and sort == "UNIT":
            facts += [f"unit {r.quantity.unit}", f"unit {r.quantity.unit} -1:{before}"]
        if r.quantity.word:
            word = r.quantity.text.lower()
            form = next((name for name, parts in _FORMS.items() if any(p in word for p in parts)), "number")
            facts += ["in words", f"word:{word}", f"word:{word} -1:{before}", f"word:{word} +1:{after}"]
            facts += [f"form:{form}", f"form:{form} -1:{before}", f"form:{form} +1:{after}"]
        if previous is not None:
            if at - previous.at < _LIST and coordinated(tokens, scene, previous.at, at):
                k = f"list {previous.role or 'skip'}"
                like = "same" if r.quantity.kind == previous.quantity.kind else "other"
                facts += [f"{k} {like}", f"{k} {sort} {previous.type}", f"{k} {r.rule or 'none'}"]
            near = "near" if at - previous.at < 4 else "far"
            facts += [
                f"previous {previous.role or 'skip'} {near}",
                f"previous {previous.type} {sort} {previous.role or 'skip'}",
            ]
        metric = next((k for k in range(at - 1, max(-1, at - _NEAR), -1) if tokens[k].type == "METRIC"), None)
        facts.append(f"metric {'-' if metric is None else min(at - metric, 3)} {sort}")
        return facts

    def _word(self, tokens: Sequence[Token], k: int) -> str:
        """A neighbour by its class, its word if that is a function word, or its type."""
        if not 0 <= k < len(tokens):
            return "^" if k < 0 else "$"
        t = tokens[k]
        if t.type != "WORD":
            return f"{t.type}:{t.head}" if t.type == "NP" and t.head else t.type
        return self._class.get(t.low, t.low)

    def _change(self, scene: Scene, at: int, reach: int) -> str:
        """The class of the nearest verb or word of change before a number, in its clause, ``reach`` tokens at most."""
        for k in range(at - 1, max(-1, at - reach - 1), -1):
            t = scene.tokens[k]
            if t.type in QUANTITIES or scene.clause[k] != scene.clause[at]:
                break
            if t.type == "WORD" and t.low in self._class:
                return self._class[t.low]
        return "-"


def _settled(r: Reading) -> bool:
    """Whether nothing is open: earlier values, counts, what a rule rejects, and verbs of change ("doubles")."""
    if r.role == "base" or r.type == "COUNT" or (r.match is not None and r.match.pattern.role == "reject"):
        return True
    return r.role == "delta" and r.quantity.word and r.quantity.text.lower().startswith(_FORMS["verb"])
