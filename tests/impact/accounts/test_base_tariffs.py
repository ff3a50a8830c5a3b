"""Tariffs of a world's own year: what the United States collected, by sector and partner."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from detente.impact.accounts.base_tariffs import base_tariffs
from detente.impact.accounts.plain import ordinary_of
from detente.impact.accounts.worlds import open_world

TABLE = """year\tdivision\tpartner\tvalue\tduty\tordinary_alone
2017\t10\tCN\t100\t3\tyes
2017\t10\tothers\t100\t1\tyes
2019\t10\tCN\t100\t20\t
2019\t11\tCN\t300\t20\t
2019\t10\tothers\t100\t2\t
"""
COUNTRIES = {"USA": ("US",), "CHN": ("CN", "HK"), "ROW": ("*",)}
SECTORS = {"food": ("10", "11"), "banks": ()}


def test_a_sector_pays_the_duty_over_the_value_of_its_divisions() -> None:
    found = base_tariffs("2019", COUNTRIES, SECTORS, TABLE)
    assert found is not None
    # 20 + 20 on 100 + 300 of China; 2 on 100 of all others; services and other importers none
    assert found.tariff[0].tolist() == [[0, 0.1, 0.02], [0, 0, 0], [0, 0, 0]]
    assert not found.tariff[1].any()


def test_the_ordinary_part_is_of_the_last_year_that_had_nothing_else() -> None:
    found = base_tariffs("2019", COUNTRIES, SECTORS, TABLE)
    assert found is not None
    assert found.ordinary[0, 0].tolist() == [0, 0.03, 0.01]
    assert "ordinary ones as in 2017" in found.note


def test_a_year_that_is_not_in_hand_or_a_world_without_the_importer_has_none() -> None:
    assert base_tariffs("2011", COUNTRIES, SECTORS, TABLE) is None
    assert base_tariffs("2019", {"CHN": ("CN",)}, SECTORS, TABLE) is None


def test_the_world_of_2019_collects_about_what_was_collected() -> None:
    economy = open_world("icio2019").economy
    us = economy.place("USA")
    goods = [economy.sector(each) for each in "ABC"]
    bought = economy.exports[:, us, :].copy()
    bought[:, us] = 0
    paid = ((economy.tau[:, us, :] - 1) * bought)[goods].sum()
    # 69.9 bn on 2,502 bn of goods in 2019; the tables have less trade, at basic prices.
    assert paid / bought[goods].sum() == pytest.approx(0.028, abs=0.004)
    assert paid == pytest.approx(economy.revenue[us])
    china = economy.place("CHN")
    assert economy.tau[goods[2], us, china] > economy.tau[goods[2], us, economy.place("DEU")]


def test_additional_duties_stand_on_the_ordinary_part_alone() -> None:
    world = open_world("icio2019")
    ordinary = ordinary_of(world.economy, world.sheets)
    assert (ordinary <= world.economy.tau + 1e-12).all()
    us, china = world.economy.place("USA"), world.economy.place("CHN")
    row = world.economy.sector("C")
    # 2.7 percent collected on manufactures of China in 2017, 9.9 in 2019
    assert ordinary[row, us, china] == pytest.approx(1.0271, abs=1e-3)
    assert world.economy.tau[row, us, china] == pytest.approx(1.0991, abs=1e-3)
    other = open_world("cp2015")
    assert np.array_equal(ordinary_of(other.economy, other.sheets), other.economy.tau)


def test_every_year_of_the_table_comes_to_what_was_collected_but_for_special_provisions() -> None:
    root = Path(__file__).parents[3] / "data"
    with (root / "model/base-tariffs.tsv").open(encoding="utf-8", newline="") as file:
        held = [row for row in csv.DictReader(file, delimiter="\t") if row["year"] == "2019"]
    with (root / "trade/claims/collected.tsv").open(encoding="utf-8", newline="") as file:
        months = [
            row
            for row in csv.DictReader(file, delimiter="\t")
            if row["month"].startswith("2019") and row["partner"] == "all"
        ]
    whole = [row for row in months if not row["chapter"]]
    named = [row for row in months if row["chapter"] and row["chapter"] < "98"]
    paid = sum(int(row["duty"]) for row in held)
    left_out = sum(int(row["duty"]) for row in months if row["chapter"] == "97")
    assert sum(int(row["duty"]) for row in named) - left_out == paid
    assert paid <= sum(int(row["duty"]) for row in whole)
