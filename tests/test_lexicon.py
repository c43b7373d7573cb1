"""Looking names up: folding, longest match, parameters, cased names, and mistakes in the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimx.errors import GrammarError
from claimx.lexicon import Entry, Lexicon, default, fold, load
from claimx.tokens import spans


def find(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """Canonical name and surface of every term of ``text``, the longest at each place, none within another."""
    places = spans(text)
    keys = [fold(text[start:end]) for start, end in places]
    found, at = [], 0
    while at < len(places):
        hit = lexicon.find(keys, text, places, at)
        if hit is None:
            at += 1
            continue
        found.append((hit.name, text[places[hit.start][0] : places[hit.end - 1][1]]))
        at = hit.end
    return found


@pytest.fixture
def small() -> Lexicon:
    lexicon = Lexicon()
    lexicon.add(Entry("METRIC", "error rate"), ["error rate"])
    lexicon.add(Entry("METRIC", "WER"), ["word error rate"], ["WER"])
    lexicon.add(Entry("METRIC", "pass@k", parameter="k"), ["pass@k"])
    lexicon.add(Entry("BENCH", "CIFAR-10"), ["CIFAR-10"])
    lexicon.add(Entry("BENCH", "Weather"), [], ["Weather"])
    return lexicon


@pytest.mark.parametrize("surface", ["CIFAR-10", "CIFAR 10", "cifar10", "CIFAR_10", "CIFAR‑10", "Cifar–10"])
def test_folding_drops_case_hyphens_and_spaces(surface: str, small: Lexicon) -> None:
    assert fold(surface) == "cifar10"
    assert small.lookup(surface) is not None


def test_the_longest_term_wins(small: Lexicon) -> None:
    found = find("the word error rate and the error rate", small)
    assert found == [("WER", "word error rate"), ("error rate", "error rate")]


def test_plurals_are_found(small: Lexicon) -> None:
    assert find("word error rates", small) == [("WER", "word error rates")]


def test_a_parameter_takes_its_number(small: Lexicon) -> None:
    assert find("pass@10 then pass@1", small) == [("pass@10", "pass@10"), ("pass@1", "pass@1")]


def test_cased_names_match_only_as_written(small: Lexicon) -> None:
    assert find("on Weather and WER", small) == [("Weather", "Weather"), ("WER", "WER")]
    assert find("bad weather, wer is it", small) == []


def test_nothing_is_found_in_parts_of_words(small: Lexicon) -> None:
    assert find("CIFAR-100 and CIFAR-10k", small) == []


def test_what_is_added_hides_nothing_else(small: Lexicon) -> None:
    text = "word error rate of pass@5 on CIFAR-10 and Weather"
    before = find(text, small)
    small.add(Entry("BENCH", "Harbor-7"), ["Harbor-7", "the Harbor set"])
    assert find(text, small) == before
    assert find("on Harbor 7", small) == [("Harbor-7", "Harbor 7")]


def test_a_part_of_a_lexicon(small: Lexicon) -> None:
    part = small.keeping(lambda entry: entry.kind == "METRIC")
    assert {entry.kind for entry in part.entries} == {"METRIC"}
    assert len(part.entries) < len(small.entries)
    gone = next(entry for entry in small.entries if entry.kind != "METRIC")
    assert part.lookup(gone.name) is None
    assert small.lookup(gone.name) is gone, "the whole is as it was"


def test_the_shipped_lexicon_loads_once_and_finds_its_names() -> None:
    shipped = default()
    assert shipped is default()
    found = find("pass@10 on HumanEval, top-1 accuracy on ImageNet and the word error rate", shipped)
    assert {"pass@10", "HumanEval", "ImageNet", "WER"} <= {name for name, _ in found}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("metrics-own.toml", "[[metric]]\nbetter = 'higher'\n", "without name"),
        ("metrics-own.toml", "[[metric]]\nname = 'x'\naliases = 'y'\n", "aliases of .*x.* must be an array of strings"),
        ("benchmarks-own.toml", "[benchmark.'X']\naliases = [1]\n", "aliases of .*X.* must be an array of strings"),
        ("methods-own.toml", "[method]\nnames = 'X'\n", "must be an array of strings"),
        ("metrics-own.toml", "[[metric", "is not TOML"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_file(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / name).write_text(content, encoding="utf-8")
    with pytest.raises(GrammarError, match=message) as error:
        load(tmp_path)
    assert name in str(error.value)


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "metrics-own.toml").write_text(
        "[[metric]]\nname = 'tide score'\nbetter = 'higher'\naliases = ['TS of tides']\n", encoding="utf-8"
    )
    own = load(tmp_path)
    entry = own.lookup("Tide scores")
    assert entry == Entry("METRIC", "tide score", "higher")
    assert own.lookup("ts of tides") is entry
