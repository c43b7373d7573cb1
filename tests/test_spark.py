"""Spark, a real one on this machine: the rows of a local run, from Parquet to Parquet, and what a mistake is told."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from papers import records

import claimx
from claimx.errors import TableError

sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: pip install 'claimx[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, and none is found", allow_module_level=True)

import claimx.spark  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow
ORDER = [("paper_id", "ascending"), ("sentence_start", "ascending"), ("value_start", "ascending"),
         ("delta_start", "ascending")]  # fmt: skip


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])))
        settings = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.driver.host": "localhost",
                    "spark.sql.execution.arrow.maxRecordsPerBatch": "64"}  # fmt: skip
        builder = sql.SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


def _table(frame: Any) -> pa.Table:
    rows = [row.asDict() for row in frame.collect()]
    return pa.Table.from_pylist(rows, schema=claimx.schema(metadata=False))


def test_rows_are_those_of_a_local_run_from_parquet_to_parquet(spark: Any, tmp_path: Path) -> None:
    rows = [*records(400), {"id": "none", "title": "", "abstract": None, "published": None}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "papers.parquet")
    local = claimx.to_table(claimx.extract_many(claimx.read(tmp_path / "papers.parquet")))

    papers = spark.read.parquet(str(tmp_path / "papers.parquet")).repartition(3)
    claimx.spark.extract(papers).write.parquet(str(tmp_path / "claims"))

    made = ds.dataset(tmp_path / "claims", format="parquet").to_table()
    assert made.schema.names == claimx.schema().names
    made = made.cast(claimx.schema(metadata=False)).sort_by(ORDER).drop_columns("source")
    local = local.cast(claimx.schema(metadata=False)).sort_by(ORDER).drop_columns("source")
    assert local.num_rows > 400
    assert made.to_pylist() == local.to_pylist()


def test_schema_has_the_tables_columns_with_their_meaning(spark: Any) -> None:
    fields = claimx.spark.schema().fields
    assert [field.name for field in fields] == claimx.schema().names
    assert [field.nullable for field in fields] == [field.nullable for field in claimx.schema()]
    assert {field.name: field.dataType.simpleString() for field in fields}["published"] == "date"
    assert fields[0].metadata["comment"].startswith("the input's id")


def test_columns_of_other_names_and_kinds_dates_and_confidence(spark: Any) -> None:
    text = "FooNet reaches 90.1% accuracy on SST-2."
    papers = spark.sql(
        f"select 7 as `the key`, '{text}' as body, 'T' as title, timestamp '2024-02-29 10:00:00' as published, "
        "map('a', 1) as unused, 'feed' as source"
    )
    columns = {"id": "the key", "text": "body"}
    [claim] = claimx.spark.extract(papers, columns).collect()
    assert (claim.paper_id, claim.title, claim.source, str(claim.published)) == ("7", "T", "feed", "2024-02-29")
    assert (claim.method, claim.benchmark, claim.metric, claim.value) == ("FooNet", "SST-2", "accuracy", 90.1)
    assert claimx.spark.extract(papers, columns, min_confidence=1).count() == 0
    again = _table(claimx.spark.extract(papers, columns))
    assert again.column("confidence").to_pylist() == [pytest.approx(claim.confidence)]


def test_mistakes(spark: Any) -> None:
    papers = spark.sql("select 'a' as id, 'b' as headline")
    with pytest.raises(TableError, match="no column for the text; columns here: 'id', 'headline'"):
        claimx.spark.extract(papers)
    with pytest.raises(TableError, match="no column 'body' for text; columns here: 'id', 'headline'"):
        claimx.spark.extract(papers, {"text": "body"})
    twice = spark.sql("select 'a' as id, 'b' as text, 'c' as text")
    with pytest.raises(TableError, match="more than one column 'text'"):
        claimx.spark.extract(twice)
    with pytest.raises(ValueError, match="legal are numbers from 0 to 1"):
        claimx.spark.extract(papers, {"text": "headline"}, min_confidence=2)
    without = spark.sql("select cast(null as string) as id, 'It reaches 5.5% WER.' as text")
    with pytest.raises(Exception, match="row 1 has no id in 'id'; every paper needs one"):
        claimx.spark.extract(without).count()
