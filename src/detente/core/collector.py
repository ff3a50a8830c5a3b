"""Long work without looking for garbage, servers with seldom, and the next items made meanwhile."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item")

SELDOM = 1_000
"""Looks through what is young before one through all that is old, where Python's own are 10."""


def keep_what_is_old() -> None:
    """Take what a server has read for good, and look seldom through what it keeps later.

    Of what lives long in a server hardly anything is garbage, and nobody is answered for the tenth
    of a second in which all of it is looked through.
    """
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, SELDOM)


MMAP_THRESHOLD, TRIM_THRESHOLD, MOST_ARENAS = -3, -1, -8
"""Settings of `mallopt`: from where an array is mapped by itself, how much may lie free, and in how
many parts, each of which serves some threads."""

LARGEST_KEPT, MOST_KEPT = 1 << 25, 1 << 27
"""Bytes of these."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Leave the cycle collector off: what a batch works out it keeps, and cycles are few.

    Looking through millions of kept objects again and again takes a sixth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What was made goes among the oldest at one stroke, or it would all be looked through.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def keep_freed_memory(*, for_all_threads: bool = False) -> None:
    """Let a process that is to end soon keep the memory that it frees, for its next large arrays.

    The allocator of Linux gives arrays of a megabyte back to the system each time, which then
    clears every page that is asked for again: a twentieth of a batch's time. Elsewhere nothing is
    changed.

    Args:
        for_all_threads: whether what one thread frees is for the others too, as long as none has
            been started: a tenth less memory for a batch, whose threads seldom ask at once.
    """
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another allocator
        return
    mallopt(MMAP_THRESHOLD, LARGEST_KEPT)
    mallopt(TRIM_THRESHOLD, MOST_KEPT)
    if for_all_threads:
        mallopt(MOST_ARENAS, 1)


HUGE_PAGES = "NUMPY_MADVISE_HUGEPAGE"
"""What numpy asks its environment, when it is loaded, before it asks Linux for huge pages."""


def use_small_pages() -> None:
    """Let numpy, where it is loaded later, take memory in pages of the usual size.

    Of two megabytes at a time a process that keeps what it frees saves little. And a virtual
    machine that has handed its free memory back waits for each of them until its host has found
    and cleared it, 20 milliseconds where 0.2 are usual: up to a third of a batch of a million rows.
    """
    os.environ.setdefault(HUGE_PAGES, "0")


TURN = 0.0005
"""Seconds that a thread runs while others wait: a tenth of what Python has."""


def take_short_turns() -> None:
    """Let what comes back from numpy or zstd wait less for a thread of Python to give way."""
    sys.setswitchinterval(TURN)


def soon(make: Callable[[], Item]) -> Callable[[], Item]:
    """Begin to make a thing in a thread; returns what waits for it.

    Raises:
        Exception: what making it raises, where it is waited for.
    """
    from concurrent.futures import ThreadPoolExecutor

    maker = ThreadPoolExecutor(1)
    made = maker.submit(make)
    maker.shutdown(wait=False)
    return made.result


def prefetched(items: Iterator[Item], waiting: int = 2) -> Iterator[Item]:
    """The same items in the same order; the next ones are made while the caller uses one.

    Args:
        items: made one after the other, in one thread.
        waiting: how many are made before they are asked for.

    Raises:
        Exception: what making an item raises, when its turn comes.
    """
    from concurrent.futures import ThreadPoolExecutor

    def following() -> tuple[Item, ...]:
        # Wrapped, so that an item which counts as false is not taken for the end.
        return next(((item,) for item in items), ())

    with ThreadPoolExecutor(1) as maker:
        coming = [maker.submit(following) for _ in range(waiting)]
        while found := coming.pop(0).result():
            coming.append(maker.submit(following))
            yield found[0]
