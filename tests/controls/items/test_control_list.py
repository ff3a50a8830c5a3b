"""The Commerce Control List and the Country Chart: every entry, and cases read off the text.

chart_cases.tsv holds entries all of whose controls are on the entire entry, with a destination and
the columns of the entry that bear a mark there; `licence` where there is one, else none by the
list.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.controls.control_list import ControlList
from detente.controls.items import ItemError
from tools import control_list as snapshot

if TYPE_CHECKING:
    from tests.controls.conftest import Ask

DAY, BEFORE = "2026-07-23", "2026-07-22"
with Path(__file__).with_name("chart_cases.tsv").open(encoding="utf-8") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t")]


def by_the_list(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in answer["rules"] if each["measure"] == "us-control-list"]


@pytest.mark.parametrize(("eccn", "to", "columns"), CASES)
def test_the_chart_decides_from_the_day_of_the_table_and_nothing_is_said_of_the_day_before(
    ask: Ask, eccn: str, to: str, columns: str
) -> None:
    marked = columns.split(";") if columns else []
    answer = ask("US", to, DAY, item=eccn)
    rules = by_the_list(answer)
    assert [rule["title"].split(": ")[1].split(",")[0] for rule in rules] == marked
    assert all(eccn in rule["citation"] and "part 738" in rule["citation"] for rule in rules)
    assert answer["decision"] == ("licence" if marked else "none")
    assert by_the_list(ask("US", to, BEFORE, item=eccn)) == []
    assert ask("US", to, BEFORE, item=eccn)["decision"] not in ("none", "licence")


def test_every_entry_to_six_destinations_is_decided_as_the_snapshot_says() -> None:
    assert snapshot.FILE.read_text(encoding="utf-8").splitlines() == list(snapshot.rows())


def test_hong_kong_is_decided_as_china_and_macau_by_its_own_row() -> None:
    rows = [line.split("\t") for line in snapshot.FILE.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == 633
    assert [row[1] for row in rows] == [row[2] for row in rows]
    # "China, Russia, or Venezuela" is not Macau: .y paragraphs of the 600 series, and no more.
    apart = [row[0] for row in rows if row[1] != row[3]]
    assert apart
    assert all(eccn[2:3] in "56" for eccn in apart)


@pytest.mark.parametrize(
    ("item", "to", "decision"),
    [
        ("0A501.y", "CN", "none"),  # FC 1 has no mark for China; NS and RS leave .y out; AT
        ("9A610.y", "CN", "licence"),  # 742.6(a)(7): China, Russia, or Venezuela
        ("9A610.y", "MO", "none"),
        ("9A610.a", "DE", "licence"),  # NS 1 and RS 1 are marked for all but Canada
        ("9A610.x", "DE", "candidates"),  # parts for an aircraft of .b are left out
        ("3A611.a", "CN", "licence"),
        ("5A001.f.1", "JP", "licence"),  # SL: every destination, 742.13
        ("5A002.a", "DE", "licence"),  # NS 1, and EI to all but Canada
        ("5A002.a", "CA", "none"),
        ("5A992.c", "CN", "none"),  # AT 1 alone
        ("4A906", "CA", "licence"),  # worldwide, 742.4(a)(5)
        ("3A001.a.2", "CN", "licence"),  # NS 2
        ("1C006", "IN", "none"),  # NS 2 has no mark for India
        ("6A005", "IN", "candidates"),  # NP 1 has, for lasers that meet 6A205
        ("1C351", "CN", "licence"),  # CB 1 and 2
        ("2B001", "CN", "licence"),
        ("7A103", "CN", "licence"),  # MT 1
        ("9E003.a.1", "JP", "licence"),  # SI: all but Canada
        ("0A982", "FR", "licence"),  # all but Canada
        ("2B999", "CN", "none"),  # AT, and RS for Pakistan and Iraq
        ("2B999.a", "PK", "licence"),
        ("2B999.h.2", "PK", "none"),
    ],
)
def test_entries_are_decided_as_the_regulation_reads(
    ask: Ask, item: str, to: str, decision: str
) -> None:
    assert ask("US", to, "2026-08-01", item=item)["decision"] == decision


@pytest.mark.parametrize("item", ["0A002", "9A005", "0A521", "1C980", "2B018"])
def test_what_the_table_does_not_decide_is_not_covered(ask: Ask, item: str) -> None:
    answer = ask("US", "DE", "2026-08-01", item=item)
    assert answer["decision"] == "not_covered"
    if item in ("0A002", "9A005"):
        assert "ITAR" in str(answer["coverage"])


@pytest.mark.parametrize("to", ["IR", "KP", "CU", "SY", "RU", "BY"])
def test_an_embargoed_destination_asks_a_licence_for_what_has_a_number(ask: Ask, to: str) -> None:
    answer = ask("US", to, "2026-08-01", item="3A991")
    assert answer["decision"] == "licence"
    assert "us-embargoes" in {rule["measure"] for rule in answer["rules"]}


@pytest.mark.parametrize("to", ["IR", "KP", "SY", "RU", "BY", "UA", "IQ"])
def test_what_has_no_number_is_not_cleared_for_an_embargoed_destination(ask: Ask, to: str) -> None:
    assert ask("US", to, "2026-08-01", item="EAR99")["decision"] == "not_covered"


def test_a_destination_without_a_row_is_not_cleared(ask: Ask) -> None:
    answer = ask("US", "GL", "2026-08-01", item="5A992")
    assert answer["decision"] in ("not_covered", "candidates")
    assert "Country Chart" in str(answer["coverage"])


def test_a_condition_in_words_leaves_the_answer_open(ask: Ask) -> None:
    answer = ask("US", "DE", "2026-08-01", item="1C007")
    assert answer["decision"] == "candidates"  # MT only for what .c says of radomes
    assert any("radomes" in each["title"] for each in answer["candidates"])
    assert ask("US", "CN", "2026-08-01", item="1C007")["decision"] == "licence"  # NS 2 on all
    # The condition stands on .c: another paragraph is free of it.
    assert ask("US", "DE", "2026-08-01", item="1C007.d")["decision"] == "none"


def test_a_paragraph_that_does_not_exist_is_refused(ask: Ask) -> None:
    with pytest.raises(ItemError, match=r"3A001 has no paragraph \.q .* it has \.a, "):
        ask("US", "CN", "2026-08-01", item="3A001.q")
    with pytest.raises(ItemError, match="no item '5A099'"):
        ask("US", "CN", "2026-08-01", item="5A099")


def test_a_share_of_any_size_counts_for_the_600_series_to_group_d5(ask: Ask) -> None:
    small = {"us_content": "0.1%"}
    assert ask("GB", "CN", "2026-08-01", item="9A610.x", params=small)["rules"]
    assert not ask("GB", "IN", "2026-08-01", item="9A610.x", params=small)["rules"]
    assert not ask("GB", "CN", "2026-08-01", item="9A610.x")["rules"]
    within = {"us_600_series_content": "0.1%"}
    assert ask("GB", "CN", "2026-08-01", item="3A001", params=within)["rules"]


@pytest.mark.parametrize(("share", "caught"), [("25%", False), ("25.1%", True)])
def test_more_than_25_percent_counts_elsewhere(ask: Ask, share: str, caught: bool) -> None:
    answer = ask("JP", "CN", "2026-08-01", item="3A001.a.2", params={"us_content": share})
    assert bool(answer["rules"]) == caught
    assert answer["decision"] == ("licence" if caught else "none")


def test_the_direct_product_of_secured_technology_is_asked_about(ask: Ask) -> None:
    made = {"us_technology": "true"}
    answer = ask("TW", "CN", "2026-08-01", item="6A005", params=made)
    assert (answer["decision"], answer["needs"][:1]) == ("candidates", ["direct_product_input"])
    caught = ask(
        "TW", "CN", "2026-08-01", item="6A005", params={**made, "direct_product_input": "true"}
    )
    assert caught["decision"] == "licence"
    # 734.9(b) reaches groups D:1, E:1 and E:2 alone.
    assert (
        ask(
            "TW", "BR", "2026-08-01", item="6A005", params={**made, "direct_product_input": "true"}
        )["rules"]
        == []
    )


def test_the_whole_list_is_held_with_its_day() -> None:
    control_list = ControlList()
    assert control_list.day == DAY
    entries = list(control_list.entries())
    assert len(entries) == 633
    assert sum(entry.series == "600" or "600" in entry.series for entry in entries) == 75
    china = control_list.destination("CN")
    macau = control_list.destination("MO")
    assert china is not None
    assert macau is not None
    assert control_list.destination("HK") is None
    assert china.marks == macau.marks
    assert set(china.groups) == {"D:1", "D:3", "D:4", "D:5"}
    assert set(macau.groups) == {"D:1", "D:3", "D:4"}
