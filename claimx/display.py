"""Numbers and names of claims as people read them, whatever shows them."""

from __future__ import annotations

import re

from claimx.model import Claim

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SIGNS = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> ", "~": "≈ "}
_SYMBOLS = {
    "percent": " %", "x": "×", "point": " pts", "decibel": " dB", "millisecond": " ms", "microsecond": " µs",
    "second": " s", "minute": " min", "hour": " h", "day": " d", "kilobyte": " kB", "megabyte": " MB",
    "gigabyte": " GB", "terabyte": " TB", "watt": " W", "joule": " J", "dollar": " $", "degree": "°",
}  # fmt: skip


def plain(text: str, keep: str = "") -> str:
    """``text`` without characters that steer a terminal: each becomes a space, but for those in ``keep``."""
    return _CONTROL.sub(lambda match: match[0] if match[0] in keep else " ", text)


def number(value: float) -> str:
    """``value`` with as many digits as it has and a real minus: ``44.5``, ``−0.25``, ``12,500``."""
    return f"{value:,.10g}".replace("-", "−")


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """``count`` with its noun: ``1 claim``, ``1,200 claims``."""
    return f"{count:,} " + (noun if count == 1 else plural or noun + "s")


def value(claim: Claim) -> str:
    """The measured value: ``44.5 %``, ``1.98 ± 0.07``, ``66–77 %``, ``≤ 12 ms``; empty if there is none."""
    if claim.value is None:
        return ""
    text = number(claim.value)
    if claim.value_high is not None:
        text += "–" + number(claim.value_high)
    if claim.value_error is not None:
        text += " ± " + number(claim.value_error)
    return _SIGNS.get(claim.bound, "") + text + _symbol(claim.unit)


def delta(claim: Claim) -> str:
    """The change: ``+2.1 pts``, ``−1.07``, ``+33 % rel.``, ``3×``, ``3× less``; empty if there is none."""
    if claim.delta is None:
        return ""
    ends = sorted({abs(claim.delta), abs(claim.delta if claim.delta_high is None else claim.delta_high)})
    text = "–".join(number(end) for end in ends)
    if claim.delta_kind == "factor":
        text += "× less" if claim.delta < 0 else "×"
    else:
        text = ("−" if claim.delta < 0 else "+") + text
        text += {"points": " pts", "relative": " % rel.", "percent": " %"}.get(claim.delta_kind or "", "")
    # The hedge belongs to the row's main number, which is the value where there is one.
    return (_SIGNS.get(claim.bound, "") if claim.value is None else "") + text


def baseline(claim: Claim) -> str:
    """What the claim compares with: ``BaseNet (35.5 %)``, a name or a value alone, or nothing."""
    if claim.baseline_value is None:
        return claim.baseline or ""
    level = number(claim.baseline_value) + _symbol(claim.unit)
    return f"{claim.baseline} ({level})" if claim.baseline else level


def _symbol(unit: str | None) -> str:
    return "" if not unit else _SYMBOLS.get(unit, " " + unit.replace("_", " "))


def unit(name: str) -> str:
    """A unit's sign, by its name in the units registry: ``ms``, ``%``, ``token per second``."""
    return _symbol(name).strip()
