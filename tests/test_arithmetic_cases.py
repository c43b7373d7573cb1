"""Sentences with arithmetic in them, through the real extraction to a verdict."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import claimx

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "arithmetic.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_verdict_of_a_sentence(case: dict[str, Any]) -> None:
    checked = [claim for claim in claimx.extract(case["text"]) if claim.check is not None]
    assert sorted({claim.check for claim in checked}) == [verdict for verdict in [case["verdict"]] if verdict]
    if "kind" in case:
        assert {claim.delta_kind for claim in checked} == {case["kind"]}


def test_every_verdict_has_its_share_of_sentences() -> None:
    counts = Counter(case["verdict"] for case in CASES)
    assert len(CASES) >= 60
    assert all(counts[verdict] >= 8 for verdict in ("ok", "rounding", "relative", "mismatch", "")), counts
