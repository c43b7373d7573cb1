"""Claims straight from a pandas frame: columns, the index as id, missing texts, and mistakes."""

from __future__ import annotations

import pandas as pd
import pytest

from claimx.errors import TableError
from claimx.frame import extract_frame
from claimx.table import NAMES, to_table

TEXTS = ["FooNet achieves 90.1% accuracy on SST-2.", "Nothing is measured.", "Our method reaches 29.3 BLEU on WMT14."]


def test_the_index_is_the_id_and_joins_back() -> None:
    frame = pd.DataFrame({"abstract": TEXTS, "year": [2021, 2022, 2023]}, index=["a", "b", "c"])
    claims = extract_frame(frame)
    assert list(claims.columns) == list(NAMES)
    assert list(claims["paper_id"]) == ["a", "c"]
    assert list(claims["value"]) == [90.1, 29.3]
    joined = claims.merge(frame, left_on="paper_id", right_index=True)
    assert list(joined["year"]) == [2021, 2023]


def test_columns_by_name_and_titles_that_name_the_method() -> None:
    frame = pd.DataFrame({"t": TEXTS, "n": [7, 8, 9], "head": [None, None, "TideFold: A Translator"]})
    claims = extract_frame(frame, text="t", id="n", title="head")
    assert list(claims["paper_id"]) == ["7", "9"]
    assert list(claims["method"]) == ["FooNet", "TideFold"]
    assert claims["title"].isna().tolist() == [True, False]


def test_missing_texts_give_no_rows() -> None:
    frame = pd.DataFrame({"abstract": [None, float("nan"), pd.NA, TEXTS[0]]}, dtype=object)
    assert list(extract_frame(frame)["paper_id"]) == ["3"]


def test_a_frame_without_claims_has_all_columns() -> None:
    claims = extract_frame(pd.DataFrame({"abstract": TEXTS[1:2]}))
    assert len(claims) == 0
    assert list(claims.columns) == list(NAMES)
    assert to_table([]).num_rows == 0


def test_unsure_claims_can_be_left_out() -> None:
    frame = pd.DataFrame({"abstract": TEXTS})
    every = extract_frame(frame)
    least, most = every["confidence"].min(), every["confidence"].max()
    floor = float(least + most) / 2
    assert least < floor, "the texts' claims differ in confidence"
    kept = extract_frame(frame, min_confidence=floor)
    assert kept["value"].tolist() == every[every["confidence"] >= floor]["value"].tolist()
    assert 0 < len(kept) < len(every)


def test_the_frame_itself_stays_as_it_was() -> None:
    frame = pd.DataFrame({"abstract": TEXTS})
    before = frame.copy()
    extract_frame(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("argument", [{"text": "body"}, {"id": "doi"}, {"title": "heading"}])
def test_a_column_that_is_not_there_is_named(argument: dict[str, str]) -> None:
    [column] = argument.values()
    with pytest.raises(TableError, match=f"no column '{column}'; it has abstract"):
        extract_frame(pd.DataFrame({"abstract": TEXTS}), **argument)
