"""Quantities in words: ``doubles``, ``two thirds``, ``ten-fold``, ``five percent``, ``two orders of magnitude``."""

from __future__ import annotations

import re
from bisect import bisect_right

from claimx import labels
from claimx.bounds import Hedges, bound_after, bound_before
from claimx.model import Quantity, Span
from claimx.numerals import PARTS, percentage, word_value
from claimx.scan import places
from claimx.units import kind_of, match_unit

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALES = r"hundred|thousand|million|billion|trillion|dozen"
_PARTS = r"thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?|half|halves"
# The alternatives are grouped by first letter: that is what keeps this scan cheap on a text without number words.
_WORDS = (
    r"(?P<word>[Tt](?:wo|hree|en|welve|hirteen|wenty|hirty|wice|hrice|ripl(?:es?|ed|ing))(?P<fold>fold)?"
    r"|[Ff](?:our(?:teen)?|ive|ifteen|orty|ifty)(?:fold)?|[Ss](?:ix(?:teen|ty)?|even(?:teen|ty)?)(?:fold)?"
    r"|[Ee](?:ight(?:een|y)?|leven)(?:fold)?|[Nn]in(?:e(?:teen|ty)?)(?:fold)?|[Oo]ne|[Zz]ero"
    r"|[Hh](?:alf|alv(?:es|ed|ing))|[Dd]oubl(?:es?|ed|ing)|[Qq]uadrupl(?:es?|ed|ing)|hundred(?:fold)?"
    r"|[Aa][ ](?:third|quarter|fourth|fifth|sixth|eighth|tenth|dozen|hundred|thousand|million|billion"
    r"|second|minute|day|week|month|year)|[Aa]n[ ]hour)(?![A-Za-z])"
)
_TRIGGER = re.compile(_WORDS)
_OPENERS = '(\n"“'  # what may stand before the first word, besides a space
# One space is searched for much faster than a class of characters, and most words are told by two letters.
_AFTER_SPACE = re.compile(rf" (?=[TtFfSsEeNnOoZzHhDdQqAa][aehilnoruw ]){_WORDS}")
_MORE = re.compile(rf"(?:(?<=ty)[- ](?:{_ONES})(?![A-Za-z]))?(?:[ -](?:{_SCALES})(?![A-Za-z])){{0,2}}")
_TO = re.compile(
    rf"(?:[ ]to[ ]|-to-|[-–]|[ ]or[ ])(?P<high>(?:{_TEENS}|{_TENS}|{_ONES})(?:(?<=ty)-(?:{_ONES}))?)(?![A-Za-z])"
)
_FOLD = re.compile(r"[ -]?fold(?![A-Za-z])")
_PART = re.compile(rf"[ -](?P<part>{_PARTS})(?![A-Za-z-])")
_IN = re.compile(r" (?:in|out of)(?: every)? (?P<of>three|four|five|six|seven|eight|nine|ten|twenty|hundred)(?= [a-z])")
_ORDERS = re.compile(r"orders?[ -]of[ -]magnitudes?")
_ORDER_COUNT = re.compile(
    r"(?:(?P<low>[A-Za-z]+|[0-9]{1,2}(?:\.[0-9])?)(?:[ ]?(?:-|–|--|~)[ ]?|[ ](?:to|or)[ ]|-to-))?"
    r"(?<![A-Za-z0-9.])(?P<high>[A-Za-z]+|[0-9]{1,2}(?:\.[0-9])?\+?)[ -](?:(?:full|whole|decimal)[ ])?$"
)
_VAGUE = {"several": 2, "multiple": 2, "many": 2, "few": 2}
_FACTORS = {"halv": 2, "doubl": 2, "tripl": 3, "quadrupl": 4}
_FACTOR_STEM = re.compile(r"halv|doubl|tripl|quadrupl")
_OBJECT = re.compile(
    r" (?:the|its|their|our|that|those|of|in|both|all|training|inference|memory|computation|performance|throughput"
    r"|speed|accuracy|cost|latency)\b"
)
# A triple as a thing: "a triple of an ontology", "the fact triple of".
_A_TUPLE = re.compile(r" of an? ")
_COMPOUND = re.compile(r"(?<![A-Za-z])(?:[Aa]n?|[Tt]he|each|every) [a-z-]+[a-rt-z] $")
_ITEMS = re.compile(r" ?(?::|[(]?(?:1|i|a)[)])")  # "two-fold: 1) …" announces items
_BEFORE_NOUN = frozenset(
    (
        "two",
        "both",
        "the",
        "these",
        "three",
        "upper",
        "lower",
        "left",
        "right",
        "knowledge",
        "of",
        "rdf",
        "a",
        "into",
        "entity",
        "such",
        "extracted",
        "relation",
    )
)
_PART_USE = re.compile(
    r" (?:of|the|as|less|fewer|more|lower|higher|smaller|larger|faster|slower|cheaper|that|its|their|compared|in|to"
    r"|while|with|when|and|on|over|even|per|for|using|by|at|after|without)\b|[.,;)]|$"
)
_NOT_HALF_BEFORE = frozenset(
    (
        "first",
        "second",
        "third",
        "other",
        "later",
        "latter",
        "lower",
        "upper",
        "top",
        "bottom",
        "each",
        "left",
        "right",
        "back",
        "last",
        "and",
    )
)
_NOT_HALF_AFTER = re.compile(r"-|[ ](?:precision|life|lives|plane|space|century|duplex|wave|normal|quadratic|an)\b")
_HALF_OF = re.compile(r" an? (?=[a-z])")
_TWICE_USE = re.compile(
    r" (?:as|the|that|its|their|of|our|faster|slower|more|less|fewer|better|larger|bigger|smaller|higher|lower|longer"
    r"|what|those)\b"
)
_DEGREE = frozenset(("than", "nearly", "almost", "about", "approximately", "over", "roughly"))
_MORE_THAN = _DEGREE | {"can", "could", "will", "would", "may"}
_POINT_VERBS = _DEGREE | {
    "by",
    "least",
    "most",
    "only",
    "just",
    "within",
    "loses",
    "lose",
    "lost",
    "losing",
    "gains",
    "gain",
    "gained",
}
_BY = _DEGREE | {"by", "to", "only", "just", "under", "around", "as"}
_VAGUE_BEFORE = frozenset(("several", "few", "many", "some", "couple"))
_BE = frozenset(("is", "are", "was", "were", "be", "being", "as", "in", "contributions", "contribution"))
_TIMES_COUNT = re.compile(r" (?:with|using|during|for|on|and|over|in)\b")
_SINGULAR = frozenset(
    (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "degree",
        "point",
        "bit",
        "pixel",
        "step",
    )
)


def scan(text: str, words: Hedges) -> list[Quantity]:
    """The quantities of ``text`` that are written in words, in order; orders of magnitude with digits among them."""
    found: list[Quantity] = []
    done = 0
    for start, end in _triggers(text):
        if start >= done:
            quantity = _word(text, start, end, words)
            if quantity is not None:
                found.append(quantity)
                done = quantity.end
    if "of magnitude" in text or "of-magnitude" in text:
        orders = [order for match in _ORDERS.finditer(text) if (order := _orders(text, match, words)) is not None]
        ends = [order.end for order in orders]  # of those in order that end behind a word's start, the first is nearest
        after = (bisect_right(ends, q.start) for q in found)
        found = [q for q, i in zip(found, after, strict=True) if i == len(ends) or orders[i].start >= q.end] + orders
        found.sort(key=lambda q: q.start)
    return found


def _triggers(text: str) -> list[Span]:
    """Where number words begin and end, in order."""
    found = [match.span("word") for match in _AFTER_SPACE.finditer(text)]
    others = [match.span() for at in places(text, _OPENERS) if (match := _TRIGGER.match(text, at + 1))]
    if others:
        ends = {end for _, end in others}  # "(a hundred" is found from its second word, too
        found = sorted([span for span in found if span[1] not in ends] + others)
    first = _TRIGGER.match(text)
    return [first.span(), *found] if first is not None else found


def _make(
    text: str,
    start: int,
    end: int,
    value: float,
    kind: str,
    unit: str | None,
    words: Hedges,
    high: float | None = None,
    bound: str = "",
) -> Quantity:
    bound = bound_before(text, start, words)[0] or bound_after(text, end, words) or bound or "="
    return Quantity(start, end, text[start:end], value, kind, high, None, unit, bound, "", True)


def _orders(text: str, match: re.Match[str], words: Hedges) -> Quantity | None:
    """``two orders of magnitude`` = 100; a bare or vague plural is a lower bound."""
    at, end = match.span()
    low = max(0, at - 40)
    count = _ORDER_COUNT.search(text[low:at])
    first = last = None
    start = at
    if count is not None:
        last, first = _exponent(count["high"]), _exponent(count["low"]) if count["low"] else None
        if last is not None:
            start = low + (count.start("low") if first is not None else count.start("high"))
            if count["high"] in ("an", "one", "a", "One", "An"):
                start = low + count.start("high")
                first = None
    bound = ""
    if last is None:
        if match[0].startswith("order ") or match[0].startswith("order-"):
            return None
        vague = count["high"].lower() if count is not None else ""
        last, bound = _VAGUE.get(vague, 1), ">="
        if vague in _VAGUE and count is not None:
            start = low + count.start("high")
            if vague == "few" and text[:start].endswith("a "):
                start -= 2
    if last > 30 or (first is not None and not first < last):
        return None
    value = round(10.0 ** (last if first is None else first), 6)
    high = None if first is None else round(10.0**last, 6)
    return _make(text, start, end, value, "factor", "x", words, high, bound)


def _exponent(written: str) -> float | None:
    if written[0].isdigit():
        return float(written.rstrip("+"))
    written = written.lower()
    return 1.0 if written in ("an", "another") else None if written == "a" else word_value(written)


def _word(text: str, start: int, end: int, words: Hedges) -> Quantity | None:
    """The quantity whose first word is ``text[start:end]``, or None."""
    word = text[start:end].lower()
    if word == "half":
        return _half(text, start, end, words)
    if word in ("twice", "thrice"):
        if _TWICE_USE.match(text, end) or _last_word(text, start) in _DEGREE:
            return _make(text, start, end, 2.0 if word == "twice" else 3.0, "factor", "x", words)
        return None
    stem = _FACTOR_STEM.match(word)
    if stem is not None:
        return _verb(text, start, end, word, float(_FACTORS[stem[0]]), words)
    if word[:2] == "a " or word[:3] == "an ":
        return _article(text, start, end, word, words)
    return _number(text, start, end, word, words)


def _last_word(text: str, start: int) -> str:
    left = text[max(0, start - 24) : start].split()
    return left[-1].lower() if left else ""


def _half(text: str, start: int, end: int, words: Hedges) -> Quantity | None:
    if _last_word(text, start) in _NOT_HALF_BEFORE:
        return None
    article = _HALF_OF.match(text, end)
    if article is not None:
        found = match_unit(text, article.end())
        if found is None:
            return None
        return _make(text, start, found[1], 0.5, kind_of(found[0]), found[0], words)
    if _NOT_HALF_AFTER.match(text, end) or text[end + 1 : end + 2].isupper():
        return None
    return _make(text, start, end, 50.0, "percent", "percent", words)


def _verb(text: str, start: int, end: int, word: str, value: float, words: Hedges) -> Quantity | None:
    """``doubles``: a factor where it is a verb, not where it is a noun or an adjective (triples, double precision)."""
    if text[end : end + 1] == "-" or text.startswith(" down", end):
        return None
    last = _last_word(text, start)
    if word in ("double", "triple", "quadruple"):
        if not _OBJECT.match(text, end) and last not in _MORE_THAN:
            return None
        if _A_TUPLE.match(text, end) or _COMPOUND.search(text, max(0, start - 30), start):
            return None
    elif word in ("halves", "triples", "doubles") and (
        last in _BEFORE_NOUN or not _OBJECT.match(text, end) or text.startswith(" of", end)
    ):
        return None
    return _make(text, start, end, value, "factor", "x", words)


def _article(text: str, start: int, end: int, word: str, words: Hedges) -> Quantity | None:
    """``a third``, ``a dozen``, ``a thousand``; ``a day`` only with a hedge before it."""
    noun = word.split()[-1]
    if text[end : end + 1] == "-":
        return None
    if noun in PARTS:
        if _PART_USE.match(text, end) is None or (text[end : end + 1] != " " and _last_word(text, start) not in _BY):
            return None
        return _make(text, start, end, percentage(1, noun), "percent", "percent", words)
    if noun in _SINGULAR:
        hedged = bound_before(text, start, words)[0] and _PART_USE.match(text, end)
        return _make(text, start, end, 1.0, "unit", noun, words) if hedged else None
    return _number(text, start, end, word, words)


def _number(text: str, start: int, end: int, word: str, words: Hedges) -> Quantity | None:
    """A number word with what follows it: more number words, a fraction, ``-fold``, a unit; else a count."""
    if word == "hundred" and _last_word(text, start) in _VAGUE_BEFORE:
        return None
    fold = word.endswith("fold")
    if not fold:
        more = _MORE.match(text, end)
        end = more.end() if more is not None else end
    value = word_value(text[start:end].lower().removesuffix("fold"))
    if value is None:
        return None
    if fold:
        return _folds(text, start, end, value, None, words)
    high = None
    stop = end
    span = _TO.match(text, end)
    if span is not None:
        top = word_value(span["high"])
        if top is not None and top > value:
            high, stop = top, span.end()
    for upper, at in ((high, stop), (None, end)) if high is not None else ((None, end),):
        if _FOLD.match(text, at):
            return _folds(text, start, _FOLD.match(text, at).end(), value, upper, words)  # type: ignore[union-attr]
        found = _unit_after(text, at, value, words, start)
        if found is not None:
            return _make(text, start, found[1], value, kind_of(found[0]), found[0], words, upper)
    part = _PART.match(text, end)
    if part is not None and value < PARTS[part["part"]] and (value > 1) == part["part"].endswith("s"):
        return _make(text, start, part.end(), percentage(value, part["part"]), "percent", "percent", words)
    if text[end : end + 1] in "-‐‑–" and text[end : end + 1] and text[end + 1 : end + 2].isalnum():
        return None
    if value == 1:
        rate = _IN.match(text, end)
        of = word_value(rate["of"]) if rate is not None else None
        if rate is not None and of:
            return _make(text, start, rate.end(), round(100 / of, 2), "percent", "percent", words)
        return None
    if _last_word(text, start) in words.reference or (value == 0 and text.startswith(" shot", end)):
        return None
    if labels.is_factor(text, start):
        return _make(text, start, end, value, "factor", "x", words, high)
    return _make(text, start, end, value, "count", None, words)


def _unit_after(text: str, at: int, value: float, words: Hedges, start: int) -> tuple[str, int] | None:
    """The unit behind a number word, where it is one: not "run five times", not "two second stages"."""
    sign = text[at : at + 1]
    if sign not in (" ", "-"):
        return None
    found = match_unit(text, at + 1)
    if found is None:
        return None
    unit, end = found
    if end - at < 4 and text[at + 1 : end] not in ("pp", "ms"):  # letters behind a number word are no unit signs
        return None
    if sign == "-" and (unit not in ("percent", "point", "x") or labels.is_scale_noun(text, end)):
        return None
    if unit == "x":
        if labels.is_repetition(text, end, _last_word(text, start), words) or _TIMES_COUNT.match(text, end):
            return None
    elif text[at:end] == " points" and _last_word(text, start) not in _POINT_VERBS:
        return None
    elif unit in _SINGULAR and text[end - 1] != "s" and (value != 1 or unit == "point"):
        return None
    if labels.not_a_unit(text, at, found, value, True):
        return None
    return found


def _folds(text: str, start: int, end: int, value: float, high: float | None, words: Hedges) -> Quantity | None:
    """``ten-fold``; not "ten-fold cross-validation", not "our contribution is two-fold"."""
    if value < 2 or labels.is_folds(text, end, "fold") or _last_word(text, start) in _BE or _ITEMS.match(text, end):
        return None
    return _make(text, start, end, value, "factor", "x", words, high)
