"""The parties of a shipment: by name, by day, by owners, and against a user's own lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.cli.transaction.show_assess import show
from detente.goods.schedule import Schedule
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.screening.answer import standing_of
from detente.parties.screening.importing import import_list
from detente.parties.screening.store import Screen
from detente.register.book import Register
from detente.transaction.assessment import Assessor
from detente.transaction.memo.memo import memo_text
from detente.transaction.shipment import Owner, Party, Shipment


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return Assessor(Register.built_in(), Schedule())


def gallium_for(
    assessor: Assessor, *parties: Party, on: str = "2026-08-01"
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    shipment = Shipment("8112.92.10.00", "CN", "1000", item="gallium", parties=parties)
    answer = assessor.assess(shipment, on)
    return answer["parties"], answer["verdict"]


@pytest.mark.parametrize(
    ("since", "until", "suspended_from", "suspended_until", "standing"),
    [
        ("", "", "", "", "in_force"),
        ("2026-08-01", "", "", "", "in_force"),
        ("2026-08-02", "", "", "", "not_yet"),
        ("", "2026-08-01", "", "", "ended"),
        ("", "2026-08-02", "", "", "in_force"),
        ("", "", "2026-08-01", "2026-08-02", "suspended"),
        ("", "", "2026-07-01", "2026-08-01", "in_force"),
        ("", "", "2026-07-01", "", "suspended"),
    ],
)
def test_an_entry_stands_on_a_day_by_its_own_days(
    since: str, until: str, suspended_from: str, suspended_until: str, standing: str
) -> None:
    entry = ListedEntry(
        "EL",
        "1",
        (Name("A"),),
        since=since,
        until=until,
        suspended_from=suspended_from,
        suspended_until=suspended_until,
    )
    assert standing_of(entry, "2026-08-01") == standing


def test_a_party_on_chinas_control_list_stops_a_chinese_item(assessor: Assessor) -> None:
    parties, verdict = gallium_for(assessor, Party("MP Materials Corp.", "consignee", "US"))
    assert parties[0]["status"] == "listed"
    assert verdict["stop"][0]["about"] == "licence"
    assert verdict["stop"][0]["what"].startswith("Prohibited: ")


def test_the_day_before_it_was_listed_nothing_stops_it(assessor: Assessor) -> None:
    party = Party("MP Materials Corp.", "consignee", "US")
    parties, verdict = gallium_for(assessor, party, on="2026-06-21")
    assert parties[0]["status"] == "partly"  # some lists of the United States begin later
    assert parties[0]["hits"][0]["standing"] == "not_yet"
    assert verdict["stop"] == []


def test_chinas_list_of_unreliable_entities_holds_for_goods_that_come_in_too(
    assessor: Assessor,
) -> None:
    shipment = Shipment(
        "8802.40", "US", destination="CN", base="5%", parties=(Party("Exelis Inc.", "supplier"),)
    )
    stop = assessor.assess(shipment, "2026-08-01")["verdict"]["stop"]
    assert any("has the name of Exelis Inc." in line["what"] for line in stop)


def test_the_entity_list_says_nothing_of_goods_that_come_into_the_united_states(
    assessor: Assessor,
) -> None:
    parties, verdict = gallium_for(assessor, Party("Huawei Technologies Co., Ltd.", "supplier"))
    assert parties[0]["status"] == "listed"
    assert not any(line["about"] == "party" for line in verdict["stop"])
    assert any("has the name of Huawei" in line["what"] for line in verdict["resolve"])


def test_a_name_that_cannot_be_screened_is_to_be_resolved_and_never_clear(
    assessor: Assessor,
) -> None:
    parties, verdict = gallium_for(assessor, Party("???", "carrier"))
    assert parties[0]["status"] == "unresolved"
    assert any("was not screened" in line["what"] for line in verdict["resolve"])


def test_owners_of_owners_are_followed_and_the_way_is_told(assessor: Assessor) -> None:
    listed = Owner("Example Parent", "75%", "CN", lists=("EL",), source="a report")
    party = Party(
        "Example Fab", "end_user", "CN", (Owner("Example Middle", "50%", owners=(listed,)),)
    )
    shipment = Shipment(origin="US", destination="CN", item="EAR99", parties=(party,))
    answer = assessor.assess(shipment, "2025-10-15")
    rule = next(each for each in answer["parties"][0]["owners"] if each["regime"] == "bis")
    assert rule["result"] == "covered"
    assert rule["paths"] == [["Example Parent", "Example Middle", "Example Fab"]]
    assert answer["licence"]["decision"] == "licence"
    described = [line["what"] for key in ("stop", "resolve") for line in answer["verdict"][key]]
    way = "Example Parent holds 75% of Example Middle, which holds 50% of Example Fab"
    assert any(way in line for line in described)


def test_a_party_that_no_list_names_says_which_lists_do_not_reach_the_day(
    assessor: Assessor,
) -> None:
    names = ("Bobby Unheard", "Huawei Technologies Co., Ltd.")
    (unheard, listed), _ = gallium_for(assessor, *(Party(n, "end_user", "CN") for n in names))
    assert (unheard["status"], listed["status"]) == ("partly", "listed")
    assert "are read through 2026-07-31 only" in unheard["reason"]
    # Whoever is listed is listed, whatever else was not read.
    assert listed["reason"] is None


def test_an_owner_by_its_own_name_leaves_no_question_about_others_of_the_list(
    assessor: Assessor,
) -> None:
    # The words in another order are the same name, score 0.98; one more entry of the list is near.
    owner = Owner("Technologies Huawei Co Ltd", "40%", "CN")
    party = Party("Example Fab", "end_user", "CN", (owner,))
    shipment = Shipment(origin="US", destination="CN", item="EAR99", parties=(party,))
    answer = assessor.assess(shipment, "2025-10-15")
    rule = next(each for each in answer["parties"][0]["owners"] if each["regime"] == "bis")
    assert rule["result"] == "not_covered"
    told = " ".join(line["what"] for key in ("stop", "resolve") for line in answer["verdict"][key])
    assert "Technologies Huawei Co Ltd may be" not in told


def test_a_share_below_half_covers_nobody_and_is_a_red_flag(assessor: Assessor) -> None:
    party = Party("Example Fab", "end_user", "CN", (Owner("Example Parent", "49%", lists=("EL",)),))
    shipment = Shipment(origin="US", destination="CN", item="EAR99", parties=(party,))
    answer = assessor.assess(shipment, "2025-10-15")
    rule = next(each for each in answer["parties"][0]["owners"] if each["regime"] == "bis")
    assert rule["result"] == "not_covered"
    assert rule["red_flags"]
    assert any(line["about"] == "owner" for line in answer["verdict"]["resolve"])


def test_a_users_own_list_is_screened_and_changes_the_hash(
    assessor: Assessor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = Party("Distrusted Metals", "supplier", "CN")
    shipment = Shipment("8112.92.10.00", "CN", item="gallium", parties=(party,))
    before = assessor.assess(shipment, "2026-08-01")
    assert before["parties"][0]["status"] == "partly"  # the built-in lists are not whole
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    own = tmp_path / "own.csv"
    own.write_text("name\nDistrusted Metals\n", encoding="utf-8")
    import_list(str(own), None, "2026-07-01", "HOUSE")
    after = Assessor(Register.built_in(), Schedule()).assess(shipment, "2026-08-01")
    assert after["parties"][0]["status"] == "listed"
    assert after["register"]["lists"]["HOUSE"] == "2026-07-01"
    assert after["register"]["sha256"] != before["register"]["sha256"]
    described = [f"{line['what']} {line['do']}" for line in after["verdict"]["resolve"]]
    assert any("what follows is not modelled" in line for line in described)


def test_lists_younger_than_the_day_are_a_caveat(assessor: Assessor) -> None:
    shipment = Shipment("8112.92.10.00", "CN", parties=(Party("A Company", "supplier"),))
    notes = assessor.assess(shipment, "2025-01-15")["notes"]
    assert any("younger than 2025-01-15" in note for note in notes)


def test_an_instant_asks_both_duty_and_licence_for_that_instant(assessor: Assessor) -> None:
    shipment = Shipment("1201.90.11", "US", "1000", "CN", base="3%")
    before = assessor.assess(shipment, "2025-11-10T13:00+08:00")
    after = assessor.assess(shipment, "2025-11-10T13:01+08:00")
    # Ten points of March 2025 ceased at 13:01 in Beijing: 3 + 25 + 2.5 + 10 + 10, then without.
    assert (before["verdict"]["ad_valorem"], after["verdict"]["ad_valorem"]) == ("0.505", "0.405")


def test_a_party_whose_owners_are_named_in_part_is_not_clear_by_its_name() -> None:
    """Each list may be whole, and a rule about owners still cannot be ruled out."""
    from detente.transaction.party_standing import status_of

    rule = {"in_force": True, "result": "not_covered", "status": "open", "red_flags": []}
    assert status_of([], [rule], False, False, "clear") == "unresolved"
    settled = {**rule, "status": "none"}
    assert status_of([], [settled], False, False, "clear") == "clear"
    idle = {**rule, "in_force": False, "status": "not_in_force"}
    assert status_of([], [idle], False, False, "clear") == "clear"
    assert status_of([], [rule], False, False, "partly") == "partly"


def test_a_party_at_a_listed_address_is_stopped_and_told_as_standing_there(
    assessor: Assessor,
) -> None:
    screen = Screen("2026-08-01")
    (entry,) = [
        hit.entry
        for hit in screen.parties("Address 04")
        if hit.entry.names[0].text == "Address 04"
    ]  # fmt: skip
    place = entry.addresses[0]
    answers = {
        address: assessor.assess(
            Shipment(
                item="3A090.a", origin="US", destination="HK",
                parties=(Party("Zorblax Trading", "consignee", "HK", address=address),),
            ),
            "2026-08-01",
        )
        for address in ("", place, "1 Elm Street, Hong Kong")
    }  # fmt: skip
    told = {
        address: [
            each["what"]
            for kind in ("stop", "resolve")
            for each in answer["verdict"][kind]
            if "listed address" in each["what"]
        ]
        for address, answer in answers.items()
    }
    (said,) = told[place]
    assert said.startswith(f"Zorblax Trading (consignee) stands at the listed address {place} (")
    assert "Address 04 on the Entity List" in said
    assert not told[""]
    assert not told["1 Elm Street, Hong Kong"]


def test_a_party_in_another_room_of_a_listed_house_is_told_as_related(assessor: Assessor) -> None:
    address = "Room 1201, Chevalier House, 45-51 Chatham Road South, Tsim Sha Tsui"
    parties = (
        Party("Kim Trading", "consignee", "HK", address=address),
        Party("Zorbix Pottery", "consignee", "US"),
    )
    shipment = Shipment("8507.60.00.10", "CN", "1000", parties=parties)
    answer = assessor.assess(shipment, "2026-08-01")
    near, nobody = answer["parties"]
    assert (near["status"], near["hits"]) == ("partly", []), "another room is another address"
    (told,) = near["related"]
    assert (told["list"], told["entry"]) == ("EL", "Address 04")
    assert told["why"].startswith("the line stands at the house of this listed address")
    assert nobody["related"] == []
    memo, _ = memo_text(answer, "2026-08-01T10:00:00+00:00", "md")
    assert "Kim Trading is related to Address 04 (EL), and is no hit" in memo
    recorded: Any = {**answer, "parties": [{**near}, {**nobody}]}
    assert "related the line stands at the house of this" in " ".join(show(recorded).split())
    del recorded["parties"][0]["related"]
    assert "Kim Trading" in show(recorded), "as a ledger has it that an earlier version wrote"
