"""Who begins under an ownership rule written here, how entries stand, what is warned of."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from detente.parties.lists.keys import folded, key_of
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.policy import normal_policy, normal_requirement
from detente.parties.lists.standing import UNRANKED, Strictness, standing_of
from detente.parties.ownership.found import Findings
from detente.parties.ownership.graph import graph_on
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings, Seed
from detente.parties.ownership.regimes import ACROSS, ALONE, WITHIN, OwnershipRegime
from detente.parties.ownership.requirement import stated_requirement, strictest
from detente.parties.ownership.seeds import start
from detente.parties.ownership.shares import share_of
from detente.parties.ownership.warnings import _advice, _minority, _near, _several, rounding
from tests.parties.ownership.ownership_support import answer

HALF = Fraction(1, 2)


def rule(**more: Any) -> OwnershipRegime:
    kept: dict[str, Any] = {
        "name": "test", "measure": "m", "title": "Test", "seeds": ("SDN", "EL"),
        "programmes": (), "seed_places": (), "seed_doubt": (), "threshold": HALF,
        "aggregate": ACROSS, "proportionate": False, "whole_from": None, "kinds": 1,
        "contract": False, "leaves_out": (), "scope": "", "consequence": "", "strictness": (),
    }  # fmt: skip
    return OwnershipRegime(**kept | more)


WORDS: Any = SimpleNamespace(
    knows=lambda programme: programme in ("P1", "P2", "P3"), near=lambda programme: " (P1?)"
)
ROWS = (Holding("a", "x", share_of("60")), Holding("b", "x", share_of("10")))


def begun(of: OwnershipRegime, *seeds: Seed, entities: dict[str, Entity] | None = None) -> Any:
    holdings = Holdings(ROWS, seeds, entities or {})
    return start(of, holdings, graph_on(holdings, "2026-01-01"), WORDS)


# --- who begins ----------------------------------------------------------------------------------


def test_parties_of_the_lists_of_a_rule_begin_and_others_are_counted() -> None:
    found = begun(
        rule(), Seed("a", "SDN", ("P1",)), Seed("b", "EL"), Seed("a", "EL"), Seed("c", "UVL"),
        Seed("d", "UVL"), Seed("e", "CMIC", ("P9",)), Seed("z", "EL"),
    )  # fmt: skip
    assert {name: len(rows) for name, rows in found.certain.items()} == {"a": 2, "b": 1, "z": 1}
    assert found.open == {}
    assert found.notes == (
        "1 listed of CMIC: no owner under the rule test",
        "2 listed of UVL: no owner under the rule test",
        "1 listed party holds nothing in the file (z)",
    )
    assert found.groups == ((("a", "b", "z"), ("a", "b", "z")),)


def test_a_rule_of_some_programmes_takes_those_and_leaves_open_what_is_not_told() -> None:
    found = begun(
        rule(programmes=("P1",)), Seed("a", "SDN", ("P2", "P1")), Seed("b", "SDN"),
        Seed("c", "SDN", ("P7",)), Seed("d", "SDN", ("P2",)), Seed("e", "EL", ("P2",)),
        Seed("a", "SDN"),
    )  # fmt: skip
    assert list(found.certain) == ["a", "e"]  # another list has no programmes to choose among
    assert found.open == {
        "b": "on list SDN with no programme given: the rule test takes some programmes only",
        "c": "on list SDN of the program P7, which is not known here (P1?): whether the rule test "
             "takes it is open",
    }  # fmt: skip
    assert [flag.id for flag in found.flags] == ["b", "c"]
    assert found.notes[0] == "1 listed of SDN/P2: no owner under the rule test"
    assert found.groups == ((("a", "e", "b", "c"), ("a", "e", "b", "c")),)


def test_entities_of_a_country_begin_or_leave_it_open() -> None:
    entities = {
        "a": Entity("a", country="CN"), "b": Entity("b", country="HK"), "x": Entity("x"),
    }  # fmt: skip
    found = begun(rule(seed_places=("CN",), seed_doubt=("HK",)), entities=entities)
    assert found.certain == {"a": ()}
    assert found.open == {"b": "of HK: whether the rule test counts it as an owner is open"}
    listed = begun(rule(seed_doubt=("HK",)), Seed("b", "EL"), entities=entities)
    assert (list(listed.certain), listed.open) == (["b"], {})


def test_holdings_are_added_up_over_all_within_a_programme_or_by_each_alone() -> None:
    seeds = (Seed("a", "SDN", ("P1", "P2")), Seed("b", "SDN", ("P2",)), Seed("c", "SDN", ("P7",)),
             Seed("d", "SDN"))  # fmt: skip
    assert begun(rule(aggregate=ALONE), *seeds).groups == tuple(
        ((name,), (name,)) for name in "abcd"
    )
    assert begun(rule(), *seeds).groups == ((tuple("abcd"),) * 2,)
    # of c and d it is open with whom they go
    assert begun(rule(aggregate=WITHIN), *seeds).groups == (
        (("a",), ("a", "c", "d")), (("a", "b"), ("a", "b", "c", "d")), (("c",), ("c", "d")),
        (("d",), ("d", "c")),
    )  # fmt: skip


# --- how an entry stands -------------------------------------------------------------------------


def entry(**more: str) -> ListedEntry:
    return ListedEntry("A", "1", (Name("Zorblax"),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, {"2026-01-01": "in_force"}),
        ({"since": "2025-01-02"}, {"2025-01-01": "not_yet", "2025-01-02": "in_force"}),
        ({"until": "2025-01-02"}, {"2025-01-01": "in_force", "2025-01-02": "ended"}),
        ({"since": "2025-01-05", "maybe_since": "2025-01-02"},
         {"2025-01-01": "not_yet", "2025-01-02": "unknown", "2025-01-04": "unknown",
          "2025-01-05": "in_force"}),
        ({"doubt": "x"}, {"2020-01-01": "unknown", "2026-01-01": "unknown"}),
        ({"doubt": "x", "doubt_before": "2025-01-02"},
         {"2025-01-01": "unknown", "2025-01-02": "in_force"}),
        ({"doubt": "x", "until": "2025-01-02"}, {"2025-01-02": "ended"}),
        ({"suspended_from": "2025-01-02", "suspended_until": "2025-01-04"},
         {"2025-01-01": "in_force", "2025-01-02": "suspended", "2025-01-03": "suspended",
          "2025-01-04": "in_force"}),
        ({"suspended_from": "2025-01-02"}, {"2025-01-01": "in_force", "2030-01-01": "suspended"}),
    ],
)  # fmt: skip
def test_an_entry_stands_by_its_own_days(fields: dict[str, str], days: dict[str, str]) -> None:
    assert {day: standing_of(entry(**fields), day) for day in days} == days


def test_a_list_that_is_held_later_says_nothing_of_an_entry_without_a_day() -> None:
    assert standing_of(entry(), "2025-01-01", {"A"}) == "unknown"
    assert standing_of(entry(), "2025-01-01", {"B"}) == "in_force"
    assert standing_of(entry(since="2024-01-01"), "2025-01-01", {"A"}) == "in_force"
    order = Strictness({"A": 3}, {"denial": 2})
    assert order.of(entry(policy="denial")) == (3, 2)
    assert order.of(entry()._replace(list="Z")) == (UNRANKED, UNRANKED)


ALL, CCL = "For all items subject to the EAR.", "For items on the CCL"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"requirement": "all_items", "requirement_text": ALL, "policy": "policy_of_denial"},
         "policy_of_denial"),
        ({"policy": "policy_of_denial"}, "policy_of_denial"),
        # A policy is of the items that are named, and of no others.
        ({"requirement": "ccl_items", "requirement_text": CCL, "policy": "policy_of_denial"},
         f"{CCL}: policy_of_denial"),
        # No one word says a policy that differs by item, or that stands elsewhere.
        ({"requirement": "all_items", "requirement_text": ALL, "policy": "mixed",
          "policy_text": "Denial for X. Case-by-case for Y."},
         "For all items subject to the EAR: Denial for X. Case-by-case for Y"),
        ({"requirement": "all_items", "requirement_text": ALL, "policy": "see_section",
          "policy_text": "See §744.3 of this part"},
         "For all items subject to the EAR: See §744.3 of this part"),
        ({"requirement": "ccl_items", "requirement_text": CCL}, CCL),
        ({"requirement": "ccl_items"}, "ccl_items"),
        ({}, ""),
        # What is held is of the last change, and says nothing of the days before.
        ({"policy": "policy_of_denial", "changed": "2025-10-16"}, ""),
        ({"policy": "policy_of_denial", "changed": "2025-10-15"}, "policy_of_denial"),
    ],
)  # fmt: skip
def test_what_a_list_requires_is_told_of_its_items_and_of_the_days_that_it_is_held_of(
    fields: dict[str, str], told: str
) -> None:
    assert stated_requirement(entry(**fields), "2025-10-15") == told


def test_a_policy_on_some_items_does_not_take_the_place_of_a_milder_one_on_all() -> None:
    some = entry(requirement="ccl_items", requirement_text=CCL, policy="presumption_of_denial")
    every = entry(requirement="all_items", requirement_text=ALL, policy="case_by_case")
    texts = [stated_requirement(each, "2025-10-15") for each in (some, every)]
    kept = strictest(texts, ("presumption_of_denial", "case_by_case"))
    assert set(kept) == set(texts)


def test_a_key_stays_whatever_case_and_blanks_the_name_has() -> None:
    one = entry()._replace(names=(Name("ZORBLAX  Works "),))
    other = entry(policy="denial")._replace(names=(Name("Zorblax works"), Name("Quux")))
    assert key_of(one) == key_of(other)
    assert key_of(one) != key_of(one._replace(list="B"))
    assert key_of(one).startswith("A-")
    assert folded(" ZORBLAX \t Works") == "zorblax works"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", ""), ("  ", ""), ("Presumption  of Denial", "presumption_of_denial"),
        ("policy of denial for X", "policy_of_denial"), ("Case-by-case", "case_by_case"),
        ("casa-by-case review", "case_by_case"),
        ("presumption of approval", "presumption_of_approval"),
        ("case by case; presumption of denial", "mixed"),
        ("see 744.11", "see_section"),
    ],
)  # fmt: skip
def test_a_policy_is_one_word(text: str, word: str) -> None:
    assert normal_policy(text) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", ""),
        ("For all items subject to the EAR", "all_items"),
        ("all items subject to the EAR apart from food", "all_items_with_exceptions"),
        ("All  items subject to the EAR, except EAR99", "all_items_with_exceptions"),
        ("all items on the CCL", "ccl_items"),
        ("the Commerce Control List", "ccl_items"),
        (
            "For items on the CCL and EAR99 items listed in supplement no. 7 to part 746",
            "ccl_and_listed_items",
        ),
        ("3A001", "listed_items"),
    ],
)
def test_a_requirement_is_one_word(text: str, word: str) -> None:
    assert normal_requirement(text) == word


# --- what is warned of ---------------------------------------------------------------------------


def tie(share: str, **more: Any) -> Any:
    kinds = {key: share_of(more.pop(key)) for key in ("votes", "board") if key in more}
    found = graph_on(Holdings((Holding("A", "C", share_of(share), **kinds, **more),)), "2026")
    return found.by_owned["C"][0]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (tie("30"), "A holds 30%"),
        (tie("25-49.99"), "A holds 25% to 49.99%"),
        (tie("unknown"), "A holds an unknown share"),
        (tie("0-40"), "A holds an unknown share of at most 40%"),
        (tie("0", votes="30", board="20"), "A holds 30% of the votes and 20% of the seats"),
        (tie("10", contract=True), "A holds 10% and has effective control by contract"),
        (tie("0"), ""),
    ],
)
def test_a_minority_is_told_by_every_kind_of_holding(held: Any, words: str) -> None:
    assert _minority(held, {}) == words


def test_the_advice_is_to_find_out_what_is_not_known_and_else_to_look_closer() -> None:
    find_out = "find out how much and of whom, get a licence, or do not proceed"
    closer = "not covered below 50%, and a reason to look closer"
    assert _advice(rule(), False, [tie("30")]) == closer
    assert _advice(rule(), True, [tie("30")]) == find_out
    assert _advice(rule(), False, [tie("30"), tie("0-40")]) == find_out
    assert _advice(rule(), False, [tie("10-40")]) == closer
    # A holding that reaches the threshold and does not count in full is not said to be below it.
    in_part = (
        "this counts in proportion to what is held in the owner, and comes to less than 50% in "
        "that way: not covered, and a reason to look closer"
    )
    several = rule(proportionate=True, kinds=3)
    assert _advice(several, False, [tie("10", votes="50")]) == in_part
    assert _advice(several, False, [tie("10", votes="49")]) == closer
    assert _advice(several, False, [tie("10", votes="0-40")]) == find_out


EQUITY_ALONE = "counts equity alone, and less than 50% of it is held"


@pytest.mark.parametrize(
    ("of", "ties", "why"),
    [
        # Votes and contracts do not count, so that 55% of the votes are not said to be below 50%.
        ({}, [{"share": "10", "votes": "55"}], EQUITY_ALONE),
        ({}, [{"share": "10", "contract": True}], EQUITY_ALONE),
        ({}, [{"share": "10", "votes": "0-40"}], EQUITY_ALONE),
        # Nor do 30% and 30% come to less than 50%.
        ({"aggregate": ALONE}, [{"share": "30"}, {"share": "30"}],
         "adds up no owners, and none holds 50%"),
        ({"aggregate": ALONE}, [{"share": "30"}, {"share": "30", "board": "60"}],
         "counts equity alone and adds up no owners, and none holds 50%"),
    ],
)  # fmt: skip
def test_why_what_is_held_does_not_suffice_is_said_where_more_is_held_than_the_rule_counts(
    of: dict[str, Any], ties: list[dict[str, Any]], why: str
) -> None:
    told = _advice(rule(**of), False, [tie(**each) for each in ties])
    assert told == f"not covered, since the rule {why}; a reason to look closer"


def test_what_several_owners_have_together_is_told() -> None:
    told = _several(rule(threshold=Fraction(1, 4)), SimpleNamespace(id="C"))  # type: ignore[arg-type]
    assert told == Flag("C", "only several owners together reach 25%; none does alone")


@pytest.mark.parametrize(
    ("shares", "side"),
    [
        (("24.99", "25.00"), "below"),  # 49.99 and half a digit of each: 50.00
        (("24.98", "25.00"), None),
        (("49.99",), None),  # and half a digit: 49.995
        (("24.99", "25.01"), "at or above"),
        (("25", "25.01"), None),  # 50.01 less 0.005
        (("25", "25"), None),  # nothing was rounded
        (("25.00", "25.00"), "at or above"),
        (("50.00",), None),  # one share says what it says
    ],
)
def test_sums_that_rounding_could_carry_over_the_threshold_are_told(
    shares: tuple[str, ...], side: str | None
) -> None:
    rows = tuple(Holding(f"o{at}", "C", share_of(share)) for at, share in enumerate(shares))
    graph = graph_on(Holdings(rows), "2026-01-01")
    found: Any = SimpleNamespace(owners={row.owner: 0 for row in rows}, covered=Findings(graph, {}))
    begin: Any = SimpleNamespace(certain={})
    notes = rounding(rule(), found, begin, graph)
    total = sum((share_of(share).lo for share in shares), Fraction(0))
    assert notes == ([_near("C", total, side, HALF)] if side else [])
    assert rounding(rule(proportionate=True), found, begin, graph) == []
    begin.certain = {"C": ()}
    assert rounding(rule(), found, begin, graph) == []


# --- cranes: U.S. note 31(l)(v) ------------------------------------------------------------------

ABROAD = {each: Entity(each, "", "KR") for each in "MSTU"}
CHINESE = {"A": Entity("A", "", "CN"), "B": Entity("B", "", "CN"), "H": Entity("H", "", "HK")}


def cranes(*rows: Holding) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    found: Any = answer(Holdings(rows, (), ABROAD | CHINESE), "us-301-cranes")
    covered, possibly = ({row["id"]: row for row in found[key]} for key in
                         ("covered", "possibly_covered"))  # fmt: skip
    return covered, possibly, {flag["id"]: flag["why"] for flag in found["red_flags"]}


def part(owner: str, owned: str, share: str, **more: Any) -> Holding:
    return Holding(owner, owned, share_of(share), **more)


def test_control_by_contract_suffices_where_nothing_is_held() -> None:
    # (v)(a)(5)(B): a contract that entitles to control; S is part of A, which has 60 percent of it
    covered, possibly, _ = cranes(
        part("A", "M", "0", contract=True), part("A", "S", "60"),
        part("S", "T", "0", contract=True), part("H", "U", "0", contract=True),
    )  # fmt: skip
    assert {each: row["tier"] for each, row in covered.items()} == {"M": 1, "S": 1, "T": 2}
    assert (covered["M"]["share"], covered["M"]["via"]) == (["0", "0"], "A")
    assert (covered["T"]["paths"], covered["T"]["because"][0]["owner"]) == ([["A", "S", "T"]], "S")
    assert possibly.keys() == {"U"}  # whether an owner of Hong Kong counts is open


def test_a_contract_of_a_company_that_only_comes_under_the_rule_reaches_nobody() -> None:
    # (v)(a)(4): of another that is Chinese itself; S is held for 30 percent
    covered, possibly, _ = cranes(part("A", "S", "30"), part("S", "T", "0", contract=True))
    assert (covered.keys(), possibly) == ({"S"}, {})


def test_seats_of_which_nothing_is_known_may_suffice_beside_a_small_share() -> None:
    covered, possibly, _ = cranes(part("A", "M", "5", board=share_of("unknown")))
    assert (covered, possibly["M"]["share"]) == ({}, ["0", "1"])


def test_a_half_that_only_several_parents_have_together_may_count_in_full_or_not() -> None:
    # (v)(d): "a parent entity ... directly holds 50 percent or more"; .25 * .3 twice is 15 percent
    covered, possibly, flags = cranes(
        part("A", "M", "25"), part("B", "M", "25"), part("M", "T", "30")
    )
    assert (covered.keys(), possibly["T"]["share"]) == ({"M"}, ["0.15", "0.3"])
    assert flags["M"].startswith("only several owners together")
    # A and what is an extension of it have half of M: 30 percent of T count in full.
    covered, possibly, flags = cranes(
        part("A", "S", "60"), part("S", "M", "25"), part("A", "M", "25"), part("M", "T", "30")
    )
    assert (covered["T"]["share"], possibly, "M" in flags) == (["0.3", "0.3"], {}, False)
