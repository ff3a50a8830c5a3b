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
