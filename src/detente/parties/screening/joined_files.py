"""Parties that have entries in both files of lists: those of the package and the user's own.

A list that is imported stands in the user's file, and the lists beside it may stand in the built-in
one. Which entries of the two are alike is worked out once, when the user's file is written; which
of these count is another question every day.
"""

from __future__ import annotations

from array import array
from itertools import chain, count

from detente._shapes import TYPE_CHECKING
from detente.parties.screening.one_party import OF_PAIR, Parties

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from detente.parties.names.names import NameTables
    from detente.parties.screening.screening import Lists


def join(built_in: Lists, own: Lists, database: sqlite3.Connection, tables: NameTables) -> None:
    """Tell both files which of their parties are one, as far as entries of both count.

    Args:
        built_in: the lists that came with the package.
        own: the user's.
        database: the user's file, which says which entries are alike.
        tables: words and characters.
    """
    files = built_in, own
    numbers: dict[tuple[int, int], int] = {}
    fresh = count(1)

    def number(file: int, party: int) -> int:
        if (file, party) not in numbers:
            numbers[file, party] = next(fresh)
        return numbers[file, party]

    def countries(number: int) -> list[str]:
        file, party = places[number]
        entries = files[file].entries_of_party(party)
        return list(chain.from_iterable(each.countries for each in entries))

    pairs = [
        (number(0, built_in.party(one)), number(1, own.party(two)), bool(read))
        for one, two, read in _kept(database)
        if one in built_in.members and two in own.members
    ]
    places = {number: place for place, number in numbers.items()}
    parties = Parties(countries, tables)
    for pair in pairs:
        parties.join(*pair)
    joined: dict[int, list[int]] = {}
    found = parties.pairs()
    for each, of in zip(found[::2], found[1::2], strict=True):
        joined.setdefault(of, [of]).append(each)
    for together in joined.values():
        here, there = (
            [party for file, party in map(places.__getitem__, together) if file == at]
            for at in (0, 1)
        )
        built_in.join(here, own, there[0])
        own.join(there, built_in, here[0])


def _kept(database: sqlite3.Connection) -> Iterator[tuple[int, ...]]:
    row = database.execute("SELECT value FROM facts WHERE fact = 'joined'").fetchone()
    found = array("I")
    found.frombytes(row[0] if row else b"")
    return zip(*(found[at::OF_PAIR] for at in range(OF_PAIR)), strict=True)
