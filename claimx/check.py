"""The worked examples of the grammar, run through the whole pipeline: what ``claimx check`` and the tests call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import regex

from .errors import GrammarError
from .explain import Step
from .grammar import Example, Grammar, Pattern, load_patterns
from .markup_tables import load_tables
from .model import Claim
from .pipeline import Extractor, extractor
from .resources import grammars_dir
from .units import unit_names, unit_of

COLUMNS = frozenset(f.name for f in fields(Claim)) - {"reasons"}
SHORT = {"base": "baseline_value"}
MEASURES = ("value", "delta", "baseline_value")
KINDS = {"percent": ("percent", "relative"), "point": ("points",), "x": ("factor",)}
_NUMBER = r"[0-9]++(?:,[0-9]{3})*+(?:\.[0-9]++)?(?:e[+-]?[0-9]++)?"
_MEASURE = regex.compile(
    rf"(?P<bound><=|>=|[<>~])?\s*(?P<sign>[+−-])?(?P<low>{_NUMBER})(?:\s*[–-]\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?:±|\+/-)\s*(?P<error>{_NUMBER}))?\s*(?P<unit>\S.*)?"
)
_LEGAL = '"90 %", "1.9-3.3 x", "<= 46 ms", "+2.1 %", "-3 x", "+0.7 points"'


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What became of one worked example.

    ``fired`` tells whether the pattern matched in the text; ``message`` says what differs where ``ok`` is False.
    """

    path: str
    pattern: str
    text: str
    ok: bool
    message: str
    fired: bool


def check_examples(path: str | None = None) -> list[ExampleResult]:
    """Run every worked example of the grammar, or those of one file, which need not be part of the grammar.

    A positive example must give exactly the rows that it lists, and its pattern must match; a near miss, which says
    ``why``, must give its rows without the pattern having made one. Raises :class:`GrammarError` for a broken file.
    """
    folder = grammars_dir()
    clean = folder / "clean.toml"
    if path is None:
        return [*_patterns(extractor(), extractor().grammar.patterns), *_clean(clean)]
    if Path(path).name == clean.name:
        return _clean(Path(path))
    patterns = load_patterns(Path(path))
    if Path(path).resolve().parent == (folder / "patterns").resolve():
        return _patterns(extractor(), patterns)
    own = {p.name for p in patterns}
    wider = Extractor()
    wider.grammar = Grammar(wider.symbols, [*(p for p in wider.grammar.patterns if p.name not in own), *patterns])
    return _patterns(wider, patterns)


def lacking(patterns: Sequence[Pattern]) -> list[str]:
    """What each pattern lacks of its examples, one line each: at least one positive and one near miss are due."""
    out = []
    for p in patterns:
        missing = [what for what, wanted in (("positive example", False), ("near miss with why", True))
                   if not any(bool(e.why) == wanted for e in p.examples)]  # fmt: skip
        if missing:
            out.append(f"{Path(p.path).name}: {p.name} has no {' and no '.join(missing)}")
    return out


def _patterns(through: Extractor, patterns: Sequence[Pattern]) -> list[ExampleResult]:
    return [_example(through, p, example) for p in patterns for example in p.examples]


def _clean(path: Path) -> list[ExampleResult]:
    from .clean import clean

    out = []
    for rule in load_tables(path).rules:
        for before, after in rule.examples:
            got = clean(before).clean
            message = "" if got == after else f"expected {after!r}\ngot      {got!r}"
            out.append(
                ExampleResult(
                    str(path), rule.name, before, not message, message, rule.pattern.search(before) is not None
                )
            )
    return out


def _example(through: Extractor, pattern: Pattern, example: Example) -> ExampleResult:
    steps: list[Step] = []
    claims = through.extract(example.text, example.title, steps.append)
    fired = any(m.pattern.name == pattern.name for step in steps for m in step.matches)
    try:
        wanted = [expected(row) for row in example.claims]
    except ValueError as error:
        raise GrammarError(pattern.path, str(error), pattern.name, example.text, hint=_LEGAL) from None
    message = _difference(wanted, claims)
    if not example.why and not fired:
        message = f"the pattern does not match here{chr(10) if message else ''}{message}"
    elif example.why and pattern.role == "reject" and fired:
        message = f"the pattern matches here, yet this is a near miss{chr(10) if message else ''}{message}"
    elif example.why and any(c.rule == pattern.name for c in claims):
        message = f"the pattern made a row, yet this is a near miss{chr(10) if message else ''}{message}"
    return ExampleResult(pattern.path, pattern.name, example.text, not message, message, fired)


def _difference(wanted: Sequence[Mapping[str, tuple[Any, ...]]], claims: Sequence[Claim]) -> str:
    """Empty where every wanted row has an extracted one of its own and none is left over."""
    owner: dict[int, int] = {}  # extracted row → wanted row, grown by augmenting paths

    def place(row: int, tried: set[int]) -> bool:
        for n, claim in enumerate(claims):
            if n not in tried and fits(wanted[row], claim):
                tried.add(n)
                if n not in owner or place(owner[n], tried):
                    owner[n] = row
                    return True
        return False

    lost = [row for row in range(len(wanted)) if not place(row, set())]
    spare = [claim for n, claim in enumerate(claims) if n not in owner]
    lines = [f"not found: {_written({k: v[0] for k, v in wanted[row].items()})}" for row in lost]
    names = {name for row in wanted for name in row} or {
        "method",
        "benchmark",
        "metric",
        "value",
        "delta",
        "baseline_value",
    }
    for claim in spare:
        held = {name: value for name in sorted(names | {"rule"}) if (value := getattr(claim, name)) is not None}
        lines.append(f"also got:  {_written(held)}")
    return "\n".join(lines)


def _written(row: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{name} = {value!r}" for name, value in row.items()) + " }"


def fits(wanted: Mapping[str, tuple[Any, ...]], claim: Claim) -> bool:
    """Whether each wanted field of a row has one of its legal values."""
    return all(_same(getattr(claim, name), legal) for name, legal in wanted.items())


def _same(got: Any, legal: tuple[Any, ...]) -> bool:
    if isinstance(got, float):
        return any(isinstance(x, int | float) and abs(got - x) <= 1e-9 * max(1.0, abs(got)) for x in legal)
    return got in legal


def expected(row: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """An example's row as claim columns, each with its legal values.

    Measures may be strings with sign, bound, range, ± and unit; an empty string stands for an absent field. Raises
    ValueError for an unknown column or a measure that cannot be read.
    """
    measures: dict[str, tuple[Any, ...]] = {}
    plain: dict[str, tuple[Any, ...]] = {}
    for key, given in row.items():
        name = SHORT.get(key, key)
        if name not in COLUMNS:
            raise ValueError(f"no column is called {key!r}")
        if name in MEASURES and isinstance(given, str) and given:
            measures = measure(name, given) | measures if name == "delta" else measures | measure(name, given)
        else:
            plain[name] = (None,) if given == "" else (given,)
    return measures | plain  # a column given by itself wins


def measure(name: str, written: str) -> dict[str, tuple[Any, ...]]:
    """The columns that a measure such as ``+2.1 %`` of the column ``name`` stands for; raises ValueError."""
    m = _MEASURE.fullmatch(written.strip())
    if m is None:
        raise ValueError(f"{name} = {written!r} is no measure")
    sign = -1.0 if m["sign"] in ("-", "−") else 1.0
    out: dict[str, tuple[Any, ...]] = {name: (sign * _float(m["low"]),)}
    if name != "baseline_value":
        out[name + "_high"] = (sign * _float(m["high"]) if m["high"] else None,)
    if m["bound"]:
        out["bound"] = (m["bound"],)
    if m["error"]:
        if name != "value":
            raise ValueError(f"{name} = {written!r}: only a value has an error")
        out["value_error"] = (_float(m["error"]),)
    unit = None
    if m["unit"]:
        unit = m["unit"] if m["unit"] in unit_names() else unit_of(m["unit"])
        if unit is None:
            raise ValueError(f"{name} = {written!r}: unknown unit {m['unit']!r}")
    if name == "delta":
        if unit is not None:
            out["delta_kind"] = KINDS.get(unit, ("points",))
            out["unit"] = (unit,)
    elif name == "value":
        out["unit"] = (unit,)
    return out


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))
