"""Tables of numbers with words in front: read from CSV files, or from the compiled file.

A sheet has a first line of column names; the first columns are words, the others numbers:

    sectors.csv        sector, theta
    flows.csv          sector, importer, then one column an exporter: money, sales at home included
    tariffs.csv        the same columns: fractions (0.125), 0 where a row is left out
    value_added.csv    sector, then one column a country: share of gross output
    inputs.csv         country, input, then one column a sector: share in its spending on inputs
    final.csv          (may be left out) sector, then one column a country: share of final spending
    errors.csv         (may be left out) sector, estimate, error, least: of trade elasticities
    ordinary.csv       (may be left out) as tariffs.csv: the part that is ordinary, on top of which
                       additional duties of the register stand; all of them where it is left out
    places.csv         (may be left out) country, income, within: value added as published, 0 to
                       find it from sales; 1 where a group has tariffs between its own members
    scenario-NAME.csv  sector, importer, exporter, and tariff, cap, value_cap or iceberg
"""

from __future__ import annotations

import csv
import math
import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.packed import packed, unpacked
from detente.impact.errors import ImpactError
from detente.store.files import DATA, open_read_only

COMPILED = os.path.join(DATA, "model.sqlite")
WORDS = {
    "sectors": ("sector",),
    "flows": ("sector", "importer"),
    "tariffs": ("sector", "importer"),
    "value_added": ("sector",),
    "inputs": ("country", "input"),
    "final": ("sector",),
    "scenario": ("sector", "importer", "exporter"),
    "sigmas": ("hs3",),
    "protee": ("hs6",),
    "errors": ("sector",),
    "places": ("country",),
    "ordinary": ("sector", "importer"),
}
ERRORS = ("estimate", "error", "least")
"""Columns of the sheet of errors: an elasticity, its standard error, and the least of a draw."""
MAY_LACK = ("final", "tariffs", "errors", "places", "ordinary")
SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE sheets (
  folder TEXT NOT NULL, name TEXT NOT NULL, columns TEXT NOT NULL, words TEXT NOT NULL,
  numbers BLOB NOT NULL, PRIMARY KEY (folder, name)
);
CREATE TABLE texts (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


class DataSheet(NamedTuple):
    """One table.

    Attributes:
        name: the file it is from, for messages.
        columns: names of the columns of numbers.
        words: the words of each row.
        numbers: all numbers, row by row.
    """

    name: str
    columns: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    numbers: array[float]


def read_sheet(path: Path, kind: str = "") -> DataSheet:
    """A table from a CSV file; its kind is the first part of its name where none is given.

    Raises:
        ImpactError: a column is missing or double, a row is short, or a cell is not a number.
        FileNotFoundError: there is no such file.
    """
    kind = kind or path.stem.partition("-")[0]
    words = WORDS[kind]
    rows = csv_rows(path)
    first = next(rows, (1, []))[1]
    head = tuple(cell.strip() for cell in first)
    if head[: len(words)] != words or len(set(head)) != len(head) or len(head) <= len(words):
        raise ImpactError(
            f"{path}, line 1: the first columns must be {', '.join(words)}, then columns of "
            f"numbers, each name once; the line is {shortened(','.join(first))}"
        )
    keys: dict[tuple[str, ...], None] = {}
    numbers = array("d")
    for line, row in rows:
        where = f"{path}, line {line}"
        if len(row) != len(head):
            raise ImpactError(f"{where}: {len(row)} cells, and the first line has {len(head)}")
        key = tuple(cell.strip() for cell in row[: len(words)])
        if key in keys:
            raise ImpactError(f"{where}: {', '.join(key)} stands twice")
        keys[key] = None
        for name, cell in zip(head[len(words) :], row[len(words) :], strict=True):
            numbers.append(number(cell, f"{where}, column {name}", kind == "scenario"))
    if not keys:
        lacks = "; leave the file out where it has nothing to say" if kind in MAY_LACK else ""
        raise ImpactError(
            f"{path} has no row under its first line: write one a {' and '.join(words)}{lacks}"
        )
    return DataSheet(str(path), head[len(words) :], tuple(keys), numbers)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file that are not empty, each with the line on which it ends.

    Raises:
        ImpactError: the file is not UTF-8, or is not CSV; the message says from which line on.
        FileNotFoundError: there is no such file.
    """
    line = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        try:
            for row in rows:
                line = rows.line_num
                # The csv module takes zero bytes for text, so it would not notice a file in UTF-16.
                if any("\0" in cell for cell in row):
                    raise ImpactError(
                        f"{path}, line {line}: a zero byte; save the file as CSV in UTF-8"
                    )
                if any(cell.strip() for cell in row):
                    yield line, row
        except UnicodeDecodeError:
            raise ImpactError(
                f"{path}, line {line + 1} or after, is not UTF-8: save the file as CSV in UTF-8"
            ) from None
        except csv.Error as error:
            raise ImpactError(f"{path}, line {line + 1}: {error}; check the quotes") from None


def shortened(text: str, most: int = 80) -> str:
    """A text in quotation marks, cut where it is long."""
    return repr(text if len(text) <= most else f"{text[:most]}…")


def number(cell: str, where: str, may_lack: bool = False) -> float:
    """The number of a cell; not a number where it is empty and may be.

    Args:
        cell: as written.
        where: file, line and column, for the message.
        may_lack: whether it may be empty.

    Raises:
        ImpactError: it is not a number, or no finite one.
    """
    if may_lack and not cell.strip():
        return math.nan
    try:
        found = float(cell)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ImpactError(f"{where}: {shortened(cell, 40)} is not a number")
    return found


def read_folder(folder: Path) -> dict[str, DataSheet]:
    """Every sheet of a folder, by name.

    Raises:
        ImpactError: a sheet that every economy needs is missing, or one cannot be read.
    """
    if not folder.is_dir():
        raise ImpactError(
            f"{folder} is not a folder with tables: see docs/impact.md for the layout"
        )
    found = {
        path.stem: read_sheet(path)
        for path in sorted(folder.glob("*.csv"))
        if path.stem.partition("-")[0] in WORDS
    }
    for name in WORDS:
        if name in found or name in (*MAY_LACK, "scenario", "sigmas", "protee"):
            continue
        raise ImpactError(f"{folder} has no {name}.csv: see docs/impact.md for the layout")
    return found


def build_model(data_dir: Path, out: Path) -> None:
    """Write the compiled file from the folders of `data/model`.

    Raises:
        ImpactError: a table cannot be read.
    """
    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    try:
        database.executescript(SCHEMA)
        for path in sorted(data_dir.glob("*/*.csv")):
            sheet = read_sheet(path)
            words = "\n".join("\t".join(each) for each in sheet.words)
            row = (path.parent.name, path.stem, "\t".join(sheet.columns), words)
            database.execute("INSERT INTO sheets VALUES (?, ?, ?, ?, ?)", (*row, _little(sheet)))
        for path in sorted(data_dir.glob("*.tsv")):
            row_of_text = (path.stem, path.read_text(encoding="utf-8"))
            database.execute("INSERT INTO texts VALUES (?, ?)", row_of_text)
        database.commit()
    finally:
        database.close()


def _little(sheet: DataSheet) -> bytes:
    return packed("d", sheet.numbers)


def built_in(folder: str, path: str | None = None) -> dict[str, DataSheet]:
    """The sheets of a folder that ships with the package; empty where there is none."""
    database = open_read_only(path or COMPILED)
    try:
        rows = database.execute(
            "SELECT name, columns, words, numbers FROM sheets WHERE folder = ? ORDER BY name",
            (folder,),
        ).fetchall()
    finally:
        database.close()
    return dict(_sheets(folder, rows))


def built_in_names(sheet: str, path: str | None = None) -> tuple[str, ...]:
    """The folders that ship with the package and have a sheet of a name."""
    database = open_read_only(path or COMPILED)
    try:
        rows = database.execute(
            "SELECT folder FROM sheets WHERE name = ? ORDER BY folder", (sheet,)
        ).fetchall()
    finally:
        database.close()
    return tuple(str(folder) for (folder,) in rows)


def built_in_text(name: str, path: str | None = None) -> str | None:
    """A table of words that ships with the package, as text; None where there is none."""
    database = open_read_only(path or COMPILED)
    try:
        row = database.execute("SELECT body FROM texts WHERE name = ?", (name,)).fetchone()
    finally:
        database.close()
    return None if row is None else str(row[0])


def errors_of(sheets: Mapping[str, DataSheet]) -> dict[str, tuple[float, float, float]]:
    """Estimate, standard error and least draw of each sector, from the sheet of errors.

    Returns:
        By sector; nothing where there is no such sheet.

    Raises:
        ImpactError: the sheet has other columns.
    """
    sheet = sheets.get("errors")
    if sheet is None:
        return {}
    if sheet.columns != ERRORS:
        raise ImpactError(f"{sheet.name}: it must have the columns sector, {', '.join(ERRORS)}")
    numbers = iter(sheet.numbers)
    # One iterator three times, so that zip takes the numbers in threes.
    rows = zip(numbers, numbers, numbers, strict=True)
    return {words[0]: row for words, row in zip(sheet.words, rows, strict=True)}


def built_in_rows(name: str) -> list[dict[str, str]]:
    """A table of words that ships with the package, each row by its columns; no text is quoted.

    Raises:
        ImpactError: the compiled data lack it.
    """
    text = built_in_text(name)
    if text is None:
        raise ImpactError(f"the compiled data lack {name}: run `make data`")
    # Quotation marks are text here; read as quotes they would swallow tabs and line ends.
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _sheets(
    folder: str, rows: Iterable[tuple[str, str, str, bytes]]
) -> Iterable[tuple[str, DataSheet]]:
    for name, columns, words, body in rows:
        numbers: array[float] = unpacked("d", body)
        keys = tuple(tuple(line.split("\t")) for line in words.split("\n"))
        yield name, DataSheet(f"{folder}/{name}.csv", tuple(columns.split("\t")), keys, numbers)
