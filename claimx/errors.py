"""The errors that claimx raises for a user's mistake; the command line prints them as one line, without a traceback."""

from __future__ import annotations


class ClaimxError(Exception):
    """Base of every error that claimx raises on purpose."""


class ReadError(ClaimxError):
    """An input that cannot be read, or, in strict mode, a record that cannot.

    ``path`` names the file or stream, ``line`` the 1-based line or record where that is known, ``reason`` what is
    wrong and what would be legal.
    """

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}:{line}: {reason}" if line is not None else f"{path}: {reason}")


class GrammarError(ClaimxError):
    """A mistake in a grammar file, shown with file, rule, column and caret, and what would be legal."""

    def __init__(
        self,
        path: str,
        reason: str,
        rule: str | None = None,
        source: str | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        self.path, self.reason, self.rule = path, reason, rule
        self.source, self.column, self.hint = source, column, hint
        where = (
            path + (f", pattern {rule!r}" if rule else "") + (f", column {column + 1}" if column is not None else "")
        )
        lines = [f"{where}: {reason}"]
        if source is not None:
            lines.append("    " + source)
            if column is not None:
                lines.append("    " + " " * column + "^")
        if hint:
            lines.append(f"  legal here: {hint}")
        super().__init__("\n".join(lines))


class TableError(ClaimxError):
    """A claim table that lacks columns or cannot be written."""


class BoardError(ClaimxError):
    """A board that a claim table does not have, or that cannot be ranked; the message names what it has instead."""


class WorkerError(ClaimxError):
    """A worker process that died before its work was done."""
