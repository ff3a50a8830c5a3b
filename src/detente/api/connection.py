"""One connection within its limits: what arrives, how fast, how much, and who is closed for whom.

The protocol below it (uvicorn's, over httptools) bounds neither the length of a header nor the time
that one takes, and answers some requests by itself: here these answers look like every other.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

import msgspec
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from detente.api.guard import HEADERS
from detente.api.limits import Limits
from detente.api.refusals import Refusal


class Bounded(Config):
    """How an application is served, with connections within limits."""

    def __init__(self, app: Any, limits: Limits, **named: Any) -> None:
        idle: Any = limits.idle_seconds  # declared as whole seconds; the loop takes parts too
        super().__init__(app, http=Connection, timeout_keep_alive=idle, **named)
        self.limits = limits


class Connection(HttpToolsProtocol):
    """A connection whose limits are those of the configuration, ``Bounded``."""

    def __init__(self, config: Bounded, *arguments: Any, **named: Any) -> None:
        super().__init__(config, *arguments, **named)
        self.limits = config.limits
        self._timer: asyncio.TimerHandle | None = None
        self._slow: asyncio.TimerHandle | None = None
        self._unfinished = 0
        self._refused = False
        self._answered: Any = None
        self._since = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection up; where there are too many, an idle one is closed for it."""
        super().connection_made(transport)
        self._begin()
        if len(self.connections) > self.limits.connections and not self._make_room():
            self._refuse(
                Refusal(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "Too many requests are answered at this moment.",
                    "",
                    "Ask again in a few seconds.",
                    seconds=5,
                )
            )

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell every request of this connection that its caller left, and let go of the timers.

        The protocol below tells the one that arrived last alone, and would answer those before it.
        """
        self._end_timer()
        self._end_slow()
        waiting = [cycle for cycle, _ in self.pipeline]
        self.pipeline.clear()
        for cycle in (self._answered, *waiting):
            if cycle is not None:
                cycle.disconnected = True
                cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a header grows beyond its limit."""
        if self._refused:
            return
        self._since = self.loop.time()
        if self._timer is None and self._idle():
            self._begin()  # the next request on a connection that was kept
        self._unfinished += len(data)
        super().data_received(data)
        if self._unfinished > self.limits.header and self.parser is not None:
            self._refuse(self._too_long("The headers are", self.limits.header))

    def on_headers_complete(self) -> None:
        """Hand a request to the application, unless its address or headers are too long."""
        self._end_timer()
        self._unfinished = 0
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if len(self.url) > self.limits.url:
            refusal = self._too_long("The address is", self.limits.url)
            do = "Send the question as the body of a POST."
            self._refuse(refusal._replace(status=HTTPStatus.REQUEST_URI_TOO_LONG, do=do))
        elif size > self.limits.header:
            self._refuse(self._too_long("The headers are", self.limits.header))
        # The check of hosts would read one of the two, and whatever stands before or behind us the
        # other.
        elif sum(name.lower() == b"host" for name, _ in self.headers) > 1:
            do = "Send the header Host once."
            self._refuse(Refusal(HTTPStatus.BAD_REQUEST, "Two hosts are named.", "Host", do))
        if not self._refused:
            super().on_headers_complete()

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """Begin to answer a request; others of the same connection may wait behind it."""
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._unfinished = 0
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Take the end of a request."""
        self._unfinished = 0
        if not self._refused:
            super().on_message_complete()

    def pause_writing(self) -> None:
        """Wait for a caller who reads slowly, but not for ever."""
        super().pause_writing()
        self._end_slow()
        # `close` would first wait for the very bytes that the caller does not take.
        self._slow = self.loop.call_later(self.limits.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the caller read."""
        self._end_slow()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is not a HTTP, with the headers of every other response."""
        do = "Send a request by HTTP/1.1."
        self._refuse(Refusal(HTTPStatus.BAD_REQUEST, "The request is not HTTP.", "", do))

    def _begin(self) -> None:
        self._timer = self.loop.call_later(self.limits.header_seconds, self._late)

    def _late(self) -> None:
        self._timer = None
        if not self._unfinished:
            # Nothing was begun, so there is no request that could be answered.
            self.transport.abort()
            return
        self._refuse(
            Refusal(
                HTTPStatus.REQUEST_TIMEOUT,
                f"The headers did not arrive within {self.limits.header_seconds:g} seconds.",
                "",
                "Send them faster.",
            )
        )

    def _idle(self) -> bool:
        """Whether no request of this connection is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> bool:
        """Close the connection that has been idle for longest; False where all others are busy."""
        idle = [each for each in self.connections if each is not self and _may_go(each)]
        if not idle:
            return False
        longest = min(idle, key=lambda each: each._since)  # type: ignore[union-attr]
        self.connections.discard(longest)
        longest.transport.abort()
        return True

    def _too_long(self, what: str, limit: int) -> Refusal:
        return Refusal(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"{what} longer than {limit} bytes.",
            "",
            "Send less in the headers.",
        )

    def _refuse(self, refusal: Refusal) -> None:
        """Answer without the application, and close."""
        self._refused = True
        self._end_timer()
        if self.transport.is_closing():
            return
        # A response that is on its way must not have another one written into it.
        if self._idle():
            self.transport.write(response_of(refusal))
        self.transport.close()

    def _end_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end_slow(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None


def _may_go(connection: Any) -> bool:
    return isinstance(connection, Connection) and connection._idle()


def response_of(refusal: Refusal) -> bytes:
    """A whole response that refuses, after which the connection is closed."""
    body = msgspec.json.encode(refusal.as_json())
    status = HTTPStatus(refusal.status)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *HEADERS,
    ]
    if refusal.seconds:
        headers.append((b"retry-after", str(refusal.seconds).encode()))
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() + lines + b"\r\n" + body
