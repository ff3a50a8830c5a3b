"""Whether a text may be one of very many, told without a look at them.

Each text sets one bit of many, which its checksum (CRC-32) tells. A text whose bit is not set is
none of them; one of thirty-two others has a bit that is set, so what passes must be looked up.
"""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

BITS_A_TEXT = 32
"""How many bits there are for each text, at the least."""


def sieve_of(texts: Collection[str]) -> bytes:
    """The bits of some texts: a power of two of bytes."""
    size = 1 << (len(texts) * BITS_A_TEXT // 8).bit_length()
    bits = bytearray(size)
    for text in texts:
        at = crc32(text.encode())
        bits[(at >> 3) % size] |= 1 << (at & 7)
    return bytes(bits)


def may_hold(sieve: bytes, text: str) -> bool:
    """Whether a text may be one of those that a sieve was made of; any, where it is empty."""
    if not sieve:
        return True
    at = crc32(text.encode())
    return bool(sieve[(at >> 3) % len(sieve)] & 1 << (at & 7))
