"""A list as a plain table with a header: `name`, and whichever of the others are known."""

from __future__ import annotations

import os
import re
from datetime import datetime, time
from pathlib import Path
from typing import Any

from detente.core.tables.reading import TableError, marked_encoding, open_table
from detente.core.vocabulary import nearest
from detente.parties.lists.model import ALSO, CHINESE, ListedEntry, ListReading, Name
from detente.parties.lists.policy import normal_policy, normal_requirement
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    MOST_ROWS,
    NO_NAME,
    RowFaults,
    check_size,
    countries_named,
    day_after,
    day_if_any,
    kind_of,
    name_fault,
    one_line,
    texts,
    unlike,
    wrong_file,
)
from detente.parties.lists.readers.encoded import Decoding

WHAT = "list in a table"
PLAIN = (
    "programme", "citation", "source", "since", "until", "suspended_from", "suspended_until",
    "note",
)  # fmt: skip
BEGINS, ENDS = ("since", "suspended_from"), ("until", "suspended_until")
DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d.%m.%Y", "%d %b %Y", "%d %B %Y",
    "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y",
)  # fmt: skip
"""How people write a day such that it is one alone: of 01/02/2026 nobody knows the month."""
COLUMNS = frozenset(
    ("name", "id", "list", "aliases", "name_zh", "kind", "countries", "requirement", "policy")
) | frozenset(PLAIN)

CALLED = {"alias": "aliases", "country": "countries", "type": "kind", "schema": "kind"}
"""Columns as other tables head them: one text for several, and what a party is."""

TITLES = 10
"""Rows that are looked at for the heading, where a title or a day stands above it."""

BETWEEN = re.compile(r"[；\r\n\v\f]+")
"""What people put between several names of a cell beside `;`."""

LIKE = 0.7
"""From which likeness a column that is not known is held to be a known one misspelt."""


def read_table(path: str, encoding: str | None = None, sheet: str = "") -> ListReading:
    """Read the rows; unknown columns are named in `not_understood` and kept nowhere.

    Raises:
        ValueError: the file has no `name` column, or is not a table.
    """
    check_size(path, LARGEST_STREAMED)
    entries, places, count = [], [], 0
    faults = RowFaults()
    broken: list[str] = []
    decoding = Decoding(path, encoding or marked_encoding(Path(path)))
    try:
        with open_table(
            Path(path), encoding, sheet=sheet, faults=broken, errors="surrogateescape"
        ) as rows:
            first, columns = rows.columns, _columns_of(rows.columns)
            if "name" not in columns and rows.find_heading(_names_columns, TITLES):
                columns = _columns_of(rows.columns)
            if "name" not in columns:
                shown = ", ".join(map(_readable, first[:8]))
                raise wrong_file(path, WHAT, f"its header has no column `name`, but {shown}")
            faults += [_unknown(column) for column in columns if column not in COLUMNS]
            stem = os.path.splitext(os.path.basename(path))[0].upper()
            for cells in rows.raw():
                count += 1 + len(broken)
                faults += broken
                broken.clear()
                if count > MOST_ROWS:
                    raise ValueError(f"{path} has more than {MOST_ROWS} rows: split it")
                row = dict.fromkeys(columns, "")
                row.update(zip(columns, map(str.strip, cells), strict=False))
                fault = decoding.fault("".join(cells), rows.line)
                if not fault and len(cells) > len(columns):
                    fault = "too many cells"
                if fault := fault or name_fault(row["name"]):
                    faults.append(f"line {rows.line}: {fault}")
                    continue
                if len(cells) < len(columns):
                    faults.are_short(rows.line)
                entry = _entry(row, stem)
                wrong = {each: name_fault(each.text) for each in entry.names}
                # A dash stands for no alias, and nothing is lost with it.
                faults += [
                    f"line {rows.line}: {fault} among its aliases is not kept"
                    for fault in wrong.values()
                    if fault not in ("", NO_NAME)
                ]
                names = tuple(name for name, fault in wrong.items() if not fault)
                entries.append(entry._replace(names=names))
                places.append(f"line {rows.line}")
        decoding.check()
    except TableError as error:
        found = f"{error.where}, {error.what}".strip(", ")
        raise ValueError(f"{path} is no {WHAT}: {found}; {error.do}") from error
    faults += broken
    made, count = tuple(unlike(entries)), count + len(broken)
    notes = (*faults.notes(), *rows.notes)
    return ListReading("csv", "", made, count, (), tuple(faults), notes, tuple(places))


def _columns_of(cells: list[str]) -> list[str]:
    """The columns that the cells of a heading name."""
    return _known([_plain(cell) for cell in cells])


def _names_columns(cells: list[str]) -> bool:
    """Whether cells below a title are the heading."""
    return "name" in _columns_of(cells)


def _plain(column: str) -> str:
    """A heading, in small letters where it is a known one then."""
    small = column.strip().lower()
    return small if small in COLUMNS or small in CALLED else column.strip()


def _known(columns: list[str]) -> list[str]:
    """Headings, each as the one that it means where that is not there too."""
    meant = {one: other for one, other in CALLED.items() if other not in columns}
    known: list[str] = []
    for column in columns:
        other = meant.get(column, column)
        known.append(column if other in known else other)
    return known


def _day(text: str, *, last: bool) -> str:
    """A day as ISO, from any form that means one day alone; another text as it stands.

    Args:
        text: of the cell.
        last: whether it is the first day on which something no longer is so: that of an hour
            within a day is the next one.
    """
    if len(text) <= len("2026-01"):
        return text  # a year or a month, which is told as such
    try:
        stated = datetime.fromisoformat(text)
    except ValueError:
        return day_if_any(text, *DAYS) or text
    day = stated.date().isoformat()
    return day_after(day) if last and stated.time() != time() else day


def _readable(column: str) -> str:
    """A heading to be shown, of which a letter may not be in the encoding of the file."""
    return column.encode("utf-8", "replace").decode()


def _unknown(column: str) -> str:
    column = _readable(column)
    near = nearest(column, COLUMNS, 1, LIKE)
    return f"column {column!r}" + (f": did you mean {near[0]!r}?" if near else "")


def _entry(row: dict[str, str], stem: str) -> ListedEntry:
    plain: dict[str, Any] = {field: one_line(row.get(field, "")) for field in PLAIN}
    plain |= {field: _day(plain[field], last=field in ENDS) for field in (*BEGINS, *ENDS)}
    name = one_line(row["name"])
    return ListedEntry(
        list=row.get("list") or stem,
        key=one_line(row.get("id", "")) or name,
        names=(
            Name(name),
            *(Name(text, ALSO) for text in _several(row.get("aliases", ""))),
            *(Name(text, CHINESE) for text in _several(row.get("name_zh", ""))),
        ),
        kind=kind_of(row.get("kind", "")),
        countries=countries_named(_several(row.get("countries", ""))),
        requirement=normal_requirement(row.get("requirement", "")),
        requirement_text=row.get("requirement", ""),
        policy=normal_policy(row.get("policy", "")),
        policy_text=row.get("policy", ""),
        **plain,
    )


def _several(cell: str) -> list[str]:
    """What stands in a cell for several, with a semicolon of any width or a line break between."""
    return texts(BETWEEN.sub(";", cell))
