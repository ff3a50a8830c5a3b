"""The local server under load: answers and pages a second, how long they take, and its memory.

Two processes of the server, and one of the client that keeps connections open; on a machine with
two cores the client takes its part of them, so what is measured here is the lower end.
"""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import uvloop

from benchmarks import server_peer
from benchmarks.processes import NOT_MEASURED
from detente.goods.schedule import Schedule

CONNECTIONS = 16
SECONDS = 60
PEER_SECONDS = 20
WARM = 5
LINES = 2_000
"""Different lines that are asked about; with the days and values hardly a question comes twice."""

DAYS = ("2025-02-10", "2025-04-15", "2025-11-12", "2026-03-02", "2026-07-30")
SEED = 1
LENGTH = re.compile(rb"content-length: (\d+)", re.I)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Rows of what, goal, measured, and the peer beside it."""
    fresh = "answer pages, no question twice"
    as_json, as_page = _peers()
    for what, path, different, hostile, goal, peer in (
        ("answers of `/v1/duty`, no question twice", "/v1/duty", None, False, "2,000/s", as_json),
        ("answers of `/v1/duty`, 1,000 questions in turn", "/v1/duty", 1_000, False, "", ""),
        (fresh, "/", None, False, "800/s", as_page),
        (f"{fresh}, while another posts the largest bodies", "/", None, True, "p99 under 100 ms",
         ""),
    ):  # fmt: skip
        found = run(path, different, hostile)
        yield (
            f"local server, two processes: {what}",
            goal,
            f"{found['rate']:,.0f}/s, median {found['median']:.0f} ms, p99 {found['p99']:.0f} ms; "
            f"memory {found['first']:,.0f} MiB after {WARM} s and {found['last']:,.0f} MiB after "
            f"{SECONDS} s",
            peer,
        )


def _peers() -> tuple[str, str]:
    """What datasette does a second: lines as JSON, and as pages."""
    with server_peer.serving(2) as ports:
        if ports is None:
            return (f"{NOT_MEASURED} datasette could not be installed",) * 2
        told = f"datasette {server_peer.version()}, two processes, one line looked up"
        found = [
            uvloop.run(_asked(ports, server_peer.questions(form), PEER_SECONDS))
            for form in (".json?_shape=array", "")
        ]
    as_json, as_page = (
        f"{told}: {len(taken) / PEER_SECONDS:,.0f}/s, p99 {_ms(taken, 0.99):.0f} ms"
        for taken in found
    )
    return as_json, as_page


def run(path: str, different: int | None = None, hostile: bool = False) -> dict[str, float]:
    """Ask one path for a minute; requests a second, milliseconds, and MiB at both ends.

    Args:
        path: what is asked.
        different: how many questions come in turn; None where none comes twice.
        hostile: whether another client posts the largest bodies that the server takes.
    """
    command = [sys.executable, "-m", "detente.cli.main", "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            port = int(re.search(r":(\d+)/", server.stderr.readline())[1])  # type: ignore[index]
            return _beside(hostile, port, lambda: _load(port, path, server.pid, different))
        finally:
            server.terminate()
            server.wait(10)


def _beside(
    hostile: bool, port: int, load: Callable[[], Coroutine[None, None, dict[str, float]]]
) -> dict[str, float]:
    if not hostile:
        return uvloop.run(load())
    uvloop.run(_until_up(port))
    command = [sys.executable, "-m", "benchmarks.large_bodies", str(port), str(2 * SECONDS)]
    with subprocess.Popen(command) as poster:
        try:
            return uvloop.run(load())
        finally:
            poster.terminate()


async def _load(port: int, path: str, pid: int, different: int | None) -> dict[str, float]:
    await _until_up(port)
    questions = _questions(path, await _register(port))
    if different is not None:
        questions = cycle(list(islice(questions, different)))
    began = time.perf_counter()
    asking = asyncio.create_task(_asked([port], questions, SECONDS))
    await asyncio.sleep(WARM)
    first = _memory(pid)
    taken = await asking
    return {
        "rate": len(taken) / (time.perf_counter() - began),
        "median": _ms(taken, 0.5),
        "p99": _ms(taken, 0.99),
        "first": first,
        "last": _memory(pid),
    }


async def _asked(ports: Sequence[int], questions: Iterator[bytes], seconds: float) -> list[float]:
    """Seconds that each answer took, in order of length; the connections share the ports."""
    taken: list[float] = []
    end = time.perf_counter() + seconds
    served = islice(cycle(ports), CONNECTIONS)
    await asyncio.gather(*(_ask(port, questions, taken, end) for port in served))
    return sorted(taken)


def _ms(taken: Sequence[float], share: float) -> float:
    """The milliseconds within which a share of the answers came."""
    return taken[int(len(taken) * share)] * 1000


def _questions(path: str, register: str) -> Iterator[bytes]:
    """Requests without end; a page's address names the register, as its links do."""
    draw = random.Random(SEED)
    day = date.fromisoformat(DAYS[-1])
    lines = [line.code for line in Schedule().base_lines(day)]
    codes = draw.sample(lines, LINES)
    named = "" if path.startswith("/v1/") else f"&register={register}"
    while True:
        asked = (
            f"code={draw.choice(codes)}&origin=CN&to=US&on={draw.choice(DAYS)}"
            f"&value={draw.randrange(100, 10_000_000)}{named}"
        )
        yield f"GET {path}?{asked} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


async def _until_up(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError("the server did not start")


async def _register(port: int) -> str:
    """The register's mark in the addresses of pages, as the server redirects to it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET /?code=8507600010&origin=CN&on=2025-11-12 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    writer.close()
    found = re.search(r"register=([0-9a-f]+)", head)
    return found[1] if found else ""


async def _ask(port: int, questions: Iterator[bytes], taken: list[float], end: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (started := time.perf_counter()) < end:
        writer.write(next(questions))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 422")):
            raise RuntimeError(head.decode())
        if size := LENGTH.search(head):
            await reader.readexactly(int(size[1]))
        else:
            await _read_chunks(reader)
        taken.append(time.perf_counter() - started)
    writer.close()


async def _read_chunks(reader: asyncio.StreamReader) -> None:
    """Read the body of an answer that does not say how long it is."""
    while chunk := int((await reader.readline()).strip(), 16):
        await reader.readexactly(chunk + 2)
    await reader.readline()


def _memory(pid: int) -> float:
    """MiB that a process and its children hold, as Linux counts them."""
    total = 0
    for each in (pid, *_children(pid)):
        status = Path(f"/proc/{each}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) if found else 0
    return total / 1024


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in text.split()]
