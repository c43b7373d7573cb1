"""What must hold for every text whatever: no exception, spans inside the text, an explanation that can be shown."""

from __future__ import annotations

import io
import math

import claimx
from claimx.model import Claim
from claimx.output import json_line

_NUMBERS = ("value", "value_high", "value_error", "delta", "delta_high", "baseline_value")
_SPANS = ("value", "delta", "baseline_value", "sentence")


def check(text: str, title: str | None = None, explained: bool = False) -> int:
    """Read ``text`` by every public way; the number of its claims, AssertionError where a promise is broken."""
    for quantity in claimx.find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text), quantity
        numbers = (quantity.value, quantity.high, quantity.error)
        assert all(number is None or math.isfinite(number) for number in numbers), quantity
    claims = claimx.extract(text, title)
    for claim in claims:
        _check_claim(claim, len(text))
    if explained:
        claimx.explain(text, title).render()
    return len(claims)


def _check_claim(claim: Claim, size: int) -> None:
    assert claim.value is not None or claim.delta is not None, claim
    assert claim.confidence is not None, claim
    assert 0 <= claim.confidence <= 1, claim
    for name in _NUMBERS:
        number = getattr(claim, name)
        assert number is None or math.isfinite(number), (name, claim)
    for name in _SPANS:
        start, end = getattr(claim, f"{name}_start"), getattr(claim, f"{name}_end")
        assert (start is None) == (end is None), (name, claim)
        assert start is None or 0 <= start < end <= size, (name, claim)
    json_line(claim).encode()  # what no file could hold would fail here


def check_reading(data: bytes, format: str | None = None) -> int:
    """Read ``data`` as a file, its format told by content if not given; one ReadError is legal, no other error."""
    report = claimx.ReadReport()
    texts = 0
    try:
        for document in claimx.read(io.BytesIO(data), format, report=report):
            texts += 1
            for part in (document.id, document.text, document.title or ""):
                part.encode()
            assert document.published is None or document.published.year >= 1
    except claimx.ReadError as error:
        if "\n" in str(error):
            raise AssertionError("more than one line") from error
    return texts
