"""What happened while reading: how many records were read, which were skipped and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claimx.errors import ReadError


class Skip(NamedTuple):
    """One skipped record: the input's name, the 1-based line or record number where known, and the reason."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line is not None else f"{self.path}: {self.reason}"


@dataclass(slots=True)
class ReadReport:
    """Counts over everything read with this report; pass the same one for several inputs to sum them up.

    ``read`` and ``skipped`` count records; ``reasons`` keeps the first ``keep`` skipped ones; ``replaced`` counts
    records in which invalid UTF-8 became U+FFFD; ``notes`` are remarks on whole inputs (at most ``keep``); ``taken``
    is about how many bytes of the inputs, as they are stored, have been taken in so far.
    """

    read: int = 0
    skipped: int = 0
    replaced: int = 0
    keep: int = 20
    reasons: list[Skip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    taken: int = 0

    @property
    def total(self) -> int:
        """Records met: read and skipped."""
        return self.read + self.skipped

    def skip(self, path: str, reason: str, line: int | None = None) -> None:
        """Count a skipped record, and remember why if it is among the first."""
        self.skipped += 1
        if len(self.reasons) < self.keep:
            self.reasons.append(Skip(path, line, reason))

    def note(self, text: str) -> None:
        """Remember a remark on a whole input."""
        if len(self.notes) < self.keep:
            self.notes.append(text)

    def take(self, size: int) -> None:
        """Count ``size`` more bytes taken in."""
        self.taken += size

    def summary(self) -> str:
        """One line for a terminal, such as ``39 read, 2 skipped``."""
        parts = [f"{self.read:,} read"]
        if self.skipped:
            parts.append(f"{self.skipped:,} skipped")
        if self.replaced:
            parts.append(f"{self.replaced:,} with invalid UTF-8 replaced")
        return ", ".join(parts)


@dataclass(slots=True)
class Context:
    """What one read shares with its reader: the input's name, the given columns, the report and the strictness."""

    name: str
    label: str
    columns: Mapping[str, str]
    report: ReadReport
    strict: bool = False
    _noted: bool = False

    def skip(self, reason: str, line: int | None = None) -> None:
        """Skip a bad record, or raise ReadError in strict mode."""
        if self.strict:
            raise ReadError(self.name, reason, line)
        self.report.skip(self.name, reason, line)

    def fail(self, reason: str, line: int | None = None) -> ReadError:
        """The error for a problem of the whole input, to be raised by the caller."""
        return ReadError(self.name, reason, line)

    def decode(self, data: bytes, line: int | None = None) -> str:
        """UTF-8 to text; what is invalid becomes U+FFFD and is counted in the report."""
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            self.replaced(line, error.start)
            return data.decode("utf-8", "replace")

    def replaced(self, line: int | None = None, at: int | None = None) -> None:
        """Count a record with characters that are not valid Unicode; the first of an input is noted with its place."""
        self.report.replaced += 1
        if not self._noted:
            self._noted = True
            where = self.name if line is None else f"{self.name}:{line}"
            self.report.note(f"{where}: invalid UTF-8{'' if at is None else f' at byte {at}'} replaced by U+FFFD")
