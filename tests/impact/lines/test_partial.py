from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.impact.errors import ImpactError
from detente.impact.lines.demand_response import Partial, concentration, respond
from detente.trade.flows import Flows

Array = npt.NDArray[np.float64]
ONE_LINE = np.zeros(2, dtype=np.intp)


def market(before: list[float], after: list[float], sigma: float, **more: float) -> Partial:
    """One line, 60 and 40 from two origins."""
    value = np.array([60.0, 40.0])
    return respond(
        ONE_LINE, value, np.array(before), np.array(after), sigma, **{"eta": 1.2, **more}
    )


def test_one_origin_moves_along_the_demand_for_its_line() -> None:
    line, value = np.zeros(1, dtype=np.intp), np.array([100.0])
    found = respond(line, value, np.zeros(1), np.array([0.5]), 3.0, 1.2)
    # Alone on its line, spending is 100 x 1.5^(1 - 1.2), and the value that over 1.5.
    assert found.value_after[0] == pytest.approx(100 * 1.5**-0.2 / 1.5)
    assert found.duty_static[0] == 50
    assert found.duty_after[0] == pytest.approx(found.value_after[0] * 0.5)
    # Buyers lose the integral of 100 p^-1.2 from 1 to 1.5.
    assert found.loss[0] == pytest.approx(100 * (1.5**-0.2 - 1) / -0.2)


def test_two_origins_follow_the_formula_of_constant_elasticity() -> None:
    found = market([0, 0], [0.25, 0], 4.0)
    index = (0.6 * 1.25**-3 + 0.4) ** (-1 / 3)
    assert found.price[0] == pytest.approx(index)
    spent = 100 * 0.6 * 1.25**-3 * index ** (4 - 1.2)
    assert found.value_after == pytest.approx([spent / 1.25, 100 * 0.4 * index ** (4 - 1.2)])


def test_others_gain_what_a_taxed_origin_loses_in_part() -> None:
    change = market([0, 0], [0.25, 0], 4.0).change_by(np.array([0, 1]), 2)
    assert change[0] < 0 < change[1] < -change[0]


def test_an_elasticity_of_one_keeps_shares_of_spending() -> None:
    found = market([0, 0], [0.25, 0], 1.0)
    spent = found.value_after * np.array([1.25, 1])
    assert spent[0] / spent[1] == pytest.approx(1.5)
    near = market([0, 0], [0.25, 0], 1.0 + 1e-6)
    assert found.value_after == pytest.approx(near.value_after, rel=1e-5)


@given(st.floats(0.2, 8), st.floats(0, 1))
def test_no_change_of_duty_changes_nothing(sigma: float, pass_through: float) -> None:
    found = market([0.1, 0.2], [0.1, 0.2], sigma, pass_through=pass_through)
    assert found.value_after == pytest.approx(found.value_before)
    assert found.price == pytest.approx([1])
    assert found.loss == pytest.approx([0], abs=1e-9)


@given(st.floats(1.3, 8), st.floats(0.01, 2), st.floats(0, 1))
def test_imports_of_a_taxed_origin_fall_and_its_share_too(
    sigma: float, duty: float, pass_through: float
) -> None:
    found = market([0, 0], [duty, 0], sigma, pass_through=pass_through)
    assert found.value_after[0] < 60
    assert found.value_after[0] / found.value_after.sum() <= 0.6
    assert found.duty_after[0] <= found.duty_static[0]


@given(st.floats(1.1, 8), st.floats(0, 1), st.floats(0, 1))
def test_the_path_does_not_matter(sigma: float, first: float, second: float) -> None:
    direct = market([0, 0], [second, 0], sigma)
    half = market([0, 0], [first, 0], sigma)
    rest = respond(
        ONE_LINE, half.value_after, np.array([first, 0]), np.array([second, 0]), sigma, 1.2
    )
    assert rest.value_after == pytest.approx(direct.value_after, rel=1e-9)
    assert half.loss + rest.loss == pytest.approx(direct.loss, rel=1e-8, abs=1e-8)


def test_lines_do_not_touch_each_other() -> None:
    line = np.array([0, 0, 1], dtype=np.intp)
    value, free = np.array([60.0, 40.0, 10.0]), np.zeros(3)
    found = respond(line, value, free, np.array([0.25, 0, 0]), np.array([4.0, 2.0]), 1.2)
    assert found.value_after[2] == 10
    assert found.value_after[:2] == pytest.approx(market([0, 0], [0.25, 0], 4.0).value_after)


def test_a_line_without_trade_stays_without() -> None:
    zero = np.zeros(2)
    assert respond(ONE_LINE, zero, zero, zero + 0.1, 2.0, 1.2).value_after.tolist() == [0, 0]


def test_concentration_is_the_sum_of_squared_shares() -> None:
    line = np.array([0, 0, 2], dtype=np.intp)
    found = concentration(line, np.array([60.0, 40.0, 5.0]), 3)
    assert found == pytest.approx([0.6**2 + 0.4**2, 0, 1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sigma": 0.0}, "sigma of line 0 is 0"),
        ({"sigma": np.array([np.nan])}, "sigma of line 0 is nan"),
        ({"eta": -1.0}, "an eta of -1"),
        ({"pass_through": 2.0}, "a pass-through of 2"),
        ({"value": np.array([1.0, -1.0])}, "value of cell 1, line 0, is -1"),
        ({"before": np.array([np.nan, 0])}, "duty before of cell 0, line 0, is nan"),
        ({"after": np.zeros(3)}, r"duty after has the shape \(3,\)"),
    ],
)
def test_a_number_out_of_range_is_named(change: dict[str, object], message: str) -> None:
    asked: dict[str, object] = {
        "line": ONE_LINE, "value": np.ones(2), "before": np.zeros(2), "after": np.zeros(2),
        "sigma": 2.0, "eta": 1.2,
    }  # fmt: skip
    with pytest.raises(ImpactError, match=message):
        respond(**{**asked, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "fall", "duty", "static"),
    [(0.10, -0.15, 75.2, 89.6), (0.45, -0.45, 129.6, 239.9), (1.45, -0.75, 164.0, 669.3)],
)
def test_points_on_all_goods_of_china_do_what_was_worked_out_before(
    points: float, fall: float, duty: float, static: float
) -> None:
    """An earlier reckoning of the same flows: what was paid in 2024 is the duty before.

    It left out lines without an elasticity of their own, which here take their heading's mean.
    """
    from detente.impact.lines.elasticities import find_elasticities

    flows = Flows()
    rows = [
        (flow.code, partner.id, flow.value, flow.duty)
        for partner in flows.partners()
        if not partner.within
        for flow in flows.lines(partner.id)
        if flow.value
    ]
    codes = sorted({row[0] for row in rows})
    place = {code: at for at, code in enumerate(codes)}
    line = np.array([place[row[0]] for row in rows], dtype=np.intp)
    value = np.array([row[2] for row in rows], dtype=np.float64)
    before = np.array([row[3] for row in rows]) / value
    china = np.array([row[1] == "CN" for row in rows])
    sigma, _ = find_elasticities(None).of_lines(codes)
    found = respond(line, value, before, before + points * china, sigma, 1.2)
    moved = found.value_after[china].sum() / found.value_before[china].sum() - 1
    assert moved == pytest.approx(fall, abs=0.02)
    assert found.duty_after[china].sum() / 1e9 == pytest.approx(duty, rel=0.05)
    assert found.duty_static[china].sum() / 1e9 == pytest.approx(static, rel=0.01)
