"""Formulas of partial effects held against themselves, written out line by line and slowly."""

from __future__ import annotations

from math import exp, log, prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.impact.best_tariffs import CLOSE, HIGHEST, highest
from detente.impact.errors import ImpactError
from detente.impact.lines.demand_response import check_demand, concentration, respond
from detente.impact.lines.elasticities import find_elasticities, read_elasticities

CELLS = st.lists(
    st.tuples(st.integers(0, 2), st.floats(1, 100), st.floats(0, 0.6), st.floats(0, 1.2)),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    CELLS, st.tuples(*(st.sampled_from((0.5, 1.0, 1.5, 4.0)) for _ in range(3))),
    st.sampled_from((0.0, 0.7, 1.0, 1.3)), st.sampled_from((0.0, 0.4, 1.0)),
)  # fmt: skip
def test_every_figure_is_that_of_the_formula(
    cells: list[tuple[int, float, float, float]],
    sigma: tuple[float, ...],
    eta: float,
    pass_through: float,
) -> None:
    line, value, before, after = (np.array(each) for each in zip(*cells, strict=True))
    found = respond(line, value, before, after, np.array(sigma), eta, pass_through)
    for one in range(3):
        own = [at for at in range(len(cells)) if line[at] == one]
        spent = {at: value[at] * (1 + before[at]) for at in own}
        whole = sum(spent.values())
        if not own:
            assert (found.price[one], found.loss[one]) == (1, 0)
            continue
        price = {
            at: 1 + pass_through * ((1 + after[at]) / (1 + before[at]) - 1) for at in own
        }  # fmt: skip
        power = 1 - sigma[one]
        index = (
            prod(price[at] ** (spent[at] / whole) for at in own)
            if power == 0
            else sum(spent[at] / whole * price[at] ** power for at in own) ** (1 / power)
        )
        assert found.price[one] == pytest.approx(index)
        growth = log(index) if eta == 1 else (index ** (1 - eta) - 1) / (1 - eta)
        assert found.loss[one] == pytest.approx(whole * growth, abs=1e-9)
        for at in own:
            paid = spent[at] * price[at] ** power * index ** (sigma[one] - eta)
            assert found.value_after[at] == pytest.approx(paid / (1 + after[at]))
            assert found.duty_after[at] == pytest.approx(paid / (1 + after[at]) * after[at])
    assert found.duty_before == pytest.approx(value * before)
    assert found.duty_static == pytest.approx(value * after)
    assert (found.value_before is value, found.line is line) == (True, True)
    groups = found.change_by(line, 3)
    for one in range(3):
        assert groups[one] == pytest.approx(
            sum(found.value_after[at] - value[at] for at in range(len(cells)) if line[at] == one),
            abs=1e-9,
        )


def test_one_elasticity_serves_every_line_and_no_cells_have_no_lines() -> None:
    line = np.array([0, 2])
    found = respond(line, np.array([1.0, 1.0]), np.zeros(2), np.ones(2), 2.0, 0.0)
    assert found.price.tolist() == pytest.approx([2, 1, 2])
    nothing = respond(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0), 2.0, 0.0)
    assert len(nothing.value_after) == 0
    shares = concentration(np.array([0, 0, 2]), np.array([3.0, 1.0, 5.0]), 3)
    assert shares.tolist() == pytest.approx([10 / 16, 0, 1])


@pytest.mark.parametrize(
    ("eta", "pass_through", "told"),
    [(1, -0.01, "a pass-through of -0.01 is none: write 0 to 1"),
     (1, 1.01, "a pass-through of 1.01 is none"), (-0.1, 1, "an eta of -0.1 is none: write 0 or"),
     (float("inf"), 1, "an eta of inf is none"), (float("nan"), 1, "an eta of nan is none")],
)  # fmt: skip
def test_demand_that_is_none_is_refused(eta: float, pass_through: float, told: str) -> None:
    with pytest.raises(ImpactError, match=told):
        check_demand(eta, pass_through)
    check_demand(0, 0)
    check_demand(3, 1)


@pytest.mark.parametrize("top", [0.02, 0.13, 0.3, 0.9, 2.4])
def test_the_top_of_a_hill_is_found(top: float) -> None:
    looked: list[float] = []

    def payoff(tariff: float) -> float:
        looked.append(tariff)
        return -((log(1 + tariff) - log(1 + top)) ** 2)

    assert highest(payoff) == pytest.approx(top, abs=CLOSE)
    assert max(looked) <= max(0.25, 4 * top)  # nothing far beyond the hill is looked at
    with pytest.raises(ImpactError, match="welfare still rises at a tariff of"):
        highest(lambda tariff: 1 - exp(-tariff / (10 * HIGHEST)))


# --- tables of elasticities ----------------------------------------------------------------------


def table(tmp_path: Path, text: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_by_its_columns_with_the_zeros_that_were_taken_away(tmp_path: Path) -> None:
    found = read_elasticities(table(tmp_path, "x,HS6,Sigma\n,10121,3\n,850760.0,5\n,8507.10,\n"))
    assert found.table == {"010121": 3, "850760": 5}
    assert (found.name, found.middle) == ("mine.csv", 4)
    assert found.notes == (
        "Rows of mine.csv left out: 1 without a number; such lines take the mean of their heading.",
    )
    sigma, digits = found.of_lines(["8507600010", "8507100000", "8599000000", "0101300000", "99"])
    # by its own key; the mean of the heading; of the chapter; of the heading; the median
    assert (sigma.tolist(), digits.tolist()) == ([5, 5, 5, 3, 4], [6, 0, 0, 0, 0])


def test_the_longest_key_decides_and_a_mean_is_of_longer_keys_alone(tmp_path: Path) -> None:
    found = read_elasticities(
        table(tmp_path, "code,elasticity\n85,2\n8507,3\n850760,7\n850710,5\n")
    )
    sigma, digits = found.of_lines(["85076000", "8507200000", "8599", "0101"])
    assert (sigma.tolist(), digits.tolist()) == ([7, 3, 2, 4], [6, 4, 2, 0])


def test_elasticities_of_trade_are_turned_round_and_those_of_the_wrong_sign_left_out(
    tmp_path: Path,
) -> None:
    text = "HS6,zero,positive,sigma\n010121,0,0,-3\n010129,0,1,2\n010130,1,0,0\n010190,0,0,NA\n"
    found = read_elasticities(table(tmp_path, text, "p.csv"))
    assert found.table == {"010121": 3}
    assert found.notes == (
        "Rows of p.csv left out: 1 without a number and 2 of the wrong sign; such lines take the "
        "mean of their heading.",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hs6,sigma\n1234567,3\n", "line 2: '1234567' has more than 6 digits"),
        ("code,sigma\n1,3\n", "line 2: '1' is not a code of the schedule"),
        ("code,sigma\n12345678901,3\n", "line 2: '12345678901' is not a code of the schedule"),
        ("code,sigma\n85,3\n85,4\n", "line 3: the code 85 stands twice"),
        ("code,sigma\n85,0\n", "line 2: sigma is 0, and an elasticity of substitution is above 0"),
        ("code,sigma\n85,inf\n", "line 2: 'inf' is not a number"),
        ("code,sigma\n85\n", "line 2: 1 cells, and the first line has 2"),
        ("code,sigma\n85,\n", "has no row with an elasticity"),
        ("chapter,sigma\n85,3\n", "no column of codes"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ImpactError, match=told):
        read_elasticities(table(tmp_path, text))


def test_a_word_a_number_and_a_file_are_told_apart(tmp_path: Path) -> None:
    assert find_elasticities(None).name == "Broda-Weinstein"
    assert find_elasticities(" PROTEE ").name == "ProTEE"
    one = find_elasticities("2.5")
    assert (one.name, one.table, one.middle, one.notes) == ("2.5", {}, 2.5, ())
    assert find_elasticities(str(table(tmp_path, "code,sigma\n85,3\n"))).table == {"85": 3}
    for text in ("0", "-1", "inf", "nan"):
        with pytest.raises(ImpactError, match=f"a sigma of {text} is none: write a number above 0"):
            find_elasticities(text)
