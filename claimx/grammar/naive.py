"""A plain backtracking matcher over parsed patterns, without regular expressions.

Slow and simple: it shows how far a pattern got where it did not match, and the tests hold the compiled patterns
against it. Its choices come in the order in which a regular expression tries them, so its first end is the match's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .compile import MAX_LIST, SINGLE, Compiler
from .parse import Node
from .symbols import Symbols


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pattern got: the tokens covered, ``steps`` of its ``total`` needed items, and what it wanted next."""

    start: int
    end: int
    steps: int
    total: int
    wanted: str


class Naive:
    """Matches parsed patterns item by item against one alphabet, which must be complete."""

    def __init__(self, symbols: Symbols) -> None:
        self._compiler = Compiler(symbols)
        self._sets: dict[int, frozenset[str]] = {}
        self._nodes: list[Node] = []  # keeps the nodes alive by whose identity the sets are stored
        self._gap = frozenset(self._compiler.gap)

    def spans(self, node: Node, encoded: str) -> list[tuple[int, int]]:
        """The spans at which a compiled pattern must match: at most one for each start."""
        out = []
        for at in range(len(encoded) + 1):
            end = next(self.ends(node, encoded, at), None)
            if end is not None:
                out.append((at, end))
        return out

    def ends(self, node: Node, encoded: str, at: int) -> Iterator[int]:
        """Every end of a match of ``node`` that starts at ``at``, in order of preference; an end may come twice."""
        if node.kind == "gap":
            yield from self._gap_ends(int(node.text), encoded, at)
        elif (node.low, node.high) == (1, 1):
            yield from self._once(node, encoded, at)
        else:
            yield from self._repeat(node, encoded, at, 0)

    def progress(self, node: Node, encoded: str) -> Progress | None:
        """The longest prefix of a sequence that matches somewhere; None if its first needed item is nowhere."""
        items = node.items if node.kind == "seq" else [node]
        needed = [i for i, item in enumerate(items) if item.low and item.kind != "gap"]
        best: Progress | None = None
        for start in range(len(encoded)):
            ends, reached = {start}, start
            for i, item in enumerate(items):
                following = {e for at in ends for e in self.ends(item, encoded, at)}
                if not following:
                    break
                ends = following
                if i in needed:
                    reached = min(ends)
            else:
                i = len(items)
            steps = sum(1 for k in needed if k < i)
            if steps and (best is None or steps > best.steps):
                wanted = _source(items[i]) if i < len(items) else ""
                best = Progress(start, reached, steps, len(needed), wanted)
        return best

    def _gap_ends(self, most: int, encoded: str, at: int) -> Iterator[int]:
        yield at
        for end in range(at + 1, min(at + most, len(encoded)) + 1):
            if encoded[end - 1] not in self._gap:
                return
            yield end

    def _repeat(self, node: Node, encoded: str, at: int, count: int) -> Iterator[int]:
        if count < node.high:
            for end in self._once(node, encoded, at):
                if end > at or count + 1 < node.low:
                    yield from self._repeat(node, encoded, end, count + 1)
                else:
                    yield end  # a round that took nothing ends the repeat, as it does in regular expressions
        if count >= node.low:
            yield at

    def _once(self, node: Node, encoded: str, at: int) -> Iterator[int]:
        if node.kind == "seq":
            yield from self._sequence(node.items, 0, encoded, at)
        elif node.kind == "alt":
            for item in node.items:
                yield from self.ends(item, encoded, at)
        elif at < len(encoded) and encoded[at] in self._chars(node):
            yield self._list_end(node, encoded, at + 1) if node.many else at + 1

    def _sequence(self, items: list[Node], n: int, encoded: str, at: int) -> Iterator[int]:
        if n == len(items):
            yield at
            return
        for end in self.ends(items[n], encoded, at):
            yield from self._sequence(items, n + 1, encoded, end)

    def _list_end(self, node: Node, encoded: str, end: int) -> int:
        """Lists take all the items they can and give none back."""
        chars, comma, join = self._chars(node), self._compiler.comma, self._compiler.join
        for _ in range(MAX_LIST - 1):
            if (
                encoded[end : end + 1] == comma
                and encoded[end + 1 : end + 2] in join
                and encoded[end + 2 : end + 3] in chars
            ):
                end += 3
            elif encoded[end : end + 1] in join and encoded[end + 1 : end + 2] in chars:
                end += 2
            else:
                break
        return end

    def _chars(self, node: Node) -> frozenset[str]:
        found = self._sets.get(id(node))
        if found is None:
            assert node.kind in SINGLE
            found = self._sets[id(node)] = frozenset(self._compiler.chars(node))
            self._nodes.append(node)
        return found


def _source(node: Node) -> str:
    """An item in the notation, for a reader's eyes."""
    if node.kind == "gap":
        return "~" + node.text
    if node.kind in ("type", "word"):
        body = node.text
    elif node.kind == "class":
        body = f"<{node.text}>"
    else:
        parts = [_source(item) for item in node.items]
        body = " ".join(parts) if node.kind == "seq" else "[ " + " | ".join(parts) + " ]"
    if (node.low, node.high) != (1, 1):
        times = "?" if (node.low, node.high) == (0, 1) else f"{{{node.low},{node.high}}}"
    else:
        times = "+" if node.many else ""
    return (f"{node.capture}:" if node.capture else "") + body + times
