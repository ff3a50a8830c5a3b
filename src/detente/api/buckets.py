"""How often a caller may ask, counted once for all processes of a server.

The counts are a table of fixed size in memory that the processes share: a file that all of them
map, or memory of its own where there is one process. A caller has a bucket of requests that fills
at a steady rate; of more callers than the table holds, those unseen for longest are forgotten.
"""

from __future__ import annotations

import ipaddress
import mmap
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from struct import Struct

SLOT = Struct("<8sdd")
"""One caller: the hash of their name, what is left in their bucket, and since when (seconds)."""

SLOTS = 2**14
SECRET = 16
"""Bytes before the slots, without which nobody can choose names that fall upon one slot."""

WINDOW = 8
"""Slots in which a caller may stand."""

SIZE = SECRET + SLOTS * SLOT.size


def make_table(path: Path) -> None:
    """Write an empty table, for its owner alone, to be shared by processes."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(handle, "wb") as file:
        file.write(secrets.token_bytes(SECRET))
        file.truncate(SIZE)


class Buckets:
    """A bucket of requests for each caller."""

    def __init__(self, clock: Callable[[], float], shared: Path | None = None) -> None:
        """Count anew, or where other processes count too.

        Args:
            clock: gives seconds that never go back, the same to every process.
            shared: a table by ``make_table``; None to count alone.
        """
        self._clock = clock
        self._file = None if shared is None else open(shared, "r+b")  # noqa: SIM115 - kept open
        if self._file is None:
            self._table = mmap.mmap(-1, SIZE)
            self._table[:SECRET] = secrets.token_bytes(SECRET)
        else:
            self._table = mmap.mmap(self._file.fileno(), SIZE)
        self._secret = bytes(self._table[:SECRET])

    def close(self) -> None:
        """Let go of the table."""
        self._table.close()
        if self._file is not None:
            self._file.close()

    def wait(self, caller: str, a_minute: float, take: bool = True) -> int:
        """How many whole seconds a caller has to wait; 0 where they may ask.

        Args:
            caller: who asks.
            a_minute: requests a minute; as many may come at once.
            take: whether this is such a request, or only the question.
        """
        name = blake2b(caller.encode("utf-8", "replace"), digest_size=8, key=self._secret).digest()
        rate = a_minute / 60
        with self._alone():
            now = self._clock()
            place, left, since = self._find(name, a_minute, now)
            left = min(a_minute, left + max(0.0, now - since) * rate)
            enough = left >= 1
            if take:
                SLOT.pack_into(self._table, place, name, left - 1 if enough else left, now)
        return 0 if enough else int((1 - left) / rate) + 1

    def _find(self, name: bytes, full: float, now: float) -> tuple[int, float, float]:
        """Where a caller stands, or is to stand: place, what is left, and since when."""
        first = int.from_bytes(name, "little")
        oldest, age = 0, float("inf")
        for step in range(WINDOW):
            place = SECRET + (first + step) % SLOTS * SLOT.size
            held, left, since = SLOT.unpack_from(self._table, place)
            if held == name:
                return place, left, since
            if since < age:
                oldest, age = place, since
        # Whoever is pushed out begins with a full bucket: a crowded table never locks anyone out.
        return oldest, full, now

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes out for a moment; the system ends it with a process that dies."""
        if self._file is None:
            yield
            return
        import fcntl

        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def caller_of(address: str) -> str:
    """Whom an address counts as: one of IP version 6 as its network of 64 bits, which one holds."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        # All of IP version 4 lies within one such network, and would share a single bucket.
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((int(known) >> 64 << 64, 64)))
    return str(known)
