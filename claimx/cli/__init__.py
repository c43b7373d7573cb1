"""The command line: thin commands over the library, and the only place where click and rich are imported."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any

import click

from claimx import __version__
from claimx.cli import codes
from claimx.cli.evaluate import diff_command, evaluate_command
from claimx.cli.extract import extract_command
from claimx.cli.fit import fit_command
from claimx.cli.inspect import check_command, explain_command, formats_command, quantities_command
from claimx.cli.leaderboard import boards_command, leaderboard_command
from claimx.cli.resolve import resolve_command
from claimx.cli.text import plain
from claimx.errors import ClaimxError

__all__ = ["cli", "main", "run"]


class _ReaderLeft(Exception):
    """Whoever read standard output has left, as `head` does."""


class _Group(click.Group):
    """A group that keeps a broken pipe from click, which would make it exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderLeft from error
        return result


@click.group(
    cls=_Group, epilog=codes.EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="claimx")
def cli() -> None:
    """Quantitative claims out of research abstracts, into a table.

    \b
    Examples:
      claimx extract abstracts.jsonl -o claims.parquet
      claimx extract listing.txt
      claimx explain "FooNet improves accuracy by 2.1% on CIFAR-10."
      claimx COMMAND --help
    """


for _command in (
    extract_command,
    explain_command,
    check_command,
    evaluate_command,
    diff_command,
    leaderboard_command,
    boards_command,
    fit_command,
    quantities_command,
    formats_command,
    resolve_command,
):
    cli.add_command(_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on ``argv`` (by default the process's own) and return its exit code.

    A user's mistake is one message on standard error; only a fault of claimx itself shows a traceback.
    """
    try:
        result = cli.main(args=None if argv is None else list(argv), prog_name="claimx", standalone_mode=False)
    except click.exceptions.Abort:
        return _say("interrupted", codes.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KeyboardInterrupt:
        return _say("interrupted", codes.INTERRUPTED)
    except _ReaderLeft:
        # What is still buffered must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return codes.BROKEN_PIPE
    except ClaimxError as error:
        return _say(str(error), codes.of(error))
    return result if isinstance(result, int) else codes.OK


def _say(message: str, code: int) -> int:
    click.echo("claimx: " + plain(message, keep="\n"), err=True)
    return code


def _terminated(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(codes.TERMINATED)


def run() -> None:
    """The console script: :func:`main` on the process's arguments; a polite kill also cleans up behind itself."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(main())
