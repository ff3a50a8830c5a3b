"""The rows of kept tables for which a decision counts: those of its name and its country."""

from __future__ import annotations

from collections import Counter

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.lists.keys import folded
from detente.parties.masters.row_index import PLACES, indexed_rows
from detente.parties.masters.screened import query_of_row
from detente.parties.masters.stored import Masters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_TOLD = 6
"""Rows that a refusal names."""


class NamedRow(NamedTuple):
    """A row of a kept table.

    Attributes:
        table: the name of its file, with its id where several have that name.
        row: there, as a spreadsheet counts them.
        country: ISO code, "" where the row has none that is understood.
        name: as written.
        address: likewise; "" where it has none.
    """

    table: str
    row: int
    country: str
    name: str = ""
    address: str = ""


def rows_of_names(names: Collection[str]) -> dict[str, list[NamedRow]]:
    """The rows of all kept tables that have one of some names, by the name as it is compared."""
    found: dict[str, list[NamedRow]] = {folded(each): [] for each in names}
    masters = Masters()
    kept = masters.all()
    names_of_tables = Counter(each.name for each in kept)
    for master in kept:
        alike = names_of_tables[master.name] > 1
        table = f"{master.name} ({master.id})" if alike else master.name
        for each in indexed_rows(masters.table(master), master, found):
            asked = query_of_row(PLACES, each.cells, master.country)
            row = NamedRow(table, each.row, asked.country or "", asked.name, asked.address)
            found[each.folded].append(row)
    return found


def country_meant(name: str, country: str, rows: Sequence[NamedRow]) -> str:
    """The country of the rows that a decision is about.

    Args:
        name: that it is about.
        country: that it states, ISO code or "".
        rows: the rows of that name in the kept tables.

    Returns:
        The one that is stated where a row has it, or no kept table has the name; the one of all
        rows where none is stated.

    Raises:
        ValueError: it would count for none of the rows; the message names them.
    """
    countries = {each.country for each in rows}
    if not rows or country in countries:
        return country
    if not country and len(countries) == 1:
        return countries.pop()
    told = [f"row {each.row} of {each.table} ({each.country or 'none'})" for each in rows]
    wrong = (
        f"no row of {name!r} has the country {country}"
        if country
        else f"every row of {name!r} has a country"
    )
    more = f" and {len(told) - MOST_TOLD} more rows" if len(told) > MOST_TOLD else ""
    raise ValueError(
        f"the decision would count for no row: {wrong}; write the country of the row that is "
        f"meant, or keep its table first; kept: {', '.join(told[:MOST_TOLD])}{more}"
    )
