"""What whoever reads a name asks of one file of lists: its words, and what it prints.

It answers what `names.reading.listed_names` declares.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from math import log

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.model import KNOWN, ListedEntry
from detente.parties.names import comparing
from detente.parties.names.candidates import Nearest
from detente.parties.names.kinds import BRAND, SLIGHT
from detente.parties.names.languages.heard_names import heard_names
from detente.parties.names.languages.spelled_names import korean_names
from detente.parties.names.legal import LONGEST_ACRONYM
from detente.parties.names.names import NameTables, NameWord
from detente.parties.names.packed_words import unpack
from detente.parties.names.policy import FACTOR, FATHER
from detente.parties.names.reading.cut_fields import BEGINS, BEHIND_LETTERS, CutName, names_begun
from detente.parties.names.remembered import remembered
from detente.parties.names.sieve import may_hold
from detente.parties.screening.listed.bearers import means_others
from detente.parties.screening.listed.entries import ListedEntries, in_country
from detente.parties.screening.listed.index import BODIES, BRANDS, CITIES, CUT_FIELDS, HEARD, marked
from detente.parties.screening.listed.kinds_of_names import CROSSED
from detente.store.files import has_table

if TYPE_CHECKING:
    from detente.parties.names.korean import Syllables
    from detente.parties.names.languages.unvoweled import ListedFile


IS_NUMBERED = re.compile(r"\d{3,}[a-z]+").fullmatch
"""Whether a name, squashed, is that of a body by its number."""

BARE, CALLED = "bare", "called"
"""What words are that the build writes for those who screen many names; `know_words` reads them."""


class PrintedNames(ListedEntries):
    """The names of one file of lists, as they are looked up while a name is read.

    Attributes:
        tables: words and characters.
        count: how many names the file has.
        weights: see `Nearest`.
        beside: the built-in lists, where this is the user's file; None where it is not.
        weight: how much a word counts: its rarity times the factor of its kind.
        called: the words of each name that a party has which one of its names alone calls so.
        is_in_any_file: whether a brand stands in a listed name of any file.
        may_be_city: whether a word, or two, may be a city's name; one of thirty others passes, too.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        tables: NameTables,
        versions: Collection[int] | None,
        order: Callable[[ListedEntry], tuple[int, ...]],
        files: Sequence[PrintedNames] | None,
        beside: Mapping[int, str],
    ) -> None:
        """Open a file.

        Args:
            database: the file.
            tables: words and characters.
            versions: see `ListedEntries`.
            order: see `ListedEntries`.
            files: all that are screened against, this one too; None for this one alone.
            beside: see `ListedEntries`.
        """
        super().__init__(database, versions, order, beside)
        self.tables = tables
        self._near = Nearest(database, self.members)
        self.count, self.weights = self._near.count, self._near.weights
        self.beside = files[0] if files else None
        # A word is rare that few listed names have: in a list of ten names all words are, and in
        # a copy of the built-in ones each is as rare as there, so that its names score the same.
        self._of_all = self.beside.count if self.beside else self.count
        self._rare: dict[str, float] = {}
        self._numbers: Mapping[str, int] = {}
        self._weights: Sequence[float] = ()
        self._all_rare = False
        self.weight = remembered(self._weigh)
        self.called = remembered(self._names_called)
        self._short_names: frozenset[str] | None = None
        self._of_others: dict[tuple[str, bool], bool] = {}
        self._countries_of = remembered(self._look_for_countries)
        self.is_in_any_file = remembered(self._in_any_file)
        self.may_be_city = remembered(self._may_be_city)
        self._files: Sequence[PrintedNames] = [self] if files is None else files

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

    def bare_words(self, is_bare: Callable[[str], bool]) -> Iterator[str]:
        """The listed words that are a brand and nothing else.

        Args:
            is_bare: whether a word is, by how words are read.
        """
        for (word,) in self._database.execute("SELECT word FROM words"):
            if word[0] == BRAND and word.isascii() and is_bare(word[1:]):
                yield word[1:]

    def short_names(self) -> Iterator[str]:
        """The listed names, squashed, that may stand beside another name of the party.

        They are acronyms, and bodies by their number (`617factory`).
        """
        for (key,) in self._database.execute(
            "SELECT DISTINCT squashed FROM names"
            " WHERE length(squashed) <= ? OR squashed GLOB '[0-9][0-9][0-9]*'",
            (LONGEST_ACRONYM,),
        ):
            if key.isascii() and (key.isalpha() or IS_NUMBERED(key)):
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

    def is_listed(self, brand: str) -> bool:
        """Whether a brand stands in a name of this file."""
        word = BRAND + brand
        if word in self._numbers or word in self._rare:
            return True
        return not self._all_rare and may_hold(self._brands, brand) and self.borne_by(brand) > 0

    def _in_any_file(self, brand: str) -> bool:
        return any(each.is_listed(brand) for each in self._files)

    def borne_by(self, brand: str) -> int:
        """How many listed names bear a brand."""
        return self.names_with(BRAND + brand)

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

    def begun_so(self, letters: str) -> Iterator[CutName]:
        """The listed names of all files that begin so and go on; see `cut_fields.letters_of`."""
        for each in self._files:
            # Of a file without a sieve nothing of the kind is kept.
            if (sieve := each._cut_fields) and may_hold(sieve, letters[:BEGINS]):
                yield from names_begun(each._database, letters)

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

    @cached_property
    def _cut_fields(self) -> bytes:
        """The sieve of how the long names of the file begin."""
        return self._fact(CUT_FIELDS)

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
            (key, key + BEHIND_LETTERS),
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
