"""A page to look at: the claims of a table, their texts with every field marked, boards and doubts, in one HTML file.

The page needs no network and no server. Jinja2 makes its frame, with everything from the input escaped; the claims lie
in it as JSON, from which the page's own script makes text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from claimx.model import Claim, Document
from claimx.table import STRINGS, storable

__all__ = ["report"]


def report(
    claims: Iterable[Claim], texts: Iterable[Document] | None = None, *, title: str = "Quantitative claims"
) -> str:
    """The HTML page of ``claims`` as one string; the same claims, texts and title give the same string.

    ``texts`` are the documents that the claims come from, joined by their ids; only those with claims are kept, so a
    large corpus may stream through. Where a text is missing, or is not the one that the claims' spans were made on,
    the page shows the sentences of the claims instead of the whole abstract. Nothing is read from or written to disk
    but the page's own template.
    """
    from claimx.report.data import collect
    from claimx.report.render import render

    rows = [_storable(claim) for claim in claims]
    return render(collect(rows, texts), storable(title))


def _storable(claim: Claim) -> Claim:
    """``claim`` without lone surrogates, which no file can hold."""
    texts = {name: text for name in STRINGS if (text := getattr(claim, name)) and not text.isascii()}
    changed: dict[str, Any] = {name: new for name, text in texts.items() if (new := storable(text)) != text}
    return replace(claim, **changed) if changed else claim
