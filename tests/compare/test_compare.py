"""Comparisons: what the rows say, and that a difference is exact."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.compare.answer import DOLLARS, SHARE, RegisterPair, compare_equilibrium, compared
from detente.core.figures import money, rate
from detente.register.book import Register

rates = st.integers(0, 4_000_000).map(lambda parts: rate(Fraction(parts, 10**6)))
cents = st.integers(0, 10**9).map(money)


@settings(max_examples=50, deadline=None)
@given(rates, rates)
def test_a_difference_of_rates_is_exact(before, after):
    row = compared("duty", None, SHARE, before, after)
    assert Fraction(before) + Fraction(row["difference"]) == Fraction(after)


@settings(max_examples=50, deadline=None)
@given(cents, cents)
def test_a_difference_of_dollars_is_exact(before, after):
    row = compared("duty", None, DOLLARS, before, after)
    assert Fraction(before) + Fraction(row["difference"]) == Fraction(after)


def test_what_is_not_known_on_a_side_has_no_difference():
    assert compared("duty", None, SHARE, None, "0.25")["difference"] is None
    assert compared("duty", None, SHARE, "0.25", None)["difference"] is None


def test_an_equilibrium_shows_the_parties_first_and_changes_from_the_base():
    register = Register.built_in()
    found = {
        "data": "small",
        "notes": ["closed"],
        "welfare": {"AAA": "0.1000", "BBB": "-0.2000", "CCC": "0.0000"},
        "real_wage": {"AAA": "1.0000", "BBB": "2.0000", "CCC": "3.0000"},
    }
    pair = RegisterPair("law", register, "change", register)
    answer = compare_equilibrium(pair, found, ["BBB"], ("welfare", "real_wage"))
    rows = [(row["what"], row["before"], row["after"]) for row in answer["rows"]]
    assert rows == [
        ("welfare, BBB", "0.0000", "-0.2000"),
        ("real wage, BBB", "0.0000", "2.0000"),
        ("welfare, AAA", "0.0000", "0.1000"),
        ("welfare, CCC", "0.0000", "0.0000"),
    ]
    assert "changes from law" in answer["notes"][0]
