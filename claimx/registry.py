"""The lexicon as a register of names that stand alone: any spelling of a listed form finds its entry."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from .errors import GrammarError
from .lexicon import Entry, Lexicon, default
from .resources import grammars_dir, read_toml
from .spellings import key, singulars

_PARAMETER = re.compile(r"[@_]k\b")  # minADE@k, of the plain ADE
_GAP = re.compile(r"[\s_/\\]+")


def slug(name: str) -> str:
    """The id of a canonical name: lower case, gaps and slashes as hyphens, no apostrophes."""
    return _GAP.sub("-", name.strip().casefold().replace("'", "").replace("’", ""))


class Registry:
    """Entries of one kind by the keys of their forms; a form that the lexicon matches as written only goes first."""

    def __init__(self, lexicon: Lexicon, kind: str) -> None:
        self.entries: dict[str, Entry] = {}  # by name
        self._by_key: dict[str, Entry] = {}
        self._as_written: dict[str, Entry] = {}
        self._shares: frozenset[str] = frozenset()
        self._not_shares: frozenset[str] = frozenset()
        self.wider: dict[str, str] = {}  # of an entry set apart: the entry that its forms have in a text
        weak: dict[str, Entry] = {}
        for folded, entry, cased in lexicon.terms():
            if entry.kind != kind:
                continue
            self.entries.setdefault(entry.name, entry)
            if cased is None:
                self._by_key.setdefault(key(folded), entry)
            else:
                for form in cased:
                    self._as_written.setdefault(form, entry)
                weak.setdefault(key(folded), entry)
        for folded, entry in weak.items():
            self._by_key.setdefault(folded, entry)
        for name, entry in self.entries.items():
            self._by_key.setdefault(key(name), entry)

    def find(self, form: str) -> Entry | None:
        """The entry that ``form`` names, in the singular or plural, or None."""
        found = self._as_written.get(form)
        return found if found is not None else self.at(key(form))

    def at(self, folded: str) -> Entry | None:
        """The entry of a key, whichever of the two is in the plural, or None."""
        for singular in singulars(folded):
            found = self._by_key.get(singular)
            if found is not None:
                return found
        return self._by_key.get(folded + "s") if len(folded) > 3 else None

    def near(self, form: str, count: int) -> list[tuple[float, str]]:
        """The names of the entries with the keys most like that of ``form``, each with its likeness from 0 to 1."""
        folded, best = key(form), dict[str, float]()
        for found in get_close_matches(folded, self._by_key, n=4 * count, cutoff=0.75):
            name = self._by_key[found].name
            best[name] = max(best.get(name, 0.0), SequenceMatcher(None, folded, found).ratio())
        return [(likeness, name) for name, likeness in best.items()][:count]

    def put(self, form: str, entry: Entry) -> None:
        """Let ``form`` find ``entry``, whatever it found before."""
        self._as_written.pop(form, None)
        self._by_key[key(form)] = entry
        self.entries[entry.name] = entry

    def amend(self, data: dict[str, Any], path: Path) -> None:
        """Apply a ``naming-*.toml``; raises :class:`GrammarError` for a name that no entry has."""
        for name, groups in data.get("apart", {}).items():
            whole = self._entry(name, path)
            for group in groups:
                forms = [form.strip() for form in group.split("|")]
                part = whole.kind == "METRIC" or key(forms[0]).startswith(key(name))
                own = replace(whole, name=forms[0], head="", parent=name if part else whole.parent)
                if any(_PARAMETER.search(form) for form in forms):
                    own = replace(own, parameter="k")
                self.wider[own.name] = name
                for form in forms:
                    self.put(form, own)
        scale = data.get("scale", {})
        for listed in (scale.get("shares", []), scale.get("not_shares", [])):
            for name in listed:
                self._entry(name, path)
        self._shares = frozenset(scale.get("shares", []))
        self._not_shares = frozenset(scale.get("not_shares", []))
        for name, forms in data.get("same", {}).items():
            entry = self._entry(name, path)
            for form in forms:
                old = self.entries.get(form)
                self.put(form, entry)
                if old is not None and old != entry:
                    self._merge(old, entry)

    def is_share(self, entry: Entry) -> bool:
        """Whether a metric's values are shares, on 0 to 1 or in per cent."""
        names = {entry.name, self.wider.get(entry.name, entry.name)}
        return not names & self._not_shares and (entry.unit == "percent" or bool(names & self._shares))

    def _merge(self, old: Entry, new: Entry) -> None:
        del self.entries[old.name]
        for table in (self._by_key, self._as_written):
            table.update({form: new for form, entry in table.items() if entry.name == old.name and entry == old})

    def _entry(self, name: str, path: Path) -> Entry:
        if name not in self.entries:
            raise GrammarError(str(path), f"no entry is called {name!r}")
        return self.entries[name]


@lru_cache(maxsize=2)
def registry(kind: str) -> Registry:
    """The register of the shipped lexicon's METRIC or BENCH entries, loaded once."""
    made = Registry(default(), kind)
    path = grammars_dir() / "lexicon" / f"naming-{_FILES[kind]}.toml"
    if path.is_file():
        made.amend(read_toml(path), path)
    return made


_FILES = {"METRIC": "metrics", "BENCH": "benchmarks"}
