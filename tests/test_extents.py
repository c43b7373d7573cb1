"""How far the phrases of a sentence can go: the longer phrases that a name or phrase heads."""

from __future__ import annotations

import pytest
from reading import choices, found, rows

from claimx.assemble.extents import extents


def longer(sentence: str, head: str) -> list[tuple[str, str]]:
    """What the phrase ``head`` of a sentence of one row can be part of, with the kind of each."""
    scene = rows(sentence)[0].scene
    [i] = [i for i, token in enumerate(scene.tokens) if token.text == head]
    return [(found.kind, found.text) for found in extents(scene, i, sentence)]


@pytest.mark.parametrize(
    ("sentence", "head", "wanted"),
    [
        ("The PZT cellular actuator reaches 9% strain.", "cellular actuator", [("compound", "PZT cellular actuator")]),
        ("It beats training from scratch by 3 points.", "training", [("with", "training from scratch")]),
        ("It beats tree search and voting methods by 3 points.", "tree search",
         [("joined", "tree search and voting methods")]),
        ("It beats models trained on web pages by 3 points.", "models",
         [("participle", "models trained on web pages")]),
        ("It beats the loss of trees in forests by 3 points.", "trees", [("of", "trees in forests")]),
        ("FooNet + BarNet reaches 91.2% accuracy.", "FooNet", [("plus", "FooNet + BarNet")]),
        ("FooNet reaches 91.2% accuracy.", "FooNet", []),
    ],
)  # fmt: skip
def test_longer_phrases(sentence: str, head: str, wanted: list[tuple[str, str]]) -> None:
    assert longer(sentence, head) == wanted


def test_what_is_no_head_speaks_for_no_longer_phrase() -> None:
    assert longer("The PZT cellular actuator reaches 9% strain.", "PZT") == []


def test_an_article_begins_a_new_phrase() -> None:
    assert longer("In simulation the actuator reaches 9% strain.", "actuator") == []


def test_a_size_belongs_to_its_model() -> None:
    scene = rows("The 7B student reaches 71.3% accuracy.")[0].scene
    [student] = [i for i, token in enumerate(scene.tokens) if token.text == "student"]
    assert scene.compounds()[student] == (student - 1, student)


def test_the_bracket_that_a_number_stands_in() -> None:
    row = rows("FooNet beats BarNet (52.6%).")[0]
    opening = row.scene.opening[row.first]
    assert opening is not None
    assert row.scene.tokens[opening - 1].text == "BarNet"
    assert row.scene.opening[0] is None


@pytest.mark.parametrize(
    ("sentence", "field", "name"),
    [
        ("FooNet matches the frontier students at 45% accuracy.", "baseline", "frontier students"),
        ("FooNet reaches 45% accuracy, compared to 25% for the frontier students.", "baseline", "frontier students"),
        ("FooNet beats 7B students from older years by 3 points.", "baseline", "7B students from older years"),
        ("Task-conditional sparsity reduces FLOPs by 30%.", "method", "Task-conditional sparsity"),
        ("PRM-guided tree search cuts latency by 39%.", "method", "PRM-guided tree search"),
    ],
)
def test_phrases_that_the_ranking_can_choose(sentence: str, field: str, name: str) -> None:
    assert name in found(choices(sentence)[0].candidates(field))
