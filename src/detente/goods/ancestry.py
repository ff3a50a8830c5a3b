"""What a line stands under: the one way from a row up to its heading.

A row's parent is the digits of a numbered row, the id of a group (a row of the page that has no
number, such as "Horses:"), or "" at the top. Numbered rows are told apart by edition; groups are
not, since a group is its words.
"""

from __future__ import annotations

from collections.abc import Callable

# A row above, as (parent, words); None where it is not there.
NumberedRow = Callable[[str, int], "tuple[str, str] | None"]
GroupRow = Callable[[str], "tuple[str, str] | None"]


def path_of(parent: str, edition: int, numbered: NumberedRow, group: GroupRow) -> tuple[str, ...]:
    """Return the words of every row above, the heading first.

    Args:
        parent: What the line itself stands under.
        edition: The number of the edition in which to look.
        numbered: Finds a numbered row by digits and edition.
        group: Finds a group by id.
    """
    words: list[str] = []
    while parent:
        row = nearest_of(parent, edition, numbered, group)
        if row is None:
            break
        parent, text = row
        words.append(text)
    return tuple(reversed(words))


def nearest_of(
    parent: str, edition: int, numbered: NumberedRow, group: GroupRow
) -> tuple[str, str] | None:
    """Return the row right above as (parent, words), with the arguments of `path_of`."""
    row = group(parent) if ":" in parent else numbered(parent, edition)
    return row and (row[0], row[1].rstrip(":").rstrip())
