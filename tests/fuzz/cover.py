"""A coverage-guided run with atheris: ``python tests/fuzz/cover.py [CORPUS] [options of libFuzzer]``."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

with atheris.instrument_imports(include=["claimx"]):
    from invariants import check, check_reading
    from seeds import FILES, sentences

    import claimx.pipeline  # noqa: F401
    from claimx.read import arxiv, bibtex, csv, jsonl, markdown, openalex, pages, s2, text  # noqa: F401 - read by name

_CORPUS = Path(__file__).resolve().parent / ".corpus"


def one_input(data: bytes) -> None:
    """One input: its first byte chooses what it is, a text or a file of some format."""
    if data:
        kind, content = data[0] % 8, data[1:]
        if kind < 6:
            # Surrogates come in too, as they do from JSON escapes.
            check(content.decode("utf-8", "surrogateescape"), explained=kind == 0)
        else:
            check_reading(content)


def _write_seeds(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for n, sentence in enumerate(sentences()):
        (folder / f"text-{n:04}").write_bytes(b"\x01" + sentence.encode("utf-8", "surrogateescape"))
    for name, content in FILES.items():
        (folder / f"file-{name}").write_bytes(b"\x06" + content)


if __name__ == "__main__":
    if not any(not argument.startswith("-") for argument in sys.argv[1:]):
        _write_seeds(_CORPUS)
        sys.argv.append(str(_CORPUS))
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
