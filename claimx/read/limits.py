"""The bounds that keep a hostile or damaged input from taking all memory.

Text measures are bytes before decoding. A record beyond a bound is skipped with its reason; it never ends a run.
"""

from __future__ import annotations

MAX_RECORD = 64 * 1024 * 1024
"""Longest line, JSON record, CSV record, BibTeX entry or text block that is kept, in bytes: 64 MiB."""

MAX_BRACES = 100
"""Deepest nesting of braces in a BibTeX entry."""

MAX_MACRO = 64 * 1024
"""Longest expansion of a BibTeX ``@string``, in characters, so that macros made of macros cannot explode."""

MAX_MACROS = 10_000
"""Most ``@string`` definitions that are remembered."""

CHUNK = 256 * 1024
"""Bytes read or decompressed at a time."""

HEAD = 64 * 1024
"""Bytes looked at to tell the format."""
