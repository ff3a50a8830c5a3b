"""Effective periods: each event lays some over the timeline of a provision.

The period announced last decides its own days; elsewhere the one before it does. So a rate that
was superseded before it began, a retroactive order, a suspension and the revival of what lies
beneath it all follow from one rule. Leaving out what was announced later gives the timeline as it
was known on an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente._shapes import NamedTuple
from detente.register.model import EffectivePeriod, Provision


class Segment(NamedTuple):
    """A run of days of a provision under one period.

    ``period`` is None where none was announced.
    """

    start: int | None
    until: int | None
    period: EffectivePeriod | None


def known(periods: Sequence[EffectivePeriod], known_on: int | None) -> Sequence[EffectivePeriod]:
    """The periods announced by the end of day ``known_on`` (all of them when it is None)."""
    if known_on is None:
        return periods
    return [period for period in periods if period.announced <= known_on]


def in_order(periods: Iterable[EffectivePeriod]) -> tuple[EffectivePeriod, ...]:
    """Periods by day of announcement; of one day, in the order in which they were added."""
    return tuple(sorted(periods, key=lambda period: period.announced))


def enacted(provision: Provision) -> tuple[EffectivePeriod, ...]:
    """The periods of a provision without what was only announced, in either reading."""
    if not provision.announced:
        return provision.periods
    return tuple(period for period in provision.periods if period not in provision.announced)


def period_at(
    periods: Sequence[EffectivePeriod], minute: int, known_on: int | None = None
) -> EffectivePeriod | None:
    """The period that shows at a minute: the one announced last of those that cover it."""
    for period in reversed(periods):
        if known_on is not None and period.announced > known_on:
            continue
        if period.start <= minute and (period.until is None or minute < period.until):
            return period
    return None


def edges(periods: Sequence[EffectivePeriod]) -> list[int]:
    """Every minute at which a period starts or ends, ascending."""
    found = {period.start for period in periods}
    found.update(period.until for period in periods if period.until is not None)
    return sorted(found)


def timeline(provision: Provision, known_on: int | None = None) -> list[Segment]:
    """The timeline of a provision: segments that tile all time, neighbors never of one period."""
    return timeline_of(provision.periods, known_on)


def timeline_of(periods: Sequence[EffectivePeriod], known_on: int | None = None) -> list[Segment]:
    """The timeline of some periods; see `timeline`."""
    periods = known(periods, known_on)
    marks = edges(periods)
    segments: list[Segment] = []
    for start, until in _gaps(marks):
        # The first gap has no start, and the minute before the first mark stands for it.
        shown = period_at(periods, marks[0] - 1 if start is None else start) if marks else None
        if segments and segments[-1].period is shown:
            segments[-1] = segments[-1]._replace(until=until)
        else:
            segments.append(Segment(start, until, shown))
    return segments


def _gaps(marks: list[int]) -> Iterator[tuple[int | None, int | None]]:
    """The intervals between marks, with open ends on both sides."""
    before: int | None = None
    for mark in marks:
        yield before, mark
        before = mark
    yield before, None


def operative_from(provision: Provision, known_on: int | None = None) -> int | None:
    """The first minute on which the provision was ever in force, or None if it never was."""
    return _first_in_force(provision.periods, known_on)


def _first_in_force(periods: Sequence[EffectivePeriod], known_on: int | None) -> int | None:
    for segment in timeline_of(periods, known_on):
        if segment.period is not None and segment.period.state == "in_force":
            return segment.start
    return None


def state_at(provision: Provision, minute: int, known_on: int | None = None) -> str:
    """The state of a provision at a minute.

    ``announced`` before anything is in force, ``scheduled`` where its first day lies ahead,
    the period's own state while one shows, ``lapsed`` after the last one has ended, and
    ``never_operated`` where it is over without one day in force.
    """
    return state_of(provision.periods, minute, known_on)


def state_of(periods: Sequence[EffectivePeriod], minute: int, known_on: int | None = None) -> str:
    """The state at a minute of a provision with some periods; see `state_at`."""
    period = period_at(periods, minute, known_on)
    if period is not None:
        if period.state == "ended" and _first_in_force(periods, known_on) is None:
            return "never_operated"
        return period.state
    periods = known(periods, known_on)
    if not periods:
        return "announced"
    if any(other.start > minute for other in periods):
        return "scheduled"
    return "lapsed" if _first_in_force(periods, known_on) is not None else "never_operated"
