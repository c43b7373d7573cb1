"""Exit codes, as the README documents them."""

from __future__ import annotations

from claimx.errors import BoardError, ClaimxError, GrammarError, ReadError, TableError, WorkerError

OK = 0
FAILED = 1
USAGE = 2
UNREADABLE = 3
BAD_RECORD = 4
UNWRITABLE = 5
GRAMMAR = 6
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143

EPILOG = (
    "Exit codes: 0 done; 1 a check, floor or worker failed; 2 wrong usage; 3 an input that cannot be read; 4 a bad "
    "record with --strict; 5 an output that cannot be written; 6 a mistake in a grammar file; 130 interrupted; 141 the "
    "reader of the output left; 143 terminated."
)


class BadRecord(ClaimxError):
    """A record that strict reading refused."""


class Unwritable(ClaimxError):
    """An output, other than a claim table, that cannot be written."""


def of(error: ClaimxError) -> int:
    """The exit code that belongs to ``error``."""
    for kind, code in ((GrammarError, GRAMMAR), (BoardError, USAGE), (TableError, UNWRITABLE), (Unwritable, UNWRITABLE),
                       (BadRecord, BAD_RECORD), (ReadError, UNREADABLE), (WorkerError, FAILED)):  # fmt: skip
        if isinstance(error, kind):
            return code
    return UNREADABLE
