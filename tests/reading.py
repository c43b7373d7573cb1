"""A sentence read up to where its candidates are collected, and the candidates of a document's rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from claimx import names
from claimx.assemble import candidates, drafts, readings, scene
from claimx.assemble.candidates import Candidate, Row
from claimx.assemble.choose import Choice
from claimx.explain import Step
from claimx.pipeline import Extractor, extractor
from claimx.quantities import find_quantities


def rows(text: str) -> list[Row]:
    """The rows of a text of one sentence, read by the shipped grammar, before names are looked for."""
    extract = extractor()
    tokens = extract.tokens(text, 0, len(text), find_quantities(text), names.build(None, text))
    found = readings.read(tokens, extract.grammar.match("".join(t.symbol for t in tokens)))
    setting = scene.build(tokens, extract.words)
    made = extract.assembler.joins.join(drafts.build(found), setting)
    return candidates.rows(made, setting)


@cache
def learner() -> Extractor:
    """An extractor that keeps every feature of its candidates, whatever the weights."""
    return Extractor(learning=True)


def choices(text: str, title: str | None = None, extract: Extractor | None = None) -> list[Choice]:
    """What the rows of a document choose from, with all features."""
    steps: list[Step] = []
    (extract or learner()).extract(text, title, steps.append)
    return [row.choice for step in steps for row in step.rows]


def found(options: Sequence[Candidate]) -> set[str | None]:
    """The names of candidates; several together are joined by "+"."""
    return {" + ".join(str(n.name) for n in c.names) if c.names != (candidates.NONE,) else None for c in options}


def one(options: Sequence[Candidate], name: str | None) -> Candidate:
    """The candidate of that name."""
    [candidate] = [c for c in options if found([c]) == {name}]
    return candidate
