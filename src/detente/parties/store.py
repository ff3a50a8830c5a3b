"""The built-in lists and the user's own: opening them, importing one, what is there.

The user's lists are `parties.sqlite` in the user's folder; each import of another day is another
version of the list, and nothing that was imported is forgotten.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator

from detente._shapes import NamedTuple
from detente.parties.index import (
    SCHEMA,
    add_version,
    body,
    build_postings,
    entry_of,
    read_anew,
    reading_of,
)
from detente.parties.lists import read_list
from detente.parties.model import Entry, Reading
from detente.parties.names import Tables, tables_of
from detente.parties.screening import Hit, Lists, members
from detente.parties.spelling import neighbors
from detente.store.files import DATA, Reader, open_read_only
from detente.store.home import home

FILE = "parties.sqlite"


class Listed(NamedTuple):
    """One list that is at hand.

    Attributes:
        list: short name.
        title: the list's name; the file's for one that was imported.
        by: country whose list it is; empty for one that was imported.
        source_date: day of the version that counts.
        entries: how many it holds.
        built_in: whether it came with the package.
        versions: days of all versions, oldest first.
    """

    list: str
    title: str
    by: str
    source_date: str
    entries: int
    built_in: bool
    versions: tuple[str, ...]


class Difference(NamedTuple):
    """What an import changed against the version before it, by key of the entry."""

    before: str
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Entry, ...]


def open_built_in() -> sqlite3.Connection:
    """The lists that came with the package."""
    return open_read_only(os.path.join(DATA, FILE))


def user_file() -> str:
    """Where the user's lists are kept; it need not exist."""
    return os.path.join(home(), FILE)


def user_state() -> tuple[int, int]:
    """What changes when the user's lists do: size and time of their file; zeros without one."""
    try:
        state = os.stat(user_file())
    except FileNotFoundError:
        return 0, 0
    return state.st_size, state.st_mtime_ns


def read_tables(kept: sqlite3.Connection) -> Tables:
    """Words and characters, from the built-in file."""
    words = {row[0]: (row[1], row[2]) for row in kept.execute("SELECT * FROM vocabulary")}
    han = {row[0]: (row[1], row[2], row[3]) for row in kept.execute("SELECT * FROM han")}
    return tables_of(words, han, neighbors(words))


class Screen:
    """Everything a name is screened against on one day."""

    def __init__(self, on: str | None = None) -> None:
        """Open the lists.

        Args:
            on: the day as of which they count, ISO; None for the newest of each.
        """
        built_in = open_built_in()
        tables = read_tables(built_in)
        spellings = dict(built_in.execute("SELECT spelling, pinyin FROM cantonese"))
        self.lists = [Lists(built_in, tables, spellings, on)]
        if os.path.isfile(user_file()):
            kept = open_user()
            if reading_of(kept) != reading_of(built_in):
                read_anew(kept, tables, reading_of(built_in))
            self.lists.append(Lists(kept, tables, spellings, on))

    def hits(
        self, name: str, country: str | None = None, top: int = 10, city: str | None = None
    ) -> list[Hit]:
        """The hits of a name over all lists, best first; see `Lists.screen`.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        found = [hit for lists in self.lists for hit in lists.screen(name, country, top, city)]
        return sorted(found, key=lambda hit: -hit.score)[:top]

    def identity(self) -> str:
        """A hash that tells which lists these are: the same on two machines that answer alike."""
        return " ".join(lists.identity() for lists in self.lists)


def open_user() -> sqlite3.Connection:
    """The user's lists, made when there are none yet."""
    path = user_file()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    new = not os.path.isfile(path)
    kept = sqlite3.connect(path, factory=Reader)  # a change is committed where it is made
    if new:
        kept.executescript(SCHEMA)
    return kept


def import_list(
    path: str, form: str | None = None, source_date: str | None = None, name: str | None = None
) -> tuple[Reading, dict[str, Difference]]:
    """Read a file and keep each list in it as of its day.

    Args:
        path: the file.
        form: its format; guessed when None.
        source_date: its day, for a file that does not say.
        name: the list's short name, for a file that does not say.

    Returns:
        What was read, and by list what changed.

    Raises:
        ValueError: the file is of no known format, or its day is not known.
    """
    reading = read_list(path, form)
    day = source_date or reading.source_date[:10]
    if not day:
        raise ValueError(f"{path} does not say of which day it is: name it with --as-of DAY")
    by_list: dict[str, list[Entry]] = {}
    for entry in reading.entries:
        by_list.setdefault(name or entry.list, []).append(
            entry._replace(list=name) if name else entry
        )
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    kept, built_in = open_user(), open_built_in()
    tables, changes = read_tables(built_in), {}
    if reading_of(kept) != reading_of(built_in):
        read_anew(kept, tables, reading_of(built_in))
    with kept:
        for code, entries in by_list.items():
            changes[code] = _difference(kept, code, day, entries)
            version = (code, day, reading.format, reading.rows, os.path.basename(path), digest)
            add_version(kept, version, entries, tables)
        build_postings(kept)
    kept.close()
    return reading, changes


def _difference(kept: sqlite3.Connection, code: str, day: str, entries: list[Entry]) -> Difference:
    row = kept.execute(
        "SELECT max(source_date) FROM versions WHERE list = ? AND source_date <= ?", (code, day)
    ).fetchone()
    before = row[0] or ""
    old = {entry.key: entry for entry in entries_of(kept, code, before)} if before else {}
    new = {entry.key: entry for entry in entries}
    return Difference(
        before,
        tuple(new[key] for key in new if key not in old),
        tuple(old[key] for key in old if key not in new),
        tuple(new[key] for key in new if key in old and body(old[key]) != body(new[key])),
    )


def entries_of(kept: sqlite3.Connection, code: str, on: str | None = None) -> Iterator[Entry]:
    """The entries of a list as of a day."""
    for number in sorted(members(kept, on, code)):
        row = kept.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        yield entry_of(row[0])


def listed(on: str | None = None) -> list[Listed]:
    """The lists at hand, built-in ones first, each as of a day."""
    found = []
    files = [(open_built_in(), True)]
    if os.path.isfile(user_file()):
        files.append((open_user(), False))
    for kept, built_in in files:
        titles = (
            {row[0]: (row[2], row[1]) for row in kept.execute("SELECT * FROM lists")}
            if built_in
            else {}
        )
        rows = kept.execute(
            "SELECT list, source_date, file, length(members) / 4 FROM versions"
            " ORDER BY list, source_date"
        ).fetchall()
        for code in dict.fromkeys(row[0] for row in rows):
            versions = [row for row in rows if row[0] == code]
            counting = [row for row in versions if on is None or row[1] <= on]
            last = counting[-1] if counting else (code, "", versions[0][2], 0)
            title, by = titles.get(code, (last[2], ""))
            days = tuple(row[1] for row in versions)
            found.append(Listed(code, title, by, last[1], last[3], built_in, days))
    return found
