"""Units of measure: the written forms of ``grammars/units.txt``, and conversion by pint.

Recognising a unit needs no pint: the forms are read from the file into a plain dict. pint loads on the first
:func:`convert` or :func:`registry`, with this project's definitions only; its own defaults read ``points`` as a length
and ``fps`` as feet per second.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimx.errors import GrammarError
from claimx.resources import grammars_dir, read_text

if TYPE_CHECKING:
    import pint

_NAME = re.compile(r"([A-Za-z_]+)\s*=\s*(\S.*)")
_FORMS = "#:"
# What a unit is for a Quantity; every other unit is of kind "unit".
_KINDS = {"percent": "percent", "point": "points", "x": "factor"}


class Forms(NamedTuple):
    """The written forms of all units: ``exact`` as written, ``folded`` in any case.

    ``heads`` holds (form, unit, as written?) by :func:`head` of the form, longest form first; ``names`` every unit.
    """

    exact: dict[str, str]
    folded: dict[str, str]
    heads: dict[str, tuple[tuple[str, str, bool], ...]]
    names: tuple[str, ...]


def units_path() -> Path:
    """The path of ``units.txt`` in the grammars folder."""
    return grammars_dir() / "units.txt"


def _case_matters(form: str) -> bool:
    """Short forms (``mW``, ``MW``) and forms with a capital inside (``FLOPs``) are matched as written."""
    letters = sum(map(str.isalpha, form))
    return letters <= 3 or form[1:] != form[1:].lower()


@cache
def forms() -> Forms:
    """The forms in ``units.txt``; raises :class:`GrammarError` for a line that is neither definition nor forms."""
    path = units_path()
    if not path.is_file():
        raise GrammarError(str(path), "the units file is missing")
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    names: list[str] = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        line = line.strip()
        where = f"{path}:{number}"
        if line.startswith(_FORMS):
            if not names:
                raise GrammarError(where, "forms before the first unit", source=line, hint="name = definition")
            for form in (part.strip() for part in line[len(_FORMS) :].split("|")):
                if not form:
                    raise GrammarError(where, "an empty form", source=line, hint="#: form | form")
                table, key = (exact, form) if _case_matters(form) else (folded, form.lower())
                if table.setdefault(key, names[-1]) != names[-1]:
                    raise GrammarError(
                        where, f"{form!r} already writes the unit {table[key]!r}", source=line, column=line.find(form)
                    )
        elif line and not line.startswith("#"):
            match = _NAME.match(line)
            if match is None:
                raise GrammarError(where, "not a unit definition", source=line, column=0, hint="name = definition")
            names.append(match[1])
    heads: dict[str, list[tuple[str, str, bool]]] = {}
    for table, as_written in ((exact, True), (folded, False)):
        for form, unit in table.items():
            heads.setdefault(_head(form), []).append((form, unit, as_written))
    ordered = {key: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for key, found in heads.items()}
    return Forms(exact, folded, ordered, tuple(names))


_HEAD = re.compile(r"[^\W\d_]+|\S")


def _head(form: str) -> str:
    """The part by which a form is looked up first: its leading letters or sign, folded."""
    match = _HEAD.match(form)
    return match[0].lower() if match else form


def match_unit(text: str, at: int) -> tuple[str, int] | None:
    """The longest form that stands at ``at`` and ends there as a word: (unit, end), or None."""
    head = _HEAD.match(text, at)
    if head is None:
        return None
    candidates = forms().heads.get(head[0].lower())
    if candidates is None:
        return None
    folded = text[at : at + _LONGEST].lower()
    for form, unit, as_written in candidates:
        if text.startswith(form, at) if as_written else folded.startswith(form):
            end = at + len(form)
            if not _INSIDE.match(text, end):
                return unit, end
    return None


_LONGEST = 40
# What may not follow a form: the word goes on, or the unit does ("GB/frame", "m^4", "kg·m2").
_INSIDE = re.compile(r"[^\W_]|_|/[A-Za-z{]|[\^ˆ][A-Za-z0-9{]|[-‐‑·⋅][A-Za-z]")


def unit_names() -> tuple[str, ...]:
    """Every unit that ``units.txt`` defines, in file order."""
    return forms().names


def unit_of(form: str) -> str | None:
    """The unit that a written form stands for (``ms`` → ``millisecond``), or None."""
    table = forms()
    return table.exact.get(form) or table.folded.get(form.lower())


def kind_of(unit: str) -> str:
    """The kind of a quantity in that unit: ``percent``, ``points``, ``factor`` or ``unit``."""
    return _KINDS.get(unit, "unit")


_SCALED = re.compile(r"^([A-Za-z_]+)\s*=\s*(?:([0-9][0-9.e+-]*)\s+)?([A-Za-z_]+)$", re.M)


@cache
def _scales() -> dict[str, tuple[Fraction, str]]:
    """Each unit that is a plain multiple of another, as a multiple of the last in that chain."""
    found: dict[str, tuple[Fraction, str]] = {}
    for name, factor, of in _SCALED.findall(units_path().read_text(encoding="utf-8")):
        above, root = found.get(of, (Fraction(1), of))
        found[name] = (Fraction(factor or 1) * above, root)
    return found


def ratio(from_unit: str, to_unit: str) -> Fraction | None:
    """How many ``to_unit`` one ``from_unit`` is, exactly and without pint: 1000 from second to millisecond.

    None where the file does not define one as a plain multiple of the other, as with temperatures.
    """
    (one, root), (other, same) = (_scales().get(unit, (Fraction(1), unit)) for unit in (from_unit, to_unit))
    return one / other if root == same else None


def rescaled(value: float, from_unit: str, to_unit: str) -> float | None:
    """``value`` in ``from_unit`` expressed in ``to_unit`` by their :func:`ratio`; None where there is none."""
    factor = ratio(from_unit, to_unit)
    if factor is None or not math.isfinite(value):
        return None
    try:
        return float(Fraction(str(value)) * factor)
    except OverflowError:
        return None


@cache
def registry() -> pint.UnitRegistry[Any]:
    """The pint registry of ``units.txt`` and nothing else; raises :class:`GrammarError` if pint refuses the file."""
    import pint

    path = units_path()
    result: pint.UnitRegistry[Any] = pint.UnitRegistry(None, autoconvert_offset_to_baseunit=True)
    try:
        result.load_definitions(read_text(path).splitlines())
        for name in unit_names():
            result.parse_units(name).dimensionality  # noqa: B018  a definition by an unknown unit shows only here
    except (pint.PintError, ValueError, TypeError, AttributeError) as error:
        raise GrammarError(str(path), f"pint refuses a definition: {error}") from error
    return result


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """``value`` in ``from_unit`` expressed in ``to_unit``, both by unit name.

    Raises ValueError for an unknown unit or units of different dimensions (points are no percentage).
    """
    import pint

    units = registry()
    for name in (from_unit, to_unit):
        if name not in forms().names:
            raise ValueError(f"unknown unit {name!r}")
    try:
        return float(units.Quantity(value, from_unit).to(to_unit).magnitude)
    except pint.DimensionalityError as error:
        raise ValueError(f"{from_unit} is not convertible to {to_unit}") from error
