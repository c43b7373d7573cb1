"""Grammar files: TOML to checked patterns, with errors that name file, pattern, column and the legal options."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import GrammarError
from ..resources import read_toml
from .parse import Node, PatternSyntax, parse

CAPTURES = ("value", "delta", "base", "metric", "benchmark", "method", "baseline", "change", "skip", "setting", "mark")
SENSES = ("", "up", "down", "better", "worse")
ROLES = ("claim", "reject")
KEYS = {"name", "match", "sense", "role", "pair", "metric", "rank", "example", "delta_kind"}
EXAMPLE_KEYS = {"text", "claims", "why", "title"}
NUMBERS = {"claim": {"value", "delta", "base"}, "reject": {"skip"}}  # what a rule of each role must capture
DELTA_KINDS = ("", "points", "relative", "factor", "percent")


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a pattern: a sentence and the claims that it must give (none for a near miss)."""

    text: str
    claims: tuple[dict[str, Any], ...]
    why: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One checked rule.

    ``sense`` is how the metric moves where no captured change word says it; ``role`` tells claims from rejections;
    ``pair`` is how lists meet (``zip``: one to one; ``broadcast``: each with each); ``metric`` a metric that the rule
    implies; ``rank`` breaks ties between rules that read the same number (higher first).
    """

    name: str
    path: str
    source: str
    node: Node
    sense: str = ""
    role: str = "claim"
    pair: str = "broadcast"
    metric: str = ""
    delta_kind: str = ""
    rank: int = 0
    examples: tuple[Example, ...] = field(default=(), compare=False)


def load_patterns(path: Path) -> list[Pattern]:
    """All patterns of one file; raises :class:`GrammarError`."""
    data = read_toml(path, "[[pattern]] tables with name, match and [[pattern.example]]")
    rows = data.get("pattern", [])
    extra = set(data) - {"pattern"}
    if extra:
        raise GrammarError(str(path), f"unknown top-level key {sorted(extra)[0]!r}", hint="[[pattern]]")
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise GrammarError(str(path), "'pattern' must be an array of tables", hint="[[pattern]]")
    return [_pattern(row, str(path), n) for n, row in enumerate(rows, 1)]


def _pattern(row: dict[str, Any], path: str, number: int) -> Pattern:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise GrammarError(path, f"pattern {number} has no name", hint='name = "metric-of-value"')
    for key in row:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            raise GrammarError(path, f"unknown key {key!r}", name, hint=", ".join(near or sorted(KEYS)))
    source = row.get("match")
    if not isinstance(source, str) or not source.strip():
        raise GrammarError(path, "has no match line", name, hint='match = "metric:METRIC of value:SCORE"')
    for key, legal in (("sense", SENSES), ("role", ROLES), ("pair", ("broadcast", "zip")), ("delta_kind", DELTA_KINDS)):
        if row.get(key, legal[0]) not in legal:
            raise GrammarError(path, f"{key} = {row[key]!r}", name, hint=", ".join(repr(v) for v in legal))
    if not isinstance(row.get("rank", 0), int) or isinstance(row.get("rank", 0), bool):
        raise GrammarError(path, "rank must be a whole number", name, hint="rank = 10")
    if not isinstance(row.get("metric", ""), str):
        raise GrammarError(path, "metric must be a string", name, hint='metric = "speed"')
    try:
        node = parse(source)
    except PatternSyntax as e:
        raise GrammarError(path, e.reason, name, source, e.column, e.hint) from None
    _check_captures(node, path, name, source)
    due = NUMBERS[row.get("role", "claim")]
    if due.isdisjoint(_captures(node)):
        raise GrammarError(
            path, "captures no number", name, source, hint=" or ".join(f"{c}:VALUE" for c in sorted(due))
        )
    return Pattern(
        name,
        path,
        source,
        node,
        row.get("sense", ""),
        row.get("role", "claim"),
        row.get("pair", "broadcast"),
        row.get("metric", ""),
        row.get("delta_kind", ""),
        row.get("rank", 0),
        _examples(row, path, name),
    )


def _check_captures(node: Node, path: str, name: str, source: str) -> None:
    if node.capture and node.capture not in CAPTURES:
        near = difflib.get_close_matches(node.capture, CAPTURES, 1)
        raise GrammarError(
            path, f"no capture is called {node.capture!r}", name, source, node.column, ", ".join(near or CAPTURES)
        )
    for item in node.items:
        _check_captures(item, path, name, source)


def _captures(node: Node) -> set[str]:
    return {node.capture}.union(*map(_captures, node.items))


def _examples(row: dict[str, Any], path: str, name: str) -> tuple[Example, ...]:
    rows = row.get("example", [])
    if not isinstance(rows, list):
        raise GrammarError(path, "examples must be [[pattern.example]] tables", name)
    out = []
    for r in rows:
        if (
            not isinstance(r, dict)
            or not isinstance(r.get("text"), str)
            or not isinstance(r.get("claims"), list)
            or not all(isinstance(c, dict) for c in r["claims"])
        ):
            raise GrammarError(
                path,
                "an example needs text and claims",
                name,
                hint='text = "…", claims = [ { metric = "accuracy", value = "90 %" } ]',
            )
        for key in r:
            if key not in EXAMPLE_KEYS:
                near = difflib.get_close_matches(key, EXAMPLE_KEYS, 1)
                raise GrammarError(
                    path,
                    f"unknown key {key!r} in an example",
                    name,
                    r["text"],
                    hint=", ".join(near or sorted(EXAMPLE_KEYS)),
                )
        if not all(isinstance(r.get(key, ""), str) for key in ("why", "title")):
            raise GrammarError(
                path,
                "why and title must be strings",
                name,
                r["text"],
                hint='why = "a bare integer before a plain noun is a count"',
            )
        if not r["claims"] and not r.get("why") and row.get("role", "claim") == "claim":
            raise GrammarError(
                path, "an example without claims is a near miss and must say why", name, r["text"], hint='why = "…"'
            )
        out.append(Example(r["text"], tuple(r["claims"]), r.get("why", ""), r.get("title")))
    return tuple(out)
