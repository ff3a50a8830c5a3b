"""The encoding of a text of which nobody said it."""

from __future__ import annotations

from pathlib import Path

from detente.core.tables.reading import MARKS, WORKBOOKS
from detente.core.tables.writing import PARQUET

# UTF-8 must come first: gb18030 reads many texts of UTF-8 without complaint, as other letters.
GUESSED = ("utf-8", "gb18030")
"""Encodings of a text that are tried in this order where none is named and no mark tells it."""

PIECE = 2**20


def encoding_of(path: Path) -> str:
    """The encoding of a text: by its mark, else the first of ``GUESSED`` that reads all of it.

    "" for a workbook or Parquet, and for a text that none of them reads: what opens it says where.
    """
    if path.suffix.lower() in (*WORKBOOKS, PARQUET):
        return ""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    return next((each for each in GUESSED if _reads(path, each)), "")


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True
