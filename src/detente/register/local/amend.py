"""More events on a record that exists: a later order, or a scenario."""

from __future__ import annotations

from collections.abc import Iterable

from detente.register.load.events import Ground, read_events
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import EffectivePeriod, Measure, VoidPeriod
from detente.register.periods import in_order


def with_events(measure: Measure, item: YamlNode, zone: str) -> Measure:
    """The record with the events of a YAML list added to it.

    Args:
        measure: the record as it is.
        item: a list of events as a record writes them; they cover the record's own provisions.
        zone: time zone of the country that acts.

    Raises:
        RegisterError: an event is wrong, or covers a provision that the record does not have.
    """
    provisions = {provision.id: provision for provision in measure.as_read().provisions}
    ground = Ground(provisions, {}, zone, measure.area)
    # Periods name their event by its place, so the new ones count on from the record's own.
    history = read_events(item, ground, first=len(measure.events))
    added = with_periods(measure, history.enacted, history.voids)
    described = [
        provision._replace(
            announced=in_order([*provision.announced, *history.announced.get(provision.id, [])])
        )
        for provision in added.provisions
    ]
    return added._replace(provisions=tuple(described), events=(*measure.events, *history.events))


def with_periods(
    measure: Measure, enacted: dict[str, list[EffectivePeriod]], voids: Iterable[VoidPeriod] = ()
) -> Measure:
    """The record with periods added by provision.

    What was announced later still covers the earlier.
    """
    return measure._replace(
        provisions=tuple(
            provision._replace(
                periods=in_order([*provision.periods, *enacted.get(provision.id, [])])
            )
            for provision in measure.provisions
        ),
        voids=(*measure.voids, *voids),
    )
