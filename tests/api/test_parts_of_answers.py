"""Parts of an answer on their way from a process: which begins it, and who waits for whom."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from detente.api.limits import Limits
from detente.api.processes import Processes, ResponsePart, Worker, _Parts
from detente.api.refusals import RefusedError

GONE = "The process that answered ended by itself."
SELF: Any = SimpleNamespace(_limits=Limits(output=10, wall_seconds=2, memory=100))


def read(value: Any) -> ResponsePart:
    """The part that a frame of a process is."""

    async def reading() -> bytes:
        if isinstance(value, Exception):
            raise value
        return msgspec.msgpack.encode(value)

    async def ran() -> ResponsePart:
        task = asyncio.create_task(reading())
        await asyncio.wait([task])
        return Processes._part(SELF, task)

    return asyncio.run(ran())


def test_the_first_part_alone_has_a_status_and_headers() -> None:
    first = {"body": b"a", "more": True, "status": 200, "headers": [[b"x", b"y"]]}
    assert read(first) == ResponsePart(b"a", True, 200, ((b"x", b"y"),))
    # Another status would begin the response a second time.
    assert read({"body": b"b", "more": False}) == ResponsePart(b"b", False, 0, ())


@pytest.mark.parametrize(
    ("frame", "status", "what", "where"),
    [
        ({"output": 11}, 422, "The answer has 11 bytes, more than 10.", "output"),
        (asyncio.IncompleteReadError(b"", 4), 500, GONE, ""),
        (ConnectionResetError(), 500, GONE, ""),
    ],
)  # fmt: skip
def test_a_frame_that_is_no_part_is_a_refusal(
    frame: Any, status: int, what: str, where: str
) -> None:
    with pytest.raises(RefusedError) as told:
        read(frame)
    refusal = told.value.refusal
    assert (refusal.status, refusal.what, refusal.where) == (status, what, where)


@pytest.mark.parametrize(
    ("ahead", "memory", "where"),
    [(60, 100, ""), (60, 101, "memory"), (-1, 0, "wall_seconds"), (-1, 101, "wall_seconds")],
)
def test_a_process_is_held_to_its_seconds_and_its_memory(
    ahead: float, memory: int, where: str
) -> None:
    worker: Any = SimpleNamespace(memory=lambda: memory)
    if where:
        with pytest.raises(RefusedError) as told:
            Processes._check(SELF, worker, time.monotonic() + ahead)
        assert (told.value.refusal.status, told.value.refusal.where) == (422, where)
    else:
        Processes._check(SELF, worker, time.monotonic() + ahead)


def test_parts_come_in_order_and_wait_for_room() -> None:
    async def ran() -> None:
        parts = _Parts(3)
        one, two, three = (ResponsePart(body, True) for body in (b"aa", b"bb", b"cc"))
        await parts.put(one)
        await parts.put(two)  # four of three: the next has to wait
        waiting = asyncio.create_task(parts.put(three))
        await asyncio.sleep(0)
        assert not waiting.done()
        assert await parts.get() == one
        await waiting
        parts.end()
        assert [await parts.get() for _ in range(3)] == [two, three, None]

    asyncio.run(ran())


@pytest.mark.parametrize("waiting", [0, 1])
def test_one_more_than_are_answered_and_may_wait_is_refused_until_one_is_done(
    waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def went() -> list[tuple[int, int]]:
        made = Processes(lambda: None, Limits(processes=1, waiting=waiting))
        done = asyncio.Event()

        async def read_all(*given: Any) -> bool:
            return True

        async def until_done(*given: Any) -> None:
            await done.wait()

        monkeypatch.setattr(made, "_read", read_all)
        monkeypatch.setattr(made, "_until_left", until_done)

        async def asked() -> tuple[int, int]:
            try:
                await made.answer({}, None, None)
            except RefusedError as error:
                return int(error.refusal.status), error.refusal.seconds
            return 200, 0

        first = [asyncio.create_task(asked()) for _ in range(waiting + 2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        done.set()
        statuses = [await each for each in first]
        return [*statuses, await asked()]

    assert asyncio.run(went()) == [(200, 0)] * (waiting + 1) + [(503, 5), (200, 0)]


def test_a_process_that_is_gone_holds_no_memory_and_one_that_runs_some() -> None:
    def held(number: int) -> int:
        worker: Any = SimpleNamespace(process=SimpleNamespace(pid=number))
        return Worker.memory(worker)

    assert held(2**30) == 0  # beyond all numbers of processes
    if Path("/proc/self/statm").exists():
        assert held(os.getpid()) > 2**20
