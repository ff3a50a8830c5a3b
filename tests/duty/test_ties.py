"""Ties of rounding: half up to the cent, half even to the sixth place, in both arithmetics."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.duty.rates.amount import round_half_up
from detente.goods.schedule import Schedule
from detente.register.book import Register

numpy = pytest.importorskip("numpy")


@pytest.mark.parametrize(
    ("amount", "whole"),
    [("0", 0), ("0.4999", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999", 2), ("3.5", 4)],
)
def test_of_two_equally_near_cents_the_greater_is_taken(amount: str, whole: int) -> None:
    assert round_half_up(Fraction(amount)) == whole
    assert int(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)) == whole


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_half_up_is_that_of_the_decimal_library(number: int, divisor: int) -> None:
    exact = Fraction(number, divisor)
    whole = exact.numerator // exact.denominator
    assert round_half_up(exact) == whole + (exact - whole >= Fraction(1, 2))


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20), st.integers(1, 10**6))
def test_the_columns_round_half_even_as_the_decimal_library_does(
    numbers: list[int], divisor: int
) -> None:
    from detente.batch.engine.amounts import _half_even

    ties = [*numbers, *(divisor * n + divisor // 2 for n in range(4))]
    found = _half_even(numpy.array(ties, "int64"), divisor)
    expected = [
        int((Decimal(each) / divisor).quantize(Decimal(1), ROUND_HALF_EVEN)) for each in ties
    ]
    assert found.tolist() == expected


def test_an_amount_that_ends_on_half_a_cent_is_rounded_up_alone_and_in_a_table() -> None:
    from detente.batch.rows import answer_rows
    from detente.duty.answer import answer_duty
    from detente.duty.question import DutyQuestion

    register, schedule = Register.built_in(), Schedule()
    # 25% of $10.02 is $2.505, and 10% of it $1.002: $2.51, not the even $2.50.
    asked = DutyQuestion("8507.60.00.10", "CN", "2025-11-12", value="10.02")
    alone = answer_duty(register, schedule, asked)
    [section] = [each for each in alone["layers"] if each["heading"] == "9903.91.01"]
    assert section["amount"] == "2.51"
    row = {"code": "8507600010", "origin": "CN", "on": "2025-11-12", "value": "10.02"}
    [answered] = answer_rows(register, schedule, [row], {})
    assert answered["duty_301"] == "2.51"
    assert answered["total_amount"] == alone["total"]["amount"]
    schedule.close()
    register.close()
