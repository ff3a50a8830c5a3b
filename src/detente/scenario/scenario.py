"""A scenario file, and the register that it makes.

    name: truce-extended
    note: one sentence on what is supposed
    events:
      - {do: extend, measure: us-301-technology, limb: excluded-number,
         from: 2026-11-10, until: 2027-01-10}
      - {measure: us-122-surcharge, announced: 2026-07-01, source: …, paint: […]}

The short words each stand for one paint: `extend` (what shows on the day before goes on),
`revive` (what lies beneath a suspension shows again), `end`, `set_rate` and `enact` (a rate over
days), `enact_threat` (a threat becomes a measure on the goods of its places).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente._shapes import NamedTuple
from detente.register.amend import with_events, with_paints
from detente.register.book import Register
from detente.register.clock import MINUTES
from detente.register.forms import duty_of
from detente.register.model import Duty, Limb, Measure, Paint
from detente.register.painting import paint_at
from detente.register.read_events import instant_of
from detente.register.yaml_reader import Item, read_yaml

WORDS = ("extend", "revive", "end", "enact", "set_rate", "enact_threat")
SHORT_KEYS = ("do", "measure", "limb", "from", "until", "rate", "heading", "places", "family")
SOURCE = "scenario"


class Scenario(NamedTuple):
    """A scenario as read: its name, what it supposes, and its events still to be applied."""

    name: str
    note: str
    events: tuple[Item, ...]
    text: str


def read_scenario(path: Path) -> Scenario:
    """A scenario from its file.

    Raises:
        RegisterError: the file is no scenario; the message says line and what to do.
        FileNotFoundError: there is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no scenario file {path}")
    root = read_yaml(path, path.name)
    entries = root.mapping(("name", "note", "events"), ("name", "events"))
    return Scenario(
        name=entries["name"].text(),
        note=entries["note"].text() if "note" in entries else "",
        events=tuple(entries["events"].items()),
        text=path.read_text(encoding="utf-8"),
    )


def with_scenario(register: Register, scenario: Scenario) -> Register:
    """The register in which the scenario's events have happened.

    Raises:
        RegisterError: an event names no measure or limb, or says something that cannot be.
    """
    changed: dict[str, Measure] = {}
    for item in scenario.events:
        measure = _apply(register, changed, item)
        changed[measure.id] = measure
    return register.with_measures(changed.values(), f"scenario {scenario.text}")


def _apply(register: Register, changed: dict[str, Measure], item: Item) -> Measure:
    entries = item.entries()
    if "measure" not in entries:
        item.fail("an event of a scenario names its measure", "Add `measure:` with a record's id")
    name = entries["measure"].text()
    try:
        measure = changed.get(name) or register.measure(name)
    except KeyError:
        entries["measure"].fail(f"the register has no record `{name}`", "Find it with status")
    zone = register.zones[measure.by]
    if "do" not in entries:
        return _full_event(measure, item, zone)
    item.mapping(SHORT_KEYS, ("do", "measure", "from"))
    word = entries["do"].word(WORDS)
    if word == "enact_threat":
        return _enact_threat(measure, entries, zone)
    painted = {}
    for limb in _limbs(measure, entries):
        paint = _short(word, limb, entries, zone)
        if paint is not None:
            painted[limb.id] = [paint]
    if not painted:
        item.fail(f"nothing to {word} on this day", "Check the day, the measure and the limb")
    return with_paints(measure, painted)


def _full_event(measure: Measure, item: Item, zone: str) -> Measure:
    """An event as the register writes it, with the measure's id beside it."""
    import yaml

    pairs = [pair for pair in item.node.value if pair[0].value != "measure"]
    mark = item.node.start_mark
    event = yaml.MappingNode(item.node.tag, pairs, mark, item.node.end_mark)
    events = yaml.SequenceNode("tag:yaml.org,2002:seq", [event], mark, item.node.end_mark)
    return with_events(measure, Item(events, item.file), zone)


def _limbs(measure: Measure, entries: dict[str, Item]) -> Sequence[Limb]:
    """The limbs that an event names; all that ever charged something when it names none."""
    if "limb" not in entries:
        return [limb for limb in measure.limbs if limb.paints]
    found = []
    for each in entries["limb"].one_or_many():
        try:
            found.append(measure.limb(each.text()))
        except KeyError:
            known = ", ".join(limb.id for limb in measure.limbs)
            each.fail(f"unknown limb `{each.text()}`", f"The limbs here are {known}")
    return found


def _short(word: str, limb: Limb, entries: dict[str, Item], zone: str) -> Paint | None:
    """The one paint that a short word stands for; None where the limb has nothing to go on."""
    start, until = _days(entries, zone)
    announced = max((paint.announced for paint in limb.paints), default=start // MINUTES)
    heading = entries["heading"].quoted("the heading") if "heading" in entries else None
    blank = Paint(announced, start, until, None, heading, "in_force", "", "", (SOURCE,))
    if word == "end":
        return blank._replace(state="ended")
    if word in ("set_rate", "enact"):
        return blank._replace(duty=_rate(entries))
    if word == "extend":
        before = paint_at(limb.paints, start - 1)
        if before is None:
            return None
        return before._replace(
            announced=announced, start=start, until=until, boundary="", sources=(SOURCE,)
        )
    beneath = [paint for paint in limb.paints if paint.state == "in_force"]
    shown = paint_at(beneath, start)
    if shown is None:
        return None
    return shown._replace(announced=announced, start=start, until=until, sources=(SOURCE,))


def _days(entries: dict[str, Item], zone: str) -> tuple[int, int | None]:
    start = instant_of(entries["from"], zone)
    until = instant_of(entries["until"], zone) if "until" in entries else None
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    return start, until


def _rate(entries: dict[str, Item]) -> Duty:
    if "rate" not in entries:
        next(iter(entries.values())).fail("this event needs a rate", 'Add rate: "25%"')
    return duty_of("add", entries["rate"])


def _enact_threat(measure: Measure, entries: dict[str, Item], zone: str) -> Measure:
    """A threat as a measure on all goods of its places, at the rate that the scenario gives."""
    if measure.kind not in ("threat", "proposal"):
        entries["measure"].fail(
            f"`{measure.id}` is a {measure.kind}", "enact_threat takes a threat or a proposal"
        )
    start, until = _days(entries, zone)
    places = measure.places
    if "places" in entries:
        places = tuple(each.text() for each in entries["places"].one_or_many())
    if not places:
        entries["measure"].fail("the threat names no places", "Add places: [CN]")
    family = entries["family"].raw if "family" in entries else measure.family or "other"
    paint = Paint(
        start // MINUTES, start, until, _rate(entries), None, "in_force", "", "", (SOURCE,)
    )
    limb = Limb("main", "", None, None, "", (), (), (), (), (), "", {}, (paint,))
    return measure._replace(
        kind="measure", places=places, family=family, limbs=(limb,), area=measure.area
    )
