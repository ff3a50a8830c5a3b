"""The facts that can matter for goods on a day: enough of them, and no drones for a battery."""

from __future__ import annotations

import pytest

from detente.duty.answer import answer_duty
from detente.duty.case import build_case
from detente.duty.facts_that_matter import facts_that_matter
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return Schedule()


def matter(register: Register, schedule: Schedule, code: str, origin: str, on: str) -> set[str]:
    case = build_case(register, schedule, DutyQuestion(code, origin, on))
    groups = facts_that_matter(case)
    assert all(title and keys for title, keys in groups)
    keys = [key for _, names in groups for key in names]
    assert len(keys) == len(set(keys))
    return set(keys)


def test_a_battery_is_not_asked_what_a_drone_weighs(register: Register, schedule: Schedule) -> None:
    found = matter(register, schedule, "8507.60.00.10", "CN", "2025-11-12")
    assert "auto_part" in found
    assert not {key for key in found if key.startswith("uas_")}
    assert len(found) < len(register.facts) / 2


def test_a_drone_is_asked_whether_it_sees_heat(register: Register, schedule: Schedule) -> None:
    assert "uas_thermal" in matter(register, schedule, "8806.22.00", "CN", "2026-09-15")


@pytest.mark.once
@pytest.mark.parametrize("on", ["2025-04-20", "2025-11-12", "2026-11-12"])
def test_every_open_question_about_a_fact_is_among_them(
    register: Register, schedule: Schedule, on: str
) -> None:
    for good in register.basket:
        question = DutyQuestion(good.code, good.origin, on)
        asked = {
            each["fact"]
            for each in answer_duty(register, schedule, question)["open_questions"]
            if each["kind"] == "fact" and each.get("fact") in register.facts
        }
        assert asked <= matter(register, schedule, good.code, good.origin, on), good.what
