"""One desk and one client for every test of the room; one server and one browser for a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from detente.api.service import Service
from detente.store.jobs.shelf import Jobs
from detente.web.waiting.background import KINDS
from tests.served import Client, client_of, make_service
from tests.web.browsing import launched, opened, served


@pytest.fixture(scope="package")
def service() -> Service:
    return make_service()


@pytest.fixture(scope="package")
def client(service: Service) -> Iterator[Client]:
    with client_of(service) as made:
        yield made


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """What works in the background, in a home of its own."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    made = Jobs({name: kind.run for name, kind in KINDS.items()}, tmp_path / "jobs")
    yield made
    made.close()


@pytest.fixture
def asked(service: Service, jobs: Jobs) -> Iterator[Client]:
    """A client of a service whose pages take files."""
    with client_of(service, jobs=jobs) as client:
        yield client


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page without script, as many a reader has it; nothing may be written to its console."""
    context = browser.new_context(java_script_enabled=False, base_url=server)
    made, wrong = opened(context)
    yield made
    context.close()
    assert wrong == []
