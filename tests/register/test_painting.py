"""The strip of a limb: it tiles all time, and the paint announced last shows on its own days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from detente.core.clock import MINUTES, day_number, start_of
from detente.register.model import EffectivePeriod, Provision
from detente.register.painting import (
    edges,
    known,
    operative_from,
    paint_at,
    state_at,
    strip,
)
from tests.small_register import record

FIRST = date(2025, 1, 1)
DAYS = 40


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def limb_of(events: list[tuple[int, int, int | None, str]]) -> Provision:
    """A limb painted by events of one stroke each: announced, from, until, what it gives."""
    rows = []
    for announced, start, until, gives in sorted(events, key=lambda event: event[0]):
        end = "" if until is None else f", until: {day(until)}"
        rows.append(
            f"  - {{announced: {day(announced)}, source: order, retroactive: true, "
            f"paint: [{{limb: main, from: {day(start)}{end}, {gives}}}]}}\n"
        )
    text = (
        "id: painted\ntitle: A painted record\nby: US\nlimbs: [{id: main}]\n"
        f"events:\n{''.join(rows)}verified: {{day: 2026-10-10, grade: primary}}\n"
    )
    return record(text).limb("main")


@st.composite
def strokes(draw: st.DrawFn) -> tuple[int, int, int | None, str]:
    start = draw(st.integers(0, DAYS))
    until = draw(st.none() | st.integers(start + 1, DAYS + 1))
    rate = draw(st.sampled_from(["10%", "20%", "84%", "125%"]))
    suspended = ", state: suspended" if draw(st.booleans()) else ""
    return draw(st.integers(0, DAYS)), start, until, f'add: "{rate}"{suspended}'


HISTORIES = st.lists(strokes(), min_size=1, max_size=6).map(limb_of)
MOMENTS = st.integers(-2, DAYS + 3).map(lambda number: start_of(day(number)) + 7)
KNOWN = st.none() | st.integers(-1, DAYS + 1).map(lambda number: day_number(day(number)))


def last_announced(limb: Provision, minute: int, known_on: int | None) -> EffectivePeriod | None:
    """The rule told plainly: of the known paints that cover a minute, the one announced last."""
    shown = None
    for paint in limb.paints:
        covers = paint.start <= minute and (paint.until is None or minute < paint.until)
        if covers and (known_on is None or paint.announced <= known_on):
            shown = paint
    return shown


@given(HISTORIES, KNOWN)
def test_a_strip_tiles_all_time(limb: Provision, known_on: int | None) -> None:
    stretches = strip(limb, known_on)
    assert stretches[0].start is None
    assert stretches[-1].until is None
    for before, after in pairwise(stretches):
        assert before.until == after.start
        assert before.paint is not after.paint
    for stretch in stretches[1:-1]:
        assert stretch.start is not None
        assert stretch.until is not None
        assert stretch.start < stretch.until


@given(HISTORIES, MOMENTS, KNOWN)
def test_the_paint_announced_last_shows_on_its_days(
    limb: Provision, minute: int, known_on: int | None
) -> None:
    wanted = last_announced(limb, minute, known_on)
    assert paint_at(limb.paints, minute, known_on) is wanted
    tiles = strip(limb, known_on)
    assert next(each for each in tiles if each.until is None or minute < each.until).paint is wanted


@given(HISTORIES, KNOWN)
def test_every_edge_is_half_open(limb: Provision, known_on: int | None) -> None:
    for stretch in strip(limb, known_on):
        if stretch.start is not None:
            assert paint_at(limb.paints, stretch.start, known_on) is stretch.paint
        if stretch.until is not None:
            assert paint_at(limb.paints, stretch.until - 1, known_on) is stretch.paint
            assert paint_at(limb.paints, stretch.until, known_on) is not stretch.paint


@given(HISTORIES, KNOWN, KNOWN)
def test_a_later_known_on_never_removes_a_known_event(
    limb: Provision, first: int | None, second: int | None
) -> None:
    earlier, later = sorted((first, second), key=lambda each: (each is None, each))
    assert set(known(limb.paints, earlier)) <= set(known(limb.paints, later))


@given(HISTORIES, MOMENTS, KNOWN)
def test_what_was_known_changes_only_by_what_was_announced_later(
    limb: Provision, minute: int, known_on: int | None
) -> None:
    then, now = paint_at(limb.paints, minute, known_on), paint_at(limb.paints, minute)
    if then is not now:
        assert known_on is not None
        assert now is not None
        assert now.announced > known_on


@given(HISTORIES)
def test_nothing_shows_that_no_event_painted(limb: Provision) -> None:
    first, last = edges(limb.paints)[0], edges(limb.paints)[-1]
    assert paint_at(limb.paints, first - 1) is None
    if all(paint.until is not None for paint in limb.paints):
        assert paint_at(limb.paints, last) is None


@given(HISTORIES, MOMENTS)
def test_days_in_force_begin_with_the_first_of_them(limb: Provision, minute: int) -> None:
    first = operative_from(limb)
    paint = paint_at(limb.paints, minute)
    if paint is not None and paint.state == "in_force":
        assert first is not None
        assert first <= minute
    if first is not None:
        shown = paint_at(limb.paints, first)
        assert shown is not None
        assert shown.state == "in_force"


@given(HISTORIES, MOMENTS, KNOWN)
def test_a_state_is_one_of_the_language(limb: Provision, minute: int, known_on: int | None) -> None:
    paint = paint_at(limb.paints, minute, known_on)
    state = state_at(limb, minute, known_on)
    if paint is not None:
        assert state == paint.state
    elif not known(limb.paints, known_on):
        assert state == "announced"
    elif any(other.start > minute for other in known(limb.paints, known_on)):
        assert state == "scheduled"
    else:
        assert state in ("lapsed", "never_operated")


def test_one_paint_covers_its_first_day_and_not_its_last_mark() -> None:
    limb = limb_of([(0, 10, 12, 'add: "10%"')])
    start = start_of(day(10))
    assert [paint_at(limb.paints, minute) is not None for minute in (start - 1, start)] == [
        False,
        True,
    ]
    end = start + 2 * MINUTES  # two days later
    assert [paint_at(limb.paints, minute) is not None for minute in (end - 1, end)] == [True, False]


def test_what_lies_beneath_a_suspension_comes_back_after_it() -> None:
    limb = limb_of([(0, 5, None, 'add: "34%"'), (6, 10, 20, 'add: "10%", state: suspended')])
    shown = [
        stretch.paint and stretch.paint.duty and stretch.paint.duty.text for stretch in strip(limb)
    ]
    assert shown == [None, "34%", "10%", "34%"]


def test_of_two_events_of_one_day_the_one_written_later_shows() -> None:
    limb = limb_of([(0, 5, None, 'add: "10%"'), (0, 5, None, 'add: "20%"')])
    paint = paint_at(limb.paints, start_of(day(6)))
    assert paint is not None
    assert paint.duty is not None
    assert paint.duty.text == "20%"
