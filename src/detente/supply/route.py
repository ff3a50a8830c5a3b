"""Flows of a mineral from country to country, and what of a node is not traced.

A flow in money or in parts of imports is shown and never turned into tonnes. What a country makes
and no flow of the same year and unit takes is not traced: it may be worked at home or stored.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.rows import flow_row, plain
from detente.supply.shares import years_of
from detente.supply.tables import REST, WORLD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from detente.answers import supply as typed
    from detente.supply.tables import Mineral, MineralFlow, Minerals, Stage

MONTH = 7
"""Signs of a month as ISO writes it."""


class RouteQuery(NamedTuple):
    """What is asked of the ways: one country alone ("" for all), a year, stages."""

    country: str
    year: str
    stages: tuple[str, ...]


def route(tables: Minerals, lineage: Sequence[Mineral], way: RouteQuery) -> typed.Routes:
    """The flows of a mineral, what of each sender is not traced, and flows of its groups apart.

    Args:
        tables: the figures.
        lineage: the mineral, and what it is counted within.
        way: what is asked.
    """
    mineral = lineage[0]
    flows = [each for each in tables.sent(mineral.key) if _matches(each, way)]
    groups = [
        flow_row(tables, each)
        for group in lineage[1:]
        for each in tables.sent(group.key)
        if _matches(each, way)
    ]
    return {
        "flows": [flow_row(tables, each) for each in flows],
        "not_traced": [
            row
            for stage in tables.stages[mineral.key]
            if stage.key in way.stages
            for row in _not_traced(tables, mineral, stage, way)
        ],
        "flows_of_groups": groups,
        "flows_unknown": [key for key in way.stages if all(each.stage != key for each in flows)],
    }


def _matches(flow: MineralFlow, way: RouteQuery) -> bool:
    return (
        flow.stage in way.stages
        and way.country in ("", flow.start, flow.end)
        and (not way.year or flow.year[:4] == way.year or flow.year == way.year)
    )


def _not_traced(
    tables: Minerals, mineral: Mineral, stage: Stage, way: RouteQuery
) -> Iterable[typed.NotTraced]:
    """For each sender of a year, what it makes by the leading edition and what flows take of it."""
    taken = sent_by(tables.sent(mineral.key, stage.key))
    for year in years_of(tables.about(mineral.key, stage.key), tables.days):
        if way.year and year.year != way.year:
            continue
        for (start, when, unit), amount in taken.items():
            made = year.made_by(start) if (when, unit) == (year.year, year.unit) else None
            if made is None or way.country not in ("", start):
                continue
            yield {
                "stage": stage.key,
                "country": start,
                "year": when,
                "made": plain(made),
                "traced": plain(amount),
                "not_traced": plain(max(made - amount, Fraction(0))),
                "more_than_made": plain(max(amount - made, Fraction(0))),
                "unit": unit,
                "other_editions": [
                    plain(there)
                    for other in year.others
                    if (there := other.made_by(start)) is not None and there != made
                ],
            }


def sent_by(
    flows: Iterable[MineralFlow], within: Collection[str] = ()
) -> dict[tuple[str, str, str], Fraction]:
    """Tonnes sent to single countries, by sender, year and unit; months and money are left out."""
    found: dict[tuple[str, str, str], Fraction] = {}
    for each in flows:
        if each.measure != "quantity" or each.end in (WORLD, REST) or len(each.year) >= MONTH:
            continue
        if within and each.end not in within:
            continue
        key = (each.start, each.year, each.unit)
        found[key] = found.get(key, Fraction(0)) + Fraction(each.low)
    return found
