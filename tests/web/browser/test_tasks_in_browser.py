"""What people bring, done from a page in a real browser, without a script and in few steps."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import CHROMIUM, MISSING

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


def table(page: Page, address: str) -> list[dict[str, str]]:
    """A table that a page links to, as rows."""
    response = page.request.get(address)
    assert response.ok
    return list(csv.DictReader(io.StringIO(response.text())))


def test_the_box_leads_from_a_word_to_what_the_goods_owe_today(page: Page) -> None:
    page.goto("/")
    page.get_by_label("A code, goods, a company, a measure or a mineral").fill("lithium-ion")
    page.get_by_role("button", name="Find").click()
    page.locator("main").get_by_role("link", name=re.compile(r"^8507\.60\.00")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("8507.60.00")
    expect(page.locator("#total-rate")).to_contain_text("%")


def test_a_parcel_by_post_is_asked_among_the_facts_that_matter(page: Page) -> None:
    page.goto("/?code=9503.00.00.73&origin=CN&on=2025-11-12&value=300")
    page.get_by_text("More details").click()
    choice = page.locator('select[name="fact.postal"]')
    assert choice.count() == 1
    values = choice.locator("option").all_inner_texts()
    choice.select_option(values[-1])
    page.get_by_role("button", name="Answer").last.click()
    expect(page.locator(".stated")).to_contain_text("postal=")


def test_four_origins_stand_side_by_side_today_and_next_quarter(page: Page) -> None:
    page.goto("/history")
    page.get_by_label("Tariff code").fill("8507.60.00.10")
    page.get_by_label("Origins").fill("China, Vietnam, Mexico, India")
    page.get_by_label("To", exact=True).fill("2026-10-10")
    page.get_by_role("button", name="Show").click()
    beside = page.get_by_role("table").first
    for name in ("China", "Viet", "Mexico", "India", "lowest", "9 January 2027"):
        expect(beside).to_contain_text(name)


def test_every_rate_change_of_a_product_is_taken_with_its_instrument(page: Page) -> None:
    page.goto("/history/9503.00.00.73/CN?to_date=2026-10-10")
    link = page.locator("main").get_by_role("link", name="CSV").last.get_attribute("href")
    assert link is not None
    rows = table(page, link)
    assert len(rows) == 10
    assert all(row["instruments"] and row["what"] for row in rows[1:])


@contextmanager
def article(body: str) -> Iterator[str]:
    """The address of a page of another site, on another port of this machine."""

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as paper:
        Thread(target=paper.serve_forever, daemon=True).start()
        yield f"http://localhost:{paper.server_port}/"
        paper.shutdown()


def test_the_chart_of_a_duty_is_embedded_in_a_page_of_another_site(
    browser: Browser, server: str
) -> None:
    places = ("/embed/history/9503.00.00.73/CN", "/")
    frames = "".join(f'<iframe src="{server}{each}" title="Toys"></iframe>' for each in places)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with article(frames) as address:
        page.goto(address)
        chart = page.frame_locator("iframe").nth(0)
        expect(chart.get_by_role("img", name=re.compile("Duty on 9503"))).to_be_visible()
        # Nothing but a chart may be framed.
        expect(page.frame_locator("iframe").nth(1).get_by_role("search")).to_have_count(0)
    context.close()


def test_both_averages_stand_in_one_picture_with_the_events_on_it(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("img", name=re.compile("Average duty of each side"))).to_be_visible()
    assert page.locator(".marks li").count() >= 8
    names = {row["name"] for row in table(page, "/charts/averages?format=csv")}
    assert {"US on goods of CN", "CN on goods of US"} <= names
    assert page.request.get("/charts/averages?format=png").body().startswith(b"\x89PNG")


def test_what_changes_on_a_day_is_told_with_how_sure_it_is(page: Page) -> None:
    page.goto("/truce?on=2026-11-01")
    expect(page.locator("main")).to_contain_text("No instrument of it was read")
    page.goto("/ask/upcoming?on=2026-11-01&days=30")
    expect(page.locator("main")).to_contain_text("10 November 2026")


def test_the_threat_of_a_hundred_percent_is_put_beside_the_law(page: Page) -> None:
    page.goto("/compare?scenario=threat-100&code=8507.60.00.10&on=2026-11-12&value=10000")
    expect(page.locator("main")).to_contain_text("+100%")


def test_a_claim_is_answered_on_its_page(page: Page) -> None:
    page.goto("/ask/claims?on=2026-10-10")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("WireScreen")


def test_the_verdict_on_a_transaction_is_a_sign_before_it_is_a_text(page: Page) -> None:
    page.goto(
        "/assess?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000"
        "&party=Huawei+Technologies&role=supplier&country=CN&owners="
    )
    sign = page.locator(".verdict-badge")
    expect(sign).to_be_visible()
    box = sign.bounding_box()
    assert box is not None
    assert box["y"] < 500


def test_a_chart_is_read_out_step_by_step_where_scripts_run(scripted: Page) -> None:
    scripted.goto("/history/9503.00.00.73/CN?to_date=2026-10-10")
    scripted.get_by_role("button", name="Earlier").click()
    expect(scripted.locator(".readout")).to_contain_text("12.5%")
    scripted.get_by_role("button", name="Earlier").click()
    expect(scripted.locator(".readout")).to_contain_text("10.0%")
    scripted.locator("details.menu summary").first.click()
    expect(scripted.get_by_role("link", name="Average duty")).to_be_visible()
    scripted.keyboard.press("Escape")
    expect(scripted.get_by_role("link", name="Average duty")).to_be_hidden()
