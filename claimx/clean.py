r"""Cleaning: escaped and lost LaTeX, HTML remnants, odd spaces → plain text with an origin map.

The tables are data, in ``grammars/clean.toml``; :mod:`claimx.markup` holds what a table cannot say; here edits become
text and origin map, pass after pass until nothing changes.

Names keep the form that a folded comparison finds: a subscript that begins with a digit closes up (``$F_1$`` → ``F1``,
``mAP$_{50}$`` → ``mAP50``), any other keeps its underscore (``FD_{DINOv2}`` → ``FD_DINOv2``); superscripts keep the
caret (``$R^2$`` → ``R^2``, ``10^{-3}`` → ``10^-3``). Nothing else is normalised: 10⁻³ stays as it is.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Sequence
from pathlib import Path

from claimx.markup import Edit, Scan
from claimx.markup_tables import Tables, load_tables
from claimx.model import Text
from claimx.resources import grammars_dir

# Beyond this many passes a text is hostile (mark-up that only appears as other mark-up goes); it is then left alone.
_MAX_PASSES = 8

# 0, 1, 2 …: slices of it are the origin map of what no edit touches.
_IDENTITY = array("l", range(1 << 13))


def _edits(tables: Tables, raw: str) -> list[Edit]:
    """The replacements of one pass, in order, without overlap."""
    edits = Scan(tables, raw).run()
    for rule in tables.separate:
        if any(trigger in raw for trigger in rule.triggers):
            edits += [(match.start(), match.end(), rule.replace) for match in rule.pattern.finditer(raw)]
    edits.sort(key=lambda edit: edit[0])
    kept, last = [], 0
    for edit in edits:
        if edit[0] >= last and raw[edit[0] : edit[1]] != edit[2]:
            kept.append(edit)
            last = edit[1]
    return kept


def _apply(text: Text, edits: Sequence[Edit]) -> Text:
    """``text`` after ``edits`` to its cleaned side, the origin map composed with the one it has."""
    source, at = text.clean, 0
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    whole = _IDENTITY if len(source) < len(_IDENTITY) else array("l", range(len(source) + 1))
    for start, end, replacement in edits:
        pieces += (source[at:start], replacement)
        starts += whole[at:start]
        ends += whole[at + 1 : start + 1]
        for _ in replacement:
            starts.append(start)
            ends.append(end)
        at = end
    pieces.append(source[at:])
    starts += whole[at : len(source)]
    ends += whole[at + 1 : len(source) + 1]
    if text.starts is not None and text.ends is not None:
        starts = array("l", map(text.starts.__getitem__, starts))
        ends = array("l", [text.ends[end - 1] for end in ends])
    return Text(text.raw, "".join(pieces), starts, ends)


@functools.lru_cache(maxsize=4)
def _tables(folder: Path) -> Tables:
    return load_tables(folder / "clean.toml")


def tables() -> Tables:
    """The tables of the current grammar folder, loaded once. Raises :class:`GrammarError`."""
    return _tables(grammars_dir())


def clean(raw: str) -> Text:
    """``raw`` with mark-up resolved and white space closed up, and the map from cleaned to raw offsets.

    Where nothing needs cleaning the text comes back as it is, without a map. Never raises on any text; only on a
    broken ``clean.toml`` (:class:`GrammarError`).
    """
    known, current = tables(), Text(raw, raw)
    for _ in range(_MAX_PASSES):
        if not known.needed(current.clean):
            return current
        edits = _edits(known, current.clean)
        if not edits:
            return current
        current = _apply(current, edits)
    return Text(raw, raw)
