"""A mineral, stage by stage, as an answer: shares, what is left without a country, who else builds.

Every figure carries its source, its year and its grade. A stage without a figure is answered as
not known; figures of what a mineral is counted within (dysprosium within heavy rare earths) are
shown as those of the wider group and never as its own.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.figures import rate
from detente.supply.capacity import Outlook, outlook
from detente.supply.shares import Year, years_of
from detente.supply.tables import Figure, Mineral, Minerals, Project, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

YEARS_SHOWN = 8
"""How many years ahead capacity is shown."""

MONTHS = 12


class SupplyQuestion(NamedTuple):
    """What is asked of a mineral.

    Attributes:
        mineral: a key, name, symbol or Chinese name.
        on: the ISO day from which years ahead are counted.
        stage: one stage alone; "" for all.
        cut: the country without which the answer is reckoned.
        year: figures of one year alone; "" for all.
        need: a quantity a year, in the unit of the stage's projects; None for none.
        delay: years by which projects that do not produce yet are late.
        success: the part of those projects that is expected to come.
        within: months for the test whether the need is covered in time; None for no test.
    """

    mineral: str
    on: str
    stage: str = ""
    cut: str = "CN"
    year: str = ""
    need: Fraction | None = None
    delay: int = 0
    success: Fraction = Fraction(1)
    within: int | None = None


def answer_supply(tables: Minerals, asked: SupplyQuestion) -> dict[str, Any]:
    """The answer about a mineral; shares are fractions of one, quantities as printed.

    Raises:
        ValueError: there is no such mineral, stage or year; the message says which there are.
    """
    mineral = tables.named(asked.mineral)
    stages = tables.stages[mineral.key]
    if asked.stage:
        chosen = [stage for stage in stages if stage.key == asked.stage]
        if not chosen:
            names = ", ".join(stage.key for stage in stages)
            raise ValueError(f"no stage {asked.stage!r} of {mineral.name}: write one of {names}")
        stages = chosen
    _check_year(tables, mineral, asked.year)
    lineage = tables.lineage(mineral)
    return {
        "mineral": mineral.key,
        "name": mineral.name,
        "name_zh": mineral.name_zh,
        "within": [each.key for each in lineage[1:]],
        "on": asked.on,
        "cut": asked.cut,
        "stages": [_stage(tables, lineage, stage, asked) for stage in stages],
        "reliance": _shown(tables, lineage, ("reliance",), asked),
        "import_shares": _shown(tables, lineage, ("import-share", "import-share-value"), asked),
        "stocks": [_stock(tables, each) for each in _of(tables, lineage, ("stock",), asked)],
        "prices": _shown(tables, lineage, ("price", "price-ratio"), asked),
        "inside_outside": _inside_outside(tables, mineral, asked),
        "lead_times": _shown(tables, lineage, ("lead-time",), asked),
        "exports": _shown(tables, lineage, ("exports",), asked),
        "notes": _notes(mineral, asked),
    }


def _check_year(tables: Minerals, mineral: Mineral, year: str) -> None:
    known = sorted(
        {each.year for line in tables.lineage(mineral) for each in tables.about(line.key)}
    )
    if year and year not in known:
        raise ValueError(
            f"no figure of {mineral.name} is of {year}: write one of {', '.join(known)}"
        )


def _stage(
    tables: Minerals, lineage: list[Mineral], stage: Stage, asked: SupplyQuestion
) -> dict[str, Any]:
    of, years = _years(tables, lineage, stage)
    if asked.year:
        years = [each for each in years if each.year == asked.year]
    latest = years[-1] if years else None
    ahead = _ahead(tables, lineage, stage, asked)
    return {
        "stage": stage.key,
        "title": stage.title,
        "known": latest is not None,
        "counted_as": of,
        "years": [_year(tables, each) for each in years],
        "outlooks": [
            _figure(tables, each)
            for line in lineage
            for each in tables.about(line.key, stage.key)
            if each.what == "outlook"
        ],
        "concentration": None if latest is None else _concentration(latest),
        "left_without": None if latest is None else _left(latest, asked.cut),
        "consumption": [
            _figure(tables, each)
            for line in lineage
            for each in tables.about(line.key, stage.key)
            if each.what == "consumption"
        ],
        "capacity_outside": None if ahead is None else _capacity(tables, ahead),
        "covers": None if ahead is None else _covers(ahead, asked),
    }


def _years(
    tables: Minerals, lineage: Iterable[Mineral], stage: Stage
) -> tuple[str | None, list[Year]]:
    """The shares of the nearest group that has any, and which group that is."""
    for line in lineage:
        years = years_of(tables.about(line.key, stage.key))
        if years:
            return line.key, years
    return None, []


def _ahead(
    tables: Minerals, lineage: list[Mineral], stage: Stage, asked: SupplyQuestion
) -> Outlook | None:
    first = int(asked.on[:4])
    makers = tables.building({lineage[0].key, *_inside(tables, lineage[0])}, stage.key)
    return outlook(makers, asked.cut, first, first + YEARS_SHOWN, asked.delay, asked.success)


def _inside(tables: Minerals, mineral: Mineral) -> set[str]:
    """The minerals that are counted within one, near and far."""
    found: set[str] = set()
    for each in tables.minerals.values():
        if each is not mineral and mineral in tables.lineage(each):
            found.add(each.key)
    return found


def _year(tables: Minerals, year: Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "total": None if year.total is None else _plain(year.total),
        "unit": year.unit,
        "shares": {country: rate(share) for country, share in year.shares.items()},
        "rest": rate(year.rest),
        "estimated": any(each.estimated for each in year.figures),
        "sources": _cited(tables, year.figures),
        "grade": _weakest(year.figures),
        "note": "; ".join(dict.fromkeys(each.note for each in year.figures if each.note)),
    }


def _concentration(year: Year) -> dict[str, Any]:
    low, high = year.concentration()
    country, share = next(iter(year.shares.items()))
    return {
        "year": year.year,
        "hhi": [str(round(low)), str(round(high))],
        "largest": {"country": country, "share": rate(share)},
    }


def _left(year: Year, cut: str) -> dict[str, Any] | None:
    left = year.left_without(cut)
    if left is None:
        return None
    return {"year": year.year, "without": cut, "share": [rate(left[0]), rate(left[1])]}


def _capacity(tables: Minerals, ahead: Outlook) -> dict[str, Any]:
    return {
        "unit": ahead.unit,
        "years": [
            {"year": str(year), "announced": _plain(announced), "expected": _plain(likely)}
            for year, announced, likely in ahead.by_year
        ],
        "projects": [
            {**_project(tables, project), "counts_from": str(year)}
            for project, year in ahead.counted
        ],
        "not_counted": [
            {**_project(tables, project), "why": why} for project, why in ahead.uncounted
        ],
    }


def _covers(ahead: Outlook, asked: SupplyQuestion) -> dict[str, Any] | None:
    """The first year in which announced and expected capacity reach the need, and the test."""
    if asked.need is None and asked.within is None:
        return None
    found: dict[str, Any] = {
        "need": None if asked.need is None else _plain(asked.need),
        "unit": ahead.unit,
        "first_year_announced": None,
        "first_year_expected": None,
    }
    if asked.need is not None:
        for key, expected in (("announced", False), ("expected", True)):
            year = ahead.first_year(asked.need, expected=expected)
            found[f"first_year_{key}"] = None if year is None else str(year)
    found["in_time"] = None if asked.within is None else _in_time(ahead, asked, asked.within)
    return found


def _in_time(ahead: Outlook, asked: SupplyQuestion, within: int) -> dict[str, Any]:
    """Whether the need is covered by a day; what begins in that day's year may come after it."""
    year, month = int(asked.on[:4]), int(asked.on[5:7])
    months = year * MONTHS + month - 1 + within
    by_year, by_month = divmod(months, MONTHS)
    surely = _capacity_of(ahead, by_year - 1)
    at_most = _capacity_of(ahead, by_year)
    if asked.need is None:
        verdict = "unknown: no need was stated"
    elif surely >= asked.need:
        verdict = "covered"
    elif at_most >= asked.need:
        verdict = "covered only if what begins in the last year begins in time"
    elif ahead.uncounted:
        verdict = (
            "not covered by what is counted; the capacity or year of some projects is not known"
        )
    else:
        verdict = "not covered"
    return {
        "months": str(within),
        "by": f"{by_year:04d}-{by_month + 1:02d}",
        "announced": [_plain(surely), _plain(at_most)],
        "unit": ahead.unit,
        "verdict": verdict,
    }


def _capacity_of(ahead: Outlook, year: int) -> Fraction:
    return sum(
        (Fraction(project.capacity) for project, start in ahead.counted if start <= year),
        Fraction(0),
    )


def _of(
    tables: Minerals, lineage: list[Mineral], kinds: tuple[str, ...], asked: SupplyQuestion
) -> list[Figure]:
    return [
        figure
        for line in lineage
        for figure in tables.about(line.key)
        if figure.what in kinds
        and asked.year in ("", figure.year)
        and (not asked.stage or figure.stage in ("", asked.stage))
    ]


def _shown(
    tables: Minerals, lineage: list[Mineral], kinds: tuple[str, ...], asked: SupplyQuestion
) -> list[dict[str, Any]]:
    return [_figure(tables, figure) for figure in _of(tables, lineage, kinds, asked)]


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
    return {**_figure(tables, figure), "months": months}


def _inside_outside(
    tables: Minerals, mineral: Mineral, asked: SupplyQuestion
) -> list[dict[str, Any]]:
    """Prices of a year inside the country that is cut and outside it, and their ratio."""
    prices = [
        each
        for each in tables.about(mineral.key)
        if each.what == "price" and asked.year in ("", each.year)
    ]
    rows = []
    for inside in prices:
        for outside in prices:
            same = (inside.year, inside.unit) == (outside.year, outside.unit)
            if inside.country == asked.cut and outside.country == "outside" and same:
                low = Fraction(outside.low) / Fraction(inside.high)
                high = Fraction(outside.high) / Fraction(inside.low)
                rows.append(
                    {
                        "year": inside.year,
                        "inside": [inside.low, inside.high],
                        "outside": [outside.low, outside.high],
                        "unit": inside.unit,
                        "ratio": [_plain(round(low, 1)), _plain(round(high, 1))],
                        "sources": _cited(tables, (inside, outside)),
                    }
                )
    return rows


def _figure(tables: Minerals, figure: Figure) -> dict[str, Any]:
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


def _project(tables: Minerals, project: Project) -> dict[str, Any]:
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


def _cited(tables: Minerals, figures: Iterable[Figure]) -> list[str]:
    return list(dict.fromkeys(tables.sources[each.source].citation for each in figures))


def _weakest(figures: Iterable[Figure]) -> str:
    order = ("primary", "secondary", "background")
    return max((each.grade for each in figures), key=order.index)


def _plain(amount: Fraction) -> str:
    """A quantity without a fraction where it has none, else to six places."""
    text = rate(amount)
    assert text is not None
    return text


def _notes(mineral: Mineral, asked: SupplyQuestion) -> list[str]:
    notes = [mineral.note] if mineral.note else []
    notes.append(
        "A stage without a figure is not known here; nothing is drawn between years or stages."
    )
    notes.append(
        "Announced capacity is what owners said; it is no forecast. Capacity of one stage needs "
        "the stages before it too."
    )
    if asked.delay or asked.success != 1:
        notes.append(
            f"As asked: projects that do not produce yet come {asked.delay} years late, and "
            f"{rate(asked.success)} of them come."
        )
    notes.append("A planning aid, not legal advice.")
    return notes
