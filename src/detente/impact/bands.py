"""How far results move with the elasticities: the model solved again for each draw of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.economy import Array, Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Equilibrium, Shock, after, solve
from detente.impact.welfare import Welfare, measure

LOW, HIGH = 5.0, 95.0
"""Percentiles of the draws between which a band lies."""


class Question(NamedTuple):
    """What is solved for each set of elasticities.

    Attributes:
        before: the tariffs to which the data are brought first, from the data's own; None for none.
        shock: the change, from the economy under those tariffs.
        closure: how deficits are closed.
        rents: who keeps rents of caps.
        welfare: the measure of welfare.
    """

    before: Callable[[Economy], Array] | None
    shock: Callable[[Economy], Shock]
    closure: str
    rents: str
    welfare: str


class Chain(NamedTuple):
    """The equilibria on the way: deficits closed, tariffs before, tariffs after."""

    closed: Equilibrium
    base: Equilibrium | None
    found: Equilibrium


class Bands(NamedTuple):
    """Results over draws.

    Attributes:
        draws: how many were solved.
        failed: how many had no equilibrium within the tolerance.
        low: percentile LOW of each figure.
        high: percentile HIGH.
    """

    draws: int
    failed: int
    low: Welfare
    high: Welfare


def answer_chain(economy: Economy, question: Question, near: Chain | None = None) -> Chain:
    """Close deficits, bring the data to the tariffs before, and solve the change.

    Raises:
        ImpactError: an equation is left unsolved; the message holds the residuals.
    """
    closure, rents = question.closure, question.rents
    closed = solve(economy, Shock(), closure, start=near.closed if near else None)
    start = after(closed)
    base = None
    if question.before is not None:
        tau = question.before(start)
        if (tau != start.tau).any():
            base = solve(start, Shock(tau), closure, start=near.base if near else None)
            start = after(base)
    found = solve(start, question.shock(start), closure, rents, start=near.found if near else None)
    return Chain(closed, base, found)


def bands(economy: Economy, question: Question, chain: Chain, thetas: Array) -> Bands:
    """Solve the question for each row of elasticities.

    Args:
        economy: the data, before deficits are closed.
        question: what is solved.
        chain: the central answer, from which each solve starts.
        thetas: (draws, J) elasticities.

    Raises:
        ImpactError: no draw has an equilibrium.
    """
    found: list[Array] = []
    failed = 0
    for theta in thetas:
        try:
            one = answer_chain(economy._replace(theta=theta), question, chain)
        except ImpactError:
            failed += 1
            continue
        found.append(np.stack(list(measure(one.found, question.welfare))))
    if not found:
        raise ImpactError(f"none of {len(thetas)} draws of elasticities has an equilibrium")
    low, high = np.percentile(np.stack(found), (LOW, HIGH), axis=0)
    return Bands(len(found), failed, Welfare(*low), Welfare(*high))


def error_draws(estimates: Array, errors: Array, least: Array, count: int, seed: int) -> Array:
    """(count, J) elasticities around their estimates: normal, cut below.

    Args:
        estimates: (J,) estimated elasticities.
        errors: (J,) their standard errors; 0 where an elasticity is assumed and does not move.
        least: (J,) below which no draw goes.
        count: how many draws.
        seed: the same seed gives the same draws.
    """
    random = np.random.default_rng(seed)
    drawn = estimates + errors * random.standard_normal((count, len(estimates)))
    cut: Array = np.maximum(drawn, np.minimum(least, estimates))
    return cut


def spread_draws(theta: Array, spread: float, count: int, seed: int) -> Array:
    """(count, J) elasticities around the central ones: log-normal, with a median of each.

    Args:
        theta: (J,) central elasticities.
        spread: standard deviation of their logs.
        count: how many draws.
        seed: the same seed gives the same draws.

    Raises:
        ImpactError: the spread is not above 0.
    """
    if not (np.isfinite(spread) and spread > 0):
        raise ImpactError(f"a spread of {spread:g} is none: write a number above 0, such as 0.2")
    random = np.random.default_rng(seed)
    drawn: Array = theta * np.exp(spread * random.standard_normal((count, len(theta))))
    return drawn
