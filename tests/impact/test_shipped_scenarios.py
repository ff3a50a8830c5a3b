"""Every scenario that comes with the register runs on the built-in data and on later ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from detente.cli.main import ANSWERED, main
from detente.register.book import Register

BEFORE = "2026-11-09"
"""The last day of the suspensions: a lapse changes the law from this day to the next."""


def _run(capsys: pytest.CaptureFixture[str], data: str, scenario: str) -> dict[str, object]:
    words = ["impact", "equilibrium", "--data", data, "--scenario", scenario, "--from", BEFORE]
    assert main([*words, "--draws", "0", "--json"]) == ANSWERED
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def _sound(answer: dict[str, object]) -> None:
    assert answer["converged"] is True
    residuals, welfare = answer["residuals"], answer["welfare"]
    assert isinstance(residuals, dict)
    assert isinstance(welfare, dict)
    assert max(map(float, residuals.values())) < 1e-9
    assert {"USA", "CHN"} <= set(welfare)


@pytest.mark.parametrize("scenario", sorted(Register.built_in().scenarios))
def test_it_runs_on_the_built_in_data_and_says_whose_year_they_are(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = _run(capsys, "cp2015", scenario)
    _sound(answer)
    notes = answer["notes"]
    assert isinstance(notes, list)
    assert notes[0].startswith("The data are of 1993")


@pytest.mark.reference
@pytest.mark.parametrize("scenario", sorted(Register.built_in().scenarios))
def test_it_runs_on_the_economies_of_2017(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    _sound(_run(capsys, str(Path(folder) / "model/uschina2017"), scenario))
