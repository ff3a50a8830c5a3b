"""Read a country's official schedule as people can download it, and keep it in the user's folder.

The ministry prints China's tariff of a year as a book. It circulates as a table with headings in
Chinese or English, and as JSON read out of the pages, in which the rate stands behind the name:
``苘麻 6∆1`` is a rate of 6 percent and, behind the mark, a provisional rate of 1 percent, which is
the one that is applied. Where the name ran over two lines the rate was lost; such a line has none.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.figures import without_fraction
from detente.goods.export import file_bytes
from detente.goods.laying import ImportRefused
from detente.goods.partner_tariff import COLUMNS, EXACT, NONE, own_file, write_tables
from detente.store.files import open_read_only

RATE_BEHIND = re.compile(r"\s(\d+(?:\.\d+)?)?\s*(?:[∆Δ△]\s*(\d+(?:\.\d+)?))?\s*$")
NUMBER = re.compile(r"\d+(?:\.\d+)?$")

HEADINGS = {
    "code": ("税则号列", "税号", "商品编码", "hs_code", "hscode", "hs8", "code"),
    "name": ("货品名称", "商品名称", "名称", "name", "description"),
    "general": ("最惠国税率", "最惠国", "mfn"),
    "provisional": ("暂定税率", "暂定", "provisional"),
}
"""How the columns are headed; a heading may go on behind these words, such as `mfn_2026`."""

PACKED = ".gz"
LEAST = 8
"""Digits of a line."""


class ScheduleLine(NamedTuple):
    """One line of a schedule: its digits, name, and the rate that is applied, if it was read."""

    code: str
    name: str
    percent: str


class ReadSchedule(NamedTuple):
    """What a file gave.

    Attributes:
        lines: lines with a rate.
        without: codes whose rate was not read.
        conflicts: codes that stand twice with two rates; they are left out.
    """

    lines: list[ScheduleLine]
    without: list[str]
    conflicts: list[str]


def read_schedule(path: Path) -> ReadSchedule:
    """Read the schedule of a country from a JSON, CSV or xlsx file.

    Raises:
        ImportRefused: the file has no column of codes, or no rate in it.
        ExportError: it is larger than a schedule, or damaged.
        OSError: it cannot be read.
    """
    plain = path.name.lower().removesuffix(PACKED)
    reader = {".json": _of_json, ".xlsx": _of_workbook}.get(Path(plain).suffix, _of_text)
    rates: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for line in reader(path):
        if len(line.code) < LEAST:
            continue
        rates.setdefault(line.code, set()).update({line.percent} - {""})
        if line.name:
            names.setdefault(line.code, line.name)
    lines = [
        ScheduleLine(code, names.get(code, ""), next(iter(found)))
        for code, found in sorted(rates.items())
        if len(found) == 1
    ]
    if not lines:
        raise ImportRefused(
            f"{path.name}: no line with a rate was found in it: a table has a column for the code "
            f"({', '.join(HEADINGS['code'][:3])}, code) and one for the rate "
            f"({HEADINGS['general'][0]}, mfn)"
        )
    without = sorted(code for code, found in rates.items() if not found)
    conflicts = sorted(code for code, found in rates.items() if len(found) > 1)
    return ReadSchedule(lines, without, conflicts)


def _of_json(path: Path) -> Iterator[ScheduleLine]:
    """Lines read out of the pages: a rate was seen where the tariff is a number with a point."""
    try:
        # Numbers with a point as text, by which they are told from the whole number 0 below.
        rows = json.loads(file_bytes(path), parse_float=str)
    except ValueError as error:
        raise ImportRefused(f"{path.name} is not JSON: {error}") from None
    if not isinstance(rows, list):
        raise ImportRefused(f"{path.name} is not a list of lines")
    for row in rows:
        if not isinstance(row, dict) or not row.get("hs_code"):
            raise ImportRefused(f"{path.name}: a line has no `hs_code`")
        name, percent = str(row.get("name", "")), ""
        # A whole number 0 stands where the rate was lost, and for notes of a chapter.
        if isinstance(row.get("import_tariff"), str):
            name, percent = split_name(name)
        yield ScheduleLine(_digits(str(row["hs_code"])), name, percent)


def split_name(text: str) -> tuple[str, str]:
    """A name with its rate behind it, as the name and the rate that is applied; "" for none."""
    found = RATE_BEHIND.search(text)
    if found is None or not found.group(0).strip():
        return text.strip(), ""
    return text[: found.start()].strip(), found.group(2) or found.group(1) or ""


def _of_text(path: Path) -> Iterator[ScheduleLine]:
    raw = file_bytes(path)
    # UTF-8 first, since GB 18030 reads most bytes without complaint.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ImportRefused(f"{path.name} is neither UTF-8 nor GB 18030")
    yield from _of_rows(path, csv.reader(text.splitlines()))


def _of_workbook(path: Path) -> Iterator[ScheduleLine]:
    from openpyxl import load_workbook

    with closing(load_workbook(path, read_only=True)) as workbook:
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        yield from _of_rows(path, ([_cell(cell) for cell in row] for row in rows))


def _cell(value: object) -> str:
    """A cell as text; a whole number that a workbook keeps as a fraction has no point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _of_rows(path: Path, rows: Iterable[list[str]]) -> Iterator[ScheduleLine]:
    """Lines of a table; what stands above its header is passed over."""
    columns: Mapping[str, int] = {}
    for row in rows:
        if not columns:
            columns = _columns(row)
            continue
        cells = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        code = _digits(cells.get("code", ""))
        if not code:
            continue
        general, provisional = (
            cells.get(name, "").rstrip("%％") for name in ("general", "provisional")
        )
        applied = provisional if NUMBER.match(provisional) else general
        yield ScheduleLine(code, cells.get("name", ""), applied if NUMBER.match(applied) else "")
    if not columns:
        raise ImportRefused(
            f"{path.name} has no header with a code and a rate: name the columns "
            f"{HEADINGS['code'][0]} (or code) and {HEADINGS['general'][0]} (or mfn)"
        )


def _columns(row: list[str]) -> dict[str, int]:
    """Where the columns stand, if a row is the header; nothing if it is not."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        heading = "".join(cell.split()).lower()
        for name, words in HEADINGS.items():
            if heading.startswith(words):
                found.setdefault(name, at)
    return found if {"code", "general"} <= found.keys() else {}


def _digits(text: str) -> str:
    """The digits of a code; a workbook may have lost the zero before it."""
    digits = "".join(without_fraction(text).replace(".", "").split())
    if not (digits.isascii() and digits.isdigit()):
        return ""
    return digits.zfill(len(digits) + len(digits) % 2)


def keep_schedule(country: str, name: str, start: str, until: str, read: ReadSchedule) -> None:
    """Add a schedule to the user's file for a country; one of the same name or day gives way.

    Args:
        country: ISO country.
        name: the name by which answers tell it.
        start: first day on which it is used, ISO.
        until: first day after.
        read: its lines.
    """
    file = Path(own_file(country))
    file.parent.mkdir(parents=True, exist_ok=True)
    tables = _held(file)
    tables["rates"] = [row for row in tables["rates"] if row[6] != name and row[1] != start]
    named = {line.code: ("zh", line.name) for line in read.lines if line.name}
    tables["names"] = [row for row in tables["names"] if row[0] not in named]
    tables["rates"] += [
        (line.code, start, until, line.percent, EXACT, "", name) for line in read.lines
    ]
    # Without a rate, so that the other lines of a subheading do not speak for it.
    tables["rates"] += [
        (code, start, until, "", NONE, "", name) for code in (*read.without, *read.conflicts)
    ]
    tables["names"] += [(code, *rest) for code, rest in named.items()]
    _write(file, tables, name)


def _write(file: Path, tables: dict[str, list[tuple[str, ...]]], edition: str) -> None:
    """Write the user's file whole, or not at all."""
    scratch = file.with_suffix(".new")
    write_tables(scratch, tables, {"edition": edition})
    scratch.replace(file)


def _held(file: Path) -> dict[str, list[tuple[str, ...]]]:
    """The tables of the user's file; empty ones where there is none."""
    if not file.is_file():
        return {name: [] for name in COLUMNS}
    with closing(open_read_only(file)) as database:
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in COLUMNS}


class ImportedSchedule(NamedTuple):
    """A schedule that the user imported.

    Attributes:
        name: the name by which answers tell it.
        start: first day on which it is used, ISO.
        until: first day after.
        lines: how many lines have a rate in it.
    """

    name: str
    start: str
    until: str
    lines: int


def imported_schedules(country: str) -> list[ImportedSchedule]:
    """The schedules of a country that the user imported, by day."""
    found: dict[tuple[str, str, str], int] = {}
    for _, start, until, percent, *_, name in _held(Path(own_file(country)))["rates"]:
        key = (start, until, name)
        found[key] = found.get(key, 0) + bool(percent)
    return [
        ImportedSchedule(name, start, until, lines)
        for (start, until, name), lines in sorted(found.items())
    ]


def forget_schedule(country: str, name: str) -> bool:
    """Take a schedule of a country out of the user's file; whether it was there."""
    file = Path(own_file(country))
    tables = _held(file)
    left = [row for row in tables["rates"] if row[6] != name]
    if len(left) == len(tables["rates"]):
        return False
    if not left:
        file.unlink()
        return True
    codes = {row[0] for row in left}
    tables["rates"] = left
    tables["names"] = [row for row in tables["names"] if row[0] in codes]
    _write(file, tables, left[-1][6])
    return True
