"""How critical a stage is by published methods, as far as their inputs are open.

    HHI = sum of squared shares of makers                                        0 to 10,000
    US  = (disruption potential x trade exposure x economic vulnerability)^(1/3)   0 to 1
          disruption potential = sum over other countries of share^2 x ability x willingness
    EU  = supply risk = (global x reliance/2 + sourcing x (1 - reliance/2))
                        x (1 - recycled) x substitution                          global, 0 to 10
          global = sum over makers of share^2 x governance x trade

The index of the United States (Nassar and others, Science Advances 2020, for the Geological Survey)
weighs makers by their ability and willingness to supply, that of the European Union by governance
indicators and by where the Union itself buys. Neither set of weights is held, so neither index is
computed. What is open has ends: a weight lies between nothing and its largest value, so that the
squared shares bound the parts, and where trade exposure is held the index of the United States has
an upper end. What is missing is named, and nothing stands in for it.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate
from detente.supply.rows import concentration

if TYPE_CHECKING:
    from detente.answers import supply as typed
    from detente.supply.shares import Year
    from detente.supply.tables import Minerals, PublishedFigure

HUNDRED = 100
GOVERNANCE = 10
"""The worst governance on the scale of the European Union's method."""
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


def criticality(
    tables: Minerals, mineral: str, stage: str, latest: Year | None
) -> typed.Criticality:
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
    exposed = None if reliance is None else _ends(reliance)
    foreign = None if latest is None else _squares(latest, without="US")
    most = None if foreign is None or exposed is None else foreign * Fraction(str(exposed[1]))
    return {
        "hhi": hhi,
        "us": {
            "index": None,
            "index_at_most": None if most is None else f"{float(most) ** (1 / 3):.3f}",
            "trade_exposure": exposed,
            "disruption_potential": None,
            "disruption_potential_at_most": None if foreign is None else f"{float(foreign):.4f}",
            "economic_vulnerability": None,
            "missing": list(US_MISSING),
        },
        "eu": {
            "supply_risk": None,
            "global_part_at_most": None
            if latest is None
            else f"{float(GOVERNANCE * _squares(latest)):.2f}",
            "recycled_in_use_us": recycled,
            "missing": list(EU_MISSING),
        },
    }


def _squares(year: Year, without: str = "") -> Fraction:
    """The sum of squared shares at most: what no country is named for may be one country's."""
    named = (share for country, share in year.shares.items() if country != without)
    return sum((share * share for share in named), Fraction(0)) + year.rest * year.rest


def _latest(figures: list[PublishedFigure], what: str) -> PublishedFigure | None:
    found = [each for each in figures if each.what == what and each.country == "US"]
    return max(found, key=lambda each: each.year, default=None)


def _ends(figure: PublishedFigure) -> list[str | None]:
    """A share of a hundred as fractions of one; its upper end is the whole where none is told."""
    low = rate(Fraction(figure.low) / HUNDRED)
    return [low, rate(Fraction(figure.high) / HUNDRED) if figure.high else "1"]


def _recycled(figures: list[PublishedFigure], stage: str) -> str | None:
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
