"""What a column of a table holds, declared once for every form in which the table is written."""

from __future__ import annotations

from detente._shapes import NamedTuple

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
