"""Papers with Code's JSON: what is written is what the format's own loader and its documentation take it for."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exports import error, held, names, parted, sample, tables
from hypothesis import given, settings

from claimx.export import export
from claimx.export.sources import arxiv_url
from claimx.model import Claim
from claimx.table import claims_of

FORMAT, FILE = "papers-with-code", "evaluation-tables.json"
TASK = {"task": str, "description": str, "categories": list, "datasets": list, "subtasks": list, "synonyms": list,
        "source_link": type(None)}  # fmt: skip
DATASET = {"description": str, "dataset_links": list, "dataset_citations": list, "subdatasets": list, "sota": dict}
ROW = {"model_name": str, "paper_title": str, "paper_url": str, "paper_date": (str, type(None)), "code_links": list,
       "model_links": list, "metrics": dict, "uses_additional_data": bool}  # fmt: skip
Line = tuple[Any, ...]


def claim(**fields: Any) -> Claim:
    return Claim(**{"paper_id": "p", "method": "FooNet", "benchmark": "ImageNet", "metric": "accuracy", "value": 90.0,
                    "unit": "percent", "rule": "r"} | fields)  # fmt: skip


def tasks(claims: list[Claim]) -> Any:
    return json.loads(export(claims, FORMAT).text(FILE))


def wanted(claims: list[Claim]) -> set[Line]:
    """Every number that the format can hold, computed from the claims themselves."""
    out = set()
    for one in claims_of(claims):
        if held(one, hedged=False):
            bench, measured = names(one)
            assert one.method is not None
            unit = "" if one.unit in (None, "point", "percent") else f" ({one.unit.replace('_', ' ')})"
            out.add((
                bench.task or one.task or "Unknown",
                bench.name,
                one.method + (f" ({one.setting})" if one.setting else ""),
                measured.name + unit,
                (one.value, error(one), one.unit == "percent"),
                one.title or "",
                arxiv_url(one.paper_id) or "",
                one.published,
            ))  # fmt: skip
    return out


def documented(document: Any) -> set[Line]:
    """The numbers by the documented fields, each of which must be there with its type, and no other."""
    out: set[Line] = set()

    def check(record: Any, fields: dict[str, Any]) -> None:
        assert set(record) == set(fields)
        for name, type_ in fields.items():
            assert isinstance(record[name], type_), name

    def walk(task: str, dataset: Any, name: str) -> None:
        check(dataset, {name: str, **DATASET})
        check(dataset["sota"], {"metrics": list, "rows": list})
        for row in dataset["sota"]["rows"]:
            check(row, ROW)
            date = dt.date.fromisoformat(row["paper_date"]) if row["paper_date"] else None
            assert row["metrics"]
            assert list(row["metrics"]) == [m for m in dataset["sota"]["metrics"] if m in row["metrics"]]
            for label, value in row["metrics"].items():
                out.add((task, dataset[name], row["model_name"], label, parted(value), row["paper_title"],
                         row["paper_url"], date))  # fmt: skip
        for part in dataset["subdatasets"]:
            walk(task, part, "subdataset")

    for task in document:
        check(task, TASK)
        for dataset in task["datasets"]:
            walk(task["task"], dataset, "dataset")
    return out


def loaded(path: Path) -> set[Line]:
    """The numbers as sota-extractor's task database has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its marshmallow arguments are deprecated ones
        taskdb = pytest.importorskip("sota_extractor.taskdb", reason="pip install --no-deps sota-extractor")
        database = taskdb.TaskDB()
        database.load_tasks(str(path))

    def walk(dataset: Any) -> Iterator[Any]:
        yield dataset
        for part in dataset.subdatasets:
            assert part.parent is dataset
            yield from walk(part)

    return {
        (task.name, dataset.name, row.model_name, label, parted(value), row.paper_title, row.paper_url, row.paper_date)
        for task in database.tasks.values()
        for top in task.datasets
        for dataset in walk(top)
        for row in dataset.sota.rows
        for label, value in row.metrics.items()
    }


@settings(deadline=None)
@given(tables)
def test_documented_fields_hold_the_values_of_any_claims(claims: list[Claim]) -> None:
    assert documented(tasks(claims)) == wanted(claims)


@settings(deadline=None)
@given(tables)
def test_the_loader_reads_the_values_of_any_claims(
    tmp_path_factory: pytest.TempPathFactory, claims: list[Claim]
) -> None:
    path = tmp_path_factory.mktemp("pwc") / "tables.json"
    export(claims, FORMAT).write(path)
    assert loaded(path) == wanted(claims)


def test_the_loader_reads_the_sample_and_writes_the_same(tmp_path: Path) -> None:
    path = tmp_path / "tables.json"
    export(sample(), FORMAT).write(path)
    assert loaded(path) == wanted(list(sample())) == documented(json.loads(path.read_text(encoding="utf-8")))
    assert len(loaded(path)) >= 20
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sota_extractor.serialization import dump
        from sota_extractor.taskdb import TaskDB

        database = TaskDB()
        database.load_tasks(str(path))
        dump(database, str(tmp_path / "again.json"))
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    assert again == json.loads(path.read_text(encoding="utf-8"))


def test_golden_table() -> None:
    claims = [
        claim(paper_id="2401.00001", title="Foo: A Net", published=dt.date(2024, 1, 2), value=97.3),
        claim(paper_id="2401.00001", title="Foo: A Net", published=dt.date(2024, 1, 2), metric="latency", value=12.0,
              unit="millisecond"),
        claim(paper_id="b", method="BarNet", value=0.981, value_error=0.002, unit=None),
        claim(paper_id="b", method="BarNet", benchmark="MATH-500", value=41.0, setting="5-shot"),
    ]  # fmt: skip
    golden = Path(__file__).parent / "golden" / "export-papers-with-code.json"
    assert export(claims, FORMAT).text(FILE) == golden.read_text(encoding="utf-8")


def rows(claims: list[Claim]) -> Any:
    return tasks(claims)[0]["datasets"][0]["sota"]["rows"]


@pytest.mark.parametrize(
    ("name", "values", "order"),
    [
        ("accuracy", [(0.9, None), (95.0, "percent"), (91.0, "percent")], ["1", "2", "0"]),
        ("FID", [(3.0, None), (2.0, None), (10.0, None)], ["1", "0", "2"]),
    ],
)
def test_the_best_comes_first(name: str, values: list[tuple[float, str | None]], order: list[str]) -> None:
    claims = [
        claim(paper_id=f"p{n}", method=f"M{n}", metric=name, value=value, unit=unit)
        for n, (value, unit) in enumerate(values)
    ]
    assert [row["model_name"] for row in rows(claims)] == [f"M{n}" for n in order]


def test_two_values_of_one_metric_stay_two_rows_and_a_repeated_one_is_one() -> None:
    found = rows([claim(value=90.0), claim(value=91.0), claim(value=90.0), claim(metric="F1", value=80.0)])
    assert [row["metrics"] for row in found] == [{"accuracy": "91%"}, {"accuracy": "90%", "F1": "80%"}]


def test_settings_stay_apart() -> None:
    found = rows([claim(setting="5-shot", value=91.0), claim(setting="zero-shot")])
    assert [row["model_name"] for row in found] == ["FooNet (5-shot)", "FooNet (zero-shot)"]


def test_a_part_is_a_dataset_that_names_the_whole() -> None:
    (task,) = tasks([claim(benchmark="MATH-500"), claim(benchmark="MATH")])
    assert task["task"] == "mathematical reasoning"
    assert [(dataset["dataset"], dataset["description"]) for dataset in task["datasets"]] == [
        ("MATH", ""), ("MATH-500", "A part or variant of MATH."),
    ]  # fmt: skip


def test_an_unknown_benchmark_has_a_placeholder_for_its_task() -> None:
    assert [task["task"] for task in tasks([claim(benchmark="OwlBench-9")])] == ["Unknown"]
    assert [task["task"] for task in tasks([claim(benchmark="OwlBench-9", task="owl counting")])] == ["owl counting"]


def test_nothing_gives_an_empty_list() -> None:
    assert tasks([]) == []
