"""Draw the pictures of `docs/gallery.md`: charts by the functions of Python, pages in a browser.

Charts are of fixed days, so that only a change of law or of drawing changes them. With `--pages`
the pages of the product are photographed too, which needs Chromium.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import detente

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
FIRST, LAST = "2018-01-01", "2026-10-10"

PAGES = {
    "page-today": "/",
    "page-history": f"/history/9503.00.00.73/CN?to_date={LAST}",
    "page-duty": "/?code=8507.60.00.10&origin=CN&on=2025-11-12&value=10000",
    "page-truce": f"/truce?on={LAST}",
    "page-timeline": f"/timeline?to_date={LAST}",
    "page-compare": f"/compare?scenario=threat-100&code=8507.60.00.10&on={LAST}&to_date=2027-02-01",
    "page-screen": f"/screen?name=Hua+Wei+Technologies&on={LAST}",
    "page-mineral": f"/minerals/gallium?on={LAST}",
    "page-check": "/check",
}
"""Pages that are photographed, by the name of the picture."""

WIDTH, HEIGHT = 1100, 760


def charts() -> dict[str, detente.Result]:
    """The charts by the name of their picture."""
    return {
        "both-averages": detente.average(origin="CN", both=True, from_date=FIRST, to_date=LAST),
        "average-by-family": detente.average(origin="CN", from_date=FIRST, to_date=LAST),
        "toys": detente.history("9503.00.00.73", origin="CN", from_date=FIRST, to_date=LAST),
        "batteries": detente.history(
            "8507.60.00.10", origin=["CN", "VN", "MX"], from_date="2025-01-01", to_date=LAST
        ),
    }


def mineral() -> str:
    """Where imports of gallium come from, as a page draws it."""
    from detente.chart.drawn import svg_text
    from detente.chart.mineral_flow import imports_picture

    answer: Any = detente.supply("gallium", on=LAST, route=True).to_dict()
    drawn = imports_picture(answer)
    assert drawn is not None
    return svg_text(drawn)


def photograph() -> None:
    """Pages of a server of this checkout, as a reader with a light screen sees them."""
    sys.path.insert(0, str(ROOT))
    browsing = import_module("tests.web.browsing")
    with browsing.served() as address, browsing.launched() as browser:
        context = browser.new_context(
            base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        page, _ = browsing.opened(context)
        for name, place in PAGES.items():
            page.goto(place)
            page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def main() -> int:
    """Draw every picture."""
    from detente.chart.picture import chart_svg

    for name, answer in charts().items():
        (IMAGES / f"{name}.svg").write_text(chart_svg(answer.chart().spec), encoding="utf-8")
    (IMAGES / "gallium-imports.svg").write_text(mineral(), encoding="utf-8")
    if "--pages" in sys.argv[1:]:
        photograph()
    return 0


if __name__ == "__main__":
    sys.exit(main())
