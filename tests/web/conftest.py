"""One desk and one client for every test of the room; one server and one browser for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from detente.api.desk import Service
from tests.served import Client, client_of, make_desk
from tests.web.browsing import launched, opened, served


@pytest.fixture(scope="package")
def desk() -> Service:
    return make_desk()


@pytest.fixture(scope="package")
def client(desk: Service) -> Iterator[Client]:
    with client_of(desk) as made:
        yield made


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
