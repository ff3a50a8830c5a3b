"""How far results move with the elasticities: the model solved again for each draw of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.draws import can_draw, equilibrium_of, solve_draws
from detente.impact.economy import Array, Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Equilibrium, Shock, after, solve
from detente.impact.welfare import Welfare, measure

MUCH = 2_500_000
"""Shares of sellers in all draws from which compiled loops are worth half a second at each use, and
the seconds that their first use costs: 65 draws of 40 sectors and 31 countries."""

LOW, HIGH = 5.0, 95.0
"""Percentiles of the draws between which a band lies."""


class BandsQuery(NamedTuple):
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


def answer_chain(economy: Economy, question: BandsQuery, near: Chain | None = None) -> Chain:
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
        # Equal tariffs need no equilibrium of their own, and one solve less a draw.
        if (tau != start.tau).any():
            base = solve(start, Shock(tau), closure, start=near.base if near else None)
            start = after(base)
    found = solve(start, question.shock(start), closure, rents, start=near.found if near else None)
    return Chain(closed, base, found)


def bands(economy: Economy, question: BandsQuery, chain: Chain, thetas: Array) -> Bands:
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
    if len(thetas) * economy.share.size >= MUCH and can_chain(question, chain):
        found, failed = _together(economy, question, chain, thetas)
        thetas = thetas[:0]
    for theta in thetas:
        try:
            one = answer_chain(economy._replace(theta=theta), question, chain)
        except ImpactError:
            failed += 1
            continue
        found.append(np.stack(list(measure(one.found, question.welfare))))
    if not found:
        raise ImpactError(f"none of {failed} draws of elasticities has an equilibrium")
    low, high = np.percentile(np.stack(found), (LOW, HIGH), axis=0)
    return Bands(len(found), failed, Welfare(*low), Welfare(*high))


def can_chain(question: BandsQuery, chain: Chain) -> bool:
    """Whether the chain of a question can be solved over all draws at once, in compiled loops.

    The deficits of each step must follow from the data alone, whatever the steps before were.
    """
    # This closure takes a share of the country's own income, which every step changes.
    if question.closure == "fixed-own-share" or len(chain.found.wedges):
        return False
    start = after(chain.base or chain.closed)
    return can_draw(question.shock(start))


def _together(
    economy: Economy, question: BandsQuery, chain: Chain, thetas: Array
) -> tuple[list[Array], int]:
    """The figures of every draw, and how many had no equilibrium.

    Each equilibrium on the way is solved from the data in one step; what lies between two of them
    is their ratio, since ratios of after to before multiply along a way.
    """
    closure = question.closure
    start = after(chain.closed)
    shocks = [Shock()]
    if chain.base is not None:
        assert question.before is not None
        shocks.append(Shock(question.before(start)))
        start = after(chain.base)
    last = question.shock(start)
    # Every shock here starts from the data, so one without tariffs of its own keeps those before.
    shocks.append(last if last.tau is not None else last._replace(tau=start.tau))
    states = []
    for shock in shocks:
        centre = solve(economy, shock, closure)
        states.append(solve_draws(economy, shock, closure, thetas, centre).states)
    found: list[Array] = []
    ratios = len(economy.countries) + economy.spending.size
    for at, theta in enumerate(thetas):
        before, now = states[-2][at], states[-1][at].copy()
        if not (np.isfinite(before).all() and np.isfinite(now).all()):
            continue
        base = equilibrium_of(economy, shocks[-2], closure, theta, before)
        # Both states are logs of ratios to the data; their difference is the ratio between the two.
        # Spending is a level and stays.
        now[:ratios] -= before[:ratios]
        one = equilibrium_of(after(base), shocks[-1], closure, theta, now)
        found.append(np.stack(list(measure(one, question.welfare))))
    return found, len(thetas) - len(found)


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
