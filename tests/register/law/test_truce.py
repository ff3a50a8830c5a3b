"""The thirteen instruments of the truce, on the days before, on and after they turn."""

from __future__ import annotations

from typing import Any

import pytest

from detente.core.clock import day_number
from detente.register.book import Register
from detente.register.views.truce import truce

SUSPENDED_CN = [
    ("cn-mofcom-2025-55", "main"),
    ("cn-mofcom-2025-56", "equipment"),
    ("cn-mofcom-2025-57", "holmium"),
    ("cn-mofcom-2025-58", "cells"),
    ("cn-mofcom-2025-61", "art-1-1"),
    ("cn-mofcom-2025-61", "art-1-3"),
    ("cn-mofcom-2025-62", "technology"),
    ("cn-control-list", "no-21-2025"),
    ("cn-unreliable-entity-list", "no-7-2025"),
    ("cn-port-dues", "main"),
    ("cn-hanwha", "main"),
]
"""What China suspended to 10 November 2026, where the last day itself is unclear."""

SUSPENDED_US = [
    ("us-affiliates-rule", "main"),
    ("us-301-ship-fees", "main"),
    ("us-301-maritime", "crane-china"),
    ("us-301-maritime", "chassis"),
    ("us-301-crane-owners", "main"),
]
"""What the United States suspended through 9 November 2026."""


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


def _rows(register: Register, on: str, known_on: str | None = None) -> dict[tuple[str, str], Any]:
    known = None if known_on is None else day_number(known_on)
    answer = truce(register, known, on)
    parts = [part for row in answer["instruments"] for part in (row, *row["also"])]
    return {(part["measure"], part["limb"]): part for part in parts}


def _states(rows: dict[tuple[str, str], Any], names: list[tuple[str, str]]) -> set[str]:
    return {rows[name]["state"] for name in names}


def test_the_truce_has_thirteen_instruments_with_verbs_that_differ(register: Register) -> None:
    found = truce(register, None, "2026-08-01")["instruments"]
    assert len(found) == 13
    assert [row["by"] for row in found] == ["US"] * 5 + ["CN"] * 8
    assert [row["verb"] for row in found] == [
        "reduced",
        "suspended",
        "suspended",
        "suspended",
        "extended",
        "ceased",
        "suspended",
        "suspended",
        "suspended",
        "suspended",
        "suspended",
        "suspended",
        "restored",
    ]


@pytest.mark.parametrize(
    ("on", "china", "america", "article_2"),
    [
        ("2025-11-06", "in_force", "in_force", "in_force"),
        ("2026-11-09", "suspended", "suspended", "suspended"),
        ("2026-11-10", "suspended", "in_force", "suspended"),
        ("2026-11-11", "in_force", "in_force", "suspended"),
        ("2026-11-27", "in_force", "in_force", "suspended"),
        ("2026-11-28", "in_force", "in_force", "in_force"),
    ],
)
def test_states_turn_on_their_own_days(
    register: Register, on: str, china: str, america: str, article_2: str
) -> None:
    rows = _rows(register, on)
    lists = [("cn-port-dues", "main"), ("cn-hanwha", "main")]
    if on < "2025-11-08":
        # Nos. 55 to 58 and 61, 1(1), begin later, and the listings of April rest since May.
        assert _states(rows, lists) == {china}
        assert rows["cn-mofcom-2025-61", "art-1-3"]["state"] == "in_force"
        assert rows["us-affiliates-rule", "main"]["state"] == america
    else:
        assert _states(rows, SUSPENDED_CN) == {china}
        assert _states(rows, SUSPENDED_US) == {america}
    assert rows["cn-mofcom-2024-46", "art-2"]["state"] == article_2
    assert rows["cn-mofcom-2024-46", "art-2-graphite"]["state"] == article_2


def test_days_left_count_to_the_day_of_return(register: Register) -> None:
    rows = _rows(register, "2026-11-01")
    affiliates = rows["us-affiliates-rule", "main"]
    # 1 November to 10 November 2026: nine days.
    assert (affiliates["returns_on"], affiliates["days_left"]) == ("2026-11-10", 9)
    holmium = rows["cn-mofcom-2025-57", "holmium"]
    assert (holmium["returns_on"], holmium["days_left"]) == ("2026-11-11", 10)
    assert holmium["boundary"] == "unclear"
    article = rows["cn-mofcom-2024-46", "art-2"]
    assert (article["returns_on"], article["days_left"]) == ("2026-11-28", 27)


def test_nothing_of_the_emergency_duties_comes_back(register: Register) -> None:
    rows = _rows(register, "2026-11-11")
    for name in (("us-ieepa-fentanyl-china", "main"), ("us-ieepa-reciprocal-china", "main")):
        assert rows[name]["state"] == "ended"
        assert rows[name]["void"]
        assert rows[name]["returns_on"] is None


def test_before_the_judgment_the_24_points_were_to_come_back(register: Register) -> None:
    row = _rows(register, "2026-02-01", "2026-02-01")["us-ieepa-reciprocal-china", "main"]
    assert (row["state"], row["void"]) == ("suspended", False)
    assert (row["returns_on"], row["what_returns"]) == ("2026-11-10", "34%")


@pytest.mark.parametrize(
    ("on", "state", "value"),
    [
        ("2026-11-10T12:59+08:00", "suspended", "10%"),
        ("2026-11-10T13:01+08:00", "in_force", "34%"),
        ("2026-11-10T00:00-05:00", "suspended", "10%"),
        ("2026-11-10T00:01-05:00", "in_force", "34%"),
    ],
)
def test_one_minute_past_one_in_beijing_is_one_minute_past_midnight_in_washington(
    register: Register, on: str, state: str, value: str
) -> None:
    row = _rows(register, on)["cn-reciprocal-answer", "main"]
    assert (row["state"], row["value"]) == (state, value)


def test_exclusions_cover_9_november_and_not_10_november_2026(register: Register) -> None:
    name = ("us-301-technology", "excluded-number")
    assert _rows(register, "2026-11-09")[name]["state"] == "in_force"
    assert _rows(register, "2026-11-10")[name]["state"] == "lapsed"
    assert _rows(register, "2026-11-09")[name]["days_left"] == 1


def test_farm_duties_ceased_and_have_no_day_of_return(register: Register) -> None:
    name = ("cn-fentanyl-march-2025", "ten")
    row = _rows(register, "2026-11-11")[name]
    assert (row["state"], row["suspended_until"], row["returns_on"]) == ("ceased", None, None)
    assert _rows(register, "2025-11-10T13:00+08:00")[name]["state"] == "in_force"


def test_six_firms_rest_without_a_term(register: Register) -> None:
    row = _rows(register, "2026-11-11")["cn-unreliable-entity-list", "no-8-2025"]
    assert row["state"] == "suspended"
    assert (row["suspended_from"], row["suspended_until"]) == ("2025-05-14", None)


def test_twelve_firms_were_stopped_before_the_agreement(register: Register) -> None:
    row = _rows(register, "2026-01-01")["cn-control-list", "no-22-2025"]
    assert (row["state"], row["suspended_from"]) == ("ceased", "2025-08-12")


def test_on_2_november_2025_no_instrument_was_known_yet(register: Register) -> None:
    rows = _rows(register, "2025-11-02", "2025-11-02")
    assert len(rows) > 13
    affiliates = rows["us-affiliates-rule", "main"]
    assert (affiliates["state"], affiliates["suspended_from"]) == ("in_force", None)
    assert rows["cn-mofcom-2025-57", "holmium"]["state"] == "scheduled"
    assert rows["cn-fentanyl-march-2025", "ten"]["state"] == "in_force"


def test_before_the_agreement_was_known_there_is_no_truce(register: Register) -> None:
    assert truce(register, day_number("2025-10-01"), "2025-10-01")["instruments"] == []


def test_the_extension_to_january_is_a_claim_and_moves_no_day(register: Register) -> None:
    answer = truce(register, None, "2026-11-12")
    assert [claim["id"] for claim in answer["claims"]] == [
        "claim-bessent-extension",
        "claim-mofcom-extension",
    ]
    assert {row["returns_on"] for row in answer["instruments"]} <= {
        None,
        "2026-11-10",
        "2026-11-10T13:01+08:00",
        "2026-11-11",
        "2026-11-28",
    }


def test_the_horizon_is_told_for_each_part(register: Register) -> None:
    note = truce(register, None, "2026-11-12")["notes"][-1]
    assert "us/tariff to 2026-10-10" in note
    assert "to 2026-08-07" in note


def test_the_day_that_the_text_leaves_open_is_named(register: Register) -> None:
    notes = truce(register, None, "2026-11-10")["notes"]
    erbium = "Holmium, erbium, thulium, europium, ytterbium"
    assert any(erbium in note and "leaves its last day open" in note for note in notes)
    assert any("2026-11-10T13:01+08:00" in note for note in notes)


def test_a_day_that_is_none_is_refused(register: Register) -> None:
    with pytest.raises(ValueError, match="neither a day nor an instant"):
        truce(register, None, "November")
