"""Extraction on several processes: chunks of documents go out as Arrow batches, claims come back in their order.

Each worker compiles the grammar once and has at most two chunks at a time, one in work and one waiting, and no more
than a fixed number are anywhere on their way, so memory does not grow with the input. A worker that finds its pipe
closed ends at once: none outlives its parent, however that died.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import itertools
import json
import multiprocessing as mp
import os
import queue
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import astuple
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from claimx.batch import EVERYTHING, Extracted, Options, extract_chunk, pack, packed_schema, unpack
from claimx.errors import GrammarError, WorkerError
from claimx.model import Document, Skipped
from claimx.table import schema

Mark = TypeVar("Mark")

_HELD = 2  # chunks at a worker
_WAITING = 4  # chunks for each worker, on their way in all, those done before an earlier one among them
_END = b""


def extract_chunks(
    chunks: Iterable[tuple[Mark, list[Document]]], workers: int = 1, options: Options = EVERYTHING
) -> Generator[tuple[Mark, Extracted], None, None]:
    """The claims of each chunk of documents with the mark that it came with, in the chunks' order.

    With one worker everything happens in this process. An error of ``chunks`` is raised after the claims of those
    before it. Raises :class:`WorkerError` where a worker process dies, ValueError for fewer than one. Close the
    iterator (:func:`contextlib.closing`) to end the workers early.
    """
    if workers < 1:
        raise ValueError("workers must be at least 1")
    if workers == 1:
        return ((mark, extract_chunk(documents, options)) for mark, documents in chunks)
    return _in_processes(chunks, workers, options)


def _in_processes(
    chunks: Iterable[tuple[Mark, list[Document]]], workers: int, options: Options
) -> Generator[tuple[Mark, Extracted], None, None]:
    trouble: Exception | None = None
    source = iter(chunks)
    underway: deque[tuple[int, Mark, int]] = deque()  # what has been sent and not yet been handed on, in order
    done: dict[int, Extracted] = {}
    numbers = itertools.count()
    with _Pool(workers, options) as pool:
        more = True
        while more or underway:
            while more and len(underway) < _WAITING * workers and (worker := pool.free()) is not None:
                try:
                    mark, documents = next(source)
                except StopIteration:
                    more = False
                except Exception as error:
                    more, trouble = False, error
                else:
                    number = next(numbers)
                    underway.append((number, mark, len(documents)))
                    worker.send(number, documents)
            if underway:
                pool.collect(done)
            while underway and underway[0][0] in done:
                number, mark, papers = underway.popleft()
                yield mark, done.pop(number)._replace(papers=papers)
    if trouble is not None:
        raise trouble


class _Worker:
    """A process, seen from its parent."""

    def __init__(self, context: Any, options: Options) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, options), daemon=True)
        self.process.start()
        theirs.close()  # so that its death is the end of the pipe
        self.has: deque[int] = deque()

    def send(self, number: int, documents: list[Document]) -> None:
        with self._alive():
            self.pipe.send_bytes(pack(documents).serialize())
        self.has.append(number)

    def receive(self) -> tuple[int, Extracted]:
        import pyarrow as pa

        with self._alive():
            head = json.loads(self.pipe.recv_bytes())
            body = self.pipe.recv_bytes() if "left_out" in head else b""
        if "grammar" in head:
            raise GrammarError(**head["grammar"])
        if "fault" in head:
            raise RuntimeError(f"in a worker process:\n{head['fault']}")
        claims = pa.ipc.read_record_batch(pa.py_buffer(body), schema())
        unread = tuple([Skipped(*stretch) for stretch in head["unread"]])
        return self.has.popleft(), Extracted(0, claims, head["left_out"], unread)

    @contextlib.contextmanager
    def _alive(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.process.join(10)
            raise WorkerError(_cause(self.process.exitcode)) from None


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        more = "; the system may have been out of memory: try fewer --workers" if name == "SIGKILL" else ""
        return f"a worker process was killed ({name}{more})"
    return f"a worker process ended early (exit code {code})"


class _Pool:
    """The workers, from their start to their end, whatever ends them."""

    def __init__(self, workers: int, options: Options) -> None:
        self._count, self._options = workers, options
        self._workers: list[_Worker] = []

    def __enter__(self) -> _Pool:
        context = mp.get_context("spawn")
        try:
            with _without_interrupts():
                for _ in range(self._count):
                    self._workers.append(_Worker(context, self._options))
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for worker in self._workers:
                with contextlib.suppress(OSError):
                    worker.pipe.send_bytes(_END)
            for worker in self._workers:
                worker.process.join(10)
        self._kill()

    def _kill(self) -> None:
        for worker in self._workers:
            worker.process.kill()  # does nothing to one that has ended
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def free(self) -> _Worker | None:
        """The worker with the least to do, if it may have more."""
        least = min(self._workers, key=lambda worker: len(worker.has))
        return least if len(least.has) < _HELD else None

    def collect(self, done: dict[int, Extracted]) -> None:
        """Wait for claims of at least one chunk and put those that are there into ``done``."""
        busy = {worker.pipe: worker for worker in self._workers if worker.has}
        for pipe in wait(list(busy)):
            number, extracted = busy[pipe].receive()
            done[number] = extracted


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes begun within never see Ctrl-C, which a terminal sends to all: their parent ends them."""
    if threading.current_thread() is not threading.main_thread():  # no other may say what happens at a signal
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _NoPandas(importlib.abc.MetaPathFinder):
    """Keeps pandas out of a worker: Arrow would import it to see whether a list is a series of its, for 50 MB."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("a worker has no use for pandas", name=name)


def _work(pipe: Connection, options: Options) -> None:
    """A worker's life: batches of documents from the pipe, batches of claims into it."""
    sys.meta_path.insert(0, _NoPandas())
    import pyarrow as pa

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, waiting), daemon=True).start()
    while (data := waiting.get()) != _END:
        head: dict[str, Any]
        body: pa.Buffer | None = None
        try:
            documents = unpack(pa.ipc.read_record_batch(pa.py_buffer(data), packed_schema()))
            _, claims, left_out, unread = extract_chunk(documents, options)
            head, body = {"left_out": left_out, "unread": list(map(astuple, unread))}, claims.serialize()
        except GrammarError as error:
            names = ("path", "reason", "rule", "source", "column", "hint")
            head = {"grammar": {name: getattr(error, name) for name in names}}
        except Exception as error:
            head = {"fault": "".join(traceback.format_exception(error))}
        try:
            pipe.send_bytes(json.dumps(head).encode())
            if body is not None:
                pipe.send_bytes(body)
        except OSError:  # the parent has gone
            return


def _listen(pipe: Connection, waiting: queue.SimpleQueue[bytes]) -> None:
    """Take in what comes while the worker works; an end of the pipe without a word is the parent's death."""
    try:
        while data := pipe.recv_bytes():
            waiting.put(data)
    except (EOFError, OSError):
        os._exit(1)
    waiting.put(_END)
