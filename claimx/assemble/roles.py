"""The role of numbers that no rule reads, or only one that leaves it open: ranked by the words around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import Token
from ..words import Words
from .candidates import Candidate, Named, Pool, Weights
from .readings import NEUTRAL, Reading
from .scene import QUANTITIES, Scene

ROLES = ("value", "delta", "skip")
_CLASSES = (
    *("improve", "raise", "reduce", "worsen", "exceed", "lag", "gain", "rise", "drop", "harm", "more", "less"),
    *("faster", "slower", "better", "worse", "speedup", "achieve", "consume", "be"),
)
_CHANGES = frozenset({"FAC", "PTS", "SIGNED"})  # what tells by its form that it is a change
_NEAR = 6  # tokens before a number in which the last verb or word of change is looked for


class Roles:
    """Settles what is left open of a sentence's numbers."""

    def __init__(self, words: Words, weights: Weights) -> None:
        self._class = {w: name for name in reversed(_CLASSES) for w in words.classes[name]}
        self._weights = weights
        self.watch: Callable[[Reading, list[Candidate]], None] | None = None  # sees every choice; learning needs it

    def settle(
        self, readings: dict[int, Reading], scene: Scene, rank: Callable[[list[Candidate]], list[Candidate]]
    ) -> None:
        """Give each open reading its likeliest role."""
        last: dict[int, Reading] = {}  # by the depth of brackets
        for at in sorted(readings):
            r, depth = readings[at], scene.depth[at]
            if _open(r):
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
        for role in ROLES:
            features = [role, *(f"{role} {fact}" for fact in facts)]
            if role == proposed:
                features += ["rule", f"rule {r.rule or 'none'} {role}"]
            pool.take([Named(role)], role, features)
        return pool.all()

    def _facts(self, r: Reading, scene: Scene, previous: Reading | None) -> list[str]:
        tokens, at = scene.tokens, r.at
        sort = r.type
        before, after = self._word(tokens, at - 1), self._word(tokens, at + 1)
        two, three = self._word(tokens, at - 2), self._word(tokens, at + 2)
        change = self._change(scene, at)
        facts = [sort, f"{sort} {r.quantity.kind}", f"{sort} -1:{before}", f"{sort} +1:{after}", f"-1:{before}"]
        facts += [f"+1:{after}", f"-2:{two} -1:{before}", f"+1:{after} +2:{three}", f"-1:{before} +1:{after}"]
        facts += [
            f"-2:{two}",
            f"+2:{three}",
            f"change:{change}",
            f"{sort} change:{change}",
            f"change:{change} -1:{before}",
        ]
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
            facts.append("in words")
        if previous is not None:
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

    def _change(self, scene: Scene, at: int) -> str:
        """The class of the nearest verb or word of change before a number, in its clause."""
        for k in range(at - 1, max(-1, at - _NEAR - 1), -1):
            t = scene.tokens[k]
            if t.type in QUANTITIES or scene.clause[k] != scene.clause[at]:
                break
            if t.type == "WORD" and t.low in self._class:
                return self._class[t.low]
        return "-"


def _open(r: Reading) -> bool:
    """Whether the rules leave open what a number is."""
    if r.type == "COUNT" or r.role == "base" or (r.match is not None and r.match.pattern.role == "reject"):
        return False
    if (r.match is not None and r.type in _CHANGES) or (r.match is None and r.quantity.word):
        return False
    return r.match is None or r.rule in NEUTRAL
