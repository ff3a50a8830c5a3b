"""What a column of a table holds, declared once for every form in which the table is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

TEXT, RATE, MONEY = "text", "rate", "money"
"""Kinds: text; a rate as a fraction of one; dollars and cents."""

DIGITS = {RATE: (12, 6), MONEY: (18, 2)}
"""Digits in all, and after the point, of a column of numbers."""


class Column(NamedTuple):
    """A column.

    Attributes:
        name: its name in the first line.
        kind: TEXT, RATE or MONEY.
    """

    name: str
    kind: str = TEXT


def names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The names of columns, in order."""
    return tuple(column.name for column in columns)


def chosen(
    columns: Sequence[Column], wanted: str
) -> tuple[Sequence[Column], Callable[[Sequence[Any]], Sequence[Any]]]:
    """The columns that somebody wants of a table, in their order, and what picks them of a row.

    Args:
        columns: all that there are.
        wanted: names between commas; all of them where it is empty.

    Raises:
        ValueError: there is no such column, or one is named twice; the message has the nearest.
    """
    names = [each.strip() for each in wanted.split(",") if each.strip()]
    if not names:
        return columns, lambda row: row
    from detente.core.vocabulary import known_word

    known = [each.name for each in columns]
    places = [known.index(known_word(each, known, "a column", "columns")) for each in names]
    twice = next((known[at] for at in places if places.count(at) > 1), None)
    if twice is not None:
        raise ValueError(f"the column {twice} is named twice: keep one")
    return [columns[at] for at in places], lambda row: [row[at] for at in places]
