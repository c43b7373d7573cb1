"""The README does what it says: its Python runs, what it prints is shown, and its commands exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from claimx.cli import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$(?:\n+^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
BLOCKS = [(kind, body, output) for kind, body, output in _BLOCK.findall(README)]
PYTHON = [(body, output) for kind, body, output in BLOCKS if kind == "python"]
SHELL = [line for kind, body, _ in BLOCKS if kind in {"console", "sh"} for line in body.splitlines()]
COMMANDS = sorted(
    {
        part.strip()
        for line in SHELL
        for part in re.split(r"&&|\||;", line.removeprefix("$ ").partition(" #")[0])
        if part.strip().startswith("claimx ")
    }
)


def test_python_blocks_run_and_print_what_is_shown(tmp_path: Path) -> None:
    """All blocks in turn, in one process, as a reader who follows along would type them."""
    assert len(PYTHON) >= 2
    mark = "=-=-= block"
    program = "".join(f"print({mark!r})\n{body}\n" for body, _ in PYTHON)
    script = tmp_path / "readme.py"
    script.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + program, encoding="utf-8")
    (tmp_path / "datasets").symlink_to(ROOT / "datasets")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", script], capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=120
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.split(mark + "\n")[1:]
    for (body, shown), got in zip(PYTHON, printed, strict=True):
        if shown:
            assert _lines(got) == _lines(shown), f"the README shows another output for\n{body}"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_exist_with_their_options(command: str) -> None:
    words = shlex.split(command)
    assert words[1] in {*cli.commands, "--help", "--version"}, command
    if words[1] in cli.commands:
        options = {
            option
            for parameter in cli.commands[words[1]].params
            if isinstance(parameter, click.Option)
            for option in [*parameter.opts, *parameter.secondary_opts]
        }
        given = {word for word in words[2:] if re.match(r"--?[a-z]", word)}
        assert given <= options | {"--help"}, command


def test_every_command_is_shown() -> None:
    assert {shlex.split(command)[1] for command in COMMANDS} >= set(cli.commands)


def test_exit_codes_are_those_of_the_command_line() -> None:
    from claimx.cli import codes

    values = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)}
    assert {int(number) for number in re.findall(r"^\| ([0-9]+) \|", README, re.MULTILINE)} == values


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert "://" in target or (ROOT / target).exists(), target


def test_layout_names_what_is_there() -> None:
    names = re.findall(r"^\| `([^`]+)` \|", README.partition("## Layout")[2].partition("\n## ")[0], re.MULTILINE)
    assert len(names) >= 8
    for name in names:
        assert (ROOT / name).exists(), name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (shown,) = (line.rpartition("&& ")[2] for line in SHELL if "pytest" in line)
    command = shown.removeprefix(".venv/bin/").strip()
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
