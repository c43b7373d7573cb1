"""From drafts to claims: names resolved against the document, signs by the metric's movement, a row per combination."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon import Entry, Lexicon
from ..model import Claim, Text, Token
from ..units import rescaled
from ..words import Words
from .candidates import OWNER, Named
from .changes import Changes
from .choose import Choice
from .drafts import Draft
from .ranking import Ranking
from .readings import Reading
from .scene import Scene
from .senses import improved, sense, sign
from .shares import Shares

_RESOURCES = frozenset({"speed", "cost", "size", "memory", "time", "throughput", "energy", "power", "FPS"})
_COMPARED = frozenset({"what is compared with", "right before the number"})  # rules that find whose value it is


class Rows:
    """Turns the drafts of a sentence into claims."""

    def __init__(self, words: Words, lexicon: Lexicon, changes: Changes, shares: Shares, ranking: Ranking) -> None:
        self.ranking = ranking
        self._shares = shares
        self._lexicon = lexicon
        self._aggregates = words.classes["aggregate"]
        self.changes = changes

    def claims(
        self, draft: Draft, choice: Choice, scene: Scene, text: Text, sentence: tuple[int, int]
    ) -> Iterator[Claim]:
        """A row for each metric and benchmark of the choice."""
        sure = round(choice.confidence(self.ranking), 4)
        for metric in choice.names("metric"):
            for place in choice.names("benchmark"):
                yield self._claim(draft, choice, scene, text, sentence, metric, place, sure)

    # -- one row -------------------------------------------------------------------------------------------------

    def _claim(
        self,
        draft: Draft,
        choice: Choice,
        scene: Scene,
        text: Text,
        sentence: tuple[int, int],
        metric: Named,
        place: Named,
        sure: float,
    ) -> Claim:
        (method,), (baseline,) = choice.names("method"), choice.names("baseline")
        v, d, b = draft.value, draft.delta, draft.base
        tokens = scene.tokens
        level = b.quantity.value if b is not None else None
        if v is not None and b is not None and v.quantity.unit and b.quantity.unit:
            if v.quantity.unit != b.quantity.unit:  # one unit column for both: "from one hour to 20 seconds" is 3,600
                level = rescaled(b.quantity.value, b.quantity.unit, v.quantity.unit)
                b = None if level is None else b
        entry = metric.data if isinstance(metric.data, Entry) else None
        name = metric.name
        kind = self.changes.kind(draft.change)
        better = entry.better if entry is not None else self._lexicon.better(name) if name else "none"
        way = sense(draft, tokens, self.changes)
        up = sign(d.quantity, way, better, bool(kind)) if d is not None else 1
        main = draft.main
        delta, high = self._delta(d, up)
        unit = self._unit(v or b or main)
        spans = {}
        for key, r in (("value", v), ("delta", d), ("baseline_value", b)):
            if r is not None:
                spans[key] = text.origin(r.quantity.start, r.quantity.end)
        start, end = text.origin(*sentence)
        return Claim(
            method=method.name,
            baseline=baseline.name,
            benchmark=place.name,
            metric=name,
            value=v.quantity.value if v is not None else None,
            value_high=v.quantity.high if v is not None else None,
            value_error=v.quantity.error if v is not None else None,
            unit=unit,
            delta=delta,
            delta_high=high,
            delta_kind=self._delta_kind(draft, scene, entry, name) if d is not None else None,
            baseline_value=level,
            bound=main.quantity.bound,
            aggregate="mean" if metric.aggregate or self._aggregate(draft, scene) else None,
            higher_is_better={"higher": True, "lower": False}.get(better),
            method_text=method.text,
            baseline_text=baseline.text,
            benchmark_text=place.text,
            metric_text=metric.text,
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
            improved=improved(delta, better, way),
            confidence=sure,
            reasons=dict(draft.reasons),
        )

    @staticmethod
    def _kind(draft: Draft, scene: Scene, entry: Entry | None, name: str | None, method: Named) -> str:
        """The sort of row: a person's, a compared system's, a resource, a fact without a method, or an own result."""
        at = method.token
        who = scene.tokens[at].type if at is not None else ""
        if who == "HUMAN":
            return "human"
        if who == "BASE":
            return "baseline"
        if at is not None and at == draft.method:
            reason = draft.reasons.get("method")
            if reason in _COMPARED or (reason == OWNER and scene.part[at] == "baseline"):
                return "baseline"
        if (entry is not None and entry.efficiency) or name in _RESOURCES:
            return "efficiency"
        return "result" if method.name else "finding"

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
        return self._shares.settle(draft, r, scene, entry, name)

    def _aggregate(self, draft: Draft, scene: Scene) -> bool:
        tokens = scene.tokens
        lo, hi = max(0, draft.first - 6), min(len(tokens), draft.last + 8)
        clause = scene.clause[draft.first]
        return any(self._averages(tokens[k]) for k in range(lo, hi) if scene.clause[k] == clause)

    def _averages(self, t: Token) -> bool:
        """Whether a token says that a number is an average, not in its metric's own name ("mean opinion score")."""
        found = self._aggregates.intersection(t.low.split())
        if not found:
            return False
        own = t.data.name.lower().split() if isinstance(t.data, Entry) else ()
        return not found.issubset((*own, "overall"))
