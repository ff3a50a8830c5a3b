"""What the tests of parties share."""

from __future__ import annotations

import pytest

from detente.parties.names.names import NameTables
from detente.parties.screening.store import Screen, open_built_in, read_tables


@pytest.fixture(scope="session")
def tables() -> NameTables:
    return read_tables(open_built_in())


@pytest.fixture(scope="session")
def screen() -> Screen:
    return Screen()
