"""``claimx extract``: inputs through the pipeline into a file, a terminal or a pipe."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx.cli import text as show
from claimx.cli.codes import BadRecord, Unwritable
from claimx.cli.run import Run
from claimx.errors import ReadError
from claimx.model import Claim

if TYPE_CHECKING:
    from claimx.batch import Extracted

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


def share(context: click.Context, parameter: click.Parameter, given: str) -> float:
    """A confidence given on the command line."""
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise click.BadParameter(f"{given!r} is no confidence; legal are numbers from 0 to 1")
    return number


@click.command("extract")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="OUT", help="Write a .parquet, .csv, .jsonl or .arrow file, or a folder/ of parts."
)
@click.option("--format", "format_", callback=_format, help="The inputs' format; else told by name and content.")
@click.option("--columns", callback=_columns, metavar="FIELD=COL,...", help="Where the fields text, id, title are.")
@click.option("--strict", is_flag=True, help="A bad record is an error (exit code 4) rather than skipped.")
@click.option("--raw", is_flag=True, help="CSV: no apostrophe before texts that a spreadsheet would run as a formula.")
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
@click.option("--derive", is_flag=True, help="Fill changes and baseline values that the rows imply.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes that extract."
)
@click.option("--part-papers", type=click.IntRange(1), show_default="50000", metavar="N", help="Papers in each part.")
@click.option("--resume", is_flag=True, help="Go on with the run that began to write the folder/.")
@click.option("--rows", type=click.IntRange(0), default=_ROWS_SHOWN, show_default=True, help="Rows for a terminal.")
def extract_command(
    inputs: tuple[str, ...],
    output: str | None,
    format_: str | None,
    columns: dict[str, str] | None,
    strict: bool,
    raw: bool,
    min_confidence: float,
    derive: bool,
    workers: int,
    part_papers: int | None,
    resume: bool,
    rows: int,
) -> None:
    """Extract the claims of every abstract of INPUT... ("-" is standard input).

    Without -o the claims are a table on a terminal and JSON lines in a pipe. A one-line summary, and what was skipped,
    go to standard error. An output file appears whole or not at all. With -o FOLDER/ the claims are Parquet files of
    some thousand papers each, and a run that was cut short goes on with --resume.

    \b
    Examples:
      claimx extract abstracts.jsonl -o claims.parquet
      claimx extract listing-*.txt
      zcat dump.jsonl.gz | claimx extract - --format jsonl > claims.jsonl
      claimx extract papers.csv --columns text=body,id=doi -o claims.csv
      claimx extract refs.bib --min-confidence 0.8
      claimx extract abstracts.jsonl --derive -o claims.parquet
      claimx extract dump.jsonl.gz -o claims/ --workers 4 --resume
    """
    from claimx.parts import PART_PAPERS, is_folder

    parts = output is not None and is_folder(output)
    if not parts and (resume or part_papers):
        raise click.UsageError("--resume and --part-papers are for a folder of parts: end the name after -o in a slash")
    run = Run(inputs, format_, columns, strict, min_confidence, workers, derive)
    stdout = Console()
    told = False
    try:
        with run.progress():
            if output is None and stdout.is_terminal:
                with closing(run.results()) as results:
                    shown = _first(results, rows)
            elif output is None:
                with closing(run.results()) as results:
                    _pipe(results)
            elif parts:
                told = not _write_parts(run, output, part_papers or PART_PAPERS, resume)
            else:
                _write_file(run, output, raw)
    except ReadError as error:
        if strict and error.line is not None:
            raise BadRecord(str(error)) from error
        raise
    if output is None and stdout.is_terminal:
        stdout.print(table(shown, stdout.width))
        if run.claims > len(shown):
            click.secho(f"… {run.claims - len(shown):,} more: see them with --rows or write them with -o", dim=True)
    if not told:
        run.report_to_stderr()


def _write_file(run: Run, output: str, raw: bool) -> None:
    from claimx.output import check_target, write_batches

    target = check_target(output)
    if target.exists() and any(Path(path).exists() and Path(path).samefile(target) for path in run.inputs):
        raise click.UsageError(f"{output} is an input; write the claims to another file")
    with closing(run.results()) as results:
        write_batches((some.claims for some in results), output, raw=raw)


def _write_parts(run: Run, output: str, part_papers: int, resume: bool) -> bool:
    """Whether there was anything left to do."""
    from claimx.batch import chunks
    from claimx.parts import PartFolder, Rows, job

    options = run.options | {"part_papers": part_papers}
    with PartFolder.opened(output, job(run.inputs, options), part_papers, resume) as folder:
        run.resumed(sum(part.claims for part in folder.parts), sum(part.left_out for part in folder.parts))
        if folder.finished and folder.unchanged:
            click.echo(
                f"{output} is finished already: {show.counted(folder.papers, 'abstract')}, "
                f"{show.counted(run.claims, 'claim')}, {show.counted(len(folder.parts), 'part')}",
                err=True,
            )
            return False
        documents = run.documents()
        for papers in folder.passed(documents):
            run.passed(papers)
        with closing(run.extracted(folder.chunks(documents, chunks, run.place))) as rows:
            folder.write(Rows(mark, some.papers, some.claims, some.left_out) for mark, some in rows)
    return True


def _first(results: Iterable[Extracted], rows: int) -> list[Claim]:
    """The first ``rows`` claims; the rest are counted on their way past."""
    from claimx.table import from_batch

    kept: list[Claim] = []
    for some in results:
        if len(kept) < rows:
            kept += from_batch(some.claims)[: rows - len(kept)]
    return kept


def _pipe(results: Iterable[Extracted]) -> None:
    from claimx.output import batch_lines

    for some in results:
        try:
            sys.stdout.buffer.write(batch_lines(some.claims))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            show.drop_stdout()
            raise Unwritable(f"standard output: {error.strerror or error}") from error


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
