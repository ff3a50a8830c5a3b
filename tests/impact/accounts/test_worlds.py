"""Worlds: built from accounts in documented layouts, at hand by name, answered as a range."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.impact.accounts.building import build_world, estimates
from detente.impact.accounts.icio_file import divisions_of, is_icio, read_icio
from detente.impact.accounts.inter_country import Accounts, tables_of_accounts
from detente.impact.accounts.layout import find_layout
from detente.impact.accounts.worlds import ModelWorld, open_world, world_names
from detente.impact.all_worlds import answer_all
from detente.impact.bands import error_draws
from detente.impact.economy import calibrate
from detente.impact.equilibrium_answer import Options, of_tables
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Shock, rebase, solve
from detente.register.book import Register

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
SECTORS = ("A01_02", "C10T12", "C24A", "C24B", "L68")
COUNTRIES = ("USA", "CN1", "CN2", "ROW")


def synthetic(path: Path) -> Path:
    """A made-up file in the OECD's documented layout: four sellers, five sectors, two uses."""
    random = np.random.default_rng(5)
    rows = [f"{country}_{sector}" for country in COUNTRIES for sector in SECTORS]
    uses = [f"{country}_{use}" for country in ("USA", "CHN", "ROW") for use in ("HFCE", "INVNT")]
    lines = [",".join(["V1", *rows, *uses, "OUT"])]
    for row in rows:
        cells = random.uniform(1, 9, len(rows)).round(3)
        final = random.uniform(20, 60, len(uses)).round(3)
        final[1::2] -= 25
        total = cells.sum() + final.sum()
        lines.append(",".join([row, *map(str, cells), *map(str, final), f"{total:.3f}"]))
    lines += [",".join([name, *["1"] * (len(rows) + len(uses) + 1)]) for name in ("TLS", "VA")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(
    ("sector", "divisions"),
    [
        ("A01_02", ("01", "02")),
        ("C10T12", ("10", "11", "12")),
        ("C16", ("16",)),
        ("C24A", ("24",)),
        ("C301", ("30",)),
        ("T", ()),
    ],
)
def test_a_label_of_a_sector_names_its_divisions(sector: str, divisions: tuple[str, ...]) -> None:
    assert divisions_of(sector) == divisions


def test_a_file_of_the_oecd_is_read_and_parts_are_added_together(tmp_path: Path) -> None:
    path = synthetic(tmp_path / "2030_SML.csv")
    assert is_icio(path)
    found = read_icio(path)
    assert found.accounts.countries == ("USA", "CHN", "ROW")
    assert found.accounts.sectors == ("A01_02", "C10T12", "C24", "L68")
    with path.open(encoding="utf-8") as file:
        next(file)
        first = next(file).split(",")
    # What the United States sells of farm goods is the sum of its row, whoever buys it.
    sold = found.accounts.inputs[0, 0].sum() + found.accounts.final[0, 0].sum()
    assert abs(sold - float(first[-1])) < 0.01
    # Chinese sales of basic metals are four rows: two parts of the country, two of the division.
    assert any("CN1, CN2 are added" in note for note in found.notes)


def test_accounts_keep_what_is_sold_spent_and_earned() -> None:
    random = np.random.default_rng(1)
    inputs, final = random.uniform(1, 2, (3, 4, 3, 4)), random.uniform(20, 30, (3, 4, 3))
    built = tables_of_accounts(
        Accounts(("A", "B", "C"), ("w", "x", "y", "z"), inputs, final), [4.0] * 4
    )
    assert len(built.notes) == 1  # on tariffs alone: nothing had to be mended
    economy = calibrate(built.tables)
    output = inputs.sum(axis=(2, 3)) + final.sum(axis=2)
    assert np.allclose(built.tables.flows.sum(axis=1).T, output)
    # Income is output less inputs, and final spending is what is bought for final use.
    assert np.allclose(economy.income, (output - inputs.sum(axis=(0, 1))).sum(axis=1))
    assert np.allclose(economy.total, final.sum(axis=(0, 1)))
    still = solve(rebase(economy, "fixed-world-share"), Shock(), "fixed-world-share")
    assert np.allclose(still.wage, 1, atol=1e-8)


def test_a_built_world_is_at_hand_by_its_name_with_its_sectors_and_errors(
    home: Path, register: Register
) -> None:
    answer = build_world(synthetic(home / "x.csv"), "made-up", "2030", register)
    assert (answer["countries"], answer["sectors"]) == (3, 4)
    assert any(
        "elasticities of 1 sectors are assumed: L68" in note.lower() or "L68" in note
        for note in answer["notes"]
    )
    assert "made-up" in world_names()
    world = open_world("made-up")
    layout = find_layout(world.name)
    assert layout.year == "2030"
    assert layout.countries == {"USA": ("US",), "CHN": ("CN",), "ROW": ("*",)}
    assert layout.sectors["C24"] == ("24",)
    table = estimates()
    assert world.economy.theta.tolist() == [
        table["01"][0], table["10"][0], table["24"][0], table["services"][0],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("V1,USA_X9,USA_HFCE\nUSA_X9,1,2\n", "is in no layout that is read"),
        ("V1,USA_A01_02,USA_HFCE\nUSA_A01_02,one,2\n", "line 2: a cell is not a number"),
        ("V1,USA_A01_02,USA_HFCE\nUSA_A01_02,1\n", "line 2: 2 cells, and the first line has 3"),
        ("V1,USA_A01_02,CAN_HFCE\nUSA_A01_02,1,2\n", "CAN_HFCE is of a country that sells nothing"),
    ],
)
def test_accounts_that_cannot_be_read_say_what_is_wrong(
    home: Path, register: Register, text: str, message: str
) -> None:
    path = home / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImpactError, match=message):
        build_world(path, "bad", "2030", register)


def test_the_range_over_worlds_is_from_the_lowest_to_the_highest_and_names_each() -> None:
    def answer(world: ModelWorld) -> dict[str, Any]:
        shock = {"scenario": "nafta"}
        return of_tables(world, shock["scenario"], Options(draws=0))

    found = answer_all(("cp2015", "icio2019"), answer)
    assert [(each["data"], each["year"], each["sectors"]) for each in found["worlds"]] == [
        ("cp2015", "1993", 40)
    ]
    assert found["without"][0]["data"] == "icio2019"
    # One world alone has no range: its answer is that of the world asked for by name.
    assert found["welfare"] == of_tables(open_world("cp2015"), "nafta", Options(draws=0))["welfare"]


def test_two_worlds_give_the_lowest_and_the_highest_of_each_country_that_both_have(
    tmp_path: Path,
) -> None:
    file = tmp_path / "s.csv"
    file.write_text("sector,importer,exporter,tariff\n*,USA,CHN,0.5\n", encoding="utf-8")
    answers = {
        name: of_tables(open_world(name), str(file), Options(draws=0))
        for name in ("cp2015", "icio2019")
    }
    found = answer_all(answers, lambda world: answers[world.name])
    own = [float(each["welfare"]["USA"]) for each in answers.values()]
    assert [float(each) for each in found["welfare"]["USA"]] == [min(own), max(own)]
    assert "RUS" not in found["welfare"]  # the world of 1993 has no Russia by itself
    assert [each["sectors"] for each in found["worlds"]] == [40, 20]


def test_no_shock_is_no_change_in_every_world_that_ships() -> None:
    for name in ("cp2015", "icio2019"):
        economy = rebase(open_world(name).economy, "balanced")
        found = solve(economy, Shock())
        assert np.allclose(found.wage, 1, atol=1e-8)
        assert np.allclose(found.price, 1, atol=1e-8)


def test_draws_by_standard_errors_have_their_mean_and_spread_and_stop_at_the_least() -> None:
    draws = error_draws(np.array([8.0, 5.0]), np.array([1.0, 0.0]), np.array([0.8, 0.8]), 4000, 3)
    assert abs(draws[:, 0].mean() - 8) < 0.05
    assert abs(draws[:, 0].std() - 1) < 0.05
    assert (draws[:, 1] == 5).all()
    low = error_draws(np.array([1.0]), np.array([2.0]), np.array([0.8]), 1000, 3)
    assert low.min() == 0.8


def test_the_world_of_2019_adds_up_to_the_value_added_that_was_published() -> None:
    # OECD 2023: 20.85 trillion dollars of the United States, 13.85 of China, product taxes within.
    economy = open_world("icio2019").economy
    income = dict(zip(economy.countries, economy.income, strict=True))
    assert abs(income["USA"] / 1e6 - 20.85) < 0.3
    assert abs(income["CHN"] / 1e6 - 13.85) < 0.3


@pytest.mark.reference
def test_the_worlds_of_2011_and_2014_are_built_where_they_lie(
    home: Path, register: Register
) -> None:
    if not REFERENCE:
        pytest.skip("DETENTE_REFERENCE names no folder of official publications")
    folder = Path(REFERENCE)
    eleven = build_world(folder / "econ/world/wiod2011", "wiod2011", "2011", register)
    assert (eleven["countries"], eleven["sectors"]) == (41, 35)
    fourteen = build_world(folder / "model/wiod2014", "wiod2014", "2014", register)
    assert (fourteen["countries"], fourteen["sectors"]) == (44, 50)
    direct = open_world(str(folder / "model/wiod2014")).economy
    kept = open_world("wiod2014").economy
    assert np.allclose(kept.share, direct.share, atol=1e-9)
    # Its incomes are published beside shares and sales that miss them, for Lithuania by 3.7
    # percent; and its rest of the world has tariffs at home. Both are kept.
    assert np.allclose(kept.income, direct.income, rtol=1e-9)
    assert np.allclose(kept.tau, direct.tau, rtol=1e-9)
    assert np.allclose(kept.spending, direct.spending, rtol=1e-7)
    assert any("4.5% (ROW)" in note for note in fourteen["notes"])
    change = Shock(np.where(direct.tau > 1, direct.tau + 0.1, direct.tau))
    answers = [solve(each, change, "balanced") for each in (kept, direct)]
    assert np.allclose(answers[0].wage, answers[1].wage, rtol=1e-6)


def test_accounts_that_cannot_be_are_mended_and_each_kind_is_told_with_its_number() -> None:
    inputs, final = np.full((2, 2, 2, 2), 1.0), np.full((2, 2, 2), 10.0)
    final[0, 0, 1] = -3.0  # what stocks lose
    inputs[:, :, 1, 1] = 20.0  # x of B takes 3 x 20 and makes 1 + 1 + 20 for others, 2 x 10 to use
    final[1, 0] = inputs[1, 0] = inputs[:, :, 1, 0] = 0.0  # w of B sells nothing and takes nothing
    built = tables_of_accounts(Accounts(("A", "B"), ("w", "x"), inputs, final), [4.0] * 2)
    described = "\n".join(built.notes)
    assert "1 flows below zero (3 in all) are set to zero" in described
    assert "1 sectors of a country that sell nothing sell" in described
    assert "1 sectors of a country spend more on inputs than they make" in described
    assert built.tables.value_added.min() == 0.0
