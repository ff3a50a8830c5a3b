from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.supply.capacity import outlook
from detente.supply.needs import existing, first_year
from detente.supply.projects import Project


def reached(ahead, need, *, expected):
    years = [year for year, _, _ in ahead.by_year]
    return first_year(need, existing(None, (), ahead.unit), ahead, years, expected=expected)


def project(name, country="US", capacity="100", first="2027", status="building", unit="t"):
    return Project(
        name, "", country, "mine", ("m",), capacity, unit, first, "", status, "", "s", "primary", ""
    )


def test_what_is_built_in_the_country_that_is_cut_does_not_count():
    found = outlook([project("a"), project("b", country="CN")], ("CN",), 2026, 2028)
    assert [amount for _, amount, _ in found.by_year] == [0, 100, 100]


def test_a_project_without_capacity_or_year_is_named_and_counts_for_nothing():
    found = outlook(
        [project("a"), project("b", capacity=""), project("c", first="")], ("CN",), 2026, 2028
    )
    assert [(row.name, why) for row, why in found.uncounted] == [
        ("b", "no capacity was found"),
        ("c", "no year of first output was found"),
    ]
    assert found.by_year[-1][1] == 100


def test_capacities_in_another_unit_are_not_added():
    found = outlook([project("a"), project("b"), project("c", unit="kg")], ("CN",), 2026, 2028)
    assert found.unit == "t"
    assert found.by_year[-1][1] == 200
    assert found.uncounted[0][1] == "its capacity is in kg"


def test_delay_and_success_touch_only_what_does_not_produce_yet():
    running = project("a", status="producing", first="")
    found = outlook([running, project("b")], ("CN",), 2026, 2029, 1, Fraction(1, 2))
    assert found.by_year == (
        (2026, 100, 100),
        (2027, 100, 100),
        (2028, 200, 150),
        (2029, 200, 150),
    )
    assert reached(found, Fraction(150), expected=True) == 2028
    assert reached(found, Fraction(200), expected=True) is None


@pytest.mark.parametrize(
    ("delay", "success"), [(-1, Fraction(1)), (0, Fraction(3, 2)), (0, Fraction(-1))]
)
def test_a_delay_or_rate_that_is_none_is_refused(delay, success):
    with pytest.raises(ValueError, match=r"write 0 or more|between 0 and 1"):
        outlook([project("a")], ("CN",), 2026, 2028, delay, success)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(2026, 2033)), min_size=1, max_size=6),
    st.integers(0, 4),
    st.fractions(0, 1),
)
def test_later_or_fewer_projects_never_cover_a_need_earlier(made, delay, success):
    projects = [project(str(n), capacity=str(c), first=str(y)) for n, (c, y) in enumerate(made)]
    need = Fraction(sum(capacity for capacity, _ in made), 2)
    sure = outlook(projects, ("CN",), 2026, 2040)
    doubtful = outlook(projects, ("CN",), 2026, 2040, delay, success)
    first = reached(sure, need, expected=False)
    later = reached(doubtful, need, expected=True)
    assert first is not None
    assert later is None or later >= first
