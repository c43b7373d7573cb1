"""From drafts to claims: names resolved against the document, signs by the metric's movement, a row per combination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..lexicon import Entry
from ..model import Claim, Quantity, Text, Token
from ..words import Words
from .changes import OWN_METRIC_CLASSES, Changes
from .context import Context
from .drafts import Draft
from .implied import OWN_METRIC, UNIT_METRICS, outcome
from .readings import Reading
from .scene import Scene

_RESOURCES = frozenset({"speed", "cost", "size", "memory", "time", "throughput", "energy", "power", "FPS"})
# Which way the words of each class of change point.
_SENSE = {
    **dict.fromkeys(("raise", "rise", "more", "faster", "speedup"), "up"),
    **dict.fromkeys(("reduce", "drop", "less", "slower", "lossnoun"), "down"),
    **dict.fromkeys(("improve", "gain", "better", "exceed", "quality"), "better"),
    **dict.fromkeys(("worsen", "harm", "worse", "lag"), "worse"),
}
_COUNTS = frozenset({"number", "amount", "usage", "use", "percentage", "proportion", "fraction", "share", "quantity"})
_STRIP_HEAD = ("number of ", "amount of ", "percentage of ", "total ", "required ", "average ", "overall ", "mean ")


class Rows:
    """Turns the drafts of a sentence into claims."""

    def __init__(self, words: Words, changes: Changes) -> None:
        self.words = words
        self.changes = changes

    def claims(
        self, draft: Draft, scene: Scene, context: Context, text: Text, sentence: tuple[int, int]
    ) -> Iterator[Claim]:
        tokens = scene.tokens
        metrics: list[Token | None] = [self._with_of(tokens, i, text) for i in draft.metrics]
        metrics = metrics or [draft.inherited]
        places: list[Token | None] = (
            [tokens[i] for i in draft.benchmarks] or list(draft.places) or self._document_place(draft, scene, context)
        )
        method, method_text = self._who(tokens[draft.method] if draft.method is not None else None, context)
        if draft.phrase is not None:
            method = method_text = text.clean[draft.phrase[0] : draft.phrase[1]]
        baseline, baseline_text = (
            self._who(tokens[draft.baseline], context) if draft.baseline is not None else (None, None)
        )
        for metric in metrics:
            for place in places:
                yield self._claim(
                    draft, scene, text, sentence, metric, place, method, method_text, baseline, baseline_text
                )

    @staticmethod
    def _with_of(tokens: Sequence[Token], i: int, text: Text) -> Token:
        """A metric with its "of" phrase: the text as written, and for plain counts the name of what is counted."""
        t = tokens[i]
        if i + 1 < len(tokens) and tokens[i + 1].low == "efficient":  # "3x more energy efficient"
            whole = text.clean[t.start : tokens[i + 1].end]
            return Token(t.start, tokens[i + 1].end, whole, whole.lower(), "METRIC", name=f"{t.text} efficiency")
        if i + 2 >= len(tokens) or tokens[i + 1].low != "of" or tokens[i + 2].type not in ("NP", "METRIC", "ACRONYM"):
            return t
        inner = tokens[i + 2]
        whole = text.clean[t.start : inner.end]
        count = t.low.split()[-1] in _COUNTS
        name = (inner.name or inner.text) if count else t.name
        return Token(
            t.start,
            inner.end,
            whole,
            whole.lower(),
            t.type,
            name=name,
            head=t.head,
            aggregate=t.aggregate,
            data=inner.data if count else t.data,
        )

    # -- names ---------------------------------------------------------------------------------------------------

    def _document_place(self, draft: Draft, scene: Scene, context: Context) -> list[Token | None]:
        """Where a value's sentence names no benchmark: the document's. Changes keep none, they often are averages."""
        efficiency = any(isinstance(e := scene.tokens[i].data, Entry) and e.efficiency for i in draft.metrics)
        if draft.value is None or draft.placed or efficiency:
            return [None]
        if context.register.bench is None and any(t.type == "GROUP" for t in scene.tokens):
            return [None]
        return list(context.place()) or [None]

    def _who(self, token: Token | None, context: Context) -> tuple[str | None, str | None]:
        reg = context.register
        if token is None or token.type == "OURS":
            as_written = token.text if token is not None else None
            if reg.own is not None:
                return reg.own.name, as_written
            if token is not None and token.low not in ("we", "it", "ours"):
                return f"{token.det or 'our'} {token.text}", as_written
            if token is None and reg.bench is not None:
                return None, None
            return reg.ours or reg.phrase or reg.descriptive or reg.titled or reg.studied or "our method", as_written
        return token.name or token.text, token.text

    # -- one row -------------------------------------------------------------------------------------------------

    def _claim(
        self,
        draft: Draft,
        scene: Scene,
        text: Text,
        sentence: tuple[int, int],
        metric: Token | None,
        place: Token | None,
        method: str | None,
        method_text: str | None,
        baseline: str | None,
        baseline_text: str | None,
    ) -> Claim:
        v, d, b = draft.value, draft.delta, draft.base
        if (
            v is not None
            and b is not None
            and v.quantity.unit
            and b.quantity.unit
            and v.quantity.unit != b.quantity.unit
        ):
            b = None  # one unit column for both: "from one hour to 20 seconds" keeps the value
        entry = metric.data if metric is not None and isinstance(metric.data, Entry) else None
        name = metric.name or metric.text if metric is not None else None
        metric_text = metric.text if metric is not None else None
        if v is not None and (metric is None or metric.type != "METRIC" or metric.low == "time"):
            if v.type == "PCT" and scene.tokens[v.at + 1 : v.at + 2] and scene.tokens[v.at + 1].low == "of":
                told = outcome(scene, v.at, text.clean)
                if told is not None:
                    name, draft.reasons["metric"] = told, "verb of the share"
        kind = self.changes.kind(draft.change)
        if d is not None:
            if draft.change in OWN_METRIC and kind in OWN_METRIC_CLASSES and (name is None or kind != "quality"):
                metric_text = metric_text or draft.change
                name = OWN_METRIC[draft.change]
                entry = None
            elif draft.change.startswith(("accelerat", "speed", "sped")):
                name, entry = "speed", None
            elif name is None and draft.change in OWN_METRIC:
                name = metric_text = OWN_METRIC[draft.change]
        if name is None and v is not None and v.type == "UNIT":
            name = UNIT_METRICS.get(v.quantity.unit or "")
        for head in _STRIP_HEAD:
            if name is not None and entry is None and name.lower().startswith(head):
                name = name[len(head) :]
        better = entry.better if entry is not None else ("lower" if name == "cost" else "none")
        sign = self._sign(draft, kind, better, d.quantity if d is not None else None) if d is not None else 1
        main = draft.main
        delta, high = self._delta(d, sign)
        unit = self._unit(v or b or main)
        spans = {}
        for key, r in (("value", v), ("delta", d), ("baseline_value", b)):
            if r is not None:
                spans[key] = text.origin(r.quantity.start, r.quantity.end)
        start, end = text.origin(*sentence)
        return Claim(
            method=method,
            baseline=baseline,
            benchmark=place.name or place.text if place is not None else None,
            metric=name,
            value=v.quantity.value if v is not None else None,
            value_high=v.quantity.high if v is not None else None,
            value_error=v.quantity.error if v is not None else None,
            unit=unit,
            delta=delta,
            delta_high=high,
            delta_kind=self._delta_kind(draft, scene, entry, name) if d is not None else None,
            baseline_value=b.quantity.value if b is not None else None,
            bound=main.quantity.bound,
            aggregate="mean" if self._aggregate(draft, scene, metric) else None,
            higher_is_better={"higher": True, "lower": False}.get(better),
            method_text=method_text,
            baseline_text=baseline_text,
            benchmark_text=place.text if place is not None else None,
            metric_text=metric_text,
            value_start=spans.get("value", (None, None))[0],
            value_end=spans.get("value", (None, None))[1],
            delta_start=spans.get("delta", (None, None))[0],
            delta_end=spans.get("delta", (None, None))[1],
            baseline_value_start=spans.get("baseline_value", (None, None))[0],
            baseline_value_end=spans.get("baseline_value", (None, None))[1],
            sentence=text.raw[start:end],
            sentence_start=start,
            sentence_end=end,
            rule=main.rule,
            kind=self._kind(draft, scene, entry, name, method),
            improved=self._improved(delta, better, kind),
            reasons=dict(draft.reasons),
        )

    @staticmethod
    def _kind(draft: Draft, scene: Scene, entry: Entry | None, name: str | None, method: str | None) -> str:
        """The sort of row: a person's, a compared system's, a resource, a fact without a method, or an own result."""
        who = scene.tokens[draft.method].type if draft.method is not None else ""
        if who == "HUMAN":
            return "human"
        if who == "BASE" or draft.reasons.get("method") in ("what is compared with", "right before the number"):
            return "baseline"
        if (entry is not None and entry.efficiency) or name in _RESOURCES:
            return "efficiency"
        return "result" if method else "finding"

    def _sign(self, draft: Draft, kind: str, better: str, quantity: Quantity | None) -> int:
        if quantity is not None and (
            quantity.sign == "-"
            or quantity.text.lower().startswith("halv")
            or (not kind and quantity.text.lower().endswith("half"))
        ):
            return -1
        if quantity is not None and quantity.sign == "+":
            return 1
        sense = _SENSE.get(kind, draft.sense)
        if sense == "better":
            return -1 if better == "lower" else 1
        if sense == "worse":
            return 1 if better == "lower" else -1
        return -1 if sense == "down" else 1

    @staticmethod
    def _improved(delta: float | None, better: str, kind: str) -> bool | None:
        sense = _SENSE.get(kind)
        if sense in ("better", "worse"):
            return sense == "better"
        if delta is None or better == "none":
            return None
        return (delta > 0) == (better == "higher")

    def _delta(self, d: Reading | None, sign: int) -> tuple[float | None, float | None]:
        if d is None:
            return None, None
        q = d.quantity
        if self._half(d):
            return 2.0 * sign, None
        low = abs(q.value) * sign
        return low, None if q.high is None else abs(q.high) * sign

    @staticmethod
    def _half(d: Reading) -> bool:
        """As in "reduced by half": the guidelines read it as a factor of two."""
        return d.quantity.word and d.quantity.text.lower().endswith("half")

    def _unit(self, r: Reading) -> str | None:
        return "x" if self._half(r) and r.role == "delta" else r.quantity.unit

    def _delta_kind(self, draft: Draft, scene: Scene, entry: Entry | None, name: str | None) -> str:
        assert draft.delta is not None
        r = draft.delta
        if r.quantity.kind == "factor" or r.rule == "factor-of" or self._half(r):
            return "factor"
        if r.quantity.kind != "percent":
            return "points"
        lo, hi = max(0, r.at - 5), min(len(scene.tokens), r.at + 4)
        near = [t.low for t in scene.tokens[lo:hi]]
        if any("absolute" in w for w in near):
            return "points"
        if any(w in ("relative", "relatively", "proportionally") or w.startswith("relative ") for w in near):
            following = [t.low for t in scene.tokens[r.at + 1 : r.at + 4]]
            if not ("relative" in near and "to" in following):
                return "relative"
        if entry is not None:
            return "percent" if entry.unit == "percent" or entry.generic else "relative"
        if name is None:
            return "percent"
        if name in OWN_METRIC.values():
            return "relative" if name != "accuracy" else "percent"
        return "percent" if name.split()[-1].lower().rstrip("s") in _PERCENT_HEADS else "relative"

    def _aggregate(self, draft: Draft, scene: Scene, metric: Token | None) -> bool:
        if metric is not None and metric.aggregate:
            return True
        tokens = scene.tokens
        lo, hi = max(0, draft.first - 6), min(len(tokens), draft.last + 8)
        clause = scene.clause[draft.first]
        return any(scene.clause[k] == clause and self._averages(tokens[k]) for k in range(lo, hi))

    def _averages(self, t: Token) -> bool:
        """Whether a token says that a number is an average, not in its metric's own name ("mean opinion score")."""
        own = t.data.name.lower() if isinstance(t.data, Entry) else ""
        return any(w in self.words.classes["aggregate"] and w not in (*own.split(), "overall") for w in t.low.split())


_PERCENT_HEADS = frozenset(
    ("accuracy rate precision recall f1 score success coverage performance ratio iou agreement map auc").split()
)
