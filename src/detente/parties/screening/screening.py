"""Ask which entries of one file of lists a name may be, and why.

Exact keys and n-grams give candidates (`candidates`); each is then compared word by word
(`comparing`), and every hit says what agreed and what did not.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from detente.parties.lists.model import OFFICIAL, ListedEntry
from detente.parties.lists.standing import UNORDERED
from detente.parties.names import comparing
from detente.parties.names.brand_standing import GUESSED, BrandStandings
from detente.parties.names.comparing import (
    KOREAN_FAMILY,
    MANDARIN,
    UNTOLD,
    compare_party,
    why_whole,
)
from detente.parties.names.kinds import PLACE
from detente.parties.names.names import NameTables, NameWord, letters_written, parts, squashed
from detente.parties.names.packed_words import unpack
from detente.parties.names.reading.reader import NameReader
from detente.parties.names.remembered import remembered
from detente.parties.names.sounds import heard_beside, sounds_beside
from detente.parties.screening.hits import (
    AT_MOST_ELSEWHERE,
    COMPOSED,
    BestNames,
    NameHit,
    doubt_of,
    most_of,
)
from detente.parties.screening.listed.addresses import ListedAddresses, read_addresses
from detente.parties.screening.listed.entries import in_country
from detente.parties.screening.listed.kinds_of_names import (
    ACRONYM,
    ALONE,
    AS_PERSON,
    BODY_ALONE,
    CROSSED,
    KNOWN_AS,
    NO_PATRONYMIC,
    PARTIES,
    PINYIN,
    SPOKEN,
)
from detente.parties.screening.listed.printed_names import PrintedNames
from detente.store.files import open_read_only

LONGEST_INITIALS = 8
"""Letters of the longest name that may be the initials of another."""

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


class Lists(PrintedNames):
    """The lists that names are screened against: one file, with what names are read with.

    Attributes:
        addresses: the entries that are addresses.
        standings: of brands.
        stands: whether a brand that is asked is a slip, or meant as it is written; see `comparing`.
        sound: how a Latin word sounds that is no Mandarin; see `sounds`.
        heard: what is heard of one in a person's name.
        syllables: what a word is made of; see `comparing.MANDARIN`.
        reader: reads names.
        forms: the words of a name as it may be read; see `NameReader.forms`.
    """

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
        super().__init__(database, tables, versions, order, files, beside)
        here = [each for each in read_addresses(database) if each.entry in self.members]
        self.addresses = ListedAddresses(here, tables.address)
        self.standings = standings or BrandStandings(tables)
        self.stands = remembered(self._stands)
        self.sound = sounds_beside(tables.syllables)
        self.heard = heard_beside(tables.syllables)
        self.syllables = remembered(self._made_of)
        self.reader = NameReader(self, tables, spellings)
        self.forms = self.reader.forms

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
        return self.hits(self.first(best, name, country, top), name, forms, place, country)

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
        name: str,
        forms: Sequence[tuple[tuple[NameWord, ...], str]],
        city: NameWord | None,
        country: str | None,
    ) -> list[NameHit]:
        """Names as hits, each with its reasons.

        Args:
            first: their scores and numbers, each with the place of the form that found it.
            name: as it was asked.
            forms: the forms that were asked.
            city: see `place`.
            country: where the party is.
        """
        return [
            self._hit(score, number, name, forms[at], city, country) for score, number, at in first
        ]

    def _hit(
        self,
        score: float,
        number: int,
        name: str,
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
        if doubt := doubt_of(how):
            score = min(score, AT_MOST_ELSEWHERE)
            why.append(doubt)
        entries = self._entries_of(self.party_of.get(entry, entry))
        if grade != OFFICIAL or body.list != entries[0].list:
            text, printing = self._printed(text, name, entries)
            if not printing:
                why.append(f"this name is not on the list: {place or grade}")
            elif entries[0].list not in printing:
                why.append(
                    f"the name as {' and '.join(printing)} print{'s' * (len(printing) < 2)} it"
                )
        if country is not None and body.countries:
            agrees = in_country(entries, country)
            why.append(f"country {'agrees' if agrees else 'is ' + ', '.join(body.countries)}")
        # Made as tuples are: there is one for nearly every name of a file.
        hit = entries[0], text, round(score, 3), tuple(why), entries[1:], ()
        return tuple.__new__(NameHit, hit)

    def _printed(
        self, text: str, asked: str, entries: Sequence[ListedEntry]
    ) -> tuple[str, list[str]]:
        """A name as a list of its party prints it, and all lists of the party that do.

        What is held of one entry without being printed there may stand on another list, and what
        came closest in other letters may be printed as it was asked.

        Args:
            text: the name that came closest.
            asked: the name that was asked.
            entries: of its party, the strictest first.
        """
        for letters in (letters_written(each, self.tables) for each in (text, asked)):
            found = [
                (name.text, entry.list)
                for entry in entries
                for name in entry.names
                if name.grade == OFFICIAL and letters_written(name.text, self.tables) == letters
            ]
            if found:
                spelled = text if text in (name for name, _ in found) else found[0][0]
                return spelled, list(dict.fromkeys(code for _, code in found))
        return text, []

    def place(self, city: str | None) -> NameWord | None:
        """A city as a word of a name; None where there is none, or none that the tables know."""
        if not city:
            return None
        return next((part for part in parts(city, self.tables) if part.kind == PLACE), None)

    def _stands(self, brand: str) -> int:
        """How a brand that is asked stands.

        A listed word may be the same name in another spelling, so nothing is told of it.
        """
        sure = self.standings.sure(brand)
        if sure != GUESSED:
            return sure
        return UNTOLD if self.is_listed(brand) else self.standings.unlisted(brand)

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

    def open_again(self) -> None:
        """Open the file anew, as a process must that was split off from another."""
        self._database = open_read_only(self.path)
        # Pages are read where the system has them: there are thousands to a file of names.
        self._database.execute(f"PRAGMA mmap_size = {os.path.getsize(self.path)}")
        self._near.read_from(self._database)
