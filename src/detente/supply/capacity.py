"""What is announced to be built elsewhere, year by year, and the first year that covers a need.

A project counts from its first output on, shifted by the delay that the asker allows, and for the
part of projects that the asker expects to succeed. A project whose capacity or year was not found
counts for nothing and is named, since it may close a gap.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.supply.tables import Project

RUNNING = "producing"
"""The status of a project that counts from the first year asked about."""


class Outlook(NamedTuple):
    """Capacity outside a country.

    Attributes:
        unit: of all capacities; projects in another unit stand among the uncounted.
        by_year: year, announced capacity, expected capacity (announced times the rate of success
            for what does not produce yet).
        counted: the projects behind the numbers, with the year from which each counts.
        uncounted: projects without a capacity, without a year, or in another unit, with the reason.
    """

    unit: str
    by_year: tuple[tuple[int, Fraction, Fraction], ...]
    counted: tuple[tuple[Project, int], ...]
    uncounted: tuple[tuple[Project, str], ...]

    def first_year(self, need: Fraction, *, expected: bool) -> int | None:
        """The first year whose capacity reaches a need; None where none that is listed does."""
        for year, announced, likely in self.by_year:
            if (likely if expected else announced) >= need:
                return year
        return None


def outlook(
    projects: Iterable[Project],
    without: str,
    first: int,
    last: int,
    delay: int = 0,
    success: Fraction = Fraction(1),
) -> Outlook | None:
    """Announced capacity outside a country from one year to another; None without any project.

    Args:
        projects: of one stage.
        without: the country that is left out.
        first: the first year shown; what produces already counts from it.
        last: the last year shown.
        delay: years by which every project that does not produce yet is late.
        success: the part of those projects that is expected to come, between 0 and 1.

    Raises:
        ValueError: the delay is negative, or the rate of success is none.
    """
    if delay < 0:
        raise ValueError(f"a delay of {delay} years is none: write 0 or more")
    if not 0 <= success <= 1:
        raise ValueError("the rate of success lies between 0 and 1, such as 0.6 or 60%")
    outside = [project for project in projects if project.country != without]
    if not outside:
        return None
    units = [project.unit for project in outside if project.capacity]
    unit = max(set(units), key=lambda each: (units.count(each), each)) if units else ""
    counted, uncounted = [], []
    for project in outside:
        start, why = _start(project, unit, first, delay)
        if start is None:
            uncounted.append((project, why))
        else:
            counted.append((project, start))
    by_year = []
    for year in range(first, last + 1):
        running = new = Fraction(0)
        for project, start in counted:
            if start <= year:
                amount = Fraction(project.capacity)
                running += amount * (project.status == RUNNING)
                new += amount * (project.status != RUNNING)
        by_year.append((year, running + new, running + new * success))
    return Outlook(unit, tuple(by_year), tuple(counted), tuple(uncounted))


def _start(project: Project, unit: str, first: int, delay: int) -> tuple[int | None, str]:
    if not project.capacity:
        return None, "no capacity was found"
    if project.unit != unit:
        return None, f"its capacity is in {project.unit}"
    if project.status == RUNNING:
        return int(project.first_output or first), ""
    if not project.first_output:
        return None, "no year of first output was found"
    return int(project.first_output) + delay, ""
