"""Boards: which rows they rank, in what order, and what stands apart."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import claimx
from claimx import Board, BoardError, Claim, ReadError, TableError
from claimx.leaderboard import Row
from claimx.leaderboard.results import is_name
from claimx.output import write
from claimx.table import to_pandas, to_table


def claim(method: str | None, value: float | None, paper: str = "p1", **more: Any) -> Claim:
    given: dict[str, Any] = {"benchmark": "CIFAR-10", "metric": "accuracy", "unit": "percent", "confidence": 0.75,
                             "rule": "r", "sentence": f"{method} has {value}."}  # fmt: skip
    return Claim(paper_id=paper, method=method, value=value, **(given | more))


def board(claims: Any, **options: Any) -> Board:
    return claimx.leaderboard(claims, "CIFAR-10", "accuracy", **options)


def ranked(rows: Iterable[Row]) -> list[tuple[int | None, str | None, float | None]]:
    return [(row.rank, row.method, row.value) for row in rows]


def test_best_first_and_ties_share_a_rank() -> None:
    claims = [claim("A1", 90.0), claim("B1", 95.5), claim("C1", 95.5), claim("D1", 91.0)]
    assert ranked(board(claims)) == [(1, "B1", 95.5), (1, "C1", 95.5), (3, "D1", 91.0), (4, "A1", 90.0)]


def test_the_metric_says_which_way() -> None:
    claims = [claim(name, value, metric="FID", unit=None) for name, value in (("A1", 4.0), ("B1", 2.5))]
    found = claimx.leaderboard(claims, "CIFAR-10", "FID")
    assert found.better == "lower"
    assert ranked(found) == [(1, "B1", 2.5), (2, "A1", 4.0)]
    assert ranked(claimx.leaderboard(claims, "CIFAR-10", "FID", order="higher"))[0] == (1, "A1", 4.0)


def test_an_unknown_metric_goes_by_its_column_or_by_order() -> None:
    claims = [claim(name, value, metric="zorptitude", unit=None) for name, value in (("A1", 4.0), ("B1", 2.5))]
    with pytest.raises(BoardError, match="not known whether higher or lower zorptitude is better"):
        claimx.leaderboard(claims, "CIFAR-10", "Zorptitude")
    assert claimx.leaderboard(claims, "CIFAR-10", "Zorptitude", order="lower").rows[0].method == "B1"
    told = [claim("A1", 4.0, metric="zorptitude", higher_is_better=True), claim("B1", 2.5, metric="zorptitude")]
    assert claimx.leaderboard(told, "CIFAR-10", "zorptitude").better == "higher"


def test_any_name_of_benchmark_and_metric_finds_the_board() -> None:
    claims = [claim("A1", 90.0, benchmark="CIFAR10"), claim("B1", 91.0, benchmark="CIFAR-10")]
    found = claimx.leaderboard(claims, "cifar 10", "Accuracy")
    assert (len(found), found.benchmark, found.metric, found.benchmark_id) == (2, "CIFAR-10", "accuracy", "cifar-10")


def test_a_part_is_not_its_parent() -> None:
    claims = [claim("A1", 90.0, benchmark="MATH"), claim("B1", 91.0, benchmark="MATH-500")]
    assert [row.method for row in claimx.leaderboard(claims, "MATH", "accuracy")] == ["A1"]
    assert [row.method for row in claimx.leaderboard(claims, "MATH-500", "accuracy")] == ["B1"]


def test_parameters_are_metrics_of_their_own() -> None:
    claims = [claim("A1", 50.0, metric="pass@1"), claim("A1", 80.0, metric="pass@10")]
    found = claimx.leaderboard(claims, "CIFAR-10", "Pass@10")
    assert ranked(found) == [(1, "A1", 80.0)]
    assert found.parameter == "10"


def test_percent_and_fraction_are_one_scale_and_stay_as_written() -> None:
    found = board([claim("A1", 0.883, unit=None), claim("B1", 88.3), claim("C1", 88.0)])
    assert found.unit == "percent"
    assert ranked(found) == [(1, "A1", 88.3), (1, "B1", 88.3), (3, "C1", 88.0)]
    assert [row.written for row in found] == ["0.883", "88.3 %", "88 %"]
    assert [row.written_unit for row in found] == [None, "percent", "percent"]


def test_units_of_one_dimension_are_converted_with_their_error() -> None:
    claims = [claim("A1", 250.0, metric="latency", unit="millisecond", kind="efficiency"),
              claim("B1", 0.3, metric="latency", unit="second", value_error=0.02, kind="efficiency"),
              claim("C1", 200.0, metric="latency", unit="millisecond", kind="efficiency"),
              claim("D1", 3.0, metric="latency", unit="gigabyte", kind="efficiency")]  # fmt: skip
    found = claimx.leaderboard(claims, "CIFAR-10", "latency")
    assert ranked(found) == [(1, "C1", 200.0), (2, "A1", 250.0), (3, "B1", 300.0)]
    assert found.rows[2].written == "0.3 ± 0.02 s"
    assert found.rows[2].error == 20.0
    (apart,) = found.apart
    assert (apart.method, apart.value, apart.rank) == ("D1", None, None)
    assert apart.reason == "in gigabyte, not comparable with millisecond"


def test_bounds_and_ranges_are_listed_and_not_ranked() -> None:
    claims = [claim("A1", 90.0), claim("B1", 99.0, bound="<="), claim("C1", 89.0, bound="~"),
              claim("D1", 80.0, value_high=95.0)]  # fmt: skip
    found = board(claims)
    assert ranked(found) == [(1, "A1", 90.0)]
    assert [(row.method, row.written, row.rank) for row in found.unranked] == [
        ("B1", "≤ 99 %", None), ("C1", "≈ 89 %", None), ("D1", "80–95 %", None),
    ]  # fmt: skip
    assert [row.method for row in board(claims, bounds=True)] == ["B1", "A1", "C1", "D1"]


def test_a_range_ranks_by_its_worse_end() -> None:
    claims = [claim("A1", 3.0, metric="FID", unit=None), claim("B1", 2.0, metric="FID", unit=None, value_high=4.0)]
    found = claimx.leaderboard(claims, "CIFAR-10", "FID", bounds=True)
    assert [row.method for row in found] == ["A1", "B1"]


def test_the_best_of_a_method_unless_all_are_asked_for() -> None:
    claims = [claim("Foo-Net", 90.0), claim("FooNet", 92.0, "p2"), claim("FOONET", 91.0, "p3")]
    assert ranked(board(claims)) == [(1, "FooNet", 92.0)]
    assert len(board(claims, best_per_method=False)) == 3


def test_descriptions_are_one_method_within_a_paper_only() -> None:
    claims = [claim("our approach", 90.0), claim("our approach", 91.0), claim("our approach", 85.0, "p2")]
    assert [(row.paper_id, row.value) for row in board(claims)] == [("p1", 91.0), ("p2", 85.0)]


def test_a_named_baseline_has_the_value_that_a_claim_gives_for_it() -> None:
    claims = [claim("FooNet", 61.3, baseline="OldNet", baseline_value=55.2, value_start=30, value_end=34,
                    baseline_value_start=10, baseline_value_end=14),
              claim("BarNet", 60.0, "p2", baseline="our strongest baseline", baseline_value=50.0)]  # fmt: skip
    found = board(claims)
    assert ranked(found) == [(1, "FooNet", 61.3), (2, "BarNet", 60.0), (3, "OldNet", 55.2)]
    old = found.rows[2]
    assert (old.kind, old.value_start, old.value_end, old.sentence) == ("baseline", 10, 14, "FooNet has 61.3.")
    assert found.rows[0].value_start == 30
    assert [row.method for row in board(claims, kinds=("result",))] == ["FooNet", "BarNet"]


def test_a_baseline_told_twice_is_one_result() -> None:
    claims = [claim("FooNet", 61.3, baseline="OldNet", baseline_value=55.2), claim("OldNet", 55.2, kind="baseline")]
    assert len(board(claims, best_per_method=False)) == 2


def test_a_baseline_row_belongs_to_its_method() -> None:
    claims = [claim("FooNet", 61.3), claim("OldNet", 70.0, kind="baseline"), claim("OldNet", 69.0, "p2")]
    assert ranked(board(claims)) == [(1, "OldNet", 70.0), (2, "FooNet", 61.3)]


def test_kinds_choose_rows() -> None:
    claims = [claim("A1", 90.0), claim("Experts", 99.0, kind="human"), claim("B1", 95.0, kind="finding")]
    assert [row.method for row in board(claims)] == ["A1"]
    assert [row.method for row in board(claims, kinds=("human",))] == ["Experts"]


def test_no_method_and_no_number_stand_apart_with_the_reason() -> None:
    found = board([claim("A1", 90.0), claim(None, 95.0), claim("B1", math.inf)])
    assert {(row.method, row.reason) for row in found.apart} == {
        (None, "names no method"), ("B1", "not a finite number"),
    }  # fmt: skip
    assert ranked(found) == [(1, "A1", 90.0)]


@pytest.mark.parametrize("since", [2024, "2024", "2024-02", "2024-02-01", dt.date(2024, 2, 1)])
def test_since_leaves_out_what_is_older_or_has_no_date(since: Any) -> None:
    claims = [claim("A1", 90.0, published=dt.date(2023, 12, 31)), claim("B1", 80.0),
              claim("C1", 70.0, published=dt.date(2024, 2, 1))]  # fmt: skip
    assert [row.method for row in board(claims, since=since)] == ["C1"]


def test_task_setting_and_confidence_choose_rows() -> None:
    claims = [claim("A1", 90.0, setting="zero-shot"), claim("B1", 80.0, setting="5-shot", task="anomaly detection"),
              claim("C1", 95.0, confidence=0.5)]  # fmt: skip
    assert [row.method for row in board(claims, setting="Zero shot")] == ["A1"]
    assert [row.method for row in board(claims, task="Anomaly Detection")] == ["B1"]
    assert [row.method for row in board(claims, min_confidence=0.75)] == ["A1", "B1"]
    with pytest.raises(BoardError, match="accuracy on CIFAR-10: none of its 3 results meets the conditions"):
        board(claims, setting="10 NFE")


def test_of_equals_the_own_claim_and_the_older_comes_first() -> None:
    claims = [claim("A1", 90.0, "p3", kind="baseline"), claim("A1", 90.0, "p2", published=dt.date(2024, 1, 1)),
              claim("A1", 90.0, "p1", published=dt.date(2023, 1, 1))]  # fmt: skip
    assert board(claims).rows[0].paper_id == "p1"
    assert [row.paper_id for row in board(claims, best_per_method=False)] == ["p1", "p2", "p3"]


def test_a_limit_says_how_much_it_left_out() -> None:
    claims = [claim(f"M{n}", float(n)) for n in range(10)] + [claim(f"M{n}", 99.0, bound="<") for n in range(3)]
    found = board(claims, limit=2)
    assert ranked(found) == [(1, "M9", 9.0), (2, "M8", 8.0)]
    assert found.more == (8, 1, 0)


@pytest.mark.parametrize(
    ("benchmark", "metric", "message"),
    [
        ("CIFAR-1O", "accuracy", r"no row with the benchmark 'CIFAR-1O'; the table has CIFAR-10"),
        ("CIFAR-10", "wer", r"no row with the metric 'wer' on CIFAR-10; the table has accuracy"),
        ("CIFAR-10", None, r"say which metric; the table has accuracy"),
        (None, None, r"say which benchmark; the table has CIFAR-10, MATH-500"),
        ("MATH", "accuracy", r"no row with the benchmark 'MATH'; the table has MATH-500"),
    ],
)
def test_an_unknown_board_names_the_nearest(benchmark: str | None, metric: str | None, message: str) -> None:
    claims = [claim("A1", 1.0), claim("B1", 2.0), claim("A1", 3.0, benchmark="MATH-500")]
    with pytest.raises(BoardError, match=message):
        claimx.leaderboard(claims, benchmark, metric)


def test_an_empty_table_has_no_board() -> None:
    with pytest.raises(BoardError, match="no row with a benchmark and a metric"):
        board([])
    assert claimx.boards([]) == []


@pytest.mark.parametrize(
    "options",
    [{"kinds": ("best",)}, {"kinds": "result"}, {"kinds": ()}, {"order": "up"}, {"limit": 0}, {"since": "soon"},
     {"since": "2024-13"}, {"min_confidence": 2}],
)  # fmt: skip
def test_an_illegal_option_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"legal|at least"):
        board([claim("A1", 1.0)], **options)


CLAIMS = [
    claim("FooNet", 97.5, published=dt.date(2024, 3, 1), title="T", source="s", value_start=3, value_end=7),
    claim("BarNet", 0.9, "p2", unit=None, setting="5-shot", aggregate="mean"),
    claim("BazNet", 99.0, "p3", bound="<="),
    claim("BazNet", None, "p3", delta=1.0),
    claim("QuxNet", 1.0, "p4", benchmark=None),
]


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".arrow"])
def test_every_kind_of_file_gives_the_same_board(suffix: str, tmp_path: Path) -> None:
    write(CLAIMS, tmp_path / f"claims{suffix}")
    assert board(tmp_path / f"claims{suffix}") == board(str(tmp_path / f"claims{suffix}")) == board(CLAIMS)


def test_tables_and_frames_give_the_same_board() -> None:
    table = to_table(CLAIMS)
    expected = board(CLAIMS)
    assert len(expected) == 2
    assert board(table) == expected
    assert board(to_pandas(CLAIMS)) == expected
    assert board(polars.from_arrow(table)) == expected
    assert board(iter(CLAIMS)) == expected


def test_a_frame_that_went_through_csv_gives_the_same_numbers(tmp_path: Path) -> None:
    to_pandas(CLAIMS).to_csv(tmp_path / "c.csv", index=False)
    frame = pd.read_csv(tmp_path / "c.csv")
    assert ranked(board(frame).all_rows()) == ranked(board(CLAIMS).all_rows())


def test_a_folder_is_one_table_whatever_its_parts(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for n, one in enumerate(CLAIMS):
        write([one], tmp_path / ("deep" if n % 2 else "") / f"{n}.parquet")
    write([claim("Stray", 99.9)], tmp_path / "_stray.parquet")
    (tmp_path / "notes.txt").write_text("x")
    assert board(tmp_path) == board(CLAIMS)
    assert claimx.boards(tmp_path) == claimx.boards(CLAIMS)


def test_row_groups_and_dictionaries_do_not_matter(tmp_path: Path) -> None:
    claims = [claim(f"Net-{n % 70}", n / 10, f"p{n}", benchmark="CIFAR-10" if n % 3 else "MNIST") for n in range(900)]
    expected = board(claims)
    for size, dictionary in ((7, True), (64, False), (10_000, True)):
        pq.write_table(to_table(claims), tmp_path / "c.parquet", row_group_size=size, use_dictionary=dictionary)
        assert board(tmp_path / "c.parquet") == expected
    assert len(expected) == 70


def test_columns_that_are_not_needed_may_be_missing_or_of_kindred_types() -> None:
    frame = pd.DataFrame({"method": ["A1", "B1"], "benchmark": ["CIFAR-10"] * 2, "metric": ["accuracy"] * 2,
                          "value": [90, 91], "extra": [object(), object()]})  # fmt: skip
    assert ranked(board(frame)) == [(1, "B1", 91.0), (2, "A1", 90.0)]
    table = pa.table({"method": pa.array(["A1"], pa.large_string()), "benchmark": ["CIFAR-10"],
                      "metric": pa.array(["accuracy"]).dictionary_encode(), "value": pa.array([90.0], pa.float32()),
                      "bound": pa.array([None], pa.string())})  # fmt: skip
    assert ranked(board(table)) == [(1, "A1", 90.0)]


def test_what_is_no_claim_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="it lacks method, benchmark, metric"):
        board(pd.DataFrame({"value": [1.0]}))
    with pytest.raises(TableError, match="a list of str where claims are expected"):
        board(["x"])
    with pytest.raises(TableError, match="int; legal are a table, a frame, claims, or a path"):
        board(3)
    with pytest.raises(TableError, match="column 'value'"):
        board(pa.table({"method": ["A1"], "benchmark": ["CIFAR-10"], "metric": ["accuracy"], "value": ["high"]}))
    pq.write_table(pa.table({"value": [1.0]}), tmp_path / "other.parquet")
    with pytest.raises(ReadError, match="it lacks method, benchmark, metric"):
        board(tmp_path / "other.parquet")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match=r"no file that ends in \.parquet"):
        board(tmp_path / "empty")
    with pytest.raises(ReadError, match="No such file"):
        board(tmp_path / "none.parquet")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(ReadError, match=r"cut\.parquet: "):
        board(tmp_path / "cut.parquet")


def test_the_boards_of_a_table_by_number_of_methods() -> None:
    claims = [
        claim("A1", 90.0), claim("B1", 91.0, benchmark="CIFAR10"), claim("B1", 92.0, "p2"),
        claim("C1", 93.0, bound=">"),
        claim("our model", 80.0), claim("our model", 81.0), claim("our model", 82.0, "p2"),
        claim("A1", 3.0, metric="FID", unit=None, baseline="OldGAN", baseline_value=4.0),
        claim("A1", 50.0, metric="pass@1"), claim("A1", 50.0, metric="pass@10"),
        claim(None, 1.0, metric="F1"), claim("A1", 1.0, benchmark=None), claim("A1", math.nan, metric="recall"),
    ]  # fmt: skip
    found = claimx.boards(claims)
    assert [(one.benchmark, one.metric, one.methods, one.results) for one in found] == [
        ("CIFAR-10", "accuracy", 4, 6), ("CIFAR-10", "FID", 2, 2), ("CIFAR-10", "pass@1", 1, 1),
        ("CIFAR-10", "pass@10", 1, 1),
    ]  # fmt: skip
    assert found[0].task == "image classification"
    for one in found:
        assert len(claimx.leaderboard(claims, one.benchmark, one.metric)) == one.methods
    assert claimx.boards(claims, min_methods=2) == found[:2]
    assert claimx.boards(claims, limit=3) == found[:3]
    assert claimx.boards(claims, min_confidence=0.8) == []


def test_without_sentences_only_they_are_left_out() -> None:
    whole, without = board(CLAIMS), board(CLAIMS, sentences=False)
    gone = {"sentence": None, "sentence_start": None, "value_start": None, "value_end": None}
    assert without.rows == tuple(replace(row, **gone) for row in whole.rows)
    assert whole.rows[0].sentence == "FooNet has 97.5."


@pytest.mark.parametrize("name", ["SimCLR", "GPT-4o", "OldNet", "Long Short-Term Memory", "W2SPO", "Adam"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("phrase", ["our approach", "The proposed framework", "strongest baseline", "LLMs", "",
                                    "state-of-the-art LLM agents", "baseline ASR outputs", "this model"])  # fmt: skip
def test_descriptions_are_no_names(phrase: str) -> None:
    assert not is_name(phrase)
