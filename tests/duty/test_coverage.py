"""What an answer says of the law that was read for its day: before it, in it and after it."""

from __future__ import annotations

import pytest

from detente.core.coverage import BEYOND, READ, UNREAD
from detente.duty.answer import answer_duty
from detente.duty.coverage import of_area, reasons_of
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

WHOLE = "modifications of the United States"
AFTER = "read through 10 October 2026: a later order may not be in it"
BEFORE = "nothing before 1 January 2018 is held"


@pytest.mark.parametrize(
    ("day", "state", "scope"),
    [
        ("2017-12-31", UNREAD, BEFORE),
        ("2018-01-01", READ, WHOLE),
        ("2026-10-10", READ, WHOLE),
        ("2026-10-11", BEYOND, AFTER),
    ],
)
def test_an_area_says_of_a_day_whether_its_law_was_read_and_else_how_far(
    day: str, state: str, scope: str
) -> None:
    held = Register.built_in().areas["us/tariff"]
    area = held._replace(start="2018-01-01", reviewed_through="2026-10-10", note=WHOLE)
    row = of_area(area, day)
    assert (row.state, row.scope) == (state, scope)
    assert reasons_of([row._asdict()]) == ([] if state == READ else [f"{area.name}: {scope}"])


@pytest.mark.parametrize(
    ("code", "day", "read", "words"),
    [
        # Inside the days for which the law says that the last edition's rates stand.
        ("8703.23.01", "2026-08-01", True, "hts_2026_rev_10, has the ordinary rate of that day"),
        # The editions before and after agree on the line.
        ("0101.21.00", "2018-07-15", True, "hts_2018_july, has the ordinary rate of that day"),
        # They do not agree on this one.
        ("0305.10.20", "2018-07-15", False, "this is the nearest, hts_2018_july, and rates, words"),
        # One caveat is enough after the days that were read.
        ("8703.23.01", "2026-11-01", False, "and the schedule is still hts_2026_rev_10"),
    ],
)
def test_a_caveat_on_the_schedule_doubts_the_rate_only_where_it_was_not_read(
    code: str, day: str, read: bool, words: str
) -> None:
    answer = answer_duty(Register.built_in(), Schedule(), DutyQuestion(code, "CN", day))
    states = [row["state"] for row in answer["coverage"] if row["what"] == "schedule"]
    assert (states == ["read"]) is read
    told = [note for note in answer["notes"] if "schedule" in note]
    assert len(told) == 1
    assert words in told[0]


@pytest.mark.parametrize(
    ("code", "lists"),
    [
        # Whiskies stood in the tariff of 2019: they are nothing that was new in 2022.
        ("22083000", {"cn-301-list-4-10-part"}),
        ("85249100", {"cn-301-hs-2022"}),
    ],
)
def test_only_the_list_whose_state_is_open_for_the_code_is_named(
    register: Register, schedule: Schedule, code: str, lists: set[str]
) -> None:
    asked = DutyQuestion(code, "US", "2025-12-01", "CN", base="5%")
    answer = answer_duty(register, schedule, asked)
    named = {row["what"] for row in answer["coverage"] if row["what"].startswith("cn-301-")}
    assert named == lists
    asked_of = [each["question"] for each in answer["open_questions"] if each["kind"] == "list"]
    for name in ("cn-301-list-4-10-part", "cn-301-hs-2022"):
        title = register.lists[name].title
        assert any(title in each for each in asked_of) == (name in lists)
