"""Which cells of a workbook are shown as percentages: what is kept of 60% is the number 0.6.

Readers of cells give the number and not how it is shown, and a share of 0.6 percent is another.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from html import unescape
from itertools import chain
from pathlib import Path

from detente.core.tables.cells import is_number
from detente.core.tables.merged import ZIPPED, column_number, part_of
from detente.core.tables.sheets import OPEN_DOCUMENT, is_archive, unpacked, whole_tags

BUILT_IN = (9, 10)
"""Numbers of the formats of percentages that every workbook has without saying so."""

UNTOLD = ".xls"
"""Workbooks of before 2007, of which no reader here says how a number is shown."""

_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b[^>]*>")
_CELL_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a format that are texts, colors and conditions."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_OPEN_PERCENT = b'value-type="percentage"'


def percent_cells(path: Path, sheet: str) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of each number of a sheet that is shown as a percentage.

    Args:
        path: the workbook; one that is no zipped `.xlsx` has none that could be told.
        sheet: its name.
    """
    if path.suffix.lower() not in ZIPPED or not is_archive(path):
        return
    with zipfile.ZipFile(path) as parts:
        styles = _percent_styles(parts)
        name = part_of(parts, sheet) if styles else None
        if name is None or name not in parts.namelist():
            return
        numbers = "|".join(sorted(styles)).encode()
        shown = re.compile(rb'<(?:\w{1,20}:)?c ([^>]*\bs="(?:' + numbers + rb')"[^>]*)(?<!/)>')
        with closing(whole_tags(unpacked(parts, parts.getinfo(name)))) as pieces:
            for written in chain.from_iterable(map(shown.findall, pieces)):
                cell = dict(_ATTRIBUTE.findall(written.decode("utf-8", "replace")))
                place = _PLACE.fullmatch(cell.get("r", ""))
                if place and cell.get("t", "n") == "n":
                    yield int(place[2]) - 1, column_number(place[1])


def has_percentages(path: Path) -> bool:
    """Whether a file of OpenDocument has cells of percentages, whose place is not told."""
    if path.suffix.lower() != ".ods" or not is_archive(path):
        return False
    with zipfile.ZipFile(path) as parts:
        if OPEN_DOCUMENT not in parts.namelist():
            return False
        with closing(whole_tags(unpacked(parts, parts.getinfo(OPEN_DOCUMENT)))) as pieces:
            return any(_OPEN_PERCENT in piece for piece in pieces)


def untold_percentage(path: Path, held: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Row and column, from 0, of a number that may be shown as a percentage or not, untold which.

    Args:
        path: the workbook; every kind but that of before 2007 tells.
        held: the cells of its sheet, column by column, the first row with their names.

    Returns:
        The first number above 0 and up to 1, which is what is kept of 1% to 100%; None for none.
    """
    if path.suffix.lower() != UNTOLD:
        return None
    for at, column in enumerate(held):
        for row, cell in enumerate(column[1:], 1):
            if is_number(cell) and 0 < Decimal(cell) <= 1:
                return row, at
    return None


def as_percentage(cell: str) -> str:
    """A number as the percentage that it is shown as, to its last digit; another text as it is."""
    if not is_number(cell):
        return cell
    text = format(Decimal(cell).scaleb(2), "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _percent_styles(parts: zipfile.ZipFile) -> set[str]:
    """The numbers of the styles of cells that show percentages, as cells name them."""
    if "xl/styles.xml" not in parts.namelist():
        return set()
    text = parts.read("xl/styles.xml").decode("utf-8", "replace")
    formats = {str(each) for each in BUILT_IN}
    for written in _FORMAT.findall(text):
        stated = dict(_ATTRIBUTE.findall(written))
        if "%" in _NOT_SHOWN.sub("", unescape(stated.get("formatCode", ""))):
            formats.add(stated.get("numFmtId", ""))
    cells = _CELL_STYLES.search(text)
    styles = [dict(_ATTRIBUTE.findall(each)) for each in _STYLE.findall(cells[0] if cells else "")]
    return {str(at) for at, style in enumerate(styles) if style.get("numFmtId") in formats}
