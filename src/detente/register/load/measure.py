"""A record of the register, from its YAML: provisions first, then the events that period them."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_number
from detente.register.load.events import Ground, day_of, instant_of, read_events, texts_of
from detente.register.load.forms import FORMS, duty_of, read_duty
from detente.register.load.tables import read_rows
from detente.register.load.terms import TERM_KEYS, read_terms
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import (
    GRADES,
    KINDS,
    OPERATORS,
    DutyRate,
    EffectivePeriod,
    Measure,
    Provision,
    Test,
)

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
    "provisions",
    "provisions_from",
    "events",
    "verified",
    *TERM_KEYS,
)
LIMB_KEYS = (
    "id",
    "title",
    "heading",
    "at_cap",
    "rest_heading",
    "group",
    "goods",
    "not_goods",
    "places",
    "when",
    "base",
    "note",
)
POSSIBLE_KEYS = ("possible", "announced", "until", *FORMS)
"""Keys of a provision that may be law and may not: it has no events, so it says its own days."""
CONTROL_KEYS = (
    "decision",
    "policy",
    "items",
    "but_not",
    "to",
    "from",
    "parties",
    "exceptions",
    "citation",
    "made_in",
    "reach",
    "trade_with",
    "headquarters",
    "raised_for",
    "counts_as",
    "content",
    "under",
    "instead_of",
    "role",
    "conditions",
    "quote",
)
OWNERSHIP_KEYS = (
    "name",
    "seeds",
    "programmes",
    "seed_places",
    "seed_doubt",
    "leaves_out",
    "strictness",
    "estimate",
    "threshold",
    "aggregate",
    "pass_on",
    "also",
    "scope",
    "consequence",
    "note",
)


class TableRow(NamedTuple):
    """One row of a table of places that becomes a provision; ``item`` says where it stands."""

    id: str
    place: str
    heading: str
    at_cap: str
    group: str
    base: tuple[str, ...]
    duty: DutyRate
    item: YamlNode


def read_measure(root: YamlNode, area: str, zone: str, table: Iterable[TableRow] = ()) -> Measure:
    """A record from its YAML root.

    Args:
        root: the mapping of the record.
        area: the folder it stands in, such as ``us/tariff``.
        zone: time zone of the country that acts, for days and instants.
        table: rows of the table named by ``provisions_from``; they follow the provisions written
            out.
    """
    entries = root.mapping(RECORD_KEYS, ("id", "title", "by", "verified"))
    kind = entries["kind"].word(KINDS) if "kind" in entries else "measure"
    provisions = _read_provisions(entries.get("provisions"), zone)
    duties = {row.id: row.duty for row in table}
    for row in table:
        if row.id in provisions:
            row.item.fail(f"the provision `{row.id}` stands twice", "Give the row another id")
        provisions[row.id] = _table_provision(row)
    if kind == "measure" and not provisions:
        root.fail("a measure has at least one provision", "Add `provisions:` with what it does")
    # A possible provision says its own days, so no event may give it any.
    stated = {name: provision for name, provision in provisions.items() if not provision.possible}
    ground = Ground(stated, duties, zone, area)
    history = read_events(entries.get("events"), ground)
    verified = entries["verified"].mapping(("day", "grade"), ("day", "grade"))
    return Measure(
        id=entries["id"].text(),
        title=entries["title"].text(),
        title_zh=entries["title_zh"].text() if "title_zh" in entries else "",
        by=entries["by"].text(),
        kind=kind,
        family=entries["family"].raw.strip() if "family" in entries else "",
        area=area,
        authority=texts_of(entries.get("authority")),
        answers=texts_of(entries.get("answers")),
        places=texts_of(entries.get("places")),
        note=entries["note"].text() if "note" in entries else "",
        verified=(day_of(verified["day"]), verified["grade"].word(GRADES)),
        ownership=_ownership(entries.get("ownership")),
        provisions=tuple(
            provision
            if provision.possible
            else provision._replace(
                periods=tuple(history.enacted[provision.id]),
                announced=tuple(history.announced[provision.id]),
            )
            for provision in provisions.values()
        ),
        voids=tuple(history.voids),
        events=tuple(history.events),
        terms=read_terms(entries, kind),
    )


def _table_provision(row: TableRow) -> Provision:
    """A row of a table as a provision: one place, one duty, no goods of its own."""
    return Provision(
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
        periods=(),
    )


def _read_provisions(item: YamlNode | None, zone: str) -> dict[str, Provision]:
    provisions: dict[str, Provision] = {}
    for each in item.items() if item is not None else []:
        entries = each.mapping((*LIMB_KEYS, *CONTROL_KEYS, *POSSIBLE_KEYS), ("id",))
        _refuse_days(entries)
        name = entries["id"].text()
        if name in provisions:
            each.fail(
                f"the provision `{name}` stands twice", "Give each provision an id of its own"
            )
        if name in ("all", "table"):
            each.fail(f"`{name}` is a word of the language", "Give the provision another id")
        provisions[name] = Provision(
            id=name,
            title=entries["title"].text() if "title" in entries else "",
            heading=entries["heading"].quoted("the heading") if "heading" in entries else None,
            at_cap=entries["at_cap"].quoted("the heading") if "at_cap" in entries else None,
            group=entries["group"].text() if "group" in entries else "",
            goods=_goods(entries.get("goods")),
            not_goods=_goods(entries.get("not_goods")),
            places=texts_of(entries.get("places")),
            when=read_when(entries.get("when")),
            base=texts_of(entries.get("base")),
            note=entries["note"].text() if "note" in entries else "",
            control={} if "possible" in entries else _control(entries),
            periods=_possible_period(each, entries, zone) if "possible" in entries else (),
            rest_heading=_rest_heading(entries),
            possible=entries["possible"].text() if "possible" in entries else "",
        )
    return provisions


def _refuse_days(entries: dict[str, YamlNode]) -> None:
    """Refuse days and a duty in a provision whose events give them."""
    if "possible" in entries:
        return
    for key in POSSIBLE_KEYS:
        if key in entries:
            entries[key].fail(
                f"`{key}` stands in a provision that is not possible only",
                "Write it in a period of an event, or add `possible:` with the id of a gap",
            )


def _possible_period(
    provision: YamlNode, entries: dict[str, YamlNode], zone: str
) -> tuple[EffectivePeriod, ...]:
    """The one period of a possible provision: its days, and what it would charge."""
    if "from" not in entries:
        provision.fail(
            "a possible provision has days", "Add `from:` with the first day, and `until:`"
        )
    start = instant_of(entries["from"], zone)
    until = instant_of(entries["until"], zone) if "until" in entries else None
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    duty = read_duty(entries)
    if duty is None:
        provision.fail(
            "a possible provision says what it would charge",
            'Add a duty, such as free: true, add: "25%", or unknown: true',
        )
    # Where nobody says since when it is known, it is from its first day on.
    announced = start // MINUTES
    if "announced" in entries:
        announced = day_number(day_of(entries["announced"]))
    return (EffectivePeriod(announced, start, until, duty, None, "in_force", "", "", ()),)


def _rest_heading(entries: dict[str, YamlNode]) -> str | None:
    if "rest_heading" not in entries:
        return None
    if "base" not in entries:
        entries["rest_heading"].fail(
            "`rest_heading` stands without `base`", "Name the part of the value that is charged"
        )
    return entries["rest_heading"].quoted("the heading")


def _goods(item: YamlNode | None) -> tuple[str, ...]:
    """Names of lists and quoted codes, the codes without their dots."""
    if item is None:
        return ()
    goods = []
    for each in item.one_or_many():
        text = each.raw.strip()
        if not text[:1].isdigit():
            text = each.text()
        else:
            each.quoted("the code")
            text = text.replace(".", "")
            if not text.isdigit() or not 2 <= len(text) <= 10:
                each.fail(
                    f"`{each.raw}` is not a code", "Write two to ten digits, with dots or not"
                )
        goods.append(text)
    return tuple(goods)


def read_when(item: YamlNode | None) -> tuple[Test, ...]:
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


def _test_value(operator: str, item: YamlNode) -> str | bool | tuple[str, ...]:
    if operator == "in":
        return tuple(each.text() for each in item.items())
    if operator == "given":
        return item.boolean()
    # In quotes it is a word that a fact may have, and no truth value.
    if operator == "is" and not item.is_quoted and item.raw in ("true", "false"):
        return item.boolean()
    if operator in ("before", "from"):
        return day_of(item)
    if operator in ("at_least", "more_than", "at_most", "below"):
        return item.quoted("the value")
    return item.text()


def _control(entries: dict[str, YamlNode]) -> dict[str, object]:
    control: dict[str, object] = {}
    for key in CONTROL_KEYS:
        if key in entries:
            item = entries[key]
            control[key] = list(texts_of(item)) if item.is_sequence else item.text()
    return control


def _ownership(item: YamlNode | None) -> dict[str, object]:
    if item is None:
        return {}
    regime: dict[str, object] = {}
    required = ("seeds", "threshold", "aggregate", "pass_on")
    for key, value in item.mapping(OWNERSHIP_KEYS, required).items():
        if value.is_mapping:
            regime[key] = {name: each.raw for name, each in value.entries().items()}
        elif value.is_sequence:
            regime[key] = list(texts_of(value))
        else:
            regime[key] = value.raw.strip()
    return regime


def read_table(text: str, file: str) -> list[TableRow]:
    """Rows of a table of places: tab separated, with ``place heading form rate``.

    A row may have an ``id`` of its own (its place otherwise), the heading ``at_cap``, a ``group``
    by which periods name it, and ``base``, names of parts of the value separated by blanks.
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
