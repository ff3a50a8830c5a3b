"""What a mineral is used for: parts of the world's use by sector, and industries that use it.

Parts are sums of one agency's table in one year, and stand only where the whole is told too. What
the industries of the United States use is an assumption of ours, and says so by its grade.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate
from detente.supply.in_hand import PART_USE, WHOLE_USE

if TYPE_CHECKING:
    from detente.answers import supply as typed
    from detente.supply.tables import Minerals, PublishedFigure

OTHER_USES = "other uses"


def uses(tables: Minerals, mineral: str) -> list[typed.MineralUse]:
    """Uses of a mineral with their share, the world's of the base year first."""
    figures = [each for each in tables.about(mineral) if each.what == "demand" and not each.note]
    rows = [
        _sector(tables, whole, part)
        for whole in figures
        if whole.of == WHOLE_USE
        for part in figures
        if part.of not in (WHOLE_USE, PART_USE)
        and (part.stage, part.year, part.unit) == (whole.stage, whole.year, whole.unit)
    ]
    rows.sort(key=lambda row: (row["sector"] == OTHER_USES, -float(row["share"] or 0)))
    return rows + [
        {
            "whose": "US",
            "sector": each.name,
            "code": each.code,
            "share": each.share_of_use,
            "year": None,
            "intensity": each.cost_share,
            "source": each.value_how,
            "grade": each.grade,
        }
        for each in tables.users
        if each.mineral == mineral
    ]


def _sector(tables: Minerals, whole: PublishedFigure, part: PublishedFigure) -> typed.MineralUse:
    return {
        "whose": part.country,
        "sector": part.of,
        "code": None,
        "share": rate(Fraction(part.low) / Fraction(whole.low)),
        "year": part.year,
        "intensity": None,
        "source": tables.sources[part.source].citation,
        "grade": part.grade,
    }
