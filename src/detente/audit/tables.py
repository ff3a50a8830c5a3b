"""A table of declared entries as reports of the customs service have it, brought to our columns.

A report that has one amount for a whole line repeats it on the row of each tariff number, or merges
its cells. Such rows are one total with the headings of all of them; nothing is counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from detente._shapes import TYPE_CHECKING
from detente.audit.cells import (
    OF_LINE,
    SPECIAL_CHAPTERS,
    amount_in,
    name_columns,
    order_of_days,
)
from detente.core.figures import digits_of
from detente.core.tables.headings import plain_name
from detente.core.tables.written import AmbiguousDayError, described, whole_code, written_day

if TYPE_CHECKING:
    from detente.core.tables.reading import Noted

AMOUNT = "declared_amount"
Cells = dict[str, str]


def cells_of(table: Noted, dates: str = "") -> tuple[list[Cells], str, list[str]]:
    """The rows by our columns, how their days are written, and what was read into them in words.

    Args:
        table: as it was read.
        dates: how days are written; as the table tells where it is empty.

    Raises:
        QuestionError: a column is missing, or two mean the same.
    """
    names = name_columns(table.columns)
    cells = [{names[key]: text for key, text in row.items()} for row in table.rows]
    order = dates or order_of_days(cells)
    notes = [*table.notes, *described(_read(cells, order))]
    amount = next((name for name, means in names.items() if means == AMOUNT), "")
    of_line = plain_name(amount) in OF_LINE
    merged = {row for row, name in table.filled if name == amount}
    joined = _as_totals(cells, merged, of_line) if of_line or merged else 0
    if joined:
        notes.append(
            f"{amount} stands for a whole line: counted once, beside the headings of all rows of "
            f"the line, on so many lines: {joined}"
        )
    left = [name for name, means in names.items() if name == means and plain_name(name) in OF_LINE]
    notes.extend(f"{name} is of a whole line and was not read beside {amount}" for name in left)
    return cells, order, notes


def _read(cells: Sequence[Mapping[str, str]], order: str) -> Counter[str]:
    """What was read into cells, counted."""
    found: Counter[str] = Counter()
    for row in cells:
        with suppress(AmbiguousDayError):
            written_day(row.get("on", ""), found, order)
        whole_code(row.get("code", ""), found)
    return found


def _as_totals(cells: list[Cells], merged: set[int], of_line: bool) -> int:
    """Make one total of the rows of a line that repeat its amount; how many lines those are."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(cells):
        # Without an id nothing says that two rows are of one line.
        if row.get("id", "").strip():
            groups.setdefault((row["id"], row.get("line", "")), []).append(number)
    joined = 0
    for numbers in groups.values():
        rows = [cells[number] for number in numbers]
        # The first row of a merged area holds the amount itself and was not filled.
        if len(rows) < 2 or not (of_line or all(number in merged for number in numbers[1:])):
            continue
        amounts = {amount_in(row) for row in rows if row.get(AMOUNT, "").strip()}
        codes = {digits_of(row.get("code", "")) for row in rows if not _is_special(row)}
        if len(amounts) != 1 or len(codes - {""}) != 1:
            continue  # amounts of their own, or goods of several lines
        _join(rows)
        joined += 1
    return joined


def _is_special(row: Mapping[str, str]) -> bool:
    return digits_of(row.get("code", ""))[:2] in SPECIAL_CHAPTERS


def _join(rows: list[Cells]) -> None:
    """Give the first row the total and all headings, and take both from the others."""
    named = [row.get("heading") or row.get("code", "") for row in rows]
    code = next(row["code"] for row in rows if row.get("code") and not _is_special(row))
    amount = next(row[AMOUNT] for row in rows if row.get(AMOUNT, "").strip())
    listed = list(dict.fromkeys([*(name for name in named if name.strip()), code]))
    for row in rows:
        row["code"], row["heading"], row[AMOUNT] = code, ";".join(listed), ""
    rows[0][AMOUNT] = amount
