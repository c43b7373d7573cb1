"""Claims of a Spark DataFrame of papers, by :func:`claimx.extract_batch` on each of its Arrow batches.

Needs the extra ``claimx[spark]`` where the driver runs, and claimx where the workers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from claimx.batch import check_columns, extract_batch
from claimx.errors import TableError
from claimx.table import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


def schema() -> StructType:
    """The claim table's columns as Spark has them, each with its meaning as a comment."""
    from pyspark.sql import types

    kinds = {"string": types.StringType(), "double": types.DoubleType(), "float": types.FloatType(),
             "bool": types.BooleanType(), "int32": types.IntegerType(), "date32": types.DateType()}  # fmt: skip
    return types.StructType(
        [types.StructField(c.name, kinds[c.type], c.nullable, {"comment": c.meaning}) for c in COLUMNS]
    )


def extract(papers: DataFrame, columns: Mapping[str, str] | None = None, *, min_confidence: float = 0.0) -> DataFrame:
    """The claims of ``papers``, lazily: a DataFrame with the columns of the claim table.

    Columns are found as by :func:`claimx.extract_batch`, and ``columns`` and ``min_confidence`` mean the same. Only the
    columns needed are read. Each Python worker compiles the grammar once. Raises :class:`TableError` at once where a
    column is missing or there is more than one of a name, and in the job where a paper has no id; ValueError for a
    ``min_confidence`` that is none.
    """
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; legal are numbers from 0 to 1")
    given = dict(columns or {})
    names = check_columns(papers.columns, given)
    if twice := [name for name in names if papers.columns.count(name) > 1]:
        raise TableError(f"there is more than one column {twice[0]!r}")

    def claims(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield extract_batch(batch, given, min_confidence=min_confidence)

    quoted = ["`" + name.replace("`", "``") + "`" for name in names]
    return papers.select(*quoted).mapInArrow(claims, schema())
