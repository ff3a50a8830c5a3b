"""What an answer over many flows rests on: the law of its days, the schedule, the weights.

An average, and what a change does to trade, say with these rows which days of the law were read,
which part of the value has a rate, and what of the law stands open for goods of these origins.
"""

from __future__ import annotations

from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.core.clock import MINUTES, day_number
from detente.core.coverage import BEYOND, PARTLY, READ, UNREAD, Coverage, state_on
from detente.duty.coverage import SCHEDULE, of_area

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Area, Measure, Provision
    from detente.trade.flows import Flows

WHOLE = 1.0
ROUNDING = 5e-7
"""A share that misses the whole by less is one: shares are told to six places."""


def of_law(register: Register, destination: str, first: str, last: str) -> Coverage:
    """The law of a country's duties over some days, by the day that is read worst.

    Args:
        register: the register.
        destination: the country of import.
        first: the first day.
        last: the last day.
    """
    area = register.areas[f"{destination.lower()}/tariff"]
    begin, end = of_area(area, first), of_area(area, last)
    return begin if begin.state != READ and end.state != BEYOND else end


def of_editions(schedule: Schedule, area: Area, first: str, last: str) -> Coverage:
    """Whether each day has its own edition of the schedule, or one whose rates are known to stand.

    Args:
        schedule: the schedule of the country of import.
        area: its law, which may say how long the rates of the last edition stand.
        first: the first ISO day.
        last: the last ISO day.
    """
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    used = [
        each
        for each in schedule.editions
        if each.start <= end and schedule.edition_on(max(start, each.start)) == each
    ]
    doubtful = []
    for at, edition in enumerate(used):
        until = used[at + 1].start if at + 1 < len(used) else None
        # An edition stands through the day before the next one begins.
        through = end if until is None else date.fromordinal(until.toordinal() - 1)
        stand = area.rates
        if stand is not None and stand[0] == edition.id and through.isoformat() <= stand[1]:
            continue
        inside = edition.is_exact(max(start, edition.start)) and edition.is_exact(through)
        if edition.imported or not inside:
            doubtful.append(edition.id)
    if doubtful:
        scope = f"of some days only the nearest edition, or an imported one: {', '.join(doubtful)}"
        return Coverage(SCHEDULE, first, last, scope, PARTLY)
    names = list(dict.fromkeys((used[0].id, used[-1].id)))
    return Coverage(SCHEDULE, first, last, " to ".join(names), READ)


def of_weights(
    name: str, year: str | None, title: str, covered: float, of_group: str = ""
) -> Coverage:
    """What flows weigh: their year, and the part of their value that has a rate on every day.

    Args:
        name: of the weights.
        year: that they are of; None for a file of the user's.
        title: what is weighed, in words.
        covered: the least part of the value, over the days, that has a line and a rate; 0 to 1.
        of_group: the group whose flows stand in for those of one country; "" where none do.
    """
    start, through = (None, None) if year is None else (f"{year}-01-01", f"{year}-12-31")
    whole = covered >= WHOLE - ROUNDING
    part = "all" if whole else f"{100 * covered:.2f}%"
    scope = f"{title}; {part} of the value has a line and a rate"
    state = READ if whole and not of_group else PARTLY if covered else UNREAD
    return Coverage(f"weights/{name}", start, through, scope, state)


def of_gaps(
    register: Register, destination: str, origins: Collection[str], first: str, last: str
) -> Iterator[Coverage]:
    """What was not read and may charge or exempt goods of some origins on some of the days."""
    # The last day that is asked about counts whole.
    start, until = day_number(first) * MINUTES, (day_number(last) + 1) * MINUTES
    found: dict[str, None] = {}
    for measure in register.measures(f"{destination.lower()}/tariff", "measure"):
        for provision in measure.provisions:
            if (
                not provision.possible
                or provision.possible in found
                or not _falls(provision, start, until)
            ):
                continue
            if any(_reaches(register, measure, provision, origin) for origin in origins):
                found[provision.possible] = None
    for gap in register.gaps if found else ():
        if gap.id in found:
            scope = f"{gap.what}: {gap.why}; counts as if it were not"
            yield Coverage(gap.id, None, None, scope, UNREAD)


def _reaches(register: Register, measure: Measure, provision: Provision, origin: str) -> bool:
    own = not provision.places or register.inside(provision.places, origin)
    return own and register.inside(measure.places, origin)


def _falls(provision: Provision, start: int, until: int) -> bool:
    return any(
        period.start < until and (period.until is None or start < period.until)
        for period in provision.periods
    )


def of_lists(register: Register, names: Iterable[str]) -> Iterator[Coverage]:
    """Lists whose state is not in hand on some of the days, and which count as not listing."""
    for name in names:
        scope = f"{register.lists[name].title}: its state is not in hand, and it counts as no list"
        yield Coverage(name, None, None, scope, UNREAD)


def year_of(flows: Flows, name: str) -> str | None:
    """The year of weights by their name; None for a file of the user's."""
    return next((each.year for each in flows.weightings() if each.name == name), None)


def of_world(name: str, year: str | None, scope: str, whole: bool, on: str | None) -> Coverage:
    """The data of a model's world: of one year, for a question about another or about none.

    Args:
        name: of the data.
        year: that they describe; None where that is not told.
        scope: countries, sectors, and what counts as zero.
        whole: whether nothing that the answer needs is left out.
        on: the ISO day asked about; None where the question has no day.
    """
    what = f"world/{name}"
    if year is None:
        return Coverage(what, None, None, scope, READ if whole else PARTLY)
    start, through = f"{year}-01-01", f"{year}-12-31"
    state = READ if on is None else state_on(on, start, through)
    if state == READ and not whole:
        state = PARTLY
    return Coverage(what, start, through, scope, state)
