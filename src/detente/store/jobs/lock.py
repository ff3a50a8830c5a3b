"""Locks that a process holds until it ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, wait: bool = False) -> Iterator[bool]:
    """Hold a lock; gives whether it was got.

    Args:
        path: the file of the lock, which is made.
        wait: whether to wait for whoever holds it.
    """
    # Not every system has it, and importing this module must not fail there.
    import fcntl

    # Appending makes the file where it lacks and never empties one that somebody holds.
    with open(path, "ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
