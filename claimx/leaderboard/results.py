"""From rows of the claim table to results: who has which value, also where a row gives its baseline's."""

from __future__ import annotations

import datetime as dt
import math
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimx import lexicon, naming

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("result", "baseline", "human", "efficiency", "finding")
COMPARING = ("result", "efficiency", "baseline")
"""The kinds of claims whose baseline is another method."""
COLUMNS = (
    "paper_id", "published", "method", "baseline", "value", "value_high", "unit", "baseline_value", "bound", "setting",
    "task", "higher_is_better", "kind", "confidence",
)  # fmt: skip
"""The columns that ranking may need, all of them short; others are read of the rows that are shown."""

_GENERIC = frozenset(
    "a an the our this that these those its their all any each both some several many most other another same similar "
    "proposed presented introduced resulting final full best strongest top better baseline baselines standard strong "
    "simple naive existing previous prior recent earlier original vanilla conventional traditional classical current "
    "competing comparable leading state-of-the-art sota one two three four five six models methods approaches systems "
    "non-neural supervised unsupervised random human humans".split()
)


Place = tuple[int, int]
"""The number of a part of the table, and of a row in it."""


@dataclass(slots=True)
class Result:
    """A value that a method has, as a row of the table tells it; ``place`` is where its row stands in the table.

    ``of_baseline`` tells that it is the row's baseline that has the value.
    """

    place: Place
    method: str | None
    value: float
    high: float | None
    unit: str | None
    bound: str
    kind: str
    paper_id: str  # "" where it does not matter
    published: dt.date | None
    setting: str | None
    task: str | None
    confidence: float | None
    higher: bool | None
    of_baseline: bool = False

    @property
    def is_described(self) -> bool:
        """Whether it says what the method is ("our approach") rather than its name."""
        return not is_name(self.method or "")

    @property
    def key(self) -> tuple[str, str]:
        """What makes two results the same method's: the name, and of a description the paper too."""
        return naming.method_key(self.method or ""), self.paper_id if self.is_described else ""

    @property
    def stated(self) -> tuple[Any, ...]:
        """What makes two results of a paper the same result."""
        return self.paper_id, self.key, self.value, self.high, self.unit, self.bound, self.setting

    @property
    def exact(self) -> bool:
        """Whether it is one number without a hedge."""
        return self.bound == "=" and self.high is None


@lru_cache(maxsize=1 << 17)
def is_name(method: str) -> bool:
    """Whether ``method`` is a name ("SimCLR", "random forest") rather than a description ("our best model")."""
    words = method.split()
    if not words or words[0].casefold() in _GENERIC:
        return False
    entry = lexicon.default().lookup(method)
    if entry is not None and entry.kind in ("METHOD", "FAMILY"):
        return True
    last = words[-1]
    if last[-1:] == "s" and last[:-1].isupper():  # "LLMs" are many
        return False
    return any(sign.isupper() or sign.isdigit() for sign in last)


def check_kinds(kinds: Collection[str]) -> None:
    """ValueError unless ``kinds`` are some of KINDS."""
    wrong = [kinds] if isinstance(kinds, str) else sorted(set(kinds) - set(KINDS))
    if wrong or not kinds:
        raise ValueError(f"no kinds: {', '.join(wrong) or 'none given'}; legal are some of {', '.join(KINDS)}")


def share(min_confidence: float) -> float:
    """``min_confidence`` as the table keeps confidence, in single precision; ValueError unless it is from 0 to 1."""
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; legal are numbers from 0 to 1")
    return float(struct.unpack("f", struct.pack("f", min_confidence))[0])


def taken_kinds(kinds: Collection[str]) -> set[str]:
    """The kinds of the claims whose value counts: efficiency is a kind of result."""
    return {*kinds, "efficiency"} if "result" in kinds else set(kinds)


def results_of(part: int, rows: Collection[int], table: pa.Table, kinds: Collection[str]) -> Iterator[Result]:
    """The results in ``table``, which holds COLUMNS, or those of them that matter, of the ``rows`` of part ``part``.

    ``kinds`` are claim kinds; with "result" go results in time, memory and the like ("efficiency"), and with
    "baseline" the values that result rows give for a baseline with a name.
    """
    taken = taken_kinds(kinds)
    none = [None] * table.num_rows
    columns = [table.column(name).to_pylist() if name in table.column_names else none for name in COLUMNS]
    for row, cells in zip(rows, zip(*columns, strict=True), strict=True):
        (paper, published, method, baseline, value, high, unit, old, bound, setting, task, higher, kind,
         confidence) = cells  # fmt: skip
        about: dict[str, Any] = {
            "place": (part, row), "unit": unit, "paper_id": paper or "", "published": published, "setting": setting,
            "task": task, "confidence": confidence, "higher": higher,
        }  # fmt: skip
        if kind in taken and _given(value):
            yield Result(method=method, value=value, high=high if _given(high) else None, bound=bound, kind=kind,
                         **about)  # fmt: skip
        # The hedge is the row's main number's; a human's or a finding's comparison is none between methods.
        compares = kind in COMPARING and _given(old) and is_name(baseline or "")
        if "baseline" in kinds and compares:
            yield Result(method=baseline, value=old, high=None, bound="=", kind="baseline", of_baseline=True, **about)


def _given(value: float | None) -> bool:
    return value is not None and not math.isnan(value)
