"""The compiled loop of draws: each part beside the same equation written with whole arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.impact.draws import _shift, _Solver, solve_draws, state_of
from detente.impact.economy import Array, Economy, calibrate
from detente.impact.hat_algebra import Shock, rebase, solve
from tests.impact.small_world import tables

pytest.importorskip("numba")

from detente.impact import draw_kernel as kernel

CLOSURES = ("balanced", "fixed-world-share", "fixed-own-share")


def economy(closure: str = "fixed-world-share", seed: int = 3) -> Economy:
    return rebase(calibrate(tables(seed, countries=3, sectors=2)), closure)


def duty(of: Economy, rate: float = 0.4) -> Shock:
    tau = of.tau.copy()
    tau[:, 0, 1] += rate
    tau[0, 2, 0] += rate / 2
    return Shock(tau)


# --- small systems -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("square", "right"),
    [
        ([[4.0]], [2.0]),
        ([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0]),
        ([[0.0, 2.0], [2.0, 1.0]], [4.0, 3.0]),  # the first pivot is zero
        ([[1.0, 2.0, 0.5], [2.0, -6.0, 1.0], [0.5, 1.0, 3.0]], [1.0, -2.0, 3.0]),
        ([[0.0, 0.0, 2.0], [0.0, 3.0, 1.0], [2.0, 1.0, 0.0]], [2.0, 4.0, 1.0]),
        (
            [
                [1.0, 3.0, 0.0, 0.5],
                [3.0, 1.0, 1.0, 0.0],
                [0.0, 1.0, 5.0, 1.0],
                [0.5, 0.0, 1.0, 2.0],
            ],
            [1.0, 0.0, 2.0, 5.0],
        ),
    ],
)
def test_a_small_system_is_solved_whatever_its_pivots(square: Any, right: Any) -> None:
    square, right = np.array(square), np.array(right)
    rows = len(right)
    # The room is larger than what stands in it, and keeps what it holds.
    room, wide = np.full((6, 6), np.nan), np.full(6, np.nan)
    room[:rows, :rows], wide[:rows] = square, right
    for found in (
        kernel.solve_small(room, wide, rows),
        kernel.solve_small.py_func(room, wide, rows),
    ):
        assert np.allclose(found, np.linalg.solve(square, right), rtol=1e-6)
        assert found.shape == (rows,)
    assert np.array_equal(room[:rows, :rows], square)
    assert np.array_equal(wide[:rows], right)


def test_the_diagonal_is_raised_by_a_ten_billionth() -> None:
    # [[1, 1], [1, 1]] has no solution for [1, 0]; with 1 + e it is [1 + e, -1] / (2 e + e^2).
    found = kernel.solve_small.py_func(np.ones((2, 2)), np.array([1.0, 0.0]), 2)
    assert found == pytest.approx([5e9, -5e9], rel=1e-5)


def test_a_system_of_nothing_has_no_weights() -> None:
    assert kernel.solve_small.py_func(np.zeros((2, 2)), np.ones(2), 2).tolist() == [0, 0]
    assert kernel.solve_small.py_func(np.diag([2.0, 0.0]), np.ones(2), 2).tolist() == [0, 0]
    assert kernel.solve_small.py_func(np.diag([0.0, 2.0]), np.ones(2), 2).tolist() == [0, 0]


def test_an_inner_product_is_the_sum_of_products() -> None:
    one, other = np.array([1.0, 2.0, 3.0]), np.array([4.0, -5.0, 6.0])
    assert kernel.inner.py_func(one, other) == kernel.inner(one, other) == 12.0
    assert kernel.inner.py_func(one[:0], other[:0]) == 0.0


# --- one step ------------------------------------------------------------------------------------


def equations(
    of: Economy, shock: Shock, closure: str, theta: Array, pace: Array, state: Array
) -> Any:
    """The step of a state, with whole arrays: Caliendo and Parro (2015), equations (10) to (14)."""
    sectors, countries = of.value_added.shape
    wage = state[:countries]
    price, spending = state[countries:].reshape(2, sectors, countries)
    tau = of.tau if shock.tau is None else shock.tau
    cost = of.value_added * wage + np.einsum("nkj,kn->jn", of.inputs, price)
    # From seller i to buyer n, in exponents of minus theta.
    terms = of.share * np.exp(-theta[:, None, None] * (np.log(tau / of.tau) + cost[:, None, :]))
    index = terms.sum(axis=2)
    share = terms / index[:, :, None]
    money = np.exp(spending)
    sales = np.einsum("jni,jn->ji", share / tau, money)
    revenue = (money - (share / tau).sum(axis=2) * money).sum(axis=0)
    earned = (of.value_added * sales).sum(axis=0)
    earned *= of.income.sum() / earned.sum()
    income = np.exp(wage) * of.income
    deficit: Any = np.zeros(countries)
    if closure == "fixed-world-share":
        deficit = of.deficit * income.sum() / of.income.sum()
    if closure == "fixed-own-share":
        own = of.deficit / of.income * income
        deficit = own - income / income.sum() * own.sum()
    total = income + revenue + deficit
    wanted = np.einsum("njk,kn->jn", of.inputs, sales) + of.final * total
    return np.concatenate(
        [
            wage + pace * (np.log(earned / of.income) - wage),
            (np.log(index) / -theta[:, None]).ravel(),
            np.log(wanted).ravel(),
        ]
    )


def world_of(of: Economy) -> Any:
    inputs = np.ascontiguousarray(of.inputs)
    turned = np.ascontiguousarray(inputs.transpose(0, 2, 1))
    return of.value_added, inputs, turned, of.final, of.income


@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("compiled", [False, True])
def test_a_step_is_what_the_equations_make_of_a_state(closure: str, compiled: bool) -> None:
    of = economy(closure)
    sectors, countries = of.value_added.shape
    shock, draw = duty(of), np.random.default_rng(8)
    theta = of.theta * np.array([1.3, 0.8])
    pace = draw.uniform(0.1, 0.9, countries)
    state = draw.normal(0, 0.1, countries + 2 * sectors * countries)
    state[-sectors * countries :] += np.log(of.spending).ravel()
    assert shock.tau is not None
    weight = of.share * np.exp(-theta[:, None, None] * np.log(shock.tau / of.tau))
    out = np.empty_like(state)
    work = tuple(np.full((sectors, countries), np.nan) for _ in range(3))
    step: Any = kernel.step if compiled else kernel.step.py_func
    step(
        state, theta, weight, weight / shock.tau, pace, world_of(of), _shift(of, closure), work, out
    )
    assert np.allclose(out, equations(of, shock, closure, theta, pace, state), rtol=1e-12)


def test_what_is_not_bought_is_held_above_nothing() -> None:
    of = economy("balanced")
    nothing = of._replace(inputs=np.zeros_like(of.inputs), final=np.zeros_like(of.final))
    sectors, countries = of.value_added.shape
    state = np.zeros(countries + 2 * sectors * countries)
    out = np.empty_like(state)
    work = tuple(np.empty((sectors, countries)) for _ in range(3))
    kernel.step.py_func(
        state, of.theta, of.share, of.share / of.tau, np.ones(countries), world_of(nothing),
        np.zeros((3, countries)), work, out,
    )  # fmt: skip
    assert out[-sectors * countries :].tolist() == [np.log(1e-300)] * (sectors * countries)


# --- the walk ------------------------------------------------------------------------------------


def walked(of: Economy, shock: Shock, closure: str, state: Array, **limits: Any) -> int:
    """The steps of a walk from a state, in place."""
    solver = _Solver(of, shock, closure)
    settings = {"tolerance": 1e-10, "limit": 400, **limits}
    taken: int = kernel.solve_draw(
        state, of.theta, *solver._fixed, solver._world, solver._shift,
        settings["tolerance"], settings["limit"],
    )  # fmt: skip
    return taken


def plain_steps(of: Economy, shock: Shock, closure: str, state: Array) -> int:
    """The steps of a walk that mixes nothing; a wage walks the slower the more is sold abroad."""
    abroad = _Solver(of, shock, closure)._fixed[3]
    pace: Any = 1 / (1 + of.theta @ abroad)
    for taken in range(1, 400):
        gap = equations(of, shock, closure, of.theta, pace, state) - state
        if np.max(np.abs(gap)) <= 1e-10:
            return taken
        state += gap
    raise AssertionError("a plain walk does not arrive")


@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_walk_arrives_where_the_equations_stand_still(closure: str, seed: int) -> None:
    of = economy(closure, seed)
    shock = duty(of, 0.6)
    state = state_of(solve(of, Shock(), closure))
    plain = plain_steps(of, shock, closure, state.copy())
    assert 2 < walked(of, shock, closure, state) <= min(20, 0.6 * plain)
    still = equations(of, shock, closure, of.theta, np.ones(3), state)
    assert np.max(np.abs(still - state)) < 1e-8
    # Begun there it has arrived; one step is not enough for a change.
    assert walked(of, shock, closure, state) == 1
    begun = state_of(solve(of, Shock(), closure))
    assert walked(of, shock, closure, begun, limit=1) == 0


def test_a_walk_from_far_away_arrives_at_the_same_place() -> None:
    of = economy()
    shock = duty(of)
    near = state_of(solve(of, shock, "fixed-world-share"))
    far = near + np.random.default_rng(1).normal(0, 0.5, len(near))
    assert 2 < walked(of, shock, "fixed-world-share", far) <= 25
    assert np.max(np.abs(far - near)) < 1e-7


def test_draws_that_do_not_arrive_are_solved_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    of = economy("balanced")
    shock = duty(of)
    thetas = np.stack([of.theta, of.theta * 1.2, of.theta * np.nan])
    monkeypatch.setattr(_Solver, "walk", lambda self, states, given: np.array([0, 3, 0]))
    found = solve_draws(of, shock, "balanced", thetas, solve(of, shock, "balanced"))
    alone = state_of(solve(of, shock, "balanced"))
    assert np.allclose(found.states[0], alone, atol=1e-8)
    assert np.array_equal(found.states[1], alone)  # the guess, which is held to have arrived
    assert np.isnan(found.states[2]).all()
    assert found.steps.tolist() == [0, 3, 0]


def test_a_line_through_the_center_puts_many_draws_nearer_to_where_they_end() -> None:
    of = economy("balanced")
    shock = duty(of)
    central = solve(of, shock, "balanced")
    draw = np.random.default_rng(2)
    thetas = of.theta * draw.uniform(0.9, 1.1, (20, 2))
    few, many = (solve_draws(of, shock, "balanced", thetas[:count], central) for count in (19, 20))
    assert np.allclose(few.states, many.states[:19], atol=1e-8)
    assert many.steps[:19].sum() < few.steps.sum()

    slopes = _Solver(of, shock, "balanced").slopes(of.theta, state_of(central), np.array([1]))
    raised = of._replace(theta=of.theta * np.array([1.0, 1.01]))
    moved = state_of(solve(raised, shock, "balanced")) - state_of(central)
    assert slopes.shape == (1, len(moved))
    assert np.allclose(slopes[0] * 0.01 * of.theta[1], moved, atol=1e-7)


def test_the_state_of_an_equilibrium_is_in_logs() -> None:
    of = economy("balanced")
    found = solve(of, duty(of), "balanced")
    state = state_of(found._replace(spending=found.spending * np.array([[0, 1, 1], [1, 1, 1]])))
    assert np.allclose(np.exp(state[:3]), found.wage)
    assert np.allclose(np.exp(state[3:9].reshape(2, 3)), found.price)
    assert state[9] == np.log(1e-300)
    assert np.allclose(np.exp(state[10:]), found.spending.ravel()[1:])
