"""``claimx leaderboard`` and ``claimx boards``: forms, files and mistakes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from claimx.cli import codes, main
from claimx.model import Claim
from claimx.output import write

ROOT = Path(__file__).resolve().parents[1]
Run = pytest.CaptureFixture[str]


@pytest.fixture
def table(tmp_path: Path) -> str:
    claims = [
        Claim(paper_id=f"p{n}", method=f"Net-{n}", benchmark="CIFAR-10", metric="FID", value=2 + n / 10, rule="r",
              confidence=n / 100, sentence=f"Net-{n} wins.", kind="baseline" if n == 3 else "result")
        for n in range(60)
    ]  # fmt: skip
    claims.append(Claim(paper_id="q", method="AccNet", benchmark="MNIST", metric="accuracy", value=0.5, rule="r"))
    write(claims, tmp_path / "claims.parquet")
    return str(tmp_path / "claims.parquet")


BOARD = ["--benchmark", "cifar10", "--metric", "fid"]


def test_a_pipe_gets_plain_text_and_the_first_fifty(table: str, capsys: Run) -> None:
    assert main(["leaderboard", table, *BOARD]) == codes.OK
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "FID on CIFAR-10 (image classification), lower is better"
    assert lines[2].split() == ["1", "Net-0", "2", "p0"]
    assert lines[-1] == "… 10 more"
    assert "--top" in err
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("markdown", "**FID on"),
        ("csv", "rank,method,"),
        ("json", "{\n"),
        ("latex", "% needs"),
        ("html", "<!DOCTYPE html>"),
    ],
)
def test_every_form_prints_and_has_all_rows(form: str, begins: str, table: str, capsys: Run) -> None:
    assert main(["leaderboard", table, *BOARD, "--format", form]) == codes.OK
    out, err = capsys.readouterr()
    assert out.startswith(begins)
    assert "Net-59" in out
    assert err == ""


@pytest.mark.parametrize("name", ["b.md", "b.csv", "b.json", "b.tex", "b.html", "b.txt", "B.JSON"])
def test_a_file_has_what_is_printed(name: str, table: str, tmp_path: Path, capsys: Run) -> None:
    assert main(["leaderboard", table, *BOARD, "-o", str(tmp_path / name)]) == codes.OK
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("wrote ")
    form = {".md": "markdown", ".tex": "latex", ".txt": "terminal"}.get(name[-3:], name.rpartition(".")[2].lower())
    form = {"tex": "latex", "txt": "terminal", "md": "markdown"}.get(form, form)
    main(["leaderboard", table, *BOARD, "--format", form, "--top", "60"])
    assert (tmp_path / name).read_text(encoding="utf-8") == capsys.readouterr().out


def test_options_reach_the_board(table: str, capsys: Run) -> None:
    def methods(*options: str) -> list[str]:
        assert main(["leaderboard", table, *BOARD, "--format", "json", *options]) == codes.OK
        return [row["method"] for row in json.loads(capsys.readouterr().out)["rows"]]

    assert methods("--top", "2") == ["Net-0", "Net-1"]
    assert methods("--order", "higher", "--top", "1") == ["Net-59"]
    assert methods("--kind", "baseline") == ["Net-3"]
    assert methods("--kind", "baseline", "--kind", "result", "--top", "4")[3] == "Net-3"
    assert methods("--min-confidence", "0.58") == ["Net-58", "Net-59"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--benchmark", "CIFAR-1O", "--metric", "FID"], codes.USAGE, "no row with the benchmark 'CIFAR-1O'; the"),
        (["--benchmark", "CIFAR-10"], codes.USAGE, "say which metric; the table has FID"),
        ([], codes.USAGE, "say which benchmark; the table has CIFAR-10, MNIST"),
        ([*BOARD, "--since", "2030"], codes.USAGE, "none of its 60 results meets the conditions"),
        ([*BOARD, "--since", "soon"], codes.USAGE, "'soon' is no date; legal are 2024, 2024-06 and 2024-06-30"),
        ([*BOARD, "--min-confidence", "7"], codes.USAGE, "legal are numbers from 0 to 1"),
        ([*BOARD, "--top", "0"], codes.USAGE, "0 is not in the range"),
        ([*BOARD, "-o", "board.pdf"], codes.USAGE, "end the name in .md, .csv, .json, .tex, .html, .txt or give"),
        ([*BOARD, "-o", "/nowhere/board.md"], codes.UNWRITABLE, "there is no folder /nowhere"),
    ],
)  # fmt: skip
def test_mistakes_are_one_clear_message(arguments: list[str], code: int, message: str, table: str, capsys: Run) -> None:
    assert main(["leaderboard", table, *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert message in " ".join(err.split())
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["leaderboard", "boards"])
def test_a_table_that_cannot_be_read(command: str, tmp_path: Path, capsys: Run) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    for path in (tmp_path / "none.parquet", tmp_path / "bad.parquet", tmp_path / "claims.doc", tmp_path):
        (tmp_path / "bad.parquet").unlink() if path == tmp_path else None
        assert main([command, str(path)]) == codes.UNREADABLE
        assert capsys.readouterr().err.startswith(f"claimx: {path}")


def test_boards_by_number_of_methods(table: str, tmp_path: Path, capsys: Run) -> None:
    assert main(["boards", table]) == codes.OK
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["benchmark", "metric", "methods", "results", "task"],
        ["CIFAR-10", "FID", "60", "60", "image", "classification"],
        ["MNIST", "accuracy", "1", "1", "image", "classification"],
    ]
    assert main(["boards", table, "--min-methods", "2", "--format", "json"]) == codes.OK
    assert [one["benchmark"] for one in json.loads(capsys.readouterr().out)] == ["CIFAR-10"]
    assert main(["boards", table, "-o", str(tmp_path / "b.md")]) == codes.OK
    assert (tmp_path / "b.md").read_text().count("\n") == 4
    assert main(["boards", table, "-o", str(tmp_path / "b.tex")]) == codes.USAGE
    capsys.readouterr()


def test_a_table_without_boards_says_so(tmp_path: Path, capsys: Run) -> None:
    write([Claim(paper_id="p", metric="FID", value=1.0)], tmp_path / "c.parquet")
    assert main(["boards", str(tmp_path / "c.parquet")]) == codes.OK
    assert "no board" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [30, 200])
def test_a_terminal_of_any_width_gets_colours_and_whole_ranks(columns: int, table: str) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "claimx", "leaderboard", table, *BOARD, "--top", "3"]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=environment, cwd=ROOT) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert b"\x1b[" in shown
    assert b"Net-2" in shown
    assert b"57 more" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


def test_the_way_to_a_board_needs_no_pandas(table: str) -> None:
    code = (
        "import sys; from claimx.cli import main\n"
        f"main(['leaderboard', {table!r}, '--benchmark', 'CIFAR-10', '--metric', 'FID'])\n"
        "assert not {'pandas', 'pyarrow.dataset', 'pint'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
