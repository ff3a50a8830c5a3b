"""Two readings of a register: what was only announced stays out of the law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.core.clock import day_number, last_minute_of, start_of
from detente.core.vocabulary import UnknownWordError
from detente.register.book import Register
from detente.register.confirmed import confirmed_row, read_words
from detente.register.events import Query, acts
from detente.register.load.yaml_reader import RegisterError
from detente.register.periods import state_at
from detente.register.reading import by_reading, counterpart, read
from detente.register.views.law_by_day import one_measure, status, timeline, upcoming
from detente.scenario.scenario import shipped, with_scenario
from tests.small_register import write_register

PAUSE = """\
id: us-pause
title: A duty that a statement would pause
by: US
family: "301"
places: [CN]
provisions: [{id: main, heading: "9903.88.01"}]
events:
  - {announced: 2025-01-02, source: order-1,
     periods: [{provision: main, from: 2025-02-01, add: "25%"}]}
  - announced: 2025-03-01
    announced_only: true
    named: false
    speaker: The Secretary
    source: order-2
    title: "Paused for a month"
    periods: [{provision: main, from: 2025-04-01, until: 2025-05-01, state: suspended}]
  - {announced: 2025-04-10, source: order-3,
     periods: [{provision: main, from: 2025-04-20, add: "30%"}]}
verified: {day: 2026-10-10, grade: primary}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("readings")
    return Register.load(write_register(folder, {"us/tariff/pause.yaml": PAUSE}))


def state(register: Register, day: str, known_on: int | None = None) -> str:
    provision = register.measure("us-pause").provision("main")
    return state_at(provision, last_minute_of(day), known_on)


def test_the_law_leaves_out_what_was_only_announced(small: Register) -> None:
    assert state(small, "2025-04-05") == "in_force"
    assert state(read(small, "announced"), "2025-04-05") == "suspended"


def test_an_instrument_that_came_later_covers_the_statement(small: Register) -> None:
    # Order 3 of 10 April paints from 20 April on; the statement of 1 March shows before.
    announced = read(small, "announced")
    assert state(announced, "2025-04-19") == "suspended"
    assert state(announced, "2025-04-20") == "in_force"


def test_a_statement_counts_from_the_day_on_which_it_was_made(small: Register) -> None:
    announced = read(small, "announced")
    day = last_minute_of("2025-02-28") // 1440
    assert state(announced, "2025-04-05", day) == "in_force"
    assert state(announced, "2025-04-05", day + 1) == "suspended"


def test_the_readings_are_made_once_and_lead_back_to_each_other(small: Register) -> None:
    announced = read(small, "announced")
    assert read(small, "announced") is announced
    assert counterpart(announced) is small
    assert read(small, None) is small
    assert announced.sha256 != small.sha256
    assert small.announced_only == ("us-pause",)


def test_a_record_is_the_same_after_both_readings(small: Register) -> None:
    measure = small.measure("us-pause")
    assert by_reading(by_reading(measure, "announced"), "law") == measure


def test_an_unknown_reading_is_refused_with_the_nearest(small: Register) -> None:
    with pytest.raises(UnknownWordError, match="announced"):
        read(small, "anounced")


def test_the_timeline_tells_a_statement_as_announced_and_never_as_its_state(
    small: Register,
) -> None:
    rows = [row for row in timeline(small, Query())["events"] if row["measure"] == "us-pause"]
    described = [(row["announced"], row["state"], row["announced_state"]) for row in rows]
    assert described == [
        ("2025-01-02", "in_force", None),
        ("2025-03-01", "announced", "suspended"),
        ("2025-04-10", "in_force", None),
    ]
    assert rows[1]["speaker"] == "The Secretary"


def test_an_event_bears_one_id_in_both_readings(small: Register) -> None:
    ids = [[act.id for act in acts(each, Query())] for each in (small, read(small, "announced"))]
    assert ids[0] == ids[1]


def test_a_record_names_the_other_reading_only_on_days_on_which_it_differs(
    small: Register,
) -> None:
    def announced(day: str) -> object:
        return one_measure(small, "us-pause", day, None)["announced"]

    assert announced("2025-03-31") is None
    described = announced("2025-04-01")
    assert isinstance(described, dict)
    assert described["because"] == ["us-pause.main.2025-03-01.2025-04-01"]
    assert "the statement names the arrangement as a whole" in described["text"]
    assert announced("2025-04-20") is None


def test_days_ahead_that_a_statement_denies_are_marked(small: Register) -> None:
    answer = upcoming(small, Query(), "2025-03-15", None)
    own = [row for row in answer["events"] if row["measure"] == "us-pause"]
    assert [(row["effective"], row["by_other_reading"]) for row in own] == [("2025-04-20", True)]
    other = answer["announced"]["events"]
    assert [(row["effective"], row["state"]) for row in other] == [("2025-04-01", "suspended")]


def test_what_a_scenario_supposes_holds_in_both_readings() -> None:
    register = Register.built_in()
    supposed = with_scenario(register, shipped(register, "truce-extended"))
    provisions = [
        each.measure("cn-reciprocal-answer").provision("main")
        for each in (supposed, counterpart(supposed))
    ]
    minute = last_minute_of("2026-12-01")
    assert [state_at(provision, minute) for provision in provisions] == ["suspended", "suspended"]


def test_a_change_is_confirmed_up_to_the_last_day_that_was_read(small: Register) -> None:
    last = last_minute_of("2026-10-10")
    measure = small.measures(area="us/tariff", kind="measure")[0]
    assert confirmed_row(small, measure, last)["confirmed"]
    assert not confirmed_row(small, measure, last + 1)["confirmed"]
    assert confirmed_row(small, measure, None)["confirmed"]


def test_every_statement_of_the_register_names_its_speaker_and_source() -> None:
    register = Register.built_in()
    assert register.announced_only
    for name in register.announced_only:
        described = [event for event in register.measure(name).events if event.announced_only]
        assert all(event.speaker and event.sources != ("press",) for event in described), name
        assert all(event.announced >= last_minute_of("2026-09-24") // 1440 for event in described)


def test_instruments_that_no_statement_names_have_none() -> None:
    names = Register.built_in().announced_only
    assert "us-301-technology" not in names
    assert "cn-mofcom-2024-46" not in names


def test_status_counts_the_records_that_differ() -> None:
    rows = status(Register.built_in(), Query(kinds=("measure",)), "2026-11-26")["measures"]
    differ = {row["id"] for row in rows if row["announced"]}
    assert differ == set(Register.built_in().announced_only) - {"both-busan-arrangement"}


PERIOD = 'periods: [{provision: main, from: 2025-02-01, add: "1%"}]'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"announced_only: true, source: order-1, {PERIOD}", "has a speaker"),
        (f"speaker: X, source: order-1, {PERIOD}", "only announced"),
        (f"named: false, source: order-1, {PERIOD}", "only announced"),
        ("announced_only: true, speaker: X, source: order-1", "has no days"),
        (
            "announced_only: true, speaker: X, source: order-1, void: {from: 2025-02-01}",
            "never owed",
        ),
    ],
)
def test_a_statement_that_is_written_wrongly_is_refused(
    tmp_path: Path, line: str, message: str
) -> None:
    head = PAUSE.partition("events:")[0]
    tail = "verified: {day: 2026-10-10, grade: primary}\n"
    text = f"{head}events:\n  - {{announced: 2025-01-02, {line}}}\n{tail}"
    with pytest.raises(RegisterError, match=message):
        Register.load(write_register(tmp_path, {"us/tariff/pause.yaml": text}))


def test_what_an_act_that_was_read_does_is_confirmed_after_the_day_of_its_area() -> None:
    # No. 40 of 22 September 2026 was read; the rest of its area only to an earlier day.
    register = Register.built_in()
    measure = register.measure("cn-precursors")
    read = register.areas[measure.area].reviewed_through
    assert read < "2026-09-22"
    added = (measure.provision("north-america-2026"),)
    row = confirmed_row(register, measure, start_of("2026-09-22"), added)
    assert row == {"confirmed": True, "confirmed_through": "2026-09-22"}
    # A day that the law set long before, and that nobody looked at since, stays unconfirmed.
    measure = register.measure("cn-mofcom-2025-57")
    row = confirmed_row(register, measure, start_of("2026-11-11"))
    assert row == {"confirmed": False, "confirmed_through": read}


def test_neither_a_statement_nor_a_scenario_confirms_the_days_that_it_names() -> None:
    register = with_scenario(Register.built_in(), shipped(Register.built_in(), "truce-extended"))
    heard = counterpart(Register.built_in())
    read = register.areas["cn/control"].reviewed_through
    for each in (register, heard):
        measure = each.measure("cn-mofcom-2025-57")
        minute = start_of("2027-01-11" if each is heard else "2027-11-11")
        assert confirmed_row(each, measure, minute)["confirmed_through"] == read


def test_no_record_is_unconfirmed_on_the_day_on_which_its_own_act_was_read() -> None:
    register = Register.built_in()
    rows = timeline(register, Query(first=day_number("2026-06-01")))["events"]
    late = [row for row in rows if row["announced"] > "2026-08-07" and not row["announced_only"]]
    assert len(late) > 3
    for row in late:
        assert row["confirmed_through"] >= row["announced"] or row["confirmed"], row["id"]


@pytest.mark.parametrize(
    ("through", "acts", "words"),
    [
        (None, [("2026-08-09", False)], ""),
        ("2026-07-31", [], "31 July 2026"),
        ("2026-07-31", [("2026-07-31", False)], "31 July 2026"),
        (
            "2026-07-31",
            [("2025-01-01", False), ("2026-08-09", False), ("2026-08-01", False)],
            "31 July 2026, and acts of this record to 9 August 2026",
        ),
        ("2026-07-31", [("2026-08-09", True)], "31 July 2026"),  # only announced
    ],
)
def test_a_record_was_read_to_the_day_of_its_area_or_of_a_later_act_of_its_own(
    through: str | None, acts: list[tuple[str, bool]], words: str
) -> None:
    answer: Any = {
        "register": {"reviewed_through": through},
        "events": [{"announced": day, "announced_only": only} for day, only in acts],
    }
    assert read_words(answer) == words
