"""A run's claims as a folder of Parquet parts, each written whole or not at all, that a later run can go on with.

The parts cover a fixed number of papers each, in the inputs' order. The manifest beside them is written anew after
every part: what the run reads and how, and which papers each part has, with a digest of them. To go on, the papers of
the finished parts are read again and only compared with their digest, and the next part begins where they end.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimx.errors import TableError
from claimx.model import Document
from claimx.output import MANIFEST, WRITERS, replacing, write_batches
from claimx.resources import grammar_hash
from claimx.table import SCHEMA_VERSION

if TYPE_CHECKING:
    import pyarrow as pa

PART_PAPERS = 50_000
"""Papers in a part where nothing else is asked for."""

_FORMAT = 1  # of the manifest


@dataclass(frozen=True, slots=True)
class Part:
    """One finished part: its file and size, the papers in it by their place in the run, and what came of them.

    ``end`` is where its last paper stands: the number of the input, from 0, and how many papers that input had given.
    ``papers_sha256`` is over the ids, titles, dates and texts of the part's papers.
    """

    file: str
    bytes: int
    first: int
    papers: int
    end: tuple[int, int]
    papers_sha256: str
    claims: int
    left_out: int


class Mark(NamedTuple):
    """What a chunk of papers belongs to: the part, its papers' digest up to here, and the place reached."""

    part: int
    digest: str
    end: tuple[int, int]


class Rows(NamedTuple):
    """The claims of one chunk of papers, with its mark."""

    mark: Mark
    papers: int
    claims: pa.RecordBatch
    left_out: int


def is_folder(path: str) -> bool:
    """Whether an output's name means a folder of parts: it ends in a slash, or is there and has no file's ending."""
    return path.endswith(("/", os.sep)) or (Path(path).is_dir() and Path(path).suffix.lower() not in WRITERS)


def job(inputs: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """What two runs must have in common for one to go on where the other ended."""
    from claimx import __version__

    return {
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "grammar_sha256": grammar_hash(),
        "inputs": [{"name": name, **_state(name)} for name in inputs],
        "options": dict(options),
    }


def _state(name: str) -> dict[str, int | None]:
    path = Path(name)
    if name == "-" or not path.is_file():  # a stream, or nothing that can be read
        return {"bytes": None, "modified_ns": None}
    told = path.stat()
    return {"bytes": told.st_size, "modified_ns": told.st_mtime_ns}


class PartFolder:
    """A folder of parts, held by one process at a time."""

    def __init__(self, path: str, job: Mapping[str, Any], part_papers: int) -> None:
        self.path, self._name, self._job, self._size = Path(path), path, dict(job), part_papers
        self.parts: list[Part] = []
        self.finished = False
        self._touched = False

    @classmethod
    @contextlib.contextmanager
    def opened(cls, path: str, job: Mapping[str, Any], part_papers: int, resume: bool) -> Iterator[PartFolder]:
        """The folder at ``path``, made if need be, with the parts of the run to go on with where ``resume``.

        ``resume`` with nothing to go on with is a beginning. Raises :class:`TableError` where the folder cannot be
        used, holds a run already without ``resume``, one of another ``job`` with it, or is in use.
        """
        folder = cls(path, job, part_papers)
        try:
            folder.path.mkdir(exist_ok=True)
        except FileExistsError:
            raise TableError(f"{path}: is a file, not a folder") from None
        except OSError as error:
            raise TableError(f"{path}: cannot be made: {error.strerror or error}") from None
        with folder._held():
            folder._begin(resume)
            yield folder

    @property
    def papers(self) -> int:
        """Papers in the finished parts."""
        return sum(part.papers for part in self.parts)

    @property
    def unchanged(self) -> bool:
        """Whether every input is a file that, by size and time, is as it was when the run began."""
        return all(one["modified_ns"] is not None for one in self._job["inputs"]) and not self._touched

    def passed(self, documents: Iterator[Document]) -> Iterator[int]:
        """Read past the papers of the finished parts; yields how many with each part.

        Raises :class:`TableError` where they are not the papers that the parts were made of.
        """
        for part in self.parts:
            digest, papers = hashlib.sha256(), 0
            for document in itertools.islice(documents, part.papers):
                digest.update(_of(document))
                papers += 1
            if papers != part.papers or digest.hexdigest() != part.papers_sha256:
                raise self._wrong(f"the inputs' papers are not those that {part.file} was made of; start anew")
            yield papers
        if self.parts and self.parts[-1].papers < self._size:
            if next(documents, None) is not None:
                raise self._wrong("the inputs have more papers than when the run ended; start anew")

    def chunks(
        self,
        documents: Iterator[Document],
        chunked: Callable[[Iterator[Document]], Iterator[list[Document]]],
        place: Callable[[], tuple[int, int]],
    ) -> Iterator[tuple[Mark, list[Document]]]:
        """The papers of the parts to come, in chunks of which none crosses from one part into the next.

        ``chunked`` cuts a run of documents into chunks; ``place`` tells the place reached in the inputs.
        """
        for number in itertools.count(len(self.parts)):
            digest, papers = hashlib.sha256(), 0
            for chunk in chunked(itertools.islice(documents, self._size)):
                for document in chunk:
                    digest.update(_of(document))
                papers += len(chunk)
                yield Mark(number, digest.hexdigest(), place()), chunk
            if papers < self._size:
                return

    def write(self, rows: Iterable[Rows]) -> None:
        """Write the parts of ``rows``, which come in the order of :meth:`chunks`, and finish the run."""
        for number, some in itertools.groupby(rows, key=lambda one: one.mark.part):
            self._write_part(number, some)
        if not self.parts:  # so that the folder is a table, if an empty one
            self._write_part(0, iter(()))
        self.finished = True
        self._tell()

    def _write_part(self, number: int, rows: Iterator[Rows]) -> None:
        seen: list[Rows] = []  # the last one
        papers = left_out = 0

        def batches() -> Iterator[pa.RecordBatch]:
            nonlocal papers, left_out
            for one in rows:
                papers += one.papers
                left_out += one.left_out
                seen[:] = [one]
                yield one.claims

        file = self.path / f"part-{number:05}.parquet"
        claims = write_batches(batches(), file)
        mark = seen[0].mark if seen else Mark(number, hashlib.sha256().hexdigest(), (0, 0))
        self.parts.append(
            Part(file.name, file.stat().st_size, self.papers, papers, mark.end, mark.digest, claims, left_out)
        )
        self._tell()

    def _tell(self) -> None:
        parts = [asdict(part) for part in self.parts]
        text = json.dumps({"format": _FORMAT, **self._job, "finished": self.finished, "parts": parts}, indent=1)
        try:
            with replacing(self.path / MANIFEST) as stream:
                stream.write(text.encode() + b"\n")
        except OSError as error:
            raise TableError(f"{self._name}: {error.strerror or error}") from error

    def _begin(self, resume: bool) -> None:
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise TableError(f"{self._name}: the folder cannot be written to")
        manifest = self.path / MANIFEST
        if manifest.exists():
            self._go_on(manifest, resume)
        elif any(self.path.glob("part-*.parquet")):
            raise self._wrong(f"holds part files without {MANIFEST}; name an empty or a new folder", also="")
        else:
            self._tell()
        for left in (*self.path.glob(".part-*.part"), *self.path.glob(f".{MANIFEST}.*.part")):
            left.unlink(missing_ok=True)  # half-written by a run that was killed

    def _go_on(self, manifest: Path, resume: bool) -> None:
        try:
            told = json.loads(manifest.read_text(encoding="utf-8"))
            if told["format"] != _FORMAT:
                raise self._wrong(f"{MANIFEST} is of another version of claimx; finish the run with that one")
            before, self.finished = {key: told[key] for key in self._job}, bool(told["finished"])
            self.parts = [Part(**{**part, "end": tuple(part["end"])}) for part in told["parts"]]
        except (OSError, ValueError, KeyError, TypeError):
            raise self._wrong(f"{MANIFEST} cannot be read; start anew") from None
        if not resume:
            if self.finished:
                raise self._wrong(
                    f"holds a finished run already ({self.papers:,} papers); write", also=" to another folder"
                )
            raise self._wrong(
                f"holds an unfinished run ({self.papers:,} papers done); go on with --resume, or start anew"
            )
        if difference := _difference(before, self._job):
            raise self._wrong(f"{difference}; finish the run as it was begun, or start anew")
        for part in self.parts:
            file = self.path / part.file
            size = file.stat().st_size if file.is_file() else None
            if size != part.bytes:
                what = "is missing" if size is None else f"has {size:,} bytes, not {part.bytes:,}"
                raise self._wrong(f"{part.file} {what}; put it back, or start anew")
        self._touched = before != self._job
        self._job = before

    def _wrong(self, reason: str, also: str = " in another folder") -> TableError:
        return TableError(f"{self._name}: {reason}{also}")

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """Keep other runs out of the folder; the system lets go when the process ends, however it does."""
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        handle = os.open(self.path, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise TableError(f"{self._name}: another run is writing to this folder") from None
            yield
        finally:
            os.close(handle)


def _of(document: Document) -> bytes:
    fields = (document.id, document.title or "", str(document.published or ""), document.text)
    sizes = " ".join(str(len(field)) for field in fields)
    return "\n".join((sizes, *fields)).encode("utf-8", "surrogatepass")


def _difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """How a run differs from the one begun, in words; empty where they are of one kind."""
    names, others = ([one["name"] for one in side["inputs"]] for side in (before, now))
    if names != others:
        return f"the run was begun with the inputs {' '.join(names)}, not {' '.join(others)}"
    for one, other in zip(before["inputs"], now["inputs"], strict=True):
        if one["bytes"] != other["bytes"]:
            return f"{one['name']} was of {one['bytes']} bytes when the run began and is of {other['bytes']} now"
    for name, value in now["options"].items():
        if before["options"].get(name) != value:
            was, is_ = (json.dumps(one) for one in (before["options"].get(name), value))
            return f"the run was begun with {name} {was}, not {is_}"
    for name, what in (("version", "claimx"), ("schema_version", "schema"), ("grammar_sha256", "grammar")):
        if before[name] != now[name]:
            return f"the run was begun with {what} {before[name][:12]}, not {now[name][:12]}"
    return ""
