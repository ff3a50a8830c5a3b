"""Imports and duty line by line, where the rest of the economy stands still.

    p(i)  = 1 + pass x ( (1 + t1(i)) / (1 + t0(i)) - 1 )           price with duty, after to before
    P     = ( sum over i of s(i) p(i)^(1 - sigma) )^(1/(1 - sigma))           price of the line
    X(i)  = s(i) X p(i)^(1 - sigma) P^(sigma - eta)              spending with duty after
    V(i)  = X(i) / (1 + t1(i))                                   customs value after
    B     = X ( P^(1 - eta) - 1 ) / (1 - eta)                    what the change costs buyers

s are shares of origins in spending X with duty before, sigma the elasticity between origins, eta
the elasticity of the demand for the line. The form is exact, not a tangent: at fifty points of duty
the two are far apart. With a pass-through of one the seller's price stands (Amiti, Redding,
Weinstein 2019; Fajgelbaum and others 2020); below one the seller gives way by the rest.

Flows are cells: one for each line and origin with trade, so that pairs without trade cost nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detente._shapes import NamedTuple
from detente.impact.economy import Array
from detente.impact.errors import ImpactError

Places = npt.NDArray[np.intp]

COBB_DOUGLAS = 1e-9
"""Nearer to one than this, an elasticity counts as one and shares of spending stay."""


class Partial(NamedTuple):
    """Imports by cell (C) of lines (L); static figures stand beside behavioural ones.

    Attributes:
        line: (C,) the line of each cell.
        value_before: (C,) customs value.
        value_after: (C,) customs value with behaviour.
        duty_before: (C,) duty.
        duty_static: (C,) duty on the value before.
        duty_after: (C,) duty with behaviour.
        price: (L,) ratio of the price of the line, duty included.
        loss: (L,) what the change costs the buyers of the line, in the unit of the values.
    """

    line: Places
    value_before: Array
    value_after: Array
    duty_before: Array
    duty_static: Array
    duty_after: Array
    price: Array
    loss: Array

    def change_by(self, group: Places, groups: int) -> Array:
        """(groups,) by how much imports rise or fall, summed over cells of one group."""
        change = self.value_after - self.value_before
        return np.bincount(group, change, groups).astype(np.float64)


def respond(
    line: Places,
    value: Array,
    before: Array,
    after: Array,
    sigma: Array | float,
    eta: float,
    pass_through: float = 1.0,
) -> Partial:
    """Imports after a change of duty.

    Args:
        line: (C,) place of the line of each cell, from 0.
        value: (C,) customs value before, 0 or above.
        before: (C,) ad valorem duty before, fractions.
        after: (C,) ad valorem duty after.
        sigma: (L,) or one elasticity between origins, above 0.
        eta: elasticity of demand for the line, 0 or above.
        pass_through: part of the change of duty that reaches the buyer's price, 0 to 1.

    Raises:
        ImpactError: a number is out of range; the message names the cell or line by its place.
    """
    lines = int(line.max()) + 1 if np.ndim(sigma) == 0 and len(line) else np.size(sigma)
    _check(line, value, before, after)
    check_demand(eta, pass_through)
    elasticity = np.broadcast_to(np.asarray(sigma, dtype=np.float64), (lines,))
    _check_sigma(elasticity)
    power = 1 - elasticity
    level = 1 + before
    logs = np.log1p(pass_through * ((after - before) / level))
    paid = value * level
    total = np.bincount(line, paid, lines)
    # The divisor alone: lines without trade then give zero over one instead of a warning.
    some = np.where(total > 0, total, 1.0)
    moved = paid * np.exp(power[line] * logs)
    index = np.where(total > 0, np.bincount(line, moved, lines) / some, 1.0)
    flat = np.abs(power) < COBB_DOUGLAS
    # The divisor is nearly zero for these lines, which the geometric mean below replaces.
    log_price = np.log(index) / np.where(flat, 1.0, power)
    if flat.any():
        mean = np.bincount(line, paid * logs, lines) / some
        log_price = np.where(flat, mean, log_price)
    spent = moved * np.exp((elasticity - eta) * log_price)[line]
    value_after = spent / (1 + after)
    # The limit of the other form as eta goes to one.
    growth = log_price if eta == 1 else np.expm1((1 - eta) * log_price) / (1 - eta)
    return Partial(
        line=line,
        value_before=value,
        value_after=value_after,
        duty_before=value * before,
        duty_static=value * after,
        duty_after=value_after * after,
        price=np.exp(log_price),
        loss=total * growth,
    )


def concentration(line: Places, value: Array, lines: int) -> Array:
    """(L,) Herfindahl index of origins in each line, 0 to 1; 0 for a line without trade."""
    total = np.bincount(line, value, lines)
    squares = np.bincount(line, value * value, lines)
    index: Array = np.divide(squares, total**2, out=np.zeros(lines), where=total > 0)
    return index


def _check(line: Places, value: Array, before: Array, after: Array) -> None:
    for name, cells in (("value", value), ("duty before", before), ("duty after", after)):
        if cells.shape != line.shape:
            raise ImpactError(f"{name} has the shape {cells.shape}, and line {line.shape}")
        wrong = np.flatnonzero(~(cells >= 0) | ~np.isfinite(cells))
        if len(wrong):
            at = int(wrong[0])
            raise ImpactError(
                f"{name} of cell {at}, line {int(line[at])}, is {float(cells[at]):g}: it "
                "must be 0 or above"
            )


def check_demand(eta: float, pass_through: float) -> None:
    """Refuse parameters of demand that are out of range.

    Raises:
        ImpactError: the message says what to write.
    """
    if not 0 <= pass_through <= 1:
        raise ImpactError(f"a pass-through of {pass_through:g} is none: write 0 to 1")
    if not (np.isfinite(eta) and eta >= 0):
        raise ImpactError(f"an eta of {eta:g} is none: write 0 or above, such as 1.2")


def _check_sigma(elasticity: Array) -> None:
    wrong = np.flatnonzero(~(elasticity > 0) | ~np.isfinite(elasticity))
    if len(wrong):
        place = int(wrong[0])
        raise ImpactError(f"sigma of line {place} is {elasticity[place]:g}: it must be above 0")
