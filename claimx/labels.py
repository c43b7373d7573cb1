"""Numbers that are no quantities: in names, references, citations, years, dates, enumerations, settings."""

from __future__ import annotations

import re

from claimx.bounds import Hedges
from claimx.units import match_unit

_WINDOW = 120  # characters looked at on either side; keeps every check constant in the length of the text
_GLUED = re.compile(r"(?<![A-Za-z])(?:sim|approx|Delta|pm|geq?|leq?|uparrow|downarrow|Δ|δ)$")
_NAME_REST = re.compile(r"[^\s,;:()\[\]]*")
_MATH_END = re.compile(r"[^\s$]{0,40}\$(?![0-9])|[^$\n]{0,24}[0-9})\]]\$(?![0-9])|[^$\n]{0,60}[\\^_=][^$\n]{0,60}\$")
_VERSION = re.compile(r"(?:\.[0-9]+)+")
_CITATION = re.compile(r"[0-9]{1,3}(?:[ ]?[,;–-][ ]?[0-9]{1,3})*\]")
_SIZE = re.compile(r"[ -]([0-9]+(?:\.[0-9]+)?[BM])(?![A-Za-z0-9])")
_FOLDS = re.compile(
    r"s\b|[ -]?(?:cross|CV|\(?cv\b|validation|stratified|nested|leave|split|test|experiment|evaluation)", re.I
)
_SCALE_NOUN = re.compile(
    r"[ -](?:[Ll]ikert|scale|rating|survey|star|cloud|stencil|correspondence|algorithm|solver|plan|method|rubric|grid"
    r"|bending|ordinal|check|summary|bounding|set|system|interpolation|perspective)"
)
_RECURRING = re.compile(r" (?:per|each|every|daily|weekly|in a row|a (?:second|minute|hour|day|week|month|year))\b")
_COMPARED = re.compile(
    r" (?:[a-z]+er|more|less|as|the|that|its|their|better|worse|what|speed-?up|reduction|increase|improvement)\b"
)
_FACTOR_OF = re.compile(
    r"(?<!real-time )(?<!power )(?<!quality )(?<!safety )(?<!impact )(?<!load )(?<!fill )"  # these are measures
    r"[Ff]actors? (?:of )?(?:(?:up to|about|around|approximately|roughly|over|nearly|almost|more than|at least) )?"
    r"[~≈$]?$"
)
_UNITED = re.compile(r"(?<![A-Za-z0-9.-])[0-9]+(?:\.[0-9]+)?[ ]?[A-Za-z]{1,5}/$")
_BETWEEN = re.compile(r"(?:[Bb]etween|these|those|[Tt]he|all|any|at|into|with|set of|only)(?: any)? [a-z0-9]+$")
_COUNTED = re.compile(
    r" (?:[a-z]+ )?(?:parameters?|params|tweets|samples|images|steps|tokens|users|examples|pairs|sentences"
    r"|words|documents|records|views|queries|posts|articles|papers|rows|videos|triples|items|reviews|messages|people|interactions"
    r"|instances)\b"
)
_PLURAL = re.compile(r" [a-z]+s\b")
_RELEASE = re.compile(r"[0-9]+|1?[0-9]\.[0-9]{1,2}|[0-9]+(?:\.[0-9]+)?[BMK]")  # 88.5 after a name is its score
_TOKEN = re.compile(r"\S{0,200}")
_ADDRESS = re.compile(r"://|\(cid:|www\.|arxiv|doi|\.(?:com|org|io|net|edu|ai|cc|co|gov)(?:/|$)|10\.[0-9]{4,}/", re.I)
_ARXIV = re.compile(r"[0-9]{4}\.[0-9]{5}$")
_P_VALUE = re.compile(r"(?<![A-Za-z])[pP](?:[- ]values?)?[ ]?(?:=|<|>|≤|≥|\\leq?|\\le|of)[ ]?$")
_DECADE = re.compile(r"(?:[Tt]he|his|her|their|early|late|mid) [2-9]0$")
_UPPER_NAME = re.compile(r"[A-Z][A-Za-z]*[A-Z]+[A-Za-z]*$|[A-Z][a-z]+[A-Z][A-Za-z]*$")
# A capitalised word inside a sentence, and what a bare number may stand before.
_PROPER = re.compile(r"[a-z0-9,)] [(\"“‘]?[A-Z][a-z]+$")
_BARE = re.compile(r"[ ,;:)]|\.(?![0-9])|$")
_FUNCTION = re.compile(r"(?<![A-Za-z])(?:sqrt|[dt]?frac|log|ln|exp|binom)$")
_GROWTH = re.compile(r"(?<![A-Za-z])(?:sqrt|log|ln|exp|(?P<order>[OoΘΩ]))$")
_CONSTANT = re.compile(r"1[)/]")  # O(1), O(1/n); but O(10^5) is about that many
# What makes a number a term of a formula: 1+γ, 1 + \epsilon, 1-\delta; not "3 + a few", "100+K".
_TERM = re.compile(
    r"[ ]?\+[ ]?(?:\$?\\(?!pm|times|sim|approx)[a-z]{2}|(?![aAI] |[kKMB](?![a-z]))[^\W\d_](?![^\W\d_]))"
    r"|[-−]\\(?:[a-z]*epsilon|delta|gamma|alpha|beta|eta|rho|mu|lambda|theta)"
)


def is_year(value: float) -> bool:
    """Whether a bare whole number looks like a year."""
    return 1900 <= value <= 2035 and value == int(value)


def are_years(low: float, high: float) -> bool:
    """Whether ``low-high`` is a span of years: 1798-1837, 2019-21."""
    return (is_year(low) and high < 100) or (1500 <= low < high <= 2100)


def glued_prefix(text: str, at: int) -> bool:
    """Whether lost mark-up stands attached before ``at``: ``sim0.6``, ``pm0.3``."""
    return text[at - 1 : at].isalpha() and _GLUED.search(text, max(0, at - 12), at) is not None


def in_math(text: str, at: int, end: int) -> bool:
    """Whether the ``$`` before ``at`` opens a formula and is no currency sign."""
    if text[at - 1] == "$" and at > 1 and (text[at - 2].islower() or text[at - 2] in "}$"):
        return True  # that one closes a formula: $\\sim$5
    if _TERM.match(text, end):
        return True
    return text[end - 1] == "$" or (text[at - 1] == "$" and _MATH_END.match(text, end) is not None)


def is_lone_dash(text: str, at: int) -> bool:
    """Whether the dash before ``at`` stands behind a number and a space, or a raised mark: ``3 –9``, ``n^ -2``."""
    return at > 2 and (text[at - 3].isdigit() or text[at - 3] in "%×^")


def broken_name(text: str, at: int, match: re.Match[str]) -> bool:
    """Whether the hyphen at ``at`` belongs to a name that a space broke: ``ResNet -50``."""
    if text[at - 1 : at] != " " or not match["number"].isdecimal() or match["percent"] or match["factor"]:
        return False
    left = text[max(0, at - 31) : at - 1]
    if _UPPER_NAME.search(left) is not None:
        return True
    return (
        _PROPER.search(left) is not None
        and not match["letters"]
        and _BARE.match(text, match.end()) is not None
        and match_unit(text, match.end() + 1) is None
    )


def inside_name(text: str, at: int, before: str) -> bool:
    """Whether the character before a number ties it to a name or a token that is no number."""
    if before.isalnum() or before in "_@#^ˆ√":
        return True
    outer = text[at - 2 : at - 1] if at > 1 else " "
    if before == "{":
        return not outer.isalpha() or _FUNCTION.search(text, max(0, at - 8), at - 1) is not None
    if before == "(":
        return in_formula_bracket(text, at, outer)
    if before == "$":  # a formula glued to a name, LLaMA$2$
        return outer.isupper()
    if before == ".":
        return True
    if before in "'’":
        return outer.isalnum()
    if before == ":":
        return outer.isdigit() or (outer.isalpha() and _address(text, at))
    if before in "/\\=&?":
        if before == "/" and outer.isalpha():  # 1.7 dB/2.3 dB, but not TCP/2
            return _UNITED.search(text, max(0, at - 20), at) is None
        return before in "\\&?" or _address(text, at)
    return False


def in_formula_bracket(text: str, at: int, outer: str) -> bool:
    """Whether the bracket before ``at``, after ``outer``, holds an exponent or an argument: ``T^(2/3)``, ``log(2)``."""
    if outer in "^_ˆ":
        return at > 1
    growth = _GROWTH.search(text, max(0, at - 6), at - 1) if outer.isalpha() else None
    return growth is not None and (not growth["order"] or _CONSTANT.match(text, at) is not None)


def _address(text: str, at: int) -> bool:
    """Whether the number stands in an address or an identifier of a paper."""
    low = max(text.rfind(" ", max(0, at - _WINDOW), at) + 1, at - _WINDOW, 0)
    token = _TOKEN.match(text, low)
    return token is not None and _ADDRESS.search(token[0]) is not None


def name_end(text: str, at: int, before: str = "") -> int:
    """Where the name that a number stands in ends: no digit of ``Llama-3-70B`` is a quantity, nor of ``^{2/3}``."""
    if before in ("{", "("):
        close = text.find("}" if before == "{" else ")", at, at + 40)
        if close >= 0:
            return close + 1
    rest = _NAME_REST.match(text, at, at + _WINDOW)
    if rest is None:
        return at
    end = rest.end()
    stops = (text.find(sign, at, end) for sign in "%±×+=/~<>")
    return min((stop for stop in stops if stop >= 0), default=end)


def is_folds(text: str, at: int, sign: str) -> bool:
    """Whether a ``-fold`` is one of cross-validation."""
    return "old" in sign and _FOLDS.match(text, at) is not None


def is_repetition(text: str, end: int, previous: str, words: Hedges) -> bool:
    """Whether the ``times`` that ends at ``end`` counts events: "run 3 times", "10 times per second"."""
    if _RECURRING.match(text, end):
        return True
    return previous in words.repeat and _COMPARED.match(text, end) is None


def is_factor(text: str, begin: int) -> bool:
    """Whether "a factor of" stands before a number."""
    return (
        "factor" in text[max(0, begin - 48) : begin] and _FACTOR_OF.search(text, max(0, begin - 48), begin) is not None
    )


def is_scale_noun(text: str, at: int) -> bool:
    """Whether a ``5-point`` counts the steps of a scale."""
    return _SCALE_NOUN.match(text, at) is not None


def not_a_unit(text: str, at: int, found: tuple[str, int], value: float, whole: bool) -> bool:
    """Whether a unit form after a number is something else there."""
    unit, end = found
    size = end - at
    if unit == "degree" and text.startswith(" of ", end):  # of freedom
        return True
    if unit == "point" and whole and text[at:end].lstrip(" -").startswith("point"):
        if value >= 100 or _BETWEEN.search(text, max(0, at - 24), at):
            return True
    if size < 3 and text[at] != " " and end < len(text) and text[end] in "\\/^_]":  # a formula
        return size == 1 or text[end] != "/" or not text[end + 1 : end + 2].isdigit()  # but "1.8dB/0.01"
    if unit == "meter" and size == 1 and _COUNTED.match(text, end):  # 1.68m tweets
        return True
    if text[end - 1] == "$":  # behind a number it closes a formula
        return True
    if size == 1:  # attached: 1990s, 5G
        many = value >= 1000 and value == int(value)  # 1,000s of images
        return unit == "second" and (many or (whole and _DECADE.search(text, max(0, at - 9), at) is not None))
    if size == 2 and text[at] == " ":  # a single letter apart
        return end < len(text) and text[end] not in " ,.;:)]/\n"
    return False


def label_end(text: str, begin: int, end: int, number: str, kind: str, whole: bool, words: Hedges) -> int:
    """Where a number that only labels something ends, or 0 for a quantity.

    ``number`` is its digits, ``whole`` tells that nothing else is written.
    """
    after = text[end : end + 1]
    if after == "." and text[end + 1 : end + 2].isdigit():
        return end + len((_VERSION.match(text, end) or [""])[0])
    if after in ("^", "ˆ") or (after == "/" and _SYMBOL.match(text, end)):  # 2^n, 1/k
        return name_end(text, end + 1)
    if after == ":" and text[end + 1 : end + 2].isdigit():  # 12:30, 1:4
        return name_end(text, end + 1)
    if after == "/" and number.startswith("10.") and _address(text, begin):  # 10.1000/182
        return name_end(text, end + 1)
    before = text[begin - 1 : begin]
    if before == "[" and whole:
        citation = _CITATION.match(text, begin)
        if citation is not None:
            return citation.end()
    if kind not in ("count", "plain"):
        return 0
    if _ARXIV.match(number) or (before in "<>= " and _P_VALUE.search(text, max(0, begin - 14), begin)):
        return end
    if after in ("+", " ", "-", "−") and _TERM.match(text, end):
        return name_end(text, end + 1)
    if whole:
        if after == ")" and _enumerates(text, begin, before):
            return end
        if after == "." and text[end + 1 : end + 2] == " " and len(number) < 3 and _starts_line(text, begin):
            return end
        if len(number) == 4 and is_year(float(number)) and _dated(text, begin, end, before):
            return _span_of_years(text, end)
    if before in " ~\u00a0" or (before == "." and begin > 1):
        return _labelled(text, begin, end, whole, words)
    return 0


def _enumerates(text: str, begin: int, before: str) -> bool:
    """Whether ``2)`` or ``(2)`` numbers an item: no open bracket belongs to it, or one that holds nothing else."""
    if before == "(":
        return True
    low = max(0, begin - _WINDOW)
    return before in " \n" and text.rfind("(", low, begin) <= text.rfind(")", low, begin)


def _starts_line(text: str, begin: int) -> bool:
    return begin == 0 or text[begin - 1] == "\n" or text[max(0, begin - 2) : begin] in (". ", ": ", "; ")


def _dated(text: str, begin: int, end: int, before: str) -> bool:
    """Whether a number that looks like a year is one: not where it counts a plural noun."""
    if _PLURAL.match(text, end) is None or before == "(":
        return True
    left = text[max(0, begin - 12) : begin].split()
    return bool(left) and (left[-1].lower() in _BEFORE_YEAR or left[-1][0].isupper())


_SYMBOL = re.compile(r"/(?:\\|√|\(|[^\W0-9_](?![A-Za-z]))")
_BEFORE_YEAR = frozenset(("in", "since", "the", "year", "until", "early", "late", "mid", "by", "after", "before"))
_YEARS = re.compile(r"[-–/](?:[0-9]{4}|[0-9]{2})(?![0-9])")


def _span_of_years(text: str, end: int) -> int:
    span = _YEARS.match(text, end)
    return span.end() if span is not None else end


def _labelled(text: str, begin: int, end: int, whole: bool, words: Hedges) -> int:
    """A number named by the word before it, ``Table 3``, or by a month beside it."""
    if whole and text[end : end + 1] == " ":
        right = text[end + 1 : end + 12].split()
        if right and right[0].rstrip(",.;)").lower() in words.month and right[0][0].isupper():
            return end
    left = text[max(0, begin - 40) : begin].split()
    if not left:
        return 0
    last = left[-1].lstrip("([{\"'“‘")
    low = last.lower()
    label = low in words.reference or low.removesuffix("s") in words.reference
    if label or (low in words.capital and last[0].isupper()):
        if whole or last[0].isupper() or low in ("version", "v", "v.", "arxiv"):
            return name_end(text, end)
        return 0
    if low in words.month and last[0].isupper():
        return end
    return _family_end(text, begin, end, last, words)


def _family_end(text: str, begin: int, end: int, last: str, words: Hedges) -> int:
    """The end of a name such as ``Llama 3.1 8B`` that starts with ``last`` and goes on with the number, or 0."""
    if last == last.lower() or not _RELEASE.fullmatch(text, begin, end):
        return 0
    folded = last.lower()
    if folded not in words.family and folded.rstrip("0123456789.-") not in words.family:
        return 0
    size = _SIZE.match(text, end)
    return size.end() if size is not None else end


def opens_with(text: str, begin: int, openers: frozenset[str], words: Hedges) -> bool:
    """Whether one of ``openers`` stands before the number, words of hedging between them allowed."""
    left = text[max(0, begin - 40) : begin].lower().split()
    for word in reversed(left[-4:]):
        if word in openers:
            return True
        if word not in words.filler and word not in words.before:
            return False
    return False


_FROM_PAIR = re.compile(
    r"(?<!ing )(?<!range )(?<!ranges )(?<!ranged )(?<!varies )(?<!varied )(?<!vary )"
    r"from [^ ]{0,3}[0-9][^ ]{0,12}(?: [a-z]+)? to [^ ]{0,3}[0-9]"
    r"[^;]*(?: and|,) $"
)
_FROM = frozenset(("from",))
# "from an accuracy of 0.2 to 0.3", but not "from a set of 2 to 3 images".
_FROM_OF = re.compile(
    r"(?<![A-Za-z])from (?:an? |the |its |their )(?:[^\s,;:()]+ ){0,4}"
    r"(?!(?:range|interval|span|set|subset|total|number|pool|group|collection|handful|list|series|sequence|sample"
    r"|minimum|combination|mixture|ensemble|corpus) )[^\s,;:()]+ of [~≈$]?$"
)

_FROM_WHOSE = re.compile(r"(?<![A-Za-z])from [^\s,;:()]+['’]s $")


def _from_of(text: str, begin: int) -> bool:
    """Whether "from" and a name of what changes stand before the number: "from a score of", "from Foo's"."""
    if begin < 4:
        return False
    if text.startswith(("'s ", "’s "), begin - 3):
        return _FROM_WHOSE.search(text, max(0, begin - 40), begin) is not None
    return text.startswith(" of ", begin - 4) and _FROM_OF.search(text, max(0, begin - 80), begin) is not None


def is_from_to(text: str, begin: int, previous: str, words: Hedges) -> bool:
    """Whether ``a to b`` tells a change: "from" before it, unless that is "ranging from"."""
    if text[begin - 1 : begin] == "=":  # from mAP@50=3 to 4
        begin = max(text.rfind(" ", max(0, begin - 30), begin), 0)
    if previous != "from" and not opens_with(text, begin, _FROM, words) and not _from_of(text, begin):
        # "from 2% to 4% on A, and 3% to 5% on B"
        return previous in ("and", "to") and _FROM_PAIR.search(text, max(0, begin - _WINDOW), begin) is not None
    left = text[max(0, begin - _WINDOW) : begin].lower().split()
    at = max((i for i, word in enumerate(left) if word.lstrip("([") == "from"), default=0)
    if at and left[at - 1].strip("([,") in words.ranging:
        return False
    if any(left[k] in ("range", "ranges") and left[k + 1] == "of" for k in range(max(0, at - 5), at - 1)):
        return False  # "across a range of tolerances from 1 to 5 m"
    # "ranging from 2% to 4% on A and from 3% to 5% on B"
    again = at and left[at - 1].strip(",") in ("and", "or")
    return not (again and any(word.strip("([,") in words.ranging for word in left[:at]))
