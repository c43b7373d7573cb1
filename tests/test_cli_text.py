"""Claims as people read them: numbers with their signs and units, and a table that fits its terminal."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from claimx.cli import text as show
from claimx.cli.extract import fit, table
from claimx.model import Claim


@pytest.mark.parametrize(
    ("claim", "value", "delta", "baseline"),
    [
        (Claim(value=44.5, unit="percent", baseline_value=35.5, baseline="Base"), "44.5 %", "", "Base (35.5 %)"),
        (Claim(delta=2.1, delta_kind="points", bound="<="), "", "≤ +2.1 pts", ""),
        (Claim(delta=-1.07), "", "−1.07", ""),
        (Claim(delta=33.0, delta_kind="relative"), "", "+33 % rel.", ""),
        (Claim(delta=3.0, delta_kind="factor"), "", "3×", ""),
        (Claim(delta=-1.9, delta_high=-3.3, delta_kind="factor", bound="~"), "", "≈ 1.9–3.3× less", ""),
        (Claim(delta=-40.0, delta_kind="percent", bound="<="), "", "≤ −40 %", ""),
        (Claim(value=40.0, unit="percent", bound="<="), "≤ 40 %", "", ""),
        (Claim(value=1.98, value_error=0.07), "1.98 ± 0.07", "", ""),
        (Claim(value=66.0, value_high=77.0, unit="percent"), "66–77 %", "", ""),
        (Claim(value=12000.0, unit="token_per_second"), "12,000 token per second", "", ""),
        (Claim(value=2.0, unit="x", delta=0.5, bound=">", baseline="B"), "> 2×", "+0.5", "B"),
    ],
)
def test_numbers_as_people_read_them(claim: Claim, value: str, delta: str, baseline: str) -> None:
    assert (show.value(claim), show.delta(claim), show.baseline(claim)) == (value, delta, baseline)


def test_table_fits_the_terminal_and_cannot_steer_it() -> None:
    name = "Long" * 60 + "\x1b[35m[bold]"
    wild = Claim(paper_id="p", method=name, metric="\u202eacc\x1b[35m", value=1.0, improved=False, delta=1.0)
    console = Console(width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(table([wild], 80))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    bare = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert all(len(line) <= 80 for line in bare.splitlines())
    assert len(bare.splitlines()) == 2
    assert "…" in bare
    assert "\u202e" not in text
    assert "\x1b[35m" not in text
    assert "acc" in bare
    assert "\x1b[31m+1" in text, "a change for the worse is red"


def test_the_table_has_the_confidence() -> None:
    console = Console(width=120, file=io.StringIO())
    console.print(table([Claim(paper_id="p1", value=7.0, confidence=0.8671), Claim(paper_id="p2", value=8.0)], 120))
    heading, known, unknown = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert heading.split()[-2:] == ["confidence", "paper"]
    assert known.split() == ["7", "0.87", "p1"]
    assert unknown.split() == ["8", "p2"]


@pytest.mark.parametrize(("count", "text"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1200, "1,200 claims")])
def test_counts_agree_with_their_noun(count: int, text: str) -> None:
    assert show.counted(count, "claim") == text


@pytest.mark.parametrize(
    ("wanted", "room", "widths"),
    [([5, 5], 20, [5, 5]), ([50, 5], 20, [15, 5]), ([50, 60, 4], 24, [10, 10, 4]), ([9, 9], 1, [1, 1])],
)
def test_columns_share_what_room_there_is(wanted: list[int], room: int, widths: list[int]) -> None:
    assert fit(wanted, room) == widths
