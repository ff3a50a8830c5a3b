"""Numbers as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente._numbers import exact


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", Fraction(42)),
        ("1,250.5", Fraction(2501, 2)),
        ("12,000", Fraction(12_000)),
        ("1,234,567", Fraction(1_234_567)),
        (".5", Fraction(1, 2)),
        ("7.", Fraction(7)),
        ("1/3", Fraction(1, 3)),
        ("2e-5", Fraction(1, 50_000)),
        ("-3", Fraction(-3)),
    ],
)
def test_a_number_is_read_exactly(text: str, number: Fraction) -> None:
    assert exact(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "abc", "nan", "inf", "1_000", "12,00", "1,00,0", "1.000,00", "1/0", "５", "1e999", "1 2"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        exact(text)


@pytest.mark.parametrize("text", ["1e-99999999", "1e99999999", "9" * 5_000, "1/" + "3" * 5_000])
def test_a_number_that_no_arithmetic_can_bear_is_refused_at_once(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        exact(text)
