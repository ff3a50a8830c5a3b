"""Items made by a process of its own, while this one uses those before.

Two threads of Python run by turns wherever they do not leave the interpreter; two processes do
not. The second is a copy of this one, so nothing has to be told to it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeVar

    Item = TypeVar("Item")
    Key = TypeVar("Key")

ROOM = 1 << 20
"""Bytes of an item that may lie between the two processes: what Linux allows everyone."""

LENGTH = 8
"""Bytes of a number in the head of an item."""

TASKS = "/proc/self/task"
"""Where Linux lists the threads of a process, those of libraries too."""


def may_part() -> bool:
    """Whether a copy of this process can be made, and would run beside it.

    Of several threads a copy has one, and waits for ever for what another held.
    """
    return (
        sys.platform == "linux"
        and len(os.sched_getaffinity(0)) > 1
        and os.path.isdir(TASKS)
        and len(os.listdir(TASKS)) == 1
    )


FEW = 8
"""With fewer things to be worked out than these, a second process costs as much as it spares."""


def halves(weights: Mapping[Key, float]) -> tuple[list[Key], list[Key]] | None:
    """Things dealt to this process and to a copy of it; None where one process is to do them all.

    Args:
        weights: how much there is to each, as far as is known.
    """
    if len(weights) < FEW or not may_part():
        return None
    heaviest = sorted(weights, key=lambda key: -weights[key])
    # Those that weigh most have most to be worked out, so they are taken by turns.
    return heaviest[1::2], heaviest[::2]


@contextmanager
def made_apart(items: Iterator[Item]) -> Iterator[Iterator[Item]]:
    """The same items in the same order, made by a copy of this process until the block is left.

    Args:
        items: of what `pickle` takes. Nothing that they use may have been used before.

    Raises:
        Exception: what making an item raises, when its turn comes.
        ChildProcessError: the copy has ended before its items did.
    """
    import signal

    receiving, sending = os.pipe()
    copy = os.fork()
    if not copy:
        os.close(receiving)
        _send_all(items, sending)
    os.close(sending)
    widen(receiving)
    try:
        yield _received(receiving)
    finally:
        os.close(receiving)
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)


def _send_all(items: Iterator[Item], pipe: int) -> NoReturn:
    """Send each item, and then what ended them: nothing, or an error; and end this process."""
    import signal

    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            for item in items:
                _send(pipe, (item, None))
            _send(pipe, None)
        except BrokenPipeError:
            pass  # nobody wants any more
        except BaseException as error:
            _send(pipe, (None, _fault(error)))
    finally:
        # Never back to where this copy came from: that is the other's.
        os._exit(0)


class SentFault(NamedTuple):
    """An error as it is sent: an error is made anew by its arguments, which some have not kept.

    Attributes:
        kind: its class.
        args: what it says.
        state: what else it holds, and where it was raised.
    """

    kind: type[BaseException]
    args: tuple[Any, ...]
    state: dict[str, Any]

    def error(self) -> BaseException:
        """The error again."""
        found = self.kind.__new__(self.kind, *self.args)
        found.__dict__.update(self.state)
        return found


def _fault(error: BaseException) -> SentFault:
    """An error to be sent; of one that cannot be sent what it says."""
    import pickle
    import traceback

    error.add_note("".join(traceback.format_exception(error)))
    reduced: Any = error.__reduce__()
    kind, args = reduced[:2]
    found = SentFault(kind, args, error.__dict__)
    try:
        pickle.loads(pickle.dumps(found)).error()
    except Exception:
        notes = {"__notes__": error.__notes__}
        return SentFault(RuntimeError, (repr(error),), notes)
    return found


def _send(pipe: int, item: object) -> None:
    """Send an item: how many parts it has, the bytes of each, and the parts.

    The first is the item, the others are the arrays in it as they lie in memory.
    """
    import pickle

    parts: list[memoryview] = []
    body = pickle.dumps(item, 5, buffer_callback=lambda array: parts.append(array.raw()))
    parts.insert(0, memoryview(body))
    head = [len(parts), *map(len, parts)]
    for part in (memoryview(b"".join(map(_as_bytes, head))), *parts):
        while part:
            part = part[os.write(pipe, part) :]


def _received(pipe: int) -> Iterator[Any]:
    import pickle

    while True:
        (count,) = _numbers(pipe, 1)
        body, *arrays = [_bytes(pipe, size) for size in _numbers(pipe, count)]
        found = pickle.loads(body, buffers=arrays)
        if found is None:
            return
        item, fault = found
        if fault is not None:
            raise fault.error()
        yield item


def _as_bytes(number: int) -> bytes:
    return number.to_bytes(LENGTH, sys.byteorder)


def _numbers(pipe: int, count: int) -> list[int]:
    body = memoryview(_bytes(pipe, count * LENGTH))
    return [
        int.from_bytes(body[at : at + LENGTH], sys.byteorder) for at in range(0, len(body), LENGTH)
    ]


def _bytes(pipe: int, size: int) -> bytearray:
    """So many bytes, which may be written to."""
    found = bytearray(size)
    rest = memoryview(found)
    while rest:
        count = os.readv(pipe, [rest])
        if not count:
            raise ChildProcessError("a process beside this one has ended before its work did")
        rest = rest[count:]
    return found


def widen(pipe: int) -> None:
    """Let more lie in a pipe, so that both processes are seldom woken for it."""
    import fcntl

    try:  # noqa: SIM105 - contextlib's way takes longer than what is done
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)
    except (AttributeError, OSError):
        pass  # it is slower, and holds the same
