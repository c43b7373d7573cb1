"""Boards as printed: each form against a file under tests/golden, and what hostile names become in it.

After a change that is meant, ``CLAIMX_GOLDEN=write pytest tests/test_board_forms.py`` writes the files anew; read the
difference before it is committed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markdown_it import MarkdownIt

import claimx
from claimx import Board, Claim
from claimx.leaderboard import BoardSummary, Row, listing_forms

GOLDEN = Path(__file__).parent / "golden"
FORMS = {
    "txt": lambda board: board.to_text(100),
    "narrow.txt": lambda board: board.to_text(44),
    "md": lambda board: board.to_markdown(),
    "csv": lambda board: board.to_csv(),
    "json": lambda board: board.to_json(),
    "tex": lambda board: board.to_latex(),
    "html": lambda board: board.to_html(page=True),
}


def claim(paper: str, method: str, value: float, sentence: str, **more: Any) -> Claim:
    given: dict[str, Any] = {"benchmark": "GSM8K", "metric": "accuracy", "unit": "percent", "confidence": 0.8,
                             "rule": "r", **PAPERS[paper]}  # fmt: skip
    return Claim(method=method, value=value, sentence=sentence, **(given | more))


PAPERS: dict[str, dict[str, Any]] = {
    "first": {"paper_id": "2403.00001", "title": "LedgerPrompt: Balanced Steps", "published": dt.date(2024, 3, 11)},
    "second": {"paper_id": "2405.00002", "title": "Of 100% & <more>: $x_1$ {#2}", "published": dt.date(2024, 5, 2)},
    "third": {"paper_id": "p|3"},
}
# Ties, a bound, a range, ±, a fraction, a baseline, a setting, another unit, marks of every form.
CLAIMS = [
    claim("first", "LedgerPrompt", 66.9, "LedgerPrompt lifts PlainChain from 58.2% to 66.9 ± 0.4% on GSM8K.",
          value_error=0.4, setting="8-shot", baseline="PlainChain", baseline_value=58.2, sentence_start=10,
          value_start=54, value_end=58, baseline_value_start=45, baseline_value_end=49, source="a.jsonl"),
    claim("second", "Soft_Vote*[v2]", 71.25, "Soft_Vote*[v2] has 71.25%\non average.", aggregate="mean"),
    claim("third", "=HYPERLINK|Net", 0.669, "=HYPERLINK|Net: 0.669.", unit=None),
    claim("third", "BoundNet~1", 80.0, "Up to 80% for BoundNet~1.", bound="<="),
    claim("second", "RangeNet", 60.0, "RangeNet: 60–64%.", value_high=64.0),
    claim("first", "SlowNet", 12.0, "SlowNet: 12 ms.", unit="millisecond"),
]  # fmt: skip


@pytest.fixture
def board() -> Board:
    return claimx.leaderboard(CLAIMS, "gsm-8k", "Accuracy")


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("CLAIMX_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode(), f"{path} differs"


@pytest.mark.parametrize("form", FORMS)
def test_forms_are_as_in_the_golden_files(form: str, board: Board) -> None:
    same_as_golden(f"board.{form}", FORMS[form](board))


BOARDS = [
    BoardSummary("GSM8K", "accuracy", 1200, 1500, "math", "gsm8k", "accuracy", ""),
    BoardSummary("+Odd|Bench", "pass@10", 1, 1, None, "~odd", "pass@k", "10"),
]


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_listings_are_as_in_the_golden_files(form: str) -> None:
    same_as_golden(f"boards.{form}", getattr(listing_forms, f"to_{form}")(BOARDS))


@pytest.mark.parametrize("width", [20, 30, 44, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal_and_ranks_and_values_stay(width: int, board: Board) -> None:
    lines = board.to_text(width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    if width >= 44:
        assert [line.split()[0] for line in lines if line[:1].isdigit()] == ["1", "2", "2", "4"]
        assert "≤ 80 %" in "\n".join(lines)


def test_a_terminal_gets_no_control_characters() -> None:
    shown = Board("B\x1b[2J", "m", "higher", rows=(Row(1, "x\x1b[31m\u202e\n", 1.0, "1", title="\x07", paper_id="\r"),))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", shown.to_text(80))


def test_markdown_is_one_table_for_each_part_with_every_cell_as_it_was(board: Board) -> None:
    tables: list[list[list[str]]] = []
    inside = False
    for token in MarkdownIt("commonmark").enable("table").parse(board.to_markdown()):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type in ("td_open", "th_open", "td_close", "th_close"):
            inside = token.type.endswith("open")
        elif token.type == "inline" and inside:
            tables[-1][-1].append("".join(child.content for child in token.children or ()))
    assert [len(table) for table in tables] == [1 + len(board), 1 + len(board.unranked), 1 + len(board.apart)]
    assert {len(row) for table in tables for row in table} == {7}
    assert [row[1] for row in tables[0][1:]] == [row.method for row in board]
    assert tables[0][1][6] == "Of 100% & <more>: $x_1$ {#2} (2405.00002)"


def test_html_is_well_formed_and_holds_every_text_as_text(board: Board) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>&amp;'
    row = Row(1, hostile, 1.0, hostile, setting=hostile, paper_id=hostile, title=hostile, sentence=hostile)
    for shown in (board, Board(hostile, hostile, "higher", task=hostile, rows=(row,))):
        parser = _Parser()
        parser.feed(shown.to_html(page=True))
        parser.close()
        assert parser.open == []
        assert not parser.tags & {"script", "img"}
        for entry in shown.all_rows():
            assert entry.method in parser.texts
            assert entry.sentence in parser.texts
    assert board._repr_html_() == board.to_html()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.texts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.add(data)


def test_latex_escapes_every_special_sign() -> None:
    signs = r"_ % & # $ ~ ^ \ { } < > | [x] ≤ ± é"
    row = Row(1, signs, 1.0, "1", paper_id="p", title=signs, sentence="100%\nnew line", setting="[10 NFE]")
    text = Board(signs, "m", "lower", rows=(row,)).to_latex()
    code = "\n".join(line for line in text.splitlines() if not line.startswith("%"))
    assert "new line" not in code
    # Without what is escaped, and the commands, none of the signs is left but column separators and groups.
    left = re.sub(r"\\[_%&#${}]", "", code)
    left = re.sub(r"\\[a-zA-Z]+|\\\\|\$-?\$", "", left).replace("$\\", "$")
    assert not set(left) & set("_%#~^\\<>|"), left
    assert left.count("{") == left.count("}")
    assert left.count("$") % 2 == 0
    rows = [line for line in code.splitlines() if line.endswith(r"\\") and "multicolumn" not in line]
    assert {len(re.findall(r"(?<!\\)&", line)) for line in rows} == {4}
    assert "é" in code


def test_csv_is_read_back_and_no_cell_runs_as_a_formula(board: Board) -> None:
    rows = list(csv.DictReader(io.StringIO(board.to_csv())))
    assert [row["method"] for row in rows][:3] == ["Soft_Vote*[v2]", "LedgerPrompt", "'=HYPERLINK|Net"]
    assert not any(cell[0] in "=+-@\t" for row in rows for cell in row.values() if len(cell) > 1)
    raw = list(csv.DictReader(io.StringIO(board.to_csv(raw=True))))
    assert raw[2]["method"] == "=HYPERLINK|Net"
    assert [float(row["value"]) for row in rows[:4]] == [71.25, 66.9, 66.9, 58.2]


def test_json_has_every_field(board: Board) -> None:
    whole = json.loads(board.to_json())
    assert (whole["benchmark"], whole["better"], whole["unit"]) == ("GSM8K", "higher", "percent")
    assert [row["rank"] for row in whole["rows"]] == [1, 2, 2, 4]
    first = whole["rows"][1]
    assert (first["written"], first["error"], first["setting"]) == ("66.9 ± 0.4 %", 0.4, "8-shot")
    assert first["sentence"][first["value_start"] - first["sentence_start"] :].startswith("66.9")
    assert whole["apart"][0]["reason"] == "in millisecond, not comparable with percent"


def test_pandas_has_all_rows_with_types(board: Board) -> None:
    frame = board.to_pandas()
    assert frame["rank"].tolist()[:4] == [1, 2, 2, 4]
    assert frame["rank"].isna().sum() == 3
    assert frame["published"].dtype.kind == "M"
    assert frame["value"].dtype == "float64"
    empty = Board("B", "m", "higher").to_pandas()
    assert list(empty.columns) == list(frame.columns)
    assert (empty.dtypes[["rank", "value"]] == frame.dtypes[["rank", "value"]]).all()
    assert isinstance(frame, pd.DataFrame)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_board_and_lone_surrogates_do_no_harm(form: str) -> None:
    for shown in (Board("B", "m", "higher"), Board("B\ud800", "m", "lower", rows=(Row(1, "\ud800x", 1.0, "1"),))):
        assert FORMS[form](shown)
