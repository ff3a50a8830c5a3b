"""The words of export control from their files; see ``control_terms``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from detente.register.control_terms import (
    COVERS,
    REACHES,
    STATED,
    ControlItem,
    ControlReading,
    ControlTerms,
    LicenceException,
    PartyClass,
    UnreadControl,
)
from detente.register.load.events import day_of, texts_of
from detente.register.load.measure import read_when
from detente.register.load.tables import read_rows
from detente.register.load.yaml_reader import YamlNode, read_yaml, text_of
from detente.register.model import GRADES, CodeRow, Test

TERMS, CODES, IMPORTS = "_terms.yaml", "_codes.tsv", "_imports.tsv"
ITEM_KEYS = (
    "title", "title_zh", "also", "has", "complete", "when", "known", "may_be", "reach", "note",
    "grade",
)  # fmt: skip


def read_control_terms(folder: Path, by: str, name: str) -> ControlTerms:
    """The words of one side.

    Args:
        folder: the folder of its controls.
        by: the side.
        name: the folder as complaints call it.
    """
    root = read_yaml(folder / TERMS, f"{name}/{TERMS}")
    keys = ("items", "parties", "exceptions", "claims", "unlisted", "read")
    parts = root.mapping(keys, ("items",))
    items = {key: _item(key, each) for key, each in parts["items"].entries().items()}
    _check_items(parts["items"], items)
    codes = _codes(folder / CODES, f"{name}/{CODES}", items)
    return ControlTerms(
        by=by,
        items=tuple(items.values()),
        codes=tuple(codes),
        parties=tuple(_party(key, each) for key, each in _entries(parts.get("parties"))),
        exceptions=tuple(_exception(key, each) for key, each in _entries(parts.get("exceptions"))),
        claims=tuple((key, texts_of(each)) for key, each in _entries(parts.get("claims"))),
        unlisted=parts["unlisted"].text() if "unlisted" in parts else "",
        read=_reading(parts["read"], items) if "read" in parts else ControlReading(),
        imports=tuple(_imports(folder / IMPORTS, f"{name}/{IMPORTS}", by, items)),
    )


def _reading(item: YamlNode, items: dict[str, ControlItem]) -> ControlReading:
    """How far the controls of one side were read."""
    keys = ("from", "items", "unread", "facts", "apart", "control_list", "scope")
    parts = item.mapping(keys, ("from",))
    return ControlReading(
        start=day_of(parts["from"]),
        items=tuple(_held(parts["items"], items)) if "items" in parts else (),
        unread=tuple(_unread(key, each) for key, each in _entries(parts.get("unread"))),
        facts=texts_of(parts.get("facts")),
        apart=parts["apart"].text() if "apart" in parts else "",
        control_list=parts["control_list"].text() if "control_list" in parts else "",
        scope=parts["scope"].text() if "scope" in parts else "",
    )


def _held(rows: YamlNode, items: dict[str, ControlItem]) -> Iterable[tuple[str, str]]:
    """Items with the first day from which every control on them is held; ``why`` says how."""
    seen: set[str] = set()
    for row in rows.items():
        parts = row.mapping(("from", "items", "why"), ("from", "items", "why"))
        for name in texts_of(parts["items"]):
            if name not in items:
                row.fail(f"unknown item `{name}`", "Add it to the items, or correct the name")
            if name in seen:
                row.fail(f"`{name}` has two first days", "Name it once")
            seen.add(name)
            yield name, day_of(parts["from"])


def _unread(key: str, item: YamlNode) -> UnreadControl:
    keys = ("title", "citation", "to", "end_use", "parties", "but_not")
    parts = item.mapping(keys, ("title", "citation"))
    return UnreadControl(
        key=key,
        title=parts["title"].text(),
        citation=parts["citation"].text(),
        to=texts_of(parts.get("to")),
        end_use=texts_of(parts.get("end_use")),
        parties=texts_of(parts.get("parties")),
        but_not=texts_of(parts.get("but_not")),
    )


def _entries(item: YamlNode | None) -> Iterable[tuple[str, YamlNode]]:
    return () if item is None else item.entries().items()


def _item(name: str, item: YamlNode) -> ControlItem:
    parts = item.mapping(ITEM_KEYS, ("title",))
    return ControlItem(
        name=name,
        title=parts["title"].text(),
        title_zh=parts["title_zh"].text() if "title_zh" in parts else "",
        also=texts_of(parts.get("also")),
        has=texts_of(parts.get("has")),
        complete="complete" in parts and parts["complete"].boolean(),
        when=_alternatives(parts.get("when")),
        known=tuple((key, each.quoted("the value")) for key, each in _entries(parts.get("known"))),
        may_be=tuple((key, each.word(COVERS)) for key, each in _entries(parts.get("may_be"))),
        reach=_reach(parts["reach"]) if "reach" in parts else "",
        note=parts["note"].text() if "note" in parts else "",
        grade=parts["grade"].word(GRADES) if "grade" in parts else "",
    )


def _reach(item: YamlNode) -> str:
    """A word of ``REACHES``, or the first places of control numbers."""
    text = item.text()
    return text if re.fullmatch(r"\d[A-E]( \d[A-E])*", text) else item.word(REACHES)


def _alternatives(item: YamlNode | None) -> tuple[tuple[Test, ...], ...]:
    """Tests that all hold, or a list of such, one of which does."""
    if item is None:
        return ()
    each = item.items() if item.is_sequence else [item]
    return tuple(read_when(alternative) for alternative in each)


def _check_items(root: YamlNode, items: dict[str, ControlItem]) -> None:
    """Every narrower or possible item is an item too."""
    entries = root.entries()
    for name, item in items.items():
        for other in (*item.has, *(key for key, _ in item.may_be)):
            if other not in items:
                entries[name].fail(
                    f"unknown item `{other}` in {name}", "Add it to the items, or correct the name"
                )


def _party(name: str, item: YamlNode) -> PartyClass:
    keys = ("title", "list", "requirement", "cited", "names", "instead", "asked", "settled")
    parts = item.mapping(keys, ("title",))
    return PartyClass(
        name=name,
        title=parts["title"].text(),
        list=parts["list"].text() if "list" in parts else "",
        requirement=texts_of(parts.get("requirement")),
        cited=texts_of(parts.get("cited")),
        names=texts_of(parts.get("names")),
        instead="instead" in parts and parts["instead"].boolean(),
        raised="asked" in parts and parts["asked"].boolean(),
        settled="settled" in parts and parts["settled"].boolean(),
    )


def _exception(name: str, item: YamlNode) -> LicenceException:
    parts = item.mapping(("title", "citation", "note"), ("title",))
    texts = {key: each.text() for key, each in parts.items()}
    return LicenceException(name, texts["title"], texts.get("citation", ""), texts.get("note", ""))


def _codes(path: Path, name: str, items: dict[str, ControlItem]) -> Iterable[CodeRow]:
    required = ("code", "item", "covers", "schedule", "grade", "meant", "note")
    words = (("covers", COVERS), ("grade", GRADES), ("schedule", ("cn", "us")))
    for cells in _hints(path, name, items, required, words, 4):
        yield CodeRow(**cells)


def _imports(path: Path, name: str, by: str, items: dict[str, ControlItem]) -> Iterable[CodeRow]:
    """Codes, or chapters, beside items that come in, with the places of whose goods they speak."""
    required = ("code", "item", "covers", "of", "asked_of", "grade", "note")
    words = (("covers", (*COVERS, STATED)), ("grade", GRADES))
    for cells in _hints(path, name, items, required, words, 2):
        yield CodeRow(**cells, schedule=by.lower(), meant="")


def _hints(
    path: Path,
    name: str,
    items: dict[str, ControlItem],
    required: tuple[str, ...],
    words: tuple[tuple[str, tuple[str, ...]], ...],
    shortest: int,
) -> Iterable[dict[str, str]]:
    """The rows of a table of codes beside items; nothing where there is no such table."""
    if not path.is_file():
        return
    for row in read_rows(text_of(path.read_bytes(), name), name, required, ()):
        cells = row.cells
        # Few rows have a misprint to correct: an empty cell passes as digits of the right form.
        for digits in (cells["code"], cells.get("meant") or "0000"):
            if not digits.isdigit() or not shortest <= len(digits) <= 10:
                least = "four" if shortest == 4 else "two"
                raise row.fail(f"`{digits}` is not a code", f"Write {least} to ten digits, no dots")
        if cells["item"] not in items:
            raise row.fail(f"unknown item `{cells['item']}`", f"Add it to the items of {TERMS}")
        for column, known in words:
            if cells[column] not in known:
                raise row.fail(f"`{cells[column]}` in {column}", f"Write {', '.join(known)}")
        yield {key: cells[key] for key in required}
