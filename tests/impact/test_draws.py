"""Draws solved together: each is the single solve's equilibrium, and bands do not change."""

from __future__ import annotations

import numpy as np
import pytest

from detente.impact import bands as room
from detente.impact.accounts.worlds import open_world
from detente.impact.bands import BandsQuery, answer_chain, bands, error_draws, spread_draws
from detente.impact.draws import _Solver, equilibrium_of, solve_draws, state_of
from detente.impact.economy import Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Cap, Shock, rebase, solve
from detente.impact.welfare import measure

pytest.importorskip("numba")


@pytest.fixture(scope="module")
def economy() -> Economy:
    return open_world("icio2019").economy


def raised(economy: Economy, duty: float) -> Shock:
    tau = economy.tau.copy()
    tau[:, economy.place("USA"), economy.place("CHN")] += duty
    tau[:, economy.place("CHN"), economy.place("USA")] += duty / 2
    return Shock(tau)


@pytest.mark.parametrize("closure", ["balanced", "fixed-world-share", "fixed-own-share"])
def test_every_draw_is_the_equilibrium_of_a_single_solve(economy: Economy, closure: str) -> None:
    base = rebase(economy, closure)
    shock = raised(base, 0.5)
    thetas = spread_draws(base.theta, 0.4, 25, 7)
    found = solve_draws(base, shock, closure, thetas, solve(base, shock, closure))
    assert (found.steps > 0).all()
    for theta, state in zip(thetas[::6], found.states[::6], strict=True):
        alone = solve(base._replace(theta=theta), shock, closure)
        assert np.max(np.abs(state_of(alone) - state)) < 1e-8
        same = equilibrium_of(base, shock, closure, theta, state)
        for one, other in zip(measure(alone, "exact"), measure(same, "exact"), strict=True):
            assert np.allclose(one, other, atol=1e-7)


def test_no_change_is_no_change_in_any_draw(economy: Economy) -> None:
    base = rebase(economy, "balanced")
    thetas = spread_draws(base.theta, 0.4, 5, 1)
    found = solve_draws(base, Shock(), "balanced", thetas, solve(base, Shock()))
    still = np.concatenate([np.zeros(20 + 400), np.log(base.spending).ravel()])
    assert np.max(np.abs(found.states - still)) < 1e-8


def test_bands_of_draws_together_are_those_of_draws_one_by_one(
    economy: Economy, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = economy.tau
    question = BandsQuery(
        lambda each: own + (raised(each, 0.1).tau - each.tau),
        lambda each: raised(each, 0.6),
        "balanced", "exporter", "exact",
    )  # fmt: skip
    chain = answer_chain(economy, question)
    thetas = error_draws(economy.theta, 0.2 * economy.theta, np.full(20, 0.8), 30, 5)
    alone = bands(economy, question, chain, thetas)
    monkeypatch.setattr(room, "MUCH", 10 * economy.share.size)
    together = bands(economy, question, chain, thetas)
    assert (alone.draws, alone.failed) == (together.draws, together.failed) == (30, 0)
    for one, other in zip((*alone.low, *alone.high), (*together.low, *together.high), strict=True):
        assert np.allclose(one, other, atol=1e-6)


def test_caps_are_left_to_the_single_solve(economy: Economy) -> None:
    base = rebase(economy, "balanced")
    shock = Shock(caps=(Cap(2, base.place("USA"), base.place("CHN"), 0.5),))
    with pytest.raises(ImpactError, match="draws over caps are solved one by one"):
        solve_draws(base, shock, "balanced", base.theta[None, :], solve(base, Shock()))


@pytest.mark.parametrize("place", [0, -1])
def test_a_walk_among_what_is_not_a_number_arrives_nowhere(economy: Economy, place: int) -> None:
    base = rebase(economy, "balanced")
    solver = _Solver(base, raised(base, 0.1), "balanced")
    good = state_of(solve(base, Shock()))
    every, one = np.full_like(good, np.nan), good.copy()
    one[place] = np.nan
    thetas = np.stack([base.theta] * 3)
    thetas[2, place] = np.nan
    assert solver.walk(np.stack([every, one, good]), thetas).tolist() == [0, 0, 0]


def test_a_residual_that_is_not_a_number_is_no_equilibrium(
    economy: Economy, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps = {"wages": 0.0, "trade": float("nan")}
    monkeypatch.setattr("detente.impact.hat_algebra._Step.residuals", lambda *given: gaps)
    with pytest.raises(ImpactError, match=r"no equilibrium within .* trade nan"):
        solve(economy, Shock())
