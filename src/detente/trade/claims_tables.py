"""Compile the tables of what importers claim, and of what customs collected.

Shares are whole parts of `WHOLE`. The shares of a line by period stand in one row of sixteen-bit
numbers, little-endian, in the order of ``claim_periods``; `NONE` is a period without imports.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from detente._numbers import exact
from detente.core.packed import packed

WHOLE = 10_000
NONE = 65_535
TABLES = """
CREATE TABLE claim_kinds (
  kind TEXT PRIMARY KEY, partners TEXT NOT NULL, facts TEXT NOT NULL, effect TEXT NOT NULL,
  start TEXT NOT NULL, until TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
  grade TEXT NOT NULL, without TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE claim_periods (place INTEGER PRIMARY KEY, period TEXT NOT NULL);
CREATE TABLE claim_lines (
  partner TEXT NOT NULL, code TEXT NOT NULL, shares BLOB NOT NULL, PRIMARY KEY (partner, code)
) WITHOUT ROWID;
CREATE TABLE claim_chapters (
  partner TEXT NOT NULL, chapter TEXT NOT NULL, share INTEGER NOT NULL,
  PRIMARY KEY (partner, chapter)
) WITHOUT ROWID;
CREATE TABLE claim_exclusions (
  code TEXT PRIMARY KEY, heading TEXT NOT NULL, share INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE claim_contents (
  code TEXT PRIMARY KEY, steel INTEGER NOT NULL, aluminum INTEGER NOT NULL, copper INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE claim_parts (prefix TEXT PRIMARY KEY, share INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE tracker (day TEXT PRIMARY KEY, rate TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE collected (
  month TEXT NOT NULL, partner TEXT NOT NULL, chapter TEXT NOT NULL, value INTEGER NOT NULL,
  duty INTEGER NOT NULL, PRIMARY KEY (partner, chapter, month)
) WITHOUT ROWID;
"""

Rows = Callable[[Path], Iterator[list[str]]]


def fill_claims(database: sqlite3.Connection, folder: Path, rows: Rows) -> None:
    """Write the tables of a folder into the database of flows.

    Args:
        database: the database that is being written.
        folder: the tables that `encode.trade.claims` makes.
        rows: reads the rows of a table.

    Raises:
        FileNotFoundError: a table is missing.
        ValueError: a share is not from 0 to 1, or a number is not one.
    """
    database.executescript(TABLES)
    _into(database, "claim_kinds", 11, rows(folder / "kinds.tsv"))
    with (folder / "months.tsv").open(encoding="utf-8") as file:
        periods = next(file).rstrip("\n").split("\t")[2:]
    database.executemany("INSERT INTO claim_periods VALUES (?, ?)", enumerate(periods))
    lines = (
        (partner, code, packed("H", [_share(each) if each else NONE for each in shares]))
        for partner, code, *shares in rows(folder / "months.tsv")
    )
    _into(database, "claim_lines", 3, lines)
    chapters = ((*key, _share(share)) for *key, share in rows(folder / "preferences.tsv"))
    _into(database, "claim_chapters", 3, chapters)
    exclusions = (
        (code, heading, _share(share))
        for code, heading, share, _ in rows(folder / "exclusions.tsv")
    )
    _into(database, "claim_exclusions", 3, exclusions)
    metals = {
        name: [_share(each) for each in contents]
        for name, *contents in rows(folder / "industries.tsv")
    }
    contents = ((code, *metals[name]) for code, name in rows(folder / "contents.tsv"))
    _into(database, "claim_contents", 4, contents)
    parts = ((prefix, _share(share)) for prefix, share in rows(folder / "parts.tsv"))
    _into(database, "claim_parts", 2, parts)
    _into(database, "tracker", 2, rows(folder / "tracker.tsv"))
    collected = (
        (*key, int(value), int(duty)) for *key, value, duty in rows(folder / "collected.tsv")
    )
    _into(database, "collected", 5, collected)


def _into(
    database: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _share(text: str) -> int:
    parts = exact(text) * WHOLE
    if parts.denominator != 1 or not 0 <= parts <= WHOLE:
        raise ValueError(f"{text!r} is not a share from 0 to 1 of four places")
    return int(parts)
