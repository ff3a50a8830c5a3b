"""What is said of a row whose name was screened: columns and their values, for files and tables."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.parties.screening import Hit

OF_ROW, OF_HIT = ("status", "reason"), ("score", "entry", "list", "listed_name", "why")
"""Columns said once of a row, and of each of its hits."""

SCORE = "score"
"""The one column of a hit that is a number."""


def output_columns(top: int) -> tuple[str, ...]:
    """The columns that come after those of the table, for so many hits of a row."""
    more = (f"{column}_{at}" for at in range(2, top + 1) for column in OF_HIT)
    return (*OF_ROW, *OF_HIT, *more)


def check_free(columns: Iterable[str], top: int) -> None:
    """Refuse a table that has a column of the output.

    Raises:
        ValueError: it has one; the message names it.
    """
    added = output_columns(top)
    taken = [column for column in columns if column in added]
    if taken:
        raise ValueError(f"column {taken[0]!r} is one of the output: rename it")


def values_of(hits: list[Hit] | str) -> list[str | float]:
    """The values of a row: its status and reason, and of each hit what `OF_HIT` names.

    Args:
        hits: the hits of its name, best first, or why it is no name.
    """
    if isinstance(hits, str):
        return ["unresolved", hits]
    values: list[str | float] = ["hit" if hits else "clear", ""]
    for hit in hits:
        entry = hit.entry
        values += [hit.score, entry.names[0].text, entry.list, hit.name, "; ".join(hit.why)]
    return values


def cells_of(hits: list[Hit] | str) -> list[str]:
    """The values of a row as texts."""
    return list(map(str, values_of(hits)))
