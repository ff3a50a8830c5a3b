"""Figures, projects and years of a mineral as rows of an answer, each with its source and grade."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from detente.supply.capacity import Outlook
    from detente.supply.shares import Year
    from detente.supply.tables import Figure, Minerals, Project


def year_row(tables: Minerals, year: Year) -> dict[str, Any]:
    """Shares of a year, with what no country is named for."""
    return {
        "year": year.year,
        "total": None if year.total is None else plain(year.total),
        "unit": year.unit,
        "shares": {country: rate(share) for country, share in year.shares.items()},
        "rest": rate(year.rest),
        "estimated": any(each.estimated for each in year.figures),
        "sources": cited(tables, year.figures),
        "grade": weakest(year.figures),
        "note": "; ".join(dict.fromkeys(each.note for each in year.figures if each.note)),
    }


def concentration(year: Year) -> dict[str, Any]:
    """The Herfindahl-Hirschman index between its ends, and the largest maker."""
    low, high = year.concentration()
    country, share = next(iter(year.shares.items()))
    return {
        "year": year.year,
        "hhi": [str(round(low)), str(round(high))],
        "largest": {"country": country, "share": rate(share)},
    }


def left_row(year: Year, cut: tuple[str, ...]) -> dict[str, Any]:
    """What is left of the world without some countries, and which of them no figure names."""
    left = year.left_without(cut)
    return {
        "year": year.year,
        "without": ",".join(cut),
        "share": [rate(left[0]), rate(left[1])],
        "not_named": year.unnamed(cut),
    }


def capacity_row(tables: Minerals, ahead: Outlook) -> dict[str, Any]:
    """Announced capacity by year, and the projects behind it."""
    return {
        "unit": ahead.unit,
        "years": [
            {"year": str(year), "announced": plain(announced), "expected": plain(likely)}
            for year, announced, likely in ahead.by_year
        ],
        "projects": [
            {**project_row(tables, project), "counts_from": str(year)}
            for project, year in ahead.counted
        ],
        "not_counted": [
            {**project_row(tables, project), "why": why} for project, why in ahead.uncounted
        ],
    }


def figure_row(tables: Minerals, figure: Figure) -> dict[str, Any]:
    """One published figure."""
    return {
        "mineral": figure.mineral,
        "stage": figure.stage or None,
        "what": figure.what,
        "country": figure.country,
        "of": figure.of,
        "year": figure.year,
        "value": [figure.low, figure.high or None],
        "unit": figure.unit,
        "estimated": figure.estimated,
        "source": tables.sources[figure.source].citation,
        "url": tables.sources[figure.source].url or None,
        "grade": figure.grade,
        "note": figure.note,
    }


def project_row(tables: Minerals, project: Project) -> dict[str, Any]:
    """A plant or mine."""
    return {
        "project": project.name,
        "owner": project.owner,
        "country": project.country,
        "minerals": list(project.minerals),
        "capacity": project.capacity or None,
        "unit": project.unit,
        "first_output": project.first_output or None,
        "full_rate": project.full_rate or None,
        "status": project.status,
        "support": project.support,
        "source": tables.sources[project.source].citation,
        "grade": project.grade,
        "note": project.note,
    }


def cited(tables: Minerals, figures: Iterable[Figure]) -> list[str]:
    """The sources of figures, each once."""
    return list(dict.fromkeys(tables.sources[each.source].citation for each in figures))


def weakest(figures: Iterable[Figure]) -> str:
    """The weakest grade of figures that are used together."""
    order = ("primary", "secondary", "background")
    return max((each.grade for each in figures), key=order.index)


def plain(amount: Fraction) -> str:
    """A quantity without a fraction where it has none, else to six places."""
    text = rate(amount)
    assert text is not None
    return text
