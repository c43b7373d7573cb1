"""Claims in a notebook: the sentence with its numbers and names marked, the fields below it.

:class:`claimx.Claim` shows itself by this module, so it imports nothing of the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

# A colour for each field, mixed thinly with what is below, so that the text reads in light and dark.
_COLOURS = {"value": "#1f9d55", "delta": "#d97706", "baseline_value": "#8b5cf6", "method": "#2563eb",
            "benchmark": "#0d9488", "metric": "#db2777", "baseline": "#78716c"}  # fmt: skip
_STYLE = (
    ".claimx-claim{margin:.8em 0;line-height:1.5}"
    ".claimx-claim mark{color:inherit;border-radius:.2em;padding:0 .15em}"
    ".claimx-claim table{border-collapse:collapse;margin-top:.2em}"
    ".claimx-claim th,.claimx-claim td{padding:.1em .8em .1em 0;text-align:left;vertical-align:top;border:0;"
    "background:none}"
    ".claimx-claim th{font-weight:400;opacity:.7;font-size:.85em}"
    ".claimx-claim .claimx-from{opacity:.7}"
    + "".join(
        f".claimx-{field}{{background:color-mix(in srgb,{colour} 28%,transparent)}}"
        for field, colour in _COLOURS.items()
    )
)
_NUMBERS = ("value", "delta", "baseline_value")
_NAMES = ("method", "benchmark", "metric", "baseline")
_SHOWN = ("method", "metric", "value", "benchmark", "delta", "baseline", "baseline_value", "setting", "aggregate",
          "task", "kind", "confidence", "check")  # fmt: skip
_MOST = 200


def claim_html(claim: Any) -> str:
    """A claim as an HTML fragment with its own style; everything is escaped."""
    return f"<style>{_STYLE}</style>{_fragment(claim)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Claims that a notebook shows one below the other."""

    claims: tuple[Any, ...]
    more: int

    def _repr_html_(self) -> str:
        parts = [f"<style>{_STYLE}</style>", *map(_fragment, self.claims)]
        if self.more:
            parts.append(f'<div class="claimx-claim claimx-from">… {self.more:,} more</div>')
        return "\n".join(parts)


def show(claims: Iterable[Any], limit: int = _MOST) -> Shown:
    """``claims`` for a notebook, ``limit`` of them at most; as the last line of a cell they are displayed."""
    every = tuple(claims)
    return Shown(every[:limit], max(0, len(every) - limit))


def _fragment(claim: Any) -> str:
    fields = [(name, text) for name in _SHOWN if (text := _text(claim, name))]
    heads = "".join(f'<th scope="col">{name.replace("_", " ")}</th>' for name, _ in fields)
    cells = "".join(f"<td>{_field(name, text)}</td>" for name, text in fields)
    where = ", ".join(str(part) for part in (claim.title, claim.paper_id, claim.published) if part)
    return (
        f'<div class="claimx-claim"><div>{_marked(claim)}</div><table><tr>{heads}</tr><tr>{cells}</tr></table>'
        f'<div class="claimx-from">{escape(where)}</div></div>'
    )


def _field(name: str, text: str) -> str:
    return f'<mark class="claimx-{name}">{escape(text)}</mark>' if name in _COLOURS else escape(text)


def _text(claim: Any, name: str) -> str:
    value = getattr(claim, name)
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.2f}" if name == "confidence" else f"{value:.10g}"
    if name == "baseline_value":
        return _with_unit(text, claim.unit)
    if name in ("value", "delta"):
        high = getattr(claim, f"{name}_high")
        text += f"–{high:.10g}" if high is not None else ""
    if name == "value":
        text += f" ± {claim.value_error:.10g}" if claim.value_error is not None else ""
        return (f"{claim.bound} " if claim.bound != "=" else "") + _with_unit(text, claim.unit)
    if name == "delta":
        return " ".join(part for part in (text, claim.delta_kind) if part)
    return text


def _with_unit(text: str, unit: str | None) -> str:
    return f"{text} {unit.replace('_', ' ')}" if unit else text


def _marked(claim: Any) -> str:
    """The sentence with its numbers and names in the colours of their fields."""
    sentence = claim.sentence or ""
    taken: list[tuple[int, int, str]] = []
    for start, end, field in (*_spans(claim, sentence), *_names(claim, sentence)):
        if 0 <= start < end <= len(sentence) and all(end <= low or high <= start for low, high, _ in taken):
            taken.append((start, end, field))
    out, at = [], 0
    for start, end, field in sorted(taken):
        out += [escape(sentence[at:start]), _field(field, sentence[start:end])]
        at = end
    return "".join(out) + escape(sentence[at:])


def _spans(claim: Any, sentence: str) -> Iterator[tuple[int, int, str]]:
    """The places of the numbers; none where the sentence is not a verbatim piece of the text."""
    first, last = claim.sentence_start, claim.sentence_end
    if first is None or last is None or last - first != len(sentence):
        return
    for field in _NUMBERS:
        start, end = getattr(claim, f"{field}_start"), getattr(claim, f"{field}_end")
        if start is not None and end is not None:
            yield start - first, end - first, field


def _names(claim: Any, sentence: str) -> Iterator[tuple[int, int, str]]:
    for field in _NAMES:
        name = getattr(claim, f"{field}_text") or getattr(claim, field)
        at = sentence.find(name) if name else -1
        if at >= 0:
            yield at, at + len(name), field
