"""One desk and client, one server and one browser with two pages, for every test of the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from detente.api.service import Service
from detente.store.jobs.shelf import Jobs
from detente.web.waiting.background import KINDS
from tests.served import Client, client_of, make_service, running_server
from tests.web.browsing import Tab, launched, lent, opened


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


@pytest.fixture(scope="package")
def server() -> Iterator[str]:
    with running_server() as running:
        yield running.address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="package")
def plain_tab(browser: Browser, server: str) -> Iterator[Tab]:
    context = browser.new_context(java_script_enabled=False, base_url=server)
    yield opened(context)
    context.close()


@pytest.fixture(scope="package")
def scripted_tab(browser: Browser, server: str) -> Iterator[Tab]:
    context = browser.new_context(base_url=server)
    yield opened(context)
    context.close()


@pytest.fixture
def page(plain_tab: Tab) -> Iterator[Page]:
    """A page without script, as many a reader has it."""
    yield from lent(plain_tab)


@pytest.fixture
def scripted(scripted_tab: Tab) -> Iterator[Page]:
    """A page whose scripts run."""
    yield from lent(scripted_tab)
