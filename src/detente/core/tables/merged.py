"""Which cells of a workbook are merged, read from its own parts: readers of cells do not say it."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

from detente._shapes import NamedTuple

ZIPPED = (".xlsx", ".xlsm")
LARGEST = 200_000_000
"""Bytes of a sheet that are looked through, unpacked; a larger one is read without."""

_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_TARGET = re.compile(r"<Relationship\b[^>]*>")
_AREA = re.compile(r'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


class MergedRange(NamedTuple):
    """Merged cells of one or more columns.

    Attributes:
        name: as a workbook writes it.
        column: of the first cell, from 0.
        first: row of the first cell, from 0.
        last: row of the last, from 0.
    """

    name: str
    column: int
    first: int
    last: int


def merged_areas(path: Path, sheet: str) -> list[MergedRange]:
    """The merged areas of a sheet; none where the file is of another kind or does not say it.

    Args:
        path: the workbook.
        sheet: its name.
    """
    if path.suffix.lower() not in ZIPPED:
        return []
    try:
        with zipfile.ZipFile(path) as parts:
            name = part_of(parts, sheet)
            # The size is that unpacked: a small archive may hold a sheet of gigabytes.
            if name is None or parts.getinfo(name).file_size > LARGEST:
                return []
            text = parts.read(name).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return []
    return [
        MergedRange(
            f"{left}{first}:{right}{last}", column_number(left), int(first) - 1, int(last) - 1
        )
        for left, first, right, last in _AREA.findall(text)
    ]


def part_of(parts: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the file that holds a sheet; None where it names none.

    Raises:
        KeyError: it is no workbook.
    """
    book = parts.read("xl/workbook.xml").decode("utf-8", "replace")
    wanted = next((key for name, key in _SHEET.findall(book) if unescape(name) == sheet), None)
    links = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for link in _TARGET.findall(links):
        stated = dict(re.findall(r'(\w+)="([^"]*)"', link))
        if stated.get("Id") == wanted and wanted is not None:
            target = stated.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def column_number(letters: str) -> int:
    """The column of its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
