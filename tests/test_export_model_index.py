"""Model cards: huggingface_hub and readers of YAML 1.1 and 1.2 find the values that were claimed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from exports import METHODS, error, held, key, names, parted, sample, tables
from hypothesis import given, settings

from claimx.export import export
from claimx.export.sources import arxiv_url
from claimx.model import Claim
from claimx.table import claims_of

FORMAT = "model-index"
Line = tuple[Any, ...]


def claim(**fields: Any) -> Claim:
    return Claim(**{"paper_id": "p", "method": "FooNet", "benchmark": "ImageNet", "metric": "accuracy", "value": 90.0,
                    "unit": "percent", "rule": "r"} | fields)  # fmt: skip


def wanted(claims: list[Claim]) -> set[Line]:
    """Every number that the format can hold, computed from the claims themselves."""
    out = set()
    for one in claims_of(claims):
        if held(one, hedged=False):
            (bench, measured), url = names(one), arxiv_url(one.paper_id)
            unit = {None: "", "point": "", "percent": " (%)"}.get(one.unit, f" ({(one.unit or '').replace('_', ' ')})")
            task = bench.task or one.task or ""
            out.add((
                key(one.method), "-".join(task.lower().split()) or "other", task or None, bench.name,
                bench.id.removeprefix("~"), one.setting, measured.id.removeprefix("~"), measured.name + unit,
                (one.value, error(one)), (one.title or one.paper_id) if url else None, url,
            ))  # fmt: skip
    return out


def line(name: str, result: Any) -> Line:
    value = result.metric_value
    assert value is not None
    number = parted(value)[:2] if isinstance(value, str) else (value, None)
    return (
        key(name), result.task_type, result.task_name, result.dataset_name, result.dataset_type,
        (result.dataset_args or {}).get("setting"), result.metric_type, result.metric_name, number, result.source_name,
        result.source_url,
    )  # fmt: skip


def loaded(folder: Path) -> set[Line]:
    """The numbers as huggingface_hub has them of the cards in ``folder``."""
    hub = pytest.importorskip("huggingface_hub")
    out = set()
    for path in sorted(folder.iterdir()):
        data = hub.ModelCard.load(path).data
        out |= {line(data.model_name, result) for result in data.eval_results}
    return out


@settings(deadline=None)
@given(tables)
def test_the_hub_reads_the_values_of_any_claims(tmp_path_factory: pytest.TempPathFactory, claims: list[Claim]) -> None:
    folder = tmp_path_factory.mktemp("cards") / "cards"
    export(claims, FORMAT).write(folder)
    assert loaded(folder) == wanted(claims)


@settings(deadline=None)
@given(tables)
def test_yaml_gives_back_each_document(claims: list[Claim]) -> None:
    made = export(claims, FORMAT)
    for name, document in made.documents.items():
        assert yaml.safe_load(made.text(name, ".yaml")) == document
        assert ".nan" not in re.sub('"[^"\n]*"', "", made.text(name))


def test_the_hub_reads_the_sample(tmp_path: Path) -> None:
    assert export(sample(), FORMAT).write(tmp_path / "cards") == len(list((tmp_path / "cards").iterdir()))
    assert loaded(tmp_path / "cards") == wanted(list(sample()))
    assert len(loaded(tmp_path / "cards")) >= 20


def test_the_way_back_through_the_hub_is_the_same_index() -> None:
    data = pytest.importorskip("huggingface_hub.repocard_data")
    made = export(sample(), FORMAT)
    assert len(made.documents) > 10
    for name in made.documents:
        index = yaml.safe_load(made.text(name, ".yaml"))["model-index"]
        model, results = data.model_index_to_eval_results(index)
        assert data.eval_results_to_model_index(model, results) == index


def test_a_card_survives_being_saved_by_the_hub(tmp_path: Path) -> None:
    hub = pytest.importorskip("huggingface_hub")
    path = tmp_path / "README.md"
    said = {"method": "1e3", "paper_id": "2401.00001", "title": "no"}
    export([claim(**said), claim(metric="F1", **said), claim(benchmark="GSM8K", **said)], FORMAT).write(path)
    card = hub.ModelCard.load(path)
    card.save(tmp_path / "again.md")
    assert hub.ModelCard.load(tmp_path / "again.md").data.to_dict() == card.data.to_dict()
    assert card.data.model_name == "1e3"
    assert {result.source_name for result in card.data.eval_results} == {"no"}


# What YAML 1.2 (core schema) takes for something other than a string when it stands without quotes.
_OTHER = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|"
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


@pytest.mark.parametrize("name", METHODS)
def test_names_are_strings_for_every_reader(name: str) -> None:
    made = export([claim(method=name)], FORMAT)
    (document,) = made.documents
    text = made.text(document, ".yaml")
    assert yaml.safe_load(text)["model-index"][0]["name"] == name
    shown = re.search(r"^- name: (.*)$", text, re.MULTILINE)
    assert shown is not None
    assert shown[1].startswith('"') or not _OTHER.fullmatch(shown[1])
    assert not re.fullmatch("(?i)y|n|yes|no|on|off", shown[1])


def test_golden_card() -> None:
    claims = [
        claim(paper_id="2401.00001", title="Foo: A Net", published=dt.date(2024, 1, 2), value=97.3),
        claim(paper_id="2401.00001", title="Foo: A Net", metric="latency", value=12.0, unit="millisecond"),
        claim(paper_id="b", method="FOO-Net", value=0.981, value_error=0.002, unit=None),
        claim(paper_id="b", benchmark="OwlBench-9", value=1e-9, unit=None, setting="5-shot"),
    ]
    golden = Path(__file__).parent / "golden" / "export-model-index.md"
    assert export(claims, FORMAT).text("foonet.md") == golden.read_text(encoding="utf-8")


def test_spellings_of_a_name_share_a_card_and_descriptions_do_not() -> None:
    claims = [claim(method=name, paper_id=paper) for paper in ("a", "b") for name in ("Foo-Net", "FOONET", "our model")]
    assert list(export(claims, FORMAT).documents) == ["foo-net.md", "our-model-a.md", "our-model-b.md"]


def test_file_names_are_legal_everywhere_and_each_given_once() -> None:
    made = export([claim(method=name, paper_id="x/../y") for name in METHODS], FORMAT)
    names = list(made.documents)
    assert len(names) >= len({key(name) for name in METHODS}) > 35
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z0-9_][a-z0-9._+-]*\.md", name)
        assert len(name) <= 100
        assert not re.match(r"(?i)(con|aux|data)\.", name)


def test_names_that_look_alike_as_files_get_numbers() -> None:
    claims = [claim(method=f"C{mark}") for mark in "#?!"]
    assert list(export(claims, FORMAT).documents) == ["c.md", "c-2.md", "c-3.md"]


def test_documents_are_plain_data() -> None:
    made = export(sample(), FORMAT)
    assert json.loads(json.dumps(made.documents)) == made.documents
    counts = Counter(type(m["value"]) for d in made.documents.values() for r in d["model-index"][0]["results"]
                     for m in r["metrics"])  # fmt: skip
    assert set(counts) <= {float, str}
