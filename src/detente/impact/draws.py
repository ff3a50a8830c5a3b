"""Many draws of elasticities over one change: the same equilibria as `solve`, many times faster.

Each draw starts where a line through the central equilibrium and its slopes puts it:

    state(theta) ~ state(centre) + sum over j of d state / d theta(j) x (theta(j) - centre(j))

and is then walked to the same tolerance as a single solve, in compiled loops and in threads. A draw
that does not arrive is solved by the single solve, from nothing.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from detente._shapes import NamedTuple
from detente.impact.economy import Array, Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import LIMIT, TOLERANCE, Equilibrium, Shock, result_of, solve

Places = npt.NDArray[np.int64]

WORTH = 20
"""Draws from which the slopes are worth their solves."""

STEP = 0.01
"""Of an elasticity: how far the slopes look."""


class Solved(NamedTuple):
    """States of all draws.

    Attributes:
        states: (draws, N + 2 J N) log wages, log prices, log spending; NaN where none was found.
        steps: (draws,) steps taken; 0 where the single solve had to be asked.
    """

    states: Array
    steps: Places


def can_draw(shock: Shock) -> bool:
    """Whether draws over a change can be solved so: numba is installed, and nothing is capped."""
    return find_spec("numba") is not None and not shock.caps


def solve_draws(
    economy: Economy, shock: Shock, closure: str, thetas: Array, central: Equilibrium
) -> Solved:
    """The equilibrium of every draw.

    Args:
        economy: the economy before, with its central elasticities.
        shock: a change without caps.
        closure: how deficits are closed.
        thetas: (draws, J) elasticities.
        central: the equilibrium of the central elasticities.

    Raises:
        ImpactError: the change holds caps.
    """
    if shock.caps:
        raise ImpactError("draws over caps are solved one by one")
    solver = _Solver(economy, shock, closure)
    centre = state_of(central)
    guesses = np.repeat(centre[None, :], len(thetas), axis=0)
    if len(thetas) >= WORTH:
        moved = np.flatnonzero((thetas != economy.theta).any(axis=0))
        slopes = solver.slopes(economy.theta, centre, moved)
        guesses += (thetas - economy.theta)[:, moved] @ slopes
    steps = solver.walk(guesses, np.ascontiguousarray(thetas, dtype=np.float64))
    # From nothing, since the guess may have been what led the draw astray.
    for at in np.flatnonzero(steps == 0):
        try:
            found = solve(economy._replace(theta=thetas[at]), shock, closure)
            guesses[at] = state_of(found)
        except ImpactError:
            guesses[at] = np.nan
    return Solved(guesses, steps)


def equilibrium_of(
    economy: Economy, shock: Shock, closure: str, theta: Array, state: Array
) -> Equilibrium:
    """Everything that follows from the state of a draw."""
    return result_of(economy._replace(theta=theta), shock, closure, state)


def state_of(found: Equilibrium) -> Array:
    """The state of an equilibrium: log wages, log prices, log spending."""
    spending = np.log(np.maximum(found.spending, 1e-300)).ravel()
    return np.concatenate([np.log(found.wage), np.log(found.price).ravel(), spending])


class _Solver:
    """What all draws of one change share."""

    def __init__(self, economy: Economy, shock: Shock, closure: str) -> None:
        tau = economy.tau if shock.tau is None else np.asarray(shock.tau, dtype=np.float64)
        change = np.log(tau / economy.tau)
        if shock.iceberg is not None:
            change = change + np.log(shock.iceberg)
        sold = economy.exports
        abroad = 1 - np.einsum("jnn->jn", sold) / np.maximum(sold.sum(axis=1), 1e-300)
        part = economy.value_added * sold.sum(axis=1) / economy.income
        self._fixed = (
            np.ascontiguousarray(economy.share),
            np.ascontiguousarray(change),
            np.ascontiguousarray(1 / tau),
            np.ascontiguousarray(part * abroad),
        )
        self._world = (
            np.ascontiguousarray(economy.value_added),
            np.ascontiguousarray(economy.inputs),
            np.ascontiguousarray(economy.inputs.transpose(0, 2, 1)),
            np.ascontiguousarray(economy.final),
            np.ascontiguousarray(economy.income),
        )
        self._shift = _shift(economy, closure)

    def walk(self, states: Array, thetas: Array) -> Places:
        """Walk every state to its fixed point, in place; gives the steps of each."""
        from detente.impact.draw_kernel import solve_draw

        steps = np.zeros(len(states), dtype=np.int64)

        def some(first: int, stride: int) -> None:
            for at in range(first, len(states), stride):
                steps[at] = solve_draw(
                    states[at], thetas[at], *self._fixed, self._world, self._shift, TOLERANCE, LIMIT
                )

        threads = min(os.cpu_count() or 1, len(states)) or 1
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(some, range(threads), [threads] * threads))
        return steps

    def slopes(self, theta: Array, centre: Array, moved: Places) -> Array:
        """(moved, S) change of the state with each elasticity that draws move."""
        steps = STEP * theta[moved]
        thetas = np.repeat(theta[None, :], len(moved), axis=0)
        thetas[np.arange(len(moved)), moved] += steps
        states = np.repeat(centre[None, :], len(moved), axis=0)
        taken = self.walk(states, thetas)
        found: Array = (states - centre) / steps[:, None]
        # Without a slope the guess stays at the centre, which is only slower.
        found[taken == 0] = 0
        return found


def _shift(economy: Economy, closure: str) -> Array:
    """(3, N) parts of which deficits are made; see `detente.impact.draw_kernel.step`."""
    shift = np.zeros((3, len(economy.countries)))
    if closure == "fixed-world-share":
        shift[1] = economy.deficit
    elif closure == "fixed-own-share":
        shift[0] = 1
        shift[2] = economy.deficit / economy.income
    return shift
