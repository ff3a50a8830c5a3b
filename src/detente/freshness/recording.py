"""Writing down what became of a document: one row of a table of ``register/read``.

The register is loaded again with the new row; a row that does not fit is not kept. What the area
was read through before and after is the answer.
"""

from __future__ import annotations

import re
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_before
from detente.register.documents import Document, of_area
from detente.register.load.documents import COLUMNS, DECLARED, FOLDER, render
from detente.register.load.loader import load_folder
from detente.register.load.tables import read_rows
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class DecisionRecorded(NamedTuple):
    """What a decision changed: each area's day before and after, where it moved."""

    document: Document
    before: dict[str, str]
    after: dict[str, str]

    @property
    def moved(self) -> dict[str, tuple[str, str]]:
        """The areas whose day moved."""
        pairs = {name: (day, self.after[name]) for name, day in self.before.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def table_of(register: Path, source: str) -> list[Document]:
    """The documents of one table.

    Raises:
        ValueError: there is no such table.
    """
    path = register / FOLDER / f"{source}.tsv"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in path.parent.glob("*.tsv")))
        raise ValueError(f"no index {source!r}: name one of {known}")
    rows = read_rows(path.read_text(encoding="utf-8"), path.name, COLUMNS, ())
    return [Document(source=source, **row.cells) for row in rows]


def find(register: Path, number: str, source: str = "") -> Document | None:
    """The row of a document, by its number.

    Raises:
        ValueError: several tables have it, and none is named.
    """
    tables = sorted(each.stem for each in (register / FOLDER).glob("*.tsv"))
    found = [
        each
        for table in tables
        if source in ("", table)
        for each in table_of(register, table)
        if each.id == number
    ]
    if len(found) > 1:
        raise ValueError(f"{number} stands in {', '.join(e.source for e in found)}: name --index")
    return found[0] if found else None


def record(register: Path, document: Document) -> DecisionRecorded:
    """Write the row of a document, in the place of the one it had.

    Args:
        register: the folder of the register, in a checkout.
        document: with what became of it.

    Raises:
        RegisterError: the row does not fit the register; the table is left as it was.
        ValueError: there is no such table.
    """
    before = _through(register)
    path = register / FOLDER / f"{document.source}.tsv"
    old = path.read_bytes() if path.is_file() else b""
    rows = [each for each in table_of(register, document.source) if each.id != document.id]
    write_whole(path, render([*rows, document]).encode())
    try:
        return DecisionRecorded(document, before, _through(register))
    # Also when it is interrupted: a table that does not load must not stay.
    except BaseException:
        write_whole(path, old)
        raise


def go_through(register: Path, index: str, days: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Say that an index was gone through to a day, by area; gives the days that moved.

    Raises:
        ValueError: the index is not declared for an area, or a day is earlier than before.
        RegisterError: a day is none; the file is left as it was.
    """
    path = register / FOLDER / DECLARED
    old = path.read_text(encoding="utf-8")
    before = _through(register)
    block = re.search(rf"(?m)^  {re.escape(index)}:.*\n(?:    .*\n)*", old)
    if block is None:
        raise ValueError(f"no index {index!r} in {DECLARED}")
    text = block[0]
    for area, day in days.items():
        held = re.search(rf"({re.escape(area)}: )(\d{{4}}-\d\d-\d\d)", text)
        if held is None:
            raise ValueError(f"{index} is not gone through for {area}: add it to `listed` by hand")
        if day < held[2]:
            raise ValueError(f"{index} was gone through to {held[2]} already, which is after {day}")
        text = text.replace(held[0], f"{held[1]}{day}")
    write_whole(path, old.replace(block[0], text).encode())
    try:
        after = _through(register)
    except BaseException:
        write_whole(path, old.encode())
        raise
    return {area: (day, after[area]) for area, day in before.items() if after[area] != day}


def areas_of(register: Path, document: Document) -> tuple[str, ...]:
    """The areas of law that a document bears on, by its topic."""
    return load_folder(register).read_log.topics[document.topic].areas


def holders(register: Path, areas: Iterable[str]) -> list[str]:
    """What holds each area at its day, a sentence an area: indexes and unread documents.

    Args:
        register: the folder of the register, in a checkout.
        areas: names of areas, such as ``us/tariff``; those that no index feeds are passed over.
    """
    contents = load_folder(register)
    log = contents.read_log
    notes = []
    for area in areas:
        days = {each.name: dict(each.listed).get(area, "") for each in log.indexes.values()}
        if area not in contents.areas or not any(days.values()):
            continue
        last = contents.areas[area].reviewed_through
        late = [f"{name} was gone through no further" for name, day in days.items() if day == last]
        late += [
            f"{each.source} {each.id} is unread"
            for each in of_area(area, log.documents, log.topics)
            if not each.is_read and not each.touches and each.start
            if day_before(each.start) == last
        ]
        notes.append(f"{area} stays at {last}: {', '.join(late)}.")
    return notes


def _through(register: Path) -> dict[str, str]:
    return {name: each.reviewed_through for name, each in load_folder(register).areas.items()}
