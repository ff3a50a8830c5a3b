"""What is wrong with a workbook that its reader cannot read, in words for whoever has it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from detente.core.tables.sheets import BROKEN, OPEN_DOCUMENT, is_archive

OF_OLD = b"\xd0\xcf\x11\xe0"
"""Beginning of the files of Office before 2007, and of a newer one that a password protects."""

BOOK = "xl/workbook.xml"
"""The part that every workbook of Office since 2007 has."""

SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"


def what_is_wrong(path: Path) -> tuple[str, str]:
    """What is wrong with a file that has the suffix of a workbook and cannot be read; what to do.

    Args:
        path: the file.
    """
    with path.open("rb") as file:
        start = file.read(len(OF_OLD))
    if not start:
        return "the file is empty", "save the table again"
    if start == OF_OLD:
        what = "it is protected by a password, or a workbook of before 2007 that is damaged"
        return what, "save it again as .xlsx and without a password"
    if not is_archive(path):
        do = "give a text the suffix .csv, or save the table again as .xlsx"
        return "it is not a workbook, whatever its name says", do
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.namelist()
            is_whole = archive.testzip() is None
    except BROKEN:
        return "it is damaged or was not copied whole, and cannot be unpacked", SAVE_AGAIN
    if not is_whole:
        return "it is damaged: a part of it cannot be unpacked", SAVE_AGAIN
    if not {BOOK, OPEN_DOCUMENT} & set(parts):
        return "it is an archive in which there is no workbook", SAVE_AGAIN
    return "a part of the workbook is missing or damaged", SAVE_AGAIN
