"""A real browser for the tests of pages: Debian's Chromium against a server of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "Chromium is not installed: apt-get install chromium"

# Root may not use Chromium's own sandbox, and nothing here may look for another machine.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

REFUSED = re.compile(r"the server responded with a status of 4\d\d")
"""What the browser itself writes to the console where a page explains a mistake."""

LEFT = "net::ERR_ABORTED"
"""A request that the browser gave up itself, because the page was left before it ended."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def opened(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and a list into which its console and its failed requests are written."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("console", lambda stated: REFUSED.search(stated.text) or wrong.append(stated.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: request.failure == LEFT or wrong.append(f"{request.url} failed"),
    )
    return page, wrong


Tab = tuple[Page, list[str]]
"""A page that tests use one after the other, and what was written to its console."""


def lent(tab: Tab) -> Iterator[Page]:
    """The page of a tab as one that was just opened; nothing may be written to its console.

    To open one takes half a second of a processor: as long as most tests take.
    """
    page, wrong = tab
    wrong.clear()
    page.context.clear_cookies()
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    page.set_viewport_size({"width": 1280, "height": 720})
    yield page
    page.goto("about:blank")
    assert wrong == []


def barriers(page: Page) -> str:
    """What axe finds wrong with a page, in light and in dark, in words; "" for nothing."""
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = AxeResults(page.evaluate("axe.run({resultTypes: ['violations']})"))
        assert len(found.response["passes"]) > 10
        if found.violations_count:
            return f"{scheme}: {found.generate_report()}"
    return ""


def assert_accessible(page: Page, address: str) -> None:
    """No barrier in light or dark, and nothing wider than a telephone or a page twice its size."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    # A window of 320 or 640 is one of 640 or 1280 at twice its size.
    for width in (320, 360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == ""
