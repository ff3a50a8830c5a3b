"""Compile the tables of trade flows into the SQLite file that averages read.

The flows of a partner are three arrays side by side: places in the one list of all codes, dollars
of value, dollars of calculated duty. So a partner's 14,000 lines are read in a millisecond, with
the standard library or as arrays of numpy. All numbers are little-endian.

The row ``general`` of `flows` pools the partners whose goods pay the general rates of column 1,
over the lines on which they paid anything: duty over value there is what a rate that is not ad
valorem came to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.core.packed import packed
from detente.core.tables.tsv import numbered_rows
from detente.trade.claims_tables import fill_claims

PAGE = 4096
GENERAL = "general"
TABLES = """
PRAGMA page_size = {page};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE codes (body TEXT NOT NULL);
CREATE TABLE partners (
  partner TEXT PRIMARY KEY, census TEXT NOT NULL, name TEXT NOT NULL, countries TEXT NOT NULL,
  within TEXT NOT NULL, general TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE flows (
  partner TEXT PRIMARY KEY, places BLOB NOT NULL, value BLOB NOT NULL, duty BLOB NOT NULL
);
CREATE TABLE weightings (
  weighting TEXT PRIMARY KEY, kind TEXT NOT NULL, destination TEXT NOT NULL,
  preset TEXT NOT NULL, flow TEXT NOT NULL, year TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE chapters (
  flow TEXT NOT NULL, year TEXT NOT NULL, partner TEXT NOT NULL, chapter TEXT NOT NULL,
  value INTEGER NOT NULL, duty INTEGER, PRIMARY KEY (flow, year, partner, chapter)
) WITHOUT ROWID;
CREATE TABLE groups (
  flow TEXT NOT NULL, year TEXT NOT NULL, partner TEXT NOT NULL, chapter TEXT NOT NULL,
  "group" TEXT NOT NULL, percent INTEGER NOT NULL, codes TEXT NOT NULL,
  PRIMARY KEY (flow, year, partner, chapter, "group")
) WITHOUT ROWID;
CREATE TABLE products (
  flow TEXT NOT NULL, year TEXT NOT NULL, partner TEXT NOT NULL, code TEXT NOT NULL,
  value INTEGER NOT NULL, PRIMARY KEY (flow, year, partner, code)
) WITHOUT ROWID;
CREATE TABLE subheadings (
  nomenclature TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (nomenclature, code)
) WITHOUT ROWID;
"""

Flow = tuple[str, int, int]


def build_trade(data_dir: Path, out: Path) -> None:
    """Write the database of flows from the tables in a folder.

    Args:
        data_dir: the folder with partners, weightings, chapters, groups, subheadings, a folder of
            lines and one of claims.
        out: the file to write; an older one is replaced.

    Raises:
        FileNotFoundError: a table is missing.
        ValueError: a row has another number of cells than its header, or a number is none.
    """
    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    try:
        database.executescript(TABLES.format(page=PAGE))
        _fill(database, data_dir)
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()


def read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a table without its first line of names; see ``read_tsv``."""
    return (cells for number, cells in numbered_rows(path) if number > 1)


def _fill(database: sqlite3.Connection, data: Path) -> None:
    partners = list(read_table(data / "partners.tsv"))
    database.executemany("INSERT INTO partners VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(partners))
    weightings = list(read_table(data / "weightings.tsv"))
    database.executemany("INSERT INTO weightings VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(weightings))
    for flow, year, partner, chapter, value, duty in read_table(data / "chapters.tsv"):
        row = (flow, year, partner, chapter, int(value), int(duty) if duty else None)
        database.execute("INSERT INTO chapters VALUES (?, ?, ?, ?, ?, ?)", row)
    for *key, percent, starts in read_table(data / "groups.tsv"):
        group = (*key, int(percent), starts)
        database.execute("INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?)", group)
    for flow, year, partner, code, value in read_table(data / "products.tsv"):
        product = (flow, year, partner, code, int(value))
        database.execute("INSERT INTO products VALUES (?, ?, ?, ?, ?)", product)
    subheadings = read_table(data / "subheadings.tsv")
    database.executemany("INSERT INTO subheadings VALUES (?, ?)", sorted(subheadings))
    fill_claims(database, data / "claims", read_table)
    # One folder of lines for each weighting by lines; there is one so far.
    (folder,) = [row[0] for row in weightings if row[1] == "lines"]
    lines = {row[0]: list(_lines(data / folder / f"{row[0]}.tsv")) for row in partners}
    pooled = [row[0] for row in partners if row[5] == "yes"]
    lines[GENERAL] = _pool(lines[partner] for partner in pooled)
    codes = sorted({code for flows in lines.values() for code, _, _ in flows})
    place = {code: number for number, code in enumerate(codes)}
    database.execute("INSERT INTO codes VALUES (?)", ("".join(codes),))
    for partner in sorted(lines):
        flows = lines[partner]
        places = packed("H", [place[code] for code, _, _ in flows])
        values = packed("q", [value for _, value, _ in flows])
        duties = packed("q", [duty for _, _, duty in flows])
        columns = (partner, places, values, duties)
        database.execute("INSERT INTO flows VALUES (?, ?, ?, ?)", columns)


def _lines(path: Path) -> Iterator[Flow]:
    for code, value, duty in read_table(path):
        if len(code) != 10:
            raise ValueError(f"{path}: {code!r} has not ten digits; make the table again")
        yield code, int(value), int(duty)


def _pool(partners: Iterable[list[Flow]]) -> list[Flow]:
    """Add up the lines on which duty was paid, by code."""
    sums: dict[str, tuple[int, int]] = {}
    for flows in partners:
        for code, value, duty in flows:
            if duty:
                before = sums.get(code, (0, 0))
                sums[code] = (before[0] + value, before[1] + duty)
    return [(code, *sums[code]) for code in sorted(sums)]
