"""Names to ids: the table of surface forms, what must stay apart, parameters, parents, unknown names, speed."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.errors import GrammarError
from claimx.lexicon import Entry, Lexicon, load
from claimx.naming import Name, benchmark, method_key, metric, nearest
from claimx.registry import Registry, registry

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "aliases.toml").read_text(encoding="utf-8"))
LOOK_UP: dict[str, Callable[[str], Name]] = {"metric": metric, "benchmark": benchmark}
KINDS = {"metric": "METRIC", "benchmark": "BENCH"}
METRICS, BENCHMARKS = (sorted(registry(kind).entries) for kind in KINDS.values())


def found(name: Name) -> tuple[str, str]:
    return name.id, name.parameter


@pytest.mark.parametrize("half", ["first", "then"])
def test_surface_forms_resolve(half: str) -> None:
    wrong, total = [], 0
    for kind, look_up in LOOK_UP.items():
        for row in TABLE[kind]:
            for form in row.get(half, []):
                total += 1
                name = look_up(form)
                if not name.known or found(name) != (row["id"], row.get("parameter", "")):
                    wrong.append((kind, form, row["name"], found(name)))
    assert total >= 150
    assert len(wrong) <= 0.03 * total, wrong


def test_the_table_is_as_large_as_promised() -> None:
    forms = {
        kind: [f for row in TABLE[kind] for half in ("first", "then") for f in row.get(half, [])] for kind in KINDS
    }
    assert len(set(forms["metric"])) == len(forms["metric"]) >= 150
    assert len(set(forms["benchmark"])) == len(forms["benchmark"]) >= 120
    assert len(forms["metric"]) + len(forms["benchmark"]) >= 300
    ids = [(row["id"], row.get("parameter", "")) for kind in KINDS for row in TABLE[kind]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("kind", "pairs"), [("metric", "metrics"), ("benchmark", "benchmarks")])
def test_unlike_names_stay_apart(kind: str, pairs: str) -> None:
    look_up = LOOK_UP[kind]
    merged = [(a, b) for a, b in TABLE["apart"][pairs] if found(look_up(a)) == found(look_up(b))]
    assert merged == []
    assert len(TABLE["apart"][pairs]) >= 50


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_is_found_by_its_name_and_has_an_id_of_its_own(kind: str) -> None:
    entries = registry(KINDS[kind]).entries
    names = {entry: LOOK_UP[kind](entry) for entry in entries}
    assert [entry for entry, name in names.items() if not name.known] == []
    ids = [found(name) for name in names.values()]
    assert len(ids) == len(set(ids))
    again = [(entry, name.name) for entry, name in names.items() if found(LOOK_UP[kind](name.name)) != found(name)]
    assert again == []


@pytest.mark.parametrize(("kind", "names", "least"), [("metric", METRICS, 300), ("benchmark", BENCHMARKS, 1000)])
def test_parents_are_ids_of_known_names(kind: str, names: list[str], least: int) -> None:
    found = {name: LOOK_UP[kind](name) for name in names}
    ids = {name.id for name in found.values()}
    assert {name.parent for name in found.values() if name.parent} <= ids
    assert [name.id for name in found.values() if name.parent == name.id] == []
    assert sum(bool(name.parent) for name in found.values()) > least


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("MATH-500", "math"), ("COCO test-dev", "coco"), ("MMLU-Pro", "mmlu"), ("ImageNet-V2", "imagenet"),
        ("LibriSpeech test-clean", "librispeech"), ("AIME 2024", "aime"), ("Cityscapes val", "cityscapes"),
        ("nuScenes (val)", "nuscenes"), ("R2R val-unseen", "r2r"), ("MMLU (5-shot)", "mmlu"), ("WMT14 En-Cs", "wmt14"),
        ("KITTI-360", ""), ("ARC-AGI", ""), ("MathVista", ""), ("CIFAR-10", "cifar"), ("HMMT Feb 2025", "hmmt"),
    ],
)  # fmt: skip
def test_a_part_knows_what_it_is_part_of(name: str, parent: str) -> None:
    assert benchmark(name).parent == parent
    assert benchmark(name).id != parent


def test_splits_are_known_and_spelled_in_many_ways() -> None:
    forms = ["LVIS val", "LVIS (val)", "LVIS validation set", "LVIS v1.0 val", "the LVIS dataset val split", "LVIS/val"]
    assert {found(benchmark(form)) for form in forms} == {("lvis-val", "")}
    assert benchmark("LVIS val").known
    assert benchmark("LVIS val").task == benchmark("LVIS").task == "object detection"


def test_a_variant_that_is_not_known_still_knows_its_parent() -> None:
    name = benchmark("SVAMP-Hard")
    assert (name.id, name.known, name.parent) == ("~svamphard", False, "svamp")


def test_a_parameter_is_no_part_of_the_id() -> None:
    ten, one, any_ = metric("pass@10"), metric("Pass@1 (%)"), metric("pass@k")
    assert (ten.id, ten.parameter, ten.name) == ("pass@k", "10", "pass@10")
    assert (one.id, one.parameter) == ("pass@k", "1")
    assert (any_.id, any_.parameter) == ("pass@k", "")
    assert metric("Recall@5%").parameter == "5%"
    assert metric("PCK@0.2").parameter == "0.2"


def test_overlap_thresholds_are_one_however_written() -> None:
    assert {found(metric(form)) for form in ("mAP50", "mAP@0.50", "mAP@.5", "mAP@50")} == {("map@k", "0.5")}
    assert metric("mAP@100").parameter == "100", "a cut-off of a ranking"


def test_names_set_apart_keep_direction_unit_and_know_the_wider_one() -> None:
    name = metric("minADE@6")
    assert (name.better, name.unit, name.parent) == ("lower", "meter", "ade")
    assert metric("SI-SDRi").parent == "si-sdr"


def test_the_words_of_the_source_may_name_a_narrower_one() -> None:
    assert metric("chrF", "chrF++").id == "chrf++"
    assert metric("chrF", "BLEU").id == "chrf", "another metric's words are no narrower ones"
    assert metric("chrF", "scores").id == metric("chrF").id == "chrf"
    assert benchmark("COCO", "COCO test-dev").id == "coco-test-dev"
    assert benchmark("MIND-small", "MIND-large").id == "mind-large"
    assert benchmark("COCO", "LVIS val").id == "coco"
    assert metric("hit rate", "HR@10").parameter == "10"
    assert metric("pass@1", "pass@10").parameter == "1"


def test_the_words_of_the_source_may_spell_an_abbreviation_out() -> None:
    assert benchmark("SA", "Salinas").id == "salinas"
    assert not benchmark("Slab", "MNIST").known
    assert not metric("harbor accuracy", "accuracy").known, "the words may be a part of the name"


def test_unknown_names_stay_as_written() -> None:
    name = benchmark("Quarry Town")
    assert (name.id, name.name, name.known, name.parent) == ("~quarrytown", "Quarry Town", False, "")
    assert benchmark("quarry-town").id == name.id
    assert metric("Quarry Town (zero-shot)").known is False


def test_an_unknown_metric_takes_direction_and_unit_from_its_head() -> None:
    assert (metric("ledger accuracy").better, metric("ledger accuracy").share) == ("higher", True)
    assert metric("ledger latency").better == "lower"
    assert metric("ledger").better == "none"


def test_what_brackets_add_is_not_dropped() -> None:
    assert metric("F1 (macro)").id == metric("macro F1").id
    assert not metric("F1 (zero-shot)").known
    assert not metric("FID (PSNR)").known
    assert metric("FID (Fréchet inception distance)").id == "fid"


@pytest.mark.parametrize("name", ["", "   ", "%", "()", "~", "∞", "é", "\\", "@", "k", "1", "$$", "\ud800"])
def test_odd_names_are_names(name: str) -> None:
    for look_up in LOOK_UP.values():
        assert look_up(name).id
    assert method_key(name) is not None


def test_methods_fold() -> None:
    assert method_key("Foo-Net") == method_key("foonet") == method_key("Foo‑Net")
    assert len({method_key(name) for name in ("FooNet", "FooNet+", "FooNet-2", "FooNet*")}) == 4


def test_nearest() -> None:
    assert nearest("accuracz")[0] == "accuracy"
    assert nearest("CIFAR-1O")[0] == "CIFAR-10"
    assert "CIFAR-10" not in nearest("CIFAR-1O", kind="metric")
    assert nearest("qqqqqqqqqqqq") == []


@given(st.sampled_from(BENCHMARKS), st.data())
def test_case_gaps_and_hyphens_do_not_matter(name: str, data: st.DataObject) -> None:
    entry = registry("BENCH")
    marks = {"-": st.sampled_from(["-", " ", "‑", "–", "_"]), " ": st.sampled_from([" ", "-", "\u00a0"])}
    written = "".join(data.draw(marks[c]) if c in marks else c for c in name)
    if entry.find(name.upper()) == entry.find(name):  # names that only their case tells apart keep it
        written = written.upper() if data.draw(st.booleans()) else written
    assert benchmark(written).id == benchmark(name).id


@given(st.text(max_size=40))
def test_any_text_is_a_name_and_its_own_spelling(text: str) -> None:
    for look_up in LOOK_UP.values():
        name = look_up(text)
        assert name.id
        assert name.known or name.name == text
        assert found(look_up(name.name)) == found(name)


def test_a_hundred_thousand_names_in_seconds() -> None:
    start = time.process_time()
    ids = {benchmark(f"Quarry{number}-Bench dataset").id for number in range(100_000)}
    assert len(ids) == 100_000
    assert time.process_time() - start < 20


def test_mistakes_in_the_naming_file_are_named(tmp_path: Path) -> None:
    lexicon = Lexicon()
    lexicon.add(Entry("METRIC", "tide score"), ["tide score"])
    for data in (
        {"same": {"wave score": ["x"]}},
        {"apart": {"wave score": ["x"]}},
        {"scale": {"shares": ["wave score"]}},
    ):
        with pytest.raises(GrammarError, match="no entry is called 'wave score'"):
            Registry(lexicon, "METRIC").amend(data, tmp_path / "naming-metrics.toml")


def test_texts_are_not_read_with_the_naming_files(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "naming-metrics.toml").write_text('[same]\n"x" = ["y"]\n', encoding="utf-8")
    assert load(tmp_path).entries == []
