"""What the register must be able to tell by itself: chains of moves, and states on named days."""

from __future__ import annotations

from typing import Any

import pytest

from detente.core.clock import day_number, last_minute_of, minute_of
from detente.register.book import Register
from detente.register.events import Query
from detente.register.runs import run_at
from detente.register.views.law_by_day import one_measure, timeline
from detente.register.views.truce import truce

US, CN = "us-ieepa-reciprocal-china", "cn-reciprocal-answer"
THREAT, GENEVA = "us-threat-china-50-points-april-2025", "both-geneva-truce"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def moves(register: Register) -> list[dict[str, Any]]:
    """What was announced from 2 April to 14 May 2025 about the two duties on all goods."""
    asked = Query(first=day_number("2025-04-02"), last=day_number("2025-05-14"))
    return [
        row
        for row in timeline(register, asked)["events"]
        if row["measure"] in (US, CN, THREAT, GENEVA) and row["limb"] in (None, "main")
    ]


def _state(register: Register, measure: str, provision: str, on: str) -> tuple[str, str | None]:
    found = register.measure(measure)
    zone = register.zones[found.by]
    minute = last_minute_of(on) if len(on) == len("2025-11-10") else minute_of(on, zone)
    run = run_at(found.provision(provision), minute)
    return run.state, run.value


def test_the_chain_from_2_april_to_14_may_2025_is_told_from_the_register_alone(
    moves: list[dict[str, Any]],
) -> None:
    described = [
        (row["announced"], row["measure"], row["effective"], row["value"], row["state"])
        for row in moves
    ]
    noon = "T12:01+08:00"
    assert described == [
        ("2025-04-02", US, "2025-04-05", "10%", "in_force"),
        ("2025-04-02", US, "2025-04-09", "34%", "in_force"),
        ("2025-04-04", CN, f"2025-04-10{noon}", "34%", "in_force"),
        ("2025-04-07", THREAT, None, None, "announced"),
        ("2025-04-08", US, "2025-04-09", "84%", "in_force"),
        ("2025-04-09", US, "2025-04-10", "125%", "in_force"),
        ("2025-04-09", CN, f"2025-04-10{noon}", "84%", "in_force"),
        ("2025-04-11", CN, "2025-04-12", "125%", "in_force"),
        ("2025-05-12", GENEVA, "2025-05-14", None, "in_force"),
        ("2025-05-12", US, "2025-05-14", "10%", "suspended"),
        ("2025-05-12", US, "2025-08-12", "34%", "in_force"),
        ("2025-05-13", CN, f"2025-05-14{noon}", "10%", "suspended"),
        ("2025-05-13", CN, f"2025-08-12{noon}", "34%", "in_force"),
    ]


def test_every_move_after_the_first_answers_one_before_it(moves: list[dict[str, Any]]) -> None:
    before = {US}
    for row in moves[2:]:
        assert before & set(row["answers"]), row
        before.add(row["measure"])


def test_34_percent_was_announced_by_both_and_applied_by_neither(register: Register) -> None:
    days = [f"2025-04-{day:02}" for day in range(5, 31)] + [f"2025-05-{d:02}" for d in range(1, 15)]
    for measure in (US, CN):
        assert "34%" not in {_state(register, measure, "main", day)[1] for day in days}


@pytest.mark.parametrize(
    ("measure", "provision", "on", "state"),
    [
        # Dysprosium oxide, civil use: a licence on both days, never suspended.
        ("cn-mofcom-2025-18", "dysprosium", "2025-11-08", "in_force"),
        ("cn-mofcom-2025-18", "dysprosium", "2026-08-01", "in_force"),
        # Holmium oxide: announced, suspended before it began, back by date unless extended.
        ("cn-mofcom-2025-57", "holmium", "2025-11-06", "scheduled"),
        ("cn-mofcom-2025-57", "holmium", "2025-11-07", "suspended"),
        ("cn-mofcom-2025-57", "holmium", "2026-08-01", "suspended"),
        ("cn-mofcom-2025-57", "holmium", "2026-11-11", "in_force"),
        # Gallium to the United States: licence; not permitted in principle; licence; again not.
        ("cn-mofcom-2023-23", "gallium", "2024-11-01", "in_force"),
        ("cn-mofcom-2024-46", "art-2", "2024-11-01", "scheduled"),
        ("cn-mofcom-2024-46", "art-2", "2025-03-01", "in_force"),
        ("cn-mofcom-2024-46", "art-2", "2026-01-01", "suspended"),
        ("cn-mofcom-2023-23", "gallium", "2026-01-01", "in_force"),
        ("cn-mofcom-2024-46", "art-2", "2026-11-27", "suspended"),
        ("cn-mofcom-2024-46", "art-2", "2026-11-28", "in_force"),
        # Article 1, military use, all the while.
        ("cn-mofcom-2024-46", "art-1", "2026-01-01", "in_force"),
        # H200: reviewed case by case from 15 January 2026.
        ("us-advanced-computing", "review", "2026-01-14", "scheduled"),
        ("us-advanced-computing", "review", "2026-01-16", "in_force"),
    ],
)
def test_worked_answers_on_controls_stand_on_these_states(
    register: Register, measure: str, provision: str, on: str, state: str
) -> None:
    assert _state(register, measure, provision, on)[0] == state


@pytest.mark.parametrize(
    ("on", "china", "farm"),
    [
        ("2025-11-10T13:00+08:00", "suspended", "in_force"),
        ("2025-11-10T13:01+08:00", "suspended", "ceased"),
        # The same two instants in Washington.
        ("2025-11-10T00:00-05:00", "suspended", "in_force"),
        ("2025-11-10T00:01-05:00", "suspended", "ceased"),
    ],
)
def test_china_switches_at_one_minute_past_one_in_beijing(
    register: Register, on: str, china: str, farm: str
) -> None:
    assert _state(register, CN, "main", on) == (china, "10%")
    assert _state(register, "cn-fentanyl-march-2025", "ten", on)[0] == farm


def test_limb_1_3_of_no_61_operated_for_29_days_and_limb_1_1_never(register: Register) -> None:
    def days(provision: str) -> int:
        first, last = day_number("2025-10-01"), day_number("2026-11-10")
        period = register.measure("cn-mofcom-2025-61").provision(provision)
        minutes = [day * 1440 + 1439 for day in range(first, last + 1)]
        return sum(run_at(period, minute).state == "in_force" for minute in minutes)

    # 9 October to 6 November 2025: 23 days of October and 6 of November.
    assert days("art-1-3") == 23 + 6
    assert days("art-1-1") == 0


@pytest.mark.parametrize("on", ["2026-11-10", "2026-11-11", "2026-11-27", "2026-11-28"])
def test_days_past_the_horizon_say_so_and_show_the_extension_as_a_claim(
    register: Register, on: str
) -> None:
    answer = truce(register, None, on)
    claim, other = answer["claims"]
    assert (claim["id"], claim["on"]) == ("claim-bessent-extension", "2026-09-24")
    assert "No instrument was read" in claim["note"]
    assert (other["id"], other["on"]) == ("claim-mofcom-extension", "2026-09-28")
    assert any("nothing was ordered in between" in note for note in answer["notes"])
    # The claim moves no day: what America suspended is back on the tenth.
    (rule,) = [row for row in answer["instruments"] if row["measure"] == "us-affiliates-rule"]
    assert (rule["state"], rule["returned"]) == ("in_force", True)


def test_conflicting_sources_both_stand_with_the_reading_taken(register: Register) -> None:
    """The end of China's exclusions: two documents of the United States, two days."""
    for name in (f"cn-301-list-{number}" for number in (1, 2, 3, 4)):
        periods = register.measure(name).provision("excluded").periods
        (disputed,) = [period for period in periods if period.readings]
        assert [reading.holds for reading in disputed.readings] == [True, False]
        assert {reading.source for reading in disputed.readings} == {
            "wh-fact-sheet-2025-11-01",
            "eo-14358",
        }


def test_every_record_has_a_title_in_both_languages(register: Register) -> None:
    from re import search

    without = [
        measure.id
        for measure in register.measures()
        if not search("[\u4e00-\u9fff]", measure.title_zh) or not measure.title
    ]
    assert not without
    rows = timeline(register, Query())["events"]
    assert [row["id"] for row in rows if not row["title"] or not row["title_zh"]] == []


def test_notices_of_china_bear_their_chinese_citations(register: Register) -> None:
    for number in ("1-2025", "2-2025", "4-2025", "5-2025", "6-2025", "10-2025"):
        assert register.sources[f"sctc-{number}"].citation_zh


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("cn-mofcom-2025-61", False),
        ("cn-dual-use-regulations", False),
        ("cn-unreliable-entity-list", False),
        ("cn-drones", True),
        ("us-301-technology", True),
    ],
)
def test_a_chinese_title_of_our_own_is_told_from_that_of_an_act(
    register: Register, name: str, own: bool
) -> None:
    answer = one_measure(register, name, "2026-10-01", None)
    assert (answer["title_zh_own"], bool(answer["title_zh"])) == (own, True)


def test_the_chinese_title_of_an_event_is_its_own_and_not_that_of_its_record(
    register: Register,
) -> None:
    asked = Query(first=day_number("2025-09-03"), last=day_number("2025-09-04"))
    told = {
        (row["title"], row["title_zh"])
        for row in timeline(register, asked)["events"]
        if row["measure"] == "cn-antidumping-fiber"
    }
    assert told == {
        ("Cut-off shifted fiber, as circumvention", "认定截止波长位移单模光纤规避反倾销措施")
    }
