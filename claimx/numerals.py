"""Numbers as written: digits with separators and exponents, and the number words of English."""

from __future__ import annotations

import math
import re

_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = {word: value for value, word in enumerate(_UNITS)}
TENS = {word: 10 * value for value, word in enumerate(_TENS, 2)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "mn": 10**6,
    "B": 10**9,
    "bn": 10**9,
    "T": 10**12,
}
# Percentages of the fractions, as exact as the decimals that a text would print.
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "eighth": 8,
    "eighths": 8,
    "tenth": 10,
    "tenths": 10,
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")

_WORD_PART = re.compile(r"[A-Za-z]+")


def decimal(digits: str) -> float:
    """The value of digits with thousands commas: ``1,888`` → 1888.0; ``.93`` → 0.93."""
    head, comma, tail = digits.rpartition(",")
    if comma and len(tail) < 3:
        return float(f"{head}.{tail}")  # 97,7 with a decimal comma
    return float(digits.replace(",", ""))


def scaled(value: float, factor: int) -> float:
    """``value × factor`` as the decimal reads: 1.1 million is 1100000, not 1100000.0000000001."""
    product = value * factor
    whole = round(product, 6) if math.isfinite(product) else product
    return whole if abs(whole - product) <= 1e-9 * abs(product) else product


def power(mantissa: str, exponent: str) -> float | None:
    """``mantissa × 10^exponent``, read as one decimal; None where it exceeds a float."""
    value = float(f"{mantissa.replace(',', '')}e{exponent.translate(SUPERSCRIPTS)}")
    return value if math.isfinite(value) else None


def word_value(words: str) -> float | None:
    """The value of number words (``twenty-five``, ``three hundred``, ``a dozen``), or None if they are no number."""
    total = current = 0.0
    seen = False
    for word in _WORD_PART.findall(words.lower()):
        if word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word in ("a", "and"):
            continue
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES and len(word) > 2:
            total += (current or 1) * SCALES[word]
            current = 0.0
        else:
            return None
        seen = True
    return total + current if seen else None


def percentage(count: float, part: str) -> float:
    """The percentage of ``count`` parts (``two thirds`` → 66.67), to two decimals."""
    return round(100 * count / PARTS[part], 2)
