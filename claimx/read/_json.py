"""JSON text to values: orjson where it is installed, the standard library elsewhere, with the same verdicts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_fast: Callable[[bytes], Any] | None
try:
    from orjson import loads as _fast
except ImportError:  # an optional speed-up
    _fast = None


def loads(text: str) -> Any:
    """Parse JSON with the standard library. Raises ValueError with a short reason."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}".removesuffix(" starting at")
        raise ValueError(f"not valid JSON: {reason} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    except ValueError:  # the only other one that the parser raises
        raise ValueError("not usable JSON: a whole number of more than 4,300 digits") from None


def loads_fast(data: bytes) -> Any:
    """Parse UTF-8 JSON as fast as can be. A ValueError only means that :func:`loads` has the last word."""
    if _fast is not None:
        return _fast(data)
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
