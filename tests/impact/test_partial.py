from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.impact.errors import ImpactError
from detente.impact.partial import respond, sigma_by_line
from detente.impact.sheets import built_in


def test_one_origin_moves_along_the_demand_for_its_line() -> None:
    value, free, taxed = np.array([[100.0]]), np.zeros((1, 1)), np.full((1, 1), 0.5)
    found = respond(value, free, taxed, 3.0, 1.2)
    # Alone on its line, spending is 100 x 1.5^(1 - 1.2), and the value that over 1.5.
    assert found.value_after[0, 0] == pytest.approx(100 * 1.5**-0.2 / 1.5)
    assert found.duty_static[0, 0] == 50
    assert found.duty_after[0, 0] == pytest.approx(found.value_after[0, 0] * 0.5)


def test_others_gain_what_a_taxed_origin_loses_in_part() -> None:
    value, free = np.array([[60.0, 40.0]]), np.zeros((1, 2))
    found = respond(value, free, np.array([[0.25, 0.0]]), 4.0, 1.2)
    assert found.diversion[0] < 0 < found.diversion[1]


@given(st.floats(1.1, 8), st.floats(0, 1))
def test_no_change_of_duty_changes_nothing(sigma: float, pass_through: float) -> None:
    value, duty = np.array([[60.0, 40.0]]), np.array([[0.1, 0.2]])
    found = respond(value, duty, duty, sigma, 1.2, pass_through)
    assert found.value_after == pytest.approx(value)
    assert found.price == pytest.approx([1])


def test_a_line_without_trade_stays_without() -> None:
    zero = np.zeros((1, 2))
    assert respond(zero, zero, zero + 0.1, 2.0, 1.2).value_after.tolist() == [[0, 0]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sigma": 1.0}, "sigma of line 0 is 1"),
        ({"eta": -1.0}, "an eta of -1"),
        ({"pass_through": 2.0}, "a pass-through of 2"),
        ({"value": np.array([[-1.0]])}, "value of line 0, partner 0 is -1"),
        ({"after": np.zeros((1, 2))}, r"duty after has the shape \(1, 2\)"),
    ],
)
def test_a_number_out_of_range_is_named(change: dict[str, object], message: str) -> None:
    asked: dict[str, object] = {
        "value": np.ones((1, 1)), "before": np.zeros((1, 1)), "after": np.zeros((1, 1)),
        "sigma": 2.0, "eta": 1.2,
    }  # fmt: skip
    with pytest.raises(ImpactError, match=message):
        respond(**{**asked, **change})  # type: ignore[arg-type]


def test_the_longest_key_decides_and_the_median_serves_the_rest() -> None:
    found, known = sigma_by_line(("0101210010", "9999999999"), {"010": 2.0, "010121": 4.0})
    assert found.tolist() == [4.0, 3.0]  # the median of 2 and 4
    assert known.tolist() == [1, 0]


def test_the_built_in_elasticities_have_the_published_median_of_their_order() -> None:
    sheet = built_in("elasticities")["sigmas"]
    assert len(sheet.words) == 168
    assert all(len(code) == 3 for (code,) in sheet.words)
    assert all(sigma > 1 for sigma in sheet.numbers)
