"""Claims straight from a pandas frame of abstracts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from claimx.errors import TableError
from claimx.model import Document

if TYPE_CHECKING:
    import pandas as pd


def extract_frame(
    df: pd.DataFrame,
    text: Hashable = "abstract",
    id: Hashable | None = None,
    title: Hashable | None = None,
    min_confidence: float = 0.0,
) -> pd.DataFrame:
    """The claim table of the abstracts in column ``text`` of ``df``, as :func:`claimx.to_pandas` gives it.

    ``id`` and ``title`` name the columns of the papers' ids and titles. Without ``id``, a row's index label is its
    paper_id, so that the result joins back to ``df``. Rows whose text is missing give no claims, and claims whose
    confidence is below ``min_confidence`` (0 to 1, else ValueError) are left out. Raises :class:`TableError` where a
    named column is not there.
    """
    from claimx.pipeline import extract_many
    from claimx.table import to_pandas

    for column in (text, id, title):
        if column is not None and column not in df.columns:
            raise TableError(f"the frame has no column {column!r}; it has {', '.join(map(str, df.columns))}")
    return to_pandas(extract_many(_documents(df, text, id, title), min_confidence))


def _documents(df: pd.DataFrame, text: Hashable, id: Hashable | None, title: Hashable | None) -> Iterator[Document]:
    ids = df.index if id is None else df[id]
    titles = [None] * len(df) if title is None else df[title]
    for name, body, heading in zip(ids, df[text], titles, strict=True):
        if isinstance(body, str):
            yield Document(id=str(name), text=body, title=heading if isinstance(heading, str) else None)
