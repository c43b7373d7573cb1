"""Where the grammar data lives: in the wheel beside the modules, in a checkout beside the package."""

from __future__ import annotations

import functools
import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

from claimx.errors import GrammarError

ENVIRONMENT = "CLAIMX_GRAMMARS"
_DATA = (".toml", ".txt")


def grammars_dir() -> Path:
    """The folder of grammar files: ``$CLAIMX_GRAMMARS`` if set, else the wheel's own copy, else the checkout's.

    Raises :class:`claimx.errors.GrammarError` naming the folder that is missing.
    """
    return _locate(os.environ.get(ENVIRONMENT, ""))


@functools.lru_cache(maxsize=8)
def _locate(override: str) -> Path:
    if override:
        path = Path(override)
        if path.is_dir():
            return path
        raise GrammarError(str(path), f"no such folder, named by the environment variable {ENVIRONMENT}")
    package = Path(__file__).resolve().parent
    for path in (package / "grammars", package.parent / "grammars"):
        if path.is_dir():
            return path
    raise GrammarError(
        str(package / "grammars"),
        "the grammar files are missing from the installation",
        hint=f"reinstall claimx, or point {ENVIRONMENT} at a grammars folder",
    )


def grammar_hash() -> str:
    """SHA-256, in hexadecimal, over the names and contents of the grammar's data files in sorted order.

    Prose (the README beside them) is left out: it changes no row. Read once per process and folder. Raises
    :class:`claimx.errors.GrammarError` where a file cannot be read.
    """
    try:
        return _hash_of(grammars_dir())
    except OSError as error:
        raise GrammarError(error.filename or "grammars", f"cannot be read: {error.strerror or error}") from error


@functools.lru_cache(maxsize=8)
def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.suffix in _DATA and path.is_file())
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in files):
        content = path.read_bytes()
        # Lengths go in as well, so that no two different folders run together into the same stream of bytes.
        digest.update(f"{len(name)}:{name}:{len(content)}:".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def read_text(path: Path) -> str:
    """The content of a grammar file; :class:`GrammarError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf8")
    except OSError as e:
        raise GrammarError(str(path), f"cannot be read: {e.strerror or e}") from None
    except UnicodeDecodeError as e:
        raise GrammarError(str(path), f"is not UTF-8 (byte {e.start})") from None


def read_toml(path: Path, hint: str | None = None) -> dict[str, Any]:
    """The content of a TOML grammar file.

    :class:`GrammarError` where it cannot be read; ``hint`` says what would be legal.
    """
    try:
        return tomllib.loads(read_text(path))
    except RecursionError:
        raise GrammarError(str(path), "is nested too deeply", hint=hint) from None
    except tomllib.TOMLDecodeError as e:
        raise GrammarError(str(path), f"is not TOML: {e}", hint=hint) from None
