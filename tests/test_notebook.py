"""Claims in a notebook, and the accessor ``df.claims``."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import claimx
import claimx.pandas
from claimx import Claim, TableError
from claimx.table import to_pandas

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Old news. FooNet lifts accuracy on CIFAR-10 from 91.2% to 93.4%, a gain of 2.2 points."


def marks(html: str) -> list[tuple[str, str]]:
    """Field and text of each mark in the sentence."""
    sentence = html.partition("<table>")[0]
    return [(field, unescape(text)) for field, text in re.findall(r'<mark class="claimx-(\w+)">(.*?)</mark>', sentence)]


def test_a_claim_shows_its_sentence_with_numbers_and_names_marked() -> None:
    (claim,) = claimx.extract(TEXT)
    shown = marks(claim._repr_html_())
    assert ("value", "93.4%") in shown
    assert ("baseline_value", "91.2%") in shown
    assert {("method", "FooNet"), ("metric", "accuracy"), ("benchmark", "CIFAR-10")} <= set(shown)
    assert "Old news" not in claim._repr_html_()


def test_a_notebook_takes_it_as_html() -> None:
    formatter = DisplayFormatter()
    data, _ = formatter.format(Claim(paper_id="p", method="FooNet", sentence="FooNet wins."))
    assert '<mark class="claimx-method">FooNet</mark>' in data["text/html"]
    data, _ = formatter.format(claimx.show([Claim(paper_id="p1"), Claim(paper_id="p2")]))
    assert "p1" in data["text/html"]
    assert "p2" in data["text/html"]
    board = claimx.leaderboard(FRAME, "CIFAR-10", "accuracy")
    assert '<table class="claimx-board">' in formatter.format(board)[0]["text/html"]


def test_everything_is_escaped() -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    claim = Claim(paper_id=hostile, title=hostile, method=hostile, baseline=hostile, benchmark=hostile, metric=hostile,
                  unit=hostile, value=1.0, setting=hostile, task=hostile, sentence=hostile, kind=hostile)  # fmt: skip
    html = claim._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert unescape(html).count(hostile) >= 10


@pytest.mark.parametrize(
    "spans",
    [
        {"sentence_start": None, "sentence_end": None, "value_start": 3, "value_end": 5},
        {"sentence_start": 0, "sentence_end": 3, "value_start": 0, "value_end": 2},
        {"sentence_start": 50, "sentence_end": 58, "value_start": 0, "value_end": 2},
        {"sentence_start": 0, "sentence_end": 8, "value_start": 7, "value_end": 90},
    ],
)
def test_a_span_outside_of_the_sentence_marks_nothing(spans: dict[str, int | None]) -> None:
    assert marks(Claim(paper_id="p", value=9.0, sentence="WER is 9", **spans)._repr_html_()) == []


def test_numbers_are_marked_before_names_and_marks_do_not_overlap() -> None:
    claim = Claim(paper_id="p", method="Net-9", value=9.0, sentence="Net-9 it is", sentence_start=100, sentence_end=111,
                  value_start=104, value_end=105, metric="it")  # fmt: skip
    assert marks(claim._repr_html_()) == [("value", "9"), ("metric", "it")]


def test_fields_are_shown_with_units_bounds_and_errors() -> None:
    claim = Claim(paper_id="p", value=1.5, value_error=0.25, bound="<=", unit="token_per_second", delta=-2.0,
                  delta_kind="points", confidence=0.875)  # fmt: skip
    cells = re.findall(r"<td>(.*?)</td>", claim._repr_html_())
    plain = [unescape(re.sub(r"<.*?>", "", cell)) for cell in cells]
    assert plain == ["<= 1.5 ± 0.25 token per second", "-2 points", "result", "0.88"]


def test_a_long_list_shows_its_beginning_and_counts_the_rest() -> None:
    shown = claimx.show((Claim(paper_id=f"p-{n}") for n in range(1500)), limit=10)
    html = shown._repr_html_()
    assert len(shown.claims) == 10
    assert "… 1,490 more" in html
    assert html.count("<style>") == 1
    assert claimx.show([])._repr_html_()


FRAME = to_pandas(
    [
        Claim(paper_id="p", method=name, benchmark="CIFAR-10", metric="accuracy", value=value, unit="percent", rule="r")
        for name, value in (("FooNet", 93.4), ("BarNet", 95.0))
    ]
)


def test_the_accessor_ranks_lists_and_gives_claims_back() -> None:
    assert [row.method for row in FRAME.claims.leaderboard("cifar10", "accuracy")] == ["BarNet", "FooNet"]
    assert [row.method for row in FRAME[FRAME.value < 94].claims.leaderboard("cifar10", "accuracy")] == ["FooNet"]
    assert len(FRAME.claims.leaderboard("cifar10", "accuracy", limit=1)) == 1
    listing = FRAME.claims.boards()
    assert isinstance(listing, pd.DataFrame)
    assert listing.loc[0, ["benchmark", "metric", "methods"]].tolist() == ["CIFAR-10", "accuracy", 2]
    assert list(FRAME.iloc[:0].claims.boards().columns) == list(listing.columns)
    assert to_pandas(FRAME.claims.to_claims()).equals(FRAME)


def test_a_frame_of_something_else_is_refused() -> None:
    with pytest.raises(TableError, match="it lacks"):
        pd.DataFrame({"x": [1]}).claims.to_claims()
    with pytest.raises(TableError, match="it lacks method"):
        pd.DataFrame({"x": [1]}).claims.leaderboard("a", "b")


def test_the_module_named_pandas_hides_no_pandas() -> None:
    code = (
        "import claimx, sys; assert 'pandas' not in sys.modules\n"
        "import claimx.pandas, pandas; assert claimx.pandas is not pandas\n"
        "import claimx.leaderboard, claimx.leaderboard.build; assert callable(claimx.leaderboard)\n"
        "print(claimx.pandas.ClaimsAccessor.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout == "ClaimsAccessor\n", done.stderr
