"""Streaming gzip, bzip2, xz and Zstandard, with bounded output per step and truncation told apart from damage."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from claimx.errors import ReadError
from claimx.read.limits import CHUNK

MAGIC: dict[str, bytes] = {
    "gz": b"\x1f\x8b\x08",
    "bz2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zst": b"\x28\xb5\x2f\xfd",
}
SUFFIXES: dict[str, str] = {".gz": "gz", ".gzip": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst", ".zstd": "zst"}

# A few bytes of Zstandard can stand for a block of 128 KiB: small bites bound what one step can put out (32 MiB).
_ZSTD_BITE = 1024


def compression(head: bytes, suffix: str) -> str | None:
    """Which compression ``head`` shows. A suffix alone decides only for a file cut off within its first bytes."""
    for kind, magic in MAGIC.items():
        if head.startswith(magic):
            return kind
    named = SUFFIXES.get(suffix)
    return named if named and head and MAGIC[named].startswith(head) else None


def decompress(raw: Iterator[bytes], kind: str, name: str, note: Callable[[str], None]) -> Iterator[bytes]:
    """Decompressed pieces of ``raw``; members one after the other are joined as gzip and zstd do.

    Raises ReadError with the place reached where the data is damaged or cut off.
    """
    done = 0
    try:
        for piece in _members(raw, kind, name, note):
            done += len(piece)
            yield piece
    except EOFError:
        place = f"after {done:,} decompressed bytes"
        raise ReadError(name, f"the {kind} data is cut off {place}; the file is incomplete") from None
    except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
        raise ReadError(name, f"damaged {kind} data after {done:,} decompressed bytes ({error})") from None


def _members(raw: Iterator[bytes], kind: str, name: str, note: Callable[[str], None]) -> Iterator[bytes]:
    decoder = _decoder(kind, name)
    feed = _feed_buffered if kind in ("bz2", "xz") else _feed_zstd if kind == "zst" else _feed_zlib
    for data in raw:
        while data:
            if decoder.eof:
                data = data.lstrip(b"\0")  # tape padding
                if not data:
                    break
                if not data.startswith(MAGIC[kind][: len(data)]):
                    note(f"{name}: bytes after the end of the {kind} data ignored")
                    return
                decoder = _decoder(kind, name)
            yield from feed(decoder, data)
            data = decoder.unused_data if decoder.eof else b""
    if kind == "gz" and not decoder.eof:
        yield decoder.flush()
    if not decoder.eof:
        raise EOFError


def _decoder(kind: str, name: str) -> Any:
    if kind == "gz":
        return zlib.decompressobj(wbits=31)
    if kind == "bz2":
        return bz2.BZ2Decompressor()
    if kind == "xz":
        return lzma.LZMADecompressor(lzma.FORMAT_XZ)
    try:
        import zstandard
    except ImportError:
        raise ReadError(name, "Zstandard data needs the package zstandard; gz, bz2 and xz work without it") from None
    return _Zstd(zstandard)


class _Zstd:
    """Gives the zstandard package's decompressor the shape and the exceptions of the others."""

    def __init__(self, package: Any) -> None:
        self._error: type[Exception] = package.ZstdError
        self._one: Any = package.ZstdDecompressor().decompressobj()
        self.unused_data = b""
        self.eof = False

    def decompress(self, data: bytes) -> bytes:
        try:
            piece: bytes = self._one.decompress(data)
        except self._error as error:
            raise ValueError(str(error)) from None
        self.eof = self._one.eof
        return piece


def _feed_zlib(decoder: Any, data: bytes) -> Iterator[bytes]:
    while data and not decoder.eof:
        piece = decoder.decompress(data, CHUNK)
        data = decoder.unconsumed_tail
        if piece:
            yield piece


def _feed_buffered(decoder: Any, data: bytes) -> Iterator[bytes]:
    # bz2 and lzma keep the input inside and say when they want more.
    while True:
        piece = decoder.decompress(data, CHUNK)
        data = b""
        if piece:
            yield piece
        if decoder.eof or decoder.needs_input:
            return


def _feed_zstd(decoder: _Zstd, data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), _ZSTD_BITE):
        piece = decoder.decompress(data[at : at + _ZSTD_BITE])
        if piece:
            yield piece
        if decoder.eof:
            decoder.unused_data = decoder._one.unused_data + data[at + _ZSTD_BITE :]
            return
