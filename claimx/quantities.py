"""Numbers with what belongs to them: unit, range, ±, sign and bound.

One scan finds every digit run; what stands left of it (a sign, a hyphen, a name) is looked at only then. A second scan
finds number words. Numbers that are no quantity (``CIFAR-10``, ``[12]``, ``Table 3``, ``512×512``, years) are told apart
by :mod:`claimx.labels`, hedges by :mod:`claimx.bounds`, words by :mod:`claimx.wordscan`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimx import labels, wordscan
from claimx.bounds import Hedges, bound_after, bound_before, hedges
from claimx.model import Quantity
from claimx.numerals import SCALES, decimal, power, scaled
from claimx.units import kind_of, match_unit

_TEN = r"10(?:\^\{?[ ]?(?P<EXP>[-+−–]?[0-9]{1,3})(?![0-9])\}?|(?P<SUP>[⁻⁺]?[⁰¹²³⁴-⁹]{1,3}))"
_TIMES = r"[ ]?\$?[ ]?(?:\\times|\\cdot|×|x|X|\*|·|times)[ ]?\$?[ ]?"
_NUMBER = re.compile(
    # a product of sizes, 512×512 or 3 x 3, is one setting; × before 10^n belongs to the number instead
    r"(?P<product>[0-9]++(?:\.[0-9]++)?+[kK]?(?:(?:[ ](?:[x×*]|\\times)[ ]|\$?\\times[ ]?\$?|\$?[x×X*]\$?|times)"
    r"(?!10(?:\^|[⁻⁰¹²³⁴-⁹]))[0-9]++(?:\.[0-9]++)?+[kK]?(?![0-9A-Za-z]*[-‐‑][0-9]))++)"
    r"|(?P<number>[0-9]{1,3},[0-9]{1,2}(?=[ ]?\\?%)|[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+)"
    r"(?:[eE](?P<e>[-+−]?[0-9]{1,3})(?![0-9A-Za-z])"
    rf"|{_TIMES}{_TEN.replace('EXP', 'exp').replace('SUP', 'sup')}\$?"
    r"|(?:(?<=[^0-9.,]10)|(?<=^10))(?:\^\{?[ ]?(?P<pexp>[-+−–]?[0-9]{1,3})(?![0-9])\}?|(?P<psup>[⁻⁺]?[⁰¹²³⁴-⁹]{1,3}))\$?)?"
    r"(?:(?P<percent>[ \u00a0\u202f\u2009]?\$?[ ]?\\{0,2}[%％]\$?)"
    r"|(?P<factor>(?:\$?[ ]?\\times(?![A-Za-z])|[ ]?×|[xX](?![A-Za-z0-9_])|times(?![A-Za-z])|[ ]x(?=[ ][^0-9]|[,.;:)])|[- ]?[fF]old(?![A-Za-z]))\$?)"
    r"|(?P<letters>[^\W\d_]+))?"
)
_DIGITS = re.compile(r"[0-9]++")  # a pattern that opens with a plain class is scanned for four times as fast as _NUMBER
_G = {name: _NUMBER.groupindex[name] for name in _NUMBER.groupindex}
_POINTS = re.compile(r"[ -]?(?:(?:absolute|percentage)[ -])?(?:points?|pts?|pp|p)(?![A-Za-z0-9])")
_SCALE = re.compile(
    r"[ -]?(?P<word>hundred[ ](?:thousand|million|billion)|hundred|thousand|million|billion|trillion|dozen)(?![A-Za-z])"
    r"|(?P<letter>[kKMBT]|bn|mn)(?![A-Za-z0-9])|[ ](?P<apart>[KMB])(?=[ ][a-z]{4})"
)
_PLUS_MINUS = re.compile(r"[ ]?\(?\$?(?:±|\+[ ]?/[ ]?[-−–]|\+-|\\pm)[ ]?\$?[ ]?(?=[0-9.])")
_RANGE = re.compile(
    r"(?:\$?(?P<tight>-{1,3}|[–—−‐‑]|\\sim|\.\.\.|…)\$?|[ ]\$?(?P<loose>[-–~∼]|\\sim)\$?[ ]|(?P<wave>[~∼])|[ ](?P<word>to|and)[ ]|-to-)"
    r"(?P<hedge>≈|~)?(?P<sign>[-+−])?(?P<money>\\?[$€£¥])?(?=[0-9.])"
)
_HYPHEN_NOUN = re.compile(r"[-‐‑–](?=[A-Za-z])")
_MONEY = {"$": "dollar", "€": "euro", "£": "pound_sterling", "¥": "yen", "₹": "rupee"}
_MINUS = frozenset("-−–‐‑")
_OPEN = frozenset(" \t\n\r\u00a0\u202f\u2009\u200a([{$,;:=<>~≈∼≤≥\"'“‘/|%")
_FRACTION = re.compile(r"/(?P<of>[1-9][0-9]{0,3})(?![0-9/.,]*[0-9%/])(?P<use>[ ](?:of|to|the|as)[ ])?")
_SETTING = re.compile(r"[ -](?:super|SR\b|upsampl|upscal|magnif|zoom|objective|downsampl)")
_RECURRING = re.compile(r"[ ](?:per|each|every|daily|weekly|a[ ](?:day|week|month|year))\b")
_HYPHEN_UNITS = frozenset(("percent", "point", "x"))
_COORDINATED = re.compile(r"(?:[^0-9.;:()]{0,70}?(?:, and| and|,| or)|[ ]?/|[ ]to|,?[ ]?&)?[ ]?")


class _End(NamedTuple):
    """One number of a quantity: value, unit and where it ends. ``kind`` is empty where it is part of a name."""

    value: float
    end: int
    kind: str
    unit: str | None = None
    scale: int = 1
    whole: bool = False  # digits only: what a label, a year or a citation looks like


_NAME = _End(0.0, 0, "")


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of ``text``, in order and without overlap; spans are code-point offsets into ``text``.

    ``value`` carries the sign that the text writes; so does ``high``. Numbers inside names, citations, references to
    sections, years, dates, sizes such as 512×512 and modifiers such as 5-shot are no quantities. Any text is legal.
    """
    words = hedges()
    found = _scan_digits(text, words)
    spelled = wordscan.scan(text, words)
    if spelled:
        found = _merge(found, spelled)
    return _share_bounds(text, found) if len(found) > 1 else found


def _scan_digits(text: str, words: Hedges) -> list[Quantity]:
    found: list[Quantity] = []
    done = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done:
            continue
        match = _NUMBER.match(text, start)
        if match is None:
            continue
        quantity, done = _read(text, match, start, done, words)
        if quantity is not None:
            found.append(quantity)
    return found


def _read(text: str, match: re.Match[str], start: int, done: int, words: Hedges) -> tuple[Quantity | None, int]:
    """The quantity at a match of the number pattern, or None, and the offset up to which text is used up."""
    if match[_G["product"]] is not None:
        return None, match.end()
    before = text[start - 1] if start else " "
    begin, sign, money = start, "", None
    number = match[_G["number"]]
    if before not in " (\n":
        if before == "." and (start == 1 or text[start - 2] in _OPEN or text[start - 2] in "+-−–"):
            begin -= 1
            number = "." + number if "." not in number else number
            before = text[begin - 1] if begin else " "
        glued = labels.glued_prefix(text, begin)
        if glued:
            before = " "
        elif before in _MONEY and not labels.in_math(text, begin, match.end()):
            money = _MONEY[before]
            begin -= 1
            before = text[begin - 1] if begin else " "
        elif before == "$" and begin > 1 and text[begin - 2] in "+-−–":
            begin -= 1
            before = text[begin - 1]
        if before == "+" or before in _MINUS:
            outer = text[begin - 2] if begin > 1 else " "
            if outer in _OPEN and not labels.broken_name(text, begin - 1, match):
                if outer == "{" and labels.inside_name(text, begin - 1, outer):
                    return None, labels.name_end(text, match.end())
                sign, begin = "+" if before == "+" else "-", begin - 1
                before = outer
            elif not (before in "-–" and outer == before):
                return None, labels.name_end(text, match.end())
        if not glued and not sign and labels.inside_name(text, begin, before):
            return None, labels.name_end(text, match.end())
    end = _endpoint(text, match, number, money)
    if not end.kind:
        return None, max(end.end, match.end())
    skip = labels.label_end(text, begin, end.end, match, end.kind, end.whole and not sign and money is None, words)
    if skip:
        return None, skip
    return _complete(text, begin, sign, money, end, words)


def _endpoint(text: str, match: re.Match[str], number: str, money: str | None) -> _End:
    """One number with its scale and its adjacent or following unit."""
    groups = match.groups()
    exponent = groups[_G["e"] - 1] or groups[_G["exp"] - 1] or groups[_G["sup"] - 1]
    own_power = groups[_G["pexp"] - 1] or groups[_G["psup"] - 1]
    if exponent or own_power:
        value = power("1" if own_power else number, exponent or own_power or "")
        if value is None:
            return _NAME
        whole = False
    else:
        value = decimal(number)
        whole = number.isdecimal()
    at = match.end()
    if groups[_G["percent"] - 1] is not None:
        points = _POINTS.match(text, at)
        if points:
            return _End(value, points.end(), "points", "point")
        return _End(value, at, "percent", "percent")
    if groups[_G["factor"] - 1] is not None:
        if text.startswith("-", at) and text[at + 1:at + 2].isdigit():
            pass  # 1.9x-3.3x: the range reader goes on from here
        elif labels.is_folds(text, at, match[_G["factor"]]):
            return _NAME
        return _End(value, at, "factor", "x")
    at = match.end(_G["letters"]) if groups[_G["letters"] - 1] is None else match.start(_G["letters"])
    at = match.end() if at < 0 else at
    return _with_unit(text, at, value, whole, money, groups[_G["letters"] - 1])


def _with_unit(text: str, at: int, value: float, whole: bool, money: str | None, letters: str | None) -> _End:
    """The number that ends at ``at`` with the scale and unit written after it; ``letters`` stand attached."""
    unit = None
    scale = 1
    integral = value == int(value) and (whole or "e" in repr(value) or value >= 1000)
    if letters is None:
        nxt = text[at:at + 1]
        if nxt == "-" or nxt == "‐" or nxt == "‑":
            if text[at + 1:at + 2].isalpha():
                found = match_unit(text, at + 1)
                if found is None or found[0] not in _HYPHEN_UNITS or labels.is_scale_noun(text, found[1]):
                    return _word_scale(text, at, value, money) or _NAME
                return _End(value, found[1], kind_of(found[0]), found[0])
            return _End(value, at, "count" if integral else "plain", money, 1, whole) if money is None else _End(value, at, "unit", money)
        if nxt == "/" and whole:
            part = _FRACTION.match(text, at)
            if part is not None and 0 < value < int(part["of"]) and (
                value == 1 or (int(part["of"]) <= 10 and (part["use"] or value + 1 == int(part["of"]) < 5))
            ):
                return _End(round(100 * value / int(part["of"]), 2), part.end("of"), "percent", "percent")
        if nxt == "$" and text[at + 1:at + 2] in _SPACES and money is None:
            at, nxt = at + 1, " "
        if nxt not in _UNIT_STARTS:
            kind = "unit" if money else "count" if integral else "plain"
            return _End(value, at, kind, money, 1, whole and money is None)
    found = match_unit(text, at if letters is not None or nxt not in _SPACES else at + 1)
    if found is not None and labels.not_a_unit(text, at, found, value, whole):
        found = None
        if letters is not None:
            return _NAME
    if found is None:
        scaling = _SCALE.match(text, at)
        if scaling is None and money and text.startswith("m", at) and not text[at + 1:at + 2].isalnum():
            value, at = scaled(value, 1_000_000), at + 1
        elif scaling is None:
            if letters is not None:
                return _NAME
        else:
            scale = 1
            for word in (scaling["word"] or scaling["letter"] or scaling["apart"]).split():
                scale *= SCALES[word]
            value, at = scaled(value, scale), scaling.end()
            if text[at:at + 1] in "-‐‑" and text[at + 1:at + 2].isalpha():
                return _NAME
            whole = False
            integral = value == int(value)
            found = match_unit(text, at + 1) if text[at:at + 1] == " " else None
            if found is not None and found[0] in ("point", "x"):
                found = None
    if found is not None and money is None:
        unit, at = found
        kind = kind_of(unit)
        if kind == "factor" and labels.is_folds(text, at, "fold"):
            return _NAME
        return _End(value, at, kind, unit, scale)
    if money:
        return _End(value, at, "unit", money, scale)
    return _End(value, at, "count" if integral else "plain", None, scale, whole)


def _word_scale(text: str, at: int, value: float, money: str | None) -> _End | None:
    scaling = _SCALE.match(text, at)
    if scaling is None or not money or not scaling["word"]:
        return None
    return _End(scaled(value, SCALES[scaling["word"].split()[0]]), scaling.end(), "unit", money)


_SPACES = frozenset(" \u00a0\u202f\u2009~")
_UNIT_STARTS = frozenset(" \u00a0\u202f\u2009~°%‰℃℉$\\^")


def _complete(text: str, begin: int, sign: str, money: str | None, low: _End, words: Hedges) -> tuple[Quantity | None, int]:
    """Adds error, upper end and bound to the first number of a quantity."""
    bound, previous = bound_before(text, begin, words)
    value, end, kind, unit = low.value, low.end, low.kind, low.unit
    high = error = None
    nxt = text[end:end + 1]
    if nxt in _AFTER:
        plus_minus = _PLUS_MINUS.match(text, end)
        if plus_minus is not None:
            other = _number_at(text, plus_minus.end(), None)
            if other is not None and other.kind and (other.unit is None or unit is None or other.unit == unit):
                error, end = other.value, other.end
                if unit is None and other.unit is not None:
                    kind, unit = other.kind, other.unit
                elif unit is None and other.scale > 1 and low.scale == 1:
                    value = scaled(value, other.scale)
                if "(" in plus_minus[0] and text[end:end + 1] == ")":
                    end += 1
        else:
            upper = _upper(text, begin, sign, money, low, previous, words)
            if upper is not None:
                if not upper.kind:
                    return None, upper.end
                value, high, end, kind, unit = _joined(low, upper, sign)
    if kind == "points" and not sign and high is None and value >= 100 and value == int(value):
        end = low.end - len(text[begin:low.end]) + len(text[begin:low.end].split(" ")[0])
        kind, unit = "count", None
    if kind == "factor":
        if _SETTING.match(text, end):
            return None, end
        if high is None and text.startswith("times", end - 5) and (previous in words.repeat or _RECURRING.match(text, end)):
            kind, unit = "count", None
    if kind in ("plain", "count") and previous in ("factor", "factors"):
        kind, unit = "factor", "x"
    if sign == "-" and high is None:
        value = -value
    bound = bound or bound_after(text, end, words) or "="
    return Quantity(begin, end, text[begin:end], value, kind, high, error, unit, bound, sign), end


_AFTER = frozenset(" -–—−‐‑~∼±+\\$.…(")


def _number_at(text: str, at: int, money: str | None) -> _End | None:
    begin = at
    if text[at:at + 1] == ".":
        at += 1
    match = _NUMBER.match(text, at)
    if match is None or match[_G["number"]] is None:
        return None
    number = match[_G["number"]]
    return _endpoint(text, match, "." + number if at > begin and "." not in number else number, money)


def _upper(text: str, begin: int, sign: str, money: str | None, low: _End, previous: str, words: Hedges) -> _End | None:
    """The upper end of a range that starts with ``low``; None if there is none, kind empty if it makes a name of both."""
    link = _RANGE.match(text, low.end)
    if link is None:
        return None
    word = link["word"]
    if word == "and":
        if previous not in words.between and not labels.opens_with(text, begin, words.between, words):
            return None
    elif word == "to" and labels.is_from_to(text, begin, previous, words):
        return None
    money_word = link["money"]
    other = _number_at(text, link.end(), _MONEY[money_word[-1]] if money_word else money)
    if other is None:
        return None
    tight = link["tight"]
    if not other.kind:  # 1-5-shot, 2-7B-chat
        return _End(0.0, labels.name_end(text, max(other.end, link.end())), "") if tight else None
    if tight and text[other.end:other.end + 1] in "-–" and text[other.end + 1:other.end + 2].isdigit():
        return _End(0.0, labels.name_end(text, other.end), "")  # a chain of numbers is an identifier
    if tight and low.whole and other.whole and other.unit is None and labels.are_years(low.value, other.value):
        return _End(0.0, other.end, "")
    if low.unit != other.unit and (low.unit is not None or other.unit is None):
        return None
    if other.scale != low.scale and low.scale != 1:
        return None
    lower = low.value if low.scale != 1 or other.scale == 1 else scaled(low.value, other.scale)
    second_sign = link["sign"] or (sign if sign == "-" and other.value > lower else "")
    top = -other.value if second_sign and second_sign != "+" else other.value
    bottom = -lower if sign == "-" else lower
    rising = bottom < top or (bottom < 0 > top)
    if not rising:
        return _End(0.0, other.end, "") if tight and low.whole and other.whole and not other.unit else None
    return other._replace(value=top)


def _joined(low: _End, upper: _End, sign: str) -> tuple[float, float, int, str, str | None]:
    """Value, high, end, kind and unit of the range of two ends; a unit or scale written once holds for both."""
    value = low.value if low.scale != 1 or upper.scale == 1 else scaled(low.value, upper.scale)
    kind = upper.kind
    if low.unit is None and upper.unit is None and "plain" in (low.kind, upper.kind):
        kind = "plain"
    return (-value if sign == "-" else value), upper.value, upper.end, kind, upper.unit


def _merge(digits: list[Quantity], spelled: list[Quantity]) -> list[Quantity]:
    """Both scans in order; of two that overlap the longer one stays."""
    result: list[Quantity] = []
    for quantity in sorted(digits + spelled, key=lambda q: (q.start, -q.end)):
        if result and quantity.start < result[-1].end:
            if quantity.end - quantity.start > result[-1].end - result[-1].start:
                result[-1] = quantity
        else:
            result.append(quantity)
    return result


def _share_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """A hedge before a coordination of bare numbers holds for all of them: "up to 5% and 7%"."""
    for at in range(1, len(found)):
        before, after = found[at - 1], found[at]
        if before.bound != "=" and after.bound == "=" and after.start - before.end < 80 and before.kind == after.kind and not after.word \
                and before.unit == after.unit and _COORDINATED.fullmatch(text, before.end, after.start):
            found[at] = Quantity(after.start, after.end, after.text, after.value, after.kind, after.high, after.error,
                                 after.unit, before.bound, after.sign, after.word)
    return found
