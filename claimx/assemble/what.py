"""What a row's number measures: the metrics of its sentence, those that words and units tell, the one before, none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..lexicon import Entry
from ..model import Text, Token
from .candidates import DEFAULT, NONE, Candidate, Named, Pool, Relation, Row, Weights, closer, relation
from .changes import OWN_METRIC_CLASSES, Changes
from .context import Context
from .implied import OWN_METRIC, UNIT_METRICS, outcome

_METRIC = frozenset({"METRIC"})
_LOOSE = frozenset({"NP", "ACRONYM", "NAME"})  # what may be a metric that no lexicon has
_REACH = 8  # tokens around the number in which such a phrase may stand
_MANY = 12  # a longer list of metrics is no one number's
_COUNTS = frozenset({"number", "amount", "usage", "use", "percentage", "proportion", "fraction", "share", "quantity"})
_STRIP_HEAD = ("number of ", "amount of ", "percentage of ", "total ", "required ", "average ", "overall ", "mean ")
_SPEED = ("accelerat", "speed", "sped")


class What:
    """Collects the candidates for the metric of a row."""

    def __init__(self, changes: Changes, measurable: Callable[[Token], bool], weights: Weights) -> None:
        self._weights = weights
        self._changes = changes
        self._measurable = measurable

    def of(self, row: Row, context: Context, text: Text) -> list[Candidate]:
        """The candidates, with what the rules found among them."""
        pool = Pool(self._weights)
        scene, draft = row.scene, row.draft
        tokens = scene.tokens
        lists = scene.lists(_METRIC)
        near = closer(row, lists)
        kind = self._changes.kind(draft.change) or "-"
        for i, like in near.items():
            t, group = tokens[i], lists[i]
            rel = relation(row, i, group, like)
            fs = self._features(row, i, t, "METRIC", rel, kind)
            if " " in t.low:
                fs.append(f"METRIC w{min(3, len(t.low.split()))} {_sort(t)}")
            whole = named(tokens, i, text)
            pool.take([whole], "metric", fs)
            if whole.name != (t.name or t.text):
                bare = Named(t.name or t.text, t.text, i, t.data, t.aggregate)
                pool.take([bare], "metric", [*(f"bare {f}" for f in fs[:4]), "bare"])
            if len(group) > 1 and group[0] == i and len(group) < _MANY:
                self._list(pool, row, group, rel, kind, text)
        for i in range(max(0, row.first - _REACH + 1), min(len(tokens), row.first + _REACH)):
            t = tokens[i]
            if t.type in _LOOSE and self._measurable(t) and i not in (draft.method, draft.baseline):
                known = context.register.by_surface.get(t.name or t.text)
                if known is not None and known.kind != "METRIC":
                    continue  # the document says that it is something else
                low, high = min(i, row.first), max(i, row.first)
                rel = relation(row, i, [i], sum(low < k < high for k in near))
                fs = self._features(row, i, t, t.type, rel, kind)
                fs += [f"{t.type} w{min(3, len(t.low.split()))}", f"{t.type} {kind} {rel.side} {rel.gap}"]
                pool.take([named(tokens, i, text)], "phrase", fs)
        self._implied(pool, row, context, kind, f"metrics{min(len(lists), 2)}", text)
        reason = draft.reasons.get("metric", DEFAULT)
        found, implied = self._proposal(row, text, kind)
        fs = ["rule", f"rule {reason}", f"rule {reason} {row.shape}"]
        several = len(found) > 1 and row.run == 1  # one number that a rule gives to several metrics
        pool.propose(found, reason, [*fs, "rule implied"] if implied else fs, certain=several)
        return pool.all()

    def _features(self, row: Row, i: int, t: Token, sort: str, rel: Relation, kind: str) -> list[str]:
        side, shape = rel.side, row.shape
        entry = _sort(t)
        place = _beside(row, i)
        k = f"{sort} {side}"
        fs = [f"{k} {rel.like}", f"{k} {rel.like} {shape}", f"{k} {rel.gap}", f"{k} {rel.numbers} {rel.like}"]
        fs += [f"{k} {rel.clause} {rel.depth}", f"{k} {rel.lead}", f"{k} {rel.then}", f"{k} {rel.part} {shape}"]
        fs += [f"{sort} {entry} {row.kind}", f"{sort} {entry} {row.kind} {shape}", f"{k} {entry} {rel.like}"]
        fs += [f"change {place} {kind}", f"{k} change {place} {rel.like}", f"{rel.lead} {rel.then} {side}"]
        fs.append(f"{sort} head:{t.head}")
        if rel.order:
            fs.append(f"order:{rel.order} {side}")
        if rel.bracket:
            b = f"{sort} bracket {rel.bracket}"
            fs += [b, f"{b} {rel.numbers}", f"{b} {rel.like}", f"{b} {rel.gap}", f"{b} {entry}"]
        if rel.captured:
            fs += [f"captured {rel.captured}", f"captured {rel.captured.split()[0]} {sort}"]
        return fs

    def _list(self, pool: Pool, row: Row, group: Sequence[int], rel: Relation, kind: str, text: Text) -> None:
        """All of a coordination: "4 points in precision and recall"."""
        many, run = min(len(group), 3), min(row.run, 3)
        k = f"list {rel.side}"
        fs = [f"{k} {rel.like} of{many}", f"{k} {row.shape} {row.kind}", f"list run{run} of{many}", f"{k} {rel.lead}"]
        fs += [f"{k} {rel.gap}", f"list change {_beside(row, group[0])} {kind}"]
        pool.take([named(row.scene.tokens, k, text) for k in group], "list", fs)

    def _implied(self, pool: Pool, row: Row, context: Context, kind: str, count: str, text: Text) -> None:
        draft, tokens = row.draft, row.scene.tokens
        after = tokens[row.last + 1].low if row.last + 1 < len(tokens) else "$"
        if (own := _of_word(draft.change)) is not None:
            fs = [f"word {kind}", f"word {draft.change}", f"word {row.kind} {count}", f"word {kind} {count}"]
            pool.take([Named(own, draft.change)], "the word of change", fs)
        unit = (
            UNIT_METRICS.get(draft.main.quantity.unit or "")
            if draft.main.type == "UNIT" or draft.main.rule == "rate"
            else None
        )
        if unit is not None:
            pool.take([Named(unit)], "the unit", ["unit", f"unit {unit}", f"unit {count} {row.shape}"])
        if draft.value is not None and draft.value.type == "PCT" and after == "of":
            told = outcome(row.scene, draft.value.at, text.clean)
            if told is not None:
                pool.take([Named(told)], "the verb", ["verb", f"verb {count}", f"verb {told}"])
        last = context.before
        if last is not None and draft.value is not None:
            before = Named(last.name or last.text, last.text, None, last.data, last.aggregate)
            pool.take([before], "the sentence before", [f"before {row.shape} {row.kind}", f"before {count}"])
        then = after if after in ("of", "in", "on", "for", "over") else "word"
        fs = ["none", f"none {row.shape} {row.kind}", f"none {kind}", f"none {kind} {count}", f"none {draft.change}"]
        pool.take([NONE], "none", [*fs, f"none {row.shape} {count} {kind}", f"none then:{then} {row.shape}"])

    def _proposal(self, row: Row, text: Text, kind: str) -> tuple[list[Named], bool]:
        """What the rules take for the metric, and whether a word or unit implies it."""
        draft, tokens = row.draft, row.scene.tokens
        found = [named(tokens, i, text) for i in draft.metrics]
        if not found and draft.inherited is not None:
            t = draft.inherited
            found = [Named(t.name or t.text, t.text, None, t.data, t.aggregate)]
        own = _of_word(draft.change) if draft.delta is not None else None
        if own is not None:
            stronger = kind in OWN_METRIC_CLASSES and kind != "quality"
            if not found or stronger or draft.change.startswith(_SPEED):
                return [Named(own, found[0].text if found else draft.change)], True
        v = draft.value
        if v is not None and (v.rule == "rate" or (not found and v.type == "UNIT")):
            unit = UNIT_METRICS.get(v.quantity.unit or "")
            if unit is not None:
                return [Named(unit)], True
        return found or [NONE], False


def _of_word(change: str) -> str | None:
    """The metric that a word of change tells by itself: "faster" the speed."""
    return OWN_METRIC.get(change) or ("speed" if change.startswith(_SPEED) else None)


def _sort(t: Token) -> str:
    """What sort of metric the lexicon says it is."""
    e = t.data
    if not isinstance(e, Entry):
        return "unlisted"
    return "generic" if e.generic else "resource" if e.efficiency else "percent" if e.unit == "percent" else "score"


def _beside(row: Row, i: int) -> str:
    """Where a token stands to the word of change and the number."""
    at, change = row.first, row.draft.change_at
    if change is None or row.draft.delta is None:
        return "-"
    if min(change, at) < i < max(change, at):
        return "between"
    return "right-before" if i == change - 1 else "right-after" if i == change + 1 else "apart"


def named(tokens: Sequence[Token], i: int, text: Text) -> Named:
    """A metric with its "of" phrase: the text as written, and for plain counts the name of what is counted."""
    t = tokens[i]
    name, written, data = t.name or t.text, t.text, t.data
    if i + 1 < len(tokens) and tokens[i + 1].low == "efficient":  # "3x more energy efficient"
        return Named(f"{t.text} efficiency", text.clean[t.start : tokens[i + 1].end], i)
    if i + 2 < len(tokens) and tokens[i + 1].low == "of" and tokens[i + 2].type in ("NP", "METRIC", "ACRONYM"):
        inner = tokens[i + 2]
        written = text.clean[t.start : inner.end]
        if t.low.split()[-1] in _COUNTS:
            name, data = inner.name or inner.text, inner.data
        elif not t.name:
            name = written
    if not isinstance(data, Entry):
        for head in _STRIP_HEAD:
            if name.lower().startswith(head):
                name = name[len(head) :]
    return Named(name, written, i, data, t.aggregate)
