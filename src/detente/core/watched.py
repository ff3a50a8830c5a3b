"""Opening files such that whoever waits can be told how much of one was read."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Tell = Callable[[int, int], None]
"""Is told how many bytes of a file were read, and how many it has."""

_TELL: ContextVar[Tell | None] = ContextVar("_TELL", default=None)
BLOCK = 1 << 18
"""Bytes that are read at a time, and after which it is told."""


@contextmanager
def watching(tell: Tell) -> Iterator[None]:
    """Tell of every file that is opened here meanwhile how much of it was read.

    Of a packed file that is what was unpacked.
    """
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)


class _Counted(io.FileIO):
    """A file that tells how many of its bytes were read."""

    def __init__(self, path: str | os.PathLike[str], tell: Tell) -> None:
        super().__init__(path)
        self._told, self._size, self._tell = 0, os.fstat(self.fileno()).st_size, tell

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = super().readinto(buffer) or 0
        self._told += count
        self._tell(self._told, self._size)
        return count


def open_bytes(path: str | os.PathLike[str]) -> io.BufferedReader:
    """A file to be read as bytes."""
    tell = _TELL.get()
    return io.BufferedReader(io.FileIO(path) if tell is None else _Counted(path, tell), BLOCK)


def open_text(
    path: str | os.PathLike[str],
    encoding: str,
    errors: str | None = None,
    newline: str | None = None,
) -> io.TextIOWrapper:
    """A file to be read as text; see ``open``."""
    return io.TextIOWrapper(open_bytes(path), encoding, errors, newline)
