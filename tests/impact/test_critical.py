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
    assert found == ("chips", None, 0.0, 0.0, 0.0)


def test_the_loss_with_substitution_follows_the_formula() -> None:
    # s = 0.5: power -1, output 1 / (0.9 + 0.1 / 0.5) = 1 / 1.1
    assert ces_loss(0.1, 0.5, 0.5) == pytest.approx(1 - 1 / 1.1)


@given(st.floats(0.001, 0.9), st.floats(0.01, 1), st.floats(0.05, 3))
def test_the_lower_bound_is_never_above_the_upper(
    cost_share: float, cut: float, substitution: float
) -> None:
    found = bounds(Use("x", 1, cost_share), cut, 12, 0, substitution)
    assert 0 <= found.floor <= found.upper
    assert (found.lower is None) == (cut == 1 and substitution <= 1)
    if found.lower is not None:
        assert found.floor <= found.lower <= found.upper


@given(st.floats(0.001, 0.9), st.floats(0.05, 3).filter(lambda each: each != 1))
def test_the_loss_rises_with_the_cut_up_to_all_of_it(
    cost_share: float, substitution: float
) -> None:
    losses = [ces_loss(cost_share, left, substitution) for left in (0.9, 0.5, 0.1, 1e-9)]
    known = [each for each in losses if each is not None]
    assert len(known) == 4
    assert known == sorted(known)


def test_a_loss_near_the_whole_cut_stays_within_the_range_of_numbers() -> None:
    # left^((s - 1)/s) is 1e-12 to the power of -999
    assert ces_loss(0.001, 1e-12, 0.001) == pytest.approx(1)


@pytest.mark.parametrize("substitution", [0.05, 0.2, 0.99, 1.0])
def test_a_whole_cut_has_no_lower_bound_where_the_form_makes_nothing_without_the_input(
    substitution: float,
) -> None:
    found = bounds(Use("x", 100, 0.01), 1, 12, 0, substitution)
    # 1% of cost, 100 of value added: perfect substitution loses 1
    assert found == ("x", 0, None, 100, 1)


def test_a_whole_cut_with_more_substitution_follows_the_formula() -> None:
    # s = 2: 1 - (1 - c)^2 with c = 0.1
    found = bounds(Use("x", 100, 0.1), 1, 12, 0, 2)
    assert found.lower == pytest.approx(19)


def test_the_command_tells_what_holds_at_the_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gallium.yaml"
    file.write_text(TEXT.replace("cut: 0.5", "cut: 1"))
    assert main(["impact", "critical", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    # 100 x 9/12 without a floor of 0.1% of it
    assert (answer["lower"], answer["floor"], answer["upper"]) == (None, "0.0750", "75.0000")
    assert "whatever its share of cost" in answer["notes"][0]
    assert main(["impact", "critical", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "no lower bound with substitution (at least 0.0750) to 75.0000" in printed


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
        ("unit", "units", "'units' is not a key"),
        ("cost_share: 0.001", "cost_share: 0", "cost_share of chips is 0"),
        ("cut: 0.5", "cut: .nan", "cut is nan"),
        (TEXT, "", "is empty: needs the keys input, cut"),
        (TEXT, "- 1", "needs the keys input, cut"),
        (TEXT, "a: [", "is not YAML"),
        (
            "{name: chips",
            "{name: chips, value_added: 1, cost_share: 0.1}\n  - {name: chips",
            "twice",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gallium.yaml"
    file.write_text(TEXT.replace(old, new))
    assert main(["impact", "critical", str(file)]) == 2
    assert message in capsys.readouterr().err
