"""Writing claim tables to files, whole or not at all, and reading them back.

Rows stream through in batches, so memory stays constant however many claims there are.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
import json
import math
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimx.errors import ReadError, TableError
from claimx.jsonl import json_lines
from claimx.model import Claim
from claimx.table import NAMES, STRINGS, batches, from_batch, from_table, rebatch, row_of, schema, storable, to_table

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "_manifest.json"
"""What a folder of parts holds; readers of a folder of Parquet files pass over names that begin with ``_``."""

# What a spreadsheet takes for the start of a formula, also in its full-width forms; alone in its cell it is harmless.
# Apostrophes before it are matched too, so that taking one off again is the exact inverse.
_FORMULA = r"\A('*[=+\-@\t\r\n＝＋－＠](?s:.))"
_GUARDED = r"\A'('*[=+\-@\t\r\n＝＋－＠](?s:.))"


def json_line(claim: Claim) -> str:
    """One claim as a JSON object on a line: every column in order, dates as ISO 8601, no NaN or infinity."""
    row = dict(zip(NAMES, row_of(claim), strict=True))
    if isinstance(claim.published, dt.date):
        row["published"] = claim.published.isoformat()
    try:
        line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    except ValueError:  # a number beyond the range of doubles: JSON has no word for it
        row = {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}
        line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return line if line.isascii() else storable(line)


def batch_lines(batch: pa.RecordBatch) -> bytes:
    """The claims of a batch as :func:`json_line` writes them, a line each."""
    return "".join(json_line(claim) + "\n" for claim in from_batch(batch)).encode()


def _write_jsonl(stream: io.BufferedWriter, source: Iterable[pa.RecordBatch], raw: bool) -> int:
    return _pump(source, lambda batch: stream.write(batch_lines(batch)))


def _write_parquet(stream: io.BufferedWriter, source: Iterable[pa.RecordBatch], raw: bool) -> int:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(stream, schema(), compression="zstd") as writer:
        return _pump(source, writer.write_batch)


def _write_arrow(stream: io.BufferedWriter, source: Iterable[pa.RecordBatch], raw: bool) -> int:
    import pyarrow as pa

    with pa.ipc.new_file(stream, schema()) as writer:
        return _pump(source, writer.write_batch)


def _write_csv(stream: io.BufferedWriter, source: Iterable[pa.RecordBatch], raw: bool) -> int:
    import pyarrow.csv as csv

    with csv.CSVWriter(stream, schema()) as writer:
        return _pump(source if raw else map(_guard, source), writer.write_batch)


def guarded(text: str) -> str:
    """``text`` for a cell of a CSV file, with an apostrophe before what a spreadsheet would run as a formula."""
    return "'" + text if re.match(_FORMULA, text) else text


def _guard(batch: pa.RecordBatch) -> pa.RecordBatch:
    """``batch`` with an apostrophe before each string that a spreadsheet would run as a formula."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [
        pc.replace_substring_regex(column, pattern=_FORMULA, replacement=r"'\1") if name in STRINGS else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _pump(source: Iterable[pa.RecordBatch], sink: Callable[[pa.RecordBatch], Any]) -> int:
    rows = 0
    for batch in source:
        sink(batch)
        rows += batch.num_rows
    return rows


WRITERS: dict[str, Callable[[io.BufferedWriter, Iterable[pa.RecordBatch], bool], int]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".arrow": _write_arrow,
}


def check_target(path: str | os.PathLike[str]) -> Path:
    """``path`` as a place that a claim table can be written to, symbolic links followed; checked before any work.

    Raises :class:`TableError` for a suffix that names no format and for a folder that cannot be written to.
    """
    if Path(path).suffix.lower() not in WRITERS:
        raise TableError(f"{path}: cannot tell the format from the name; it must end in {', '.join(WRITERS)}")
    return check_place(path)


def check_place(path: str | os.PathLike[str]) -> Path:
    """``path`` as a place that a file can be written to, symbolic links followed; else a :class:`TableError`."""
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise TableError(f"{path}: there is no folder {target.parent}")
    if target.exists() and not target.is_file():
        raise TableError(f"{path}: is there already and is no regular file")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise TableError(f"{path}: the folder {target.parent} cannot be written to")
    return target


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[io.BufferedWriter]:
    """A stream whose content becomes ``target`` at the end of the block, or vanishes if the block fails.

    Raises :class:`TableError` where the file cannot be made.
    """
    try:
        part, stream = _fresh(target)
    except OSError as error:
        raise TableError(f"{target}: {error.strerror or error}") from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # the content is there before the name is, also after a power cut
        if target.exists():
            shutil.copymode(target, part)
        os.replace(part, target)
    except BaseException:  # an interrupt too: nothing half-written stays behind
        part.unlink(missing_ok=True)
        raise


def _fresh(target: Path) -> tuple[Path, io.BufferedWriter]:
    for attempt in itertools.count():
        part = target.with_name(f".{target.name[:100]}.{os.getpid()}-{attempt}.part")
        try:
            return part, open(part, "xb")
        except FileExistsError:
            continue
    raise AssertionError("unreachable")


def write(claims: Iterable[Claim], path: str | os.PathLike[str], *, raw: bool = False) -> int:
    """Write ``claims`` to ``path``, whole or not at all, and return the number of rows.

    The suffix names the format: .parquet, .csv, .jsonl or .arrow. The rows go to a temporary file in the same folder
    that takes the place of ``path`` at the end; on any error, an interrupt among them, ``path`` stays as it was. In
    CSV, a text that a spreadsheet would run as a formula gets a leading apostrophe unless ``raw``. The same claims
    give the same bytes. Raises :class:`TableError` if the place cannot be written to or the suffix is unknown; what
    ``claims`` raises passes through.
    """
    return write_batches(batches(claims), path, raw=raw)


def write_batches(source: Iterable[pa.RecordBatch], path: str | os.PathLike[str], *, raw: bool = False) -> int:
    """:func:`write` for claims in record batches of the claim table's schema, however many rows each has."""
    target = check_target(path)
    shielded = _Shielded(source)
    try:
        with replacing(target) as stream:
            return WRITERS[target.suffix.lower()](stream, rebatch(shielded), raw)
    except OSError as error:
        if shielded.failed:  # the trouble is in the input, not here
            raise
        raise TableError(f"{path}: {error.strerror or error}") from error


def write_text(text: str, path: str | os.PathLike[str]) -> None:
    """Write ``text`` to ``path`` as UTF-8, whole or not at all.

    Raises :class:`TableError` if the place cannot be written to.
    """
    target = check_place(path)
    try:
        with replacing(target) as stream:
            stream.write(storable(text).encode())
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error


class _Shielded(Iterable["pa.RecordBatch"]):
    """An iterable that remembers whether it was itself what failed."""

    def __init__(self, source: Iterable[pa.RecordBatch]) -> None:
        self._source, self.failed = source, False

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._source
        except Exception:
            self.failed = True
            raise


def load(path: str | os.PathLike[str]) -> list[Claim]:
    """The claims of a file that :func:`write` wrote, whatever its format; the apostrophes of CSV come off again.

    A folder of parts is read as one table. Raises :class:`claimx.errors.ReadError` for a file that cannot be read or is
    no claim table.
    """
    import pyarrow as pa

    source = Path(path)
    reader = _load_folder if source.is_dir() else _LOADERS.get(source.suffix.lower())
    if reader is None:
        raise ReadError(str(path), f"no claim table by its name; legal endings are {', '.join(_LOADERS)}")
    try:
        return reader(source)
    except OSError as error:
        raise ReadError(str(path), error.strerror or str(error)) from error
    except (pa.ArrowException, TableError, ValueError) as error:
        wrong = " ".join(str(error).split())
        raise ReadError(str(path), f"{wrong}; legal is a table that claimx wrote") from error


def _load_folder(path: Path) -> list[Claim]:
    manifest = path / MANIFEST
    if not manifest.is_file():
        raise ReadError(str(path), f"a folder without {MANIFEST}, so not one that claimx extract wrote")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    if not told.get("finished"):
        raise ReadError(str(path), "the run that writes this folder is not finished; go on with it by --resume")
    return [claim for part in told["parts"] for claim in _load_parquet(path / part["file"])]


def _load_parquet(path: Path) -> list[Claim]:
    import pyarrow.parquet as pq

    with open(path, "rb") as stream:
        # One thread is enough, and none of pyarrow's is then left running when the process ends.
        return from_table(pq.read_table(stream, use_threads=False, pre_buffer=False))


def _load_arrow(path: Path) -> list[Claim]:
    import pyarrow as pa

    with open(path, "rb") as stream, pa.ipc.open_file(stream) as reader:
        return from_table(reader.read_all())


def _load_csv(path: Path) -> list[Claim]:
    import pyarrow.compute as pc
    import pyarrow.csv as csv

    plain = schema(metadata=False)
    with open(path, "rb") as stream:
        table = csv.read_csv(
            stream,
            read_options=csv.ReadOptions(use_threads=False),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types={field.name: field.type for field in plain},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    for name in STRINGS:
        if name in table.column_names:
            freed = pc.replace_substring_regex(table.column(name), pattern=_GUARDED, replacement=r"\1")
            table = table.set_column(table.column_names.index(name), name, freed)
    return from_table(table)


def _load_jsonl(path: Path) -> list[Claim]:
    claims = []
    for number, row in json_lines(path):
        if not isinstance(row, dict) or row.get("paper_id") is None:
            raise ReadError(str(path), "no row of a claim table: not an object with a paper_id", number)
        row = {name: row[name] for name in NAMES if row.get(name) is not None}
        row["paper_id"] = str(row["paper_id"])
        if "published" in row:
            try:
                row["published"] = dt.date.fromisoformat(str(row["published"]))
            except ValueError:
                wrong = f"published is {row['published']!r}; legal is a date such as 2024-05-31"
                raise ReadError(str(path), wrong, number) from None
        claims.append(Claim(**row))
    return from_table(to_table(claims))  # the way through the schema checks every type


_LOADERS: dict[str, Callable[[Path], list[Claim]]] = {
    ".parquet": _load_parquet,
    ".csv": _load_csv,
    ".jsonl": _load_jsonl,
    ".arrow": _load_arrow,
}
