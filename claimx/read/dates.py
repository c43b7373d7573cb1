"""Dates of publication as inputs write them: ISO, e-mail style, English, a year alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_ISO = re.compile(r"\s*([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?![0-9])")
_DAY_FIRST = re.compile(r"\b([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -]([0-9]{4})(?![0-9])")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3})[a-z]*\.?(?: ([0-9]{1,2}))?(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])")
_MONTHS = {
    name: at
    for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_YEARS = range(1500, 2200)


def parse_date(value: Any) -> dt.date | None:
    """The date that ``value`` states, or None.

    Takes dates and datetimes, whole-number years, ISO 8601 and its beginnings, "Mon, 2 Apr 2007 19:18:42 GMT",
    "March 14, 2023", and Crossref's ``{"date-parts": [[2020, 3, 1]]}``. A missing day or month counts as the first:
    2019 is 1 January 2019.
    """
    if isinstance(value, str):
        return _from_text(value[:64])
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int):
        return dt.date(value, 1, 1) if value in _YEARS else None
    if isinstance(value, float):
        return dt.date(int(value), 1, 1) if value.is_integer() and int(value) in _YEARS else None
    if isinstance(value, Mapping):
        value = value.get("date-parts") or value.get("value")
        return None if isinstance(value, Mapping) else parse_date(value)
    if isinstance(value, (list, tuple)) and value:
        if isinstance(value[0], (list, tuple)):
            value = value[0]
        parts = [one if isinstance(one, int) else 1 for one in value[:3]]
        return _date(*parts) if parts else None
    return None


@lru_cache(maxsize=4096)
def _from_text(text: str) -> dt.date | None:
    if match := _ISO.match(text):
        year, month, day = match.groups()
        return _date(int(year), int(month or 1), int(day or 1))
    if match := _DAY_FIRST.search(text):
        return _date(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := _MONTH_FIRST.search(text):
        return _date(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2] or 1))
    return None


def _date(year: int, month: int = 1, day: int = 1) -> dt.date | None:
    if year not in _YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):  # a month 13, a month 10**12
        return None
