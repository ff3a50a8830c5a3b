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
from detente.register.painting import paint_at

ALWAYS = -(2**62)
"""A minute before all others."""


class RecordChange(NamedTuple):
    """What of one record is changed.

    Attributes:
        start: the first minute at which it says something else.
        places: sets of places and countries that it names, before or after.
        limbs: its provisions that differ, as they were and as they are.
    """

    start: int
    places: tuple[str, ...]
    limbs: tuple[Provision, ...]


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
            before = known.get(measure.id) or measure._replace(limbs=())
            starts = _starts(before, measure)
            if starts:
                limbs = (limb for each in (before, measure) for limb in each.limbs)
                touched = tuple(limb for limb in limbs if limb.id in starts)
                places = (*before.places, *measure.places)
                found.append(RecordChange(min(starts.values()), places, touched))
    return found


def _starts(before: Measure, after: Measure) -> dict[str, int]:
    """The first minute at which each limb that differs says something else, by its id."""
    limbs = {limb.id: limb for limb in before.limbs}
    order = [limb.id for limb in after.limbs][: len(limbs)]
    if _aside_from_limbs(before) != _aside_from_limbs(after) or order != [*limbs]:
        return {limb.id: ALWAYS for each in (before, after) for limb in each.limbs}
    found = {
        limb.id: _first_of_limb(limbs[limb.id], limb) if limb.id in limbs else _first((limb,))
        for limb in after.limbs
    }
    return {name: start for name, start in found.items() if start is not None}


def _aside_from_limbs(measure: Measure) -> Measure:
    """A record without its provisions, and without what no answer of a batch tells of."""
    return measure._replace(limbs=(), events=(), terms={}, reading="")


def _first_of_limb(before: Provision, after: Provision) -> int | None:
    plain: tuple[EffectivePeriod, ...] = ()
    if before._replace(paints=plain) != after._replace(paints=plain):
        return _first((before, after))
    if before.paints == after.paints:
        return None
    minutes = {
        minute
        for limb in (before, after)
        for minute in provision_changepoints(limb, unclear_ends=True)
    }
    found = [each for each in minutes if _shown(before, each) != _shown(after, each)]
    # What was only announced may lie under one version's paints and over the other's.
    found += [paint.start for paint in before.announced]
    return min(found, default=None)


def _first(limbs: Iterable[Provision]) -> int | None:
    """The first minute at which some of the limbs say anything at all."""
    strokes = (paint for limb in limbs for paint in (*limb.paints, *limb.announced))
    return min((paint.start for paint in strokes), default=None)


def _shown(limb: Provision, minute: int) -> tuple[object, ...]:
    """What an answer can tell of a limb's paints at a minute."""
    paint = paint_at(limb.paints, minute)
    disputed = tuple(_told(each) for each in limb.paints if each.readings and covers(each, minute))
    return (paint and _told(paint), disputed)


def _told(paint: EffectivePeriod) -> tuple[object, ...]:
    """A paint without what tells of its origin; its end matters where it is in doubt alone."""
    end = paint.until if paint.boundary else None
    return (paint.duty, paint.heading, paint.state, paint.boundary, end, paint.readings)
