"""The events of a record, from their YAML: what was announced, and the days that it periods."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_number, day_text, minute_of
from detente.register.load.forms import FORMS, read_duty
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import (
    GRADES,
    STATES,
    DutyRate,
    EffectivePeriod,
    Event,
    Provision,
    Reading,
    VoidPeriod,
)

EVENT_KEYS = (
    "announced",
    "from",
    "until",
    "source",
    "title",
    "title_zh",
    "note",
    "answers",
    "grade",
    "retroactive",
    "periods",
    "void",
    "readings",
    "announced_only",
    "speaker",
    "named",
)
PERIOD_KEYS = (
    "provision",
    "from",
    "until",
    "heading",
    "state",
    "suspends",
    "boundary",
    "retroactive",
    "programs",
    *FORMS,
)


class Ground(NamedTuple):
    """What the events of a record cover: its provisions, the duties of its table, its zone."""

    provisions: dict[str, Provision]
    duties: dict[str, DutyRate]
    zone: str
    area: str


class WrittenPeriod(NamedTuple):
    """A period as read, with the provisions that it covers and the place it stands."""

    provisions: tuple[str, ...]
    period: EffectivePeriod
    item: YamlNode


class History(NamedTuple):
    """The events of a record as read, and what they do: periods by provision, and voids.

    ``announced`` are the periods of what was only announced, by provision, apart from the law.
    """

    events: list[Event]
    enacted: dict[str, list[EffectivePeriod]]
    voids: list[VoidPeriod]
    announced: dict[str, list[EffectivePeriod]]


def texts_of(item: YamlNode | None) -> tuple[str, ...]:
    """One text or a list of them."""
    if item is None:
        return ()
    return tuple(each.text() for each in item.one_or_many())


def day_of(item: YamlNode) -> str:
    """A day, as written."""
    text = item.raw.strip()
    try:
        day_number(text)
    except ValueError:
        item.fail(f"`{text}` is not a day", "Write it as YYYY-MM-DD")
    return text


def instant_of(item: YamlNode, zone: str) -> int:
    """Minutes of a day or of an instant with its offset, on the wall clock of ``zone``."""
    text = item.raw.strip()
    try:
        return minute_of(text, zone)
    except ValueError:
        item.fail(
            f"`{text}` is neither a day nor an instant",
            "Write YYYY-MM-DD, or an instant with its offset: 2025-11-10T13:01+08:00",
        )


def read_events(item: YamlNode | None, ground: Ground, first: int = 0) -> History:
    """The events of a record, in order of announcement.

    Args:
        item: the list of events; None where the record has none.
        ground: what they cover.
        first: how many events the record has already; the new ones are counted on from there.
    """
    history = History(
        [], {name: [] for name in ground.provisions}, [], {name: [] for name in ground.provisions}
    )
    last = ""
    for number, each in enumerate(item.items() if item is not None else [], first):
        entries = each.mapping(EVENT_KEYS, ("announced", "source"))
        announced = day_of(entries["announced"])
        if announced < last:
            entries["announced"].fail(
                f"{announced} stands after {last}", "Put events in order of announcement"
            )
        last = announced
        event = _read_event(entries, announced, ground)
        history.events.append(event)
        for written in _read_periods(entries, event, ground):
            period = written.period._replace(event=number)
            for name in written.provisions:
                duty = _duty(written, name, ground)
                by_provision = history.announced if event.announced_only else history.enacted
                by_provision[name].append(period._replace(duty=duty))
        if "void" in entries:
            history.voids.append(_read_void(entries["void"], event, ground)._replace(event=number))
    return history


def _read_event(entries: dict[str, YamlNode], announced: str, ground: Ground) -> Event:
    for key in ("from", "until"):
        if key in entries and ground.provisions:
            entries[key].fail(
                "the days of a record with provisions stand in its periods",
                f"Move `{key}` into `periods` or `void`",
            )
    start = instant_of(entries["from"], ground.zone) if "from" in entries else None
    until = instant_of(entries["until"], ground.zone) if "until" in entries else None
    if until is not None and (start is None or until <= start):
        entries["until"].fail("`until` is not after `from`", "It is the first day without it")
    announced_only = "announced_only" in entries and entries["announced_only"].boolean()
    _check_statement(entries, announced_only)
    return Event(
        announced=day_number(announced),
        start=start,
        until=until,
        title=entries["title"].text() if "title" in entries else "",
        title_zh=entries["title_zh"].text() if "title_zh" in entries else "",
        note=entries["note"].text() if "note" in entries else "",
        answers=texts_of(entries.get("answers")),
        grade=entries["grade"].word(GRADES) if "grade" in entries else "",
        sources=texts_of(entries["source"]),
        announced_only=announced_only,
        speaker=entries["speaker"].text() if "speaker" in entries else "",
        named=entries["named"].boolean() if "named" in entries else True,
    )


def _check_statement(entries: dict[str, YamlNode], announced_only: bool) -> None:
    """What was only announced has a speaker and days; what was enacted has no speaker."""
    if not announced_only:
        for key in ("speaker", "named"):
            if key in entries:
                entries[key].fail(
                    f"`{key}` belongs to an event that was only announced",
                    "Add announced_only: true, or take it out",
                )
        return
    item = entries["announced_only"]
    if "speaker" not in entries:
        item.fail("what was only announced has a speaker", "Add `speaker:` with who said it")
    if "void" in entries:
        entries["void"].fail(
            "a statement does not say that duties were never owed", "Write the ruling as an event"
        )
    if "periods" not in entries and "from" not in entries:
        item.fail(
            "the announcement has no days",
            "Add `periods`, or `from` in a record without provisions",
        )


def _read_periods(
    entries: dict[str, YamlNode], event: Event, ground: Ground
) -> list[WrittenPeriod]:
    retroactive = "retroactive" in entries and entries["retroactive"].boolean()
    readings = read_readings(entries.get("readings"))
    all_written = []
    for item in entries["periods"].items() if "periods" in entries else []:
        written = _read_period(item, event, retroactive, ground)
        all_written.append(written._replace(period=written.period._replace(readings=readings)))
    _refuse_overlap(all_written)
    return all_written


def _duty(written: WrittenPeriod, provision: str, ground: Ground) -> DutyRate | None:
    """The duty of a period for one provision; a row of a table brings its own."""
    if written.period.duty is not None or written.period.state != "in_force":
        return written.period.duty
    if provision in ground.duties:
        return ground.duties[provision]
    if ground.area.endswith("/tariff"):
        written.item.fail(
            "a period in force needs a duty", 'Add one, such as add: "25%", or free: true'
        )
    return None


def _read_period(item: YamlNode, event: Event, retroactive: bool, ground: Ground) -> WrittenPeriod:
    entries = item.mapping(PERIOD_KEYS, ("provision", "from"))
    start = instant_of(entries["from"], ground.zone)
    until = instant_of(entries["until"], ground.zone) if "until" in entries else None
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    retroactive |= "retroactive" in entries and entries["retroactive"].boolean()
    # A day before the announcement is mostly a slip, so one that is meant has to say so.
    if start < event.announced * MINUTES and not retroactive:
        entries["from"].fail(
            f"the period begins before it was announced on {day_text(event.announced)}",
            "Correct the day, or add retroactive: true",
        )
    period = EffectivePeriod(
        announced=event.announced,
        start=start,
        until=until,
        duty=read_duty(entries),
        heading=entries["heading"].quoted("the heading") if "heading" in entries else None,
        state=entries["state"].word(STATES) if "state" in entries else "in_force",
        suspends=entries["suspends"].text() if "suspends" in entries else "",
        boundary=entries["boundary"].word(("unclear",)) if "boundary" in entries else "",
        sources=event.sources,
    )
    return WrittenPeriod(_provision_names(entries["provision"], ground), period, item)


def _provision_names(item: YamlNode, ground: Ground) -> tuple[str, ...]:
    names: list[str] = []
    for each in item.one_or_many():
        name = each.text()
        if name == "all":
            names.extend(ground.provisions)
        elif name == "table":
            names.extend(ground.duties)
        elif name in ground.provisions:
            names.append(name)
        elif group := [
            provision.id for provision in ground.provisions.values() if provision.group == name
        ]:
            names.extend(group)
        else:
            known = ", ".join(ground.provisions)
            do = f"The provisions here are {known}, or write all"
            each.fail(f"unknown provision `{name}`", do)
    return tuple(names)


def _refuse_overlap(all_written: list[WrittenPeriod]) -> None:
    """Two periods of one event may not cover the same day of a provision."""
    for index, written in enumerate(all_written):
        for other in all_written[:index]:
            shared = set(written.provisions) & set(other.provisions)
            if shared and _overlap(written.period, other.period):
                written.item.fail(
                    f"two periods of one event cover the same days of `{sorted(shared)[0]}`",
                    "Give each its own days, or write a second event",
                )


def _overlap(first: EffectivePeriod, second: EffectivePeriod) -> bool:
    first_ends = first.until is None or second.start < first.until
    second_ends = second.until is None or first.start < second.until
    return first_ends and second_ends


def _read_void(item: YamlNode, event: Event, ground: Ground) -> VoidPeriod:
    entries = item.mapping(("from", "until", "provision"), ("from",))
    names = (
        _provision_names(entries["provision"], ground)
        if "provision" in entries
        else tuple(ground.provisions)
    )
    until = instant_of(entries["until"], ground.zone) if "until" in entries else None
    start = instant_of(entries["from"], ground.zone)
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    return VoidPeriod(event.announced, start, until, names, event.sources)


def read_readings(item: YamlNode | None) -> tuple[Reading, ...]:
    """The readings of a disputed text, the one followed first; at least two, and they differ."""
    if item is None:
        return ()
    readings = []
    for each in item.items():
        entries = each.mapping(("text", "source", "holds"), ("text", "source", "holds"))
        readings.append(
            Reading(entries["text"].text(), entries["source"].text(), entries["holds"].boolean())
        )
    if len({reading.holds for reading in readings}) < 2:
        item.fail("a dispute has two readings that differ", "Give one with holds: true, one false")
    return tuple(readings)
