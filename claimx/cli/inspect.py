"""``claimx explain``, ``check``, ``quantities`` and ``formats``: looking into the grammar and the parsers."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimx.cli import codes
from claimx.cli.text import counted, number, plain


@click.command("explain")
@click.argument("sentence")
@click.option("--title", help="The paper's title, which may introduce the method's name.")
def explain_command(sentence: str, title: str | None) -> None:
    """Show how SENTENCE is read: its tokens and their types, the patterns that fired, how far others got, and its
    claims. Each chosen field comes with its probability, what spoke for it, and what else was in the running.

    \b
    Examples:
      claimx explain "FooNet improves accuracy by 2.1% on CIFAR-10."
      claimx explain "It cuts latency by 3x." --title "QuickServe: serving with less"
    """
    from claimx.pipeline import explain

    click.echo(plain(explain(sentence, title).render(), keep="\n\t"))


@click.command("check")
@click.argument("file", required=False)
@click.option("-v", "--verbose", is_flag=True, help="List the examples that hold as well.")
def check_command(file: str | None, verbose: bool) -> int:
    """Run the worked examples of the grammar, or of one pattern FILE; exit code 1 if one does not hold.

    \b
    Examples:
      claimx check
      claimx check grammars/patterns/gains.toml
    """
    from claimx.check import check_examples

    results = list(check_examples(file))
    failed = [result for result in results if not result.ok]
    for result in results if verbose else failed:
        mark = click.style("ok  ", fg="green") if result.ok else click.style("FAIL", fg="red")
        click.echo(f"{mark} {result.path} {result.pattern}: {plain(result.text)}")
        if not result.ok:
            click.echo("     " + plain(result.message, keep="\n").replace("\n", "\n     "))
    click.echo(f"{counted(len(results), 'example')}, {len(failed):,} failed", err=True)
    return codes.FAILED if failed else codes.OK


@click.command("quantities")
@click.argument("text")
def quantities_command(text: str) -> None:
    """List the quantities in TEXT: span, words, kind, value, unit and bound.

    \b
    Example:
      claimx quantities "from 35.5% to about 44.5%, up to 3x faster at 12 ms"
    """
    from claimx.quantities import find_quantities

    out = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("span", "text", "kind", "value", "unit", "bound"):
        out.add_column(heading, justify="right" if heading == "value" else "left", no_wrap=heading != "text")
    for quantity in find_quantities(text):
        value = number(quantity.value)
        if quantity.high is not None:
            value += "–" + number(quantity.high)
        if quantity.error is not None:
            value += " ± " + number(quantity.error)
        cells = (f"{quantity.start}:{quantity.end}", plain(quantity.text), quantity.kind, quantity.sign + value,
                 quantity.unit or "", quantity.bound)  # fmt: skip
        out.add_row(*map(Text, cells))
    Console(width=None if Console().is_terminal else 160).print(out)


@click.command("formats")
def formats_command() -> None:
    """List the formats that `claimx extract` reads and writes, and those of `claimx export`.

    \b
    Example:
      claimx formats
    """
    from claimx.export import FORMATS as EXPORTS
    from claimx.output import WRITERS
    from claimx.read import FORMATS

    click.echo("reads (each also compressed as .gz, .bz2, .xz or .zst):")
    for name, about in FORMATS.items():
        click.echo(f"  {name:<10} {about}")
    click.echo("writes: " + ", ".join(WRITERS))
    click.echo("exports: " + ", ".join(EXPORTS))
