"""Mutated claim sentences by the million, deterministic by seed: ``python tests/fuzz/mutate.py --help``.

Each text is a seed sentence, or a number of one with the words around it, or a handful of hostile pieces, after one to
four mutations: words spliced from another seed, repeated, dropped, swapped, numbers exchanged, characters replaced or
inserted, case changed, mark-up left open. One text in a thousand is explained as well. A text that breaks a promise
(tests/fuzz/invariants.py) or takes too long is printed with its number; with the same seed the same number is the same
text.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from invariants import check  # noqa: E402
from seeds import PIECES, sentences  # noqa: E402

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SLOW = 2.0  # seconds
_LONGEST = 2000
_SOUP, _SHORT = 0.5, 0.9  # shares of the texts that begin as hostile pieces, and as those or a few words


class Mutator:
    """Makes texts; the same seed gives the same texts in the same order."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._seeds = [text for text in sentences() if len(text) < 300]
        self._fragments = [part for text in self._seeds for part in _fragments(text)]
        self._ways = (self._splice, self._repeat, self._drop, self._swap, self._number, self._character, self._piece,
                      self._piece, self._piece, self._case, self._cut, self._join)  # fmt: skip

    def text(self) -> str:
        random = self._random
        kind = random.random()
        if kind < _SOUP:
            text = random.choice(("", " ", " ")).join(random.choices(PIECES, k=random.randint(2, 6)))
        else:
            text = random.choice(self._fragments if kind < _SHORT else self._seeds)
        for _ in range(random.randint(1, 4)):
            text = random.choice(self._ways)(text)
        return text[:_LONGEST]

    def _words(self, text: str) -> list[str]:
        return text.split(" ")

    def _splice(self, text: str) -> str:
        one, other = self._words(text), self._words(self._random.choice(self._fragments))
        cut, start = self._random.randint(0, len(one)), self._random.randint(0, len(other))
        return " ".join([*one[:cut], *other[start : start + self._random.randint(1, 8)], *one[cut:]])

    def _repeat(self, text: str) -> str:
        words = self._words(text)
        start = self._random.randrange(len(words))
        piece = words[start : start + self._random.randint(1, 4)]
        return " ".join([*words[:start], *piece * self._random.randint(2, 6), *words[start:]])

    def _drop(self, text: str) -> str:
        words = self._words(text)
        start = self._random.randrange(len(words))
        return " ".join(words[:start] + words[start + self._random.randint(1, 3) :])

    def _swap(self, text: str) -> str:
        words = self._words(text)
        i, j = self._random.randrange(len(words)), self._random.randrange(len(words))
        words[i], words[j] = words[j], words[i]
        return " ".join(words)

    def _number(self, text: str) -> str:
        places = list(_NUMBER.finditer(text))
        if not places:
            return self._piece(text)
        place = self._random.choice(places)
        kind = self._random.randrange(6)
        new = (
            str(self._random.randint(0, 10**9)), f"{self._random.random() * 1000:.3f}", "0",
            "9" * self._random.randint(1, 40), f"1e{self._random.randint(-400, 400)}", self._random.choice(PIECES),
        )[kind]  # fmt: skip
        return text[: place.start()] + new + text[place.end() :]

    def _character(self, text: str) -> str:
        at = self._random.randint(0, len(text))
        pool = self._random.randrange(5)
        code = self._random.randrange((0x80, 0x250, 0x3000, 0x10000, 0x110000)[pool])
        return text[:at] + chr(code) * self._random.choice((1, 1, 1, 2, 20)) + text[at + self._random.randint(0, 1) :]

    def _piece(self, text: str) -> str:
        at = self._random.randint(0, len(text))
        gap = self._random.choice(("", "", " "))
        return text[:at] + gap + self._random.choice(PIECES) + gap + text[at + self._random.randint(0, 2) :]

    def _case(self, text: str) -> str:
        return self._random.choice((text.upper, text.lower, text.title, text.swapcase))()

    def _cut(self, text: str) -> str:
        a, b = sorted((self._random.randint(0, len(text)), self._random.randint(0, len(text))))
        return text[a:b] or text

    def _join(self, text: str) -> str:
        return text + self._random.choice((" ", "", "\n", ", and ", " (")) + self._random.choice(self._fragments)


def _fragments(text: str) -> Iterator[str]:
    words = text.split(" ")
    for at, word in enumerate(words):
        if _NUMBER.search(word):
            yield " ".join(words[max(0, at - 4) : at + 4])


def _again(text: str) -> float:
    """The processor time that ``text`` takes, whatever else the machine does."""
    start = time.process_time()
    check(text)
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=10_000, help="how many (10,000)")
    parser.add_argument(
        "--from", type=int, default=0, dest="first", help="make the texts before this one, but skip them"
    )
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    options = parser.parse_args()
    mutator = Mutator(options.seed)
    begun = told = time.monotonic()
    tried = claims = failed = 0
    for number in range(options.texts):
        text = mutator.text()
        if number < options.first:
            continue
        start = time.monotonic()
        try:
            claims += check(text, explained=number % 1000 == 0)
            if time.monotonic() - start > _SLOW and (spent := _again(text)) > _SLOW:
                raise TimeoutError(f"{spent:.1f} s")
        except Exception as error:
            failed += 1
            reason = f"{type(error).__name__}: {str(error)[:200]}"
            print(f"FAILED seed {options.seed} text {number}: {reason}: {text!r}", flush=True)
        tried += 1
        now = time.monotonic()
        if now - told > 60:
            told = now
            print(
                f"seed {options.seed}: {tried:,} texts, {claims:,} claims, {failed} failed, {now - begun:.0f} s",
                flush=True,
            )
        if now - begun > options.seconds:
            break
    spent = time.monotonic() - begun
    print(f"done: seed {options.seed}: {tried:,} texts, {claims:,} claims, {failed} failed, {spent:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
