"""Papers in, claims out, as Arrow record batches: the one unit of work that workers and other engines run.

Between processes of our own, documents travel as batches of :func:`pack`; what others hand in is read by name.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from claimx.errors import ReadError, TableError
from claimx.model import Claim, Document, Skipped
from claimx.table import storable, to_batch

if TYPE_CHECKING:
    import pyarrow as pa

PAPERS = 128
"""Papers in a chunk: some tenths of a second of work for one core."""

TEXT = 1 << 20
"""Characters of text after which a chunk is closed with fewer papers, so that long texts do not pile up."""


def extract_batch(
    papers: pa.RecordBatch, columns: Mapping[str, str] | None = None, *, min_confidence: float = 0.0
) -> pa.RecordBatch:
    """The claims of a batch of papers, as a batch with the schema of :func:`claimx.schema`; rows in the papers' order.

    ``papers`` needs a column of ids (``paper_id``, ``id``, ``doi`` …) and one of texts (``abstract``, ``text`` …);
    ``title``, ``published`` (dates, times, texts or years) and ``source`` are used where they are there, and other
    columns are not looked at. The names may be those that :func:`claimx.read` knows for a Parquet file, in any case;
    ``columns`` names others, from ``id``, ``text``, ``title``, ``published`` to the batch's name, as there. A paper
    without text gives no claims. Spans count code points in the paper's text.

    Claims with a confidence below ``min_confidence`` (0 to 1, else ValueError) are left out. Raises
    :class:`TableError` where a column is missing or of a type that cannot be read, or a paper has no id. The function
    keeps nothing between calls but the grammar, compiled once in each process.
    """
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; legal are numbers from 0 to 1")
    return extract_chunk(list(_papers(papers, columns or {})), Options(min_confidence)).claims


class Options(NamedTuple):
    """What is kept of the claims, and what is added: ``derive`` as :func:`claimx.derive` does."""

    min_confidence: float = 0.0
    derive: bool = False


EVERYTHING = Options()


class Extracted(NamedTuple):
    """The claims of some papers.

    ``left_out`` counts those whose confidence was too low, ``unread`` has the stretches that were too long to be read.
    """

    papers: int
    claims: pa.RecordBatch
    left_out: int
    unread: tuple[Skipped, ...] = ()


def extract_chunk(documents: Sequence[Document], options: Options = EVERYTHING) -> Extracted:
    """The claims of a few documents, as one batch."""
    from claimx.pipeline import extract_many

    unread: list[Skipped] = []
    every = list(extract_many(documents, on_skip=unread.append))
    kept: list[Claim] = [claim for claim in every if (claim.confidence or 0.0) >= options.min_confidence]
    if options.derive:
        from claimx.derive import derived

        kept = list(map(derived, kept))
    return Extracted(len(documents), to_batch(kept), len(every) - len(kept), tuple(unread))


def chunks(documents: Iterable[Document], papers: int = PAPERS, text: int = TEXT) -> Iterator[list[Document]]:
    """``documents`` in lists of up to ``papers``, closed early once they hold ``text`` characters.

    Where reading fails, what came before still comes out, so that a run's rows do not depend on how it was cut.
    """
    chunk: list[Document] = []
    size = 0
    try:
        for document in documents:
            chunk.append(document)
            size += len(document.text)
            if len(chunk) == papers or size >= text:
                yield chunk
                chunk, size = [], 0
    except ReadError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


@functools.cache
def packed_schema() -> pa.Schema:
    """The schema of :func:`pack`."""
    import pyarrow as pa

    text: pa.DataType = pa.string()
    return pa.schema([("id", text), ("text", text), ("title", text), ("source", text), ("published", pa.date32())])


def pack(documents: Sequence[Document]) -> pa.RecordBatch:
    """Documents as a record batch, from which :func:`unpack` makes them again."""
    import pyarrow as pa

    rows = [(d.id, d.text, d.title, d.source, d.published) for d in documents]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(packed_schema())
    arrays = []
    for values, field in zip(columns, packed_schema(), strict=True):
        try:
            arrays.append(pa.array(values, type=field.type))
        except UnicodeEncodeError:  # lone surrogates, which readers do not let through but a caller may
            arrays.append(pa.array([value and storable(value) for value in values], type=field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=packed_schema())


def unpack(batch: pa.RecordBatch) -> list[Document]:
    """The documents of a batch of :func:`pack`."""
    return [Document(*row) for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)]


def check_columns(names: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """Which of a table's columns :func:`extract_batch` would read.

    Raises :class:`TableError` where that of the ids or the texts is missing, or one named in ``columns``.
    """
    from claimx.read.fields import ROLES, USUAL, no_text_field, plan

    shown = ", ".join(map(repr, names)) or "none"
    for role, name in columns.items():
        if role not in ROLES:
            raise TableError(f"columns: no field {role!r}; legal ones are {', '.join(ROLES)}")
        if name not in names:
            raise TableError(f"no column {name!r} for {role}; columns here: {shown}")
    found = plan(names, columns)
    if not found.text:
        raise TableError(no_text_field(names, columns).replace("field", "column"))
    if not found.id:
        usual = ", ".join(USUAL["id"][:4])
        raise TableError(
            f"no column for the papers' ids, without which their claims cannot be told apart; columns here: {shown}; "
            f"usual: {usual}; or name one, as columns={{'id': …}}"
        )
    source = ["source"] if "source" in names else []
    return list(dict.fromkeys([*found.id, *found.text, *found.title, *found.published, *source]))


def _papers(papers: pa.RecordBatch, columns: Mapping[str, str]) -> Iterator[Document]:
    """The documents of a batch, read as a Parquet file with the same columns would be."""
    import pyarrow as pa

    from claimx.read.arrow import cells
    from claimx.read.fields import Records, as_id, as_text, plan
    from claimx.read.report import Context, ReadReport

    if not isinstance(papers, pa.RecordBatch):
        raise TableError(
            f"a pyarrow.RecordBatch is needed, not {type(papers).__name__}; a table has them in .to_batches()"
        )
    names = check_columns(papers.schema.names, columns)
    if twice := [name for name in names if papers.schema.names.count(name) > 1]:
        raise TableError(f"there is more than one column {twice[0]!r}")
    found = plan(names, columns)
    _check_types(papers.schema, found.text, _is_text, "texts")
    _check_types(papers.schema, found.id, _is_id, "ids")
    try:
        values: list[list[Any]] = [cells(papers.column(name)) for name in names]
    except pa.ArrowException as error:
        raise TableError(f"the batch is damaged: {error}") from None
    records = Records(Context("batch", "batch", columns, ReadReport(keep=0)))
    for position, row in enumerate(zip(*values, strict=True), 1):
        record = dict(zip(names, row, strict=True))
        document = records.document(record, position)
        if document is None:
            continue
        if not any(as_id(record[name]) for name in found.id):
            raise TableError(f"row {position} has no id in {found.id[0]!r}; every paper needs one")
        yield replace(document, source=as_text(record.get("source")))


def _is_text(kind: Any) -> bool:
    """Whether a column of the Arrow type can hold texts as the readers take them: also paragraphs, ``{"value": …}``."""
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind) or types.is_list(kind) or types.is_large_list(kind):
        return _is_text(kind.value_type)
    plain = (types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary)
    return any(one(kind) for one in (*plain, types.is_null, types.is_struct))


def _is_id(kind: Any) -> bool:
    import pyarrow as pa

    return _is_text(kind) or bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _check_types(columns: pa.Schema, names: Iterable[str], legal: Callable[[Any], bool], what: str) -> None:
    for name in names:
        kind = columns.field(name).type
        if not legal(kind):
            raise TableError(f"column {name!r} is of the type {kind}, which holds no {what}")
