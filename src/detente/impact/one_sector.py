"""A world of one sector with elastic labor, where tariffs may replace a tax on income.

    s'(i,n) = s(i,n) ( w(i) L(i)^-psi )^-eps (1 + t(i,n))^(-eps phi(n)) / sum over i       shares
    P(n)    = ( E(n) / w(n) )^(1 - phi(n)) ( the sum in s' )^(-1/eps)                       prices
    w(i) L(i) Y(i) = sum over n of (1 - nu(n)) X'(i,n) + nu(i) sum over k of X'(k,i)        incomes
    E(n)    = w(n) L(n) Y(n) + R(n) + T(n) x world income                                 spending
    L(n)    = ( r(n) w(n) / P(n) )^kappa,  r = 1 / (1 - R/wLY) where a tax is relieved, else 1
    W(n)    = d E/P + (1 - d) w L/P,  d = E / ( E - kappa (1 - R/wLY) Y / (1 + kappa) )

of Ignatenko, Macedoni, Lashkaripour and Simonovska (2025, Journal of International Economics):
w, L, E, P are ratios of after to before but in R, X' and T, which are money; i sells, n buys; nu is
the part of a sale that is earned where the good is sold, which carries the trade in services that
goods alone do not show, and phi the pass-through that follows from it. Elasticities are theirs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente._shapes import NamedTuple
from detente.impact.accounts.sheets import csv_rows, number
from detente.impact.economy import Array
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import mix

EPSILON, KAPPA, SCALE = 4.0, 0.5, 0.67
"""Elasticities of trade and of labor; the part of the first that firms' entry takes."""

GDP_SHARES = (0.12, 0.26)
"""Parts of income from services abroad that nu is set to, at home and in the country apart."""

RELIEFS = ("income-tax", "lump-sum")
TOLERANCE = 1e-11
LIMIT = 4000


class OneSector(NamedTuple):
    """A world of N countries before a change; thousand dollars.

    Attributes:
        countries: ids.
        flows: (N, N) money that the row receives from the column, at home too.
        nu: (N,) part of a sale that is earned where the good is sold.
        spending: (N,) all spending.
        income: (N,) income from work.
        transfer: (N,) spending beyond income.
    """

    countries: tuple[str, ...]
    flows: Array
    nu: Array
    spending: Array
    income: Array
    transfer: Array

    @property
    def share(self) -> Array:
        """(N, N) share of the row in the spending of the column."""
        return self.flows / self.spending

    @property
    def phi(self) -> Array:
        """(N,) pass-through of a tariff into prices, to the power of the elasticity."""
        theta = EPSILON / SCALE
        return (1 + theta) / ((1 - self.nu) * theta) - 1 / theta


class WelfareChange(NamedTuple):
    """Changes by country, in percent; ``revenue`` in percent of spending."""

    welfare: Array
    deficit: Array
    exports: Array
    imports: Array
    employment: Array
    prices: Array
    revenue: Array


def read_one_sector(folder: Path, apart: str) -> OneSector:
    """The world of a folder with `trade_cepii.csv`, `gdp.csv` and `country_labels.csv`.

    Args:
        folder: where the files lie.
        apart: the country whose trade in services is told apart from all others.

    Raises:
        ImpactError: a table has another size than the others, or no such country.
    """
    countries = tuple(row[0] for _, row in _rows(folder / "country_labels.csv"))
    size = len(countries)
    rows = []
    for where, row in _rows(folder / "trade_cepii.csv"):
        if len(row) != size:
            raise ImpactError(f"{where}: {len(row)} cells, and there are {size} countries")
        # In the publication's table an empty cell is a pair without trade.
        rows.append([number(cell or "0", where) for cell in row])
    income = np.array([number(row[0], where) for where, row in _rows(folder / "gdp.csv")]) / 1000
    if len(rows) != size or len(income) != size:
        raise ImpactError(
            f"{folder}: {size} countries in country_labels.csv, {len(rows)} rows in "
            f"trade_cepii.csv, {len(income)} in gdp.csv: they must be as many"
        )
    flows = np.array(rows)
    if apart not in countries:
        raise ImpactError(f"{folder} has no country {apart!r}")
    return _balanced(countries, flows, income, countries.index(apart))


def _rows(path: Path) -> list[tuple[str, list[str]]]:
    """The rows under the first line, each with its place in words."""
    rows = [(f"{path}, line {line}", row) for line, row in csv_rows(path)][1:]
    if not rows:
        raise ImpactError(f"{path} has no row under its first line")
    return rows


def _balanced(countries: tuple[str, ...], flows: Array, income: Array, apart: int) -> OneSector:
    """Sales at home as what spending leaves, and incomes that follow from sales."""
    group = np.zeros(len(countries), dtype=np.intp)
    group[apart] = 1
    nu = _nu(flows, income, group)[group]
    transfer = (1 - nu) * (flows.sum(axis=0) - flows @ (1 - nu))
    # Imports of the data may exceed what a country can spend; it then buys nothing at home.
    home = np.maximum(income + transfer - flows.sum(axis=0), 0)
    flows = flows.copy()
    np.fill_diagonal(flows, home)
    spending = flows.sum(axis=0)
    earned = flows @ (1 - nu) + nu * spending
    return OneSector(countries, flows, nu, spending, earned, spending - earned)


def _nu(flows: Array, income: Array, group: npt.NDArray[np.intp]) -> Array:
    """(2,) nu of all others and of the country apart, by Newton's method on two equations."""
    pick = np.eye(2)[:, group]
    trade, earned = pick @ flows @ pick.T, pick @ income

    def gap(nu: Array) -> Array:
        spent = earned + (1 - nu) * (trade.sum(axis=1) - (1 - nu) * trade.sum(axis=1))
        first = spent[0] - trade[1, 0]
        second = spent[1] - trade[0, 1]
        own = first / (first + trade[0, 1]), second / (second + trade[1, 0])
        return np.array(
            [
                (1 - own[0]) * nu[1] + own[0] * nu[0] - GDP_SHARES[0],
                own[1] * nu[1] + (1 - own[1]) * nu[0] - GDP_SHARES[1],
            ]
        )

    nu = np.array(GDP_SHARES)
    for _ in range(50):
        here = gap(nu)
        if float(np.abs(here).max()) < 1e-13:
            floored: Array = np.maximum(nu, 0)
            return floored
        step = 1e-7
        slope = np.stack([(gap(nu + step * side) - here) / step for side in np.eye(2)], axis=1)
        nu = nu - np.linalg.solve(slope, here)
    raise ImpactError("no parts of sales fit the incomes of the data")


def change(world: OneSector, tariff: Array, relief: str = "income-tax") -> WelfareChange:
    """What tariffs change, from none.

    Args:
        world: the world before.
        tariff: (N, N) tariffs as fractions: of the column, on goods of the row.
        relief: what revenue pays for: ``income-tax`` or ``lump-sum``.

    Raises:
        ImpactError: the word is unknown, a tariff is out of range, or no equilibrium is found.
    """
    if relief not in RELIEFS:
        raise ImpactError(f"relief {relief!r} is unknown: write {', '.join(RELIEFS)}")
    if tariff.shape != world.flows.shape or not (np.isfinite(tariff) & (tariff > -1)).all():
        raise ImpactError("tariffs must be above -1, one for each pair of countries")
    model = _Model(world, tariff, relief)
    state, taken = mix(model, np.zeros(3 * len(world.countries)), TOLERANCE, LIMIT)
    gap = float(np.abs(model(state) - state).max())
    if not gap <= 10 * TOLERANCE:
        raise ImpactError(f"no equilibrium within {TOLERANCE:g} after {taken} steps: gap {gap:.2e}")
    return model.change(state)


def optimal_tariffs(world: OneSector, members: npt.NDArray[np.bool_]) -> Array:
    """(N,) the tariff, by importer, that is best for countries that act together.

        t(n) = 1 / ( (1 + eps omega) phi(n) - 1 )

    omega, the elasticity of what the others sell them, follows from their share of the others'
    spending and of their own income.
    """
    pick = np.stack([members, ~members]).astype(np.float64)
    flows, income = pick @ world.flows @ pick.T, pick @ world.income
    nu = (pick @ (world.nu * world.spending)) / (pick @ world.spending)
    share = flows[0, 1] / flows[:, 1].sum()
    sold = flows[0, 1] * (1 - nu[1]) * (1 - share)
    omega = sold / ((1 - nu[0]) * (income[0] - flows[0, 0]))
    tariffs: Array = 1 / ((1 + EPSILON * omega) * world.phi - 1)
    return tariffs


class _Model:
    """One round of the equations, over the state (log w, log E, log L)."""

    def __init__(self, world: OneSector, tariff: Array, relief: str) -> None:
        self.world = world
        self.level = 1 + tariff
        self.relieved = relief == "income-tax"
        self.fixed = world.share * self.level ** (-EPSILON * world.phi)
        self.size = len(world.countries)

    def parts(self, state: Array) -> tuple[Array, Array, Array, Array, Array, Array]:
        """Ratios w, E, L, P, and money: trade before tariffs (N, N), revenue (N,)."""
        w, spent, labor = np.exp(state.reshape(3, self.size))
        psi = SCALE / EPSILON
        weight = self.fixed * ((w / labor**psi) ** -EPSILON)[:, None]
        total = weight.sum(axis=0)
        price = (spent / w) ** (1 - self.world.phi) * total ** (-1 / EPSILON)
        paid = weight / total * (self.world.spending * spent)
        trade = paid / self.level
        return w, spent, labor, price, trade, (paid - trade).sum(axis=0)

    def __call__(self, state: Array) -> Array:
        """The state that the equations make of a state."""
        world = self.world
        w, _, labor, price, trade, revenue = self.parts(state)
        earned = trade @ (1 - world.nu) + world.nu * trade.sum(axis=0)
        income = w * labor * world.income
        spent = income + revenue + world.transfer * (income.sum() / world.income.sum())
        rate = revenue / income if self.relieved else np.zeros(self.size)
        # Only ratios of money matter: the price of world spending keeps its level.
        level = np.log(world.spending.sum() / (price * world.spending).sum())
        new_w = np.log(w) + 0.25 * np.log(earned / income) + level
        new_labor = KAPPA * (np.log(w / price) - np.log1p(-rate))
        return np.concatenate([new_w, np.log(spent / world.spending) + level, new_labor])

    def change(self, state: Array) -> WelfareChange:
        """Everything that follows from a state."""
        world = self.world
        w, spent, labor, price, trade, revenue = self.parts(state)
        income = w * labor * world.income
        rate = revenue / income if self.relieved else np.zeros(self.size)
        work = KAPPA * (1 - rate) * world.income / (1 + KAPPA)
        part = world.spending / (world.spending - work)
        welfare = part * (spent / price) + (1 - part) * (w * labor / price)
        before, after = _outside(world.flows), _outside(trade)
        gap = before.sum(axis=0) - before.sum(axis=1)
        later = after.sum(axis=0) - after.sum(axis=1)
        growth = income / world.income
        return WelfareChange(
            welfare=100 * (welfare - 1),
            # Over the absolute value: the sign is that of the move, for a surplus too.
            deficit=100 * (later - gap) / np.abs(gap),
            exports=100 * (after.sum(axis=1) / before.sum(axis=1) / growth - 1),
            imports=100 * (after.sum(axis=0) / before.sum(axis=0) / growth - 1),
            employment=100 * (labor - 1),
            prices=100 * (price - 1),
            revenue=100 * revenue / world.spending,
        )


def _outside(flows: Array) -> Array:
    """Flows between two countries."""
    abroad = flows.copy()
    np.fill_diagonal(abroad, 0)
    return abroad
