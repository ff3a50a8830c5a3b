"""The application as a test calls it, over the register that ships with the package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from litestar.testing import TestClient

from detente.api.service import Service
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.web.app import create_app

TODAY = "2026-08-01"
"""The day that questions without one mean in tests."""

BATTERY = "code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000"
"""3.4% ordinary + 25% section 301 + 10% + 10% under the emergency act = 48.4%, $4,840.00."""

Client = TestClient[Any]


def words(page: str) -> str:
    """What a reader reads of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def main_of(page: str) -> str:
    """The same between its head and its foot."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found is not None
    return words(found[0])


def make_service(remember: int = 2**20) -> Service:
    """A desk with the built-in register, and a day that does not move."""
    return Service(Register.built_in(), Schedule(), lambda: TODAY, remember)


@contextmanager
def client_of(service: Service, **options: Any) -> Iterator[Client]:
    """A client of an application; it follows no redirect by itself."""
    with TestClient(create_app(service, **options)) as client:
        client.follow_redirects = False
        yield client


class RunningServer(NamedTuple):
    """`detente serve` in a process of its own."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@contextmanager
def running_server(*words: str, home: Path | None = None) -> Iterator[RunningServer]:
    """A server as a user starts it, which is ended afterwards; what it said if it did not start."""
    command = [sys.executable, "-m", "detente.cli.main", "serve", "--port", "0", *words]
    environment = {**os.environ, **({"DETENTE_HOME": str(home)} if home else {})}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        try:
            said = ""
            # A warning may stand before the line that tells where it listens.
            for line in process.stderr:
                said += line
                if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield RunningServer(address[0], process)
                    return
            raise AssertionError(f"it ended with {process.wait(20)} and said: {said}")
        finally:
            process.terminate()
            process.wait(20)
