"""A compiled loop for one draw of elasticities: the fixed point of `detente.impact.hat_algebra`.

The same equations, the same mixing of the last steps and the same tolerance, without caps. Loops
run over shares once for prices and once for sales, so that a draw stays in the cache of one core,
and draws run side by side in threads. Needs numba, which the extra ``parties`` brings.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]

MEMORY = 8
PLAIN = 10
SMALL = 1e-300


# Sums may be reordered for vector instructions. `nnan` and `ninf` stay off: they would license the
# compiler to drop what a failed draw shows itself by.
@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "nsz"})
def step(
    state: Array,
    theta: Array,
    weight: Array,
    net: Array,
    pace: Array,
    world: Any,
    shift: Array,
    work: Any,
    out: Array,
) -> None:
    """The state that the equations make of a state, into ``out``.

    Args:
        state: (N + 2 J N,) log wages, log prices, log spending.
        theta: (J,) elasticities.
        weight: (J, N, N) shares of sellers times change of trade costs to the power of -theta.
        net: (J, N, N) the same over one plus the tariff.
        pace: (N,) how far a wage walks.
        world: value added (J, N), inputs (N, K, J), the same turned (N, J, K), final (J, N),
            income (N,).
        shift: (3, N) deficits as parts: fixed money, of world income, of the country's own.
        work: room for (J, N) arrays: cost, powers, index, paid, sales.
        out: filled in.
    """
    # The same inputs in both orders, so that each of the two sums over k below runs along memory.
    added, inputs, flipped, final, income = world
    powers, demand, sales = work
    sectors, countries = added.shape
    cells = sectors * countries
    revenue = np.zeros(countries)
    # By country first, so that the inner loops run over neighbors in memory.
    column = np.empty(sectors)
    for n in range(countries):
        for k in range(sectors):
            column[k] = state[countries + k * countries + n]
        for j in range(sectors):
            cost = added[j, n] * state[n]
            for k in range(sectors):
                cost += flipped[n, j, k] * column[k]
            powers[j, n] = np.exp(-theta[j] * cost)
    for j in range(sectors):
        for n in range(countries):
            index = 0.0
            paid = 0.0
            for i in range(countries):
                index += weight[j, n, i] * powers[j, i]
                paid += net[j, n, i] * powers[j, i]
            at = j * countries + n
            money = np.exp(state[countries + cells + at])
            out[countries + at] = np.log(index) / -theta[j]
            demand[j, n] = money / index
            revenue[n] += money - paid * demand[j, n]
    for j in range(sectors):
        for i in range(countries):
            sales[j, i] = 0.0
        for n in range(countries):
            wanted = demand[j, n]
            for i in range(countries):
                sales[j, i] += net[j, n, i] * wanted
        for i in range(countries):
            sales[j, i] *= powers[j, i]
    earned = np.zeros(countries)
    for j in range(sectors):
        for n in range(countries):
            earned[n] += added[j, n] * sales[j, n]
    scale = income.sum() / earned.sum()
    world_income = 0.0
    own = 0.0
    for n in range(countries):
        money = np.exp(state[n]) * income[n]
        world_income += money
        own += shift[2, n] * money
    before = income.sum()
    for n in range(countries):
        out[n] = state[n] + pace[n] * (np.log(earned[n] * scale / income[n]) - state[n])
        money = np.exp(state[n]) * income[n]
        total = money + revenue[n] + shift[1, n] * (world_income / before)
        total += shift[2, n] * money - shift[0, n] * money / world_income * own
        for k in range(sectors):
            column[k] = sales[k, n]
        for j in range(sectors):
            used = 0.0
            for k in range(sectors):
                used += inputs[n, j, k] * column[k]
            spent = used + final[j, n] * total
            out[countries + cells + j * countries + n] = np.log(max(spent, SMALL))


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "nsz"})
def inner(one: Array, other: Array) -> float:
    """The inner product of two steps; summed side by side, which a plain loop may not be."""
    product = 0.0
    for at in range(len(one)):
        product += one[at] * other[at]
    return product


@njit(cache=True, nogil=True)
def solve_small(square: Array, right: Array, rows: int) -> Array:
    """Weights of the last steps: a small symmetric system by Gauss with pivots."""
    a = square[:rows, :rows].copy()
    b = right[:rows].copy()
    for at in range(rows):
        a[at, at] *= 1 + 1e-10
    for at in range(rows):
        pivot = at
        for row in range(at + 1, rows):
            if abs(a[row, at]) > abs(a[pivot, at]):
                pivot = row
        if abs(a[pivot, at]) < SMALL:
            return np.zeros(rows)
        if pivot != at:
            for column in range(rows):
                a[at, column], a[pivot, column] = a[pivot, column], a[at, column]
            b[at], b[pivot] = b[pivot], b[at]
        for row in range(at + 1, rows):
            part = a[row, at] / a[at, at]
            for column in range(at, rows):
                a[row, column] -= part * a[at, column]
            b[row] -= part * b[at]
    found = np.zeros(rows)
    for at in range(rows - 1, -1, -1):
        rest = b[at]
        for column in range(at + 1, rows):
            rest -= a[at, column] * found[column]
        found[at] = rest / a[at, at]
    return found


@njit(cache=True, nogil=True)
def solve_draw(
    state: Array,
    theta: Array,
    share: Array,
    change: Array,
    over: Array,
    abroad: Array,
    world: Any,
    shift: Array,
    tolerance: float,
    limit: int,
) -> int:
    """Walk a state to the fixed point of one draw, in place; gives the steps taken, 0 for none.

    Args:
        state: where to begin; the equilibrium in the end.
        theta: (J,) elasticities.
        share: (J, N, N) shares of sellers before.
        change: (J, N, N) log of the change of trade costs.
        over: (J, N, N) one over one plus the tariff after.
        abroad: (J, N) value added in sales times the part sold abroad.
        world: see `step`.
        shift: see `step`.
        tolerance: the largest gap that is left.
        limit: steps after which it gives up.
    """
    sectors, countries = abroad.shape
    weight = np.empty_like(share)
    net = np.empty_like(share)
    pace = np.ones(countries)
    for j in range(sectors):
        for n in range(countries):
            pace[n] += abroad[j, n] * theta[j]
            for i in range(countries):
                part = share[j, n, i]
                # Where trade costs stand the factor is one, and a power is what costs time here.
                if change[j, n, i] != 0.0:
                    part *= np.exp(-theta[j] * change[j, n, i])
                weight[j, n, i] = part
                net[j, n, i] = part * over[j, n, i]
    pace = 1 / pace
    work = (
        np.empty((sectors, countries)),
        np.empty((sectors, countries)),
        np.empty((sectors, countries)),
    )
    size = len(state)
    states, gaps = np.empty((MEMORY, size)), np.empty((MEMORY, size))
    square, right = np.empty((MEMORY, MEMORY)), np.empty(MEMORY)
    gap, last_state, last_gap = np.empty(size), state.copy(), np.zeros(size)
    best_state, best_gap = state.copy(), np.zeros(size)
    best = np.inf
    held, plain = 0, 0
    for taken in range(1, limit + 1):
        step(state, theta, weight, net, pace, world, shift, work, gap)
        largest = 0.0
        for at in range(size):
            gap[at] -= state[at]
            distance = abs(gap[at])
            # A comparison passes over what is not a number, and such a gap would count as none.
            largest = max(largest, distance) if np.isfinite(distance) else np.inf
        if largest <= tolerance:
            return taken
        if held and not largest <= 2 * best:
            held, plain = 0, PLAIN
            last_state[:], last_gap[:] = best_state, best_gap
            for at in range(size):
                state[at] = best_state[at] + 0.5 * best_gap[at]
            continue
        if not np.isfinite(largest):
            return 0
        if plain == 0 and taken > 1:
            place = held % MEMORY
            for at in range(size):
                states[place, at] = state[at] - last_state[at]
                gaps[place, at] = gap[at] - last_gap[at]
            held += 1
            # Only products with the newest step are new; all others stand in the square already.
            for row in range(min(held, MEMORY)):
                product = inner(gaps[place], gaps[row])
                square[place, row] = product
                square[row, place] = product
        if largest < best:
            best = largest
            best_state[:], best_gap[:] = state, gap
        last_state[:], last_gap[:] = state, gap
        rows = min(held, MEMORY)
        half = 0.5 if plain else 1.0
        for at in range(size):
            state[at] += half * gap[at]
        plain = max(0, plain - 1)
        if rows > 1:
            for row in range(rows):
                right[row] = inner(gaps[row], gap)
            mixed = solve_small(square, right, rows)
            for row in range(rows):
                for at in range(size):
                    state[at] -= mixed[row] * (states[row, at] + gaps[row, at])
    return 0
