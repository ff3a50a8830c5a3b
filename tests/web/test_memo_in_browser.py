"""A memo as a page, in a real browser: no barrier, nothing loaded, fit for a telephone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from detente.register.book import Register
from detente.transaction.assessment import assess
from detente.transaction.memo.memo import write_memo
from detente.transaction.shipment import Party, Shipment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("memo") / "memo.html"
    shipment = Shipment(
        "8507.60.00.10", "CN", "10000", parties=(Party("Huawei Technologies", "supplier", "CN"),)
    )
    answer = assess(shipment, Register.built_in(), on="2025-11-12")
    write_memo(str(path), answer, "2026-11-24T19:00:00.000+00:00")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_a_memo(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    found = Axe().run(page)
    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_memo_asks_for_nothing_and_fits_a_telephone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    stated: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: stated.append(message.text))
    page.goto(address)
    assert asked == [address]
    assert stated == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
