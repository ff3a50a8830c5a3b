"""Read the International Trade Commission's table of 1 January 2020, ``China-Tariffs.xlsx``.

The table gives each eight-digit subheading of chapters 1 to 97 the heading of chapter 99 that
covers it, in the codes of its day. Three traps stand in it. 375 of the codes are stored as Excel
dates (1901.10.05 as the fifth of October 1901). The header repeats on every printed page. A second
table lists ten-digit numbers for the subheadings that two lists share.
"""

from collections import defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

DATES_IN_TABLE = 375


def read_table(path: Path) -> dict[str, set[str]]:
    """Codes of 8 or 10 digits by heading, e.g. ``{"9903.88.01": {"28452000", ...}}``.

    Raises:
        ValueError: a cell is no code, or the number of codes stored as dates is another than the
            one that this edition has.
    """
    workbook = load_workbook(path, read_only=True)
    found: dict[str, set[str]] = defaultdict(set)
    as_dates = 0
    with closing(workbook):
        for cell, heading in workbook.worksheets[0].iter_rows(max_col=2, values_only=True):
            if isinstance(heading, str) and heading.startswith("9903."):
                as_dates += isinstance(cell, datetime)
                found[heading.strip()].add(code_of(cell))
    if as_dates != DATES_IN_TABLE:
        raise ValueError(
            f"{path.name}: {as_dates} codes are stored as dates, expected {DATES_IN_TABLE}."
        )
    return dict(found)


def code_of(cell: object) -> str:
    """The digits of a code, whether stored as text or as a date.

    Raises:
        ValueError: the cell holds neither.
    """
    code = cell.strftime("%Y%m%d") if isinstance(cell, datetime) else str(cell).replace(".", "")
    if not (code.isdigit() and len(code) in (8, 10)):
        raise ValueError(f"{cell!r} is not a code of eight or ten digits.")
    return code
