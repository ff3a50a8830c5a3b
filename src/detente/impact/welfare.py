"""Who gains: exact welfare, and the first-order formula that much of the literature prints.

    exact         W(n) = I'(n) / I(n) / P(n)
    cp2015-linear dlnW = terms of trade + volume of trade, at the tariffs before the change:
      terms of trade(n)  = 1/I sum over j,i of [ E(j,i,n) dln c(j,n) - M(j,n,i) dln c(j,i) ]
      volume of trade(n) = 1/I sum over j,i of t(j,n,i) M(j,n,i) [ dln M(j,n,i) - dln c(j,i) ]

E and M are exports and imports before the change and before tariffs, I final spending, t the
tariff; each dln x is taken as x'/x - 1, as the published tables do (Caliendo and Parro 2015,
equation 18). It is the tangent at the start; for large changes it can have the wrong sign, so it
bears its name wherever it is shown.
"""

from __future__ import annotations

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.economy import Array
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Equilibrium

MEASURES = ("exact", "cp2015-linear")


class Welfare(NamedTuple):
    """Changes by country, in percent.

    Attributes:
        welfare: (N,) by the measure asked for.
        terms_of_trade: (N,) first-order part.
        volume_of_trade: (N,) first-order part.
        real_wage: (N,) wage over the price of final spending.
        prices: (N,) price of final spending, where world value added is the measure of money.
        revenue_share: (N,) tariff revenue after, in percent of value added and revenue.
        imports_change: (N,) value of imports before tariffs.
    """

    welfare: Array
    terms_of_trade: Array
    volume_of_trade: Array
    real_wage: Array
    prices: Array
    revenue_share: Array
    imports_change: Array


def exact_welfare(found: Equilibrium) -> Array:
    """(N,) ratio of real final spending, after to before."""
    return found.total / found.economy.total / found.price_level


def decompose(found: Equilibrium) -> tuple[Array, Array]:
    """(N,) terms of trade and (N,) volume of trade, first order, as fractions."""
    economy = found.economy
    before, later = economy.exports, found.exports
    cost = found.cost - 1
    abroad = ~np.eye(len(economy.countries), dtype=bool)
    imports = np.where(abroad, before, 0)
    # What was not bought before has no growth, and bears no tariff revenue at the start.
    growth = np.divide(later, before, out=np.ones_like(later), where=imports > 0) - 1
    sold = np.einsum("jni,ji->i", imports, cost)
    bought = np.einsum("jni,ji->n", imports, cost)
    levied = (economy.tau - 1) * imports
    moved = np.einsum("jni,jni->n", levied, growth - cost[:, None, :])
    return (sold - bought) / economy.total, moved / economy.total


def measure(found: Equilibrium, by: str = "exact") -> Welfare:
    """Welfare and what goes with it.

    Raises:
        ImpactError: there is no such measure.
    """
    if by not in MEASURES:
        raise ImpactError(f"welfare {by!r} is unknown: write {', '.join(MEASURES)}")
    terms, volume = decompose(found)
    wage = found.wage / found.price_level
    exact = by == "exact"
    imports = imports_of(found.exports) / imports_of(found.economy.exports)
    return Welfare(
        welfare=100 * (exact_welfare(found) - 1 if exact else terms + volume),
        terms_of_trade=100 * terms,
        volume_of_trade=100 * volume,
        real_wage=100 * (wage - 1),
        prices=100 * (found.price_level - 1),
        revenue_share=100 * found.revenue / (found.income + found.revenue),
        imports_change=100 * (imports - 1),
    )


def imports_of(flows: Array, sellers: Array | None = None) -> Array:
    """(N,) imports before tariffs, from all others or from the sellers marked (N,) true."""
    abroad = ~np.eye(flows.shape[1], dtype=bool)
    chosen = abroad if sellers is None else abroad & np.asarray(sellers, dtype=bool)[None, :]
    total: Array = np.einsum("jni,ni->n", flows, chosen.astype(np.float64))
    return total
