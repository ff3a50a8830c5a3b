"""The built-in lists and the user's own: opening them for names, and what is there.

The user's lists are `parties.sqlite` in the user's folder; each import of another day is another
version of the list, and so is each further source of one day. See `importing` for how they get in.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import chain, count, islice

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.recent import cached
from detente.core.vocabulary import known_word
from detente.parties.lists.announced import read_pauses, standing_by
from detente.parties.lists.compared import ComparedList, comparisons
from detente.parties.lists.model import ListedEntry
from detente.parties.lists.standing import LISTED, UNKNOWN, Strictness, rank_of
from detente.parties.lists.versions import (
    Counting,
    Version,
    VersionBeside,
    counting,
    state_of,
    versions_beside,
    versions_of,
)
from detente.parties.names.brand_standing import BrandStandings
from detente.parties.names.comparing import CEILING
from detente.parties.names.document_words import words_of
from detente.parties.names.kept_tables import tables_from
from detente.parties.names.korean import KoreanSyllables
from detente.parties.names.names import NameTables, letters_of, letters_written
from detente.parties.screening.hits import NameHit, one_a_list
from detente.parties.screening.listed.addresses import has_number, line_of
from detente.parties.screening.listed.entries import in_country, members
from detente.parties.screening.listed.index import SCHEMA, entry_of, read_anew, reading_of
from detente.parties.screening.listed.kinds_of_names import PRINTED
from detente.parties.screening.listed.one_party import OF_PAIR, Parties
from detente.parties.screening.queries import known_country
from detente.parties.screening.screening import Lists
from detente.register.model import LAW, READINGS
from detente.store.files import DATA, ReadConnection, data_file, has_table, open_read_only
from detente.store.home import home
from detente.store.whole import sync_folder

if TYPE_CHECKING:
    from detente.parties.lists.versions import ListsRead

FILE = "parties.sqlite"
LAID_OUT = os.path.join(DATA, "screening.arrays")
"""What the build makes of the lists that come with the package, for those who ask many names."""

PATIENCE = 300.0
"""Seconds that one process waits for another that writes the user's lists, which takes minutes."""

ALL = 1000
"""More hits than any name has."""

BEHIND = 100
"""Parties of a name that are looked through where none of those that are wanted is listed."""

NEAR, MOST_OTHERS = 0.05, 5
"""How much less another party of a name scores, at the most, that is told beside those that are
shown; and how many of these are."""

NAMES_CACHED = 1000
"""Names of which the hits are kept for the next question: parties come again and again."""


class ListFacts(NamedTuple):
    """What is told of a list that is known, whether it is at hand or not.

    Attributes:
        list: short name.
        by: country whose list it is.
        title: its name.
        citation: where it stands in the law.
        held: how much of it came with the package: ``whole``, ``part`` or ``none``.
        countries: of the addresses that came with the package, ``;`` between; empty for all.
        programmes: the table of programmes that came with the package; empty for all.
        scope: in words, what of it came with the package.
        lacks: in words, what of it did not, where it is held in part.
        url: where it is published, or empty.
        removals: first day since which every removal is held by name; empty where parties may have
            been removed on any day before the version.
        rests: ``yes`` where a verdict on a name rests on the list; ``no`` where names are screened
            against what is held of it and ``clear`` does not speak of it.
        undated: in words, why it is not known whether an entry without an end day stands, on a
            list that goes on printing entries that have ended; empty for every other list.
    """

    list: str
    by: str
    title: str
    citation: str
    held: str
    countries: str
    programmes: str
    scope: str
    lacks: str
    url: str
    removals: str
    rests: str
    undated: str


VERDICTS = {"other": "another party", "open": "may be this party"}
"""What is told of two entries of different lists that print the same name: they are read to be two
parties, or nothing that the lists print tells."""


class OtherParty(NamedTuple):
    """Two entries of different lists that print the same name and are not told as one party.

    Attributes:
        list: short name of one list.
        name: main name of its entry.
        other_list: short name of the other list.
        other_name: main name of its entry.
        verdict: one of `VERDICTS`.
        note: why, as the lists print it.
    """

    list: str
    name: str
    other_list: str
    other_name: str
    verdict: str
    note: str

    def of(self, entries: Collection[tuple[str, str]]) -> tuple[str, str] | None:
        """List and main name of the entry that is not among those of a party; None without one."""
        one, other = (self.list, self.name), (self.other_list, self.other_name)
        if (one in entries) == (other in entries):
            return None
        return other if one in entries else one


class ListAtHand(NamedTuple):
    """One list that is at hand.

    Attributes:
        list: short name.
        title: the list's name; the file's for one that is not known.
        by: country whose list it is; empty for one that is not known.
        source_date: day of the version that counts, through which it was read; empty for a day
            before the first.
        entries: how many it holds.
        built_in: whether the version that counts came with the package.
        versions: days of all versions, oldest first.
        start: first day that it answers for.
        sources: names of the files that the version was read from.
    """

    list: str
    title: str
    by: str
    source_date: str
    entries: int
    built_in: bool
    versions: tuple[str, ...]
    start: str
    sources: tuple[str, ...]


def open_built_in() -> sqlite3.Connection:
    """The lists that came with the package."""
    return open_read_only(data_file(FILE))


def is_laid_out() -> bool:
    """Whether no lists count but those that the build laid out."""
    as_built = data_file(FILE) == os.path.join(DATA, FILE)
    return as_built and os.path.isfile(LAID_OUT) and not has_user_lists()


def user_file() -> str:
    """Where the user's lists are kept; it need not exist."""
    return os.path.join(home(), FILE)


def has_user_lists() -> bool:
    """Whether the user has lists; a file whose making broke off holds none."""
    path = user_file()
    return os.path.isfile(path) and os.path.getsize(path) > 0


def user_state() -> tuple[str, int, int]:
    """What changes when the user's lists do: size and time of their file; zeros without one."""
    return file_state(user_file())


def built_in_state() -> tuple[str, int, int]:
    """What changes when the built-in lists do."""
    return file_state(data_file(FILE))


def file_state(path: str) -> tuple[str, int, int]:
    """A file with what changes when it does: its size and time; zeros where there is none."""
    try:
        state = os.stat(path)
    except FileNotFoundError:
        return path, 0, 0
    return path, state.st_size, state.st_mtime_ns


@lru_cache(maxsize=1)
def built_in_tables(state: tuple[str, int, int]) -> NameTables:
    """Words and characters of the built-in file in a state, read once for the screens of a day."""
    with closing(open_read_only(state[0])) as database:
        return read_tables(database)


def read_tables(database: sqlite3.Connection) -> NameTables:
    """Words and characters, from the built-in file."""
    documents = words_of(database.execute("SELECT kind, text FROM document_words"))
    letters = letters_of(
        database.execute("SELECT letter, latin, beside FROM letters ORDER BY rowid")
    )
    within = dict(database.execute("SELECT place, country FROM within"))
    address = database.execute("SELECT kind, word, means FROM address_words").fetchall()
    same = database.execute(
        "SELECT list, name, other_list, other_name FROM same_party ORDER BY rowid"
    ).fetchall()
    korean = KoreanSyllables(
        {row[0]: row[1:] for row in database.execute("SELECT * FROM korean ORDER BY spelling")}
    )
    texts = dict(database.execute("SELECT field, text FROM name_tables"))
    return tables_from(texts, documents, known_words, letters, within)._replace(
        address=address,
        same=same,
        korean=korean,
        hong_kong=dict(database.execute("SELECT jyutping, spelled FROM hong_kong")),
    )


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Words that are somebody's, though one edit from a brand of the lists that came along."""
    with closing(open_built_in()) as database:
        (text,) = database.execute("SELECT value FROM facts WHERE fact = 'known words'").fetchone()
        return frozenset(text.split())


def other_parties(database: sqlite3.Connection) -> list[OtherParty]:
    """The pairs of entries that share a name and are not told as one party, by the table."""
    columns = ", ".join(OtherParty._fields)
    rows = database.execute(f"SELECT {columns} FROM other_party ORDER BY rowid")
    return [OtherParty._make(row) for row in rows]


def read_facts(database: sqlite3.Connection) -> dict[str, ListFacts]:
    """What is told of each list that is known, by short name, the stricter ones first."""
    columns = ", ".join(ListFacts._fields)
    rows = database.execute(f"SELECT {columns} FROM lists ORDER BY strictness")
    return {row[0]: ListFacts._make(row) for row in rows}


class UpdateSource(NamedTuple):
    """Where a file of lists is published.

    Attributes:
        name: of the source.
        lists: short names of the lists in it.
        file: what the file is called.
        address: where it is.
    """

    name: str
    lists: tuple[str, ...]
    file: str
    address: str


def update_sources(database: sqlite3.Connection) -> list[UpdateSource]:
    """Where files of lists are published that can be read as they are."""
    rows = database.execute("SELECT name, lists, file, address FROM updates ORDER BY name")
    return [UpdateSource(row[0], tuple(row[1].split(";")), *row[2:]) for row in rows]


def _strictness(database: sqlite3.Connection) -> Strictness:
    return Strictness(
        dict(database.execute("SELECT list, strictness FROM lists")),
        dict(database.execute("SELECT policy, strictness FROM policies")),
    )


def others_beside(shown: Sequence[NameHit], found: Iterable[NameHit]) -> Iterator[NameHit]:
    """The parties beside some that are shown which score no less than the first, or hardly less.

    Beside one that is the same as a whole only others that are so come as close.
    """
    score = shown[0].score
    whole = score > CEILING
    least = round(score - NEAR, 3)
    for hit in found:
        if hit not in shown and (hit.score > CEILING if whole else hit.score >= least):
            yield hit


class Screen:
    """Everything a name is screened against on one day.

    Attributes:
        on: the day as of which the lists count, ISO; None for the newest of each.
        day: the day that is asked about: that one, or today.
        facts: what is told of each list that is known.
        counting: the versions that count of each list.
        newest: those that count of each list where no day is named.
        beside: entries that other versions of these lists have alone; see `versions_beside`.
        later: lists that begin only after the day.
        firsts: the first day that any version of a list answers for.
        pauses: the suspensions of listings that were only announced.
        reading: the one by which listings stand: the law, or what was announced.
        lists: the files, ready for names.
    """

    def __init__(self, on: str | None = None, today: str | None = None, reading: str = "") -> None:
        """Open the lists.

        Args:
            on: the day as of which they count, ISO; None for the newest of each.
            today: the day that is asked about where `on` is None; the clock's without it.
            reading: by which listings stand; the law where none is named.

        Raises:
            UnknownWordError: there is no such reading.
        """
        self.reading = known_word(reading or LAW, READINGS, "a reading", "reading")
        self.on = on
        self.day = on or today or date.today().isoformat()
        built_in = open_built_in()
        self.facts = read_facts(built_in)
        self.pauses = read_pauses(built_in)
        self._state = built_in_state(), user_state()
        self._tables = built_in_tables(self._state[0])
        spellings = dict(built_in.execute("SELECT spelling, pinyin FROM cantonese"))
        files = [(built_in, versions_of(built_in, True))]
        compared: list[ComparedList] = []
        if has_user_lists():
            database = open_user()
            # Read with other words or rules, its names would not meet names that are read today.
            if reading_of(database) != reading_of(built_in):
                read_anew(database, self._tables, built_in)
            files.append((database, versions_of(database, False)))
            compared = comparisons(database)
        versions = list(chain.from_iterable(own for _, own in files))
        self.counting = counting(versions, on, compared)
        self.newest = self.counting if on is None else counting(versions, None)
        self.firsts: dict[str, str] = {}
        for each in versions:
            self.firsts[each.list] = min(each.start, self.firsts.get(each.list, each.start))
        self.later = frozenset(name for name, each in self.counting.items() if each.is_later)
        self.strictness = _strictness(built_in)
        self._files = [(database, _numbers(own, self.counting)) for database, own in files]
        told = versions_beside(versions, self.counting, on)
        self.beside = _told_beside(self._files, told, self.day) if told else {}
        standings = BrandStandings(self._tables)
        self.lists: list[Lists] = []
        for database, numbers in self._files:
            more = self.beside.get(len(self.lists), {})
            # Each knows all of them: a name in Arabic letters is read by the names of every file.
            self.lists.append(
                Lists(
                    database, self._tables, spellings, numbers, self._order, standings, self.lists,
                    more,
                )
            )  # fmt: skip
        if len(files) > 1:
            _join_files(self.lists[0], self.lists[1], files[1][0], self._tables)
        self._answered: dict[Hashable, list[NameHit]] = {}

    def _order(self, entry: ListedEntry) -> tuple[int, ...]:
        """What the entries of one party are ordered by: those in force, then the strict."""
        return (rank_of(self.standing(entry)), *self.strictness.of(entry))

    def standing(self, entry: ListedEntry) -> str:
        """How an entry stands on the day; see `standing_by`."""
        return standing_by(entry, self.day, self.later, self.pauses, self.reading)

    def hits(
        self, name: str, country: str | None = None, top: int = 10, city: str | None = None
    ) -> list[NameHit]:
        """The entries that a name may be, one a list and party; see `Lists.screen`.

        Lists that begin only after the day are left out.

        Raises:
            ValueError: the name has no letter and no digit, or the country is none.
        """
        # Hits on lists that begin later are dropped below, so `top` of them may be too few.
        found = self.parties(name, country, ALL if self.later else top, city)
        if not self.later:
            return list(one_a_list(found))
        counting = [each for each in one_a_list(found) if each.entry.list not in self.later]
        return counting[:top]

    def parties(
        self,
        name: str,
        country: str | None = None,
        top: int = 10,
        city: str | None = None,
        address: str = "",
    ) -> list[NameHit]:
        """The listed parties that a name may be, best first; see `Lists.screen`.

        A list that begins only after the day is asked in its first version. Where the first ones
        are not listed on the day, one that is stands in the last place.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        asked = name, known_country(country), top, city, address
        found = cached(self._answered, asked, lambda: self._parties(*asked), NAMES_CACHED)
        return found[:]

    def _parties(
        self, name: str, country: str | None, top: int, city: str | None, address: str
    ) -> list[NameHit]:
        found = self._first(name, country, top, city, address)
        if self.may_hide(found, top):
            return self.with_listed(self._first(name, country, BEHIND, city, address), top)
        return found

    def _first(
        self, name: str, country: str | None, top: int, city: str | None, address: str
    ) -> list[NameHit]:
        of_files = [lists.screen(name, country, top, city) for lists in self.lists]
        found = self.best_of(of_files, name, country, top)
        return self.with_addresses(found, name, address, top)

    def may_hide(self, found: Sequence[NameHit], top: int) -> bool:
        """Whether a listed party may stand behind the first hits of a name, none of which is."""
        if not found or len(found) < top or self.standing(found[0].entry) in LISTED:
            return False  # as nearly all
        return len(found) < BEHIND and not any(self._state_of(each) == 0 for each in found)

    def with_listed(self, found: list[NameHit], top: int) -> list[NameHit]:
        """The first hits of a name; the last makes room for one that is listed where none is.

        What is said of a name must not depend on how many of its hits are shown. Where nobody is
        listed it makes room for one of whom that is not known.
        """
        states = [self._state_of(each) for each in found]
        at = states.index(min(states)) if states else 0
        return found[:top] if at < top else [*found[: top - 1], found[at]]

    def shown_of(self, found: list[NameHit], top: int) -> tuple[list[NameHit], list[NameHit]]:
        """The hits of a name that are shown, and others that come as close.

        Args:
            found: all of them, best first; beyond the first `top` those of other scores may lack.
            top: how many are shown.
        """
        if len(found) <= top:
            return found, []
        listed = self.standing(found[0].entry) in LISTED  # as nearly all
        shown = found[:top] if listed else self.with_listed(found, top)
        return shown, list(islice(others_beside(shown, found), MOST_OTHERS))

    def _state_of(self, hit: NameHit) -> int:
        """How a hit stands: 0 for a listed party, 1 where that is not known, else 2."""
        standings = {self.standing(entry) for entry in hit.entries}
        return 0 if standings & LISTED else 1 if UNKNOWN in standings else 2

    def with_addresses(
        self, found: list[NameHit], name: str, address: str, top: int
    ) -> list[NameHit]:
        """Hits with those on entries that are addresses, one of which stands in name or address."""
        line = line_of(name, address)
        if not has_number(line):
            return found  # most names, and no address is without a number
        more = [hit for lists in self.lists for hit in lists.at_address(line)]
        return sorted((*found, *more), key=lambda hit: -hit.score)[:top] if more else found

    def best_of(
        self, found: Sequence[list[NameHit]], name: str, country: str | None, top: int
    ) -> list[NameHit]:
        """The hits of one name over several files, best first, each party once.

        They are in the order of `Lists.first`, as if all stood in one file.

        Args:
            found: the hits in each file.
            name: as it was asked.
            country: where the party is, ISO code; None where that is not known.
            top: at most so many.
        """
        some = [each for each in found if each]
        if len(some) < 2:
            return some[0] if some else []
        asked = letters_written(name, self._tables)

        def rank(hit: NameHit) -> tuple[object, ...]:
            other = not in_country(hit.entries, country)
            written = hit.score == 1 and letters_written(hit.name, self._tables) == asked
            first, lists = hit.entry, -len(hit.entries)
            # Of a party the name that its strictest list prints.
            printed = any(hit.name == name.text for name in first.names)
            return (
                -hit.score, other, not written, *self._order(first), lists, first.key, not printed,
            )  # fmt: skip

        merged: list[NameHit] = []
        for hit in sorted(chain.from_iterable(some), key=rank):
            # A hit has the entries of its party in every file, so that one of them tells it.
            if not any(hit.entry in other.entries for other in merged):
                merged.append(hit)
        return merged[:top]

    def entries(self, found: Counting, but: Collection[Version] = ()) -> Iterator[ListedEntry]:
        """The entries of versions of a list, without those that are word for word in others."""
        for (database, _), built_in in zip(self._files, (True, False), strict=False):
            own, others = (
                members(database, {each.number for each in some if each.built_in is built_in})
                for some in (found.versions, but)
            )
            for number in sorted(own - others):
                row = database.execute("SELECT body FROM entries WHERE id = ?", (number,))
                yield entry_of(row.fetchone()[0])

    @property
    def state(self) -> object:
        """What changes when the lists do, or the day of which they are asked."""
        return self._state, self.on

    def read(self) -> ListsRead:
        """Which versions of which lists count, as a record of a screening keeps it."""
        return {
            "sha256": self.sha256(),
            "lists": {name: each.day for name, each in self.counting.items()},
            "versions": {name: state_of(each.versions) for name, each in self.counting.items()},
        }

    def identity(self) -> str:
        """A hash that tells which lists these are: the same on two machines that answer alike."""
        return " ".join((self.day, *(lists.identity() for lists in self.lists)))

    def sha256(self) -> str:
        """A hash over the entries of all lists that count, and what is told of the lists.

        It is worked out once for all days on which the same versions count.
        """
        described = tuple(
            repr((name, self.facts.get(name), found.start, found.day, found.compared))
            for name, found in sorted(self.counting.items())
        )
        key = (self._state, described, tuple(numbers for _, numbers in self._files))
        if key not in _HASHES:
            _HASHES.clear()
            _HASHES[key] = self._hashed(described)
        return _HASHES[key]

    def _hashed(self, described: Iterable[str]) -> str:
        digest = sha256()
        for each in described:
            digest.update(each.encode())
        for database, numbers in self._files:
            for version in sorted(numbers):
                for number in sorted(members(database, (version,))):
                    row = database.execute("SELECT body FROM entries WHERE id = ?", (number,))
                    digest.update(row.fetchone()[0].encode())
        return digest.hexdigest()


_HASHES: dict[object, str] = {}
"""The hash of the lists that were asked last, by what it is made from."""


def _join_files(
    built_in: Lists, own: Lists, database: sqlite3.Connection, tables: NameTables
) -> None:
    """Tell both files which of their parties are one, as far as entries of both count.

    Which entries are alike was worked out when the user's file was written; see `alike_across`.

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
        for one, two, read in _kept_pairs(database)
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


def _kept_pairs(database: sqlite3.Connection) -> Iterator[tuple[int, ...]]:
    row = database.execute("SELECT value FROM facts WHERE fact = 'joined'").fetchone()
    found = array("I")
    found.frombytes(row[0] if row else b"")
    return zip(*(found[at::OF_PAIR] for at in range(OF_PAIR)), strict=True)


def _told_beside(
    files: Sequence[tuple[sqlite3.Connection, Collection[int]]],
    told: Iterable[VersionBeside],
    day: str,
) -> dict[int, dict[int, str]]:
    """The entries that other versions alone have, by file and number, each with its doubt or "".

    An entry of which the versions that count have any name is theirs.

    Args:
        files: each with the numbers of the versions that count.
        told: those versions.
        day: that is asked about, ISO.
    """
    told = list(told)
    lists = {each.version.list for each in told}
    held: dict[str, set[str]] = {name: set() for name in lists}
    named: list[dict[int, list[str]]] = []
    for at, (database, numbers) in enumerate(files):
        # Each name is read once, whatever number of lists it may be of.
        counting = {
            entry: held[name] for name in lists for entry in members(database, numbers, {name})
        }
        others = {each.version.number for each in told if each.version.built_in is (at == 0)}
        asked: dict[int, list[str]] = {entry: [] for entry in members(database, others)}
        for entry, key in _printed(database):
            if entry in counting:
                counting[entry].add(key)
            elif entry in asked:
                asked[entry].append(key)
        named.append(asked)
    found: dict[int, dict[int, str]] = {}
    for each in told:
        at = 0 if each.version.built_in else 1
        keys, (database, _) = held[each.version.list], files[at]
        for number in members(database, {each.version.number}):
            if (own := named[at].get(number)) and keys.isdisjoint(own):
                found.setdefault(at, {})[number] = _doubt(database, number, each, day)
    return found


def _printed(database: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The names, squashed, that lists print, each with the number of its entry."""
    kinds = sorted(PRINTED)
    query = f"SELECT entry, squashed FROM names WHERE kind IN ({','.join('?' * len(kinds))})"
    yield from database.execute(query, kinds)


def _doubt(database: sqlite3.Connection, number: int, told: VersionBeside, day: str) -> str:
    """Why it is not known whether an entry that such a version alone has stands on a day; or ""."""
    version = told.version
    where = f"the version of {version.day}{f' from {version.source}' if version.source else ''}"
    if told.is_past:
        return (
            f"it stands in {where} and not in the one of {told.through}: when it was removed in "
            "between is not known"
        )
    row = database.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
    entry = entry_of(row[0])
    if entry.since or day >= version.day:
        return ""
    return f"it stands in {where}, which does not say since when"


def _numbers(versions: Iterable[Version], found: dict[str, Counting]) -> frozenset[int]:
    """The numbers of those versions of one file that count."""
    return frozenset(each.number for each in versions if each in found[each.list].versions)


def open_user() -> sqlite3.Connection:
    """The user's lists, made when there are none yet; who reads does not wait for who writes."""
    path = user_file()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # A change is committed where it is made.
    database = sqlite3.connect(path, timeout=PATIENCE, factory=ReadConnection)
    # What was said to be kept is there also after the power went, the removed journal included.
    database.execute("PRAGMA synchronous = EXTRA")
    # A long import holds its pages until the end: until then others read what was there before.
    database.execute("PRAGMA cache_spill = OFF")
    new = not has_table(database, "versions")
    if new:
        database.execute("BEGIN IMMEDIATE")
        # Once more under the lock: another process may have made the file meanwhile.
        new = not has_table(database, "versions")
        for statement in SCHEMA.split(";") if new else ():  # all of it or nothing
            database.execute(statement)
        database.commit()
    if new:
        sync_folder(path)
    elif "start" not in {row[1] for row in database.execute("PRAGMA table_info(versions)")}:
        _renew(database)
    return database


def _renew(database: sqlite3.Connection) -> None:
    """Take over versions from a file that kept one a list and day, whatever its source."""
    table = SCHEMA[: SCHEMA.index(";") + 1]
    columns = "id, list, source_date, format, rows, file, sha256, members"
    with database:
        database.execute("ALTER TABLE versions RENAME TO older")
        database.execute(table)
        database.execute(f"INSERT INTO versions ({columns}) SELECT {columns} FROM older")
        database.execute("DROP TABLE older")


def entries_of(
    database: sqlite3.Connection, code: str, on: str | None = None
) -> Iterator[ListedEntry]:
    """The entries of a list in one file as of a day; none before its first version."""
    own = [each for each in versions_of(database, False) if each.list == code]
    found = counting(own, on).get(code)
    if found is not None and not found.is_later:
        yield from version_entries(database, found.versions)


def version_entries(
    database: sqlite3.Connection, versions: Iterable[Version]
) -> Iterator[ListedEntry]:
    """The entries of some versions that one file holds."""
    for number in sorted(members(database, {each.number for each in versions})):
        row = database.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        yield entry_of(row[0])


def all_versions() -> list[Version]:
    """Every version of every list, built-in and own."""
    database = open_built_in()
    found = versions_of(database, True)
    database.close()
    if has_user_lists():
        database = open_user()
        found += versions_of(database, False)
        database.close()
    return found


def listed(on: str | None = None) -> list[ListAtHand]:
    """The lists at hand, known ones first, each as of a day."""
    database = open_built_in()
    facts = read_facts(database)
    database.close()
    versions = all_versions()
    found = counting(versions, on)
    order = [name for name in facts if name in found]
    order += [name for name in found if name not in facts]
    rows = []
    for name in order:
        own = found[name]
        first = own.versions[0]
        known = facts.get(name)
        days = sorted({each.day for each in versions if each.list == name})
        rows.append(
            ListAtHand(
                name,
                known.title if known is not None else first.source,
                known.by if known is not None else "",
                "" if own.is_later else own.day,
                0 if own.is_later else sum(each.entries for each in own.versions),
                first.built_in,
                tuple(days),
                own.start,
                tuple(each.source for each in own.versions if each.source),
            )
        )
    return rows
