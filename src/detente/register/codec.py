"""The compiled form: records as arrays of JSON, read back into the shapes of ``model``."""

from __future__ import annotations

from functools import lru_cache

from detente._lean import read_json
from detente._shapes import TYPE_CHECKING
from detente.register.model import (
    CodeRow,
    DutyRate,
    EffectivePeriod,
    Event,
    Gap,
    GapTouch,
    Measure,
    Provision,
    Reading,
    StackingRule,
    Test,
    VoidPeriod,
)

if TYPE_CHECKING:
    from typing import Any

    from detente.register.control_terms import ControlItem, ControlTerms


MOST_CACHED = 4096
"""Provisions that stay decoded: a server or a batch meets the same ones again and again."""


def encode(value: object) -> str:
    """A shape of ``model`` as compact JSON; tuples become arrays in the order of their fields."""
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tuples(value: Any) -> Any:
    """Arrays back into tuples, all the way down."""
    if not isinstance(value, list):
        return value
    # Most items are no arrays: a call for each of them was a fortieth of a cold answer.
    return tuple([_tuples(each) if isinstance(each, list) else each for each in value])


def _readings(rows: list[Any]) -> tuple[Reading, ...]:
    return tuple([Reading._make(row) for row in rows]) if rows else ()


def duty_row(row: list[Any]) -> DutyRate:
    """A duty from its compiled row."""
    *rest, programs = row
    return DutyRate._make([*rest, tuple(programs)])


def _period(row: list[Any]) -> EffectivePeriod:
    announced, start, until, duty, heading, state, suspends, boundary, *rest = row
    sources, readings, event = rest
    return EffectivePeriod(
        announced,
        start,
        until,
        None if duty is None else duty_row(duty),
        heading,
        state,
        suspends,
        boundary,
        tuple(sources),
        _readings(readings),
        event,
    )


def _test(row: list[Any]) -> Test:
    fact, operator, value = row
    return Test(fact, operator, tuple(value) if isinstance(value, list) else value)


def _provision(row: list[Any]) -> Provision:
    name, title, heading, at_cap, group, *rest = row
    goods, not_goods, places, when, base, note, control, periods, *last = rest
    rest_heading, possible, announced = last
    return Provision(
        name,
        title,
        heading,
        at_cap,
        group,
        tuple(goods),
        tuple(not_goods),
        tuple(places),
        tuple([_test(each) for each in when]),
        tuple(base),
        note,
        control,
        tuple([_period(each) for each in periods]),
        rest_heading,
        possible,
        tuple([_period(each) for each in announced]),
    )


@lru_cache(maxsize=MOST_CACHED)
def _provision_of(text: str) -> Provision:
    """A provision from its compiled text; the same one for the same text, for it never changes."""
    return _provision(read_json(text))


def _event(row: list[Any]) -> Event:
    announced, start, until, title, title_zh, note, answers, grade, sources, *statement = row
    named = (title, title_zh, note, tuple(answers))
    return Event(announced, start, until, *named, grade, tuple(sources), *statement)


def head(measure: Measure) -> str:
    """A record without its provisions and events, which are kept beside it."""
    return encode(measure._replace(provisions=(), events=()))


def measure(text: str, provisions: list[str], events: str = "[]") -> Measure:
    """A record from its compiled parts.

    Args:
        text: what ``head`` gave.
        provisions: texts of its provisions, in order; those that are not needed may be left out.
        events: its events; an answer about duty does without them.
    """
    row = read_json(text)
    name, title, title_zh, by, kind, family, area = row[:7]
    authority, answers, places, note, verified, ownership, _, voids, _, terms, reading = row[7:]
    return Measure(
        name,
        title,
        title_zh,
        by,
        kind,
        family,
        area,
        tuple(authority),
        tuple(answers),
        tuple(places),
        note,
        (verified[0], verified[1]),
        ownership,
        tuple([_provision_of(each) for each in provisions]),
        tuple([VoidPeriod._make(_tuples(each)) for each in voids]),
        tuple([_event(each) for each in read_json(events)]),
        terms,
        reading,
    )


def yield_row(row: list[Any]) -> StackingRule:
    """A yield from its compiled row."""
    *head, sources, readings = row
    return StackingRule._make([*_tuples(head), tuple(sources), _readings(readings)])


def rows(text: str, shape: Any) -> list[Any]:
    """Named tuples of one shape from a compiled array of rows."""
    return [shape._make(_tuples(row)) for row in read_json(text)]


def row(text: str, shape: Any) -> Any:
    """A named tuple of one shape from its compiled row."""
    return shape._make(_tuples(read_json(text)))


def gaps(text: str) -> list[Gap]:
    """What is not modelled, from its compiled rows."""
    found = [Gap._make(_tuples(row)) for row in read_json(text)]
    return [gap._replace(touches=GapTouch._make(gap.touches)) for gap in found]


def control_terms(row: list[Any]) -> ControlTerms:
    """The words of one side's controls from their compiled row."""
    from detente.register.control_terms import (
        ControlItem,
        ControlReading,
        ControlTerms,
        LicenceException,
        PartyClass,
        UnreadControl,
    )

    by, items, codes, parties, exceptions, claims, unlisted, read, imports = row
    start, held, unread, facts, apart, control_list, scope = read
    return ControlTerms(
        by,
        tuple([_item(ControlItem._make(_tuples(each))) for each in items]),
        tuple([CodeRow._make(each) for each in codes]),
        tuple([PartyClass._make(_tuples(each)) for each in parties]),
        tuple([LicenceException._make(each) for each in exceptions]),
        _tuples(claims),
        unlisted,
        ControlReading(
            start,
            _tuples(held),
            tuple([UnreadControl._make(_tuples(each)) for each in unread]),
            tuple(facts),
            apart,
            control_list,
            scope,
        ),
        tuple([CodeRow._make(each) for each in imports]),
    )


def _item(item: ControlItem) -> ControlItem:
    """An item with its tests as tests again."""
    return item._replace(when=tuple(tuple(Test._make(t) for t in one) for one in item.when))
