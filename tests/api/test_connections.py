"""One connection with a transport that writes down what is answered, refused and closed."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from uvicorn.server import ServerState

from detente.api.connection import Bounded, Connection
from detente.api.limits import Limits

LIMITS = Limits(header=300, url=60, header_seconds=0.05, connections=2)


class Wire(asyncio.Transport):
    """A transport that keeps what is written, and whether it was closed or cut."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = self.cut = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = self.cut = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)}.get(name, default)

    def set_protocol(self, protocol: Any) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class Served:
    """An application that answers when it is let go, and the connections to it."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked: list[str] = []
        self.state = ServerState()
        self.config = Bounded(
            self.answer, LIMITS, interface="asgi3", lifespan="off", log_config=None
        )
        self.config.load()

    async def answer(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await self.go.wait()
        head = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b"ok"})

    def connect(self) -> tuple[Connection, Wire]:
        made, wire = Connection(self.config, self.state, {}), Wire()
        made.connection_made(wire)
        return made, wire


async def settled() -> None:
    """Let everything run that can, whatever the clock says."""
    for _ in range(50):
        await asyncio.sleep(0)


def request(path: str = "/", *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "host: a", *headers, "", ""]).encode()


def refusal(wire: Wire) -> tuple[int, str]:
    head, _, body = wire.written.partition(b"\r\n\r\n")
    assert b"connection: close" in head
    assert f"content-length: {len(body)}".encode() in head
    return int(head.split()[1]), json.loads(body)["error"]["what"]


def test_a_request_is_answered_and_the_connection_stays() -> None:
    async def ran() -> None:
        served = Served()
        made, wire = served.connect()
        assert made._idle()
        made.data_received(request("/a"))
        await asyncio.sleep(0)
        assert not made._idle()
        served.go.set()
        await settled()
        assert made._idle()
        assert wire.written.startswith(b"HTTP/1.1 200")
        assert not wire.closed
        made.data_received(request("/b"))
        await settled()
        assert served.asked == ["/a", "/b"]
        made.connection_lost(None)

    asyncio.run(ran())


def test_a_long_address_and_long_headers_and_two_hosts_are_refused_at_their_limits() -> None:
    async def ran() -> None:
        served = Served()
        served.go.set()
        fine = "/" + "a" * (LIMITS.url - 1)
        # The size is that of the address, and of names and values with four signs between.
        room = LIMITS.header - 1 - len("hosta") - 4 - len("x") - 4
        for sent, found in (
            (request(fine), None),
            (request(fine + "a"), (414, "The address is longer than 60 bytes.")),
            (request("/", f"x: {'a' * room}"), None),
            (request("/", f"x: {'a' * room}b"), (431, "The headers are longer than 300 bytes.")),
            (request("/", "Host: b"), (400, "Two hosts are named.")),
            (b"\x16\x03 nothing\r\n\r\n", (400, "The request is not HTTP.")),
        ):
            before = len(served.asked)
            made, wire = served.connect()
            made.data_received(sent)
            await settled()
            if found is None:
                assert wire.written.startswith(b"HTTP/1.1 200"), sent
                assert len(served.asked) == before + 1
            else:
                assert refusal(wire) == found
                assert wire.closed
                assert len(served.asked) == before
            made.connection_lost(None)

    asyncio.run(ran())


def test_headers_that_do_not_come_in_time_are_refused_and_silence_is_cut() -> None:
    async def ran() -> None:
        served = Served()
        begun, one = served.connect()
        begun.data_received(b"GET / HTTP/1.1\r\nho")
        await asyncio.sleep(0.1)
        assert refusal(one) == (408, "The headers did not arrive within 0.05 seconds.")
        begun.connection_lost(None)
        silent, other = served.connect()
        await asyncio.sleep(0.1)
        assert other.cut
        assert other.written == b""
        silent.connection_lost(None)

    asyncio.run(ran())


def test_an_idle_connection_makes_room_and_busy_ones_do_not() -> None:
    async def ran() -> None:
        served = Served()
        (first, one), (second, two) = served.connect(), served.connect()
        first.data_received(request("/a"))
        await asyncio.sleep(0)
        third, three = served.connect()
        # The second did nothing, and goes; the first is being answered.
        assert (one.cut, two.cut, three.closed) == (False, True, False)
        second.connection_lost(None)
        third.data_received(request("/b"))
        await asyncio.sleep(0)
        fourth, four = served.connect()
        assert refusal(four) == (503, "Too many requests are answered at this moment.")
        assert b"retry-after: 5" in four.written
        for each in (first, third, fourth):
            each.connection_lost(None)

    asyncio.run(ran())


def test_a_refusal_is_not_written_into_a_response_that_is_on_its_way() -> None:
    async def ran() -> None:
        served = Served()
        made, wire = served.connect()
        made.data_received(request("/a"))
        await asyncio.sleep(0)
        made.data_received(request("/" + "b" * LIMITS.url))
        assert wire.written == b""
        assert wire.closed
        made.connection_lost(None)

    asyncio.run(ran())


def test_whoever_leaves_is_told_to_every_request_that_waits() -> None:
    async def ran() -> None:
        served = Served()
        made, _ = served.connect()
        made.data_received(request("/a") + request("/b") + request("/c"))
        await asyncio.sleep(0)
        waiting = [made._answered, *(cycle for cycle, _ in made.pipeline)]
        assert len(waiting) == 3
        made.connection_lost(None)
        assert all(cycle.disconnected for cycle in waiting)
        assert not made.pipeline

    asyncio.run(ran())
