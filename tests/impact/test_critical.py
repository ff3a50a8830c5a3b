from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.cli.main import main
from detente.impact.critical import Use, bounds, ces_loss

TEXT = """input: gallium
cut: 0.5
months: 12
stock_months: 3
substitution: 0.2
unit: bn dollars
users:
  - {name: chips, value_added: 100, cost_share: 0.001}
"""


def test_an_effect_begins_when_stocks_are_gone() -> None:
    found = bounds(Use("chips", 100, 0.001), cut=0.5, months=12, stock=3, substitution=0.2)
    assert found.begins == 6  # 3 months of use cover a shortfall of a half for 6
    assert found.upper == 25  # 100 x 6/12 x 0.5


def test_stocks_that_outlast_the_restriction_leave_no_effect() -> None:
    found = bounds(Use("chips", 100, 0.001), cut=0.5, months=6, stock=3, substitution=0.2)
    assert found == ("chips", None, 0.0, 0.0)


def test_the_loss_with_substitution_follows_the_formula() -> None:
    # s = 0.5: power -1, output 1 / (0.9 + 0.1 / 0.5) = 1 / 1.1
    assert ces_loss(0.1, 0.5, 0.5) == pytest.approx(1 - 1 / 1.1)


@given(st.floats(0.001, 0.9), st.floats(0.01, 1), st.floats(0.05, 3))
def test_the_lower_bound_is_never_above_the_upper(
    cost_share: float, cut: float, substitution: float
) -> None:
    found = bounds(Use("x", 1, cost_share), cut, 12, 0, substitution)
    assert 0 <= found.lower <= found.upper


def test_the_command_gives_two_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gallium.yaml"
    file.write_text(TEXT)
    assert main(["impact", "critical", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["upper"] == "25.0000"
    assert float(answer["lower"]) < 25
    assert answer["months_to_impact"] == "6.00"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cut: 0.5", "cut: 1.5", "cut is 1.5"),
        ("cut: 0.5\n", "", "the key cut is missing"),
        ("cut: 0.5", "cut: half", "cut is 'half', and a number is needed"),
        ("unit", "units", "'units' is no key"),
        ("cost_share: 0.001", "cost_share: 0", "cost_share of chips is 0"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gallium.yaml"
    file.write_text(TEXT.replace(old, new))
    assert main(["impact", "critical", str(file)]) == 2
    assert message in capsys.readouterr().err
