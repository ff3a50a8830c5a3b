"""The loss of a critical input as a cost shock in a world economy."""

import json

import numpy as np
import pytest

from detente.cli.main import main
from detente.impact.accounts.layout import find_layout
from detente.impact.accounts.worlds import open_world
from detente.impact.errors import ImpactError
from detente.impact.input_loss import Loss, cost_rise, read_losses, sector_losses
from detente.supply.tables import Minerals

WORLD = "icio2019"


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(capsys, *words):
    code = main(["impact", "equilibrium", "--world", WORLD, "--draws", "0", "--json", *words])
    caught = capsys.readouterr()
    return json.loads(caught.out) if code == 0 else caught.err


def welfare(answer):
    return float(answer["welfare"]["USA"])


def test_the_loss_of_users_is_a_share_of_the_product_and_costs_about_that(capsys):
    answer = ask(capsys, "--lost", "gallium=0.8")
    # 7.557 bn of 19,612 bn is 0.0385 percent of the product
    assert answer["lost_by_sector"] == {"C": "0.000385"}
    assert welfare(answer) == pytest.approx(-0.0385, rel=0.15)
    assert any("gallium (0.8)" in note for note in answer["notes"])


def test_both_ends_are_kept_apart_and_a_larger_cut_costs_more(capsys):
    low = welfare(ask(capsys, "--lost", "gallium=0.8", "--bound", "lower"))
    high = welfare(ask(capsys, "--lost", "gallium=0.8", "--bound", "upper"))
    more = welfare(ask(capsys, "--lost", "gallium=98%", "--bound", "upper"))
    both = welfare(ask(capsys, "--lost", "gallium=0.8", "--lost", "germanium=0.8"))
    assert more < high < low < 0
    assert both < high


def test_controls_in_force_are_a_cut_of_what_they_stop_and_of_what_is_imported(capsys):
    days = ("--from", "2024-01-01", "--to-date", "2025-06-01")
    held = ask(capsys, "--lost", "antimony=controls", *days)
    (row,) = held["lost"]
    # A ban and licences touch 55 percent of the imports of 2021 to 2024, and 91 are imported.
    assert row["cut"] == f"{0.55 * 0.91:.4f}"
    (low,) = ask(capsys, "--lost", "antimony=controls", "--bound", "lower", *days)["lost"]
    # Who gets a licence was not read, and only a part of what is imported is the item.
    assert low["cut"] == "0.0000"
    number = ask(capsys, "--lost", f"antimony={row['cut']}", *days)
    assert number["welfare"] == held["welfare"]


def test_before_any_control_nothing_is_lost_by_controls(capsys):
    days = ("--from", "2018-01-01", "--to-date", "2019-01-01")
    (row,) = ask(capsys, "--lost", "antimony=controls", *days)["lost"]
    assert (row["cut"], float(row["loss"])) == ("0.0000", 0)


def test_controls_whose_reach_is_not_known_are_refused_with_what_is_missing(capsys):
    stated = ask(capsys, "--lost", "ndfeb-magnets=controls")
    assert "is not known" in stated
    assert "write a cut" in stated


def test_a_loss_stands_beside_a_change_of_duties(capsys):
    alone = welfare(ask(capsys, "--scenario", "threat-100"))
    both = welfare(ask(capsys, "--scenario", "threat-100", "--lost", "gallium=0.8"))
    # Nearly the sum of the two: -0.037 and what the duties cost
    assert both - alone == pytest.approx(-0.0373, abs=0.002)


def test_costs_rise_for_every_buyer_of_the_sector_and_nowhere_else(tables):
    economy, layout = open_world(WORLD).economy, find_layout(WORLD)
    rise = cost_rise(economy, layout, {"C": 0.001})
    us = economy.place("USA")
    row = economy.sector("C")
    # The product times 0.001 over what the sector makes
    output = economy.exports[row, :, us].sum()
    assert rise[row, :, us] == pytest.approx(1 / (1 - 0.001 * economy.income[us] / output))
    rise[row, :, us] = 1
    assert np.all(rise == 1)


def test_a_sector_that_would_lose_everything_is_refused(tables):
    economy, layout = open_world(WORLD).economy, find_layout(WORLD)
    with pytest.raises(ImpactError, match="smaller cut"):
        cost_rise(economy, layout, {"C": 0.9})


def test_industries_of_every_input_have_a_sector_in_every_world(tables):
    for name in ("cp2015", "icio2019"):
        for each in dict.fromkeys(row.input for row in tables.users):
            losses = read_losses(tables, {each: "0.5"}, "upper")
            assert sector_losses(tables, find_layout(name), losses)


def test_what_cannot_be_read_is_refused(tables, capsys):
    assert "did you mean gallium" in ask(capsys, "--lost", "galium=0.8")
    assert "is not a cut" in ask(capsys, "--lost", "gallium=most")
    assert "not an end of a loss" in ask(capsys, "--lost", "gallium=0.8", "--bound", "middle")
    with pytest.raises(ImpactError, match="no lower end"):
        read_losses(tables, {"gallium": "1"}, "lower")
    layout = find_layout("icio2019")._replace(sectors={"A": ("01",)})
    with pytest.raises(ImpactError, match="no sector"):
        sector_losses(tables, layout, [Loss("x", "1", "upper", {"334413": 1.0}, tables.product)])
