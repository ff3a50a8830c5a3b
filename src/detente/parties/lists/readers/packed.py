"""A file that its publisher packed: the one file in a zip archive, or what gzip packed.

Workbooks are zip archives too, and are left as they are.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
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


HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/)")
"""The path of a file that is hidden, or that a system keeps of another."""

LOCKED = 1
"""The mark in an archive of a file that has a password."""

OTHERS = {
    b"BZh91AY&SY": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR", b"\x28\xb5\x2f\xfd": "Zstandard", GZIP: "gzip twice",
}  # fmt: skip
"""How files begin that are packed in a way that is not read, and what it is called."""
TAR, AT = b"ustar", 257
"""What stands at which byte of a tar archive."""


class OverLimitError(ValueError):
    """A file grows to more than it may when it is unpacked."""


_DAMAGED = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError)
_BLOCK = 1 << 20


def packed_otherwise(head: bytes) -> str:
    """How a file is packed whose beginning is no list, in a way that is not read; or ""."""
    if head[AT:].startswith(TAR):
        return "tar"
    return next((name for mark, name in OTHERS.items() if head.startswith(mark)), "")


def beginning(path: str, size: int) -> bytes:
    """The first bytes of a file, unpacked where it is packed.

    Raises:
        ValueError: it is packed and damaged, or holds several files.
    """
    with open(path, "rb") as file, _opened(path, file) as found:
        try:
            return (file if found is None else found[1]).read(size)
        except _DAMAGED as error:
            raise _damaged(path, error) from error


@contextmanager
def unpacked(path: str) -> Iterator[str]:
    """The path of a file's content: its own, or that of what was unpacked, which goes at the end.

    Raises:
        ValueError: it is packed and damaged, holds several files, or grows beyond what lists do.
    """
    with open(path, "rb") as packed, _opened(path, packed) as found:
        if found is None:
            yield path
            return
        name, source = found
        with tempfile.TemporaryDirectory() as folder:
            target = os.path.join(folder, name)
            with open(target, "wb") as file:
                for block in _blocks(path, source, os.path.getsize(path)):
                    if shutil.disk_usage(folder).free < 2 * len(block):
                        raise ValueError(f"{path} unpacks to more than there is room for")
                    file.write(block)
            try:
                yield target
            except ValueError as error:
                if target not in str(error):
                    raise
                # Whoever named the packed file knows nothing of the place of its content.
                raise ValueError(str(error).replace(target, path)) from error


def unpacked_bytes(name: str, raw: bytes, most: int) -> tuple[str, bytes]:
    """Name and bytes of a file that was sent, or of the one that is packed in it.

    Args:
        name: of what was sent.
        raw: its bytes.
        most: bytes that the file in it may have.

    Raises:
        OverLimitError: it has more.
        ValueError: it is packed and damaged, or holds several files.
    """
    with _opened(name, BytesIO(raw)) as found:
        if found is None:
            return name, raw
        return found[0], b"".join(_blocks(name, found[1], len(raw), most))


def _blocks(
    path: str, source: Content, packed: int, most: int = LARGEST_STREAMED
) -> Iterator[bytes]:
    """What was packed, piece by piece.

    Args:
        path: what is named where something is wrong.
        source: the content.
        packed: bytes that it takes as it is packed.
        most: bytes that it may have.
    """
    most = min(most, max(SMALL, MOST_PACKED * packed))
    size = 0
    try:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:
                raise OverLimitError(
                    f"{path} unpacks to more than {most:,} bytes, far more than it has: unpack "
                    "it yourself if that is right"
                )
            yield block
    except _DAMAGED as error:
        raise _damaged(path, error) from error


@contextmanager
def _opened(path: str, file: IO[bytes]) -> Iterator[tuple[str, Content] | None]:
    """Name and content of the file that is packed in another, which is open; None where none is."""
    head = file.read(4)
    file.seek(0)
    if head[:2] == GZIP:
        with gzip.open(file) as stream:
            name = Path(path).name
            yield name[: -len(GZ)] if name.lower().endswith(GZ) else name, stream
        return
    try:
        archive = zipfile.ZipFile(file) if head == ZIP else None
    except zipfile.BadZipFile as error:
        raise _damaged(path, error) from error
    with archive or nullcontext():
        names = [] if archive is None else archive.namelist()
        if archive is None or any(each in names for each in OF_WORKBOOKS):
            file.seek(0)  # the archive was looked at from its end
            yield None
            return
        # Programs leave files of their own beside the list, all of them hidden.
        files = [each for each in names if not each.endswith("/") and not HIDDEN.search(each)]
        if len(files) != 1:
            shown = ", ".join(files[:5])
            raise ValueError(
                f"{path} holds {counted(len(files), 'file')} ({shown}): unpack it, and name the "
                "file that is meant"
            )
        if archive.getinfo(files[0]).flag_bits & LOCKED:
            raise ValueError(
                f"{path} is locked by a password: unpack it, and name the file that is the list"
            )
        try:
            with archive.open(files[0]) as inner:
                yield Path(files[0]).name, inner
        except _DAMAGED as error:
            raise _damaged(path, error) from error


def _damaged(path: str, error: Exception) -> ValueError:
    return ValueError(f"{path} is packed, and cannot be unpacked ({error}): download it again")
