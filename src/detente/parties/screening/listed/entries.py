"""The entries of one file of lists, the parties that they are, and their names as printed."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry
from detente.parties.screening.listed.bearers import all_borne, bearers
from detente.parties.screening.listed.index import entry_of, marked
from detente.store.files import has_table


class ListedName(NamedTuple):
    """A name as it is kept.

    Attributes:
        entry: number of its entry.
        text: as printed.
        kind: `name`, `aka`, `zh`, or how it was written otherwise.
        grade: how well it is known.
        place: where it was read, if not on the list.
        words: its words as one text.
    """

    entry: int
    text: str
    kind: str
    grade: str
    place: str
    words: str


class Relation(NamedTuple):
    """What a list prints of two parties.

    Attributes:
        list: short name of the list.
        parent: the party that the other belongs to.
        child: the other.
        relation: in the words of the list.
        citation: where it prints it.
        parent_key: the first squashed.
        child_key: the other squashed.
    """

    list: str
    parent: str
    child: str
    relation: str
    citation: str
    parent_key: str
    child_key: str


class ListedEntries:
    """The entries of one file of lists that count, and the parties that they are.

    Attributes:
        members: the numbers of the entries.
        party_of: the party of each entry that shares one.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        versions: Collection[int] | None,
        order: Callable[[ListedEntry], tuple[int, ...]],
        beside: Mapping[int, str],
    ) -> None:
        """Open a file.

        Args:
            database: the file.
            versions: numbers of the versions of lists that count; None for all.
            order: what the entries of one party are ordered by.
            beside: the entries that count beside those of the versions, by number, each with why it
                is not known whether it stands, or "".
        """
        self._database = database
        self._versions = versions
        self._doubts = beside
        self.members = members(database, versions) | beside.keys()
        self.party_of, self._parties = _parties(database)
        self._elsewhere: dict[int, tuple[ListedEntries, int]] = {}
        self._order = order
        self._names: dict[int, ListedName] = {}
        self._entries: dict[int, ListedEntry] = {}
        self._ordered: dict[int, tuple[ListedEntry, ...]] = {}

    @property
    def path(self) -> str:
        """The file."""
        found: str = self._database.execute("PRAGMA database_list").fetchone()[2]
        return found

    def party(self, entry: int) -> int:
        """The number of the party of an entry."""
        return self.party_of.get(entry, entry)

    def join(self, parties: Sequence[int], other: ListedEntries, party: int) -> None:
        """Tell that parties of this file are one, and have entries in another file.

        Args:
            parties: their numbers; the first is that of all.
            other: the other file.
            party: the number of the party there.
        """
        first = parties[0]
        together = [each for number in parties for each in self._parties.pop(number, (number,))]
        self.party_of.update((each, first) for each in together if each != first)
        self._parties[first] = together
        self._elsewhere[first] = other, party

    def read_names(self, numbers: Iterable[int]) -> None:
        """Read names that hits will show, many at once."""
        for marks, part in marked([each for each in numbers if each not in self._names]):
            for row in self._database.execute(
                "SELECT entry, text, kind, grade, place, words, id FROM names"
                f" WHERE id IN ({marks})", part
            ):  # fmt: skip
                self._names[row[-1]] = tuple.__new__(ListedName, row[:-1])

    def read_entries(self, numbers: Iterable[int]) -> None:
        """Read entries that hits will show or be ordered by, many at once."""
        wanted = dict.fromkeys(each for each in numbers if each not in self._entries)
        for marks, part in marked(list(wanted)):
            for number, text in self._database.execute(
                f"SELECT id, body FROM entries WHERE id IN ({marks})", part
            ):
                self._entries[number] = self._doubted(number, text)

    def _doubted(self, number: int, text: str) -> ListedEntry:
        """An entry as it is kept, with the doubt that there is of it on the day."""
        entry = entry_of(text)
        doubt = self._doubts.get(number, "")
        return entry._replace(doubt=doubt, doubt_before="") if doubt else entry

    def identity(self) -> str:
        """A hash that tells which lists these are, of which days, and how they were read."""
        described = sha256(array("I", sorted(self.members)).tobytes())
        described.update(self.contents().encode())
        return described.hexdigest()

    def contents(self) -> str:
        """A hash of all that the file holds and how it was read, whatever counts on the day."""
        described = sha256()
        for query in (
            "SELECT list, source_date, file, sha256 FROM versions ORDER BY list, source_date, file",
            "SELECT fact, value FROM facts ORDER BY fact",
        ):
            for value in chain.from_iterable(self._database.execute(query)):
                said = value if isinstance(value, bytes) else repr(value).encode()
                described.update(b"%d " % len(said))
                described.update(said)
        return described.hexdigest()

    def relations(self, key: str) -> list[Relation]:
        """What the lists print of who belongs to whom, of one name squashed."""
        return [
            Relation._make(row)
            for row in self._database.execute(
                "SELECT * FROM relations WHERE parent_key = ?1 OR child_key = ?1 ORDER BY rowid",
                (key,),
            )
        ]

    def related_keys(self) -> frozenset[str]:
        """The names squashed of which a list prints a relation.

        Only the lists that came with the package have any.
        """
        if not has_table(self._database, "relations"):
            return frozenset()
        rows = self._database.execute("SELECT parent_key, child_key FROM relations")
        return frozenset(filter(None, chain.from_iterable(rows)))

    def related_names(self) -> Iterator[str]:
        """The names of which a list prints a relation, as it prints them."""
        if has_table(self._database, "relations"):
            rows = self._database.execute("SELECT parent, child FROM relations")
            yield from chain.from_iterable(rows)

    def named(self, name: str, key: str, code: str) -> ListedEntry | None:
        """The entry that is called so, on the list and letter by letter where there is one.

        Args:
            name: as the list prints it.
            key: the same squashed.
            code: short name of the list.
        """
        rows = self._database.execute(
            "SELECT entry, text FROM names WHERE squashed = ? ORDER BY id", (key,)
        )
        called = [(entry, text) for entry, text in rows if entry in self.members]
        called.sort(key=lambda each: each[1] != name)
        found = [self._entry(entry) for entry, _ in called]
        # Else one of the party on the list, which calls it otherwise there.
        found += (each for entry, _ in called for each in self._entries_of(self.party(entry)))
        return min(found, key=lambda each: each.list != code, default=None)

    def texts_of(self, keys: Collection[str]) -> Iterator[tuple[str, str]]:
        """The names as they are printed that are so squashed, each with its key."""
        for marks, part in marked(sorted(keys)):
            yield from self._database.execute(
                f"SELECT text, squashed FROM names WHERE squashed IN ({marks})"
                " AND kind IN ('name', 'aka', 'zh')", part
            )  # fmt: skip

    def bearers_of(self, borne: str) -> list[ListedEntry]:
        """The strictest entry of each party that bears a brand, or whose name has a body's in it.

        Args:
            borne: the brand, or the name of the body.
        """
        found = list(self._strictest(bearers(self._database, borne)))
        if len(found) > 1:
            found.sort(key=self.order_of_bearers)
        return found

    def order_of_bearers(self, entry: ListedEntry) -> tuple[int, ...]:
        """What parties that bear one brand are ordered by: as their entries, short names first."""
        return (*self._order(entry), len(entry.names[0].text))

    def borne(self) -> Iterator[str]:
        """Every brand and body that `bearers_of` knows somebody of, on whatever day."""
        return all_borne(self._database)

    def _strictest(self, entries: Iterable[int]) -> Iterator[ListedEntry]:
        """The strictest entry of each party of which an entry that counts is among some."""
        counting = (self.party_of.get(each, each) for each in entries if each in self.members)
        for party in dict.fromkeys(counting):
            yield self._entries_of(party)[0]

    def entries_of(self, parties: Iterable[int]) -> Iterator[int]:
        """The entries that count of some parties, by number."""
        for party in parties:
            for entry in self._parties.get(party, (party,)):
                if entry in self.members:
                    yield entry

    def _entries_of(self, party: int) -> tuple[ListedEntry, ...]:
        """The entries that count of a party, in this file and beside it, the strictest first."""
        if party not in self._parties:
            return (self._entry(party),)
        known = self._ordered.get(party)
        if known is None:
            found = list(self.entries_of_party(party))
            if party in self._elsewhere:
                other, there = self._elsewhere[party]
                found += other.entries_of_party(there)
            known = self._ordered[party] = tuple(sorted(found, key=self._order))
        return known

    def entries_of_party(self, party: int) -> Iterator[ListedEntry]:
        """The entries that count of a party in this file."""
        return map(self._entry, self.entries_of((party,)))

    def all_names(self) -> Iterator[tuple[int, int, str, str, str, int]]:
        """Number, entry, words, squashed form, initials and kind of party of every name."""
        yield from self._database.execute(
            "SELECT id, entry, words, squashed, initials, party FROM names ORDER BY id"
        )

    def bodies(self, lists: Collection[str] = ()) -> Iterator[tuple[int, ListedEntry]]:
        """Number and entry of everything that is listed on the day.

        Args:
            lists: short names of those that are wanted; all where empty.
        """
        numbers = members(self._database, self._versions, lists) if lists else self.members
        self.read_entries([*numbers, *self._doubts])
        more = {each for each in self._doubts if not lists or self._entry(each).list in lists}
        return ((number, self._entry(number)) for number in sorted(numbers | more))

    def postings(self) -> Iterator[tuple[str, bytes]]:
        """Every piece of a name with the numbers of the names that have it, four bytes each."""
        return iter(self._database.execute("SELECT gram, names FROM grams"))

    def _name(self, number: int) -> ListedName:
        found = self._names.get(number)
        if found is None:
            row = self._database.execute(
                "SELECT entry, text, kind, grade, place, words FROM names WHERE id = ?", (number,)
            ).fetchone()
            found = self._names[number] = ListedName(*row)
        return found

    def _entry(self, number: int) -> ListedEntry:
        found = self._entries.get(number)
        if found is None:
            row = self._database.execute(
                "SELECT body FROM entries WHERE id = ?", (number,)
            ).fetchone()
            found = self._entries[number] = self._doubted(number, row[0])
        return found

    def entries_called(self, key: str) -> list[ListedEntry]:
        """The entries of this file that count and have a name that is so squashed."""
        rows = self._database.execute("SELECT DISTINCT entry FROM names WHERE squashed = ?", (key,))
        return [self._entry(each) for (each,) in rows.fetchall() if each in self.members]


def _parties(database: sqlite3.Connection) -> tuple[dict[int, int], dict[int, list[int]]]:
    """The party of each entry that shares one, and the entries of each such party, by number."""
    row = database.execute("SELECT value FROM facts WHERE fact = 'one party'").fetchone()
    pairs = array("I")
    pairs.frombytes(row[0] if row else b"")
    party_of = dict(zip(pairs[::2], pairs[1::2], strict=True))
    parties: dict[int, list[int]] = {}
    for entry, party in party_of.items():
        parties.setdefault(party, [party]).append(entry)
    return party_of, parties


def members(
    database: sqlite3.Connection,
    versions: Collection[int] | None = None,
    lists: Collection[str] = (),
) -> frozenset[int]:
    """The entries of some versions of lists.

    Args:
        database: the file.
        versions: their numbers; None for all.
        lists: short names of those that are wanted; all where empty.
    """
    found: set[int] = set()
    for number, name, blob in database.execute("SELECT id, list, members FROM versions"):
        if (versions is None or number in versions) and (not lists or name in lists):
            numbers = array("I")
            numbers.frombytes(blob)
            found.update(numbers)
    return frozenset(found)


def in_country(entries: Iterable[ListedEntry], country: str | None) -> bool:
    """Whether one of some entries has an address in a country; not in None."""
    return country is not None and any(country in each.countries for each in entries)
