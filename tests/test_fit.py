"""Learning weights: on small made-up examples, on a tiny gold file, and to files and back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx.assemble.confidence import JUDGED
from claimx.assemble.ranking import FIELDS, TABLES, Ranking
from claimx.errors import ReadError
from claimx.fit import Observed, Penalty, fit, learn, observe, write
from claimx.fit.learn import folds, probabilities
from claimx.fit.observe import Example, Seen
from claimx.pipeline import Extractor

EASY = Penalty(l1=0.1, l2=0.1, rare=1)


def example(*candidates: str, right: int = 0, paper: str = "p", also: tuple[int, ...] = ()) -> Example:
    """Candidates with their features parted by commas; the one at ``right`` is best, those of ``also`` are accepted."""
    features = [tuple(c.split(",")) for c in candidates]
    best = [n == right for n in range(len(features))]
    kinds = ["name"] * len(features)
    return Example(paper, features, [b or n in also for n, b in enumerate(best)], best, kinds)


def chosen(weights: dict[str, float], e: Example) -> int:
    return int(np.argmax(probabilities(weights, e)))


# -- fit --------------------------------------------------------------------------------------------------------------


def test_what_parts_right_from_wrong_is_learned() -> None:
    examples = [example("good,here", "bad,here", "plain,here"), example("bad,there", "good,there", right=1)] * 5
    weights = fit(examples, EASY)
    assert weights["good"] > 0.5 > 0 > weights["bad"]
    assert [chosen(weights, e) for e in examples] == [0, 1] * 5
    assert all(max(probabilities(weights, e)) > 0.9 for e in examples)


def test_features_that_tell_nothing_get_no_weight() -> None:
    examples = [example("good,both", "bad,both"), example("bad,both", "good,both", right=1)] * 5
    assert set(fit(examples, EASY)) == {"good", "bad"}


def test_a_greater_penalty_keeps_fewer_and_smaller_weights() -> None:
    weak = [example("often", "plain")] * 6 + [example("plain", "often")] * 4
    examples = [example("good", "bad")] * 20 + weak
    free, dear, none = (fit(examples, Penalty(l1=l1, l2=0.1, rare=1)) for l1 in (0.1, 2.0, 1e3))
    assert set(none) == set() < set(dear) <= set(free)
    assert sum(map(abs, dear.values())) < sum(map(abs, free.values()))
    assert "often" in free
    assert "often" not in dear
    large = fit(examples, Penalty(l1=0.1, l2=50.0, rare=1))
    assert 0 < large["good"] < free["good"]


def test_rare_features_get_no_weight() -> None:
    examples = [example("good", "bad")] * 5 + [example("good,once", "bad")]
    assert "once" in fit(examples, Penalty(l1=0.001, l2=0.01, rare=1))
    assert "once" not in fit(examples, Penalty(l1=0.001, l2=0.01, rare=2))


def test_weights_are_the_same_in_every_run_and_order_of_the_features() -> None:
    examples = [example("a,b,c", "b,d", "c,d"), example("b,d", "a,c", right=1), example("d,c", "c,b")] * 4
    weights = fit(examples, EASY)
    assert fit(examples, EASY) == weights
    assert list(weights) == sorted(weights)
    turned = [Example(e.paper, [fs[::-1] for fs in e.features], e.right, e.best) for e in examples]
    assert fit(turned, EASY) == weights


def test_nothing_to_learn_from() -> None:
    assert fit([]) == {}
    assert fit([example("a", "a")] * 5, EASY) == {}
    assert fit([example("a", "b")], Penalty(rare=3)) == {}


def test_what_is_accepted_but_not_best_is_neither_right_nor_wrong() -> None:
    known = [example("proper", "wrong"), example("wrong", "proper", right=1)] * 5
    both = [example("proper", "ours,accepted", "wrong", also=(1,))] * 10
    weights = fit([*known, *both], EASY)
    assert not {"ours", "accepted"} & set(weights)
    against = fit([*known, *([example("proper", "ours,accepted", "wrong")] * 10)], EASY)
    assert against["ours"] < 0, "as a wrong candidate it would be learned from"


def test_several_best_candidates_share_what_is_right() -> None:
    e = Example("p", [("a",), ("b",), ("c",)], [True, True, False], [True, True, False])
    weights = fit([e] * 10, EASY)
    p = probabilities(weights, e)
    assert p[0] == pytest.approx(p[1], abs=0.01)
    assert p[2] < 0.1


# -- probabilities and folds ------------------------------------------------------------------------------------------


@given(
    st.dictionaries(st.sampled_from("abcd"), st.floats(-1e6, 1e6)),
    st.lists(st.lists(st.sampled_from("abcde"), max_size=4, unique=True), min_size=1, max_size=6),
)
def test_probabilities_are_a_distribution(weights: dict[str, float], candidates: list[list[str]]) -> None:
    right = [True] * len(candidates)
    p = probabilities(weights, Example("p", [tuple(fs) for fs in candidates], right, right))
    assert ((p >= 0) & (p <= 1)).all()
    assert p.sum() == pytest.approx(1)


def test_probabilities_are_those_of_the_ranking() -> None:
    e = example("a,b", "b", "unknown")
    assert probabilities({"a": 1.0, "b": -1.0}, e) == pytest.approx(np.exp([0, -1, 0]) / np.exp([0, -1, 0]).sum())


def test_folds_are_stable_and_know_nothing_of_other_papers() -> None:
    papers = [f"paper {n}" for n in range(1000)]
    parted = folds(papers)
    assert parted == folds(papers[::-1] + papers), "a paper is in one fold, however often it is seen"
    assert folds(papers[::3]) == {name: parted[name] for name in papers[::3]}, "the others leave a paper where it is"
    assert sorted(Counter(parted.values())) == [0, 1, 2, 3, 4]
    assert min(Counter(parted.values()).values()) > 150
    assert folds(papers, 2) != parted
    assert set(folds(papers, 2).values()) == {0, 1}
    assert folds([]) == {}


# -- files ------------------------------------------------------------------------------------------------------------

feature_names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12) | st.sampled_from(
    ['then:"', "a\\b", '\\"', "\\", '"', "#", "lead:’s", "[weights]", "a = b"]
)
tables = st.dictionaries(feature_names, st.integers(-(10**6), 10**6).map(lambda n: n / 1000), max_size=6)


@settings(max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(TABLES, tables)))
def test_what_is_written_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, dict[str, float]]
) -> None:
    folder = tmp_path_factory.mktemp("grammars")
    write(found, folder / "ranking")
    assert Ranking.load(folder).weights == found


def test_the_weightiest_features_stand_first(tmp_path: Path) -> None:
    write({**{name: {} for name in TABLES}, "metric": {"b": 0.5, "a": -0.5, "c": -2.0}}, tmp_path)
    assert (tmp_path / "metric.toml").read_text(encoding="utf8").splitlines()[-3:] == [
        '"c" = -2.0',
        '"a" = -0.5',
        '"b" = 0.5',
    ]


# -- observe ----------------------------------------------------------------------------------------------------------

TEXT = "We propose Tidefold, a network. Tidefold reaches 97.3% accuracy on SVHN. It then falls by 3 points on GLUE."


def gold_row(number: str, **more: Any) -> dict[str, Any]:
    """A gold row of the one number of TEXT that reads so."""
    start = TEXT.index(number)
    key = "delta" if "points" in number else "value"
    row = {key: float(number.split()[0].rstrip("%")), f"{key}_start": start, f"{key}_end": start + len(number)}
    return {**row, "unit": "%" if key == "value" else "points", **more}


def gold(path: Path, *rows: dict[str, Any], text: str = TEXT, id: str = "one") -> str:
    with open(path, "a", encoding="utf8") as stream:
        stream.write(json.dumps({"id": id, "title": None, "abstract": text, "claims": list(rows)}) + "\n")
    return str(path)


@pytest.fixture(scope="module")
def learner() -> Extractor:
    return Extractor(learning=True)


FULL: dict[str, Any] = {
    "method": ["Tidefold"], "benchmark": ["SVHN"], "metric": ["accuracy"], "baseline": [""],
}  # fmt: skip


def test_gold_tells_the_right_candidates(tmp_path: Path, learner: Extractor) -> None:
    observed = observe(learner, [gold(tmp_path / "gold.jsonl", gold_row("97.3%", **FULL))])
    value, _ = observed.rows
    assert (value.paper, value.number, value.optional) == ("one", True, False)
    for name in FIELDS:
        assert sum(value.fields[name].right) == 1, name
        assert value.fields[name].right == value.fields[name].best
    benchmark = value.fields["benchmark"]
    [right] = [fs for fs, ok in zip(benchmark.features, benchmark.right, strict=True) if ok]
    assert "after place value" in right
    assert value.facts


def test_a_row_that_gold_has_not_has_no_right_candidate(tmp_path: Path, learner: Extractor) -> None:
    observed = observe(learner, [gold(tmp_path / "gold.jsonl", gold_row("97.3%", **FULL))])
    _, change = observed.rows
    assert (change.number, change.optional) == (False, False)
    assert not any(any(e.right) or any(e.best) for e in change.fields.values())
    assert all(len(observed.examples(name)) == 1 for name in ("method", "benchmark", "metric"))


def test_the_first_acceptable_name_is_best(tmp_path: Path, learner: Extractor) -> None:
    row = gold_row("97.3%", **{**FULL, "benchmark": ["SVHN", "GLUE", ""]})
    benchmark = observe(learner, [gold(tmp_path / "one.jsonl", row)]).rows[0].fields["benchmark"]
    assert (sum(benchmark.right), sum(benchmark.best)) == (2, 1)
    [best] = [fs for fs, b in zip(benchmark.features, benchmark.best, strict=True) if b]
    assert "none" not in best
    row = gold_row("97.3%", **{**FULL, "benchmark": ["", "SVHN"]})
    benchmark = observe(learner, [gold(tmp_path / "two.jsonl", row)]).rows[0].fields["benchmark"]
    [best] = [fs for fs, b in zip(benchmark.features, benchmark.best, strict=True) if b]
    assert "none" in best


def test_a_number_of_several_benchmarks_wants_them_all(tmp_path: Path, learner: Extractor) -> None:
    text = "Tidefold reaches 97.3% accuracy on SVHN and GLUE."
    start = text.index("97.3%")
    rows = [
        {"value": 97.3, "value_start": start, "value_end": start + 5, "unit": "%", **FULL, "benchmark": [name]}
        for name in ("SVHN", "GLUE")
    ]
    [row] = observe(learner, [gold(tmp_path / "gold.jsonl", *rows, text=text)]).rows
    benchmark = row.fields["benchmark"]
    [right] = [fs for fs, ok in zip(benchmark.features, benchmark.right, strict=True) if ok]
    assert "list run1 of2" in right, "neither of the two alone"


def test_optional_rows_are_told(tmp_path: Path, learner: Extractor) -> None:
    path = gold(tmp_path / "gold.jsonl", gold_row("97.3%", **FULL, optional=True))
    assert [row.optional for row in observe(learner, [path]).rows] == [True, False]


def test_another_number_at_the_same_place_is_told(tmp_path: Path, learner: Extractor) -> None:
    path = gold(tmp_path / "gold.jsonl", {**gold_row("97.3%", **FULL), "value": 97.4})
    value = observe(learner, [path]).rows[0]
    assert not value.number
    assert any(value.fields["metric"].right)


def told(examples: list[Example]) -> list[set[str]]:
    """The first feature of each right candidate: its role, "alone" or "value", or the kind of a change."""
    return [{fs[0] for fs, ok in zip(e.features, e.right, strict=True) if ok} for e in examples]


JOINT = "Tidefold reaches 97.3% accuracy on SVHN, a gain of 1.8% over BERT."


@pytest.mark.parametrize(("together", "kind", "partner"), [(True, "percent", "value"), (False, "relative", "alone")])
def test_gold_tells_what_numbers_are(
    tmp_path: Path, learner: Extractor, together: bool, kind: str, partner: str
) -> None:
    v, d = JOINT.index("97.3%"), JOINT.index("1.8%")
    value = {"value": 97.3, "value_start": v, "value_end": v + 5, "unit": "%", **FULL}
    delta = {"delta": 1.8, "delta_start": d, "delta_end": d + 4, "direction": "up", "delta_kind": kind}
    rows = [{**value, **delta}] if together else [value, {**delta, "unit": "%", **FULL}]
    numbers = observe(learner, [gold(tmp_path / "gold.jsonl", *rows, text=JOINT)]).numbers
    assert told(numbers["role"]) == [{"value"}, {"delta"}]
    assert told(numbers["join"]) == [{partner}]
    assert told(numbers["share"]) == [{kind}]


def test_numbers_of_optional_rows_teach_no_role(tmp_path: Path, learner: Extractor) -> None:
    path = gold(tmp_path / "gold.jsonl", gold_row("97.3%", **FULL, optional=True))
    assert told(observe(learner, [path]).numbers["role"]) == [{"skip"}], "the other number, which gold has not"


def test_the_extractor_is_left_as_it_was(tmp_path: Path, learner: Extractor) -> None:
    with pytest.raises(ReadError, match=r"no\.jsonl"):
        observe(learner, [str(tmp_path / "no.jsonl")])
    assert learner.assembler.roles.watch is None
    assert observe(learner, []).rows == []


# -- learn ------------------------------------------------------------------------------------------------------------


def seen(paper: str, sure: bool, number: bool = True) -> Seen:
    """A row whose candidates are told by "good", and whose number's sort tells whether it is in gold."""
    fields = {name: example("good", "bad", "worse", right=0 if sure else 1, paper=paper) for name in FIELDS}
    return Seen(paper, fields, ("plain" if number else "odd",), number, False)


def test_tables_for_every_field_and_for_the_confidence() -> None:
    rows = [seen(f"p{n}", sure=True, number=n % 2 == 0) for n in range(60)]
    said: list[str] = []
    tables = learn(Observed(rows), EASY, said.append)
    assert sorted(tables) == sorted(TABLES)
    assert all(tables[name]["good"] > 0 for name in FIELDS)
    assert tables["confidence"]["plain"] > 0 > tables["confidence"]["odd"]
    for name in FIELDS:
        assert f"{name}: {len(tables[name])} features, right 1.000 of 30 held-out choices" in said
    assert any(line.startswith("confidence 0 to 0.25: right 0.000 of 30") for line in said)
    assert any(line.endswith("right 1.000 of 30 held-out rows") for line in said)


def test_optional_rows_teach_no_confidence() -> None:
    rows = [seen(f"p{n}", sure=True, number=n % 2 == 0) for n in range(40)]
    plain = learn(Observed(rows), EASY)
    extra = [seen(f"p{n}", sure=True, number=False) for n in range(40)]
    for row in extra:
        row.optional, row.facts = True, ("plain",)
    assert learn(Observed([*rows, *extra]), EASY)["confidence"] == plain["confidence"]


def test_learned_weights_choose_as_gold_does(tmp_path: Path, learner: Extractor) -> None:
    names = ["SVHN", "GLUE", "COCO", "SQuAD", "MMLU", "CIFAR-10", "GSM8K", "ImageNet", "HumanEval", "LibriSpeech"]
    path = tmp_path / "gold.jsonl"
    for n, name in enumerate(names):
        text = f"Tidefold reaches 9{n}.5% accuracy on {name}, like BERT on {names[n - 1]}."
        row = {"value": 90.5 + n, "value_start": 17, "value_end": 22, "unit": "%", **FULL, "benchmark": [name]}
        assert text[17:22] == f"9{n}.5%"
        gold(path, row, text=text, id=str(n))
    observed = observe(learner, [str(path)])
    assert len(observed.rows) == len(names)
    assert all(row.number for row in observed.rows)
    for name in JUDGED:
        examples = observed.examples(name)
        assert len(examples) == len(names)
        weights = fit(examples, Penalty(l1=0.05, l2=0.05))
        assert all(e.right[chosen(weights, e)] for e in examples), name
