"""Verdicts on the rows of a table, and the sums behind them."""

from __future__ import annotations

from dataclasses import replace

import claimx
from claimx.consistency import findings, settle

MISMATCH = "QuarkNet reaches an accuracy gain of 3.23% (91.78% vs. 88.45%) on SVHN."
AGREES = "TidalNet improves accuracy on CIFAR-10 from 92.5% to 94.8% (+2.3)."


def _claims(*texts: str) -> list[claimx.Claim]:
    documents = [claimx.Document(id=f"p{n}", text=text) for n, text in enumerate(texts)]
    return list(claimx.extract_many(documents))


def test_findings_of_a_table_in_its_order() -> None:
    found = findings(_claims(MISMATCH, "Nothing to check: 90% accuracy.", AGREES))
    assert [(f.claim.paper_id, f.check) for f in found] == [("p0", "mismatch"), ("p2", "ok")]
    assert found[0].working.startswith("91.78 − 88.45 = 3.33 and ")
    assert found[1].working == "94.8 − 92.5 = 2.3, the text says +2.3"


def test_findings_need_no_check_column_and_keep_it_where_the_sentence_is_gone() -> None:
    claims = _claims(MISMATCH)
    assert findings([replace(claim, check=None) for claim in claims])[0].check == "mismatch"
    bare = findings([replace(claim, sentence=None) for claim in claims])
    assert [(f.check, f.working) for f in bare] == [("mismatch", "")]
    assert findings([]) == []


def test_derived_changes_are_not_checked_against_themselves() -> None:
    claims = claimx.derive(_claims("QuarkNet improves accuracy from 71.2% to 78.9% on CIFAR-100."))
    assert claims[0].delta_derived
    assert findings(claims) == []


def test_settling_twice_changes_nothing() -> None:
    claims = _claims(MISMATCH, AGREES)
    for claim in claims:
        (again,) = settle([claim])
        assert again == claim


def test_rows_of_other_sentences_are_left_alone() -> None:
    claims = _claims("FooNet cuts latency by 62%. It falls from 29 ms to 11 ms on ImageNet.")
    assert {claim.check for claim in claims} == {None}


def test_a_base_in_another_unit_is_in_the_unit_of_the_value() -> None:
    (row,) = [c for c in claimx.extract("LoomServe lowers latency by 4x, from 1.2 s to 300 ms.") if c.value is not None]
    assert (row.value, row.unit, row.baseline_value) == (300.0, "millisecond", 1200.0)
    assert row.baseline_value_start is not None


def test_raw_marks_are_seen_through() -> None:
    text = r"QuarkNet lifts clarity by 1.85$\times$ (44.5\%~$\rightarrow$~82.3\%) on SVHN."
    assert [claim.check for claim in claimx.extract(text)] == ["rounding"]
