"""Whether what stands in a grammar file has the shape that it must have; each mistake is told with what is legal."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from claimx.errors import GrammarError


def table(value: Any, path: Path, what: str, keys: Collection[str] | None = None) -> dict[str, Any]:
    """``value`` as a table, empty where it is absent; with none but the ``keys``, if they are given."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise GrammarError(str(path), f"{what} must be a table, not {_shown(value)}", hint="key = value")
    for key in value:
        if keys is not None and key not in keys:
            near = difflib.get_close_matches(key, keys, 1)
            raise GrammarError(str(path), f"unknown key {key!r} in {what}", hint=", ".join(near or sorted(keys)))
    return value


def tables(value: Any, path: Path, what: str) -> list[dict[str, Any]]:
    """``value`` as an array of tables, empty where it is absent."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise GrammarError(str(path), f"{what!r} must be an array of tables, not {_shown(value)}", hint=f"[[{what}]]")
    return value


def strings(value: Any, path: Path, what: str) -> list[str]:
    """``value`` as strings of which none is blank; empty where it is absent."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise GrammarError(str(path), f"{what} must be an array of strings, not {_shown(value)}", hint='["a", "b"]')
    if not all(one.strip() for one in value):
        raise GrammarError(str(path), f"{what} has an empty string", hint="strings with a letter or digit")
    return value


def string(value: Any, path: Path, what: str, legal: Collection[str] | None = None) -> str:
    """``value`` as a string, one of the ``legal`` ones if they are given."""
    if not isinstance(value, str):
        raise GrammarError(
            str(path), f"{what} must be a string, not {_shown(value)}", hint=", ".join(map(repr, legal or ())) or '"…"'
        )
    if legal is not None and value not in legal:
        raise GrammarError(str(path), f"{what} is {value!r}", hint=", ".join(map(repr, legal)))
    return value


def _shown(value: Any) -> str:
    return repr(value)[:40]
