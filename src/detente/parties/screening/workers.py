"""Work shared out to processes split off from this one, with what they find in order.

Each process is given one piece of work at a time and asks for the next by handing over what it
found, so neither side ever waits for the other to read while it writes.
"""

from __future__ import annotations

import os
import pickle
import select
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter
    from typing import TypeVar

    Work = TypeVar("Work")
    Found = TypeVar("Found")

AHEAD = 4
"""Pieces of work that a process may be ahead of what is handed on, so that few are held."""


class WorkerError(RuntimeError):
    """A process that was split off ended before its work was done."""


class ScreeningWorker:
    """A process split off from this one.

    Attributes:
        at: the place of what it works on; None while it has nothing to do.
    """

    def __init__(self, work: Callable[[Work], Found], others: Sequence[ScreeningWorker]) -> None:
        """Split a process off.

        Args:
            work: what it does with each piece of work.
            others: those split off before, whose pipes it must not hold open.
        """
        given, give = os.pipe()
        found, hand = os.pipe()
        self.at: int | None = None
        self._process = os.fork()
        if self._process == 0:
            code = 1
            try:
                for each in others:
                    each.close()
                os.close(give)
                os.close(found)
                with open(given, "rb") as reader, open(hand, "wb") as writer:
                    _serve(work, reader, writer)
                code = 0
            except (OSError, KeyboardInterrupt):
                pass  # nobody waits for what is found any more
            finally:
                os._exit(code)
        os.close(given)
        os.close(hand)
        self.found: BufferedReader = os.fdopen(found, "rb")
        self._give: BufferedWriter = os.fdopen(give, "wb")

    def fileno(self) -> int:
        """What can be waited for."""
        return self.found.fileno()

    def give(self, at: int, work: bytes) -> None:
        """Give it a piece of work."""
        self.at = at
        self._give.write(work)
        self._give.flush()

    def take(self) -> tuple[int, object]:
        """What it found, with the place of the work.

        Raises:
            WorkerError: it ended.
            Exception: what its work raised.
        """
        at, self.at = self.at, None
        try:
            found, error = pickle.load(self.found)
        except (EOFError, pickle.UnpicklingError):
            raise WorkerError("a process that screens names ended: run the command again") from None
        if error is not None:
            raise error
        assert at is not None
        return at, found

    def close(self) -> None:
        """Let it end when it has done what it was given."""
        with suppress(OSError):
            self._give.close()
        self.found.close()

    def wait(self) -> None:
        """Wait for its end."""
        os.waitpid(self._process, 0)


def _serve(work: Callable[[Work], Found], given: BufferedReader, hand: BufferedWriter) -> None:
    """Do what is given, until there is no more."""
    while True:
        try:
            piece = pickle.load(given)
        except EOFError:
            return
        try:
            answer: tuple[Found | None, Exception | None] = work(piece), None
        except Exception as error:  # handed on to whoever gave the work
            answer = None, error
        pickle.dump(answer, hand, pickle.HIGHEST_PROTOCOL)
        hand.flush()


def in_processes(
    work: Callable[[Work], Found], pieces: Iterable[Work], count: int
) -> Iterator[Found]:
    """What is found in each piece of work, in their order, by so many processes.

    Args:
        work: what is done with each piece; it is called in processes split off here.
        pieces: the work; only so much of it is held at a time.
        count: how many processes.

    Raises:
        WorkerError: a process ended before its work was done.
    """
    rest = (pickle.dumps(each, pickle.HIGHEST_PROTOCOL) for each in pieces)
    workers: list[ScreeningWorker] = []
    try:
        for _ in range(count):
            workers.append(ScreeningWorker(work, workers))
        yield from _in_order(workers, rest)
    finally:
        for each in workers:
            each.close()
        for each in workers:
            each.wait()


def _in_order(workers: Sequence[ScreeningWorker], rest: Iterator[bytes]) -> Iterator[Found]:
    """What workers find, in the order of the work."""
    held: dict[int, object] = {}
    given = handed = 0
    upcoming = next(rest, None)
    while True:
        for each in workers:
            if each.at is None and upcoming is not None and given - handed < AHEAD * len(workers):
                each.give(given, upcoming)
                given += 1
                upcoming = next(rest, None)  # so that it lies ready when it is asked for
        while handed in held:
            found: Found = held.pop(handed)  # type: ignore[assignment]
            handed += 1
            yield found
        busy = [each for each in workers if each.at is not None]
        if not busy:
            if upcoming is None and not held:
                return
            continue
        for ready in select.select(busy, [], [])[0]:
            at, held[at] = ready.take()
