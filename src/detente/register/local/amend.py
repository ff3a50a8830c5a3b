"""More events on a record that exists: a later order, or a scenario."""

from __future__ import annotations

from collections.abc import Iterable

from detente.register.load.events import Ground, read_events
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import EffectivePeriod, Measure, VoidPeriod
from detente.register.painting import in_order


def with_events(measure: Measure, item: YamlNode, zone: str) -> Measure:
    """The record with the events of a YAML list added to it.

    Args:
        measure: the record as it is.
        item: a list of events as a record writes them; they paint the record's own limbs.
        zone: time zone of the country that acts.

    Raises:
        RegisterError: an event is wrong, or paints a limb that the record does not have.
    """
    limbs = {limb.id: limb for limb in measure.as_read().limbs}
    ground = Ground(limbs, {}, zone, measure.area)
    history = read_events(item, ground, first=len(measure.events))
    added = with_paints(measure, history.painted, history.voids)
    told = [
        limb._replace(announced=in_order([*limb.announced, *history.announced.get(limb.id, [])]))
        for limb in added.limbs
    ]
    return added._replace(limbs=tuple(told), events=(*measure.events, *history.events))


def with_paints(
    measure: Measure, painted: dict[str, list[EffectivePeriod]], voids: Iterable[VoidPeriod] = ()
) -> Measure:
    """The record with paints added by limb; what was announced later still covers the earlier."""
    return measure._replace(
        limbs=tuple(
            limb._replace(paints=in_order([*limb.paints, *painted.get(limb.id, [])]))
            for limb in measure.limbs
        ),
        voids=(*measure.voids, *voids),
    )
