"""Compile the tables of the goods schedule into the SQLite file that answers read.

The same tables give the same bytes: rows go in sorted, the page size is fixed, nothing is dated.
Editions are numbered from 0 in the order of `editions.tsv`; a run of them is `first <= n < until`.
`meta` holds the SHA-256 of the tables, by which an edition imported over them knows them again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.goods.ancestry import path_of
from detente.goods.codes import RATE_LINE
from detente.goods.storing import FOREVER, insert

PAGE = 4096

TABLES = """
PRAGMA page_size = {page};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE editions (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, start TEXT NOT NULL, accepted_from TEXT NOT NULL,
  accepted_until TEXT NOT NULL, exact_from TEXT NOT NULL, exact_until TEXT NOT NULL,
  grade TEXT NOT NULL, basis TEXT NOT NULL
);
CREATE TABLE groups (id TEXT PRIMARY KEY, parent TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, first INTEGER NOT NULL, until INTEGER NOT NULL,
  parent TEXT NOT NULL, description TEXT NOT NULL, units TEXT NOT NULL, general TEXT NOT NULL,
  special TEXT NOT NULL, other TEXT NOT NULL, headings TEXT NOT NULL
);
CREATE TABLE headings (
  heading TEXT NOT NULL, first INTEGER NOT NULL, until INTEGER NOT NULL, description TEXT NOT NULL,
  general TEXT NOT NULL, special TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (heading, first)
) WITHOUT ROWID;
CREATE TABLE moves (
  from_code TEXT NOT NULL, to_code TEXT NOT NULL, from_edition INTEGER NOT NULL,
  to_edition INTEGER NOT NULL, kind TEXT NOT NULL, grade TEXT NOT NULL
);
-- eight digits whose rate beside the days of an edition is not known; see `steadiness`
CREATE TABLE unsteady (
  code TEXT NOT NULL, edition INTEGER NOT NULL, rate TEXT NOT NULL,
  PRIMARY KEY (code, edition, rate)
) WITHOUT ROWID;
-- what every line pays in every edition, as one text that is read at once; see `rate_table`
CREATE TABLE rate_runs (body TEXT NOT NULL);
CREATE TABLE trade_words (word TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  text, path, content = '', tokenize = 'porter unicode61'
);
"""
INDEXES = """
CREATE INDEX line_codes ON lines (code, first);
CREATE INDEX moves_from ON moves (from_code);
CREATE INDEX moves_to ON moves (to_code);
"""


def build_goods(data_dir: Path, out: Path) -> None:
    """Write the database of the goods schedule.

    Args:
        data_dir: The folder with editions, groups, headings99, lines, moves and trade-words, .tsv.
        out: The file to write; an older one is replaced.

    Raises:
        FileNotFoundError: A table is missing.
        ValueError: A row has another number of cells than its header, or names an unknown edition.
    """
    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    try:
        database.executescript(TABLES.format(page=PAGE))
        with database:
            _fill(database, data_dir)
        database.executescript(INDEXES)
        # This merges the pieces of the full-text index into one.
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.commit()
        _derive(database, out)
        database.execute("VACUUM")
    finally:
        database.close()


def _derive(database: sqlite3.Connection, out: Path) -> None:
    """Store what follows from the rows: rates by edition, and what changed on unknown days."""
    from detente.goods.rate_table import runs_as_text
    from detente.goods.schedule import Schedule
    from detente.goods.steadiness import unsteady

    schedule = Schedule(out)
    try:
        found = sorted(unsteady(schedule))
        runs = runs_as_text(schedule)
    finally:
        schedule.close()
    with database:
        insert(database, "unsteady", found)
        insert(database, "rate_runs", [(runs,)])


def _fill(database: sqlite3.Connection, data: Path) -> None:
    database.execute("INSERT INTO meta VALUES ('tables', ?)", (_digest(data),))
    numbers = _editions(database, data)
    groups = {row["group"]: (row["parent"], row["text"]) for row in read_tsv(data / "groups.tsv")}
    insert(database, "groups", ((name, *groups[name]) for name in sorted(groups)))
    _lines(database, data, numbers, groups)
    insert(
        database,
        "headings",
        (
            (
                row["heading"],
                *_run(row, numbers),
                *(row[name] for name in ("description", "general", "special", "other")),
            )
            for row in read_tsv(data / "headings99.tsv")
        ),
    )
    words = read_tsv(data / "trade-words.tsv")
    insert(database, "trade_words", ((row["word"], row["words"]) for row in words))
    insert(
        database,
        "moves",
        (
            (
                row["from_code"],
                row["to_code"],
                _number(row["from_edition"], numbers),
                _number(row["to_edition"], numbers),
                row["kind"],
                row["grade"],
            )
            for row in read_tsv(data / "moves.tsv")
        ),
    )


def _digest(data: Path) -> str:
    """The SHA-256 over the names and bytes of the tables, and of those of other countries.

    One checksum stands for all tables of goods, so that every answer of one installation has it.
    """
    digest = hashlib.sha256()
    others = sorted(data.parent.glob("*/*.tsv")) if (data.parent / "cn").is_dir() else ()
    for path in others or sorted(data.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _editions(database: sqlite3.Connection, data: Path) -> dict[str, int]:
    """Store the editions and return the number of each."""
    rows = list(read_tsv(data / "editions.tsv"))
    days = ("from", "accepted_from", "accepted_until", "exact_from", "exact_until")
    fields = ("edition", *days, "grade", "basis")
    insert(
        database,
        "editions",
        ((number, *(row[name] for name in fields)) for number, row in enumerate(rows)),
    )
    return {row["edition"]: n for n, row in enumerate(rows)}


def _lines(
    database: sqlite3.Connection,
    data: Path,
    numbers: Mapping[str, int],
    groups: Mapping[str, tuple[str, str]],
) -> None:
    """Store the lines, and index their words and the words of what they stand under."""
    fields = ("parent", "description", "units", "general", "special", "other", "headings")
    lines: list[tuple[object, ...]] = []
    words: list[tuple[int, str, str]] = []
    runs: dict[str, list[tuple[int, int, str, str]]] = {}

    def above(code: str, edition: int) -> tuple[str, str] | None:
        for first, until, parent, description in runs.get(code, ()):
            if first <= edition < until:
                return parent, description
        return None

    # What a row stands under comes before it in the table, so one pass is enough.
    for number, row in enumerate(read_tsv(data / "lines.tsv"), start=1):
        code, parent, description = row["code"], row["parent"], row["description"]
        first, until = _run(row, numbers)
        lines.append((number, code, first, until, *(row[name] for name in fields)))
        runs.setdefault(code, []).append((first, until, parent, description))
        if len(code) >= RATE_LINE:
            path = "\n".join(path_of(parent, first, above, groups.get))
            words.append((number, description, path))
    insert(database, "lines", lines)
    database.executemany("INSERT INTO words (rowid, text, path) VALUES (?, ?, ?)", words)


def _run(row: Mapping[str, str], numbers: Mapping[str, int]) -> tuple[int, int]:
    until = row["until"]
    return _number(row["from"], numbers), _number(until, numbers) if until else FOREVER


def _number(edition: str, numbers: Mapping[str, int]) -> int:
    if edition not in numbers:
        raise ValueError(f"edition {edition!r} is not in editions.tsv; make the tables again")
    return numbers[edition]
