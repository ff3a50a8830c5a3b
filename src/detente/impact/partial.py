"""Imports and duty line by line, where the rest of the economy stands still.

    p(i)  = (1 + pass x (1 + t1(i)) / (1 + t0(i)) - pass)      price at the border with duty, ratio
    P     = ( sum over i of s(i) p(i)^(1 - sigma) )^(1/(1 - sigma))           price of the line
    X(i)  = s(i) X p(i)^(1 - sigma) P^(sigma - eta)              spending with duty after
    V(i)  = X(i) / (1 + t1(i))                                   customs value after

s are shares of origins in spending with duty before, sigma the elasticity between origins, eta the
elasticity of the demand for the line. The form is exact, not a tangent: at fifty points of duty the
two are far apart. With a pass-through of one the seller's price stands (Amiti, Redding, Weinstein
2019; Fajgelbaum and others 2020); below one the seller gives way by the rest.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detente._shapes import NamedTuple
from detente.impact.economy import Array
from detente.impact.errors import ImpactError


class Partial(NamedTuple):
    """Imports of lines (L) from partners (N); static figures stand beside behavioural ones.

    Attributes:
        value_before: (L, N) customs value.
        value_after: (L, N) customs value with behaviour.
        duty_before: (L, N) duty.
        duty_static: (L, N) duty on the value before.
        duty_after: (L, N) duty with behaviour.
        price: (L,) ratio of the price of the line, duty included.
    """

    value_before: Array
    value_after: Array
    duty_before: Array
    duty_static: Array
    duty_after: Array
    price: Array

    @property
    def diversion(self) -> Array:
        """(N,) by how much imports from each partner rise or fall."""
        change: Array = (self.value_after - self.value_before).sum(axis=0)
        return change


def respond(
    value: Array,
    before: Array,
    after: Array,
    sigma: Array | float,
    eta: float,
    pass_through: float = 1.0,
) -> Partial:
    """Imports after a change of duty.

    Args:
        value: (L, N) customs value before.
        before: (L, N) ad valorem duty before, fractions.
        after: (L, N) ad valorem duty after.
        sigma: (L,) or one elasticity between origins, above 0 and not 1.
        eta: elasticity of demand for the line, 0 or above.
        pass_through: part of the change of duty that reaches the buyer's price, 0 to 1.

    Raises:
        ImpactError: a number is out of range; the message names line and partner by their places.
    """
    _check(value, before, after, pass_through, eta)
    elasticity = np.broadcast_to(np.asarray(sigma, dtype=np.float64), value.shape[:1])
    if not (np.isfinite(elasticity) & (elasticity > 0) & (elasticity != 1)).all():
        place = int(np.argwhere(~((elasticity > 0) & (elasticity != 1)))[0, 0])
        raise ImpactError(f"sigma of line {place} is {elasticity[place]:g}: above 0, and not 1")
    power = 1 - elasticity
    ratio = (1 + after) / (1 + before)
    ratio = 1 + pass_through * (ratio - 1)
    paid = value * (1 + before)
    total = paid.sum(axis=1)
    moved = paid * np.exp(power[:, None] * np.log(ratio))
    index = np.divide(moved.sum(axis=1), total, out=np.ones_like(total), where=total > 0)
    price = np.exp(np.log(index) / power)
    spent = moved * np.exp((elasticity - eta) * np.log(price))[:, None]
    value_after = spent / (1 + after)
    return Partial(
        value_before=value,
        value_after=value_after,
        duty_before=value * before,
        duty_static=value * after,
        duty_after=value_after * after,
        price=price,
    )


def sigma_by_line(codes: tuple[str, ...], table: dict[str, float]) -> tuple[Array, Array]:
    """(L,) elasticities of lines, and (L,) 1 where the table has one, 0 where its median serves.

    The longest key that a code begins with decides; keys may have any number of digits.

    Raises:
        ImpactError: the table is empty.
    """
    if not table:
        raise ImpactError("a table of elasticities without a row serves no line")
    median = float(np.median(list(table.values())))
    lengths = sorted({len(key) for key in table}, reverse=True)
    found = np.empty(len(codes))
    known = np.ones(len(codes))
    for place, code in enumerate(codes):
        key = next((code[:size] for size in lengths if code[:size] in table), None)
        found[place] = median if key is None else table[key]
        known[place] = 0 if key is None else 1
    return found, known


def _check(value: Array, before: Array, after: Array, pass_through: float, eta: float) -> None:
    wrong: dict[str, tuple[Array, npt.NDArray[np.bool_]]] = {
        "value": (value, ~(value >= 0)),
        "duty before": (before, ~(before >= 0)),
        "duty after": (after, ~(after >= 0)),
    }
    for name, (cells, bad) in wrong.items():
        if cells.shape != value.shape:
            raise ImpactError(f"{name} has the shape {cells.shape}, and value {value.shape}")
        spots = np.argwhere(bad | ~np.isfinite(cells))
        if len(spots):
            line, partner = (int(each) for each in spots[0])
            raise ImpactError(
                f"{name} of line {line}, partner {partner} is {float(cells[line, partner]):g}: "
                "it must be 0 or above"
            )
    if not 0 <= pass_through <= 1:
        raise ImpactError(f"a pass-through of {pass_through:g} is none: write 0 to 1")
    if not (np.isfinite(eta) and eta >= 0):
        raise ImpactError(f"an eta of {eta:g} is none: write 0 or above, such as 1.2")
