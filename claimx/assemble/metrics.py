"""The metric of a draft row: right after its number, in its list, what changes, or the nearest that can be."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from ..lexicon import Entry, Lexicon
from ..model import Token
from .changes import OWN_METRIC_CLASSES, Changes
from .context import Context
from .drafts import Draft, list_from
from .scene import QUANTITIES, SCOPE, Scene

_UNMEASURED = frozenset(
    ("average mean maximum total overall result results baseline art people way state thing margin").split()
)
_PARTICIPLES = ("outperforming", "surpassing", "exceeding", "beating", "improving", "outpacing")
_SETTINGS = frozenset(
    ("length size sizes lengths budget steps number step depth width resolution epochs iterations").split()
)
_CONDITIONS = frozenset({"at", "under", "with", "using", "within", "despite"})  # "at a comparable budget"
_RESTORES = ("restor", "bring", "push", "tak", "keep")
_MEASURES = frozenset({"METRIC", "ACRONYM", "NP"})
_FIRST = attrgetter("first")


class Metrics:
    """Finds the metrics of drafts."""

    def __init__(self, changes: Changes, lexicon: Lexicon) -> None:
        self.changes = changes
        self.method_heads = lexicon.method_heads
        self.stops = lexicon.modifiers_stop

    def metric(self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], context: Context) -> None:
        tokens, at = scene.tokens, draft.main.at
        if draft.metrics and not (
            len(draft.metrics) == 1
            and isinstance(e := tokens[draft.metrics[0]].data, Entry)
            and e.generic
            and draft.delta is not None
            and at + 2 < len(tokens)
            and tokens[at + 1].low in ("in", "on")
            and tokens[at + 2].type == "METRIC"
        ):
            return
        if context.last_metric is not None and not draft.metrics and self._it(scene, draft):
            draft.inherited, draft.reasons["metric"] = context.last_metric, "what it stands for"
            return
        if (
            at + 2 < len(tokens)
            and tokens[at + 1].low in ("in", "on", "of", "at")
            and tokens[at + 2].type == "METRIC"
            and not (draft.value is not None and tokens[at + 1].low == "of")
        ):
            draft.metrics, draft.reasons["metric"] = [at + 2], "after the number"
            return
        if joined is not None:
            own = [
                k
                for k in range(joined.last + 1, draft.first)
                if tokens[k].type == "METRIC" and k not in joined.metrics and tokens[k - 1].low not in _CONDITIONS
            ]
            if own:
                draft.metrics, draft.reasons["metric"] = [own[-1]], "before the number in its list"
                return
        if (
            joined is not None
            and joined.metrics
            and draft.main.type in (joined.main.type, joined.delta.type if joined.delta is not None else "")
        ):
            draft.metrics, draft.reasons["metric"] = joined.metrics, "coordination"
            return
        if self._trailing(draft, scene, drafts):
            return
        if draft.delta is not None and draft.value is None:
            if self.changes.kind(draft.change) not in OWN_METRIC_CLASSES:
                self._changed(draft, scene)
            return
        near = self._nearest(scene, at, 12)
        if near is not None:
            draft.metrics, draft.reasons["metric"] = [near], "nearest in the clause"
        elif draft.value is not None and not draft.metrics:
            left = next(
                (
                    k
                    for k in range(at - 1, max(-1, at - SCOPE), -1)
                    if tokens[k].type == "METRIC"
                    and scene.depth[k] <= scene.depth[at]
                    and self._can_be(tokens[k], draft.value.type)
                ),
                None,
            )
            if left is not None:
                draft.metrics, draft.reasons["metric"] = [left], "earlier in the sentence"
            elif (
                context.last_metric is not None
                and draft.value.type == "PCT"
                and self._can_be(context.last_metric, "PCT")
                and not self._share(scene, at)
            ):
                draft.inherited = context.last_metric
                draft.reasons["metric"] = "the sentence before"

    def _it(self, scene: Scene, draft: Draft) -> bool:
        """As in "lowers it to 34%": a pronoun that is what a verb of change changes."""
        tokens, k = scene.tokens, draft.first - 1
        return (
            k > 1
            and tokens[k].low in ("to", "by")
            and tokens[k - 1].low in ("it", "this", "that")
            and scene.verbs[k - 2]
            and bool(self.changes.kind(tokens[k - 2].low) or tokens[k - 2].low.startswith(_RESTORES))
        )

    @staticmethod
    def _can_be(metric: Token, number: str) -> bool:
        """Whether a metric can have the number as its value: sizes, times and costs are no percentages."""
        e = metric.data
        if number != "PCT":
            return True
        if isinstance(e, Entry):
            return not e.efficiency or e.unit == "percent"
        return metric.head not in _SETTINGS

    @staticmethod
    def _share(scene: Scene, at: int) -> bool:
        """As in "52% of the tasks": a share that names what it counts."""
        return at + 1 < len(scene.tokens) and scene.tokens[at + 1].low == "of"

    def _trailing(self, draft: Draft, scene: Scene, drafts: list[Draft]) -> bool:
        """As in "gains of 14% and 4% in AUC and OSCR": metrics that follow a list of numbers, one to one."""
        tokens = scene.tokens
        at = bisect_left(drafts, draft.first, key=_FIRST)  # they are in order
        run = list_from(drafts, next(n for n in range(at, len(drafts)) if drafts[n] is draft), scene)
        if len(run) < 2:
            return False
        k = run[-1].last + 1
        stop = min(len(tokens), k + 9)
        while k < stop and not (
            tokens[k].low in ("in", "on", "of", "for") and tokens[k + 1 : k + 2] and tokens[k + 1].type in _MEASURES
        ):
            if tokens[k].low in (";", ".") or tokens[k].type in QUANTITIES:
                return False
            k += 1
        found: list[int] = []
        k += 1
        while k < len(tokens):
            if tokens[k].type in _MEASURES:
                found.append(k)
            elif tokens[k].low not in (",", "and", "&", "/"):
                break
            k += 1
        if len(found) != len(run) or not (
            any(tokens[i].type == "METRIC" for i in found)
            or any(t.low in ("respectively", "resp.") for t in tokens[k : k + 8])
        ):
            return False
        if all(tokens[i].type == "BENCH" for i in found):
            return False
        for d, i in zip(run, found, strict=True):
            if not d.metrics:
                d.metrics, d.reasons["metric"] = [i], "respectively"
        return True

    def _changed(self, draft: Draft, scene: Scene) -> None:
        """What changes: the first metric between the word of change and the number, or right after the number."""
        tokens, at = scene.tokens, draft.main.at
        start = draft.change_at if draft.change_at is not None else at
        if scene.depth[at] and self._bracketed(draft, scene):
            return
        for k in (*range(start + 1, at), *range(at + 1, min(len(tokens), at + 5))):
            if k > at and (
                tokens[k].type in QUANTITIES
                or scene.verbs[k]
                or tokens[k].low in (",", "(", ")", ";", "on", "over", "compared", "than")
            ):
                break
            if tokens[k].type == "METRIC" and scene.clause[k] == scene.clause[at]:
                draft.metrics, draft.reasons["metric"] = [k], "what changes"
                return
        kind = self.changes.kind(draft.change)
        if (
            kind in ("raise", "reduce")
            and start + 1 < at
            and tokens[start + 1].type in ("NP", "ACRONYM")
            and self.measurable(tokens[start + 1])
        ):
            draft.metrics, draft.reasons["metric"] = [start + 1], "what changes"
            return
        if not kind and draft.sense:
            start = next(
                (k for k in range(at - 1, max(-1, at - 9), -1) if tokens[k].low.startswith(_PARTICIPLES)), start
            )
            kind = "exceed" if start < at else ""
        if (
            kind in ("exceed", "improve")
            and tokens[start].low.startswith(_PARTICIPLES)
            and start
            and tokens[start - 1].low == ","
        ):
            near = next(
                (
                    k
                    for k in range(start - 1, -1, -1)
                    if tokens[k].type == "METRIC" and scene.clause[k] == scene.clause[at]
                ),
                None,
            )
            if near is not None and isinstance(e := tokens[near].data, Entry) and not (e.efficiency or e.generic):
                draft.metrics, draft.reasons["metric"] = [near], "what is measured before"
            return
        if (
            start > at
            and draft.change in ("higher", "lower", "greater", "more", "less")
            and tokens[start + 1 : start + 2]
            and tokens[start + 1].type != "NP"
        ):
            near = next(
                (
                    k
                    for k in range(at - 1, max(-1, at - SCOPE), -1)
                    if tokens[k].type == "METRIC"
                    and (scene.part[k] == "subject" or k == at - 1)
                    and scene.clause[k] == scene.clause[at]
                ),
                None,
            )
            if near is not None:
                draft.metrics, draft.reasons["metric"] = [near], "what changes"
                return
        terms = next(
            (
                k
                for k in range(at + 1, min(len(tokens), at + 12))
                if tokens[k].low == "of" and tokens[k - 1].low == "terms"
            ),
            None,
        )
        if terms is not None and not any(tokens[k].type in QUANTITIES for k in range(at + 1, terms)):
            found = [
                k
                for k in range(terms + 1, len(tokens))
                if tokens[k].type == "METRIC"
                and all(tokens[j].type == "METRIC" or tokens[j].low in (",", "and", "&") for j in range(terms + 1, k))
            ]
            if found:
                draft.metrics, draft.reasons["metric"] = found, "in terms of"
                return
        if kind in ("exceed", "lag", "") or start > at:
            return
        for k in range(start - 1, max(-1, start - 7), -1):
            if scene.clause[k] != scene.clause[at] or tokens[k].low in (",", ";", "(") or scene.verbs[k]:
                break
            if (tokens[k].type == "METRIC" and scene.part[k] != "place") or (
                k == start - 1
                and kind in ("gain", "rise", "drop")
                and tokens[k].type == "NP"
                and self.measurable(tokens[k])
            ):
                draft.metrics, draft.reasons["metric"] = [k], "what changes"
                return

    def _bracketed(self, draft: Draft, scene: Scene) -> bool:
        """As in "by 2.9% in pass@1 (52% relative gain)": a change in brackets is of the metric right before them."""
        tokens = scene.tokens
        k = draft.main.at
        while k and tokens[k].low != "(":
            k -= 1
        if k and tokens[k - 1].type == "METRIC":
            draft.metrics, draft.reasons["metric"] = [k - 1], "before the bracket"
        return bool(draft.metrics)

    def _nearest(self, scene: Scene, at: int, reach: int) -> int | None:
        """The closest metric in the clause: right before left at equal distance, never past a number on the right;
        on the left, one that is itself subject or object goes before one inside another's phrase."""
        tokens, clause = scene.tokens, scene.clause
        right = left = inner = None
        for k in range(at + 1, min(len(tokens), at + 1 + reach // 2)):
            if (
                clause[k] != clause[at]
                or tokens[k].type in QUANTITIES
                or tokens[k].low in (",", ")", "(")
                or scene.verbs[k]
            ):
                break
            if tokens[k].type == "METRIC":
                right = k
                break
        for k in range(at - 1, max(-1, at - 1 - reach), -1):
            if clause[k] != clause[at]:
                break
            if tokens[k].type == "METRIC" and self._can_be(tokens[k], tokens[at].type):
                if scene.part[k] == "place" and tokens[k - 1].low in ("of", "between", "after", "with", "using"):
                    inner = k if inner is None else inner
                    continue
                left = k
                break
        left = inner if left is None else left
        if right is not None and (left is None or right - at <= at - left):
            return right
        return left

    def measurable(self, t: Token) -> bool:
        """Whether a plain phrase can be what a change is of: not a model, not adjectives alone."""
        if t.type != "NP":
            return True
        return (
            t.head not in self.method_heads
            and t.head not in _UNMEASURED
            and not all(w in self.stops for w in t.low.split())
        )
