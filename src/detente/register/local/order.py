"""An order that the register does not have yet, written in one file by whoever needs it first.

    area: us/tariff
    sources: {…}        citations that the register lacks
    facts: {…}          entry facts that the register lacks
    records: […]        new records, as in the register's own files
    amend:              more events on records that exist
      - {measure: us-301-technology, events: […]}
    stacking_rules: […]         who gives way to whom

A folder holds several such files, and dated code lists under ``lists/``.
"""

from __future__ import annotations

from pathlib import Path

from detente._shapes import NamedTuple
from detente.register.book import Register
from detente.register.documents import ReadLog
from detente.register.load.checks import check_lists, check_measure, check_stacking_rules
from detente.register.load.common import Family, read_fact, read_sources
from detente.register.load.contents import Contents
from detente.register.load.measure import read_measure
from detente.register.load.stacking_rules import read_stacking_rules
from detente.register.load.tables import read_list
from detente.register.load.yaml_reader import (
    RegisterError,
    YamlNode,
    parse_yaml,
    read_yaml,
    text_of,
)
from detente.register.local.amend import with_events
from detente.register.local.reach import StandingDuty, beside, check_reach

KEYS = ("area", "sources", "facts", "records", "amend", "yields")


class Added(NamedTuple):
    """What an order brought: ids of new records, of amended ones, and of those left out.

    ``left_out`` are records that the register has itself by now, and ``beside`` duties of the
    same kind that stand on goods of the new ones.
    """

    records: tuple[str, ...]
    amended: tuple[str, ...]
    left_out: tuple[str, ...]
    beside: tuple[StandingDuty, ...] = ()


def contents_of(register: Register) -> Contents:
    """A compiled register as it was when loaded, so that an order can be laid over it."""
    # A complaint points at a line, and compiled records have none.
    nowhere = parse_yaml(b"{}", "the built-in register")
    contents = Contents(
        countries=register.countries,
        places=dict(register.places),
        zones=register.zones,
        facts=dict(register.facts),
        bases=dict(register.bases),
        families={
            name: Family(name, title, order) for name, (title, order) in register.families.items()
        },
        sources=dict(register.sources),
        gaps=list(register.gaps),
        basket=list(register.basket),
        measures={name: register.measure(name) for name in register.names()},
        stacking_rules=list(register.stacking_rows),
        lists=dict(register.lists),
        members=register.all_members(),
        words=register.spoken,
        areas=dict(register.areas),
        controls=dict(register.controls),
        scenarios=dict(register.scenarios),
        read_log=ReadLog(
            register.documents(), register.indexes, register.topics, {}, register.watched
        ),
    )
    contents.origins.update(dict.fromkeys(contents.measures, nowhere))
    for number in range(1, len(contents.stacking_rules) + 1):
        contents.origins[f"yield {number}"] = nowhere
    return contents


def lay_over(contents: Contents, path: Path, *, lenient: bool = False) -> Added:
    """Lay an order (a file, or a folder of them) over a register.

    Args:
        contents: the register; it is changed.
        path: a YAML file, or a folder with YAML files and ``lists/*.tsv``.
        lenient: leave out a record whose id the register has, instead of refusing it.

    Raises:
        RegisterError: something in the order is wrong, or leads nowhere.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise RegisterError(str(path), 1, "no order here", "Put a .yaml file into the folder")
    if path.is_dir():
        _read_lists(contents, path)
    records: list[str] = []
    amended: list[str] = []
    left_out: list[str] = []
    for file in files:
        root = read_yaml(file, file.name).mapping(KEYS, ("area",))
        _read_helpers(contents, root)
        for item in root["records"].items() if "records" in root else []:
            name = item.entries()["id"].text() if "id" in item.entries() else ""
            if lenient and name in contents.measures:
                left_out.append(name)
            else:
                records.append(_add(contents, item, root["area"]))
        for item in root["amend"].items() if "amend" in root else []:
            amended.append(_amend(contents, item))
        _read_stacking_rules(contents, root)
    # Only now that all files are in, since one may name what a later one brings.
    check_lists(contents)
    for name in (*records, *amended):
        check_measure(contents, contents.measures[name])
    check_stacking_rules(contents)
    # Orders that are kept had their reach checked on the day they were added.
    if lenient:
        return Added(tuple(records), tuple(dict.fromkeys(amended)), tuple(left_out))
    duties = [
        measure
        for name in records
        if (measure := contents.measures[name]).kind == "measure"
        and measure.area.endswith("/tariff")
    ]
    for measure in duties:
        check_reach(contents, measure)
    like = tuple(row for measure in duties for row in beside(contents, measure))
    return Added(tuple(records), tuple(dict.fromkeys(amended)), (), like)


def _read_lists(contents: Contents, folder: Path) -> None:
    for path in sorted((folder / "lists").glob("*.tsv")):
        if path.stem in contents.lists:
            raise RegisterError(
                path.name, 1, f"the register has a list `{path.stem}`", "Give yours another name"
            )
        listed, members = read_list(text_of(path.read_bytes(), path.name), path.name, path.stem)
        contents.lists[path.stem] = listed
        contents.members.extend(members)


def _read_helpers(contents: Contents, root: dict[str, YamlNode]) -> None:
    """Sources and entry facts that the register lacks."""
    if "sources" in root:
        for key, source in read_sources(root["sources"]).items():
            # Two orders may well cite the same source: only another one under its key is refused.
            if contents.sources.get(key, source) != source:
                root["sources"].fail(
                    f"the register has another source `{key}`", "Give yours another key"
                )
            contents.sources[key] = source
    for key, item in root["facts"].entries().items() if "facts" in root else ():
        if key in contents.facts:
            item.fail(f"the register has a fact `{key}`", "Use it, or give yours another name")
        contents.facts[key] = read_fact(key, item)


def _add(contents: Contents, item: YamlNode, area: YamlNode) -> str:
    """Add one record; returns its id."""
    entries = item.entries()
    by = entries["by"].raw.strip() if "by" in entries else ""
    if by not in contents.zones:
        known = ", ".join(contents.zones)
        entries.get("by", item).fail(f"`by: {by}` is not an acting side", f"Write one of {known}")
    measure = read_measure(item, area.text(), contents.zones[by])
    if measure.id in contents.measures:
        entries["id"].fail(
            f"the register has a record `{measure.id}`",
            "To change it, add events under `amend:`; for a new one, write another id",
        )
    contents.measures[measure.id] = measure
    contents.origins[measure.id] = item
    return measure.id


def _amend(contents: Contents, item: YamlNode) -> str:
    entries = item.mapping(("measure", "events"), ("measure", "events"))
    name = entries["measure"].text()
    if name not in contents.measures:
        entries["measure"].fail(
            f"the register has no record `{name}`", "Find its id with `detente status`"
        )
    measure = contents.measures[name]
    zone = contents.zones[measure.by]
    contents.measures[name] = with_events(measure, entries["events"], zone)
    contents.origins[name] = item
    return name


def _read_stacking_rules(contents: Contents, root: dict[str, YamlNode]) -> None:
    if "yields" in root:
        for row, item in read_stacking_rules(root["yields"]):
            contents.stacking_rules.append(row)
            contents.origins[f"yield {len(contents.stacking_rules)}"] = item
