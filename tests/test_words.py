"""Word classes: the forms of verbs, and what the shipped file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimx.errors import GrammarError
from claimx.resources import grammars_dir
from claimx.words import Words, load, verb_forms


@pytest.fixture(scope="module")
def shipped() -> Words:
    return load(grammars_dir())


@pytest.mark.parametrize(
    "forms",
    [
        "improve improves improved improving", "reach reaches reached reaching", "apply applies applied applying",
        "drop drops dropped dropping", "commit commits committed committing", "lower lowers lowered lowering",
        "obtain obtains obtained obtaining", "display displays displayed displaying", "boost boosts boosted boosting",
    ],
)  # fmt: skip
def test_regular_forms(forms: str) -> None:
    assert verb_forms(forms.split()[0]) == forms.split()


@pytest.mark.parametrize(
    ("word", "name"),
    [("improved", "improve"), ("reduces", "reduce"), ("outperforming", "exceed"), ("achieves", "achieve"),
     ("fell", "change"), ("faster", "faster"), ("fewer", "less"), ("than", "than"), ("versus", "versus")],
)  # fmt: skip
def test_well_known_members(word: str, name: str, shipped: Words) -> None:
    holders = [other for other, members in shipped.classes.items() if word in members]
    assert name in holders or (name == "change" and {"reduce", "change"} & set(holders)), holders


def test_opposites_share_no_word(shipped: Words) -> None:
    pairs = "improve/worsen raise/reduce more/less better/worse faster/slower exceed/lag"
    for one, other in (pair.split("/") for pair in pairs.split()):
        assert not shipped.classes[one] & shipped.classes[other], (one, other)


def test_forms_are_folded_words(shipped: Words) -> None:
    for name, members in shipped.classes.items():
        assert members, name
        for word in members:
            assert word == word.strip(), (name, word)
            assert "" not in word.split(" ")


def test_phrases_are_the_members_of_several_words(shipped: Words) -> None:
    assert "speed up" in shipped.phrases
    assert all(" " in phrase for phrase in shipped.phrases)
    assert shipped.phrases <= frozenset().union(*shipped.classes.values())


def write(folder: Path, content: str) -> Path:
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "words.toml").write_text(content, encoding="utf-8")
    return folder


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    content = '[irregular]\nbring = ["bring", "brings", "brought", "bringing"]\n[class.fetch]\n'
    own = load(write(tmp_path, content + 'verbs = ["bring", "fetch"]\nnouns = ["box"]\nwords = ["at once"]\n'))
    assert own.classes["fetch"] == {
        "bring", "brings", "brought", "bringing", "fetch", "fetches", "fetched", "fetching", "box", "boxes", "at once",
    }  # fmt: skip
    assert "brought" in own.verbs
    assert "box" not in own.verbs
    assert own.phrases == {"at once"}


@pytest.mark.parametrize(
    ("content", "message"),
    [("[class.x]\nverb = ['go']\n", "unknown key 'verb'"), ("[class.x]\nwords = 'go'\n", "must be an array of strings"),
     ("[class.x]\nwords = [1]\n", "must be an array of strings"), ("[class", "is not TOML")],
)  # fmt: skip
def test_mistakes_are_named_with_their_file(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=message) as error:
        load(write(tmp_path, content))
    assert "words.toml" in str(error.value)
