"""Thrift's compact protocol, as far as the headers and the footer of a Parquet file go.

A struct is a dictionary of fields by number; each field has its kind, so that what was read is
written again without a word about what it means.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
SHORT_LIST = 15
"""A list of at least so many items has its length in bytes of its own."""


class Field(NamedTuple):
    """A value with its kind.

    Attributes:
        kind: one of the kinds of the protocol; of a truth either.
        value: a whole number, bytes, a truth, a struct, or `FieldItems`.
    """

    kind: int
    value: Any


class FieldItems(NamedTuple):
    """A list.

    Attributes:
        kind: that of every item.
        items: the values.
    """

    kind: int
    items: list[Any]


Struct = dict[int, Field]


def int32(number: int) -> Field:
    """A whole number of 32 bits."""
    return Field(I32, number)


def int64(number: int) -> Field:
    """A whole number of 64 bits."""
    return Field(I64, number)


def read_struct(data: bytes) -> Struct:
    """A struct from the bytes that begin with it.

    Raises:
        ValueError: a kind that Parquet does not use.
    """
    found: Struct = _Reader(data).value(STRUCT)
    return found


def struct_bytes(struct: Struct) -> bytes:
    """A struct as bytes."""
    out = bytearray()
    _write(out, STRUCT, struct)
    return bytes(out)


def varint(number: int) -> bytes:
    """A whole number, none below nothing, seven bits a byte and the least first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number: int) -> bytes:
    """A whole number of either sign, small ones in few bytes."""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def varint(self) -> int:
        found = shift = 0
        while True:
            byte = self.byte()
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                return found
            shift += 7

    def number(self) -> int:
        found = self.varint()
        return found >> 1 ^ -(found & 1)

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def value(self, kind: int) -> Any:
        if kind in (I16, I32, I64):
            return self.number()
        if kind == BINARY:
            return self.bytes(self.varint())
        if kind == STRUCT:
            return self._struct()
        if kind == LIST:
            head = self.byte()
            size = self.varint() if head >> 4 == SHORT_LIST else head >> 4
            return FieldItems(head & 15, [self.value(head & 15) for _ in range(size)])
        if kind in (TRUE, FALSE, BYTE):  # a truth within a list is a byte
            return self.byte()
        if kind == DOUBLE:
            return self.bytes(8)
        raise ValueError(f"kind {kind} of Thrift is not read")

    def _struct(self) -> Struct:
        found: Struct = {}
        number = 0
        while head := self.byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self.number()
            value = kind == TRUE if kind in (TRUE, FALSE) else self.value(kind)
            found[number] = Field(kind, value)
        return found


def _write(out: bytearray, kind: int, value: Any) -> None:
    if kind in (I16, I32, I64):
        out += zigzag(value)
    elif kind == BINARY:
        out += varint(len(value)) + value
    elif kind == STRUCT:
        _write_fields(out, value)
    elif kind == LIST:
        size = len(value.items)
        out.append(min(size, SHORT_LIST) << 4 | value.kind)
        out += varint(size) if size >= SHORT_LIST else b""
        for item in value.items:
            _write(out, value.kind, item)
    elif kind in (TRUE, FALSE, BYTE):
        out.append(value)
    else:
        out += value


def _write_fields(out: bytearray, struct: Struct) -> None:
    last = 0
    for number, (kind, value) in sorted(struct.items()):
        if kind in (TRUE, FALSE):
            kind = TRUE if value else FALSE
        if 0 < number - last <= SHORT_LIST:
            out.append(number - last << 4 | kind)
        else:
            out.append(kind)
            _write(out, I16, number)
        last = number
        if kind not in (TRUE, FALSE):
            _write(out, kind, value)
    out.append(0)
