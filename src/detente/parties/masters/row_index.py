"""Rows of a kept table by their names, in a file beside it: a decision reads those of a name."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente._version import __version__
from detente.parties.lists.keys import folded
from detente.parties.masters.columns import (
    READ,
    ColumnPlaces,
    as_before_screening,
    find_columns,
    open_master,
)
from detente.parties.masters.further_columns import FurtherColumns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from detente.parties.masters.stored import Master

INDEX = "rows.sqlite"
"""The file beside a kept table."""

FORMAT = f"{__version__}, 5"
"""What made it: one that another made is made again, since names may be compared otherwise."""

PLACES = ColumnPlaces(0, 1, 2, 3)
"""Where the cells of a row stand that comes out of an index, in which they are joined."""

SCHEMA = f"""
DROP TABLE IF EXISTS made;
DROP TABLE IF EXISTS rows;
CREATE TABLE made (format TEXT NOT NULL);
CREATE TABLE rows (
    folded TEXT NOT NULL, row INTEGER NOT NULL, {" TEXT, ".join(READ)} TEXT,
    PRIMARY KEY (folded, row)
) WITHOUT ROWID;
"""


class IndexedRow(NamedTuple):
    """A row of a kept table.

    Attributes:
        folded: its name as it is compared.
        row: in its file, as a spreadsheet counts them.
        cells: its name, country, city and address, see ``PLACES``; "" without such a column.
    """

    folded: str
    row: int
    cells: tuple[str, ...]


def indexed_rows(table: Path, how: Master, names: Collection[str]) -> Iterator[IndexedRow]:
    """The rows of a kept table that have one of some names, in their order.

    Args:
        table: its file, which never changes.
        how: the encoding, the sheet and the column of names.
        names: as they are compared.

    Raises:
        ValueError: the table cannot be read.
    """
    with closing(sqlite3.connect(table.with_name(INDEX), isolation_level=None)) as database:
        if not _is_made(database):
            _make(database, table, how)
        query = (
            f"SELECT folded, row, {', '.join(READ)} FROM rows "
            "WHERE folded IN (SELECT value FROM json_each(?)) ORDER BY row"
        )
        for name, row, *cells in database.execute(query, (json.dumps(list(names)),)):
            yield IndexedRow(name, row, tuple(cells))


def _is_made(database: sqlite3.Connection) -> bool:
    """Whether an index is whole, and made as it would be now."""
    try:
        return database.execute("SELECT format FROM made").fetchall() == [(FORMAT,)]
    except sqlite3.OperationalError:
        return False


def _make(database: sqlite3.Connection, table: Path, how: Master) -> None:
    with open_master(table, how.encoding, how.sheet) as (rows, _):
        places = find_columns(rows, how.column)
        further = FurtherColumns(rows.columns, places)
        read: dict[tuple[str, int], tuple[object, ...]] = {}
        for row in rows:
            cells = as_before_screening(rows.columns, row)
            place = _cell(cells, places.country), _cell(cells, places.city)
            name, address = places.name_of(cells), places.address_of(cells)
            named = folded(name), rows.row
            read[named] = (*named, name, *place, address)
            for each in further.of(cells):
                # An address is compared with listed ones for the name of its row.
                named = folded(each.name), rows.row
                read.setdefault(named, (*named, each.name, *place, ""))
    with database:
        database.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, SCHEMA.split(";")):
            database.execute(statement)
        database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", read.values())
        database.execute("INSERT INTO made VALUES (?)", (FORMAT,))


def _cell(cells: list[str], place: int | None) -> str:
    return "" if place is None else cells[place]
