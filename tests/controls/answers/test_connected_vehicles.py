"""Vehicles with systems of China or Russia: by whose they are and by model year, wherever made."""

from __future__ import annotations

import pytest

from tests.controls.conftest import Ask

VEHICLE = {"item": "connected-vehicles"}


@pytest.mark.parametrize("origin", ["CN", "DE", "JP"])
def test_of_an_unknown_vehicle_it_is_asked_whose_systems_it_has(ask: Ask, origin: str) -> None:
    answer = ask(origin, "US", "2026-07-01", **VEHICLE)
    assert answer["decision"] == "candidates"
    assert {"covered_vehicle_software", "covered_vehicle_hardware", "model_year"} <= {
        *answer["needs"]
    }
    assert [row["decision"] for row in answer["candidates"] if row["item"]] == ["prohibited"] * 2
    assert "up to PROHIBITED" in answer["headline"]


@pytest.mark.parametrize(
    ("parameters", "decision"),
    [
        ({"covered_vehicle_software": "true", "model_year": "2027"}, "prohibited"),
        ({"covered_vehicle_software": "true", "model_year": "2026"}, None),
        ({"covered_vehicle_hardware": "true", "model_year": "2030"}, "prohibited"),
        ({"covered_vehicle_hardware": "true", "model_year": "2029",
          "covered_vehicle_software": "false"}, None),
        ({"covered_vehicle_software": "false", "covered_vehicle_hardware": "false"}, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("origin", ["CN", "DE"])
def test_the_rule_is_by_systems_and_model_year(
    ask: Ask, origin: str, parameters: dict[str, str], decision: str | None
) -> None:
    answer = ask(origin, "US", "2026-07-01", **VEHICLE, params=parameters)
    mine = [row for row in answer["rules"] if row["measure"] == "us-connected-vehicles"]
    assert [row["decision"] for row in mine if row["always"]] == ([decision] if decision else [])
    assert bool(mine) == bool(decision)


def test_nothing_is_forbidden_before_the_rule(ask: Ask) -> None:
    known = {"covered_vehicle_software": "true", "model_year": "2027"}
    answer = ask("CN", "US", "2025-03-16", **VEHICLE, params=known)
    assert not [row for row in answer["rules"] if row["measure"] == "us-connected-vehicles"]
