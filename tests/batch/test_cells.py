"""Cells put together from what each measure comes to are those of the single path."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy
import pytest

from detente.applicability.scope import narrow
from detente.applicability.stack import AsOf, Stack, resolve
from detente.batch.engine.engine import Engine
from detente.goods.schedule import Schedule
from detente.register.book import Register

CELLS, PLACES = 400, 6


@pytest.fixture(scope="module")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()


def engine_of(schedule: Schedule, *, asking: bool) -> Engine:
    """An engine that has met every line."""
    engine = Engine(Register.built_in(), schedule, with_questions=asking)
    for code in engine.table.index:
        engine.law.line_class(code)
    return engine


def stated(stack: Stack) -> tuple[object, ...]:
    terms = [
        (t.measure.id, t.provision.id, t.duty, t.heading, [w.measure.id for w in t.less])
        for t in stack.terms
    ]
    return terms, [
        (d.kind, d.measure.id, d.provision and d.provision.id, d.what) for d in stack.doubts
    ]


def test_a_stack_put_together_is_the_stack_of_one_question(schedule: Schedule) -> None:
    engine, draw = engine_of(schedule, asking=True), Random(5)
    law = engine.law
    at = [
        numpy.array([draw.randrange(size) for _ in range(CELLS)])
        for size in (law.line_count, len(law.places), len(law.marks) + 1)
    ]
    numbers = engine.cells.numbers(*at, None)
    for line, place, regime, number in zip(*(each.tolist() for each in at), numbers, strict=True):
        found = engine.situation(number)
        code = law.classes.codes[line]
        scope = narrow(law.register, code, law.places[place], "US", measures=law.measures)
        expected = resolve(scope, AsOf(law.minute(regime), None, found.as_of.facts))
        assert found.stack is not None
        assert stated(found.stack) == stated(expected), (
            code,
            law.places[place],
            law.minute(regime),
        )


@pytest.mark.parametrize("asking", [True, False])
def test_a_grid_says_of_every_cell_what_the_cell_alone_says(
    schedule: Schedule, asking: bool
) -> None:
    engine, draw = engine_of(schedule, asking=asking), Random(6)
    law, cells = engine.law, engine.cells
    regimes = numpy.arange(len(law.marks) + 1)
    for place in draw.sample(range(len(law.places)), PLACES):
        grid, row_of, column_of = cells.grid(place, regimes)
        line = numpy.array([draw.randrange(law.line_count) for _ in range(CELLS)])
        regime = numpy.array([draw.randrange(len(regimes)) for _ in range(CELLS)])
        alone = cells.numbers(line, numpy.full(CELLS, place), regime, None)
        assert (grid[row_of[line], column_of[regime]] == alone).all(), law.places[place]
