"""Dates, ids and the choice of fields."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.read.dates import parse_date
from claimx.read.fields import as_id, as_title, plan, valid


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-03-05", (2021, 3, 5)),
        ("2021-03-05T23:59:59Z", (2021, 3, 5)),
        ("2021/3/5", (2021, 3, 5)),
        ("2021-03", (2021, 3, 1)),
        ("2021", (2021, 1, 1)),
        (2021, (2021, 1, 1)),
        (2021.0, (2021, 1, 1)),
        ("Mon, 2 Apr 2007 19:18:42 GMT", (2007, 4, 2)),
        ("March 14, 2023", (2023, 3, 14)),
        ("14 March 2023", (2023, 3, 14)),
        ("Sept. 3rd, 2020", (2020, 9, 3)),
        ("May 2019", (2019, 5, 1)),
        (dt.datetime(2020, 1, 2, 3), (2020, 1, 2)),
        (dt.date(2020, 1, 2), (2020, 1, 2)),
        ({"date-parts": [[2020, 3]]}, (2020, 3, 1)),
        ([2020, 3, 4], (2020, 3, 4)),
    ],
)
def test_dates(value, date):
    assert parse_date(value) == dt.date(*date)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "2021-13-01",
        "20210305",
        7,
        99999,
        True,
        float("nan"),
        float("inf"),
        {},
        [],
        [[]],
        "0000",
        {"value": {"value": 1}},
        10**400,
        [2020, 10**12],
        [[2020, 1, -(10**30)]],
        {"date-parts": [[2020, 10**400]]},
    ],
)
def test_no_dates(value):
    assert parse_date(value) is None


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(max_size=20), st.lists, max_leaves=5))
def test_any_value_is_a_date_or_none(value):
    assert parse_date(value) is None or isinstance(parse_date(value), dt.date)


def test_names_are_folded_and_ranked():
    found = plan(["Publication Year", "Abstract Note", "DOI", "Key", "Title", "date"], {})
    assert found.text == ("Abstract Note",)
    assert found.id == ("DOI", "Key")
    assert found.published == ("date", "Publication Year")


def test_ids_and_titles():
    assert [as_id(one) for one in (" a ", 5, 5.0, 5.5, None, True, ["x"], "")] == [
        "a",
        "5",
        "5",
        None,
        None,
        None,
        "x",
        None,
    ]
    assert as_title(["A\n b", "c"]) == "A b"
    assert as_title("  ") is None


@given(st.text(st.characters(), max_size=20))
def test_valid_text_can_be_written_and_is_kept_if_it_could(text):
    fixed = valid(text)
    fixed.encode()
    assert valid(fixed) is fixed


def test_lone_surrogates_are_replaced():
    assert valid("a\ud800b") == "a�b"
