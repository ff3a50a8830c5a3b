"""What the build stores and a batch reads on use says what was stored."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from detente.applicability.partition import NO_CLASS
from detente.batch.answer import Batch
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.stored_list import StoredDistinct, StoredList, packed
from detente.goods.rate_table import NOTHING, PrintedRates, RateTable, rate_table
from detente.goods.schedule import Schedule
from detente.register.book import Register

THINGS = [["钢", "a,b"], [], ['["x"]', "\\"], ["]"], ["é"]]


def _stored(things: list[list[str]]) -> StoredList[tuple[str, ...]]:
    body, ends = packed(things)
    return StoredList(body, np.array(ends), tuple)


def test_each_item_is_what_was_packed_at_its_place_in_parts_and_in_order() -> None:
    stored, expected = _stored(THINGS), [*map(tuple, THINGS)]
    assert len(stored) == 5
    assert [stored[at] for at in (4, 0, 2, 1, 3)] == [expected[at] for at in (4, 0, 2, 1, 3)]
    assert stored[1:4] == expected[1:4]
    assert [*stored] == expected
    assert [*_stored([])] == []


def test_what_is_added_stands_after_what_was_stored() -> None:
    stored = _stored(THINGS)
    stored.append(("new",))
    assert len(stored) == 6
    assert stored[5] == ("new",)
    assert [*stored][-2:] == [("é",), ("new",)]


def test_things_are_numbered_as_if_they_had_been_met_in_this_run() -> None:
    met, stored = Distinct(map(tuple, THINGS)), StoredDistinct(_stored(THINGS))
    for thing in (("]",), ("new",), (), ("newer",), ("new",)):
        assert stored.number(thing) == met.number(thing)
    assert [*stored.things] == met.things


@pytest.fixture(scope="module")
def both() -> tuple[RateTable, RateTable]:
    """The rates that the build stored, and those of the schedule."""
    schedule = Schedule()
    compiled = CompiledCells.of(Register.built_in())
    assert compiled is not None
    stored = compiled.rate_table(schedule)
    assert stored is not None
    return stored, rate_table(schedule)


def test_the_stored_rates_are_those_of_the_schedule(both: tuple[RateTable, RateTable]) -> None:
    stored, made = both
    assert dict(stored.index) == dict(made.index)
    assert [*stored.rates] == [*made.rates]
    assert (stored.steps == made.steps).all()
    assert (stored.stand_in == made.stand_in).all()
    assert stored.editions == made.editions


def test_rows_of_codes_steps_and_changes_are_the_same_from_what_is_stored(
    both: tuple[RateTable, RateTable],
) -> None:
    stored, made = both
    draw = Random(11)
    codes = draw.sample([*made.index], 500)
    odd = ["", "0", "9999999999", f"{codes[0]}0", codes[0][:4], "８４７１", "zz"]
    assert stored.rows([*codes, *odd]) == made.rows([*codes, *odd])
    assert stored.rows(odd) == [NOTHING] * len(odd)
    row = np.array(made.rows(codes))
    edition = np.array([draw.randrange(-1, made.editions) for _ in codes])
    assert (stored.step(row, edition) == made.step(row, edition)).all()
    for table, others in ((stored, made), (made, stored)):
        # From one change to the next every edition prints the same.
        at = np.searchsorted(table.changes, np.arange(table.editions), "right") - 1
        own = np.where(others.stand_in, NOTHING, others.steps)[row]
        assert (table.own(row)[:, at] == own).all()


def test_a_code_that_the_build_did_not_meet_has_no_stored_class() -> None:
    compiled = CompiledCells.of(Register.built_in())
    assert compiled is not None
    known, *unknown = compiled.classes(["8471300100", "8471309999", "0"])
    assert known >= 0
    assert unknown == [NO_CLASS, NO_CLASS]


def test_the_rates_that_are_read_one_by_one_are_texts_of_three_columns(
    both: tuple[RateTable, RateTable],
) -> None:
    stored, made = both
    assert isinstance(stored.rates[0], PrintedRates)
    assert stored.rates[len(made.rates) - 1] == made.rates[-1]


def test_the_codes_that_the_build_named_are_those_that_the_law_names() -> None:
    register, schedule = Register.built_in(), Schedule()
    stored = Batch(register, schedule)
    made = Batch(register, schedule, compiled=False)
    assert stored.barred_codes.named() == made.barred_codes.named()
    assert stored.heard.codes.named() == made.heard.codes.named()
    stored_law, law = stored.engine.law, made.engine.law
    assert (stored_law.places, stored_law.place_class) == (law.places, law.place_class)
    assert [each.id for each in stored_law.announcing] == [each.id for each in law.announcing]
    assert [each.id for _, each in stored_law.forbidding] == [each.id for _, each in law.forbidding]
    assert stored_law.barring == law.barring
