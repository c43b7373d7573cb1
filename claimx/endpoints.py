"""One written number with its scale and its unit: ``44.5%``, ``1.2 × 10^-3``, ``$3 million``, ``9.1 ms``, ``175B``."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from claimx import labels
from claimx.numerals import SCALES, decimal, power, scaled
from claimx.units import kind_of, match_unit

_EXPONENT = r"(?:[\^ˆ]\{?[ ]?(?P<%s>[-+−–]?[0-9]{1,3})(?![0-9])\}?|(?P<%s>[⁻⁺]?[⁰¹²³⁴-⁹]{1,4}))\$?"
# Matched at a digit. The groups of digits are possessive, so that a run of digits or commas is read once.
NUMBER = re.compile(
    # a product of sizes, 512×512 or 3 x 3, is one setting; × before 10^n belongs to the number instead
    r"(?P<product>[0-9]++(?:\.[0-9]++)?+[kK]?(?:(?:[ ](?:[x×*]|\\times)[ ]|\$?\\times[ ]?\$?|\$?[x×X*]\$?|times)"
    r"(?!10(?:[\^ˆ]|[⁻⁰¹²³⁴-⁹]))[0-9]++(?:\.[0-9]++)?+[kK]?)++)"
    r"|(?P<number>[0-9]{1,3},[0-9]{1,2}(?=[ ]?\\?%)|[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+)"
    r"(?:[eE](?P<e>[-+−]?[0-9]{1,3})(?![0-9A-Za-z])"
    rf"|[ ]?\$?[ ]?(?:\\times|\\cdot|×|x|X|\*|·|times)[ ]?\$?[ ]?10{_EXPONENT % ('exp', 'sup')}"
    rf"|(?:(?<=[^0-9.,]10)|(?<=^10)){_EXPONENT % ('own_exp', 'own_sup')})?"
    r"(?:(?P<percent>[ \u00a0\u202f\u2009]?\$?[ ]?\\{0,2}[%％]\$?)"
    r"|(?P<factor>(?:\$?[ ]?\\times(?![A-Za-z])|[ ]?×|[xX](?![A-Za-z0-9_])|times(?![A-Za-z])|[ ]x(?=[ ][^0-9]|[,.;:)])"
    r"|[- ]?[fF]old(?![A-Za-z]))\$?)"
    r"|(?P<letters>[^\W\d_]+))?"
)
MONEY = {"$": "dollar", "€": "euro", "£": "pound_sterling", "¥": "yen", "₹": "rupee"}

_POINTS = re.compile(r"[ -]?(?:(?:absolute|percentage)[ -])?(?:points?|pts?|pp|p)(?![A-Za-z0-9])")
_SCALE = re.compile(
    r"[ -]?(?P<word>hundred[ ](?:thousand|million|billion)|hundred|thousand|million|billion|trillion|dozen)(?![A-Za-z])"
    r"|(?P<letter>[kKMBT]|bn|mn)(?![A-Za-z0-9])|[ ](?P<apart>[KMB])(?=[ ](?:[a-z]{4}|(?:to|and)[ ][0-9]))"
)
# T is tera where it counts; "3T MRI" is a field strength.
_TERA = re.compile(
    r"(?:(?:[ ]?[-–][ ]?|,?[ ](?:to|and|or)[ ]|,[ ])[0-9.]{1,6}[BT])?(?:[ ][a-z-]{2,20}){0,2}"
    r"[ ](?:tokens?|param(?:eter)?s?|words?|FLOPs?|flops|operations|records|rows|pixels|samples|examples|points)"
    r"(?![A-Za-z])"
)
_FRACTION = re.compile(
    r"/(?P<of>[1-9][0-9]{0,3})(?![0-9/.,]{0,6}[0-9%/])"
    r"(?:(?P<use>['’]?(?:th|rd)(?![A-Za-z])|[ ](?:of|the|as|that|its|their)[ ]|[ ](?:model )?(?:parameters|params|FLOPs"
    r"|computations?|compute|memory|cost|size|time|energy|data|training)(?![A-Za-z]))|(?P<to>[ ]to[ ]))?"
)
_FRACTION_NAME = re.compile(r"\)?[-‐‑][A-Za-z]|[ ](?:scale|scaled|scheme|spin|code|norm|law|rule|power)(?![A-Za-z])")
_ARGUMENT = re.compile(r"[A-Za-z](?:_[A-Za-z0-9])?\((?:[^()]{0,24},[ ]?)?$")
_TITLED = re.compile(r"[a-z,\"“(‘'] ?[A-Z][a-z]+ $")
_OF_TITLE = re.compile(r" of (?:the )?[A-Z]")
_BRACKETED = re.compile(r"[ ]?\[(?P<unit>[^\W\d_°%][^\s\]\[]{0,7}|[°%])\]")  # 87 [Nm]
_RATIO = re.compile(r":1(?=[ ](?:[a-z]+[ ])?(?:ratio|compression))")
_HYPHENS = frozenset("-‐‑")
_HYPHEN_UNITS = frozenset(("percent", "point", "x"))
_SPACES = frozenset(" \u00a0\u202f\u2009~")
_UNIT_STARTS = _SPACES | frozenset("°%‰℃℉\\^€£$")


class End(NamedTuple):
    """A number of a quantity: its value, where it ends, kind and unit as in :class:`claimx.model.Quantity`.

    ``kind`` is empty where the digits are part of a name. ``scale`` is the 1000 of ``5k``; ``whole`` tells that
    nothing but digits is written: what a label, a year or a citation looks like.
    """

    value: float
    end: int
    kind: str
    unit: str | None = None
    scale: int = 1
    whole: bool = False


def number_at(text: str, at: int, money: str | None) -> End | None:
    """The number that starts at ``at``, its leading zero perhaps left out; None where there is none."""
    point = text[at : at + 1] == "."
    match = NUMBER.match(text, at + point)
    if match is None or match["number"] is None:
        return None
    digits = match["number"]
    return read(text, match, "." + digits if point and "." not in digits else digits, money)


def read(text: str, match: re.Match[str], digits: str, money: str | None) -> End:
    """The number of a :data:`NUMBER` match, ``digits`` its mantissa; ``money`` is the currency written before it."""
    _, _, e, exp, sup, own_exp, own_sup, percent, factor, letters = match.groups()
    exponent = e or exp or sup
    whole = False
    if exponent or own_exp or own_sup:
        large = power(digits, exponent) if exponent else power("1", own_exp or own_sup)
        if large is None:
            return End(0.0, match.end(), "")
        value = large
    else:
        value, whole = decimal(digits), digits.isdecimal()
        if value == math.inf:  # hundreds of digits
            return End(0.0, match.end(), "")
    at = match.end()
    if percent is not None:
        points = _POINTS.match(text, at)
        return End(value, points.end(), "points", "point") if points else End(value, at, "percent", "percent")
    if factor is not None:
        return End(value, at, "" if labels.is_folds(text, at, factor) else "factor", "x")
    if letters is not None:
        at = match.start("letters")
    end = _with_unit(text, at, value, whole, money, letters is not None)
    return end if end is not None else End(0.0, match.end(), "")


def _with_unit(text: str, at: int, value: float, whole: bool, money: str | None, attached: bool) -> End | None:
    """The number that ends at ``at`` with what follows it; None where that makes it part of a name."""
    following = text[at : at + 1]
    if not attached:
        if following in _HYPHENS and text[at + 1 : at + 2].isalpha():
            return _modifier(text, at, value, money)
        if following == "/" and whole:
            part = _fraction(text, at, value)
            if part is not None:
                return part
        elif following == ":" and whole and value > 1:
            ratio = _RATIO.match(text, at)
            if ratio is not None:
                return End(value, ratio.end(), "factor", "x")
        elif following == "$" and money is None and text[at + 1 : at + 2] in _SPACES:
            at, following = at + 1, " "  # $5$ ms
        bracket = _BRACKETED.match(text, at) if "[" in text[at : at + 2] else None
        if bracket is not None and not money:
            found = match_unit(text, bracket.start("unit"))
            if found is not None and found[1] == bracket.end("unit"):
                return _united(text, value, (found[0], bracket.end()), 1)
        if following not in _UNIT_STARTS or not following:
            return _bare(value, at, money, 1, whole)
    found = None
    if not money:
        found = match_unit(text, at if attached or following not in _SPACES else at + 1)
        if found is not None and labels.not_a_unit(text, at, found, value, whole):
            if attached and found[0] != "meter":
                return None
            found = None
    if found is not None:
        return _united(text, value, found, 1)
    scaling = _SCALE.match(text, at)
    if scaling is not None:
        if scaling["letter"] == "T" and not money and _TERA.match(text, scaling.end()) is None:
            return None
        scale = 1
        for word in (scaling["word"] or scaling["letter"] or scaling["apart"]).split():
            scale *= SCALES[word]
        end = scaling.end()
    elif text.startswith("m", at) and not text[at + 1 : at + 2].isalnum() and attached:  # $5m, 1.7m users
        scale, end = 1_000_000, at + 1
    elif attached:
        return None
    else:
        return _bare(value, at, money, 1, whole)
    if text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalpha():
        return None
    value = scaled(value, scale)
    if value == math.inf:
        return None
    if not money and text[end : end + 1] == " ":
        found = match_unit(text, end + 1)
        if found is not None and found[0] not in ("point", "x"):
            return _united(text, value, found, scale)
    return _bare(value, end, money, scale, False)


def _bare(value: float, end: int, money: str | None, scale: int, whole: bool) -> End:
    """A number without a unit of its own, or with a currency before it."""
    if money:
        return End(value, end, "unit", money, scale)
    integral = whole or ((scale > 1 or value >= 1000) and value == int(value))
    return End(value, end, "count" if integral else "plain", None, scale, whole)


def _united(text: str, value: float, found: tuple[str, int], scale: int) -> End | None:
    unit, end = found
    kind = kind_of(unit)
    if kind == "factor" and labels.is_folds(text, end, "fold"):
        return None
    return End(value, end, kind, unit, scale)


def _modifier(text: str, at: int, value: float, money: str | None) -> End | None:
    """A number joined to a noun is a setting (5-shot), except ``12-point``, ``10-percent``, ``$3-million``."""
    if money:
        scaling = _SCALE.match(text, at)
        word = scaling["word"] if scaling is not None else None
        return End(scaled(value, SCALES[word]), scaling.end(), "unit", money) if scaling and word in SCALES else None
    found = match_unit(text, at + 1)
    if found is None or found[0] not in _HYPHEN_UNITS or labels.is_scale_noun(text, found[1]):
        return None
    return _united(text, value, found, 1)


def _fraction(text: str, at: int, value: float) -> End | None:
    """``1/3``, ``2/3 of``, ``1/100 the``: a percentage; ``8/11`` counts; ``1/14 scale`` and ``f(1/2)`` are names."""
    part = _FRACTION.match(text, at)
    if part is None:
        return None
    of = int(part["of"])
    if not 0 < value < of:
        return None
    name = End(0.0, part.end("of"), "")
    if of > 10 and not part["use"]:
        return name if value == 1 else None
    if value != 1 and (of > 10 or not (part["use"] or part["to"] or value + 1 == of < 5)):
        return None
    begin = at - len(str(int(value)))
    end = part.end("of")
    if _FRACTION_NAME.match(text, end):
        return name
    if text[end : end + 1] in ("", ")", ",") and _ARGUMENT.search(text, max(0, begin - 30), begin):
        return name
    if _OF_TITLE.match(text, end) and _TITLED.search(text, max(0, begin - 24), begin):
        return name
    return End(float(f"{100 * value / of:.4g}"), end, "percent", "percent")
