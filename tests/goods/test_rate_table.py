"""All rates at once are the rates of one line at a time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from detente.goods.codes import CodeError
from detente.goods.rate_table import NOTHING, Calendar, RateTable, RunsOfRows, rate_runs, rate_table
from detente.goods.schedule import Schedule

FIRST, DAYS, SAMPLE = date(2017, 1, 1), 365 * 10, 3_000


@pytest.fixture(scope="module")
def table(schedule: Schedule) -> RateTable:
    return rate_table(schedule)


@pytest.mark.once
def test_the_table_says_of_a_line_and_day_what_the_schedule_says(
    schedule: Schedule, table: RateTable
) -> None:
    draw, calendar = Random(6), Calendar(schedule)
    codes = list(table.index)
    met = 0
    for _ in range(SAMPLE):
        code, day = draw.choice(codes), FIRST + timedelta(draw.randrange(DAYS))
        row, edition = table.index[code], calendar.edition(day)
        at = int(table.steps[row, edition])
        if at == NOTHING or (table.stand_in[row, edition] and not calendar.alone(day)):
            continue
        met += 1
        line = schedule.line(code, day)
        assert table.rates[at] == (line.general, line.special, line.other), (code, day)
    assert met > SAMPLE / 2


def test_runs_are_the_steps_of_the_table_and_each_as_long_as_can_be(
    schedule: Schedule, table: RateTable
) -> None:
    runs, general = rate_runs(schedule), rate_runs(schedule, general=True)
    for code in runs.codes():
        found = runs.of(code)
        steps = table.steps[table.index[code]].tolist()
        stands_in = table.stand_in[table.index[code]].tolist()
        stated = {at: run.rates for run in found for at in range(run.first, run.until)}
        printed = {
            at: table.rates[step]
            for at, step in enumerate(steps)
            if step != NOTHING and not stands_in[at]
        }
        assert stated == printed, code
        alone = {at: run.rates for run in general.of(code) for at in range(run.first, run.until)}
        assert alone == {at: (rates.general, "", "") for at, rates in stated.items()}, code
        for run, after in pairwise([*found, *general.of(code)]):
            assert run.until != after.first or run.rates != after.rates, code


@pytest.mark.parametrize("general", [False, True])
def test_runs_that_the_build_stored_are_those_of_the_rows(
    schedule: Schedule, general: bool
) -> None:
    stored, climbed = rate_runs(schedule, general=general), RunsOfRows(schedule, general=general)
    assert type(stored) is not type(climbed)
    assert [*stored.printed()] == [*climbed.printed()]
    for code in climbed.printed():
        assert stored.of(code) == climbed.of(code), code


def test_on_days_of_one_span_a_code_is_answered_alike(schedule: Schedule, table: RateTable) -> None:
    draw, calendar = Random(7), Calendar(schedule)
    codes = list(table.index)
    for _ in range(300):
        code, mark = draw.choice(codes), draw.choice(calendar.marks[1:])
        days = [mark, mark + timedelta(1)]
        if calendar.span(days[0]) != calendar.span(days[1]):
            continue
        first, second = (rates(schedule, code, day) for day in days)
        assert first == second, (code, mark)


def rates(schedule: Schedule, code: str, day: date) -> tuple[str, str, str] | None:
    try:
        line = schedule.line(code, day)
    except CodeError:
        return None
    return line.general, line.special, line.other


def test_a_day_before_the_first_edition_has_none(schedule: Schedule) -> None:
    assert Calendar(schedule).edition(date(2016, 12, 31)) == -1
