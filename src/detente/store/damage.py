"""Which of the databases at hand is damaged, asked once one of them could not be read.

A disk that fails or a copy that broke off leaves a file that SQLite cannot read, in the middle of a
question. What helps depends on whose file it is.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from detente.store.files import DATA, LAW_FOLDER, ReadConnection, open_read_only
from detente.store.home import home

SUFFIX = ".sqlite"
UNWRITTEN = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
"""What SQLite says where it could not write, and nothing is damaged."""

WAITED = ("SQLITE_BUSY", "SQLITE_LOCKED")
"""What SQLite says where another process wrote for longer than this one waited."""

PATIENCE = 5.0
"""Seconds that are waited for a process that writes a file before it is looked at."""

LEDGER, USER_LISTS = "ledger.sqlite", "parties.sqlite"
SHIPPED = "install the package again (in a checkout: `make clean data`)"
BUNDLED = "go back to the law before it with `detente update --rollback`, or take the bundle again"
LISTS = "move it away, and import your lists again with `detente lists import`"
OWN = "move it away, and add again what you added, or bring back a copy"
RECORD = "keep it as evidence, and bring back a copy; `detente ledger verify` tells what holds"


def damage_text(error: Exception) -> str:
    """What a person is told of a database that could not be read: which file, and what to do."""
    named = str(getattr(error, "sqlite_errorname", ""))
    if named.startswith(WAITED):
        return (
            f"another process is writing a database of {home()}: nothing is damaged, and nothing "
            "was changed here; ask again when it is done"
        )
    found = list(damaged_files())
    if not found and named.startswith(UNWRITTEN):
        return (
            f"a database of {home()} cannot be written ({error}): check that the folder may be "
            "written and that the disk has room, or name another one with DETENTE_HOME"
        )
    if not found:
        return f"a database could not be read ({error}): ask again, and report it if it fails again"
    return "; ".join(f"{path} is damaged ({what}): {do}" for path, what, do in found)


def damaged_files() -> list[tuple[str, str, str]]:
    """Damaged databases, shipped and of the user: the file, what SQLite says, and what to do."""
    found = []
    for folder in filter(None, (DATA, LAW_FOLDER, home())):
        for path in _databases(folder):
            what = _damage(path)
            if what:
                found.append((path, what, _advice(folder, os.path.basename(path))))
    return found


def _databases(folder: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(SUFFIX)]


def _damage(path: str) -> str:
    """What is wrong with a file; "" where nothing is."""
    try:
        database = _opened(path)
        try:
            rows = [row[0] for row in database.execute("PRAGMA quick_check(1)")]
            tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        finally:
            database.close()
    except sqlite3.Error as error:
        named = str(getattr(error, "sqlite_errorname", ""))
        return "" if named.startswith(WAITED) else str(error)
    if rows != ["ok"]:
        return str(rows[0]).replace("\n", " ")
    # A file of the user's lists whose making broke off is empty, and is made again when needed.
    unmade = path == os.path.join(home(), USER_LISTS) and not os.path.getsize(path)
    return "" if tables or unmade else "it holds no table"


def _opened(path: str) -> sqlite3.Connection:
    """A file to be looked at. One of the user's may be half written by another process just now."""
    if os.path.dirname(path) != home():
        return open_read_only(path)
    uri = f"{Path(path).absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, factory=ReadConnection)


def _advice(folder: str, name: str) -> str:
    if folder == LAW_FOLDER:
        return BUNDLED
    if folder == DATA:
        return SHIPPED
    if name == LEDGER:
        return RECORD
    return LISTS if name.startswith("parties") else OWN
