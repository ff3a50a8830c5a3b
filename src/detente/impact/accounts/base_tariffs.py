"""Tariffs of a world's own year, as far as in hand: those that the United States collected.

    tariff(j, USA, i) = sum over divisions of j: duty / sum of value, on goods of i

China has its own; all other partners share one, which is too high for those with a free-trade
agreement and too low for the rest. All other importers have none in hand and count as zero. The
ordinary part, on top of which the register's additional duties stand, is what was collected in the
last year of which the table says that ordinary duties were charged alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.accounts.sheets import built_in_text
from detente.impact.economy import Array

TABLE = "base-tariffs"
IMPORTER, CHINA, OTHERS = "US", "CN", "others"


class BaseTariffs(NamedTuple):
    """Tariffs of a world's year.

    Attributes:
        tariff: (J, N, N) fractions, by sector, importer and exporter.
        ordinary: (J, N, N) of them the ordinary part.
        note: what they are.
    """

    tariff: Array
    ordinary: Array
    note: str


def base_tariffs(
    year: str,
    countries: Mapping[str, Sequence[str]],
    sectors: Mapping[str, Sequence[str]],
    text: str | None = None,
) -> BaseTariffs | None:
    """The tariffs of a year, or None where none of that year are in hand.

    Args:
        year: of the world.
        countries: its countries, with the ISO codes that each stands for.
        sectors: its sectors, with their divisions of ISIC Rev. 4.
        text: the table; the compiled one where it is left out.
    """
    table = built_in_text(TABLE) if text is None else text
    rows = list(csv.DictReader((table or "").splitlines(), delimiter="\t"))
    importer = _place(countries, IMPORTER)
    if importer is None or year not in {row["year"] for row in rows}:
        return None
    alone = [row["year"] for row in rows if row["ordinary_alone"] and row["year"] <= year]
    ordinary = max(alone, default=year)
    of_year, before = (
        _cube([row for row in rows if row["year"] == one], countries, sectors, importer)
        for one in (year, ordinary)
    )
    return BaseTariffs(
        of_year,
        # The ordinary part cannot exceed all that was collected, even where duties fell since.
        np.minimum(before, of_year),
        f"Tariffs of the base are those that the United States collected in {year}, by sector, on "
        f"goods of China and on those of all others together (ordinary ones as in {ordinary}); "
        "those of all other importers are not in hand and count as zero.",
    )


def _place(countries: Mapping[str, Sequence[str]], iso: str) -> int | None:
    found = (at for at, codes in enumerate(countries.values()) if iso in codes)
    return next(found, None)


def _cube(
    rows: Iterable[Mapping[str, str]],
    countries: Mapping[str, Sequence[str]],
    sectors: Mapping[str, Sequence[str]],
    importer: int,
) -> Array:
    """(J, N, N) tariffs of one importer."""
    found = np.zeros((len(sectors), len(countries), len(countries)))
    sums: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        both = sums.setdefault((row["division"], row["partner"]), [0.0, 0.0])
        both[0] += float(row["value"])
        both[1] += float(row["duty"])
    china = _place(countries, CHINA)
    for at, divisions in enumerate(sectors.values()):
        for partner in (CHINA, OTHERS):
            parts = [sums[each, partner] for each in divisions if (each, partner) in sums]
            value, duty = (sum(part[side] for part in parts) for side in (0, 1))
            rate = duty / value if value else 0.0
            if partner == CHINA and china is not None:
                found[at, importer, china] = rate
            if partner == OTHERS:
                places = [n for n in range(len(countries)) if n not in (importer, china)]
                found[at, importer, places] = rate
    return found
