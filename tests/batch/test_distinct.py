"""Things by number, and numbers by pairs."""

from __future__ import annotations

import numpy
from hypothesis import given
from hypothesis import strategies as st

from detente.batch.engine.distinct import Distinct
from detente.batch.engine.pairs import NumberedPairs

SMALL = st.integers(0, 40)


@given(st.lists(SMALL))
def test_each_thing_has_the_number_of_its_first_place(things: list[int]) -> None:
    known = Distinct([7])
    numbers = [known.number(each) for each in things]
    assert known.things == list(dict.fromkeys([7, *things]))
    assert [known.things[number] for number in numbers] == things
    assert len(known) == len(known.things)


@given(st.lists(st.lists(st.tuples(SMALL, SMALL), min_size=1), min_size=1))
def test_each_pair_is_found_once_however_the_table_grows(
    tables: list[list[tuple[int, int]]],
) -> None:
    asked: list[tuple[int, int]] = []

    def find(first: numpy.ndarray, second: numpy.ndarray) -> list[int]:
        new = list(zip(first.tolist(), second.tolist(), strict=True))
        asked.extend(new)
        return [100 * one + other for one, other in new]

    pairs = NumberedPairs(find)
    for table in tables:
        first, second = (numpy.array(each) for each in zip(*table, strict=True))
        size = max(a for a, _ in table) + 1, max(b for _, b in table) + 1
        found = pairs.of(first, second, size)
        assert found.tolist() == [100 * one + other for one, other in table]
    assert len(asked) == len(set(asked))
    assert set(asked) == {pair for table in tables for pair in table}
