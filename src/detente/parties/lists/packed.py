"""A file of a list that its publisher packed: the one file in a zip archive, or what gzip packed.

Workbooks are zip archives too, and are left as they are.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.parties.lists.readers.common import LARGEST_STREAMED

if TYPE_CHECKING:
    from io import BufferedIOBase
    from typing import IO

    Content = IO[bytes] | BufferedIOBase

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
GZ = ".gz"
OF_WORKBOOKS = ("[Content_Types].xml", "mimetype")
"""Files that the archive of a workbook holds, and no other."""

MOST_PACKED, SMALL = 200, 64 * 1024 * 1024
"""How many times its size a file may grow when it is unpacked; one that stays small always may."""

_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError)
_BLOCK = 1 << 20


def beginning(path: str, size: int) -> bytes:
    """The first bytes of a file, unpacked where it is packed.

    Raises:
        ValueError: it is packed and damaged, or holds several files.
    """
    with _opened(path) as found:
        if found is None:
            with open(path, "rb") as file:
                return file.read(size)
        try:
            return found[1].read(size)
        except _DAMAGED as error:
            raise _damaged(path, error) from error


@contextmanager
def unpacked(path: str) -> Iterator[str]:
    """The path of a file's content: its own, or that of what was unpacked, which goes at the end.

    Raises:
        ValueError: it is packed and damaged, holds several files, or grows beyond what lists do.
    """
    with _opened(path) as found:
        if found is None:
            yield path
            return
        name, source = found
        with tempfile.TemporaryDirectory() as folder:
            target = os.path.join(folder, name)
            try:
                with open(target, "wb") as file:
                    _copy(path, source, file)
            except _DAMAGED as error:
                raise _damaged(path, error) from error
            try:
                yield target
            except ValueError as error:
                if target not in str(error):
                    raise
                # Whoever named the packed file knows nothing of the place of its content.
                raise ValueError(str(error).replace(target, path)) from error


def _copy(path: str, source: Content, target: IO[bytes]) -> None:
    most = min(LARGEST_STREAMED, max(SMALL, MOST_PACKED * os.path.getsize(path)))
    size = 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > most:
            raise ValueError(
                f"{path} unpacks to more than {most:,} bytes, which no list does: unpack it "
                "yourself if it is right"
            )
        if shutil.disk_usage(os.path.dirname(target.name)).free < 2 * len(block):
            raise ValueError(f"{path} unpacks to more than there is room for")
        target.write(block)


@contextmanager
def _opened(path: str) -> Iterator[tuple[str, Content] | None]:
    """Name and content of the file that is packed in another; None where none is."""
    with open(path, "rb") as file:
        head = file.read(4)
    if head[:2] == GZIP:
        with gzip.open(path) as stream:
            name = Path(path).name
            yield name[: -len(GZ)] if name.lower().endswith(GZ) else name, stream
        return
    try:
        archive = zipfile.ZipFile(path) if head == ZIP else None
    except zipfile.BadZipFile as error:
        raise _damaged(path, error) from error
    with archive or nullcontext():
        names = [] if archive is None else archive.namelist()
        if archive is None or any(each in names for each in OF_WORKBOOKS):
            yield None
            return
        files = [each for each in names if not each.endswith("/") and "__MACOSX" not in each]
        if len(files) != 1:
            shown = ", ".join(files[:5])
            raise ValueError(
                f"{path} holds {counted(len(files), 'file')} ({shown}): unpack it, and name the "
                "file that is the list"
            )
        try:
            with archive.open(files[0]) as inner:
                yield Path(files[0]).name, inner
        except _DAMAGED as error:
            raise _damaged(path, error) from error


def _damaged(path: str, error: Exception) -> ValueError:
    return ValueError(f"{path} is packed, and cannot be unpacked ({error}): download it again")
