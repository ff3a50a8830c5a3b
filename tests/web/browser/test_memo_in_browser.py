"""A memo as a page, in a real browser: no barrier, nothing loaded, fit for a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from detente import assess
from detente.register.book import Register
from detente.transaction.memo.memo import write_memo
from detente.transaction.shipment import Party, Shipment
from tests.web.browsing import CHROMIUM, MISSING, barriers

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("memo") / "memo.html"
    shipment = Shipment(
        "8507.60.00.10", "CN", "10000", parties=(Party("Huawei Technologies", "supplier", "CN"),)
    )
    answer = assess(shipment, Register.built_in(), on="2025-11-12")
    write_memo(str(path), answer, "2026-11-24T19:00:00.000+00:00")
    return path.as_uri()


def test_axe_finds_no_barrier_in_a_memo(scripted: Page, address: str) -> None:
    scripted.goto(address)
    assert barriers(scripted) == ""


def test_a_memo_asks_for_nothing_and_fits_a_telephone(scripted: Page, address: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    scripted.set_viewport_size({"width": 390, "height": 800})
    scripted.on("request", note)
    scripted.goto(address)
    scripted.remove_listener("request", note)
    assert asked == [address]
    assert scripted.evaluate("document.documentElement.scrollWidth") <= 390
