"""A world economy before a change: shares, tariffs, elasticities, incomes.

Axes are named by letters throughout the room: j sector (k where it supplies an input), n the
country that buys, i the country that sells. Arrays are float64.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detente._shapes import NamedTuple
from detente.core.figures import counted
from detente.impact.errors import ImpactError

Array = npt.NDArray[np.float64]

SUM_TOLERANCE = 1e-6
"""Shares that should add up to one may miss it by rounding in what was printed, and not more."""

BY_PRODUCT = -0.05
"""Input-output tables book a by-product as an input below zero; further down it is a mistake."""


class Economy(NamedTuple):
    """Shares and incomes of one year.

    Attributes:
        countries: ids, N of them.
        sectors: ids, J of them.
        theta: (J,) trade elasticities, above zero.
        tau: (J, N, N) one plus the tariff of n on j from i; one on the diagonal.
        share: (J, N, N) share of i in the spending of n on j, tariff included.
        value_added: (J, N) share of value added in gross output.
        inputs: (N, K, J) spending on input k in a unit of cost of sector j; over k and value added
            it adds up to one.
        final: (J, N) shares of final spending.
        income: (N,) value added, any unit of money.
        deficit: (N,) spending from abroad in the same unit; adds up to zero.
        spending: (J, N) spending of n on j, tariff included.
        notes: what was done to the data so that it is an economy.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    theta: Array
    tau: Array
    share: Array
    value_added: Array
    inputs: Array
    final: Array
    income: Array
    deficit: Array
    spending: Array
    notes: tuple[str, ...] = ()

    @property
    def exports(self) -> Array:
        """(J, N, N) money that i receives from n for j, before the tariff of n."""
        return self.share / self.tau * self.spending[:, :, None]

    @property
    def revenue(self) -> Array:
        """(N,) tariff revenue."""
        paid: Array = np.einsum("jni,jni->n", self.tau - 1, self.exports)
        return paid

    @property
    def total(self) -> Array:
        """(N,) final spending: value added, revenue and deficit."""
        return self.income + self.revenue + self.deficit

    def place(self, country: str) -> int:
        """The place of a country.

        Raises:
            ImpactError: the data has no such country.
        """
        if country not in self.countries:
            raise ImpactError(f"no country {country!r} in the data: {', '.join(self.countries)}")
        return self.countries.index(country)

    def sector(self, name: str) -> int:
        """The place of a sector.

        Raises:
            ImpactError: the data has no such sector.
        """
        if name not in self.sectors:
            raise ImpactError(f"no sector {name!r} in the data: {', '.join(self.sectors)}")
        return self.sectors.index(name)


class PublishedYear(NamedTuple):
    """What is published about a year, before it is made an economy.

    Attributes:
        countries: ids.
        sectors: ids.
        theta: (J,) trade elasticities.
        flows: (J, N, N) money that i receives from n for j, sales at home included.
        tariff: (J, N, N) tariffs as fractions.
        value_added: (J, N) share of value added in gross output.
        inputs: (N, K, J) share of input k in the spending of sector j on inputs.
        final: (J, N) shares of final spending; None to find them as what inputs leave.
        income: (N,) value added as published; None to find it from sales.
        groups: (N,) whether a country is a group with tariffs between its members, which are
            tariffs on its sales at home; None for no such group.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    theta: Array
    flows: Array
    tariff: Array
    value_added: Array
    inputs: Array
    final: Array | None = None
    income: Array | None = None
    groups: npt.NDArray[np.bool_] | None = None


def calibrate(tables: PublishedYear) -> Economy:
    """Make an economy of published tables.

        X(j,n)  = sum over i of flow(j,n,i) (1 + tariff(j,n,i))
        Y(j,i)  = sum over n of flow(j,n,i),   income(i) = sum over j of value_added(j,i) Y(j,i)
        D(n)    = imports(n) - exports(n)
        F(j,n)  = X(j,n) - sum over k of inputs(n,j,k) (1 - value_added(k,n)) Y(k,n)

    Published incomes stand where they are given: those of a publication may miss what its own
    shares and sales come to, by some percent, which is said.

    Final spending F that comes out below zero is set to zero and the shares are rescaled, as the
    literature does; the tables then hold no equilibrium until one is solved for (`rebase`).

    Raises:
        ImpactError: a table has a hole, a share out of range, or a sum that misses one.
    """
    check_tables(tables)
    flows, tau = tables.flows, 1 + tables.tariff
    spending = np.einsum("jni,jni->jn", flows, tau)
    output = flows.sum(axis=1)
    inputs = tables.inputs * (1 - tables.value_added).T[:, None, :]
    income = (tables.value_added * output).sum(axis=0)
    deficit = flows.sum(axis=(0, 2)) - output.sum(axis=0)
    final, notes = tables.final, []
    if tables.income is not None:
        apart = np.abs(income / tables.income - 1)
        most = int(np.argmax(apart))
        if apart[most] > SUM_TOLERANCE:
            notes.append(
                "Incomes are those that are published; sales and shares of value added miss them "
                f"by up to {100 * float(apart[most]):.2g}% ({tables.countries[most]})."
            )
        income = tables.income
    if (tables.inputs < 0).any():
        count, least = int((tables.inputs < 0).sum()), float(tables.inputs.min())
        shares = counted(count, "input share is", "input shares are")
        notes.append(f"{shares} below zero (by-products), the least {least:.4f}.")
    if final is None:
        left = spending - np.einsum("nkj,jn->kn", inputs, output)
        # Rounding leaves some a hair below zero, which is nothing worth telling.
        below = (left < 0) & (left < -1e-9 * spending)
        if below.any():
            part = -left[below].sum() / left[left > 0].sum()
            notes.append(
                f"Final demands that come out below zero are set to zero, and the others rescaled: "
                f"{int(below.sum())} of {left.size}, {100 * part:.2f}% of the others."
            )
        left = np.maximum(left, 0)
        final = left / left.sum(axis=0)
    return Economy(
        countries=tables.countries,
        sectors=tables.sectors,
        theta=tables.theta,
        tau=tau,
        share=flows * tau / spending[:, :, None],
        value_added=tables.value_added,
        inputs=inputs,
        final=final,
        income=income,
        deficit=deficit,
        spending=spending,
        notes=tuple(notes),
    )


def check_tables(tables: PublishedYear) -> None:
    """Refuse tables that are no economy, naming the row and the column.

    Raises:
        ImpactError: as in `calibrate`.
    """
    countries, sectors = tables.countries, tables.sectors
    pair = (sectors, countries, countries)
    _cells("theta", tables.theta, (sectors,), tables.theta <= 0, "must be above 0")
    _cells("flows", tables.flows, pair, tables.flows < 0, "must not be below 0")
    _cells("tariffs", tables.tariff, pair, tables.tariff <= -1, "must be above -1")
    home = np.zeros(tables.tariff.shape, dtype=bool)
    alone = range(len(countries)) if tables.groups is None else np.flatnonzero(~tables.groups)
    home[:, alone, alone] = True
    _cells("tariffs", tables.tariff, pair, home & (tables.tariff != 0), "at home must be 0")
    if tables.income is not None:
        _cells("income", tables.income, (countries,), tables.income <= 0, "must be above 0")
    share = tables.value_added
    _cells(
        "value_added", share, (sectors, countries), (share <= 0) | (share > 1), "must be in (0, 1]"
    )
    _cells(
        "inputs",
        tables.inputs,
        (countries, sectors, sectors),
        tables.inputs < BY_PRODUCT,
        f"must not be below 0 (a by-product may go to {BY_PRODUCT:g})",
    )
    _empty("flows", tables.flows.sum(axis=2), "buys nothing from anyone, itself included", pair)
    # Where all of output is value added there are no inputs whose shares could add up to one.
    _sums("inputs", tables.inputs.sum(axis=1), (countries, sectors), share.T < 1)
    if tables.final is not None:
        _cells("final", tables.final, (sectors, countries), tables.final < 0, "must not be below 0")
        _sums("final", tables.final.sum(axis=0), (countries,), np.ones(len(countries), dtype=bool))


Names = tuple[tuple[str, ...], ...]


def _cells(
    table: str, values: Array, names: Names, wrong: npt.NDArray[np.bool_], rule: str
) -> None:
    expected = tuple(map(len, names))
    if values.shape != expected:
        raise ImpactError(f"{table} has the shape {values.shape}, and {expected} is needed")
    bad = np.argwhere(wrong | ~np.isfinite(values))
    if len(bad):
        cell = tuple(int(each) for each in bad[0])
        where = ", ".join(names[axis][place] for axis, place in enumerate(cell))
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise ImpactError(f"{table} [{where}] is {float(values[cell]):g}: {rule}{more}")


def _empty(table: str, sums: Array, what: str, names: Names) -> None:
    bad = np.argwhere(sums <= 0)
    if len(bad):
        first, second = (int(each) for each in bad[0])
        raise ImpactError(
            f"{table}: the sector {names[0][first]} of {names[1][second]} {what}; merge the sector "
            "with another, or give its sales at home"
        )


def _sums(table: str, sums: Array, names: Names, needed: npt.NDArray[np.bool_]) -> None:
    bad = np.argwhere((np.abs(sums - 1) > SUM_TOLERANCE) & needed)
    if len(bad):
        cell = tuple(int(each) for each in bad[0])
        where = ", ".join(names[axis][place] for axis, place in enumerate(cell))
        raise ImpactError(f"{table} [{where}]: the shares add up to {float(sums[cell]):.8g}, not 1")
