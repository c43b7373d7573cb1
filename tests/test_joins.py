"""Which value a change joins: what is offered, what is never offered, and what the shipped weights make of it."""

from __future__ import annotations

import pytest

from claimx.assemble import Ranking
from claimx.assemble.candidates import Candidate
from claimx.assemble.joins import ALONE, VALUE
from claimx.assemble.readings import Reading
from claimx.pipeline import Extractor, extract, extractor


def offered(text: str) -> list[tuple[str, list[str]]]:
    """Each change of a text that has a choice, with the values that it could join, in reading order."""
    seen: list[tuple[Reading, list[Candidate]]] = []
    learner = Extractor(learning=True)
    learner.assembler.joins.watch = lambda change, ranked: seen.append((change, ranked))
    learner.extract(text)
    out = []
    for change, ranked in seen:
        assert [c.source for c in ranked].count(ALONE) == 1, "alone is always a choice"
        values = sorted((c.names[0].token, c.names[0].data.quantity.text) for c in ranked if c.source == VALUE)  # type: ignore[attr-defined]
        out.append((change.quantity.text, [text for _, text in values]))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FooNet reaches 73.8% accuracy, outperforming BERT by 7.1%.", [("7.1%", ["73.8%"])]),
        ("FooNet reaches 73.8% accuracy.", []),
        ("FooNet improves accuracy by 7.1%.", []),
        # what follows a list speaks of all of it, so no value of the list is offered
        ("FooNet reaches 73.8% and 72.6% accuracy, outperforming BERT by 7.1%.", []),
        # but in a bracket behind its last item it may speak of that alone
        ("FooNet reaches 73.8% on SVHN and 72.6% on GLUE (+7.1%).", [("+7.1%", ["73.8%", "72.6%"])]),
    ],
)  # fmt: skip
def test_the_values_that_a_change_may_join(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert offered(text) == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("FooNet reaches 73.8% accuracy on SVHN, a gain of 7.1 points over BERT.", [(73.8, 7.1, None)]),
        ("FooNet reaches 91.2% on SVHN (+1.8%) and 82.4% on GLUE (+2.3%).", [(91.2, 1.8, None), (82.4, 2.3, None)]),
        ("FooNet reaches 58% and 49% accuracy, which are gains of 3% and 4%.", [(58.0, 3.0, None), (49.0, 4.0, None)]),
        ("FooNet reaches 91.2% accuracy and reduces latency by 30%.", [(91.2, None, None), (None, -30.0, None)]),
        ("FooNet improves accuracy by 9.0 points (from 35.5% to 44.5%).", [(44.5, 9.0, 35.5)]),
    ],
)  # fmt: skip
def test_changes_join_the_values_that_they_speak_of(
    text: str, rows: list[tuple[float | None, float | None, float | None]]
) -> None:
    assert [(c.value, c.delta, c.baseline_value) for c in extract(text)] == rows


def test_no_value_is_joined_twice() -> None:
    text = "FooNet reaches 73.8% accuracy on SVHN (+1.8%), a gain of 2.4%."
    claims = extract(text)
    assert sum(c.value == 73.8 for c in claims) == 1
    assert sorted(c.delta for c in claims if c.delta is not None) in ([1.8], [1.8, 2.4])


@pytest.mark.parametrize(
    ("first", "change", "verdict"),
    [("35.5%", "9.0 points", "ok"), ("35.5%", "9.4 points", "no"), ("40.0%", "11.3%", "relative")],
)
def test_the_sum_of_the_values_speaks_for_a_change(first: str, change: str, verdict: str) -> None:
    features: list[str] = []
    learner = Extractor(learning=True)
    learner.assembler.joins.watch = lambda _, ranked: features.extend(
        f for c in ranked if c.source == VALUE for f in c.features
    )
    learner.extract(f"Accuracy rises from {first} to 44.5%, a gain of {change}.")
    assert {f for f in features if f.startswith("sum") and f.count(" ") == 1} == {f"sum {verdict}"}


def test_the_weights_are_of_the_table() -> None:
    weights = extractor().assembler.ranking.weights["join"]
    assert weights
    assert isinstance(extractor().assembler.ranking, Ranking)
    assert any(f.startswith(ALONE) for f in weights)
