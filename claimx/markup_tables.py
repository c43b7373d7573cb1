"""The tables of ``grammars/clean.toml``: read, checked and compiled for :mod:`claimx.clean`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimx import shape
from claimx.errors import GrammarError
from claimx.resources import read_toml

_SECTIONS = ("literal", "symbol", "wrapper", "commands", "rule")
_COMMANDS = ("aside", "second", "silent", "tight")
_RULE_KEYS = {"name", "trigger", "pattern", "replace", "examples"}
_MARKS = "\\${&"

# What only the scanner in claimx.markup can resolve; it has a method for each outer group.
_STRUCTURE = (
    r"(?P<accent>\{?\\(?P<mark>['`^\"~=.])(?:\{\\?(?P<of1>[A-Za-z])\}|\\?(?P<of2>[A-Za-z]))\}?)"
    r"|(?P<command>\\(?P<name>[A-Za-z]+)\*?)"
    r"|(?P<open>[_^]?\{)"
    r"|(?P<close>\})"
    r"|(?P<dollar>\$)"
    r"|(?P<index>_(?=[0-9]))"
    r"|(?P<entity>&\#(?:(?P<dec>[0-9]{1,7})|x(?P<hex>[0-9A-Fa-f]{1,6}));)"
    r"|(?P<styled>[\U0001D400-\U0001D7FF])"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``[[rule]]``: every match of ``pattern`` begins with one of ``triggers`` and becomes ``replace``."""

    name: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    replace: str
    examples: tuple[tuple[str, str], ...]


def _own_scan(rule: Rule) -> bool:
    # Letters and spaces are everywhere: rules that begin with one run by themselves, so that the main scan only stops
    # at rare characters.
    return any(trigger[0].isalpha() or trigger[0].isspace() for trigger in rule.triggers)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


class Tables:
    """A loaded ``clean.toml``, compiled. Raises :class:`GrammarError` on any mistake in it."""

    def __init__(self, data: dict[str, Any], path: str) -> None:
        self.path = path
        for key in data:
            if key not in _SECTIONS:
                raise GrammarError(path, f"unknown section {key!r}", hint=", ".join(_SECTIONS))
        self.literals = self._strings(data, "literal")
        self.symbols = self._strings(data, "symbol")
        self.wrappers: dict[str, tuple[str, str]] = {}
        where = Path(path)
        for name, pair in shape.table(data.get("wrapper"), where, "[wrapper]").items():
            if not _is_pair(pair):
                raise GrammarError(
                    path, f"wrapper {name!r} is not a pair of strings", hint='name = ["before", "after"]'
                )
            self.wrappers[name] = (pair[0], pair[1])
        commands = shape.table(data.get("commands"), where, "[commands]", _COMMANDS)
        self.aside, self.second, self.silent, self.tight = (
            frozenset(shape.strings(commands.get(key), where, f"{key} of [commands]")) for key in _COMMANDS
        )
        self.rules = tuple(self._rule(row) for row in shape.tables(data.get("rule"), where, "rule"))
        self.scanned = tuple(rule for rule in self.rules if not _own_scan(rule))
        self.separate = tuple(rule for rule in self.rules if _own_scan(rule))
        self._compile()

    def _strings(self, data: dict[str, Any], section: str) -> dict[str, str]:
        table: dict[str, str] = shape.table(data.get(section), Path(self.path), f"[{section}]")
        for key, value in table.items():
            if not key or not isinstance(value, str):
                raise GrammarError(self.path, f"[{section}] {key!r} is not a string", hint='"from" = "to"')
        return table

    def _rule(self, row: dict[str, Any]) -> Rule:
        name = str(row.get("name", "without a name"))
        if set(row) != _RULE_KEYS:
            odd = ", ".join(sorted(set(row) ^ _RULE_KEYS))
            raise GrammarError(
                self.path, f"keys missing or unknown: {odd}", rule=name, hint=", ".join(sorted(_RULE_KEYS))
            )
        for key in ("pattern", "replace"):
            if not isinstance(row[key], str):
                raise GrammarError(self.path, f"{key} must be a string", rule=name, hint="a string in single quotes")
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise GrammarError(
                self.path,
                error.msg,
                rule=name,
                source=row["pattern"],
                column=error.pos,
                hint="a regular expression of Python's re",
            ) from error
        if pattern.groups or pattern.match(""):
            raise GrammarError(
                self.path,
                "the pattern captures a group or matches nothing",
                rule=name,
                source=row["pattern"],
                hint="(?:…) and look-arounds; at least one character",
            )
        given = row["trigger"]
        triggers = tuple(given) if isinstance(given, list) else (given,)
        if not triggers or not all(isinstance(trigger, str) and trigger for trigger in triggers):
            raise GrammarError(
                self.path, "a trigger is empty", rule=name, hint="the literal with which every match begins"
            )
        given = row["examples"]
        if not isinstance(given, list) or not all(_is_pair(pair) for pair in given):
            raise GrammarError(self.path, "examples must be pairs of strings", rule=name, hint="[[before, after], …]")
        examples = tuple((before, after) for before, after in given)
        for before, _ in examples:
            match = pattern.search(before)
            if match and not any(match.group().startswith(trigger[0]) and trigger in before for trigger in triggers):
                raise GrammarError(self.path, f"the match {match.group()!r} does not begin with a trigger", rule=name)
        if all(before == after for before, after in examples):
            raise GrammarError(self.path, "no example that changes", rule=name, hint="at least one [before, after]")
        return Rule(name, triggers, pattern, row["replace"], examples)

    def _compile(self) -> None:
        heads = {trigger[0] for rule in self.scanned for trigger in rule.triggers} | {key[0] for key in self.literals}
        heads |= set("\\{}$_^&")
        head = "[" + "".join(map(re.escape, sorted(heads))) + "\U0001d400-\U0001d7ff]"
        parts = [f"(?P<r{index}>{rule.pattern.pattern})" for index, rule in enumerate(self.scanned)]
        longest_first = sorted(self.literals, key=lambda key: (-len(key), key))
        accent = _STRUCTURE.partition("|(?P<command>")[0]
        parts += [
            accent,
            "(?P<literal>" + ("|".join(map(re.escape, longest_first)) or "(?!)") + ")",
            _STRUCTURE[len(accent) + 1 :],
        ]
        self.scan = re.compile(f"(?={head})(?:{'|'.join(parts)})")
        # What tells that a text needs cleaning: some rare characters; else a literal, and for a rule its pattern.
        alarms: dict[str, list[re.Pattern[str]]] = {}
        for key in self.literals:
            alarms.setdefault(key, []).append(re.compile(re.escape(key)))
        for rule in self.rules:
            for trigger in rule.triggers:
                alarms.setdefault(trigger, []).append(rule.pattern)
        odd = "".join(re.escape(key[0]) for key in sorted(alarms) if not key[0].isascii())
        self.odd = re.compile(f"[{odd}\U0001d400-\U0001d7ff]")
        # By their first sign if they have one: most texts lack it, and one character is searched for fastest.
        by_sign: dict[str, list[tuple[str, tuple[re.Pattern[str], ...]]]] = {}
        for key, patterns in alarms.items():
            if key.isascii() and not set(key) & set(_MARKS):
                sign = next((char for char in key if not char.isalnum() and char not in "-_ "), key)
                by_sign.setdefault(sign, []).append((key, tuple(patterns)))
        self.alarms = tuple((sign, tuple(found)) for sign, found in by_sign.items())

    def needed(self, raw: str) -> bool:
        """Whether a pass over ``raw`` could change it: substring tests first, they cost next to nothing."""
        if "\\" in raw or "$" in raw or "{" in raw or "&" in raw:
            return True
        if not raw.isascii() and self.odd.search(raw):
            return True
        for sign, alarms in self.alarms:
            if sign in raw:
                for trigger, patterns in alarms:
                    if trigger in raw and any(pattern.search(raw) for pattern in patterns):
                        return True
        return False


def load_tables(path: Path) -> Tables:
    """The tables of one file. Raises :class:`GrammarError` if it cannot be read or has a mistake."""
    return Tables(read_toml(path), str(path))
