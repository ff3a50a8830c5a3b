"""Exact numbers as the interface and people write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.core.figures import dotted, long_day, money, percent, rate, without_stop


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (484_000, "4840.00"),
        (-5, "-0.05"),
        (-12_345, "-123.45"),
        (None, None),
    ],
)
def test_money_has_two_decimals(cents: int | None, text: str | None) -> None:
    assert money(cents) == text


@given(st.integers(-(10**15), 10**15))
def test_money_is_exact_to_the_cent(cents: int) -> None:
    assert Decimal(str(money(cents))) * 100 == cents


@given(st.fractions(0, 20))
def test_a_rate_is_within_half_a_millionth_and_has_no_closing_zeros(share: Fraction) -> None:
    text = rate(share)
    assert text is not None
    assert abs(Fraction(text) - share) <= Fraction(1, 2 * 10**6)
    assert not ("." in text and text.endswith(("0", ".")))
    assert "e" not in text


@given(st.integers(0, 20 * 10**6))
def test_a_rate_of_whole_millionths_is_exact(millionths: int) -> None:
    assert Fraction(str(rate(Fraction(millionths, 10**6)))) == Fraction(millionths, 10**6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.484", "48.4%"),
        ("2.45", "245%"),
        ("0", "0%"),
        ("0.000001", "0.0001%"),
        ("0.333333", "33.3333%"),
        (None, "not known"),
    ],
)
def test_a_rate_is_said_in_percent_and_an_unknown_one_is_no_zero(
    text: str | None, words: str
) -> None:
    assert percent(text) == words


def test_a_rate_that_is_not_known_stays_so() -> None:
    assert rate(None) is None


@pytest.mark.parametrize(
    ("digits", "text"),
    [("85", "85"), ("8507", "8507"), ("850760", "8507.60"), ("8507600010", "8507.60.00.10")],
)
def test_a_code_is_dotted_as_the_schedule_prints_it(digits: str, text: str) -> None:
    assert dotted(digits) == text


def test_a_day_is_said_in_words() -> None:
    assert long_day("2026-02-04") == "4 February 2026"


def test_a_text_is_put_before_a_stop_without_its_own() -> None:
    assert [without_stop(text) for text in ("so.", "so", "so. ", "of the EAR)2.", "")] == [
        "so", "so", "so", "of the EAR)2", "",
    ]  # fmt: skip
