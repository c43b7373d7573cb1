"""One run of ``claimx extract``: inputs to batches of claims, counted on their way, with what is told of it."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from claimx.cli import text as show
from claimx.model import Document, Skipped

if TYPE_CHECKING:
    from claimx.batch import Extracted

Mark = TypeVar("Mark")

_SKIPS_SHOWN = 5


class Run:
    """The inputs and how they are read, and the counts of what has come of them so far."""

    def __init__(
        self,
        inputs: tuple[str, ...],
        format: str | None,
        columns: dict[str, str] | None,
        strict: bool,
        min_confidence: float,
        workers: int,
        derive: bool,
    ) -> None:
        from claimx.read import ReadReport

        self.inputs, self._workers = inputs, workers
        self.options: dict[str, Any] = {
            "format": format, "columns": columns, "strict": strict, "min_confidence": min_confidence,
            "derive": derive,
        }  # fmt: skip
        self._report = ReadReport()
        self._begun = time.perf_counter()
        self._place = (0, 0)
        self._before = 0
        self.abstracts = self.claims = self.unsure = self.unread = 0
        self._unread: list[Skipped] = []
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def documents(self) -> Iterator[Document]:
        """Every document of the inputs, in order."""
        from claimx.read import read

        format, columns, strict = (self.options[name] for name in ("format", "columns", "strict"))
        for number, name in enumerate(self.inputs):
            documents = read(name, format, columns, strict=strict, report=self._report)
            for count, document in enumerate(documents, 1):
                self._place = (number, count)
                yield document

    def place(self) -> tuple[int, int]:
        """How far :meth:`documents` has come: the input's number, and how many of its papers."""
        return self._place

    def results(self) -> Generator[Extracted, None, None]:
        """The claims of all documents, a chunk at a time."""
        from claimx.batch import chunks

        with closing(self.extracted((None, chunk) for chunk in chunks(self.documents()))) as results:
            for _, extracted in results:
                yield extracted

    def extracted(self, chunks: Iterable[tuple[Mark, list[Document]]]) -> Generator[tuple[Mark, Extracted], None, None]:
        """The claims of chunks of documents, counted, each with its mark."""
        from claimx.batch import Options
        from claimx.parallel import extract_chunks

        options = Options(self.options["min_confidence"], self.options["derive"])
        marked = (((mark, self._report.taken), chunk) for mark, chunk in chunks)
        with closing(extract_chunks(marked, self._workers, options)) as results:
            for (mark, taken), extracted in results:
                self.abstracts += extracted.papers
                self.claims += extracted.claims.num_rows
                self.unsure += extracted.left_out
                self.unread += len(extracted.unread)
                self._unread += extracted.unread[: _SKIPS_SHOWN - len(self._unread)]
                self._show(taken)
                yield mark, extracted

    def resumed(self, claims: int, left_out: int) -> None:
        """Count what an earlier run has made already."""
        self.claims += claims
        self.unsure += left_out

    def passed(self, papers: int) -> None:
        """Count papers that an earlier run has done."""
        self.abstracts += papers
        self._before += papers
        self._show(self._report.taken)

    def progress(self) -> Progress:
        """A live progress bar on a terminal's standard error; nothing at all elsewhere."""
        console = Console(stderr=True)
        total = self._size()
        wide = console.width >= 100
        bar = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=24 if wide else 8),
            TextColumn("{task.fields[abstracts]:,} abstracts"),
            TextColumn("{task.fields[claims]:,} claims"),
            _Rate(" abstracts/s" if wide else "/s"),
            TimeElapsedColumn(),
            *([] if total is None else [TimeRemainingColumn(compact=True)]),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = bar.add_task("", total=total, abstracts=0, fresh=0, claims=0)
        self._bar = bar
        return bar

    def _size(self) -> int | None:
        """Bytes of all inputs together, where each is a file."""
        size = 0
        for name in self.inputs:
            try:
                told = os.stat(name)
            except OSError:
                return None
            if not stat.S_ISREG(told.st_mode):
                return None
            size += told.st_size
        return size

    def _show(self, taken: int) -> None:
        if self._bar is not None:
            fresh = self.abstracts - self._before
            self._bar.update(self._task, completed=taken, abstracts=self.abstracts, fresh=fresh, claims=self.claims)

    def report_to_stderr(self) -> None:
        """The skipped records, the first few of them by name, and one line over the whole run."""
        skips = self._report.reasons[:_SKIPS_SHOWN]
        for skip in skips:
            click.echo(f"skipped {show.plain(str(skip))}", err=True)
        if self._report.skipped > len(skips):
            click.echo(f"… and {self._report.skipped - len(skips):,} more skipped", err=True)
        for stretch in self._unread:
            click.echo(f"not read: {show.plain(str(stretch))}", err=True)
        if self.unread > len(self._unread):
            click.echo(f"… and {self.unread - len(self._unread):,} more not read", err=True)
        for note in self._report.notes:
            click.echo(f"note: {show.plain(note)}", err=True)
        seconds = time.perf_counter() - self._begun
        floor = self.options["min_confidence"]
        before = f" ({self._before:,} of them before)" if self._before else ""
        unsure = f" ({self.unsure:,} left out, confidence below {floor:g})" if floor else ""
        unread = (
            f", {show.counted(self.unread, 'stretch', 'stretches')} of text too long to read" if self.unread else ""
        )
        rate = round((self.abstracts - self._before) / seconds)
        click.echo(
            f"{show.counted(self.abstracts, 'abstract')}{before}, {show.counted(self.claims, 'claim')}{unsure}, "
            f"{self._report.skipped:,} skipped{unread}, {seconds:.1f} s ({show.counted(rate, 'abstract')}/s)",
            err=True,
        )


class _Rate(ProgressColumn):
    """Abstracts per second since the start, without those of an earlier run."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        elapsed, fresh = task.elapsed or 0.0, task.fields["fresh"]
        return Text(f"{fresh / elapsed:,.0f}{self._unit}" if elapsed > 0 else "", style="cyan")
