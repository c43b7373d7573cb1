"""The page: what its data hold, nothing let in, the same bytes, the command that writes it."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from ponds import HOSTILE, TEXT, claim

import claimx
from claimx.cli import main
from claimx.model import Document
from claimx.report.boards import shown_boards
from claimx.report.render import data_block

SAMPLE = Path(__file__).resolve().parents[1] / "datasets" / "sample.jsonl"


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
