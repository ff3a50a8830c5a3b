"""The folder of the originals, for the tests that read it."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    return Path(folder)
