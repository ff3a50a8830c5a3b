"""What the duties of many lines over many days rest on: a panel, and an average."""

from __future__ import annotations

from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.answer.duty_coverage import SCHEDULE, of_area, of_gap
from detente.core.coverage import PARTLY, READ, Coverage
from detente.register.clock import MINUTES, day_number, last_minute_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Area, Limb, Measure


def coverage_of_span(
    register: Register,
    schedule: Schedule | None,
    destination: str,
    origins: Iterable[str],
    days: tuple[str, str],
) -> list[dict[str, Any]]:
    """The rows of coverage of duties from some origins over some days.

    Args:
        register: the register asked.
        schedule: the schedule of the destination; None where it is not held.
        destination: ISO country of import.
        origins: ISO countries of origin.
        days: the first and the last ISO day.
    """
    area = register.areas[f"{destination.lower()}/tariff"]
    rows = [_worst(of_area(area, day) for day in days)]
    if schedule is not None:
        rows.append(_of_schedule(schedule, area, *days))
    rows.extend(_of_gaps(register, area.name, list(origins), *days))
    return [row.row() for row in rows]


def _worst(rows: Iterable[Coverage]) -> Coverage:
    """The row that was not read, if one was not."""
    return max(rows, key=lambda row: row.state != READ)


def _of_schedule(schedule: Schedule, area: Area, first: str, last: str) -> Coverage:
    """Whether each day has its own edition, or one whose rates are known to stand."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    used = [
        each
        for each in schedule.editions
        if each.start <= end and schedule.edition_on(max(start, each.start)) == each
    ]
    doubtful = []
    for at, edition in enumerate(used):
        until = used[at + 1].start if at + 1 < len(used) else None
        through = end if until is None else date.fromordinal(until.toordinal() - 1)
        stand = area.rates
        if stand is not None and stand[0] == edition.id and through.isoformat() <= stand[1]:
            continue
        inside = edition.is_exact(max(start, edition.start)) and edition.is_exact(through)
        if edition.imported or not inside:
            doubtful.append(edition.id)
    names = ", ".join(each.id for each in (used[0], used[-1]))
    if not doubtful:
        return Coverage(SCHEDULE, first, last, f"editions from {names}", READ)
    scope = f"of some days only the nearest edition, or an imported one: {', '.join(doubtful)}"
    return Coverage(SCHEDULE, first, last, scope, PARTLY)


def _of_gaps(
    register: Register, area: str, origins: list[str], first: str, last: str
) -> Iterator[Coverage]:
    """Gaps whose limbs may charge some of the goods on some of the days; none is followed."""
    begins, ends = day_number(first) * MINUTES, last_minute_of(last)
    touched: set[str] = set()
    for measure in register.measures(area, "measure"):
        for limb in measure.limbs:
            if limb.possible and _is_near(register, measure, limb, origins, begins, ends):
                touched.add(limb.possible)
    for gap in register.gaps:
        if gap.id in touched:
            yield of_gap(gap, None)


def _is_near(
    register: Register, measure: Measure, limb: Limb, origins: list[str], begins: int, ends: int
) -> bool:
    places = limb.places or measure.places
    (paint,) = limb.paints[:1]
    days = paint.start <= ends and (paint.until is None or begins < paint.until)
    return days and any(
        register.inside(measure.places, origin) and register.inside(places, origin)
        for origin in origins
    )
