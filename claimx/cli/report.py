"""``claimx report`` and ``claimx plot``: claims to look at, as a page and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from claimx.cli.extract import share
from claimx.cli.text import counted, plain
from claimx.model import Document

_MANY = 100_000


@click.command("report")
@click.argument("claims")
@click.option("-o", "--output", required=True, metavar="PAGE.html", help="Write the page here.")
@click.option(
    "--texts",
    multiple=True,
    metavar="INPUT",
    help="Where the abstracts are: what `claimx extract` read; again for more.",
)
@click.option("--title", metavar="TEXT", help="The page's title; else the table's name.")
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
def report_command(claims: str, output: str, texts: tuple[str, ...], title: str | None, min_confidence: float) -> None:
    """Make a page of the table CLAIMS: one HTML file to open in a browser, without network or server.

    It shows the claims with search, filter and sort, the abstracts with every field marked in its place, boards with
    their plots, and what does not add up. With --texts the abstracts are whole, without it they are the sentences of
    the claims.

    \b
    Examples:
      claimx report claims.parquet -o report.html --texts abstracts.jsonl
      claimx report claims.parquet -o sure.html --min-confidence 0.8 --title "What we trust"
    """
    from claimx.output import load, write_text
    from claimx.report import report

    _check_page(output, (claims, *texts))
    rows = [claim for claim in load(claims) if (claim.confidence or 0.0) >= min_confidence]
    if len(rows) > _MANY:
        click.echo(
            f"note: {len(rows):,} claims make a large page; --min-confidence leaves out the unsure ones", err=True
        )
    page = report(
        rows, _documents(texts) if texts else None, title=f"Claims of {Path(claims).name}" if title is None else title
    )
    write_text(page, output)
    papers = len({claim.paper_id for claim in rows})
    size = f"{len(page.encode()) / 1e6:.1f} MB"
    click.echo(f"{counted(len(rows), 'claim')} of {counted(papers, 'paper')}, {size}: {plain(output)}", err=True)


def _check_page(output: str, inputs: tuple[str, ...]) -> None:
    from claimx.output import check_place

    if Path(output).suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"{output}: a page must end in .html")
    target = check_place(output)
    if target.exists() and any(Path(path).exists() and Path(path).samefile(target) for path in inputs):
        raise click.UsageError(f"{output} is an input; write the page to another file")


def _documents(texts: tuple[str, ...]) -> Iterator[Document]:
    from claimx.read import read

    for name in texts:
        yield from read(name)


@click.command("plot")
@click.argument("claims")
@click.option("--benchmark", metavar="NAME", help="The benchmark, by any of its names.")
@click.option("--metric", metavar="NAME", help="The metric, by any of its names.")
@click.option("-o", "--output", required=True, metavar="PICTURE", help="Write here: .png or .svg, by the name's end.")
@click.option("--order", type=click.Choice(["higher", "lower"]), help="Which is better, where the metric is not known.")
@click.option("--title", metavar="TEXT", help="Above the picture; else the benchmark.")
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
def plot_command(
    claims: str,
    benchmark: str | None,
    metric: str | None,
    output: str,
    order: str | None,
    title: str | None,
    min_confidence: float,
) -> None:
    """Draw a board of the table CLAIMS: the best value over time where dates are known, bars otherwise.

    It needs matplotlib: pip install 'claimx[plot]'.

    \b
    Example:
      claimx plot claims.parquet --benchmark CIFAR-10 --metric accuracy -o board.svg
    """
    from claimx.leaderboard import leaderboard
    from claimx.report.plot import check_picture, plot_board

    check_picture(output)
    board = leaderboard(claims, benchmark, metric, order=order, min_confidence=min_confidence)
    plot_board(board, output, title=title)
    rows = len(board.rows) + len(board.unranked)
    click.echo(f"{board.benchmark}, {board.metric}: {counted(rows, 'method')}: {plain(output)}", err=True)
