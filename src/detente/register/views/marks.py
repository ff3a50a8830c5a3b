"""The timeline in marks: what a record does on one day, however many provisions it does it to."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.register.book import Register
from detente.register.events import VOID, Occurrence, Query, acts

STATED, BEGINS, OVER, HEARD = "said", "begins", "over", "announced only"


class DayMark(NamedTuple):
    """What a record does on one day.

    Attributes:
        on: ISO day on which it takes effect; that of announcement where it has none of its own.
        announced: ISO day.
        by: the side that acts.
        kind: kind of record.
        area: the room of the register it is from, such as ``us/tariff``.
        deed: `BEGINS`, or `OVER` where all that the mark stands for is suspended or ended, or
            `STATED` where the record is not a measure, or `HEARD` where it was only announced.
        measure: the record.
        title: what is done, in words.
    """

    on: str
    announced: str
    by: str
    kind: str
    area: str
    deed: str
    measure: str
    title: str


def day_marks(register: Register, query: Query) -> list[DayMark]:
    """The marks of the acts that a question asks for, in order of day.

    With ``first`` and ``last`` a mark is asked for when its own day lies between them.
    """
    groups: dict[tuple[str, str, int], list[Occurrence]] = {}
    for act in acts(register, query._replace(first=None, last=None)):
        day = act.announced
        if act.start is not None and act.state != VOID:
            day = act.start // MINUTES
        inside = (query.first is None or query.first <= day) and (
            query.last is None or day <= query.last
        )
        if inside:
            groups.setdefault((day_text(day), act.measure.id, act.announced), []).append(act)
    return [_mark(day, described) for (day, _, _), described in sorted(groups.items(), key=_first)]


def _first(row: tuple[tuple[str, str, int], list[Occurrence]]) -> tuple[str, str, int]:
    return row[0]


def _mark(day: str, described: list[Occurrence]) -> DayMark:
    measure, event = described[0].measure, described[0].event
    deed = STATED
    if measure.kind == "measure":
        deed = BEGINS if any(act.state == "in_force" for act in described) else OVER
    if all(act.announced_only for act in described):
        deed = HEARD
    title = event.title if event is not None and event.title else measure.title
    values = dict.fromkeys(act.value for act in described if act.value and act.state == "in_force")
    if len(values) == 1 and measure.kind == "measure":
        title = f"{title}: {next(iter(values))}"
    elif deed == HEARD and measure.kind == "measure":
        title = f"{measure.title}: announced, no instrument read"
    elif deed == OVER:
        title = f"{title}: {described[0].state.replace('_', ' ')}"
    return DayMark(
        on=day,
        announced=day_text(described[0].announced),
        by=measure.by,
        kind=measure.kind,
        area=measure.area,
        deed=deed,
        measure=measure.id,
        title=title,
    )
