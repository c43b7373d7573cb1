"""What a row may be compared with: the names and phrases of its sentence that can be a baseline, or none."""

from __future__ import annotations

from ..model import Text
from .candidates import DEFAULT, NONE, Candidate, Named, Pool, Row, Weights, closer, relation
from .changes import Changes
from .context import Context
from .extents import extents, place_in
from .scene import PHRASES, QUANTITIES, Scene
from .who import BEST, resolved

_OWNING = frozenset({"for", "of", "with", "by"})
_VALUED = QUANTITIES | {"METRIC"}


class Versus:
    """Collects the candidates for the baseline of a row."""

    def __init__(self, changes: Changes, weights: Weights) -> None:
        self._weights = weights
        self._changes = changes

    def of(self, row: Row, context: Context, text: Text) -> list[Candidate]:
        """The candidates, with what the rules found among them."""
        pool = Pool(self._weights)
        scene, draft, own = row.scene, row.draft, context.register.own
        lists = scene.lists(PHRASES)
        near = closer(row, lists)
        marked = sum(scene.part[i] == "baseline" for i in near)
        count = f"marked{min(marked, 2)}"
        kind = self._changes.kind(draft.change) or "-"
        for i, like in near.items():
            t = scene.tokens[i]
            if t.type == "NP" and not self._comparable(scene, i):
                continue
            rel = relation(row, i, lists[i], like)
            sort, side, part = t.type, rel.side, rel.part
            fs = [f"{sort} {part} {side}", f"{sort} {part} {side} {rel.clause}", f"{sort} {rel.lead} {side}"]
            fs += [
                f"{part} {rel.lead} {side} {row.shape}",
                f"{sort} {rel.numbers} {side} {part}",
                f"{part} {rel.like} {side}",
            ]
            fs += [f"{part} {rel.gap} {side}", f"{part} {count} {row.shape} {side}", f"{sort} {row.shape} {part}"]
            fs += [f"{part} {kind} {side}", f"{rel.depth} {part} {side}", f"{rel.then} {part} {side}"]
            if rel.order:
                fs.append(f"order:{rel.order} {part}")
            if rel.bracket:
                b = f"bracket {rel.bracket}"
                fs += [b, f"{b} {part}", f"{b} {sort}"]
            if rel.captured:
                fs.append(f"captured {rel.captured}")
            if part == "object" and i:
                fs.append(f"verb:{scene.tokens[i - 1].low}")
            if i == draft.method:
                fs.append(f"method {part}")
            if own is not None and (t.name or t.text) == own.name:
                fs.append(f"own {part}")
            if sort in ("BASE", "NP"):
                first = t.low.split()[0]
                fs += [f"{sort} {first if first in BEST else '-'}", f"{sort} head:{t.head}"]
            for longer in extents(scene, i, text.clean):
                more = [longer.kind, *(f"{longer.kind} {fact}" for fact in (*longer.form, *fs))]
                pool.take([Named(longer.text, longer.text, i)], "compared with", more)
            if (found := place_in(scene, i)) is not None:
                place, head = found
                fs += [f"{place} {sort}", f"{place} {head} {sort}"]
            name = own.name if t.type == "OURS" and own is not None else t.name or t.text
            pool.take([Named(name, t.text, i)], "compared with", fs)
        nothing = ["none", f"none {count}", f"none {row.shape}", f"none {count} {row.shape} {kind}", f"none {kind}"]
        pool.take([NONE], "nothing", nothing)
        proposed, reason = NONE, DEFAULT
        if draft.baseline is not None:
            proposed = resolved(scene.tokens[draft.baseline], draft.baseline, context)
            reason = draft.reasons.get("baseline", "coordination")
        pool.propose([proposed], reason, ("rule", f"rule {reason}", f"rule {reason} {row.shape}"))
        return pool.all()

    @staticmethod
    def _comparable(scene: Scene, i: int) -> bool:
        """Whether a common phrase can be what a value is compared with: by its part, as object ("matches the teacher"),
        or as whose number it is ("25% for the teacher")."""
        if scene.part[i] == "baseline" or not i:
            return scene.part[i] == "baseline"
        lead = scene.tokens[i - 1]
        return scene.verbs[i - 1] or (lead.low in _OWNING and i > 1 and scene.tokens[i - 2].type in _VALUED)
