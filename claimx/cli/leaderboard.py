"""``claimx leaderboard`` and ``claimx boards``: boards out of a claim table."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx.cli.extract import fit, share
from claimx.cli.text import counted, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimx.leaderboard import Board, BoardSummary

_ENDINGS = {".md": "markdown", ".csv": "csv", ".json": "json", ".tex": "latex", ".html": "html", ".txt": "terminal"}
_LISTINGS = ("terminal", "markdown", "csv", "json")
_TERMINAL_ROWS = 50
_FILE_WIDTH = 120


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> dt.date | None:
    from claimx.leaderboard.build import day_of

    try:
        return None if given is None else day_of(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("leaderboard")
@click.argument("table")
@click.option("--benchmark", metavar="NAME", help="The benchmark, by any of its names.")
@click.option("--metric", metavar="NAME", help="The metric, by any of its names.")
@click.option("--task", metavar="TASK", help="Only results of this task.")
@click.option("--setting", metavar="SETTING", help="Only results in this setting, such as zero-shot.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["result", "baseline", "human", "efficiency", "finding"]),
    help="Only claims of this kind; may be given more than once.  [default: result, baseline]",
)
@click.option("--since", callback=_day, metavar="DATE", help="Only papers since 2024, 2024-06 or 2024-06-30.")
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
@click.option("--all-results", is_flag=True, help="Every result rather than the best of each method.")
@click.option("--bounds", is_flag=True, help="Rank bounds (up to, over, about) and ranges as if they were exact.")
@click.option("--order", type=click.Choice(["higher", "lower"]), help="Which is better, where the metric is not known.")
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help=f"At most N rows.  [default: {_TERMINAL_ROWS} on a terminal]"
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_ENDINGS.values()]),
    help="The form; else by the end of FILE's name, else terminal.",
)
@click.option("-o", "--output", metavar="FILE", help="Write here, whole or not at all.")
@click.option("--raw", is_flag=True, help="CSV: no apostrophe before texts that a spreadsheet would run as a formula.")
def leaderboard_command(
    table: str,
    benchmark: str | None,
    metric: str | None,
    task: str | None,
    setting: str | None,
    kinds: tuple[str, ...],
    since: dt.date | None,
    min_confidence: float,
    all_results: bool,
    bounds: bool,
    order: str | None,
    top: int | None,
    format_: str | None,
    output: str | None,
    raw: bool,
) -> None:
    """Rank the results of TABLE on one benchmark and metric, best first.

    TABLE is a claim table (.parquet, .csv, .jsonl, .arrow) or a folder of Parquet files. Ties share a rank. Bounds and
    ranges are listed below, unranked; values that cannot be compared stand apart with the reason.

    \b
    Examples:
      claimx leaderboard claims.parquet --benchmark CIFAR-10 --metric FID
      claimx leaderboard claims.parquet --benchmark GSM8K --metric accuracy --since 2024 --top 10
      claimx leaderboard parts/ --benchmark ImageNet --metric top-1 --format latex -o board.tex
    """
    from claimx.leaderboard import leaderboard

    form = _form(format_, output, tuple(_ENDINGS.values()))
    board = leaderboard(
        table, benchmark, metric, task=task, kinds=kinds or ("result", "baseline"), best_per_method=not all_results,
        since=since, min_confidence=min_confidence, bounds=bounds, setting=setting, order=order,
        limit=_TERMINAL_ROWS if top is None and form == "terminal" and output is None else top,
        sentences=form != "terminal",
    )  # fmt: skip
    console = Console()
    if form == "terminal" and output is None and console.is_terminal:
        from claimx.leaderboard.terminal import render

        console.print(*render(board, console.width), sep="\n")
    else:
        _put(_written(board, form, raw), output)
    if board.more.rows and top is None:
        click.secho("more rows: --top N, or all with -o", dim=True, err=True)


@click.command("boards")
@click.argument("table")
@click.option("--min-methods", type=click.IntRange(1), default=1, show_default=True, help="Only boards with so many.")
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help=f"At most N boards.  [default: {_TERMINAL_ROWS} on a terminal]"
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_LISTINGS),
    help="The form; else by the end of FILE's name, else terminal.",
)
@click.option("-o", "--output", metavar="FILE", help="Write here, whole or not at all.")
@click.option("--raw", is_flag=True, help="CSV: no apostrophe before texts that a spreadsheet would run as a formula.")
def boards_command(
    table: str,
    min_methods: int,
    min_confidence: float,
    top: int | None,
    format_: str | None,
    output: str | None,
    raw: bool,
) -> None:
    """List the boards that TABLE holds, those with the most methods first.

    TABLE is a claim table (.parquet, .csv, .jsonl, .arrow) or a folder of Parquet files.

    \b
    Examples:
      claimx boards claims.parquet --min-methods 3
      claimx boards parts/ --format csv -o boards.csv
    """
    from claimx.leaderboard import boards

    form = _form(format_, output, _LISTINGS)
    to_screen = form == "terminal" and output is None
    asked = _TERMINAL_ROWS + 1 if top is None and to_screen else top
    found = boards(table, min_methods=min_methods, min_confidence=min_confidence, limit=asked)
    shown = found[:_TERMINAL_ROWS] if top is None and to_screen else found
    console = Console()
    if to_screen and console.is_terminal:
        console.print(_listing(shown, console.width))
    else:
        _put(_listed(shown, form, raw), output)
    if len(found) > len(shown):
        click.secho("more boards: --top N, or all with -o", dim=True, err=True)
    if not found:
        click.echo("no board: no claim has a benchmark, a metric, a method and a value", err=True)


def _form(given: str | None, output: str | None, legal: tuple[str, ...]) -> str:
    """The form asked for, by name or by the end of the output's name."""
    if given is not None:
        return given
    if output is None:
        return "terminal"
    ending = _ENDINGS.get(PurePath(output).suffix.lower(), "")
    if ending not in legal:
        endings = [suffix for suffix, form in _ENDINGS.items() if form in legal]
        raise click.UsageError(f"{output}: cannot tell the form; end the name in {', '.join(endings)} or give --format")
    return ending


def _written(board: Board, form: str, raw: bool) -> str:
    if form == "terminal":
        return board.to_text(_FILE_WIDTH)
    if form == "markdown":
        return board.to_markdown()
    if form == "csv":
        return board.to_csv(raw=raw)
    if form == "json":
        return board.to_json()
    if form == "latex":
        return board.to_latex()
    return board.to_html(page=True)


def _listed(boards: Sequence[BoardSummary], form: str, raw: bool) -> str:
    from claimx.leaderboard import listing_forms

    if form == "terminal":
        console = Console(width=_FILE_WIDTH, color_system=None, force_terminal=False)
        with console.capture() as captured:
            console.print(_listing(boards, _FILE_WIDTH))
        return "".join(line.rstrip() + "\n" for line in captured.get().removesuffix("\n").split("\n"))
    if form == "markdown":
        return listing_forms.to_markdown(boards)
    return listing_forms.to_csv(boards, raw=raw) if form == "csv" else listing_forms.to_json(boards)


def _put(text: str, output: str | None) -> None:
    from claimx.output import write_text

    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(text, output)
        click.echo(f"wrote {counted(text.count(chr(10)), 'line')} to {plain(output)}", err=True)


def _listing(boards: Sequence[BoardSummary], width: int) -> Table:
    headings = ["benchmark", "metric", "methods", "results", "task"]
    rows = [
        [plain(text) for text in (one.benchmark, one.metric, f"{one.methods:,}", f"{one.results:,}", one.task or "")]
        for one in boards
    ]
    if width < 60:
        headings, rows = headings[:4], [row[:4] for row in rows]
    cells = [[Text(text) for text in row] for row in rows]
    wanted = [max([len(heading), *(row[at].cell_len for row in cells)]) for at, heading in enumerate(headings)]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading, columns in zip(headings, fit(wanted, width - 2 * (len(headings) - 1)), strict=True):
        table.add_column(heading, width=columns, no_wrap=True, overflow="ellipsis",
                         justify="right" if heading in ("methods", "results") else "left",
                         style={"benchmark": "bold", "metric": "cyan", "task": "dim"}.get(heading, ""))  # fmt: skip
    for row in cells:
        table.add_row(*row)
    return table
