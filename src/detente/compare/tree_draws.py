"""Draws over branch, elasticity and pass-through: the duty when buyers and sellers respond.

    r = 1 + p x ((1 + t) / (1 + t0) - 1)      price with duty, after over before
    q = r ^ (-e)                              quantity, after over before
    duty = value x (r x (1 + t0) / (1 + t)) x q x t

with t the rate in the branch, t0 the one on the day before the first fork, p the part of the
change that the buyer bears, e the elasticity of demand for these goods. With e = 0 and p = 1 it is
value x t. The same seed gives the same draws.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.scenario.forks import Spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.answers.comparisons import DrawnDuty, TreeDraws
    from detente.compare.tree_duties import Duties, TreeShipment
    from detente.scenario.forks import Leaf, Tree

    Column = NDArray[np.float64]

INSTALL = 'draws need numpy: pip install "detente[impact]"'
MOST = 10_000_000
QUANTILES = (0.1, 0.5, 0.9)


def draw(
    tree: Tree,
    ways: Sequence[Leaf],
    shipment: TreeShipment,
    base: Duties,
    table: Sequence[Duties],
    count: int,
    seed: int,
) -> TreeDraws:
    """The duty by day of arrival over draws.

    Args:
        tree: with the user's distributions; what it does not give stands at e = 0 and p = 1.
        ways: the ways through it.
        shipment: the goods with their values.
        base: duties on the day before the first fork.
        table: duties by day of arrival.
        count: how many draws.
        seed: of the generator.

    Raises:
        ValueError: numpy is missing, or there are more draws than can be held.
    """
    try:
        import numpy as np
    except ImportError:
        raise ValueError(INSTALL) from None
    if count > MOST:
        raise ValueError(f"--draws takes at most {MOST:,}")
    source = np.random.default_rng(seed)
    edges = np.cumsum([float(way.probability) for way in ways])
    # Scaled to the last edge, since probabilities as floats may add up to a hair less than one.
    way = np.searchsorted(edges, source.random(count) * edges[-1], side="right")
    way = np.minimum(way, len(ways) - 1)
    elasticity = _drawn(source, tree.elasticity, Fraction(0), count)
    pass_through = _drawn(source, tree.pass_through, Fraction(1), count)
    drawn = _Drawn(way, elasticity, pass_through)
    taken = {int(each) for each in np.unique(way)}
    rows = [_of_day(row, base, shipment, drawn, taken) for row in table]
    return {
        "count": count,
        "seed": seed,
        "elasticity": _words(tree.elasticity, "0 (not given: quantities stay)"),
        "pass_through": _words(tree.pass_through, "1 (not given: buyers bear the duty)"),
        "distribution": rows,
    }


class _Drawn(NamedTuple):
    """What was drawn: of each draw a way, an elasticity and what the buyer bears."""

    way: Column
    elasticity: Column
    pass_through: Column


def _of_day(
    row: Duties, base: Duties, shipment: TreeShipment, drawn: _Drawn, taken: Collection[int]
) -> DrawnDuty:
    """The duty of an arrival over draws; None where it is not known on a way that was taken.

    Args:
        row: duties of the arrival.
        base: duties on the day before the first fork.
        shipment: the goods with their values.
        drawn: what was drawn.
        taken: the ways among that.
    """
    import numpy as np

    if any(None in day.shares[at] for day in (base, row) for at in taken):
        return {
            "arrive": row.arrive,
            "mean": None,
            "p10": None,
            "p50": None,
            "p90": None,
            "standard_error": None,
            "quantity": None,
        }
    values = [float(each) for each in shipment.values]
    money = shipment.entry_value is not None
    count = len(drawn.way)
    duty, bought = np.zeros(count), np.zeros(count)
    for at, value in enumerate(values):
        old, new = (
            np.array([float(shares[at] or 0) for shares in day.shares])[drawn.way]
            for day in (base, row)
        )
        quantity, owed = respond(old, new, drawn.elasticity, drawn.pass_through)
        duty += value * owed
        bought += value * quantity
    p10, p50, p90 = (
        _text(float(np.quantile(duty, part, method="inverted_cdf")), money) for part in QUANTILES
    )
    return {
        "arrive": row.arrive,
        "mean": _text(float(duty.mean()), money),
        "p10": p10,
        "p50": p50,
        "p90": p90,
        "standard_error": _text(float(duty.std() / count**0.5), money),
        "quantity": f"{float(bought.mean()) / sum(values):.6f}",
    }


def respond(old: Column, new: Column, elasticity: Column, borne: Column) -> tuple[Column, Column]:
    """Quantities and duties, after over before, of goods worth one at the old rate.

    Args:
        old: rates before, as shares of the value; shape of the draws.
        new: rates after.
        elasticity: of demand, from 0.
        borne: the part of the change that the buyer bears, 0 to 1.

    Returns:
        The quantity, and the duty as a share of the value before.
    """
    price = 1 + borne * ((1 + new) / (1 + old) - 1)
    quantity: Column = price**-elasticity
    duty: Column = price * (1 + old) / (1 + new) * quantity * new
    return quantity, duty


def _drawn(
    source: np.random.Generator, spread: Spread | None, default: Fraction, count: int
) -> Column:
    import numpy as np

    if spread is None or spread.shape == "fixed":
        return np.full(count, float(default if spread is None else spread.numbers[0]))
    numbers = [float(each) for each in spread.numbers]
    if spread.shape == "sample":
        return np.array(numbers)[source.integers(0, len(numbers), count)]
    if numbers[0] == numbers[-1]:
        return np.full(count, numbers[0])
    if spread.shape == "uniform":
        return source.uniform(numbers[0], numbers[1], count)
    return source.triangular(numbers[0], numbers[1], numbers[2], count)


def _text(value: float, money: bool) -> str:
    return f"{value:.2f}" if money else f"{value:.6f}"


def _words(spread: Spread | None, default: str) -> str:
    if spread is None:
        return default
    return f"{spread.shape} {', '.join(str(float(each)) for each in spread.numbers)}"
