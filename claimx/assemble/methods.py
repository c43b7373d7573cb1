"""Who has a value: the method of a draft row, and the baseline it is compared with."""

from __future__ import annotations

from .candidates import OWNER
from .changes import Changes
from .context import Context
from .drafts import Draft, list_from
from .scene import PHRASES, QUANTITIES, SCOPE, WHO, Scene
from .subjects import Subjects

_POSSESSIVE = frozenset({"'s", "’s"})
_NEARS = ("approach", "match", "exceed", "surpass", "outperform", "rival", "near", "reach")


class Methods:
    """Finds the methods and baselines of drafts."""

    def __init__(self, subjects: Subjects, changes: Changes) -> None:
        self.subjects = subjects
        self.changes = changes

    def method(
        self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], n: int, context: Context
    ) -> None:
        if draft.method is not None:
            return
        tokens = scene.tokens
        at = draft.first
        if at > 1 and tokens[at - 1].low in _POSSESSIVE and tokens[at - 2].type in WHO | {"NP"}:
            draft.method, draft.reasons["method"] = at - 2, OWNER  # "close to FooNet's 93.4%"
            return
        owner = self._owner(scene, at)
        if owner is not None:
            draft.method, draft.reasons["method"] = owner, "right before the number"
            return
        if (
            joined is not None
            and joined.method is not None
            and joined.reasons.get("method")
            in ("right before the number", "method-bracket-value", "bracket-method-value")
            and scene.depth[joined.first]
            and scene.depth[at]
        ):
            draft.method, draft.reasons["method"] = joined.method, "right before the number"
            return
        if (
            at > 1
            and tokens[at - 1].low == ","
            and draft.delta is not None
            and self.changes.kind(draft.change) in ("more", "less", "faster", "slower", "better", "worse")
            and tokens[at - 2].type in PHRASES
            and scene.part[at - 2] == "subject"
            and tokens[draft.last + 2 : draft.last + 3]
            and tokens[draft.last + 2].low == ","
        ):
            draft.method, draft.reasons["method"] = (
                at - 2,
                "right before the number",
            )  # "the Tiny model, 83% smaller, matches"
            return
        against = self._against(scene, draft)
        if against is not None:
            draft.method, draft.reasons["method"] = against, "what is compared with"
            return
        if (
            joined is not None
            and joined.method is not None
            and joined.reasons.get("method") in ("subject", "coordination")
        ):
            subject: int | None = joined.method
        else:
            subject = self.subjects.subject(scene, at, context.register.own is not None)
        if subject is not None:
            draft.method, draft.reasons["method"] = subject, "subject" if joined is None else "coordination"
            if tokens[subject].type == "NP":
                draft.phrase = self.subjects.gerund(scene, at) or self.subjects.with_of(scene, subject)
            self._respectively(draft, scene, drafts, n, subject)
            return
        if context.register.own is None and (phrase := self.subjects.gerund(scene, at)) is not None:
            draft.phrase, draft.reasons["method"] = phrase, "subject"
            return
        lead = next((k for k in range(1, min(4, at)) if tokens[k].low == ","), 0)
        if (
            lead
            and tokens[0].low in ("with", "using")
            and tokens[lead - 1].type in WHO
            and scene.clause[lead - 1] == scene.clause[at]
        ):
            draft.method, draft.reasons["method"] = lead - 1, "what it is with"
            return
        for i in range(draft.last + 1, min(len(tokens), draft.last + 7) if draft.delta is None else 0):
            if tokens[i].type in QUANTITIES or scene.clause[i] != scene.clause[at] or tokens[i].low == ",":
                break
            if tokens[i].type in WHO and tokens[i - 1].low == "by" and scene.verbs[i - 2]:
                draft.method, draft.reasons["method"] = i, "who it is reached by"
                return
            if tokens[i].type in ("METHOD", "HUMAN") and tokens[i - 1].low in (
                "for",
                "by",
                "with",
                "using",
                "(",
                "from",
            ):
                draft.method, draft.reasons["method"] = i, "after the number"
                return

    def _owner(self, scene: Scene, at: int) -> int | None:
        """Who stands right before the number or its bracket, as what is compared with: "CLIP's 68.3%", "X (60.6%)"."""
        tokens = scene.tokens
        k = at - 1
        while k >= 0 and (tokens[k].type == "METRIC" or tokens[k].low in ("=", ":", "of")):
            k -= 1
        if k < 1:
            return None
        if tokens[k].type in ("HUMAN", "METHOD", "BASE") and tokens[k + 1].low == "of" and scene.part[k] == "baseline":
            return k
        if (
            k > 1
            and tokens[k].type in ("METHOD", "NAME", "ACRONYM", "BASE")
            and tokens[k - 1].low == "("
            and tokens[k + 1].low in (":", ",", "=")
            and scene.part[k - 2] == "baseline"
        ):
            return k
        if tokens[k].low in _POSSESSIVE and tokens[k - 1].type in WHO and scene.part[k - 1] == "baseline":
            return k - 1
        if (
            tokens[k].low == "("
            and k > 4
            and tokens[k - 2].low == "of"
            and tokens[k - 3].type == "METRIC"
            and tokens[k - 4].low.startswith(_NEARS)
        ):
            return k - 1
        if tokens[k].low == "(" and scene.part[k - 1] == "baseline" and tokens[k - 1].type in PHRASES:
            return k - 1
        return None

    def _against(self, scene: Scene, draft: Draft) -> int | None:
        """As in "compared to 50% with BM25", "versus 41% for humans": of what is compared with, named after it."""
        tokens, at = scene.tokens, draft.first
        if draft.value is None or draft.delta is not None or draft.base is not None:
            return None
        lead = [tokens[k].low for k in range(max(0, at - 3), at)]
        if not any(w in ("compared", "versus", "vs", "vs.", "against", "than", "while", "whereas") for w in lead):
            return None
        k = draft.last + 1
        while k < len(tokens) and k < draft.last + 3 and tokens[k].type == "METRIC":
            k += 1
        if (
            k + 1 < len(tokens)
            and tokens[k].low in ("for", "with", "by", "of", "from", "using")
            and tokens[k + 1].type in PHRASES
            and tokens[k + 1].type != "OURS"
        ):
            return k + 1
        return None

    def _respectively(self, draft: Draft, scene: Scene, drafts: list[Draft], n: int, subject: int) -> None:
        """As in "A and B reach 52% and 57%, respectively": subjects one to one with the numbers of the list."""
        run = list_from(drafts, n, scene)
        if len(run) < 2:
            return
        tokens = scene.tokens
        group = [subject]
        k = subject
        while k >= 2 and tokens[k - 1].low in (",", "and", "or", "&"):
            step = 2 if tokens[k - 2].low not in (",",) else 3
            if k - step < 0 or tokens[k - step].type not in WHO:
                break
            k -= step
            group.insert(0, k)
        if len(group) > 1 and (
            tokens[subject - 1].low == "," or any(scene.part[i] in ("baseline", "place", "source") for i in group)
        ):
            return
        if len(run) == len(group):
            for d, i in zip(run, group, strict=True):
                d.method, d.reasons["method"] = i, "respectively"

    def baseline(self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], n: int) -> None:
        if draft.baseline is not None:
            return
        tokens = scene.tokens
        stop = drafts[n + 1].first if n + 1 < len(drafts) else len(tokens)
        candidates = scene.baselines(range(draft.last + 1, stop), draft.last)
        if not candidates and (draft.delta is not None or draft.base is not None):
            candidates = scene.baselines(range(draft.first - 1, max(-1, draft.first - SCOPE), -1), draft.first)
            if not candidates and joined is not None:
                draft.baseline = joined.baseline
                return
            if not candidates:
                candidates = scene.baselines(range(draft.last + 1, len(tokens)), draft.last)
        candidates = [i for i in candidates if tokens[i].type in WHO or tokens[i].type == "NP"]
        if candidates:
            draft.baseline, draft.reasons["baseline"] = candidates[0], "compared with"
