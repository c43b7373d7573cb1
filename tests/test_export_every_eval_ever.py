"""Every Eval Ever records: valid by the schema and the project's own types, with the values that were claimed."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from exports import ROOT, error, held, key, names, sample, tables
from hypothesis import given, settings

from claimx.export import export
from claimx.export.sources import arxiv_url
from claimx.model import Claim
from claimx.table import claims_of

FORMAT = "every-eval-ever"
SCHEMA = ROOT / "tests" / "formats" / "every-eval-ever.schema.json"
Line = tuple[Any, ...]


def claim(**fields: Any) -> Claim:
    return Claim(**{"paper_id": "p", "method": "FooNet", "benchmark": "ImageNet", "metric": "accuracy", "value": 90.0,
                    "unit": "percent", "rule": "r"} | fields)  # fmt: skip


def wanted(claims: list[Claim]) -> set[Line]:
    """Every number with a method, a benchmark and a metric, computed from the claims themselves."""
    out = set()
    for one in claims_of(claims):
        if held(one, hedged=True):
            bench, measured = names(one)
            high = None if one.value_high is None else float(one.value_high)
            out.add((
                one.paper_id, key(one.method), bench.name, measured.name, one.unit,
                one.value, repr(error(one)), one.bound, repr(high), one.setting,
                one.published and one.published.isoformat(), arxiv_url(one.paper_id),
            ))  # fmt: skip
    return out


def lines(record: Any) -> set[Line]:
    """The numbers of a record that was read back, as plain data."""
    source = record["source_metadata"]["additional_details"]
    out = set()
    for result in record["evaluation_results"]:
        details = result["score_details"]["details"]
        number = {name: float(details[name]) if name in details else None for name in ("value_error", "value_high")}
        config = result["metric_config"]
        out.add((
            source["paper_id"], key(record["model_info"]["name"]), result["source_data"]["dataset_name"],
            config["metric_name"], config.get("metric_unit"), result["score_details"]["score"],
            repr(number["value_error"]), details.get("bound", "="), repr(number["value_high"]), details.get("setting"),
            record.get("evaluation_timestamp"), source.get("paper_url"),
        ))  # fmt: skip
    return out


def records(claims: list[Claim] | tuple[Claim, ...]) -> dict[str, Any]:
    made = export(claims, FORMAT)
    return {name: json.loads(made.text(name), parse_constant=pytest.fail) for name in made.documents}


@functools.cache
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@settings(deadline=None)
@given(tables)
def test_records_of_any_claims_are_valid_and_hold_their_values(claims: list[Claim]) -> None:
    found: set[Line] = set()
    for record in records(claims).values():
        assert [problem.message for problem in validator().iter_errors(record)] == []
        found |= lines(record)
    assert found == wanted(claims)


def test_the_schema_is_one_that_refuses() -> None:
    (record,) = records([claim()]).values()
    del record["evaluation_results"][0]["metric_config"]["lower_is_better"]
    assert ["lower_is_better" in problem.message for problem in validator().iter_errors(record)] == [True]


@pytest.fixture
def package() -> Any:
    return pytest.importorskip("every_eval_ever", reason="every-eval-ever needs Python 3.12")


def test_the_schema_is_that_of_the_package(package: Any) -> None:
    from every_eval_ever.schema import schema_json

    assert schema_json() == json.loads(SCHEMA.read_text(encoding="utf-8"))


@settings(deadline=None)
@given(tables)
def test_the_project_s_own_types_read_any_claims(claims: list[Claim]) -> None:
    types = pytest.importorskip("every_eval_ever.eval_types", reason="every-eval-ever needs Python 3.12")
    made = export(claims, FORMAT)
    found: set[Line] = set()
    for name in made.documents:
        log = types.EvaluationLog.model_validate_json(made.text(name))
        found |= lines(json.loads(log.model_dump_json(exclude_none=True)))
    assert found == wanted(claims)


def test_the_project_s_validator_accepts_the_sample(package: Any, tmp_path: Path) -> None:
    from every_eval_ever.validate import validate_file

    export(sample(), FORMAT).write(tmp_path / "data")
    paths = sorted((tmp_path / "data").rglob("*.json"))
    assert len(paths) > 10
    found: set[Line] = set()
    for path in paths:
        report = validate_file(path, repo_path=path.relative_to(tmp_path).as_posix(), run_semantic_checks=True)
        assert report.valid, report.errors
        # An abstract does not tell who made a system, so no record can name its developer.
        assert all("developer" in str(warning) or "unknown" in str(warning) for warning in report.warnings)
        found |= lines(json.loads(path.read_text(encoding="utf-8")))
    assert found == wanted(list(sample()))


def test_paths_are_those_of_the_data_store() -> None:
    names = list(export([claim(), claim(method="データ", paper_id="q"), claim(method="CON")], FORMAT).documents)
    assert len(names) == 3
    for name in names:
        collection, developer, model, file = name.split("/")
        assert (collection, developer) == ("claimx", "unknown")
        assert re.fullmatch(r"[a-z0-9_][a-z0-9._+-]*", model)
        identifier = uuid.UUID(file.removesuffix(".json"))
        assert identifier.version == 4
        assert str(identifier) + ".json" == file


def test_one_record_for_each_method_of_a_paper() -> None:
    made = records([claim(), claim(metric="F1"), claim(method="BarNet"), claim(paper_id="q", method="Foo-Net")])
    assert [(r["source_metadata"]["source_name"], r["model_info"]["id"], len(r["evaluation_results"]))
            for r in made.values()] == [("p", "unknown/foonet", 2), ("p", "unknown/barnet", 1),
                                        ("q", "unknown/foonet", 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "retrieved", "epoch"),
    [
        (dt.date(2024, 1, 2), None, "1704153600"),
        (None, None, "0"),
        (dt.date(1965, 1, 1), None, "-157766400"),
        (dt.date(2024, 1, 2), dt.date(2026, 1, 31), "1769817600"),
        (None, dt.datetime(2026, 1, 31, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))), "1769817600"),
    ],
)
def test_the_time_is_never_the_present(published: dt.date | None, retrieved: dt.date | None, epoch: str) -> None:
    made = export([claim(published=published)], FORMAT, retrieved=retrieved)
    (record,) = made.documents.values()
    assert record["retrieved_timestamp"] == epoch
    # The same claim exported again is the same record, whenever that was.
    assert list(made.documents) == list(export([claim(published=published)], FORMAT).documents)


@pytest.mark.parametrize(
    ("name", "stated", "lower", "guessed"),
    [
        ("accuracy", None, False, False),
        ("FID", None, True, False),
        ("FID", True, True, False),  # the lexicon knows better
        ("owlness", False, True, False),
        ("owlness", True, False, False),
        ("owlness", None, False, True),
    ],
)
def test_direction(name: str, stated: bool | None, lower: bool, guessed: bool) -> None:
    (record,) = records([claim(metric=name, higher_is_better=stated)]).values()
    config = record["evaluation_results"][0]["metric_config"]
    assert config["lower_is_better"] is lower
    assert (config.get("additional_details") == {"direction": "unknown"}) is guessed


def test_parameters_and_unknown_metrics_have_ids_to_join_by() -> None:
    (record,) = records([claim(metric="pass@10"), claim(metric="Owl Score")]).values()
    one, other = (result["metric_config"] for result in record["evaluation_results"])
    assert (one["metric_id"], one["metric_parameters"]) == ("pass@k", {"k": 10})
    assert other["metric_id"] == "claimx.owlscore"


def test_golden_record() -> None:
    claims = [
        claim(paper_id="2401.00001", title="Foo: A Net", published=dt.date(2024, 1, 2), value=97.3, baseline="BarNet",
              baseline_value=95.1, delta=2.2, delta_kind="points", sentence="It is 97.3%.", confidence=0.9),
        claim(paper_id="2401.00001", title="Foo: A Net", published=dt.date(2024, 1, 2), benchmark="MATH-500",
              value=40.0, value_high=42.5, value_error=0.1, bound="~"),
    ]  # fmt: skip
    golden = json.loads((ROOT / "tests" / "golden" / "export-every-eval-ever.json").read_text(encoding="utf-8"))
    (record,) = records(claims).values()
    source = record["source_metadata"]["additional_details"]
    assert source.pop("extracted_by").startswith("claimx ")
    assert record == golden
