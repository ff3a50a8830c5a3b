"""Sums of products are exact where the products pass 64 bits, whatever the signs."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.core import exact_product as module
from detente.core.exact_product import exact_product

WIDE = st.integers(-(2**63), 2**63 - 1)
NEAR = st.sampled_from([0, 1, -1, 2**20 - 1, 2**20, -(2**20), 2**40, 2**62, 2**63 - 1, -(2**63)])


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(0, 7), st.integers(1, 3), st.integers(1, 3))
def test_it_is_what_python_adds_up(data: st.DataObject, rows: int, left: int, right: int) -> None:
    def table(columns: int) -> list[list[int]]:
        row = st.lists(WIDE | NEAR, min_size=columns, max_size=columns)
        return data.draw(st.lists(row, min_size=rows, max_size=rows))

    ones, others = table(left), table(right)
    expected = [
        [sum(one[i] * other[j] for one, other in zip(ones, others, strict=True))
         for j in range(right)]
        for i in range(left)
    ]  # fmt: skip
    exact = (
        numpy.array(each, numpy.int64).reshape(rows, columns)
        for each, columns in ((ones, left), (others, right))
    )
    assert exact_product(*exact) == expected


def test_many_rows_of_the_largest_numbers_lose_no_unit() -> None:
    rows = module.ROWS * 2 + 3
    numbers = numpy.full((rows, 1), 2**63 - 1, numpy.int64)
    assert exact_product(numbers, numbers) == [[rows * (2**63 - 1) ** 2]]
    assert exact_product(-numbers, numbers) == [[-rows * (2**63 - 1) ** 2]]


@pytest.mark.parametrize("wide", [2**63, 10**40])
def test_numbers_past_64_bits_are_multiplied_as_python_does(wide: int) -> None:
    left = numpy.array([[3], [5]], numpy.int64)
    right = numpy.array([[wide], [-1]], object)
    assert exact_product(left, right) == [[3 * wide - 5]]
