"""Entries that are addresses and nobody's name: whoever stands there is meant.

The Entity List has entries called ``Address 01`` and so on. A line that is screened and holds such
an address is a hit on it, whatever name stands before. Only one whose text is held can be found.

An address is read into rooms, floors, other numbers and words: ``Flat 18-19, 3/F, 610 Long Rd`` is
rooms 18 and 19, floor 3, number 610 and the words long and road.
"""

from __future__ import annotations

import itertools
import json
import re
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.names import ORDINAL_ENDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detente.parties.lists.model import ListedEntry

CALLED = re.compile(r"Address \d+", re.IGNORECASE)
"""The name of an entry that is an address."""

ROOM, FLOOR, SAME, SILENT = "room", "floor", "same", "silent"
"""Kinds of words of addresses: a room or a floor follows, another word is meant, or nothing is
said, as by a district that is left out as often as it is written."""

TOKEN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"(?<![^\W_])0+(?=\d)")
"""Noughts before a number, which say nothing."""

DIGIT = re.compile("[0-9]").search

LEAST = 0.6
"""Share of what a listed address says that a line must say."""

FEWEST = 3
"""Words and numbers of the shortest address that is told."""

SHORTEST_POSTAL = 5
"""Signs of the shortest number that may be no room's."""

MOST_ROOMS = 50
"""Rooms of the longest range that is read as one."""


def is_untold(entry: ListedEntry) -> bool:
    """Whether an entry is an address of which no text is held to compare lines with."""
    told = any(len(TOKEN.findall(each)) >= FEWEST for each in entry.addresses)
    return not told and CALLED.fullmatch(entry.names[0].text) is not None


class AddressWords(NamedTuple):
    """Words of addresses, ready for use.

    Attributes:
        room: finds a room behind what announces it.
        floor: finds a floor.
        means: words that are short for others, or say nothing ("").
    """

    room: re.Pattern[str]
    floor: re.Pattern[str]
    means: Mapping[str, str]


class ReadAddress(NamedTuple):
    """What an address says.

    Attributes:
        rooms: each room of a range; a letter too.
        floors: by number.
        numbers: of houses and streets.
        words: what else it says, in order and in the long form.
    """

    rooms: frozenset[str]
    floors: frozenset[str]
    numbers: frozenset[str]
    words: tuple[str, ...]


class ListedAddress(NamedTuple):
    """A listed address: its entry, and as printed."""

    entry: int
    text: str


def address_words(rows: Iterable[tuple[str, str, str]]) -> AddressWords:
    """The words of addresses.

    Args:
        rows: kind, word and, of a word that is short for another, that one.
    """
    found = list(rows)

    def any_of(kind: str) -> str:
        return "|".join(re.escape(word) for each, word, _ in found if each == kind) or r"(?!)"

    floor, number = any_of(FLOOR), r"[a-z]?\d+[a-z]?"
    ends = "|".join(sorted(ORDINAL_ENDS))
    return AddressWords(
        re.compile(rf"\b(?:{any_of(ROOM)})\b[\s./]*({number}(?:\s*-\s*{number})?|[a-z]\b)"),
        re.compile(rf"\b(\d+)(?:{ends})?\s*/?\s*(?:{floor})\b|\b(?:{floor})[\s.]*(\d+)\b"),
        {word: means for kind, word, means in found if kind in (SAME, SILENT)},
    )


def read_address(text: str, words: AddressWords) -> ReadAddress:
    """What an address says; a name may stand before it."""
    rest = NUMBER.sub("", text.casefold())
    floors = {one or two for one, two in words.floor.findall(rest)}
    rest = words.floor.sub(" ", rest)
    rooms = {room for found in words.room.findall(rest) for room in _rooms(found)}
    numbers, said = set(), []
    for token in TOKEN.findall(words.room.sub(" ", rest)):
        if any(map(str.isdigit, token)):
            numbers.add(token)
        elif len(token) > 1:
            said += words.means.get(token, token).split()
    return ReadAddress(frozenset(rooms), frozenset(floors), frozenset(numbers), tuple(said))


def _rooms(text: str) -> set[str]:
    """The rooms that a text names: 1318-20 is 1318, 1319 and 1320."""
    first, _, last = (each.strip() for each in text.partition("-"))
    if not (first.isdigit() and last.isdigit()):
        return {first, last} - {""}
    end = first[: max(0, len(first) - len(last))] + last
    rooms = range(int(first), int(end) + 1)
    return {first, *map(str, rooms[:MOST_ROOMS]), end}


def packed(rows: Iterator[tuple[int, str, list[str]]]) -> bytes:
    """The addresses among some entries, as they are kept.

    Args:
        rows: number, main name and addresses of each.
    """
    numbered = [
        (number, text)
        for number, name, addresses in rows
        if CALLED.fullmatch(name)
        for text in addresses
    ]
    return json.dumps(numbered, ensure_ascii=False).encode()


def read_addresses(database: sqlite3.Connection) -> tuple[ListedAddress, ...]:
    """The addresses that one file of lists holds."""
    row = database.execute("SELECT value FROM facts WHERE fact = 'addresses'").fetchone()
    return tuple(map(ListedAddress._make, json.loads(row[0]) if row else ()))


class ListedAddresses:
    """What tells whether a line holds one of the listed addresses."""

    def __init__(
        self, addresses: Sequence[ListedAddress], rows: Iterable[tuple[str, str, str]]
    ) -> None:
        """Take the addresses, and the words of addresses as `address_words` takes them."""
        self._addresses, self._rows = addresses, rows
        self._last: tuple[str, ReadAddress] | None = None

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._addresses)

    @cached_property
    def _words(self) -> AddressWords:
        return address_words(self._rows)

    @cached_property
    def _read(self) -> list[tuple[ListedAddress, ReadAddress]]:
        return [(each, read_address(each.text, self._words)) for each in self._addresses]

    def in_line(self, line: str) -> Iterator[tuple[ListedAddress, float]]:
        """The listed addresses that a line holds, each with the share of what it says.

        Another room, floor or house is another address. A line may leave out the floor, and where
        it has all words of an address also the number of the house.
        """
        if not self._addresses or not has_digit(line):
            return
        stated = self._stated(line)
        for each, listed in self._read:
            share = _share(listed, stated)
            if share >= LEAST:
                yield each, share

    def in_house(self, line: str) -> Iterator[ListedAddress]:
        """The listed addresses in whose house a line stands that does not say which room."""
        if not self._addresses or not has_digit(line):
            return
        stated = self._stated(line)
        if not stated.rooms:
            yield from (each for each, listed in self._read if _is_in_house(listed, stated))

    def _stated(self, line: str) -> ReadAddress:
        """What a line says, which is asked twice of each."""
        if self._last is None or self._last[0] != line:
            self._last = line, read_address(line, self._words)
        return self._last[1]


def line_of(name: str, address: str) -> str:
    """The line that a name and an address are, in either of which an address may stand."""
    return f"{name}, {address}" if address else name


def has_digit(line: str) -> bool:
    """Whether a line has any digit; of an ASCII line faster than sign by sign."""
    return bool(DIGIT(line)) if line.isascii() else any(map(str.isdigit, line))


def _share(listed: ReadAddress, stated: ReadAddress) -> float:
    """How much of what a listed address says a line says; 0 where it stands elsewhere."""
    # A number that no word announces may be a room's.
    rooms = listed.rooms & (stated.rooms or stated.numbers)
    if listed.rooms and not rooms:
        return 0.0
    if listed.floors and stated.floors and listed.floors.isdisjoint(stated.floors):
        return 0.0
    parts = len(listed.words) + len(listed.numbers) + bool(listed.rooms)
    if parts < FEWEST or not (listed.rooms or listed.numbers):
        return 0.0
    words = _in_common(listed.words, stated.words)
    if not listed.numbers <= stated.numbers:
        unknown = stated.numbers - listed.rooms
        if unknown or words < len(listed.words):
            return 0.0
    same = len(rooms) / len(listed.rooms | (stated.rooms or rooms)) if rooms else 0.0
    return (words + len(listed.numbers & stated.numbers) + same) / parts


def _is_in_house(listed: ReadAddress, stated: ReadAddress) -> bool:
    """Whether an address without a room is that of the house in which a listed one has its room."""
    if not listed.rooms or not listed.numbers or not listed.numbers <= stated.numbers:
        return False
    if listed.floors and stated.floors and listed.floors.isdisjoint(stated.floors):
        return False
    # A number that no word announces may be that of another room.
    if any(len(each) < SHORTEST_POSTAL for each in stated.numbers - listed.numbers):
        return False
    return _in_common(listed.words, stated.words) >= LEAST * len(listed.words)


def _in_common(listed: tuple[str, ...], stated: tuple[str, ...]) -> int:
    """How many words of a listed address a line has, two that either writes as one among them."""
    held = {*stated, *map("".join, itertools.pairwise(stated))}
    found = {at for at, word in enumerate(listed) if word in held}
    for at, pair in enumerate(itertools.pairwise(listed)):
        if "".join(pair) in held:
            found |= {at, at + 1}
    return len(found)
