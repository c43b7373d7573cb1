"""The lexicons of benchmarks and methods: the form of their files, no name claimed twice, no ordinary word caseless."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claimx.lexicon import default

FOLDER = Path(__file__).resolve().parent.parent / "grammars" / "lexicon"
FILES = sorted(FOLDER.glob("benchmarks-*.toml"))
FIELDS = {"task", "aliases", "cased", "parent"}
METHODS = tomllib.loads((FOLDER / "methods.toml").read_text(encoding="utf-8"))
HEADS = tomllib.loads((FOLDER / "benchmark-heads.toml").read_text(encoding="utf-8"))["heads"]

# Words of a text that are also names of benchmarks or methods: these must match only as the name is written.
ORDINARY = set(
    """
    abalone adult air alchemy apps arc art asset atlas atomic avenue bar beauty behave behavior bird blue boom
    breakfast brackish bridge bright cars cave chairs chameleon chaos charades coin cold collab colors compass cord
    cosmos cover cube dance demand diamond dream drive drop electricity elephant emerge ethics exams exchange face
    falcon fever fire flame flip flowers food forest frames gap gaze glue grab habitat hanabi hands hide hopper
    humanoid include interaction iris jobs jumanji karel law lens letter lime lion live loong lung magic mall maps
    mask massive math mind minecraft mirage moments monk mosaic movies multiple mutual news nocturne once overcooked
    palm paris patent pets pie places plant proteins pure quality quest race raven recipe record replica rich road
    rose sage salinas scan scope score sea second seed shapes shelf shift sick simpler solar spider spring squirrel
    stack star steam storm superb swim synapse talent tape task teach time titanic top touch toys traffic trail
    twins value verse vista voices walker wave weather web wine wise wonder word world yeast adam atom dropout euler
    fusion gem griffin hydra ignite lookahead mercury muse nova optuna orca prophet rainbow reptile samba spark
    tower triton voyager
    """.split()
)


def fold(surface: str) -> str:
    """What the look-up sees of a surface form: no case, hyphens, spaces or mark-up."""
    return re.sub(r"[\s\-‐‑–_^'’$\\{}]+", "", surface.casefold())


def rows() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (f.name, name, row)
        for f in FILES
        for name, row in tomllib.loads(f.read_text(encoding="utf-8"))["benchmark"].items()
    ]


ROWS = rows()
BY_NAME = {name: row for _, name, row in ROWS}


def caseless(name: str, row: dict[str, Any]) -> list[str]:
    own = [] if row.get("cased") else [name]
    return [*own, *row.get("aliases", [])]


def claims() -> dict[str, set[str]]:
    """Every surface, folded where it matches caselessly, with the entries that claim it."""
    found: dict[str, set[str]] = {}
    for _, name, row in ROWS:
        for surface in caseless(name, row):
            found.setdefault(fold(surface), set()).add(name)
        for surface in row.get("cased", []):
            found.setdefault("=" + surface, set()).add(name)
    return found


CLAIMS = claims()


def entries_of(surface: str) -> set[str]:
    return CLAIMS.get("=" + surface, set()) | CLAIMS.get(fold(surface), set())


def test_enough_benchmarks() -> None:
    assert len(ROWS) >= 2000
    assert len(BY_NAME) == len(ROWS), "a name stands twice"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


def test_form() -> None:
    for file, name, row in ROWS:
        where = f"{file}: {name}"
        assert set(row) <= FIELDS, where
        assert row["task"] == row["task"].strip() != "", where
        for key in ("aliases", "cased"):
            surfaces = row.get(key, [])
            assert isinstance(surfaces, list), where
            assert all(s == s.strip() != "" for s in surfaces), where
        assert name == name.strip(), where
        assert len(fold(name)) > 1, where


def test_every_surface_has_one_owner() -> None:
    assert [(s, sorted(owners)) for s, owners in CLAIMS.items() if len(owners) > 1] == []


def test_no_cased_form_hides_behind_another_entry() -> None:
    hidden = [(s, o, CLAIMS[fold(s[1:])]) for s, o in CLAIMS.items() if s[0] == "=" and CLAIMS.get(fold(s[1:]), o) != o]
    assert hidden == []


def test_no_redundant_alias() -> None:
    for _, name, row in ROWS:
        folded = Counter(fold(s) for s in caseless(name, row))
        assert max(folded.values(), default=1) == 1, (name, folded.most_common(2))


def test_a_name_matches_itself() -> None:
    assert [name for _, name, _ in ROWS if entries_of(name) != {name}] == []


def test_parents_exist_and_lead_up() -> None:
    for _, name, row in ROWS:
        seen, at = {name}, row.get("parent")
        while at is not None:
            assert at in BY_NAME, (name, at)
            assert at not in seen, (name, at)
            seen.add(at)
            at = BY_NAME[at].get("parent")


def test_ordinary_words_only_as_cased() -> None:
    loose = [s for _, name, row in ROWS for s in caseless(name, row) if fold(s) in ORDINARY]
    assert loose == []
    assert [s for _, _, row in ROWS for s in row.get("cased", []) if s in ORDINARY] == []


def test_short_acronyms_only_as_cased() -> None:
    """Four letters or fewer have too many readings; the few exceptions have one in this field."""
    allowed = {"mmlu", "svhn", "imdb", "coco"}
    loose = {fold(s) for _, name, row in ROWS for s in caseless(name, row) if fold(s).isalpha() and len(fold(s)) <= 4}
    assert loose <= allowed


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("cifar10", "CIFAR-10"),
        ("CIFAR 10", "CIFAR-10"),
        ("Hendrycks MATH", "MATH"),
        ("MATH500", "MATH-500"),
        ("SWE-Bench verified", "SWE-bench Verified"),
        ("HLE", "Humanity's Last Exam"),
        ("AIME24", "AIME 2024"),
        ("VideoMME", "Video-MME"),
        ("BBH", "BIG-Bench Hard"),
        ("NYUv2", "NYU Depth V2"),
        ("MS-COCO", "COCO"),
        ("WMT'14 English-German", "WMT14 English-German"),
        ("RoboTwin2.0", "RoboTwin 2.0"),
        ("BFCL", "Berkeley Function Calling Leaderboard"),
        ("GPQA-Diamond", "GPQA Diamond"),
        ("ML-1M", "MovieLens-1M"),
        ("ETTh1", "ETTh1"),
        ("NSL-KDD", "NSL-KDD"),
        ("Spider", "Spider"),
    ],
)
def test_known_surfaces(surface: str, name: str) -> None:
    assert entries_of(surface) == {name}


@pytest.mark.parametrize(
    "surface",
    [
        "math",
        "drop",
        "race",
        "multiple",
        "spider",
        "quality",
        "Cars",
        "Pets",
        "Beauty",
        "MR",
        "natural questions",
    ],
)
def test_ordinary_text_is_no_benchmark(surface: str) -> None:
    """``natural questions`` folds to an entry's key, but only its cased spelling may match."""
    assert entries_of(surface) == set()


def test_subsets_point_to_their_whole() -> None:
    assert BY_NAME["MATH-500"]["parent"] == "MATH"
    assert BY_NAME["GPQA Diamond"]["parent"] == "GPQA"
    assert BY_NAME["COCO test-dev"]["parent"] == "COCO"
    assert BY_NAME["ImageNet-1K"]["parent"] == "ImageNet"


def test_methods_form() -> None:
    assert set(METHODS) == {"family", "method", "generic", "human"}
    lists = [
        ("family", "names"),
        ("family", "suffixes"),
        ("method", "names"),
        ("method", "cased"),
        ("generic", "heads"),
        ("human", "names"),
    ]
    for table, key in lists:
        values = METHODS[table][key]
        assert all(isinstance(v, str) and v == v.strip() != "" for v in values), (table, key)
        assert len(values) == len(set(values)), [v for v, n in Counter(values).items() if n > 1]
    assert len(METHODS["family"]["names"]) + len(METHODS["method"]["names"]) + len(METHODS["method"]["cased"]) >= 1000


def test_methods_claimed_once() -> None:
    free = [fold(m) for m in METHODS["method"]["names"]]
    assert [m for m, n in Counter(free).items() if n > 1] == []
    assert [c for c in METHODS["method"]["cased"] if fold(c) in set(free)] == []
    assert set(METHODS["family"]["names"]) & set(METHODS["method"]["cased"]) == set()


def test_methods_that_are_ordinary_words_are_cased() -> None:
    assert {fold(m) for m in METHODS["method"]["names"]} & ORDINARY == set()
    assert [c for c in [*METHODS["method"]["cased"], *METHODS["family"]["names"]] if c in ORDINARY] == []


@pytest.mark.parametrize("name", ["LoRA", "DPO", "PPO", "GRPO", "AdamW", "SGD", "XGBoost", "DreamerV3", "SimCLR"])
def test_baselines_are_known(name: str) -> None:
    as_written = [*METHODS["method"]["cased"], *METHODS["family"]["names"]]
    assert name in as_written or fold(name) in {fold(m) for m in METHODS["method"]["names"]}


def test_no_method_is_a_benchmark() -> None:
    """A surface that both lexicons claim would be decided by the order of the files."""
    methods = [*METHODS["family"]["names"], *METHODS["method"]["cased"]]
    both = {m for m in methods if entries_of(m)} | {m for m in METHODS["method"]["names"] if entries_of(m)}
    assert both == set()


def test_heads() -> None:
    assert not set(HEADS["nouns"]) & set(HEADS["weak"])
    assert {"dataset", "benchmark", "corpus", "leaderboard", "test set"} <= set(HEADS["nouns"])
    assert all(s[0].isupper() or s[0] == "-" for s in HEADS["suffixes"])
    assert all(n.endswith(tuple(HEADS["suffixes"])) for n in HEADS["not_names"] if n not in {"VQA", "NLI"})
    assert not set(HEADS["never"]) & {entry.name for entry in default().entries if entry.kind == "BENCH"}
