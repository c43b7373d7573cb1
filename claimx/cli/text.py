"""Numbers and names as people read them, for the commands."""

from __future__ import annotations

import os
import sys

from claimx.display import baseline, counted, delta, number, plain, value

__all__ = ["baseline", "counted", "delta", "drop_stdout", "number", "plain", "value"]


def drop_stdout() -> None:
    """Let nothing more be written to standard output: what is still buffered must not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
