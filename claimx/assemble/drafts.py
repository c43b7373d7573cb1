"""From readings to draft rows: which numbers share a row, what a coordinated number inherits from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Token
from ..words import Words
from .readings import Reading
from .scene import QUANTITIES, Scene


@dataclass(slots=True, eq=False)
class Draft:
    """A row in the making. Numbers are readings; fields are token indexes or names with the reason for the choice."""

    value: Reading | None = None
    delta: Reading | None = None
    base: Reading | None = None
    metrics: list[int] = field(default_factory=list)
    benchmarks: list[int] = field(default_factory=list)
    method: int | None = None
    phrase: tuple[int, int] | None = None  # characters of a method known by description alone
    baseline: int | None = None
    placed: bool = False  # a place was found, perhaps a group without names
    places: list[Token] = field(default_factory=list)  # of the sentence before: "on these two datasets"
    inherited: Token | None = None  # the metric of the sentence before
    change: str = ""
    change_at: int | None = None
    sense: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def main(self) -> Reading:
        reading = self.value or self.delta or self.base
        assert reading is not None
        return reading

    @property
    def shape(self) -> str:
        """Which numbers it has: "value", "delta" or "both"."""
        return "both" if self.value and self.delta else "value" if self.value else "delta"

    @property
    def last(self) -> int:
        return max(r.at for r in (self.value, self.delta, self.base) if r is not None)

    @property
    def first(self) -> int:
        return min(r.at for r in (self.value, self.delta, self.base) if r is not None)


_CHANGE_NOUNS = frozenset(
    (
        "improvement improvements gain gains increase increases reduction reductions decrease decreases drop drops "
        "boost boosts higher lower fewer less more faster better absolute relative points"
    ).split()
)
_LIST_GLUE = frozenset(
    (
        ", and or / & ( ) for on in at with over to compared than respectively of from across by vs vs. also as well "
        "using under another versus relative like such only on-average e.g. up per"
    ).split()
)


def coordinated(tokens: Sequence[Token], scene: Scene, a: int, b: int) -> bool:
    """Whether two numbers stand in one list: between them only list marks, names, phrases and prepositions."""
    joined = False
    for k in range(a + 1, b):
        t = tokens[k]
        if t.low in (",", "and", "or", "/", "&", ";"):
            joined = True
        elif t.type in QUANTITIES:
            joined = True
        elif t.type == "WORD" and (t.low in _LIST_GLUE or t.low in _CHANGE_NOUNS):
            continue
        elif scene.verbs[k] or t.type == "WORD":
            return False
    return joined


def linked(tokens: Sequence[Token], scene: Scene, one: Draft, two: Draft) -> bool:
    """Whether two drafts stand in one list; a change that follows the whole list is no end of its first value."""
    end = one.last if one.last < two.first else one.main.at
    return coordinated(tokens, scene, end, two.first)


def list_from(drafts: list[Draft], n: int, scene: Scene) -> list[Draft]:
    """The coordination that the draft begins; empty where it stands further on in one, so that each is walked once."""
    if n and linked(scene.tokens, scene, drafts[n - 1], drafts[n]):
        return []
    end = n + 1
    while end < len(drafts) and linked(scene.tokens, scene, drafts[end - 1], drafts[end]):
        end += 1
    return drafts[n:end]


def build(tokens: Sequence[Token], readings: dict[int, Reading], scene: Scene, words: Words) -> list[Draft]:
    """The drafts of a sentence, in order."""
    drafts: list[Draft] = []
    taken: set[int] = set()
    for at in sorted(readings):
        r = readings[at]
        if at in taken or r.role in ("", "skip"):
            continue
        if r.match is not None and r.match.pattern.role == "reject":
            continue
        draft = Draft()
        if r.role == "value":
            draft.value = r
        elif r.role == "delta":
            draft.delta = r
        else:
            draft.base = r
        taken.add(at)
        if r.match is not None:
            for role in ("value", "delta", "base"):
                if role != r.role and r.match.captures.get(role):
                    partner = _partner(r, role, readings)
                    if partner is not None and partner.at not in taken:
                        setattr(draft, role, partner)
                        taken.add(partner.at)
        drafts.append(draft)
    _adopt_brackets(tokens, drafts, scene)
    drafts = _bases_to_values(drafts)
    return _merge_deltas(tokens, drafts, scene)


def _partner(r: Reading, role: str, readings: dict[int, Reading]) -> Reading | None:
    assert r.match is not None
    own, other = r.match.captures[r.role], r.match.captures[role]
    at = other[r.index(r.match, r.role)] if len(own) == len(other) else other[0] if len(other) == 1 else None
    partner = readings.get(at) if at is not None else None
    return (
        partner
        if partner is not None and partner.match is not None and partner.match is r.match and partner.role == role
        else None
    )


def _ends_list(tokens: Sequence[Token], drafts: list[Draft], i: int, scene: Scene) -> bool:
    """Whether a list of values ends and one of changes begins: "58% and 49%, which are gains of 3% and 4%"."""
    if i == 0 or i + 2 >= len(drafts) or drafts[i + 2].value is not None:
        return False
    before, value, delta, after = drafts[i - 1 : i + 3]
    return (
        before.value is not None
        and before.delta is None
        and coordinated(tokens, scene, before.last, value.first)
        and coordinated(tokens, scene, delta.last, after.first)
    )


def _adopt_brackets(tokens: Sequence[Token], drafts: list[Draft], scene: Scene) -> None:
    """A change in brackets or apposition after a value joins its row: "81.8% on X (+5.9%)", "58%, a 4% gain"."""
    i = 0
    while i + 1 < len(drafts):
        before, after = drafts[i], drafts[i + 1]
        if (
            before.value is not None
            and before.delta is None
            and after.delta is not None
            and after.value is None
            and after.base is None
            and _apposed(tokens, before.last, after.delta.at)
            and not _ends_list(tokens, drafts, i, scene)
        ):
            before.delta = after.delta
            before.reasons["delta"] = "in apposition"
            drafts.pop(i + 1)
        i += 1


_APPOSITION = frozenset(
    (
        ", ( : – — which is are representing corresponding to marking achieving yielding on for in and i.e. e.g. "
        "respectively constituting translating reflecting within"
    ).split()
)


def _apposed(tokens: Sequence[Token], a: int, b: int, last: int | None = None) -> bool:
    between = tokens[a + 1 : b]
    if (
        not between
        or len(between) > 14
        or between[-1].low in ("on", "for", "in", "and")
        or not any(t.low in (",", "(", ":", "–", "—") for t in between)
    ):
        return False
    if not all(
        t.low in _APPOSITION
        or t.type in ("BENCH", "GROUP")
        or (k == 0 and t.type == "METRIC")
        or (t.low in ("improvement", "gain", "increase", "of", "improvements", "gains", "boost", "improving"))
        for k, t in enumerate(between)
    ):
        return False
    if between[-1].low in ("(", "within"):
        return b + 1 < len(tokens)
    b = last or b
    noun = [t.low for t in (*between, *tokens[b + 1 : b + 6])]
    return any(
        w
        in (
            "improvement",
            "gain",
            "increase",
            "boost",
            "improvements",
            "gains",
            "increases",
            "reduction",
            "decrease",
            "drop",
            "higher",
            "lower",
            "uplift",
        )
        for w in noun
    ) and not any(t.type == "METRIC" for t in tokens[b + 1 : b + 3])


def _bases_to_values(drafts: list[Draft]) -> list[Draft]:
    for d in drafts:
        if d.value is None and d.delta is None and d.base is not None:
            d.value, d.base = d.base, None
            d.value.role = "value"
    return drafts


def _merge_deltas(tokens: Sequence[Token], drafts: list[Draft], scene: Scene) -> list[Draft]:
    """Changes stated after their values join the rows: "reaches 58% and 49%, surpassing X by 3% and 4%"."""
    out: list[Draft] = []
    i = 0
    while i < len(drafts):
        values = _run(tokens, drafts, scene, i, "value")
        deltas = _run(tokens, drafts, scene, i + len(values), "delta") if values else []
        if (
            values
            and deltas
            and len(values) == len(deltas)
            and (len(values) == 1 or scene.clause[values[0].first] == scene.clause[deltas[0].first])
            and (
                (len(values) > 1 and _apposed(tokens, values[-1].last, deltas[0].first, deltas[-1].last))
                or _follows(tokens, scene, values[-1], deltas[0], deltas[-1])
            )
        ):
            for v, d in zip(values, deltas, strict=True):
                v.delta, v.change, v.sense = d.delta, d.change, d.sense
                v.reasons["delta"] = "stated after the value"
            out.extend(values)
            i += 2 * len(values)
        else:  # one change after several values is a row of its own
            run = values or drafts[i : i + 1]
            out.extend(run)
            i += len(run)
    return out


def _run(tokens: Sequence[Token], drafts: list[Draft], scene: Scene, start: int, role: str) -> list[Draft]:
    run: list[Draft] = []
    for n in range(start, len(drafts)):
        d = drafts[n]
        only = d.value is not None and d.delta is None if role == "value" else d.delta is not None and d.value is None
        if not only or (run and scene.clause[run[-1].first] != scene.clause[d.first]):
            break
        if run and not coordinated(tokens, scene, run[-1].last, d.first):
            break
        run.append(d)
    return run


_EXCEED = ("outperform", "surpass", "exceed", "beat", "improv", "outpac", "higher", "better")
_BESIDE = frozenset({",", "-", "–", "—", "("})  # what an apposition stands after
_COMPARATIVES = frozenset("higher lower better worse less more fewer faster slower smaller larger above below".split())
_GAINS = frozenset(
    "improvement improvements gain gains increase boost uplift reduction decrease drop absolute relative".split()
)
_NEARBY = 6  # tokens before a value in which its metric may stand
_WITHIN = 20  # tokens after a value in which a change can speak of it


def _follows(tokens: Sequence[Token], scene: Scene, value: Draft, delta: Draft, last: Draft) -> bool:
    """Whether a change after a value speaks of it: a participle or an apposition without another metric of its own."""
    a, b = value.last, delta.first
    assert value.value is not None
    assert delta.delta is not None
    if delta.delta.quantity.bound == "<=" and value.value.quantity.bound != "<=":
        return False  # "reaches 93%, outperforming others by up to 17%" speaks of a best case elsewhere
    if scene.clause[a] != scene.clause[b] or b - a > _WITHIN:
        return False
    between = tokens[a + 1 : b]
    lead = next((k for k in range(a + 1, b) if tokens[k].low.startswith(_EXCEED)), None)
    if lead is None:
        lead = b - 1
        if tokens[lead].low not in _BESIDE or not _compares(tokens, last.last):
            return False
    elif tokens[lead].low.endswith("s") or (tokens[lead - 1].low == "and" and not tokens[lead].low.endswith("ing")):
        return False
    elif delta.delta.type == "FAC" and not tokens[lead].low.endswith("ing"):
        return False
    if any(t.low == "while" for t in between):
        return False
    own = {t.name or t.low for t in tokens[max(0, value.first - _NEARBY) : lead] if t.type == "METRIC"}
    other = (*tokens[lead + 1 : b], *tokens[last.last + 1 : last.last + 3])
    return all((t.name or t.low) in own for t in other if t.type == "METRIC")


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a number makes it an apposition: "3.1% higher than", "a 6.6 point improvement"."""
    after = [t.low for t in tokens[at + 1 : at + 4]]
    if not after:
        return False
    if after[0] in _COMPARATIVES:
        return True
    return any(w in _GAINS for w in after[:2])
