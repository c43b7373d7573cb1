"""Claim tables that are read in parts: the keys of all rows first, other columns of the wanted rows only.

Parquet is read by row group rather than through pyarrow's datasets: a dataset reads every column that it is asked for
of all rows before it filters, and its import alone brings pandas in.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from claimx.errors import ReadError, TableError
from claimx.model import Claim
from claimx.output import load
from claimx.table import COLUMNS, NAMES, schema, to_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    ClaimTable = pa.Table | pd.DataFrame | Iterable[Claim] | str | os.PathLike[str]

NEEDED = ("method", "benchmark", "metric", "value")
"""The columns without which a table is no claim table; others that are missing are read as nulls."""

_FEW_VALUES = {"kind", "bound", "unit", "aggregate", "setting", "task"}
_PART_ROWS = 500_000
_FILLED = {"paper_id": "", "bound": "=", "kind": "result", "rule": "", "delta_derived": False}
_TYPES = {column.name: column.type for column in COLUMNS}


class Part(Protocol):
    """A piece of a claim table that fits into memory."""

    def columns(self, names: Sequence[str]) -> pa.Table:
        """These columns of all rows, texts dictionary-encoded with one dictionary for each column."""
        ...

    def take(self, rows: Sequence[int], names: Sequence[str]) -> pa.Table:
        """These columns of the rows at the positions ``rows``, which ascend."""
        ...


class TablePart:
    """A table in memory."""

    def __init__(self, table: pa.Table) -> None:
        if missing := [name for name in NEEDED if name not in table.column_names]:
            raise TableError(f"no claim table: it lacks {', '.join(missing)}")
        self._table = _conform(table, NAMES, table.num_rows)

    def columns(self, names: Sequence[str]) -> pa.Table:
        return _encoded(self._table.select(list(names)))

    def take(self, rows: Sequence[int], names: Sequence[str]) -> pa.Table:
        return self._table.select(list(names)).take(numbers("q", rows))


class ParquetPart:
    """Some of the row groups of a Parquet file."""

    def __init__(self, path: Path, metadata: pq.FileMetaData, groups: range) -> None:
        self._path, self._metadata, self._groups = path, metadata, groups
        self._names = frozenset(metadata.schema.to_arrow_schema().names)

    @contextmanager
    def _open(self, dictionaries: list[str]) -> Iterator[pq.ParquetFile]:
        import pyarrow.parquet as pq

        # Buffering ahead is for far storage; on a disk it takes half as long again.
        with _reading(self._path), pq.ParquetFile(
            self._path, metadata=self._metadata, read_dictionary=dictionaries, pre_buffer=False
        ) as file:  # fmt: skip
            yield file

    def columns(self, names: Sequence[str]) -> pa.Table:
        present = [name for name in names if name in self._names]
        texts = [name for name in present if _TYPES[name] == "string"]
        with self._open(texts) as file:
            table = file.read_row_groups(list(self._groups), present, use_threads=False)
            return _encoded(_conform(table, names, table.num_rows, encoded=True))

    def take(self, rows: Sequence[int], names: Sequence[str]) -> pa.Table:
        import pyarrow as pa

        present = [name for name in names if name in self._names]
        few = [name for name in present if name in _FEW_VALUES]
        with self._open(few) as file:
            # One group at a time: of a long text, no more is held than one group's and the wanted rows'.
            pieces = [
                file.read_row_group(group, present, use_threads=False).take(numbers("q", inside))
                for group, inside in self._by_group(rows)
            ]
        table = pa.concat_tables(pieces) if pieces else _schema_of(present).empty_table()
        with _reading(self._path):
            return _conform(table, names, len(rows))

    def _by_group(self, rows: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        start, at = 0, 0
        for group in self._groups:
            end = start + self._metadata.row_group(group).num_rows
            inside = []
            while at < len(rows) and rows[at] < end:
                inside.append(rows[at] - start)
                at += 1
            if inside:
                yield group, inside
            start = end


def parts(table: ClaimTable) -> list[Part]:
    """The parts of a claim table: an Arrow table, a frame (pandas, polars, DuckDB), claims, or the path of
    a file or folder.

    Raises :class:`ReadError` for a path that cannot be read and :class:`TableError` for what is no claim table.
    """
    import pyarrow as pa

    if isinstance(table, (str, os.PathLike)):
        return _from_path(Path(table))
    if isinstance(table, pa.Table):
        return [TablePart(table)]
    if hasattr(table, "__arrow_c_stream__"):
        try:
            return [TablePart(pa.table(_columns_of(table)))]
        except (pa.ArrowException, TypeError) as error:
            raise TableError(f"no claim table: {' '.join(str(error).split())}") from error
    if isinstance(table, Iterable):
        claims = list(table)
        if wrong := next((claim for claim in claims if not isinstance(claim, Claim)), None):
            raise TableError(f"no claim table: a list of {type(wrong).__name__} where claims are expected")
        return [TablePart(to_table(claims))]
    raise TableError(f"no claim table: {type(table).__name__}; legal are a table, a frame, claims, or a path")


def _columns_of(frame: Any) -> Any:
    """A pandas frame without columns that no claim table has: Arrow may know no type for what they hold."""
    if type(frame).__module__.partition(".")[0] != "pandas":
        return frame
    return frame[[name for name in NAMES if name in frame.columns]]


def _from_path(path: Path) -> list[Part]:
    if path.is_dir():
        # What a writer leaves behind or has not finished begins with a dot or an underscore, as in other tools.
        files = sorted(file for file in path.rglob("*.parquet")
                       if not any(part[0] in "._" for part in file.relative_to(path).parts))  # fmt: skip
        if not files:
            raise ReadError(str(path), "the folder has no file that ends in .parquet")
        return [part for file in files for part in _parquet(file)]
    if path.suffix.lower() == ".parquet":
        return [*_parquet(path)]
    return [TablePart(to_table(load(path)))]


def _parquet(path: Path) -> Iterator[Part]:
    import pyarrow.parquet as pq

    with _reading(path):
        metadata = pq.read_metadata(path)
        names = metadata.schema.to_arrow_schema().names
    if missing := [name for name in NEEDED if name not in names]:
        raise ReadError(str(path), f"no claim table: it lacks {', '.join(missing)}")
    first, rows = 0, 0
    for group in range(metadata.num_row_groups):
        rows += metadata.row_group(group).num_rows
        if rows >= _PART_ROWS or group == metadata.num_row_groups - 1:
            yield ParquetPart(path, metadata, range(first, group + 1))
            first, rows = group + 1, 0


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Errors of the block as :class:`ReadError`."""
    import pyarrow as pa

    try:
        yield
    except OSError as error:
        raise ReadError(str(path), error.strerror or " ".join(str(error).split())) from error
    except pa.ArrowException as error:
        raise ReadError(str(path), " ".join(str(error).split())) from error
    except TableError as error:
        raise ReadError(str(path), str(error)) from error


def _conform(table: pa.Table, names: Sequence[str], rows: int, encoded: bool = False) -> pa.Table:
    """The columns ``names`` of ``rows`` rows with a claim table's types: missing ones null, dictionaries on wish."""
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays: list[pa.ChunkedArray[Any]] = []
    for field in _schema_of(names):
        if field.name not in table.column_names:
            fill = pa.scalar(_FILLED.get(field.name), field.type)
            arrays.append(pa.chunked_array([pa.repeat(fill, rows)]))
            continue
        column: Any = table.column(field.name)
        wanted: Any = field.type
        if encoded and pa.types.is_dictionary(column.type):
            wanted = pa.dictionary(pa.int32(), field.type)
        if column.type != wanted:
            try:
                column = column.cast(wanted)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise TableError(f"no claim table: column {field.name!r}: {error}") from error
        if field.name in _FILLED and column.null_count and wanted == field.type:
            column = pc.fill_null(column, _FILLED[field.name])
        arrays.append(column)
    return pa.table(arrays, names=list(names))


def _encoded(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            encoded: Any = table.column(at).dictionary_encode()
            table = table.set_column(at, field.name, encoded)
    return table.unify_dictionaries()


def _schema_of(names: Sequence[str]) -> pa.Schema:
    import pyarrow as pa

    every = schema(metadata=False)
    return pa.schema([pa.field(name, every.field(name).type) for name in names])


def numbers(code: str, values: Iterable[int]) -> pa.Array[Any]:
    """Whole numbers as an Arrow array of type code "b" (8 bits) or "q" (64 bits).

    Not by ``pa.array``: given a list, that imports pandas to ask whether it is one of pandas' own.
    """
    import pyarrow as pa

    content = array(code, values)
    kind = {"b": pa.int8(), "q": pa.int64()}[code]
    return pa.Array.from_buffers(kind, len(content), [None, pa.py_buffer(content)])
