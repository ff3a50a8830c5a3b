"""One desk and one client for every test of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.api.service import Service
from tests.served import Client, client_of, make_service


@pytest.fixture(scope="package")
def service() -> Service:
    return make_service()


@pytest.fixture(scope="package")
def client(service: Service) -> Iterator[Client]:
    with client_of(service) as made:
        yield made
