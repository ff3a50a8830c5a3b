"""Pages from link to link in a real browser: whether they fit, and whether everyone can read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from detente.questions import addressed
from detente.questions.parameters import EVERYWHERE, Parameter
from detente.register.book import Register
from detente.web.frame.site import PLACES
from tools.soak.serving import served

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"|&lt;iframe src="([^"]+)"')
LEFT_OUT = re.compile(r"^/v1/.|[?&]format=")
"""Addresses of answers for programs and of files."""

FLAGS = ["--no-sandbox", "--disable-gpu"]
"""Root may not use Chromium's own sandbox."""

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
BYTES, HEIGHT = 100_000, 3_000
"""What a page may be at most, in bytes as it is sent without compression and in pixels at 1280."""

TABLES = ("all", "rows", "columns")
"""Parameters with which a reader asks for a whole table, which may be longer."""

SOME, GOODS = 3, 12
"""Further parameters of a question, and goods and measures by lot, with which a walk begins."""

SENT = (
    "/screen?name=Huawei+Technologies&name=%E4%B8%AD%E8%8A%AF%E5%9B%BD%E9%99%85",
    "/owners?example=true",
    "/assess?code=8507.60.00.10&origin=CN&to=US&value=10000&party=Huawei+Technologies"
    "&role=supplier&country=CN&owners=",
    "/entry?mode=ocean&code=8507.60.00.10&origin=CN&value=10000&adcvd=none",
    "/find?q=SMIC",
    "/find?q=%E6%89%8B%E6%9C%BA",
    "/minerals/gallium?known_on=2025-11-02",
    "/supply?mineral=dysprosium",
    "/timeline?year=2025",
)

OTHER_REGISTER = "0" * 12
"""A register that is not the one that answers: a link that was made with it says so."""


class SeenPage(NamedTuple):
    """What the browser and the server say of a page.

    Attributes:
        path: its address.
        status: the status of the answer.
        size: its bytes.
        heights: pixels by width.
        wider: pixels by which it is wider than the window, by width; only where it is.
        barriers: what axe found, by width and scheme.
        stated: what was written to the console.
    """

    path: str
    status: int
    size: int
    heights: dict[int, int]
    wider: dict[int, int]
    barriers: list[str]
    stated: list[str]

    @property
    def asks_for_a_table(self) -> bool:
        """Whether its address asks for all of a table."""
        return any(name in TABLES for name, _ in parse_qsl(urlsplit(self.path).query))

    @property
    def wrong(self) -> list[str]:
        """What is not as it must be, in words."""
        found = [f"status {self.status}"] if self.status >= 500 else []
        if not self.asks_for_a_table:
            if self.size >= BYTES:
                found.append(f"{self.size:,} bytes")
            if self.heights.get(1280, 0) >= HEIGHT:
                found.append(f"{self.heights[1280]:,} px high")
        found += [f"{more} px too wide at {width}" for width, more in self.wider.items()]
        return [*found, *self.barriers, *self.stated]


def kind_of(path: str) -> str:
    """Pages that are made alike: where they stand, and what is asked of them."""
    parts = urlsplit(path)
    place = parts.path.strip("/").split("/")
    deep = (
        "/…" * (len(place) - 1) if place[0] not in ("ask", "embed") else "/" + "/".join(place[1:3])
    )
    asked = ",".join(sorted({name for name, _ in parse_qsl(parts.query)}))
    return f"/{place[0]}{deep}?{asked}"


def gather(port: int, starts: Iterable[str], each: int, random: Random) -> Iterator[str]:
    """Pages that are reached from some, at most so many of a kind, by lot.

    Args:
        port: where the server listens.
        starts: where to begin.
        each: how many of a kind.
        random: the lot.
    """
    found: dict[str, int] = {}
    known = set(starts)
    waiting = list(starts)
    while waiting:
        path = waiting.pop(random.randrange(len(waiting)) if random.random() < 0.5 else 0)
        kind = kind_of(path)
        if found.get(kind, 0) >= each:
            continue
        found[kind] = found.get(kind, 0) + 1
        links = links_of(port, path)
        if links is None:
            continue
        yield path
        for link in links:
            if link not in known:
                known.add(link)
                waiting.append(link)


def links_of(port: int, path: str) -> list[str] | None:
    """Addresses of this server to which a page leads; None where it is not a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        media = answer.getheader("content-type", "")
        body = answer.read()
    finally:
        connection.close()
    if 300 <= answer.status < 400:
        return [answer.getheader("location") or "/"]
    if not media.startswith("text/html"):
        return None
    text = body.decode()
    found = [
        urldefrag(urljoin(path, each.replace("&amp;", "&")))[0]
        for pair in LINK.findall(text)
        for each in pair
        if each
    ]
    return [each for each in found if each.startswith("/") and not LEFT_OUT.search(each)]


def look(browser: Browser, address: str, path: str) -> SeenPage:
    """A page at both widths, in light and dark."""
    context = browser.new_context(
        bypass_csp=True, reduced_motion="reduce", viewport={"width": WIDTHS[0], "height": 900}
    )
    page = context.new_page()
    stated: list[str] = []
    page.on("console", lambda each: stated.append(f"console: {each.text}"))
    page.on("pageerror", lambda error: stated.append(f"error: {error}"))
    try:
        response = page.goto(address + path, timeout=120_000)
        assert response is not None
        return _measured(page, path, response.status, len(response.body()), stated)
    finally:
        context.close()


def _measured(page: Page, path: str, status: int, size: int, stated: list[str]) -> SeenPage:
    heights: dict[int, int] = {}
    wider: dict[int, int] = {}
    barriers: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        heights[width] = page.evaluate("document.documentElement.scrollHeight")
        if (over := page.evaluate("document.documentElement.scrollWidth") - width) > 0:
            wider[width] = over
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page).response["violations"]
            barriers += [f"{each['id']} at {width} {scheme}" for each in found]
    refused = re.compile(r"status of 4\d\d")
    told = [each for each in stated if not (400 <= status < 500 and refused.search(each))]
    return SeenPage(path, status, size, heights, wider, barriers, told)


def starting_points(register: Register, random: Random) -> list[str]:
    """Where a walk begins: the navigation, each question as shown, and some of each subject."""
    paths = [each.path for each in PLACES]
    for question in addressed():
        asked = [each for each in question.parameters_in(EVERYWHERE) if not each.apart]
        needed = [each for each in asked if each.needed or each.either]
        rest = [each for each in asked if each.example and each not in needed]
        chosen = random.sample(rest, min(SOME, len(rest)))
        for shown in (needed, [*needed, *chosen]):
            words = [(each.name, each.example) for each in _one_of_each(shown)]
            paths.append(f"/ask/{question.operation}?{urlencode(words)}")
    for good in random.sample(register.basket, GOODS):
        on = f"20{random.randint(18, 26)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        asked_duty = urlencode({"code": good.code, "origin": good.origin, "on": on, "value": 9000})
        paths += [
            f"/?{asked_duty}",
            f"/?{urlencode({'code': good.code, 'origin': 'US', 'to': 'CN'})}",
            f"/find?{urlencode({'q': good.what})}",
            f"/history/{good.code}/{good.origin},VN",
            f"/embed/duty?{asked_duty}",
            f"/embed/history/{good.code}/{good.origin}",
            f"/trees?{asked_duty}&at={on}",
            f"/compare?scenario={random.choice(sorted(register.scenarios))}&{asked_duty}",
        ]
    for measure in random.sample(register.measures(), GOODS):
        paths += [f"/measures/{measure.id}", f"/embed/measures/{measure.id}"]
    for what in ("average", "basket"):
        paths.append(f"/compare?scenario=threat-100&what={what}&origin=CN")
    paths += [*SENT, "/embed/averages", "/feed.atom"]
    dated = ("/truce", "/assess", "/measures", "/timeline", "/lists", "/supply", "/compare")
    paths += [f"{each}?register={OTHER_REGISTER}" for each in dated]
    return paths


def _one_of_each(parameters: list[Parameter]) -> list[Parameter]:
    """Of parameters that exclude each other, the first."""
    found: dict[str, Parameter] = {}
    for each in parameters:
        found.setdefault(each.either or each.name, each)
    return list(found.values())


def walk(folder: Path, each: int, seed: int) -> Iterator[SeenPage]:
    """Pages of a server of its own, at most so many of a kind, as Chromium shows them."""
    random = Random(seed)
    starts = starting_points(Register.built_in(), random)
    with served(folder) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for path in gather(server.port, starts, each, random):
            yield look(browser, f"http://127.0.0.1:{server.port}", path)
        browser.close()
