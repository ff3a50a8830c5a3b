"""Numbers as bytes of the tables that ship: least significant byte first, on every machine."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def packed(kind: str, numbers: Iterable[Any]) -> bytes:
    """Numbers of one kind (`H`, `q`, `d`, as ``array`` names them) as bytes."""
    return _little(array(kind, numbers)).tobytes()


def unpacked(kind: str, body: bytes) -> array[Any]:
    """What `packed` made bytes of."""
    numbers: array[Any] = array(kind)
    numbers.frombytes(body)
    return _little(numbers)


def _little(numbers: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
