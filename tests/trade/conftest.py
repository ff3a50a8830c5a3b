"""The flows that the package was built with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.trade.flows import Flows


@pytest.fixture(scope="session")
def flows() -> Iterator[Flows]:
    opened = Flows()
    yield opened
    opened.close()
