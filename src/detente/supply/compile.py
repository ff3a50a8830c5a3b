"""Compile the tables of critical minerals into the SQLite file that answers read."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path

TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE sources (
  source TEXT PRIMARY KEY, citation TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE minerals (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL UNIQUE, within TEXT NOT NULL,
  name TEXT NOT NULL, name_zh TEXT NOT NULL, words TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE stages (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, title TEXT NOT NULL
);
CREATE TABLE figures (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, what TEXT NOT NULL,
  country TEXT NOT NULL, "of" TEXT NOT NULL, year TEXT NOT NULL, low TEXT NOT NULL,
  high TEXT NOT NULL, unit TEXT NOT NULL, estimated TEXT NOT NULL, source TEXT NOT NULL,
  grade TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE projects (
  place INTEGER PRIMARY KEY, project TEXT NOT NULL, owner TEXT NOT NULL, country TEXT NOT NULL,
  stage TEXT NOT NULL, minerals TEXT NOT NULL, capacity TEXT NOT NULL, unit TEXT NOT NULL,
  first_output TEXT NOT NULL, full_rate TEXT NOT NULL, status TEXT NOT NULL,
  support TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX figures_of ON figures (mineral);
"""
GRADES = ("primary", "secondary", "background")
KINDS = (
    "production",
    "share",
    "outlook",
    "reliance",
    "import-share",
    "import-share-value",
    "price",
    "price-ratio",
    "consumption",
    "stock",
    "exports",
    "lead-time",
)


def build_supply(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a row names a mineral, stage or source that there is not, or no number.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as kept:
        _write(kept, source)
        kept.execute("VACUUM")


def _write(kept: sqlite3.Connection, source: Path) -> None:
    kept.executescript(TABLES)
    sources = _fill(kept, "sources", source / "sources.tsv", numbered=False)
    minerals = _fill(kept, "minerals", source / "minerals.tsv")
    stages = _fill(kept, "stages", source / "stages.tsv")
    names = {row["mineral"] for row in minerals}
    pairs = {(row["mineral"], row["stage"]) for row in stages} | {(name, "") for name in names}
    for row in (*minerals, *stages):
        if row["mineral"] not in names or row.get("within", "") not in {"", *names}:
            raise ValueError(f"minerals.tsv or stages.tsv: unknown mineral in {row}")
    cited = {row["source"] for row in sources}
    figures = [*_rows(source / "official.tsv"), *_rows(source / "read.tsv")]
    for number, row in enumerate(figures):
        _check(row, pairs, cited)
        kept.execute(f"INSERT INTO figures VALUES ({', '.join('?' * 14)})", (number, *row.values()))
    for row in _fill(kept, "projects", source / "projects.tsv"):
        for mineral in filter(None, row["minerals"].split(";")):
            if (mineral, row["stage"]) not in pairs:
                raise ValueError(f"projects.tsv: no stage {row['stage']} of {mineral}")
        _number(row["capacity"], row)
        if row["source"] not in cited or row["grade"] not in GRADES:
            raise ValueError(f"projects.tsv: unknown source or grade in {row}")
    kept.commit()


def _check(row: dict[str, str], pairs: set[tuple[str, str]], cited: set[str]) -> None:
    if (row["mineral"], row["stage"]) not in pairs:
        raise ValueError(f"unknown mineral or stage in {row}")
    if row["source"] not in cited or row["grade"] not in GRADES or row["what"] not in KINDS:
        raise ValueError(f"unknown source, grade or kind in {row}")
    low, high = _number(row["low"], row), _number(row["high"], row)
    if low is None or (high is not None and high < low):
        raise ValueError(f"no lower figure, or the higher is below it, in {row}")


def _number(text: str, row: dict[str, str]) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number in {row}") from None
    if value < 0:
        raise ValueError(f"{text} is negative in {row}")
    return value


def _fill(
    kept: sqlite3.Connection, table: str, path: Path, *, numbered: bool = True
) -> list[dict[str, str]]:
    rows = list(_rows(path))
    for number, row in enumerate(rows):
        values = (number, *row.values()) if numbered else tuple(row.values())
        kept.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    return rows


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if None in row or None in row.values():
                raise ValueError(f"{path.name}: a row has another number of cells: {row}")
            yield row
