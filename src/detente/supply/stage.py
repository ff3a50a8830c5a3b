"""One stage of a mineral: its own shares, what is left, who else builds, and what that rests on.

A stage without figures of its own is not known. The figures of the group that the mineral is
counted within are no figures of it: a group's makers are not an element's, and its shares say
nothing about the rarest of its members. They are named and not used.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import BEYOND, PARTLY, READ, UNREAD, Coverage, verdict, vouched
from detente.core.figures import percent, rate
from detente.supply.capacity import Outlook, outlook
from detente.supply.cover import Mixed, covers, unit_of
from detente.supply.criticality import criticality
from detente.supply.elements import verdict_by_element
from detente.supply.in_hand import needs_in_hand
from detente.supply.question import month_of_test
from detente.supply.rows import (
    capacity_row,
    carried_row,
    cited,
    concentration,
    figure_row,
    left_row,
    noted,
    weakest,
    year_row,
)
from detente.supply.shares import Year, years_of
from detente.supply.tested import tests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers import supply as typed
    from detente.answers.shared import Coverage as CoverageRow
    from detente.supply.carry import Left
    from detente.supply.question import SupplierCut, SupplyQuestion
    from detente.supply.tables import Mineral, Minerals, Stage

YEARS_SHOWN = 8
"""How many years ahead capacity is shown."""


class StageQuery(NamedTuple):
    """A question as understood: its tables, the mineral and what it is counted within, the cut."""

    tables: Minerals
    lineage: list[Mineral]
    cut: SupplierCut
    question: SupplyQuestion


def stage_row(
    query: StageQuery, stage: Stage, left: Left, by_element: Sequence[typed.ElementTested] = ()
) -> typed.MineralStage:
    """The answer about one stage.

    Args:
        query: the question as understood.
        stage: which.
        left: what the cut leaves once it is carried down.
        by_element: the tests of the members of a group.
    """
    tables, mineral, question = query.tables, query.lineage[0], query.question
    cut = query.cut.of_stage(stage.key)
    held = years_of(tables.about(mineral.key, stage.key), tables.days)
    years = [each for each in held if question.year in ("", each.year)]
    latest = years[-1] if years else None
    ahead = outlook_of(query, stage)
    rows = [_table(query, stage, held, latest)]
    in_hand = needs_in_hand(tables, mineral.key, stage.key, cut, int(question.on[:4]))
    tested = (
        []
        if question.need is not None and month_of_test(question) is None
        else tests(tables, mineral, stage.key, cut, held, question, in_hand)
    )
    unit = stated_unit(query, stage)
    elements = verdict_by_element(tables, mineral, stage.key, unit, by_element)
    mixed = None if elements is None else Mixed(elements, outlook_of(query, stage, own=True))
    if question.need is not None or month_of_test(question) is not None:
        rows.append(_projects(query, stage, ahead))
    row: typed.MineralStage = {
        "stage": stage.key,
        "title": stage.title,
        "known": latest is not None,
        "status": "unknown" if latest is None else verdict("ok", "partly", rows),
        "counted_as": mineral.key if held else None,
        "held_years": [each.year for each in held],
        "not_borrowed": None if held else _not_borrowed(query, stage),
        "years": [year_row(tables, each) for each in years],
        "outlooks": _own(query, stage, "outlook"),
        "concentration": None if latest is None else concentration(latest),
        "criticality": criticality(tables, mineral.key, stage.key, latest),
        "left_without": None if latest is None else left_row(latest, cut),
        "carried": carried_row(left),
        "consumption": _own(query, stage, "consumption"),
        "capacity_outside": None if ahead is None else capacity_row(tables, ahead),
        "covers": covers(question, cut, held, ahead, tested, mixed),
        "tests": tested,
        "coverage": rows,
    }
    return vouched(row)


def _own(query: StageQuery, stage: Stage, what: str) -> list[typed.MineralFigure]:
    found = query.tables.about(query.lineage[0].key, stage.key)
    return [figure_row(query.tables, each) for each in found if each.what == what]


def stated_unit(query: StageQuery, stage: Stage) -> str:
    """The unit in which a need of a stage is stated."""
    held = years_of(query.tables.about(query.lineage[0].key, stage.key), query.tables.days)
    first = int(query.question.on[:4])
    by_then = [each for each in held if int(each.year[-4:]) <= first]
    return unit_of(outlook_of(query, stage), by_then[-1] if by_then else None)


def outlook_of(query: StageQuery, stage: Stage, *, own: bool = False) -> Outlook | None:
    """What is built outside the countries that are cut off, of the mineral and those within it.

    With `own` only what makes the mineral itself: of a group, all its elements together.
    """
    question, tables, mineral = query.question, query.tables, query.lineage[0]
    within = {mineral.key, *tables.inside(mineral)}
    first = int(question.on[:4])
    years = (first, first + YEARS_SHOWN)
    makers = tables.making({mineral.key} if own else within, stage.key)
    return outlook(
        makers,
        query.cut.of_stage(stage.key),
        *years,
        question.delay,
        question.success,
        within,
        question.known_on,
        tables.sums,
        question.ramp,
    )


def _not_borrowed(query: StageQuery, stage: Stage) -> typed.NotBorrowed | None:
    """The figure of the nearest group that has one, which is not the mineral's own."""
    tables, mineral = query.tables, query.lineage[0]
    for group in query.lineage[1:]:
        years = years_of(tables.about(group.key, stage.key), tables.days)
        if not years:
            continue
        latest = years[-1]
        country, share = next(iter(latest.shares.items()))
        return {
            "mineral": group.key,
            "year": latest.year,
            "country": country,
            "share": rate(share),
            "sources": cited(tables, latest.figures),
            "grade": weakest(latest.figures),
            "text": f"{country} has {percent(rate(round(share, 3)))} at this stage of all "
            f"{group.name} together ({latest.year}), which is not a figure of {mineral.name} alone",
        }
    return None


def _table(query: StageQuery, stage: Stage, held: list[Year], latest: Year | None) -> CoverageRow:
    """The table of shares as a row of coverage."""
    mineral = query.lineage[0]
    what = f"supply/{mineral.key}/{stage.key}"
    if not held:
        return Coverage(what, None, None, "no source at hand gives a share", UNREAD).row()
    start, through = f"{held[0].year[:4]}-01-01", f"{held[-1].year[-4:]}-12-31"
    if latest is None:
        only = ", ".join(each.year for each in held)
        scope = f"no figure of {query.question.year}; figures of {only} are held"
        return Coverage(what, start, through, scope, UNREAD).row()
    missing = latest.unnamed(query.cut.of_stage(stage.key))
    stated = noted(latest.figures)
    rest = f"; {percent(rate(round(latest.rest, 3)))} is of countries that are not named"
    scope = (
        f"{', '.join(cited(query.tables, latest.figures))}, {latest.year}: "
        f"{len(latest.shares)} named{rest if latest.rest else ''}{f' ({stated})' if stated else ''}"
    )
    if missing:
        return Coverage(what, start, through, f"{scope}, {', '.join(missing)} too", PARTLY).row()
    return Coverage(what, start, through, scope, READ).row()


def _projects(query: StageQuery, stage: Stage, ahead: Outlook | None) -> CoverageRow:
    """The list of projects as a row of coverage: never whole, since owners tell what they will."""
    what = f"supply/projects/{stage.key}"
    if ahead is None:
        return Coverage(what, None, None, "no project of this stage is held", UNREAD).row()
    projects = [each.project for each in ahead.counted]
    projects += [project for project, _ in ahead.uncounted]
    through = max(query.tables.sources[each.source].date for each in projects)
    counted, uncounted = len(ahead.counted), len(ahead.uncounted)
    scope = (
        f"press and company filings as read; {counted} counted, {uncounted} without a capacity of "
        "their own or a year"
    )
    state = BEYOND if query.question.on[: len(through)] > through else PARTLY
    return Coverage(what, None, through, scope, state).row()
