"""The one query over events, and its views, on small registers and on the built-in one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.clock import day_number, last_minute_of
from detente.register.book import Register
from detente.register.events import Query, acts
from detente.register.model import STATES, DutyRate, EffectivePeriod, Provision
from detente.register.periods import period_at
from detente.register.runs import run_at, runs, value_of
from detente.register.views.law_by_day import (
    difference,
    measure_on,
    one_measure,
    status,
    timeline,
    upcoming,
)
from detente.register.views.standing import standing
from tests.small_register import AREA, record, small_register

TALKS = """\
- id: fee-threat
  title: A threat to charge a fee
  by: US
  kind: threat
  events:
    - announced: 2025-03-01
      source: order-1
      title: "A fee is threatened"
      title_zh: 威胁
      grade: background
  verified: {day: 2026-10-10, grade: secondary}
- id: truce
  title: A truce
  title_zh: 休战
  by: CN
  kind: agreement
  answers: [fee-threat]
  events:
    - {announced: 2025-05-12, source: order-2, from: 2025-05-14, until: 2025-08-12}
    - {announced: 2025-08-11, source: order-3, from: 2025-05-14, until: 2025-11-10}
  verified: {day: 2026-10-10, grade: primary}
"""

PAUSED = """\
id: us-paused
title: A duty that is paused
by: US
family: "301"
places: china
provisions:
  - {id: relief, when: {exported_on: {before: 2025-04-01}}}
  - {id: main, title: "Everything", heading: "9903.99.02"}
  - {id: more}
events:
  - announced: 2025-03-01
    source: order-1
    periods:
      - {provision: main, from: 2025-04-01, add: "25%"}
      - {provision: relief, from: 2025-04-01, until: 2025-05-01, add: "5%"}
  - announced: 2025-05-12
    source: order-2
    title: "The pause"
    answers: [truce]
    grade: secondary
    periods:
      - provision: main
        from: 2025-05-14
        until: 2025-08-12
        add: "10%"
        state: suspended
        suspends: "15 points"
  - announced: 2025-08-11
    source: order-3
    periods:
      - provision: main
        from: 2025-08-12
        until: 2025-11-10
        add: "10%"
        state: suspended
        suspends: "15 points"
        boundary: unclear
      - {provision: more, from: 2026-01-01, add: "50%"}
  - announced: 2026-02-20
    source: schedule
    void: {from: 2025-04-01, provision: main}
verified: {day: 2026-10-10, grade: primary}
"""

FILES = {
    "both/talks/_area.yaml": AREA,
    "both/talks/talks.yaml": TALKS,
    "us/tariff/paused.yaml": PAUSED,
}


@pytest.fixture
def small(tmp_path: Path) -> Register:
    """The small register with a threat, an agreement, and a duty that is paused."""
    return small_register(tmp_path, FILES)


@pytest.fixture(scope="module")
def built_in() -> Register:
    """The register that ships with the package."""
    return Register.built_in()


def by_id(rows: list[dict[str, Any]]) -> Mapping[str, dict[str, Any]]:
    """Rows by their id, which no two share."""
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


# The events that records without provisions consist of


def test_an_event_without_paint_stands_on_the_timeline_with_its_own_title_and_grade(
    small: Register,
) -> None:
    row = by_id(timeline(small, Query(kinds=("threat",)))["events"])["fee-threat.2025-03-01"]
    assert (row["title"], row["title_zh"], row["grade"]) == (
        "A fee is threatened",
        "威胁",
        "background",
    )
    assert (row["effective"], row["limb"], row["state"], row["value"]) == (
        None,
        None,
        "announced",
        None,
    )
    assert row["sources"] == ["Order 1"]


def test_an_event_without_words_of_its_own_bears_those_of_its_record(small: Register) -> None:
    first = timeline(small, Query(kinds=("agreement",)))["events"][0]
    assert (first["title"], first["title_zh"], first["grade"]) == ("A truce", "休战", "primary")
    assert (first["effective"], first["until"]) == ("2025-05-14", "2025-08-12")


def test_the_first_event_answers_what_its_record_answers_and_later_ones_do_not(
    small: Register,
) -> None:
    first, second = timeline(small, Query(kinds=("agreement",)))["events"]
    assert first["answers"] == ["fee-threat"]
    assert second["answers"] == []


def test_a_threat_is_only_ever_announced(small: Register) -> None:
    threat = by_id(status(small, Query(), "2026-01-01")["measures"])["fee-threat"]
    assert (threat["state"], threat["since"], threat["limbs"]) == ("announced", None, [])


@pytest.mark.parametrize(
    ("day", "state", "since", "until"),
    [
        ("2025-05-13", "scheduled", None, "2025-05-14"),
        ("2025-05-14", "in_force", "2025-05-14", "2025-11-10"),
        ("2025-11-09", "in_force", "2025-05-14", "2025-11-10"),
        ("2025-11-10", "lapsed", "2025-11-10", None),
    ],
)
def test_an_agreement_holds_over_the_days_of_its_last_event(
    small: Register, day: str, state: str, since: str | None, until: str | None
) -> None:
    truce = by_id(status(small, Query(), day)["measures"])["truce"]
    assert (truce["state"], truce["since"], truce["until"]) == (state, since, until)


def test_an_agreement_holds_over_the_days_that_were_known(small: Register) -> None:
    asked = Query(known_on=day_number("2025-08-10"))
    truce = by_id(status(small, asked, "2025-08-12")["measures"])["truce"]
    assert truce["state"] == "lapsed"


def test_claims_and_events_are_in_the_status_only_when_asked_for(tmp_path: Path) -> None:
    claim = TALKS.replace("kind: threat", "kind: claim\n  speaker: A speaker")
    register = small_register(tmp_path, {**FILES, "both/talks/talks.yaml": claim})
    assert "fee-threat" not in by_id(status(register, Query(), "2026-01-01")["measures"])
    asked = Query(kinds=("claim",))
    assert list(by_id(status(register, asked, "2026-01-01")["measures"])) == ["fee-threat"]


# The query


def test_a_paint_bears_the_words_of_the_event_that_made_it(small: Register) -> None:
    row = by_id(timeline(small, Query())["events"])["us-paused.main.2025-05-12.2025-05-14"]
    assert row["title"] == "The pause"
    assert row["answers"] == ["truce"]
    assert row["grade"] == "secondary"
    assert (row["state"], row["value"], row["suspends"]) == ("suspended", "10%", "15 points")
    assert (row["heading"], row["until"]) == ("9903.99.02", "2025-08-12")


def test_a_void_stands_on_the_timeline_as_what_it_is(small: Register) -> None:
    row = by_id(timeline(small, Query())["events"])["us-paused.main.void.2026-02-20.2025-04-01"]
    assert (row["state"], row["limb"], row["effective"]) == ("void", "main", "2025-04-01")


def test_a_void_of_all_limbs_is_one_event(built_in: Register) -> None:
    found = [
        act
        for act in acts(built_in, Query(by="US"))
        if act.state == "void" and act.measure.id == "us-ieepa-reciprocal-china"
    ]
    assert [act.provision for act in found] == [None]


def test_ids_stay_when_later_events_are_added(small: Register, tmp_path: Path) -> None:
    more = PAUSED.replace(
        "verified:",
        "  - announced: 2026-03-01\n    source: order-3\n"
        '    periods: [{provision: all, from: 2026-03-02, add: "9%"}]\n'
        "verified:",
    )
    later = small_register(tmp_path / "later", {**FILES, "us/tariff/paused.yaml": more})
    before = [act.id for act in acts(small, Query())]
    after = [act.id for act in acts(later, Query())]
    # Three provisions more are painted, and nothing else has another name.
    assert set(before) < set(after)
    assert len(after) == len(before) + 3


def test_two_events_of_one_day_with_the_same_first_day_have_two_ids(tmp_path: Path) -> None:
    twice = PAUSED.replace(
        "  - announced: 2025-05-12",
        "  - announced: 2025-03-01\n    source: order-2\n"
        '    periods: [{provision: main, from: 2025-04-01, add: "30%"}]\n'
        "  - announced: 2025-05-12",
    )
    register = small_register(tmp_path, {**FILES, "us/tariff/paused.yaml": twice})
    found = [act for act in acts(register, Query()) if act.id.startswith("us-paused.main.2025-03")]
    assert [(act.id, act.value) for act in found] == [
        ("us-paused.main.2025-03-01.2025-04-01", "25%"),
        ("us-paused.main.2025-03-01.2025-04-01.2", "30%"),
    ]


def test_no_two_events_of_the_built_in_register_share_an_id(built_in: Register) -> None:
    by_id([{"id": act.id} for act in acts(built_in, Query())])


def test_the_window_takes_what_was_announced_or_took_effect_within_it(small: Register) -> None:
    asked = Query(kinds=("measure",), first=day_number("2025-05-14"), last=day_number("2025-05-14"))
    found = [act.id for act in acts(small, asked)]
    assert found == ["us-paused.main.2025-05-12.2025-05-14"]


def test_the_window_does_not_take_a_void_by_the_days_that_it_reaches_back_to(
    small: Register,
) -> None:
    asked = Query(first=day_number("2025-04-01"), last=day_number("2025-04-01"))
    assert {act.state for act in acts(small, asked)} == {"in_force"}


def test_what_was_announced_later_is_not_known(small: Register) -> None:
    found = acts(small, Query(known_on=day_number("2025-05-12"), kinds=("measure",), by="US"))
    assert {act.announced for act in found} <= {
        day_number(day) for day in ("2017-01-01", "2025-02-01", "2025-03-01", "2025-05-12")
    }
    assert any(act.id == "us-paused.main.2025-05-12.2025-05-14" for act in found)


def test_events_stand_in_order_of_announcement(built_in: Register) -> None:
    days = [row["announced"] for row in timeline(built_in, Query())["events"]]
    assert days == sorted(days)


def test_a_side_asks_for_its_own_records(small: Register) -> None:
    assert {act.measure.id for act in acts(small, Query(by="CN"))} == {"truce"}


def test_an_instant_is_told_with_the_offset_of_the_side_that_acts(tmp_path: Path) -> None:
    timed = TALKS.replace("from: 2025-05-14,", "from: 2025-05-14T12:01+08:00,")
    register = small_register(tmp_path, {**FILES, "both/talks/talks.yaml": timed})
    row = timeline(register, Query(by="CN"))["events"][0]
    assert row["effective"] == "2025-05-14T12:01+08:00"


# Where measures stand


@pytest.mark.parametrize(
    ("day", "state", "since", "until", "rate"),
    [
        ("2025-03-31", "scheduled", None, "2025-04-01", None),
        ("2025-04-01", "in_force", "2025-04-01", "2025-05-14", "25%"),
        # Two pauses of one rate are one pause; the relief for goods at sea does not speak.
        ("2025-05-14", "suspended", "2025-05-14", "2025-11-10", "10%"),
        ("2025-11-09", "suspended", "2025-05-14", "2025-11-10", "10%"),
        ("2025-11-10", "in_force", "2025-11-10", None, "25%"),
        ("2026-01-01", "in_force", "2025-11-10", None, "25% to 50%"),
    ],
)
def test_a_measure_has_the_state_of_the_limbs_that_charge_without_a_condition(
    small: Register, day: str, state: str, since: str | None, until: str | None, rate: str | None
) -> None:
    row = by_id(status(small, Query(), day)["measures"])["us-paused"]
    assert (row["state"], row["since"], row["until"], row["rate"]) == (state, since, until, rate)


def test_a_limb_tells_the_days_of_its_own_rate(small: Register) -> None:
    row = by_id(status(small, Query(), "2025-09-01")["measures"])["us-paused"]
    assert by_id(row["limbs"])["main"] == {
        "id": "main",
        "title": "Everything",
        "heading": "9903.99.02",
        "state": "suspended",
        "since": "2025-05-14",
        "until": "2025-11-10",
        "confirmed": True,
        "confirmed_through": "2026-10-10",
        "rate": "10%",
        "control": {},
    }
    assert by_id(row["limbs"])["relief"]["state"] == "lapsed"


def test_a_measure_that_nobody_had_announced_is_not_in_the_status(small: Register) -> None:
    asked = Query(known_on=day_number("2025-02-28"))
    assert "us-paused" not in by_id(status(small, asked, "2025-06-01")["measures"])


def test_a_measure_that_was_replaced_before_it_began_never_operated() -> None:
    text = PAUSED.replace('from: 2025-04-01, add: "25%"', 'from: 2025-07-01, add: "25%"')
    start = text.index("  - announced: 2025-05-12")
    ended = (
        "  - {announced: 2025-05-12, source: order-2, periods: "
        "[{provision: all, from: 2025-05-14, state: ended}]}\n"
    )
    measure = record(text[:start] + ended + text[text.index("verified") :])
    assert standing(measure, last_minute_of("2025-06-01")).state == "never_operated"


def test_an_exemption_that_ran_out_does_not_end_a_measure(small: Register) -> None:
    measure = small.measure("us-paused")
    assert run_at(measure.provision("relief"), last_minute_of("2026-02-01")).state == "lapsed"
    assert standing(measure, last_minute_of("2026-02-01")).state == "in_force"


def test_days_that_were_never_owed_are_told_beside_the_state(small: Register) -> None:
    row = by_id(status(small, Query(), "2025-06-01")["measures"])["us-paused"]
    assert row["void"] == [
        {
            "announced": "2026-02-20",
            "from": "2025-04-01",
            "until": None,
            "limbs": ["main"],
            "sources": ["Schedule"],
        }
    ]
    asked = Query(known_on=day_number("2026-02-19"))
    assert by_id(status(small, asked, "2025-06-01")["measures"])["us-paused"]["void"] == []


def test_one_measure_tells_the_strip_of_each_limb(small: Register) -> None:
    answer = one_measure(small, "us-paused", "2025-06-01", None)
    history = by_id(answer["limbs"])["main"]["history"]
    assert [(run["from"], run["until"], run["state"], run["rate"]) for run in history] == [
        ("2025-04-01", "2025-05-14", "in_force", "25%"),
        ("2025-05-14", "2025-11-10", "suspended", "10%"),
        ("2025-11-10", None, "in_force", "25%"),
    ]
    assert len(answer["events"]) == 6  # five periods and a void


def test_an_unknown_measure_is_an_error_that_names_the_nearest(built_in: Register) -> None:
    with pytest.raises(ValueError, match="the nearest are us-ieepa-reciprocal-china"):
        one_measure(built_in, "us-ieepa-reciprocal-chian", "2025-06-01", None)


def test_a_control_tells_its_decision() -> None:
    control = record(
        """\
id: cn-metals
title: Metals
by: CN
provisions:
  - {id: art-1, decision: prohibited, items: metals, to: [US]}
  - {id: art-2, decision: none, items: metals, to: [JP]}
events:
  - {announced: 2024-12-03, source: order-1, periods: [{provision: all, from: 2024-12-03}]}
  - announced: 2025-11-09
    source: order-2
    periods: [{provision: art-1, from: 2025-11-09, until: 2026-11-28, state: suspended}]
verified: {day: 2026-10-10, grade: primary}
""",
        "cn/control",
        "Asia/Shanghai",
    )
    provision = control.provision("art-1")
    assert [(run.state, run.value) for run in runs(provision)] == [
        ("scheduled", None),
        ("in_force", "prohibited"),
        ("suspended", None),
        ("in_force", "prohibited"),
    ]
    assert standing(control, last_minute_of("2026-01-01")).state == "suspended"


# What comes, and what changed


def test_a_suspension_that_runs_out_is_ahead_with_what_returns(small: Register) -> None:
    found = by_id(upcoming(small, Query(kinds=("measure",)), "2025-09-01", None)["events"])
    row = found["us-paused.main.2025-08-11.2025-11-10"]
    assert (row["state"], row["value"]) == ("in_force", "25%")
    assert row["before"] == {"state": "suspended", "value": "10%"}
    assert row["boundary"] == "unclear"
    # It is the end of the pause that brings the change about, so that is its source.
    assert row["sources"] == ["Order 3"]


def test_the_renewal_of_a_pause_changes_nothing(small: Register) -> None:
    found = upcoming(small, Query(kinds=("measure",)), "2025-06-01", 120)["events"]
    assert [row["id"] for row in found if row["measure"] == "us-paused"] == []


def test_upcoming_looks_as_many_days_ahead_as_it_is_asked_to(small: Register) -> None:
    # From 31 October ten days reach to 10 November, nine do not.
    ten = upcoming(small, Query(kinds=("measure",)), "2025-10-31", 10)["events"]
    nine = upcoming(small, Query(kinds=("measure",)), "2025-10-31", 9)["events"]
    assert [row["effective"] for row in ten] == ["2025-11-10"]
    assert nine == []


def test_the_end_of_an_agreement_is_ahead(small: Register) -> None:
    asked = Query(kinds=("agreement",), known_on=day_number("2025-05-31"))
    found = upcoming(small, asked, "2025-06-01", None)["events"]
    assert [(row["effective"], row["state"]) for row in found] == [("2025-08-12", "lapsed")]


def test_a_law_that_is_replaced_before_it_begins_never_comes(built_in: Register) -> None:
    # The 34% of 9 April 2025 gave way on the 8th to 84%.
    asked = Query(known_on=day_number("2025-04-08"))
    found = upcoming(built_in, asked, "2025-04-08", 1)["events"]
    main = [
        row
        for row in found
        if (row["measure"], row["limb"]) == ("us-ieepa-reciprocal-china", "main")
    ]
    assert [(row["effective"], row["value"]) for row in main] == [("2025-04-09", "84%")]


def test_two_days_differ_by_what_shows_on_them(small: Register) -> None:
    answer = difference(small, Query(), "2025-05-13", "2025-11-10")
    # On both days 25% is charged, whatever happened in between; only the duty of ten goes on.
    assert answer["changes"] == []
    answer = difference(small, Query(), "2025-05-13", "2025-06-01")
    assert [
        (row["measure"], row["limb"], row["before"], row["after"], row["source"])
        for row in answer["changes"]
    ] == [("us-paused", "main", "25%", "10%, suspended", "Order 2")]


def test_a_difference_begins_from_nothing_and_ends_in_a_state(small: Register) -> None:
    rows = difference(small, Query(), "2025-03-31", "2025-04-01")["changes"]
    assert [(row["limb"], row["before"], row["after"]) for row in rows] == [
        ("relief", None, "5%"),
        ("main", None, "25%"),
    ]
    rows = difference(small, Query(), "2025-04-30", "2025-05-01")["changes"]
    assert [(row["limb"], row["before"], row["after"]) for row in rows] == [
        ("relief", "5%", "lapsed")
    ]


def test_a_difference_may_be_asked_for_within_a_day(tmp_path: Path) -> None:
    timed = PAUSED.replace("from: 2025-05-14\n", "from: 2025-05-14T12:01-04:00\n")
    register = small_register(tmp_path, {**FILES, "us/tariff/paused.yaml": timed})
    noon = difference(register, Query(), "2025-05-14T12:00-04:00", "2025-05-14T16:01+00:00")
    assert [row["after"] for row in noon["changes"]] == ["10%, suspended"]


def test_a_list_that_changes_under_a_limb_is_told_beside(tmp_path: Path) -> None:
    # The small list names 8507 from 1 January and excepts 8507.60.00 from 1 June 2025; the
    # provision that reads it is painted from 4 February on.
    register = small_register(tmp_path)
    lists = difference(register, Query(), "2025-05-31", "2025-06-01")["lists"]
    assert lists == [
        {"list": "small-list", "title": "the small list", "added": [], "removed": ["85076000"]}
    ]
    assert difference(register, Query(), "2025-06-01", "2025-12-01")["lists"] == []
    # Where the provision itself begins in between, that is the change, and not its list.
    assert difference(register, Query(), "2024-12-31", "2025-12-01")["lists"] == []


def test_annex_ii_of_8_september_2025_gains_and_loses(built_in: Register) -> None:
    rows = difference(built_in, Query(by="US"), "2025-09-07", "2025-09-08")["lists"]
    annex = next(row for row in rows if row["list"] == "us-reciprocal-annex-ii")
    # Executive Order 14346, annex I, removes eight subheadings, 2818.30.00 among them.
    assert "28183000" in annex["removed"]
    assert len(annex["removed"]) == 8


def test_a_day_that_is_none_is_an_error(small: Register) -> None:
    with pytest.raises(ValueError, match="neither a day nor an instant"):
        status(small, Query(), "2025-02-30")


# Facts of the built-in register, by the orders of 2025 and 2026


@pytest.mark.parametrize(
    ("day", "known_on", "state", "since", "until", "rate"),
    [
        # Executive Order 14298 from 14 May 2025, renewed twice; the court in February 2026.
        ("2025-11-12", None, "suspended", "2025-05-14", "2026-02-24", "10%"),
        # The day before the judgment the pause was to last to 10 November 2026.
        ("2025-11-12", "2026-02-19", "suspended", "2025-05-14", "2026-11-10", "10%"),
        ("2026-11-10", "2026-02-19", "in_force", "2026-11-10", None, "34%"),
        ("2026-02-24", None, "ended", "2026-02-24", None, None),
        ("2025-04-09", None, "in_force", "2025-04-05", "2025-05-14", "84%"),
    ],
)
def test_the_reciprocal_duty_on_china_stands_as_the_orders_say(
    built_in: Register,
    day: str,
    known_on: str | None,
    state: str,
    since: str | None,
    until: str | None,
    rate: str | None,
) -> None:
    measure = built_in.measure("us-ieepa-reciprocal-china")
    known = None if known_on is None else day_number(known_on)
    row = measure_on(built_in, measure, last_minute_of(day), known)
    assert (row["state"], row["since"], row["until"], row["rate"]) == (state, since, until, rate)


def test_on_10_november_2025_the_fentanyl_duty_on_china_is_halved(built_in: Register) -> None:
    rows = difference(built_in, Query(by="US"), "2025-11-09", "2025-11-10")["changes"]
    changed = {(row["measure"], row["limb"]): (row["before"], row["after"]) for row in rows}
    assert changed["us-ieepa-fentanyl-china", "main"] == ("20%", "10%")
    assert ("us-ieepa-reciprocal-china", "main") not in changed


def test_the_pause_of_the_reciprocal_duty_was_ahead_before_the_judgment(
    built_in: Register,
) -> None:
    asked = Query(known_on=day_number("2026-02-19"))
    found = upcoming(built_in, asked, "2026-02-19", 300)["events"]
    main = [
        row
        for row in found
        if (row["measure"], row["limb"]) == ("us-ieepa-reciprocal-china", "main")
    ]
    assert [(row["effective"], row["value"], row["before"]["value"]) for row in main] == [
        ("2026-11-10", "34%", "10%")
    ]


def test_every_record_of_the_built_in_register_has_a_state_on_every_first_day_of_a_year(
    built_in: Register,
) -> None:
    for year in range(2017, 2028):
        for row in status(built_in, Query(), f"{year}-01-01")["measures"]:
            assert row["state"] in {*STATES, "announced", "scheduled", "never_operated"}
            if row["since"] and row["until"]:
                assert row["since"] < row["until"]


# Runs

PAINTS = st.lists(
    st.builds(
        lambda announced, start, length, rate, state: EffectivePeriod(
            announced,
            start,
            None if length == 0 else start + length,
            DutyRate("add", f"{rate}%", rate=rate * 10_000) if state != "ended" else None,
            None,
            state,
            "",
            "",
            (),
        ),
        st.integers(0, 3),
        st.integers(0, 20),
        st.integers(0, 10),
        st.integers(1, 3),
        st.sampled_from(("in_force", "suspended", "ended")),
    ),
    max_size=6,
)


@given(PAINTS)
def test_runs_tile_all_time_and_show_what_the_paints_show(periods: list[EffectivePeriod]) -> None:
    ordered = tuple(sorted(periods, key=lambda period: period.announced))
    provision = Provision("main", "", None, None, "", (), (), (), (), (), "", {}, ordered)
    found = runs(provision)
    assert found[0].start is None
    assert found[-1].until is None
    for before, after in pairwise(found):
        assert before.until == after.start
        assert before[2:5] != after[2:5]
    for minute in range(-1, 33):
        shown = period_at(ordered, minute)
        run = run_at(provision, minute)
        assert run.value == value_of(provision, shown)
        assert shown is None or run.state in (shown.state, "never_operated")
