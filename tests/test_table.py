"""The claim table: its schema, round trips through Arrow and every file format, and atomic writing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import claimx
from claimx.errors import ReadError, TableError
from claimx.model import Claim, Document
from claimx.output import WRITERS, load, write, write_batches
from claimx.resources import grammar_hash
from claimx.table import (
    COLUMNS,
    NAMES,
    SCHEMA_VERSION,
    batches,
    from_table,
    rebatch,
    schema,
    to_batch,
    to_pandas,
    to_table,
)

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_number = st.floats(allow_nan=False, allow_infinity=False)
_offset = st.integers(0, 2**31 - 1)
_KINDS = {
    "string": _text,
    "double": _number,
    "float": st.integers(0, 10_000).map(lambda share: share / 10_000),  # four digits, as a confidence has
    "bool": st.booleans(),
    "int32": _offset,
    "date32": st.dates(),
}


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim that the schema admits, most columns null."""
    given = draw(st.sets(st.sampled_from(COLUMNS), max_size=10))
    return Claim(**{column.name: draw(_KINDS[column.type]) for column in given})


FULL = Claim(
    paper_id="p1", title="T: ein Maß, 数", source="in.jsonl", published=dt.date(2024, 2, 29), method="FooNet",
    baseline="BarNet", benchmark="CIFAR-10", metric="accuracy", value=44.5, value_high=46.0, value_error=0.1,
    unit="percent", delta=-1.07, delta_high=-2.0, delta_kind="points", delta_derived=True, baseline_value=35.5,
    bound="<=", aggregate="mean", setting="5-shot", task="images", higher_is_better=True, improved=False,
    method_text="our net", baseline_text="it", benchmark_text="CIFAR10", metric_text="acc.", value_start=3, value_end=8,
    delta_start=10, delta_end=12, baseline_value_start=14, baseline_value_end=18, sentence="S.\n\"quoted\", it is",
    sentence_start=0, sentence_end=20, rule="gain-by", kind="result", confidence=0.5, check="ok",
)  # fmt: skip


def test_columns_are_the_claims_fields_in_order() -> None:
    fields = [field.name for field in dataclasses.fields(Claim)]
    assert fields.pop() == "reasons"
    assert list(NAMES) == fields
    assert NAMES[:6] == ("paper_id", "title", "source", "published", "method", "baseline")
    assert all(getattr(FULL, name) is not None for name in NAMES), "FULL must exercise every column"


def test_schema_has_exact_types_and_a_meaning_for_each_field() -> None:
    fields = {field.name: field for field in schema()}
    assert [str(fields[name].type) for name in ("paper_id", "published", "value", "delta_derived", "delta_start")] == [
        "string", "date32[day]", "double", "bool", "int32",
    ]  # fmt: skip
    assert fields["confidence"].type == pa.float32()
    assert not fields["paper_id"].nullable
    assert fields["value"].nullable
    for field in fields.values():
        assert len(field.metadata[b"description"]) > 8


def test_metadata_tells_versions_and_grammar() -> None:
    metadata = to_table([FULL]).schema.metadata
    assert metadata[b"claimx.schema_version"].decode() == SCHEMA_VERSION
    assert metadata[b"claimx.version"].decode() == claimx.__version__
    assert metadata[b"claimx.grammar_sha256"].decode() == grammar_hash()


def test_grammar_hash_follows_content_and_names_but_not_prose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = []
    for number, files in enumerate(
        [{"a.toml": "x = 1"}, {"a.toml": "x = 1", "README.md": "prose"}, {"a.toml": "x = 2"}, {"b.toml": "x = 1"}]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content)
        monkeypatch.setenv("CLAIMX_GRAMMARS", str(folder))
        hashes.append(grammar_hash())
    assert hashes[0] == hashes[1]
    assert len({hashes[0], hashes[2], hashes[3]}) == 3
    monkeypatch.setenv("CLAIMX_GRAMMARS", str(tmp_path / "nowhere"))
    with pytest.raises(claimx.GrammarError, match="nowhere"):
        grammar_hash()


@given(st.lists(claims(), max_size=6))
def test_arrow_round_trip_is_the_identity(rows: list[Claim]) -> None:
    assert from_table(to_table(rows)) == rows


@pytest.mark.parametrize("suffix", WRITERS)
@given(rows=st.lists(claims(), max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_file_round_trip_is_the_identity(rows: list[Claim], suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"claims{suffix}"
    assert write(rows, path) == len(rows)
    assert load(path) == rows
    first = path.read_bytes()
    write(rows, path)
    assert path.read_bytes() == first, "the same claims must give the same bytes"


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 5))
def test_rows_cut_anew_are_the_same_rows_in_even_batches(sizes: list[int], size: int) -> None:
    rows = [Claim(paper_id=str(n), value=float(n), metric=None if n % 3 else "F1") for n in range(sum(sizes))]
    source, given = iter(rows), []
    for count in sizes:
        given.append(to_batch(list(itertools.islice(source, count))))
    cut = list(rebatch(given, size))
    assert [claim for batch in cut for claim in from_table(pa.Table.from_batches([batch]))] == rows
    assert [batch.num_rows for batch in cut[:-1]] == [size] * (len(cut) - 1)
    assert not cut or 0 < cut[-1].num_rows <= size


@pytest.mark.parametrize("suffix", WRITERS)
def test_bytes_do_not_depend_on_how_the_rows_came(suffix: str, tmp_path: Path) -> None:
    rows = [dataclasses.replace(FULL, paper_id=str(n), task=None if n % 7 else "=1") for n in range(20_000)]
    whole, cut = tmp_path / f"whole{suffix}", tmp_path / f"cut{suffix}"
    assert write(rows, whole) == len(rows)
    assert write_batches((to_batch(rows[at : at + 37]) for at in range(0, len(rows), 37)), cut) == len(rows)
    assert whole.read_bytes() == cut.read_bytes()


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_column_survives_every_format(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"claims{suffix}"
    write([FULL, Claim(paper_id="bare")], path)
    assert load(path) == [FULL, Claim(paper_id="bare")]


def test_parquet_is_zstd_and_keeps_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    write([FULL], path)
    file = pq.ParquetFile(path)
    assert file.schema_arrow.equals(schema(), check_metadata=True)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    odd = Claim(paper_id="a\ud800b", sentence="x\udfff\x00y")
    assert from_table(to_table([odd])) == [Claim(paper_id="a\ufffdb", sentence="x\ufffd\x00y")]
    write([odd], tmp_path / "o.jsonl")
    assert load(tmp_path / "o.jsonl")[0].paper_id == "a\ufffdb"


def test_jsonl_has_no_infinity(tmp_path: Path) -> None:
    write([Claim(paper_id="a", value=float("inf"), delta=2.0)], tmp_path / "o.jsonl")
    row = json.loads((tmp_path / "o.jsonl").read_text(), parse_constant=lambda word: pytest.fail(word))
    assert row["value"] is None
    assert row["delta"] == 2.0


def test_batches_are_lazy_and_bounded() -> None:
    drawn = 0

    def source() -> Iterator[Claim]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield Claim(paper_id=str(number))

    stream = batches(source(), size=10)
    assert next(stream).num_rows == 10
    assert drawn == 10
    assert sum(batch.num_rows for batch in stream) == 990
    with pytest.raises(ValueError, match="size"):
        next(batches([], size=0))


def test_wrong_types_and_missing_columns_are_table_errors() -> None:
    with pytest.raises(TableError, match="value_start"):
        to_table([Claim(value_start=2**40)])
    with pytest.raises(TableError, match="lacks paper_id"):
        from_table(pa.table({"a": [1]}))
    extra = to_table([FULL]).append_column("mine", [[1]])
    assert from_table(extra) == [FULL]


def test_pandas_keeps_integers_and_nulls() -> None:
    frame = to_pandas([FULL, Claim(paper_id="b")])
    assert list(frame.columns) == list(NAMES)
    assert frame["delta_start"].dtype == pd.Int32Dtype()
    assert frame["improved"].isna().tolist() == [False, True]
    assert frame["published"].iloc[0] == dt.date(2024, 2, 29)
    assert len(to_pandas([])) == 0


def test_extract_frame_uses_columns_or_index(stand_in: list[Document]) -> None:
    columns = {"body": ["one 1", None, "two 2"], "doi": ["x", "y", "z"], "name": ["A", "B", None]}
    frame = pd.DataFrame(columns, index=[7, 8, 9])
    out = claimx.extract_frame(frame, text="body", title="name")
    assert out["paper_id"].tolist() == ["7", "9"]
    assert [(doc.id, doc.title) for doc in stand_in] == [("7", "A"), ("9", None)]
    assert claimx.extract_frame(frame, text="body", id="doi")["paper_id"].tolist() == ["x", "z"]
    with pytest.raises(TableError, match="no column 'abstract'; it has body, doi, name"):
        claimx.extract_frame(frame)


FORMULAS = ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_guards_formulas_and_takes_the_guard_off(text: str, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    claim = Claim(paper_id="p", method=text, delta=-2.0)
    write([claim], path)
    content = path.read_bytes().decode()
    assert f'"\'{text}"' in content
    assert ",-2," in content, "numbers stay numbers"
    assert '"="' in content, "a bound is no formula"
    assert load(path) == [claim]
    write([claim], path, raw=True)
    assert f'"{text}"' in path.read_bytes().decode()


@pytest.mark.parametrize("text", ["a=b", "x-y", "", "=", "ends with ="])
def test_csv_leaves_other_texts_alone(text: str, tmp_path: Path) -> None:
    write([Claim(paper_id="p", method=text)], tmp_path / "o.csv")
    assert f'"{text}"' in (tmp_path / "o.csv").read_text()
    assert load(tmp_path / "o.csv")[0].method == text


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    suffix: str, failure: type[BaseException], tmp_path: Path
) -> None:
    path = tmp_path / f"claims{suffix}"
    path.write_text("old")

    def source() -> Iterator[Claim]:
        yield from [FULL] * 20_000
        raise failure

    with pytest.raises(failure):
        write(source(), path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


def test_write_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"\.parquet, \.csv, \.jsonl, \.arrow"):
        write([FULL], tmp_path / "claims.xlsx")
    with pytest.raises(TableError, match="no folder"):
        write([FULL], tmp_path / "no" / "claims.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(TableError, match="no regular file"):
        write([FULL], tmp_path / "folder.csv")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_write_to_a_closed_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(TableError, match="cannot be written to"):
            write([FULL], tmp_path / "claims.csv")
    finally:
        tmp_path.chmod(0o755)


def test_an_inputs_own_error_is_not_taken_for_the_outputs(tmp_path: Path) -> None:
    def source() -> Iterator[Claim]:
        yield FULL
        raise OSError("the input broke")

    with pytest.raises(OSError, match="the input broke"):
        write(source(), tmp_path / "claims.jsonl")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_a_table_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.output._fresh", lambda target: (tmp_path / "part", open("/dev/full", "wb")))  # noqa: SIM115
    with pytest.raises(TableError, match="No space left"):
        write([FULL] * 1000, tmp_path / "claims.jsonl")


def test_links_are_followed_and_modes_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write([FULL], link)
    assert link.is_symlink()
    assert load(real) == [FULL]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_load_takes_rows_that_others_wrote(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"paper_id": 7, "value": 9, "mine": 1}\n\n{"paper_id": "b", "metric": null}\n')
    assert load(tmp_path / "a.jsonl") == [Claim(paper_id="7", value=9.0), Claim(paper_id="b")]


def test_load_refuses_other_files(tmp_path: Path) -> None:
    for name, content in (
        ("a.parquet", "PAR"),
        ("b.jsonl", "{"),
        ("c.jsonl", "[1]"),
        ("d.csv", "a,b\n1,2\n"),
        ("g.jsonl", '{"paper_id": 1, "value": "high"}'),
        ("h.jsonl", '{"paper_id": null}'),
    ):
        (tmp_path / name).write_text(content)
        with pytest.raises(ReadError, match=name):
            load(tmp_path / name)
    with pytest.raises(ReadError, match=r"legal endings are \.parquet"):
        load(tmp_path / "e.txt")
    with pytest.raises(ReadError, match="No such file"):
        load(tmp_path / "f.arrow")
