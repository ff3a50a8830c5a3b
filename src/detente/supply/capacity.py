"""What is announced to be built elsewhere, year by year.

A project counts from its first output on, shifted by the delay that the asker allows, and for the
part of projects that the asker expects to succeed; to its full rate it climbs in equal yearly
steps. A project whose capacity or year was not found counts for nothing and is named, since it may
close a gap.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.projects import RUNNING, climbed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from detente.supply.projects import Project


class Counted(NamedTuple):
    """A project behind the numbers: the year from which it counts, and that of its full rate."""

    project: Project
    start: int
    full: int

    def part(self, year: int) -> Fraction:
        """The part of its capacity that is there by the end of a year."""
        return climbed(self.start, self.full, year)


class Outlook(NamedTuple):
    """Capacity outside the countries that are cut off.

    Attributes:
        unit: of all capacities; projects in another unit stand among the uncounted.
        by_year: year, announced capacity, expected capacity (announced times the rate of success
            for what does not produce yet); nothing where no project counts.
        counted: the projects behind the numbers, with the years from which each counts.
        uncounted: projects without a capacity of their own, without a year, or in another unit,
            with the reason.
        delay: years by which what does not produce yet is late.
        success: the part of it that is expected to come.
    """

    unit: str
    by_year: tuple[tuple[int, Fraction, Fraction], ...]
    counted: tuple[Counted, ...]
    uncounted: tuple[tuple[Project, str], ...]
    delay: int = 0
    success: Fraction = Fraction(1)


def outlook(
    projects: Iterable[Project],
    without: Collection[str],
    first: int,
    last: int,
    delay: int = 0,
    success: Fraction = Fraction(1),
    of: Collection[str] = (),
    known_on: str = "",
    sums: Mapping[str, str] | None = None,
    ramp: int = 0,
) -> Outlook | None:
    """Announced capacity outside some countries from one year to another; None without any project.

    Args:
        projects: of one stage.
        without: the countries that are left out.
        first: the first year shown; what produces already counts from it.
        last: the last year shown.
        delay: years by which every project that does not produce yet is late.
        success: the part of those projects that is expected to come, between 0 and 1.
        of: the minerals whose capacity is counted; a project that makes others besides has one
            capacity for all, and none of its own for these. Empty where that does not matter.
        known_on: the day as of which is asked; a project that no source dates by then is not
            counted. "" where everything at hand counts.
        sums: by unit, the one in which it may be added to others, such as oxides of several.
        ramp: years from the first output to the full rate where no source tells them.

    Raises:
        ValueError: the delay is negative, or the rate of success is none.
    """
    if delay < 0:
        raise ValueError(f"a delay of {delay} years is none: write 0 or more")
    if ramp < 0:
        raise ValueError(f"a climb of {ramp} years is none: write 0 or more")
    if not 0 <= success <= 1:
        raise ValueError("the rate of success lies between 0 and 1, such as 0.6 or 60%")
    outside = [project for project in projects if project.country not in without]
    if not outside:
        return None
    sums = sums or {}
    unit = _unit_of([each.unit for each in outside if each.capacity and _is_own(each, of)], sums)
    counted: list[Counted] = []
    uncounted = []
    for project in outside:
        start, why = _start(project, unit, first, delay, of, sums)
        if known_on and not project.known_from:
            start, why = None, f"no source at hand says that it was announced by {known_on}"
        if start is None:
            uncounted.append((project, why))
        else:
            counted.append(Counted(project, start, _full(project, start, delay, ramp)))
    by_year = []
    # Where nothing can be counted there is no capacity to tell, which is not a capacity of none.
    for year in range(first, last + 1) if counted else ():
        running = new = Fraction(0)
        for each in counted:
            amount = Fraction(each.project.capacity) * each.part(year)
            running += amount * (each.project.status == RUNNING)
            new += amount * (each.project.status != RUNNING)
        by_year.append((year, running + new, running + new * success))
    return Outlook(unit, tuple(by_year), tuple(counted), tuple(uncounted), delay, success)


def _unit_of(units: Sequence[str], sums: Mapping[str, str]) -> str:
    """The unit that most capacities are in; that of a sum where they are in several that add up."""
    if not units:
        return ""
    added = [sums.get(unit, unit) for unit in units]
    # The name decides between equal counts, since a set has no order.
    most = max(set(added), key=lambda each: (added.count(each), each))
    likely = {unit for unit in units if sums.get(unit, unit) == most}
    return likely.pop() if len(likely) == 1 else most


def _is_own(project: Project, of: Collection[str]) -> bool:
    """Whether a project's capacity is of these minerals alone."""
    return not of or set(project.minerals) <= set(of)


def _start(
    project: Project,
    unit: str,
    first: int,
    delay: int,
    of: Collection[str],
    sums: Mapping[str, str],
) -> tuple[int | None, str]:
    if not project.capacity:
        return None, "no capacity was found"
    if not _is_own(project, of):
        together = " and ".join(project.minerals)
        return None, f"its {project.capacity} {project.unit} are of {together} together"
    if project.unit != unit and sums.get(project.unit) != unit:
        return None, f"its capacity is in {project.unit}"
    starts = project.starts()
    if project.status == RUNNING:
        return (first if starts is None else starts[1]), ""
    if starts is None:
        return None, "no year of first output was found"
    return starts[1] + delay, ""


def _full(project: Project, start: int, delay: int, ramp: int) -> int:
    """The year of the full rate; that of the start for one that produces."""
    if project.status == RUNNING:
        return start
    full = project.full(ramp)
    return start if full is None else max(start, full + delay)
