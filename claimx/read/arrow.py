"""Parquet, and Arrow files (Feather) and streams, one record batch at a time; pyarrow loads only here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import Any

from claimx.model import Document
from claimx.read.fields import Records, no_text_field, plan
from claimx.read.report import Context
from claimx.read.source import Source

_BATCH = 1024
_PARQUET, _ARROW = b"PAR1", b"ARROW1"


def read_parquet(source: Source, context: Context) -> Iterator[Document]:
    """Documents of a Parquet file's rows; only the columns needed are read."""
    if not source.head.startswith(_PARQUET):
        raise context.fail("not a Parquet file: it does not begin with PAR1")
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _seekable(source) as file:
        try:
            parquet = pq.ParquetFile(file, pre_buffer=False)
            found: list[str] = parquet.schema_arrow.names
        except (pa.ArrowException, OSError, ValueError) as error:
            raise context.fail(f"a damaged or cut-off Parquet file: {_short(error)}") from None
        names = _needed(found, context)
        batches = parquet.iter_batches(batch_size=_BATCH, columns=names)
        yield from _documents(_taken(batches, -(-parquet.metadata.num_rows // _BATCH), source, context), names, context)


def read_arrow(source: Source, context: Context) -> Iterator[Document]:
    """Documents of an Arrow IPC file (Feather version 2) or stream."""
    import pyarrow as pa

    if source.head.startswith(b"FEA1"):
        raise context.fail("Feather version 1 is not read; write it anew as Feather version 2, Arrow IPC or Parquet")
    with _seekable(source) as file:
        try:
            reader: Any
            batches: Iterator[Any]
            if source.head.startswith(_ARROW):
                reader = pa.ipc.open_file(file)
                count = reader.num_record_batches
                batches = _taken((reader.get_batch(at) for at in range(count)), count, source, context)
            else:
                reader = pa.ipc.open_stream(file)
                batches = iter(reader)
            found: list[str] = reader.schema.names
        except (pa.ArrowException, OSError, ValueError) as error:
            raise context.fail(f"not an Arrow file or stream, or a cut-off one: {_short(error)}") from None
        yield from _documents(batches, _needed(found, context), context)


def _seekable(source: Source) -> Any:
    """The input as a file for random access; what is compressed or a stream goes through a temporary one."""
    if source.path is not None:
        return open(source.path, "rb")
    file = tempfile.TemporaryFile(prefix="claimx-")  # noqa: SIM115 - the caller closes it
    try:
        for piece in source.pieces():
            file.write(piece)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _taken(batches: Iterator[Any], count: int, source: Source, context: Context) -> Iterator[Any]:
    """``batches``, told in the report as equal shares of the file without its head, which has been counted already."""
    size = os.path.getsize(source.path) - len(source.head) if source.path is not None else 0
    for batch in batches:
        yield batch
        context.report.take(max(0, size) // max(1, count))


def _needed(names: list[str], context: Context) -> list[str]:
    columns = context.columns
    for role, name in columns.items():
        if name not in names:
            raise context.fail(f"no column {name!r} for {role}; columns here: {', '.join(names)[:300]}")
    found = plan(names, columns)
    if not found.text:
        raise context.fail(no_text_field(names, columns).replace("field", "column"))
    return list(dict.fromkeys(found.id + found.text + found.title + found.published))


def _documents(batches: Iterator[Any], names: list[str], context: Context) -> Iterator[Document]:
    records = Records(context)
    for position, row in enumerate(_rows(batches, names, context), 1):
        document = records.document(dict(zip(names, row, strict=True)), position)
        if document is not None:
            yield document


def _rows(batches: Iterator[Any], names: list[str], context: Context) -> Iterator[tuple[Any, ...]]:
    import pyarrow as pa

    done = 0
    while True:
        try:
            batch = next(batches, None)
            if batch is None:
                return
            here = batch.schema.names  # a batch may order its columns otherwise
            columns = [batch.column(here.index(name)) for name in names]
            for at in range(0, batch.num_rows, _BATCH):
                values = [cells(column.slice(at, _BATCH)) for column in columns]
                yield from zip(*values, strict=True)
                done += len(values[0])
        except (pa.ArrowException, OSError, EOFError, MemoryError, ValueError) as error:
            what = "a length in it is out of all measure" if isinstance(error, MemoryError) else _short(error)
            raise context.fail(f"damaged after row {done:,}: {what}") from None


def cells(column: Any) -> list[Any]:
    """A column's values: dates as dates, text as text, with surrogates for bytes that are no UTF-8."""
    import pyarrow as pa

    kind = column.type
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    binary = column.view(pa.large_binary() if pa.types.is_large_string(kind) else pa.binary()) if text else column
    binary.validate(full=True)  # damaged offsets would crash; as bytes, since invalid UTF-8 is no damage
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    try:
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            column = column.cast(pa.date32(), safe=False)
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = binary.to_pylist()
    except (ValueError, OverflowError):  # dates outside those that Python has
        return [None] * len(column)
    # Surrogates stand for the bytes that were no UTF-8, so that they are replaced and counted with all others.
    return [one.decode("utf-8", "surrogateescape") if isinstance(one, bytes) else one for one in values]


def _short(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]
