"""How far what is supposed can reach: which days and places of a register it may change.

A scenario, or the reading with what was only announced, replaces some records of the register
beneath it. An entry of a day before the first change, or from a place that no replaced record
names, is answered by the register beneath.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.applicability.scope import provision_changepoints
from detente.batch.engine.views import covers
from detente.register.book import Register
from detente.register.model import EffectivePeriod, Measure, Provision
from detente.register.periods import period_at

ALWAYS = -(2**62)
"""A minute before all others."""


class RecordChange(NamedTuple):
    """What of one record is changed.

    Attributes:
        start: the first minute at which it says something else.
        places: sets of places and countries that it names, before or after.
        provisions: its provisions that differ, as they were and as they are.
    """

    start: int
    places: tuple[str, ...]
    provisions: tuple[Provision, ...]


def record_changes(register: Register, beneath: Register, area: str) -> list[RecordChange]:
    """The changes of an area's records that an answer may tell of.

    Args:
        register: the register with changed records.
        beneath: the one in which nothing is changed.
        area: the area of the law that is asked.
    """
    known = {measure.id: measure for measure in beneath.measures(area, "measure")}
    found = []
    for measure in register.changed.values():
        if measure.area == area and measure.kind == "measure":
            before = known.get(measure.id) or measure._replace(provisions=())
            starts = _starts(before, measure)
            if starts:
                provisions = (
                    provision for each in (before, measure) for provision in each.provisions
                )
                touched = tuple(provision for provision in provisions if provision.id in starts)
                places = (*before.places, *measure.places)
                found.append(RecordChange(min(starts.values()), places, touched))
    return found


def _starts(before: Measure, after: Measure) -> dict[str, int]:
    """The first minute at which each provision that differs says something else, by its id."""
    provisions = {provision.id: provision for provision in before.provisions}
    order = [provision.id for provision in after.provisions][: len(provisions)]
    # The first provision that fits is filed, so another order is another law from the first day on.
    if _aside_from_provisions(before) != _aside_from_provisions(after) or order != [*provisions]:
        return {provision.id: ALWAYS for each in (before, after) for provision in each.provisions}
    found = {
        provision.id: _first_of_provision(provisions[provision.id], provision)
        if provision.id in provisions
        else _first((provision,))
        for provision in after.provisions
    }
    return {name: start for name, start in found.items() if start is not None}


def _aside_from_provisions(measure: Measure) -> Measure:
    """A record without its provisions, and without what no answer of a batch tells of."""
    return measure._replace(provisions=(), events=(), terms={}, reading="")


def _first_of_provision(before: Provision, after: Provision) -> int | None:
    plain: tuple[EffectivePeriod, ...] = ()
    if before._replace(periods=plain) != after._replace(periods=plain):
        return _first((before, after))
    if before.periods == after.periods:
        return None
    minutes = {
        minute for provision in (before, after) for minute in provision_changepoints(provision)
    }
    found = [each for each in minutes if _shown(before, each) != _shown(after, each)]
    # What was only announced may lie under one version's periods and over the other's.
    found += [period.start for period in before.announced]
    return min(found, default=None)


def _first(provisions: Iterable[Provision]) -> int | None:
    """The first minute at which some of the provisions say anything at all."""
    strokes = (
        period for provision in provisions for period in (*provision.periods, *provision.announced)
    )
    return min((period.start for period in strokes), default=None)


def _shown(provision: Provision, minute: int) -> tuple[object, ...]:
    """What an answer can tell of a provision's periods at a minute."""
    period = period_at(provision.periods, minute)
    disputed = tuple(
        _described(each) for each in provision.periods if each.readings and covers(each, minute)
    )
    return (period and _described(period), disputed)


def _described(period: EffectivePeriod) -> tuple[object, ...]:
    """A period without what tells of its origin; its end matters where it is in doubt alone."""
    end = period.until if period.boundary else None
    return (period.duty, period.heading, period.state, period.boundary, end, period.readings)
