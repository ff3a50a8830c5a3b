"""Entries of two lists that a table tells to be one party, and those that share a name alone."""

from __future__ import annotations

import json

import pytest

from detente.cli.main import main
from detente.parties.lists.model import OFFICIAL
from detente.parties.names.names import letters_written
from detente.parties.screening.store import Screen


def entry_of(screen: Screen, code: str, name: str) -> int:
    """The number of the entry of a list with a main name."""
    lists = screen.lists[0]
    (found,) = [
        number for number, entry in lists.bodies()
        if entry.list == code and entry.names[0].text == name
    ]  # fmt: skip
    return found


def party(screen: Screen, code: str, name: str) -> int:
    number = entry_of(screen, code, name)
    return screen.lists[0].party_of.get(number, number)


def test_every_pair_of_the_table_is_one_party(screen: Screen) -> None:
    lists = screen.lists[0]
    number = {(entry.list, entry.names[0].text): at for at, entry in lists.bodies()}
    whose = lists.party_of
    same = lists.tables.same
    assert len(same) > 90
    apart = []
    for code, name, other_code, other in same:
        one, two = number[code, name], number[other_code, other]
        if whose.get(one, one) != whose.get(two, two):
            apart.append((name, other))
    assert apart == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One acronym of two works; a subsidiary; a design bureau and the works beside it.
        (("EL", "Joint Stock Company Bryansk Electromechanical Plant"),
         ("SDN", "JOINT STOCK COMPANY BERDSK ELECTROMECHANICAL PLANT")),
        (("EL", "Joint Stock Company Ramenskoye Design Company"),
         ("SDN", "JOINT STOCK COMPANY RAMENSKY INSTRUMENT ENGINEERING PLANT")),
        (("EL", "Beijing Sensetime Technology Development Co., Ltd."),
         ("1260H", "SenseTime Group, Inc.")),
        (("CMIC", "China Electronics Corporation"), ("SDN", "CEC LIMITED")),
    ],
)  # fmt: skip
def test_who_shares_an_acronym_or_a_brand_alone_stays_apart(
    one: tuple[str, str], other: tuple[str, str], screen: Screen
) -> None:
    assert party(screen, *one) != party(screen, *other)


def test_a_pair_of_the_table_is_one_party_though_its_countries_differ(screen: Screen) -> None:
    # The one list prints an address in China, the other the country of the company.
    assert party(screen, "SDN", "KOREA SOBAEKSU TRADING CORPORATION") == party(
        screen, "JP-EUL", "Sobaeku United Corp. (小白水連合貿易会社)"
    )


def test_a_corps_that_another_list_calls_a_corporation_is_one_party(screen: Screen) -> None:
    (hit, *_) = screen.parties("Xinjiang Production and Construction Corporation")
    assert {"SDN", "EL", "UFLPA", "WRO"} <= {each.list for each in hit.entries}


def test_lines_of_one_institution_are_one_entry_of_its_list(screen: Screen) -> None:
    entries = [entry for _, entry in screen.lists[0].bodies() if entry.list == "1286"]
    assert "Science and Technology" not in {each.names[0].text for each in entries}
    found = screen.parties("Skoltech")
    assert {"EL", "1286"} <= {each.list for each in found[0].entries}
    laser = screen.parties("Key Laboratory on High Power Semiconductor Laser")
    assert (
        laser[0].entry.names[0].text.endswith("at Changchun University of Science and Technology")
    )


def test_all_listings_of_one_party_are_one_hit(screen: Screen) -> None:
    found = screen.parties("Ferrite-Domen Co.")
    assert {"EL", "SDN"} <= {each.list for each in found[0].entries}


def test_a_name_that_a_list_of_the_party_prints_is_never_told_as_on_no_list(
    screen: Screen,
) -> None:
    """Names that are held of one entry and printed of another, in whatever letters."""
    lists = screen.lists[0]
    asked = 0
    for number, entry in lists.bodies():
        entries = list(lists.entries_of_party(lists.party_of.get(number, number)))
        printed: set[str] = set()
        for each in entries:
            for name in each.names:
                if name.grade == OFFICIAL:
                    printed.add(letters_written(name.text, lists.tables))
        for name in entry.names:
            letters = letters_written(name.text, lists.tables)
            if name.grade == OFFICIAL or letters not in printed:
                continue
            asked += 1
            found = screen.parties(name.text, None, 5)
            hit = next(each for each in found if entries[0] in each.entries)
            assert not any("not on the list" in each for each in hit.why), name.text
    assert asked > 50


@pytest.mark.parametrize(
    ("name", "strictest", "told"),
    [
        ("UEC-UMPO", "SDN", "the name as EL and JP-EUL print it"),
        ("航天科工二院", "EL", "the name as JP-EUL prints it"),
        # It is printed in small letters, and held in capital and in Cyrillic ones, too.
        ("Proletarsky Zavod", "SDN", ""),
        ("KOMID", "SDN", ""),
    ],
)
def test_a_hit_tells_the_list_that_prints_the_name_where_another_is_stricter(
    name: str, strictest: str, told: str, screen: Screen
) -> None:
    hit = screen.parties(name)[0]
    assert hit.entry.list == strictest
    assert [each for each in hit.why if each.startswith("the name as")] == [told] * bool(told)
    assert not any("not on the list" in each for each in hit.why)


def test_a_party_has_each_name_with_the_lists_that_print_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["party", "KOMID", "--json"]) == 0
    names = json.loads(capsys.readouterr().out)["party"]["names"]
    of_grade = {each["grade"] == "official": each["lists"] for each in names}
    assert of_grade[False] == []
    assert all(each["lists"] for each in names if each["grade"] == "official")
    assert main(["party", "KOMID"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "also on ISN: Korea Mining Development Trading Corporation" in printed
    assert "also, which no list prints: 조선광업개발무역회사" in printed
