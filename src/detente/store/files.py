"""Compiled files, opened read only and without locks.

Who opens a file closes it. What is read alone may be let go of as well: a register, a schedule or
the lists are values, held by whoever asks them, and their file is closed with the last of those.
"""

from __future__ import annotations

import os
import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_data")
"""The folder of what the package was built with."""

# What a file address may not hold as it is; the path separator may.
_ESCAPED = {"%": "%25", "?": "%3f", "#": "%23"}


class Reader(sqlite3.Connection):
    """A connection with nothing to lose, which is closed when nobody holds it any longer.

    Python 3.13 warns of every other that was left open, since a transaction may be lost with it.
    """

    def __del__(self) -> None:
        try:  # noqa: SIM105 - contextlib would be loaded for this alone
            self.close()
        except sqlite3.Error:  # it was never opened, or belongs to another thread
            pass


def open_in_memory() -> Reader:
    """An empty database without a file, to be filled at once and then read."""
    return sqlite3.connect(":memory:", check_same_thread=False, factory=Reader)


def open_read_only(file: str | PathLike[str]) -> Reader:
    """A connection to a file that nobody writes: no locks, no journal.

    Raises:
        FileNotFoundError: there is no such file; the message says what to do.
    """
    path = os.path.abspath(file)
    if not os.path.isfile(path):
        raise FileNotFoundError(
            f"{path} is missing: install the package, or run `make data` in a checkout"
        )
    address = "".join(_ESCAPED.get(each, each) for each in path)
    uri = f"file:{address}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False, factory=Reader)
