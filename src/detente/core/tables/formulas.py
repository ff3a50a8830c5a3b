"""Cells of a workbook that have a formula and no value: whoever wrote it never worked it out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from detente.core.tables.merged import LARGEST, ZIPPED, column_number, part_of
from detente.core.tables.sheets import is_archive

_START = b"<f"
_UNSAVED = re.compile(
    rb"<(?:\w{1,20}:)?c\s([^>]*)>\s*"
    rb"<(?:\w{1,20}:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w{1,20}:)?f>)\s*"
    rb"(?:<(?:\w{1,20}:)?v\s*/>|<(?:\w{1,20}:)?v>\s*</(?:\w{1,20}:)?v>)?\s*"
    rb"</(?:\w{1,20}:)?c>"
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")
"""Of a formula whose value is a text, which may be an empty one."""


def unsaved_formulas(path: Path, sheet: str) -> list[tuple[int, int, str]]:
    """The cells of a sheet that have a formula and no saved value.

    Args:
        path: the workbook; one that is no zipped `.xlsx` always has its values.
        sheet: its name.

    Returns:
        Row and column of each, from 0, and its place as a workbook writes it.
    """
    if path.suffix.lower() not in ZIPPED or not is_archive(path):
        return []
    with zipfile.ZipFile(path) as parts:
        name = part_of(parts, sheet)
        if name is None or name not in parts.namelist() or parts.getinfo(name).file_size > LARGEST:
            return []
        text = parts.read(name)
    if _START not in text:
        return []
    found = []
    for cell in _UNSAVED.findall(text):
        place = _PLACE.search(cell)
        if place is not None and not _IS_TEXT.search(cell):
            letters, row = place[1].decode(), int(place[2])
            found.append((row - 1, column_number(letters), f"{letters}{row}"))
    return found
