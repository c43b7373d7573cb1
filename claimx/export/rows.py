"""The rows of a claim table that a leaderboard format can hold, with what all formats need of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from claimx.export.sources import arxiv_url
from claimx.lexicon import default
from claimx.model import Claim
from claimx.naming import Name, benchmark, method_key, metric

KINDS = ("result", "baseline", "human", "efficiency", "finding")
_POINTING = re.compile(r"(?:our|ours|we|the|this|these|that|those|its|their|an?)\b", re.IGNORECASE)
_NAMELIKE = re.compile(r"\S*(?:[A-Z0-9]|[^\s\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Row:
    """One claim with a finite value, a method, a benchmark and a metric.

    ``model`` is the key of what has the value: one for all spellings of a name, but for a description ("our approach")
    one in each paper. ``parent`` is the name of what the benchmark is a part or variant of, ``task`` the task; both are
    "" where none is known.
    """

    claim: Claim
    method: str
    model: str
    label: str  # the method's name, with the paper's id where it is a description
    benchmark: Name
    parent: str
    metric: Name
    task: str
    value: float
    error: float | None
    url: str | None

    @property
    def paper(self) -> str:
        """What the paper is called: its title, else its id."""
        return self.claim.title or self.claim.paper_id

    @property
    def exact(self) -> bool:
        """Whether the value is one number without a hedge."""
        return self.claim.bound == "=" and self.claim.value_high is None


def select(
    claims: Iterable[Claim], *, kinds: Collection[str], min_confidence: float, methods: Collection[str]
) -> tuple[list[Row], Counter[str]]:
    """The rows to export, in the table's order, and how many claims were left out for which reason."""
    wanted = {method_key(name) for name in methods}
    rows: dict[tuple[object, ...], Row] = {}
    left_out: Counter[str] = Counter()
    for claim in claims:
        if claim.kind not in kinds:
            left_out["of another kind"] += 1
        elif (claim.confidence or 0.0) < min_confidence:
            left_out["below the confidence"] += 1
        elif wanted and method_key(claim.method or "") not in wanted:
            left_out["of other methods"] += 1
        elif claim.value is None or not math.isfinite(claim.value):
            left_out["without a value"] += 1
        elif missing := next((name for name in ("method", "benchmark", "metric") if not getattr(claim, name)), None):
            left_out[f"without a {missing}"] += 1
        elif (key := _said(row := _row(claim))) in rows:
            left_out["said twice"] += 1
        else:
            rows[key] = row
    return list(rows.values()), left_out


def _said(row: Row) -> tuple[object, ...]:
    """What makes a second row of a paper the same statement."""
    claim, metric = row.claim, row.metric
    where = (claim.paper_id, row.model, row.task, row.benchmark.id, metric.id, metric.parameter, claim.setting)
    return (*where, row.value, claim.value_high, row.error, claim.unit, claim.bound)


def _row(claim: Claim) -> Row:
    assert claim.method is not None
    assert claim.benchmark is not None
    assert claim.metric is not None
    assert claim.value is not None
    label = claim.method if _named(claim.method) else f"{claim.method} {claim.paper_id}"
    bench = benchmark(claim.benchmark, claim.benchmark_text or "")
    error = claim.value_error
    return Row(
        claim=claim,
        method=claim.method,
        model=method_key(label),
        label=label,
        benchmark=bench,
        parent=_parents().get(bench.parent, bench.parent),
        metric=metric(claim.metric, claim.metric_text or ""),
        task=bench.task or claim.task or "",
        value=claim.value,
        error=error if error is not None and math.isfinite(error) else None,
        url=arxiv_url(claim.paper_id),
    )


def _named(method: str) -> bool:
    """Whether ``method`` is a name, known to other papers, by its first word: a capital, a digit, no determiner."""
    return bool(_NAMELIKE.match(method)) and not _POINTING.match(method)


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    """The names of benchmarks that have parts or variants, by the ids that these give for them."""
    entries = (entry for entry in default().entries if entry.kind == "BENCH" and entry.parent)
    named = {benchmark(entry.name).parent: benchmark(entry.parent).name for entry in entries}
    return named | {"": ""}


def identifier(name: Name) -> str:
    """The id of a name for other tools: without the mark of the unknown."""
    return name.id.removeprefix("~")


def digits(value: float) -> str:
    """A number as short as it reads back the same: ``97.3``, ``12``, ``1e-07``."""
    return repr(float(value)).removesuffix(".0")


def unit_words(unit: str | None) -> str:
    """A unit in words, "" for plain scores and percent points."""
    return "" if unit in (None, "point") else str(unit).replace("_", " ")
