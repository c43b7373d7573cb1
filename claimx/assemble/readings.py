"""Which role each number of a sentence plays: value, delta, earlier value, or none, and the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..grammar import Match
from ..lexicon import Entry
from ..model import Quantity, Token
from .implied import UNIT_METRICS
from .scene import QUANTITIES

ROLES = ("value", "delta", "base", "skip")
# What a number is when no rule reads it.
DEFAULTS = {"PCT": ("value", "percent"), "PTS": ("delta", "points"), "FAC": ("delta", "factor")}
_MEASURES = frozenset({"PCT", "UNIT", "NUM", "SIGNED"})


@dataclass(slots=True)
class Reading:
    """One number: its role, the rule and match behind it (None for a default), all matches that hold it, by rank."""

    at: int
    quantity: Quantity
    type: str
    role: str = ""
    rule: str = ""
    rank: int = 0
    match: Match | None = None
    matches: list[tuple[Match, str]] = field(default_factory=list)

    def index(self, match: Match, role: str) -> int:
        return match.captures[role].index(self.at)


# Resources that a share of is a setting ("with 20% of the labels") and no outcome.
SUPPLIES = frozenset(
    (
        "data label labels sample samples example examples image images annotation annotations supervision dataset "
        "datasets parameter parameters token tokens budget training"
    ).split()
)
_RATES = frozenset({"frame_per_second", "fps"})  # units of outcomes alone
_JOINS = frozenset({"and", "or", "&", "/", "as well as"})
_OPERATING = frozenset(("fpr far fmr sparsity confidence significance overlap budget compression").split())
_LEVELS = frozenset(
    {"compression rate", "compression ratio", "sparsity", "sparsity level", "pruning ratio", "pruning rate"}
)
_SUPPLIED = frozenset("with using given on from under for only".split())


_HYPERPARAMETERS = frozenset(
    {"learning rate", "weight decay", "dropout rate", "dropout", "batch size", "temperature", "sampling temperature"}
    | {"momentum", "label smoothing", "warmup ratio", "discount factor", "mask ratio", "masking ratio", "noise level"}
)

_PLAIN = frozenset({"PCT", "NUM"})
MULTIPLYING = ("doubl", "tripl", "quadrupl")
_OBJECTS = frozenset({"NP", "METRIC", "GROUP", "OURS"})
_DIMENSIONS = frozenset("length height width depth diameter thickness size radius distance altitude latitude".split())
_SPANS = frozenset("length width diameter thickness size radius".split())
_REACHING = frozenset("achieving reaching obtaining attaining scoring getting".split())
_EXTENT = frozenset("over across from up to".split())


def _is_setting(tokens: Sequence[Token], at: int) -> bool:
    """Whether a percentage is a setting: "with 20% labelled data", "on 10% of the samples"."""
    if at == 0 or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    named = at - 2 if tokens[at - 1].low in ("of", "=", ":", "to", "(") and at > 1 else at - 1
    if tokens[named].low in _HYPERPARAMETERS:
        return True
    if tokens[at - 1].low == "at" and following.low.split()[-1] in _OPERATING:
        return True
    if following.low.split()[0] == "missing":
        return True
    if tokens[named].low in _LEVELS and named and tokens[named - 1].low in ("with", "at", "under", "for"):
        return True
    if tokens[at - 1].low not in _SUPPLIED:
        return False
    if following.low == "of" and at + 2 < len(tokens):
        following = tokens[at + 2]
    return following.type in ("NP", "METRIC", "GROUP") and following.low.split()[-1] in SUPPLIES


def _is_size(tokens: Sequence[Token], at: int) -> bool:
    """Whether a measure tells how large or far apart things are: "20 mm in length", "over a distance of 4 km"."""
    if at + 2 < len(tokens) and tokens[at + 1].low == "in" and tokens[at + 2].low in _DIMENSIONS:
        return True
    if at > 1 and tokens[at - 2].low in _SPANS and tokens[at - 1].low in ("of", "is", "are", "was", "were"):
        return True
    return (
        at > 2
        and tokens[at - 1].low == "of"
        and tokens[at - 2].low.split()[-1].rstrip("s") in _DIMENSIONS
        and tokens[at - 3].low in _EXTENT
    )


def _is_means(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number is what a means reaches: "outperforms others by achieving 2.2% MAPE"."""
    return any(tokens[k].low in _REACHING and tokens[k - 1].low == "by" for k in range(max(1, at - 2), at))


def _is_adjective(tokens: Sequence[Token], r: Reading) -> bool:
    """Whether a word only qualifies a noun: "a one-third power law", "a doubling baseline"."""
    following = tokens[r.at + 1] if r.at + 1 < len(tokens) else None
    if r.type == "FAC":
        return following is not None and following.type == "BASE" and r.quantity.text.lower().endswith("ing")
    hyphened = r.type in _PLAIN and r.quantity.word and "-" in r.quantity.text
    return hyphened and following is not None and following.type in ("NP", "METRIC") and not following.det


def _says_nothing(tokens: Sequence[Token], r: Reading) -> bool:
    """Whether a factor that no rule reads is none: "at times", "missing triples in graphs"."""
    word = r.quantity.text.lower()
    if word.endswith(("times", "time", "half", "fold")):
        return True
    verb = r.quantity.word and word.startswith(MULTIPLYING)
    return verb and not (r.at + 1 < len(tokens) and tokens[r.at + 1].type in _OBJECTS)


def _graded(tokens: Sequence[Token], match: Match) -> bool:
    """Whether the metric of a whole number is one that scores something: "FID of 5", not "size 100"."""
    metrics = match.captures.get("metric", ())
    if not metrics or "base" in match.captures:
        return True
    entry = tokens[metrics[0]].data
    return isinstance(entry, Entry) and entry.better != "none" and not entry.efficiency


def _counted(tokens: Sequence[Token], match: Match, role: str, reading: Reading) -> bool:
    """Whether a whole number counts things instead of measuring: no score's value, no base of a percentage."""
    if reading.type != "INT":
        return False
    if reading.at + 1 < len(tokens) and tokens[reading.at + 1].low == "of":
        return True  # "25 of the 26 methods"
    if role == "base":
        return any(tokens[i].type == "PCT" for i in match.captures.get("value", ()))
    return role == "value" and not _graded(tokens, match)


def _listed(tokens: Sequence[Token], items: Sequence[int]) -> int:
    """How many of the captured tokens surely make one list: 1 where a comma parts just two, or a semicolon any, and
    where the first has a number of its own, as in "93% precision and a recall of 88%".
    """
    if len(items) < 2:
        return len(items)
    joints = [tokens[k].low for a, b in pairwise(items) for k in range(a + 1, b)]
    if ";" in joints or (len(items) == 2 and "," in joints):
        return 1
    for k in range(items[0] - 1, max(-1, items[0] - 5), -1):
        if tokens[k].type in _MEASURES:
            return 1
        if tokens[k].type not in ("NP", "METRIC") and tokens[k].low not in ("for", "in", "on", "of"):
            break
    return len(items)


def read(tokens: Sequence[Token], matches: Sequence[Match]) -> dict[int, Reading]:
    """A reading for each quantity token, by token index."""
    readings = {i: Reading(i, t.data, t.type) for i, t in enumerate(tokens) if t.type in QUANTITIES}
    for match in matches:
        for role in ROLES:
            items = match.captures.get(role, ())
            if (
                role != "skip"
                and len(items) == 2
                and not any(tokens[k].low in _JOINS for k in range(items[0] + 1, items[1]))
            ):
                items = items[1:]  # "36%, a 16% gain" is no list
            for at in items:
                if role == "delta" and _is_means(tokens, at):
                    continue
                if at in readings and not _counted(tokens, match, role, readings[at]):
                    readings[at].matches.append((match, role))
    for r in readings.values():
        r.matches.sort(
            key=lambda m: (
                -m[0].pattern.rank,
                -len(m[0].captures),
                -len(m[0].captures[m[1]]),
                -_listed(tokens, m[0].captures.get("metric", ())),
                m[0].end - m[0].start,
                m[0].pattern.name,
            )
        )
        if (r.type in _PLAIN and _is_setting(tokens, r.at)) or _is_adjective(tokens, r):
            r.role, r.rule = "skip", "setting"
        elif r.type == "UNIT" and _is_size(tokens, r.at):
            r.role, r.rule = "skip", "size"
        elif r.matches:
            r.match, r.role = r.matches[0]
            r.rule, r.rank = r.match.pattern.name, r.match.pattern.rank
            if r.rule == "unit-in-bracket" and r.quantity.unit not in UNIT_METRICS:
                r.role = "skip"  # lengths, bands: what a thing measures, no outcome
        elif r.type == "SIGNED" and r.quantity.kind == "percent":
            r.role, r.rule = "delta", "signed"
        elif r.quantity.unit in _RATES:
            r.role, r.rule = "value", "rate"
        elif r.type in DEFAULTS and not (r.type == "FAC" and _says_nothing(tokens, r)):
            r.role, r.rule = DEFAULTS[r.type]
    return readings
