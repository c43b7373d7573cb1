"""The metric lexicon: the form of its files, no name claimed twice, and what an expert would expect of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "grammars" / "lexicon"
FILES = sorted(FOLDER.glob("metrics*.toml"))
FIELDS = {"name", "aliases", "cased", "better", "unit", "parameter", "head", "kind", "generic"}
UNITS = {
    "",
    "percent",
    "second",
    "decibel",
    "byte",
    "bit",
    "flop",
    "meter",
    "millimeter",
    "degree",
    "pixel",
    "joule",
    "watt",
    "dollar",
}
HEADS = tomllib.loads((FOLDER / "metric-heads.toml").read_text(encoding="utf-8"))


def fold(surface: str) -> str:
    """What the look-up sees of a surface form: no case, hyphens, spaces, mark-up, nor a plural s at its end."""
    key = re.sub(r"[\s\-‐‑–_^'’$\\{}]+", "", surface.casefold())
    return key[:-1] if len(key) > 3 and key.endswith("s") else key


def rows() -> list[tuple[str, dict[str, Any]]]:
    return [(f.name, row) for f in FILES for row in tomllib.loads(f.read_text(encoding="utf-8"))["metric"]]


def caseless(row: dict[str, Any]) -> list[str]:
    own = [] if row["name"] in row.get("cased", []) else [row["name"]]
    return [*own, *row.get("aliases", [])]


ROWS = rows()
BY_SURFACE = {fold(s): row for _, row in ROWS for s in caseless(row)}
BY_CASED = {s: row for _, row in ROWS for s in row.get("cased", [])}


def entry(surface: str) -> dict[str, Any]:
    return BY_CASED.get(surface) or BY_SURFACE[fold(surface)]


def test_there_are_at_least_five_hundred_metrics() -> None:
    assert len({row["name"] for _, row in ROWS}) >= 500


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_fields_are_legal(file: Path) -> None:
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["metric"]:
        name = row["name"]
        assert set(row) <= FIELDS, name
        assert name
        assert name == name.strip()
        assert row["better"] in {"higher", "lower", "none"}, name
        assert row.get("unit", "") in UNITS, name
        assert row.get("kind", "quality") in {"quality", "efficiency"}, name
        assert row.get("generic", True) is True, name
        for key in ("aliases", "cased"):
            assert all(isinstance(s, str) and s.strip() == s and s for s in row.get(key, [])), name


def test_names_are_unique() -> None:
    names = [row["name"] for _, row in ROWS]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_no_surface_is_claimed_by_two_metrics_or_listed_twice() -> None:
    owner: dict[str, str] = {}
    clashes = []
    for _, row in ROWS:
        for surface in caseless(row):
            if fold(surface) in owner:
                clashes.append((surface, row["name"], owner[fold(surface)]))
            owner[fold(surface)] = row["name"]
    assert clashes == []


def test_no_cased_form_is_claimed_twice_or_shadowed_by_another_metrics_alias() -> None:
    owner: dict[str, str] = {}
    for _, row in ROWS:
        for surface in row.get("cased", []):
            assert surface not in owner, (surface, row["name"], owner.get(surface))
            owner[surface] = row["name"]
            assert fold(surface) not in BY_SURFACE, (surface, row["name"])


def test_parameters_stand_as_words_of_their_own_in_some_surface() -> None:
    for _, row in ROWS:
        p = row.get("parameter")
        if p is None:
            continue
        assert re.fullmatch("[a-z]", p), row["name"]
        assert any(re.search(rf"(?<![^\W_]){p}(?![^\W_])", s.replace("_", " ")) for s in caseless(row)), row["name"]


def test_heads_are_metrics_of_the_lexicon_and_do_not_run_in_circles() -> None:
    for _, row in ROWS:
        seen = {row["name"]}
        while row.get("head"):
            row = entry(row["head"])
            assert row["name"] not in seen, seen
            seen.add(row["name"])


def test_kinds_share_the_direction_of_their_head() -> None:
    wrong = [
        (row["name"], row["head"])
        for _, row in ROWS
        if row.get("head") and {row["better"], entry(row["head"])["better"]} == {"higher", "lower"}
    ]
    assert wrong == []


def test_no_name_merges_opposites() -> None:
    """An error rate is no accuracy by another name, and a performance says nothing of what was measured."""
    good, bad = {"accuracy", "similarity", "precision", "performance"}, {"error", "distance", "loss", "gap"}
    merged = [
        (row["name"], alias)
        for _, row in ROWS
        for alias in row.get("aliases", [])
        for ours, theirs in ((good, bad), (bad, good))
        if row["name"].split()[-1] in ours and alias.split()[-1] in theirs
    ]
    merged += [
        (row["name"], alias)
        for _, row in ROWS
        if row["name"].endswith(" accuracy")
        for alias in row.get("aliases", [])
        if alias.endswith(" performance")
    ]
    assert merged == []


@pytest.mark.parametrize(
    "word",
    [
        "is",
        "an",
        "as",
        "add",
        "map",
        "made",
        "chair",
        "chairs",
        "adds",
        "per",
        "or",
        "em",
        "pro",
        "secs",
        "set",
        "ark",
        "clips",
        "meteor",
        "spice",
        "from",
        "all",
        "we",
        "it",
        "in",
        "on",
        "case",
        "cases",
        "model",
        "method",
        "task",
        "human",
        "image",
        "text",
        "yield",
        "lift",
        "weight",
        "objective",
        "order",
        "view",
        "number",
        "rate",
        "ratio",
        "size",
        "improvement",
        "gain",
        "increase",
        "reduction",
        "result",
        "drop",
        "test",
        "time series",
        "learning rate",
        "batch",
        "cmos",
        "dataset",
        "benchmark",
        "network",
    ],
)
def test_ordinary_words_are_no_metrics(word: str) -> None:
    assert fold(word) not in BY_SURFACE
    assert word + "s" not in BY_SURFACE


@pytest.mark.parametrize(
    "surface",
    [
        "ASR",
        "EM",
        "AP",
        "MAP",
        "ADD",
        "MOS",
        "KL",
        "DER",
        "ADE",
        "FDE",
        "ATE",
        "BER",
        "MAD",
        "CTR",
        "IS",
        "MAE",
    ],
)
def test_acronyms_that_mean_other_things_match_only_as_written(surface: str) -> None:
    if surface in {"CTR", "MAE"}:  # safe when the case is folded
        assert fold(surface) in BY_SURFACE or surface in BY_CASED
        return
    assert surface in BY_CASED
    assert fold(surface) not in BY_SURFACE


@pytest.mark.parametrize(
    ("surface", "name", "better", "unit"),
    [
        ("accuracies", "accuracy", "higher", "percent"),
        ("F1-score", "F1", "higher", "percent"),
        ("F1 scores", "F1", "higher", "percent"),
        ("mean intersection over union", "mIoU", "higher", "percent"),
        ("Fréchet inception distance", "FID", "lower", ""),
        ("word error rate", "WER", "lower", "percent"),
        ("ASR", "attack success rate", "none", "percent"),
        ("mAP", "mAP", "higher", "percent"),
        ("peak signal-to-noise ratio", "PSNR", "higher", "decibel"),
        ("speed-ups", "speed", "higher", ""),
        ("speedup", "speed", "higher", ""),
        ("latency", "latency", "lower", "second"),
        ("perplexity", "perplexity", "lower", ""),
        ("number of trainable parameters", "trainable parameters", "lower", ""),
        ("area under the ROC curve", "AUROC", "higher", ""),
        ("Dice similarity coefficient", "Dice", "higher", "percent"),
        ("mean per joint position error", "MPJPE", "lower", "millimeter"),
        ("R²", "R^2", "higher", ""),
        ("Cohen's kappa", "kappa", "higher", ""),
        ("Sharpe ratio", "Sharpe ratio", "higher", ""),
        ("hallucination rates", "hallucination rate", "lower", "percent"),
        ("inverted generational distance", "IGD", "lower", ""),
        ("survival rate", "survival rate", "higher", "percent"),
        ("pass@k", "pass@k", "higher", "percent"),
        ("nDCG@k", "NDCG@k", "higher", ""),
        ("ROUGE-L", "ROUGE-L", "higher", ""),
        ("energy consumption", "energy", "lower", "joule"),
    ],
)
def test_well_known_metrics(surface: str, name: str, better: str, unit: str) -> None:
    row = entry(surface)
    assert (row["name"], row["better"], row.get("unit", "")) == (name, better, unit)


@pytest.mark.parametrize(
    "surface",
    ["training time", "memory", "FLOPs", "parameters", "tokens", "throughput", "cost", "KV cache size"],
)
def test_resources_are_of_the_efficiency_kind(surface: str) -> None:
    assert entry(surface)["kind"] == "efficiency"


def test_only_words_without_content_are_generic() -> None:
    assert {row["name"] for _, row in ROWS if row.get("generic")} == {"performance", "effectiveness"}


def test_heads_are_singular_lower_case_words_of_one_direction() -> None:
    heads = HEADS["heads"]
    words = [*heads["higher"], *heads["lower"], *heads["none"]]
    assert len(words) >= 200
    assert sorted({w for w in words if words.count(w) > 1}) == []
    assert [w for w in words if w != w.lower() or " " in w] == []
    plurals = [w for w in words if w.endswith("s") and w[:-1] in words]
    assert plurals == ["flops"]  # one FLOP, many FLOPs; FLOPS is also written for a single total
    assert {"rate", "ratio", "count"} <= set(heads["none"])
    assert {"error", "time", "overhead", "emission"} <= set(heads["lower"])
    assert {"score", "accuracy", "agreement"} <= set(heads["higher"])


def test_modifiers_that_stop_a_phrase_are_no_aggregates() -> None:
    heads = HEADS["heads"]
    stop = heads["modifiers_stop"]
    assert len(stop) == len(set(stop))
    assert not set(stop) & set(heads["aggregate"])
    assert {"significant", "better", "improved", "an", "comparable"} <= set(stop)


def test_resource_nouns_lead_to_metrics_of_the_efficiency_kind() -> None:
    for noun, name in HEADS["resources"].items():
        assert entry(name)["name"] == name
        assert entry(name)["kind"] == "efficiency", noun
