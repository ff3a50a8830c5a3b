"""The hits of a screened table in a file, to which decisions that are taken later are applied.

A row stands in the file with the state that decisions gave it, so that a page reads its own rows.
Before it reads, the rows of names that were decided since are worked out again, and those whose
decision's time has run out.
"""

from __future__ import annotations

import json
import re
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from detente._shapes import NamedTuple
from detente.parties.lists.keys import folded
from detente.parties.masters.columns import FIRST_ROW
from detente.parties.masters.decisions import ChangedDecisions, Decisions, ReviewedParty
from detente.parties.masters.following import PartyListing
from detente.parties.masters.screened import RawHit, RowHits, ScreenedRow, decided

HITS = "hits.sqlite"
"""The file beside a job."""

FURTHER_NAMES = """
CREATE TABLE IF NOT EXISTS further_names (
    folded TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (folded, at)
) WITHOUT ROWID
"""

SCHEMA = f"""
CREATE TABLE hits (at INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE rows (
    rank BLOB, at INTEGER, folded TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    state TEXT NOT NULL, lists TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (rank, at)
) WITHOUT ROWID;
{FURTHER_NAMES};
CREATE TABLE applied (number INTEGER NOT NULL, day TEXT NOT NULL);
"""

INDEXES = """
CREATE INDEX rows_by_name ON rows (folded);
CREATE INDEX rows_by_state ON rows (state, lists);
"""

OF_NAMES = (
    "folded IN (SELECT value FROM json_each(:names)) OR at IN (SELECT at FROM further_names "
    "WHERE further_names.folded IN (SELECT value FROM json_each(:names)))"
)
"""The rows that have one of some names, in SQL."""

ROW = re.compile(r"row\s+([0-9][0-9,]{0,12})")
"""What picks one row, as a page writes it: `row 16`, `Row 5,041`."""

COMMITTED = 5_000
"""Rows that are written at once."""


SOUGHT = ("entry", "listed_name", "party")
"""Columns whose words pick a row, beside those of its name and its address."""


class HitQuery(NamedTuple):
    """Which rows of a table are asked for.

    Attributes:
        states: of ``HitStanding``, one of which a row must have.
        lists: the lists of a party as they stand together, one of which a row must have.
        text: words that must stand in its name or address, or in its party, the listed name that is
            like it or a key of the party; or such as `row 16`, of one row alone.
    """

    states: Collection[str]
    lists: Collection[str]
    text: str = ""


@contextmanager
def hits_written(
    path: Path, decisions: Decisions, today: str
) -> Iterator[Callable[[RowHits, ScreenedRow], None]]:
    """What writes a row with its hits into a new file, as decisions that were read left it.

    What an attempt that was interrupted left of the file is removed.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
        database.execute("INSERT INTO applied VALUES (?, ?)", (decisions.number, today))
        waiting: list[tuple[RowHits, ScreenedRow]] = []

        def write() -> None:
            database.executemany("INSERT INTO hits VALUES (?, ?)", map(_body, waiting))
            names = {(folded(name), hits.at) for hits, _ in waiting for name in hits.names[1:]}
            database.executemany("INSERT INTO further_names VALUES (?, ?)", sorted(names))
            _put(database, (row for _, row in waiting))
            waiting.clear()

        def take(hits: RowHits, row: ScreenedRow) -> None:
            waiting.append((hits, row))
            if len(waiting) == COMMITTED:
                write()

        yield take
        write()
        database.executescript(INDEXES)
        database.commit()


class StoredHits:
    """The hits of a screened table, with what is decided of them by now."""

    def __init__(self, path: Path, today: str) -> None:
        """Open a file and apply to it what was decided since.

        Args:
            path: of the file.
            today: ISO day on which decisions count.
        """
        self._today = today
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute(FURTHER_NAMES)  # which a file of an earlier edition has not
        if self._changed() is not None:
            self._apply()

    def __enter__(self) -> StoredHits:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def _changed(self) -> ChangedDecisions | None:
        """What changed since decisions were applied; None where that was all, and today."""
        number, day = self._database.execute("SELECT number, day FROM applied").fetchone()
        changed = Decisions.changed(number, day, self._today)
        return None if (changed.number, self._today) == (number, day) else changed

    def _apply(self) -> None:
        """Work out the rows again that decisions, or their end, may have changed."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            # Another page may have applied them while this one waited.
            changed = self._changed()
            if changed is None:
                return
            places = self._places(changed.names)
            rows = list(self._decided([at for _, at in places]))
            self._database.executemany("DELETE FROM rows WHERE rank = ? AND at = ?", places)
            _put(self._database, rows)
            now = changed.number, self._today
            self._database.execute("UPDATE applied SET number = ?, day = ?", now)

    def _places(self, names: list[str] | None) -> list[tuple[bytes, int]]:
        """Where the rows of some names stand, or all rows."""
        query = "SELECT rank, at FROM rows"
        if names is None:
            return self._database.execute(query).fetchall()
        query += f" WHERE {OF_NAMES}"
        return self._database.execute(query, {"names": json.dumps(names)}).fetchall()

    def _decided(self, places: list[int]) -> Iterator[ScreenedRow]:
        """Rows of the table by their places, with what is decided of them."""
        query = "SELECT at, body FROM hits WHERE at IN (SELECT value FROM json_each(?))"
        bodies = dict(self._database.execute(query, (json.dumps(places),)))
        hits = [_hits(bodies[at]) for at in places]
        decisions = Decisions(names=[name for each in hits for name in each.names])
        return (decided(each, decisions, self._today) for each in hits)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many rows there are, by state and by the lists of the party that they show."""
        query = "SELECT state, lists, count(*) FROM rows GROUP BY state, lists"
        return Counter(
            {(state, lists): number for state, lists, number in self._database.execute(query)}
        )

    def number(self, picked: HitQuery) -> int:
        """How many rows are picked."""
        where, values = _condition(picked)
        query = f"SELECT count(*) FROM rows WHERE {where}"
        return int(self._database.execute(query, values).fetchone()[0])

    def rows(self, picked: HitQuery, first: int, most: int) -> list[ScreenedRow]:
        """Some of the rows that are picked, the gravest first."""
        where, values = _condition(picked)
        query = f"SELECT at FROM rows WHERE {where} ORDER BY rank, at LIMIT ? OFFSET ?"
        places = [at for (at,) in self._database.execute(query, (*values, most, first))]
        return list(self._decided(places))

    def parties(self, name: str, country: str, address: str = "") -> list[ReviewedParty] | None:
        """The parties that a name found in a row of a country; None for no row that has both.

        Args:
            name: of the row, or another name in it, as it was asked.
            country: of the row, likewise.
            address: of one without a name; "" of any other.
        """
        query = (
            "SELECT body FROM hits WHERE at IN "
            f"(SELECT at FROM rows WHERE country = :country AND ({OF_NAMES}))"
        )
        values = {"country": country, "names": json.dumps([folded(name)])}
        for (body,) in self._database.execute(query, values):
            found = _hits(body)
            asked = [each.party for each in found.hits if name in (each.asked or (found.name,))]
            # A form sends the lines of an address with other ends.
            stands_for = found.address if name == found.name else ""
            if asked and folded(stands_for) == folded(address):
                return asked
        return None


def _condition(picked: HitQuery) -> tuple[str, list[str]]:
    """The rows that are picked, in SQL."""
    if row := ROW.fullmatch(picked.text.strip().lower()):
        words, of_row = [], [str(int(row[1].replace(",", "")) - FIRST_ROW)]
    else:
        words, of_row = picked.text.lower().split(), []
    parts = [
        f"state IN ({', '.join('?' for _ in picked.states)})",
        f"lists IN ({', '.join('?' for _ in picked.lists)})",
        *("instr(words, ?)" for _ in words),
        *("at = ?" for _ in of_row),
    ]
    return " AND ".join(parts), [*picked.states, *picked.lists, *words, *of_row]


def _put(database: sqlite3.Connection, rows: Iterable[ScreenedRow]) -> None:
    """Write rows as they stand."""
    database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_values, rows))


def _values(row: ScreenedRow) -> tuple[bytes | int | str, ...]:
    cells = row.by_column()
    said = (str(cells[each]) for each in SOUGHT)
    # A party has a key on each of its lists, of which the row shows one.
    words = "\n".join((row.name, row.address, *row.further, *said, *row.keys)).lower()
    return (
        _sortable(row.rank), row.at, folded(row.name), row.name, row.country, row.standing.state,
        str(cells["lists"]), words,
    )  # fmt: skip


def _sortable(rank: tuple[float, ...]) -> bytes:
    """What is ordered as bytes as a rank is by its numbers.

    Numbers from 0 on are; the least of a rank is a score with its sign changed, -1.
    """
    return struct.pack(f">{len(rank)}d", *(each + 1 for each in rank))


def _body(found: tuple[RowHits, ScreenedRow]) -> tuple[int, str]:
    hits, _ = found
    return hits.at, json.dumps(hits, ensure_ascii=False)


def _hits(body: str) -> RowHits:
    at, name, country, hits, *address = json.loads(body)  # an earlier edition has none
    return RowHits(at, name, country, [_hit_of(*each) for each in hits], *address)


def _hit_of(
    order: Any,
    values: Any,
    listing: Any,
    party: Any,
    said: Any,
    standings: Any = None,
    asked: Any = (),
) -> RawHit:
    """A hit as it was written; a file of an earlier edition has no standings, and no names."""
    key, entry, lists, listings, keys = party
    reviewed = ReviewedParty(key, entry, lists, listings, tuple(keys))
    listed = [PartyListing(*each) for each in said]
    return RawHit(
        tuple(order), values, tuple(listing), reviewed, listed, standings or {}, tuple(asked)
    )
