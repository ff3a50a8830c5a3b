"""A process that answers long questions one after the other, and can be killed at any time.

It is started by ``processes`` with one end of a socket pair. Over it come the search path, what
makes the application, and then requests; back go the parts of each response. When the other end is
closed it ends at once, whatever it is doing.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import pickle
import signal
import socket
import sys
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import msgspec

from detente._shapes import TYPE_CHECKING
from detente.api.limits import Limits

if TYPE_CHECKING:
    from typing import TypedDict

    class SentPart(TypedDict, total=False):
        """A part of a response as it is handed back; the first has its start.

        ``output`` stands alone: the bytes of an answer that is over its budget.
        """

        status: int
        headers: list[tuple[bytes, bytes]]
        body: bytes
        more: bool
        output: int


LOG = logging.getLogger("detente.serve")

SIZE = 4
"""Bytes that tell the length of a frame."""

READY = "ready"
SPARE = 5.0
"""Seconds after its budget in which a process ends itself, should nobody have ended it."""


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """The next frame.

    Raises:
        IncompleteReadError: the other end was closed.
    """
    size = int.from_bytes(await reader.readexactly(SIZE), "big")
    return await reader.readexactly(size)


def frame(data: bytes) -> bytes:
    """Data with its length before it."""
    return len(data).to_bytes(SIZE, "big") + data


class _Job:
    """One request: what the application receives, and where it sends to."""

    def __init__(self, request: dict[str, Any], writer: asyncio.StreamWriter, most: int) -> None:
        self._body: bytes | None = request.pop("body")
        self.scope = {
            **request,
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "headers": [tuple(each) for each in request["headers"]],
            "client": request["client"] and tuple(request["client"]),
            "server": request["server"] and tuple(request["server"]),
        }
        self._writer = writer
        self._most = most
        self._start: SentPart | None = None
        self._ended = asyncio.Event()

    async def receive(self) -> dict[str, object]:
        """The body, and once all was sent that nobody is there: what streams waits for this."""
        if self._body is None:
            await self._ended.wait()
            return {"type": "http.disconnect"}
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: dict[str, Any]) -> None:
        """Hand a part of the response on; an answer beyond its budget is refused instead."""
        if message["type"] == "http.response.start":
            self._start = {"status": message["status"], "headers": message.get("headers", [])}
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        sent: SentPart = {"body": body, "more": more}
        if self._start is not None:
            if not more and len(body) > self._most:
                await self._write({"output": len(body)})
                self._start = None
                self._ended.set()
                return
            sent |= self._start
            self._start = None
        await self._write(sent)
        if not more:
            self._ended.set()

    async def _write(self, sent: SentPart) -> None:
        self._writer.write(frame(msgspec.msgpack.encode(sent)))
        await self._writer.drain()


async def serve(line: socket.socket) -> None:
    """Answer what comes over a socket until it is closed."""
    reader, writer = await asyncio.open_connection(sock=line)
    sys.path[:] = msgspec.msgpack.decode(await read_frame(reader))
    make, limits = pickle.loads(await read_frame(reader))
    app = make()
    gc.collect()
    gc.freeze()
    writer.write(frame(READY.encode()))
    running: asyncio.Task[None] | None = None
    while True:
        try:
            request = msgspec.msgpack.decode(await read_frame(reader))
        except (asyncio.IncompleteReadError, ConnectionError):
            os._exit(0)  # whoever asked is gone: nothing that still runs is of use
        if running is not None:
            await running
        running = asyncio.create_task(_answer(app, _Job(request, writer, limits.output), limits))


async def _answer(app: Any, job: _Job, limits: Limits) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + SPARE)
    try:
        await app(job.scope, job.receive, job.send)
    except Exception as error:
        LOG.error("%s failed", job.scope["path"], exc_info=error)
        fault = {"status": int(HTTPStatus.INTERNAL_SERVER_ERROR), "headers": []}
        await job.send({"type": "http.response.start", **fault})
        await job.send({"type": "http.response.body"})
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Serve over the file descriptor that is named by the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends this
    # Whoever started this may be gone before it is ready: then there is nobody to tell.
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        asyncio.run(serve(socket.socket(fileno=int(sys.argv[1]))))


if __name__ == "__main__":
    main()
