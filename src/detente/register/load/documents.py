"""Reading what was read: ``register/read``, a table for each official index.

The columns are declared once, here; ``_sources.yaml`` beside the tables says what the indexes and
topics are. Nothing is computed here but how far each area was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from detente.core.clock import day_number
from detente.register.documents import (
    EFFECTS,
    GAP,
    SOURCE,
    TOUCHES,
    WITHIN,
    Document,
    Index,
    ReadLog,
    Restatement,
    Topic,
    Unwatched,
    Watched,
    confined_to,
    first_day,
    of_area,
    through,
)
from detente.register.load.contents import Contents
from detente.register.load.events import day_of
from detente.register.load.tables import RegisterRow, read_rows
from detente.register.load.yaml_reader import YamlNode, read_yaml, text_of
from detente.register.model import GRADES, Area

FOLDER = "read"
DECLARED = "_sources.yaml"
WATCHED = "_watch.yaml"
UNWATCHED = "_unwatched.yaml"
COLUMNS = tuple(name for name in Document._fields if name != "source")
"""Of a table; its name is the source."""


def read_documents(
    contents: Contents, folder: Path, name: Callable[[Path], str], *, rows: bool = True
) -> None:
    """Read the folder into ``contents`` and say of each area how far it was read.

    Args:
        contents: the register as loaded so far.
        folder: the register's folder.
        name: the name under which a complaint speaks of a file.
        rows: whether the tables are read, and not only what the indexes are.

    Raises:
        RegisterError: a row is wrong, or a name leads nowhere.
    """
    declared = folder / FOLDER / DECLARED
    if declared.is_file():
        contents.read_log = _read_log(contents, folder, name, rows)
    for key, area in contents.areas.items():
        contents.areas[key] = _read_through(area, contents.read_log, contents)


def _read_log(contents: Contents, folder: Path, name: Callable[[Path], str], rows: bool) -> ReadLog:
    """What the folder holds."""
    declared = folder / FOLDER / DECLARED
    root = read_yaml(declared, name(declared))
    parts = root.mapping(("indexes", "topics", "restated"), ("indexes", "topics"))
    log = ReadLog(
        [],
        _indexes(parts["indexes"], contents),
        _topics(parts["topics"], contents),
        _restated(parts["restated"]) if "restated" in parts else {},
    )
    log = _with_watched(log, parts["indexes"], folder / FOLDER, name)
    for path in sorted((folder / FOLDER).glob("*.tsv")) if rows else ():
        if path.stem not in log.indexes:
            parts["indexes"].fail(
                f"{path.name} belongs to no index", f"Add `{path.stem}:` to `indexes`"
            )
        seen: set[str] = set()
        for row in read_rows(text_of(path.read_bytes(), name(path)), name(path), COLUMNS, ()):
            log.documents.append(_document(row, path.stem, log, contents))
            if row.cells["id"] in seen:
                raise row.fail(f"`{row.cells['id']}` stands twice", "Keep one of the two rows")
            seen.add(row.cells["id"])
    return log


def _with_watched(
    log: ReadLog, indexes: YamlNode, folder: Path, name: Callable[[Path], str]
) -> ReadLog:
    """What is watched and what is not; every index is one or the other."""
    watched, unwatched = folder / WATCHED, folder / UNWATCHED
    if watched.is_file():
        answers = read_yaml(watched, name(watched)).items()
        log = log._replace(watched=tuple(_watched(each, log) for each in answers))
    if unwatched.is_file():
        rows = read_yaml(unwatched, name(unwatched)).entries()
        log = log._replace(unwatched=tuple(_unwatched(*each, log) for each in rows.items()))
        described = {each.source for each in log.watched} | {each.source for each in log.unwatched}
        for index, node in indexes.entries().items():
            if index not in described:
                node.fail(
                    f"nobody watches {index}",
                    f"Add an answer to {WATCHED}, or the reason to {UNWATCHED}",
                )
    return log


def _unwatched(key: str, item: YamlNode, log: ReadLog) -> Unwatched:
    needed = ("title", "why", "touches", "instead")
    parts = item.mapping((*needed, "index"), needed)
    index = parts["index"].word(tuple(log.indexes)) if "index" in parts else ""
    title, why, touches, instead = (parts[each].text() for each in needed)
    return Unwatched(key, title, why, touches, instead, index)


def _indexes(item: YamlNode, contents: Contents) -> dict[str, Index]:
    found = {}
    for name, each in item.entries().items():
        parts = each.mapping(("title", "listed", "gaps"), ("title", "listed"))
        listed = []
        for area, day in parts["listed"].entries().items():
            if area not in contents.areas:
                day.fail(f"no area `{area}`", f"Write one of {', '.join(contents.areas)}")
            listed.append((area, day_of(day)))
        gaps = tuple(gap.text() for gap in parts["gaps"].items()) if "gaps" in parts else ()
        found[name] = Index(name, parts["title"].text(), tuple(listed), gaps)
    return found


def _topics(item: YamlNode, contents: Contents) -> dict[str, Topic]:
    found = {}
    for name, each in item.entries().items():
        parts = each.mapping(("title", "areas", "why"), ("title", "areas"))
        areas = tuple(area.raw for area in parts["areas"].items())
        for area in areas:
            if area not in contents.areas:
                known = ", ".join(contents.areas)
                parts["areas"].fail(f"no area `{area}`", f"Write one of {known}")
        if not areas and "why" not in parts:
            each.fail(f"{name} bears on no area", "Say `why`, or name the areas")
        why = parts["why"].text() if "why" in parts else ""
        found[name] = Topic(name, parts["title"].text(), areas, why)
    return found


def _restated(item: YamlNode) -> dict[str, Restatement]:
    found = {}
    for name, each in item.entries().items():
        parts = each.mapping(("day", "what"), ("day", "what"))
        found[name] = Restatement(name, day_of(parts["day"]), parts["what"].text())
    return found


WATCH_KEYS = ("file", "index", "topic", "format", "address", "expect", "only", "least", "further")


def _watched(item: YamlNode, log: ReadLog) -> Watched:
    parts = item.mapping(WATCH_KEYS, WATCH_KEYS[:5])
    return Watched(
        parts["file"].text(),
        parts["index"].word(tuple(log.indexes)),
        parts["topic"].word(tuple(log.topics)),
        parts["format"].text(),
        _address(parts["address"]),
        parts["expect"].text() if "expect" in parts else "",
        parts["only"].text() if "only" in parts else "",
        _least(parts["least"]) if "least" in parts else 0,
        _address(parts["further"]) if "further" in parts else "",
    )


def _address(item: YamlNode) -> str:
    address = item.text()
    if not address.startswith("https://"):
        item.fail(f"`{address}` is not an https address", "Begin it with https://")
    return address


def _least(item: YamlNode) -> int:
    if not item.raw.isdigit():
        item.fail(f"`{item.raw}` is not a count", "Write how many documents are listed at least")
    return int(item.raw)


def _document(row: RegisterRow, source: str, log: ReadLog, contents: Contents) -> Document:
    document = Document(source, **{name: row.cells[name] for name in COLUMNS})
    for column in ("id", "title"):
        if not row.cells[column]:
            raise row.fail(f"the cell `{column}` is empty", "Every document has both")
    if document.topic not in log.topics:
        raise row.fail(f"unknown topic `{document.topic}`", f"Write one of {', '.join(log.topics)}")
    for column in ("published", "effective", "day"):
        _check_day(row, column, whole=column == "day")
    feeds = {area for area, _ in log.indexes[source].listed}
    for area in log.topics[document.topic].areas:
        if area not in feeds:
            raise row.fail(
                f"its topic bears on {area}, through which `{source}` was not gone through",
                f"Add {area} to `listed` of `{source}` in {DECLARED}",
            )
    if document.is_read:
        _check_effect(row, document, log, contents)
    else:
        _check_unread(row, document)
    return document


def _check_day(row: RegisterRow, column: str, whole: bool) -> None:
    text = row.cells[column]
    if not text:
        return
    try:
        if whole and len(text) < len("2026-10-10"):
            raise ValueError
        day_number(first_day(text))
    except ValueError:
        form = "YYYY-MM-DD" if whole else "YYYY-MM-DD, or YYYY-MM where the day is not known"
        raise row.fail(f"`{text}` in {column} is not a day", f"Write {form}") from None


def _check_effect(row: RegisterRow, document: Document, log: ReadLog, contents: Contents) -> None:
    """What became of it leads somewhere, and somebody says so on a day."""
    kind = document.kind
    if kind not in EFFECTS or not document.words:
        raise row.fail(
            f"`{document.effect}` is not an effect",
            f"Write `KIND: WORDS` with one of {', '.join(EFFECTS)}, or nothing while it is unread",
        )
    if document.grade not in GRADES or not document.day or not document.reader:
        raise row.fail(
            f"{document.id} does not say who read it, on which day and how well",
            f"Fill reader, day and grade ({', '.join(GRADES)})",
        )
    known = {SOURCE: contents.sources, GAP: {gap.id for gap in contents.gaps}, WITHIN: log.restated}
    for key in document.keys if kind in known else ():
        if key not in known[kind]:
            where = {SOURCE: "sources.yaml", GAP: "not-modelled.yaml", WITHIN: DECLARED}[kind]
            raise row.fail(f"no `{key}` in {where}", "Name one that stands there")
        if kind == WITHIN and document.published > log.restated[key].day:
            raise row.fail(
                f"{document.id} is later than {key}, which restates the law of "
                f"{log.restated[key].day}",
                "Only what was published before can stand in it",
            )


def _check_unread(row: RegisterRow, document: Document) -> None:
    for kind, name in document.confined:
        if kind not in TOUCHES or not name:
            raise row.fail(
                f"`{kind}:{name}` does not say what a document touches",
                f"Write KIND:NAME, separated by spaces, with one of {', '.join(TOUCHES)}",
            )
    if not document.start:
        raise row.fail(
            f"{document.id} was not read, and no day of it is known",
            "Give at least the month, or say what became of it",
        )


def _read_through(area: Area, log: ReadLog, contents: Contents) -> Area:
    """An area with the day through which it was read, and what is unread beyond that."""
    listed = [day for each in log.indexes.values() for key, day in each.listed if key == area.name]
    origin = contents.origins[f"area {area.name}"]
    if not listed:
        if not area.reviewed_through:
            origin.fail("the key `reviewed_through` is missing", "Add `reviewed_through:` here")
        return area
    if area.reviewed_through:
        origin.fail(
            f"how far {area.name} was read is computed from {FOLDER}/",
            "Remove `reviewed_through`",
        )
    documents = of_area(area.name, log.documents, log.topics)
    day = through(listed, documents)
    if area.start is not None and day < area.start:
        origin.fail(f"{area.start} stands after {day}", "It is the first day that the area holds")
    return area._replace(reviewed_through=day, unread=confined_to(documents))


def rows_of(documents: Iterable[Document]) -> list[tuple[str, ...]]:
    """Documents as rows of a table, in order of publication."""
    by_day = sorted(documents, key=lambda each: (each.published or "9999", each.id))
    return [tuple(getattr(each, name) for name in COLUMNS) for each in by_day]


def render(documents: Iterable[Document]) -> str:
    """The table of one source as text."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(row) for row in rows_of(documents)]
    return "".join(f"{line}\n" for line in lines)
