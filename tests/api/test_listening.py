"""Processes of a server on one port: callers spread over them, and one that dies is replaced."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from uvicorn import Config

from detente.api.listening import Workers
from tests.served import running_server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one socket serves all")

CALLERS = 40


def config(port: int, workers: int = 2) -> Config:
    return Config(
        "nothing:here", host="127.0.0.1", port=port, workers=workers, log_level="critical"
    )


def accepted(sock: socket.socket) -> int:
    sock.setblocking(False)
    count = 0
    while True:
        try:
            sock.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_callers_that_stay_are_spread_over_the_processes() -> None:
    with ExitStack() as stack:
        workers = Workers(config(0))
        sockets = [stack.enter_context(workers.sockets[0]) for _ in range(2)]
        for _ in range(CALLERS):
            stack.enter_context(socket.create_connection(workers.address))
        counts = [accepted(each) for each in sockets]
        assert sum(counts) == CALLERS
        assert min(counts) > 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("shared", [False, True])
def test_a_port_that_another_server_has_is_refused(shared: bool) -> None:
    with socket.socket() as taken:
        if shared:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit):
            Workers(config(taken.getsockname()[1]))
    gc.collect()  # uvicorn ends without closing the socket that it could not bind


@pytest.fixture
def server() -> Iterator[tuple[int, int]]:
    """The port and the process of a server with two workers."""
    with running_server("--workers", "2") as running:
        yield running.port, running.process.pid


def asked(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as caller:
        caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return caller.recv(65536)


def workers_of(pid: int) -> list[int]:
    """Its processes that serve, not those that help them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    named = {int(each): Path(f"/proc/{each}/cmdline").read_bytes() for each in children}
    return [child for child, words in named.items() if b"spawn_main" in words]


def listeners(port: int) -> set[str]:
    """What listens on a port of this machine: the numbers of the sockets."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}


def test_a_worker_that_dies_is_replaced_and_later_callers_are_answered(
    server: tuple[int, int],
) -> None:
    port, pid = server
    for _ in range(12):  # so many that each of the two has answered
        assert asked(port).startswith(b"HTTP/1.1 200")
    first, second = workers_of(pid)
    before = listeners(port)
    assert len(before) == 2
    os.kill(first, signal.SIGKILL)
    while before <= listeners(port):
        time.sleep(0.001)
    answers = [asked(port) for _ in range(12)]
    assert all(each.startswith(b"HTTP/1.1 200") for each in answers)
    while len(now := workers_of(pid)) < 2 or first in now:
        time.sleep(0.05)
    assert second in now
