"""The ways to write one name: a key that folds them, and what else a name may be read as once trimmings are off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .units import unit_of

_GREEK = {
    ord(letter): name
    for letter, name in zip(
        "αβγδεκλμρστφχ", "alpha beta gamma delta epsilon kappa lambda mu rho sigma tau phi chi".split(), strict=True
    )
}
_COMMAND = re.compile(r"\\(?:text|math|mbox|operatorname|emph)[a-z]*(?=\s*\{)|\\(?:up|down)arrow|\\(?=[%&_#$])")
_MARKS = re.compile(r"[↑↓⬆⬇⇑⇓▲▼†‡®™]")
_NO_DOT = re.compile(r"\.(?!\d)")
_BARE_DOT = re.compile(r"(?<!\d)\.(?=\d)")
_FOLDED = {ord(mark): None for mark in " \t\n\r\f\v\u00a0-‐‑‒–—―−_^'’‘`´\"“”$\\{}()[],;:/&="}
# British to American, in endings that no other words have.
_BRITISH = re.compile(r"(al|im|ar|er|id)is(?=e|ing|ation)|(lab|mod)ell|(col|behavi)our|(cent|met)re")


def _american(word: re.Match[str]) -> str:
    ending = ("iz", "el", "or", "er")[word.lastindex - 1] if word.lastindex else ""
    return word[word.lastindex or 0] + ending


def clean(text: str) -> str:
    """``text`` without LaTeX commands, arrows and compatibility forms (the ₁ of F₁ is 1); case and gaps stay."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _MARKS.sub("", text))
    if "\\" in text:
        text = _COMMAND.sub("", text)
    return text.strip().lstrip("#")


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """The folded key of a name: without case, accents, gaps, hyphens, brackets; Greek letters by name."""
    folded = clean(text).casefold()
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", folded.translate(_GREEK))
        folded = "".join(c for c in plain if not unicodedata.combining(c))
    if "." in folded:
        folded = _BARE_DOT.sub("0.", _NO_DOT.sub("", folded))
    return _BRITISH.sub(_american, folded.translate(_FOLDED))


def singulars(folded: str) -> Iterator[str]:
    """A key, and what it may be the plural of."""
    yield folded
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        if folded.endswith("ies"):
            yield folded[:-3] + "y"
        yield folded[:-1]
        if folded.endswith("es"):
            yield folded[:-2]


_ABBREVIATIONS = {
    "acc": "accuracy", "err": "error", "avg": "average", "bal": "balanced", "val": "validation", "valid": "validation",
    "coef": "coefficient", "coeff": "coefficient", "corr": "correlation", "prec": "precision", "rec": "recall",
    "dist": "distance", "sim": "similarity", "diff": "difference", "std": "standard deviation", "succ": "success",
    "perf": "performance", "comp": "completion", "eff": "efficiency", "dev": "development", "num": "number of",
    "len": "length", "lat": "latency", "mem": "memory", "temp": "temporal", "abs": "absolute", "rel": "relative",
    "norm": "normalized", "cls": "classification", "det": "detection", "seg": "segmentation", "spec": "specificity",
    "sens": "sensitivity", "pixelwise": "pixel-wise", "freq": "frequency", "ppl": "perplexity", "seq": "sequence",
    "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "wtd": "weighted", "thr": "throughput",
    "param": "parameter", "minimum": "min", "maximum": "max",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+\b\.?")


def expanded(text: str) -> str:
    """``text`` with its abbreviated words in full: "Bal. Acc." → "balanced accuracy"."""
    return _WORD.sub(lambda word: _ABBREVIATIONS.get(word[0].rstrip(".").lower(), word[0]), text)


_BETTER = re.compile(r"[(\[,;]?\s*(?:higher|lower|larger|smaller) is better\s*[)\]]?", re.I)
# A unit after a name, in brackets or behind a comma or "in".
_UNITS = (
    r"(?:in\s+)?(?:%|percent(?:age)?|pct\.?|per\s?cent|points?|pts?\.?|dB|ms|msec|µs|μs|us|s|secs?\.?|seconds?|min|minutes?"
    r"|h|hrs?|hours?|days?|[KMGT]?i?B|[KMGTB]|millions?|billions?|[mck]?m|meters?|°|deg\.?|degrees?|px|pixels?|bits?|bytes?"
    r"|[mk]?J|[mk]?W|k?Hz|fps|FPS|images?/s|img/s|tokens?/s|tok/s|\$|USD|x|×|X|bpp|a\.?u\.?|\d+\s*[-–]\s*\d+|[GMT]?FLOPs|Params?)"
)
_BRACKETED_UNIT = re.compile(
    rf"\s*(?:[(\[]\s*{_UNITS}\s*[,;]?\s*[)\]]|/\s*%|,\s*{_UNITS}|\bin (?:%|percent|ms|dB))\s*$"
)
_PERCENT = re.compile(r"^\s*%\s*(?:of\s+)?|\s*(?:%|\bpercent(?:age)?)\s*$", re.I)


def bare(text: str) -> str:
    """``text`` without a unit, a per cent sign, or the note which way is better."""
    short = _BETTER.sub("", text)
    short = _BRACKETED_UNIT.sub("", short)
    parts = bracketed(short)
    if parts and unit_of(parts[1]):
        short = parts[0]
    return _PERCENT.sub("", short).strip(" ,;:") or text


_BRACKET = re.compile(r"^(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")


def bracketed(text: str) -> tuple[str, str] | None:
    """What stands before and in the brackets at the end of ``text``, or None without such brackets."""
    found = _BRACKET.match(text)
    return (found[1], found[2]) if found and found[1] else None


def is_short_for(short: str, long: str) -> bool:
    """Whether ``short`` is made of letters of ``long`` in their order, from its first one: FID, Fréchet inception
    distance."""
    letters, rest = key(short), iter(key(long))
    words = re.findall(r"\w+", long)
    if not words or not letters or letters[0] != key(long)[:1] or len(letters) > 2 * len(words) + 2:
        return False
    return all(letter in rest for letter in letters if letter.isalpha())
