"""What the document knows beyond one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Token
from ..names import Register


@dataclass(slots=True)
class Context:
    """The document's names, the benchmarks it evaluates on by sentence, the metric and the method last spoken of."""

    register: Register
    sentence: int = 0
    last_metric: Token | None = None
    before: Token | None = None  # the metric last spoken of when the sentence began
    last_who: str | None = None  # whose value the last row is
    places: dict[int, list[Token]] = field(default_factory=dict)  # benchmarks by sentence
    spoken: dict[str, Token] = field(default_factory=dict)  # and those of all, by name

    def enter(self, sentence: int) -> None:
        self.sentence = sentence
        self.before = self.last_metric

    def visit(self, tokens: Sequence[Token]) -> None:
        """Remember the benchmarks of a sentence, once each, in order."""
        found: dict[str, Token] = {}
        for t in tokens:
            if t.type == "BENCH" and t.head != "on":
                found.setdefault(t.name or t.text, t)
        if found:
            self.places[self.sentence] = list(found.values())
            self.spoken.update(found)

    def place(self) -> list[Token]:
        """The benchmark where a sentence names none: the document's own, the one just spoken of, the only one."""
        bench = self.register.bench
        if bench is not None:
            return [Token(0, 0, bench.name, bench.name.lower(), "BENCH", name=bench.name)]
        near = self.places.get(self.sentence - 1)
        if near is not None:
            return near if len(near) == 1 else []
        return list(self.spoken.values()) if len(self.spoken) == 1 else []
