"""Turning points of the duties of two sides: what a chart of their averages marks.

Three kinds of day, found by what the register says and by no list of names: agreements that a
duty's own history refers to, threats that one of these agreements answers, and findings that a
duty was never owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_number, day_text
from detente.register.book import Register
from detente.register.events import VOID
from detente.register.model import Measure


class TurningPoint(NamedTuple):
    """A day to mark: ISO day, the kind of record or "void", and its words."""

    on: str
    kind: str
    title: str


def turning_points(
    register: Register, start: str, last: str, known_on: str | None = None
) -> list[TurningPoint]:
    """Turning points on the days from ``start`` to ``last``, both included, in order of day.

    Args:
        register: the register asked.
        start: the first ISO day.
        last: the last ISO day.
        known_on: what was announced after this ISO day is left out.
    """
    limit = None if known_on is None else day_number(known_on)
    found = [
        point
        for announced, point in _all(register)
        if start <= point.on <= last and (limit is None or announced <= limit)
    ]
    return sorted(found)


def _all(register: Register) -> Iterator[tuple[int, TurningPoint]]:
    """Every turning point with the day on which it was announced."""
    duties = [
        measure for measure in register.measures(kind="measure") if measure.area.endswith("/tariff")
    ]
    named = {name for measure in duties for event in measure.events for name in event.answers}
    agreements = [each for each in register.measures(kind="agreement") if each.id in named]
    answered = {name for each in agreements for event in each.events for name in event.answers}
    for measure in (*agreements, *register.measures(kind="threat")):
        if measure.kind == "agreement" or measure.id in answered:
            yield from _events(measure)
    for day, key in dict.fromkeys(_findings(duties)):
        title = f"{register.citation(key)}: duties held never owed"
        yield day, TurningPoint(day_text(day), VOID, title)


def _findings(duties: Iterable[Measure]) -> Iterator[tuple[int, str]]:
    """The day of each finding that a duty was never owed, and its first source."""
    for measure in duties:
        for void in measure.voids:
            yield void.announced, void.sources[0]


def _events(measure: Measure) -> Iterator[tuple[int, TurningPoint]]:
    """The events of an agreement that have days, and the first of a threat."""
    for number, event in enumerate(measure.events):
        if event.start is None and (measure.kind == "agreement" or number):
            continue
        minute = event.announced * MINUTES if event.start is None else event.start
        described = event.title if measure.kind == "agreement" else ""
        title = f"{measure.title}: {described}" if described else measure.title
        day = day_text(minute // MINUTES)
        yield event.announced, TurningPoint(day, measure.kind, title)
