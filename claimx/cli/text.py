"""Numbers and names as people read them, for the commands."""

from __future__ import annotations

from claimx.display import baseline, counted, delta, number, plain, value

__all__ = ["baseline", "counted", "delta", "number", "plain", "value"]
