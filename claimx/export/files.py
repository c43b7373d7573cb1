"""Names of files for methods, and writing a file or a folder whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from claimx.errors import TableError
from claimx.output import check_place, replacing

_LENGTH = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9]|data)(?:\.|$)")


class Names:
    """File names made from the names of methods, each given once, legal on every common system."""

    def __init__(self, suffix: str = "") -> None:
        self._suffix = suffix
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def new(self, name: str) -> str:
        """A file name for ``name`` that was not given before."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9._+-]+", "-", plain).strip("-.")[:_LENGTH].rstrip("-.")
        if not stem or len(plain) < len(name):  # letters that ASCII does not have
            stem = f"{stem or 'method'}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
        if _RESERVED.match(stem):
            stem = f"_{stem}"
        number, given = self._next.get(stem, 1), stem
        while given in self._taken:
            number += 1
            given = f"{stem}-{number}"
        self._next[stem] = number
        self._taken.add(given)
        return given + self._suffix


def write_file(text: str, path: str | os.PathLike[str]) -> None:
    """``text`` as UTF-8 in ``path``, whole or not at all."""
    target = check_place(path)
    try:
        with replacing(target) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error


def check_folder(path: str | os.PathLike[str]) -> Path:
    """``path`` as a place for a new folder; raises :class:`TableError` if there is something already."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        if any(target.iterdir()):
            raise TableError(f"{path}: the folder is not empty; name a new one")
    elif target.exists():
        raise TableError(f"{path}: is there already and is no folder")
    if not target.parent.is_dir():
        raise TableError(f"{path}: there is no folder {target.parent}")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise TableError(f"{path}: the folder {target.parent} cannot be written to")
    return target


def write_folder(texts: Mapping[str, str], path: str | os.PathLike[str]) -> None:
    """Each of ``texts`` as the file of its name under the new folder ``path``, all of them or none."""
    target = check_folder(path)
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        part.mkdir()
        try:
            for name, text in texts.items():
                file = part / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:  # an interrupt too: nothing half-written stays behind
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from error
