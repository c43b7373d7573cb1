"""Rows and how the names of a sentence stand to their numbers, on sentences read by the shipped grammar."""

from __future__ import annotations

from time import process_time

import pytest
from reading import rows

from claimx.assemble.candidates import Relation, Row, closer, relation
from claimx.assemble.scene import WHO
from claimx.pipeline import extract

NAMED = WHO | {"METRIC", "BENCH"}


def at(row: Row, text: str) -> int:
    """The token of that text."""
    [i] = [i for i, t in enumerate(row.scene.tokens) if t.text == text]
    return i


def of(row: Row, text: str, types: frozenset[str] = NAMED) -> Relation:
    """How the token of that text stands to the row, counting tokens of ``types``."""
    lists, i = row.scene.lists(types), at(row, text)
    return relation(row, i, lists[i], closer(row, lists)[i])


def words(row: Row, indexes: list[int]) -> list[str]:
    return [row.scene.tokens[i].text for i in indexes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BERT and RoBERTa reach 1% and 2% accuracy.", [(2, 0), (2, 1)]),
        ("FooNet obtains 44.1, 62.7 and 47.9 AP.", [(3, 0), (3, 1), (3, 2)]),
        ("FooNet reaches 9% accuracy on SVHN, 8% on GLUE, but its recall falls by 3 points.", [(2, 0), (2, 1), (1, 0)]),
        ("FooNet reaches 9% accuracy, and BERT reaches 8%.", [(1, 0), (1, 0)]),
        ("FooNet raises accuracy from 35.5% to 44.5%.", [(1, 0)]),
        ("FooNet has many layers.", []),
    ],
)
def test_rows_of_one_coordination_are_a_run_with_places(text: str, wanted: list[tuple[int, int]]) -> None:
    assert [(row.run, row.place) for row in rows(text)] == wanted


@pytest.mark.parametrize(
    ("text", "shape", "kind", "numbers"),
    [
        ("FooNet reaches 97.3% accuracy.", "value", "percent", ("97.3%", "97.3%")),
        ("FooNet improves accuracy by 2.1 points.", "delta", "points", ("2.1 points", "2.1 points")),
        ("FooNet raises accuracy from 35.5% to 44.5%.", "value+base", "percent", ("35.5%", "44.5%")),
        ("FooNet reaches 97.3% accuracy on SVHN (+1.8%).", "both", "percent", ("97.3%", "+1.8%")),
        ("FooNet runs in 12 ms.", "value", "unit", ("12 ms", "12 ms")),
        ("FooNet is 3x faster than BERT.", "delta", "factor", ("3x", "3x")),
    ],
)
def test_a_row_has_the_shape_of_its_numbers(text: str, shape: str, kind: str, numbers: tuple[str, str]) -> None:
    [row] = rows(text)
    assert (row.shape, row.kind) == (shape, kind)
    assert (row.scene.tokens[row.first].text, row.scene.tokens[row.last].text) == numbers


def test_a_row_knows_what_rules_captured_with_its_numbers() -> None:
    [row] = rows("FooNet improves accuracy by 2.1 points on SVHN.")
    assert row.captured[at(row, "accuracy")] == "metric verb-metric-by"
    assert of(row, "accuracy").captured == "metric verb-metric-by"
    assert of(row, "SVHN").captured == ""


def test_a_coordination_is_one_list_and_other_names_stand_alone() -> None:
    [row] = rows("On GLUE, SVHN, and CIFAR-10, FooNet beats BERT and RoBERTa by 3 points.")
    lists = row.scene.lists(frozenset({"BENCH"}))
    assert words(row, list(lists)) == ["GLUE", "SVHN", "CIFAR-10"]
    assert all(words(row, group) == ["GLUE", "SVHN", "CIFAR-10"] for group in lists.values())
    methods = row.scene.lists(WHO)
    assert words(row, methods[at(row, "BERT")]) == ["BERT", "RoBERTa"]
    assert words(row, methods[at(row, "FooNet")]) == ["FooNet"]
    assert row.scene.lists(WHO) is methods, "found once"


def test_names_in_a_list_as_long_as_the_numbers_are_told_by_their_place() -> None:
    first, second = rows("BERT and RoBERTa reach 1% and 2% accuracy.")
    assert (of(first, "BERT").order, of(first, "RoBERTa").order) == ("same", "other")
    assert (of(second, "BERT").order, of(second, "RoBERTa").order) == ("other", "same")


@pytest.mark.parametrize(
    "text", ["BERT and RoBERTa reach 1%.", "BERT reaches 1% and 2%.", "BERT, T5 and ELMo reach 1% and 2%."]
)
def test_lists_of_another_length_have_no_order(text: str) -> None:
    row = rows(text)[0]
    assert of(row, "BERT").order == ""


def test_sides() -> None:
    [row] = rows("FooNet reaches 97.3% accuracy on SVHN (+1.8%) with ResNet-50.")
    assert [of(row, name).side for name in ("FooNet", "SVHN", "ResNet-50")] == ["before", "inside", "after"]


def test_distances_in_words_numbers_and_names() -> None:
    first, second = rows("FooNet reaches 9% accuracy on SVHN, and BERT attains 8% recall on GLUE.")
    assert (of(first, "accuracy").gap, of(first, "FooNet").gap, of(first, "SVHN").gap) == ("gap0", "gap1", "gap2")
    assert (of(first, "BERT").gap, of(first, "GLUE").gap, of(second, "FooNet").gap) == ("gap5", "gap9", "gap9")
    assert (of(first, "FooNet").numbers, of(second, "FooNet").numbers, of(first, "GLUE").numbers) == ("n0", "n1", "n1")
    bench = frozenset({"BENCH"})
    assert (of(first, "SVHN", bench).like, of(first, "GLUE", bench).like) == ("m0", "m1")
    assert (of(second, "SVHN", bench).like, of(second, "GLUE", bench).like) == ("m0", "m0"), "sides count by themselves"


def test_clauses_brackets_and_parts() -> None:
    [row] = rows("FooNet (like BERT) reaches 9% accuracy on SVHN, but RoBERTa fails more than T5.")
    assert (of(row, "FooNet").depth, of(row, "BERT").depth) == ("level", "deeper")
    assert (of(row, "SVHN").clause, of(row, "RoBERTa").clause) == ("clause", "elsewhere")
    parts = [of(row, name).part for name in ("FooNet", "SVHN", "T5")]
    assert parts == ["subject", "place", "baseline"]
    [inner] = [row for row in rows("FooNet reaches 9% WER (an F1 of 7%).") if row.scene.depth[row.first]]
    assert (of(inner, "FooNet").depth, of(inner, "F1").depth) == ("outer", "level")


def test_the_words_around_a_name() -> None:
    [row] = rows("FooNet reaches 9% accuracy on SVHN, better than BERT")
    around = {name: (of(row, name).lead, of(row, name).then) for name in ("FooNet", "accuracy", "SVHN", "BERT")}
    assert around == {
        "FooNet": ("lead:^", "then:verb"),
        "accuracy": ("lead:word", "then:on"),
        "SVHN": ("lead:on", "then:,"),
        "BERT": ("lead:than", "then:$"),
    }
    [row] = rows("With an F1 3 points higher, FooNet wins.")
    assert of(row, "F1").then == "then:number"


def test_only_so_many_names_near_the_number_are_looked_at() -> None:
    before, after = (", ".join(f"{name}{n}Former" for n in range(50)) for name in ("Foo", "Zap"))
    [row] = rows(f"{before} reach 9% accuracy with {after}.")
    lists = row.scene.lists(WHO)
    near = closer(row, lists)
    assert words(row, list(near)) == [f"Foo{n}Former" for n in range(36, 50)] + [f"Zap{n}Former" for n in range(7)]
    assert list(near.values()) == [*range(13, -1, -1), *range(7)]
    assert closer(row, []) == {}


def seconds(text: str, runs: int) -> float:
    """The time of the quickest of some runs."""
    took = []
    for _ in range(runs):
        start = process_time()
        extract(text)
        took.append(process_time() - start)
    return min(took)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wording", "name", "number"),
    [
        ("{names} reach 9% accuracy.", "Foo{}Net", ""),
        ("FooNet reaches {numbers} accuracy.", "", "{}.5%"),
        ("{names} reach {numbers} accuracy, respectively.", "Foo{}Net", "{}.5%"),
        ("FooNet reaches {numbers} accuracy on {names}, respectively.", "Bar{}Bench", "{}.5%"),
        ("On GLUE, {numbers}.", "", "FooNet reaches {}%"),
        ("{numbers}.", "", "FooNet beats BERT by {}% ("),
    ],
)  # fmt: skip
def test_sentences_without_end_take_time_in_proportion(wording: str, name: str, number: str) -> None:
    def text(n: int) -> str:
        names, numbers = ([each.format(k % 900) for k in range(n)] for each in (name, number))
        return wording.format(names=", ".join(names), numbers=", ".join(numbers))

    short, long = seconds(text(150), 3), seconds(text(900), 1)
    for _ in range(5):  # on a busy machine
        if long >= 6 * 2 * short + 0.3:
            short, long = min(short, seconds(text(150), 3)), min(long, seconds(text(900), 1))
    assert long < 6 * 2 * short + 0.3, f"{long / short:.0f} times the time for 6 times the text"
