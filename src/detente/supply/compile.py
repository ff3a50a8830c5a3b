"""Compile the tables of critical minerals into the SQLite file that answers read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.supply.balance import check_flows, check_nodes
from detente.supply.projects import STATES, last_day

TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE sources (
  source TEXT PRIMARY KEY, citation TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE minerals (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL UNIQUE, within TEXT NOT NULL,
  name TEXT NOT NULL, name_zh TEXT NOT NULL, words TEXT NOT NULL, note TEXT NOT NULL,
  as_one TEXT NOT NULL DEFAULT ''
);
CREATE TABLE stages (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, title TEXT NOT NULL,
  "after" TEXT NOT NULL DEFAULT ''
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
  support TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL, note TEXT NOT NULL,
  known_from TEXT NOT NULL, offtake TEXT NOT NULL, status_on TEXT NOT NULL
);
CREATE TABLE project_states (
  place INTEGER PRIMARY KEY, project TEXT NOT NULL, stage TEXT NOT NULL, "on" TEXT NOT NULL,
  state TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE flows (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, start TEXT NOT NULL,
  "end" TEXT NOT NULL, into_stage TEXT NOT NULL, form TEXT NOT NULL, year TEXT NOT NULL,
  low TEXT NOT NULL, high TEXT NOT NULL, unit TEXT NOT NULL, measure TEXT NOT NULL,
  published TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE codes (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, schedule TEXT NOT NULL,
  code TEXT NOT NULL, covers TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE units (
  unit TEXT PRIMARY KEY, kind TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL,
  note TEXT NOT NULL, sums_to TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE items (
  place INTEGER PRIMARY KEY, mineral TEXT NOT NULL, stage TEXT NOT NULL, by TEXT NOT NULL,
  item TEXT NOT NULL, covers TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE critical_users (
  place INTEGER PRIMARY KEY, input TEXT NOT NULL, mineral TEXT NOT NULL, value_bn TEXT NOT NULL,
  value_how TEXT NOT NULL, code TEXT NOT NULL, user TEXT NOT NULL, share_of_use TEXT NOT NULL,
  value_added_bn TEXT NOT NULL, exposed TEXT NOT NULL, cost_share TEXT NOT NULL,
  grade TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE critical_industries (
  code TEXT PRIMARY KEY, isic3 TEXT NOT NULL, isic4 TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE parameters (
  name TEXT PRIMARY KEY, value TEXT NOT NULL, unit TEXT NOT NULL, source TEXT NOT NULL,
  grade TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE critical_published (
  place INTEGER PRIMARY KEY, input TEXT NOT NULL, study TEXT NOT NULL, published TEXT NOT NULL,
  figure TEXT NOT NULL, definition TEXT NOT NULL, low TEXT NOT NULL, value TEXT NOT NULL,
  high TEXT NOT NULL, unit TEXT NOT NULL, grade TEXT NOT NULL
);
CREATE INDEX figures_of ON figures (mineral);
CREATE INDEX flows_of ON flows (mineral);
"""
FIGURES = (
    "mineral",
    "stage",
    "what",
    "place",
    "of",
    "year",
    "low",
    "high",
    "unit",
    "estimated",
    "source",
    "grade",
    "note",
)
"""The columns of figures: every table of the folder that has them is read as such."""
GRADES = ("primary", "secondary", "background")
KINDS = (
    "production",
    "share",
    "capacity",
    "projection",
    "demand",
    "recycling",
    "outlook",
    "reliance",
    "import-share",
    "import-share-value",
    "price",
    "price-ask",
    "price-floor",
    "price-ratio",
    "consumption",
    "stock",
    "exports",
    "lead-time",
)

COVERS = ("whole", "part", "means")
"""Of a controlled item: all of a product, some of it, or what the product is made with."""
MEASURES = ("quantity", "value", "share", "unknown")
"""Of a flow: tonnes, money, a part of a country's imports, or nothing but that it flows."""


def build_supply(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a row names a mineral, stage or source that there is not, or no number; or a
            stage does not balance, which the message names with its year.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        _write(database, source)
        database.execute("VACUUM")


def _write(database: sqlite3.Connection, source: Path) -> None:
    database.executescript(TABLES)
    sources = _fill(database, "sources", source / "sources.tsv", numbered=False)
    minerals = _fill(database, "minerals", source / "minerals.tsv")
    stages = _fill(database, "stages", source / "stages.tsv")
    names = {row["mineral"] for row in minerals}
    pairs = {(row["mineral"], row["stage"]) for row in stages} | {(name, "") for name in names}
    for row in (*minerals, *stages):
        within = row.get("within", "").split(";")
        if row["mineral"] not in names or not {"", *names} >= set(within):
            raise ValueError(f"minerals.tsv or stages.tsv: unknown mineral in {row}")
    for row in stages:
        if (row["mineral"], row.get("after", "")) not in pairs:
            raise ValueError(f"stages.tsv: no stage {row['after']} of {row['mineral']}")
    cited = {row["source"] for row in sources}
    figures = [row for path in sorted(source.glob("*.tsv")) for row in _figures(path)]
    for number, row in enumerate(figures):
        _check(row, pairs, cited)
        database.execute(
            f"INSERT INTO figures VALUES ({', '.join('?' * 14)})", (number, *row.values())
        )
    _write_projects(database, source, pairs, cited)
    for row in _fill(database, "codes", source / "codes.tsv"):
        if (row["mineral"], row["stage"]) not in pairs or row["covers"] not in ("whole", "part"):
            raise ValueError(f"codes.tsv: unknown mineral, stage or cover in {row}")
    for row in _fill(database, "units", source / "units.tsv", numbered=False):
        if not Decimal(0) < Decimal(row["low"]) <= Decimal(row["high"]):
            raise ValueError(f"units.tsv: the ends of {row['unit']} are out of order")
    for row in _fill(database, "items", source / "items.tsv"):
        if (row["mineral"], row["stage"]) not in pairs or row["covers"] not in COVERS:
            raise ValueError(f"items.tsv: unknown mineral, stage or cover in {row}")
    _write_users(database, source, names, cited)
    flows = _fill(database, "flows", source / "flows.tsv")
    for row in flows:
        _check_flow(row, pairs, cited)
    check_nodes(figures)
    check_flows(flows, figures)
    database.commit()


def _write_projects(
    database: sqlite3.Connection, source: Path, pairs: set[tuple[str, str]], cited: set[str]
) -> None:
    """Projects with what their owners announced of them, and how they stood when."""
    projects = _fill(database, "projects", source / "projects.tsv")
    for row in projects:
        for mineral in filter(None, row["minerals"].split(";")):
            if (mineral, row["stage"]) not in pairs:
                raise ValueError(f"projects.tsv: no stage {row['stage']} of {mineral}")
        _number(row["capacity"], row)
        if row["source"] not in cited or row["grade"] not in GRADES:
            raise ValueError(f"projects.tsv: unknown source or grade in {row}")
        if row["capacity"] and not row["unit"]:
            raise ValueError(f"projects.tsv: a capacity without a unit in {row}")
    check_states(_fill(database, "project_states", source / "project_states.tsv"), projects, cited)


def _write_users(
    database: sqlite3.Connection, source: Path, names: set[str], cited: set[str]
) -> None:
    """Who uses critical inputs, in which industries, and what was published of that."""
    users = _fill(database, "critical_users", source / "critical_users.tsv")
    inputs = {row["input"] for row in users}
    for row in _fill(database, "parameters", source / "parameters.tsv", numbered=False):
        known = row["source"] in cited and row["grade"] in GRADES
        if not known or _number(row["value"], row) is None:
            raise ValueError(f"parameters.tsv: unknown source or grade, or no number, in {row}")
    industries = _fill(
        database, "critical_industries", source / "critical_industries.tsv", numbered=False
    )
    missing = {row["code"] for row in users} - {row["code"] for row in industries}
    if missing:
        raise ValueError(f"critical_industries.tsv: no divisions of {', '.join(sorted(missing))}")
    for row in users:
        if row["mineral"] not in names or not Decimal(0) < _share(row) < Decimal(1):
            raise ValueError(f"critical_users.tsv: unknown mineral, or no share of cost, in {row}")
    for row in _fill(database, "critical_published", source / "critical_published.tsv"):
        if row["input"] not in inputs or row["grade"] not in GRADES:
            raise ValueError(f"critical_published.tsv: unknown input or grade in {row}")


def _check(row: dict[str, str], pairs: set[tuple[str, str]], cited: set[str]) -> None:
    if (row["mineral"], row["stage"]) not in pairs:
        raise ValueError(f"unknown mineral or stage in {row}")
    if row["source"] not in cited or row["grade"] not in GRADES or row["what"] not in KINDS:
        raise ValueError(f"unknown source, grade or kind in {row}")
    low, high = _number(row["low"], row), _number(row["high"], row)
    if low is None or (high is not None and high < low):
        raise ValueError(f"no lower figure, or the higher is below it, in {row}")


def check_states(
    rows: list[dict[str, str]], projects: list[dict[str, str]], cited: set[str]
) -> None:
    """Refuse a state of no project, of an unknown word, or out of order.

    Raises:
        ValueError: there is one; the message has its row.
    """
    known_from = {(row["project"], row["stage"]): row["known_from"] for row in projects}
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["project"], row["stage"])
        if key not in known_from or row["state"] not in STATES:
            raise ValueError(f"project_states.tsv: unknown project, stage or state in {row}")
        if row["source"] not in cited or row["grade"] not in GRADES:
            raise ValueError(f"project_states.tsv: unknown source or grade in {row}")
        day = last_day(row["on"])
        if day < last.get(key, ""):
            raise ValueError(f"project_states.tsv: the states are not in order of days at {row}")
        if day < known_from[key][: len(day)]:
            raise ValueError(f"project_states.tsv: a state before it was known of, in {row}")
        last[key] = day


def _share(row: dict[str, str]) -> Decimal:
    return Decimal(row["cost_share"])


def _check_flow(row: dict[str, str], pairs: set[tuple[str, str]], cited: set[str]) -> None:
    if (row["mineral"], row["stage"]) not in pairs:
        raise ValueError(f"flows.tsv: unknown mineral or stage in {row}")
    if row["source"] not in cited or row["grade"] not in GRADES or row["measure"] not in MEASURES:
        raise ValueError(f"flows.tsv: unknown source, grade or measure in {row}")
    low, high = _number(row["low"], row), _number(row["high"], row)
    if (row["measure"] == "unknown") != (low is None) or (high or Decimal(0)) < (low or Decimal(0)):
        raise ValueError(f"flows.tsv: the ends of a flow do not fit its measure in {row}")


def _number(text: str, row: dict[str, str]) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number in {row}") from None
    if value < 0:
        raise ValueError(f"{text} is negative in {row}")
    return value


def _figures(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table of figures; none of a table of other columns."""
    with path.open(encoding="utf-8", newline="") as file:
        header = tuple(file.readline().rstrip("\n").split("\t"))
    return read_tsv(path) if header == FIGURES else iter(())


def _fill(
    database: sqlite3.Connection, table: str, path: Path, *, numbered: bool = True
) -> list[dict[str, str]]:
    rows = list(read_tsv(path))
    for number, row in enumerate(rows):
        cells = {"place": number, **row} if numbered else row
        names = ", ".join(f'"{NAMED.get(column, column)}"' for column in cells)
        marks = ", ".join("?" * len(cells))
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))
    return rows


NAMED = {"from": "start", "to": "end", "into": "into_stage"}
"""Columns of flows whose names SQL keeps for itself."""
