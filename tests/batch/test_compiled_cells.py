"""What the build worked out of the law is what is found when a cell is met."""

from __future__ import annotations

from random import Random

import numpy
import pytest

from detente.batch.answer import Batch
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.engine import Engine
from detente.batch.panels.panel import Panel
from detente.batch.stated import UNSAID, stated_of
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.batch.test_batch import as_texts
from tests.entries import random_entries

CELLS, ROWS = 3_000, 2_000


@pytest.fixture(scope="module")
def both() -> tuple[Batch, Batch]:
    """The built-in law, worked out by the build and not."""
    register, schedule = Register.built_in(), Schedule()
    return Batch(register, schedule), Batch(register, schedule, compiled=False)


def test_a_cell_is_charged_and_told_as_when_it_is_met(both: tuple[Batch, Batch]) -> None:
    built, met = both
    draw = Random(8)
    codes = draw.choices(list(built.engine.table.index), k=CELLS)
    law = built.engine.law
    place = numpy.array([draw.randrange(len(law.places)) for _ in codes])
    regime = numpy.array([draw.randrange(len(law.marks) + 1) for _ in codes])
    numbers = []
    for batch in both:
        line = numpy.array([batch.engine.law.line_class(code) for code in codes])
        numbers.append(batch.engine.cells.numbers(line, place, regime, None).tolist())
        batch.engine.reckoner.extend()
    described = 0
    for code, at, of_build, of_meeting in zip(codes, place, *numbers, strict=True):
        here = f"{code} from {law.places[at]}"
        assert of_build <= len(built.texts.cached)
        charged = met.engine.reckoner.charged[of_meeting]
        assert built.engine.reckoner.charged[of_build] == charged, here
        capped = bool(met.engine.reckoner.capped[of_meeting])
        stated = stated_of(met.texts, of_meeting, capped, charged is not None)
        assert built.texts.cached[of_build - 1] == stated, here
        described += stated.filed != UNSAID.filed
    assert described > 0.9 * CELLS


def test_rebuilt_situations_have_the_charges_that_were_kept(both: tuple[Batch, Batch]) -> None:
    built, met = both
    draw = Random(9)
    for number in draw.sample(range(1, 1 + len(built.texts.cached)), 300):
        cell = built.engine.cells.compiled.cell(number)
        assert built.engine.situation(number).cell == cell
        line = met.engine.law.line_class(built.engine.law.classes.codes[cell.line])
        (again,) = met.engine.cells.numbers(
            *(numpy.array([each]) for each in (line, cell.place, cell.regime)), None
        )
        assert built.engine.situation(number).void == met.engine.situation(int(again)).void


def test_tables_are_answered_alike(both: tuple[Batch, Batch]) -> None:
    entries = random_entries(ROWS, seed=11, with_facts=0.3)
    first, second = (as_texts(batch.answer(entries)) for batch in both)
    for row, (one, other) in enumerate(zip(first, second, strict=True)):
        assert one == other, entries.row(row, named=True)


def test_a_panel_has_the_rates_of_the_single_path_that_were_kept() -> None:
    register, schedule = Register.built_in(), Schedule()
    compiled = CompiledCells.of(register)
    built, met = (
        Engine(register, schedule, with_questions=False, compiled=each) for each in (compiled, None)
    )
    assert built.compiled is not None
    assert len(built.compiled.alone) > 100
    assert met.compiled is None
    rows = [_rows(Panel(engine, "2025-02-01", "2026-03-01")) for engine in (built, met)]
    assert rows[0] == rows[1]
    assert not built.cells.finding, "every rate is one that the build worked out"


def _rows(panel: Panel) -> list[tuple[object, ...]]:
    """Origin, code, days and rates of some countries, two of which pay column 2."""
    return [
        (block.origin, panel.codes[code], start, until, panel.rates[rates])
        for block in panel.blocks(("CN", "RU", "CU"))
        for code, start, until, rates in zip(*(each.tolist() for each in block[1:]), strict=True)
    ]


def test_another_register_takes_nothing_from_the_build() -> None:
    register = Register.built_in()
    assert CompiledCells.of(register) is not None
    assert CompiledCells.of(register.with_measures([], "another")) is None
