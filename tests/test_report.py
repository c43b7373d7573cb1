"""The page and its parts: marks in texts, what the data hold, nothing let in, the same bytes."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimx
from claimx.cli import main
from claimx.model import Claim, Document, Span
from claimx.report.boards import shown_boards
from claimx.report.data import collect
from claimx.report.marks import Mark, Passage, Piece, cut, excerpts, fits, passages
from claimx.report.render import data_block

SAMPLE = Path(__file__).resolve().parents[1] / "datasets" / "sample.jsonl"
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


def plain(found: Sequence[Passage]) -> str:
    return "".join(piece.text for passage in found for piece in passage.pieces)


def marked(found: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    return {piece.text: piece.fields for passage in found for piece in passage.pieces if piece.fields}


class Reader(HTMLParser):
    """The tags and the text of a page, as a parser of HTML sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self.text = ""
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = f"{tag} {dict(attrs).get('id') or ''}".strip()

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        self.blocks[self.inside] = self.blocks.get(self.inside, "") + data


def data_of(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Reader(page).blocks["script data"])
    return found


# --- marks


def test_fields_are_marked_where_they_stand() -> None:
    found = passages(TEXT, [(4, claim())])
    assert plain(found) == TEXT
    assert [passage.rows for passage in found] == [(), (4,), ()]
    assert marked(found) == {
        "WaveNetta": ("method",),
        "91.2%": ("value",),
        "accuracy": ("metric",),
        "PondBench": ("benchmark",),
        "88.0%": ("baseline",),
    }


def test_overlapping_marks_share_the_piece_they_overlap_in() -> None:
    text = "the PondBench model"
    pieces = cut(text, 0, len(text), [Mark(4, 19, "method", 1), Mark(4, 13, "benchmark", 2), Mark(10, 16, "metric", 3)])
    assert pieces == (
        Piece("the "),
        Piece("PondBe", ("benchmark", "method"), (1, 2)),
        Piece("nch", ("metric", "benchmark", "method"), (1, 2, 3)),
        Piece(" mo", ("metric", "method"), (1, 3)),
        Piece("del", ("method",), (1,)),
    )


def test_a_number_that_two_rows_share_leads_to_both() -> None:
    other = claim(benchmark=None, benchmark_text=None, value=88.0, value_start=place("88.0%")[0],
                  value_end=place("88.0%")[1], baseline_value_start=None, baseline_value_end=None)  # fmt: skip
    found = passages(TEXT, [(0, claim()), (1, other)])
    (piece,) = [piece for passage in found for piece in passage.pieces if piece.text == "88.0%"]
    assert piece.fields == ("value", "baseline")
    assert piece.rows == (0, 1)


def test_a_name_is_marked_where_it_is_closest_and_only_as_a_word() -> None:
    text = "Net is old. NetX beats Net, and Net has 9 F1."
    at = text.index("9")
    start = text.index("NetX")
    row = Claim(paper_id="p", method_text="Net", value_start=at, value_end=at + 1, sentence=text[start:],
                sentence_start=start, sentence_end=len(text))  # fmt: skip
    starts = [len(plain(passages(text, [(0, row)])[:1])), text.rindex("Net")]
    pieces = [piece for passage in passages(text, [(0, row)]) for piece in passage.pieces]
    before = "".join(piece.text for piece in pieces[: next(i for i, p in enumerate(pieces) if "method" in p.fields)])
    assert len(before) == starts[1]
    earlier = replace(row, sentence=text[start:], method_text="Net is old")
    assert marked(passages(text, [(0, earlier)]))["Net is old"] == ("method",)


def test_without_texts_the_sentences_are_shown_with_their_marks() -> None:
    found = excerpts([(0, claim()), (1, claim()), (2, claim(sentence=None))])
    assert [passage.rows for passage in found] == [(0, 1)]
    assert plain(found) == TEXT[START:END]
    assert marked(found)["91.2%"] == ("value",)


@pytest.mark.parametrize(
    "changes",
    [
        {"value_start": -3, "value_end": 4},
        {"value_start": 5, "value_end": 5},
        {"value_start": 9_999, "value_end": 10_000},
        {"sentence_start": 50, "sentence_end": 20},
        {"sentence_start": None, "sentence_end": None, "sentence": None},
        {"method_text": "", "metric_text": "\x00", "benchmark_text": "not there"},
    ],
)
def test_spans_that_no_text_has_do_no_harm(changes: dict[str, Any]) -> None:
    assert plain(passages(TEXT, [(0, claim(**changes))])) == TEXT
    excerpts([(0, claim(**changes))])


def test_sentences_that_overlap_become_one_passage() -> None:
    one, other = claim(), claim(sentence_start=START + 5, sentence_end=len(TEXT), sentence=TEXT[START + 5 :])
    found = passages(TEXT, [(0, one), (1, other)])
    assert [passage.rows for passage in found] == [(), (0, 1)]
    assert plain(found) == TEXT


SPANS = st.tuples(st.integers(-2, 25), st.integers(-2, 25))


@given(text=st.text(max_size=20), spans=st.lists(st.tuples(SPANS, SPANS), max_size=4))
def test_pieces_are_the_text_whatever_the_spans(text: str, spans: list[tuple[Span, Span]]) -> None:
    rows = [
        (row, Claim(value_start=value[0], value_end=value[1], sentence_start=around[0], sentence_end=around[1],
                    sentence="", method_text=text[2:5]))
        for row, (value, around) in enumerate(spans)
    ]  # fmt: skip
    assert plain(passages(text, rows)) == text


def test_another_text_than_the_claims_were_made_on_is_told() -> None:
    assert fits(TEXT, [claim()])
    assert not fits("x" + TEXT, [claim()])
    page = collect([claim()], [Document("p1", "x" + TEXT)])
    assert page.data["papers"][0]["whole"] is False
    assert "1 abstract differ" in page.notes[0]


# --- the page


def test_the_data_hold_every_claim_and_its_paper() -> None:
    rows = [claim(), claim(paper_id="p2", title=None, published=None, method=None, delta=-1.5, confidence=None)]
    data = data_of(claimx.report(rows, [Document("p1", TEXT), Document("p9", "Unread.")], title="T"))
    columns, strings = data["claims"], data["claims"]["strings"]
    assert [paper["id"] for paper in data["papers"]] == ["p1", "p2"]
    assert [paper["whole"] for paper in data["papers"]] == [True, False]
    assert columns["paper"] == [0, 1]
    assert [strings[at] if at >= 0 else None for at in columns["method"]] == ["WaveNetta", None]
    assert strings[columns["valueText"][0]] == "91.2 %"
    assert columns["delta"] == [None, -1.5]
    assert columns["confidence"] == [0.9, None]
    text = "".join(
        piece if isinstance(piece, str) else piece[0] for row in data["papers"][0]["text"] for piece in row[1:]
    )
    assert text == TEXT


def test_the_same_input_gives_the_same_page() -> None:
    documents = list(claimx.read(SAMPLE))
    claims = list(claimx.extract_many(documents))
    assert claimx.report(claims, documents) == claimx.report(claims, iter(documents))


def test_an_empty_table_makes_a_page() -> None:
    page = claimx.report([])
    assert data_of(page)["papers"] == []
    assert "Overview" in Reader(page).text


def test_nothing_of_the_input_becomes_markup() -> None:
    words = dict.fromkeys(("title", "method", "baseline", "benchmark", "metric", "setting", "task", "source"), HOSTILE)
    rows = [
        claim(paper_id=HOSTILE, sentence=HOSTILE, sentence_start=0, sentence_end=len(HOSTILE), method_text="script",
              **{**words, "method": method})
        for method in (HOSTILE, "other")
    ]  # fmt: skip
    clean = Reader(claimx.report([claim(), claim(method="other")], [Document("p1", TEXT)], title="T"))
    page = claimx.report(rows, [Document(HOSTILE, HOSTILE, title=HOSTILE)], title=HOSTILE)
    reader = Reader(page)
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in clean.tags]
    assert not any(name.startswith("on") or name == "style" for _, attributes in reader.tags for name in attributes)
    assert {str(attributes["href"]).split(":")[0][:1] for _, attributes in reader.tags if "href" in attributes} <= {
        "#",
        "d",
    }
    assert reader.blocks["title"] == HOSTILE
    assert data_of(page)["papers"][0]["id"] == HOSTILE


def test_lone_surrogates_and_nulls_do_not_stop_the_page() -> None:
    rows = [claim(paper_id="\ud800", title="\ud800\x00", sentence="a\udfffb", benchmark="\ud800", method="\ud800")]
    page = claimx.report(rows, title="\udc00")
    assert page.encode()
    assert data_of(page)["papers"][0]["title"] == "\ufffd\x00"


def test_numbers_that_json_has_not_are_left_out_but_written() -> None:
    data = data_of(claimx.report([claim(value=math.nan), claim(value=math.inf, method="B")]))
    assert data["claims"]["value"] == [None, None]
    assert data["claims"]["strings"][data["claims"]["valueText"][1]] == "inf %"


def test_the_data_block_cannot_be_left() -> None:
    text = "</script><!--<script>]]>&amp;\u2028\u2029"
    block = data_block({"a": text})
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == {"a": text}


def test_the_policy_allows_the_pages_own_style_and_script_and_no_connection() -> None:
    reader = Reader(claimx.report([claim()]))
    (policy,) = [
        a["content"] or "" for tag, a in reader.tags if tag == "meta" and "Content-Security-Policy" in a.values()
    ]
    assert policy.startswith("default-src 'none'; ")
    for kind, block in (("script", "script"), ("style", "style")):
        digest = base64.b64encode(hashlib.sha256(reader.blocks[block].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not [a for tag, a in reader.tags if "src" in a or (tag == "link" and a["rel"] != "icon")]


def test_the_script_makes_no_markup_of_strings() -> None:
    script = "".join(path.read_text() for path in (Path(claimx.__file__).parent / "report" / "page").glob("*.js"))
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "http:",
    ):
        assert way not in script.replace("http://www.w3.org/2000/svg", "")


def test_boards_lead_back_to_their_rows() -> None:
    rows = [
        claim(),
        claim(paper_id="p2", method="Rill", value=93.0, baseline_value=None),
        claim(paper_id="p3", method="Brook", value=0.94, unit=None, baseline_value=None, bound=">"),
        claim(paper_id="p4", benchmark="LakeBench"),
    ]
    (shown,) = shown_boards(rows)
    assert [(entry.row, entry.standing.rank) for entry in shown.entries] == [(1, 1), (0, 2), (2, None)]
    assert shown.methods == 3


def test_boards_of_one_method_are_shown_where_there_are_no_others() -> None:
    alone = claim(paper_id="p4", benchmark="LakeBench", baseline_value=None)
    assert [board["benchmark"] for board in data_of(claimx.report([alone]))["boards"]] == ["LakeBench"]
    rows = [alone, claim(), claim(paper_id="p2", method="Rill", value=93.0)]
    assert [board["benchmark"] for board in data_of(claimx.report(rows))["boards"]] == ["PondBench"]


def test_contradictions_lead_back_to_their_rows() -> None:
    rows = [claim(metric="F1"), claim(), claim(paper_id="p2", value=95.0), claim(paper_id="p3", method="Rill")]
    (found,) = data_of(claimx.report(rows))["contradictions"]
    assert found == {
        "method": "WaveNetta",
        "benchmark": "PondBench",
        "metric": "accuracy",
        "setting": "",
        "rows": [1, 2],
    }


# --- the command


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "claims.parquet"
    claimx.write([claim(), claim(paper_id="p2", method="Rill", value=93.0, confidence=0.4)], path)
    return path


def test_report_writes_one_page(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "p1", "title": "Waves", "abstract": TEXT}) + "\n")
    out = tmp_path / "page.html"
    assert (
        main(["report", str(table), "-o", str(out), "--texts", str(tmp_path / "texts.jsonl"), "--title", HOSTILE]) == 0
    )
    assert "2 claims of 2 papers, 0.1 MB: " in capsys.readouterr().err
    reader = Reader(out.read_text(encoding="utf-8"))
    assert reader.blocks["title"] == HOSTILE
    assert main(["report", str(table), "-o", str(out), "--min-confidence", "0.5"]) == 0
    assert len(data_of(out.read_text(encoding="utf-8"))["papers"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["report", "{table}", "-o", "{dir}/page.pdf"], 2, "a page must end in .html"),
        (["report", "{table}", "-o", "{dir}/none/page.html"], 5, "there is no folder"),
        (["report", "{dir}/none.parquet", "-o", "{dir}/page.html"], 3, "No such file"),
        (["report", "{table}", "-o", "{dir}/page.html", "--texts", "{dir}/none.jsonl"], 3, "none.jsonl"),
        (["report", "{table}", "-o", "{dir}/page.html", "--min-confidence", "2"], 2, "from 0 to 1"),
        (
            ["plot", "{table}", "--benchmark", "PondBench", "--metric", "accuracy", "-o", "{dir}/x.gif"],
            5,
            ".png or .svg",
        ),
        (["plot", "{table}", "--benchmark", "NoBench", "--metric", "accuracy", "-o", "{dir}/x.svg"], 2, "PondBench"),
    ],
)
def test_mistakes_are_one_clear_line(
    arguments: list[str], code: int, said: str, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="plots need the extra claimx[plot]")
    given = [argument.format(table=table, dir=tmp_path) for argument in arguments]
    assert main(given) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} == {"claims.parquet"}


# --- plots


def standing(number: int, **changes: Any) -> Claim:
    return claim(
        paper_id=f"p{number}", method=f"Rill-{number}", value=80.0 + number, baseline_value=None,
        published=dt.date(2020 + number, 1, 1), **changes,
    )  # fmt: skip


@pytest.fixture(params=[".svg", ".png"])
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    pytest.importorskip("matplotlib", reason="plots need the extra claimx[plot]")
    return tmp_path / f"board{request.param}"


@pytest.mark.parametrize("dated", [True, False])
def test_a_board_is_drawn_with_the_same_bytes_each_time(dated: bool, picture: Path) -> None:
    rows = [standing(number) for number in (3, 1, 2)]
    if not dated:
        rows = [replace(row, published=None) for row in rows]
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    claimx.plot_board(board, picture)
    first = picture.read_bytes()
    claimx.plot_board(board, picture)
    assert picture.read_bytes() == first
    assert first.startswith(b"<?xml" if picture.suffix == ".svg" else b"\x89PNG")
    if picture.suffix == ".svg":
        assert all(name.encode() in first for name in ("Rill-3", "PondBench", "accuracy (%)"))
        assert b"<dc:date>" not in first


def test_hostile_names_are_drawn_as_text(picture: Path) -> None:
    rows = [standing(1), replace(standing(2), method=HOSTILE + "$\\frac{$ \u6f22\u5b57")]
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    claimx.plot_board(board, picture, title="$x_{$ <b>")
    if picture.suffix == ".svg":
        assert b"<script" not in picture.read_bytes()
        assert b"$x_{$ &lt;b&gt;" in picture.read_bytes()


def test_the_record_is_the_best_so_far() -> None:
    from claimx.report.plot import over_time, records

    rows = [standing(number) for number in (1, 3, 2)]
    rows.append(replace(standing(4), value=10.0))
    board = claimx.leaderboard(rows, "PondBench", "accuracy")
    assert over_time(board.rows)
    assert [row.method for row in records(board.rows, higher=True)] == ["Rill-1", "Rill-2", "Rill-3"]
    assert [row.method for row in records(board.rows, higher=False)] == ["Rill-1", "Rill-4"]
    assert not over_time(board.rows[:1])


def test_plot_says_how_to_install_what_it_needs(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    out = tmp_path / "board.svg"
    assert main(["plot", str(table), "--benchmark", "PondBench", "--metric", "accuracy", "-o", str(out)]) == 5
    assert capsys.readouterr().err == "claimx: plots need matplotlib; install it with: pip install 'claimx[plot]'\n"


def test_plot_writes_a_board(table: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", str(table), "--benchmark", "pondbench", "--metric", "acc.", "-o", str(picture)]) == 0
    assert capsys.readouterr().err == f"PondBench, accuracy: 2 methods: {picture}\n"
    assert picture.stat().st_size > 1000
