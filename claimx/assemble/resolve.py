"""The fields of a draft: ranked candidates for metric, benchmark, method and baseline, with the reason for the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..lexicon import Entry, Lexicon
from ..model import Token
from ..names import Register
from ..words import Words
from .drafts import Draft, coordinated
from .readings import QUANTITIES, Reading
from .scene import WHO, Scene

FIELDS = ("metric", "benchmark", "method", "baseline")
_CHANGE_CLASSES = ("improve", "raise", "reduce", "worsen", "gain", "rise", "drop", "harm", "speedup", "faster", "slower", "more", "less", "better", "worse", "exceed", "lag", "gap", "lossnoun", "quality")


@dataclass(slots=True)
class Context:
    """What the document knows beyond the sentence: its names, the benchmarks it evaluates on, the metric last spoken of."""

    register: Register
    sentence: int = 0
    last_metric: Token | None = None
    places: dict[int, list[Token]] = field(default_factory=dict)  # benchmarks by sentence

    def enter(self, sentence: int) -> None:
        self.sentence = sentence

    def visit(self, tokens: Sequence[Token]) -> None:
        """Remember the benchmarks of a sentence, once each, in order."""
        found: dict[str, Token] = {}
        for k, t in enumerate(tokens):
            if t.type == "BENCH" and t.head != "on":
                found.setdefault(t.name or t.text, t)
        if found:
            self.places[self.sentence] = list(found.values())

    def place(self) -> list[Token]:
        """The benchmark that clearly holds where a sentence names none: the document's own, the one just spoken of, the only one."""
        bench = self.register.bench
        if bench is not None:
            return [Token(0, 0, bench.name, bench.name.lower(), "BENCH", name=bench.name)]
        near = self.places.get(self.sentence - 1)
        if near is not None:
            return near if len(near) == 1 else []
        names = {t.name or t.text: t for found in self.places.values() for t in found}
        return list(names.values()) if len(names) == 1 else []


_MOVES = frozenset({"improve", "raise", "reduce", "worsen", "gain", "rise", "drop", "harm", "exceed", "lag", "lossnoun", "speedup"})
_MAIN = frozenset("is are was were has have had".split())  # main verbs where no other follows
_UNMEASURED = frozenset("average mean maximum total overall result results baseline art people way state thing margin".split())
_NEARS = ("approach", "match", "exceed", "surpass", "outperform", "rival", "near", "reach")
_PARTICIPLES = ("outperforming", "surpassing", "exceeding", "beating", "improving", "outpacing")
_SETTINGS = frozenset("length size sizes lengths budget steps number step depth width resolution epochs iterations".split())
_KINDS_OF_PLACE = frozenset("task tasks setting settings scenario scenarios environment environments experiment experiments domain domains regime regimes condition conditions".split())
_MEASURES = frozenset({"METRIC", "ACRONYM", "NP"})
_MODIFIES = frozenset("of for on in with from without at under across using through via between among by over per based as when during such like including".split())
_AUXILIARY = frozenset("can could may might will would also to has have had is are was were be been not not only still even both further then and or".split()) - {"and", "or"}


class Resolver:
    """Fills the fields of a sentence's drafts."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.method_heads = lexicon.method_heads
        self.stops = lexicon.modifiers_stop
        self._change = {w: name for name in reversed(_CHANGE_CLASSES) for w in words.classes[name]}

    def resolve(self, drafts: list[Draft], scene: Scene, context: Context) -> None:
        context.visit(scene.tokens)
        for draft in drafts:
            self._captured(draft, scene)
            self._as_change(draft, scene)
        for n, draft in enumerate(drafts):
            previous = drafts[n - 1] if n else None
            joined = previous is not None and coordinated(scene.tokens, scene, previous.last, draft.first)
            self._movement(draft, scene, previous if joined else None)
            self._metric(draft, scene, previous if joined else None, drafts, context)
            run = self._same_role(drafts, n, scene)
            if run[0] is draft:
                self._places(run, drafts[n + len(run)].first if n + len(run) < len(drafts) else len(scene.tokens), scene, context)
            self._baseline(draft, scene, previous if joined else None, drafts, n)
            self._method(draft, scene, previous if joined else None, drafts, n, context)
        self._opponents(drafts, scene)
        measured = [d for d in drafts if d.value is not None and d.metrics]
        if measured:
            context.last_metric = scene.tokens[measured[-1].metrics[-1]]

    def _as_change(self, draft: Draft, scene: Scene) -> None:
        """"improves the results of X (up to 20%)": a bare number after a word of change, bracketed or hedged, is the change."""
        r = draft.value
        if r is None or draft.delta is not None or draft.base is not None or r.rule not in ("percent", "value-metric", "achieve-value", "metric-verb-to-value") or r.type != "PCT":
            return
        tokens, at = scene.tokens, r.at
        lead = tokens[at - 1].low if at else ""
        if not (lead in ("(", "e.g.", ",") and (lead != "," or r.quantity.bound == "<=") or r.quantity.bound == "<=" and lead != "achieve" or tokens[at - 2:at - 1] and tokens[at - 2].low == "equal"):
            return
        for k in range(at - 1, max(-1, at - 14), -1):
            t = tokens[k]
            if scene.clause[k] != scene.clause[at] or t.type in QUANTITIES:
                return
            kind = self._change.get(t.low, "") if t.type == "WORD" else ""
            if k == at - 2 and t.low in self.words.classes["less"]:
                return  # "performs lower (63.1%)" tells the value
            if kind in _MOVES or t.low == "improved":
                draft.delta, draft.value, draft.change, draft.change_at = r, None, t.low, k
                r.role = "delta"
                return
            if scene.verbs[k] and k < at - 1 and t.low not in ("yielded", "observed"):
                return

    def _opponents(self, drafts: list[Draft], scene: Scene) -> None:
        """"76% vs. 52% for the baselines": what is compared with has a row of its own where it is named."""
        tokens = scene.tokens
        for n in range(len(drafts) - 1, -1, -1):
            d = drafts[n]
            if d.base is None or d.value is None or d.base.match is None or d.base.match.pattern.name != "value-versus-base":
                continue
            k = d.base.at + 1
            while k < len(tokens) and tokens[k].type == "METRIC":
                k += 1
            named = k + 1 < len(tokens) and tokens[k].low in ("for", "with", "by", "in", "of", "from", "under", "using") and tokens[k + 1].type in (WHO | {"NP"})
            who = k + 1 if named else d.baseline
            if who is None or tokens[who].type == "OURS":
                continue
            if d.baseline is None:
                d.baseline, d.reasons["baseline"] = who, "what is compared with"
            other = Draft(value=Reading(d.base.at, d.base.quantity, d.base.type, "value", d.base.rule, d.base.rank), metrics=list(d.metrics), benchmarks=list(d.benchmarks),
                          method=who, placed=d.placed, inherited=d.inherited, reasons={"method": "what is compared with", "metric": "of the value compared"})
            drafts.insert(n + 1, other)

    # -- from the rules ------------------------------------------------------------------------------------------

    def _captured(self, draft: Draft, scene: Scene) -> None:
        """What the rules that hold the draft's numbers captured beside them; a rule of higher rank goes first."""
        readings = [r for r in (draft.value, draft.delta, draft.base) if r is not None]
        for r in readings:
            for match, role in r.matches:
                if role != r.role and r.match is not None and match is not r.match:
                    continue
                pattern, captures = match.pattern, match.captures
                if pattern.role == "reject":
                    continue
                if not draft.metrics and (found := captures.get("metric")) and all(self._measurable(scene.tokens[i]) for i in found):
                    draft.metrics = self._item(found, r, match.captures[role], scene)
                    draft.reasons["metric"] = pattern.name
                if not draft.benchmarks and (found := captures.get("benchmark")):
                    names = [i for i in found if scene.tokens[i].type == "BENCH"]
                    draft.benchmarks = self._item(names, r, match.captures[role], scene) if names else []
                    draft.reasons["benchmark"] = pattern.name
                if draft.method is None and (found := captures.get("method")):
                    draft.method, draft.reasons["method"] = found[0], pattern.name
                if draft.baseline is None and (found := captures.get("baseline")):
                    draft.baseline, draft.reasons["baseline"] = found[0], pattern.name
                if not draft.change and (found := captures.get("change")):
                    draft.change, draft.change_at = scene.tokens[found[-1]].low, found[-1]
                if not draft.sense and pattern.sense:
                    draft.sense = pattern.sense

    def _measurable(self, t: Token) -> bool:
        """Whether a plain phrase can be what a change is of: not a model, not adjectives alone."""
        if t.type != "NP":
            return True
        return t.head not in self.method_heads and t.head not in _UNMEASURED and not all(w in self.stops for w in t.low.split())

    def _item(self, found: Sequence[int], r: Reading, numbers: Sequence[int], scene: Scene) -> list[int]:
        """One of the captured names where they match the numbers one to one, else all of them."""
        if len(found) == len(numbers) and r.at in numbers:
            return [found[list(numbers).index(r.at)]]
        if len(numbers) > 1 and len(found) > 1:
            return [min(found, key=lambda i: abs(i - r.at))]
        return list(found)

    def _movement(self, draft: Draft, scene: Scene, joined: Draft | None) -> None:
        """The word that says which way a change goes, where no rule captured one: from the list, else the nearest in the clause."""
        if draft.delta is None or draft.change or draft.sense:
            return
        if joined is not None and joined.delta is not None and (joined.change or joined.sense):
            draft.change, draft.sense, draft.change_at = joined.change, joined.sense, joined.change_at
            return
        tokens, at = scene.tokens, draft.delta.at
        for k in range(at - 1, max(-1, at - 12), -1):
            if self._moves(scene, k, at):
                draft.change, draft.change_at = tokens[k].low, k
                return
            if scene.verbs[k] and tokens[k].low in self.words.classes["achieve"]:
                break  # "reduces latency and sustains twice the throughput"
        for k in range(at + 1, min(len(tokens), at + 4)):
            if self._moves(scene, k, at):
                draft.change, draft.change_at = tokens[k].low, k
                return

    def _moves(self, scene: Scene, k: int, at: int) -> bool:
        t = scene.tokens[k]
        return scene.clause[k] == scene.clause[at] and t.type == "WORD" and self._change.get(t.low, "") in _MOVES

    # -- metric --------------------------------------------------------------------------------------------------

    def _metric(self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], context: Context) -> None:
        tokens, at = scene.tokens, draft.main.at
        if draft.metrics and not (len(draft.metrics) == 1 and isinstance(e := tokens[draft.metrics[0]].data, Entry) and e.generic and draft.delta is not None
                                  and at + 2 < len(tokens) and tokens[at + 1].low in ("in", "on") and tokens[at + 2].type == "METRIC"):
            return
        if at + 2 < len(tokens) and tokens[at + 1].low in ("in", "on", "of", "at") and tokens[at + 2].type == "METRIC" and not (draft.value is not None and tokens[at + 1].low == "of"):
            draft.metrics, draft.reasons["metric"] = [at + 2], "after the number"
            return
        if joined is not None:
            own = [k for k in range(joined.last + 1, draft.first) if tokens[k].type == "METRIC" and k not in joined.metrics]
            if own:
                draft.metrics, draft.reasons["metric"] = [own[-1]], "before the number in its list"
                return
        if joined is not None and joined.metrics and draft.main.type in (joined.main.type, joined.delta.type if joined.delta is not None else ""):
            draft.metrics, draft.reasons["metric"] = joined.metrics, "coordination"
            return
        if self._trailing(draft, scene, drafts):
            return
        if draft.delta is not None and draft.value is None:
            if not self._own_metric(draft, scene):
                self._changed(draft, scene)
            return
        near = self._nearest(scene, at, 12)
        if near is not None:
            draft.metrics, draft.reasons["metric"] = [near], "nearest in the clause"
        elif draft.value is not None and not draft.metrics:
            left = next((k for k in range(at - 1, -1, -1) if tokens[k].type == "METRIC" and scene.depth[k] <= scene.depth[at] and self._can_be(tokens[k], draft.value.type)), None)
            if left is not None:
                draft.metrics, draft.reasons["metric"] = [left], "earlier in the sentence"
            elif context.last_metric is not None and draft.value.type == "PCT" and self._can_be(context.last_metric, "PCT") and not self._share(scene, at):
                draft.inherited = context.last_metric
                draft.reasons["metric"] = "the sentence before"

    @staticmethod
    def _can_be(metric: Token, number: str) -> bool:
        """Whether a metric can have the number as its value: sizes, times and costs are no percentages."""
        e = metric.data
        if number != "PCT":
            return True
        if isinstance(e, Entry):
            return not e.efficiency or e.unit == "percent"
        return metric.head not in _SETTINGS

    def _share(self, scene: Scene, at: int) -> bool:
        """"52% of the tasks": a share that names what it counts."""
        return at + 1 < len(scene.tokens) and scene.tokens[at + 1].low == "of"

    def _trailing(self, draft: Draft, scene: Scene, drafts: list[Draft]) -> bool:
        """"gains of 14% and 4% in AUC and OSCR": metrics that follow a list of numbers, one to one."""
        tokens = scene.tokens
        run = self._same_role(drafts, drafts.index(draft), scene)
        if len(run) < 2 or run[0] is not draft:
            return False
        k = run[-1].last + 1
        stop = min(len(tokens), k + 9)
        while k < stop and not (tokens[k].low in ("in", "on", "of", "for") and tokens[k + 1:k + 2] and tokens[k + 1].type in _MEASURES):
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
        if len(found) != len(run) or not (any(tokens[i].type == "METRIC" for i in found) or any(t.low in ("respectively", "resp.") for t in tokens[k:k + 8])):
            return False
        if all(tokens[i].type == "BENCH" for i in found):
            return False
        for d, i in zip(run, found, strict=True):
            if not d.metrics:
                d.metrics, d.reasons["metric"] = [i], "respectively"
        return True

    def _own_metric(self, draft: Draft, scene: Scene) -> bool:
        """Changes that bring their own metric: faster, speedup, cheaper."""
        kind = self._change.get(draft.change, "")
        return kind in ("faster", "slower", "speedup", "quality")

    def _changed(self, draft: Draft, scene: Scene) -> None:
        """What changes: the first metric between the word of change and the number, or right after the number."""
        tokens, at = scene.tokens, draft.main.at
        start = draft.change_at if draft.change_at is not None else at
        if scene.depth[at] and self._bracketed(draft, scene):
            return
        for k in (*range(start + 1, at), *range(at + 1, min(len(tokens), at + 5))):
            if k > at and (tokens[k].type in QUANTITIES or scene.verbs[k] or tokens[k].low in (",", "(", ")", ";", "on", "over", "compared", "than")):
                break
            if tokens[k].type == "METRIC" and scene.clause[k] == scene.clause[at]:
                draft.metrics, draft.reasons["metric"] = [k], "what changes"
                return
        kind = self._change.get(draft.change, "")
        if kind in ("raise", "reduce") and start + 1 < at and tokens[start + 1].type in ("NP", "ACRONYM") and self._measurable(tokens[start + 1]):
            draft.metrics, draft.reasons["metric"] = [start + 1], "what changes"
            return
        if not kind and draft.sense:
            start = next((k for k in range(at - 1, max(-1, at - 9), -1) if tokens[k].low.startswith(_PARTICIPLES)), start)
            kind = "exceed" if start < at else ""
        if kind in ("exceed", "improve") and tokens[start].low.startswith(_PARTICIPLES) and start and tokens[start - 1].low == ",":
            near = next((k for k in range(start - 1, -1, -1) if tokens[k].type == "METRIC" and scene.clause[k] == scene.clause[at]), None)
            if near is not None and isinstance(e := tokens[near].data, Entry) and not (e.efficiency or e.generic):
                draft.metrics, draft.reasons["metric"] = [near], "what is measured before"
            return
        if start > at and draft.change in ("higher", "lower", "greater", "more", "less") and tokens[start + 1:start + 2] and tokens[start + 1].type != "NP":
            near = next((k for k in range(at - 1, -1, -1) if tokens[k].type == "METRIC" and (scene.part[k] == "subject" or k == at - 1) and scene.clause[k] == scene.clause[at]), None)
            if near is not None:
                draft.metrics, draft.reasons["metric"] = [near], "what changes"
                return
        terms = next((k for k in range(at + 1, min(len(tokens), at + 12)) if tokens[k].low == "of" and tokens[k - 1].low == "terms"), None)
        if terms is not None and not any(tokens[k].type in QUANTITIES for k in range(at + 1, terms)):
            found = [k for k in range(terms + 1, len(tokens)) if tokens[k].type == "METRIC" and all(tokens[j].type == "METRIC" or tokens[j].low in (",", "and", "&") for j in range(terms + 1, k))]
            if found:
                draft.metrics, draft.reasons["metric"] = found, "in terms of"
                return
        if kind in ("exceed", "lag", "") or start > at:
            return
        for k in range(start - 1, max(-1, start - 7), -1):
            if scene.clause[k] != scene.clause[at] or tokens[k].low in (",", ";", "(") or scene.verbs[k]:
                break
            if (tokens[k].type == "METRIC" and scene.part[k] != "place") or (k == start - 1 and kind in ("gain", "rise", "drop") and tokens[k].type == "NP" and self._measurable(tokens[k])):
                draft.metrics, draft.reasons["metric"] = [k], "what changes"
                return

    def _bracketed(self, draft: Draft, scene: Scene) -> bool:
        """"by 2.9% in pass@1 (52% relative gain)": a change in brackets is of the metric right before them."""
        tokens = scene.tokens
        k = draft.main.at
        while k and tokens[k].low != "(":
            k -= 1
        if k and tokens[k - 1].type == "METRIC":
            draft.metrics, draft.reasons["metric"] = [k - 1], "before the bracket"
        return bool(draft.metrics)

    def _nearest(self, scene: Scene, at: int, reach: int) -> int | None:
        """The closest metric in the clause, right before left at equal distance, never past another number on the right;
        on the left a metric that is itself the subject or object goes before one inside another's phrase."""
        tokens, clause = scene.tokens, scene.clause
        right = left = inner = None
        for k in range(at + 1, min(len(tokens), at + 1 + reach // 2)):
            if clause[k] != clause[at] or tokens[k].type in QUANTITIES or tokens[k].low in (",", ")", "(") or scene.verbs[k]:
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

    # -- benchmark -----------------------------------------------------------------------------------------------

    def _places(self, run: list[Draft], stop: int, scene: Scene, context: Context) -> None:
        """Benchmarks of a coordination: after each number, closing the list (one to one or shared), else before it."""
        own: list[list[int] | None] = []
        for k, draft in enumerate(run):
            end = run[k + 1].first if k + 1 < len(run) else stop
            own.append(self._after(scene, draft.first + 1, end))
        if any(own):
            waiting: list[Draft] = []
            last: list[int] = []
            for draft, found in zip(run, own, strict=True):
                if found is None:  # no place of its own: waits for the one that closes the list
                    waiting.append(draft)
                    continue
                group = [*waiting, draft]
                if len(found) > 1 and len(group) == len(found) and self._one_to_one(group, scene):
                    for d, i in zip(group, found, strict=True):
                        self._put(d, [i], "one to one")
                else:
                    for d in group:
                        self._put(d, found, "after the number" if d is draft else "closes the list")
                waiting, last = [], found
            for draft in waiting:
                self._put(draft, last, "coordination")
            return
        if all(found == [] for found in own if found is not None) and any(found == [] for found in own):
            named = context.places.get(context.sentence - 1, [])
            if len(named) == len(run) > 1 and any(scene.tokens[k].type == "GROUP" and (scene.tokens[k].det or scene.tokens[k - 1].type == "COUNT") for k in range(run[-1].last + 1, stop)):
                for d, place in zip(run, named, strict=True):
                    d.place = place
                    d.reasons["benchmark"] = "the sentence before, one to one"
                return
        group = self._before(scene, run[0].first)
        if len(group) > 1 and len(run) == len(group) and self._one_to_one(run, scene):
            for d, i in zip(run, group, strict=True):
                self._put(d, [i], "one to one")
        elif group and not all(found == [] for found in own):
            for d in run:
                self._put(d, group, "before the number")

    @staticmethod
    def _one_to_one(run: list[Draft], scene: Scene) -> bool:
        """Whether numbers and names of equal count belong one to one: said so, or the numbers share their metric."""
        if any(t.low in ("respectively", "resp", "resp.") for t in scene.tokens):
            return True
        return len({tuple(d.metrics) for d in run if d.metrics}) < 2

    @staticmethod
    def _put(draft: Draft, found: list[int], reason: str) -> None:
        if not draft.benchmarks and not draft.placed:
            draft.benchmarks, draft.reasons["benchmark"], draft.placed = list(found), reason, True

    def _after(self, scene: Scene, start: int, stop: int) -> list[int] | None:
        """The benchmarks between a number and the next; an empty list for a group without names, None for neither."""
        found: list[int] = []
        group = False
        for i in range(start, stop):
            t = scene.tokens[i]
            if t.type == "BENCH" and scene.part[i] != "source":
                if scene.part[i] == "subject" and scene.tokens[i - 1].low not in ("(", ",", "and", "like", "as", "including", "e.g.") and i > start and not found:
                    continue
                if found and not all(scene.tokens[k].low in (",", "and", "or", "&", "/", "the") for k in range(found[-1] + 1, i)):
                    break
                found.append(i)
            elif t.type == "GROUP" and not found and scene.part[i] == "place":
                group = True
            elif t.low in (";",) or scene.clause[i] != scene.clause[start - 1]:
                break
            elif scene.verbs[i] and not found and not (t.low.endswith("ed") and i + 1 < stop and scene.tokens[i + 1].type == "BENCH"):
                break
        if not found and not group and start + 1 < stop and scene.tokens[start + 1].type == "NP":
            # "19% on mathematical reasoning", "43% in real-world tasks"
            group = scene.tokens[start].low == "on" or scene.tokens[start].low in ("in", "for", "under") and scene.tokens[start + 1].low.split()[-1] in _KINDS_OF_PLACE
        return found or ([] if group else None)

    def _before(self, scene: Scene, first: int) -> list[int]:
        """The nearest list of benchmarks before a number, in its clause if there is one."""
        tokens = scene.tokens
        before = [i for i in range(first - 1, -1, -1) if tokens[i].type == "BENCH" and scene.part[i] != "source" and scene.clause[i] == scene.clause[first]]
        before = before or [i for i in range(first - 1, -1, -1) if tokens[i].type == "BENCH" and scene.part[i] != "source"]
        group = before[:1]
        for i in before[1:]:
            if not all(tokens[k].low in (",", "and", "or", "&", "/") for k in range(i + 1, group[-1])):
                break
            group.append(i)
        return group[::-1]

    def _same_role(self, drafts: list[Draft], n: int, scene: Scene) -> list[Draft]:
        """The coordination that the draft stands in."""
        lo = hi = n
        while lo > 0 and coordinated(scene.tokens, scene, drafts[lo - 1].last, drafts[lo].first):
            lo -= 1
        while hi + 1 < len(drafts) and coordinated(scene.tokens, scene, drafts[hi].last, drafts[hi + 1].first):
            hi += 1
        return drafts[lo:hi + 1]

    # -- baseline ------------------------------------------------------------------------------------------------

    def _baseline(self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], n: int) -> None:
        if draft.baseline is not None:
            return
        tokens = scene.tokens
        stop = drafts[n + 1].first if n + 1 < len(drafts) else len(tokens)
        candidates = [i for i in range(draft.last + 1, stop) if scene.part[i] == "baseline" and scene.clause[i] == scene.clause[draft.last]]
        if not candidates and (draft.delta is not None or draft.base is not None):
            candidates = [i for i in range(draft.first - 1, -1, -1) if scene.part[i] == "baseline" and scene.clause[i] == scene.clause[draft.first]]
            if not candidates and joined is not None:
                draft.baseline = joined.baseline
                return
            if not candidates:
                candidates = [i for i in range(draft.last + 1, len(tokens)) if scene.part[i] == "baseline" and scene.clause[i] == scene.clause[draft.last]]
        candidates = [i for i in candidates if tokens[i].type in WHO or tokens[i].type == "NP"]
        if candidates:
            draft.baseline, draft.reasons["baseline"] = candidates[0], "compared with"

    # -- method --------------------------------------------------------------------------------------------------

    def _method(self, draft: Draft, scene: Scene, joined: Draft | None, drafts: list[Draft], n: int, context: Context) -> None:
        if draft.method is not None:
            return
        tokens = scene.tokens
        at = draft.first
        owner = self._owner(scene, at)
        if owner is not None:
            draft.method, draft.reasons["method"] = owner, "right before the number"
            return
        if joined is not None and joined.method is not None and joined.reasons.get("method") in ("right before the number", "method-bracket-value", "bracket-method-value") and scene.depth[joined.first] and scene.depth[at]:
            draft.method, draft.reasons["method"] = joined.method, "right before the number"
            return
        if at > 1 and tokens[at - 1].low == "," and draft.delta is not None and self._change.get(draft.change) in ("more", "less", "faster", "slower", "better", "worse") and tokens[at - 2].type in (WHO | {"NP"}) \
                and scene.part[at - 2] == "subject" and tokens[draft.last + 2:draft.last + 3] and tokens[draft.last + 2].low == ",":
            draft.method, draft.reasons["method"] = at - 2, "right before the number"  # "the Tiny model, 83% smaller, matches"
            return
        against = self._against(scene, draft)
        if against is not None:
            draft.method, draft.reasons["method"] = against, "what is compared with"
            return
        if joined is not None and joined.method is not None and joined.reasons.get("method") in ("subject", "coordination"):
            subject: int | None = joined.method
        else:
            subject = self._subject(scene, at, context.register.own is not None)
        if subject is not None:
            draft.method, draft.reasons["method"] = subject, "subject" if joined is None else "coordination"
            if tokens[subject].type == "NP":
                draft.phrase = self._gerund(scene, at) or self._with_of(scene, subject)
            self._respectively(draft, scene, drafts, n, subject)
            return
        if context.register.own is None and (phrase := self._gerund(scene, at)) is not None:
            draft.phrase, draft.reasons["method"] = phrase, "subject"
            return
        lead = next((k for k in range(1, min(4, at)) if tokens[k].low == ","), 0)
        if lead and tokens[0].low in ("with", "using") and tokens[lead - 1].type in WHO and scene.clause[lead - 1] == scene.clause[at]:
            draft.method, draft.reasons["method"] = lead - 1, "what it is with"
            return
        for i in range(draft.last + 1, min(len(tokens), draft.last + 7) if draft.delta is None else 0):
            if tokens[i].type in QUANTITIES or scene.clause[i] != scene.clause[at] or tokens[i].low == ",":
                break
            if tokens[i].type in ("METHOD", "HUMAN") and tokens[i - 1].low in ("for", "by", "with", "using", "(", "from"):
                draft.method, draft.reasons["method"] = i, "after the number"
                return

    def _with_of(self, scene: Scene, i: int) -> tuple[int, int]:
        """The characters of a noun phrase with the "of" phrase that belongs to it."""
        tokens = scene.tokens
        end = i
        while end + 2 < len(tokens) and tokens[end + 1].low in ("of", "in") and self._nominal(tokens[end + 2]):
            end += 2
        return tokens[i].start, tokens[end].end

    def _gerund(self, scene: Scene, at: int) -> tuple[int, int] | None:
        """"Replacing a portion of the data can improve …": a clause whose subject is what is done."""
        tokens = scene.tokens
        verb = next((k for k in range(at - 1, 0, -1) if scene.verbs[k] and not tokens[k].low.endswith(("ing", "ed")) and self._acts(scene, k, at)), None)
        if verb is None or scene.clause[verb] != scene.clause[at] or any(tokens[k].low == ";" for k in range(verb, at)):
            return None
        stop = verb
        while stop and tokens[stop - 1].low in _AUXILIARY:
            stop -= 1
        begin = stop - 1
        while begin >= 0 and tokens[begin].low not in (",", ";", "that", ":", "(", ")"):
            begin -= 1
        first = begin + 1
        stop = next((k for k in range(first + 1, stop) if scene.verbs[k] and not tokens[k].low.endswith(("ing", "ed"))), stop)
        while stop > first and tokens[stop - 1].low in ("far", "by", "alone", "to"):
            stop -= 1
        if first >= stop - 1 or not tokens[first].low.endswith("ing") or tokens[first].type not in ("WORD", "VERB", "NP"):
            return None
        return tokens[first].start, tokens[stop - 1].end

    def _owner(self, scene: Scene, at: int) -> int | None:
        """"CLIP's 68.3%", "repeated sampling (60.6%)": who stands right before the number or its bracket, as what is compared with."""
        tokens = scene.tokens
        k = at - 1
        while k >= 0 and (tokens[k].type == "METRIC" or tokens[k].low in ("=", ":", "of")):
            k -= 1
        if k < 1:
            return None
        if tokens[k].type in ("HUMAN", "METHOD", "BASE") and tokens[k + 1].low == "of" and scene.part[k] == "baseline":
            return k
        if k > 1 and tokens[k].type in ("METHOD", "NAME", "ACRONYM", "BASE") and tokens[k - 1].low == "(" and tokens[k + 1].low in (":", ",", "=") and scene.part[k - 2] == "baseline":
            return k
        if tokens[k].low in ("'s", "’s") and tokens[k - 1].type in WHO and scene.part[k - 1] == "baseline":
            return k - 1
        if tokens[k].low == "(" and k > 4 and tokens[k - 2].low == "of" and tokens[k - 3].type == "METRIC" and tokens[k - 4].low.startswith(_NEARS):
            return k - 1
        if tokens[k].low == "(" and scene.part[k - 1] == "baseline" and tokens[k - 1].type in (WHO | {"NP"}):
            return k - 1
        return None

    def _against(self, scene: Scene, draft: Draft) -> int | None:
        """"compared to 50% with BM25", "versus 41% for humans": a value of what is compared with, named after it."""
        tokens, at = scene.tokens, draft.first
        if draft.value is None or draft.delta is not None or draft.base is not None:
            return None
        lead = [tokens[k].low for k in range(max(0, at - 3), at)]
        if not any(w in ("compared", "versus", "vs", "vs.", "against", "than", "while", "whereas") for w in lead):
            return None
        k = draft.last + 1
        while k < len(tokens) and k < draft.last + 3 and tokens[k].type == "METRIC":
            k += 1
        if k + 1 < len(tokens) and tokens[k].low in ("for", "with", "by", "of", "from", "using") and tokens[k + 1].type in (WHO | {"NP"}) and tokens[k + 1].type != "OURS":
            return k + 1
        return None

    def _respectively(self, draft: Draft, scene: Scene, drafts: list[Draft], n: int, subject: int) -> None:
        """"A and B reach 52% and 57%, respectively": subjects one to one with the numbers of the list."""
        tokens = scene.tokens
        group = [subject]
        k = subject
        while k >= 2 and tokens[k - 1].low in (",", "and", "or", "&"):
            step = 2 if tokens[k - 2].low not in (",",) else 3
            if k - step < 0 or tokens[k - step].type not in WHO:
                break
            k -= step
            group.insert(0, k)
        run = self._same_role(drafts, n, scene)
        if len(group) > 1 and (tokens[subject - 1].low == "," or any(scene.part[i] in ("baseline", "place", "source") for i in group)):
            return
        if len(group) > 1 and len(run) == len(group) and run[0] is draft:
            for d, i in zip(run, group, strict=True):
                d.method, d.reasons["method"] = i, "respectively"

    def _subject(self, scene: Scene, at: int, named: bool) -> int | None:
        """The last name or phrase before the number that a verb follows, and that is no baseline, place or object."""
        tokens = scene.tokens
        weak = None
        for i in range(at - 1, -1, -1):
            t = tokens[i]
            measured = i >= 2 and tokens[i - 1].low == "of" and tokens[i - 2].type == "METRIC"  # "the accuracy of X"
            if t.type not in WHO and not (t.type == "NP" and not named and (scene.part[i] == "subject" or measured) and self._actor(t)):
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
            part, (verb, how) = scene.part[i], self._verb_after(scene, i, at)
            if how == "relative":
                if t.type != "NP" and part != "place":
                    return i
                continue
            if how == "ing" and (part in ("place", "agent") and before in ("with", "by") or scene.depth[i] and before in ("(", ",", "e.g.")):
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
            if verb is not None and how != "ing" and (t.type != "NP" or self._acts(scene, verb, at)):
                return i
            if t.type != "NP" and following is not None and following.low in ("'s", "’s"):
                return i
            if following is not None and following.type == "METRIC" and t.type in ("METHOD", "HUMAN") and weak is None:
                weak = i
        return weak

    def _verb_after(self, scene: Scene, i: int, at: int) -> tuple[int | None, str]:
        """The verb whose subject the phrase at ``i`` is, past what modifies the phrase; and how it is joined to it."""
        tokens, c = scene.tokens, self.words.classes
        j, how = i + 1, ""
        while j < at:
            t = tokens[j]
            if scene.depth[j] > scene.depth[i] or t.low == ")":
                j += 1
            elif t.low == "," and j + 1 < at and tokens[j + 1].low in ("which", "who"):
                close = next((k for k in range(j + 2, at - 1) if tokens[k].low == "," and scene.depth[k] == scene.depth[i]), None)
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
                    if how == "" and j == i + 1 and i and tokens[i - 1].low in ("with", "by", "(", ",", "e.g.") and (t.low in c["achieve"] or t.low in c["improve"] or t.low in c["exceed"] or t.low in c["reduce"] or t.low in c["raise"]):
                        return j, "ing"
                    j += 1
                    while j < at and self._nominal(tokens[j]):
                        j += 1
                elif t.low.endswith(("ed", "en", "wn")) and j + 1 < at and tokens[j + 1].low in _MODIFIES and how == "" and tokens[j - 1].low not in _AUXILIARY \
                        and any(scene.verbs[k] and not tokens[k].low.endswith("ing") for k in range(j + 1, at)) and t.low not in c["reduce"] and t.low not in c["raise"] and t.low not in c["improve"]:
                    j += 1
                elif how == "that":
                    return None, ""
                else:
                    return j, how
            else:
                return None, ""
        return None, ""

    @staticmethod
    def _nominal(t: Token) -> bool:
        return t.type in WHO or t.type in ("NP", "METRIC", "BENCH", "GROUP", "COUNT")

    def _actor(self, t: Token) -> bool:
        """Whether a plain phrase can be who has a value: not the experiments, the results, a gain."""
        c = self.words.classes
        return t.head not in c["not-method"] and t.low.split()[-1] not in c["not-method"] and t.low not in ("number", "addition", "average", "total", "paper", "authors") and t.low[0].isalpha()

    def _acts(self, scene: Scene, j: int, at: int) -> bool:
        """Whether a verb of achieving or changing stands at ``j``, maybe after an auxiliary."""
        c = self.words.classes
        tokens = scene.tokens
        k = j
        while k < at and tokens[k].low in ("can", "could", "may", "will", "also", "to", "has", "have", "be", "not"):
            k += 1
        if tokens[j].low in _MAIN and (k >= at or not scene.verbs[k]):
            return True
        low = tokens[k].low
        return k < at and scene.verbs[k] and not low.endswith("ing") and low not in c["be"] and low not in ("show", "shows", "demonstrate", "demonstrates", "find", "observe", "report", "present", "see", "suggest", "suggests", "indicate", "indicates", "reveal", "reveals", "confirm", "confirms", "note", "include", "includes")
