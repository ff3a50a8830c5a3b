"""The columns of a table of partners that hold name, country and place, and its encoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.encodings import encoding_of
from detente.core.tables.headings import HEADINGS, plain_name
from detente.core.tables.reading import open_table

if TYPE_CHECKING:
    from detente.core.tables.reading import TableRows

OF_NAMES, OF_COUNTRY = ("name", "supplier", "buyer"), ("country", "origin")
OF_CITY, OF_ADDRESS = ("city",), ("address",)
"""What a column of names, countries or places may mean, the likelier first; see `headings`."""

FIRST_ROW = 2
"""The first row below headings that stand in the first, as a spreadsheet counts them: place 0."""

TITLES = 20
"""Rows below the first among which the one that names the columns is looked for."""

SAYS_NAME = ("name", "名")
"""What is in the heading of a column of names where another (`Vendor`) may be one of numbers."""


class ColumnPlaces(NamedTuple):
    """Places of the columns that are read; None for one that the table does not have."""

    name: int
    country: int | None
    city: int | None
    address: int | None = None


def columns_of(headings: Sequence[str], name: str = "") -> ColumnPlaces:
    """The columns of a table.

    Args:
        headings: of its first line.
        name: the heading of the column with the names; "" to find it.

    Raises:
        ValueError: no column is known to hold names; the message lists what stands there.
    """
    found = _found(headings, name)
    if found is None:
        shown = ", ".join(filter(None, headings[:12]))
        what = f"no column {name!r}" if name else "no column that is known to hold names"
        raise ValueError(f"{what}, but {shown}: name the column of the partners")
    return found


def find_columns(rows: TableRows, name: str = "") -> ColumnPlaces:
    """The columns of a table, which may stand below a title.

    Args:
        rows: the table, of which no row was read; rows of a title are passed over.
        name: see ``columns_of``.

    Raises:
        ValueError: see ``columns_of``; of the first line.
    """
    if _found(rows.columns, name) is None:
        rows.find_heading(lambda cells: _found(cells, name) is not None, TITLES)
    return columns_of(rows.columns, name)


def _found(headings: Sequence[str], name: str) -> ColumnPlaces | None:
    """The columns of a table; None where none is known to hold names, or is the one named."""
    plain = [plain_name(each) for each in headings]

    def place(meanings: Sequence[str]) -> int | None:
        words = [word for each in meanings for word in (each, *HEADINGS[each])]
        words.sort(key=lambda word: not any(part in word for part in SAYS_NAME))
        return next((plain.index(word) for word in words if word in plain), None)

    heading = plain_name(name)
    # Without a name asked for, a column without a heading must not be taken for the one named.
    named = plain.index(heading) if heading and heading in plain else None
    found = named if heading else place(OF_NAMES)
    if found is None:
        return None
    return ColumnPlaces(found, place(OF_COUNTRY), place(OF_CITY), place(OF_ADDRESS))


@contextmanager
def open_master(path: Path, encoding: str = "") -> Iterator[tuple[TableRows, str]]:
    """The rows of a table of any kind, and the encoding that its text was read in ("" for none).

    Raises:
        ValueError: see ``open_table``.
    """
    used = encoding or encoding_of(path)
    with open_table(path, used or None) as rows:
        yield rows, used
