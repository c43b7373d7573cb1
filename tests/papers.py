"""Papers for tests of whole runs: as many as are asked for, each with claims of its own, no file read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

_FORMS = (
    "TidalNet reaches {a}% accuracy on CIFAR-10, against {b}% of PlainNet.",
    "We raise mIoU on Cityscapes from {b}% to {a}%. Nothing else is measured.",
    "Nets for images waste their depth. Ours is up to {c}x faster than PlainNet, at a WER of {d}% on LibriSpeech.",
    "A survey without results: naïve, 数, “quoted”.",
    "On ImageNet it gains {d} points in top-1 accuracy over the baseline and takes {b} ms.",
)


def records(count: int, first: int = 0) -> Iterator[dict[str, str]]:
    """``count`` records for JSON lines, the same ones each time; every 13th title names a method."""
    for n in range(first, first + count):
        a, b, c, d = 60 + n % 397 / 10, 20 + n % 389 / 10, 1 + n % 83 / 10, 1 + n % 67 / 10
        text = _FORMS[n % len(_FORMS)].format(a=f"{a:.1f}", b=f"{b:.1f}", c=f"{c:.1f}", d=f"{d:.1f}")
        title = f"TideFold-{n}: Folding" if n % 13 == 0 else f"Paper {n}"
        yield {"id": f"p{n}", "title": title, "abstract": text, "published": f"20{n % 20 + 10}-0{n % 9 + 1}-11"}


def write_records(path: Path, count: int, first: int = 0) -> Path:
    """The records as a file of JSON lines."""
    with open(path, "w", encoding="utf-8") as stream:
        for record in records(count, first):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
