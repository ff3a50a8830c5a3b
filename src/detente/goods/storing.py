"""How rows of the schedule are stored, by the build and by an import alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

FOREVER = 1 << 30
"""``until`` of a row that the last edition still has."""


def insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Add whole rows to a table."""
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    places = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
