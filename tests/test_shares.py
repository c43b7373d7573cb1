"""Of what the percentage of a change is a share: of the metric's own scale, of the earlier value, or points."""

from __future__ import annotations

import pytest

from claimx.assemble.candidates import Candidate
from claimx.assemble.readings import Reading
from claimx.assemble.shares import SHARES
from claimx.pipeline import Extractor, extract


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FooNet improves accuracy by 2.1% on SVHN.", "percent"),
        ("FooNet reduces latency by 30%.", "relative"),
        ("FooNet reduces the word error rate by 12% relative.", "relative"),
        ("FooNet improves accuracy by 2.1 percentage points on SVHN.", "points"),
        ("FooNet is 3x faster than BERT.", "factor"),
        ("FooNet uses 60% fewer parameters.", "relative"),
    ],
)  # fmt: skip
def test_kinds_of_changes(text: str, kind: str) -> None:
    assert [c.delta_kind for c in extract(text)] == [kind]


def watched(text: str) -> list[tuple[Reading, list[Candidate]]]:
    """The changes of a text whose kind is chosen, with the choices."""
    seen: list[tuple[Reading, list[Candidate]]] = []
    learner = Extractor(learning=True)
    learner.assembler.shares.watch = lambda reading, ranked: seen.append((reading, ranked))
    learner.extract(text)
    return seen


def test_every_percentage_has_three_choices_of_which_the_rules_propose_one() -> None:
    [(reading, ranked)] = watched("FooNet improves accuracy by 2.1% on SVHN.")
    assert reading.quantity.text == "2.1%"
    assert {c.source for c in ranked} == set(SHARES)
    assert [c.source for c in ranked if "rule" in c.features] == ["percent"]


@pytest.mark.parametrize("text", ["FooNet gains 2.1 points of accuracy.", "FooNet is 3x faster.", "FooNet reaches 9%."])
def test_what_is_no_percentage_of_change_is_not_chosen(text: str) -> None:
    assert watched(text) == []


@pytest.mark.parametrize(("change", "found"), [("25%", "relative"), ("10%", "difference")])  # of 40% to 50%
def test_the_two_values_speak_for_one_of_them(change: str, found: str) -> None:
    [(_, ranked)] = watched(f"FooNet raises accuracy by {change}, from 40% to 50%.")
    told = {f.partition(" ")[2] for c in ranked for f in c.features if "reckoned:" in f}
    assert told == {f"reckoned:{found}"}
