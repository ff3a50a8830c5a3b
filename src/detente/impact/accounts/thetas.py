"""Trade elasticities of a world from another source than its own: means over products, with errors.

    theta(sector) = sum over its divisions of products x theta / sum of products
    error(sector) = square root of sum over them of (products x error)^2 / sum of products

A sector without goods keeps the world's own elasticity.
"""

from __future__ import annotations

from array import array

import numpy as np

from detente.impact.accounts.layout import find_layout, has_layout
from detente.impact.accounts.sheets import ERRORS, DataSheet, built_in_rows, errors_of
from detente.impact.accounts.worlds import ModelWorld
from detente.impact.errors import ImpactError

OWN, PROTEE = "own", "protee"
SOURCES = (OWN, PROTEE)
TABLE = "theta-protee"
NOTE = (
    "Elasticities of {count} sectors with goods are means of ProTEE over the subheadings of their "
    "divisions ({products:,} products), less one; the band is of the error of that mean, which "
    "says how far products differ, since none is published. The others are the world's own."
)


def with_thetas(world: ModelWorld, source: str) -> tuple[ModelWorld, tuple[str, ...]]:
    """A world with the elasticities of a source, and what is to be said of them.

    Args:
        world: as its data have it.
        source: ``own`` for its own, or ``protee``.

    Raises:
        ImpactError: there is no such source, or the world's sectors have no divisions.
    """
    if source == OWN:
        return world, ()
    if source != PROTEE:
        raise ImpactError(
            f"{source!r} is not a source of elasticities: write {' or '.join(SOURCES)}"
        )
    if not has_layout(world.name):
        raise ImpactError(
            f"{world.name} says of no sector which divisions it has: its own elasticities alone "
            "can be used"
        )
    layout = find_layout(world.name)
    known = _by_division(layout.classification)
    theta = world.economy.theta.copy()
    rows, counted, products = [], 0, 0
    held = errors_of(world.sheets)
    for at, sector in enumerate(world.economy.sectors):
        own = [known[each] for each in layout.sectors.get(sector, ()) if each in known]
        if not own:
            rows.append(held.get(sector, (float(theta[at]), 0.0, float(theta[at]))))
            continue
        weights = np.array([row[3] for row in own])
        theta[at] = (weights * [row[0] for row in own]).sum() / weights.sum()
        error = np.sqrt(((weights * [row[1] for row in own]) ** 2).sum()) / weights.sum()
        rows.append((float(theta[at]), float(error), own[0][2]))
        counted, products = counted + 1, products + int(weights.sum())
    sheet = DataSheet(
        "ProTEE",
        ERRORS,
        tuple((sector,) for sector in world.economy.sectors),
        array("d", [cell for row in rows for cell in row]),
    )
    changed = world._replace(
        economy=world.economy._replace(theta=theta),
        sheets={**world.sheets, "errors": sheet},
        # Draws of the world are of its own elasticities, which are replaced.
        draws=None,
    )
    return changed, (NOTE.format(count=counted, products=products),)


def _by_division(classification: str) -> dict[str, tuple[float, float, float, float]]:
    """Elasticity, error, least draw and number of products by division.

    Raises:
        ImpactError: the compiled data lack them.
    """
    return {
        row["division"]: (
            float(row["theta"]),
            float(row["error"]),
            float(row["least"]),
            float(row["products"]),
        )
        for row in built_in_rows(TABLE)
        if row["classification"] == classification
    }
