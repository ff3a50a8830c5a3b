"""The strip of a provision: it tiles all time, and the period announced last shows on its own
days.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from detente.core.clock import MINUTES, day_number, start_of
from detente.register.model import EffectivePeriod, Provision
from detente.register.periods import (
    edges,
    known,
    operative_from,
    period_at,
    state_at,
    timeline,
)
from tests.small_register import record

FIRST = date(2025, 1, 1)
DAYS = 40


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def provision_of(events: list[tuple[int, int, int | None, str]]) -> Provision:
    """A provision painted by events of one stroke each: announced, from, until, what it gives."""
    rows = []
    for announced, start, until, gives in sorted(events, key=lambda event: event[0]):
        end = "" if until is None else f", until: {day(until)}"
        rows.append(
            f"  - {{announced: {day(announced)}, source: order, retroactive: true, "
            f"periods: [{{provision: main, from: {day(start)}{end}, {gives}}}]}}\n"
        )
    text = (
        "id: painted\ntitle: A painted record\nby: US\nprovisions: [{id: main}]\n"
        f"events:\n{''.join(rows)}verified: {{day: 2026-10-10, grade: primary}}\n"
    )
    return record(text).provision("main")


@st.composite
def strokes(draw: st.DrawFn) -> tuple[int, int, int | None, str]:
    start = draw(st.integers(0, DAYS))
    until = draw(st.none() | st.integers(start + 1, DAYS + 1))
    rate = draw(st.sampled_from(["10%", "20%", "84%", "125%"]))
    suspended = ", state: suspended" if draw(st.booleans()) else ""
    return draw(st.integers(0, DAYS)), start, until, f'add: "{rate}"{suspended}'


HISTORIES = st.lists(strokes(), min_size=1, max_size=6).map(provision_of)
MOMENTS = st.integers(-2, DAYS + 3).map(lambda number: start_of(day(number)) + 7)
KNOWN = st.none() | st.integers(-1, DAYS + 1).map(lambda number: day_number(day(number)))


def last_announced(
    provision: Provision, minute: int, known_on: int | None
) -> EffectivePeriod | None:
    """The rule told plainly: of the known periods that cover a minute, the one announced last."""
    shown = None
    for period in provision.periods:
        covers = period.start <= minute and (period.until is None or minute < period.until)
        if covers and (known_on is None or period.announced <= known_on):
            shown = period
    return shown


@given(HISTORIES, KNOWN)
def test_a_strip_tiles_all_time(provision: Provision, known_on: int | None) -> None:
    stretches = timeline(provision, known_on)
    assert stretches[0].start is None
    assert stretches[-1].until is None
    for before, after in pairwise(stretches):
        assert before.until == after.start
        assert before.period is not after.period
    for stretch in stretches[1:-1]:
        assert stretch.start is not None
        assert stretch.until is not None
        assert stretch.start < stretch.until


@given(HISTORIES, MOMENTS, KNOWN)
def test_the_paint_announced_last_shows_on_its_days(
    provision: Provision, minute: int, known_on: int | None
) -> None:
    wanted = last_announced(provision, minute, known_on)
    assert period_at(provision.periods, minute, known_on) is wanted
    tiles = timeline(provision, known_on)
    assert (
        next(each for each in tiles if each.until is None or minute < each.until).period is wanted
    )


@given(HISTORIES, KNOWN)
def test_every_edge_is_half_open(provision: Provision, known_on: int | None) -> None:
    for stretch in timeline(provision, known_on):
        if stretch.start is not None:
            assert period_at(provision.periods, stretch.start, known_on) is stretch.period
        if stretch.until is not None:
            assert period_at(provision.periods, stretch.until - 1, known_on) is stretch.period
            assert period_at(provision.periods, stretch.until, known_on) is not stretch.period


@given(HISTORIES, KNOWN, KNOWN)
def test_a_later_known_on_never_removes_a_known_event(
    provision: Provision, first: int | None, second: int | None
) -> None:
    earlier, later = sorted((first, second), key=lambda each: (each is None, each))
    assert set(known(provision.periods, earlier)) <= set(known(provision.periods, later))


@given(HISTORIES, MOMENTS, KNOWN)
def test_what_was_known_changes_only_by_what_was_announced_later(
    provision: Provision, minute: int, known_on: int | None
) -> None:
    then, now = period_at(provision.periods, minute, known_on), period_at(provision.periods, minute)
    if then is not now:
        assert known_on is not None
        assert now is not None
        assert now.announced > known_on


@given(HISTORIES)
def test_nothing_shows_that_no_event_painted(provision: Provision) -> None:
    first, last = edges(provision.periods)[0], edges(provision.periods)[-1]
    assert period_at(provision.periods, first - 1) is None
    if all(period.until is not None for period in provision.periods):
        assert period_at(provision.periods, last) is None


@given(HISTORIES, MOMENTS)
def test_days_in_force_begin_with_the_first_of_them(provision: Provision, minute: int) -> None:
    first = operative_from(provision)
    period = period_at(provision.periods, minute)
    if period is not None and period.state == "in_force":
        assert first is not None
        assert first <= minute
    if first is not None:
        shown = period_at(provision.periods, first)
        assert shown is not None
        assert shown.state == "in_force"


@given(HISTORIES, MOMENTS, KNOWN)
def test_a_state_is_one_of_the_language(
    provision: Provision, minute: int, known_on: int | None
) -> None:
    period = period_at(provision.periods, minute, known_on)
    state = state_at(provision, minute, known_on)
    if period is not None:
        assert state == period.state
    elif not known(provision.periods, known_on):
        assert state == "announced"
    elif any(other.start > minute for other in known(provision.periods, known_on)):
        assert state == "scheduled"
    else:
        assert state in ("lapsed", "never_operated")


def test_one_paint_covers_its_first_day_and_not_its_last_mark() -> None:
    provision = provision_of([(0, 10, 12, 'add: "10%"')])
    start = start_of(day(10))
    assert [period_at(provision.periods, minute) is not None for minute in (start - 1, start)] == [
        False,
        True,
    ]
    end = start + 2 * MINUTES  # two days later
    assert [period_at(provision.periods, minute) is not None for minute in (end - 1, end)] == [
        True,
        False,
    ]


def test_what_lies_beneath_a_suspension_comes_back_after_it() -> None:
    provision = provision_of(
        [(0, 5, None, 'add: "34%"'), (6, 10, 20, 'add: "10%", state: suspended')]
    )
    shown = [
        stretch.period and stretch.period.duty and stretch.period.duty.text
        for stretch in timeline(provision)
    ]
    assert shown == [None, "34%", "10%", "34%"]


def test_of_two_events_of_one_day_the_one_written_later_shows() -> None:
    provision = provision_of([(0, 5, None, 'add: "10%"'), (0, 5, None, 'add: "20%"')])
    period = period_at(provision.periods, start_of(day(6)))
    assert period is not None
    assert period.duty is not None
    assert period.duty.text == "20%"
