"""Fixtures that several test files share."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

import pytest

from claimx.model import Claim, Document


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """A pipeline of one rule, each run of digits a claim, so that what surrounds the pipeline is tested by itself.

    Returns the list of the documents that it was handed.
    """
    seen: list[Document] = []

    def extract_many(
        documents: Iterable[Document], min_confidence: float = 0.0, on_skip: object = None
    ) -> Iterator[Claim]:
        for document in documents:
            seen.append(document)
            for match in re.finditer("[0-9]+", document.text):
                yield Claim(
                    paper_id=document.id, title=document.title, source=document.source, published=document.published,
                    method="StandIn", metric="accuracy", value=float(match[0]), unit="percent",
                    value_start=match.start(), value_end=match.end(), rule="digits", improved=True,
                    confidence=0.25 if match[0] == "1" else 0.75,
                )  # fmt: skip

    module = ModuleType("claimx.pipeline")
    vars(module).update(extract_many=extract_many)
    monkeypatch.setitem(sys.modules, "claimx.pipeline", module)
    return seen
