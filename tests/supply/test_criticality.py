"""Criticality by published methods: the parts that are open, and what is missing."""

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


def test_a_reliance_of_more_than_a_share_has_the_whole_as_its_upper_end(tables):
    assert found(tables, "tungsten", "mine")["us"]["trade_exposure"] == ["0.5", "1"]


def test_a_stage_without_shares_has_no_concentration(tables):
    assert found(tables, "rare-earths", "metal")["hhi"] is None
