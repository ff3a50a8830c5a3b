"""One compiled schedule for every test of the room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.goods.compile import build_goods
from detente.goods.schedule import Schedule

TABLES = Path(__file__).resolve().parents[2] / "data" / "goods" / "us"


@pytest.fixture(scope="session")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schedule]:
    file = tmp_path_factory.mktemp("goods") / "goods.sqlite"
    build_goods(TABLES, file)
    opened = Schedule(file)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reference() -> Path:
    named = os.environ.get("DETENTE_REFERENCE")
    if not named or not Path(named).is_dir():
        pytest.skip("DETENTE_REFERENCE names no folder of official publications")
    return Path(named)
