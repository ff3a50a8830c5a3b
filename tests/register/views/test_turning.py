"""Turning points and day marks: what charts of both sides are drawn from."""

from __future__ import annotations

import pytest

from detente.core.clock import day_number
from detente.register.book import Register
from detente.register.events import Query
from detente.register.views.marks import BEGINS, OVER, STATED, day_marks
from detente.register.views.turning import turning_points


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


def test_agreements_that_duties_refer_to_and_the_judgment_are_turning_points(
    register: Register,
) -> None:
    found = turning_points(register, "2018-01-01", "2026-10-10")
    days = [(point.on, point.kind) for point in found]
    assert days == sorted(days)
    for expected in (
        ("2018-12-01", "agreement"),
        ("2020-02-14", "agreement"),
        ("2025-05-14", "agreement"),
        ("2025-10-10", "threat"),
        ("2025-11-10", "agreement"),
        ("2026-02-20", "void"),
    ):
        assert expected in days
    titles = " ".join(point.title for point in found)
    # Frameworks on minerals change no duty.
    assert "Australia" not in titles


def test_turning_points_are_those_known_and_inside_the_days(register: Register) -> None:
    known = turning_points(register, "2025-01-01", "2026-10-10", "2025-11-02")
    assert [point.on for point in known if point.kind == "void"] == []
    inside = turning_points(register, "2025-05-14", "2025-05-14")
    assert [point.on for point in inside] == ["2025-05-14"]


def test_a_record_has_one_mark_a_day_however_many_limbs_it_touches(register: Register) -> None:
    day = day_number("2025-11-07")
    marks = day_marks(register, Query(by="CN", first=day, last=day))
    names = [mark.measure for mark in marks if mark.announced == "2025-11-07"]
    assert len(names) == len(set(names)) >= 6
    assert {mark.deed for mark in marks if mark.measure == "cn-mofcom-2025-55"} == {OVER}


def test_marks_tell_what_begins_from_what_is_only_said(register: Register) -> None:
    marks = {
        (mark.measure, mark.on): mark
        for mark in day_marks(register, Query(first=day_number("2025-04-01")))
    }
    assert marks["cn-reciprocal-answer", "2025-04-12"].deed == BEGINS
    assert "125%" in marks["cn-reciprocal-answer", "2025-04-12"].title
    assert marks["us-threat-china-100-percent", "2025-10-10"].deed == STATED
    assert marks["cn-reciprocal-answer", "2025-05-14"].deed == OVER


def test_a_mark_names_the_rate_that_begins_and_of_what_is_over_the_state(
    register: Register,
) -> None:
    day, before = day_number("2025-05-14"), day_number("2025-04-12")
    geneva = {mark.measure: mark for mark in day_marks(register, Query(first=day, last=day))}
    answer = geneva["cn-reciprocal-answer"]
    assert (answer.deed, answer.title.rpartition(": ")[2]) == (OVER, "suspended")
    parcels = geneva["us-low-value"]
    assert (parcels.deed, parcels.title.rpartition(": ")[2]) == (BEGINS, "54%")
    (answer,) = day_marks(register, Query(by="CN", first=before, last=before))
    assert (answer.deed, answer.title.rpartition(": ")[2]) == (BEGINS, "125%")


def test_marks_stand_on_the_day_of_effect_inside_the_days_asked_for(register: Register) -> None:
    first, last = day_number("2025-04-01"), day_number("2025-04-30")
    days = [mark.on for mark in day_marks(register, Query(first=first, last=last))]
    assert days == sorted(days)
    assert min(days) >= "2025-04-01"
    assert max(days) <= "2025-04-30"
