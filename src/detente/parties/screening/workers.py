"""Work shared out to processes split off from this one, with what they find in order.

Each process has a piece of work before it while it works on another, so that it never waits. What
is given is written as far as there is room, so neither side waits for the other to read.
"""

from __future__ import annotations

import os
import pickle
import select
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.apart import widen

if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter
    from typing import TypeVar

    Work = TypeVar("Work")
    Found = TypeVar("Found")

GIVEN, AHEAD = 2, 4
"""Pieces of work that a process has before it, and that it may be ahead of what is handed on, so
that few are held."""

SIZE = 8
"""Bytes that say how long an answer is."""

ENDED = "a process that screens names ended: run the command again"


class WorkerError(RuntimeError):
    """A process that was split off ended before its work was done."""


class ScreeningWorker:
    """A process split off from this one.

    Attributes:
        places: of the work that it has before it.
        unsent: what was given and has not been written yet.
    """

    def __init__(self, work: Callable[[Work], Found], others: Sequence[ScreeningWorker]) -> None:
        """Split a process off.

        Args:
            work: what it does with each piece of work.
            others: those split off before, whose pipes it must not hold open.
        """
        given, give = os.pipe()
        found, hand = os.pipe()
        self.places: deque[int] = deque()
        self.unsent = memoryview(b"")
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
        widen(found)
        self._found, self.line = found, give
        os.set_blocking(give, False)

    def fileno(self) -> int:
        """What can be waited for."""
        return self._found

    def give(self, at: int, work: bytes) -> None:
        """Give it a piece of work."""
        self.places.append(at)
        self.unsent = memoryview(bytes(self.unsent) + work)
        self.send()

    def send(self) -> None:
        """Write of what was given what there is room for.

        Raises:
            WorkerError: it ended.
        """
        try:
            while self.unsent:
                self.unsent = self.unsent[os.write(self.line, self.unsent) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            raise WorkerError(ENDED) from None

    def take(self) -> tuple[int, object]:
        """What it found, with the place of the work.

        Raises:
            WorkerError: it ended.
            Exception: what its work raised.
        """
        found, error = pickle.loads(self._read(int.from_bytes(self._read(SIZE), "big")))
        if error is not None:
            raise error
        return self.places.popleft(), found

    def _read(self, size: int) -> bytes:
        # Not through a buffer, in which an answer could lie that nobody waits for.
        parts: list[bytes] = []
        while size:
            part = os.read(self._found, size)
            if not part:
                raise WorkerError(ENDED)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def finish(self) -> None:
        """Let it end when it has done what it was given; nothing more can be given."""
        if self.line >= 0:
            os.close(self.line)
            self.line = -1

    def close(self) -> None:
        """Let it end, whatever it still does."""
        self.finish()
        os.close(self._found)

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
        text = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        hand.write(len(text).to_bytes(SIZE, "big"))
        hand.write(text)
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
    while upcoming is not None or given > handed:
        for worker in sorted(workers, key=lambda each: len(each.places)):
            room = len(worker.places) < GIVEN and given - handed < AHEAD * len(workers)
            if room and upcoming is not None:
                worker.give(given, upcoming)
                given += 1
                upcoming = next(rest, None)  # so that it lies ready when it is wanted
        if upcoming is None:
            for worker in workers:
                if not worker.unsent:
                    worker.finish()  # what it holds is given back while others still work
        busy = [each for each in workers if each.places]
        unsent = {each.line: each for each in workers if each.unsent}
        ready, writable, _ = select.select(busy, unsent, [])
        for line in writable:
            unsent[line].send()
        for worker in ready:
            at, held[at] = worker.take()
        while handed in held:
            found: Found = held.pop(handed)  # type: ignore[assignment]
            handed += 1
            yield found
