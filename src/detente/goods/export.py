"""Rows of one edition of the Harmonized Tariff Schedule, read from an official export.

The Commission publishes an edition as JSON and as CSV; either may be packed with gzip. An export is
the printed table, top to bottom. Three things of the page are turned into facts here:

* text carries markup, entities and repeated blanks: they are taken off;
* what a row lies under is shown by its indentation alone, and rows without a code ("Horses:") are
  part of that tree: every row gets the row above it as its parent;
* the headings of chapter 99 that concern a row are named in its footnotes: they are picked out.

The file comes from outside: how much of it is read has a bound, and what is wrong is said.
"""

import gzip
import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple, NotRequired, TypedDict

from detente.core.collector import without_collector

# An edition is a file of 1 MB that unpacks to 14; this leaves room for several times as much.
LIMIT = 64 << 20  # bytes that are read of a file, and of what it unpacks to
ROW_LIMIT = 250_000
DEEPEST = 40  # levels of indentation

LEVELS = (4, 6, 8, 10)  # digits of a code that an export prints
MARKUP = re.compile(r"<[^>]*>")
# Zero-width blanks and soft hyphens of web pages are no part of the text, nor are marks that steer
# a terminal and halves of characters. Blanks of every kind are dealt with on their own.
STEERING = [mark for mark in map(chr, (*range(0x20), *range(0x7F, 0xA0))) if not mark.isspace()]
HALVES = map(chr, range(0xD800, 0xE000))
INVISIBLE = str.maketrans("", "", "".join(("\u200b\u00ad\ufeff", *STEERING, *HALVES)))
# A range ("9903.52.00-9903.52.26") is kept as one word: its members are not printed.
CHAPTER_99 = re.compile(r"\b99\d\d\.\d\d\.\d\d(?:-99\d\d\.\d\d\.\d\d)?\b")

# Columns of the CSV export, and the fields of the JSON export that they hold.
COLUMNS = {
    "HTS Number": "htsno",
    "Indent": "indent",
    "Description": "description",
    "Unit of Quantity": "units",
    "General Rate of Duty": "general",
    "Special Rate of Duty": "special",
    "Column 2 Rate of Duty": "other",
}
FIELDS = frozenset(COLUMNS.values())
TEXT_OR_NONE = (str, type(None))
FOOTNOTES: Final = "footnotes"
ADDITIONAL: Final = "additional duties"  # where a CSV export may name headings of chapter 99


class ExportNote(TypedDict):
    """A footnote of a row."""

    value: NotRequired[str | None]


ExportRow = TypedDict(
    "ExportRow",
    {
        "htsno": str,
        "indent": str,
        "description": str | None,
        "units": list[str] | None,
        "general": str | None,
        "special": str | None,
        "other": str | None,
        "footnotes": NotRequired[list[ExportNote] | None],
        "additional duties": NotRequired[list[ExportNote] | None],
    },
)
"""A row of an export as its JSON has it; without the key nothing is known of its footnotes."""


class ExportError(ValueError):
    """A file that is not an export of the schedule; the message says why and what to do."""


class EditionRow(NamedTuple):
    """One numbered row of one edition; every field is text as it will stand in the table.

    Attributes:
        indent: Depth on the page, from 0.
        parent: What the row stands under: the digits of a code, the id of a group, or "".
        description: The row's own words.
        units: Units of quantity, ";" between.
        general: Column 1 general rate; "" where the row has none of its own.
        special: Column 1 special rates.
        other: Column 2 rate.
        headings: Chapter 99 headings named in the footnotes, ascending, blanks between.
    """

    indent: str
    parent: str
    description: str
    units: str
    general: str
    special: str
    other: str
    headings: str


class Export(NamedTuple):
    """What a file holds.

    Attributes:
        rows: Digits of a code to its row, in the order of the page.
        footnotes: Whether the file has footnotes; without them no row names a heading there.
    """

    rows: dict[str, EditionRow]
    footnotes: bool


class WordGroups:
    """The rows without a code, each kept once: the same words under the same parent are one group.

    Ids are the digits of the nearest numbered row above and a count in order of first appearance.
    """

    def __init__(self, known: Iterable[tuple[str, str, str]] = ()) -> None:
        """Begin with groups that have their ids already, as (id, parent, text)."""
        self._ids: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for name, parent, text in known:
            stem, _, count = name.partition(":")
            self._ids[parent, text] = name
            self._counts[stem] = max(self._counts.get(stem, 0), int(count))

    def id_of(self, parent: str, text: str) -> str:
        """Return the id of a group, making one where it is new."""
        if (parent, text) not in self._ids:
            stem = parent.partition(":")[0]
            self._counts[stem] = self._counts.get(stem, 0) + 1
            self._ids[parent, text] = f"{stem}:{self._counts[stem]}"
        return self._ids[parent, text]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, parent and text of every group."""
        for (parent, text), name in self._ids.items():
            yield name, parent, text


@cache
def clean(text: str | None) -> str:
    """Take markup, entities and repeated blanks off a text; most texts recur in every edition."""
    # Entities first, so that markup written with them is taken off too.
    plain = MARKUP.sub("", html.unescape(text or "")).translate(INVISIBLE)
    return " ".join(plain.split())


@without_collector()
def read_export(path: Path, groups: WordGroups) -> Export:
    """Read one export.

    Args:
        path: A JSON or CSV export of the whole schedule, packed with gzip or not.
        groups: Where rows without a code get their ids.

    Raises:
        FileNotFoundError: There is no such file.
        ExportError: The file is too large, damaged, or no export; a code stands twice, or is
            written in a way that no level of the schedule has.
    """
    text = _text(path)
    begin = text[:1000].lstrip().lower()
    if begin.startswith("<"):
        raise ExportError(
            f"{path.name} is a page of the web, not an export: download the schedule again as JSON "
            "or CSV, and check that the file is not a notice or sign-in page"
        )
    if not begin:
        raise ExportError(f"{path.name} is empty: download the export again")
    json_like = begin[0] in "[{"
    entries = _json_entries(path.name, text) if json_like else _csv_entries(path.name, text)
    if len(entries) > ROW_LIMIT:
        raise ExportError(
            f"{path.name} has {len(entries):,} rows, more than {ROW_LIMIT:,}: "
            "this is not an edition of the schedule"
        )
    return Export(_rows(path.name, entries, groups), json_like or FOOTNOTES in entries[0])


def _text(path: Path) -> str:
    """Read a file up to the limits, unpacking it where it is packed."""
    try:
        return file_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(
            f"{path.name} is not text in UTF-8 (byte {error.start}): give the export as it was "
            "downloaded, JSON or CSV, not a workbook and not saved again by a spreadsheet"
        ) from None


def file_bytes(path: Path) -> bytes:
    """What a file of a schedule holds, unpacked where it is packed with gzip.

    Raises:
        ExportError: it is larger than a schedule, or damaged.
    """
    with path.open("rb") as file:
        # One byte beyond the limit tells that a file is larger, and no more is ever held.
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ExportError(
            f"{path.name} is larger than {LIMIT >> 20} MB: this is not an edition of the schedule"
        )
    if data.startswith(b"\x1f\x8b"):
        data = _unpack(path)
    if len(data) > LIMIT:
        raise ExportError(
            f"{path.name} unpacks to more than {LIMIT >> 20} MB: reading stopped there; "
            "this is not an edition of the schedule"
        )
    return data


def _unpack(path: Path) -> bytes:
    try:
        with gzip.open(path) as stream:
            # Counted while it unpacks: a small file can unpack to any size.
            return stream.read(LIMIT + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ExportError(
            f"{path.name} is a damaged or cut-off gzip file ({error}): download it again"
        ) from None


def _json_entries(name: str, text: str) -> list[ExportRow]:
    """The rows of a JSON export, checked for their shape."""
    try:
        entries = json.loads(text)
    except RecursionError:
        raise ExportError(f"{name} is nested too deeply: this is not an export") from None
    except ValueError as error:
        raise ExportError(
            f"{name} is damaged or cut-off JSON ({error}): download it again"
        ) from None
    wanted = COLUMNS.values()
    if not isinstance(entries, list) or not entries or not isinstance(entries[0], dict):
        raise ExportError(
            f"{name} is JSON, but no list of rows: an export is a list of objects with "
            f"{', '.join(wanted)}"
        )
    for number, entry in enumerate(entries, start=1):
        fault = _fault(entry)
        if fault:
            raise ExportError(
                f"{name}: row {number} {fault}; an export has {', '.join(wanted)} in every row"
            )
    checked: list[ExportRow] = entries
    return checked


def _fault(entry: object) -> str:
    """Say what is wrong with the shape of a row of JSON; "" where nothing is."""
    if not isinstance(entry, dict):
        return "is not an object"
    if not entry.keys() >= FIELDS:
        return f"lacks {', '.join(each for each in COLUMNS.values() if each not in entry)}"
    for field in ("htsno", "indent"):
        if not isinstance(entry[field], str):
            return f"has no text in {field}"
    for field in ("description", "general", "special", "other"):
        if not isinstance(entry[field], TEXT_OR_NONE):
            return f"has no text in {field}"
    notes = entry.get(FOOTNOTES)
    if not _is_list(entry["units"], str) or not _is_list(notes, dict):
        return f"has no list of units or of {FOOTNOTES}"
    if notes:
        for note in notes:
            if not isinstance(note.get("value"), TEXT_OR_NONE):
                return "has a footnote without text"
    return ""


def _is_list(value: object, kind: type) -> bool:
    if not value:
        return value is None or isinstance(value, list)
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _csv_entries(name: str, text: str) -> list[ExportRow]:
    """The rows of a CSV export, as a JSON export has them."""
    import csv
    import io

    # Strict, or a quotation mark left open would take the rest of the file for one cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [" ".join(cell.split()).lower() for cell in next(reader)]
        missing = [column for column in COLUMNS if column.lower() not in header]
        if missing:
            found = ", ".join(repr(cell[:40]) for cell in header[:12])
            raise ExportError(
                f"{name} is not an export of the schedule: of the columns of a CSV export it lacks "
                f"{', '.join(missing)}; columns found: {found}"
            )
        entries = []
        for cells in reader:
            if any(cells):
                entries.append(_csv_entry(name, reader.line_num, header, cells))
    except (csv.Error, StopIteration) as error:
        raise ExportError(
            f"{name} is damaged or cut-off CSV ({error}): download it again"
        ) from None
    if not entries:
        raise ExportError(f"{name} has columns and no rows: download the export again")
    return entries


def _csv_entry(name: str, line: int, header: list[str], cells: list[str]) -> ExportRow:
    if len(cells) != len(header):
        raise ExportError(
            f"{name}:{line}: {len(cells)} cells, but the first line names {len(header)} columns: "
            "the file is cut off or was changed; download it again"
        )
    row = dict(zip(header, cells, strict=True))
    fields = {field: row[column.lower()] for column, field in COLUMNS.items()}
    entry: ExportRow = {
        "htsno": fields["htsno"],
        "indent": fields["indent"],
        "description": fields["description"],
        "units": _csv_units(fields["units"]),
        "general": fields["general"],
        "special": fields["special"],
        "other": fields["other"],
    }
    if FOOTNOTES in row or ADDITIONAL in row:
        named = (row.get(FOOTNOTES, ""), row.get(ADDITIONAL, ""))
        notes: list[ExportNote] = [{"value": text} for text in named if text]
        # Without the column nothing is known of footnotes, which is not the same as having none.
        entry[FOOTNOTES if FOOTNOTES in row else ADDITIONAL] = notes
    return entry


def _csv_units(cell: str) -> list[str]:
    """The units of a CSV cell: a list as JSON writes it, or words with commas between."""
    if cell.lstrip().startswith("["):
        try:
            units = json.loads(cell)
        except ValueError:
            units = None
        if units is not None and _is_list(units, str):
            return list(units)
    return cell.replace(";", ",").split(",")


def _rows(name: str, entries: list[ExportRow], groups: WordGroups) -> dict[str, EditionRow]:
    """Turn the page into a tree: each numbered row with what it stands under."""
    rows: dict[str, EditionRow] = {}
    above: list[tuple[int, str]] = []
    for entry in entries:
        indent = _indent(name, entry)
        while above and above[-1][0] >= indent:
            above.pop()
        parent = above[-1][1] if above else ""
        code = entry["htsno"].strip().replace(".", "")
        if code:
            if code in rows or len(code) not in LEVELS or not (code.isascii() and code.isdigit()):
                raise ExportError(f"{name}: {entry['htsno']!r} stands twice or is not a code")
            rows[code] = _row(entry, parent)
        above.append((indent, code or groups.id_of(parent, clean(entry["description"]))))
    return rows


def _indent(name: str, entry: ExportRow) -> int:
    depth = _depth(entry["indent"])
    if depth >= DEEPEST:
        raise ExportError(
            f"{name}: the row {entry['htsno'] or entry['description']!r} has "
            f"{entry['indent'].strip()!r} for its indentation: expected a small number"
        )
    return depth


@lru_cache(2 * DEEPEST)
def _depth(printed: str) -> int:
    """How deep a row lies; `DEEPEST` where that is not a small number."""
    text = printed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("100") else DEEPEST


def _row(entry: ExportRow, parent: str) -> EditionRow:
    named = [*(entry.get(FOOTNOTES) or ()), *(entry.get(ADDITIONAL) or ())]
    return EditionRow(
        indent=entry["indent"],
        parent=parent,
        description=clean(entry["description"]),
        units=_units(tuple(entry["units"] or ())),
        general=clean(entry["general"]),
        special=clean(entry["special"]),
        other=clean(entry["other"]),
        headings=_headings(tuple([note.get("value") for note in named])) if named else "",
    )


@cache
def _units(printed: tuple[str, ...]) -> str:
    return ";".join(filter(None, map(clean, printed)))


@cache
def _headings(notes: tuple[str | None, ...]) -> str:
    """The headings of chapter 99 that footnotes name, ascending."""
    return " ".join(sorted(set(CHAPTER_99.findall(" ".join(map(clean, notes))))))
