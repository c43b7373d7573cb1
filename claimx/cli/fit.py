"""``claimx fit``: the weights of the ranking and of the confidence, learned from gold."""

from __future__ import annotations

import os
from pathlib import Path

import click

from claimx.cli.codes import Unwritable
from claimx.cli.text import counted, plain
from claimx.errors import ReadError


@click.command("fit")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the tables of weights here: metric.toml, benchmark.toml and their like.",
)
@click.option(
    "--texts",
    metavar="INPUT",
    help="Where papers of GOLD that come without abstract have it, by id: a file that `claimx extract` reads.",
)
def fit_command(gold: tuple[str, ...], output: Path, texts: str | None) -> None:
    """Learn the weights that rank candidates and tell confidence from the gold files GOLD... (pooled).

    Prints how often choices were right on papers that the weights had not seen. The weights take effect as the folder
    `ranking` of a grammar, such as your own copy that CLAIMX_GRAMMARS names.

    \b
    Example:
      claimx fit gold.jsonl more-gold.jsonl -o my-grammars/ranking
      claimx fit annotated.jsonl --texts abstracts.jsonl.gz -o my-grammars/ranking
    """
    from claimx.evaluate import read_gold
    from claimx.fit import learn, observe, write
    from claimx.pipeline import Extractor
    from claimx.read import read

    known = {document.id: document for document in read(texts)} if texts is not None else None
    # The mistakes that can be told at once, before minutes of work.
    for path in gold:
        if not any(paper["claims"] for paper in read_gold(path, known)):
            raise ReadError(path, "has no gold row; fit needs papers whose claims are not empty")
    _check_folder(output)
    observed = observe(Extractor(learning=True), gold, known)
    if not any(row.number for row in observed.rows):
        raise ReadError(", ".join(gold), "the grammar finds none of the gold rows, so there is nothing to learn from")
    tables = learn(observed, say=click.echo)
    try:
        write(tables, output)
    except OSError as error:
        raise Unwritable(f"{error.filename or output}: {error.strerror or error}") from error
    click.echo(f"{counted(len(observed.rows), 'row')} seen, weights written to {plain(str(output))}", err=True)


def _check_folder(folder: Path) -> None:
    """That ``folder`` is one, or can become one, and can be written to."""
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError as error:
        raise Unwritable(f"{folder}: {error.strerror or error}") from error
    if not nearest.is_dir():
        raise Unwritable(f"{folder}: {nearest} is a file; name a folder for the weights")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise Unwritable(f"{folder}: the folder {nearest} cannot be written to")
