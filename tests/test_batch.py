"""Record batches of papers to record batches of claims: columns by name, what a mistake is told, nothing lost."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import records, write_records

import claimx
from claimx.batch import Options, chunks, extract_chunk, pack, unpack
from claimx.errors import ReadError, TableError
from claimx.model import Document
from claimx.table import from_batch

TEXT = "FooNet achieves 90.1% accuracy on SST-2."


def _batch(**columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def test_claims_in_the_tables_schema_with_spans_into_the_text() -> None:
    made = claimx.extract_batch(_batch(id=["a", "b"], abstract=["Nothing.", TEXT], title=["A", "B: C"], year=[1, 2020]))
    assert made.schema.equals(claimx.schema(), check_metadata=True)
    [claim] = from_batch(made)
    assert (claim.paper_id, claim.title, claim.source, claim.published) == ("b", "B: C", None, dt.date(2020, 1, 1))
    assert claim.value_start is not None
    assert TEXT[claim.value_start : claim.value_end] == "90.1%"
    assert 0 < (claim.confidence or 0) < 1


@pytest.mark.parametrize(
    "columns",
    [
        {"paper_id": ["x"], "text": [TEXT]},
        {"Paper ID": ["x"], "Abstract": pa.array([TEXT], pa.large_string())},
        {"doi": pa.array(["x"]).dictionary_encode(), "abstract": pa.array([TEXT]).dictionary_encode()},
        {"id": pa.array(["x"], pa.string_view()), "abstract": pa.array([TEXT], pa.string_view())},
        {"id": [b"x"], "abstract": [TEXT.encode()]},
        {"id": ["x"], "abstract": [[TEXT]], "embedding": [[0.5, 0.5]]},
        {"id": ["x"], "abstract": [{"value": TEXT}]},
    ],
    ids=lambda columns: "+".join(columns),
)
def test_usual_names_and_types_of_columns(columns: dict[str, Any]) -> None:
    [claim] = from_batch(claimx.extract_batch(_batch(**columns)))
    assert (claim.paper_id, claim.benchmark, claim.value) == ("x", "SST-2", 90.1)


def test_named_columns_and_a_source() -> None:
    papers = _batch(n=[7], body=[TEXT], abstract=["On SST-2 it reaches 1.5% accuracy."], source=["a.jsonl"])
    [claim] = from_batch(claimx.extract_batch(papers, {"id": "n", "text": "body"}))
    assert (claim.paper_id, claim.value, claim.source) == ("7", 90.1, "a.jsonl")


@pytest.mark.parametrize(
    "published",
    [
        pa.array([dt.date(2024, 2, 29)]),
        pa.array([dt.date(2024, 2, 29)], pa.date64()),
        pa.array([dt.datetime(2024, 2, 29, 23, 59)]),
        pa.array([dt.datetime(2024, 2, 29, 1, tzinfo=dt.UTC)], pa.timestamp("us", "UTC")),
        pa.array(["2024-02-29T10:00:00Z"]),
        pa.array(["29 February 2024"]),
    ],
    ids=lambda array: str(array.type),
)
def test_dates_of_any_kind(published: pa.Array[Any]) -> None:
    [claim] = from_batch(claimx.extract_batch(_batch(id=["x"], abstract=[TEXT], published=published)))
    assert claim.published == dt.date(2024, 2, 29)


def test_the_rows_are_those_of_reading_the_same_parquet_file(tmp_path: Path) -> None:
    rows = [*records(300), {"id": "blank", "title": " a  b\n", "abstract": "  ", "published": "x"},
            {"id": " q ", "title": "  Two  spaces ", "abstract": TEXT, "published": "2020"}]  # fmt: skip
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, tmp_path / "papers.parquet")
    local = claimx.to_table(claimx.extract_many(claimx.read(tmp_path / "papers.parquet"))).drop_columns("source")
    made = pa.Table.from_batches([claimx.extract_batch(batch) for batch in table.to_batches(max_chunksize=77)])
    assert made.drop_columns("source").equals(local)
    assert local.num_rows > 250
    assert local.column("title").to_pylist()[-1] == "Two spaces"


def test_papers_without_text_and_empty_batches_give_no_rows() -> None:
    papers = _batch(id=["a", "b", "c"], abstract=pa.array([None, "", " \n"]))
    assert claimx.extract_batch(papers).num_rows == 0
    assert claimx.extract_batch(papers.slice(0, 0)).schema.equals(claimx.schema())
    nulls = pa.RecordBatch.from_pydict({"id": ["a"], "abstract": pa.nulls(1)})
    assert claimx.extract_batch(nulls).num_rows == 0


def test_unsure_claims_can_be_left_out() -> None:
    papers = pa.RecordBatch.from_pylist(list(records(50)))
    every = claimx.extract_batch(papers)
    floor = sorted(claim.confidence or 0 for claim in from_batch(every))[len(every) // 2]
    sure = claimx.extract_batch(papers, min_confidence=floor)
    assert from_batch(sure) == [claim for claim in from_batch(every) if (claim.confidence or 0) >= floor]
    assert 0 < len(sure) < len(every)
    for wrong in (-0.1, 1.1, math.nan):
        with pytest.raises(ValueError, match="legal are numbers from 0 to 1"):
            claimx.extract_batch(papers, min_confidence=wrong)


@pytest.mark.parametrize(
    ("papers", "columns", "says"),
    [
        (_batch(id=["a"], headline=["b"]), {}, "no column for the text; columns here: 'id', 'headline'; usual: abs"),
        (_batch(abstract=[TEXT]), {}, "no column for the papers' ids.*columns here: 'abstract'; usual: id, paperid"),
        (_batch(id=["a"], abstract=[TEXT]), {"text": "body"}, "no column 'body' for text; columns here: 'id', 'abs"),
        (_batch(id=["a"], abstract=[TEXT]), {"texts": "abstract"}, "no field 'texts'; legal ones are id, text, title"),
        (_batch(id=["a"], abstract=[1.5]), {}, "column 'abstract' is of the type double, which holds no texts"),
        (_batch(id=[dt.date(2024, 1, 1)], abstract=[TEXT]), {}, "column 'id' is of the type date32.*holds no ids"),
        (_batch(id=["a", None, ""], abstract=[TEXT] * 3), {}, "row 2 has no id in 'id'; every paper needs one"),
        (_batch(), {}, "columns here: none"),
        (pa.table({"id": ["a"], "abstract": [TEXT]}), {}, "a pyarrow.RecordBatch is needed, not Table"),
        ("papers.parquet", {}, "a pyarrow.RecordBatch is needed, not str"),
        (
            pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array([TEXT]), pa.array([TEXT])], ["id", "text", "text"]),
            {},
            "more than one column 'text'",
        ),
    ],
)
def test_a_mistake_says_what_would_be_legal(papers: Any, columns: dict[str, str], says: str) -> None:
    with pytest.raises(TableError, match=says) as caught:
        claimx.extract_batch(papers, columns)
    assert "\n" not in str(caught.value)


_DOCUMENTS = st.builds(
    Document,
    id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    source=st.none() | st.just("a.jsonl"),
    published=st.none() | st.dates(),
)


@given(st.lists(_DOCUMENTS, max_size=5))
def test_packed_documents_are_the_same_documents(documents: list[Document]) -> None:
    assert unpack(pack(documents)) == documents


def test_lone_surrogates_do_not_stop_a_batch() -> None:
    [document] = unpack(pack([Document(id="a\ud800", text="b\udfff 5%", title=None)]))
    assert document == Document(id="a\ufffd", text="b\ufffd 5%")


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 6), st.integers(1, 60))
def test_chunks_keep_every_document_in_order_and_within_bounds(lengths: list[int], papers: int, text: int) -> None:
    documents = [Document(id=str(n), text="x" * length) for n, length in enumerate(lengths)]
    cut = list(chunks(iter(documents), papers, text))
    assert [document for chunk in cut for document in chunk] == documents
    for chunk in cut:
        assert 0 < len(chunk) <= papers
        assert sum(len(document.text) for document in chunk[:-1]) < text, "closed as soon as it holds enough"


def test_what_was_read_before_an_error_still_comes_out() -> None:
    def source() -> Iterator[Document]:
        yield from (Document(id=str(n), text="x") for n in range(5))
        raise ReadError("a.jsonl", "broken", 6)

    cut = chunks(source(), papers=3)
    assert [len(next(cut)), len(next(cut))] == [3, 2]
    with pytest.raises(ReadError, match="broken"):
        next(cut)


def test_a_chunk_counts_what_it_leaves_out(tmp_path: Path) -> None:
    documents = list(claimx.read(write_records(tmp_path / "papers.jsonl", 40)))
    every, some = extract_chunk(documents), extract_chunk(documents, Options(0.7))
    assert (every.papers, every.left_out) == (40, 0)
    assert some.claims.num_rows + some.left_out == every.claims.num_rows
    assert some.left_out > 0
