"""One query over everything that was announced: ``status``, ``timeline`` and others are its views.

An *act* is one thing that an event does: it gives one provision a period, it voids days, or, in a
record without provisions, it simply happens. ``acts`` finds those that a question asks for.
``coming`` reads the timelines instead, so that it tells what will show on later days, and what
returns when a suspension runs out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_number, day_text, minute_text
from detente.register.book import Register
from detente.register.model import KINDS, LAW, EffectivePeriod, Event, Measure, Provision
from detente.register.periods import enacted
from detente.register.runs import Run, runs, value_of

VOID = "void"
"""State of an act that says that days were never owed."""

STANDING = ("measure", "agreement", "commitment")
"""Kinds that hold over days even without provisions.

A threat, a claim or an event is but announced.
"""


class Query(NamedTuple):
    """Which acts are asked for.

    Attributes:
        known_on: day number; what was announced later is left out. None for all that is known.
        by: the side that acts; "" for all.
        kinds: kinds of record; empty for all.
        first: day number; acts announced or effective before it are left out.
        last: day number; acts announced or effective after it are left out.
    """

    known_on: int | None = None
    by: str = ""
    kinds: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None


class Occurrence(NamedTuple):
    """One thing that an event does to the days ``[start, until)`` of a provision, or of a record.

    Attributes:
        id: the record, the provision, the day of announcement and the first day; it does not change
            when later events are added.
        provision: None where the act is of the whole record.
        value: the duty or the decision in words; None where there is none.
        before: state and value of the day before, for an act that lies ahead.
        announced_only: that an authority said so, and no instrument was read. Its ``state`` is
            then what it would be; the law does not have it.
    """

    id: str
    announced: int
    start: int | None
    until: int | None
    measure: Measure
    provision: Provision | None
    event: Event | None
    state: str
    value: str | None
    heading: str | None
    suspends: str
    boundary: str
    sources: tuple[str, ...]
    before: tuple[str, str | None] | None = None
    announced_only: bool = False


def read_query(
    register: Register, by: str, kind: str, known_on: int | None, dashes: str = ""
) -> Query:
    """The question about records that a side and kinds with commas make; "" for all.

    Args:
        register: the register that will be asked.
        by: a side, in letters of any case.
        kind: kinds of record, with commas.
        known_on: as known at the end of this day number; None for all that is known.
        dashes: what stands before the names ``by`` and ``kind`` where they were given.

    Raises:
        ValueError: there is no such side or kind; the message names those there are.
    """
    side = by if by in register.zones else by.upper()
    if side and side not in register.zones:
        raise ValueError(
            f"{dashes}by {by!r} is not a side: write one of {', '.join(register.zones)}"
        )
    kinds = tuple(kind.replace(" ", "").split(",")) if kind else ()
    for each in kinds:
        if each not in KINDS:
            raise ValueError(
                f"{dashes}kind {each!r} is not a kind of record: write {', '.join(KINDS)}"
            )
    return Query(known_on=known_on, by=side, kinds=kinds)


def records(register: Register, query: Query) -> list[Measure]:
    """The records that a question asks for: of a side, of some kinds, known by then."""
    kind = query.kinds[0] if len(query.kinds) == 1 else None
    return [
        measure.as_read()
        for measure in register.measures(kind=kind)
        if query.by in ("", measure.by)
        and (not query.kinds or measure.kind in query.kinds)
        and is_known(measure, query.known_on)
    ]


def is_known(measure: Measure, known_on: int | None) -> bool:
    """Whether anything of a record was announced by the end of a day."""
    if known_on is None:
        return True
    described = [event.announced for event in measure.events]
    described.extend(
        period.announced
        for provision in measure.provisions
        for period in (*provision.periods, *provision.announced)
    )
    # Without any announcement a record was not known on any day.
    return min(described, default=known_on + 1) <= known_on


def note_of(measure: Measure, known_on: int | None) -> str:
    """The note of a record, with the later ones that were known by the end of a day."""
    later = [
        row["text"]
        for row in measure.terms.get("later", ())
        if known_on is None or day_number(row["on"]) <= known_on
    ]
    return " ".join(each for each in (measure.note, *later) if each)


def acts(register: Register, query: Query) -> list[Occurrence]:
    """The acts that a question asks for, by day of announcement, then by first day.

    With ``first`` or ``last`` an act is asked for when it was announced, or takes effect, on a
    day between them, both included.
    """
    return acts_of(records(register, query), register, query)


def acts_of(measures: Iterable[Measure], register: Register, query: Query) -> list[Occurrence]:
    """The acts of some records that a question about days asks for, in the order of `acts`."""
    found = []
    for measure in measures:
        zone = register.zones[measure.by]
        # Numbered before anything is left out: an id must not hang on the question.
        for act in _numbered(_acts_of(measure, zone)):
            if query.known_on is not None and act.announced > query.known_on:
                continue
            if _inside(act, query):
                found.append(act)
    # Acts without days stand first within a day: the number of a day is below that of any minute.
    found.sort(key=lambda act: (act.announced, act.announced if act.start is None else act.start))
    return found


def authority_of(measure: Measure, known_on: int | None) -> tuple[str, ...]:
    """The authority of a record by the end of a day: without what only later events rest on."""
    if known_on is None:
        return measure.authority
    then = {key for each in measure.events if each.announced <= known_on for key in each.sources}
    later = {key for each in measure.events if each.announced > known_on for key in each.sources}
    return tuple(key for key in measure.authority if key in then or key not in later)


def _inside(act: Occurrence, query: Query) -> bool:
    days = [act.announced]
    # The days that a finding voids are not days on which it takes effect.
    if act.start is not None and act.state != VOID:
        days.append(act.start // MINUTES)
    return any(
        (query.first is None or query.first <= day) and (query.last is None or day <= query.last)
        for day in days
    )


def _acts_of(measure: Measure, zone: str) -> Iterator[Occurrence]:
    for provision in measure.provisions:
        for period in enacted(provision):
            yield _of_period(measure, provision, period, zone)
    for void in measure.voids:
        whole = len(void.provisions) == len(measure.provisions)
        for name in (None,) if whole else void.provisions:
            yield Occurrence(
                id=_name(measure, name, void.announced, void.start, zone, VOID),
                announced=void.announced,
                start=void.start,
                until=void.until,
                measure=measure,
                provision=None if name is None else measure.provision(name),
                event=None if void.event is None else measure.events[void.event],
                state=VOID,
                value=None,
                heading=None,
                suspends="",
                boundary="",
                sources=void.sources,
            )
    for event in _bare(measure):
        yield _of_event(measure, event, zone)
    for act, _ in announced_acts(measure, zone):
        yield act


def announced_acts(measure: Measure, zone: str) -> Iterator[tuple[Occurrence, EffectivePeriod]]:
    """What was only announced of the provisions of a record, with the period that it would be."""
    for provision in measure.provisions:
        for period in provision.announced:
            yield _of_period(measure, provision, period, zone)._replace(announced_only=True), period


def bare_acts(measure: Measure, zone: str) -> list[Occurrence]:
    """The acts of the events of a record that period and void nothing."""
    return [_of_event(measure, event, zone) for event in _bare(measure)]


def _bare(measure: Measure) -> list[Event]:
    """The events of a record that period and void nothing."""
    dated = {
        period.event
        for provision in measure.provisions
        for period in (*provision.periods, *provision.announced)
    }
    dated.update(void.event for void in measure.voids)
    return [event for number, event in enumerate(measure.events) if number not in dated]


def announced_on(measure: Measure, period: EffectivePeriod) -> int:
    """The day on which a period was announced.

    What is merely supposed is known from the start, and announced on the day of its event.
    """
    described = measure.events[period.event].announced if period.event is not None else 0
    return max(described, period.announced)


def _of_period(
    measure: Measure, provision: Provision, period: EffectivePeriod, zone: str
) -> Occurrence:
    announced = announced_on(measure, period)
    return Occurrence(
        id=_name(measure, provision.id, announced, period.start, zone),
        announced=announced,
        start=period.start,
        until=period.until,
        measure=measure,
        provision=provision,
        event=None if period.event is None else measure.events[period.event],
        state=period.state,
        value=value_of(provision, period),
        heading=period.heading or provision.heading,
        suspends=period.suspends,
        boundary=period.boundary,
        sources=period.sources,
    )


def _of_event(measure: Measure, event: Event, zone: str) -> Occurrence:
    return Occurrence(
        id=_name(measure, None, event.announced, event.start, zone),
        announced=event.announced,
        start=event.start,
        until=event.until,
        measure=measure,
        provision=None,
        event=event,
        state="in_force" if measure.kind in STANDING and event.start is not None else "announced",
        value=None,
        heading=None,
        suspends="",
        boundary="",
        sources=event.sources,
        announced_only=event.announced_only,
    )


def _name(
    measure: Measure,
    provision: str | None,
    announced: int,
    start: int | None,
    zone: str,
    word: str = "",
) -> str:
    parts = [measure.id, provision or "", word, day_text(announced)]
    if start is not None:
        parts.append(minute_text(start, zone).replace(":", ""))
    return ".".join(part for part in parts if part)


def _numbered(found: Iterator[Occurrence]) -> Iterator[Occurrence]:
    """Acts of one record; where two would bear one id, the later ones get a number."""
    count: dict[str, int] = {}
    for act in found:
        number = count[act.id] = count.get(act.id, 0) + 1
        yield act if number == 1 else act._replace(id=f"{act.id}.{number}")


def coming(register: Register, query: Query, on: dict[str, int]) -> list[Occurrence]:
    """What changes after a moment, in order of the days on which it does.

    Args:
        register: the register asked.
        query: which records, as known when; ``last`` is the last day looked at.
        on: the moment asked for, in minutes on the wall clock of each side.
    """
    return coming_of(records(register, query), register, query, on)


def coming_of(
    measures: Iterable[Measure], register: Register, query: Query, on: dict[str, int]
) -> list[Occurrence]:
    """What changes in some records after a moment, in the order of `coming`."""
    # The last day that is asked about counts whole.
    end = None if query.last is None else (query.last + 1) * MINUTES

    def is_ahead(measure: Measure, start: int | None) -> bool:
        return start is not None and on[measure.by] < start and (end is None or start < end)

    found = [
        act
        for measure in measures
        for act in _changes(
            measure, query.known_on, register.zones[measure.by], partial(is_ahead, measure)
        )
    ]
    found.sort(key=lambda act: (act.start or 0, act.measure.id))
    return found


def _changes(
    measure: Measure, known_on: int | None, zone: str, is_asked: Callable[[int | None], bool]
) -> Iterator[Occurrence]:
    """The minutes that are asked about on which a record shows something else than before."""
    for provision in measure.provisions:
        segments = runs(provision, known_on)
        for before, after in pairwise(segments):
            if is_asked(after.start):
                yield _change(measure, provision, before, after, zone)
    for event in _bare(measure):
        if known_on is not None and event.announced > known_on:
            continue
        if event.announced_only and measure.reading == LAW:
            continue
        act = _of_event(measure, event, zone)
        if is_asked(event.start):
            yield act._replace(before=("announced", None)) if event.announced_only else act
        if event.until is not None and is_asked(event.until):
            over = "lapsed" if measure.kind in STANDING else "announced"
            name = _name(measure, None, event.announced, event.until, zone)
            yield act._replace(
                id=name, start=event.until, until=None, state=over, before=(act.state, None)
            )


def _change(
    measure: Measure, provision: Provision, before: Run, after: Run, zone: str
) -> Occurrence:
    """One change of a timeline, by the period that begins that day, or the one that runs out."""
    start = after.start
    assert start is not None
    begins = after.first is not None and after.first.start == start
    cause = after.first if begins else before.last
    assert cause is not None
    return _of_period(measure, provision, cause, zone)._replace(
        id=_name(measure, provision.id, cause.announced, start, zone),
        start=start,
        until=after.until,
        state=after.state,
        value=after.value,
        heading=after.heading,
        suspends=after.first.suspends if after.first is not None else "",
        boundary=before.last.boundary if before.last is not None else "",
        before=(before.state, before.value),
        announced_only=cause in provision.announced,
    )
