"""One desk and one client for every test of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.api.desk import Service
from tests.served import Client, client_of, make_desk


@pytest.fixture(scope="package")
def desk() -> Service:
    return make_desk()


@pytest.fixture(scope="package")
def client(desk: Service) -> Iterator[Client]:
    with client_of(desk) as made:
        yield made
