"""A table written as JSON: an array of objects, objects in lines, or an array under a key."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.core.tables.reading import TableError, TableRows, marked_encoding

if TYPE_CHECKING:
    from typing import Any

SUFFIXES = (".json", ".jsonl", ".ndjson")
"""Of files that may hold such a table."""

LARGEST = 1 << 29
"""Bytes of the largest one that is read: all of it is held in memory."""

HEAD = 1 << 20
"""Characters in which the first object ends."""

ARRAY, BLANK = re.compile(r"\s*\["), re.compile(r"[\s,]*")

HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which JSON can write and no text has."""

CHECK = "check the file"


def rows_of_objects(path: Path, needed: Collection[str], key: str) -> TableRows | None:
    """The rows of a table that is written as JSON; None for a file that is none.

    Args:
        path: the file, in UTF-8, or in UTF-16 with its mark.
        needed: columns that the first object has, whatever their case.
        key: under which the rows may stand in one object.

    Raises:
        TableError: the file is such a table and cannot be read, or a value in it is no cell.
    """
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return None
    with path.open(encoding=marked_encoding(path), errors="replace") as file:
        first = _first(file.read(HEAD), key)
    if not isinstance(first, Mapping) or not {each.lower() for each in first} >= set(needed):
        return None
    if path.stat().st_size > LARGEST:
        what, do = f"it is larger than {LARGEST >> 20} MiB of JSON", "write the table as CSV"
        raise TableError(str(path), "", what, do)
    found = _objects(path, key)
    columns = list(dict.fromkeys(each for _, row in found for each in row))

    def rows(table: TableRows) -> Iterator[list[str]]:
        for line, row in found:
            table.line = line
            yield [_cell(table, column, row.get(column)) for column in columns]

    return TableRows(str(path), columns, rows)


def _begin(text: str, key: str) -> tuple[int, bool]:
    """Where the first object may begin, and whether the objects are an array."""
    array = ARRAY.match(text) or re.search(rf'"{re.escape(key)}"\s*:\s*\[', text)
    return (array.end(), True) if array else (0, False)


def _first(head: str, key: str) -> object:
    """The first value of a file that begins so; None where it holds none."""
    begin = BLANK.match(head, _begin(head, key)[0])
    try:
        return json.JSONDecoder().raw_decode(head, begin.end() if begin else 0)[0]
    except (json.JSONDecodeError, RecursionError):
        return None


def _objects(path: Path, key: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects of a file, each with the line on which it begins.

    Raises:
        TableError: what stands behind the first of them is no object, or breaks off.
    """
    try:
        text = path.read_text(encoding=marked_encoding(path))
    except UnicodeError as error:
        raise TableError(str(path), "", "this is not UTF-8", "save it as UTF-8") from error
    at, in_array = _begin(text, key)
    line = 1 + text.count("\n", 0, at)
    found: list[tuple[int, Mapping[str, Any]]] = []
    decode = json.JSONDecoder().raw_decode
    while True:
        begin = BLANK.match(text, at)
        begins = at if begin is None else begin.end()
        line += text.count("\n", at, begins)
        ends = begins == len(text)
        if ends and in_array:
            raise TableError(str(path), f"line {line}", "it ends within the array", CHECK)
        if ends or (in_array and text[begins] == "]"):
            return found
        try:
            value, at = decode(text, begins)
        except (json.JSONDecodeError, RecursionError) as error:
            raise TableError(str(path), f"line {line}", "this is not JSON", CHECK) from error
        if not isinstance(value, Mapping):
            raise TableError(str(path), f"line {line}", "this is not an object", CHECK)
        found.append((line, value))
        line += text.count("\n", begins, at)


def _cell(table: TableRows, column: str, value: object) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        text = str(value)
        if not text.isascii() and HALF.search(text):
            raise table.fault(f"{column} has half of a character", CHECK)
        return text
    size = counted(len(value), "value") if isinstance(value, list | dict) else "something else"
    raise table.fault(f"{column} has {size} where a text or a number stands", CHECK)
