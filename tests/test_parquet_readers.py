"""The Parquet that claimx writes, as pandas, polars and DuckDB read it: the same types and values for all."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest

from claimx.model import Claim
from claimx.output import write
from claimx.table import COLUMNS, NAMES, row_of

FULL = Claim(
    paper_id="arxiv:2401.00001", title='Foo: "A" Net, 数', source="a.jsonl", published=dt.date(2024, 2, 29),
    method="Foo'Net", baseline="BarNet", benchmark="CIFAR-10", metric="accuracy", value=97.3, value_high=1e300,
    value_error=5e-324, unit="percent", delta=-1.07, delta_high=0.1, delta_kind="points", delta_derived=True,
    baseline_value=98.37, bound="<=", aggregate="mean", setting="5-shot", task="owl counting", higher_is_better=False,
    improved=True, method_text="we", baseline_text="", benchmark_text="it", metric_text="", value_start=0, value_end=4,
    delta_start=2**31 - 1, delta_end=5, baseline_value_start=6, baseline_value_end=7, sentence="😀 e\u0301",
    sentence_start=8, sentence_end=9, rule="r", kind="result", confidence=0.25, check="ok",
)  # fmt: skip
CLAIMS = [FULL, Claim(paper_id="b", rule="r"), *(Claim(paper_id=f"p{n}", value=n / 7, rule="r") for n in range(9000))]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parquet") / "claims.parquet"
    write(CLAIMS, out)
    return out


def test_the_example_fills_every_column() -> None:
    assert [name for name in NAMES if getattr(FULL, name) is None] == []


def same(rows: list[tuple[Any, ...]]) -> None:
    assert len(rows) == len(CLAIMS)
    for row, claim in zip(rows, CLAIMS, strict=True):
        assert row == row_of(claim)
        assert [type(value) for value in row] == [type(value) for value in row_of(claim)]


def test_polars(path: Path) -> None:
    pl = pytest.importorskip("polars")
    kinds = {"string": pl.String, "double": pl.Float64, "float": pl.Float32, "bool": pl.Boolean, "int32": pl.Int32,
             "date32": pl.Date}  # fmt: skip
    for frame in (pl.read_parquet(path), pl.scan_parquet(path).collect()):
        assert dict(frame.schema) == {column.name: kinds[column.type] for column in COLUMNS}
        same(frame.rows())


def test_duckdb(path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    kinds = {"string": "VARCHAR", "double": "DOUBLE", "float": "FLOAT", "bool": "BOOLEAN", "int32": "INTEGER",
             "date32": "DATE"}  # fmt: skip
    with duckdb.connect() as db:
        table = db.read_parquet(str(path))
        assert dict(zip(table.columns, map(str, table.types), strict=True)) == {
            column.name: kinds[column.type] for column in COLUMNS
        }
        same(table.fetchall())
        assert db.sql(
            f"SELECT method, max(value) FROM '{path}' WHERE metric = 'accuracy' AND year(published) = 2024 GROUP BY ALL"
        ).fetchall() == [("Foo'Net", 97.3)]


def test_pandas(path: Path) -> None:
    pd = pytest.importorskip("pandas")
    kinds = {"string": "object", "double": "float64", "float": "float32", "bool": "boolean", "int32": "Int32",
             "date32": "object"}  # fmt: skip
    frame = pd.read_parquet(path, dtype_backend="numpy_nullable")
    assert list(frame.columns) == list(NAMES)
    for column in COLUMNS:
        series = frame[column.name]
        if column.type in ("bool", "int32"):
            assert str(series.dtype) == kinds[column.type], column.name
        if column.type in ("double", "float"):
            assert str(series.dtype) == kinds[column.type].capitalize(), column.name
        if column.type in ("string", "date32"):
            assert series.dropna().map(type).isin([str, dt.date]).all(), column.name
    rows = [tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)]
    assert len(rows) == len(CLAIMS)
    for row, claim in zip(rows, CLAIMS, strict=True):
        assert row == row_of(claim)


def test_pandas_without_options(path: Path) -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.read_parquet(path)
    assert frame.loc[0, "published"] == dt.date(2024, 2, 29)
    assert (frame.loc[0, "value"], frame.loc[0, "delta_derived"], frame.loc[0, "title"]) == (97.3, True, FULL.title)
    assert math.isnan(frame.loc[1, "value"])
    assert frame["value"].sum() == pytest.approx(sum(claim.value or 0.0 for claim in CLAIMS))
