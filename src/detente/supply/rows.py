"""Figures, projects and years of a mineral as rows of an answer, each with its source and grade."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.core.figures import rate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers import supply as typed
    from detente.supply.capacity import Outlook
    from detente.supply.carry import Left
    from detente.supply.projects import Project
    from detente.supply.shares import Year
    from detente.supply.tables import MineralFlow, Minerals, PublishedFigure


def noted(figures: Iterable[PublishedFigure]) -> str:
    """What some figures say of themselves, each thing once."""
    parts = (part for each in figures for part in each.note.split("; ") if part)
    return "; ".join(dict.fromkeys(parts))


def year_row(tables: Minerals, year: Year) -> typed.MakersOfYear:
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
        "note": noted(year.figures),
        "other_editions": [_edition(tables, year, other) for other in year.others],
    }


def _edition(tables: Minerals, leading: Year, other: Year) -> typed.OtherEdition:
    """Another edition of a year: its own shares, and the countries on which the two differ."""
    countries = dict.fromkeys((*leading.shares, *other.shares))
    return {
        "total": None if other.total is None else plain(other.total),
        "unit": other.unit,
        "shares": {country: rate(share) for country, share in other.shares.items()},
        "rest": rate(other.rest),
        "sources": cited(tables, other.figures),
        "grade": weakest(other.figures),
        "differs": [
            row
            for country in countries
            if (row := _difference(leading, other, country)) is not None
        ],
    }


def _difference(leading: Year, other: Year, country: str) -> typed.EditionDifference | None:
    """What two editions say of one country, where both give a quantity and it is not the same."""
    here, there = leading.made_by(country), other.made_by(country)
    if leading.unit != other.unit or here is None or there is None or here == there:
        return None
    times = None if not min(here, there) else rate(round(max(here, there) / min(here, there), 1))
    return {"country": country, "here": plain(here), "there": plain(there), "times": times}


def flow_row(tables: Minerals, flow: MineralFlow) -> typed.MineralFlowRow:
    """A flow from one country to another; tonnes only where the source gives a weight."""
    weighed = flow.measure == "quantity"
    return {
        "mineral": flow.mineral,
        "stage": flow.stage,
        "from": flow.start,
        "to": flow.end,
        "into": flow.into,
        "form": flow.form,
        "year": flow.year or None,
        "tonnes": flow.low if weighed and flow.unit.startswith("t") else None,
        "amount": [flow.low, flow.high] if flow.low else [None, None],
        "unit": flow.unit,
        "measure": flow.measure,
        "source": tables.sources[flow.source].citation,
        "url": tables.sources[flow.source].url or None,
        "published": flow.published or None,
        "grade": flow.grade,
        "note": flow.note,
    }


def concentration(year: Year) -> typed.Concentration:
    """The Herfindahl-Hirschman index between its ends, and the largest maker."""
    low, high = year.concentration()
    country, share = next(iter(year.shares.items()))
    return {
        "year": year.year,
        "hhi": [str(round(low)), str(round(high))],
        "largest": {"country": country, "share": rate(share)},
    }


def left_row(year: Year, cut: tuple[str, ...]) -> typed.LeftWithout:
    """What is left of the world without some countries, and which of them no figure names."""
    left = year.left_without(cut)
    return {
        "year": year.year,
        "without": ",".join(cut),
        "share": [rate(left[0]), rate(left[1])],
        "not_named": year.unnamed(cut),
    }


def carried_row(left: Left) -> typed.CarriedDown:
    """What the cut leaves at a stage once it is carried down from the stages before it."""
    return {
        "share": [rate(left.low), rate(left.high)],
        "limited_by": left.limit,
        "unknown_stages": list(left.unknown),
    }


def capacity_row(tables: Minerals, ahead: Outlook) -> typed.CapacityOutside:
    """Announced capacity by year, and the projects behind it."""
    return {
        "unit": ahead.unit,
        "years": [
            {
                "year": str(year),
                "announced": plain(round(announced, 1)),
                "expected": plain(round(likely, 1)),
            }
            for year, announced, likely in ahead.by_year
        ],
        "projects": [
            {
                **project_row(tables, each.project),
                "counts_from": str(each.start),
                "full_from": str(each.full),
            }
            for each in ahead.counted
        ],
        "not_counted": [
            {**project_row(tables, project), "why": why} for project, why in ahead.uncounted
        ],
    }


def figure_row(tables: Minerals, figure: PublishedFigure) -> typed.MineralFigure:
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


def project_row(tables: Minerals, project: Project) -> typed.MineralProject:
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
        "offtake": project.offtake or None,
        "known_from": project.known_from or None,
        "status_on": project.status_on or None,
        "states": [
            {
                "on": each.on,
                "state": each.state,
                "source": tables.sources[each.source].citation,
                "grade": each.grade,
                "note": each.note,
            }
            for each in project.states
        ],
        "source": tables.sources[project.source].citation,
        "grade": project.grade,
        "note": project.note,
    }


def cited(tables: Minerals, figures: Iterable[PublishedFigure]) -> list[str]:
    """The sources of figures, each once."""
    return list(dict.fromkeys(tables.sources[each.source].citation for each in figures))


def weakest(figures: Iterable[PublishedFigure]) -> str:
    """The weakest grade of figures that are used together."""
    order = ("primary", "secondary", "background")
    return max((each.grade for each in figures), key=order.index)


def plain(amount: Fraction) -> str:
    """A quantity without a fraction where it has none, else to six places."""
    return rate(amount)
