"""How critical a stage is by published methods, as far as their inputs are open.

    HHI     = sum of squared shares of makers                              0 to 10,000
    US      = (disruption potential x trade exposure x economic vulnerability)^(1/3)
    EU      = supply risk: HHI weighted by governance, import reliance, recycling, substitution

The index of the United States (Geological Survey) weighs makers by their ability and willingness to
supply, that of the European Union by governance indicators and by where the Union itself buys.
Neither set of weights is held, so neither index is computed: the parts that are open are given, and
what is missing is named. Nothing stands in for it.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate
from detente.supply.rows import concentration

if TYPE_CHECKING:
    from typing import Any

    from detente.supply.shares import Year
    from detente.supply.tables import Figure, Minerals

HUNDRED = 100
US_MISSING = (
    "weights of makers by ability and willingness to supply",
    "value added of all users over their operating profit",
)
EU_MISSING = (
    "governance indicators of makers",
    "where the Union itself buys",
    "import reliance of the Union",
    "substitution index",
)


def criticality(tables: Minerals, mineral: str, stage: str, latest: Year | None) -> dict[str, Any]:
    """The parts of both indices that are open for a stage, and what is missing of each.

    Args:
        tables: the figures.
        mineral: its key.
        stage: its key.
        latest: shares of the latest year; None where there are none.
    """
    figures = tables.about(mineral)
    reliance = _latest(figures, "reliance")
    recycled = _recycled(figures, stage)
    hhi = None if latest is None else concentration(latest)["hhi"]
    return {
        "hhi": hhi,
        "us": {
            "index": None,
            "trade_exposure": None if reliance is None else _ends(reliance),
            "disruption_potential": None,
            "economic_vulnerability": None,
            "missing": list(US_MISSING),
        },
        "eu": {
            "supply_risk": None,
            "recycled_in_use_us": recycled,
            "missing": list(EU_MISSING),
        },
    }


def _latest(figures: list[Figure], what: str) -> Figure | None:
    found = [each for each in figures if each.what == what and each.country == "US"]
    return max(found, key=lambda each: each.year, default=None)


def _ends(figure: Figure) -> list[str | None]:
    """A share of a hundred as fractions of one; its upper end is the whole where none is told."""
    low = rate(Fraction(figure.low) / HUNDRED)
    return [low, rate(Fraction(figure.high) / HUNDRED) if figure.high else "1"]


def _recycled(figures: list[Figure], stage: str) -> str | None:
    """What part of the use of the United States is made from scrap, in the latest year of both."""
    use = {each.year: each for each in figures
           if each.what == "consumption" and each.stage == stage}  # fmt: skip
    scrap: dict[str, Fraction] = {}
    for each in figures:
        same = each.stage == stage and each.year in use and each.unit == use[each.year].unit
        if each.what == "recycling" and same:
            scrap[each.year] = scrap.get(each.year, Fraction(0)) + Fraction(each.low)
    if not scrap:
        return None
    year = max(scrap)
    whole = Fraction(use[year].low)
    return rate(scrap[year] / whole) if whole else None
