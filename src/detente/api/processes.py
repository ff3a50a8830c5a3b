"""Long questions, answered in processes that are killed at their budget or when the caller leaves.

A server answers what is quick in its own process and hands on everything else: ``QUICK`` names what
is quick, so that a route that nobody thought of is bounded too.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec
from litestar.types import ASGIApp, HTTPScope, Receive, Send

from detente._shapes import NamedTuple
from detente.api.limits import Limits
from detente.api.refusals import RefusedError, refuse
from detente.api.worker import frame, read_frame

QUICK = (
    "/", "/charts/duty", "/feed.atom", "/healthz", "/measures", "/metrics", "/not-modelled",
    "/timeline", "/truce", "/v1", "/v1/diff", "/v1/duty", "/v1/goods", "/v1/items", "/v1/measure",
    "/v1/search", "/v1/status", "/v1/supply", "/v1/timeline", "/v1/truce", "/v1/upcoming",
)  # fmt: skip
"""Paths that are answered at once: milliseconds and kilobytes, whatever they are asked."""

QUICK_BELOW = ("/docs", "/jobs/", "/measures/", "/static/")
"""Beginnings of such paths."""

LOOK = 0.05
"""Seconds between two looks at the memory of a process."""

START = 60.0
"""Seconds in which a process must have begun."""

LESS = "Ask for less at once, or run the same command on a machine of your own."


def is_quick(method: str, path: str, query: bytes) -> bool:
    """Whether a request is answered without a process of its own."""
    if method not in ("GET", "HEAD", "OPTIONS"):
        return path == "/v1/duty" or path.startswith("/jobs/")
    supposed = b"scenario=" in unquote_to_bytes(query)  # however the word is written
    return ((path.rstrip("/") or "/") in QUICK and not supposed) or path.startswith(QUICK_BELOW)


class Worker:
    """One process, and the line to it."""

    def __init__(self, process: subprocess.Popen[bytes], line: Any) -> None:
        self.process = process
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter
        self.reader, self.writer = line

    @classmethod
    async def start(cls, make: Callable[[], ASGIApp], limits: Limits) -> Worker:
        """Start a process and wait until it can be asked.

        Raises:
            OSError: it ended, or did not begin in time.
        """
        ours, theirs = socket.socketpair()
        starting = asyncio.create_task(asyncio.to_thread(_started, theirs))
        try:
            process = await asyncio.shield(starting)
        except BaseException:
            # A thread is not cancelled: what it starts for a caller who left is ended afterwards.
            starting.add_done_callback(lambda done: _discard(done, ours))
            raise
        try:
            line = await asyncio.open_connection(sock=ours)
        except BaseException:
            _discard(starting, ours)
            raise
        worker = cls(process, line)
        try:
            path = [os.path.abspath(each) for each in sys.path]
            worker.writer.write(frame(msgspec.msgpack.encode(path)))
            worker.writer.write(frame(pickle.dumps((make, limits))))
            async with asyncio.timeout(START):
                await read_frame(worker.reader)
        except BaseException as error:
            worker.kill()
            if isinstance(error, TimeoutError | asyncio.IncompleteReadError | ConnectionError):
                raise OSError("a process for long questions did not start") from error
            raise
        return worker

    def memory(self) -> int:
        """Bytes of memory that the process holds; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
                pages = int(file.read().split()[1])
        except (OSError, IndexError, ValueError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> None:
        """End it now."""
        self.process.kill()
        self.writer.close()
        self.process.wait()


def _started(line: socket.socket) -> subprocess.Popen[bytes]:
    """Start a process at one end of a line, which is closed here only once the process has it.

    Closed earlier, its number could be that of another line, and the process would read there.
    """
    with line:
        # `-P`: a module that lies in the working folder must not stand in for one of the library.
        words = [sys.executable, "-P", "-m", "detente.api.worker", str(line.fileno())]
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, pass_fds=[line.fileno()])


def _discard(starting: asyncio.Task[subprocess.Popen[bytes]], line: socket.socket) -> None:
    """End a process that was started for nobody, and close the line to it."""
    line.close()
    if not starting.cancelled() and starting.exception() is None:
        process = starting.result()
        process.kill()
        process.wait()


class ResponsePart(NamedTuple):
    """A part of a response; the first has status and headers."""

    body: bytes
    more: bool
    status: int = 0
    headers: tuple[tuple[bytes, bytes], ...] = ()


class _Parts:
    """Parts on their way from a process to a caller who may read slowly, bounded by bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._room = asyncio.Event()
        self._queue: asyncio.Queue[ResponsePart | None] = asyncio.Queue()

    async def put(self, part: ResponsePart) -> None:
        """Add a part, once there is room."""
        while self._size > self._most:
            self._room.clear()
            await self._room.wait()
        self._size += len(part.body)
        self._queue.put_nowait(part)

    def end(self) -> None:
        """Say that there are no more."""
        self._queue.put_nowait(None)

    async def get(self) -> ResponsePart | None:
        """The next part; None at the end."""
        part = await self._queue.get()
        if part is not None:
            self._size -= len(part.body)
            self._room.set()
        return part


class Processes:
    """The processes of one server."""

    def __init__(self, make: Callable[[], ASGIApp], limits: Limits) -> None:
        """Keep what makes the application of a process; none is started before it is needed.

        Args:
            make: makes it; can be pickled.
            limits: how many there are, how many requests wait, and what one may take.
        """
        self._make = make
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.processes)
        self._rested: list[Worker] = []
        self._inside = 0
        self._bodies = 0
        self._left_out: set[str] = set()

    def leave_out(self, paths: Iterable[str]) -> None:
        """Name addresses where files are sent that are worked on later, within another budget."""
        self._left_out.update(paths)

    def takes(self, method: str, path: str, query: bytes) -> bool:
        """Whether a request is answered here."""
        queued = method == "POST" and path in self._left_out
        return not queued and not is_quick(method, path, query)

    def close(self) -> None:
        """End all that rest; one that answers ends when its caller is gone."""
        while self._rested:
            self._rested.pop().kill()

    async def answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything was sent.

        Raises:
            RefusedError: it is over a budget, or all processes are busy.
        """
        held = bytearray()
        try:
            if not await self._read(scope, receive, held):
                return
            if self._inside >= self._limits.processes + self._limits.waiting:
                raise _busy("All processes for long questions are busy, and others wait.")
            self._inside += 1
            try:
                await self._until_left(scope, bytes(held), receive, send)
            finally:
                self._inside -= 1
        finally:
            self._bodies -= len(held)

    async def _read(self, scope: HTTPScope, receive: Receive, held: bytearray) -> bool:
        """Read the whole body; False where the caller left.

        Raises:
            RefusedError: it is too large (413), too slow (408), or there is no room for it (503).
        """
        limits = self._limits
        described = dict(scope["headers"]).get(b"content-length", b"")
        if described.isdigit() and int(described) > limits.body:
            raise too_large(limits.body)
        try:
            async with asyncio.timeout(limits.seconds):
                more = True
                while more:
                    message: Any = await receive()
                    if message["type"] == "http.disconnect":
                        return False
                    piece = message.get("body", b"")
                    more = message.get("more_body", False)
                    # Over all requests: many bodies within their limit can still fill the memory.
                    if self._bodies + len(piece) > limits.bodies:
                        raise _busy("Too many large requests are held at this moment.")
                    self._bodies += len(piece)
                    held += piece
                    if len(held) > limits.body:
                        raise too_large(limits.body)
        except TimeoutError as error:
            raise too_slow(limits.seconds) from error
        return True

    async def _until_left(
        self, scope: HTTPScope, body: bytes, receive: Receive, send: Send
    ) -> None:
        """Answer, unless the caller leaves first: then what works for it is killed."""
        answering = asyncio.create_task(self._answer(scope, body, send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
        finally:
            for task in (answering, leaving):
                task.cancel()
            await asyncio.wait({answering, leaving})

    async def _answer(self, scope: HTTPScope, body: bytes, send: Send) -> None:
        parts = _Parts(self._limits.output)
        working = asyncio.create_task(self._work(scope, body, parts))
        try:
            while (part := await parts.get()) is not None:
                if part.status:
                    start: Any = {"type": "http.response.start", "status": part.status}
                    start["headers"] = list(part.headers)
                    await send(start)
                await send(
                    {"type": "http.response.body", "body": part.body, "more_body": part.more}
                )
            await working
        finally:
            working.cancel()
            await asyncio.wait({working})

    async def _work(self, scope: HTTPScope, body: bytes, parts: _Parts) -> None:
        """Let a process answer; whatever happens, there is an end of the parts."""
        try:
            async with self._slots:
                worker = await self._take()
                whole = False
                try:
                    worker.writer.write(frame(msgspec.msgpack.encode(_described(scope, body))))
                    await self._pump(worker, parts)
                    whole = True
                finally:
                    # One that has grown to half its budget would fail a later question for what
                    # earlier ones took.
                    if whole and worker.memory() < self._limits.memory // 2:
                        self._rested.append(worker)
                    else:
                        worker.kill()
        finally:
            parts.end()

    async def _take(self) -> Worker:
        """A process that rests, or a new one.

        Raises:
            RefusedError: none can be started.
        """
        while self._rested:
            worker = self._rested.pop()
            if worker.process.poll() is None:
                return worker
            worker.kill()
        try:
            return await Worker.start(self._make, self._limits)
        except OSError as error:
            raise _busy("No process could be started for this.") from error

    async def _pump(self, worker: Worker, parts: _Parts) -> None:
        """Take the parts of a response until the last one, within seconds and memory.

        Raises:
            RefusedError: a budget was used up, or the process ended.
        """
        until = time.monotonic() + self._limits.wall_seconds
        reading = asyncio.create_task(read_frame(worker.reader))
        try:
            while True:
                await asyncio.wait({reading}, timeout=LOOK)
                self._check(worker, until)
                if not reading.done():
                    continue
                part = self._part(reading)
                # A caller who reads slowly holds the process too, and pays from the same seconds.
                await asyncio.wait_for(parts.put(part), max(0.0, until - time.monotonic()))
                if not part.more:
                    return
                reading = asyncio.create_task(read_frame(worker.reader))
        finally:
            reading.cancel()

    def _part(self, reading: asyncio.Task[bytes]) -> ResponsePart:
        try:
            # Pickle goes one way only: what a process sends back must not be able to run here.
            described = msgspec.msgpack.decode(reading.result())
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            what = "The process that answered ended by itself."
            raise refuse(HTTPStatus.INTERNAL_SERVER_ERROR, what, "", LESS) from error
        if "output" in described:
            what = f"The answer has {described['output']} bytes, more than {self._limits.output}."
            raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, what, "output", LESS)
        headers = tuple((name, value) for name, value in described.get("headers", ()))
        return ResponsePart(
            described["body"], described["more"], described.get("status", 0), headers
        )

    def _check(self, worker: Worker, until: float) -> None:
        if time.monotonic() > until:
            what = f"The answer took longer than {self._limits.wall_seconds:g} seconds."
            raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, what, "wall_seconds", LESS)
        if worker.memory() > self._limits.memory:
            what = f"The answer took more than {self._limits.memory} bytes of memory."
            raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, what, "memory", LESS)


def too_large(most: int) -> RefusedError:
    """The refusal of a body beyond its bytes."""
    do = "Send less at once, or run the command on the file, such as `detente batch`."
    what = f"The body is larger than {most} bytes."
    return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, what, "body", do)


def too_slow(seconds: float) -> RefusedError:
    """The refusal of a body that does not arrive."""
    what = f"The body did not arrive within {seconds:g} seconds."
    return refuse(HTTPStatus.REQUEST_TIMEOUT, what, "body", "Send it faster, or in smaller parts.")


def _busy(what: str) -> RefusedError:
    error = refuse(HTTPStatus.SERVICE_UNAVAILABLE, what, "", "Ask again in a few seconds.")
    return RefusedError(error.refusal._replace(seconds=5))


def _described(scope: HTTPScope, body: bytes) -> dict[str, object]:
    """A request as it is handed on: what of its scope is data."""
    plain = ("type", "http_version", "method", "path", "query_string", "headers", "scheme")
    described = {key: scope[key] for key in plain}  # type: ignore[literal-required]
    described["raw_path"] = scope.get("raw_path", b"")
    described["root_path"] = scope.get("root_path", "")
    return {**described, "client": scope.get("client"), "server": scope.get("server"), "body": body}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
