"""What is wrong with a file that its reader cannot read, in words for whoever has it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from detente.core.tables.sheets import BROKEN, OPEN_DOCUMENT, is_archive
from detente.core.tables.writing import PARQUET

OF_OLD = b"\xd0\xcf\x11\xe0"
"""Beginning of the files of Office before 2007, and of a newer one that a password protects."""

BOOK = "xl/workbook.xml"
"""The part that every workbook of Office since 2007 has."""

SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"

UNPACK = "unpack it, and name a workbook as one (.xlsx)"
"""What to do with a file that holds a text or a workbook, packed."""

NO_TEXTS = (
    (b"PK\x03\x04", "a zip archive or a workbook", UNPACK),
    (b"\x1f\x8b", "packed with gzip", UNPACK),
    (OF_OLD, "a workbook of before 2007, or one with a password",
     "save the table as .xlsx or as CSV"),
    (b"%PDF", "a PDF", "save the table as .xlsx or as CSV"),
    (b"PAR1", "Parquet under another name", f"give it the suffix {PARQUET}"),
    (b"{\\rtf", "a document", "save the table as .xlsx or as CSV"),
)  # fmt: skip
"""Beginnings of files that are no texts, what they are, and what to do."""

OF_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")
"""Beginnings of pages and other texts that have no lines of cells, in small letters."""

WIDE = re.compile(r"(utf|ucs|u)[-_]?(16|32|2|4)", re.IGNORECASE)
"""Encodings in which a text has bytes of zero."""


def why_no_text(path: Path, encoding: str) -> tuple[str, str] | None:
    """Why a file cannot be a text with a row on a line, and what to do; None where it may be one.

    Args:
        path: the file.
        encoding: in which it is to be read.
    """
    if not path.is_file():
        return None  # what is read of a pipe is gone
    with path.open("rb") as file:
        start = file.read(1024)
    for begins, what, do in NO_TEXTS:
        if start.startswith(begins):
            return f"this is no text, but {what}", do
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(OF_PAGES):
        return (
            "it is a page or XML, and not a table of lines",
            "open it in a spreadsheet program and save the table as .xlsx or as CSV",
        )
    if b"\0" in start and not WIDE.match(encoding):
        return (
            "it has bytes of zero, which no text has but one in UTF-16 or UTF-32",
            "name its encoding with --encoding, such as UTF-16LE",
        )
    return None


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
