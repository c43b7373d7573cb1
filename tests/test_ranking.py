"""The ranking of candidates: its weights as a user may write them, the order, the probabilities, the pool."""

from __future__ import annotations

import math
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.assemble.candidates import NONE, Candidate, Named, Pool, Weights
from claimx.assemble.ranking import TABLES, Ranking
from claimx.errors import GrammarError
from claimx.resources import grammars_dir


def folder(root: Path, **tables: str) -> Path:
    """A grammars folder with a table of weights for each field, all empty but those given."""
    (root / "ranking").mkdir()
    for name in TABLES:
        (root / "ranking" / f"{name}.toml").write_text(tables.get(name, "[weights]\n"), encoding="utf8")
    return root


def candidate(name: str, score: float = 0.0, certain: bool = False) -> Candidate:
    return Candidate((Named(name),), "test", {"a feature": score}, certain=certain)


def order(candidates: list[Candidate]) -> list[str | None]:
    return [c.names[0].name for c in Ranking({}).rank(candidates)]


def test_weights_load_as_written(tmp_path: Path) -> None:
    weights = Ranking.load(folder(tmp_path, metric='[weights]\n"rule" = 1\n"none value" = -0.25\n')).weights
    assert weights == {**{name: {} for name in TABLES}, "metric": {"rule": 1.0, "none value": -0.25}}
    assert isinstance(weights["metric"]["rule"], float)


def test_the_shipped_weights_load() -> None:
    weights = Ranking.load(grammars_dir()).weights
    assert set(weights) == set(TABLES)
    assert all(weights.values()), "a field without any weight"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder(tmp_path)
    missing = tmp_path / "ranking" / "baseline.toml"
    missing.unlink()
    with pytest.raises(GrammarError, match=re.escape(f"{missing}: cannot be read: ")) as error:
        Ranking.load(tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", ["", '"rule" = 1\n', "weights = 3\n", "[weight]\n"])
def test_a_missing_table_is_named_with_what_is_legal(tmp_path: Path, content: str) -> None:
    with pytest.raises(GrammarError, match=r"metric\.toml: has no table \[weights\]\n  legal here: .*= 0\.5"):
        Ranking.load(folder(tmp_path, metric=content))


def test_a_file_that_is_no_toml_says_what_is_legal(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=r"metric\.toml: is not TOML: .*\n  legal here: \[weights\] with a number"):
        Ranking.load(folder(tmp_path, metric="[weights]\nthen:of = 1\n"))


@pytest.mark.parametrize(
    "weight", ["true", '"1.5"', "nan", "inf", "-inf", "[1.0]", "{}", "1e7", "1" + "0" * 400, "2026-01-01"]
)
def test_what_is_no_weight_is_named_with_file_and_feature(tmp_path: Path, weight: str) -> None:
    with pytest.raises(GrammarError, match=r"method\.toml: the weight of 'then:of' is no number from -1e6 to 1e6"):
        Ranking.load(folder(tmp_path, method=f'[weights]\n"rule" = 2\n"then:of" = {weight}\n'))


def test_the_highest_score_comes_first() -> None:
    assert order([candidate("low", -2.0), candidate("high", 1.5), candidate("middle", 0.0)]) == [
        "high",
        "middle",
        "low",
    ]


def test_equal_scores_keep_their_order() -> None:
    assert order([candidate("b"), candidate("top", 1.0), candidate("a"), candidate("c")]) == ["top", "b", "a", "c"]


def test_a_score_is_the_sum_of_the_weights() -> None:
    one = Candidate((NONE,), "test", {"x": 1.5, "y": -0.5})
    two = Candidate((Named("two"),), "test", {})
    Ranking({}).rank([one, two])
    assert (one.score, two.score) == (1.0, 0.0)
    assert one.probability == pytest.approx(1 / (1 + math.exp(-1)))


def test_what_is_certain_wins_over_any_usual_score() -> None:
    assert order([candidate("likely", 6.0), candidate("certain", certain=True)]) == ["certain", "likely"]
    assert order([candidate("both", 1.0, certain=True), candidate("certain", certain=True)]) == ["both", "certain"]


def test_a_lone_candidate_is_sure() -> None:
    alone = candidate("alone", -1e6)
    assert Ranking({}).rank([alone]) == [alone]
    assert alone.probability == 1.0


scored = st.lists(st.tuples(st.floats(-1e9, 1e9), st.booleans()), min_size=1, max_size=12)


@given(scored)
def test_probabilities_are_a_distribution_in_the_order_of_the_scores(found: list[tuple[float, bool]]) -> None:
    ranked = Ranking({}).rank([candidate(str(n), score, certain) for n, (score, certain) in enumerate(found)])
    chances = [c.probability for c in ranked]
    assert all(0 <= p <= 1 for p in chances)
    assert sum(chances) == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_finding_decides_ties_alone(scores: list[float], shuffle: Random) -> None:
    names = {str(n): score for n, score in enumerate(scores)}
    mixed = list(names)
    shuffle.shuffle(mixed)
    first = Ranking({}).rank([candidate(n, names[n]) for n in names])
    second = Ranking({}).rank([candidate(n, names[n]) for n in mixed])
    assert [c.names for c in first] == [c.names for c in second]
    assert [c.probability for c in first] == pytest.approx([c.probability for c in second])


def test_a_name_found_twice_is_one_candidate_with_the_features_of_both() -> None:
    pool = Pool(Weights({"a": 1.0, "b": 2.0, "c": 4.0}))
    first = pool.take([Named("FooNet", "FooNet", 3)], "name", ["a", "b"])
    again = pool.take([Named("foonet", "foonet", 9)], "rule", ["b", "c"])
    assert again is first
    assert pool.all() == [first]
    assert first.features == {"a": 1.0, "b": 2.0, "c": 4.0}, "a feature said twice counts once"
    assert (first.names[0].token, first.source) == (3, "name"), "the first finding gives the wording"


def test_names_together_are_another_candidate_than_each_alone() -> None:
    pool = Pool(Weights({}))
    one, two = Named("SVHN"), Named("GLUE")
    pool.take([one], "benchmark", ())
    pool.take([one, two], "list", ())
    pool.take([two, one], "list", ())
    pool.take([NONE], "none", ())
    assert [[n.name for n in c.names] for c in pool.all()] == [["SVHN"], ["SVHN", "GLUE"], ["GLUE", "SVHN"], [None]]


def test_features_without_a_weight_are_dropped_unless_learning() -> None:
    found = ["known", "new"]
    assert Pool(Weights({"known": 0.5})).take([NONE], "none", found).features == {"known": 0.5}
    assert Pool(Weights({})).take([NONE], "none", found).features == {}
    every = Weights({"known": 0.5})
    every.every = True
    assert Pool(every).take([NONE], "none", found).features == {"known": 0.5, "new": 0.0}


def test_features_can_be_added_later_to_a_candidate_known_by_name() -> None:
    pool = Pool(Weights({"last": 0.5}))
    who = pool.take([Named("FooNet")], "name", ())
    assert pool.of("FOONET") is who
    assert pool.of("BarNet") is None
    assert pool.of(None) is None
    nobody = pool.take([NONE], "nobody", ())
    assert pool.of(None) is nobody
    pool.add(who, ["last", "unknown"])
    assert who.features == {"last": 0.5}
