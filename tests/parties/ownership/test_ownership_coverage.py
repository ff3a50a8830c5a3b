"""What an answer about owners rests on: nobody is cleared by what was not read."""

from __future__ import annotations

from typing import Any

import pytest

from detente.core.tables.reading import rows_of_text
from detente.parties.ownership.file import read_entities, read_holdings, read_seeds
from detente.parties.ownership.graph import graph_on
from detente.parties.ownership.model import Entity, Holdings
from detente.parties.ownership.regimes import WITHIN, regime
from detente.parties.ownership.seeds import start
from detente.parties.ownership.words import Vocabulary, in_known_words
from tests.parties.ownership.ownership_support import answer, holding, register, seed

ON = "2025-10-15"
WHOLE = (holding("X", "T", "10"), holding("Y", "T", "90"))


def states(found: dict[str, Any]) -> dict[str, str]:
    return {row["what"]: row["state"] for row in found["coverage"]}


def test_nobody_is_covered_only_where_everything_was_read() -> None:
    found = answer(Holdings(WHOLE, (seed("X", "EL"),)), "bis", ON)
    assert found["status"] == "none"
    assert set(states(found).values()) == {"read"}
    assert "1 of EL" in found["finding"]


@pytest.mark.parametrize(
    ("held", "what", "state"),
    [
        (Holdings((holding("X", "T", "10"),), (seed("X", "EL"),)), "holdings", "partly"),
        (Holdings((), (seed("X", "EL"),)), "holdings", "unread"),
        (Holdings(WHOLE), "listed parties", "unread"),
        (Holdings(WHOLE, (seed("X", "EL"), seed("Z", "EL"))), "listed parties", "partly"),
        (Holdings((*WHOLE, holding("T", "T", "5")), (seed("X", "EL"),)), "holdings", "partly"),
        # listed, and of no list from which the rule begins
        (Holdings(WHOLE, (seed("X", "UVL"),)), "listed parties", "unread"),
        # who bought what X had to the day before is not named
        (
            Holdings((*WHOLE, holding("X", "U", "60")._replace(until=ON)), (seed("X", "EL"),)),
            "holdings",
            "partly",
        ),
    ],
)
def test_what_was_not_read_leaves_the_answer_open(held: Holdings, what: str, state: str) -> None:
    found = answer(held, "bis", ON)
    assert found["status"] == "open"
    assert states(found)[what] == state


def test_the_law_past_the_day_it_was_read_through_settles_nothing() -> None:
    found = answer(Holdings(WHOLE, (seed("X", "SDN"),)), "ofac", "2030-01-01")
    assert (found["status"], states(found)["us-ofac-50-percent"]) == ("open", "beyond")


def test_owners_without_a_country_leave_a_rule_of_countries_open() -> None:
    listed = (seed("S", "CN-STATE"),)
    held = Holdings((*WHOLE, holding("S", "U", "10"), holding("Y", "U", "90")), listed)
    on = "2025-11-09"  # the one day before the suspension
    found = answer(held, "us-301-cranes", on)
    assert (found["status"], states(found)["countries"]) == ("open", "partly")
    known = {each: Entity(each, "", "DE") for each in ("X", "Y", "S")}
    assert states(answer(held._replace(entities=known), "us-301-cranes", on))["countries"] == "read"


def test_ids_that_stand_nowhere_are_told_with_the_ids_they_may_be() -> None:
    holdings = read_holdings(rows_of_text("owner,owned,share\nalpha,target,60\n", "h.csv"))
    seeds = read_seeds(rows_of_text("id,list\nalhpa,EL\n", "s.csv"))
    entities = read_entities(rows_of_text("id,name,country\ntaget,Target,DE\n", "e.csv"))
    found = answer(Holdings(holdings, seeds, entities), "bis", ON)
    assert found["status"] == "open"
    assert found["unmatched"] == {
        "seeds": ["alhpa"],
        "entities": ["taget"],
        "perhaps": {"alhpa": ["alpha"], "taget": ["target"]},
    }
    assert any("alhpa (is it alpha?)" in note for note in found["notes"])


def test_a_country_of_another_format_that_is_none_today_counts_as_not_given() -> None:
    held = Holdings(WHOLE, (), {"X": Entity("X", "", "SUHH")})
    known = in_known_words(held, Vocabulary(register()))
    assert known.entities["X"].country == ""
    assert any("SUHH" in note for note in known.notes)


def test_where_the_files_are_tables_an_unknown_word_is_refused_at_its_line() -> None:
    seeds = read_seeds(rows_of_text("id,list\nX,EL\nY,Entty List\n", "s.csv"))
    with pytest.raises(ValueError, match=r"s\.csv:3: list: 'Entty List' is not a list: .*Entity"):
        answer(Holdings(WHOLE, seeds), "bis", ON)
    entities = read_entities(rows_of_text("id,name,country\nX,,Chnia\n", "e.csv"))
    with pytest.raises(ValueError, match=r"e\.csv:2: country: .*CN China"):
        answer(Holdings(WHOLE, (), entities), "bis", ON)


def test_under_a_rule_by_program_a_party_of_an_unknown_program_may_go_with_any() -> None:
    rule = regime(register(), "ofac")._replace(aggregate=WITHIN)
    held = Holdings(WHOLE, (seed("X", "SDN:SDGT"), seed("Y", "SDN:SDGX"), seed("Z", "SDN:TCO")))
    begin = start(rule, held, graph_on(held, ON), Vocabulary(register()))
    assert set(begin.groups) == {
        (("X",), ("X", "Y")),
        (("Y",), ("Y",)),
        (("Z",), ("Z", "Y")),
    }


@pytest.mark.parametrize("other", ["holding", "Ｈolding", "Hol\u200bding", "HOLDING"])
def test_ids_that_look_the_same_are_told_and_settle_nothing(other: str) -> None:
    rows = (holding("A", "Holding", "30"), holding("B", "Holding", "70"), holding(other, "M", "60"))
    found = answer(Holdings(rows, (seed("A", "EL"),)), "bis")
    (note,) = [each for each in found["notes"] if "ids that differ" in each]
    assert repr(other) in note
    assert "'Holding'" in note
    (held,) = [row for row in found["coverage"] if row["what"] == "holdings"]
    assert held["state"] == "partly"
    assert "1 id written in several ways" in held["scope"]


def test_ids_that_differ_in_more_than_their_look_are_not_told() -> None:
    rows = (holding("A", "B", "60"), holding("B-1", "B 1", "60"))
    found = answer(Holdings(rows, (seed("A", "EL"),)), "bis")
    assert not [each for each in found["notes"] if "ids that differ" in each]


def test_a_holding_that_stands_twice_counts_once_and_is_told() -> None:
    twice = (holding("A", "B", "30"),) * 2
    found = answer(Holdings(twice, (seed("A", "EL"),)), "bis")
    assert found["covered"] == []
    assert any("counted once; give each block" in flag["why"] for flag in found["red_flags"])
    sources = (holding("A", "B", "30", "register"), holding("A", "B", "30", "report"))
    agreed = answer(Holdings(sources, (seed("A", "EL"),)), "bis")
    assert not any("counted once" in flag["why"] for flag in agreed["red_flags"])
