"""The application as a test calls it, over the register that ships with the package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar.testing import TestClient

from detente.api.desk import Desk
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.web.app import create_app

TODAY = "2026-08-01"
"""The day that questions without one mean in tests."""

BATTERY = "code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000"
"""3.4% ordinary + 25% section 301 + 10% + 10% under the emergency act = 48.4%, $4,840.00."""

Client = TestClient[Any]


def make_desk(remember: int = 2**20) -> Desk:
    """A desk with the built-in register, and a day that does not move."""
    return Desk(Register.built_in(), Schedule(), lambda: TODAY, remember)


@contextmanager
def client_of(desk: Desk, **options: Any) -> Iterator[Client]:
    """A client of an application; it follows no redirect by itself."""
    with TestClient(create_app(desk, **options)) as client:
        client.follow_redirects = False
        yield client
