"""The values that flow through claimx, as frozen dataclasses.

Everything downstream of the readers speaks these types. Spans are half-open code-point offsets. In the public
results (:class:`Quantity` from :func:`claimx.find_quantities`, :class:`Claim`) they point into the text exactly as
it was handed in; inside the pipeline they point into the cleaned text until :class:`Text` maps them back.

This module imports nothing of the project's own, but for what shows a claim in a notebook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """One abstract as a reader hands it over.

    ``id`` is the input's own identifier or one made from source and position; ``text`` is the abstract, verbatim;
    ``source`` names the file or stream; ``published`` is the date of publication where the input gives one.
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Cleaned text with its origin map.

    ``clean[i]`` came from ``raw[starts[i]:ends[i]]``. Both sequences are None where cleaning changed nothing, which
    is the common case.
    """

    raw: str
    clean: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def origin(self, start: int, end: int) -> Span:
        """The raw span behind ``clean[start:end]``; an empty span maps to an empty one."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what belongs to it.

    ``kind`` is one of ``percent`` (``44.5%``), ``points`` (``3.2 points``, ``2 pp``), ``factor`` (``2.5x``,
    ``doubles``, ``two orders of magnitude``), ``unit`` (one known to ``grammars/units.txt``), ``count`` (a whole
    number, ``1,888`` or ``175B``) and ``plain`` (a decimal without unit).
    ``value`` is exact to the text; ``high`` is the upper end of a range; ``error`` the ± part; ``sign`` is ``+`` or
    ``-`` where the text writes one, else empty; ``bound`` is ``= ~ < > <= >=`` as in the claim table; ``unit`` is a
    name that the units registry knows, ``percent``, ``point`` and ``x`` among them, or None.
    ``word`` tells that the number is written in words (``doubles``, ``one third``, ``twelve``).
    """

    start: int
    end: int
    text: str
    value: float
    kind: str
    high: float | None = None
    error: float | None = None
    unit: str | None = None
    bound: str = "="
    sign: str = ""
    word: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the claim table; the columns are described in :mod:`claimx.table`."""

    paper_id: str = ""
    title: str | None = None
    source: str | None = None
    published: dt.date | None = None
    method: str | None = None
    baseline: str | None = None
    benchmark: str | None = None
    metric: str | None = None
    value: float | None = None
    value_high: float | None = None
    value_error: float | None = None
    unit: str | None = None
    delta: float | None = None
    delta_high: float | None = None
    delta_kind: str | None = None
    delta_derived: bool = False
    baseline_value: float | None = None
    bound: str = "="
    aggregate: str | None = None
    setting: str | None = None
    task: str | None = None
    higher_is_better: bool | None = None
    improved: bool | None = None
    method_text: str | None = None
    baseline_text: str | None = None
    benchmark_text: str | None = None
    metric_text: str | None = None
    value_start: int | None = None
    value_end: int | None = None
    delta_start: int | None = None
    delta_end: int | None = None
    baseline_value_start: int | None = None
    baseline_value_end: int | None = None
    sentence: str | None = None
    sentence_start: int | None = None
    sentence_end: int | None = None
    rule: str = ""
    kind: str = "result"
    confidence: float | None = None
    check: str | None = None
    reasons: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def _repr_html_(self) -> str:
        from claimx.notebook import claim_html

        return claim_html(self)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of a document that is too long to be read: ``start:end`` of its text, and why in words."""

    paper_id: str
    start: int
    end: int
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.paper_id + ': ' if self.paper_id else ''}characters {self.start:,} to {self.end:,}: {self.reason}"
        )


@dataclass(slots=True)
class Token:
    """A typed span of the cleaned text.

    ``type`` is a token type of the grammar; ``symbol`` the character it is encoded as; ``name`` the canonical
    name where a lexicon or the document knows one; ``head`` the head noun of a phrase; ``det`` the determiner dropped
    before it; ``data`` the quantity or the lexicon entry.
    """

    start: int
    end: int
    text: str
    low: str
    type: str = "WORD"
    symbol: str = ""
    name: str | None = None
    head: str = ""
    det: str = ""
    aggregate: bool = False
    data: Any = None
