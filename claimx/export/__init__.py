"""Claim tables in the formats that leaderboards and model cards use."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimx.errors import TableError
from claimx.export import every_eval_ever, files, model_index, papers_with_code
from claimx.export.rows import KINDS, select
from claimx.model import Claim
from claimx.output import check_place, load
from claimx.table import claims_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMATS: dict[str, tuple[str, ...]] = {
    "papers-with-code": (".json",),
    "model-index": (".md", ".yaml", ".yml"),
    "every-eval-ever": (".json",),
}
"""The formats, and how the name of a single file of each may end."""

DEFAULT_KINDS = ("result", "baseline")


@dataclass(frozen=True, slots=True)
class Export:
    """What a table is in another format.

    ``documents`` are its files as lists and dicts, by name; ``rows`` counts the claims in them, ``left_out`` the
    others by reason.
    """

    format: str
    documents: Mapping[str, Any]
    rows: int
    left_out: Mapping[str, int]

    def text(self, name: str, suffix: str = "") -> str:
        """The document ``name`` as it is written; ``suffix`` is the file's, if not that of ``name``."""
        document = self.documents[name]
        if self.format == "model-index":
            return model_index.encode(document, suffix or Path(name).suffix)
        return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    def write(self, out: str | os.PathLike[str]) -> int:
        """Write to ``out``, whole or not at all, and return the number of files.

        A name that ends as a file of the format does is one file, for which there must be one document; any other
        name is a new folder. Raises :class:`TableError` if that cannot be.
        """
        check(out, self.format)
        suffix = Path(out).suffix.lower()
        if suffix in FORMATS[self.format]:
            files.write_file(self.text(self.only(), suffix), out)
            return 1
        files.write_folder({name: self.text(name) for name in self.documents}, out)
        return len(self.documents)

    def only(self) -> str:
        """The name of the only document; raises :class:`TableError` if there are none or several."""
        if not self.documents:
            reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.left_out.items())
            raise TableError(f"no row can go to {self.format}" + (f": {reasons}" if reasons else ""))
        if len(self.documents) > 1:
            raise TableError(
                f"one file holds one document of {self.format}, and the rows give {len(self.documents):,}: "
                "name a folder for them, or one method"
            )
        return next(iter(self.documents))


def check(out: str | os.PathLike[str], format: str) -> None:
    """Check a place before any work: raises :class:`TableError` where :meth:`Export.write` could not write to it."""
    if Path(out).suffix.lower() in FORMATS[format]:
        check_place(out)
    elif format == "papers-with-code":
        raise TableError(f"{out}: {format} is one file; its name must end in .json")
    else:
        files.check_folder(out)


def export(
    source: Iterable[Claim] | pa.Table | pd.DataFrame | str | os.PathLike[str],
    format: str,
    *,
    kinds: Collection[str] = DEFAULT_KINDS,
    min_confidence: float = 0.0,
    methods: Collection[str] = (),
    retrieved: dt.date | None = None,
) -> Export:
    """The claims of ``source`` in ``format``: papers-with-code, model-index or every-eval-ever.

    ``source`` is a claim table, a frame of it, its claims or the path of its file. Exported are claims of the given
    ``kinds``, as sure as ``min_confidence``, of ``methods`` by any spelling (all, if none is given) that have method,
    benchmark, metric and value. ``retrieved`` is the date of the records of every-eval-ever, else each paper's own.
    Raises ValueError for a format or kind that there is not, :class:`claimx.TableError` or :class:`claimx.ReadError`
    for what is no claim table.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; legal are {', '.join(FORMATS)}")
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"no kind {', '.join(sorted(unknown))}; legal are {', '.join(KINDS)}")
    claims = load(source) if isinstance(source, (str, os.PathLike)) else claims_of(source)
    rows, left_out = select(claims, kinds=kinds, min_confidence=min_confidence, methods=methods)
    if format != "every-eval-ever":  # which alone has room for them
        exact = [row for row in rows if row.exact]
        left_out["hedged or a range"] = len(rows) - len(exact)
        rows = exact
    if format == "papers-with-code":
        documents = papers_with_code.documents(rows)
    elif format == "model-index":
        documents = model_index.documents(rows)
    else:
        documents = every_eval_ever.documents(rows, retrieved)
    return Export(format, documents, len(rows), +left_out)
