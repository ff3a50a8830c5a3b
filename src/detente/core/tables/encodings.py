"""The encoding of a text of which nobody said it."""

from __future__ import annotations

import re
from pathlib import Path

from detente.core.tables.reading import MARKS, WORKBOOKS
from detente.core.tables.writing import PARQUET

# UTF-8 must come first: gb18030 reads many texts of UTF-8 without complaint, as other letters.
GUESSED = ("utf-8", "gb18030")
"""Encodings of a text that are tried in this order where none is named and no mark tells it."""

PIECE = 2**20

RUN = re.compile(rb"[a-z]?[\x80-\xff]+[a-z]?")
"""Bytes of letters that are not of ASCII, one behind another, with a small letter beside them."""

OF_A_CHARACTER = 2
"""Bytes of a Chinese character."""

SMALL = b"abcdefghijklmnopqrstuvwxyz"


def encoding_of(path: Path) -> str:
    """The encoding of a text: by its mark, else the first of ``GUESSED`` that reads all of it.

    "" for a workbook or Parquet, and for a text that none of them reads: what opens it says where.
    GB18030 also reads most texts of the code pages of Windows, `Müller` as `M黮ler`: a text whose
    letters beyond ASCII stand within Latin words is none of it.
    """
    if path.suffix.lower() in (*WORKBOOKS, PARQUET):
        return ""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    found = next((each for each in GUESSED if _reads(path, each)), "")
    return "" if found == GUESSED[1] and _in_latin_words(path) else found


def _in_latin_words(path: Path) -> bool:
    """Whether most letters beyond ASCII are one byte, or two with a small letter beside them.

    The first piece of the file tells it.
    """
    with path.open("rb") as file:
        runs = RUN.findall(file.read(PIECE))
    latin = sum(
        bare == 1 or (bare == OF_A_CHARACTER and len(each) > bare)
        for each in runs
        for bare in (len(each.strip(SMALL)),)
    )
    return 2 * latin > len(runs)


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True
