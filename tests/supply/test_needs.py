"""A need is met, not met or unknown by what produces, what is announced and what is not known."""

from fractions import Fraction

import pytest

from detente.supply.capacity import outlook
from detente.supply.needs import existing, first_year, reach, verdict
from detente.supply.shares import years_of
from tests.supply.test_capacity import project
from tests.supply.test_shares import figure

ROWS = [("CN", "60"), ("US", "20"), ("AU", "15"), ("world", "100")]
"""A world of 100 t in 2025, 5 of which no country is named for."""


@pytest.fixture
def latest():
    (year,) = years_of([figure("production", country, "2025", amount) for country, amount in ROWS])
    return year


def decide(latest, projects, need, by, cut=("CN",), **given):
    made = existing(latest, cut, "t")
    ahead = outlook(projects, cut, 2026, 2034, **given)
    surely, at_most = reach(made, ahead, by - 1), reach(made, ahead, by)
    return verdict(Fraction(need), surely, at_most)


def test_production_outside_the_cut_counts_with_what_no_country_is_named_for(latest):
    assert existing(latest, ("CN",), "t") == (2025, 40, 40)
    # Burma may make any part of the 5 t that nobody is named for.
    assert existing(latest, ("CN", "MM"), "t") == (2025, 35, 40)


def test_production_in_another_unit_is_not_known(latest):
    assert existing(latest, ("CN",), "kg") == (None, 0, None)


@pytest.mark.parametrize(
    ("need", "by", "wanted"),
    [
        (40, 2026, "met"),
        (41, 2026, "not_met"),
        (90, 2028, "met"),
        (90, 2027, "unknown"),
        (91, 2028, "not_met"),
    ],
)
def test_announced_capacity_adds_from_its_year(latest, need, by, wanted):
    assert decide(latest, [project("a", capacity="50", first="2027")], need, by) == wanted


def test_what_produces_stands_in_the_table_and_is_not_counted_twice(latest):
    running = project("a", capacity="20", status="producing", first="2018")
    assert decide(latest, [running], 41, 2026) == "not_met"


def test_what_had_begun_by_the_year_of_the_table_adds_an_unknown_part(latest):
    ramping = project("a", capacity="20", status="ramping", first="2025")
    assert decide(latest, [ramping], 60, 2027) == "unknown"
    assert decide(latest, [ramping], 61, 2027) == "not_met"
    assert decide(latest, [ramping], 40, 2027) == "met"


def test_a_project_of_unknown_size_leaves_the_answer_open_from_its_year_on(latest):
    unknown = project("a", capacity="", first="2029")
    assert decide(latest, [unknown], 41, 2028) == "not_met"
    assert decide(latest, [unknown], 41, 2029) == "unknown"
    assert decide(latest, [unknown], 41, 2029, delay=1) == "not_met"


def test_without_a_table_nothing_can_be_short():
    assert decide(None, [project("a", capacity="50")], 1_000, 2034) == "unknown"
    assert decide(None, [project("a", capacity="50")], 50, 2034) == "met"
    assert decide(None, [], 1, 2034) == "unknown"


def test_the_part_that_is_expected_to_come_decides(latest):
    half = {"success": Fraction(1, 2)}
    assert decide(latest, [project("a", capacity="50", first="2027")], 65, 2028, **half) == "met"
    assert decide(latest, [project("a", capacity="50", first="2027")], 66, 2028, **half) != "met"


def test_the_first_year_counts_production(latest):
    made = existing(latest, ("CN",), "t")
    ahead = outlook([project("a", capacity="50", first="2029")], ("CN",), 2026, 2034)
    years = range(2026, 2035)
    assert first_year(Fraction(40), made, ahead, years, expected=True) == 2026
    assert first_year(Fraction(41), made, ahead, years, expected=True) == 2029
    assert first_year(Fraction(91), made, ahead, years, expected=True) is None
