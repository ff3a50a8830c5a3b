"""General equilibrium in changes: wages, prices and spending after a change of trade costs.

    c(j,n)  = w(n)^b(j,n)  prod over k of P(k,n)^g(n,k,j)                      cost of a bundle
    P(j,n)  = ( sum over i of s(j,n,i) (k(j,n,i) c(j,i))^-theta(j) )^(-1/theta(j))
    s'      = s (k c / P)^-theta                                              shares of sellers
    Y'(j,i) = sum over n of s' X' / tau'                                      sales
    X'(j,n) = sum over k of g(n,j,k) Y'(k,n) + a(j,n) I'(n)                   spending
    I'(n)   = w(n) L(n) + revenue'(n) + D'(n)
    w(i) L(i) = sum over j of b(j,i) Y'(j,i)                                  wages

w, c, P are ratios of after to before, k the ratio of tau and of iceberg costs (Caliendo and Parro
2015, Review of Economic Studies 82(1), equations 10 to 14). World value added is the measure of
money. No level of technology is needed, and no large matrix is inverted: (w, P, X) is one fixed
point, iterated in logs with Anderson's mixing of the last steps.

A cap holds a quantity, or what is spent on it, at or under a multiple of what it was: q <= cap,
wedge >= 0, and one of the two is tight. The wedge raises the price like a tariff whose proceeds the
seller keeps ("exporter"), or which is burned on the way ("dissipated").
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.economy import Array, Economy
from detente.impact.errors import ImpactError

CLOSURES = ("balanced", "fixed-world-share", "fixed-own-share")
RENTS = ("exporter", "dissipated")
TOLERANCE = 1e-10
LIMIT = 3000
MEMORY = 8
PLAIN = 10


class Cap(NamedTuple):
    """Trade in sector j from i to n held at or under ``ratio`` times what it was.

    ``of_value`` holds down what the buyer spends on it, duty and wedge included, and not the
    quantity: a weaker cap where the price rises.
    """

    sector: int
    buyer: int
    seller: int
    ratio: float
    of_value: bool = False


class Shock(NamedTuple):
    """A change of trade costs.

    Attributes:
        tau: (J, N, N) one plus the tariffs after it; None to leave them.
        iceberg: (J, N, N) ratio of iceberg costs; None to leave them.
        caps: quantities held down.
    """

    tau: Array | None = None
    iceberg: Array | None = None
    caps: tuple[Cap, ...] = ()


class Equilibrium(NamedTuple):
    """The economy after a change; ratios are after to before.

    Attributes:
        economy: the economy before.
        wage: (N,) ratio of wages.
        price: (J, N) ratio of price indices.
        cost: (J, N) ratio of unit costs.
        share: (J, N, N) shares of sellers.
        spending: (J, N) spending.
        tau: (J, N, N) one plus the tariffs.
        iceberg: (J, N, N) ratio of iceberg costs, one where they stand.
        income: (N,) value added.
        revenue: (N,) tariff revenue.
        rents: (N,) what sellers of capped goods keep.
        deficit: (N,) spending from abroad.
        wedges: ad valorem equivalent of each cap, in their order.
        iterations: steps taken.
        residuals: the largest gap of each equation, relative.
        seconds: time of the solve.
        closure: how deficits were closed.
    """

    economy: Economy
    wage: Array
    price: Array
    cost: Array
    share: Array
    spending: Array
    tau: Array
    iceberg: Array
    income: Array
    revenue: Array
    rents: Array
    deficit: Array
    wedges: Array
    iterations: int
    residuals: dict[str, float]
    seconds: float
    closure: str

    @property
    def exports(self) -> Array:
        """(J, N, N) money that i receives from n for j, before the tariff of n."""
        return self.share / self.tau * self.spending[:, :, None]

    @property
    def total(self) -> Array:
        """(N,) final spending."""
        return self.income + self.revenue + self.rents + self.deficit

    @property
    def price_level(self) -> Array:
        """(N,) ratio of the price of final spending."""
        level: Array = np.exp(np.sum(self.economy.final * np.log(self.price), axis=0))
        return level


def solve(
    economy: Economy,
    shock: Shock,
    closure: str = "balanced",
    rents: str = "exporter",
    tolerance: float = TOLERANCE,
    limit: int = LIMIT,
    start: Equilibrium | None = None,
) -> Equilibrium:
    """The equilibrium after a change.

    Args:
        economy: the economy before; it must hold its own equations (see `rebase`).
        shock: what changes.
        closure: ``balanced`` (no deficits after), ``fixed-world-share`` (each deficit keeps its
            share of world value added) or ``fixed-own-share`` (of the country's own, what is left
            over spread by value added so that deficits add up to zero).
        rents: who keeps the rents of caps: ``exporter`` or ``dissipated``.
        tolerance: the largest relative gap that is left.
        limit: steps after which it gives up.
        start: an equilibrium near the one that is sought, of data of the same shape and with the
            same caps; it saves steps and changes nothing else.

    Raises:
        ImpactError: a word is unknown, a shock has a wrong shape or range, or the gap stays above
            the tolerance; the message holds the residuals.
    """
    _check(economy, shock, closure, rents)
    started = time.perf_counter()
    step = _Step(economy, shock, closure, rents)
    # Division by a price that underflows shows in the residuals, which are checked.
    with np.errstate(all="ignore"):
        state, taken = mix(step, step.start(start), tolerance, limit)
        residuals = step.residuals(state)
    worst = max(residuals.values())
    if not worst <= 10 * tolerance:
        gaps = ", ".join(f"{name} {gap:.2e}" for name, gap in residuals.items())
        raise ImpactError(
            f"no equilibrium within {tolerance:g} after {taken} steps: {gaps}; a smaller change, "
            "or the change in parts, may be solved"
        )
    return step.result(state, taken, residuals, time.perf_counter() - started)


def rebase(economy: Economy, closure: str, start: Equilibrium | None = None) -> Economy:
    """The economy as it stands with its deficits closed and nothing else changed.

    Data whose final shares were rescaled, or whose deficits a closure removes, is moved onto an
    equilibrium first, so that a scenario shows its own effect alone.
    """
    return after(solve(economy, Shock(), closure, start=start))


def after(found: Equilibrium) -> Economy:
    """The economy that an equilibrium leads to, as the start of another change."""
    return found.economy._replace(
        tau=found.tau,
        share=found.share,
        income=found.income,
        deficit=found.deficit,
        spending=found.spending,
    )


def result_of(economy: Economy, shock: Shock, closure: str, state: Array) -> Equilibrium:
    """Everything that follows from a state of an economy without caps, wherever it was found.

    Args:
        economy: the economy before.
        shock: the change.
        closure: how deficits are closed.
        state: log wages, log prices, log spending.
    """
    return _Step(economy, shock, closure, RENTS[0]).result(state, 0, {}, 0.0)


class _Step:
    """One round of the equations, over the state (log w, log P, log X, log wedges)."""

    def __init__(self, economy: Economy, shock: Shock, closure: str, rents: str) -> None:
        self.economy, self.closure = economy, closure
        self.sellers_keep = rents == "exporter"
        tau = economy.tau if shock.tau is None else shock.tau
        self.tau = np.asarray(tau, dtype=np.float64)
        pairs = self.tau.shape
        self.iceberg = np.ones(pairs) if shock.iceberg is None else np.asarray(shock.iceberg)
        self.theta = economy.theta[:, None]
        change = self.tau / economy.tau * self.iceberg
        self.weight = economy.share * change ** -economy.theta[:, None, None]
        self.net = self.weight / self.tau
        # Turned once, since every step multiplies along the other axis.
        self.inputs = np.ascontiguousarray(economy.inputs.transpose(0, 2, 1))
        self.caps = tuple(cap for cap in shock.caps if cap.ratio > 0)
        self.all_caps = shock.caps
        for cap in shock.caps:
            # Nothing passes: the seller leaves the index, and there is no wedge to solve for.
            if cap.ratio == 0:
                self.weight[cap.sector, cap.buyer, cap.seller] = 0
                self.net[cap.sector, cap.buyer, cap.seller] = 0
        self.capped_cells = tuple(
            np.array([cap[axis] for cap in self.caps], dtype=np.intp) for axis in range(3)
        )
        self.ratio = np.array([cap.ratio for cap in self.caps])
        # Fancy indexing copies, so these stay free when `lay` overwrites the cells.
        self.free_weight = self.weight[self.capped_cells]
        self.free_net = self.net[self.capped_cells]
        self.cap_theta = economy.theta[self.capped_cells[0]]
        self.of_quantity = np.array([not cap.of_value for cap in self.caps], dtype=np.float64)
        self.cap_change = change[self.capped_cells]
        self.before = (economy.share * economy.spending[:, :, None])[self.capped_cells]
        self.countries = len(economy.countries)
        # Where much is sold abroad at a high elasticity, sales overshoot a wage: it walks slower.
        sold = economy.exports
        abroad = 1 - np.einsum("jnn->jn", sold) / np.maximum(sold.sum(axis=1), 1e-300)
        part = economy.value_added * sold.sum(axis=1) / economy.income
        self.pace = 1 / (1 + np.sum(part * self.theta * abroad, axis=0))
        self.cells = economy.spending.size

    def start(self, near: Equilibrium | None = None) -> Array:
        """Nothing has changed, and no cap binds; or what stands in an equilibrium near by."""
        if near is not None:
            wedges = near.wedges[[cap.ratio > 0 for cap in self.all_caps]]
            spending = np.log(np.maximum(near.spending, 1e-300)).ravel()
            prices = np.log(near.price).ravel()
            return np.concatenate([np.log(near.wage), prices, spending, np.log1p(wedges)])
        return np.concatenate(
            [
                np.zeros(self.countries + self.cells),
                np.log(np.maximum(self.economy.spending, 1e-300)).ravel(),
                np.zeros(len(self.caps)),
            ]
        )

    def split(self, state: Array) -> tuple[Array, Array, Array, Array]:
        """Wages, prices, spending and wedges of a state."""
        n, cells, shape = self.countries, self.cells, self.economy.spending.shape
        price = state[n : n + cells].reshape(shape)
        spending = state[n + cells : n + 2 * cells].reshape(shape)
        return state[:n], price, spending, state[n + 2 * cells :]

    def __call__(self, state: Array) -> Array:
        """The state that the equations make of a state."""
        economy = self.economy
        wage, price, spending, wedge = self.split(state)
        cost = self.cost(wage, price)
        powers = np.exp(-self.theta * cost)
        self.lay(wedge)
        index = (self.weight @ powers[:, :, None])[:, :, 0]
        new_price = np.log(index) / -self.theta
        money = np.exp(spending)
        demand = money / index
        net = (self.net @ powers[:, :, None])[:, :, 0]
        sales = powers * (self.net.transpose(0, 2, 1) @ demand[:, :, None])[:, :, 0]
        new_wedge = wedge
        if self.caps:
            paid, quantity = self.capped(powers, demand, cost, wedge)
            # A quantity falls with its own price by theta + 1, given demand, and a value by theta.
            gap = np.log(quantity / self.ratio) / (self.cap_theta + self.of_quantity)
            # A cap that does not bind earns no rent.
            new_wedge = np.maximum(0.0, wedge + gap)
            retained = self.retained(paid, wedge)
            # `at`, since a seller with several capped goods stands here several times.
            np.subtract.at(sales, (self.capped_cells[0], self.capped_cells[2]), retained)
        earned = (economy.value_added * sales).sum(axis=0)
        # World income is the unit of account: without one, any level of wages would do.
        earned *= economy.income.sum() / earned.sum()
        new_wage = wage + self.pace * (np.log(earned / economy.income) - wage)
        incomes = np.exp(wage) * economy.income
        total = incomes + (money - net * demand).sum(axis=0) + self.deficit(incomes)
        if self.caps and self.sellers_keep:
            np.add.at(total, self.capped_cells[2], retained)
        used = (sales.T[:, None, :] @ self.inputs)[:, 0, :].T
        new_spending = np.log(np.maximum(used + economy.final * total, 1e-300))
        return np.concatenate([new_wage, new_price.ravel(), new_spending.ravel(), new_wedge])

    def cost(self, wage: Array, price: Array) -> Array:
        """(J, N) log of unit costs."""
        inputs = (self.inputs @ price.T[:, :, None])[:, :, 0].T
        cost: Array = self.economy.value_added * wage + inputs
        return cost

    def lay(self, wedge: Array) -> None:
        """Put the wedges on the capped cells."""
        if self.caps:
            damp = np.exp(-self.cap_theta * wedge)
            self.weight[self.capped_cells] = self.free_weight * damp
            self.net[self.capped_cells] = self.free_net * damp

    def capped(
        self, powers: Array, demand: Array, cost: Array, wedge: Array
    ) -> tuple[Array, Array]:
        """What is paid before tariff for each capped good, and the ratio of what is capped."""
        sector, buyer, seller = self.capped_cells
        gross = self.weight[self.capped_cells] * powers[sector, seller] * demand[sector, buyer]
        price = (self.cap_change * np.exp(cost[sector, seller] + wedge)) ** self.of_quantity
        return gross / self.tau[self.capped_cells], gross / self.before / price

    def retained(self, paid: Array, wedge: Array) -> Array:
        """The part of what is paid that is rent; zero where it is burned on the way."""
        retained: Array = paid * -np.expm1(-wedge) if self.sellers_keep else np.zeros_like(paid)
        return retained

    def deficit(self, incomes: Array) -> Array:
        """Deficits under the closure, adding up to zero."""
        economy = self.economy
        if self.closure == "balanced":
            return np.zeros(self.countries)
        if self.closure == "fixed-world-share":
            retained: Array = economy.deficit * (incomes.sum() / economy.income.sum())
            return retained
        own = economy.deficit / economy.income * incomes
        fair: Array = own - incomes / incomes.sum() * own.sum()
        return fair

    def residuals(self, state: Array) -> dict[str, float]:
        """The largest gap of each equation, and of trade against deficits."""
        gap = np.abs(self(state) - state)
        n, cells = self.countries, self.cells
        found = self.result(state, 0, {}, 0.0)
        trade = found.exports
        balance = trade.sum(axis=(0, 2)) - trade.sum(axis=(0, 1)) - found.deficit
        named = {
            "wages": float(gap[:n].max()),
            "prices": float(gap[n : n + cells].max()),
            "spending": float(gap[n + cells : n + 2 * cells].max()),
            "trade": float(np.max(np.abs(balance) / found.income)) / 10,
        }
        if self.caps:
            named["caps"] = float(gap[n + 2 * cells :].max())
        return named

    def result(
        self, state: Array, taken: int, residuals: dict[str, float], seconds: float
    ) -> Equilibrium:
        """Everything that follows from a state."""
        wage, price, spending, wedge = self.split(state)
        cost = self.cost(wage, price)
        powers = np.exp(-self.theta * cost)
        self.lay(wedge)
        share = self.weight * powers[:, None, :]
        share /= share.sum(axis=2, keepdims=True)
        money = np.exp(spending)
        incomes = np.exp(wage) * self.economy.income
        rents = np.zeros(self.countries)
        if self.caps:
            paid = (share / self.tau * money[:, :, None])[self.capped_cells]
            np.add.at(rents, self.capped_cells[2], self.retained(paid, wedge))
        wedges = np.full(len(self.all_caps), np.inf)
        wedges[[cap.ratio > 0 for cap in self.all_caps]] = np.expm1(wedge)
        return Equilibrium(
            economy=self.economy,
            wage=np.exp(wage),
            price=np.exp(price),
            cost=np.exp(cost),
            share=share,
            spending=money,
            tau=self.tau,
            iceberg=self.iceberg,
            income=incomes,
            revenue=(money * (1 - (share / self.tau).sum(axis=2))).sum(axis=0),
            rents=rents,
            deficit=self.deficit(incomes),
            wedges=wedges,
            iterations=taken,
            residuals=residuals,
            seconds=seconds,
            closure=self.closure,
        )


def mix(
    step: Callable[[Array], Array], state: Array, tolerance: float, limit: int
) -> tuple[Array, int]:
    """A fixed point by Anderson's mixing: the last steps are combined so that their gaps cancel.

    Where the gap grows, it goes back to the best state and walks a while in plain half steps, with
    the memory begun anew: the damped loop converges, only more slowly.
    """
    states = np.empty((MEMORY, state.size))
    gaps = np.empty((MEMORY, state.size))
    held, plain, best = 0, 0, np.inf
    best_state = best_gap = last_state = last_gap = state
    for taken in range(1, limit + 1):
        gap = step(state) - state
        size = float(np.max(np.abs(gap)))
        if size <= tolerance:
            return state, taken
        # Negated, so that a gap which is not a number counts as one that grew.
        if not size <= 2 * best and held:
            held, plain = 0, PLAIN
            last_state, last_gap = best_state, best_gap
            state = best_state + 0.5 * best_gap
            continue
        if not np.isfinite(size):
            raise ImpactError(f"the equations leave their range at step {taken}: no equilibrium")
        if plain == 0 and taken > 1:
            states[held % MEMORY], gaps[held % MEMORY] = state - last_state, gap - last_gap
            held += 1
        if size < best:
            best, best_state, best_gap = size, state, gap
        last_state, last_gap = state, gap
        state = state + (0.5 * gap if plain else gap)
        plain = max(0, plain - 1)
        rows = min(held, MEMORY)
        if rows > 1:
            change = gaps[:rows]
            square = change @ change.T
            # The last steps are nearly parallel at the end; a heavier diagonal keeps it solvable.
            square.flat[:: rows + 1] *= 1 + 1e-10
            mixed = np.linalg.lstsq(square, change @ gap, rcond=1e-14)[0]
            state = state - mixed @ (states[:rows] + change)
    return state, limit


def _check(economy: Economy, shock: Shock, closure: str, rents: str) -> None:
    if closure not in CLOSURES:
        raise ImpactError(f"closure {closure!r} is unknown: write {', '.join(CLOSURES)}")
    if rents not in RENTS:
        raise ImpactError(f"rents {rents!r} is unknown: write {', '.join(RENTS)}")
    for name, cells in (("tau", shock.tau), ("iceberg", shock.iceberg)):
        if cells is None:
            continue
        if cells.shape != economy.tau.shape:
            raise ImpactError(f"{name} has the shape {cells.shape}, not {economy.tau.shape}")
        wrong = np.argwhere(~(cells > 0) | ~np.isfinite(cells))
        if len(wrong):
            j, n, i = (int(each) for each in wrong[0])
            cell = f"{economy.sectors[j]}, {economy.countries[n]}, {economy.countries[i]}"
            raise ImpactError(f"{name} [{cell}] is {float(cells[j, n, i]):g}: must be above 0")
    for cap in shock.caps:
        if not (np.isfinite(cap.ratio) and cap.ratio >= 0):
            raise ImpactError(f"a cap of {cap.ratio:g} times is not a cap: write 0 or more")
        if cap.buyer == cap.seller:
            raise ImpactError("a cap holds trade between two countries, not sales at home")
