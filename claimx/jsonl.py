"""Files of JSON lines that must be sound from first to last: gold, and claim tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from claimx.errors import ReadError


def json_lines(path: str | os.PathLike[str]) -> Iterator[tuple[int, Any]]:
    """The values of a file's lines that are not blank, with the lines' numbers from 1.

    Raises ReadError naming the line, and the column where it is known, for what is no JSON in UTF-8.
    """
    name = os.fsdecode(path)
    try:
        with open(path, "rb") as stream:
            for number, data in enumerate(stream, 1):
                if not data.isspace():
                    yield number, _value(data, name, number)
    except OSError as error:
        raise ReadError(name, error.strerror or str(error)) from error


def _value(data: bytes, name: str, number: int) -> Any:
    try:
        return json.loads(data.decode())
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start + 1} of the line"
    except json.JSONDecodeError as error:
        reason = f"no JSON at column {error.colno}: {error.msg.removesuffix(' starting at')}"
    except RecursionError:
        reason = "JSON nested too deeply"
    except ValueError:  # the only other one that the parser raises
        reason = "a whole number of more than 4,300 digits"
    raise ReadError(name, f"{reason}; each line must be a JSON object", number)
