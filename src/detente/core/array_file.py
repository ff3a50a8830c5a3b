"""Arrays kept in one file, and read where they lie: nothing is copied, nothing is unpacked.

The file begins with the length of its description and that; the arrays follow in their order. It is
taken for what it says only where it is whole: its length and a checksum over the arrays say so.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

ALIGNED = 64
"""Bytes to whose multiples arrays begin."""

LENGTH = 8
"""Bytes of the length of the description."""


def read_arrays(path: str, key: str) -> dict[str, Array] | None:
    """The arrays that are kept under a key, which may be changed in memory.

    Args:
        path: the file.
        key: what they must have been kept under.

    Returns:
        One dimension each, those of records as bytes; None where there are none, or no whole ones.
    """
    try:
        with open(path, "rb") as file:
            described = json.loads(file.read(int.from_bytes(file.read(LENGTH), "little")))
            if described["key"] != key:
                return None
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        begin = described["begin"]
        whole = len(mapped) == begin + described["size"]
        if not whole or zlib.crc32(memoryview(mapped)[begin:]) != described["crc32"]:
            return None
        return {
            name: np.frombuffer(mapped, kind, count, begin + offset)
            for name, kind, count, offset in described["arrays"]
        }
    except (OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError):
        return None


def keep_arrays(path: str, key: str, arrays: Mapping[str, Array]) -> None:
    """Keep arrays of one dimension in a file, all of them or none.

    Raises:
        OSError: the file cannot be written.
    """
    described, parts, size = [], [], 0
    for name, array in arrays.items():
        flat = array.view(np.uint8) if array.dtype.names else array
        described.append((name, flat.dtype.str, flat.size, size))
        room = -flat.nbytes % ALIGNED
        parts += [np.ascontiguousarray(flat).data.cast("B") if flat.nbytes else b"", bytes(room)]
        size += flat.nbytes + room
    checked = 0
    for part in parts:
        checked = zlib.crc32(part, checked)
    head = {"key": key, "size": size, "crc32": checked, "arrays": described}
    # The description says where it ends itself, in as many digits whatever it says.
    length = len(json.dumps({"begin": 0, **head})) + LENGTH
    begin = -(-(LENGTH + length) // ALIGNED) * ALIGNED
    text = json.dumps({"begin": begin, **head}).encode()
    text += b" " * (begin - LENGTH - len(text))
    beside = f"{path}.{os.getpid()}.new"
    try:
        with open(beside, "wb") as file:
            file.writelines((len(text).to_bytes(LENGTH, "little"), text, *parts))
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)
