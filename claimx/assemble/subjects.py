"""Who acts in a clause: the phrase before the number that a verb of achieving or changing follows."""

from __future__ import annotations

from ..model import Token
from ..words import Words
from .scene import QUANTITIES, SCOPE, WHO, Scene

_FAR = 240  # tokens after a phrase in which its verb is looked for: a bound for sentences without end
_MAIN = frozenset("is are was were has have had".split())  # main verbs where no other follows
_MODIFIES = frozenset(
    (
        "of for on in with from without at under across using through via between among by over per based as when "
        "during such like including"
    ).split()
)
_AUXILIARY = frozenset(
    (
        "can could may might will would also to has have had is are was were be been not only still even both "
        "further then"
    ).split()
)
# Who does these speaks of a value and does not have it.
_SAYING = frozenset(
    (
        "show shows demonstrate demonstrates find observe report present see suggest suggests indicate indicates "
        "reveal reveals confirm confirms note include includes"
    ).split()
)


class Subjects:
    """Finds the subject of a number's clause."""

    def __init__(self, words: Words) -> None:
        self.words = words
        c = words.classes
        self._changing = c["improve"] | c["raise"] | c["reduce"]
        self._doing = self._changing | c["achieve"] | c["exceed"]

    def subject(self, scene: Scene, at: int, named: bool) -> int | None:
        """The last name or phrase before the number that a verb follows, and that is no baseline, place or object."""
        tokens = scene.tokens
        weak = None
        for i in range(at - 1, max(-1, at - SCOPE), -1):
            t = tokens[i]
            measured = i >= 2 and tokens[i - 1].low == "of" and tokens[i - 2].type == "METRIC"  # "the accuracy of X"
            if t.type not in WHO and not (
                t.type == "NP" and not named and (scene.part[i] == "subject" or measured) and self._actor(t)
            ):
                continue
            if scene.depth[i] > scene.depth[at]:
                continue
            if weak is not None and scene.clause[i] != scene.clause[at]:
                break
            if t.det in ("a", "an") and i and tokens[i - 1].low in (",", "–", "—") and t.type != "NP":
                continue  # an apposition: "X, a BERT model, reaches"
            before = tokens[i - 1].low if i else ""
            if before in ("'s", "’s"):
                continue
            part, (verb, how) = scene.part[i], self.verb_after(scene, i, at)
            if how == "relative":
                if t.type != "NP" and part != "place":
                    return i
                continue
            if how == "ing" and (
                (part in ("place", "agent") and before in ("with", "by"))
                or (scene.depth[i] and before in ("(", ",", "e.g."))
            ):
                return i
            if part == "place" and before == "of" and i >= 2 and tokens[i - 2].type == "METRIC":
                if scene.part[i - 2] != "subject":
                    continue
                if verb is not None or t.type not in ("NAME", "ACRONYM", "NP"):
                    return i
                continue
            if part in ("baseline", "place", "agent", "source") or (part == "object" and how != "to"):
                continue
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if verb is not None and how != "ing" and (t.type != "NP" or self.acts(scene, verb, at)):
                return i
            if t.type != "NP" and following is not None and following.low in ("'s", "’s"):
                return i
            if following is not None and following.type == "METRIC" and t.type in ("METHOD", "HUMAN") and weak is None:
                weak = i
        return weak

    def verb_after(self, scene: Scene, i: int, at: int) -> tuple[int | None, str]:
        """The verb whose subject the phrase at ``i`` is, past what modifies the phrase; and how it is joined to it."""
        tokens = scene.tokens
        at = min(at, i + _FAR)
        j, how = i + 1, ""
        while j < at:
            t = tokens[j]
            if scene.depth[j] > scene.depth[i] or t.low == ")":
                j += 1
            elif t.low == "," and j + 1 < at and tokens[j + 1].low in ("which", "who"):
                close = next(
                    (k for k in range(j + 2, at - 1) if tokens[k].low == "," and scene.depth[k] == scene.depth[i]), None
                )
                if close is not None and scene.verbs[close + 1] and not tokens[close + 1].low.endswith("ing"):
                    return close + 1, ""
                j, how = j + 2, "relative"
            elif t.low in ("which", "who", "that") and how == "":
                j, how = j + 1, "that"
            elif t.low in _MODIFIES or (t.low in (",", "and", "or", "&") and self._nominal(tokens[j + 1])):
                if t.low == "," and how == "":
                    return None, ""
                j += 1
                while j < at and (self._nominal(tokens[j]) or tokens[j].type in QUANTITIES):
                    j += 1
            elif t.low in _AUXILIARY:
                how = "to" if t.low == "to" else how
                if t.low in _MAIN and not (j + 1 < at and (scene.verbs[j + 1] or tokens[j + 1].low in _AUXILIARY)):
                    return j, how
                j += 1
            elif scene.verbs[j]:
                if t.low.endswith("ing"):
                    if (
                        how == ""
                        and j == i + 1
                        and i
                        and tokens[i - 1].low in ("with", "by", "(", ",", "e.g.")
                        and t.low in self._doing
                    ):
                        return j, "ing"
                    j += 1
                    while j < at and self._nominal(tokens[j]):
                        j += 1
                elif (
                    t.low.endswith(("ed", "en", "wn"))
                    and j + 1 < at
                    and tokens[j + 1].low in _MODIFIES
                    and how == ""
                    and tokens[j - 1].low not in _AUXILIARY
                    and any(scene.verbs[k] and not tokens[k].low.endswith("ing") for k in range(j + 1, at))
                    and t.low not in self._changing
                ):
                    j += 1
                elif how == "that":
                    return None, ""
                else:
                    return j, how
            else:
                return None, ""
        return None, ""

    def gerund(self, scene: Scene, at: int) -> tuple[int, int] | None:
        """As in "Replacing a portion of the data can improve …": a clause whose subject is what is done."""
        tokens = scene.tokens
        verb = next(
            (
                k
                for k in range(at - 1, max(0, at - SCOPE), -1)
                if scene.verbs[k] and not tokens[k].low.endswith(("ing", "ed")) and self.acts(scene, k, at)
            ),
            None,
        )
        if verb is None or scene.clause[verb] != scene.clause[at] or any(tokens[k].low == ";" for k in range(verb, at)):
            return None
        stop = verb
        while stop and tokens[stop - 1].low in _AUXILIARY:
            stop -= 1
        begin = stop - 1
        while begin >= 0 and tokens[begin].low not in (",", ";", "that", ":", "(", ")"):
            begin -= 1
        first = begin + 1
        stop = next(
            (k for k in range(first + 1, stop) if scene.verbs[k] and not tokens[k].low.endswith(("ing", "ed"))), stop
        )
        while stop > first and tokens[stop - 1].low in ("far", "by", "alone", "to"):
            stop -= 1
        if (
            first >= stop - 1
            or not tokens[first].low.endswith("ing")
            or tokens[first].type not in ("WORD", "VERB", "NP")
        ):
            return None
        return tokens[first].start, tokens[stop - 1].end

    def with_of(self, scene: Scene, i: int) -> tuple[int, int]:
        """The characters of a noun phrase with the "of" phrase that belongs to it."""
        tokens = scene.tokens
        end = i
        while end + 2 < len(tokens) and tokens[end + 1].low in ("of", "in") and self._nominal(tokens[end + 2]):
            end += 2
        return tokens[i].start, tokens[end].end

    @staticmethod
    def _nominal(t: Token) -> bool:
        return t.type in WHO or t.type in ("NP", "METRIC", "BENCH", "GROUP", "COUNT")

    def _actor(self, t: Token) -> bool:
        """Whether a plain phrase can be who has a value: not the experiments, the results, a gain."""
        c = self.words.classes
        return (
            t.head not in c["not-method"]
            and t.low.split()[-1] not in c["not-method"]
            and t.low not in ("number", "addition", "average", "total", "paper", "authors")
            and t.low[0].isalpha()
        )

    def acts(self, scene: Scene, j: int, at: int) -> bool:
        """Whether a verb of achieving or changing stands at ``j``, maybe after an auxiliary."""
        c = self.words.classes
        tokens = scene.tokens
        k = j
        while k < at and tokens[k].low in ("can", "could", "may", "will", "also", "to", "has", "have", "be", "not"):
            k += 1
        if tokens[j].low in _MAIN and (k >= at or not scene.verbs[k]):
            return True
        low = tokens[k].low
        return k < at and scene.verbs[k] and not low.endswith("ing") and low not in c["be"] and low not in _SAYING
