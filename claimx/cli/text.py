"""Numbers and names as people read them, safe for a terminal."""

from __future__ import annotations

import re

from claimx.display import baseline, counted, delta, number, value

__all__ = ["baseline", "counted", "delta", "number", "plain", "value"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str, keep: str = "") -> str:
    """``text`` without characters that steer a terminal: each becomes a space, but for those in ``keep``."""
    return _CONTROL.sub(lambda match: match[0] if match[0] in keep else " ", text)
