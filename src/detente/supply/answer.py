"""A mineral, stage by stage, as an answer: shares, what is left without some countries, who builds.

Every figure carries its source, its year and its grade, and is the mineral's own. Those of the
groups that it is counted within (dysprosium within the heavy rare earths) stand apart.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import verdict, vouched
from detente.core.figures import rate
from detente.supply import needs
from detente.supply.question import (
    SupplyQuestion,
    check_year,
    countries_cut,
    stages_asked,
)
from detente.supply.rows import cited, figure_row, plain
from detente.supply.stage import Asked, stage_row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from detente.register.book import Register
    from detente.supply.tables import Figure, Mineral, Minerals

__all__ = ["SupplyQuestion", "answer_supply"]

MONTHS = 12
LISTS = {
    "reliance": ("reliance",),
    "import_shares": ("import-share", "import-share-value"),
    "stocks": ("stock",),
    "prices": ("price", "price-ratio"),
    "lead_times": ("lead-time",),
    "exports": ("exports",),
}
"""Figures beside those of the stages, by the kinds that each list has."""


def answer_supply(register: Register, tables: Minerals, asked: SupplyQuestion) -> dict[str, Any]:
    """The answer about a mineral; shares are fractions of one, quantities as printed.

    Args:
        register: knows the countries.
        tables: the figures.
        asked: the question.

    Raises:
        ValueError: there is no such mineral, stage, year or country; the message says which.
    """
    mineral = tables.named(asked.mineral)
    stages = stages_asked(tables, mineral, asked.stage)
    check_year(tables, mineral, asked.year)
    cut = countries_cut(register, asked.cut)
    understood = Asked(tables, tables.lineage(mineral), cut, asked)
    rows = [stage_row(understood, stage) for stage in stages]
    coverage = [each for row in rows for each in row["coverage"]]
    known = any(row["known"] for row in rows)
    return vouched(
        {
            "mineral": mineral.key,
            "name": mineral.name,
            "name_zh": mineral.name_zh,
            "within": [each.key for each in understood.lineage[1:]],
            "on": asked.on,
            "cut": ",".join(cut),
            "status": verdict("ok", "partly" if known else "unknown", coverage),
            "verdict": _verdict(rows, asked),
            "stages": rows,
            **{key: _lists(understood, [mineral], key) for key in LISTS},
            "inside_outside": _inside_outside(understood, mineral),
            "of_groups": [
                row for key in LISTS for row in _lists(understood, understood.lineage[1:], key)
            ],
            "coverage": coverage,
            "notes": _notes(understood),
        }
    )


def _verdict(rows: Iterable[dict[str, Any]], asked: SupplyQuestion) -> str | None:
    """Whether the need is met at every stage that was asked about; None where none was stated."""
    if asked.need is None:
        return None
    found = {row["covers"]["verdict"] for row in rows}
    if needs.NOT_MET in found:
        return needs.NOT_MET
    return needs.MET if found == {needs.MET} else needs.UNKNOWN


def _lists(asked: Asked, minerals: Iterable[Mineral], key: str) -> list[dict[str, Any]]:
    """The figures of a list, of some minerals."""
    question = asked.question
    told = _stock if key == "stocks" else figure_row
    return [
        told(asked.tables, figure)
        for mineral in minerals
        for figure in asked.tables.about(mineral.key)
        if figure.what in LISTS[key]
        and question.year in ("", figure.year)
        and (not question.stage or figure.stage in ("", question.stage))
    ]


def _stock(tables: Minerals, figure: Figure) -> dict[str, Any]:
    """A stock, and how many months of the country's use it is where that use is known."""
    use = [
        each
        for each in tables.about(figure.mineral, figure.stage)
        if each.what == "consumption"
        and each.country == figure.country
        and each.unit == figure.unit
    ]
    months = None
    if use and Fraction(use[-1].low):
        months = rate(Fraction(figure.low) / Fraction(use[-1].low) * MONTHS)
    return {**figure_row(tables, figure), "months": months}


def _inside_outside(asked: Asked, mineral: Mineral) -> list[dict[str, Any]]:
    """Prices of a year inside a country that is cut and outside it, and their ratio."""
    prices = [
        each
        for each in asked.tables.about(mineral.key)
        if each.what == "price" and asked.question.year in ("", each.year)
    ]
    rows = []
    for inside in prices:
        for outside in prices:
            same = (inside.year, inside.unit) == (outside.year, outside.unit)
            if inside.country in asked.cut and outside.country == "outside" and same:
                low = Fraction(outside.low) / Fraction(inside.high)
                high = Fraction(outside.high) / Fraction(inside.low)
                rows.append(
                    {
                        "year": inside.year,
                        "inside": [inside.low, inside.high],
                        "outside": [outside.low, outside.high],
                        "unit": inside.unit,
                        "ratio": [plain(round(low, 1)), plain(round(high, 1))],
                        "sources": cited(asked.tables, (inside, outside)),
                    }
                )
    return rows


def _notes(asked: Asked) -> list[str]:
    mineral, question = asked.lineage[0], asked.question
    notes = [mineral.note] if mineral.note else []
    notes.append(
        "A stage without a figure of its own is not known here; nothing is drawn between years, "
        "stages or minerals."
    )
    notes.append(
        "Announced capacity is what owners said; it is no forecast. Capacity of one stage needs "
        "the stages before it too."
    )
    if question.delay or question.success != 1:
        notes.append(
            f"As asked: projects that do not produce yet come {question.delay} years late, and "
            f"{rate(question.success)} of them come."
        )
    notes.append("A planning aid, not legal advice.")
    return notes
