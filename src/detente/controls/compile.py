"""Compile the tables of the Commerce Control List into the SQLite file that answers read."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.register.control_terms import POLICIES

TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entries (
  eccn TEXT PRIMARY KEY, category TEXT NOT NULL, "group" TEXT NOT NULL, series TEXT NOT NULL,
  jurisdiction TEXT NOT NULL, reasons TEXT NOT NULL, heading TEXT NOT NULL, related TEXT NOT NULL,
  sta TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE lines (
  place INTEGER PRIMARY KEY, eccn TEXT NOT NULL, reason TEXT NOT NULL, "column" TEXT NOT NULL,
  "to" TEXT NOT NULL, open TEXT NOT NULL, state TEXT NOT NULL, ruled TEXT NOT NULL,
  door TEXT NOT NULL, applies TEXT NOT NULL, but_not TEXT NOT NULL, words TEXT NOT NULL,
  citation TEXT NOT NULL, grade TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX lines_of ON lines (eccn);
CREATE TABLE paragraphs (
  place INTEGER PRIMARY KEY, eccn TEXT NOT NULL, paragraph TEXT NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX paragraphs_of ON paragraphs (eccn);
CREATE TABLE chart (
  country TEXT PRIMARY KEY, name TEXT NOT NULL, marks TEXT NOT NULL, groups TEXT NOT NULL,
  footnotes TEXT NOT NULL, pointer TEXT NOT NULL, open_for TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE exceptions (
  place INTEGER PRIMARY KEY, eccn TEXT NOT NULL, code TEXT NOT NULL, offered TEXT NOT NULL,
  "limit" TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX exceptions_of ON exceptions (eccn);
CREATE TABLE sections (code TEXT PRIMARY KEY, citation TEXT NOT NULL, title TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE gates (
  place INTEGER PRIMARY KEY, items TEXT NOT NULL, "to" TEXT NOT NULL, headquarters TEXT NOT NULL,
  leaves TEXT NOT NULL, citation TEXT NOT NULL, why TEXT NOT NULL, series TEXT NOT NULL,
  reasons TEXT NOT NULL, measures TEXT NOT NULL, perhaps TEXT NOT NULL
);
CREATE TABLE offer_facts (
  place INTEGER PRIMARY KEY, code TEXT NOT NULL, items TEXT NOT NULL, "to" TEXT NOT NULL,
  fact TEXT NOT NULL, value TEXT NOT NULL, measure TEXT NOT NULL,
  citation TEXT NOT NULL, why TEXT NOT NULL
);
CREATE TABLE policies (
  place INTEGER PRIMARY KEY, reason TEXT NOT NULL, "column" TEXT NOT NULL, series TEXT NOT NULL,
  "to" TEXT NOT NULL, end_use TEXT NOT NULL, policy TEXT NOT NULL, citation TEXT NOT NULL,
  grade TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX policies_of ON policies (reason, "column");
CREATE TABLE group_changes (
  place INTEGER PRIMARY KEY, country TEXT NOT NULL, "group" TEXT NOT NULL, "from" TEXT NOT NULL,
  until TEXT NOT NULL, citation TEXT NOT NULL, grade TEXT NOT NULL
);
CREATE TABLE offer_rules (
  code TEXT PRIMARY KEY, groups TEXT NOT NULL, kinds TEXT NOT NULL, items TEXT NOT NULL,
  "to" TEXT NOT NULL, decides TEXT NOT NULL, why TEXT NOT NULL, reasons TEXT NOT NULL,
  not_to TEXT NOT NULL, conditions TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE red_flags (
  place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL, seen TEXT NOT NULL
);
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
OF_ENTRIES = ("lines", "paragraphs", "exceptions")
NUMBERED = (*OF_ENTRIES, "gates", "offer_facts", "red_flags", "policies", "group_changes")
FILES = ("entries", *NUMBERED, "chart", "offer_rules", "sections")
_COUNTRY = re.compile(r"(all( less( [A-Z]{2})+)?|[A-Z]{2}( [A-Z]{2})*)?")


def build_controls(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a row names an entry or a country that there is not, or SOURCE.yaml no day.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(TABLES)
        rows = {name: list(read_tsv(source / f"{name}.tsv")) for name in FILES}
        _check(rows)
        for name, each in rows.items():
            _fill(database, name, each)
        database.execute("INSERT INTO about VALUES ('day', ?)", (_day(source / "SOURCE.yaml"),))
        database.commit()
        database.execute("VACUUM")


def _check(rows: dict[str, list[dict[str, str]]]) -> None:
    known = {row["eccn"] for row in rows["entries"]}
    for name in OF_ENTRIES:
        for row in rows[name]:
            if row["eccn"] not in known:
                raise ValueError(f"{name}.tsv: no entry {row['eccn']}")
    for row in rows["policies"]:
        if not _COUNTRY.fullmatch(row["to"]) or row["policy"] not in ("", *POLICIES):
            raise ValueError(f"policies.tsv: {row['to']!r} or {row['policy']!r} is unknown")
    for row in rows["lines"]:
        for key in ("to", "open"):
            if not _COUNTRY.fullmatch(row[key]):
                raise ValueError(f"lines.tsv: {row[key]!r} under {key} are not countries")
        if not (row["column"] or row["to"] or row["open"] or row["ruled"]):
            raise ValueError(f"lines.tsv: a line of {row['eccn']} says nowhere what it reaches")


def _fill(database: sqlite3.Connection, table: str, rows: list[dict[str, str]]) -> None:
    for number, row in enumerate(rows):
        values = (number, *row.values()) if table in NUMBERED else tuple(row.values())
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def _day(path: Path) -> str:
    found = re.search(r'^day: "(\d{4}-\d{2}-\d{2})"$', path.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"{path.name}: no day of the control list")
    return found.group(1)
