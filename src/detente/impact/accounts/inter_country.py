"""An economy from inter-country input-output accounts: who sells what to whom, for which use.

    flow(j,n,i)       = sum over k of z(i,j,n,k) + sum over uses of f(i,j,n)
    value added(j,n)  = 1 - sum over i, k of z(i,k,n,j) / output(n,j)         share of output
    input(n,k,j)      = sum over i of z(i,k,n,j) / sum over i, k              share in inputs
    final(j,n)        = sum over i of f(i,j,n) / sum over i, j

z are intermediate and f final uses of goods of sector j of country i. What is left of output after
inputs is value added: net taxes on products are folded into it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.accounts.base_tariffs import BaseTariffs
from detente.impact.economy import Array, PublishedYear
from detente.impact.errors import ImpactError

OWN = 1e-9
"""Of the largest sale in its sector: what a country without any sale of a good sells at home."""


class Accounts(NamedTuple):
    """Accounts of one year, in any unit of money.

    Attributes:
        countries: ids, N of them.
        sectors: ids, J of them.
        inputs: (N, J, N, J) from country and sector, to country and sector.
        final: (N, J, N) from country and sector, to country, all uses together.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    inputs: Array
    final: Array


class Built(NamedTuple):
    """Tables made of accounts, and what was done to them in words."""

    tables: PublishedYear
    notes: tuple[str, ...]


def tables_of_accounts(
    accounts: Accounts, theta: Sequence[float], tariffs: BaseTariffs | None = None
) -> Built:
    """The tables of an economy; tariffs are those given, else zero, which the notes say.

    Args:
        accounts: the accounts.
        theta: (J,) trade elasticities.
        tariffs: of the year of the accounts, on top of what they have.

    Raises:
        ImpactError: a shape is wrong, or a sector of a country spends more on inputs than it makes.
    """
    n, j = len(accounts.countries), len(accounts.sectors)
    if accounts.inputs.shape != (n, j, n, j) or accounts.final.shape != (n, j, n):
        raise ImpactError(
            f"accounts of {n} countries and {j} sectors need inputs of shape {(n, j, n, j)} and "
            f"final uses of {(n, j, n)}, and have {accounts.inputs.shape} and "
            f"{accounts.final.shape}"
        )
    notes = ["Tariffs of the base are zero: the accounts have none by sector and partner."]
    if tariffs is not None:
        notes = [tariffs.note]
    uses, final = accounts.inputs, accounts.final
    below = int((uses < 0).sum()), int((final < 0).sum())
    if any(below):
        cut = -(uses[uses < 0].sum() + final[final < 0].sum())
        notes.append(
            f"{sum(below)} flows below zero ({cut:.4g} in all) are set to zero, such as what "
            "stocks lose."
        )
        uses, final = np.maximum(uses, 0), np.maximum(final, 0)
    output = uses.sum(axis=(2, 3)) + final.sum(axis=2)
    empty = output <= 0
    if empty.any():
        least = OWN * max(float(output.max()), 1.0)
        # `final` may still be the caller's array.
        final = final.copy()
        for country, sector in np.argwhere(empty):
            final[country, sector, country] = least
        output = uses.sum(axis=(2, 3)) + final.sum(axis=2)
        notes.append(f"{int(empty.sum())} sectors of a country that sell nothing sell {least:.3g}.")
    spent = uses.sum(axis=(0, 1))
    added = 1 - spent / output
    if (added < 0).any():
        raised = int((added < 0).sum())
        notes.append(
            f"{raised} sectors of a country spend more on inputs than they make (the least "
            f"{added.min():.3f} of output): value added is set to zero, inputs scaled."
        )
        added = np.maximum(added, 0)
    flows = np.einsum("ijnk->jni", uses) + final.transpose(1, 2, 0)
    flows = _bought(flows)
    by_input = np.einsum("iknj->nkj", uses)
    totals = by_input.sum(axis=1, keepdims=True)
    # Nothing is ever multiplied by the shares of a sector without inputs; they need a value only.
    even = np.full_like(by_input, 1 / j)
    inputs = np.divide(by_input, totals, out=even, where=totals > 0)
    demand = final.sum(axis=0)
    return Built(
        PublishedYear(
            accounts.countries,
            accounts.sectors,
            np.asarray(theta, dtype=np.float64),
            flows,
            np.zeros_like(flows) if tariffs is None else tariffs.tariff,
            np.ascontiguousarray(added.T),
            inputs,
            demand / demand.sum(axis=0),
        ),
        tuple(notes),
    )


def _bought(flows: Array) -> Array:
    """Flows in which every country buys something of every sector, if only at home."""
    nothing = np.argwhere(flows.sum(axis=2) <= 0)
    for sector, buyer in nothing:
        flows[sector, buyer, buyer] = OWN * max(float(flows[sector].max()), 1.0)
    return flows
