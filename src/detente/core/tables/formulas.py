"""Cells of a workbook that have no value: a formula that was never worked out, or an error."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from detente._shapes import NamedTuple
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
_ERROR = re.compile(
    rb"""<(?:\w{1,20}:)?c\s(?=[^>]*\bt=["']e["'])([^>]*)>(?:\s*<(?:\w{1,20}:)?f\b"""
    rb"(?:[^>]*/>|[^>]*>[^<]*</(?:\w{1,20}:)?f>))?\s*<(?:\w{1,20}:)?v>([^<]{1,20})<"
)
"""A cell whose value is an error, such as `#N/A`, with or without its formula."""
_HAS_ERROR = re.compile(rb"""\bt=["']e["']""")

UNSAVED = "is a formula with no saved value"
"""What is said of a cell that is read as empty, since no value of its formula was saved."""


class UnreadCell(NamedTuple):
    """A cell that has something in it and no value.

    Attributes:
        row, column: from 0.
        place: as a workbook writes it.
        error: the error that stands there, such as `#N/A`; "" for a formula without a value.
    """

    row: int
    column: int
    place: str
    error: str

    @property
    def why(self) -> str:
        """What is said of it, behind what it is a cell of."""
        return f"has the error {self.error}" if self.error else UNSAVED


def valueless_cells(path: Path, sheet: str) -> list[UnreadCell]:
    """The cells of a sheet that have a formula and no saved value, or an error.

    Args:
        path: the workbook; one that is no zipped `.xlsx` always has its values.
        sheet: its name.
    """
    if path.suffix.lower() not in ZIPPED or not is_archive(path):
        return []
    with zipfile.ZipFile(path) as parts:
        name = part_of(parts, sheet)
        if name is None or name not in parts.namelist() or parts.getinfo(name).file_size > LARGEST:
            return []
        text = parts.read(name)
    found = []
    if _START in text:
        cells = ((cell, b"") for cell in _UNSAVED.findall(text) if not _IS_TEXT.search(cell))
        found += list(cells)
    if _HAS_ERROR.search(text):
        found += _ERROR.findall(text)
    placed = ((_PLACE.search(cell), error.decode("ascii", "replace")) for cell, error in found)
    return [
        UnreadCell(
            int(place[2]) - 1, column_number(place[1].decode()), (place[1] + place[2]).decode(),
            error.strip(),
        )
        for place, error in placed
        if place is not None
    ]  # fmt: skip
