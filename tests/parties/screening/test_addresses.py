"""Entries that are addresses: how an address is read, and which lines stand at a listed one."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente.cli.parties.show_party import show
from detente.parties.screening.crowd import answers_of, one
from detente.parties.screening.listed.addresses import (
    MOST_ROOMS,
    HouseNumbers,
    ListedAddress,
    ListedAddresses,
    address_words,
    packed,
    read_address,
    read_addresses,
)
from detente.parties.screening.party import answer_party
from detente.parties.screening.queries import NameQuery, query_of
from detente.parties.screening.related import NameHits, RelatedParties
from detente.parties.screening.store import Screen
from detente.register.book import Register

TABLES = Path(__file__).parents[3] / "data" / "parties"


def rows_of(table: str) -> list[dict[str, str]]:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = [(row["kind"], row["word"], row["means"]) for row in rows_of("address_words.tsv")]
WORDS = address_words(ROWS)


@pytest.mark.parametrize(
    ("text", "rooms", "floors", "numbers", "words"),
    [
        ("Room 5, 10 Long Rd, Harbour", {"5"}, set(), {"10"}, ["long", "road", "harbour"]),
        ("Flat/Rm 2309, 23/F, X Ctr", {"2309"}, {"23"}, set(), ["center"]),
        ("Unit D, 16th Floor, Y Bldg", {"d"}, {"16"}, set(), ["building"]),
        ("13F, No. 4 Quux St.", set(), {"13"}, {"4"}, ["quux", "street"]),
        ("Level 7 Quux", set(), {"7"}, set(), ["quux"]),
        ("Rm 1318-20 Quux", {"1318", "1319", "1320"}, set(), set(), ["quux"]),
        ("Room 19C Quux", {"19c"}, set(), set(), ["quux"]),
        ("Room A1-A3 Quux", {"a1", "a3"}, set(), set(), ["quux"]),
        ("Unit 04 Quux", {"4"}, set(), set(), ["quux"]),
        ("45-51 Quux Road South", set(), set(), {"45", "51"}, ["quux", "road", "south"]),
        ("16/F 18 Quux Rd", set(), {"16"}, {"18"}, ["quux", "road"]),
        ("Hong Kong", set(), set(), set(), []),
        ("Units A-D, 16/F Quux", {"a", "b", "c", "d"}, {"16"}, set(), ["quux"]),
        ("Unit D Quux", {"d"}, set(), set(), ["quux"]),
        ("香港灣仔盧押道18號16樓D室", {"d"}, {"16"}, {"18"}, ["luard", "road"]),
        (
            "九龍花园街２－１６号 23层 2309号室",
            {"2309"},
            {"23"},
            {"2", "16"},
            ["fa", "yuen", "street"],
        ),
        ("彌敦道610號1318-20室", {"1318", "1319", "1320"}, set(), {"610"}, ["nathan", "road"]),
        # Numbers in characters, before what they are the number of alone.
        ("彌敦道六百一十號十三樓", set(), {"13"}, {"610"}, ["nathan", "road"]),
        ("彌敦道六一〇號廿三字樓零四室", {"4"}, {"23"}, {"610"}, ["nathan", "road"]),
        ("駱克道三百零一至三百零七號", set(), set(), {"301", "307"}, ["lockhart", "road"]),
        ("三元里拾陸樓 佰佳一室", {"1"}, {"16"}, set(), ["三元里", "佰佳"]),
        ("二百樓二十至二十二室", {"20", "21", "22"}, {"200"}, set(), []),
        # A room that is not called one, and a floor behind a character.
        ("駱克道301號19樓C", {"c"}, {"19"}, {"301"}, ["lockhart", "road"]),
        ("駱克道301號19字樓C座", {"c"}, {"19"}, {"301"}, ["lockhart", "road"]),
        ("花園街2號16樓4號", {"4"}, {"16"}, {"2"}, ["fa", "yuen", "street"]),
        ("花園街2號A座16樓04單位", {"4"}, {"16"}, {"2"}, ["fa", "yuen", "street", "a座"]),
        ("中心16/F D室", {"d"}, {"16"}, set(), ["中心"]),
        ("RM1318 13F Quux", {"1318"}, {"13"}, set(), ["quux"]),
        ("1318 Level 13 Quux", set(), {"13"}, {"1318"}, ["quux"]),
    ],
)
def test_an_address_is_read_into_rooms_floors_numbers_and_words(
    text: str, rooms: set[str], floors: set[str], numbers: set[str], words: list[str]
) -> None:
    assert read_address(text, WORDS)[:4] == (rooms, floors, numbers, tuple(words))


@pytest.mark.parametrize(
    ("text", "streets"),
    [
        ("45-51 Quux Road South", [("45", "51", "quuxroad", "south")]),
        ("45 – 51, Quux Rd. S", [("45", "51", "quuxroad", "south")]),
        ("No. 33 Mong Kok Road", [("33", "33", "mongkokroad", "")]),
        ("2-16 Fa Yuen St", [("2", "16", "fayuenstreet", "")]),
        ("Room 4, Long Tower, 5 Wide Lane", [("5", "5", "widelane", "")]),
        ("5 Zorblax Centre", []),  # a building and no street
        ("5 A Very Long Name Indeed Road", []),
        ("Quux Road 5", []),
    ],
)
def test_a_street_is_read_behind_the_numbers_of_its_house(
    text: str, streets: list[tuple[str, str, str, str]]
) -> None:
    found = read_address(text, WORDS).streets
    assert [(*each.numbers, each.street, each.end) for each in found] == streets


@pytest.mark.parametrize(
    ("numbers", "has", "has_not"),
    [
        (("45", "51"), ["45", "47", "51"], ["43", "46", "53", "4"]),  # the other side of the street
        (("2", "16"), ["2", "4", "16"], ["3", "18"]),
        (("4", "7"), ["4", "5", "6", "7"], ["3", "8"]),  # a house of both sides
        (("12a", "12a"), ["12a"], ["12", "12b"]),
    ],
)
def test_a_house_has_every_number_of_its_range_on_its_side(
    numbers: tuple[str, str], has: list[str], has_not: list[str]
) -> None:
    house = HouseNumbers(*numbers)
    assert [each for each in (*has, *has_not) if house.has(each)] == has


def test_a_long_range_is_its_ends_and_so_many_rooms() -> None:
    assert len(read_address("Room 1-9000", WORDS).rooms) == MOST_ROOMS + 1
    assert read_address("Room 20-18", WORDS).rooms == {"20", "18"}


PLACE_OF = "Unit 77, 9/F, Zorblax Centre, 12 Quuxly Street, Wanchai, Hong Kong"


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("Acme, " + PLACE_OF, 1.0),
        ("ACME LTD RM 77 ZORBLAX CTR 12 QUUXLY ST HK", 1.0),
        ("Acme, 77 Zorblax Centre, 12 Quuxly Street", 1.0),  # nothing says that it is a room
        ("Acme, Flat 77, Zorblax Centre, Quuxly Street", 5 / 6),  # no house, and all words
        ("Acme, Flat 77, Zorb lax Centre, 12 Quuxly Street", 1.0),  # one word written as two
        ("Acme, Unit 77, Zorblax, 12 Quuxly", 4 / 6),
        ("Acme, Unit 77, Zorblax", None),  # no house, and half of the words
        ("Unit 78, 9/F, Zorblax Centre, 12 Quuxly Street", None),  # another room
        ("Unit 77, 8/F, Zorblax Centre, 12 Quuxly Street", None),  # another floor
        ("Unit 77, 9/F, Zorblax Centre, 14 Quuxly Street", None),  # another house
        ("9/F, Zorblax Centre, 12 Quuxly Street", None),  # no room
        ("Acme, Unit 77, Zorblax Centre, 3 Quux Road, Quuxly Street", None),  # another house
        ("Zorblax Quuxly Trading", None),
    ],
)
def test_a_line_stands_at_an_address_by_its_room_its_house_and_its_words(
    line: str, share: float | None
) -> None:
    kept = packed(iter([(7, "Address 01", [PLACE_OF]), (8, "Acme", ["5 Long Road, Harbour"])]))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE facts (fact TEXT, value BLOB)")
        assert read_addresses(database) == ()
        database.execute("INSERT INTO facts VALUES ('addresses', ?)", (kept,))
        held = read_addresses(database)
    assert [(each.entry, each.text) for each in held] == [(7, PLACE_OF)]
    found = [(each.entry, part) for each, part in ListedAddresses(held, ROWS).in_line(line)]
    assert found == ([] if share is None else [(7, pytest.approx(share))])


@pytest.mark.parametrize(
    ("address", "found"),
    [("5 Long Road", True), ("5 Road", False), ("Long Road Harbour Zone", False)],
)
def test_a_short_address_or_one_without_a_number_finds_nobody(address: str, found: bool) -> None:
    held = ListedAddresses((ListedAddress(1, address),), ROWS)
    assert bool(held)
    assert not ListedAddresses((), ROWS)
    assert bool(list(held.in_line(f"Acme {address} 5"))) is found


def test_only_entries_that_are_called_addresses_are_addresses() -> None:
    names = ("Address 1", "address 22", "Address", "Address 1 Ltd", "The Address 1")
    kept = packed((at, name, ["x"]) for at, name in enumerate(names))
    assert kept == b'[[0, "x"], [1, "x"]]'


# --- the addresses that came along ---------------------------------------------------------------


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen("2026-07-31")


@pytest.mark.parametrize("row", rows_of("listed_addresses.tsv"), ids=lambda row: row["key"])
def test_whoever_stands_at_a_listed_address_is_a_hit(screen: Screen, row: dict[str, str]) -> None:
    line = f"Zorblaxia Trading Limited, {row['address']}"
    hit = screen.parties(line)[0]
    assert (hit.entry.list, hit.entry.key, hit.score) == (row["list"], row["key"], 1.0)
    assert hit.entry.note == row["note"]
    assert row["grade"] == "secondary"
    assert row["source"]
    # In a column of its own it says the same, one by one and many at a time.
    query = query_of("Zorblaxia Trading Limited", None, None, address=row["address"])
    assert screen.parties(query.name, address=query.address)[0] == hit
    assert answers_of(screen)([query], 1) == [[hit]]
    assert answers_of(screen)([NameQuery(query.name)], 1) == [[]]


def test_an_address_before_it_was_listed_is_no_hit_in_force() -> None:
    (row, *_) = rows_of("listed_addresses.tsv")
    before = Screen("2024-06-01")
    (hit,) = before.parties(f"Zorblaxia, {row['address']}")
    assert before.standing(hit.entry) != "in force"


HOUSE = "Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon"


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        (HOUSE, True),
        (f"13/F, {HOUSE}", True),
        (f"{HOUSE}, Hong Kong 999077", True),
        ("Hollywood Plaza, 610 Nathan Rd., Kowloon", True),
        ("610 Nathan Road, Kowloon", True),
        # Another room or floor of it, or a number that may be that of a room.
        (f"Room 1203, {HOUSE}", True),
        (f"12/F, {HOUSE}", True),
        (f"1203 {HOUSE}", True),
        # Another house.
        (HOUSE.replace("610", "611"), False),
        ("Room 1203, 608 Nathan Road, Kowloon", False),
    ],
)
def test_the_house_of_a_listed_address_is_told_as_related_where_the_room_is_not_surely_its_own(
    screen: Screen, line: str, is_told: bool
) -> None:
    told = ["Address 07", "Address 08"] if is_told else []
    for query in (
        query_of("Zorblaxia Trading Limited", None, None, address=line),
        query_of(f"Zorblaxia Trading Limited, {line}", None, None),
    ):
        for answers in (answers_of(screen), lambda queries, top: [alone(screen, queries[0], top)]):
            (found,) = answers([query], 1)
            assert not isinstance(found, str)
            assert (list(found), [each.entry.names[0].text for each in found.related]) == ([], told)
            assert all(each.why.endswith(f": {each.entry.addresses[0]}") for each in found.related)


def test_a_hit_at_the_room_of_a_listed_address_is_not_told_again(screen: Screen) -> None:
    query = query_of("Zorblaxia Trading Limited", None, None, address=f"Room 1318, 13/F, {HOUSE}")
    (found,) = answers_of(screen)([query], 5)
    assert not isinstance(found, str)
    assert [hit.entry.names[0].text for hit in found] == ["Address 07", "Address 08"]
    assert found.related == []


def test_what_addresses_are_called_is_nobodys_brand(screen: Screen) -> None:
    # Neither one of them nor a company that is called so is told the others.
    for name in ("Address 04", "Address 12", "Address Zorblaxia Ltd"):
        found = answer_party(Register.built_in(), screen, name, screen.day)
        assert not [each["entry"] for each in found["related"] if "Address" in each["entry"]], name
    found = answer_party(Register.built_in(), screen, "Address 04", screen.day)
    (at,) = found["party"]["addresses"]
    assert f"at {at}" in " ".join(show(found).split())


def alone(screen: Screen, query: NameQuery, top: int) -> NameHits | str:
    return one(screen, query, top, RelatedParties(screen))


# --- every listed address, in the ways in which one is written -----------------------------------

PARTS = {
    # key: floor, unit, building, first and last number of the house, street
    "Address 01": ("16", "D", "One Capital Place", "18", "18", "Luard Road"),
    "Address 02": ("7", "4", "Bright Way Tower", "33", "33", "Mong Kok Road"),
    "Address 03": ("19", "C", "Lockhart Centre", "301", "307", "Lockhart Road"),
    "Address 04": ("8", "3", "Chevalier House", "45", "51", "Chatham Road South"),
    "Address 05": ("23", "9", "Ho King Commercial Centre", "2", "16", "Fa Yuen Street"),
    "Address 06": ("16", "4", "Ho King Commercial Centre", "2", "16", "Fa Yuen Street"),
    "Address 07": ("13", "18", "Hollywood Plaza", "610", "610", "Nathan Road"),
    "Address 08": ("13", "20", "Hollywood Plaza", "610", "610", "Nathan Road"),
}
"""What each listed address says."""

SHORT = {"Road": "Rd", "Street": "St.", "South": "S", "Centre": "Ctr", "Tower": "Twr"}


def rooms_of(floor: str, unit: str) -> list[str]:
    """The ways in which a room is written with its floor."""
    padded = unit.zfill(2)
    whole = f"{floor}{padded if unit.isdigit() else unit}"
    return [
        f"Room {whole}", f"Rm {whole}, {floor}/F", f"Unit {unit}, {floor}/F",
        f"Flat {padded if unit.isdigit() else unit}, {floor}/F.", f"Office {unit} {floor}th Floor",
        f"RM {whole.lower()} {floor}F", f"Flat/Rm {whole}", whole,
    ]  # fmt: skip


def houses_of(building: str, first: str, last: str, street: str) -> list[str]:
    """The ways in which a house is written that has its street and number."""
    span = first if first == last else f"{first}-{last}"
    full = f"{building}, {span} {street}"
    short = " ".join(SHORT.get(each, each) for each in full.split())
    joined = f"{building}, {span} {street.replace(' ', '', street.count(' ') - 1)}"
    return [
        full, short, joined if "South" not in street else full,
        f"{building}, {first} {street}, Hong Kong", f"{building} {last} {street} Kowloon",
        f"{span} {street}", f"No. {first} {street}, Hong Kong 999077",
    ]  # fmt: skip


LISTED = rows_of("listed_addresses.tsv")
HELD = ListedAddresses([ListedAddress(at, row["address"]) for at, row in enumerate(LISTED)], ROWS)


def told(address: str) -> tuple[set[str], set[str]]:
    """The listed addresses that are a hit, and those that are related."""
    line = f"Zorblaxia Trading Limited, {address}"
    found = [each for each, _ in HELD.in_line(line)], list(HELD.in_house(line))
    hits, related = ({LISTED[each.entry]["key"][:10] for each in some} for some in found)
    return hits, related


@pytest.mark.parametrize("key", PARTS)
def test_a_listed_address_is_found_however_it_is_written(key: str) -> None:
    floor, unit, *house = PARTS[key]
    lost = [
        line
        for room in rooms_of(floor, unit)
        for where in houses_of(*house)
        if key not in told(line := f"{room}, {where}")[0]
    ]
    assert lost == []


@pytest.mark.parametrize("key", PARTS)
def test_another_room_of_the_house_is_related_and_another_house_is_nothing(key: str) -> None:
    floor, unit, building, first, last, street = PARTS[key]
    listed = {(each[0], each[1]) for each in PARTS.values()} | {("13", "19")}
    others = [("3", "7"), (floor, "B"), (f"{int(floor) + 2}", unit), (floor, "11")]
    for other in others:
        assert other not in listed
        for room in rooms_of(*other):
            for where in houses_of(building, first, last, street):
                hits, related = told(f"{room}, {where}")
                assert not hits, (room, where)
                assert key in related, (room, where)
    beside = int(last) + 2
    for room in (*rooms_of(floor, unit), *rooms_of("3", "7"), "3/F"):
        for house in (beside, int(first) - 1, int(last) + 1, 1000 + beside):
            line = f"{room}, {house} {street}, Kowloon"
            assert told(line) == (set(), set()), line
    for where in (
        f"{building}, {beside} {street}",
        f"{first} Zorblax Road",
        f"{first} Quux Centre",
    ):
        assert told(f"Room {floor}{unit.zfill(2)}, {where}") == (set(), set()), where


IN_CHINESE = {
    "Address 01": "香港灣仔盧押道18號16樓D室",
    "Address 02": "九龍旺角道33號7樓704室",
    "Address 03": "香港湾仔骆克道301-307号洛克中心19楼C室",
    "Address 04": "九龍尖沙咀漆咸道南45至51號其士大廈8樓803室",
    "Address 05": "九龍旺角花園街2-16號好景商業中心23樓2309室",
    "Address 06": "旺角花園街2-16號好景商業中心16樓1604室",
    "Address 07": "九龍旺角彌敦道610號荷李活商業中心13樓1318室",
    "Address 08": "九龍旺角彌敦道610號荷李活商業中心13樓1320室",
}


SPOKEN = re.compile("[0-9]+")


def in_characters(found: re.Match[str]) -> str:
    """A number of two digits as it is said (16 is 十六), a longer one digit by digit."""
    digits = ["零一二三四五六七八九"[int(each)] for each in found[0]]
    return f"{digits[0].lstrip('一')}十{digits[1]}" if len(digits) == 2 else "".join(digits)


@pytest.mark.parametrize("key", IN_CHINESE)
def test_a_listed_address_is_found_in_chinese_and_another_room_or_house_is_not(key: str) -> None:
    line = IN_CHINESE[key]
    assert key in told(line)[0]
    assert key in told(f"佐布拉貿易有限公司 {line}")[0]
    assert key in told(SPOKEN.sub(in_characters, line))[0]
    assert key in told(re.sub("[樓楼]", "字樓", line))[0]
    before, number, room = line.rpartition("樓" if "樓" in line else "楼")
    hits, related = told(f"{before}{number}9{room[1:]}" if room[1:] != "室" else f"{line[:-2]}K室")
    assert key not in hits
    assert key in related
    assert key not in told(line.replace("道", "台").replace("街", "台"))[0]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Room 803, Chevalier House, Tsim Sha Tsui, Hong Kong", {"Address 04"}),
        ("8/F 803 Chevalier House, Kowloon", {"Address 04"}),
        ("Flat/Rm 2309, Ho King Commercial Centre, Mong Kok", {"Address 05"}),
        ("其士大廈803室", {"Address 04"}),
        ("Room 804, Chevalier House, Hong Kong", set()),
        ("Room 803, Chevalier House, 5 Zorblax Road", set()),
        ("Room 803, Zorblax House, Hong Kong", set()),
        ("Unit 3, 9/F Chevalier House, Hong Kong", set()),
        ("Chevalier House, Hong Kong", set()),
    ],
)
def test_the_room_of_a_building_without_its_street_is_related(line: str, keys: set[str]) -> None:
    assert told(line) == (set(), keys)


@pytest.mark.parametrize(
    ("street", "found"),
    [
        ("Chatham Road South", True),
        ("Chatham Rd. S", True),
        ("Chatham Road", True),
        ("Chatham Road North", False),
        ("Chatham Road (North)", False),
        ("Chatham Rd Nth", False),
    ],
)
def test_the_other_end_of_a_street_is_another_house(street: str, found: bool) -> None:
    keys = {"Address 04"} if found else set()
    for line in (f"Room 803, 8/F, Quux House, 45-51 {street}", f"803, 45 {street}, Kowloon"):
        assert told(line) == (keys, set())
    assert "Address 04" not in told("九龍紅磡漆咸道北45-51號8樓803室")[0]


def test_a_range_of_units_in_letters_has_those_between() -> None:
    assert told("Units A-F, 16/F One Capital Place, 18 Luard Road")[0] == {"Address 01"}
    assert not told("Units E-F, 16/F One Capital Place, 18 Luard Road")[0]
