"""Weights of one's own: a table with the columns code and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from detente.core.tables.reading import open_table

COLUMNS = ("code", "value")

VALUE = re.compile(r"\$?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
"""Dollars, with commas between thousands or without, and at most two decimals."""


class WeightError(ValueError):
    """Weights that cannot be had or read; the message says what to do."""


def read_weights(path: Path, sizes: Sequence[int]) -> dict[str, int]:
    """Cents by code, equal codes added.

    Args:
        path: a table.
        sizes: how many digits a code may have.

    Raises:
        WeightError: the file lacks a column, or has a row that cannot be read.
        TableError: it is not a table.
    """
    lines: dict[str, int] = {}
    for where, code, value in _rows(path):
        digits = _digits(where, code, sizes)
        lines[digits] = lines.get(digits, 0) + _cents(where, value)
    if not sum(lines.values()):
        raise WeightError(f"{path} weighs nothing: every value is 0, or there is no row")
    return lines


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each row's place in words, its code and its value."""
    with open_table(path) as table:
        names = [name.strip().lower() for name in table.columns]
        if not set(COLUMNS) <= set(names):
            raise WeightError(
                f"{path} needs the columns code and value in its first line, and that line is "
                f"{','.join(table.columns)!r}"
            )
        for row in table:
            if any(cell.strip() for cell in row):
                code, value = (row[names.index(name)].strip() for name in COLUMNS)
                yield f"{path}, line {table.line}", code, value


def _digits(where: str, code: str, sizes: Sequence[int]) -> str:
    digits = code.replace(".", "")
    if digits.isascii() and digits.isdigit() and len(digits) in sizes:
        return digits
    described = f"{where}: {code!r} is not a code of {' or '.join(map(str, sizes))} digits"
    if digits.isdigit() and len(digits) + 1 in sizes:
        raise WeightError(f"{described}; a leading zero may have been lost")
    raise WeightError(f"{described}: give the lines of the schedule, not what they stand under")


def _cents(where: str, value: str) -> int:
    # `\d` alone would also match digits of other scripts.
    found = VALUE.fullmatch(value) if value.isascii() else None
    if found is None:
        raise WeightError(
            f"{where}: {value!r} is not a value in dollars and cents, such as 1250 or 1,250.50; "
            "only proportions count, so a share of 12.5% may be written 12.50"
        )
    whole, part = found.groups("")
    return int(whole.replace(",", "")) * 100 + int(part.ljust(2, "0"))
