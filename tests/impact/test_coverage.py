"""What a change of duty does is told with what it rests on, and never over a silent zero."""

from __future__ import annotations

import json

import pytest

from detente.average.flow_coverage import of_law, of_weights, of_world
from detente.cli.main import main
from detente.impact.sector_duties import SectorDuty, _CellSums
from detente.register.book import Register


@pytest.fixture
def answer(capsys):
    def run(*words):
        assert main(["impact", *words, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return run


def test_lines_without_a_rate_are_told_as_a_part_that_is_not_covered(answer) -> None:
    found = answer("partial", "--from", "2025-01-01", "--to-date", "2025-03-10", "--code", "8507")
    rows = {row["what"]: row for row in found["coverage"]}
    assert found["status"] == "partly"
    assert rows["us/tariff"]["state"] == "read"
    assert rows["weights/us-imports-2024"]["through"] == "2024-12-31"
    share = float(found["flows"]["covered_share"])
    expected = "read" if share == 1 else "partly"
    assert rows["weights/us-imports-2024"]["state"] == expected
    assert "of the value has one of its own" in rows["elasticities/Broda-Weinstein"]["scope"]


def test_a_day_after_the_horizon_lies_beyond_what_was_read(answer) -> None:
    found = answer("partial", "--from", "2026-01-01", "--to-date", "2027-03-10", "--code", "8507")
    assert found["coverage"][0]["state"] == "beyond"


def test_a_world_of_another_year_lies_beyond_and_says_which_tariffs_count_as_zero(answer) -> None:
    found = answer("equilibrium", "--from", "2024-12-01", "--to-date", "2025-11-12", "--draws", "0")
    rows = {row["what"]: row for row in found["coverage"]}
    assert (rows["world/cp2015"]["through"], rows["world/cp2015"]["state"]) == (
        "1993-12-31",
        "beyond",
    )
    assert "617 of 1,240" in rows["world/cp2015"]["scope"]
    assert {"us/tariff", "cn/tariff"} <= set(rows)
    assert rows["weights/us-exports-2017-chapters"]["through"] == "2017-12-31"
    assert found["status"] == "partly"


def test_a_scenario_of_tables_rests_on_its_tables_alone(answer) -> None:
    found = answer("equilibrium", "--scenario", "nafta")
    assert [row["what"] for row in found["coverage"]] == ["world/cp2015"]


def test_a_partner_that_the_world_does_not_have_is_counted_and_left_out() -> None:
    sums = _CellSums()
    sums.add("g", "USA", (), SectorDuty(0.1, 0.2, 30.0))
    sums.add("g", "USA", ("CHN",), SectorDuty(0.1, 0.2, 70.0))
    found = sums.close()
    assert found.outside == {"USA": 30.0}
    assert found.total == {"USA": 100.0}
    assert found.cells[("g", "USA", "CHN")].value == 70.0


def test_weights_are_read_whole_in_part_or_not_at_all() -> None:
    states = [of_weights("w", "2024", "t", covered).state for covered in (1.0, 0.5, 0.0)]
    assert states == ["read", "partly", "unread"]
    assert of_weights("mine.csv", None, "t", 1.0)[1:3] == (None, None)


def test_a_law_is_as_read_as_its_worst_day() -> None:
    register = Register.built_in()
    through = register.areas["us/tariff"].reviewed_through
    assert of_law(register, "US", "2020-01-01", through).state == "read"
    assert of_law(register, "US", "2020-01-01", "2030-01-01").state == "beyond"
    assert of_law(register, "US", "2010-01-01", "2020-01-01").state == "unread"


def test_a_world_asked_about_its_own_year_is_read() -> None:
    assert of_world("w", "2017", "s", True, "2017-06-01").state == "read"
    assert of_world("w", "2017", "s", False, "2017-06-01").state == "partly"
    assert of_world("w", "2017", "s", True, "2018-06-01").state == "beyond"
