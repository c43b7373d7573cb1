"""Hugging Face model cards: the results of each method as the ``model-index`` of its metadata.

A value is a number, or ``78.4 ± 0.5`` as a string where the text has a deviation. The format has no field for units, so
the unit stands behind the metric's name ("accuracy (%)"): 0.9 and 0.9 % stay two things. A source is written where it
has an address, without which huggingface_hub refuses it. Where no task is known its type is "other". The format has no
room for hedged values and ranges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimx.export.files import Names
from claimx.export.rows import Row, digits, identifier, unit_words

if TYPE_CHECKING:
    import yaml

NO_TASK = "other"
# A string that no reader of YAML, 1.1 or 1.2, could take for anything else may stand without quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_+@./() -]*[A-Za-z0-9)]")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


def documents(rows: Sequence[Row]) -> dict[str, Any]:
    """One card for each method by file name, in the order of their first rows."""
    methods: dict[str, list[Row]] = {}
    for row in rows:
        methods.setdefault(row.model, []).append(row)
    names = Names(".md")
    return {names.new(found[0].label): _card(found) for found in methods.values()}


def _card(rows: Sequence[Row]) -> dict[str, Any]:
    results: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row.task, row.benchmark.id, row.claim.setting or "", row.claim.paper_id)
        results.setdefault(key, _result(row))["metrics"].append(_metric(row))
    return {"model-index": [{"name": rows[0].method, "results": list(results.values())}]}


def _result(row: Row) -> dict[str, Any]:
    task = {"type": "-".join(row.task.lower().split()) or NO_TASK}
    dataset: dict[str, Any] = {"name": row.benchmark.name, "type": identifier(row.benchmark)}
    if row.claim.setting:
        dataset["args"] = {"setting": row.claim.setting}
    result = {"task": {**task, "name": row.task} if row.task else task, "dataset": dataset, "metrics": []}
    if row.url:
        result["source"] = {"name": row.paper, "url": row.url}
    return result


def _metric(row: Row) -> dict[str, Any]:
    unit = "%" if row.claim.unit == "percent" else unit_words(row.claim.unit)
    value = row.value if row.error is None else f"{digits(row.value)} ± {digits(row.error)}"
    return {"type": identifier(row.metric), "value": value, "name": row.metric.name + (f" ({unit})" if unit else "")}


def encode(card: Any, suffix: str) -> str:
    """A card as the front matter of a Markdown file, or as YAML alone where ``suffix`` asks for that."""
    import yaml

    body = yaml.dump(card, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=float("inf"))
    return f"---\n{body}---\n" if suffix == ".md" else body


@lru_cache(maxsize=1)
def _dumper() -> type[yaml.SafeDumper]:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes each string so that readers of YAML 1.2, the Hub among them, also read a string."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')

    Dumper.add_representer(str, text)
    return Dumper
