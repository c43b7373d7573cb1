"""Word classes from ``grammars/lexicon/words.toml``: lists as written, and verbs with their regular forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    data = read_toml(path)
    irregular: dict[str, list[str]] = data.get("irregular", {})
    classes: dict[str, frozenset[str]] = {}
    verbs: set[str] = set()
    for name, row in data.get("class", {}).items():
        extra = set(row) - {"verbs", "words", "nouns"}
        if extra:
            raise GrammarError(str(path), f"class {name}: unknown key {sorted(extra)[0]!r}", hint="verbs, words, nouns")
        members = set(_list(row, "words", path, name))
        for noun in _list(row, "nouns", path, name):
            members |= {noun, verb_forms(noun)[1]}
        for lemma in _list(row, "verbs", path, name):
            forms = irregular.get(lemma) or verb_forms(lemma)
            members |= {lemma, *forms}
            verbs |= {lemma, *forms}
        classes[name] = frozenset(members)
    phrases = frozenset(w for members in classes.values() for w in members if " " in w)
    return Words(classes, frozenset(verbs), phrases)


def _list(row: dict[str, Any], key: str, path: Path, name: str) -> list[str]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise GrammarError(str(path), f"class {name}: {key} must be an array of strings")
    return value
