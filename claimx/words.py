"""Word classes from ``grammars/lexicon/words.toml``: lists as written, and verbs with their regular forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import shape
from .errors import GrammarError
from .resources import read_toml

VOWELS = "aeiou"
# Verbs of more than one syllable that double their last consonant.
_FINAL_STRESS = frozenset(
    "commit incur occur permit prefer refer submit transfer admit compel control excel regret acquit".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes of a grammar.

    ``classes`` maps a class to its word forms; ``verbs`` holds every verb form; ``phrases`` the forms of several words.
    """

    classes: dict[str, frozenset[str]]
    verbs: frozenset[str]
    phrases: frozenset[str]

    def by_word(self, names: Sequence[str]) -> dict[str, str]:
        """For each word of these classes the first of them that has it."""
        return {word: name for name in reversed(names) for word in self.classes[name]}


class _Classes(dict[str, frozenset[str]]):
    """The classes by name; one that claimx itself needs and the file lacks is a mistake in the file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def __missing__(self, name: str) -> frozenset[str]:
        raise GrammarError(str(self._path), f"lacks the class {name!r}, which claimx needs", hint=f"[class.{name}]")


def verb_forms(lemma: str) -> list[str]:
    """The regular forms of a verb: lemma, -s, -ed, -ing."""
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    s = "es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s"
    short = len(lemma) > 2 and lemma[-1] not in VOWELS + "wxy" and lemma[-2] in VOWELS and lemma[-3] not in VOWELS
    doubled = lemma + lemma[-1] if short and (len(lemma) < 5 or lemma in _FINAL_STRESS) else lemma
    return [lemma, lemma + s, doubled + "ed", doubled + "ing"]


def load(folder: Path) -> Words:
    """The word classes of a grammars folder; :class:`GrammarError` for a mistake."""
    path = folder / "lexicon" / "words.toml"
    data = shape.table(read_toml(path), path, "the file", ("class", "irregular"))
    irregular = {
        lemma: shape.strings(forms, path, f"[irregular] {lemma}")
        for lemma, forms in shape.table(data.get("irregular"), path, "[irregular]").items()
    }
    classes = _Classes(path)
    verbs: set[str] = set()
    for name, value in shape.table(data.get("class"), path, "[class]").items():
        row = shape.table(value, path, f"[class.{name}]", ("verbs", "words", "nouns"))
        plain, nouns, lemmas = (
            shape.strings(row.get(key), path, f"{key} of [class.{name}]") for key in ("words", "nouns", "verbs")
        )
        members = set(plain)
        for lemma in (*nouns, *lemmas):
            if len(lemma) < 2:
                raise GrammarError(
                    str(path), f"[class.{name}] has {lemma!r}", hint="nouns and verbs of two letters or more"
                )
        for noun in nouns:
            members |= {noun, verb_forms(noun)[1]}
        for lemma in lemmas:
            forms = irregular.get(lemma) or verb_forms(lemma)
            members |= {lemma, *forms}
            verbs |= {lemma, *forms}
        classes[name] = frozenset(members)
    phrases = frozenset(w for members in classes.values() for w in members if " " in w)
    return Words(classes, frozenset(verbs), phrases)
