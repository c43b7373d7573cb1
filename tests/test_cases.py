"""Whole abstracts, written for this project, against every row that they hold and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import claimx
from claimx.model import Claim

FOLDER = Path(__file__).parent / "cases"
NUMBERS = ("value", "value_high", "value_error", "delta", "delta_high", "baseline_value")
WORDS = ("unit", "delta_kind", "aggregate")
NAMES = ("method", "baseline", "benchmark", "metric")
KNOWN = {*NUMBERS, *WORDS, *NAMES, "bound"}


def _load(path: Path) -> list[Any]:
    """The cases of a file as test parameters; one with a ``gap`` must fail until claimx is mended."""
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(
            case,
            id=f"{path.stem}:{case['name']}",
            marks=[pytest.mark.xfail(reason=case["gap"], strict=True, raises=AssertionError)] if "gap" in case else [],
        )
        for case in cases
    ]


CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in _load(path)]


def _fits(claim: Claim, row: dict[str, Any]) -> bool:
    """Whether a claim is the wanted row: what the row leaves out must be absent; of a list, any name will do."""
    for name in NUMBERS:
        if getattr(claim, name) != (None if name not in row else pytest.approx(row[name], rel=1e-4)):
            return False
    for name in NAMES:
        wanted = row.get(name, "")
        accepted = wanted if isinstance(wanted, list) else [wanted]
        if (getattr(claim, name) or "").casefold() not in [text.casefold() for text in accepted]:
            return False
    return claim.bound == row.get("bound", "=") and all(getattr(claim, name) == row.get(name) for name in WORDS)


def _shown(claim: Claim) -> str:
    fields = {name: getattr(claim, name) for name in (*NAMES, *NUMBERS, *WORDS, "bound")}
    return str({name: value for name, value in fields.items() if value not in (None, "=")})


@pytest.mark.parametrize("case", CASES)
def test_rows_are_exactly_those_of_a_careful_reader(case: dict[str, Any]) -> None:
    left = claimx.extract(case["text"], case["title"])
    missing = []
    for row in case["rows"]:
        found = next((claim for claim in left if _fits(claim, row)), None)
        if found is None:
            missing.append(row)
        else:
            left = [claim for claim in left if claim is not found]
    wrong = [*(f"missing {row}" for row in missing), *(f"too many {_shown(claim)}" for claim in left)]
    assert wrong == []


def test_case_files_are_well_formed() -> None:
    names = set()
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            assert case.keys() <= {"name", "title", "text", "rows", "gap"}, case["name"]
            assert ("gap" in case) == (path.stem == "known-gaps"), f"{case['name']}: gaps stand in known-gaps.toml"
            assert all(row.keys() <= KNOWN for row in case["rows"]), case["name"]
            assert case["name"] not in names, f"{case['name']} stands twice"
            names.add(case["name"])
    assert len(names) >= 40
