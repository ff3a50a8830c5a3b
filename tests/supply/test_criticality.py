"""Criticality by published methods: the parts that are open, and what is missing."""

from fractions import Fraction

import pytest

from detente.register.book import Register
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def found(tables, mineral, stage):
    answer = answer_supply(
        Register.built_in(), tables, SupplyQuestion(mineral, "2026-10-10", stage=stage)
    )
    return answer["stages"][0]["criticality"]


def test_parts_that_are_open_are_given_and_no_index_is_made_of_a_part(tables):
    row = found(tables, "antimony", "refining")
    assert row["us"]["trade_exposure"] == ["0.91", "0.91"]
    assert (row["us"]["index"], row["eu"]["supply_risk"]) == (None, None)
    assert row["us"]["missing"]
    assert row["eu"]["missing"]
    # 3,500 t from scrap of 45,000 t used in 2025
    assert row["eu"]["recycled_in_use_us"] == "0.077778"


def test_open_parts_bound_the_index_of_the_united_states_from_above(tables):
    row = found(tables, "gallium", "refining")
    # 900 of 909 t in China, 6 in Russia and 3 in Japan; weights of at most one, reliance of 100%
    squares = (900**2 + 6**2 + 3**2) / 909**2
    assert row["us"]["disruption_potential_at_most"] == f"{squares:.4f}"
    assert row["us"]["index_at_most"] == f"{squares ** (1 / 3):.3f}"
    assert row["eu"]["global_part_at_most"] == f"{10 * squares:.2f}"


def test_what_a_country_makes_itself_is_no_foreign_disruption(tables):
    row = found(tables, "rare-earths", "mine")
    # Without the 51,000 t of the United States, 13.1 percent of 390,000
    own = Fraction(51_000, 390_000) ** 2
    whole = Fraction(row["hhi"][1]) / 10_000
    assert float(row["us"]["disruption_potential_at_most"]) == pytest.approx(
        float(whole - own), abs=2e-4
    )


def test_an_index_is_bounded_only_where_exposure_and_shares_are_held(tables):
    assert found(tables, "copper", "mine")["us"]["index_at_most"] is not None
    assert found(tables, "rare-earths", "metal")["us"]["index_at_most"] is None
    assert found(tables, "graphite-artificial", "refining")["us"]["index_at_most"] is None


def test_a_reliance_of_more_than_a_share_has_the_whole_as_its_upper_end(tables):
    assert found(tables, "tungsten", "mine")["us"]["trade_exposure"] == ["0.5", "1"]


def test_a_stage_without_shares_has_no_concentration(tables):
    assert found(tables, "rare-earths", "metal")["hhi"] is None
