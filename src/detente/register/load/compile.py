"""Compiling a register: from its folder to one SQLite file that an answer reads in milliseconds.

The file holds each record as an array of JSON, the rows of all code lists by code, and the
common tables. The same folder always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detente.register.codec import encode, head
from detente.register.documents import Document
from detente.register.load.contents import Contents
from detente.register.load.loader import load_folder
from detente.register.model import Provision
from detente.store.files import open_in_memory

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE common (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
-- shapes of which an answer asks for a few by name
CREATE TABLE named (
    kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE record (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, area TEXT NOT NULL, body TEXT NOT NULL,
    events TEXT NOT NULL
) WITHOUT ROWID;
-- place and goods hold the one name that a provision has, '' for none, '*' for more than that
CREATE TABLE limb (
    area TEXT NOT NULL, kind TEXT NOT NULL, measure TEXT NOT NULL, number INTEGER NOT NULL,
    place TEXT NOT NULL, goods TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (area, kind, measure, number)
) WITHOUT ROWID;
CREATE TABLE member (
    code TEXT NOT NULL, list TEXT NOT NULL, number INTEGER NOT NULL, start INTEGER, until INTEGER,
    announced INTEGER, excepted INTEGER NOT NULL, unknown INTEGER NOT NULL, note TEXT NOT NULL,
    end_announced INTEGER,
    PRIMARY KEY (code, list, number)
) WITHOUT ROWID;
-- codes that provisions name by themselves, without a list
CREATE TABLE named_code (code TEXT PRIMARY KEY) WITHOUT ROWID;
-- codes of goods that come into a side beside its items, and the provisions that name those items
CREATE TABLE import_code (
    side TEXT NOT NULL, code TEXT NOT NULL, item TEXT NOT NULL, number INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (side, code, item, number)
) WITHOUT ROWID;
CREATE TABLE import_item (
    side TEXT NOT NULL, item TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (side, item)
) WITHOUT ROWID;
CREATE TABLE document (
    source TEXT NOT NULL, id TEXT NOT NULL, published TEXT NOT NULL, effective TEXT NOT NULL,
    title TEXT NOT NULL, citation TEXT NOT NULL, address TEXT NOT NULL, topic TEXT NOT NULL,
    effect TEXT NOT NULL, touches TEXT NOT NULL, reader TEXT NOT NULL, day TEXT NOT NULL,
    grade TEXT NOT NULL, PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE TABLE heading (
    heading TEXT NOT NULL, measure TEXT NOT NULL, PRIMARY KEY (heading, measure)
) WITHOUT ROWID;
"""


def build_register(folder: Path, out: Path) -> None:
    """Compile the register in ``folder`` into the file ``out``, replacing it.

    Raises:
        RegisterError: something in the folder is wrong; ``out`` is left as it was.
    """
    contents = load_folder(folder)
    beside = out.with_name(out.name + ".new")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside)
    try:
        write(connection, contents, folder_hash(folder))
        connection.execute("VACUUM")
    finally:
        connection.close()
    beside.replace(out)


def in_memory(contents: Contents, sha256: str) -> sqlite3.Connection:
    """The compiled form of a register that was just loaded, without a file."""
    connection = open_in_memory()
    write(connection, contents, sha256)
    return connection


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of every register file."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".tsv") and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def write(connection: sqlite3.Connection, contents: Contents, sha256: str) -> None:
    """Write a loaded register into an empty database."""
    connection.execute("PRAGMA page_size = 4096")
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO meta VALUES ('sha256', ?)", (sha256,))
    connection.executemany(
        "INSERT INTO common VALUES (?, ?)",
        [(key, encode(body)) for key, body in sorted(_common(contents).items())],
    )
    connection.executemany("INSERT INTO named VALUES (?, ?, ?)", _named_rows(contents))
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
        [
            (name, measure.kind, measure.area, head(measure), encode(measure.events))
            for name, measure in sorted(contents.measures.items())
        ],
    )
    connection.executemany(
        "INSERT INTO limb VALUES (?, ?, ?, ?, ?, ?, ?)", _provision_rows(contents)
    )
    connection.executemany(
        "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _member_rows(contents)
    )
    connection.executemany("INSERT INTO named_code VALUES (?)", _named_codes(contents))
    connection.executemany(
        "INSERT INTO import_code VALUES (?, ?, ?, ?, ?)", _import_codes(contents)
    )
    connection.executemany("INSERT INTO import_item VALUES (?, ?, ?)", _import_items(contents))
    marks = ", ".join("?" * len(Document._fields))
    connection.executemany(
        f"INSERT INTO document VALUES ({marks})",
        sorted(contents.read_log.documents),
    )
    connection.executemany("INSERT INTO heading VALUES (?, ?)", _heading_rows(contents))
    connection.commit()


def _common(contents: Contents) -> dict[str, object]:
    """What is read as one each: places, facts, areas, rules."""
    return {
        "countries": contents.countries,
        "zones": contents.zones,
        "places": _rows(contents.places.values()),
        "facts": _rows(contents.facts.values()),
        "bases": _rows(contents.bases.values()),
        "families": _rows(contents.families.values()),
        "gaps": _rows(contents.gaps),
        "basket": _rows(contents.basket),
        "areas": _rows(contents.areas[key] for key in sorted(contents.areas)),
        "kinds": _kinds(contents),
        "unread": {
            key: each.unknown for key, each in sorted(contents.lists.items()) if each.unknown
        },
        "yields": _rows(contents.stacking_rules),
        "controls": _rows(contents.controls[key] for key in sorted(contents.controls)),
        "announced": sorted(
            name for name, each in contents.measures.items() if each.has_announcements()
        ),
        "scenarios": dict(sorted(contents.scenarios.items())),
        "deadlines": _rows(contents.deadlines),
        "words": contents.words,
        "addresses": _rows(contents.addresses),
        "indexes": _rows(contents.read_log.indexes.values()),
        "watched": _rows(contents.read_log.watched),
        "unwatched": _rows(contents.read_log.unwatched),
        "topics": _rows(contents.read_log.topics.values()),
    }


def _named_rows(contents: Contents) -> Iterator[tuple[str, str, str]]:
    """What is read by its name: lists and sources, and sources by their citation."""
    by_name: dict[str, Mapping[str, object]] = {
        "list": contents.lists,
        "source": contents.sources,
        "citation": {each.citation: each for _, each in sorted(contents.sources.items())},
    }
    for kind, shapes in by_name.items():
        for name, shape in sorted(shapes.items()):
            yield kind, name, encode(shape)


def _rows(shapes: Iterable[object]) -> list[object]:
    return list(shapes)


def _member_rows(contents: Contents) -> list[tuple[object, ...]]:
    """Rows by code and list, numbered where a code has several."""
    count: dict[tuple[str, str], int] = {}
    rows: list[tuple[object, ...]] = []
    for member in contents.members:
        key = (member.code, member.list)
        number = count[key] = count.get(key, 0) + 1
        flags = (int(member.excepted), int(member.unknown), member.note, member.end_announced)
        rows.append((*key, number, member.start, member.until, member.announced, *flags))
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))


def _kinds(contents: Contents) -> tuple[list[object], dict[str, list[int]]]:
    """Kinds of rows, which say the same of a code of so many digits, and those of each code."""
    kinds: dict[tuple[object, ...], int] = {}
    by_code: dict[str, list[int]] = {}
    for code, name, _, *stated, _note, end_announced in _member_rows(contents):
        kind = (len(str(code)), name, *stated, end_announced)
        by_code.setdefault(str(code), []).append(kinds.setdefault(kind, len(kinds)))
    return [*kinds], by_code


def _provision_rows(contents: Contents) -> list[tuple[object, ...]]:
    """Provisions with the one place and the one list by which most of them can be passed over."""
    rows: list[tuple[object, ...]] = []
    for name, measure in sorted(contents.measures.items()):
        for number, provision in enumerate(measure.provisions):
            place, goods = _only(provision.places or measure.places), _only(provision.goods)
            rows.append((measure.area, measure.kind, name, number, place, goods, encode(provision)))
    return rows


def _named_codes(contents: Contents) -> list[tuple[str]]:
    """Every code that a provision names by itself."""
    codes = {
        name
        for measure in contents.measures.values()
        for provision in measure.provisions
        for name in (*provision.goods, *provision.not_goods)
        if name[0].isdigit()
    }
    return [(code,) for code in sorted(codes)]


def _import_codes(contents: Contents) -> Iterator[tuple[object, ...]]:
    """The codes of goods that come into a side, with the tests of the item beside each."""
    for side, terms in sorted(contents.controls.items()):
        tests = {item.name: item.when for item in terms.items}
        for number, row in enumerate(terms.imports):
            yield side, row.code, row.item, number, encode([row, tests[row.item]])


def _import_items(contents: Contents) -> Iterator[tuple[str, str, str]]:
    """The provisions that name an item of an import, each with the parties it names in words."""
    for side, terms in sorted(contents.controls.items()):
        titles = {each.name: each.title for each in terms.parties}
        naming: dict[str, list[object]] = {row.item: [] for row in terms.imports}
        for measure in contents.measures.values():
            if measure.area != f"{side.lower()}/control" or measure.kind != "measure":
                continue
            for provision in measure.provisions:
                parties = [titles[name] for name in _words(provision, "parties")]
                for item in naming.keys() & set(_words(provision, "items")):
                    naming[item].append([measure.id, provision.id, parties])
        yield from ((side, item, encode(rows)) for item, rows in sorted(naming.items()))


def _words(provision: Provision, key: str) -> list[str]:
    """The words under a key of a provision's control, one or many."""
    value = provision.control.get(key, [])
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _only(names: tuple[str, ...]) -> str:
    """The one name; "" for none, "*" for several, and for codes that stand for themselves."""
    if not names:
        return ""
    # The column is compared with names of lists: what a code reaches, the caller must see.
    return names[0] if len(names) == 1 and not names[0][0].isdigit() else "*"


def _heading_rows(contents: Contents) -> list[tuple[str, str]]:
    """Every heading of chapter 99 that the register names, with the measure that is filed there."""
    rows = {
        (heading, name)
        for name, measure in contents.measures.items()
        for heading in measure.headings()
    }
    rows.update((row.heading, row.yielding) for row in contents.stacking_rules if row.heading)
    return sorted(rows)
