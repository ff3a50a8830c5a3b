"""Loading a register from its folder: every file read strictly, every name resolved.

``load_folder`` reads a whole register. Whatever is wrong raises ``RegisterError`` with file,
line, what was expected and what to do; nothing is half-loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.register.load.addresses import add_addresses
from detente.register.load.common import (
    read_area,
    read_facts,
    read_families,
    read_gaps,
    read_places,
    read_sources,
    read_words,
)
from detente.register.load.contents import Contents
from detente.register.load.controls import read_control_terms
from detente.register.load.deadlines import FILE as DEADLINES
from detente.register.load.deadlines import read_deadlines
from detente.register.load.documents import FOLDER, read_documents
from detente.register.load.measure import read_measure, read_table
from detente.register.load.stacking_rules import read_stacking_rules
from detente.register.load.tables import read_addresses, read_basket, read_list
from detente.register.load.yaml_reader import RegisterError, YamlNode, read_yaml, text_of
from detente.register.model import Measure

COMMON = (
    "places.yaml",
    "entry-facts.yaml",
    "families.yaml",
    "sources.yaml",
    "yields.yaml",
    "not-modelled.yaml",
    "basket.tsv",
)

ADDRESSES = "addresses.tsv"
"""How citations become addresses; a register without it has those on record alone."""

PARTY_WORDS = "party-words.yaml"
"""Words for lists of parties and their programs; a register without lists does without it."""

SCENARIOS = "scenarios"
"""The folder of the scenarios that come with a register."""


def load_folder(folder: Path, *, documents: bool = True) -> Contents:
    """A register from its folder.

    Args:
        folder: the folder.
        documents: whether the tables of what was read are read too; without them the register is as
            one that knows of no document, for the program that fills them.

    Raises:
        RegisterError: a file is missing, or something in one is wrong.
    """
    for name in COMMON:
        if not (folder / name).is_file():
            raise RegisterError(
                str(folder / name), 1, "the file is missing", "A register has all common files"
            )
    contents = _read_common(folder)
    for path in sorted((folder / "lists").glob("*.tsv")):
        # Files that begin so stand beside the lists and are none.
        if path.name.startswith("_"):
            continue
        name = _name(path, folder)
        listed, members = read_list(text_of(path.read_bytes(), name), name, path.stem)
        contents.lists[path.stem] = listed
        contents.members.extend(members)
    for path in sorted(folder.glob("*/**/_area.yaml")):
        area = path.parent.relative_to(folder).as_posix()
        root = read_yaml(path, _name(path, folder))
        contents.areas[area] = read_area(root, area)
        contents.origins[f"area {area}"] = root
    # After the areas, whose last day read follows from the documents.
    read_documents(contents, folder, lambda path: _name(path, folder), rows=documents)
    addresses = folder / ADDRESSES
    if addresses.is_file():
        name = _name(addresses, folder)
        contents.addresses = read_addresses(text_of(addresses.read_bytes(), name), name)
    add_addresses(contents)
    for path in sorted(folder.glob("*/control/_terms.yaml")):
        by = path.parent.parent.name.upper()
        contents.controls[by] = read_control_terms(path.parent, by, _name(path.parent, folder))
    for path in sorted((folder / SCENARIOS).glob("*.yaml")):
        # Kept as written: the room above, which knows what a scenario is, reads it.
        contents.scenarios[path.stem] = text_of(path.read_bytes(), _name(path, folder))
    for path, area in _record_files(folder):
        add_records(contents, path, area, _name(path, folder))
    check(contents)
    if contents.controls:
        from detente.register.load.check_controls import check_controls

        check_controls(contents)
    return contents


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parent).as_posix()


def _read_common(folder: Path) -> Contents:
    def read(name: str) -> YamlNode:
        return read_yaml(folder / name, f"{folder.name}/{name}")

    stated = read("places.yaml")
    countries, places, zones = read_places(stated)
    parties = read(PARTY_WORDS) if (folder / PARTY_WORDS).is_file() else None
    facts, bases = read_facts(read("entry-facts.yaml"))
    contents = Contents(
        countries=countries,
        places=places,
        zones=zones,
        facts=facts,
        bases=bases,
        families=read_families(read("families.yaml")),
        sources=read_sources(read("sources.yaml")),
        gaps=[],
        basket=read_basket(*_table(folder / "basket.tsv", folder.name)),
        words=read_words(stated, parties, countries, places),
    )
    if (folder / DEADLINES).is_file():
        read_deadlines(contents, read(DEADLINES))
    for gap, item in read_gaps(read("not-modelled.yaml")):
        contents.gaps.append(gap)
        contents.origins[f"gap {gap.id}"] = item
    for row, item in read_stacking_rules(read("yields.yaml")):
        contents.stacking_rules.append(row)
        contents.origins[f"yield {len(contents.stacking_rules)}"] = item
    return contents


def _table(path: Path, folder: str) -> tuple[str, str]:
    """The text of a table, and the name under which a complaint speaks of it."""
    name = f"{folder}/{path.name}"
    return text_of(path.read_bytes(), name), name


def _record_files(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*/**/*.yaml")):
        area = path.parent.relative_to(folder).as_posix()
        if not path.name.startswith("_") and area not in ("lists", FOLDER, SCENARIOS):
            yield path, area


def add_records(contents: Contents, path: Path, area: str, name: str) -> list[Measure]:
    """Read one file of records (one mapping, or a list of them) into ``contents``."""
    root = read_yaml(path, name)
    added = []
    for item in root.items() if root.is_sequence else [root]:
        added.append(_add_record(contents, item, path, area))
    return added


def _add_record(contents: Contents, item: YamlNode, path: Path, area: str) -> Measure:
    entries = item.entries()
    by = entries["by"].raw.strip() if "by" in entries else ""
    if by not in contents.zones:
        known = ", ".join(contents.zones)
        entries.get("by", item).fail(f"`by: {by}` is not an acting side", f"Write one of {known}")
    table = []
    if "provisions_from" in entries:
        beside = path.parent / entries["provisions_from"].text()
        if not beside.is_file():
            entries["provisions_from"].fail(
                f"no table `{beside.name}` here", "Put it beside this file"
            )
        table = read_table(*_table(beside, item.file.rpartition("/")[0]))
    measure = read_measure(item, area, contents.zones[by], table)
    if measure.id in contents.measures:
        entries["id"].fail(
            f"the id `{measure.id}` stands twice", "Give each record an id of its own"
        )
    contents.measures[measure.id] = measure
    contents.origins[measure.id] = item
    for row in table:
        contents.origins[f"{measure.id}/{row.id}"] = row.item
    return measure


def check(contents: Contents) -> None:
    """Resolve every name that records use; the first that leads nowhere is an error."""
    from detente.register.load.check_gaps import check_gaps
    from detente.register.load.checks import check_lists, check_measure, check_stacking_rules

    check_lists(contents)
    for measure in contents.measures.values():
        check_measure(contents, measure)
    check_stacking_rules(contents)
    check_gaps(contents)
