"""The footer of a Parquet file that polars reads as categories, days and decimals.

What Parquet says of a column does not tell categories from texts; readers of Arrow take the types
from a schema of Arrow's, in FlatBuffers, that stands in the footer beside Parquet's own. See
https://github.com/apache/arrow/blob/main/format/Schema.fbs for its tables.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente._version import __version__
from detente.core.tables.parquet_pages import BYTE_ARRAY, INT32, INT64
from detente.core.tables.thrift import (
    BINARY,
    LIST,
    STRUCT,
    Field,
    FieldItems,
    Struct,
    int32,
    int64,
    struct_bytes,
)

if TYPE_CHECKING:
    from typing import Any

    Thing = Callable[[bytearray], int]
    Slots = Mapping[int, tuple[str, Any]]

CATEGORY, DAY, DECIMAL = "category", "day", "decimal"

DIGITS, PLACES = 12, 6
"""Of a decimal."""

INT, DECIMAL_TYPE, DATE_TYPE, LARGE_TEXT = 2, 7, 8, 20
"""Numbers of types in Arrow's schema."""

CATEGORIES = (b"_PL_CATEGORICAL2", b"0;0;u32;")
"""How polars tells categories that may grow from a fixed set of them."""

THING = "I"
"""In place of a format: how far on a thing lies that has no room in a table."""


def footer_of(columns: Mapping[str, str]) -> bytes:
    """The footer of a file without rows.

    Args:
        columns: the kind of each column, by name.
    """
    own: list[Struct] = [{4: Field(BINARY, b"root"), 5: int32(len(columns))}]
    own += [_column(name, kind) for name, kind in columns.items()]
    schema: Struct = {
        1: Field(BINARY, b"ARROW:schema"),
        2: Field(BINARY, base64.b64encode(arrow_schema(columns))),
    }
    order: Struct = {1: Field(STRUCT, {})}
    return struct_bytes(
        {
            1: int32(1),
            2: Field(LIST, FieldItems(STRUCT, own)),
            3: int64(0),
            4: Field(LIST, FieldItems(STRUCT, [])),
            5: Field(LIST, FieldItems(STRUCT, [schema])),
            6: Field(BINARY, f"detente version {__version__}".encode()),
            7: Field(LIST, FieldItems(STRUCT, [order] * len(columns))),
        }
    )


def _column(name: str, kind: str) -> Struct:
    """What Parquet's own schema says of a column, none of whose rows need be given."""
    nothing = Field(STRUCT, {})
    decimal = Field(STRUCT, {1: int32(PLACES), 2: int32(DIGITS)})
    stored, converted, logical = {
        CATEGORY: (BYTE_ARRAY, 0, {1: nothing}),
        DAY: (INT32, 6, {6: nothing}),
        DECIMAL: (INT64, 5, {5: decimal}),
    }[kind]
    found: Struct = {
        1: int32(stored),
        3: int32(1),
        4: Field(BINARY, name.encode()),
        6: int32(converted),
        10: Field(STRUCT, logical),
    }
    if kind == DECIMAL:
        found |= {7: int32(PLACES), 8: int32(DIGITS)}
    return found


def arrow_schema(columns: Mapping[str, str]) -> bytes:
    """Arrow's schema of some columns, as a message."""
    fields = _things([_field(name, kind) for name, kind in columns.items()])
    schema = _table({1: (THING, fields)})
    message = _table({0: ("h", 4), 1: ("B", 1), 2: (THING, schema)})
    out = bytearray(4)
    struct.pack_into("<I", out, 0, message(out))
    out += bytes(-len(out) % 8)
    return b"\xff\xff\xff\xff" + struct.pack("<i", len(out)) + bytes(out)


def _field(name: str, kind: str) -> Thing:
    number, stated = {
        CATEGORY: (LARGE_TEXT, _table({})),
        DAY: (DATE_TYPE, _table({0: ("h", 0)})),
        DECIMAL: (DECIMAL_TYPE, _table({0: ("i", DIGITS), 1: ("i", PLACES), 2: ("i", 128)})),
    }[kind]
    slots: dict[int, tuple[str, Any]] = {
        0: (THING, _text(name.encode())),
        1: ("B", 1),
        2: ("B", number),
        3: (THING, stated),
        5: (THING, _things([])),
    }
    if kind == CATEGORY:
        numbers = _table({0: ("i", 32), 1: ("B", 0)})
        slots[4] = (THING, _table({0: ("q", 0), 1: (THING, numbers)}))
        key, value = CATEGORIES
        slots[6] = (THING, _things([_table({0: (THING, _text(key)), 1: (THING, _text(value))})]))
    return _table(slots)


def _table(slots: Slots) -> Thing:
    """A table of FlatBuffers: before it stands where in it each slot is found."""

    def write(out: bytearray) -> int:
        place, places = 4, [0] * (1 + max(slots, default=-1))
        # The widest first, so that each lies at a multiple of its width.
        for slot in sorted(slots, key=lambda each: -struct.calcsize(slots[each][0])):
            width = struct.calcsize(slots[slot][0])
            place += -place % width
            places[slot] = place
            place += width
        index = struct.pack(f"<{2 + len(places)}H", 4 + 2 * len(places), place, *places)
        out += bytes(-(len(out) + len(index)) % 8) + index
        start = len(out)
        out += struct.pack("<i", len(index)) + bytes(place - 4)
        for slot, (form, value) in slots.items():
            if form != THING:
                struct.pack_into(f"<{form}", out, start + places[slot], value)
        for slot, (form, value) in slots.items():
            if form == THING:
                _refer(out, start + places[slot], value)
        return start

    return write


def _things(things: Sequence[Thing]) -> Thing:
    """A list of things."""

    def write(out: bytearray) -> int:
        start = _aligned(out)
        out += struct.pack("<I", len(things)) + bytes(4 * len(things))
        for number, thing in enumerate(things, 1):
            _refer(out, start + 4 * number, thing)
        return start

    return write


def _text(text: bytes) -> Thing:
    def write(out: bytearray) -> int:
        start = _aligned(out)
        out += struct.pack("<I", len(text)) + text + b"\0"
        return start

    return write


def _aligned(out: bytearray) -> int:
    """The next place of a number of four bytes."""
    out += bytes(-len(out) % 4)
    return len(out)


def _refer(out: bytearray, at: int, thing: Thing) -> None:
    """Write a thing behind all others, and at a place how far on it lies."""
    struct.pack_into("<I", out, at, thing(out) - at)
