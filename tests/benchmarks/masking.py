"""What the rules are worth without the names: figures against gold with a part of the lexicon's names removed.

    python tests/benchmarks/masking.py GOLD… [--share 0.5] [--seed N …]

For each seed a random share of the benchmarks and methods in the lexicons is taken away, each with all its forms, as if
nobody had ever heard of them. The fall of the figures tells how far names are known by their shape and context alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the checkout that this file stands in, also where another claimx is installed

from claimx import evaluate, lexicon  # noqa: E402
from claimx.errors import ReadError  # noqa: E402
from claimx.pipeline import Extractor  # noqa: E402
from claimx.resources import grammars_dir  # noqa: E402

MASKED = frozenset({"BENCH", "METHOD", "FAMILY"})
SEEDS = (1, 2, 3)

Figures = Mapping[str, float]


def masked(full: lexicon.Lexicon, share: float, seed: int) -> lexicon.Lexicon:
    """The lexicon without a random ``share`` of its benchmarks and methods; the same ones for the same seed."""
    names = sorted({(entry.kind, entry.name) for entry in full.entries if entry.kind in MASKED})
    gone = frozenset(random.Random(seed).sample(names, round(share * len(names))))
    return full.keeping(lambda entry: (entry.kind, entry.name) not in gone)


def figures(terms: lexicon.Lexicon, gold: Sequence[Path], papers: Sequence[dict[str, Any]]) -> Figures:
    """Strict F1 of each field."""
    reader = Extractor(terms)
    claims = (
        replace(claim, paper_id=str(paper["id"]))
        for paper in papers
        for claim in reader.extract(paper["abstract"], paper.get("title"))
    )
    result = evaluate.evaluate(list(gold), claims)
    return {name: result.f1(name) for name in evaluate.FIELDS}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="gold files, pooled")
    parser.add_argument("--share", type=float, default=0.5, help="part of the names to remove (default 0.5)")
    parser.add_argument("--seed", type=int, nargs="+", default=SEEDS, help="seeds (default 1 2 3)")
    parser.add_argument("--json", action="store_true", help="print the figures as a JSON object")
    given = parser.parse_args(arguments)
    if not 0 <= given.share <= 1:
        parser.error("--share must be between 0 and 1")
    try:
        papers = [paper for path in given.gold for paper in evaluate.read_gold(path)]
    except ReadError as error:
        parser.error(str(error))
    full = lexicon.load(grammars_dir())
    whole = figures(full, given.gold, papers)
    runs = {seed: figures(masked(full, given.share, seed), given.gold, papers) for seed in given.seed}
    mean = {name: fmean(run[name] for run in runs.values()) for name in evaluate.FIELDS}
    if given.json:
        print(json.dumps({"whole": whole, "masked": runs, "mean": mean}))
        return 0
    print(f"{len(papers)} abstracts, {given.share:.0%} of benchmarks and methods removed; strict F1, and its fall")
    print(f"{'':12}" + "".join(f"{name:>18}" for name in evaluate.FIELDS))
    print(f"{'whole':12}" + "".join(f"{whole[name]:18.3f}" for name in evaluate.FIELDS))
    for label, run in [*((f"seed {seed}", run) for seed, run in runs.items()), ("mean", mean)]:
        cells = (f"{run[name]:.3f} ({run[name] - whole[name]:+.3f})" for name in evaluate.FIELDS)
        print(f"{label:12}" + "".join(f"{cell:>18}" for cell in cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
