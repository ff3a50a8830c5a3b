"""A record of the register, from its YAML: limbs first, then the events that paint them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from detente.register.clock import day_number, minute_of, start_of
from detente.register.forms import FORMS, duty_of, read_duty
from detente.register.model import (
    GRADES,
    KINDS,
    OPERATORS,
    STATES,
    Duty,
    Limb,
    Measure,
    Paint,
    Reading,
    Test,
    Void,
)
from detente.register.tables import read_rows
from detente.register.yaml_reader import Item

RECORD_KEYS = (
    "id",
    "title",
    "title_zh",
    "by",
    "kind",
    "family",
    "authority",
    "answers",
    "places",
    "note",
    "ownership",
    "limbs",
    "limbs_from",
    "events",
    "verified",
)
LIMB_KEYS = (
    "id",
    "title",
    "heading",
    "at_cap",
    "group",
    "goods",
    "not_goods",
    "places",
    "when",
    "base",
    "note",
)
CONTROL_KEYS = ("decision", "policy", "items", "to", "from", "exceptions", "citation")
EVENT_KEYS = (
    "announced",
    "source",
    "title",
    "title_zh",
    "note",
    "answers",
    "grade",
    "retroactive",
    "paint",
    "void",
    "readings",
)
PAINT_KEYS = (
    "limb",
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
OWNERSHIP_KEYS = (
    "seeds",
    "threshold",
    "aggregate",
    "pass_on",
    "also",
    "scope",
    "consequence",
    "note",
)


class TableRow(NamedTuple):
    """One row of a table of places that becomes a limb; ``item`` says where it stands."""

    id: str
    place: str
    heading: str
    at_cap: str
    group: str
    base: tuple[str, ...]
    duty: Duty
    item: Item


class Ground(NamedTuple):
    """What the events of a record paint on: its limbs, the duties of its table, its zone."""

    limbs: dict[str, Limb]
    duties: dict[str, Duty]
    zone: str
    area: str


class Stroke(NamedTuple):
    """A paint as read, with the limbs that it covers and the place it stands."""

    limbs: tuple[str, ...]
    paint: Paint
    has_duty: bool
    item: Item


def read_measure(root: Item, area: str, zone: str, table: Iterable[TableRow] = ()) -> Measure:
    """A record from its YAML root.

    Args:
        root: the mapping of the record.
        area: the folder it stands in, such as ``us/tariff``.
        zone: time zone of the country that acts, for days and instants.
        table: rows of the table named by ``limbs_from``; they follow the limbs written out.
    """
    entries = root.mapping(RECORD_KEYS, ("id", "title", "by", "verified"))
    kind = entries["kind"].word(KINDS) if "kind" in entries else "measure"
    if kind == "measure" and "limbs" not in entries and "limbs_from" not in entries:
        root.fail("a measure has at least one limb", "Add `limbs:` with what it does")
    limbs = _read_limbs(entries.get("limbs"), kind, area)
    duties = {row.id: row.duty for row in table}
    for row in table:
        if row.id in limbs:
            row.item.fail(f"the limb `{row.id}` stands twice", "Give the row another id")
        limbs[row.id] = _table_limb(row)
    ground = Ground(limbs, duties, zone, area)
    painted, voids = _read_events(entries.get("events"), ground)
    verified = entries["verified"].mapping(("day", "grade"), ("day", "grade"))
    return Measure(
        id=entries["id"].text(),
        title=entries["title"].text(),
        title_zh=entries["title_zh"].text() if "title_zh" in entries else "",
        by=entries["by"].text(),
        kind=kind,
        family=entries["family"].raw.strip() if "family" in entries else "",
        area=area,
        authority=_texts(entries.get("authority")),
        answers=_texts(entries.get("answers")),
        places=_texts(entries.get("places")),
        note=entries["note"].text() if "note" in entries else "",
        verified=(_day(verified["day"]), verified["grade"].word(GRADES)),
        ownership=_ownership(entries.get("ownership")),
        limbs=tuple(limb._replace(paints=tuple(painted[limb.id])) for limb in limbs.values()),
        voids=tuple(voids),
    )


def _texts(item: Item | None) -> tuple[str, ...]:
    if item is None:
        return ()
    return tuple(each.text() for each in item.one_or_many())


def _day(item: Item) -> str:
    text = item.raw.strip()
    try:
        day_number(text)
    except ValueError:
        item.fail(f"`{text}` is not a day", "Write it as YYYY-MM-DD")
    return text


def _minute(item: Item, zone: str) -> int:
    text = item.raw.strip()
    try:
        return minute_of(text, zone)
    except ValueError:
        item.fail(
            f"`{text}` is neither a day nor an instant",
            "Write YYYY-MM-DD, or an instant with its offset: 2025-11-10T13:01+08:00",
        )


def _table_limb(row: TableRow) -> Limb:
    """A row of a table as a limb: one place, one duty, no goods of its own."""
    return Limb(
        id=row.id,
        title="",
        heading=row.heading,
        at_cap=row.at_cap or None,
        group=row.group,
        goods=(),
        not_goods=(),
        places=(row.place,),
        when=(),
        base=row.base,
        note="",
        control={},
        paints=(),
    )


def _read_limbs(item: Item | None, kind: str, area: str) -> dict[str, Limb]:
    limbs: dict[str, Limb] = {}
    for each in item.items() if item is not None else []:
        entries = each.mapping((*LIMB_KEYS, *CONTROL_KEYS), ("id",))
        name = entries["id"].text()
        if name in limbs:
            each.fail(f"the limb `{name}` stands twice", "Give each limb an id of its own")
        if name in ("all", "table"):
            each.fail(f"`{name}` is a word of the language", "Give the limb another id")
        limbs[name] = Limb(
            id=name,
            title=entries["title"].text() if "title" in entries else "",
            heading=entries["heading"].quoted("the heading") if "heading" in entries else None,
            at_cap=entries["at_cap"].quoted("the heading") if "at_cap" in entries else None,
            group=entries["group"].text() if "group" in entries else "",
            goods=_goods(entries.get("goods")),
            not_goods=_goods(entries.get("not_goods")),
            places=_texts(entries.get("places")),
            when=read_when(entries.get("when")),
            base=_texts(entries.get("base")),
            note=entries["note"].text() if "note" in entries else "",
            control=_control(entries),
            paints=(),
        )
    return limbs


def _goods(item: Item | None) -> tuple[str, ...]:
    """Names of lists and quoted codes, the codes without their dots."""
    if item is None:
        return ()
    goods = []
    for each in item.one_or_many():
        text = each.raw.strip()
        if text[:1].isdigit():
            each.quoted("the code")
            text = text.replace(".", "")
            if not text.isdigit() or not 2 <= len(text) <= 10:
                each.fail(
                    f"`{each.raw}` is not a code", "Write two to ten digits, with dots or not"
                )
        goods.append(text)
    return tuple(goods)


def read_when(item: Item | None) -> tuple[Test, ...]:
    """The tests of ``when``: every one must hold."""
    if item is None:
        return ()
    tests = []
    for fact, conditions in item.entries().items():
        for operator, value in conditions.mapping(OPERATORS).items():
            tests.append(Test(fact, operator, _test_value(operator, value)))
    if not tests:
        item.fail("`when` has no test", "Write a fact and a test: {auto_part: {is: true}}")
    return tuple(tests)


def _test_value(operator: str, item: Item) -> str | bool | tuple[str, ...]:
    if operator == "in":
        return tuple(each.text() for each in item.items())
    if operator == "is" and not item.is_quoted and item.raw in ("true", "false"):
        return item.boolean()
    if operator in ("before", "from"):
        return _day(item)
    if operator in ("at_least", "more_than", "at_most", "below"):
        return item.quoted("the value")
    return item.text()


def _control(entries: dict[str, Item]) -> dict[str, object]:
    control: dict[str, object] = {}
    for key in CONTROL_KEYS:
        if key in entries:
            item = entries[key]
            control[key] = list(_texts(item)) if item.is_sequence else item.text()
    return control


def _ownership(item: Item | None) -> dict[str, object]:
    if item is None:
        return {}
    regime: dict[str, object] = {}
    required = ("seeds", "threshold", "aggregate", "pass_on")
    for key, value in item.mapping(OWNERSHIP_KEYS, required).items():
        if value.is_mapping:
            regime[key] = {name: each.raw for name, each in value.entries().items()}
        elif value.is_sequence:
            regime[key] = list(_texts(value))
        else:
            regime[key] = value.raw.strip()
    return regime


def _read_events(item: Item | None, ground: Ground) -> tuple[dict[str, list[Paint]], list[Void]]:
    painted: dict[str, list[Paint]] = {name: [] for name in ground.limbs}
    voids: list[Void] = []
    last = ""
    for each in item.items() if item is not None else []:
        entries = each.mapping(EVENT_KEYS, ("announced", "source"))
        announced = _day(entries["announced"])
        if announced < last:
            entries["announced"].fail(
                f"{announced} stands after {last}", "Put events in order of announcement"
            )
        last = announced
        sources = _texts(entries["source"])
        readings = read_readings(entries.get("readings"))
        strokes = [
            _read_paint(stroke, announced, sources, readings, ground, entries)
            for stroke in (entries["paint"].items() if "paint" in entries else [])
        ]
        _refuse_overlap(strokes)
        for stroke in strokes:
            for name in stroke.limbs:
                painted[name].append(_with_duty(stroke, name, ground))
        if "void" in entries:
            voids.append(_read_void(entries["void"], announced, sources, ground))
    return painted, voids


def _with_duty(stroke: Stroke, limb: str, ground: Ground) -> Paint:
    """The paint for one limb; a row of a table brings its own duty."""
    if stroke.has_duty or stroke.paint.state not in ("in_force", "suspended"):
        return stroke.paint
    if limb in ground.duties:
        return stroke.paint._replace(duty=ground.duties[limb])
    if ground.area.endswith("/tariff") and stroke.paint.state == "in_force":
        stroke.item.fail(
            "a paint in force needs a duty", 'Add one, such as add: "25%", or free: true'
        )
    return stroke.paint


def _read_paint(
    item: Item,
    announced: str,
    sources: tuple[str, ...],
    readings: tuple[Reading, ...],
    ground: Ground,
    event: dict[str, Item],
) -> Stroke:
    entries = item.mapping(PAINT_KEYS, ("limb", "from"))
    start = _minute(entries["from"], ground.zone)
    until = _minute(entries["until"], ground.zone) if "until" in entries else None
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    retroactive = any(
        source["retroactive"].boolean() for source in (entries, event) if "retroactive" in source
    )
    if start < start_of(announced) and not retroactive:
        entries["from"].fail(
            f"the paint begins before it was announced on {announced}",
            "Correct the day, or add retroactive: true",
        )
    duty = read_duty(entries)
    paint = Paint(
        announced=day_number(announced),
        start=start,
        until=until,
        duty=duty,
        heading=entries["heading"].quoted("the heading") if "heading" in entries else None,
        state=entries["state"].word(STATES) if "state" in entries else "in_force",
        suspends=entries["suspends"].text() if "suspends" in entries else "",
        boundary=entries["boundary"].word(("unclear",)) if "boundary" in entries else "",
        sources=sources,
        readings=readings,
    )
    return Stroke(_limb_names(entries["limb"], ground), paint, duty is not None, item)


def _limb_names(item: Item, ground: Ground) -> tuple[str, ...]:
    names: list[str] = []
    for each in item.one_or_many():
        name = each.text()
        if name == "all":
            names.extend(ground.limbs)
        elif name == "table":
            names.extend(ground.duties)
        elif name in ground.limbs:
            names.append(name)
        elif group := [limb.id for limb in ground.limbs.values() if limb.group == name]:
            names.extend(group)
        else:
            known = ", ".join(ground.limbs)
            each.fail(f"unknown limb `{name}`", f"The limbs here are {known}, or write all")
    return tuple(names)


def _refuse_overlap(strokes: list[Stroke]) -> None:
    """Two paints of one event may not cover the same day of a limb."""
    for index, stroke in enumerate(strokes):
        for other in strokes[:index]:
            shared = set(stroke.limbs) & set(other.limbs)
            if shared and _overlap(stroke.paint, other.paint):
                stroke.item.fail(
                    f"two paints of one event cover the same days of `{sorted(shared)[0]}`",
                    "Give each its own days, or write a second event",
                )


def _overlap(first: Paint, second: Paint) -> bool:
    first_ends = first.until is None or second.start < first.until
    second_ends = second.until is None or first.start < second.until
    return first_ends and second_ends


def _read_void(item: Item, announced: str, sources: tuple[str, ...], ground: Ground) -> Void:
    entries = item.mapping(("from", "until", "limb"), ("from",))
    names = _limb_names(entries["limb"], ground) if "limb" in entries else tuple(ground.limbs)
    until = _minute(entries["until"], ground.zone) if "until" in entries else None
    start = _minute(entries["from"], ground.zone)
    return Void(day_number(announced), start, until, names, sources)


def read_readings(item: Item | None) -> tuple[Reading, ...]:
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


def read_table(text: str, file: str) -> list[TableRow]:
    """Rows of a table of places: tab separated, with ``place heading form rate``.

    A row may have an ``id`` of its own (its place otherwise), the heading ``at_cap``, a ``group``
    by which paints name it, and ``base``, names of parts of the value separated by blanks.
    """
    rows = []
    required = ("place", "heading", "form", "rate")
    for row in read_rows(text, file, required, ("id", "at_cap", "group", "base", "note")):
        item = row.item("rate")
        rows.append(
            TableRow(
                id=row.cells.get("id") or row.cells["place"].lower(),
                place=row.cells["place"],
                heading=row.cells["heading"],
                at_cap=row.cells.get("at_cap", ""),
                group=row.cells.get("group", ""),
                base=tuple(row.cells.get("base", "").split()),
                duty=duty_of(row.cells["form"], item),
                item=item,
            )
        )
    return rows
