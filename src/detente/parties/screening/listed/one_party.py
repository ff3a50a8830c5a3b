"""Which entries of the lists are one party.

Two entries are one where the main name of one is a name that the list prints of the other, and
their addresses share a country or one has none. A name of few letters, such as an abbreviation,
tells nothing beyond the same main name written out; nor do words of a trade alone, unless they are
the same words: China Telecom is not China Communications. Two of different lists are one, too,
where their main names have the same words in another order: three, or two that hardly anybody
bears. Entries of one list with different main names are different. Where only further names agree,
a table says which are one, as they were read.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from detente._shapes import NamedTuple
from detente.parties.lists.model import ListedEntry
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER
from detente.parties.names.names import NameTables, latin_parts, letters_written, plain
from detente.parties.names.reading.pieces import BRACKETS
from detente.parties.names.sounds import counts_of

TELLING, TELLING_HAN = 5, 2
"""Letters of the shortest Latin name that tells a party, and characters of a Chinese one."""

FEWEST_TURNED, MOST_RARE = 3, 4
"""Words of the shortest name that tells a party in another order, and of how many names each word
of a shorter one may be."""

ALIKE = 3
"""Letters with which words of one trade begin that are one word, written otherwise."""


class PrintedName(NamedTuple):
    """A name as a list prints it.

    Attributes:
        entry: number of its entry.
        text: as printed.
        words: its words with their kinds, as one text.
        squash: what of them is no legal form, written together.
    """

    entry: int
    text: str
    words: str
    squash: str


FileNames = tuple[Iterable[PrintedName], Callable[[int], ListedEntry]]

OF_PAIR = 3
"""Numbers that are kept of two entries that are alike: of the one in the built-in file, of the
user's, and whether a table says that they are one."""


class EntryPair(NamedTuple):
    """Two entries that may be one party.

    Attributes:
        one: number of an entry.
        two: of the other.
        read: whether a table says that they are one, whatever their countries are.
    """

    one: int
    two: int
    read: bool


def one_party(
    names: Iterable[PrintedName], entry: Callable[[int], ListedEntry], tables: NameTables
) -> array[int]:
    """Entries that are one party, as pairs: an entry, and the first entry of its party.

    Args:
        names: the names that lists print, the main one of each entry first.
        entry: gives the entry of a number.
        tables: words and characters.
    """
    parties = Parties(lambda number: entry(number).countries, tables)
    for pair in alike(names, entry, tables):
        parties.join(*pair)
    return parties.pairs()


def alike(
    names: Iterable[PrintedName],
    entry: Callable[[int], ListedEntry],
    tables: NameTables,
    wanted: Callable[[int, int], bool] = lambda one, two: True,
) -> Iterator[EntryPair]:
    """Pairs of entries that may be one party, in the order in which they are to be joined.

    Args:
        names: the names that lists print, the main one of each entry first.
        entry: gives the entry of a number.
        tables: words and characters.
        wanted: whether two entries are to be looked at.
    """
    printed = list(names)
    for *_, one, two in sorted(_pairs(printed, entry, tables, wanted)):
        yield EntryPair(one, two, read=False)
    for one, two in _read_as_one(printed, entry, tables):
        if wanted(one, two):
            yield EntryPair(one, two, read=True)


def alike_across(files: Sequence[FileNames], tables: NameTables) -> array[int]:
    """The entries of two files that may be one party, as `OF_PAIR` numbers each.

    Entries of one list are left out: a list counts in one of the files alone.

    Args:
        files: the names that each prints, the main one of each entry first, and what gives the
            entry of a number; the built-in file first.
        tables: words and characters.
    """
    (names, built_in), (own_names, own) = files
    printed = list(names)
    # One numbering of both, in which the user's entries come behind.
    first = 1 + max((each.entry for each in printed), default=0)
    printed += [each._replace(entry=first + each.entry) for each in own_names]

    def entry(number: int) -> ListedEntry:
        return built_in(number) if number < first else own(number - first)

    def wanted(one: int, two: int) -> bool:
        return (one < first) != (two < first) and entry(one).list != entry(two).list

    found = array("I")
    # Each has a name of the other mostly, so most pairs come twice.
    for one, two, read in dict.fromkeys(alike(printed, entry, tables, wanted)):
        one, two = sorted((one, two))
        found.extend((one, two - first, int(read)))
    return found


def _read_as_one(
    names: Iterable[PrintedName], entry: Callable[[int], ListedEntry], tables: NameTables
) -> Iterator[tuple[int, int]]:
    """Pairs of entries that the table has, as far as both are at hand."""
    texts = {row[at] for row in tables.same for at in (1, 3)}
    found: dict[tuple[str, str], list[int]] = {}
    for number, text, *_ in names:
        if text in texts and entry(number).names[0].text == text:
            found.setdefault((entry(number).list, text), []).append(number)
    for code, name, other_code, other in tables.same:
        for one in found.get((code, name), ()):
            yield from ((one, two) for two in found.get((other_code, other), ()))


def _pairs(
    names: Iterable[PrintedName],
    entry: Callable[[int], ListedEntry],
    tables: NameTables,
    wanted: Callable[[int, int], bool],
) -> Iterator[tuple[bool, bool, int, int]]:
    """Pairs of entries that may be one party, with what puts the surest first.

    An entry that names no country goes to whom it is named like letter by letter.
    """
    main: dict[int, PrintedName] = {}
    named: dict[str, list[PrintedName]] = {}
    for name in names:
        main.setdefault(name.entry, name)
        named.setdefault(name.squash, []).append(name)
    yield from _turned_pairs(main, entry, tables, wanted)
    for number, name in main.items():
        for other in named[name.squash]:
            if other.entry == number or not wanted(number, other.entry):
                continue
            both_main = name.squash == main[other.entry].squash
            if both_main and other is not main[other.entry]:
                continue  # it is told by its main name
            same = are_one(name, other, both_main, (entry(number), entry(other.entry)), tables)
            if same is not None:
                one, two = sorted((number, other.entry))
                yield not both_main, not same, one, two


def _turned_pairs(
    main: Mapping[int, PrintedName],
    entry: Callable[[int], ListedEntry],
    tables: NameTables,
    wanted: Callable[[int, int], bool],
) -> Iterator[tuple[bool, bool, int, int]]:
    """Pairs of entries of two lists whose main names have the same words in another order.

    So is `KHAN, Abdul Qadeer` who is `Abdul Qadeer Khan` on another list. Two words are those of
    namesakes, unless hardly anybody bears either; and so are three Chinese syllables.
    """
    syllables = counts_of(tables.syllables)
    borne = Counter(chain.from_iterable(set(name.words.split()) for name in main.values()))
    by_words: dict[tuple[str, ...], list[PrintedName]] = {}
    for name in main.values():
        told = sorted(word for word in name.words.split() if word[0] not in (LEGAL, FILLER))
        rare = len(told) > 1 and all(borne[word] <= MOST_RARE for word in told)
        few = len(told) < FEWEST_TURNED and not rare
        if not few and not all(syllables(word[1:]) for word in told):
            by_words.setdefault(tuple(told), []).append(name)
    for some in by_words.values():
        for name, other in combinations(some, 2):
            one, two = sorted((name.entry, other.entry))
            entries = entry(one), entry(two)
            if (
                name.squash != other.squash
                and entries[0].list != entries[1].list
                and wanted(one, two)
                and _tells(name, other, False, tables)
                and _may_be_one(*entries, both_main=True, same=False, tables=tables)
            ):
                yield True, True, one, two


def are_one(
    main: PrintedName,
    other: PrintedName,
    both_main: bool,
    entries: tuple[ListedEntry, ListedEntry],
    tables: NameTables,
) -> bool | None:
    """Whether two names with the same words make their entries one party.

    Args:
        main: the main name of one entry.
        other: a name of the other.
        both_main: whether that is its main name too.
        entries: the two.
        tables: words and characters.

    Returns:
        Whether both are main names and written the same, legal form included, if they are one
        party; None if they are not.
    """
    letters = _letters_outside(main.text, tables)
    same = both_main and letters == _letters_outside(other.text, tables)
    if not _tells(main, other, same, tables) or not _may_be_one(*entries, both_main, same, tables):
        return None
    if (
        same
        and not _is_long_enough(letters)
        and set(entries[0].countries).isdisjoint(entries[1].countries)
    ):
        return None
    return same


def _tells(name: PrintedName, other: PrintedName, same: bool, tables: NameTables) -> bool:
    """Whether two names with the same words tell a party; `same`: they are written the same."""
    if same:
        return True
    if not _is_long_enough(name.squash):
        return False
    told = any(word[0] in (BRAND, NUMBER) for word in name.words.split())
    return told or _spelled_alike(name.text, other.text, tables)


def _is_long_enough(letters: str) -> bool:
    return len(letters) >= (TELLING if letters.isascii() else TELLING_HAN)


def _letters_outside(text: str, tables: NameTables) -> str:
    """The letters and digits of a printed name, legal form included, brackets left out."""
    return letters_written(BRACKETS.sub(" ", text), tables)


def _spelled_alike(one: str, other: str, tables: NameTables) -> bool:
    """Whether two names have each trade in a word that begins alike, or are written the same."""
    if _letters_outside(one, tables) == _letters_outside(other, tables):
        return True
    here, there = _trades(one, tables), _trades(other, tables)
    return all(
        any(word[:ALIKE] == another[:ALIKE] for word in here[trade] for another in there[trade])
        for trade in here.keys() & there.keys()
    )


def _trades(text: str, tables: NameTables) -> dict[str, set[str]]:
    """The Latin words of a text for each trade that it names."""
    found: dict[str, set[str]] = {}
    for word in plain(text, tables).split():
        for part in latin_parts([word], tables) if word.isascii() else ():
            if part.kind == INDUSTRY:
                found.setdefault(part.text, set()).add(word)
    return found


def _may_be_one(
    one: ListedEntry, other: ListedEntry, both_main: bool, same: bool, tables: NameTables
) -> bool:
    """Whether lists and addresses of two entries allow that they are one party.

    Args:
        one: an entry.
        other: another.
        both_main: whether their main names have the same words.
        same: whether these are written the same.
        tables: words and characters.
    """
    if one.list == other.list and not both_main:
        return False
    here, there = (places_of(each.countries, tables if same else None) for each in (one, other))
    return not here or not there or not here.isdisjoint(there)


def places_of(countries: Collection[str], tables: NameTables | None) -> frozenset[str]:
    """The countries of an entry; with tables, those within another are that one."""
    if tables is None:
        return frozenset(countries)
    return frozenset(tables.within.get(each, each) for each in countries)


class Parties:
    """Entries joined to parties, none by its names alone with addresses in different countries."""

    def __init__(self, countries: Callable[[int], Collection[str]], tables: NameTables) -> None:
        """Begin with every entry by itself.

        Args:
            countries: gives the countries of what has a number.
            tables: words and characters.
        """
        self._countries, self._tables = countries, tables
        self._first: dict[int, int] = {}
        self._places: dict[int, frozenset[str]] = {}

    def join(self, one: int, two: int, read: bool = False) -> None:
        """Make one party of two, where their countries allow it or they were read as one."""
        one, two = sorted((self._party(one), self._party(two)))
        here, there = self._of(one), self._of(two)
        if one != two and (read or not here or not there or not here.isdisjoint(there)):
            self._first[two] = one
            self._places[one] = here | there

    def pairs(self) -> array[int]:
        """Each entry that has another before it, with the first of its party."""
        found = array("I")
        for entry in sorted(self._first):
            found.extend((entry, self._party(entry)))
        return found

    def _party(self, entry: int) -> int:
        while (before := self._first.get(entry, entry)) != entry:
            entry = before
        return entry

    def _of(self, party: int) -> frozenset[str]:
        if party not in self._places:
            self._places[party] = places_of(self._countries(party), self._tables)
        return self._places[party]
