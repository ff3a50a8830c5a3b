"""Compile the tables of fees, entry types and orders into the SQLite file that answers read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.store.digest import sha256_of

COLUMNS = {
    "rates": ("fee", "class", "name", "rate", "from", "until", "note", "source", "grade"),
    "bounds": ("from", "until", "fiscal_year", "min", "max", "informal", "source", "grade"),
    "exemptions": ("fee", "kind", "key", "effect", "words", "source", "grade"),
    "types": ("type", "name", "kind", "remedies", "source", "grade"),
    "modes": ("mode", "codes", "hmf", "name", "source", "grade"),
    "named": ("kind", "key", "class", "name", "prefix", "certain", "base", "source", "grade"),
    "zone": ("measure", "from", "words", "source", "grade"),
    "deciding": ("rule", "words", "source", "grade"),
    "orders": (
        "case",
        "kind",
        "origin",
        "product",
        "codes_as",
        "listed_in",
        "scope_in",
        "read",
        "ordered",
        "ordered_in",
        "continued",
        "continued_in",
        "days_grade",
    ),
    "order_codes": ("code", "case"),
}
"""The tables and their columns, in order; each is a file of the same name."""

GRADES = ("primary", "secondary", "background")
MONEY = ("min", "max", "informal", "rate")
PRAGMAS = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"


def build_entry(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a table has other columns, an unknown grade, or no number where one must be;
            or an order's code belongs to no order.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(PRAGMAS)
        for name, columns in COLUMNS.items():
            _fill(database, name, columns, list(_checked(source / f"{name}.tsv", columns)))
        lost = database.execute(
            'SELECT "case" FROM order_codes WHERE "case" NOT IN (SELECT "case" FROM orders)'
        ).fetchone()
        if lost is not None:
            raise ValueError(f"order_codes.tsv: there is no order {lost[0]}")
        database.execute("CREATE INDEX codes_of ON order_codes (code)")
        database.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        texts = [(source / f"{name}.tsv").read_text("utf-8") for name in COLUMNS]
        about = {"sha256": sha256_of(*texts), "orders_through": _day(source / "SOURCE.yaml")}
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        database.commit()
        database.execute("VACUUM")


def _fill(
    database: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: list[dict[str, str]]
) -> None:
    typed = ", ".join(f'"{column}" TEXT NOT NULL' for column in columns)
    database.execute(f"CREATE TABLE {name} (place INTEGER PRIMARY KEY, {typed})")
    for place, row in enumerate(rows):
        values = (place, *(row[column] for column in columns))
        database.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)


def _checked(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(read_tsv(path, columns), start=2):
        where = f"{path.name}, line {number}"
        if row.get("grade", GRADES[0]) not in GRADES:
            raise ValueError(f"{where}: a grade is one of {', '.join(GRADES)}")
        for column in MONEY:
            _check_number(row.get(column, ""), where)
        yield row


def _check_number(text: str, where: str) -> None:
    try:
        wrong = text and Decimal(text) < 0
    except InvalidOperation:
        wrong = True
    if wrong:
        raise ValueError(f"{where}: {text!r} is not an amount or a rate")


def _day(path: Path) -> str:
    found = re.search(r'^day: "(\d{4}-\d{2}-\d{2})"$', path.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"{path.name}: no day through which orders were read")
    return found.group(1)
