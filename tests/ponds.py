"""A sentence, its claim, and a hostile text: what tests of the page and of plots share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from claimx.model import Claim

TEXT = "We begin. WaveNetta reaches 91.2% accuracy on PondBench, up from 88.0%. We end."
START, END = TEXT.index("WaveNetta"), TEXT.index(" We end")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)><!-- </script><b>\u202e\u2028javascript:alert(3)'


def place(word: str) -> tuple[int, int]:
    return TEXT.index(word), TEXT.index(word) + len(word)


def claim(**changes: Any) -> Claim:
    value, old = place("91.2%"), place("88.0%")
    whole = Claim(
        paper_id="p1", title="Waves", published=dt.date(2024, 5, 1), method="WaveNetta", method_text="WaveNetta",
        benchmark="PondBench", benchmark_text="PondBench", metric="accuracy", metric_text="accuracy", value=91.2,
        unit="percent", baseline_value=88.0, value_start=value[0], value_end=value[1], baseline_value_start=old[0],
        baseline_value_end=old[1], sentence=TEXT[START:END], sentence_start=START, sentence_end=END, rule="r",
        higher_is_better=True, confidence=0.9,
    )  # fmt: skip
    return replace(whole, **changes)
