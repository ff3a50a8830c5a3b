"""Entries that are addresses and nobody's name: whoever stands there is meant.

The Entity List has entries called ``Address 01`` and so on. A line that is screened and holds such
an address is a hit on it, whatever name stands before. Only one whose text is held can be found.

An address is read into rooms, floors, other numbers and words: ``Flat 18-19, 3/F, 610 Long Rd`` is
rooms 18 and 19, floor 3, number 610 of Long Road. In Chinese the parts stand the other way round
(長路610號3樓18室) and are put into these words first, as far as they are known. One room is written
in several ways, as Unit 4 on 7/F and as Room 704, and one house by any number of its range.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.names import ORDINAL_ENDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detente.parties.lists.model import ListedEntry

CALLED = re.compile(r"Address \d+", re.IGNORECASE)
"""The name of an entry that is an address."""

ROOM, FLOOR, SAME, SILENT, STREET, DIRECTION = (
    "room", "floor", "same", "silent", "street", "direction",
)  # fmt: skip
"""Kinds of words of addresses: a room or a floor follows, another word is meant, or nothing is
said, as by a district that is left out as often as it is written; a street is called so, and one of
its two ends."""

NAMED, IN_ROOM, ON_FLOOR, OF_HOUSE, OF_FLOOR = (
    "zh", "zh room", "zh floor", "zh house", "zh of floor",
)  # fmt: skip
"""Kinds of Chinese words: what is called so, and what stands behind the number of a room, of a
floor and of a house, and behind that of a room where the floor stands before it."""

TOKEN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"(?<![^\W_])0+(?=\d)")
"""Noughts before a number, which say nothing."""

NUMERALS = "零〇一二三四五六七八九十百廿卅卌壹貳贰叁參肆伍陸陆柒捌玖拾佰兩两"
"""Characters of numbers; what each is worth Unicode says."""

TEN, POWERS = 10, (10, 100)
"""The least of them that a digit may stand before, and all of these."""

RANGE_SIGN = re.compile("[–至]")
"""What stands between the ends of a range in Chinese, as a hyphen does."""

MOST_FLOOR = 3
"""Digits of the number of the highest floor: what has more before ``level`` is a room's."""

RANGE = re.compile(r"\b(\d+[a-z]?)\s*[-–]\s*(\d+[a-z]?)\b")
"""The first and last number of a house that has several."""

DIGIT = re.compile("[0-9]").search

LEAST = 0.6
"""Share of what a listed address says that a line must say."""

FEWEST = 3
"""Words and numbers of the shortest address that is told."""

WITHOUT_BUILDING = 0.9
"""Score of a line that has the room, the floor, the house and the street, whatever it calls the
building."""

BARE = 2
"""Digits of the longest number of a room that does not say its floor."""

MOST_STREET = 4
"""Words of the longest name of a street."""

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
        streets: words that a street is called.
        directions: words of its ends, each with the long one.
        chinese: what Chinese words mean.
        behind: finds such a room, such a floor, and a name with the number of a house behind it.
        numerals: finds a number in Chinese characters before what it is the number of.
    """

    room: re.Pattern[str]
    floor: re.Pattern[str]
    means: Mapping[str, str]
    streets: frozenset[str]
    directions: Mapping[str, str]
    chinese: Mapping[str, str]
    behind: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
    numerals: re.Pattern[str]


class HouseNumbers(NamedTuple):
    """The numbers of a house: 45-51 are four, since a side of a street has every second one.

    Attributes:
        first: the first.
        last: the last; the same where there is but one.
    """

    first: str
    last: str

    def has(self, number: str) -> bool:
        """Whether a number is one of them."""
        if number in self:
            return True
        if not (self.first.isdigit() and self.last.isdigit() and number.isdigit()):
            return False
        first, last, asked = map(int, (*self, number))
        both_sides = (last - first) % 2
        return first < asked < last and bool(both_sides or (asked - first) % 2 == 0)


class StreetHouse(NamedTuple):
    """A house by its street.

    Attributes:
        numbers: of the house.
        street: in small letters without blanks, in the long form: mongkokroad.
        end: which end of the street; "" where it is not said.
    """

    numbers: HouseNumbers
    street: str
    end: str

    def is_in_street(self, other: StreetHouse) -> bool:
        """Whether another is in a street of the same name."""
        return self.street == other.street

    def is_at(self, other: StreetHouse) -> bool:
        """Whether another of a street of the same name may be the same house."""
        ends = {self.end, other.end} - {""}
        return len(ends) < 2 and _is_one_house(self.numbers, other.numbers)


class ReadAddress(NamedTuple):
    """What an address says.

    Attributes:
        rooms: each room of a range; a letter too.
        floors: by number.
        numbers: of houses and streets.
        words: what else it says, in order and in the long form.
        houses: the numbers, those of one house together.
        streets: the houses whose street is said behind their numbers.
    """

    rooms: frozenset[str]
    floors: frozenset[str]
    numbers: frozenset[str]
    words: tuple[str, ...]
    houses: tuple[HouseNumbers, ...] = ()
    streets: tuple[StreetHouse, ...] = ()


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
        # Of two words the longer one is meant: 號室 before 室.
        words = sorted((word for each, word, _ in found if each == kind), key=len, reverse=True)
        return "|".join(map(re.escape, words)) or r"(?!)"

    floor, number = any_of(FLOOR), r"[a-z]?\d+[a-z]?"
    ends = "|".join(sorted(ORDINAL_ENDS))
    rooms = rf"{number}(?:\s*-\s*{number})?|[a-z](?:\s*-\s*[a-z])?"
    house = r"\d+[a-z]?(?:\s*[-–至]\s*\d+[a-z]?)?"
    # Chinese characters are letters, too, so that no word ends between one and a digit.
    begins, of_chinese = r"(?<![0-9a-z])", rooms.replace(r"\s*-\s*", r"\s*[-–至]\s*")
    behind = "|".join(map(any_of, (IN_ROOM, ON_FLOOR, OF_HOUSE)))
    told = rf"{begins}(\d{{1,{MOST_FLOOR}}})(?:{ends})?\s*/?\s*(?:{floor})\b"
    return AddressWords(
        re.compile(rf"\b(?:{any_of(ROOM)})(?:\b[\s./]*|(?=\d))({rooms})\b"),
        re.compile(rf"{told}|\b(?:{floor})[\s.]*(\d+)\b"),
        {word: means for kind, word, means in found if kind in (SAME, SILENT)},
        frozenset(word for kind, word, _ in found if kind == STREET),
        {word: means or word for kind, word, means in found if kind == DIRECTION},
        {word: means for kind, word, means in found if kind == NAMED},
        (
            re.compile(rf"{begins}({of_chinese})\s*(?:{any_of(IN_ROOM)})"),
            # A room behind the floor may be called a block or a house, or nothing at the end.
            re.compile(
                rf"(\d+)\s*(?:{any_of(ON_FLOOR)})(?:\s*({rooms})\s*(?:{any_of(OF_FLOOR)}|$))?"
            ),
            re.compile(rf"({any_of(NAMED)})(?:\s*({house})\s*(?:{any_of(OF_HOUSE)}))?"),
        ),
        re.compile(rf"[{NUMERALS}]+(?=(?:\s*[-–至]\s*(?:\d+|[{NUMERALS}]+))?\s*(?:{behind}))"),
    )


def _in_digits(found: re.Match[str]) -> str:
    """A number in Chinese characters in digits: 三百零一 is 301, and so is 三零一."""
    values = [int(unicodedata.numeric(char)) for char in found[0]]
    if max(values) < TEN:
        return "".join(map(str, values))
    number = digit = 0
    for value in values:
        if value in POWERS:
            number, digit = number + (digit or 1) * value, 0
        elif value > TEN:  # 廿 is twenty by itself
            number += value
        else:
            digit = value
    return str(number + digit)


def _in_latin(text: str, words: AddressWords) -> str:
    """An address whose Chinese words are put into English, each number before what it is of."""
    room, floor, named = words.behind

    def placed(found: re.Match[str]) -> str:
        number = (found[2] or "").replace("至", "-")
        return f" {number} {words.chinese[found[1]]} , "

    def on_floor(found: re.Match[str]) -> str:
        return f" {found[1]}/f " + (f"room {found[2]} " if found[2] else "")

    def in_room(found: re.Match[str]) -> str:
        return f" room {RANGE_SIGN.sub('-', found[1])} "

    rest = words.numerals.sub(_in_digits, unicodedata.normalize("NFKC", text))
    return named.sub(placed, floor.sub(on_floor, room.sub(in_room, rest)))


def read_address(text: str, words: AddressWords) -> ReadAddress:
    """What an address says; a name may stand before it."""
    rest = text.casefold() if text.isascii() else _in_latin(text.casefold(), words)
    rest = NUMBER.sub("", rest)
    floors = {one or two for one, two in words.floor.findall(rest)}
    rest = words.floor.sub(" ", rest)
    rooms = {room for found in words.room.findall(rest) for room in _rooms(found)}
    numbers, said = set(), []
    rest = words.room.sub(" ", rest)
    tokens = TOKEN.findall(rest)
    for token in tokens:
        if has_digit(token):
            numbers.add(token)
        elif len(token) > 1:
            said += words.means.get(token, token).split()
    ranges = [HouseNumbers(*each) for each in RANGE.findall(rest)]
    within = {number for each in ranges for number in each}
    houses = (*ranges, *(HouseNumbers(each, each) for each in sorted(numbers - within)))
    return ReadAddress(
        frozenset(rooms), frozenset(floors), frozenset(numbers), tuple(said), houses,
        tuple(_streets(tokens, houses, words)),
    )  # fmt: skip


def _streets(
    tokens: Sequence[str], houses: Iterable[HouseNumbers], words: AddressWords
) -> Iterator[StreetHouse]:
    """The houses whose street is said behind their numbers."""
    numbers = {number: house for house in houses for number in house}
    for at, token in enumerate(tokens):
        name = ""
        for further in range(at + 1, min(at + 1 + MOST_STREET, len(tokens))):
            if token not in numbers or has_digit(tokens[further]):
                break
            word = words.means.get(tokens[further]) or tokens[further]
            name += word
            if word in words.streets:
                behind = tokens[further + 1] if further + 1 < len(tokens) else ""
                yield StreetHouse(numbers[token], name, words.directions.get(behind, ""))
                break


def _rooms(text: str) -> set[str]:
    """The rooms that a text names: 1318-20 is 1318, 1319 and 1320, A-C is A, B and C."""
    first, _, last = (each.strip() for each in text.partition("-"))
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return {first, last, *map(chr, range(ord(first), ord(last) + 1))}
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

        Another room, floor or house is another address. A line may leave out the floor, where it
        has all words of an address also the number of the house, and where it has the street with
        the number also the name of the building.
        """
        if not self._may_be_in(line):
            return
        stated = self._stated(line)
        for each, listed in self._read:
            share = _share(listed, stated)
            if share >= LEAST:
                yield each, share

    def in_house(self, line: str) -> Iterator[ListedAddress]:
        """The listed addresses in whose house a line stands, and not surely in their room."""
        if not self._may_be_in(line):
            return
        stated = self._stated(line)
        for each, listed in self._read:
            if _is_in_house(listed, stated) and _share(listed, stated) < LEAST:
                yield each

    def _may_be_in(self, line: str) -> bool:
        """Whether a line has what an address has: a digit, or a number in Chinese of a room."""
        if not self._addresses:
            return False
        return has_digit(line) or (
            not line.isascii() and self._words.numerals.search(line) is not None
        )

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


def has_number(line: str) -> bool:
    """Whether a line has any digit, or a Chinese character that is a number."""
    return bool(DIGIT(line)) if line.isascii() else any(map(str.isnumeric, line))


class Units(NamedTuple):
    """The rooms of an address.

    Attributes:
        whole: each with its floor, as far as that is said: 704, 16d.
        written: each as it is written: 4, d.
    """

    whole: frozenset[str]
    written: frozenset[str]

    def beside(self, other: Units) -> tuple[frozenset[str], frozenset[str]]:
        """The rooms of both as they can be compared: as written where either says no floor."""
        if self.whole and other.whole:
            return self.whole, other.whole
        return self.written, other.written

    def meets(self, other: Units) -> bool:
        """Whether one of the rooms of another address may be one of these."""
        one, two = self.beside(other)
        return not one.isdisjoint(two)

    def in_common(self, other: Units, is_said: bool) -> float:
        """Which share of the rooms of two addresses both have; of these alone where not said."""
        one, two = self.beside(other)
        return len(one & two) / len(one | two if is_said else one)


def _units(rooms: frozenset[str], floors: frozenset[str]) -> Units:
    """The rooms of an address: 4 on floor 7 is 704, as 704 is without a floor."""
    whole = {each for each in rooms if not _is_bare(each)}
    for room in rooms - whole:
        behind = room.zfill(BARE) if room.isdigit() else room
        whole |= {f"{floor}{behind}" for floor in floors}
    return Units(frozenset(whole), rooms)


def _is_bare(room: str) -> bool:
    """Whether a room is written without its floor, as far as its signs tell: 4, D or A1."""
    return len(room) <= BARE if room.isdigit() else not room[0].isdigit()


def _share(listed: ReadAddress, stated: ReadAddress) -> float:
    """How much of what a listed address says a line says; 0 where it stands elsewhere."""
    in_street = _is_in_street(listed, stated)
    if in_street is False:
        return 0.0
    if listed.floors and stated.floors and listed.floors.isdisjoint(stated.floors):
        return 0.0
    parts = len(listed.words) + len(listed.houses) + bool(listed.rooms)
    if parts < FEWEST or not (listed.rooms or listed.numbers):
        return 0.0
    # A number that no word announces may be a room's.
    loose = _loose(listed, stated)
    own = _units(listed.rooms, listed.floors)
    theirs = _units(stated.rooms or loose, stated.floors)
    if listed.rooms and not own.meets(theirs):
        return 0.0
    words = _in_common(listed.words, stated.words)
    met = sum(_is_met(each, stated) for each in listed.houses)
    # Where the number of the house is left out, any other number may be that of another one.
    if met < len(listed.houses) and (
        words < len(listed.words) or not all(_is_room(each, own, stated) for each in stated.numbers)
    ):
        return 0.0
    rooms = own.in_common(theirs, bool(stated.rooms)) if listed.rooms else 0.0
    share = (words + met + rooms) / parts
    surely = in_street and not own.whole.isdisjoint(theirs.whole)
    return max(share, WITHOUT_BUILDING) if surely else share


def _is_room(number: str, own: Units, stated: ReadAddress) -> bool:
    """Whether a number that no word announces is that of the room of a listed address."""
    return not stated.rooms and own.meets(_units(frozenset((number,)), stated.floors))


def _loose(listed: ReadAddress, stated: ReadAddress) -> frozenset[str]:
    """The numbers of a line that are not those of its house."""
    of_street = {number for each in stated.streets for number in each.numbers}
    if of_street:
        return stated.numbers - of_street
    return frozenset(
        number for number in stated.numbers if not any(house.has(number) for house in listed.houses)
    )


def _is_in_street(listed: ReadAddress, stated: ReadAddress) -> bool | None:
    """Whether a line stands at a house by street and number; None where it names no such street."""
    found = [
        one.is_at(two) for one in listed.streets for two in stated.streets if one.is_in_street(two)
    ]
    return any(found) if found else None


def _is_one_house(one: HouseNumbers, two: HouseNumbers) -> bool:
    return any(map(one.has, two)) or any(map(two.has, one))


def _is_met(house: HouseNumbers, stated: ReadAddress) -> bool:
    return any(_is_one_house(house, each) for each in stated.houses)


def _is_in_house(listed: ReadAddress, stated: ReadAddress) -> bool:
    """Whether a line stands in the house in which a listed address has its room, whatever room."""
    if not listed.rooms or not listed.houses:
        return False
    in_street = _is_in_street(listed, stated)
    if in_street is not None:
        return in_street
    if not all(_is_met(each, stated) for each in listed.houses):
        return _is_in_building(listed, stated)
    return _in_common(listed.words, stated.words) >= LEAST * len(listed.words)


def _is_in_building(listed: ReadAddress, stated: ReadAddress) -> bool:
    """Whether a line names the building and the room of a listed address, and no house."""
    if listed.floors and stated.floors and listed.floors.isdisjoint(stated.floors):
        return False
    loose = stated.rooms or stated.numbers
    if not _units(listed.rooms, listed.floors).meets(_units(loose, stated.floors)):
        return False
    if stated.rooms and stated.numbers:
        return False  # of another house, maybe
    ends = [
        at
        for at, word in enumerate(listed.words)
        for each in listed.streets
        if "".join(listed.words[at:]).startswith(each.street) or each.street.endswith(word)
    ]
    building = listed.words[: min(ends, default=len(listed.words))]
    return len(building) > 1 and _in_common(building, stated.words) == len(building)


def _in_common(listed: tuple[str, ...], stated: tuple[str, ...]) -> int:
    """How many words of a listed address a line has, two that either writes as one among them."""
    held = {*stated, *map("".join, itertools.pairwise(stated))}
    found = {at for at, word in enumerate(listed) if word in held}
    for at, pair in enumerate(itertools.pairwise(listed)):
        if "".join(pair) in held:
            found |= {at, at + 1}
    return len(found)
