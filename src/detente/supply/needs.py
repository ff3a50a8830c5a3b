"""Whether a need is covered outside some countries: what produces already, and what is announced.

Production of the latest year at hand is taken to go on. What is announced adds to it; a project
that had begun by that year is in its figure with an unknown part, so that it adds between nothing
and its whole capacity. Where no table tells production, the projects that produce are what is known
of it, and there may be any more.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.capacity import Outlook
from detente.supply.projects import RUNNING

if TYPE_CHECKING:
    from collections.abc import Collection

    from detente.supply.projects import Project
    from detente.supply.shares import Year

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"


class Existing(NamedTuple):
    """Production outside the countries that are cut off, in the latest year at hand.

    Attributes:
        year: of the table; None where no table gives quantities in the unit that is asked in.
        low: at least so much a year.
        high: at most; None where nothing bounds it.
    """

    year: int | None
    low: Fraction
    high: Fraction | None


def existing(latest: Year | None, cut: Collection[str], unit: str) -> Existing:
    """What is produced outside some countries, by the table of a stage.

    Args:
        latest: the latest year of the stage; None where it has no figure.
        cut: the countries.
        unit: in which the need is stated; "" for that of the table.
    """
    if latest is None or latest.total is None or unit not in ("", latest.unit):
        return Existing(None, Fraction(0), None)
    low, high = latest.left_without(cut)
    return Existing(int(latest.year[-4:]), low * latest.total, high * latest.total)


class SupplyRange(NamedTuple):
    """What is there outside some countries, by the end of a year, between two ends.

    ``high`` is None where nothing bounds it: production without a table, or a project by then whose
    capacity is not known.
    """

    low: Fraction
    high: Fraction | None
    unknown: tuple[Project, ...]


def reach(
    made: Existing, ahead: Outlook | None, year: int, *, expected: bool = True
) -> SupplyRange:
    """What is there by the end of a year.

    Args:
        made: what is produced already.
        ahead: what is announced; None for nothing.
        year: the year.
        expected: whether what does not produce yet counts for the part that is expected to come.
    """
    low, high = made.low, made.high
    unknown: list[Project] = []
    if ahead is None:
        return SupplyRange(low, high, ())
    part = ahead.success if expected else Fraction(1)
    for each in ahead.counted:
        project, start = each.project, each.start
        starts = project.starts()
        early = start if starts is None or project.status == RUNNING else starts[0] + ahead.delay
        if early > year:
            continue
        amount = Fraction(project.capacity)
        if project.status == RUNNING:
            # A table of production holds it already.
            low += amount if made.year is None else 0
            continue
        begun = made.year is not None and start <= made.year
        low += 0 if begun else amount * part * each.part(year)
        high = None if high is None else high + amount * part
    for project, _ in ahead.uncounted:
        inside = made.year is not None and project.status == RUNNING
        starts = project.starts()
        later = starts is not None and starts[0] + ahead.delay > year
        if not inside and not later:
            unknown.append(project)
    return SupplyRange(low, None if unknown else high, tuple(unknown))


def verdict(need: Fraction, surely: SupplyRange, at_most: SupplyRange) -> str:
    """Whether a need is met, by what is there surely in time and by what may be.

    Args:
        need: a quantity a year.
        surely: what begins before the last year.
        at_most: what begins in it too.
    """
    if surely.low >= need:
        return MET
    return NOT_MET if at_most.high is not None and at_most.high < need else UNKNOWN


def first_year(
    need: Fraction, made: Existing, ahead: Outlook | None, years: Collection[int], *, expected: bool
) -> int | None:
    """The first of some years by which what is known reaches a need; None where none does."""
    for year in years:
        if reach(made, ahead, year, expected=expected).low >= need:
            return year
    return None
