"""Compiled files, opened read only and without locks.

Who opens a file closes it. What is read alone may be let go of as well: a register, a schedule or
the lists are values, held by whoever asks them, and their file is closed with the last of those.
"""

from __future__ import annotations

import os

from detente._lean import sqlite
from detente._version import __version__
from detente.store.home import home

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(_PACKAGE, "_data")
"""The folder of what the package was built with."""

LAW, CURRENT = "law", "current"
"""The folder of bundles of law inside the user's folder, and the file in it that names the one in
use; the package that carries a bundle has such a file too."""

CARRIER = os.path.join(os.path.dirname(_PACKAGE), "detente_register")
"""The package that carries a bundle of law, beside this one, where it is installed."""


def _law() -> tuple[str, str, str]:
    """The folder and the name of the bundle in use, and the name of one that is passed over."""
    passed = ""
    updated = os.path.join(home(), LAW)
    for folder in (updated, CARRIER):
        named = os.path.join(folder, CURRENT)
        if not os.path.isfile(named):
            continue
        with open(named, encoding="utf-8") as file:
            # Only the end of the line goes: without a name the line begins with the tab.
            name, _, version = file.read().rstrip("\n").partition("\t")
        if not name:
            continue  # the user went back to the law before any bundle
        where = os.path.join(updated, name) if folder == updated else folder
        if version == __version__ and os.path.isdir(where):
            return where, name, passed
        passed = name
    return "", "", passed


LAW_FOLDER, BUNDLE, PASSED_OVER = _law()
"""Where the law in use lies and what it is called, found once for a process: empty for the law of
the package; and a bundle that was made for another release of the program, or is gone."""


def data_file(name: str) -> str:
    """The file of some data: that of the bundle in use, else that of the package."""
    path = os.path.join(LAW_FOLDER, name) if LAW_FOLDER else ""
    return path if path and os.path.isfile(path) else os.path.join(DATA, name)


# What a file address may not hold as it is; the path separator may.
_ESCAPED = {"%": "%25", "?": "%3f", "#": "%23"}


class ReadConnection(sqlite.Connection):
    """A connection with nothing to lose, which is closed when nobody holds it any longer.

    Python 3.13 warns of every other that was left open, since a transaction may be lost with it.
    """

    def __del__(self) -> None:
        try:  # noqa: SIM105 - contextlib would be loaded for this alone
            self.close()
        except sqlite.Error:  # it was never opened, or belongs to another thread
            pass


def open_in_memory() -> ReadConnection:
    """An empty database without a file, to be filled at once and then read."""
    return sqlite.connect(":memory:", check_same_thread=False, factory=ReadConnection)


def open_read_only(file: str | PathLike[str]) -> ReadConnection:
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
    return sqlite.connect(uri, uri=True, check_same_thread=False, factory=ReadConnection)


def has_table(database: sqlite.Connection, name: str) -> bool:
    """Whether a file has a table, which an earlier or another kind of file may not have."""
    query = "SELECT 1 FROM sqlite_master WHERE name = ?"
    return database.execute(query, (name,)).fetchone() is not None
