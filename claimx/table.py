"""The claim table: its schema, declared once, and the way of claims to Arrow and pandas and back.

This module and :mod:`claimx.output` are where pyarrow is used; it loads on first use.
"""

from __future__ import annotations

import functools
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from claimx.errors import TableError
from claimx.model import Claim
from claimx.resources import grammar_hash

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SCHEMA_VERSION = "1"
"""Version of the columns, their types and their meaning; kept in the metadata of every table written."""

BATCH_ROWS = 8192


class Column(NamedTuple):
    """One column: its name, the name of its Arrow type, whether it may be null, and what it means."""

    name: str
    type: str
    nullable: bool
    meaning: str


def _column(name: str, type: str, meaning: str, nullable: bool = True) -> Column:
    return Column(name, type, nullable, meaning)


COLUMNS: tuple[Column, ...] = (
    _column("paper_id", "string", "the input's id, or one made from source and position", nullable=False),
    _column("title", "string", "the paper's title, if known"),
    _column("source", "string", "the file or stream that the paper came from"),
    _column("published", "date32", "date of publication, if known"),
    _column("method", "string", "who has the value or causes the change, resolved to its name"),
    _column("baseline", "string", "what the method is compared with"),
    _column("benchmark", "string", "canonical name of the dataset or benchmark"),
    _column("metric", "string", "canonical name of the metric"),
    _column("value", "double", "the measured value, in `unit`; the lower end of a range"),
    _column("value_high", "double", "the upper end of the value where a range is stated"),
    _column("value_error", "double", "the ± of the value where stated"),
    _column("unit", "string", "unit of the value as the units registry names it; null for plain scores"),
    _column("delta", "double", "the change against the baseline, signed as the metric's own quantity moves"),
    _column("delta_high", "double", "the other end of the change where a range is stated"),
    _column("delta_kind", "string", "points, relative, factor or percent (a % left ambiguous by the text)"),
    _column("delta_derived", "bool", "whether delta is computed from two values and not written", nullable=False),
    _column("baseline_value", "double", "the value of the baseline or earlier state; computed where it has no span"),
    _column("bound", "string", "= ~ < > <= or >=: how the main number is hedged", nullable=False),
    _column("aggregate", "string", "mean where stated as an average"),
    _column("setting", "string", "zero-shot, 5-shot, 10 NFE, backbone, split and the like"),
    _column("task", "string", "the task in words, if stated"),
    _column("higher_is_better", "bool", "whether a higher value of the metric is better; null if unknown"),
    _column("improved", "bool", "whether the change is for the better; null if unknown"),
    _column("method_text", "string", "the method as the text has it"),
    _column("baseline_text", "string", "the baseline as the text has it"),
    _column("benchmark_text", "string", "the benchmark as the text has it"),
    _column("metric_text", "string", "the metric as the text has it"),
    _column("value_start", "int32", "first code point of the value in the input text"),
    _column("value_end", "int32", "code point after the value in the input text"),
    _column("delta_start", "int32", "first code point of the change in the input text"),
    _column("delta_end", "int32", "code point after the change in the input text"),
    _column("baseline_value_start", "int32", "first code point of the baseline's value in the input text"),
    _column("baseline_value_end", "int32", "code point after the baseline's value in the input text"),
    _column("sentence", "string", "the sentence that states the claim"),
    _column("sentence_start", "int32", "first code point of the sentence in the input text"),
    _column("sentence_end", "int32", "code point after the sentence in the input text"),
    _column("rule", "string", "the grammar rule that made the row", nullable=False),
    _column("kind", "string", "result, baseline, human, efficiency or finding", nullable=False),
    _column("confidence", "float", "how sure the row is, from 0 to 1"),
    _column("check", "string", "arithmetic verdict: ok, rounding, relative or mismatch; null where none is possible"),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
STRINGS: tuple[str, ...] = tuple(column.name for column in COLUMNS if column.type == "string")

row_of = attrgetter(*NAMES)
"""A claim's values in the order of the columns."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """``text`` with each lone surrogate, which UTF-8 cannot hold, as U+FFFD; spans keep their meaning."""
    return _SURROGATE.sub("\ufffd", text)


def schema(metadata: bool = True) -> pa.Schema:
    """The Arrow schema of the claim table, each field with a line on its meaning.

    With ``metadata`` the schema carries its version, the library's and the grammar's hash, so that a file tells which
    rules made it.
    """
    plain = _schema()
    return plain.with_metadata(_metadata()) if metadata else plain


@functools.cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "double": pa.float64(), "float": pa.float32(), "bool": pa.bool_(),
             "int32": pa.int32(), "date32": pa.date32()}  # fmt: skip
    return pa.schema(
        [pa.field(c.name, types[c.type], nullable=c.nullable, metadata={"description": c.meaning}) for c in COLUMNS]
    )


def _metadata() -> dict[str | bytes, str | bytes]:
    from claimx import __version__

    return {
        "claimx.schema_version": SCHEMA_VERSION,
        "claimx.version": __version__,
        "claimx.grammar_sha256": grammar_hash(),
    }


def _array(values: Iterable[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    import pyarrow as pa

    values = list(values)
    array: pa.Array[Any]
    try:
        array = pa.array(values, type=field.type)
    except UnicodeEncodeError:
        array = pa.array([value if value is None else storable(value) for value in values], type=field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise TableError(f"column {field.name!r}: {error}") from error
    return array


def to_batch(claims: Sequence[Claim]) -> pa.RecordBatch:
    """``claims``, any number of them, as one record batch. Raises :class:`TableError` as :func:`to_table` does."""
    import pyarrow as pa

    columns = schema()
    rows = zip(*map(row_of, claims), strict=True) if claims else [()] * len(NAMES)
    arrays = [_array(values, field) for values, field in zip(rows, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=columns)


def batches(claims: Iterable[Claim], size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """``claims`` as record batches of up to ``size`` rows, lazily: the memory of one batch at a time."""
    if size < 1:
        raise ValueError("size must be at least 1")
    source = iter(claims)
    while some := list(itertools.islice(source, size)):
        yield to_batch(some)


def rebatch(source: Iterable[pa.RecordBatch], size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The rows of ``source`` in batches of ``size``, but for the last: the same ones however they were cut before."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in source:
        while rows + batch.num_rows >= size:
            held.append(batch.slice(0, size - rows))
            batch = batch.slice(size - rows)
            yield from _joined(held)
            held, rows = [], 0
        if batch.num_rows:
            held.append(batch)
            rows += batch.num_rows
    yield from _joined(held)


def _joined(held: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    import pyarrow as pa

    return pa.Table.from_batches(held).combine_chunks().to_batches() if held else []


def to_table(claims: Iterable[Claim]) -> pa.Table:
    """``claims`` as an Arrow table with the columns of :data:`COLUMNS`.

    Strings keep every character but lone surrogates, which no UTF-8 can hold and which become U+FFFD. Raises
    :class:`TableError` where a claim has a value of the wrong type. ``Claim.reasons`` is no column.
    """
    import pyarrow as pa

    return pa.Table.from_batches(list(batches(claims)), schema=schema())


def to_pandas(claims: Iterable[Claim]) -> pd.DataFrame:
    """``claims`` as a pandas frame: spans are ``Int32``, verdicts ``boolean`` with nulls, other numbers floats."""
    import pandas as pd
    import pyarrow as pa

    kinds: dict[Any, Any] = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}
    return to_table(claims).to_pandas(types_mapper=kinds.get)


def claims_of(source: Iterable[Claim] | pa.Table | pd.DataFrame) -> list[Claim]:
    """The claims of a table, of a frame that :func:`to_pandas` made, some of its rows too, or of an iterable.

    All take the way through the schema, which checks every type. Raises :class:`TableError` for what is no claim table.
    """
    import pyarrow as pa

    pandas = sys.modules.get("pandas")  # where a frame comes from, it is loaded
    if pandas is not None and isinstance(source, pandas.DataFrame):
        return from_pandas(source)
    return from_table(source if isinstance(source, pa.Table) else to_table(cast("Iterable[Claim]", source)))


def from_table(table: pa.Table) -> list[Claim]:
    """The claims of a table; the inverse of :func:`to_table`.

    Columns that the schema does not have are ignored. Raises :class:`TableError` where one is missing or cannot be
    read as its type.
    """
    import pyarrow as pa

    missing = [name for name in NAMES if name not in table.column_names]
    if missing:
        raise TableError(f"no claim table: it lacks {', '.join(missing)}")
    try:
        typed = table.select(list(NAMES)).cast(schema(metadata=False))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as error:
        raise TableError(f"no claim table: {error}") from error
    # A single-precision number by its shortest digits: 0.7941 comes back as it was, not as 0.7940999865531921.
    columns = [
        (column.cast(pa.string()).cast(pa.float64()) if pa.types.is_float32(column.type) else column).to_pylist()
        for column in typed.columns
    ]
    return [Claim(*row) for row in zip(*columns, strict=True)]


def from_pandas(frame: pd.DataFrame) -> list[Claim]:
    """The claims of a pandas frame; the inverse of :func:`to_pandas`, with the errors of :func:`from_table`."""
    import pyarrow as pa

    columns = [name for name in NAMES if name in frame.columns]
    try:
        return from_table(pa.Table.from_pandas(frame[columns], preserve_index=False))
    except pa.ArrowException as error:
        raise TableError(f"no claim table: {' '.join(str(error).split())}") from error


def from_batch(batch: pa.RecordBatch) -> list[Claim]:
    """The claims of a record batch, as :func:`from_table` gives them."""
    import pyarrow as pa

    return from_table(pa.Table.from_batches([batch]))
