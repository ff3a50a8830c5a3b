"""One listed party whole, and how many were listed by year."""

from __future__ import annotations

import json
import re

import pytest

from detente.cli.parties.show_party import show
from detente.core.vocabulary import UnknownWordError
from detente.parties.screening.answer import consequences
from detente.parties.screening.by_year import by_year
from detente.parties.screening.party import answer_party
from detente.parties.screening.related import TOP
from detente.parties.screening.store import Screen
from detente.register.book import Register

DAY = "2026-08-01"


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, DAY)


@pytest.mark.parametrize(
    "text", ["SMIC", "中芯国际", "EL-83ac195a", "el-83AC195A", " EL-83ac195a "]
)
def test_a_party_is_found_by_acronym_by_its_chinese_name_and_by_its_key(
    screen: Screen, text: str
) -> None:
    found = answer_party(Register.built_in(), screen, text, DAY)
    assert found["status"] == "found"
    assert found["party"]["entry"].startswith("Semiconductor Manufacturing International Corp")
    assert {"EL", "1260H", "CMIC", "NDAA-5949"} <= {row["list"] for row in found["lists"]}
    # An earlier notice, which is not held, may have listed it: the one that is held did not.
    (perhaps,) = [each for each in found["days"] if each["list"] == "1260H"]
    assert perhaps == {
        "on": "2021-06-03", "list": "1260H", "what": "may be listed already", "citation": None,
    }  # fmt: skip


def test_a_key_that_no_entry_has_is_refused_and_told_as_a_key(screen: Screen) -> None:
    for text in ("EL-00000000", "el-00000000"):
        with pytest.raises(ValueError, match="no entry of the list EL has the key EL-00000000 on"):
            answer_party(Register.built_in(), screen, text, DAY)
    # What is no list is no key.
    found = answer_party(Register.built_in(), screen, "Zorblaxia-00000000", DAY)
    assert found["party"] is None


def test_names_that_no_list_prints_say_so_in_whatever_letters(screen: Screen) -> None:
    listed = "China Aerospace Science and Industry Corporation Second Academy"
    found = answer_party(Register.built_in(), screen, listed, DAY)
    (short,) = [each for each in found["party"]["names"] if each["text"] == "航天二院"]
    assert (short["chinese"], short["grade"], short["read_at"]) == (True, "background", None)
    found = answer_party(Register.built_in(), screen, "Севмаш", DAY)
    (brand,) = [each for each in found["party"]["names"] if each["text"] == "Севмаш"]
    assert (brand["chinese"], brand["grade"]) == (False, "background")


def test_entries_that_print_the_same_name_stand_beside_the_party_with_what_tells_them_apart(
    screen: Screen,
) -> None:
    found = answer_party(Register.built_in(), screen, "Quittenzwerg Bakery", DAY)
    assert found["namesakes"] == []
    found = answer_party(Register.built_in(), screen, "Mesbah Energy Company", DAY)
    (row,) = found["namesakes"]
    assert (row["list"], row["verdict"]) == ("SDN", "other")
    assert row["entry"] == "MYANMAR ECONOMIC CORPORATION LIMITED"
    assert row["why"].startswith("another party: MEC stands for other words and countries")
    # The other way round, and by the key that the row gives.
    back = answer_party(Register.built_in(), screen, row["key"], DAY)
    assert [each["entry"] for each in back["namesakes"]] == ["Mesbah Energy Company"]


def test_where_nothing_printed_tells_two_entries_apart_the_party_says_so(screen: Screen) -> None:
    found = answer_party(Register.built_in(), screen, "Fentex Properties LTD", DAY)
    (row,) = found["namesakes"]
    assert row["verdict"] == "open"
    assert row["why"].startswith("may be this party: the same name; ")
    assert "Fentex Properties" not in row["why"]
    # Said once, and not as what only bears the same brand or comes near.
    assert [found["related"], found["near"]] == [[], []]


def test_a_body_that_no_list_names_is_told_every_party_in_whose_name_it_stands(
    screen: Screen,
) -> None:
    found = answer_party(Register.built_in(), screen, "中国科学院", DAY)
    assert (found["status"], found["party"], found["lists"]) == ("partly", None, [])
    (why,) = {row["why"] for row in found["related"]}
    assert why.startswith(f"one of {len(found['related'])} listed parties")
    assert len(found["related"]) > TOP
    text = show(found)
    assert all(row["entry"].split(",")[0].split()[-1] in text for row in found["related"])
    assert text.count(why) == 1  # said once of all


def test_a_listed_party_is_told_all_that_it_is_related_to_and_a_stranger_nothing(
    screen: Screen,
) -> None:
    found = answer_party(Register.built_in(), screen, "Huawei", DAY)
    assert len(found["related"]) > TOP
    names = [row["entry"] for row in found["related"]]
    assert len(set(names)) == len(names)
    assert answer_party(Register.built_in(), screen, "Quittenzwerg Bakery", DAY)["related"] == []


def test_the_days_of_a_party_stand_in_order_with_their_notices(screen: Screen) -> None:
    found = answer_party(Register.built_in(), screen, "SMIC", DAY)
    days = [(row["on"], row["list"], row["what"], row["citation"]) for row in found["days"]]
    assert days[0] == ("2020-12-18", "EL", "listed", "85 FR 83420")
    assert ("2024-12-05", "EL", "changed", "89 FR 96837") in days
    assert days == sorted(days)


def test_what_follows_from_a_list_is_what_the_register_says(screen: Screen) -> None:
    found = answer_party(Register.built_in(), screen, "SMIC", DAY)
    by_list = {row["list"]: row["follows"] for row in found["lists"]}
    assert [row["decision"] for row in by_list["EL"]] == ["licence"]
    assert [row["decision"] for row in by_list["CMIC"]] == ["prohibited"]


def test_a_name_that_only_comes_close_is_offered_and_never_taken(screen: Screen) -> None:
    found = answer_party(Register.built_in(), screen, "Peridot Shipping Lines Limited", DAY)
    assert (found["status"], found["party"]) == ("near", None)
    assert found["near"]


def test_a_name_of_nobody_is_not_said_to_be_on_no_list_where_lists_were_read_in_part(
    screen: Screen,
) -> None:
    found = answer_party(Register.built_in(), screen, "Quittenzwerg Bakery", DAY)
    assert found["status"] == "partly"
    assert found["reason"]


def test_entries_by_year_add_up_to_all_entries_and_those_without_a_day_stand_apart(
    screen: Screen,
) -> None:
    found = by_year(screen, ("EL",))
    (whole,) = found["lists"]
    # 3,420 rows of the list, of which two are one entry.
    assert whole["entries"] == sum(row["entries"] for row in found["rows"]) == 3419
    assert whole["undated"] == 30
    assert [row["entries"] for row in found["rows"] if row["year"] is None] == [30]
    assert "30 entries carry no day" in whole["lacks"]


def test_chinas_lists_are_counted_by_the_days_of_their_announcements(screen: Screen) -> None:
    found = by_year(screen, ("CN-UEL", "CN-CONTROL", "CN-WATCH"))
    assert [row["entries"] for row in found["lists"]] == [153, 73, 40]  # 266 in all
    first = {row["list"]: row["year"] for row in reversed(found["rows"])}
    assert first == {"CN-UEL": "2023", "CN-CONTROL": "2025", "CN-WATCH": "2026"}


def test_a_list_that_is_not_at_hand_is_an_error_and_no_count_of_nothing(screen: Screen) -> None:
    with pytest.raises(UnknownWordError, match="'ELL' is not a list at hand"):
        by_year(screen, ("ELL",))


@pytest.mark.parametrize("on", ["2019-12-01", "2023-06-01", "2026-06-15", "2026-11-28"])
def test_what_follows_from_a_list_is_a_decision_and_names_no_party_of_it(
    screen: Screen, on: str
) -> None:
    register = Register.built_in()
    brands: dict[str, set[str]] = {}
    for lists in screen.lists:
        for _, entry in lists.bodies():
            brands.setdefault(entry.list, set()).add(entry.names[0].text.split()[0].strip(",."))
    everyday = {"Any", "Chinese", "Defense", "Department", "Export", "Exports", "Goods", "List",
                "Military", "Parties", "States", "The", "United"}  # fmt: skip
    for code in screen.facts:
        for each in consequences(register, {code}, on):
            assert each.decision, (code, each)
            words = set(re.findall(r"\b[A-Z]\w{2,}", each.what)) - everyday
            assert not words & brands.get(code, set()), (code, each.what)


def test_what_two_entries_of_a_list_say_of_one_notice_is_told_once() -> None:
    found = answer_party(Register.built_in(), Screen(None, DAY), "Huawei", DAY)
    assert sum(row["list"] == "EL" for row in found["lists"]) > 1
    days = [tuple(row.values()) for row in found["days"]]
    assert len(days) == len(set(days)) > 10


@pytest.mark.parametrize(
    ("words", "on", "provisions"),
    [
        # What the government buys, and from 13 August 2020 whom it buys from.
        ({"NDAA-889"}, "2026-08-01", ["part-a", "part-b"]),
        ({"NDAA-889"}, "2020-08-12", ["part-a"]),
        # A footnote reaches foreign-made items too; the round of a listing says the same again.
        ({"EL", "EL-FN1", "EL-2019-05"}, "2026-08-01", ["listed", "footnote-1"]),
        ({"EL", "EL-2022-12"}, "2026-08-01", ["listed"]),
        ({"CN-UEL", "CN-UEL-6-2025"}, "2025-04-01", ["listed", "no-6-2025"]),  # sequencers
        ({"CN-CONTROL", "CN-CONTROL-1-2025"}, "2026-08-01", ["listed"]),
    ],
)
def test_each_consequence_of_a_listing_is_told_once(
    words: set[str], on: str, provisions: list[str]
) -> None:
    found = consequences(Register.built_in(), words, on)
    own = [each.provision for each in found if each.measure == found[0].measure]
    assert own == provisions


def test_the_round_of_a_listing_lends_it_the_policy_of_its_day() -> None:
    (listed,) = consequences(Register.built_in(), {"EL", "EL-2022-12"}, "2026-08-01")
    assert listed.policy == "presumption_of_denial"
    (listed, _) = consequences(Register.built_in(), {"EL", "EL-FN4"}, "2026-08-01")
    assert listed.policy == "as listed"  # the policy of a footnote is of the items it reaches


def test_no_record_of_an_older_firm_names_those_that_an_edition_added() -> None:
    day = "2026-11-28"
    answer = answer_party(Register.built_in(), Screen(day), "Huawei", day)
    assert "1260H" in {row["list"] for row in answer["lists"]}
    assert "Alibaba" not in json.dumps(answer)


def test_a_party_that_was_taken_off_a_list_or_is_not_on_it_yet_is_told_nothing_that_follows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from detente.cli.main import main

    assert main(["party", "Skydio", "--on", "2026-08-01"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "ended, listed from 2025-03-04 through 2025-11-09 MOFCOM" in shown
    assert main(["party", "YMTC", "--on", "2021-06-01"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "EL Entity List: not yet listed, from 2022-12-16" in shown
    assert "to a listed party" not in shown
