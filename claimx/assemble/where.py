"""Where a row's number was measured: benchmarks of its sentence, of the one before, of the document, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..lexicon import Entry
from ..model import Token
from .candidates import DEFAULT, NONE, Candidate, Named, Pool, Row, Weights, closer, relation
from .context import Context

_BENCH = frozenset({"BENCH"})
_OPENS = frozenset({",", "and", ";", "while", "(", ":", "or", "but"})  # before "on X", that X is of what follows
_REACH = 30  # tokens after a number in which a group of data sets can be its own
_LONG = 24  # a longer list of benchmarks is no one number's
_MANY = 5  # a document that speaks of more benchmarks than that means none of them in particular


class Where:
    """Collects the candidates for the benchmark of a row, by the weights of their features."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def of(self, row: Row, context: Context, efficient: bool) -> list[Candidate]:
        """The candidates; ``efficient`` tells that the metric is a resource."""
        pool = Pool(self._weights)
        scene, draft, reg = row.scene, row.draft, context.register
        tokens = scene.tokens
        lists = scene.lists(_BENCH)
        near = closer(row, lists)
        kind = f"{row.shape} {'resource' if efficient else 'score'}"
        run = f"run{min(row.run, 3)}"
        state = f"{_group(row, lists)} benches{min(len(lists), 2)}"
        for i, like in near.items():
            t, group = tokens[i], lists[i]
            rel = relation(row, i, group, like)
            side, many = rel.side, f"of{min(len(group), 3)}"
            known = (
                "listed" if t.data is not None else "introduced" if (t.name or t.text) in reg.by_surface else "shaped"
            )
            fs = [f"{side} {rel.like} {many}", f"{side} {rel.gap}", f"{side} {rel.numbers} {rel.like}"]
            fs += [f"{side} {rel.clause} {rel.depth}", f"{side} {rel.lead}", f"{side} {rel.part} {row.shape}"]
            fs += [f"{side} {rel.then}", f"{side} order:{rel.order} {run}"]
            if 1 < len(group) < _LONG and group[0] == i:
                every = [Named(tokens[k].name or tokens[k].text, tokens[k].text, k) for k in group]
                whole = [f"list {run} {many}", f"list {row.shape} {side}", f"list {side} {state}"]
                pool.take(every, "list", [*(f"list {f}" for f in fs), *whole])
            opening = tokens[i - 2].low if i > 1 and tokens[i - 2].low in _OPENS else "^" if i == 1 else "word"
            fs += [f"{side} {rel.lead} opening:{opening}", f"{side} {rel.numbers} opening:{opening} {rel.then}"]
            fs += [known, f"{known} {side}", f"{side} {kind}", f"{side} {state}", f"{rel.part} {rel.gap} {side}"]
            fs += [f"{rel.lead} {rel.part}", f"head:{t.head}"]
            if rel.bracket:
                b = f"bracket {rel.bracket}"
                fs += [b, f"{b} {rel.numbers}", f"{b} {rel.like}", f"{b} {rel.gap}", f"{b} {many}"]
            if rel.captured:
                fs.append(f"captured {rel.captured}")
            if reg.bench is not None:
                fs.append("document's" if reg.bench.name == (t.name or t.text) else "not the document's")
            pool.take([Named(t.name or t.text, t.text, i)], "benchmark", fs)
        self._elsewhere(pool, row, context, kind, run, state, len(lists))
        reason = draft.reasons.get("benchmark", DEFAULT)
        found = _proposal(row, context, efficient)
        fs = ["rule", f"rule {reason}", f"rule {reason} {row.shape}", f"rule of{min(len(found), 3)}"]
        pool.propose(found, reason, fs)
        return pool.all()

    def _elsewhere(self, pool: Pool, row: Row, context: Context, kind: str, run: str, state: str, count: int) -> None:
        """The benchmarks of the document, of the sentence before, of all sentences so far, and none."""
        reg = context.register
        if reg.bench is not None:
            fs = ["document", f"document {kind}", f"document {state}", f"document strength{min(reg.bench.strength, 9)}"]
            fs.append(f"document {'with a method' if reg.own is not None else 'alone'}")
            pool.take([Named(reg.bench.name)], "the document", fs)
        near = _names(context.places.get(context.sentence - 1, []))
        many = f"of{min(len(near), 3)}"
        if near:
            fs = [f"before {many}", f"before {many} {kind}", f"before {state}", f"before {run} {many}"]
            pool.take(near, "the sentence before", fs)
            if len(near) > 1 and len(near) == row.run:
                own = near[row.place]
                pool.take([own], "the sentence before", ["before in order", f"before in order {state}"])
        if 0 < len(context.spoken) < _MANY:
            others = _names(context.spoken.values())
            many_others = f"of{min(len(others), 3)}"
            fs = [f"spoken {many_others}", f"spoken {many_others} {kind}", f"spoken {state}"]
            pool.take(others, "all sentences", fs)
        bench = "bench" if reg.bench is not None else "no-bench"
        fs = ["none", f"none {state}", f"none {kind}", f"none {state} {row.shape}", f"none {bench} {kind}"]
        fs += [f"none {run} benches{min(count, 2)}", f"none before{many}", f"none {row.kind}"]
        pool.take([NONE], "none", fs)


def _group(row: Row, lists: dict[int, list[int]]) -> str:
    """How far after the number a group without names stands ("on five benchmarks"), if no benchmark comes first."""
    tokens, last = row.scene.tokens, row.last
    for i in range(last + 1, min(len(tokens), last + _REACH)):
        if i in lists:
            break
        if tokens[i].type == "GROUP":
            return f"group{min(i - last, 4)}"
    return "no-group"


def _names(tokens: Iterable[Token]) -> list[Named]:
    found = {t.name or t.text: Named(t.name or t.text, t.text) for t in tokens}
    return list(found.values())


def _proposal(row: Row, context: Context, efficient: bool) -> list[Named]:
    """What the rules take for the benchmarks.

    Where a value's sentence names none it is the document's. Changes keep none, they often are averages.
    """
    draft, tokens = row.draft, row.scene.tokens
    if draft.benchmarks:
        return [Named(tokens[i].name or tokens[i].text, tokens[i].text, i) for i in draft.benchmarks]
    if draft.places:
        return _names(draft.places)
    if draft.value is None or draft.placed or efficient:
        return [NONE]
    if context.register.bench is None and row.scene.grouped:
        return [NONE]
    return _names(context.place()) or [NONE]


def efficient(metrics: Sequence[Named]) -> bool:
    """Whether one of the metrics is a resource: a time, a cost, a size."""
    return any(isinstance(m.data, Entry) and m.data.efficiency for m in metrics)
