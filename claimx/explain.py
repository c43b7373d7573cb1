"""How a text was read: each sentence's tokens, the patterns that fired or nearly did, where each field came from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .assemble import Assembled
from .assemble.candidates import DEFAULT, RULE, Candidate
from .assemble.choose import Choice
from .assemble.ranking import CERTAINTY
from .grammar import Grammar, Match
from .model import Claim, Span, Text, Token

NUMBERS = {"value": ("value_high", "value_error", "unit"), "delta": ("delta_high", "delta_kind"), "baseline_value": ()}
NAMES = ("method", "baseline", "benchmark", "metric")
OTHERS = ("bound", "aggregate", "setting", "task", "improved", "check")
MAX_NEAR = 5
MAX_RIVALS, MIN_RIVAL = 3, 0.01
MAX_FEATURES, MIN_WEIGHT = 3, 0.01
MIN_DOUBT = 0.05  # a field without a name is worth a line where another candidate is at least so probable
WIDTH = 120  # columns of a terminal
CERTAIN = "certain"  # stands for a feature where a rule leaves nothing open
_DIM, _BOLD, _GREEN, _CYAN, _YELLOW, _OFF = "\x1b[2m", "\x1b[1m", "\x1b[32m", "\x1b[36m", "\x1b[33m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence on its way through the pipeline: its span in the cleaned text and what each stage made of it."""

    span: Span
    tokens: Sequence[Token]
    encoded: str
    matches: Sequence[Match]
    rows: Sequence[Assembled]

    @property
    def claims(self) -> list[Claim]:
        """The claims of the sentence."""
        return [claim for row in self.rows for claim in row.claims]


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token: its text, type, canonical name where one is known, and its span in the text as handed in.

    ``classes`` are the classes of a word that patterns ask for.
    """

    text: str
    type: str
    name: str | None
    start: int
    end: int
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchView:
    """A pattern that fired: the text it covers and what each capture holds."""

    pattern: str
    rank: int
    role: str
    text: str
    captures: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A pattern that began to match: ``steps`` of its ``total`` needed items, their text, and what it wanted next."""

    pattern: str
    steps: int
    total: int
    text: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Rival:
    """Another candidate: its names, several where it is a list and none where it is nothing, and its probability."""

    names: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """Why a field has its names and no others.

    ``names`` are those of the chosen candidate, none where it is nothing; ``probability`` (0 to 1) is its share among
    all; ``reason`` tells why the rules propose it, None where they do not; ``features`` are the weightiest that speak
    for it; ``rivals`` the likeliest others.
    """

    names: tuple[str, ...]
    probability: float
    reason: str | None
    features: tuple[tuple[str, float], ...]
    rivals: tuple[Rival, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a claim: its value, where that came from, and its span in the text as handed in, if it has one.

    ``choice`` is there for a field that is chosen among candidates; ``source`` then is the candidate's.
    """

    name: str
    value: Any
    source: str
    span: Span | None
    choice: ChoiceView | None = None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One row with the rule that made it and how sure it is, from 0 to 1."""

    rule: str
    confidence: float | None
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence; ``read`` is False where it holds no number and was passed over."""

    text: str
    start: int
    end: int
    read: bool
    tokens: tuple[TokenView, ...] = ()
    matches: tuple[MatchView, ...] = ()
    near: tuple[NearMiss, ...] = ()
    claims: tuple[ClaimView, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a text was read, sentence by sentence."""

    text: str
    title: str | None
    sentences: tuple[SentenceView, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as plain dicts and tuples."""
        return asdict(self)

    def render(self, color: bool = False) -> str:
        """A description for a terminal, with ANSI colours if ``color``."""
        return "\n".join(_lines(self, color))


def build(text: Text, title: str | None, spans: Iterable[Span], steps: Iterable[Step], grammar: Grammar) -> Explanation:
    """The explanation of the steps that a text took; ``spans`` are all its sentences in the cleaned text."""
    taken = {step.span: step for step in steps}
    return Explanation(text.raw, title, tuple(_sentence(text, span, taken.get(span), grammar) for span in spans))


def _sentence(text: Text, span: Span, step: Step | None, grammar: Grammar) -> SentenceView:
    start, end = text.origin(*span)
    if step is None:
        return SentenceView(text.raw[start:end], start, end, False)
    tokens = step.tokens
    matches = sorted(step.matches, key=lambda m: (m.start, -m.pattern.rank, m.pattern.name))
    fired = {m.pattern.name for m in matches}
    near = []
    for pattern, progress in grammar.progress(step.encoded, fired):
        covered = _joined(tokens[progress.start : progress.end])
        near.append(NearMiss(pattern.name, progress.steps, progress.total, covered, progress.wanted))
    near.sort(key=lambda miss: (-miss.steps / miss.total, -miss.steps, miss.pattern))
    return SentenceView(
        text.raw[start:end],
        start,
        end,
        True,
        tuple(
            TokenView(
                t.text,
                t.type,
                t.name,
                *text.origin(t.start, t.end),
                grammar.classes_of(t.low) if t.type == "WORD" else (),
            )
            for t in tokens
        ),
        tuple(
            MatchView(
                m.pattern.name,
                m.pattern.rank,
                m.pattern.role,
                _joined(tokens[m.start : m.end]),
                {name: tuple(tokens[i].text for i in at) for name, at in m.captures.items()},
            )
            for m in matches
        ),
        tuple(miss for miss in near if miss.steps > 1)[:MAX_NEAR],
        tuple(_claim(c, row.choice, tokens, text) for row in step.rows for c in row.claims),
    )


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens)


def _claim(claim: Claim, choice: Choice, tokens: Sequence[Token], text: Text) -> ClaimView:
    fields = []
    at = next((s for name in NUMBERS if (s := getattr(claim, name + "_start")) is not None), 0)
    for name, parts in NUMBERS.items():
        value = getattr(claim, name)
        if value is None:
            continue
        span = (getattr(claim, name + "_start"), getattr(claim, name + "_end"))
        source = claim.reasons.get(name) or ("computed" if name == "delta" and claim.delta_derived else claim.rule)
        fields.append(FieldView(name, value, source, span if None not in span else None))
        fields.extend(FieldView(p, v, "with " + name, None) for p in parts if (v := getattr(claim, p)) is not None)
        if name != "value" and claim.value is None and name == "delta" and claim.unit is not None:
            fields.append(FieldView("unit", claim.unit, "with delta", None))
    for name in NAMES:
        value = getattr(claim, name)
        ranked = choice.candidates(name)
        if value is not None or any(c.probability >= MIN_DOUBT for c in ranked[1:]):
            where = _where(getattr(claim, name + "_text"), tokens, text, at)
            fields.append(FieldView(name, value, ranked[0].source, where, _choice(ranked)))
    for name in OTHERS:
        value = getattr(claim, name)
        if value is not None and not (name == "bound" and value == "="):
            source = "the arithmetic" if name == "check" else "the wording"
            fields.append(FieldView(name, value, claim.reasons.get(name, source), None))
    return ClaimView(claim.rule, claim.confidence, tuple(fields))


def _choice(ranked: Sequence[Candidate]) -> ChoiceView:
    best = ranked[0]
    features = sorted(((f, w) for f, w in best.features.items() if w >= MIN_WEIGHT), key=lambda item: -item[1])
    if best.certain:
        features.insert(0, (CERTAIN, CERTAINTY))
    rivals = [Rival(_names(c), round(c.probability, 4)) for c in ranked[1:] if c.probability >= MIN_RIVAL]
    return ChoiceView(
        _names(best),
        round(best.probability, 4),
        best.reason,
        tuple(features[:MAX_FEATURES]),
        tuple(rivals[:MAX_RIVALS]),
    )


def _names(candidate: Candidate) -> tuple[str, ...]:
    return tuple(n.name for n in candidate.names if n.name is not None)


def _where(written: str | None, tokens: Sequence[Token], text: Text, at: int) -> Span | None:
    """Where the token with this text stands, the one closest to the number if there are several."""
    spans = [text.origin(t.start, t.end) for t in tokens if t.text == written] if written else []
    return min(spans, key=lambda s: abs(s[0] - at), default=None)


def _lines(explanation: Explanation, color: bool) -> list[str]:
    def paint(style: str, words: str) -> str:
        return f"{style}{words}{_OFF}" if color else words

    out: list[str] = []
    for sentence in explanation.sentences:
        if out:
            out.append("")
        out.append(paint(_BOLD, _one_line(sentence.text)))
        if not sentence.read:
            out.append("  " + paint(_DIM, "no number: not read"))
            continue
        width = max((len(t.type) for t in sentence.tokens), default=0)
        out.append("  tokens")
        for t in sentence.tokens:
            name = "" if t.name in (None, t.text) else paint(_DIM, f"  = {_one_line(str(t.name))}")
            name += paint(_DIM, "".join(f"  <{c}>" for c in t.classes))
            out.append(f"    {paint(_CYAN, t.type.ljust(width))}  {_one_line(t.text)}{name}")
        out.append("  patterns" if sentence.matches else "  patterns: none fired")
        for m in sentence.matches:
            held = "  ".join(f"{name}={_one_line(' | '.join(texts))}" for name, texts in m.captures.items())
            role = " (reject)" if m.role == "reject" else ""
            out.append(f"    {paint(_GREEN, m.pattern)}{role} [{m.rank}]  “{_one_line(m.text)}”  {held}".rstrip())
        if sentence.near:
            out.append("  nearly")
        for miss in sentence.near:
            out.append(
                f"    {paint(_YELLOW, miss.pattern)}  {miss.steps} of {miss.total}  "
                f"“{_one_line(miss.text)}”, then wanted {miss.wanted}"
            )
        out.append("  claims" if sentence.claims else "  claims: none")
        for number, claim in enumerate(sentence.claims, 1):
            sure = "" if claim.confidence is None else f", confidence {claim.confidence:.2f}"
            out.append(f"    {number}. {paint(_GREEN, claim.rule or 'no rule')}{sure}")
            for f in claim.fields:
                lines = _field(f)
                out.append(lines[0])
                out.extend(paint(_DIM, line) for line in lines[1:])
    return out or ["no sentence"]


def _field(f: FieldView) -> list[str]:
    """A field's lines: what it is and where from, then what spoke for it and what else was in the running."""
    value = "none" if f.value is None else _one_line(str(f.value))
    span = f" {f.span[0]}:{f.span[1]}" if f.span else ""
    if f.choice is None:
        return _wrapped(7, f"{f.name} = {value}  ({f.source}{span})")
    origin = [f"{f.choice.probability:.2f}"]
    if len(f.choice.names) > 1:
        origin.append("one of " + _listed(f.choice.names))
    if f.source != RULE:
        origin.append(f.source + span)
    if f.choice.reason is not None:
        reason = "by default" if f.choice.reason == DEFAULT else f.choice.reason
        origin.append(f"rule: {reason}" + (span if f.source == RULE else ""))
    lines = _wrapped(7, f"{f.name} = {value}  ({'; '.join(origin)})")
    if f.choice.features:
        lines += _wrapped(9, "for it: " + "; ".join(f"{name} {weight:+.2f}" for name, weight in f.choice.features))
    if f.choice.rivals:
        lines += _wrapped(9, "others: " + "; ".join(f"{_listed(r.names)} {r.probability:.2f}" for r in f.choice.rivals))
    return lines


def _listed(names: Sequence[str]) -> str:
    return " + ".join(map(_one_line, names)) or "nothing"


def _wrapped(indent: int, text: str) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=margin + "  ", break_on_hyphens=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
