"""Painting: the days of a limb are a strip, and each event paints over a part of it.

The paint announced last wins on its own days; elsewhere the older paint shows. So a rate that
was superseded before it began, a retroactive order, a suspension and the revival of what lies
beneath it all come out of one rule. Leaving out what was announced later gives the strip as it
was known on an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente._shapes import NamedTuple
from detente.register.model import EffectivePeriod, Provision


class Segment(NamedTuple):
    """A run of days of a limb under one paint; ``paint`` is None where nothing is painted."""

    start: int | None
    until: int | None
    paint: EffectivePeriod | None


def known(paints: Sequence[EffectivePeriod], known_on: int | None) -> Sequence[EffectivePeriod]:
    """The paints announced by the end of day ``known_on`` (all of them when it is None)."""
    if known_on is None:
        return paints
    return [paint for paint in paints if paint.announced <= known_on]


def in_order(paints: Iterable[EffectivePeriod]) -> tuple[EffectivePeriod, ...]:
    """Paints by day of announcement; of one day, in the order in which they were added."""
    return tuple(sorted(paints, key=lambda paint: paint.announced))


def enacted(limb: Provision) -> tuple[EffectivePeriod, ...]:
    """The paints of a limb without what was only announced, in either reading."""
    if not limb.announced:
        return limb.paints
    return tuple(paint for paint in limb.paints if paint not in limb.announced)


def paint_at(
    paints: Sequence[EffectivePeriod], minute: int, known_on: int | None = None
) -> EffectivePeriod | None:
    """The paint that shows at a minute: the one announced last of those that cover it."""
    for paint in reversed(paints):
        if known_on is not None and paint.announced > known_on:
            continue
        if paint.start <= minute and (paint.until is None or minute < paint.until):
            return paint
    return None


def edges(paints: Sequence[EffectivePeriod]) -> list[int]:
    """Every minute at which some paint starts or ends, ascending."""
    found = {paint.start for paint in paints}
    found.update(paint.until for paint in paints if paint.until is not None)
    return sorted(found)


def strip(limb: Provision, known_on: int | None = None) -> list[Segment]:
    """The whole strip of a limb: stretches that tile all time, neighbors never of one paint."""
    paints = known(limb.paints, known_on)
    marks = edges(paints)
    stretches: list[Segment] = []
    for start, until in _gaps(marks):
        shown = paint_at(paints, marks[0] - 1 if start is None else start) if marks else None
        if stretches and stretches[-1].paint is shown:
            stretches[-1] = stretches[-1]._replace(until=until)
        else:
            stretches.append(Segment(start, until, shown))
    return stretches


def _gaps(marks: list[int]) -> Iterator[tuple[int | None, int | None]]:
    """The intervals between marks, with open ends on both sides."""
    before: int | None = None
    for mark in marks:
        yield before, mark
        before = mark
    yield before, None


def operative_from(limb: Provision, known_on: int | None = None) -> int | None:
    """The first minute on which the limb was ever in force, or None if it never was."""
    for stretch in strip(limb, known_on):
        if stretch.paint is not None and stretch.paint.state == "in_force":
            return stretch.start
    return None


def state_at(limb: Provision, minute: int, known_on: int | None = None) -> str:
    """The state of a limb at a minute.

    ``announced`` before anything is painted, ``scheduled`` where its first day lies ahead,
    the paint's own state while one shows, ``lapsed`` after the last paint has ended, and
    ``never_operated`` where it is over without one day in force.
    """
    paint = paint_at(limb.paints, minute, known_on)
    if paint is not None:
        if paint.state == "ended" and operative_from(limb, known_on) is None:
            return "never_operated"
        return paint.state
    paints = known(limb.paints, known_on)
    if not paints:
        return "announced"
    if any(other.start > minute for other in paints):
        return "scheduled"
    return "lapsed" if operative_from(limb, known_on) is not None else "never_operated"
