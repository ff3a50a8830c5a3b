"""A small goods schedule of invented lines, compiled, and exports that follow it.

`BASE` is what the one built-in edition prints; tests make other pages from it. It has three rate
lines under 8507, one heading of chapter 99, and a row without a code.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from detente.goods.compile import build_goods
from detente.goods.export import WordGroups, read_export

COLUMNS = (
    "HTS Number",
    "Indent",
    "Description",
    "Unit of Quantity",
    "General Rate of Duty",
    "Special Rate of Duty",
    "Column 2 Rate of Duty",
    "Quota Quantity",
    "Additional Duties",
)


class Printed(NamedTuple):
    """One row of the page: code, depth, words, units, the three columns, and a footnote."""

    code: str
    indent: int
    words: str
    units: tuple[str, ...] = ()
    general: str = ""
    special: str = ""
    other: str = ""
    note: str = ""


BASE = (
    Printed("8507", 0, "Electric batteries:"),
    Printed(
        "8507.60.00", 1, "Of lithium", (), "3.4%", "Free (AU)", "40%", "See <i>9903.99.01</i>."
    ),
    Printed("8507.60.00.10", 2, "For vehicles", ("No.", "kg")),
    Printed("8507.60.00.90", 2, "For houses", ("No.", "kg")),
    Printed("", 1, "Of other metals:"),
    Printed("8507.80.40.00", 2, "Of zinc", ("No.",), "2%", "", "35%"),
    Printed("8507.80.80.00", 2, "Of iron", ("No.",), "4%", "", "45%"),
    Printed("9903.99.01", 0, "Articles of China", (), "The applicable duty + 10%"),
)
FIRST_DAY, NEXT_DAY = "2026-01-01", "2026-07-01"


def page(*changes: Printed, without: Iterable[str] = ()) -> list[Printed]:
    """`BASE` with rows put in the place of their code, or behind the row before them by code."""
    rows = [row for row in BASE if row.code not in set(without)]
    for change in changes:
        at = [n for n, row in enumerate(rows) if row.code == change.code]
        if at:
            rows[at[0]] = change
            continue
        before = [n for n, row in enumerate(rows) if row.code and row.code < change.code]
        rows.insert(before[-1] + 1, change)
    return rows


def entries(rows: Iterable[Printed]) -> list[dict[str, object]]:
    """Rows as the JSON export has them."""
    return [
        {
            "htsno": row.code,
            "indent": str(row.indent),
            "description": row.words,
            "superior": None,
            "units": list(row.units),
            "general": row.general,
            "special": row.special,
            "other": row.other,
            "footnotes": [{"columns": ["general"], "value": row.note}] if row.note else None,
        }
        for row in rows
    ]


def write_json(path: Path, rows: Iterable[Printed]) -> Path:
    data = json.dumps(entries(rows)).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_csv(path: Path, rows: Iterable[Printed]) -> Path:
    """Write rows as the CSV export has them: without footnotes."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(COLUMNS)
        for row in rows:
            units = json.dumps(row.units) if row.units else ""
            cells = (row.code, row.indent, row.words, units, row.general, row.special, row.other)
            table.writerow((*cells, "", ""))
    return path


def small_base(
    folder: Path, rows: Iterable[Printed] = BASE, name: str = "first", day: str = FIRST_DAY
) -> Path:
    """Compile a schedule of one edition into a new folder; returns the file."""
    folder.mkdir(parents=True)
    groups = WordGroups()
    lines = read_export(write_json(folder / "page.json", rows), groups).rows
    goods = {code: row for code, row in lines.items() if not code.startswith("99")}
    special = {code: row for code, row in lines.items() if code.startswith("99")}
    days = ("accepted_from", "accepted_until", "exact_from", "exact_until")
    tables: Mapping[str, list[tuple[str, ...]]] = {
        "editions.tsv": [
            ("edition", "from", *days, "grade", "shows", "basis"),
            (name, day, *[""] * 4, "primary", "", "Made for a test."),
        ],
        "groups.tsv": [("group", "parent", "text"), *groups.rows()],
        "lines.tsv": [
            ("code", "from", "until", *type(next(iter(goods.values())))._fields),
            *((code, name, "", *row) for code, row in sorted(goods.items())),
        ],
        "headings99.tsv": [
            ("heading", "from", "until", "description", "general", "special", "other"),
            *(
                (f"{code[:4]}.{code[4:6]}.{code[6:]}", name, "", row.description, *row[4:7])
                for code, row in sorted(special.items())
            ),
        ],
        "moves.tsv": [("from_code", "to_code", "from_edition", "to_edition", "kind", "grade")],
        "trade-words.tsv": [("word", "words")],
    }
    for table, cells in tables.items():
        text = "".join("\t".join(row) + "\n" for row in cells)
        (folder / table).write_text(text, encoding="utf-8")
    build_goods(folder, folder / "goods.sqlite")
    return folder / "goods.sqlite"
