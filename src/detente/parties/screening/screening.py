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
from itertools import chain, islice, product
from math import log
from typing import TypeVar

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.model import LONGEST_NAME, OFFICIAL, ListedEntry
from detente.parties.lists.standing import UNORDERED
from detente.parties.names import comparing
from detente.parties.names.brand_standing import GUESSED, BrandStandings
from detente.parties.names.candidates import Nearest
from detente.parties.names.comparing import (
    KOREAN_FAMILY,
    MANDARIN,
    PERSON,
    UNTOLD,
    compare_party,
    why_whole,
)
from detente.parties.names.documents import INITIALS_BEFORE, readings, without_initials
from detente.parties.names.japanese import HAS_KATAKANA, hepburn
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.korean import hangul_of
from detente.parties.names.languages.slavic import as_english
from detente.parties.names.languages.spelled_names import (
    HAS_CYRILLIC,
    in_english,
    korean_names,
    told_apart,
)
from detente.parties.names.legal import (
    COUNTRY_CODE,
    LONGEST_ACRONYM,
    MAY_BE_JOINED,
    acronym_alone,
    acronyms_beside,
    are_initials,
    halves_joined,
    hyphen_closed,
    mended_form,
    place_left_out,
    taken_apart,
)
from detente.parties.names.names import (
    FEWEST_SYLLABLES,
    HAS_ARABIC,
    MOST_OF_PERSON,
    UNBRANDED,
    NameTables,
    NameWord,
    clipped_as_initials,
    clipped_words,
    dotted_initials_apart,
    family_apart,
    from_wade_giles,
    in_cantonese,
    in_mandarin,
    is_han,
    kinds_of,
    latin_parts,
    latin_words,
    letters_written,
    parts,
    plain,
    said,
    spoken_words,
    squashed,
    with_initials_apart,
    with_letters_of_initials,
    without_conjunctions,
    without_form,
)
from detente.parties.names.patterns import late_pattern
from detente.parties.names.policy import FACTOR
from detente.parties.names.remembered import MOST_MET, remembered
from detente.parties.names.scanned import all_on_paper, as_meant, capitals_on_paper, site_name
from detente.parties.names.sounds import counts_of, sounds_beside, spelled_in_pinyin
from detente.parties.names.spoken_numbers import DIGIT_RUNS, SpokenNumbers
from detente.parties.names.word_readings import (
    ABBREVIATED,
    ANY,
    FOREIGN,
    INITIALS,
    JOINED,
    MISREAD,
    OTHER_NAME,
    PART,
    PHRASE,
    RESPELLED,
    SLAVIC,
    UNVOWELED,
    WordReadings,
)
from detente.parties.screening.addresses import ListedAddresses, read_addresses
from detente.parties.screening.bearers import SLIGHT, all_borne, bearers, means_others
from detente.parties.screening.index import (
    ACRONYM,
    ALONE,
    BODY_ALONE,
    CROSSED,
    KNOWN_AS,
    NO_PATRONYMIC,
    PARTIES,
    PINYIN,
    SPOKEN,
    entry_of,
    unpack,
)
from detente.store.files import has_table, open_read_only

if TYPE_CHECKING:
    from detente.parties.names.languages.unvoweled import ListedFile
    from detente.parties.names.shortened import ShortWords

THRESHOLD = 0.82
"""Score from which a candidate is a hit; chosen on the tuning half of names as documents carry
them."""

LONGEST_INITIALS = 8
"""Letters of the longest name that may be the initials of another."""

LETTERS_LESS = 2
"""Letters by which pinyin may be shorter than Wade-Giles: one in the beginning, one in the end."""

LONGEST_SPOKEN, LONGEST_SYLLABLE = 30, 6
"""Letters of the longest Chinese word as it is said, and of the longest syllable."""

FEWEST_TRADES = 2
"""Words of a trade that tell a party which has no brand."""

FEWEST_WITH_BODY = 3
"""Words of the shortest name in pinyin whose last syllable is a body: brand, trade, factory."""

FEWEST_BESIDE_INITIALS = 3
"""Words of the shortest name of a body that is also asked without somebody's initials."""

MOST_IN_FULL = 6
"""Ways in which the abbreviations of a name are written in full that are tried."""

FEWEST_BESIDE_CLIPPED = 2
"""Words that a name has beside those that are clipped."""

SHORTEST_FIELD = 24
"""Signs of the shortest name that the field of a form may have cut off."""

UNITED = frozenset((BRAND, INDUSTRY, PLACE))
"""Kinds of words that may be one brand."""

BESIDE_BRAND = late_pattern(f"(?={BRAND}[{INDUSTRY}{PLACE}]|[{INDUSTRY}{PLACE}]{BRAND})")
"""Where, among the kinds of the words of a name, a brand stands beside another such word."""

SHORTEST_JOINED = 8
"""Letters of the shortest brand that two or three words of a name may be."""

LONGEST_STUB = 4
"""Letters of the longest word that may be what is left of another one though it is known."""

AFTER_LETTERS = "\x7f"
"""What comes behind every ASCII letter in order."""

FEWEST_OF_TWO_NAMES = 3
"""Words of the shortest name of a person that has a Chinese family and a Chinese given name beside
another: Teresa Cheng Yeuk-wah, and not Nguyen Van Hung."""

QUERIED_AT_ONCE = 500
"""Rows asked of a file at once."""

BARE, CALLED = "bare", "called"
"""What words are that the build writes for those who screen many names; see `Lists.know_words`."""

V = TypeVar("V")

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
}
"""What a hit says of a name that is not written as on the list."""


AS_HEARD = "a listed name as katakana writes what is heard"
"""How a name in katakana was read."""


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
        return self.score >= least and COMPOSED not in self.why


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


def _refuse_half_characters(name: str) -> None:
    """Refuse what no text holds, such as bytes of another encoding that were passed on.

    Raises:
        ValueError: there is such a sign.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        wrong = name[error.start]
        raise ValueError(
            f"{name[:40]!r} is not a name: it holds half a character, {wrong!r}; read the text "
            "anew in its own encoding"
        ) from None


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
        """
        self._database = database
        self.tables = tables
        self._spellings = {word: stated.split(",")[0] for word, stated in spellings.items()}
        self._syllables = tables.syllables
        self._syllables_in = counts_of(self._syllables)
        self._longest_wade = max(map(len, self._syllables), default=0) + LETTERS_LESS
        self._versions = versions
        self.members = members(database, versions)
        self.party_of, self._parties = _parties(database)
        self._elsewhere: dict[int, tuple[Lists, int]] = {}
        self._order = order
        here = [each for each in read_addresses(database) if each.entry in self.members]
        self.addresses = ListedAddresses(here, tables.address)
        self._near = Nearest(database, self.members)
        self.count, self.weights = self._near.count, self._near.weights
        self._rare: dict[str, float] = {}
        self._numbers: Mapping[str, int] = {}
        self._weights: Sequence[float] = ()
        self._all_rare = False
        self.weight = remembered(self._weigh)
        """How much a word counts: its rarity times the factor of its kind."""
        self.standings = standings or BrandStandings(tables)
        self.stands = remembered(self._stands)
        """Whether a brand that is asked is a slip, or meant as it is written; see `comparing`."""
        self.sound = sounds_beside(self._syllables)
        """How a Latin word sounds that is no Mandarin; see `sounds`."""
        self._kinds = remembered(self._tell_kinds)
        self._words = remembered(self._words_alone)
        self._called = remembered(self._names_called)
        self._short_names: frozenset[str] | None = None
        self._spelled: dict[str, tuple[str, str]] = {}
        self.syllables = remembered(self._made_of)
        """What a word is made of; see `comparing.MANDARIN`."""
        self._of_others: dict[tuple[str, bool], bool] = {}
        self._signs = WordReadings(tables, self._respelled, self._syllables_in)
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
        for word, names in self._database.execute("SELECT word, names FROM words"):
            self._rare[word] = self.rarity(names, word[0])
        self._all_rare = True

    def bare_words(self) -> Iterator[str]:
        """The listed words that are a brand and nothing else, by how words are read."""
        for (word,) in self._database.execute("SELECT word FROM words"):
            if word[0] == BRAND and word.isascii() and self._signs.is_bare(word[1:]):
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
        for marks, part in _marked([each for each in numbers if each not in self._names]):
            for row in self._database.execute(
                "SELECT entry, text, kind, grade, place, words, id FROM names"
                f" WHERE id IN ({marks})", part
            ):  # fmt: skip
                self._names[row[-1]] = tuple.__new__(ListedName, row[:-1])

    def read_entries(self, numbers: Iterable[int]) -> None:
        """Read entries that hits will show or be ordered by, many at once."""
        wanted = dict.fromkeys(each for each in numbers if each not in self._entries)
        for marks, part in _marked(list(wanted)):
            for number, text in self._database.execute(
                f"SELECT id, body FROM entries WHERE id IN ({marks})", part
            ):
                self._entries[number] = entry_of(text)

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
        for marks, part in _marked(sorted(keys)):
            yield from self._database.execute(
                f"SELECT text, squashed FROM names WHERE squashed IN ({marks})"
                " AND kind IN ('name', 'aka', 'zh')", part
            )  # fmt: skip

    def borne_by(self, brand: str) -> int:
        """How many listed names bear a brand."""
        row = self._database.execute(
            "SELECT names FROM words WHERE word = ?", (BRAND + brand,)
        ).fetchone()
        return row[0] if row else 0

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
            row = None if self._all_rare else self._database.execute(
                "SELECT names FROM words WHERE word = ?", (word,)
            ).fetchone()  # fmt: skip
            found = self.rarity(row[0] if row else 1, part.kind)
        return found

    def rarity(self, names: int, kind: str) -> float:
        """How much a word of a kind counts that so many names have."""
        return log(1 + self.count / names) * FACTOR[kind]

    def _stands(self, brand: str) -> int:
        """How a brand that is asked stands.

        A listed word may be the same name in another spelling, so nothing is told of it.
        """
        sure = self.standings.sure(brand)
        if sure != GUESSED:
            return sure
        return UNTOLD if self._is_listed(brand) else self.standings.unlisted(brand)

    def _is_listed(self, brand: str) -> bool:
        word = BRAND + brand
        if word in self._numbers or word in self._rare:
            return True
        return not self._all_rare and self.borne_by(brand) > 0

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
        for at, (form, _) in enumerate(forms):
            for number, entry, packed, party in self._candidates(form):
                score, _ = self._compared(form, place, packed, party)
                best.add(score, self.party_of.get(entry, entry), number, at)
        return self.hits(self.first(best, name, country, top), forms, place, country)

    def _compared(
        self, form: tuple[NameWord, ...], city: NameWord | None, packed: str, party: int
    ) -> tuple[float, list[str]]:
        """How far a name that was asked and a listed one agree, and why."""
        return compare_party(
            form,
            city,
            unpack(packed),
            self.weight,
            self.stands,
            self.syllables,
            party,
            self.sound,
        )

    def at_address(self, line: str) -> Iterator[NameHit]:
        """The entries that are addresses, of which a line holds one, whatever name it bears."""
        for each, share in self.addresses.in_line(line):
            why = ("it stands at a listed address: every party there is meant",)
            yield NameHit(self._entry(each.entry), each.text, round(share, 3), why)

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
            score, why = self._compared(form, city, packed, PARTIES.get(body.kind, 0))
        why += [how] if how else []
        why += [READ_AS[kind]] if kind in READ_AS else []
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
        self.read_entries(numbers)
        return ((number, self._entry(number)) for number in sorted(numbers))

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
            found = self._entries[number] = entry_of(row[0])
        return found

    def place(self, city: str | None) -> NameWord | None:
        """A city as a word of a name; None where there is none, or none that the tables know."""
        if not city:
            return None
        return next((part for part in parts(city, self.tables) if part.kind == PLACE), None)

    def forms(self, name: str) -> list[tuple[tuple[NameWord, ...], str]]:
        """The words of a name as written and as they may be read, each with how they were read.

        Raises:
            ValueError: the name has no letter and no digit, is a number that no listed party is
                called, or is longer than any name.
        """
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"{name[:40]!r} and so on, {len(name):,} characters, is too long for a name: "
                f"{LONGEST_NAME:,} at most"
            )
        if not name.isascii():
            _refuse_half_characters(name)
        tables, name = self.tables, as_meant(name)
        stated, words, signs = self._words_of(name)
        if not words:
            wrong = f"{name!r} is not a name: it has no letter and no digit"
            raise ValueError(wrong if name.strip() else "no name is given")
        if not any(map(str.isalpha, name)) and not self._is_named(squashed(words)):
            # The number of a vendor stands where its name was meant: nobody is cleared by it.
            raise ValueError(
                f"{name!r} is not a name: it is a number, and no listed party is called so"
            )
        found = self._read(name, stated, words, signs)
        if not name.isascii():
            stated = name.lower().split()
        clipped: list[str] = []
        if signs & INITIALS and (initials := with_initials_apart(words)):
            found.append((initials, "its initials one by one"))
        if "." in name:
            if apart := dotted_initials_apart(name, tables):
                found.append((apart, "its initials one by one"))
            if INITIALS_BEFORE(name):
                found += self._without_honored(name)
            if shorter := with_letters_of_initials(name):
                found.append((parts(shorter, tables), "its initials of one letter"))
            if " " not in name and (site := site_name(name)):
                found.append((parts(site, tables), "the name of its site"))
            clipped = clipped_words(name, self._is_known)
            if clipped:
                found += self._with_initials(clipped_as_initials(name, clipped))
        if name.isascii():
            cut = len(name) >= SHORTEST_FIELD and self._may_be_cut(name, words[-1])
            if clipped or cut or signs & UNVOWELED:
                found += self._short_words.readings(name, stated, clipped, cut)
        if signs & PHRASE and (mended := mended_form(stated, words, tables)):
            found.append((latin_parts(mended, tables), "with its whole legal form"))
        if signs & MISREAD and (printed := all_on_paper(stated)):
            found.append((latin_parts(printed, tables), "as it may stand on the paper"))
        if signs & JOINED and (joined := halves_joined(stated, words)):
            found.append((joined, "its two words as one"))
        if 1 < len(words) == len(stated):
            found += self._joined_as_listed(stated, words)
        last = words[-1]
        if last.kind == PLACE or (last.kind == BRAND and len(last.text) == COUNTRY_CODE):
            found += self._without_place(name, words)
        if MAY_BE_JOINED(name):
            if text := taken_apart(name, tables):
                found.append((parts(text, tables), "taken apart"))
            if text := capitals_on_paper(name):
                printed = latin_words(text) if text.isascii() else []
                form = latin_parts(all_on_paper(printed) or printed, tables)
                found.append((form or parts(text, tables), "as it may stand on the paper"))
        if text := hyphen_closed(name, tables):
            found.append((parts(text, tables), "without a hyphen"))
        for acronym, rest in acronyms_beside(name):
            if form := self._without_acronym(name, acronym, rest):
                found.append((form, "without its acronym"))
        # One word alone has no label, bracket or address that could be cut.
        if not (name.isascii() and name.isalnum()):
            documents = tables.documents
            described = not documents.said_behind.isdisjoint(stated) or (
                bool(signs & PART) and not documents.described_by.isdisjoint(stated)
            )
            for text, how in readings(name, described, documents, self._kinds):
                read = self._read(text, *self._words_of(text))
                found += [(form, f"{how}; {also}" if also else how) for form, also in read]
        if len(found) == 1:
            return found
        # What was cut may be nothing that is compared: the same words are asked once.
        ways: dict[tuple[NameWord, ...], str] = {}
        for form, how in found:
            ways.setdefault(form, how)
        return list(ways.items())

    def _joined_as_listed(
        self, stated: Sequence[str], words: tuple[NameWord, ...]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """A name with several words in a row as one, where that is a listed brand (TDP Molds).

        Brands alone are compared without their blanks; a word of a trade would be lost. Words of
        trades alone are what they say.
        """
        kinds = "".join([kind for kind, _ in words])
        for match in BESIDE_BRAND.finditer(kinds):
            at = match.start()
            for first, end in ((at, at + 2), (at, at + 3), (at - 1, at + 2)):
                joined = "".join(stated[first:end]) if first >= 0 else ""
                if (
                    len(joined) >= SHORTEST_JOINED
                    and UNITED.issuperset(kinds[first:end])
                    and self._is_listed(joined)
                ):
                    form = *words[:first], NameWord(BRAND, joined), *words[end:]
                    yield form, "its words as one, which is a listed brand"

    def _without_place(
        self, name: str, words: tuple[NameWord, ...]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """The words of a name without the place behind its legal form, or behind its acronym."""
        if bare := place_left_out(words):
            yield bare, "without the place behind its legal form"
        acronym = acronym_alone(name, words)
        # With the acronym of a group the name may be that of any of its companies.
        if acronym and len(self.bearers_of(acronym[0].text)) == 1:
            yield acronym, "without the place behind an acronym"

    def _with_initials(self, shorter: str) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """The words of a name whose clipped words are initials, where others tell whose it is."""
        form = parts(shorter, self.tables)
        telling = [kind for kind, text in form if kind not in (LEGAL, FILLER) and len(text) > 1]
        if BRAND in telling and len(telling) >= FEWEST_BESIDE_CLIPPED:
            yield form, "its clipped words as initials"

    def _may_be_cut(self, name: str, last: NameWord) -> bool:
        """Whether the last word of a name may be cut off: neither the tables know it nor a list."""
        kind, text = last
        if not name[-1:].isalpha():
            return False
        if len(text) <= LONGEST_STUB:
            return kind != LEGAL
        return kind == BRAND and not self._is_listed(text)

    @cached_property
    def _short_words(self) -> ShortWords:
        """What shortened words may be, by the tables and by the lists."""
        from detente.parties.names.shortened import ShortWords

        def rarity(part: NameWord) -> float:
            return self._weigh(part) / (FACTOR[part.kind] or 1.0)

        return ShortWords(self.tables, rarity, lambda: [each.listed_file() for each in self._files])

    def _is_known(self, word: str) -> bool:
        """Whether a word before a dot is one of the tables, or a title."""
        return word in self.tables.words or word in self.tables.documents.titles

    def _is_named(self, key: str) -> bool:
        """Whether a listed name is written so, without spaces and legal forms."""
        query = "SELECT 1 FROM names WHERE squashed = ?"
        return any(each._database.execute(query, (key,)).fetchone() for each in self._files)

    def _without_acronym(self, name: str, acronym: str, rest: str) -> tuple[NameWord, ...]:
        """The words of a name beside its acronym; () where nothing tells that it is one.

        It is told by the first letters of these words, or by a party that the lists name both so
        (`YMTC Yangtze Memory Technologies`). In a name that is in capitals any word may look like
        an acronym.
        """
        if are_initials(acronym, rest):
            return parts(rest, self.tables)
        # A family name in capitals before a comma is no acronym: `GUZMAN, Ivan`.
        if name.isupper() or name.startswith(f"{acronym},"):
            return ()
        if not (known := self._called(acronym.lower())):
            return ()
        form = parts(rest, self.tables)
        telling = {part for part in form if part.kind not in SLIGHT}
        branded = any(part.kind == BRAND for part in telling)
        if not branded and len(telling) < FEWEST_TRADES:
            return ()
        return form if any(telling <= words for words in known) else ()

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

    def _without_honored(self, name: str) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """The words of the name of a body without the person after whom it is named.

        It may also be called by that name alone, as the Lebedev Physical Institute is.
        """
        words = self.tables.documents
        shorter, texts = name, []
        if match := words.honored.search(name):
            shorter = words.honored.sub(" ", name)
            called = match[0].split()[-1].strip(',.;»”"')
            texts = [shorter, f"{called} {words.parent.sub('', shorter)}"]
        texts += without_initials(shorter, self._kinds, FEWEST_BESIDE_INITIALS)
        for text in texts:
            yield parts(text, self.tables), "without whom it is named after"

    def _words_of(self, text: str) -> tuple[Sequence[str], tuple[NameWord, ...], int]:
        """The words of a text in small letters, each with what it is, and what they are signs of.

        The first of these are those of an ASCII text alone: another is read in all ways.
        """
        if text.isascii():
            stated = latin_words(text)
            return stated, latin_parts(stated, self.tables), self._signs(stated)
        if hangul := hangul_of(text):
            # A name of a person is a family name and a given one, written as one word or two.
            return (), parts(" ".join(hangul), self.tables), ANY & ~OTHER_NAME
        return (), parts(text, self.tables), ANY

    def _with_vowels(self, text: str) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """A name in Arabic letters or katakana as the listed names of all files that it may be."""
        from detente.parties.names.languages.unvoweled import readings as with_vowels

        files = [each.listed_file() for each in self._files]
        for form in with_vowels(text, self.tables, files, PERSON):
            how = "with the vowels of a listed name" if HAS_ARABIC(text) else AS_HEARD
            yield form, how

    def _listed_words(self, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[NameWord, ...]]]:
        """What the parties of names are, and the words of each, of those that count."""
        for marks, part in _marked(numbers):
            for entry, party, words in self._database.execute(
                f"SELECT entry, party, words FROM names WHERE id IN ({marks}) ORDER BY id", part
            ):
                if entry in self.members:
                    yield party, unpack(words)

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

    def _words_alone(self, text: str) -> tuple[NameWord, ...]:
        """The words of an abbreviation, or of what it is short for."""
        return latin_parts(text.split(), self.tables)

    def _tell_kinds(self, text: str) -> frozenset[str]:
        """The kinds of the words of a text, as `documents` asks."""
        return kinds_of(text, self.tables)

    def _read(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...], signs: int
    ) -> list[tuple[tuple[NameWord, ...], str]]:
        """The words of one text as written and as they may be read.

        Args:
            name: the text.
            stated: its words in small letters; see `_words_of`.
            words: as written.
            signs: what they are signs of.
        """
        tables = self.tables
        if not words:
            return []
        found = [(words, "")]
        if signs & OTHER_NAME:
            known_as = parts(name, tables, known_as=True)
            if known_as != words and not self._means_others(known_as, words):
                found += [(form, "by the other name of the brand")
                          for form in in_mandarin(known_as, tables)]  # fmt: skip
        if signs & ABBREVIATED:
            found += self._in_full(stated or plain(name, tables).split(), words)
        if signs & RESPELLED:
            found += self._said(words)
        if signs & SLAVIC and len(words) <= MOST_OF_PERSON:
            found += self._as_slavic(name, words)
        stated = stated or plain(name, tables).split()
        particles = tables.documents.particles
        if not particles.isdisjoint(stated) and (bare := self._without_particles(words)):
            found.append((bare, "without the articles of its language"))
        hangul = "" if name.isascii() else hangul_of(name)
        if hangul or tables.korean.are_korean(stated):
            found += self._as_korean(list(hangul) or stated, words)
        if hepburn(stated[0]) and (spelled := self._in_hepburn(stated)):
            found += self._as_japanese(spelled)
        if not name.isascii():
            if HAS_ARABIC(name) or HAS_KATAKANA(name):
                found += self._with_vowels(name)
            if apart := told_apart(name, tables):
                ways = ((False, True), (True, False), (True, True))
                read = (told_apart(name, tables, voiced=voiced, as_said=as_said)
                        for voiced, as_said in ways)  # fmt: skip
                found += [
                    (form, "its words told apart")
                    for form in dict.fromkeys(filter(None, (apart, *read)))
                ]
            if HAS_CYRILLIC.search(name):
                found += [(form, "spelled as in English") for form in in_english(words, tables)]
        if signs & FOREIGN:
            return found
        if self._is_full_pinyin(stated):
            letters = "".join(stated)
            if letters.isalpha():
                found += [(form, "read as full pinyin") for form in self._as_one_word(letters)]
            found += [(form, "its pinyin read word by word")
                      for form in self._translated(name) if form != words]  # fmt: skip
        return found

    def _without_particles(self, words: tuple[NameWord, ...]) -> tuple[NameWord, ...]:
        """The words of a body without articles and prepositions of another language than English.

        A list that translates the name has none of them; in a person's they are of the name.
        """
        left = tuple(
            part for part in words
            if part.kind != BRAND or part.text not in self.tables.documents.particles
        )  # fmt: skip
        telling = sum(kind not in (LEGAL, FILLER) for kind, _ in left)
        translated = any(kind == INDUSTRY for kind, _ in left) and telling > 1
        return left if translated and len(left) < len(words) else ()

    def _in_full(
        self, stated: Sequence[str], words: tuple[NameWord, ...]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """A name with its abbreviations as other words than they are read as (`Elec.`, `Res.`)."""
        tables, short = self.tables, self.tables.documents.abbreviated
        options = [(word, *short[word]) if word in short else (word,) for word in stated]
        brands = {
            word
            for word in stated
            if word in short and self._words(word) == (NameWord(BRAND, word),)
        }
        if brands and all(kind in UNBRANDED or text in brands for kind, text in words):
            return  # nothing else tells whose name it is
        seen = {words}
        # The first way is the name as written.
        for each in islice(product(*options), 1, MOST_IN_FULL):
            form = latin_parts(" ".join(each).split(), tables)
            # A word that was a brand stays one: where no word agrees with it, it is another's.
            if full := {
                part.text
                for word, new in zip(stated, each, strict=True)
                if word != new and word in brands
                for part in self._words(new)
            }:
                form = tuple(NameWord(BRAND, part.text) if part.text in full else part
                             for part in form)  # fmt: skip
            if form not in seen:
                seen.add(form)
                yield form, "its abbreviations in full"

    def _as_slavic(
        self, name: str, words: tuple[NameWord, ...]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """A name of a person as English writes Russian, where another language may have it so."""
        if len(words) < 2 or any(kind not in (BRAND, PLACE) for kind, _ in words):
            return  # Yaroslav is a town, too
        for text, language in as_english(name):
            form = parts(text, self.tables)
            if form != words and any(kind == BRAND for kind, _ in form):
                yield form, f"read as {language} writes Russian"

    def _means_others(self, known_as: Sequence[NameWord], words: Sequence[NameWord]) -> bool:
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

    def _said(self, words: tuple[NameWord, ...]) -> list[tuple[tuple[NameWord, ...], str]]:
        """The words as they are said in Chinese, or in pinyin where they are spelled otherwise."""
        tables, spelled = self.tables, self._spelled
        found: list[tuple[tuple[NameWord, ...], str]] = []
        chinese = respelled = False
        for kind, text in words:
            if not text.isascii() and is_han(text[0]):
                chinese = True
            elif kind == BRAND and (spelled.get(text) or self._respelled(text)) != (text, text):
                respelled = True
        if chinese:
            found += [(form, "read in Mandarin") for form in in_mandarin(words, tables)]
            found.append((in_cantonese(words, tables), "read in Cantonese"))
            found += [(form, "read in Mandarin, family name apart")
                      for form in family_apart(words, tables)]  # fmt: skip
        elif respelled:
            found += self._as_respelled(words)
        return found

    def _translated(self, name: str) -> list[tuple[NameWord, ...]]:
        """Full pinyin with every word of the table that it says; [] where it says no trade.

        It is read across its blanks, which stand behind each syllable or behind words, and word by
        word, where a word that is not all of the table is a brand. A place that is no word of the
        table in Latin letters may be a brand, too.
        """
        stated = plain(name, self.tables).split()
        letters = "".join(stated)
        across = self._said_words(letters)
        words = latin_parts(stated, self.tables)
        read = [across, self._word_by_word(words), self._word_by_word(words, places=False)]
        if any(part.kind == NUMBER for part in across):
            read.append(self._known_as(letters))
        forms = (tuple(without_conjunctions(self._body_told(each), self.tables)) for each in read)
        return [form for form in dict.fromkeys(forms) if _tells_a_trade(form)]

    def _word_by_word(self, words: Iterable[NameWord], *, places: bool = True) -> list[NameWord]:
        """Words of pinyin, each brand of which as what it says where that is all of the table.

        Args:
            words: as they are written.
            places: whether what a brand says may be a place alone.
        """
        found: list[NameWord] = []
        for part in words:
            spoken = self._said_words(part.text) if part.kind == BRAND else []
            kinds = {kind for kind, _ in spoken}
            known = bool(kinds) and BRAND not in kinds and (places or kinds != {PLACE})
            found += spoken if known else [part]
        return found

    def _body_told(self, words: list[NameWord]) -> list[NameWord]:
        """Words of pinyin, of which the last syllable behind a trade is the body that it says."""
        if len(words) < FEWEST_WITH_BODY or words[-2].kind != INDUSTRY:
            return words
        *rest, last = words
        body = self._spoken_numbers.bodies.get(last.text) if last.kind == BRAND else None
        return [*rest, *body] if body else words

    def _known_as(self, letters: str) -> list[NameWord]:
        """What full pinyin of an institute with a number says, its parent by its other name."""
        heads = (letters[:length] for length in range(len(letters), 0, -1))
        head = next((each for each in heads if each in self._spoken_brands), "")
        rest = self._said_words(letters[len(head) :])
        return [NameWord(BRAND, self._spoken_brands[head]), *rest] if head else rest

    @cached_property
    def _spoken_brands(self) -> dict[str, str]:
        """The Chinese brands of the table as they are said, with the Latin name of each."""
        return {
            stated: canonical
            for text, (kind, canonical) in self.tables.words.items()
            if kind == BRAND and len(text) > 1 and all(map(is_han, text)) and canonical.isascii()
            for stated in said(text, self.tables.han)
        }

    def _said_words(self, letters: str) -> list[NameWord]:
        """The words of the table that full pinyin says, and what is between them as brands."""
        numbers = self._spoken_numbers
        found: list[NameWord] = []
        pieces = DIGIT_RUNS(letters)
        for at, piece in enumerate(pieces):
            if at % 2:
                found.append(NameWord(NUMBER, str(int(piece))))
            elif at and piece in numbers.bodies:
                found += numbers.bodies[piece]
            else:
                before_digits = at + 1 < len(pieces)
                found += self._spoken(piece.removesuffix(numbers.mark) if before_digits else piece)
        return found

    def _spoken(self, letters: str) -> list[NameWord]:
        """The words that letters without digits say."""
        found: list[NameWord] = []
        brand = ""
        for piece, known in self._spoken_pieces(letters):
            if known is None:
                brand += piece
            else:
                found += [NameWord(BRAND, brand), *known] if brand else known
                brand = ""
        return [*found, NameWord(BRAND, brand)] if brand else found

    def _spoken_pieces(
        self, letters: str, *, anywhere: bool = False
    ) -> Iterator[tuple[str, list[NameWord] | None]]:
        """The pieces that letters are said in, each with its words; None for a syllable of none.

        Args:
            letters: small letters without blanks.
            anywhere: whether a number may stand before whatever it may be; see `SpokenNumbers`.
        """
        numbers = self._spoken_numbers
        while letters:
            number, length = numbers.first(letters, self._names_a_body, anywhere=anywhere)
            known: list[NameWord] | None = [NameWord(NUMBER, number)]
            if not number:
                known, length = self._first_spoken(letters)
            yield letters[:length], known
            letters = letters[length:]
            if number and (body := numbers.bodies.get(letters)):
                yield letters, body
                return

    def _as_one_word(self, letters: str) -> list[tuple[NameWord, ...]]:
        """Full pinyin as one word, with the numbers in it apart: of these no letter may be wrong.

        What may be a number before something else than a body is read in both ways.
        """
        whole = NameWord(BRAND, without_form(letters, self.tables))
        if not self._spoken_numbers.may_stand_in(letters):
            return [(whole,)]
        if apart := self._numbers_apart(letters, anywhere=False):
            return [apart]
        apart = self._numbers_apart(letters, anywhere=True)
        return [apart, (whole,)] if apart else [(whole,)]

    def _numbers_apart(self, letters: str, *, anywhere: bool) -> tuple[NameWord, ...]:
        """The rest of full pinyin as one word, and the numbers in it; () where there are none."""
        numbers: list[NameWord] = []
        rest = ""
        for piece, known in self._spoken_pieces(letters, anywhere=anywhere):
            if known and known[0].kind == NUMBER:
                numbers += known
            else:
                rest += piece
        return (NameWord(BRAND, without_form(rest, self.tables)), *numbers) if numbers else ()

    @cached_property
    def _spoken_words(self) -> dict[str, list[NameWord]]:
        """What each Chinese word of the table means as it is said, the commonest of several."""
        return {
            stated: min(meant, key=lambda words: sum(map(self.weight, words)))
            for stated, meant in spoken_words(self.tables).items()
        }

    @cached_property
    def _spoken_numbers(self) -> SpokenNumbers:
        return SpokenNumbers(self.tables)

    def _names_a_body(self, letters: str) -> bool:
        """Whether full pinyin names a body that has a number for a name, behind what it does."""
        known, length = self._first_spoken(letters)
        if known is None or known[-1].kind != INDUSTRY:
            return False
        bodies = self._spoken_numbers.bodies.values()
        return known[-1:] in bodies or self._names_a_body(letters[length:])

    def _first_spoken(self, letters: str) -> tuple[list[NameWord] | None, int]:
        """The words of the table that full pinyin begins with, or one syllable; and its length."""
        words = self.tables.words
        for length in range(min(len(letters), LONGEST_SPOKEN), 0, -1):
            head, rest = letters[:length], letters[length:]
            if rest and not self._syllables_in(rest):
                continue
            known = self._spoken_words.get(head)
            if known is None and (place := words.get(head)) and place[0] == PLACE:
                known = [NameWord(*place)]
            if known is not None:
                return known, length
        for length in range(min(len(letters), LONGEST_SYLLABLE), 0, -1):
            rest = letters[length:]
            if letters[:length] in self._syllables and (not rest or self._syllables_in(rest)):
                return None, length
        return None, len(letters)

    def _is_full_pinyin(self, words: Sequence[str]) -> bool:
        """Whether words are written in Mandarin syllables alone, but for numbers."""
        if not words or (words[0].isalpha() and not self._syllables_in(words[0])):
            return False
        spelled = [part for word in words for part in DIGIT_RUNS(word)[::2] if part]
        return spelled_in_pinyin(spelled, self._syllables_in) >= FEWEST_SYLLABLES

    def is_pinyin(self, word: str) -> bool:
        """Whether a word is made of Mandarin syllables alone."""
        return self._syllables_in(word) > 0

    def _made_of(self, word: str) -> int:
        """What a word is made of, as bits of `comparing.MANDARIN` and the others."""
        found = MANDARIN if self.is_pinyin(word) else 0
        korean = self.tables.korean
        if len(word) > 1 and korean.may_cut(word) and korean.cut(word):
            family = korean.is_family(word)
            found |= comparing.KOREAN | (KOREAN_FAMILY if family else 0)
        return found

    def _as_respelled(
        self, words: Sequence[NameWord]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """The words of a Latin name as they may be read, each with how they were read."""
        for at, what in enumerate(("Wade-Giles", "Cantonese spelling")):
            changed = tuple(
                NameWord(BRAND, self._respelled(part.text)[at]) if part.kind == BRAND else part
                for part in words
            )
            told = (self._may_be_mandarin(changed), self._may_be_cantonese(words))[at]
            if told and changed != words:
                yield changed, f"read as {what}"

    def _as_korean(
        self, stated: Sequence[str], words: Sequence[NameWord]
    ) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """The listed names of Koreans that a name may be, all syllables alike in some spelling."""
        if any(kind == LEGAL for kind, _ in words):
            return
        korean = self.tables.korean
        asked = korean.keys(stated, any_first=True)
        if not asked:
            return
        found = chain.from_iterable(korean_names(each._database, asked, korean)
                                    for each in self._files)  # fmt: skip
        mandarin = all(map(self.is_pinyin, stated))
        for form in dict.fromkeys(found):
            # Names that are both all of Mandarin syllables are compared as such.
            if form != words and not (mandarin and all(self.is_pinyin(text) for _, text in form)):
                yield form, "read as Korean"

    def _may_be_mandarin(self, words: Sequence[NameWord]) -> bool:
        """Whether words are no name of a person in which one alone is a Mandarin syllable."""
        if any(part.kind != BRAND for part in words) or len(words) < 2:
            return True
        return sum(self.is_pinyin(part.text) for part in words) > 1

    def _may_be_cantonese(self, words: Sequence[NameWord]) -> bool:
        """Whether words are no longer name of a person in which one alone may be Chinese."""
        if any(part.kind != BRAND for part in words) or len(words) < FEWEST_OF_TWO_NAMES:
            return True
        return sum(part.text in self._spellings or self.is_pinyin(part.text) for part in words) > 1

    def _in_hepburn(self, stated: Sequence[str]) -> list[str]:
        """The words of a Japanese name in Hepburn, legal forms aside; [] of one that is so, too."""
        kinds, read = self.tables.words, []
        for word in stated:
            said = hepburn(word)
            if kinds.get(word, (BRAND,))[0] != LEGAL:
                if not said:
                    return []  # as most second words are
                read.append((word, said))
        return [said for _, said in read] if any(word != said for word, said in read) else []

    def _as_japanese(self, read: list[str]) -> Iterator[tuple[tuple[NameWord, ...], str]]:
        """A Japanese name in Hepburn, where a list prints it so."""
        if all(map(self.is_pinyin, read)):
            return
        form = latin_parts(read, self.tables)
        # Of a name that is spelled otherwise already a letter more would be another one.
        wanted = sorted(set(map(squashed, (form, (*form[1:], form[0]), (form[-1], *form[:-1])))))
        query = f"SELECT 1 FROM names WHERE squashed IN ({','.join('?' * len(wanted))})"
        if any(each._database.execute(query, wanted).fetchone() for each in self._files):
            yield form, "read as Japanese"

    def _respelled(self, word: str) -> tuple[str, str]:
        """A word as pinyin, if it is Wade-Giles, and if it is a Cantonese spelling; else itself."""
        if len(word) > self._longest_wade and word not in self._spellings:
            return word, word
        found = self._spelled.get(word)
        if found is None:
            wade = word
            if word not in self._syllables and len(word) <= self._longest_wade:
                wade = from_wade_giles(word, self._syllables)
            if len(self._spelled) >= MOST_MET:
                self._spelled.clear()
            found = self._spelled[word] = wade or word, self._spellings.get(word, word)
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


def _tells_a_trade(words: Sequence[NameWord]) -> bool:
    """Whether words read from pinyin tell a party by what it does, with its brand or without."""
    trades = sum(part.kind == INDUSTRY for part in words)
    return trades >= FEWEST_TRADES or (trades > 0 and any(part.kind == BRAND for part in words))


def _marked(values: Sequence[V]) -> Iterator[tuple[str, Sequence[V]]]:
    """Values, so many at a time, with as many question marks."""
    # SQLite bounds how many parameters one statement may have.
    for at in range(0, len(values), QUERIED_AT_ONCE):
        part = values[at : at + QUERIED_AT_ONCE]
        yield ",".join("?" * len(part)), part


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
