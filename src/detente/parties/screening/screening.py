"""Ask which entries of the lists a name may be, and why.

Exact keys and n-grams give candidates (`candidates`); each is then compared word by word
(`comparing`), and every hit says what agreed and what did not.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from math import log
from types import MappingProxyType

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.model import KNOWN, OFFICIAL, ListedEntry
from detente.parties.lists.standing import UNORDERED
from detente.parties.names import comparing
from detente.parties.names.brand_standing import GUESSED, BrandStandings
from detente.parties.names.candidates import Nearest
from detente.parties.names.comparing import (
    KOREAN_FAMILY,
    MANDARIN,
    UNTOLD,
    compare_party,
    why_whole,
)
from detente.parties.names.kinds import BRAND, PLACE, SLIGHT
from detente.parties.names.languages.heard_names import heard_names
from detente.parties.names.languages.spelled_names import (
    korean_names,
)
from detente.parties.names.legal import (
    LONGEST_ACRONYM,
)
from detente.parties.names.names import (
    NameTables,
    NameWord,
    letters_written,
    parts,
    squashed,
)
from detente.parties.names.policy import FACTOR, FATHER
from detente.parties.names.reading.listed_wholes import is_elsewhere
from detente.parties.names.reading.reader import NameReader
from detente.parties.names.remembered import remembered
from detente.parties.names.sieve import may_hold
from detente.parties.names.sounds import heard_beside, sounds_beside
from detente.parties.screening.addresses import ListedAddresses, read_addresses
from detente.parties.screening.bearers import all_borne, bearers, means_others
from detente.parties.screening.index import (
    ACRONYM,
    ALONE,
    AS_PERSON,
    BODIES,
    BODY_ALONE,
    BRANDS,
    CITIES,
    CROSSED,
    HEARD,
    KNOWN_AS,
    NO_PATRONYMIC,
    PARTIES,
    PINYIN,
    SPOKEN,
    entry_of,
    marked,
    unpack,
)
from detente.store.files import has_table, open_read_only

if TYPE_CHECKING:
    from detente.parties.names.korean import Syllables
    from detente.parties.names.languages.unvoweled import ListedFile

OF_ITS_OWN = "it may be a separate company there, such as a subsidiary"
"""Why a name beside a place, or with a site behind it, is never the party for certain."""

AT_MOST_ELSEWHERE = 0.97
"""The most that such a name scores."""

THRESHOLD = 0.82
"""Score from which a candidate is a hit; chosen on the tuning half of names as documents carry
them."""

LONGEST_INITIALS = 8
"""Letters of the longest name that may be the initials of another."""

AFTER_LETTERS = "\x7f"
"""What comes behind every ASCII letter in order."""

BARE, CALLED = "bare", "called"
"""What words are that the build writes for those who screen many names; see `Lists.know_words`."""

COMPOSED = "the listed brand with the trade of another listed name of the party"
"""What a hit says of a name that no list prints so: it is put together of two that are printed."""

READ_AS = {
    ACRONYM: "the acronym that the list prints in brackets",
    PINYIN: "the Chinese name in full pinyin",
    SPOKEN: "the Chinese name as it is said",
    KNOWN_AS: "the listed brand by its other name",
    BODY_ALONE: "the name of the body without what the list prints around it",
    CROSSED: COMPOSED,
    ALONE: "the brand by which the party is known",
    NO_PATRONYMIC: "the listed name without the patronymic",
    AS_PERSON: "the listed name as a person's, which its list does not say",
}
"""What a hit says of a name that is not written as on the list."""


class NameHit(NamedTuple):
    """A listed party that a name may be.

    Attributes:
        entry: the entry of the list whose consequence is the strictest.
        name: the name of the party that came closest.
        score: 0 to 1.
        why: what agreed, what did not, and how well the name itself is known.
        others: its entries on further lists, the stricter ones first.
    """

    entry: ListedEntry
    name: str
    score: float
    why: tuple[str, ...]
    others: tuple[ListedEntry, ...] = ()

    @property
    def entries(self) -> tuple[ListedEntry, ...]:
        """All its entries, the strictest first."""
        return (self.entry, *self.others)

    def is_close(self, least: float) -> bool:
        """Whether a name that a list prints scores so much; one that is put together never does."""
        return self.score >= least and COMPOSED not in self.why and OF_ITS_OWN not in self.why


def one_a_list(hits: Iterable[NameHit]) -> Iterator[NameHit]:
    """Hits of parties as hits of single entries, in their order."""
    for hit in hits:
        for entry in hit.entries:
            yield hit._replace(entry=entry, others=())


class NameQuery(NamedTuple):
    """One name that is asked.

    Attributes:
        name: as written.
        country: where the party is, ISO 3166 alpha-2, or None.
        city: where the party is, or None.
        note: that its country was not understood and what was done, or empty.
        row: the cells of its row, for whoever writes the table.
        address: where the party is, as written; empty where it is not said.
        unread: why there is no name, where more is known than that there is none.
    """

    name: str
    country: str | None = None
    city: str | None = None
    note: str = ""
    row: tuple[str, ...] = ()
    address: str = ""
    unread: str = ""


def query_of(
    name: str | None,
    country: str | None,
    city: str | None,
    otherwise: str | None = None,
    row: tuple[str, ...] = (),
    address: str | None = None,
    unread: str = "",
) -> NameQuery:
    """A name as a row of a table asks it: blanks around place names dropped, empty ones None.

    A country only explains and orders hits: where it is not understood, the name is asked without
    one, and its note says so.

    Args:
        name: as written; None is not a name.
        country: where the party is: a code or a name.
        city: where the party is.
        otherwise: the country where the row has none.
        row: its cells, for whoever writes the table.
        address: where the party is.
        unread: why there is no name, where more is known than that there is none.
    """
    place = (country or "").strip() or (otherwise or "").strip()
    note = ""
    try:
        place = known_country(place) or ""
    except UnknownWordError as error:
        place, note = "", f"{error}; the name was screened without a country"
    town = (city or "").strip() or None
    where = (address or "").strip()
    return NameQuery(name or "", place or None, town, note, row, where, unread)


def known_country(text: str | None) -> str | None:
    """The ISO code of the country that a party is in; None where none is given.

    Raises:
        UnknownWordError: the text names no country; the message offers near ones.
    """
    if not text or not text.strip():
        return None
    from detente.register.book import built_in_countries

    return built_in_countries().code(text.strip(), "country")


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


class BestNames:
    """The best name of each party: score, number of the name, place of the form."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[int, tuple[float, int, int]] = {}

    def add(self, score: float, party: int, number: int, form: int) -> None:
        """Keep a name that is a hit, and better than what its party has so far."""
        if score >= THRESHOLD and (party not in self.found or score > self.found[party][0]):
            self.found[party] = (score, number, form)

    def keep_first(self, top: int) -> None:
        """Drop parties that cannot be among so many, whatever decides between equal scores."""
        if len(self.found) > top > 0:
            least = sorted((round(score, 3) for score, _, _ in self.found.values()), reverse=True)
            self.found = {
                party: each
                for party, each in self.found.items()
                if round(each[0], 3) >= least[top - 1]
            }


class Lists:
    """The lists that names are screened against: one file, with what names are read with."""

    def __init__(
        self,
        database: sqlite3.Connection,
        tables: NameTables,
        spellings: Mapping[str, str],
        versions: Collection[int] | None = None,
        order: Callable[[ListedEntry], tuple[int, ...]] = UNORDERED.of,
        standings: BrandStandings | None = None,
        files: Sequence[Lists] | None = None,
        beside: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """Open a file.

        Args:
            database: the file.
            tables: words and characters.
            spellings: Cantonese spellings of Hong Kong, with their pinyin.
            versions: numbers of the versions of lists that count; None for all.
            order: what the entries of one party are ordered by.
            standings: of brands; those of other files that are read with the same tables.
            files: all that are screened against, this one too; None for this one alone.
            beside: the entries that are screened against beside those of the versions, by number,
                each with why it is not known whether it stands, or "".
        """
        self._database = database
        self.tables = tables
        self._versions = versions
        self._doubts = beside
        self.members = members(database, versions) | beside.keys()
        self.party_of, self._parties = _parties(database)
        self._elsewhere: dict[int, tuple[Lists, int]] = {}
        self._order = order
        here = [each for each in read_addresses(database) if each.entry in self.members]
        self.addresses = ListedAddresses(here, tables.address)
        self._near = Nearest(database, self.members)
        self.count, self.weights = self._near.count, self._near.weights
        # A word is rare that few listed names have: in a list of ten names all words are, and in
        # a copy of the built-in ones each is as rare as there, so that its names score the same.
        self.beside = files[0] if files else None
        """The built-in lists, where this is the user's file; None where it is not."""
        self._of_all = self.beside.count if self.beside else self.count
        self._rare: dict[str, float] = {}
        self._numbers: Mapping[str, int] = {}
        self._weights: Sequence[float] = ()
        self._all_rare = False
        self.weight = remembered(self._weigh)
        """How much a word counts: its rarity times the factor of its kind."""
        self.standings = standings or BrandStandings(tables)
        self.stands = remembered(self._stands)
        """Whether a brand that is asked is a slip, or meant as it is written; see `comparing`."""
        self.sound = sounds_beside(tables.syllables)
        """How a Latin word sounds that is no Mandarin; see `sounds`."""
        self.heard = heard_beside(tables.syllables)
        """What is heard of one in a person's name."""
        self.called = remembered(self._names_called)
        """The words of each name that a party has which one of its names alone calls so."""
        self._short_names: frozenset[str] | None = None
        self.syllables = remembered(self._made_of)
        """What a word is made of; see `comparing.MANDARIN`."""
        self._of_others: dict[tuple[str, bool], bool] = {}
        self._countries_of = remembered(self._look_for_countries)
        self.is_in_any_file = remembered(self._in_any_file)
        """Whether a brand stands in a listed name of any file."""
        self.may_be_city = remembered(self._may_be_city)
        """Whether a word, or two, may be a city's name; one of thirty others passes, too."""
        self.reader = NameReader(self, tables, spellings)
        self.forms = self.reader.forms
        """The words of a name as it may be read; see `NameReader.forms`."""
        self._files: Sequence[Lists] = [self] if files is None else files
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

    def join(self, parties: Sequence[int], other: Lists, party: int) -> None:
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

    def read_weights(self) -> None:
        """Read how rare every word is, at once, as it pays for many names."""
        beside = self.beside.all_words() if self.beside else {}
        for word, names in self.all_words().items():
            self._rare[word] = self.rarity(max(names, beside.get(word, 0)), word)
        self._all_rare = True

    def all_words(self) -> dict[str, int]:
        """Every word of the names of this file, with how many of them have it."""
        return dict(self._database.execute("SELECT word, names FROM words"))

    def names_with(self, word: str) -> int:
        """How many names of this file have a word, which stands behind its kind."""
        row = self._database.execute("SELECT names FROM words WHERE word = ?", (word,)).fetchone()
        return row[0] if row else 0

    def bare_words(self) -> Iterator[str]:
        """The listed words that are a brand and nothing else, by how words are read."""
        for (word,) in self._database.execute("SELECT word FROM words"):
            if word[0] == BRAND and word.isascii() and self.reader.signs.is_bare(word[1:]):
                yield word[1:]

    def short_names(self) -> Iterator[str]:
        """The listed names, squashed, that may be an acronym beside another name of the party."""
        for (key,) in self._database.execute(
            "SELECT DISTINCT squashed FROM names WHERE length(squashed) <= ?", (LONGEST_ACRONYM,)
        ):
            if key.isascii() and key.isalpha():
                yield key

    def know_words(self) -> None:
        """Read which words these are, as it pays for many names; the built-in file says it."""
        if has_table(self._database, "words_for_many"):
            rows = self._database.execute("SELECT what, words FROM words_for_many")
            known = {what: words.split() for what, words in rows}
            self.tables.bare.update(known[BARE])
            self._short_names = frozenset(known[CALLED])

    def know_weights(self, numbers: Mapping[str, int], weights: Sequence[float]) -> None:
        """Take how much every word of the lists counts from what was kept of `read_weights`.

        Args:
            numbers: of the words, by how they are read.
            weights: by number.
        """
        self._numbers, self._weights, self._all_rare = numbers, weights, True

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

    def named(self, name: str, key: str) -> ListedEntry | None:
        """The entry that a list names so, letter by letter where there is one.

        Args:
            name: as a list prints it.
            key: the same squashed.
        """
        rows = self._database.execute(
            "SELECT entry FROM names WHERE squashed = ? ORDER BY text <> ?, id", (key, name)
        )
        return next(self._strictest(entry for (entry,) in rows), None)

    def texts_of(self, keys: Collection[str]) -> Iterator[tuple[str, str]]:
        """The names as they are printed that are so squashed, each with its key."""
        for marks, part in marked(sorted(keys)):
            yield from self._database.execute(
                f"SELECT text, squashed FROM names WHERE squashed IN ({marks})"
                " AND kind IN ('name', 'aka', 'zh')", part
            )  # fmt: skip

    def borne_by(self, brand: str) -> int:
        """How many listed names bear a brand."""
        return self.names_with(BRAND + brand)

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

    def open_again(self) -> None:
        """Open the file anew, as a process must that was split off from another."""
        self._database = open_read_only(self.path)
        # Pages are read where the system has them: there are thousands to a file of names.
        self._database.execute(f"PRAGMA mmap_size = {os.path.getsize(self.path)}")
        self._near.read_from(self._database)

    def _weigh(self, part: NameWord) -> float:
        word = part.kind + part.text
        at = self._numbers.get(word)
        if at is not None:
            return self._weights[at]
        found = self._rare.get(word)
        if found is None:
            names = 0 if self._all_rare else self.names_with(word)
            if self.beside:
                names = max(names, self.beside.names_with(word))
            found = self.rarity(max(names, 1), word)
        return found

    def rarity(self, names: int, word: str) -> float:
        """How much a word, behind its kind, counts that so many of all names have."""
        found = log(1 + self._of_all / names) * FACTOR[word[0]]
        return found * FATHER if self._is_father(word) else found

    def _is_father(self, word: str) -> bool:
        """Whether a word, behind its kind, is a father's name as East Slavic names have it."""
        documents = self.tables.documents
        if word[0] != BRAND or not word.endswith(documents.father_ends):
            return False
        return documents.patronymic.match(word[1:]) is not None

    def _stands(self, brand: str) -> int:
        """How a brand that is asked stands.

        A listed word may be the same name in another spelling, so nothing is told of it.
        """
        sure = self.standings.sure(brand)
        if sure != GUESSED:
            return sure
        return UNTOLD if self.is_listed(brand) else self.standings.unlisted(brand)

    def is_listed(self, brand: str) -> bool:
        """Whether a brand stands in a name of this file."""
        word = BRAND + brand
        if word in self._numbers or word in self._rare:
            return True
        return not self._all_rare and may_hold(self._brands, brand) and self.borne_by(brand) > 0

    def _in_any_file(self, brand: str) -> bool:
        return any(each.is_listed(brand) for each in self._files)

    def screen(
        self, name: str, country: str | None = None, top: int = 10, city: str | None = None
    ) -> list[NameHit]:
        """The hits of a name, best first.

        Args:
            name: as written, in Latin letters or Chinese characters.
            country: where the party is; it only explains and orders, it never hides a hit.
            top: at most this many.
            city: where the party is; it counts as a word of the name where only the listed name
                has a city, and never against a hit.

        Raises:
            ValueError: the name has no letter and no digit.
        """
        forms, place = self.forms(name), self.place(city)
        best = BestNames()
        for at, (form, how) in enumerate(forms):
            most = most_of(how)
            for number, entry, packed, party in self._candidates(form):
                score, _ = self.compared(form, place, unpack(packed), party)
                best.add(min(score, most), self.party_of.get(entry, entry), number, at)
        return self.hits(self.first(best, name, country, top), forms, place, country)

    def compared(
        self,
        form: tuple[NameWord, ...],
        city: NameWord | None,
        listed: Sequence[NameWord],
        party: int,
    ) -> tuple[float, list[str]]:
        """How far a name that was asked and a listed one agree, and why; see `compare_party`.

        Args:
            form: words of the name that is asked.
            city: where the party is.
            listed: words of the name on the list.
            party: what the listed party is.
        """
        return compare_party(
            form,
            city,
            listed,
            self.weight,
            self.stands,
            self.syllables,
            party,
            self.sound,
            self.heard,
        )

    def at_address(self, line: str) -> Iterator[NameHit]:
        """The entries that are addresses, of which a line holds one, whatever name it bears."""
        for each, share in self.addresses.in_line(line):
            why = ("it stands at a listed address: every party there is meant",)
            yield NameHit(self._entry(each.entry), each.text, round(share, 3), why)

    def in_house(self, line: str) -> Iterator[ListedEntry]:
        """The entries that are addresses in whose house a line stands that names no room of it."""
        for each in self.addresses.in_house(line):
            yield self._entry(each.entry)

    def first(
        self, best: BestNames, name: str, country: str | None, top: int
    ) -> list[tuple[float, int, int]]:
        """The best names, each with its score, its number and the place of its form, in order.

        Of equal scores those in the country come first, then the one that is written so, then
        the stricter ones, then those of a party on more lists.

        Args:
            best: the names found.
            name: as it was asked.
            country: where the party is.
            top: at most this many.
        """
        best.keep_first(top)
        if len(best.found) == 1:
            return list(best.found.values())
        same = [number for score, number, _ in best.found.values() if round(score, 3) == 1]
        written = self._written_so(same, name)
        strictest = {each: self._entries_of(each) for each in best.found}

        def rank(party: int) -> tuple[object, ...]:
            entries = strictest[party]
            score, number, at = best.found[party]
            other = not in_country(entries, country), number not in written
            first = entries[0]
            lists = -len(entries)
            return -round(score, 3), *other, *self._order(first), lists, first.key, number, at

        return [best.found[party] for party in sorted(strictest, key=rank)[:top]]

    def _written_so(self, numbers: list[int], name: str) -> frozenset[int]:
        """Those of some names that are written as one is, but for case, signs and spaces."""
        if len(numbers) < 2:
            return frozenset()  # nothing stands beside it that it could go before
        self.read_names(numbers)
        asked = letters_written(name, self.tables)
        return frozenset(
            each for each in numbers if letters_written(self._name(each).text, self.tables) == asked
        )

    def hits(
        self,
        first: Iterable[tuple[float, int, int]],
        forms: Sequence[tuple[tuple[NameWord, ...], str]],
        city: NameWord | None,
        country: str | None,
    ) -> list[NameHit]:
        """Names as hits, each with its reasons.

        Args:
            first: their scores and numbers, each with the place of the form that found it.
            forms: the forms that were asked.
            city: see `place`.
            country: where the party is.
        """
        return [self._hit(score, number, forms[at], city, country) for score, number, at in first]

    def _hit(
        self,
        score: float,
        number: int,
        key: tuple[tuple[NameWord, ...], str],
        city: NameWord | None,
        country: str | None,
    ) -> NameHit:
        entry, text, kind, grade, place, packed = self._name(number)
        form, how = key
        body = self._entry(entry)
        why = why_whole(score, packed)
        if not why:
            score, why = self.compared(form, city, unpack(packed), PARTIES.get(body.kind, 0))
        why += [how] if how else []
        why += [READ_AS[kind]] if kind in READ_AS else []
        if (most := most_of(how)) < 1:
            score = min(score, most)
            why.append(OF_ITS_OWN)
        if grade != OFFICIAL:
            why.append(f"this name is not on the list: {place or grade}")
        entries = self._entries_of(self.party_of.get(entry, entry))
        if country is not None and body.countries:
            agrees = in_country(entries, country)
            why.append(f"country {'agrees' if agrees else 'is ' + ', '.join(body.countries)}")
        # Made as tuples are: there is one for nearly every name of a file.
        hit = entries[0], text, round(score, 3), tuple(why), entries[1:]
        return tuple.__new__(NameHit, hit)

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

    def place(self, city: str | None) -> NameWord | None:
        """A city as a word of a name; None where there is none, or none that the tables know."""
        if not city:
            return None
        return next((part for part in parts(city, self.tables) if part.kind == PLACE), None)

    def entries_called(self, key: str) -> list[ListedEntry]:
        """The entries of this file that count and have a name that is so squashed."""
        rows = self._database.execute("SELECT DISTINCT entry FROM names WHERE squashed = ?", (key,))
        return [self._entry(each) for (each,) in rows.fetchall() if each in self.members]

    def _names_called(self, key: str) -> list[set[NameWord]]:
        """The words of each name that a party has which one of its names alone calls so."""
        return [words for each in self._files for words in each.names_called(key)]

    def names_called(self, key: str) -> list[set[NameWord]]:
        """The same of the parties of this file."""
        if self._short_names is not None and key not in self._short_names:
            return []
        rows = self._database.execute(
            "SELECT entry, words FROM names WHERE entry IN"
            " (SELECT entry FROM names WHERE squashed = ?)", (key,)
        )  # fmt: skip
        return [{*unpack(words)} for entry, words in rows if entry in self.members]

    def _listed_words(self, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[NameWord, ...]]]:
        """What the parties of names are, and the words of each, of those that count."""
        for marks, part in marked(numbers):
            for entry, party, words in self._database.execute(
                f"SELECT entry, party, words FROM names WHERE id IN ({marks}) ORDER BY id", part
            ):
                if entry in self.members:
                    yield party, unpack(words)

    def koreans(self, asked: dict[str, Syllables]) -> Iterator[tuple[NameWord, ...]]:
        """The listed names of Koreans, of all files, with a key among those that are asked."""
        for each in self._files:
            yield from korean_names(each._database, asked, self.tables.korean)

    def heard_as(self, key: str) -> Iterator[tuple[NameWord, ...]]:
        """The listed names of persons, of all files, of which the same is heard."""
        for each in self._files:
            # Of a file without a sieve nothing of the kind is kept.
            if (sieve := each._heard) and may_hold(sieve, key):
                yield from heard_names(each._database, key)

    def prints(self, squashed_names: Sequence[str]) -> bool:
        """Whether one of some names, squashed, is in any file."""
        return any(
            each._database.execute(
                f"SELECT 1 FROM names WHERE squashed IN ({marks})", part
            ).fetchone()
            for each in self._files
            for marks, part in marked(squashed_names)
        )

    def bodies_called(self, squashed_names: Sequence[str]) -> list[str]:
        """Those of some names, squashed, that a file prints of a party that is no person."""
        return self._called(squashed_names, "party != ?", comparing.PERSON)

    def aircraft_marked(self, squashed_marks: Sequence[str]) -> list[str]:
        """Those of some marks, squashed, that a file prints of an aircraft, as one word.

        Ships are called by words; what is neither has a hyphen or a digit in it.
        """
        is_mark = "party = ? AND text NOT LIKE '% %' AND text GLOB '*[-0-9]*'"
        return self._called(squashed_marks, is_mark, comparing.CRAFT)

    def _called(self, squashed_names: Sequence[str], condition: str, party: int) -> list[str]:
        """Those of some names, squashed, that a file prints of parties of some kind.

        Args:
            squashed_names: the names.
            condition: how the kind of the party must be to the one that is given.
            party: what a party is; no person, which the sieve of bodies lacks.
        """
        found: set[str] = set()
        for each in self._files:
            sieve = each._bodies
            for marks, part in marked([text for text in squashed_names if may_hold(sieve, text)]):
                query = (
                    "SELECT squashed FROM names"
                    f" WHERE {condition} AND kind != ? AND squashed IN ({marks})"
                )
                rows = each._database.execute(query, (party, KNOWN, *part))
                found.update(text for (text,) in rows)
        return [each for each in squashed_names if each in found]

    @cached_property
    def _bodies(self) -> bytes:
        """The sieve of the names, squashed, that the file prints of bodies."""
        return self._fact(BODIES)

    @cached_property
    def _brands(self) -> bytes:
        """The sieve of the brands of the names of the file."""
        return self._fact(BRANDS)

    @cached_property
    def _heard(self) -> bytes:
        """The sieve of what is heard of the names of persons of the file."""
        return self._fact(HEARD)

    def _may_be_city(self, word: str) -> bool:
        return may_hold(self._cities, word)

    @cached_property
    def _cities(self) -> bytes:
        """The sieve of the names of cities."""
        return self._files[0]._fact(CITIES)

    def _fact(self, fact: str) -> bytes:
        row = self._database.execute("SELECT value FROM facts WHERE fact = ?", (fact,)).fetchone()
        return row[0] if row else b""

    def countries_of(self, place: str) -> Sequence[str]:
        """The ISO codes of a country or of the cities that a text in small letters names."""
        return self._countries_of(place)

    def _look_for_countries(self, place: str) -> tuple[str, ...]:
        from detente.register.book import built_in_countries

        stated = self.tables.documents.cities.get(place) or built_in_countries().find(place)
        if stated:
            return (stated,)
        query = "SELECT countries FROM cities WHERE city = ?"
        row = self._files[0]._database.execute(query, (place,)).fetchone()
        return tuple(row[0].split(";")) if row else ()

    def bodies_in(self, squashed_name: str, country: str) -> bool:
        """Whether a list prints a name, squashed, of a company in a country, an ISO code."""
        query = "SELECT entry, kind FROM names WHERE party = 0 AND squashed = ?"
        for each in self._files:
            rows = each._database.execute(query, (squashed_name,))
            numbers = [number for number, kind in rows if kind not in (KNOWN, CROSSED)]
            each.read_entries(numbers)
            if in_country((each._entries[number] for number in numbers), country):
                return True
        return False

    def listed_files(self) -> list[ListedFile]:
        """All files, as names that say their words in part are looked for in them."""
        return [each.listed_file() for each in self._files]

    def listed_file(self) -> ListedFile:
        """These lists, as names that say their words in part are looked for in them."""
        from detente.parties.names.languages import unvoweled

        return unvoweled.ListedFile(
            partial(unvoweled.words_by_skeleton, self._database),
            partial(unvoweled.names_bearing, self._database),
            self._listed_words,
            self._beginning,
            self.count,
        )

    def _beginning(self, key: str) -> Iterator[tuple[NameWord, ...]]:
        """The words of the names that count whose squashed letters begin so."""
        rows = self._database.execute(
            "SELECT entry, words FROM names WHERE squashed >= ? AND squashed < ?",
            (key, key + AFTER_LETTERS),
        )
        return (unpack(words) for entry, words in rows if entry in self.members)

    def means_others(self, known_as: Sequence[NameWord], words: Sequence[NameWord]) -> bool:
        """Whether a whole name, read as its acronym, meets only parties of another name.

        They have the acronym as a list prints it: whoever types it is shown them.
        """
        telling = [part for part in known_as if part.kind not in SLIGHT]
        if len(telling) != 1 or telling[0].kind != BRAND or telling[0] in words:
            return False
        first = telling[0]
        typed = len(words) > len(known_as)
        asked = first.text, typed
        if asked not in self._of_others:
            # In any file: a name is read the same, wherever the party stands.
            entries = [entry for each in self._files for entry in each.entries_called(first.text)]
            self._of_others[asked] = bool(entries) and all(
                means_others(*asked, [name.text for name in each.names], self.tables)
                for each in entries
            )
        return self._of_others[asked]

    def _made_of(self, word: str) -> int:
        """What a word is made of, as bits of `comparing.MANDARIN` and the others."""
        found = MANDARIN if self.reader.is_pinyin(word) else 0
        korean = self.tables.korean
        if len(word) > 1 and korean.may_cut(word) and korean.cut(word):
            family = korean.is_family(word)
            found |= comparing.KOREAN | (KOREAN_FAMILY if family else 0)
        return found

    def _candidates(self, form: Sequence[NameWord]) -> Iterator[tuple[int, int, str, int]]:
        """Number, entry, words and kind of party of each name worth comparing, best first."""
        squash = squashed(form) or "".join(part.text for part in form)
        numbers = [row[0] for row in self._database.execute(
            "SELECT id FROM names WHERE squashed = ?", (squash,)
        )]  # fmt: skip
        numbers += self._near(squash, form)
        if len(squash) <= LONGEST_INITIALS:
            numbers += [row[0] for row in self._database.execute(
                "SELECT id FROM names WHERE initials = ?", (squash,)
            )]  # fmt: skip
        numbers = list(dict.fromkeys(numbers))
        marks = ",".join("?" * len(numbers))
        found = {row[0]: row for row in self._database.execute(
            f"SELECT id, entry, words, party FROM names WHERE id IN ({marks})", numbers
        )}  # fmt: skip
        return (found[each] for each in numbers if found[each][1] in self.members)


def most_of(how: str) -> float:
    """The most that a name scores where it was read so."""
    return AT_MOST_ELSEWHERE if is_elsewhere(how) else 1.0


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
