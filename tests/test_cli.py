"""The command line: where results go, what is said on standard error, and the exit code of every kind of trouble."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimx.cli import cli, codes, main
from claimx.errors import GrammarError
from claimx.model import Claim, Document
from claimx.output import load, write

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(cli.commands)

Run = pytest.CaptureFixture[str]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three good records and one bad one in the third line."""
    path = tmp_path / "papers.jsonl"
    records = [{"id": f"p{n}", "title": f"T{n}", "abstract": f"Scores {n} and 50."} for n in (1, 2, 3)]
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join([*lines[:2], "{broken", lines[2]]) + "\n")
    return path


def test_output_file_has_the_claims(papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run) -> None:
    out = tmp_path / "claims.parquet"
    assert main(["extract", str(papers), "-o", str(out)]) == codes.OK
    assert [(claim.paper_id, claim.value) for claim in load(out)] == [
        ("p1", 1), ("p1", 50), ("p2", 2), ("p2", 50), ("p3", 3), ("p3", 50),
    ]  # fmt: skip
    stdout, stderr = capsys.readouterr()
    assert stdout == ""
    assert re.search(r"^3 abstracts, 6 claims, 1 skipped, [0-9.]+ s \([0-9,]+ abstracts/s\)$", stderr, re.MULTILINE)
    assert re.search(r"skipped .*papers\.jsonl:3: ", stderr)
    assert "\x1b" not in stderr


def test_a_pipe_gets_json_lines(
    papers: Path, stand_in: list[Document], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["extract", str(papers), "--min-confidence", "0.5"]) == codes.OK
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [row["value"] for row in rows] == [50, 2, 50, 3, 50]
    assert rows[0]["title"] == "T1"
    assert rows[0]["delta"] is None


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "3 abstracts, 6 claims, 1 skipped, "),
        (["--min-confidence", "0.5"], "3 abstracts, 5 claims (1 left out, confidence below 0.5), 1 skipped, "),
        (["--min-confidence", "0.75"], "3 abstracts, 5 claims (1 left out, confidence below 0.75), 1 skipped, "),
        (["--min-confidence", "0.1"], "3 abstracts, 6 claims (0 left out, confidence below 0.1), 1 skipped, "),
        (["--min-confidence", "1"], "3 abstracts, 0 claims (6 left out, confidence below 1), 1 skipped, "),
    ],
)
def test_the_summary_tells_how_many_unsure_claims_were_left_out(
    options: list[str], told: str, papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "claims.jsonl"
    assert main(["extract", str(papers), "-o", str(out), *options]) == codes.OK
    assert told in capsys.readouterr().err
    assert f" {len(load(out))} claims" in told


def test_the_summary_of_one(tmp_path: Path, stand_in: list[Document], capsys: Run) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text('{"id": "p", "abstract": "Scores 7."}\n')
    assert main(["extract", str(path)]) == codes.OK
    assert capsys.readouterr().err.startswith("1 abstract, 1 claim, 0 skipped, ")


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".arrow"])
def test_every_format_has_the_confidence(
    suffix: str, papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / f"claims{suffix}"
    assert main(["extract", str(papers), "-o", str(out)]) == codes.OK
    if suffix == ".csv":
        with open(out, newline="") as stream:
            found = [float(row["confidence"]) for row in csv.DictReader(stream)]
    elif suffix == ".jsonl":
        found = [json.loads(line)["confidence"] for line in out.read_text().splitlines()]
    else:
        table = pq.read_table(out) if suffix == ".parquet" else pa.ipc.open_file(out.read_bytes()).read_all()
        found = table.column("confidence").to_pylist()
    assert found == [0.25, 0.75, 0.75, 0.75, 0.75, 0.75]


def test_strict_stops_at_a_bad_record_and_writes_nothing(
    papers: Path, tmp_path: Path, stand_in: list[Document], capsys: Run
) -> None:
    out = tmp_path / "claims.csv"
    assert main(["extract", str(papers), "-o", str(out), "--strict"]) == codes.BAD_RECORD
    assert not out.exists()
    assert re.match(r"claimx: .*papers\.jsonl:3: ", capsys.readouterr().err)


def test_columns_and_format_reach_the_reader(tmp_path: Path, stand_in: list[Document], capsys: Run) -> None:
    path = tmp_path / "papers.data"
    path.write_text("doi,body\nx,Scores 7.\n")
    assert main(["extract", str(path), "--format", "csv", "--columns", "text=body, id=doi"]) == codes.OK
    assert [(document.id, document.text) for document in stand_in] == [("x", "Scores 7.")]


def test_standard_input(papers: Path, stand_in: list[Document], capsys: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(papers.read_bytes())))
    assert main(["extract", "-", "--format", "jsonl"]) == codes.OK
    assert [document.id for document in stand_in] == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["extract"], codes.USAGE, "INPUT"),
        (["extrct"], codes.USAGE, "extrct"),
        (["extract", "PAPERS", "--format", "docx"], codes.USAGE, "legal ones are pages, jsonl"),
        (["extract", "PAPERS", "--columns", "body"], codes.USAGE, "FIELD=COLUMN"),
        (["extract", "PAPERS", "--columns", "author=a"], codes.USAGE, "legal ones are id, text"),
        (["extract", "PAPERS", "--min-confidence", "2"], codes.USAGE, "'2' is no confidence; legal are numbers from 0"),
        (["extract", "PAPERS", "--min-confidence", "-0.1"], codes.USAGE, "legal are numbers from 0 to 1"),
        (["extract", "PAPERS", "--min-confidence", "nan"], codes.USAGE, "legal are numbers from 0 to 1"),
        (["extract", "PAPERS", "--min-confidence", "high"], codes.USAGE, "legal are numbers from 0 to 1"),
        (["extract", "PAPERS", "-o", "PAPERS"], codes.USAGE, "is an input"),
        (["extract", "nowhere.jsonl"], codes.UNREADABLE, "nowhere.jsonl"),
        (["extract", "PAPERS", "-o", "out.xlsx"], codes.UNWRITABLE, ".parquet, .csv, .jsonl, .arrow"),
        (["extract", "PAPERS", "-o", "no/such/out.csv"], codes.UNWRITABLE, "no folder"),
        (["evaluate", "PAPERS", "nowhere.parquet"], codes.UNREADABLE, "No such file"),
        (["evaluate", "PAPERS", "PAPERS", "--floor", "luck=1"], codes.USAGE, "legal ones are found"),
        (["evaluate", "PAPERS", "PAPERS", "--floor", "found=high"], codes.USAGE, "NAME=NUMBER"),
        (["diff", "PAPERS", "a.txt"], codes.UNREADABLE, "papers.jsonl"),
    ],
)
def test_a_users_mistake_is_one_message_and_its_code(
    arguments: list[str], code: int, says: str, papers: Path, stand_in: list[Document], capsys: Run
) -> None:
    assert main([str(papers) if argument == "PAPERS" else argument for argument in arguments]) == code
    stdout, stderr = capsys.readouterr()
    assert says in " ".join(stderr.split())
    assert "Traceback" not in stderr
    assert stdout == ""


def _raising(error: BaseException) -> ModuleType:
    def extract_many(documents: Iterable[Document], on_skip: object = None) -> Iterator[Claim]:
        yield Claim(paper_id="p", value=1.0)
        raise error

    module = ModuleType("claimx.pipeline")
    vars(module).update(extract_many=extract_many)
    return module


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), codes.INTERRUPTED),
        (GrammarError("a.toml", "unknown type", source="x:FOO", column=2), codes.GRAMMAR),
    ],
)
def test_trouble_halfway_leaves_no_file(
    error: BaseException, code: int, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Run
) -> None:
    monkeypatch.setitem(sys.modules, "claimx.pipeline", _raising(error))
    before = sorted(os.listdir(tmp_path))
    assert main(["extract", str(papers), "-o", str(tmp_path / "out.parquet")]) == code
    assert sorted(os.listdir(tmp_path)) == before
    stderr = capsys.readouterr().err
    assert "Traceback" not in stderr
    if code == codes.GRAMMAR:
        assert "\n      ^" in stderr, "the caret stands under its column"


def test_a_fault_of_claimx_itself_is_not_hidden(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "claimx.pipeline", _raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["extract", str(papers)])


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples(command: str, capsys: Run) -> None:
    assert main([*command.split(), "--help"]) == codes.OK
    text = capsys.readouterr().out
    assert "Example" in text
    assert f"  claimx {command}" in text
    for line in re.findall(r"^\s+claimx (.*)$", text, re.MULTILINE):
        name = line.split()[0]
        assert name == "COMMAND" or name in COMMANDS, f"--help shows an unknown command: {line}"


def test_group_help_documents_every_exit_code(capsys: Run) -> None:
    main(["--help"])
    text = capsys.readouterr().out
    values = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)}
    assert {int(number) for number in re.findall(r"([0-9]+) (?=[a-z])", text.split("Exit codes:")[1])} == values


def test_explain_and_check(monkeypatch: pytest.MonkeyPatch, capsys: Run) -> None:
    def result(ok: bool) -> SimpleNamespace:
        return SimpleNamespace(path="a.toml", pattern="gain", text="Text 1.", ok=ok, message="" if ok else "no claim")

    results = [result(True), result(False)]
    module = ModuleType("claimx.pipeline")
    vars(module).update(
        explain=lambda text, title=None: SimpleNamespace(render=lambda: f"{text}|{title}\x1b[2J"),
        check_examples=lambda path=None: [item for item in results if path is None or item.ok],
    )
    monkeypatch.setitem(sys.modules, "claimx.pipeline", module)
    monkeypatch.setitem(sys.modules, "claimx.check", module)
    assert main(["explain", "A 1.", "--title", "B"]) == codes.OK
    assert capsys.readouterr().out == "A 1.|B [2J\n", "characters that steer the terminal are taken out"
    assert main(["check"]) == codes.FAILED
    out, err = capsys.readouterr()
    assert "FAIL a.toml gain: Text 1.\n     no claim" in out
    assert "ok " not in out
    assert err == "2 examples, 1 failed\n"
    assert main(["check", "a.toml", "-v"]) == codes.OK
    assert "ok   a.toml gain" in capsys.readouterr().out


def test_formats_lists_what_can_be_read_and_written(capsys: Run) -> None:
    from claimx.read import FORMATS

    assert main(["formats"]) == codes.OK
    text = capsys.readouterr().out
    assert all(name in text for name in [*FORMATS, ".parquet", ".arrow"])


def test_quantities(capsys: Run) -> None:
    assert main(["quantities", "It rose from 35.5% to about 44.5%."]) == codes.OK
    text = capsys.readouterr().out
    assert re.search(r"13:18 +35\.5% +percent +35\.5", text)
    assert re.search(r"44\.5% +percent +44\.5 +percent +~", text)


def test_diff_tells_added_removed_and_changed(tmp_path: Path, capsys: Run) -> None:
    a, b = tmp_path / "a.jsonl", tmp_path / "b.parquet"
    same = Claim(paper_id="p", metric="F1", value=1.0, value_start=0, value_end=1)
    write([same, Claim(paper_id="gone"), Claim(paper_id="q", unit="percent", value=2.0)], a)
    write([same, Claim(paper_id="q", unit=None, value=2.0), Claim(paper_id="new")], b)
    assert main(["diff", str(a), str(b)]) == codes.OK
    out, err = capsys.readouterr()
    assert out.splitlines()[0].startswith("- gone")
    assert out.splitlines()[1].startswith("+ new")
    assert "    unit: 'percent' → None" in out
    assert err == "1 added, 1 removed, 1 changed, 1 the same\n"


def test_diff_shows_another_method_as_a_change_and_confidence_alone_as_none(tmp_path: Path, capsys: Run) -> None:
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    row = Claim(paper_id="p", method="FooNet", value=1.0, value_start=0, value_end=1, confidence=0.5)
    other = Claim(paper_id="q", value=1.0, value_start=0, value_end=1, confidence=0.5)
    write([row, other], a)
    write([replace(row, method="BarNet", confidence=0.25), replace(other, confidence=0.6)], b)
    assert main(["diff", str(a), str(b)]) == codes.OK
    out, err = capsys.readouterr()
    assert out.splitlines()[1:] == ["    method: 'FooNet' → 'BarNet'", "    confidence: 0.5 → 0.25"]
    assert err == "0 added, 0 removed, 1 changed, 1 the same\n"


def test_progress_bar_and_table_on_a_terminal(papers: Path) -> None:
    pty = pytest.importorskip("pty")
    script = (
        "import sys, time, types; from claimx.model import Claim\n"
        "def extract_many(documents, on_skip=None):\n"
        "    for document in documents:\n"
        "        time.sleep(0.15); yield Claim(paper_id=document.id, method='StandIn', value=7.0, unit='percent')\n"
        "module = types.ModuleType('claimx.pipeline'); module.extract_many = extract_many\n"
        "sys.modules['claimx.pipeline'] = module\n"
        "from claimx.cli import main; sys.exit(main())\n"
    )
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-c", script, "extract", str(papers), "--rows", "2"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            seen += piece
    os.close(ours)
    text = seen.decode()
    assert process.returncode == 0, text
    assert "abstracts/s" in text.split("StandIn")[0], "the bar tells the speed before the table comes"
    assert "7 %" in text
    assert "\x1b[1m" in text
    assert "1 more" in text
    assert "3 abstracts, 3 claims, 1 skipped" in text


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "abstract": "Scores 5."}) + "\n" for n in range(20_000)))
    script = (
        "import sys, types; from claimx.model import Claim\n"
        "module = types.ModuleType('claimx.pipeline')\n"
        "module.extract_many = lambda documents, on_skip: (Claim(paper_id=document.id) for document in documents)\n"
        "sys.modules['claimx.pipeline'] = module\n"
        "from claimx.cli import main; sys.exit(main())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "extract", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["paper_id"] == "0"
    process.stdout.close()
    stderr = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == codes.BROKEN_PIPE
    assert "Traceback" not in stderr
    assert "Exception ignored" not in stderr


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, codes.TERMINATED), (signal.SIGINT, codes.INTERRUPTED)])
def test_a_signal_leaves_no_half_written_file(number: int, code: int, papers: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time, types; from claimx.model import Claim\n"
        "def extract_many(documents, on_skip=None):\n"
        "    yield Claim(paper_id='p'); print('begun', flush=True); time.sleep(30)\n"
        "module = types.ModuleType('claimx.pipeline'); module.extract_many = extract_many\n"
        "sys.modules['claimx.pipeline'] = module\n"
        "from claimx.cli import run; run()\n"
    )
    command = [sys.executable, "-c", script, "extract", str(papers), "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        assert len(os.listdir(tmp_path)) == 2, "the temporary file stands beside the input"
        process.send_signal(number)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == code
    assert b"Traceback" not in stderr
    assert os.listdir(tmp_path) == [papers.name]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".arrow"])
def test_the_same_input_gives_the_same_bytes_in_any_process(suffix: str, tmp_path: Path) -> None:
    contents = set()
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}{suffix}"
        command = [sys.executable, "-m", "claimx", "extract", "datasets/sample.jsonl", "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed})
        contents.add(out.read_bytes())
    assert len(contents) == 1
    assert len(load(out)) > 40


def test_python_dash_m() -> None:
    done = subprocess.run([sys.executable, "-m", "claimx", "--version"], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"claimx, version [0-9]+\.[0-9]+\.[0-9]+\S*\n", done.stdout)


def test_commands_are_documented_and_thin() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
