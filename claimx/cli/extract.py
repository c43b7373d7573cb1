"""``claimx extract``: inputs through the pipeline into a file, a terminal or a pipe."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from claimx.cli import text as show
from claimx.cli.codes import BadRecord
from claimx.errors import ReadError
from claimx.model import Claim, Document, Skipped

_SKIPS_SHOWN = 5
_ROWS_SHOWN = 200
_HEADINGS = ("method", "benchmark", "metric", "value", "delta", "baseline", "confidence", "paper")
_STYLES = {"method": "bold", "metric": "cyan", "baseline": "dim", "confidence": "dim", "paper": "dim"}


def _columns(context: click.Context, parameter: click.Parameter, given: str | None) -> dict[str, str] | None:
    if given is None:
        return None
    pairs = [pair.partition("=") for pair in given.split(",")]
    if any(not (field.strip() and sign and column.strip()) for field, sign, column in pairs):
        raise click.BadParameter("write it as FIELD=COLUMN, with commas between, such as text=body,id=doi")
    from claimx.read.fields import ROLES

    columns = {field.strip(): column.strip() for field, _, column in pairs}
    if unknown := columns.keys() - set(ROLES):
        raise click.BadParameter(f"no field {', '.join(sorted(unknown))}; legal ones are {', '.join(ROLES)}")
    return columns


def _format(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    if given is not None:
        from claimx.read import ALIASES, FORMATS

        if given.lower() not in {*FORMATS, *ALIASES}:
            raise click.BadParameter(f"{given!r} is no format; legal ones are {', '.join(FORMATS)}")
    return given


def _share(context: click.Context, parameter: click.Parameter, given: str) -> float:
    try:
        share = float(given)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise click.BadParameter(f"{given!r} is no confidence; legal are numbers from 0 to 1")
    return share


@click.command("extract")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", help="Write here: .parquet, .csv, .jsonl or .arrow, by the name's end.")
@click.option("--format", "format_", callback=_format, help="The inputs' format; else told by name and content.")
@click.option("--columns", callback=_columns, metavar="FIELD=COL,...", help="Where the fields text, id, title are.")
@click.option("--strict", is_flag=True, help="A bad record is an error (exit code 4) rather than skipped.")
@click.option("--raw", is_flag=True, help="CSV: no apostrophe before texts that a spreadsheet would run as a formula.")
@click.option("--min-confidence", default="0", callback=_share, metavar="P", help="Only claims so sure, 0 to 1.")
@click.option("--rows", type=click.IntRange(0), default=_ROWS_SHOWN, show_default=True, help="Rows for a terminal.")
def extract_command(
    inputs: tuple[str, ...],
    output: str | None,
    format_: str | None,
    columns: dict[str, str] | None,
    strict: bool,
    raw: bool,
    min_confidence: float,
    rows: int,
) -> None:
    """Extract the claims of every abstract of INPUT... ("-" is standard input).

    Without -o the claims are a table on a terminal and JSON lines in a pipe. A one-line summary, and what was skipped,
    go to standard error. An output file appears whole or not at all.

    \b
    Examples:
      claimx extract abstracts.jsonl -o claims.parquet
      claimx extract listing-*.txt
      zcat dump.jsonl.gz | claimx extract - --format jsonl > claims.jsonl
      claimx extract papers.csv --columns text=body,id=doi -o claims.csv
      claimx extract refs.bib --min-confidence 0.8
    """
    from claimx.output import check_target, write

    if output is not None:
        target = check_target(output)
        if target.exists() and any(Path(path).exists() and Path(path).samefile(target) for path in inputs):
            raise click.UsageError(f"{output} is an input; write the claims to another file")
    run = _Run(inputs, format_, columns, strict, min_confidence)
    stdout = Console()
    try:
        with run.progress():
            if output is not None:
                write(run, output, raw=raw)
            elif stdout.is_terminal:
                shown = _first(run, rows)
            else:
                _pipe(run)
    except ReadError as error:
        if strict and error.line is not None:
            raise BadRecord(str(error)) from error
        raise
    if output is None and stdout.is_terminal:
        stdout.print(table(shown, stdout.width))
        if run.claims > len(shown):
            click.secho(f"… {run.claims - len(shown):,} more: see them with --rows or write them with -o", dim=True)
    run.report_to_stderr()


class _Run(Iterable[Claim]):
    """One run over the inputs: its claims, counted as they pass, and what is told of it on standard error."""

    def __init__(self, inputs: tuple[str, ...], format: str | None, columns: dict[str, str] | None, strict: bool,
                 min_confidence: float) -> None:  # fmt: skip
        from claimx.read import ReadReport

        self._inputs, self._format, self._columns, self._strict = inputs, format, columns, strict
        self._floor = min_confidence
        self._report = ReadReport()
        self._begun = time.perf_counter()
        self.abstracts = self.claims = self.unsure = self.unread = 0
        self._unread: list[Skipped] = []
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __iter__(self) -> Iterator[Claim]:
        from claimx.pipeline import extract_many

        for claim in extract_many(self._documents(), on_skip=self._skipped):
            if (claim.confidence or 0.0) < self._floor:
                self.unsure += 1
                continue
            self.claims += 1
            yield claim

    def _skipped(self, skipped: Skipped) -> None:
        self.unread += 1
        if len(self._unread) < _SKIPS_SHOWN:
            self._unread.append(skipped)

    def _documents(self) -> Iterator[Document]:
        from claimx.read import read

        for name in self._inputs:
            for document in read(name, self._format, self._columns, strict=self._strict, report=self._report):
                self.abstracts += 1
                if self._bar is not None and self.abstracts % 16 == 0:
                    self._bar.update(self._task, completed=self.abstracts, claims=self.claims)
                yield document

    def progress(self) -> Progress:
        """A live progress bar on a terminal's standard error; nothing at all elsewhere."""
        console = Console(stderr=True)
        bar = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:,} abstracts"),
            TextColumn("{task.fields[claims]:,} claims"),
            _Rate(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = bar.add_task("", total=None, claims=0)
        self._bar = bar
        return bar

    def report_to_stderr(self) -> None:
        """The skipped records, the first few of them by name, and one line over the whole run."""
        skips = self._report.reasons[:_SKIPS_SHOWN]
        for skip in skips:
            click.echo(f"skipped {show.plain(str(skip))}", err=True)
        if self._report.skipped > len(skips):
            click.echo(f"… and {self._report.skipped - len(skips):,} more skipped", err=True)
        for stretch in self._unread:
            click.echo(f"not read: {show.plain(str(stretch))}", err=True)
        if self.unread > len(self._unread):
            click.echo(f"… and {self.unread - len(self._unread):,} more not read", err=True)
        for note in self._report.notes:
            click.echo(f"note: {show.plain(note)}", err=True)
        seconds = time.perf_counter() - self._begun
        unsure = f" ({self.unsure:,} left out, confidence below {self._floor:g})" if self._floor else ""
        unread = (
            f", {show.counted(self.unread, 'stretch', 'stretches')} of text too long to read" if self.unread else ""
        )
        click.echo(
            f"{show.counted(self.abstracts, 'abstract')}, {show.counted(self.claims, 'claim')}{unsure}, "
            f"{self._report.skipped:,} skipped{unread}, {seconds:.1f} s "
            f"({show.counted(round(self.abstracts / seconds), 'abstract')}/s)",
            err=True,
        )


class _Rate(ProgressColumn):
    """Abstracts per second since the start."""

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0.0
        return Text(f"{task.completed / elapsed:,.0f} abstracts/s" if elapsed > 0 else "", style="cyan")


def _first(claims: Iterable[Claim], rows: int) -> list[Claim]:
    """The first ``rows`` claims; the rest are counted on their way past."""
    kept: list[Claim] = []
    for claim in claims:
        if len(kept) < rows:
            kept.append(claim)
    return kept


def _pipe(claims: Iterable[Claim]) -> None:
    from claimx.output import json_line

    stream = sys.stdout.buffer
    for claim in claims:
        stream.write(json_line(claim).encode() + b"\n")
    stream.flush()


def table(claims: Sequence[Claim], width: int = 120) -> Table:
    """The claims for people, ``width`` columns wide at most: green where a change is for the better, red for worse."""
    rows = [
        (claim.method or "", claim.benchmark or "", claim.metric or "", show.value(claim), show.delta(claim),
         show.baseline(claim), "" if claim.confidence is None else f"{claim.confidence:.2f}", claim.paper_id)
        for claim in claims
    ]  # fmt: skip
    cells = [[Text(show.plain(cell)) for cell in row] for row in rows]
    wanted = [max([len(heading), *(row[i].cell_len for row in cells)]) for i, heading in enumerate(_HEADINGS)]
    room = fit(wanted, width - 2 * (len(_HEADINGS) - 1))
    out = Table(box=None, header_style="bold", pad_edge=False)
    for heading, columns in zip(_HEADINGS, room, strict=True):
        right = heading in ("value", "delta", "confidence")
        out.add_column(heading, style=_STYLES.get(heading, ""), justify="right" if right else "left", no_wrap=True,
                       overflow="ellipsis", width=columns)  # fmt: skip
    for claim, row in zip(claims, cells, strict=True):
        if claim.improved is not None:
            row[_HEADINGS.index("delta")].stylize("green" if claim.improved else "red")
        out.add_row(*row)
    return out


def fit(wanted: list[int], room: int) -> list[int]:
    """Widths for columns that would like ``wanted``: the narrow ones get it, the wide ones share the rest evenly."""
    widths = list(wanted)
    left = room
    for place, i in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[i] = max(1, min(wanted[i], left // (len(wanted) - place)))
        left -= widths[i]
    return widths
