"""Entries that are addresses: how an address is read, and which lines stand at a listed one."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente.cli.parties.show_party import show
from detente.parties.screening.crowd import answers_of, one
from detente.parties.screening.listed.addresses import (
    MOST_ROOMS,
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
    ],
)
def test_an_address_is_read_into_rooms_floors_numbers_and_words(
    text: str, rooms: set[str], floors: set[str], numbers: set[str], words: list[str]
) -> None:
    assert read_address(text, WORDS) == (rooms, floors, numbers, tuple(words))


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
        # Another room, floor or house, or a number that may be that of a room.
        (f"Room 1203, {HOUSE}", False),
        (f"12/F, {HOUSE}", False),
        (f"1203 {HOUSE}", False),
        (HOUSE.replace("610", "611"), False),
        ("610 Nathan Road, Kowloon", False),
    ],
)
def test_the_house_of_a_listed_address_is_told_as_related_where_the_room_is_not_said(
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
