"""FollowTheMoney entities: what several lines say of one party is said of it together."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListedEntry, ListReading


def row(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": properties}


def sanction(key: str, **properties: Any) -> dict[str, Any]:
    return row(key, "Sanction", entity=["a"], **properties)


def read(tmp_path: Path, *rows: Any) -> ListReading:
    path = tmp_path / "house.ftm.json"
    texts = (each if isinstance(each, str) else json.dumps(each) for each in rows)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return read_list(str(path), "ftm")


def the_entry(reading: ListReading) -> ListedEntry:
    (entry,) = reading.entries
    return entry


ZORBLAX = row("a", "Company", name=["Zorblax Works"], topics=["sanction"])
ENDED = sanction("s1", program=["OLD"], startDate=["2015-01-01"], endDate=["2020-01-01"])
OPEN = sanction("s2", program=["NEW"], startDate=["2014-05-01"], reason=["arms"])
LATER = sanction("s3", program=["OLD"], listingDate=["2016-01-01"], endDate=["2022-01-01"])


@pytest.mark.parametrize("order", list(permutations((ZORBLAX, ENDED, OPEN))))
def test_a_party_is_listed_as_long_as_one_of_its_sanctions_has_no_end(
    tmp_path: Path, order: tuple[dict[str, Any], ...]
) -> None:
    entry = the_entry(read(tmp_path, *order))
    assert (entry.since, entry.until) == ("2014-05-01", "")
    assert (entry.programme, entry.note) == ("NEW; OLD", "arms")


@pytest.mark.parametrize("order", list(permutations((ZORBLAX, ENDED, LATER))))
def test_a_party_whose_sanctions_have_all_ended_is_listed_until_the_last_end(
    tmp_path: Path, order: tuple[dict[str, Any], ...]
) -> None:
    entry = the_entry(read(tmp_path, *order))
    assert (entry.since, entry.until, entry.programme) == ("2015-01-01", "2022-01-01", "OLD")


@pytest.mark.parametrize(
    ("days", "since", "maybe", "until"),
    [
        (("2015-03-04T05:06:07", "2020-01-01"), "2015-03-04", "", "2020-01-01"),
        (("2015", "2020"), "2016-01-01", "2015-01-01", "2021-01-01"),
    ],
)
def test_days_of_a_sanction_may_be_years_or_have_an_hour(
    tmp_path: Path, days: tuple[str, str], since: str, maybe: str, until: str
) -> None:
    entry = the_entry(
        read(tmp_path, ZORBLAX, sanction("s", startDate=[days[0]], endDate=[days[1]]))
    )
    assert (entry.since, entry.maybe_since, entry.until) == (since, maybe, until)


def test_a_year_beside_a_day_is_when_it_may_have_begun(tmp_path: Path) -> None:
    rows = (sanction("s1", startDate=["2015"]), sanction("s2", startDate=["2015-06-01"]))
    entry = the_entry(read(tmp_path, ZORBLAX, *rows))
    assert (entry.since, entry.maybe_since) == ("2015-06-01", "2015-01-01")


def test_an_end_that_is_no_day_is_told_with_its_line_and_ends_nothing(tmp_path: Path) -> None:
    reading = read(
        tmp_path, ZORBLAX, ENDED, sanction("s", startDate=["2016-02-30"], endDate=["soon"])
    )
    entry = the_entry(reading)
    assert (entry.since, entry.until) == ("2015-01-01", "")
    assert reading.not_understood == (
        "line 3: `endDate` 'soon' is not a day; the sanction is kept without",
        "line 3: `startDate` '2016-02-30' is not a day; the sanction is kept without",
    )


def test_lines_of_one_party_are_one_party_with_all_that_they_say(tmp_path: Path) -> None:
    entry = the_entry(
        read(
            tmp_path,
            row("a", "LegalEntity", alias=["Zorb"], country=["cn"], address=["Elm St 1"]),
            row("a", "Company", name=["Zorblax Works"], topics=["debarment"]),
            row("a", "Company", name=["佐尔布厂"], country=["hk"], address=["Elm St 2"],
                topics=["sanction"]),
        )
    )  # fmt: skip
    assert [(name.text, name.kind) for name in entry.names] == [
        ("Zorblax Works", "name"), ("Zorb", "aka"), ("佐尔布厂", "zh"),
    ]  # fmt: skip
    assert (entry.countries, entry.addresses) == (("CN", "HK"), ("Elm St 1", "Elm St 2"))
    assert entry.programme == "debarment; sanction"


def test_who_is_a_person_in_one_line_is_one(tmp_path: Path) -> None:
    rows = [row("a", "Person", name=["Bea Quux"]), row("a", "LegalEntity", name=["B. Quux"])]
    for order in (rows, rows[::-1]):
        assert the_entry(read(tmp_path, *order)).kind == "individual"


def test_a_party_that_no_line_names_is_told_with_its_first_line(tmp_path: Path) -> None:
    rows = (row("b", "Vessel", alias=["Quux"]), row("b", "Vessel", country=["cn"]))
    reading = read(tmp_path, ZORBLAX, *rows, "no json")
    assert [entry.key for entry in reading.entries] == ["a"]
    assert reading.not_understood == ("line 2: Vessel without a name", "line 4: no entity")


def test_one_line_that_calls_a_party_a_target_is_enough(tmp_path: Path) -> None:
    beside = row("a", "Company", name=["Zorblax"]) | {"target": False}
    target = row("a", "Company", name=["Zorblax"]) | {"target": True}
    for order in ((beside, target), (target, beside)):
        assert not read(tmp_path, *order).unlisted
    assert read(tmp_path, beside, beside).unlisted == {"a"}


@pytest.mark.parametrize(("topic", "restricts"), [
    ("sanction", True), ("sanction.linked", True), ("export.control", True), ("reg.warn", True),
    ("debarment", True), ("wanted", True), ("fin.bank", False), ("gov.soe", False),
    ("corp.public", False), ("role.pep", False), ("regional", False),
])  # fmt: skip
def test_a_topic_that_restricts_nobody_makes_no_target_of_who_is_none(
    tmp_path: Path, topic: str, restricts: bool
) -> None:
    other = row("b", "Company", name=["Quux"], topics=[topic]) | {"target": False}
    assert read(tmp_path, ZORBLAX, other).unlisted == (set() if restricts else {"b"})
    # Without such a word it is listed, whatever it is.
    del other["target"]
    assert not read(tmp_path, ZORBLAX, other).unlisted


def test_identifiers_of_programmes_are_programmes_and_topics_only_where_there_are_none(
    tmp_path: Path,
) -> None:
    party = row("a", "Company", name=["Zorblax"], topics=["sanction"], programId=["ZZ-P2", "ZZ-P3"])
    assert the_entry(read(tmp_path, party)).programme == "ZZ-P2; ZZ-P3"
    said = sanction("s", program=["Order 1"], programId=["ZZ-P1"])
    for order in ((party, said), (said, party)):
        assert the_entry(read(tmp_path, *order)).programme == "Order 1; ZZ-P1; ZZ-P2; ZZ-P3"
    assert the_entry(read(tmp_path, ZORBLAX, said)).programme == "Order 1; ZZ-P1"


def test_a_party_is_called_as_its_caption_says_where_that_is_one_of_its_names(
    tmp_path: Path,
) -> None:
    names = {"name": ["ЗОРБЛАКС", "Zorblax"], "alias": ["Zorb"]}
    for caption, first in (("Zorblax", "Zorblax"), ("Zorb", "Zorb"), ("Company", "ЗОРБЛАКС")):
        entry = the_entry(read(tmp_path, row("a", "Company", **names) | {"caption": caption}))
        assert (entry.names[0].text, entry.names[0].kind) == (first, "name")
        assert {each.text for each in entry.names} == {"ЗОРБЛАКС", "Zorblax", "Zorb"}


def test_what_stands_nested_in_a_target_is_read_as_in_lines_of_its_own(tmp_path: Path) -> None:
    owned = row("b", "Company", name=["Quux"])
    said = row("s", "Sanction", program=["P"], startDate=["2020-01-01"], endDate=["2021-01-01"])
    place = row("p", "Address", full=["Elm St 1"])
    held = row("h", "Ownership", asset=[owned], percentage=["60"])
    party = row("a", "Company", name=["Zorblax"], sanctions=[said], addressEntity=[place, "q"],
                ownershipOwner=[held])  # fmt: skip
    reading = read(tmp_path, party | {"target": True}, row("q", "Address", full=["Elm St 2"]))
    first, second = sorted(reading.entries, key=lambda each: each.key)
    assert (first.programme, first.since, first.until) == ("P", "2020-01-01", "2021-01-01")
    assert set(first.addresses) == {"Elm St 1", "Elm St 2"}
    assert (second.names[0].text, reading.unlisted) == ("Quux", {"b"})
    assert [(each.owner, each.owned, each.share) for each in reading.holdings] == [("a", "b", "60")]
    assert reading.not_understood == ()


def test_a_nested_entity_that_is_not_read_is_told_and_the_party_is_kept(tmp_path: Path) -> None:
    odd = row("s", "Sanction", startDate=7)
    reading = read(tmp_path, row("a", "Company", name=["Zorblax"], sanctions=[odd, {"id": "x"}]))
    assert the_entry(reading).names[0].text == "Zorblax"
    assert reading.not_understood == (
        "line 1: `sanctions` holds `startDate` is not a list of texts",
        "line 1: `sanctions` holds what is no entity",
    )


def test_a_value_of_simple_targets_that_has_the_separator_itself_stands_in_quotes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "targets.csv"
    path.write_text(
        "id,schema,name,aliases,program_ids,addresses\n"
        '1,Company,Zorblax,"""Zorb; Works"";Quux ""Q"" AG",ZZ-P1;ZZ-P2,"""1 Road; Zug"""\n',
        encoding="utf-8",
    )
    entry = the_entry(read_list(str(path)))
    assert [each.text for each in entry.names] == ["Zorblax", "Zorb; Works", 'Quux "Q" AG']
    assert (entry.programme, entry.addresses) == ("ZZ-P1; ZZ-P2", ("1 Road; Zug",))


def test_an_end_before_the_beginning_is_told_with_the_line_of_the_party(tmp_path: Path) -> None:
    odd = sanction("s", startDate=["2021-01-01"], endDate=["2020-01-01"])
    reading = read(tmp_path, odd, row("b", "Company", name=["Quux"]), ZORBLAX)
    (fault,) = reading.not_understood
    assert fault.startswith("line 3: Zorblax Works: until 2020-01-01 is not after since")
    assert the_entry(reading._replace(entries=reading.entries[1:])).until == ""


@pytest.mark.parametrize(
    ("stated", "share"),
    [
        (["60"], "60"), (["60%", "60"], "60"), (["49.9", "50.1"], "49.9-50.1"),
        (["9", "10"], "9-10"), (["51", "over half"], "51 or over half"), ([], "unknown"),
    ],
)  # fmt: skip
def test_of_a_holding_with_several_percentages_all_count(
    tmp_path: Path, stated: list[str], share: str
) -> None:
    other = row("b", "Company", name=["Quux Works"])
    held = row("h", "Ownership", owner=["a"], asset=["b"], percentage=stated)
    (found,) = read(tmp_path, ZORBLAX, other, held).holdings
    assert found.share == share
