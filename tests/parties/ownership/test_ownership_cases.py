"""Every case whose outcome is known, each with its source, and the windows of the rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from detente.cli.parties.show_owners import show
from detente.parties.ownership.answer import owners
from detente.parties.ownership.model import Entity, Holding, Holdings
from detente.parties.ownership.owned_rows import OwnedRows
from detente.parties.ownership.shares import share_of
from detente.register.book import Register
from tests.parties.ownership.ownership_support import CASES, answer, holding, holdings_of, ids, seed


@dataclass
class Told:
    """A case and its answer."""

    case: dict[str, Any]
    found: dict[str, Any]


@pytest.fixture(params=CASES, ids=lambda case: str(case["id"]))
def described(request: pytest.FixtureRequest) -> Told:
    case = request.param
    return Told(case, answer(holdings_of(case), case["regime"]))


def test_exactly_the_expected_companies_are_covered(described: Told) -> None:
    assert ids(described.found["covered"]) == set(described.case["covered"])


def test_exactly_the_expected_companies_are_possibly_covered(described: Told) -> None:
    assert ids(described.found["possibly_covered"]) == set(described.case.get("possible", []))


def test_the_expected_red_flags_ambiguities_and_notes_are_there(described: Told) -> None:
    assert set(described.case.get("red_flags", [])) <= ids(described.found["red_flags"])
    assert described.found["ambiguous"] == described.case.get("ambiguous", [])
    assert not described.case.get("note") or any(
        described.case["note"] in note for note in described.found["notes"]
    )


def test_shares_multiplied_along_paths_cover_what_they_should(described: Told) -> None:
    found = answer(holdings_of(described.case), "economic-interest")
    assert ids(found["covered"]) == set(described.case["economic"])
    assert found["in_force"] is None
    assert "no legal test" in found["notes"][0]


def test_every_path_starts_at_a_listed_party_and_ends_at_the_company(described: Told) -> None:
    for row in [*described.found["covered"], *described.found["possibly_covered"]]:
        assert row["paths"]
        for path in row["paths"]:
            assert path[0] in described.case["listed"]
            assert path[-1] == row["id"]
            assert len(path) == len(set(path))


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        ("2025-09-28", False),
        ("2025-09-29", True),
        ("2025-11-09", True),
        ("2025-11-10", False),
        ("2026-11-09", False),
        ("2026-11-10", True),
    ],
)
def test_the_affiliates_rule_stands_on_the_days_of_its_windows(on: str, in_force: bool) -> None:
    found = answer(Holdings((holding("E", "T", "60"),), (seed("E", "EL"),)), "bis", on)
    assert found["in_force"] is in_force
    assert ids(found["covered"]) == {"T"}
    assert in_force or any("not in force" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("regime", "on", "in_force"),
    [
        ("ofac", "2014-08-12", False),
        ("ofac", "2014-08-13", True),
        ("ofac-2013", "2014-08-12", True),
        ("ofac-2013", "2014-08-13", False),
        ("mofcom-61", "2025-11-06", True),
        ("mofcom-61", "2025-11-07", False),
        ("mofcom-61", "2026-11-11", True),
        ("us-301-cranes", "2025-11-09", True),
        ("us-301-cranes", "2025-11-10", False),
        ("us-301-cranes", "2026-11-10", True),
    ],
)
def test_the_other_rules_stand_on_their_days(regime: str, on: str, in_force: bool) -> None:
    assert answer(Holdings(()), regime, on)["in_force"] is in_force


def test_the_last_day_that_the_chinese_notice_leaves_open_is_said_to_be_open() -> None:
    notes = answer(Holdings(()), "mofcom-61", "2026-11-10")["notes"]
    assert any("is open" in note for note in notes)


def test_on_such_a_day_it_is_open_whether_anybody_is_covered() -> None:
    held = Holdings((holding("E", "C", "60"),), (seed("E", "CN-CONTROL"),))
    for day, status, words in (
        ("2026-11-10", "open", "Whether the rule mofcom-61 is in force on 2026-11-10 is open"),
        ("2026-11-09", "not_in_force", "it covers nobody then. In force, it would cover 1."),
    ):
        found = answer(held, "mofcom-61", day)
        assert (found["status"], found["in_force"], ids(found["covered"])) == (status, False, {"C"})
        assert words in found["finding"]


def test_a_rule_that_does_not_stand_names_the_one_that_did() -> None:
    notes = answer(Holdings(()), "ofac", "2014-01-01")["notes"]
    assert any("ofac-2013" in note for note in notes)


def test_a_day_beyond_what_was_read_says_so() -> None:
    assert any("read to" in note for note in answer(Holdings(()), "bis", "2026-11-10")["notes"])


def test_companies_of_the_united_states_pass_on_and_are_not_reached_themselves() -> None:
    rows = (holding("E", "U", "60"), holding("U", "T", "60"))
    held = Holdings(
        rows, (seed("E", "EL"),), {"U": Entity("U", "", "US"), "T": Entity("T", "", "SG")}
    )
    found = answer(held, "bis")
    assert ids(found["covered"]) == {"T"}
    assert any(note.startswith("U is of US") for note in found["notes"])


def test_of_several_requirements_the_strictest_holds_and_comes_down_the_chain() -> None:
    rows = (holding("E", "T", "50"), holding("M", "T", "10"), holding("T", "V", "100"))
    listed = (
        seed("E", "EL")._replace(requirement="case_by_case"),
        seed("M", "MEU")._replace(requirement="presumption_of_denial"),
    )
    found = answer(Holdings(rows, listed), "bis")
    assert {row["requirement"] for row in found["covered"]} == {"presumption_of_denial"}


def test_requirements_on_different_items_that_do_not_compare_are_both_kept() -> None:
    rows = (holding("E", "T", "50"), holding("M", "T", "50"))
    listed = (
        seed("E", "EL")._replace(requirement="case_by_case"),
        seed("M", "MEU")._replace(requirement="listed items: presumption_of_denial"),
    )
    (row,) = answer(Holdings(rows, listed), "bis")["covered"]
    assert "case_by_case" in row["requirement"]
    assert "listed items: presumption_of_denial" in row["requirement"]


def crane(**kinds: str) -> Holding:
    shares = {name: share_of(text) for name, text in kinds.items()}
    return Holding("X", "T", shares.pop("share", share_of("0")))._replace(**shares)  # type: ignore[arg-type]


def test_votes_or_seats_alone_reach_the_threshold_of_cranes() -> None:
    listed = (seed("X", "CN-STATE"),)
    for kinds, kind in (({"votes": "25"}, "votes_share"), ({"board": "1/4"}, "board_share")):
        (row,) = answer(Holdings((crane(**kinds),), listed), "us-301-cranes")["covered"]
        assert (row["kind"], row["share"]) == (kind, ["0.25", "0.25"])


def test_a_way_tells_the_kind_of_holding_that_leads_down_it() -> None:
    rows = (crane(share="10", board="30"), Holding("T", "U", share_of("100")))
    held = Holdings(rows, (seed("X", "CN-STATE"),))
    one, other = answer(held, "us-301-cranes")["covered"]
    ((step,),) = one["holdings"]
    assert (step["share"], step["kind"]) == ("0.3", "board_share")
    ((_, step),) = other["holdings"]
    assert (step["share"], step["kind"]) == ("1", "share")
    register = Register.built_in()
    found = owners(register, held, "us-301-cranes", "2026-11-12", on_demand=True)
    assert isinstance(found["covered"], OwnedRows)
    assert json.loads(f"[{''.join(found['covered'].json_texts(','))}]") == [one, other]
    assert "X -[30% of the seats]-> T -[100%]-> U" in show(found)


def test_seats_and_equity_are_not_added_to_each_other() -> None:
    held = Holdings((crane(share="20", board="20"),), (seed("X", "CN-STATE"),))
    assert not answer(held, "us-301-cranes")["covered"]


def test_effective_control_by_contract_suffices_for_cranes_and_is_a_red_flag_elsewhere() -> None:
    row = crane(share="1")._replace(contract=True)
    found = answer(Holdings((row,), (seed("X", "CN-STATE"),)), "us-301-cranes")
    assert [row["kind"] for row in found["covered"]] == ["contract_control"]
    found = answer(Holdings((row,), (seed("X", "EL"),)), "bis")
    assert not found["covered"]
    assert "by contract" in found["red_flags"][0]["why"]


def test_companies_of_china_are_owners_of_cranes_without_a_list_and_of_hong_kong_perhaps() -> None:
    rows = (holding("P", "T", "30"), holding("Q", "U", "30"))
    places = {"P": Entity("P", "", "CN"), "Q": Entity("Q", "", "HK")}
    found = answer(Holdings(rows, (), places), "us-301-cranes")
    assert ids(found["covered"]) == {"T"}
    assert ids(found["possibly_covered"]) == {"U"}


def test_a_ring_in_proportion_is_solved_exactly() -> None:
    # a = 1/5 + 3/10 b and b = 1/2 a, so a = (1/5) / (17/20) = 4/17, below 1/4, and b = 2/17.
    rows = (holding("X", "A", "20"), holding("B", "A", "30"), holding("A", "B", "50"))
    found = answer(Holdings(rows, (seed("X", "CN-STATE"),)), "us-301-cranes")
    assert not found["covered"]
    # With 1/4 of A held outright: a = 1/4 + 3/10 b = 5/17 and b = 5/34.
    rows = (holding("X", "A", "25"), holding("B", "A", "30"), holding("A", "B", "50"))
    (row,) = answer(Holdings(rows, (seed("X", "CN-STATE"),)), "us-301-cranes")["covered"]
    assert row["share_exact"] == ["5/17", "5/17"]


def test_several_owners_of_a_crane_maker_who_reach_the_threshold_only_together_are_flagged() -> (
    None
):
    rows = (holding("X", "T", "13"), holding("Y", "T", "12"))
    found = answer(Holdings(rows, (seed("X", "CN-STATE"), seed("Y", "CN-STATE"))), "us-301-cranes")
    assert ids(found["covered"]) == {"T"}
    assert any("together" in flag["why"] for flag in found["red_flags"])


def test_a_company_of_very_many_listed_owners_names_some_requirements_and_counts_the_rest() -> None:
    # 400 owners of 1/4 percent each hold the whole, and no listing's own words compare.
    from detente.parties.ownership.requirement import SHOWN

    rows = tuple(holding(f"O{number}", "Hub", "1/400") for number in range(400))
    found = answer(Holdings(rows, tuple(seed(f"O{each}", "EL") for each in range(400))), "bis")
    (hub,) = found["covered"]
    assert hub["share"] == ["1", "1"]
    assert hub["requirement"].count("what the listing of") == SHOWN
    assert hub["requirement"].endswith("; and 350 more, each as its listing says")


def test_two_spellings_of_one_requirement_do_not_cancel_each_other() -> None:
    from detente.parties.ownership.requirement import strictest

    strictness = ("presumption_of_denial", "case_by_case")
    both = ("all items: case_by_case", "All items: case by case")
    assert strictest(both, strictness) == ("All items: case by case",)
