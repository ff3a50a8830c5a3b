"""Controls of either side on the graph of minerals."""

import json

import pytest

from detente.cli.main import main
from detente.register.book import Register
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(tables, mineral, on, **given):
    asked = SupplyQuestion(mineral, on, controls=True, **given)
    return answer_supply(Register.built_in(), tables, asked)


def control(answer, measure, provision):
    return next(
        each
        for each in answer["controls"]
        if (each["measure"], each["limb"]) == (measure, provision)
    )


def touched(row, stage):
    return next(each for each in row["stages"] if each["stage"] == stage)


def test_a_control_names_flows_codes_and_industries(tables):
    answer = ask(tables, "gallium", "2025-06-01")
    row = control(answer, "cn-mofcom-2023-23", "gallium")
    assert (row["by"], row["state"], row["decision"]) == ("CN", "in_force", "licence")
    assert "8112921000" in {each["code"][:10] for each in row["codes"]} or row["codes"]
    stage = touched(row, "refining")
    # China sent 18 percent of the gallium that the United States imported from 2021 to 2024.
    assert stage["share_of_imports"] == ["0.18", "0.18"]
    assert stage["stopped"] == ["0", "0.18"]
    assert {each["from"] for each in stage["flows"]} == {"CN"}
    assert "Semiconductor and related device manufacturing" in {
        each["name"] for each in answer["exposed"]
    }


def test_a_suspended_ban_stops_nothing_and_the_licence_under_it_stands(tables):
    before = ask(tables, "gallium", "2025-06-01")
    during = ask(tables, "gallium", "2025-11-12")
    ban = ("cn-mofcom-2024-46", "art-2")
    assert touched(control(before, *ban), "refining")["stopped"] == ["0", "0.18"]
    assert control(during, *ban)["state"] == "suspended"
    assert touched(control(during, *ban), "refining")["stopped"] == ["0", "0"]
    counts = {each["stage"]: each["provisions"] for each in during["under_controls"]}
    assert counts["refining"] == 1


def test_a_country_that_the_table_of_sources_does_not_name_may_be_in_its_rest(tables):
    row = control(ask(tables, "antimony", "2025-06-01"), "cn-mofcom-2024-33", "antimony")
    # Ore: Mexico 86, Italy 9, others 5 percent
    assert touched(row, "mine")["share_of_imports"] == ["0", "0.05"]


def test_a_control_on_equipment_or_technology_touches_no_flow_of_the_product(tables):
    answer = ask(tables, "rare-earths", "2025-11-12")
    row = control(answer, "cn-technology-catalogue", "rare-earths")
    stage = touched(row, "separation")
    assert (row["decision"], row["state"]) == ("prohibited", "in_force")
    assert (stage["covers"], stage["flows"], stage["stopped"]) == ("means", [], ["0", "0"])


def test_what_a_ban_stops_is_unknown_where_no_table_tells_the_sources_of_imports(tables):
    row = control(ask(tables, "dysprosium", "2025-06-01"), "cn-mofcom-2025-18", "dysprosium")
    assert touched(row, "separation")["stopped"] == [None, None]


def test_a_control_before_its_first_day_is_not_in_force(tables):
    answer = ask(tables, "dysprosium", "2025-04-03")
    row = control(answer, "cn-mofcom-2025-18", "dysprosium")
    assert row["state"] != "in_force"
    assert touched(row, "separation")["stopped"] == ["0", "0"]


def test_every_item_beside_a_mineral_is_one_of_the_register(tables):
    register = Register.built_in()
    for item in tables.items:
        assert item.item in {each.name for each in register.controls[item.by].items}


def test_the_command_shows_controls(capsys):
    assert main(["supply", "antimony", "--controls", "--on", "2025-06-01"]) == 0
    shown = capsys.readouterr().out
    assert "0% to 55% of the imports of 2021 to 2024 stopped" in shown
    assert main(["supply", "antimony", "--controls", "--to", "Atlantis", "--json"]) == 2
    assert "country" in capsys.readouterr().err
    assert main(["supply", "gallium", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["controls"] is None
