"""`owners count` reads the columns of a file of holdings as `owners` does, and tells all others."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.ownership.counted.counting import count
from detente.parties.ownership.counted.open_sources import read_source
from detente.parties.ownership.shares import WHOLE, Share
from detente.parties.screening.store import Screen
from detente.register.book import Register

DAY = "2025-11-05"


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(DAY, DAY)


def reached(file: Path, screen: Screen, day: str = DAY, rule: str = "bis") -> tuple[list[str], ...]:
    source = read_source(file, screen.lists[0].tables)
    found = count(Register.built_in(), [source], screen, rule, day)
    return tuple([each["company"] for each in found[kind]] for kind in ("companies", "possibly"))


@pytest.mark.parametrize(
    "text",
    [
        "owner,owned,share,key\nSMIC,Zork,30,a\nSMIC,Zork,30,b\n",
        "owner,owned,share,key\nSMIC,Zork,30,a\nSMIC,Zork,30,a\n",
        "owner,owned,share,from,until\nSMIC,Zork,60,2015-01-01,2020-01-01\n",
        "owner,owned,share,from,until\nSMIC,Zork,60,2015-01-01,2030-01-01\n",
        "owner,owned,share,key,from\nSMIC,Zork,30,a,2015-01-01\nSMIC,Zork,30,b,2016-01-01\n",
    ],
)
def test_a_file_of_holdings_is_counted_as_owners_reads_it(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file, seeds = tmp_path / "own.csv", tmp_path / "seeds.csv"
    file.write_text(text)
    seeds.write_text("id,list\nSMIC,EL\n")
    assert main(["owners", str(file), "--seeds", str(seeds), "--on", DAY, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    covered, possibly = reached(file, screen)
    assert covered == [each["id"] for each in answer["covered"]]
    assert possibly == [each["id"] for each in answer["possibly_covered"]]


@pytest.mark.parametrize(
    "headings",
    [
        "Parent Company,Company Name,Ownership", "parent,child,share_percent",
        "Investor,Investee,Stake (%)", "Shareholder Name,Name of Entity,Equity Interest",
        "母公司名称,公司名称,持股比例", "Owner,Name,Shareholding",
    ],
)  # fmt: skip
def test_owners_companies_and_shares_are_found_by_usual_headings(
    tmp_path: Path, screen: Screen, headings: str
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(f"{headings}\nSMIC,Zork,60\n", encoding="utf-8")
    assert reached(file, screen) == (["Zork"], [])


@pytest.mark.parametrize("heading", ["State", "State or Country", "Domicile"])
def test_an_exhibit_of_names_and_states_is_read(
    tmp_path: Path, screen: Screen, heading: str
) -> None:
    file = tmp_path / "ex21.csv"
    file.write_text(f"Name,{heading},%\nZork,Delaware,100\nQuux,Singapore,100\n")
    source = read_source(file, screen.lists[0].tables, "SMIC")
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    # The rule does not reach companies of the United States.
    assert [each["company"] for each in found["companies"]] == ["Quux"]


def test_where_it_is_open_whether_anybody_is_covered_no_number_is_told(
    tmp_path: Path, screen: Screen
) -> None:
    file = tmp_path / "own.csv"
    file.write_text("owner,owned,share\nZork,Quux,40\n")
    source = read_source(file, screen.lists[0].tables)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert found["status"] == "open"
    assert "no company is found to be covered, and whether one is, is open" in found["sentence"]
    assert "begins from 0 listed parties that the files name" in found["sentence"]
    assert "the owners of 1 company are named in part (Quux)" in found["sentence"]


def test_votes_seats_and_control_are_read_where_a_table_has_them(
    tmp_path: Path, screen: Screen
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "owner,owned,share,votes_share,board_share,contract_control\n"
        "SMIC,Zork,1,60%,wholly-owned,yes\n"
        "SMIC,Quux,1,about 9,,perhaps\n"
    )
    held = read_source(file, screen.lists[0].tables).holdings
    first, second = held.rows
    assert first.votes == Share(Fraction(3, 5), Fraction(3, 5))
    assert first.board == Share(WHOLE, WHOLE)
    assert (first.contract, second.contract, second.board) == (True, False, None)
    told = "\n".join(flag.why for flag in held.flags)
    assert "'about 9' is not a share" in told
    assert "'perhaps' is neither true nor false" in told


def test_columns_that_were_not_read_are_told(tmp_path: Path, screen: Screen) -> None:
    file = tmp_path / "own.csv"
    file.write_text("owner,owned,share,key,until,Remarks,voting power\nSMIC,Zork,60,,,x,9\n")
    (note,) = read_source(file, screen.lists[0].tables).holdings.notes
    assert note == "own.csv: 2 columns were not read (Remarks, voting power)"


def test_a_key_is_advised_only_where_one_can_be_written(tmp_path: Path, screen: Screen) -> None:
    table, relations = tmp_path / "own.csv", tmp_path / "own.jsonl"
    table.write_text("owner,owned,share\nSMIC,Zork,30\nSMIC,Zork,40\n")
    entities = [
        {"id": each, "schema": "Company", "properties": {"name": [name]}}
        for each, name in (("a", "SMIC"), ("b", "Zork"))
    ]
    owned = [
        {
            "id": share,
            "schema": "Ownership",
            "properties": {"owner": ["a"], "asset": ["b"], "percentage": [share]},
        }
        for share in ("30", "40")
    ]
    relations.write_text("\n".join(map(json.dumps, [*entities, *owned])) + "\n")
    for file, is_advised in ((table, True), (relations, False)):
        source = read_source(file, screen.lists[0].tables)
        found = count(Register.built_in(), [source], screen, "bis", DAY)
        (told,) = (each["why"] for each in found["red_flags"] if "30%" in each["why"])
        assert ("key" in told) is is_advised, told


@pytest.mark.parametrize(
    ("since", "until", "day", "reach"),
    [
        ("2025-11-05", "", DAY, "certain"),
        ("2025-11-06", "", DAY, "none"),
        ("2026", "", DAY, "none"),
        ("2025", "", DAY, "open"),
        ("2025-11", "", DAY, "open"),
        ("2025-10", "", DAY, "certain"),
        ("2024", "2025-11", DAY, "open"),
        ("2024", "2025-12", DAY, "certain"),
        ("2024", "2024", DAY, "none"),
        ("2025", "2025", DAY, "open"),
        ("Dec 2030", "", DAY, "unread"),
        ("01/06/2027", "", DAY, "unread"),
        ("2030-13-01", "", DAY, "unread"),
        ("2030-13", "", DAY, "unread"),
        ("", "soon", DAY, "unread"),
        ("soon", "2020", DAY, "none, unread"),
        ("2025-01-01", "2024", DAY, "unread"),
    ],
)
def test_since_when_and_until_when_a_holding_stands_is_never_passed_over(
    tmp_path: Path, screen: Screen, since: str, until: str, day: str, reach: str
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(f"owner,owned,share,from,until\nSMIC,Zork,60,{since},{until}\n")
    source = read_source(file, screen.lists[0].tables)
    covered, possibly = reached(file, screen, day)
    assert bool(covered) is (reach == "certain")
    assert bool(possibly) is (reach in ("open", "unread"))
    assert bool(source.holdings.flags) is ("unread" in reach)
    assert (source.rows, source.with_share) == (1, 1)


@pytest.mark.parametrize(
    ("headings", "cells", "country"),
    [
        ("State or Other Jurisdiction of Incorporation", "Delaware", "US"),
        ("State or Other Jurisdiction of Incorporation or Organization", "Delaware", "US"),
        ("Jurisdiction of Organization/Formation", "Nevada", "US"),
        ("JURISDICTION OF INCORPORATION", "Delaware", "US"),
        ("Jurisdiction of Organisation", "Germany", "DE"),
        ("State of Incorporation", "Texas", "US"),
        ("Country of Incorporation", "Germany", "DE"),
        ("Place of registration", "Hong Kong", "HK"),
        ("registration_country", "CN", "CN"),
        ("Place of Incorporation and Operation", "Hong Kong", "HK"),
        ("Country of operation", "Germany", "DE"),
        ("Where organized (state or country)", "Delaware", "US"),
        ("注册国家/地区", "中国", "CN"),
        ("Country of operation,Country of incorporation", "China,Germany", "DE"),
        ("State of incorporation,Country of incorporation", "Delaware,USA", "US"),
        ("State of incorporation,Country of incorporation", ",Germany", "DE"),
        ("Country,Country of incorporation", "China,Germany", "CN"),
        # These say nothing of the company's country.
        ("State registration number", "77", ""),
        ("Owner country of incorporation", "Germany", ""),
        ("注册地址", "上海市", ""),
        ("State of affairs", "Delaware", ""),
        ("Organization", "Delaware", ""),
    ],
)
def test_the_country_is_found_by_the_words_of_its_heading(
    tmp_path: Path, screen: Screen, headings: str, cells: str, country: str
) -> None:
    file = tmp_path / "ex21.csv"
    file.write_text(f"Subsidiary,Share,{headings}\nZork,100,{cells}\n", encoding="utf-8")
    held = read_source(file, screen.lists[0].tables, "SMIC").holdings
    (found,) = (each.country for each in held.entities.values() if each.name == "Zork")
    assert found == country
    assert country or f"1 column was not read ({headings})" in "\n".join(held.notes)


def test_a_code_in_a_column_of_states_may_be_that_of_a_country(
    tmp_path: Path, screen: Screen
) -> None:
    for heading, expected in (("State of Incorporation", (0, 1)), ("Country", (1, 0))):
        file = tmp_path / "own.csv"
        file.write_text(f"owner,owned,share,{heading}\nSMIC,Zork Inc,100,DE\n")
        assert tuple(map(len, reached(file, screen))) == expected
