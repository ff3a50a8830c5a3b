"""One schedule of goods for every test of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.goods.schedule import Schedule


@pytest.fixture(scope="package")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()
