"""Gold files: JSON lines of papers with the claims that a careful reader finds, each field checked as it is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from claimx.errors import ReadError
from claimx.jsonl import json_lines
from claimx.model import Document

Texts = Mapping[str, Document]  # the texts of papers whose gold comes without them, by id

_MOST = sys.float_info.max
_NUMBERS = ("value", "value_hi", "delta", "delta_hi", "baseline_value")
_PLACES = tuple(f"{name}_{end}" for name in ("value", "delta", "baseline_value") for end in ("start", "end"))
_NAMES = ("metric", "benchmark", "method", "baseline")
_WORDS = ("unit", "bound", "direction", "delta_kind")


def read_gold(path: str | os.PathLike[str], texts: Texts | None = None) -> list[dict[str, Any]]:
    """The papers of a gold file, JSON lines of {id, title, abstract, claims}. Raises ReadError naming a bad line.

    A paper without abstract takes title and abstract from ``texts``.
    """
    papers = []
    for number, paper in json_lines(path):
        if isinstance(paper, dict) and "abstract" not in paper and texts is not None:
            text = texts.get(str(paper.get("id")))
            if text is None:
                raise ReadError(str(path), f"no text for the paper {paper.get('id')!r}", number)
            paper = {**paper, "title": text.title, "abstract": text.text}
        if not _is_paper(paper):
            raise ReadError(str(path), "no paper of a gold file: it needs id, abstract and claims", number)
        for at, row in enumerate(paper["claims"], 1):
            if wrong := _wrong(row):
                raise ReadError(str(path), f"claim {at}: {wrong}", number)
        papers.append(paper)
    return papers


def _is_paper(paper: Any) -> bool:
    """Whether a line of a gold file has an id, a text as abstract, and a list of rows as claims."""
    if not isinstance(paper, dict) or "id" not in paper or not isinstance(paper.get("abstract"), str):
        return False
    claims = paper.get("claims")
    return isinstance(claims, list) and all(isinstance(row, dict) for row in claims)


def _wrong(row: Mapping[str, Any]) -> str:
    """What is wrong with a row's fields and what would be legal; empty for a sound row. Any field may be absent."""
    for names, sound, legal in (
        (_NUMBERS, _is_number, "a number"),
        (_PLACES, _is_place, "a whole number, the place in the abstract"),
        (_NAMES, _is_names, "a list of acceptable names"),
        (_WORDS, _is_text, "a string"),
    ):
        for name in names:
            if row.get(name) is not None and not sound(row[name]):
                return f"{name} is {repr(row[name])[:40]}; legal is {legal}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _MOST


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
