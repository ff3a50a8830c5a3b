"""Mixed requests of several clients for some minutes, and how the memory of the server grows."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from tools.soak.serving import children_of, memory_of, served

FILL = 6_000
"""Questions about duty that fill what the server keeps, before its memory is looked at."""

CODES = (
    "8507.60.00.10", "8413.91.90.55", "8471.50.01.50", "9503.00.00.73", "6109.10.00.12",
    "7208.51.00.30", "8541.43.00.10", "0402.10.50.00", "3004.90.92.90", "8703.80.00.00",
)  # fmt: skip
ORIGINS = ("CN", "HK", "JP", "DE", "VN", "MX", "TW", "IN", "GB", "BR", "KR", "CA")
NAMES = ("Huawei", "North Star Trading", "Delta Electronics", "Ocean Shipping", "Global Tech")


class Request(NamedTuple):
    """One request: POST where it has a body."""

    path: str
    body: bytes | None = None
    media: str = "application/json"


def _duty(random: Random) -> Request:
    day = f"202{random.randint(4, 6)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    asked = {"code": random.choice(CODES), "origin": random.choice(ORIGINS), "on": day}
    return Request(f"/v1/duty?{urlencode({**asked, 'value': random.randint(1, 10**6)})}")


def _page(random: Random) -> Request:
    return Request("/" + _duty(random).path.removeprefix("/v1/duty") + "&to=US")


def _read(random: Random) -> Request:
    paths = ("/", "/measures", "/timeline", "/truce", "/v1/status", "/v1/timeline", "/v1/upcoming")
    return Request(random.choice((*paths, "/v1/search?words=battery", "/not-modelled", "/docs")))


def _screen(random: Random) -> Request:
    names = [f"{random.choice(NAMES)} {random.randint(1, 10**6)}" for _ in range(20)]
    return Request("/v1/screen", json.dumps({"names": names}).encode())


def _owners(random: Random) -> Request:
    count = random.randint(2, 60)
    rows = [
        {"owner": f"a{n}", "owned": f"a{n + random.randint(1, 3)}", "share": str(n % 90 + 1)}
        for n in range(count)
    ]
    sent = {"holdings": rows, "seeds": [{"id": "a0", "list": "EL"}]}
    return Request("/v1/owners", json.dumps(sent).encode())


def _assess(random: Random) -> Request:
    asked = {
        "code": random.choice(CODES),
        "origin": random.choice(ORIGINS),
        "destination": "US",
        "value": str(random.randint(1, 10**6)),
        "parties": [{"name": random.choice(NAMES), "role": "consignee"}],
    }
    return Request("/v1/assess", json.dumps(asked).encode())


def _batch(random: Random) -> Request:
    lines = ["code,origin,on,value"]
    for _ in range(random.choice((10, 300, 2000))):
        day = f"202{random.randint(4, 6)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        code, origin = random.choice(CODES), random.choice(ORIGINS)
        lines.append(f"{code},{origin},{day},{random.randint(1, 10**6)}")
    return Request("/v1/batch", "\n".join(lines).encode(), "text/csv")


def _licence(random: Random) -> Request:
    item = random.choice(("gallium", "3A090", "5A002", "graphite", "1C350"))
    return Request(f"/v1/licence?from={random.choice(('US', 'CN'))}&to=DE&item={item}")


def _average(random: Random) -> Request:
    return Request(f"/v1/average?origin={random.choice(ORIGINS)}")


def _wrong(random: Random) -> Request:
    return Request(f"/v1/duty?code={random.randint(0, 10**9)}&origin=ZZ")


MIX: tuple[tuple[Callable[[Random], Request], int], ...] = (
    (_duty, 40), (_page, 15), (_read, 15), (_screen, 6), (_owners, 6), (_assess, 6), (_batch, 4),
    (_licence, 4), (_average, 1), (_wrong, 3),
)  # fmt: skip
"""What is asked, and how often of a hundred."""


class Soaked(NamedTuple):
    """What a soak found.

    Attributes:
        seconds: how long it was.
        clients: that asked at once.
        answers: how many of each status.
        own: memory of the server's own process at each quarter after the warm-up, in bytes: the
            highest of some seconds there.
        all: the same with the processes for long questions.
    """

    seconds: float
    clients: int
    answers: Counter[int]
    own: tuple[int, ...]
    all: tuple[int, ...]

    @property
    def growth(self) -> float:
        """By which part of it the server's own memory grew from the first quarter to the last."""
        return self.own[-1] / self.own[0] - 1

    @property
    def growth_of_all(self) -> float:
        """The same of all its processes together."""
        return self.all[-1] / self.all[0] - 1


def ask(port: int, request: Request, timeout: float = 120) -> tuple[int, bytes]:
    """Status and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        method = "GET" if request.body is None else "POST"
        headers = {} if request.body is None else {"content-type": request.media}
        connection.request(method, request.path, request.body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def soak(home: Path, seconds: float, clients: int, seed: int, warm: float) -> Soaked:
    """Ask for some time, after a warm-up that is not counted: what is kept is filled first.

    Raises:
        AssertionError: a request was answered with a fault of the server.
    """
    answers: Counter[int] = Counter()
    began = time.monotonic()
    until = time.monotonic() + warm + seconds
    makers, weights = zip(*MIX, strict=True)

    def client(number: int, port: int) -> None:
        random = Random(seed * 1000 + number)
        while time.monotonic() < until:
            request = random.choices(makers, weights)[0](random)
            status, body = ask(port, request)
            assert status < 500 or status == 503, (request.path, body[:300])
            answers[status] += 1

    own: list[int] = []
    total: list[int] = []
    with served(home) as server:
        _fill(server.port, Random(seed))
        until += time.monotonic() - began
        threads = [threading.Thread(target=client, args=(n, server.port)) for n in range(clients)]
        for thread in threads:
            thread.start()
        time.sleep(warm)
        while time.monotonic() < until:
            time.sleep(0.5)
            pid = server.process.pid
            own.append(memory_of(pid))
            total.append(own[-1] + sum(map(memory_of, children_of(pid))))
        for thread in threads:
            thread.join()
        assert server.process.poll() is None
    return Soaked(seconds, clients, answers, _quarters(own), _quarters(total))


def _fill(port: int, random: Random) -> None:
    """Ask so many different questions that what the server keeps has no room for more."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for _ in range(FILL):
        connection.request("GET", _duty(random).path)
        connection.getresponse().read()
    connection.close()


def _quarters(samples: list[int]) -> tuple[int, ...]:
    """The highest of each quarter."""
    size = max(1, len(samples) // 4)
    return tuple(max(samples[at : at + size]) for at in range(0, size * 4, size))
