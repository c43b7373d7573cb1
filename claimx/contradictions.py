"""Contradictions across papers: the same method, benchmark, metric and setting with values that cannot both be so.

Values are brought to a common measure and compared as what they say: a printed 88.3 is anything that rounds to it,
"up to 90" is no higher than 90, 88.3 ± 0.4 reaches from 87.9 to 88.7. Nothing is merged: every value keeps its row.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from claimx import lexicon, measures, naming, words
from claimx.consistency import numbers
from claimx.model import Claim
from claimx.resources import grammars_dir
from claimx.table import claims_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["KINDS", "Contradiction", "Stated", "contradictions"]

KINDS = ("result", "baseline")
ROW = ("method", "benchmark", "metric", "setting", "value", "unit", "bound", "error", "stated", "stated_unit", "kind",
       "confidence", "paper_id", "title", "published", "sentence")  # fmt: skip
_ABOUT = 0.05  # how far, as a share of it, a value may be from what "about" says
_DIGITS = 1e-9  # what binary fractions may be off


@dataclass(frozen=True, slots=True)
class Stated:
    """One paper's value: its row, the value in the contradiction's unit, and the least and most that it can mean."""

    claim: Claim
    value: float
    low: float
    high: float

    def agrees(self, other: Stated) -> bool:
        """Whether both can be so."""
        slack = _DIGITS * max(abs(self.value), abs(other.value))
        return self.low <= other.high + slack and other.low <= self.high + slack


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of one method on one benchmark by one metric in one setting that contradict each other.

    ``unit`` is the common one of the values; ``values`` are all that are stated, also those that agree with some of the
    others, in order of value, paper and place.
    """

    method: str
    benchmark: str
    metric: str
    setting: str | None
    unit: str | None
    values: tuple[Stated, ...]

    @property
    def spread(self) -> float:
        """The difference between the highest and the lowest value, as a share of the highest."""
        top = max(abs(stated.value) for stated in self.values)
        return (self.values[-1].value - self.values[0].value) / top if top else 0.0

    @property
    def papers(self) -> list[str]:
        """The ids of the papers, each once, by their values."""
        return list(dict.fromkeys(stated.claim.paper_id for stated in self.values))

    def rows(self) -> list[dict[str, Any]]:
        """A row for each value, with the keys of :data:`ROW`; what is the same for all of them is repeated.

        ``value`` is in ``unit``; ``stated`` and ``stated_unit`` are as the paper has them.
        """
        shared = (self.method, self.benchmark, self.metric, self.setting)
        return [
            dict(zip(ROW, (*shared, one.value, self.unit, *_SOURCE(one.claim)), strict=True)) for one in self.values
        ]


_SOURCE = attrgetter("bound", "value_error", "value", "unit", "kind", "confidence", "paper_id", "title", "published",
                     "sentence")  # fmt: skip


def contradictions(
    table: Iterable[Claim] | pa.Table | pd.DataFrame,
    *,
    kinds: Collection[str] = KINDS,
    min_confidence: float = 0.0,
) -> list[Contradiction]:
    """Where papers of ``table`` contradict each other, the widest spread first.

    Compared are rows of ``kinds`` that have a method with a name of its own, a benchmark, a metric and a value, and are
    at least so sure as ``min_confidence``. Two papers contradict each other where no value of the one agrees with any
    of the other. Raises :class:`claimx.TableError` for what is no claim table, ValueError for a kind or a confidence
    that is none.
    """
    legal = ("result", "baseline", "human", "efficiency", "finding")
    if unknown := set(kinds) - set(legal):
        raise ValueError(f"no kind {', '.join(sorted(unknown))}; legal are {', '.join(legal)}")
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; legal are numbers from 0 to 1")
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims_of(table):
        if claim.kind in kinds and (claim.confidence or 0.0) >= min_confidence and (key := _key(claim)) is not None:
            groups[key].append(claim)
    found = [
        contradiction
        for claims in groups.values()
        if len({claim.paper_id for claim in claims}) > 1
        for contradiction in _within(claims)
    ]
    return sorted(found, key=lambda c: (-c.spread, c.method, c.benchmark, c.metric, c.setting or ""))


def _key(claim: Claim) -> tuple[str, ...] | None:
    """What two rows must share to be about the same; None for a row that can be compared with none."""
    if not (claim.method and claim.benchmark and claim.metric) or claim.value is None:
        return None
    if not math.isfinite(claim.value) or not is_name(claim.method):
        return None
    metric, benchmark = _metric(claim), naming.benchmark(claim.benchmark, claim.benchmark_text or "")
    setting = " ".join((claim.setting or "").casefold().split())
    return naming.method_key(claim.method), benchmark.id, metric.id, metric.parameter, setting


def _metric(claim: Claim) -> naming.Name:
    return naming.metric(claim.metric or "", claim.metric_text or "")


@cache
def _nameless() -> frozenset[str]:
    """Words that describe a method without naming it: determiners, "proposed", "baseline", "model" and their like."""
    classes = words.load(grammars_dir()).classes
    sorts = ("determiner", "function", "baseline-head", "baseline-mod", "ours-mod", "not-method")
    known = set().union(*(classes[sort] for sort in sorts))
    return frozenset({*known, *lexicon.default().method_heads, "we", "it", "they", "ours"})


# How a word is written that is a name: a capital or a digit beyond its first letter.
_COINED = re.compile(r"\w.*[A-Z]|[A-Za-z].*[0-9]")
# And one that is none for all its capitals: a sort of models ("LLMs"), what something is made from ("LLM-based").
_SORT = re.compile(
    r"(?:[A-Z]?[LVS]LM|[A-Z]*LLM|RL|AI|ML|NLP|[CDGRS]?NN|PEFT)s?$|[A-Z]{2,}s$|.*-(?:[a-z]+ed|aware|like|free|driven)$"
)
_ACTIVITY = re.compile(r".*(?:ing|tion|ment)s?$|.*-[a-z]")  # it may have its capital from the sentence's begin


@cache
def is_name(method: str) -> bool:
    """Whether ``method`` names a method, so that it is the same one in another paper: "FooNet", not "our model"."""
    entry = lexicon.default().lookup(method)
    if entry is not None:
        return entry.kind in ("METHOD", "FAMILY")
    parts = method.split()
    if not parts or parts[0].lower() in ("our", "this", "these", "their", "its"):
        return False
    rest = [word for word in parts if not {word.lower(), word.lower().removesuffix("s")} & _nameless()]
    rest = [word for word in rest if not _SORT.match(word)]
    capitals = [word for word in rest if word[0].isupper()]
    versions = [word for word in rest if word[0].isdigit()]
    if any(_COINED.match(word) for word in rest) or len(capitals) > 1 or (capitals and versions):
        return True
    return len(parts) == 1 == len(rest) and len(rest[0]) > 1 and rest[0][0].isupper() and not _ACTIVITY.match(rest[0])


def _within(claims: list[Claim]) -> list[Contradiction]:
    """The contradictions among rows about the same; those of unlike dimension stand beside each other, uncompared."""
    metric = _metric(claims[0])
    unit, values = measures.common(metric, [(claim.value or 0.0, claim.unit) for claim in claims])
    stated = [_stated(claim, value) for claim, value in zip(claims, values, strict=True) if value is not None]
    papers: defaultdict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        papers[one.claim.paper_id].append(one)
    if not any(_apart(papers[one], papers[other]) for one, other in combinations(papers, 2)):
        return []
    ordered = sorted(stated, key=lambda s: (s.value, s.claim.paper_id, s.claim.value_start or 0))
    first = claims[0]
    benchmark = naming.benchmark(first.benchmark or "", first.benchmark_text or "")
    return [Contradiction(first.method or "", benchmark.name, metric.name, first.setting, unit, tuple(ordered))]


def _apart(ones: list[Stated], others: list[Stated]) -> bool:
    return not any(one.agrees(other) for one in ones for other in others)


def _stated(claim: Claim, value: float) -> Stated:
    """The value with what its digits, its ±, its range and its bound leave open."""
    assert claim.value is not None
    value = float(f"{value:.12g}")  # 0.931 of 100 is 93.1
    scale = value / claim.value if claim.value else 1.0
    slack = max(_half(claim), claim.value_error or 0.0) * scale
    top = value if claim.value_high is None else claim.value_high * scale
    low, high = min(value, top) - slack, max(value, top) + slack
    if claim.bound == "~":
        low, high = low - _ABOUT * abs(value), high + _ABOUT * abs(top)
    if claim.bound in ("<", "<="):
        low = -math.inf
    if claim.bound in (">", ">="):
        high = math.inf
    return Stated(claim, value, low, high)


def _half(claim: Claim) -> float:
    """Half of the last printed digit's worth; where the sentence is not there, of the number's last digit."""
    printed = numbers(claim, "value") if claim.sentence else None
    if printed:
        return float(printed[0].half)
    decimals = repr(claim.value).partition(".")[2]
    return 0.5 if decimals in ("", "0") else 0.5 * 10.0 ** -len(decimals) if decimals.isdigit() else 0.0
