"""The fields of a draft, in order: what the rules captured, the change, metric, benchmark, baseline and method."""

from __future__ import annotations

from collections.abc import Sequence

from ..lexicon import Lexicon
from ..words import Words
from . import respectively
from .changes import Changes
from .context import Context
from .drafts import Draft, coordinated, linked, list_from
from .methods import Methods
from .metrics import Metrics
from .places import places
from .readings import Reading
from .scene import PHRASES, Scene
from .subjects import Subjects


class Resolver:
    """Fills the fields of a sentence's drafts, each with the reason for the choice."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.changes = Changes(words)
        self.metrics = Metrics(self.changes, lexicon)
        self.methods = Methods(Subjects(words), self.changes)

    def resolve(self, drafts: list[Draft], scene: Scene, context: Context) -> None:
        context.visit(scene.tokens)
        for draft in drafts:
            self._captured(draft, scene)
        respectively.pair(drafts, scene)
        for n, draft in enumerate(drafts):
            previous = drafts[n - 1] if n else None
            joined = previous is not None and linked(scene.tokens, scene, previous, draft)
            self.changes.movement(draft, scene, previous if joined else None)
            self.metrics.metric(draft, scene, previous if joined else None, drafts, context)
            if run := list_from(drafts, n, scene):
                places(
                    run, drafts[n + len(run)].first if n + len(run) < len(drafts) else len(scene.tokens), scene, context
                )
            self.methods.baseline(draft, scene, previous if joined else None, drafts, n)
            self.methods.method(draft, scene, previous if joined else None, drafts, n, context)
        drafts[:] = [d for d in drafts if not self.changes.swept(d, scene)]
        self._opponents(drafts, scene)

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
                if (
                    not draft.metrics
                    and (found := captures.get("metric"))
                    and all(self.metrics.measurable(scene.tokens[i]) for i in found)
                ):
                    listed, numbers = self._without_next(found, scene), match.captures[role]
                    draft.metrics = self._item(listed, r, numbers)
                    paired = 1 < len(listed) == len(numbers)
                    draft.reasons["metric"] = "one to one" if paired else pattern.name
                if not draft.benchmarks and (found := captures.get("benchmark")):
                    names = [i for i in found if scene.tokens[i].type == "BENCH"]
                    draft.benchmarks = self._item(names, r, match.captures[role]) if names else []
                    draft.reasons["benchmark"] = pattern.name
                if draft.method is None and (found := captures.get("method")):
                    draft.method, draft.reasons["method"] = found[0], pattern.name
                if draft.baseline is None and (found := captures.get("baseline")):
                    draft.baseline, draft.reasons["baseline"] = found[0], pattern.name
                if not draft.change and (found := captures.get("change")):
                    at = self.changes.of(found, scene)
                    if draft.sense != "better" or self.changes.kind(scene.tokens[at].low) != "reduce":
                        draft.change_at, draft.change = at, scene.tokens[at].low  # no "beats pruning methods by 7%"
                if not draft.sense and pattern.sense:
                    draft.sense = pattern.sense

    def _without_next(self, found: Sequence[int], scene: Scene) -> Sequence[int]:
        """Captured metrics without one that begins the next change: "12x increases in hits and error reductions"."""
        after = scene.tokens[found[-1] + 1].low if found[-1] + 1 < len(scene.tokens) else ""
        return found[:-1] if len(found) > 1 and self.changes.kind(after) in ("gain", "rise", "drop") else found

    @staticmethod
    def _item(found: Sequence[int], r: Reading, numbers: Sequence[int]) -> list[int]:
        """One of the captured names where they match the numbers one to one, else all of them."""
        if len(found) == len(numbers) and r.at in numbers:
            return [found[list(numbers).index(r.at)]]
        if len(numbers) > 1 and len(found) > 1:
            return [min(found, key=lambda i: abs(i - r.at))]
        return list(found)

    def _opponents(self, drafts: list[Draft], scene: Scene) -> None:
        """As in "76% vs. 52% for the baselines": what is compared with has a row of its own where it is named."""
        before: Draft | None = None
        for d in list(drafts):
            if (
                d.base is None
                or d.value is None
                or d.base.match is None
                or d.base.match.pattern.name != "value-versus-base"
            ):
                continue
            who = self._opponent(d.base.at, scene)
            if who is None and d.baseline is None and before is not None:
                if coordinated(scene.tokens, scene, before.last, d.first):
                    who = before.baseline  # "0.88 versus 0.28 for X in recall, and 0.02 versus 0.41 in error"
            who = d.baseline if who is None else who
            if who is None or scene.tokens[who].type == "OURS":
                continue
            before = d
            if d.baseline is None:
                d.baseline, d.reasons["baseline"] = who, "what is compared with"
            other = Draft(
                value=Reading(d.base.at, d.base.quantity, d.base.type, "value", d.base.rule, d.base.rank),
                metrics=list(d.metrics),
                benchmarks=list(d.benchmarks),
                method=who,
                placed=d.placed,
                inherited=d.inherited,
                reasons={"method": "what is compared with", "metric": "of the value compared"},
            )
            drafts.insert(drafts.index(d) + 1, other)

    @staticmethod
    def _opponent(at: int, scene: Scene) -> int | None:
        """Who has the number at ``at``, where the words after it say: "52% for X", "a 52% baseline"."""
        tokens = scene.tokens
        k = at + 1
        while k < len(tokens) and tokens[k].type == "METRIC":
            k += 1
        if k < len(tokens) and tokens[k].type == "BASE":
            return k
        if k + 1 < len(tokens) and tokens[k].low in ("for", "with", "by", "in", "of", "from", "under", "using"):
            return k + 1 if tokens[k + 1].type in PHRASES else None
        return None
