"""Draws of a tree have the shape that the user gave: held against quantiles that are known.

A response whose distribution collapses to its minimum still comes out the same for the same seed
and near a mean; its quantiles do not.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from detente.compare.tree_draws import _drawn, respond
from detente.scenario.forks import Spread

np = pytest.importorskip("numpy")

COUNT = 200_000


def spread(shape: str, *numbers: str) -> Spread:
    return Spread(shape, tuple(map(Fraction, numbers)))


def triangular(part: float, low: float, mode: float, high: float) -> float:
    """The quantile of a triangular distribution, by its closed form."""
    below = (mode - low) / (high - low)
    if part < below:
        return low + sqrt(part * (high - low) * (mode - low))
    return high - sqrt((1 - part) * (high - low) * (high - mode))


@pytest.mark.parametrize(
    ("given", "quantiles"),
    [
        (spread("uniform", "1", "3"), {0.0: 1.0, 0.1: 1.2, 0.5: 2.0, 0.9: 2.8, 1.0: 3.0}),
        (
            spread("triangular", "0.6", "0.9", "1"),
            {part: triangular(part, 0.6, 0.9, 1.0) for part in (0.1, 0.25, 0.5, 0.75, 0.9)},
        ),
        (spread("fixed", "2"), {0.0: 2.0, 0.5: 2.0, 1.0: 2.0}),
        # Five numbers, each a fifth of the draws.
        (spread("sample", "1", "2", "3", "4", "9"), {0.1: 1.0, 0.3: 2.0, 0.5: 3.0, 0.9: 9.0}),
        (None, {0.0: 7.0, 0.5: 7.0, 1.0: 7.0}),
    ],
    ids=["uniform", "triangular", "fixed", "sample", "not given"],
)
def test_draws_have_the_quantiles_of_their_distribution(
    given: Spread | None, quantiles: dict[float, float]
) -> None:
    drawn = _drawn(np.random.default_rng(5), given, Fraction(7), COUNT)
    # At 200,000 draws a quantile of a spread of 2 has a standard error below 0.003.
    for part, expected in quantiles.items():
        assert np.quantile(drawn, part) == pytest.approx(expected, abs=0.015), part


def test_draws_of_two_distributions_are_not_the_same_draw() -> None:
    source = np.random.default_rng(5)
    one, other = (_drawn(source, spread("uniform", "0", "1"), Fraction(0), COUNT) for _ in "ab")
    # Independent: a correlation of 0, give or take some 1 / sqrt(200,000) = 0.0022.
    assert abs(float(np.corrcoef(one, other)[0, 1])) < 0.012


def test_the_response_is_that_of_its_equation() -> None:
    old, new, elasticity, borne = (np.array([x]) for x in (0.1, 0.32, 2.0, 0.5))
    quantity, duty = respond(old, new, elasticity, borne)
    # Price with duty rises by (1.32 / 1.10 - 1) = 20%; half is borne: 1.1. Quantity 1.1 ** -2.
    assert quantity[0] == pytest.approx(1.1**-2)
    # What the seller is paid: 1.1 * 1.10 / 1.32, times the quantity, times the rate of 32%.
    assert duty[0] == pytest.approx(1.1 * 1.10 / 1.32 * 1.1**-2 * 0.32)
