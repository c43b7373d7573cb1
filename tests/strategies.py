"""Sentences that report results, and texts that report nothing, for Hypothesis to choose from."""

from __future__ import annotations

from dataclasses import dataclass, fields

from hypothesis import strategies as st

from claimx.model import Claim

BENCHMARKS = ("CIFAR-10", "GSM8K", "SQuAD", "ImageNet", "HumanEval", "LibriSpeech", "MMLU", "COCO", "GLUE")
HIGHER = ("accuracy", "F1", "BLEU", "mIoU", "recall", "pass@1")
LOWER = ("WER", "FID", "perplexity", "latency", "RMSE", "inference time")
# No digit, no number word, no name of a benchmark or metric, and nothing that a number could be measured against.
CLAIM_FREE = (
    "The idea is simple and easy to explain.",
    "Prior work has mostly looked elsewhere.",
    "This question has puzzled readers for a long while.",
    "We hope that others will build on these observations.",
    "Why this happens is still open.",
    "The code will be released upon publication.",
)
JUNK = (
    "$", "\\", "{", "}", "\\frac{", "\\%", "%", "×", "±", "-", "–", "−", "(", ")", "[12]", "~", "≤", "\x00", "\ud800",
    "\udfff", "\u200b", "é", "数", "١٢", "½", "10^-3", "1e999", "9" * 30, "3.5%", "2x", "from", "to", "by", "accuracy",
    "FID", "CIFAR-10", "improves", "respectively", "and", ",", ".", " ", "\n", "FooNet", "we", "on", "than", "faster",
    "vs.", "e.g.", "two", "orders of magnitude", "doubles", "between", "up to",
)  # fmt: skip

_parts = st.lists(st.sampled_from(JUNK), max_size=25)
junk = st.builds(lambda gap, parts: gap.join(parts), st.sampled_from(["", " "]), _parts)
any_text = st.text(st.characters(exclude_categories=[]), max_size=80) | junk
method_names = st.builds(
    lambda first, second: first + second,
    st.sampled_from(["Tal", "Brin", "Quor", "Fenn", "Osk", "Mar", "Ild"]),
    st.sampled_from(["Net", "Former", "Flow", "Mix", "Tune"]),
)
numbers = st.integers(10, 899).map(lambda tenths: tenths / 10)


@dataclass(frozen=True)
class Report:
    """One sentence with the parts that it was made from."""

    text: str
    method: str
    metric: str
    benchmark: str
    number: float


TEMPLATES = (
    "{method} achieves {number}% accuracy on {benchmark}.",
    "{method} improves {metric} by {number}% on {benchmark}.",
    "On {benchmark}, {method} reduces {metric} by {number} points.",
    "{method} reaches a {metric} of {number} on {benchmark}.",
    "{method} is {number}x faster than the baseline on {benchmark}.",
    "We find that {method} increases {metric} from 1.5% to {number}% on {benchmark}.",
)


@st.composite
def reports(draw: st.DrawFn, templates: tuple[str, ...] = TEMPLATES) -> Report:
    """A sentence that reports a number of a method on a benchmark."""
    parts = {
        "method": draw(method_names),
        "metric": draw(st.sampled_from(HIGHER + LOWER)),
        "benchmark": draw(st.sampled_from(BENCHMARKS)),
        "number": draw(numbers),
    }
    return Report(draw(st.sampled_from(templates)).format(**parts), **parts)


def abstract(report: Report) -> str:
    """The report after the sentence that introduces its method."""
    return f"We propose {report.method}, a new method. {report.text}"


_PLACES = {field.name for field in fields(Claim) if field.name.endswith(("_start", "_end"))} | {"reasons"}


def content(claim: Claim, *without: str) -> dict[str, object]:
    """A claim's fields but for where it stands, and those left out by name."""
    return {field.name: getattr(claim, field.name) for field in fields(Claim) if field.name not in {*_PLACES, *without}}
