"""Numbers with what belongs to them: unit, range, ±, sign and bound.

One scan finds every digit run; what stands left of it (a sign, a hyphen, a name) is looked at only then. A second scan
finds number words. :mod:`claimx.endpoints` reads one number with its unit, :mod:`claimx.labels` tells the numbers that
are no quantity (``CIFAR-10``, ``[12]``, ``Table 3``, years), :mod:`claimx.bounds` reads hedges, and
:mod:`claimx.wordscan` numbers in words.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from claimx import labels, wordscan
from claimx.bounds import Hedges, bound_after, bound_before, hedges
from claimx.endpoints import MONEY, NUMBER, End, number_at, read
from claimx.model import Quantity
from claimx.numerals import SCALES, scaled
from claimx.scan import places

_PLUS_MINUS = re.compile(r"[ ]?\(?\$?\{?(?:±|\+[ ]?/[ ]?[-−–]|\+-|\\pm)\}?\$?[ ]?(?=[0-9.])")
_RANGE = re.compile(
    r"(?:\$?(?P<tight>-{1,3}|[–—−‐‑]|\\sim|\.\.\.|…)\$?|[ ]\$?(?:[-–~∼]|\\sim)\$?[ ]|[ ][-–−]|[–−][ ]"
    r"|[~∼]|[ ](?P<word>to|and)[ ]|-to-)"
    r"(?:≈|~)?(?P<sign>[-+−])?(?P<money>\\?[$€£¥])?(?=[0-9.])"
)
_MINUS = frozenset("-−–‐‑")
_PLAIN = frozenset(" (\n")
_OPEN = frozenset(" \t\n\r\u00a0\u202f\u2009\u200a([{$,;:=<>~≈∼≤≥\"'“‘/|")
_LINKS = frozenset(" -–—−‐‑~∼±+\\$.…(")
# A mark of change: "(↑ 3.1%)", "91%, Δ2%"; but in "FID ↓ 2.5" it says which way is better.
_MARKED = re.compile(r"(?:(?<=[(\[,;/])|(?<=[,;/] ))[↑↓Δ][ ]?$")
_APART = re.compile(r"[ ]([KMB])(?![A-Za-z0-9])")
_BY = frozenset(("by",))
_SETTING = re.compile(r"[ -](?:super|SR\b|upsampl|upscal|magnif|zoom|objective|downsampl)")
_COORDINATED = re.compile(r"(?:[^0-9.;:()]{0,70}?(?:, and| and|,| or)|[ ]?/|[ ]to|,?[ ]?&)?[ ]?")


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of ``text``, in order and without overlap; spans are code-point offsets into ``text``.

    ``value`` carries the sign that the text writes (``−4.3`` → -4.3), and so does ``high``. Fractions (``half``,
    ``1/3``) are percentages. Numbers inside names, citations, references to sections, years, dates, sizes such as
    512×512 and modifiers such as 5-shot are no quantities. Any text is legal.
    """
    words = hedges()
    found = _scan_digits(text, words)
    spelled = wordscan.scan(text, words)
    if spelled:
        found = _merge(found, spelled) if found else spelled
    if len(found) < 2:
        return found
    return _share_bounds(text, _share_units(text, found))


def _scan_digits(text: str, words: Hedges) -> list[Quantity]:
    found: list[Quantity] = []
    done = 0
    last = -2
    for start in places(text, "0123456789"):
        inside, last = start == last + 1, start  # a run of digits is read from its first one
        if start >= done and not inside:
            match = NUMBER.match(text, start)
            if match is not None:
                quantity, done = _read(text, match, start, words)
                if quantity is not None:
                    found.append(quantity)
    return found


def _read(text: str, match: re.Match[str], start: int, words: Hedges) -> tuple[Quantity | None, int]:
    """The quantity at a number match, or None, and the offset up to which the text is used up."""
    number = match["number"]
    if number is None:
        return None, match.end()
    begin, sign, money = start, "", None
    before = text[start - 1] if start else " "
    if before == "(" and start > 1 and labels.inside_name(text, start, before):
        return None, labels.name_end(text, match.end(), before)
    if before not in _PLAIN:
        if before == "." and (start == 1 or text[start - 2] in _OPEN or text[start - 2] in "+-−–"):
            begin -= 1
            number = number if "." in number else "." + number
            before = text[begin - 1] if begin else " "
        glued = labels.glued_prefix(text, begin)
        if not glued and before in MONEY and not labels.in_math(text, begin, match.end()):
            money = MONEY[before]
            begin -= 1
            before = text[begin - 1] if begin else " "
        elif before == "$" and begin > 1 and text[begin - 2] in "+-−–":
            begin -= 1
            before = text[begin - 1]
        if not glued and (before == "+" or before in _MINUS):
            outer = text[begin - 2] if begin > 1 else " "
            if outer in "{(" and labels.inside_name(text, begin - 1, outer):
                return None, labels.name_end(text, match.end(), outer)
            lone = outer == " " and labels.is_lone_dash(text, begin)
            if lone and before != "-":  # 3 –9
                pass
            elif text.startswith("+/", begin - 3):  # a ± of its own
                pass
            elif outer in _OPEN:
                if lone and text[begin - 3] == "^":
                    return None, match.end()
                if labels.broken_name(text, begin - 1, match):
                    return None, labels.name_end(text, match.end())
                sign, begin = "+" if before == "+" else "-", begin - 1
            elif before not in "-–" or outer != before:  # a double hyphen is a dash
                return None, labels.name_end(text, match.end())
        elif not glued and labels.inside_name(text, begin, before):
            return None, labels.name_end(text, match.end(), before)
    end = read(text, match, number, money)
    if not end.kind or (sign == "-" and end.scale > 1 and end.unit is None):  # "Name-7B and -13B" has no minus
        return None, max(end.end, match.end())
    label = labels.label_end(text, begin, end.end, number, end.kind, end.whole and not sign and money is None, words)
    if label:
        return None, label
    return _complete(text, begin, sign, money, end, words)


def _complete(
    text: str, begin: int, sign: str, money: str | None, low: End, words: Hedges
) -> tuple[Quantity | None, int]:
    """Adds error, upper end and bound to the first number of a quantity."""
    if (
        not sign
        and not text[max(0, begin - 2) : begin].isascii()
        and (mark := _MARKED.search(text, max(0, begin - 4), begin))
    ):
        sign, begin = "-" if mark[0][0] == "↓" else "+", mark.start()
    bound, previous = bound_before(text, begin, words)
    value, end, kind, unit = low.value, low.end, low.kind, low.unit
    high = error = None
    if text[end : end + 1] in _LINKS:
        plus_minus = _PLUS_MINUS.match(text, end)
        if plus_minus is not None:
            other = number_at(text, plus_minus.end(), None)
            if other is not None and other.kind and (other.unit is None or unit is None or other.unit == unit):
                error, end = other.value, other.end
                if unit is None:
                    kind, unit = (other.kind, other.unit) if other.unit is not None else (kind, unit)
                    value = scaled(value, other.scale) if low.scale == 1 else value
                if "(" in plus_minus[0] and text[end : end + 1] == ")":
                    end += 1
        else:
            upper = _upper(text, begin, sign, money, low, previous, words)
            if upper is not None:
                if not upper.kind:
                    return None, upper.end
                value = _lower_value(low, upper)
                high, end, kind, unit = upper.value, upper.end, upper.kind, upper.unit
                if unit is None and low.kind == "plain" and upper.scale == 1:
                    kind = "plain"
                if 0 <= high < value and not sign:  # "by 0.19 to 0.13"
                    value, high = high, value
    if math.inf in (value, high, error):  # beyond all numbers only with the scale of the other end
        return None, end
    if kind == "factor":
        if _SETTING.match(text, end):
            return None, end
        if high is None and text.startswith("times", end - 5) and labels.is_repetition(text, end, previous, words):
            kind, unit = "count", None
    elif unit is None and labels.is_factor(text, begin):
        kind, unit = "factor", "x"
    if sign == "-":
        value = -value
    bound = bound or bound_after(text, end, words) or "="
    return Quantity(begin, end, text[begin:end], value, kind, high, error, unit, bound, sign), end


def _upper(text: str, begin: int, sign: str, money: str | None, low: End, previous: str, words: Hedges) -> End | None:
    """The upper end, signed, of a range from ``low``; None if there is none, without kind if both are a name."""
    link = _RANGE.match(text, low.end)
    if link is None:
        return None
    word, tight, currency = link["word"], link["tight"], link["money"]
    if word == "and":
        if previous not in words.between and not labels.opens_with(text, begin, words.between, words):
            return None
    elif word == "to" and labels.is_from_to(text, begin, previous, words):
        return None
    if currency == "$" and money is None and low.unit is None:  # it opens a formula
        currency = None
    other = number_at(text, link.end(), MONEY[currency[-1]] if currency else money)
    if other is None:
        return None
    if low.scale > 1 == other.scale and other.kind == "count":
        other = _apart(text, low, other)
    if not other.kind:  # 1-5-shot, 2-7B-chat
        return End(0.0, labels.name_end(text, max(other.end, link.end())), "") if tight else None
    if tight:
        if text[other.end : other.end + 1] in "-–" and text[other.end + 1 : other.end + 2].isdigit():
            return End(0.0, labels.name_end(text, other.end), "")  # a chain of numbers is an identifier
        if low.whole and other.whole and other.unit is None and labels.are_years(low.value, other.value):
            return End(0.0, other.end, "")
    to_points = low.unit == "percent" and other.unit == "point"  # 0.1%-0.5% points
    if low.unit != other.unit and (low.unit is not None or other.unit is None) and not to_points:
        return None
    if other.scale != low.scale != 1 and not 1 < other.scale > low.scale:  # 80M to 14B
        return None
    lower = _lower_value(low, other)
    if tight and low.scale == 1 < other.scale and lower == low.value:  # Name 5-3B
        return None
    second = link["sign"] or (sign if sign == "-" and other.value > lower else "")
    top = -other.value if second and second != "+" else other.value
    bottom = -lower if sign == "-" else lower
    if bottom < top or bottom < 0 > top:
        return other._replace(value=top)
    plain = low.kind == "plain" and other.kind == "plain"
    if plain and word == "to" and top > 0 and labels.opens_with(text, begin, _BY, words):  # falling
        return other._replace(value=top)
    return End(0.0, other.end, "") if tight and low.whole and other.whole and other.unit is None else None


def _lower_value(low: End, upper: End) -> float:
    """The lower value, by the scale that ``1-2B`` writes only once; ``224 to 4K`` rises without it."""
    if low.scale != 1 or upper.scale == 1:
        return low.value
    value = scaled(low.value, upper.scale)
    return value if value <= abs(upper.value) else low.value


def _apart(text: str, low: End, other: End) -> End:
    """The upper end with the scale that stands apart from it as from the lower: ``0.5 B to 671 B``."""
    scaling = _APART.match(text, other.end)
    if scaling is None or text[low.end - 2 : low.end - 1] != " ":
        return other
    scale = SCALES[scaling[1]]
    return End(scaled(other.value, scale), scaling.end(), "count", None, scale)


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


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """The unit of a list holds for all its numbers: ``+3.9/+4.0 pp``, ``30/10/4%``, ``22.6, 16.9 and 4.7 FPS``."""
    after, shared = found[-1], False
    for at in range(len(found) - 2, -1, -1):
        before = found[at]
        shared = (
            before.unit is None
            and after.unit is not None
            and after.start - before.end < 7
            and before.high is None
            and not before.word
            and _listed(text, before, after, shared)
        )
        if shared:
            found[at] = before = replace(before, kind=after.kind, unit=after.unit)
        after = before
    return found


_LIST_LINK = re.compile(r"[ ]?/[ ]?|,[ ]|,?[ ](?:and|or|&)[ ]")
_LISTED_BEFORE = re.compile(r"[0-9],[ ](?:and[ ])?[-+−]?$")


def _listed(text: str, before: Quantity, after: Quantity, shared: bool) -> bool:
    """Whether two numbers stand in one list of measures; a slash may also part a count from its total ("2/3 days")."""
    link = text[before.end : after.start]
    if _LIST_LINK.fullmatch(link) is None or not text[before.start : before.end].lstrip("+-−")[:1].isdigit():
        return False
    if "/" not in link:
        if link == ", " and not shared and not _LISTED_BEFORE.search(text, max(0, before.start - 12), before.start):
            return False  # "mAP at 0.5, 96.4% precision": two numbers with a comma are no list
        if text.endswith(" at ", 0, before.start) or "." not in before.text or before.sign != after.sign:
            return False
        return after.kind in ("percent", "points", "unit") and not after.word
    if after.kind in ("percent", "points"):
        return True
    return "." in before.text and "." in after.text and not after.text.endswith("times")


def _share_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """A hedge before a coordination holds for all its numbers: "up to 5% on A and 7% on B"."""
    before = found[0]
    for at in range(1, len(found)):
        after = found[at]
        alike = before.kind == after.kind and before.unit == after.unit and not after.word
        if (
            before.bound != "="
            and after.bound == "="
            and alike
            and after.start - before.end < 80
            and _COORDINATED.fullmatch(text, before.end, after.start)
        ):
            found[at] = after = replace(after, bound=before.bound)
        before = after
    return found
