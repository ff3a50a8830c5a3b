"""Tables that ship are the same bytes on every machine."""

from __future__ import annotations

import pytest

from detente.core import packed as module
from detente.core.packed import packed, unpacked

BYTES = {
    ("H", (1, 258)): b"\x01\x00\x02\x01",
    ("q", (-2,)): b"\xfe" + b"\xff" * 7,
    ("d", (1.0, -2.0)): b"\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\x00\xc0",
}


@pytest.mark.parametrize(("kind", "numbers"), BYTES)
def test_the_least_significant_byte_stands_first(kind, numbers):
    body = packed(kind, numbers)
    assert body == BYTES[kind, numbers]
    assert tuple(unpacked(kind, body)) == numbers


def test_a_machine_with_the_other_order_turns_them_round(monkeypatch):
    monkeypatch.setattr(module.sys, "byteorder", "big")
    assert packed("H", [1, 258]) == b"\x00\x01\x01\x02"  # as this machine holds them, turned
    assert list(unpacked("H", b"\x00\x01\x01\x02")) == [1, 258]
