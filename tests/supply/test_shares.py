import csv
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.supply.shares import years_of
from detente.supply.tables import Minerals, PublishedFigure


def figure(what, country, year, amount, unit="t"):
    return PublishedFigure(
        "m", "mine", what, country, "world", year, amount, amount, unit, False, "s", "primary", ""
    )


def test_shares_of_quantities_leave_what_the_total_does_not_name():
    rows = [("CN", "60"), ("US", "20"), ("other", "5"), ("world", "100")]
    (year,) = years_of([figure("production", country, "2025", amount) for country, amount in rows])
    assert year.shares == {"CN": Fraction(3, 5), "US": Fraction(1, 5)}
    assert year.rest == Fraction(1, 5)
    assert year.left_without(["CN"]) == (Fraction(2, 5), Fraction(2, 5))


def test_a_country_that_is_not_named_may_be_all_of_the_rest_or_none_of_it():
    rows = [("CN", "60"), ("US", "20"), ("world", "100")]
    (year,) = years_of([figure("production", country, "2025", amount) for country, amount in rows])
    assert year.left_without(["AU"]) == (Fraction(4, 5), Fraction(1))


def test_quantities_without_a_world_total_give_no_shares():
    assert years_of([figure("production", "CN", "2025", "60")]) == []


def test_shares_above_the_whole_are_refused():
    with pytest.raises(ValueError, match="more than the whole"):
        years_of([figure("share", "CN", "2025", "60"), figure("share", "US", "2025", "41")])


def test_a_rounded_total_below_its_parts_gives_way_to_their_sum():
    rows = [("CN", "80"), ("US", "25"), ("world", "100")]
    (year,) = years_of([figure("production", country, "2025", amount) for country, amount in rows])
    assert sum(year.shares.values()) == 1
    assert year.rest == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(0, 60))
def test_concentration_brackets_every_way_to_make_the_rest(amounts, rest):
    rows = [(f"A{number}", str(amount)) for number, amount in enumerate(amounts)]
    rows.append(("world", str(sum(amounts) + rest)))
    (year,) = years_of([figure("production", country, "2025", amount) for country, amount in rows])
    low, high = year.concentration()
    total = sum(amounts) + rest
    for parts in (1, 2, 3, 7):
        squares = (
            sum(Fraction(a, total) ** 2 for a in amounts)
            + parts * Fraction(rest, parts * total) ** 2
        )
        assert low <= 10_000 * squares <= high
    assert 0 < low <= high <= 10_000


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def test_china_mined_69_percent_of_the_rare_earths_of_2025(tables):
    years = {year.year: year for year in years_of(tables.about("rare-earths", "mine"))}
    assert round(100 * years["2025"].shares["CN"]) == 69
    assert round(100 * years["2018"].shares["CN"]) == 63
    assert years["2025"].total == 390_000


@pytest.mark.reference
def test_shares_are_those_of_the_published_table(tables):
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    path = Path(folder) / "china/usgs_myb2022_world_mine_production.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["availability_status"] == "available"]
    years = {year.year: year for year in years_of(tables.about("rare-earths", "mine"))}
    for year in ("2018", "2020", "2022"):
        made = {
            row["geography_code"]: Fraction(row["value"]) for row in rows if row["year"] == year
        }
        world = made.pop("WLD")
        parts = sum(made.values())
        squares = 10_000 * sum((amount / max(world, parts)) ** 2 for amount in made.values())
        assert years[year].concentration()[0] == squares
