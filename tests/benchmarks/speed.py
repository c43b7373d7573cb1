"""Abstracts a second: claimx against the least that any extractor must do, and against a peer where one is installed.

    python tests/benchmarks/speed.py [FILE] [--abstracts N] [--rounds N]

Every contender reads the same texts in the same run; the rounds go round them all, so that a slow moment of the machine
hits each alike, and each contender's best round counts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the checkout that this file stands in, also where another claimx is installed

import claimx  # noqa: E402

SAMPLE = ROOT / "datasets" / "sample.jsonl"
NUMBER = re.compile(r"[-+]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
DECIMAL = re.compile(r"(?<![\w.])[0-9]+\.[0-9]+(?![\w.])")
PEER_SHARE = 20  # a general extractor takes its time: it reads one in so many of the texts


def vary(text: str, chance: random.Random) -> str:
    """The text with other decimals of the same width, so that no cache answers for a text read before."""
    return DECIMAL.sub(lambda match: re.sub("[0-9]", lambda _: str(chance.randint(1, 9)), match[0]), text)


def corpus(path: Path, count: int) -> list[str]:
    """``count`` texts made of a file's abstracts, again and again with varied numbers; the same ones each time."""
    texts = [str(document.text) for document in claimx.read(path)]
    if not texts:
        raise SystemExit(f"{path}: holds no abstract")
    chance = random.Random(7)
    return texts[:count] + [vary(texts[n % len(texts)], chance) for n in range(len(texts), count)]


def floor(text: str) -> int:
    """Find number-like strings and cut at full stops: no units, no names, no claims."""
    return len(NUMBER.findall(text)) + len(SENTENCE.split(text))


def peer() -> Callable[[str], object] | None:
    """The parser of quantulum3, a general quantity extractor, or None where it cannot be imported."""
    try:
        with warnings.catch_warnings():  # it warns that its optional classifier is not there
            warnings.simplefilter("ignore")
            from quantulum3 import parser  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    parse: Callable[[str], object] = parser.parse
    try:
        parse("It takes 3.5 seconds.")
    except Exception as error:  # whatever it stumbles over, the other figures stand
        print(f"quantulum3 is there but does not run: {error}", file=sys.stderr)
        return None
    return parse


def run(work: Callable[[str], object], texts: Iterable[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - start


def measure(texts: list[str], rounds: int) -> dict[str, float]:
    """Abstracts a second for each contender, best of ``rounds``."""
    contenders: dict[str, tuple[Callable[[str], Any], list[str]]] = {
        "floor: bare re": (floor, texts),
        "claimx.find_quantities": (claimx.find_quantities, texts),
        "claimx.extract": (claimx.extract, texts),
    }
    other = peer()
    if other is not None:
        contenders["quantulum3"] = (other, texts[::PEER_SHARE])
    for work, some in contenders.values():
        run(work, some[:20])  # load grammars, compile, warm up
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, (work, some) in contenders.items():
            best[name] = min(best[name], run(work, some) / len(some))
    return {name: 1 / seconds for name, seconds in best.items()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, help="any input of claimx extract")
    parser.add_argument("--abstracts", type=int, default=2000, help="texts to read a round (default 2000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts (default 3)")
    parser.add_argument("--json", action="store_true", help="print the rates as a JSON object")
    given = parser.parse_args(arguments)
    if given.abstracts < 1 or given.rounds < 1:
        parser.error("--abstracts and --rounds must be at least 1")
    texts = corpus(given.file, given.abstracts)
    rates = measure(texts, given.rounds)
    if given.json:
        print(json.dumps(rates))
        return 0
    size = sum(map(len, texts))
    own = rates["claimx.extract"]
    print(f"{len(texts)} abstracts, {size / len(texts):.0f} characters each, best of {given.rounds} rounds")
    print(f"{'':24}{'abstracts/s':>12}{'MB/s':>8}{'of extract':>12}")
    for name, rate in rates.items():
        print(f"{name:24}{rate:12,.0f}{rate * size / len(texts) / 1e6:8.2f}{rate / own:11.2f}x")
    if "quantulum3" not in rates:
        print("quantulum3              left out: not installed (pip install quantulum3)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
