"""Opens a path, a stream or standard input as a run of bytes: decompressed, with its beginning to look at."""

from __future__ import annotations

import codecs
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from claimx.errors import ReadError
from claimx.read.decompress import SUFFIXES, compression, decompress
from claimx.read.limits import CHUNK, HEAD, MAX_RECORD

_UTF8_BOM = codecs.BOM_UTF8
_UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Source:
    """An input that can be read once, in pieces.

    ``name`` is the input's name as given, ``label`` its last part (ids are made of it), ``suffix`` the lower-case
    suffix without that of a compression, ``head`` the first bytes after decompression, and ``path`` the file's path
    where the bytes are those of a plain file, so that a reader may open it for random access.
    """

    def __init__(
        self, path_or_stream: Any, note: Callable[[str], None], take: Callable[[int], None] = lambda size: None
    ) -> None:
        self._close: Callable[[], None] | None = None
        stream = path_or_stream
        path: str | None = None
        if isinstance(stream, (str, os.PathLike)) and os.fspath(stream) != "-":
            path = os.fsdecode(stream)
            stream = _open(path)
            self._close = stream.close
        elif isinstance(stream, str):
            stream = getattr(sys.stdin, "buffer", sys.stdin)
        self.name = source_name(path_or_stream)
        pure = PurePath(self.name.replace("\\", "/"))
        self.label = pure.name or self.name
        try:
            raw = _pieces(stream, self.name, take)
            start, raw = _ahead(raw, 16)
            outer = pure.suffix.lower()
            kind = compression(start, outer)
            self.suffix = PurePath(pure.stem).suffix.lower() if outer in SUFFIXES else outer
            pieces = decompress(raw, kind, self.name, note) if kind else raw
            head, pieces = _ahead(pieces, HEAD)
            for bom, codec in _UTF16_BOMS.items():
                if head.startswith(bom):
                    head, pieces = _ahead(_transcode(pieces, codec), HEAD)
            self.path = path if kind is None else None
            self.head, self._pieces = head, pieces
        except BaseException:
            self.close()
            raise

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the beginning, without a UTF-8 byte order mark; may be asked for once."""
        first = True
        for piece in self._pieces:
            if first and piece.startswith(_UTF8_BOM):
                piece = piece[3:]
            first = False
            yield piece

    def lines(self, limit: int | None = None) -> Iterator[bytes | None]:
        """The lines without their line feed; None stands for one longer than ``limit`` bytes, which is not kept."""
        return split_lines(self.pieces(), MAX_RECORD if limit is None else limit)

    def close(self) -> None:
        """Close the file if it was opened here; a stream that was handed in stays open."""
        if self._close is not None:
            self._close()


def source_name(path_or_stream: Any) -> str:
    """The name an input goes by: a path as given, ``stdin``, a stream's own name, or ``stream``."""
    if isinstance(path_or_stream, (str, os.PathLike)):
        name = os.fsdecode(path_or_stream)
    else:
        own = getattr(path_or_stream, "name", None)
        name = own if isinstance(own, str) and own else "stream"
    name = "stdin" if name in ("-", "<stdin>") else name
    # A file name that is not valid UTF-8 comes with lone surrogates, which no table can hold.
    return name.encode("utf-8", "replace").decode() if not name.isascii() else name


def split_lines(pieces: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines of a run of bytes in memory bounded by ``limit``; see :meth:`Source.lines`."""
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        cut = piece.find(b"\n")
        size += len(piece) if cut < 0 else cut
        if size > limit:
            parts.clear()
        else:
            parts.append(piece if cut < 0 else piece[:cut])
        if cut < 0:
            continue
        yield b"".join(parts) if size <= limit else None
        lines = piece[cut + 1 :].split(b"\n")
        tail = lines.pop()
        if len(piece) <= limit:
            yield from lines
        else:
            for line in lines:
                yield line if len(line) <= limit else None
        parts, size = [tail] if len(tail) <= limit else [], len(tail)
    if size > limit:
        yield None
    elif size:
        yield b"".join(parts)


def _open(path: str) -> Any:
    try:
        if os.path.isdir(path):
            raise ReadError(path, "is a folder; name the files in it, such as a shell's folder/*.jsonl does")
        return open(path, "rb", buffering=0)
    except FileNotFoundError:
        raise ReadError(path, "no such file") from None
    except PermissionError:
        raise ReadError(path, "may not be read (permission denied)") from None
    except (OSError, ValueError) as error:
        raise ReadError(path, f"cannot be opened ({getattr(error, 'strerror', None) or error})") from None


def _pieces(stream: Any, name: str, take: Callable[[int], None]) -> Iterator[bytes]:
    # read1 hands over what a pipe has, where read would wait for the whole piece.
    read = getattr(stream, "read1", None) or getattr(stream, "read", None)
    if read is None:
        raise ReadError(name, f"cannot read from {type(stream).__name__}: give a path, '-' or an open file")
    while True:
        try:
            piece = read(CHUNK)
        except (OSError, ValueError, EOFError) as error:
            raise ReadError(name, f"reading failed ({error})") from None
        if not piece:
            return
        take(len(piece))
        yield piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else bytes(piece)


def _ahead(pieces: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first ``size`` bytes or more, and an iterator that still starts with them."""
    taken: list[bytes] = []
    have = 0
    for piece in pieces:
        taken.append(piece)
        have += len(piece)
        if have >= size:
            break
    head = b"".join(taken)
    return head, itertools.chain((head,) if head else (), pieces)


def _transcode(pieces: Iterator[bytes], codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    text = "".join(decoder.decode(piece) for piece in itertools.islice(pieces, 1)).removeprefix("\ufeff")
    yield text.encode("utf-8", "replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")
