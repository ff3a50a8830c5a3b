"""One register, one schedule of goods and one set of flows for every test of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows


@pytest.fixture(scope="package")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="package")
def flows() -> Iterator[Flows]:
    opened = Flows()
    yield opened
    opened.close()
