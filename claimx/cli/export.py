"""``claimx export``: a claim table in the formats of leaderboards and model cards."""

from __future__ import annotations

import datetime as dt
import difflib
import sys

import click

from claimx.cli.extract import share
from claimx.cli.text import counted, plain
from claimx.export import DEFAULT_KINDS, FORMATS, Export, check, export
from claimx.export.rows import KINDS
from claimx.model import Claim


@click.command("export")
@click.argument("claims")
@click.option("--format", "format_", type=click.Choice(tuple(FORMATS)), required=True, help="What to write.")
@click.option("-o", "--output", metavar="OUT", help="A file or a new folder; else standard output, for one document.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, default=DEFAULT_KINDS, show_default=True,
              help="Claims of this kind; may be given several times.")  # fmt: skip
@click.option("--min-confidence", default="0", callback=share, metavar="P", help="Only claims so sure, 0 to 1.")
@click.option(
    "--method", "methods", multiple=True, metavar="NAME", help="Only this method; may be given several times."
)
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="every-eval-ever: when the table was made, as 2026-01-31; else each paper's own date.")  # fmt: skip
def export_command(
    claims: str,
    format_: str,
    output: str | None,
    kinds: tuple[str, ...],
    min_confidence: float,
    methods: tuple[str, ...],
    retrieved: dt.datetime | None,
) -> None:
    """Write the table CLAIMS in another format: claims that have a method, a benchmark, a metric and a value.

    papers-with-code is one JSON file. model-index has a model card for each method: OUT is a folder, or with one
    --method a .md or .yaml file. every-eval-ever has a JSON record for each method of a paper, in a folder that can be
    the project's "data".

    \b
    Examples:
      claimx export claims.parquet --format papers-with-code -o tables.json
      claimx export claims.parquet --format model-index --method TidalNet -o README.md
      claimx export claims.parquet --format every-eval-ever -o data
    """
    if output is not None:
        check(output, format_)
    table = _named(claims, methods) if methods else claims
    made = export(table, format_, kinds=kinds, min_confidence=min_confidence, methods=methods, retrieved=retrieved)
    if output is None:
        sys.stdout.buffer.write(made.text(made.only()).encode())
        sys.stdout.buffer.flush()
        files = ""
    else:
        files = f" in {counted(made.write(output), 'file')}"
    click.echo(f"{counted(made.rows, 'row')}{files}", err=True)
    if made.left_out:
        click.echo("left out: " + ", ".join(f"{n:,} {reason}" for reason, n in _ordered(made)), err=True)


def _ordered(made: Export) -> list[tuple[str, int]]:
    return sorted(made.left_out.items(), key=lambda item: (-item[1], item[0]))


def _named(claims: str, methods: tuple[str, ...]) -> list[Claim]:
    """The claims of the table, which names every one of ``methods``."""
    from claimx.naming import method_key
    from claimx.output import load

    table = load(claims)
    names = {method_key(claim.method): claim.method for claim in table if claim.method}
    for method in methods:
        if method_key(method) not in names:
            near = [names[key] for key in difflib.get_close_matches(method_key(method), names)]
            hint = f"; near to it are {', '.join(near)}" if near else ""
            raise click.UsageError(plain(f"{claims} has no method {method!r}{hint}"))
    return table
