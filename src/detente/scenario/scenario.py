"""A scenario, and the register that it makes.

    name: truce-extended
    note: one sentence on what is supposed
    assumes: [what else it takes for granted]
    sources: [where its days and rates are from]
    builds_on: [truce-lapses]
    events:
      - {do: extend, measure: us-301-technology, provision: excluded-number,
         from: 2026-11-10, until: 2027-01-10}
      - {measure: us-122-surcharge, announced: 2026-07-01, source: …, periods: […]}

A register brings scenarios of its own, under ``scenarios/``; a file gives another. The short words
are told in ``words``. A whole event is written as in the register and known from the day on which
it says that it was announced; short words hold whatever was known.
"""

from __future__ import annotations

from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.vocabulary import nearest
from detente.register.book import Register
from detente.register.load.yaml_reader import YamlNode, parse_yaml, read_yaml
from detente.register.local.amend import with_events
from detente.register.model import SCENARIO as SOURCE
from detente.register.model import EffectivePeriod, Measure
from detente.scenario.words import act_out, new_measure

KEYS = ("name", "note", "assumes", "sources", "builds_on", "events")


class Scenario(NamedTuple):
    """A scenario as read: its name, what it supposes, and its events still to be applied.

    Attributes:
        name: what it is called.
        note: what it supposes, in a sentence.
        assumes: what it takes for granted besides.
        sources: keys of the register's sources, or texts.
        builds_on: scenarios of the register whose events come first.
        events: the events as written.
        text: all that decides what it does, for the register's hash.
    """

    name: str
    note: str
    assumes: tuple[str, ...]
    sources: tuple[str, ...]
    builds_on: tuple[YamlNode, ...]
    events: tuple[YamlNode, ...]
    text: str


def find_scenario(register: Register, word: str) -> Scenario:
    """A scenario of the register by its name, or one from a file.

    Args:
        register: the register whose scenarios are at hand.
        word: a name, or a path; ``./name`` for a file that bears the name of a scenario.

    Raises:
        RegisterError: the file is not a scenario; the message says line and what to do.
        FileNotFoundError: it is neither a name nor a file; the message gives the names.
    """
    if word in register.scenarios:
        return shipped(register, word)
    path = Path(word)
    if path.is_file():
        return read_scenario(path)
    names = ", ".join(register.scenarios) or "none"
    near = nearest(word, register.scenarios, 1, 0.7)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise FileNotFoundError(
        f"{word!r} is neither a scenario of the register nor a file. {hint}Scenarios: {names}"
    )


def shipped(register: Register, name: str) -> Scenario:
    """A scenario that comes with the register; ``KeyError`` when there is none of that name."""
    text = register.scenarios[name]
    return scenario_of(parse_yaml(text.encode(), f"scenarios/{name}.yaml"), text)


def read_scenario(path: Path) -> Scenario:
    """A scenario from its file.

    Raises:
        RegisterError: the file is not a scenario; the message says line and what to do.
        FileNotFoundError: there is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no scenario file {path}")
    root = read_yaml(path, path.name)
    return scenario_of(root, path.read_text(encoding="utf-8"))


def scenario_of(root: YamlNode, text: str, name: str = "") -> Scenario:
    """A scenario from the mapping that holds it.

    Args:
        root: the mapping.
        text: all that decides what it does.
        name: what it is called where the mapping does not say.
    """
    entries = root.mapping(KEYS, ("events",) if name else ("name", "events"))

    def texts(key: str) -> tuple[str, ...]:
        return tuple(each.text() for each in entries[key].one_or_many()) if key in entries else ()

    return Scenario(
        name=entries["name"].text() if "name" in entries else name,
        note=entries["note"].text() if "note" in entries else "",
        assumes=texts("assumes"),
        sources=texts("sources"),
        builds_on=tuple(entries["builds_on"].one_or_many()) if "builds_on" in entries else (),
        events=tuple(entries["events"].items()),
        text=text,
    )


def with_scenario(register: Register, scenario: Scenario) -> Register:
    """The register in which the scenario's events have happened.

    Raises:
        RegisterError: an event names no measure or provision, or says something that cannot be.
    """
    before = register.supposed
    made = register
    for each in _layers(register, scenario, ()):
        changed: dict[str, Measure] = {}
        for item in each.events:
            measure = _apply(made, changed, item, each.name)
            changed[measure.id] = measure
        made = made.with_measures(changed.values(), f"scenario {each.text}")
    made.supposed = (*before, scenario.name)
    return made


def touched(register: Register, scenario: Scenario) -> list[str]:
    """Ids of the records that a scenario's events name, those that it builds on first."""
    events = [item for each in _layers(register, scenario, ()) for item in each.events]
    return list(dict.fromkeys(item.entries()["measure"].text() for item in events))


def _layers(register: Register, scenario: Scenario, above: tuple[str, ...]) -> list[Scenario]:
    """What a scenario builds on, the lowest first, and itself."""
    found = []
    for item in scenario.builds_on:
        name = item.text()
        if name not in register.scenarios:
            names = ", ".join(register.scenarios)
            item.fail(f"the register has no scenario `{name}`", f"Name one of {names}")
        if name in above:
            item.fail(f"`{name}` builds on itself", "Write out its events instead")
        found += _layers(register, shipped(register, name), (*above, name))
    return [*found, scenario]


def _apply(register: Register, changed: dict[str, Measure], item: YamlNode, name: str) -> Measure:
    entries = item.entries()
    if "measure" not in entries:
        item.fail("an event of a scenario names its measure", "Add `measure:` with a record's id")
    wanted = entries["measure"].text()
    try:
        # An event before this one may have changed the record already.
        measure = changed.get(wanted) or register.measure(wanted)
    except KeyError:
        if "do" in entries and "title" in entries:
            return new_measure(register, item, name)
        near = nearest(wanted, register.names(), 1, 0.6)
        hint = f"Did you mean `{near[0]}`? " if near else ""
        entries["measure"].fail(
            f"the register has no record `{wanted}`",
            f"{hint}Find it with status, or give a duty of your own a `title`",
        )
    if "do" in entries:
        return act_out(register, measure, item, name)
    return _whole_event(register, measure, item)


def _whole_event(register: Register, measure: Measure, item: YamlNode) -> Measure:
    """An event as the register writes it, with the measure's id beside it.

    It takes its place by its day of announcement; periods of short words stay over all of them.
    """
    import yaml

    plain, supposed = [], []
    for provision in measure.provisions:
        # What is supposed stands last, so all that is written as law can be cut off before it.
        last = tuple(period for period in provision.periods if _is_supposed(measure, period))
        supposed.append(last)
        plain.append(
            provision._replace(periods=provision.periods[: len(provision.periods) - len(last)])
        )
    pairs = [pair for pair in item.node.value if pair[0].value != "measure"]
    mark = item.node.start_mark
    event = yaml.MappingNode(item.node.tag, pairs, mark, item.node.end_mark)
    events = yaml.SequenceNode("tag:yaml.org,2002:seq", [event], mark, item.node.end_mark)
    zone = register.zones[measure.by]
    made = with_events(measure._replace(provisions=tuple(plain)), YamlNode(events, item.file), zone)
    for key in made.events[-1].sources:
        if key not in register.sources:
            item.fail(f"unknown source `{key}`", "Name a source of the register, or `scenario`")
    return made._replace(
        provisions=tuple(
            provision._replace(periods=(*provision.periods, *last))
            for provision, last in zip(made.provisions, supposed, strict=True)
        )
    )


def _is_supposed(measure: Measure, period: EffectivePeriod) -> bool:
    return period.event is not None and measure.events[period.event].sources == (SOURCE,)
