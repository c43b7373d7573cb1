"""Extract the abstracts of gold files, score the claims, and fail where a figure is below its floor.

python .ci/floors.py FLOORS.toml SECTION GOLD.jsonl... [--texts INPUT]
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

from claimx import extract_many
from claimx.evaluate import evaluate, read_gold
from claimx.model import Document
from claimx.read import read


def main(floors_path: str, section: str, *arguments: str) -> int:
    """Print one line a figure; 1 if one is too low or more rows than allowed are from texts without numbers."""
    floors = tomllib.loads(Path(floors_path).read_text(encoding="utf-8"))[section]
    golds, texts = list(arguments), None
    if "--texts" in golds:
        at = golds.index("--texts")
        texts = golds.pop(at + 1)
        golds.pop(at)
    known = {document.id: document for document in read(texts)} if texts else None
    papers = [paper for gold in golds for paper in read_gold(gold, known)]
    begun = time.perf_counter()
    claims = list(extract_many(Document(id=p["id"], text=p["abstract"], title=p.get("title")) for p in papers))
    seconds = time.perf_counter() - begun
    result = evaluate(golds, claims, known)
    print(f"{section}: {len(papers):,} abstracts, {len(claims):,} claims, {len(papers) / seconds:,.0f} abstracts/s")
    failed = 0
    allowed = int(floors.pop("numberless", 0))
    for name, floor in floors.items():
        figure = result.f1(name)
        failed += figure < floor
        print(f"  {name:10} F1 {figure:.4f}  floor {floor:.4f}  {'TOO LOW' if figure < floor else 'ok'}")
    print(f"  rows from texts without a number: {result.numberless_rows}")
    return 1 if failed or result.numberless_rows > allowed else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
