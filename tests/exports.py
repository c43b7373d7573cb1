"""Claims for the tests of exports: those of the sample, and ones with everything that trips a format up."""

from __future__ import annotations

import datetime as dt
import functools
import math
from pathlib import Path

from hypothesis import strategies as st

from claimx.model import Claim
from claimx.naming import Name, benchmark, method_key, metric
from claimx.pipeline import extract_many
from claimx.read import read

ROOT = Path(__file__).resolve().parents[1]
METHODS = (
    "TidalNet", "Tidal Net", "yes", "No", "null", "~", "1e3", "0x1F", "0o17", "1_000", "12:30", "2024-01-02", ".nan",
    "y", "True", "-", "- FooNet", "# FooNet", "Foo: Net", 'Foo "Bar" Net', "Foo 'n' Net", "Foo\\Net", "Foo\nNet", "---",
    "...", "{Foo}", "[Foo]", "&Foo", "*Foo", "!Foo", "%Foo", "@Foo", "`Foo`", "|", ">", "数詞モデル", "Ünet++", "🦉Net",
    "\u202eteN\u2028oof", "\x00Nul", "\x85", "\ufeffBom", "<script>alert(1)</script>", "our approach", "the model",
    "CON", "aux.x", "data", "../../etc", " Foo ", "F" * 300,
)  # fmt: skip
BENCHMARKS = ("CIFAR-10", "ImageNet", "MATH-500", "COCO test-dev", "yes", "1e3", "Märchen: Teil 2", "null", "数据集")
METRICS = ("accuracy", "FID", "pass@10", "top-1 accuracy", "BLEU", "latency", "WER", "Foo: Score", "on", "1e3")
UNITS = (None, "percent", "point", "x", "millisecond", "frame_per_second")
PAPERS = ("arxiv:2401.00001", "2401.00002v3", "hep-th/9901001", "venue:x:1", "", "é/../x", "null")

_text = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=12)
_values = st.floats() | st.sampled_from([97.3, 0.973, 1e-300, 1.7e308, 5e-324, -0.0, 1e16, 100.0, 12.0])
claims = st.builds(
    Claim,
    paper_id=st.sampled_from(PAPERS),
    title=st.none() | st.sampled_from(METHODS) | _text,
    published=st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    method=st.none() | st.sampled_from(METHODS) | _text,
    benchmark=st.none() | st.sampled_from(BENCHMARKS),
    metric=st.none() | st.sampled_from(METRICS),
    value=st.none() | _values,
    value_high=st.none() | st.none() | _values,
    value_error=st.none() | st.none() | _values,
    unit=st.sampled_from(UNITS),
    bound=st.sampled_from(["=", "=", "=", "~", "<=", ">"]),
    setting=st.none() | st.none() | st.sampled_from(["5-shot", "no", "1e3"]),
    task=st.none() | st.sampled_from(["no", "owl counting"]),
    higher_is_better=st.none() | st.booleans(),
    sentence=st.none() | _text,
    rule=st.just("r"),
    kind=st.sampled_from(["result", "result", "baseline", "human", "finding"]),
    confidence=st.none() | st.floats(0, 1, width=32),
)
tables = st.lists(claims, max_size=12)


@functools.cache
def sample() -> tuple[Claim, ...]:
    return tuple(extract_many(read(ROOT / "datasets" / "sample.jsonl")))


def held(claim: Claim, hedged: bool) -> bool:
    """Whether an export with the default filters has room for the claim; ``hedged`` where it has for inexact ones."""
    return bool(
        claim.kind in ("result", "baseline")
        and claim.value is not None
        and math.isfinite(claim.value)
        and claim.method
        and claim.benchmark
        and claim.metric
        and (hedged or (claim.bound == "=" and claim.value_high is None))
    )


def names(claim: Claim) -> tuple[Name, Name]:
    """What the claim's benchmark and metric stand for."""
    assert claim.benchmark is not None
    assert claim.metric is not None
    return benchmark(claim.benchmark, claim.benchmark_text or ""), metric(claim.metric, claim.metric_text or "")


def error(claim: Claim) -> float | None:
    return claim.value_error if claim.value_error is not None and math.isfinite(claim.value_error) else None


def key(method: str | None) -> str:
    assert method is not None
    return method_key(method)


def parted(text: str) -> tuple[float, float | None, bool]:
    """A value as the formats write it: number, ± and whether it is in percent."""
    number, _, deviation = text.removesuffix("%").partition(" ± ")
    return float(number), float(deviation) if deviation else None, text.endswith("%")
