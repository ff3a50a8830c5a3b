"""The faces, each made once for all cases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.assistant.tools import Tools
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.served import Client, client_of, make_service


@pytest.fixture(scope="package")
def client() -> Iterator[Client]:
    with client_of(make_service()) as made:
        yield made


@pytest.fixture(scope="package")
def tools() -> Tools:
    return Tools(Register.built_in(), Schedule(), lambda: "2026-08-01")
