"""The alphabet of the grammar: one private-use character for each token type and each word the grammar knows.

A sentence becomes a string with one character per token, so patterns compile to ordinary regular expressions whose
match offsets are token indexes. A type stands for its own character; a group of types and a class of words compile
to a set of characters; words that no class and no pattern mentions share the character of ``WORD``.
"""

from __future__ import annotations

from collections.abc import Iterable

PHRASES = ("NP",)  # types of which a token of one word may be meant by that word as well
FIRST = 0xF0000  # supplementary private use area A: room for 65,534 symbols

TYPES: dict[str, str] = {
    "PCT": "a percentage (44.5%)",
    "PTS": "points (3.2 points, 2 pp)",
    "FAC": "a factor (2.5x, doubles, ten-fold)",
    "UNIT": "a number with a physical or counted unit (46 ms)",
    "NUM": "a plain decimal (0.883)",
    "INT": "a plain whole number (12, 1,888)",
    "COUNT": "a whole number that counts what follows, is scaled or in words (12 datasets, 175B, three)",
    "SIGNED": "a plain number written with its sign (+0.7)",
    "METRIC": "a metric or a noun phrase that ends in a metric's head noun",
    "BENCH": "a benchmark, data set, test suite or environment by name",
    "METHOD": "a method or model by name",
    "NAME": "a name known by shape alone",
    "ACRONYM": "a short name in capitals known by shape alone",
    "OURS": "our method, the proposed model, we, it",
    "BASE": "a generic baseline (previous best, existing methods, the baseline)",
    "HUMAN": "humans as those who have the value",
    "GROUP": "a generic group of benchmarks (12 datasets, both tasks)",
    "NP": "any other noun phrase",
    "VERB": "a verb of no class",
    "WORD": "any other word",
    "MARK": "punctuation of no other kind",
}

GROUPS: dict[str, tuple[str, ...]] = {
    "VALUE": ("PCT", "PTS", "FAC", "UNIT", "NUM", "INT", "SIGNED", "COUNT"),
    "SCORE": ("PCT", "NUM", "UNIT", "INT"),
    "DELTA": ("PCT", "PTS", "FAC", "UNIT", "NUM", "SIGNED"),
    "PLACE": ("BENCH", "GROUP"),
    "WHO": ("METHOD", "OURS", "BASE", "HUMAN", "NAME", "ACRONYM"),
    "THING": ("METRIC", "NP", "NAME", "ACRONYM", "METHOD", "BENCH", "BASE", "OURS", "GROUP", "HUMAN"),
    "ANY": tuple(TYPES),
}

LIST_MARKS = (",", "and", "or", "/", "&", ";", "as well as")
CLAUSE_MARKS = (
    ";",
    ":",
    ".",
    "?",
    "!",
    "(",
    ")",
    "[",
    "]",
    "while",
    "whereas",
    "but",
    "although",
    "however",
    "which",
    "—",
    "–",
)


class Symbols:
    """The mapping of types and words to characters, filled while lexicons and patterns load."""

    def __init__(self) -> None:
        self._chars: dict[str, str] = {}
        self._types = {name: self._new("\0" + name) for name in TYPES}
        self._phrases: dict[tuple[str, str], str] = {}
        self.classes: dict[str, set[str]] = {}
        for mark in (*LIST_MARKS, *CLAUSE_MARKS):
            self.add(mark)

    def _new(self, key: str) -> str:
        char = chr(FIRST + len(self._chars))
        self._chars[key] = char
        return char

    def add(self, word: str) -> str:
        """Give the lower-case word a character of its own (once) and return it."""
        return self._chars.get(word) or self._new(word)

    def add_class(self, name: str, words: Iterable[str]) -> None:
        members = self.classes.setdefault(name, set())
        for word in sorted(words):  # sorted, as the alphabet must not hang on the order of a set
            self.add(word)
            members.add(word)

    def add_phrases(self, words: Iterable[str]) -> None:
        """Let words that patterns name be met as noun phrases of that one word too; see :meth:`phrase`."""
        for type_ in PHRASES:
            for word in words:
                if (type_, word) not in self._phrases:
                    self._phrases[type_, word] = self._new(f"\0{type_}\0{word}")

    def phrase(self, type_: str, word: str) -> str:
        """The character of a phrase of one lower-case word: for its type and, if patterns name it, for the word."""
        return self._phrases.get((type_, word)) or self._types[type_]

    def type(self, name: str) -> str:
        return self._types[name]

    def word(self, word: str) -> str | None:
        """The character of a known lower-case word, or None."""
        return self._chars.get(word)

    def of_type(self, name: str) -> str:
        """The characters a type or group name stands for."""
        if name == "ANY":
            return "".join(self._chars.values())
        types = GROUPS.get(name, (name,))
        return "".join([*(self._types[t] for t in types), *(c for (t, _), c in self._phrases.items() if t in types)])

    def of_word(self, word: str) -> str:
        """The characters a word stands for: its own, and those of the phrases that are just this word."""
        return self.add(word) + "".join(c for t in PHRASES if (c := self._phrases.get((t, word))))

    def of_class(self, name: str) -> str:
        """The characters the words of a class stand for."""
        return "".join(map(self.of_word, sorted(self.classes[name])))

    def gap(self) -> str:
        """The characters that a gap may pass: words and plain noun phrases, never a typed token or a clause mark."""
        stop = {c for t in TYPES if t not in ("NP", "VERB", "WORD") for c in self.of_type(t)}
        stop |= {self._chars[w] for w in (*CLAUSE_MARKS, ",")}
        return "".join(c for c in self._chars.values() if c not in stop)

    def name(self, char: str) -> str:
        """The readable name of a symbol, for explanations."""
        for key, value in self._chars.items():
            if value == char:
                return key.lstrip("\0").replace("\0", " ")
        return "?"
