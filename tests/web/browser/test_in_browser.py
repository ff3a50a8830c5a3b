"""Journeys through the pages of the duty in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.served import BATTERY
from tests.web.browsing import CHROMIUM, MISSING, assert_accessible

STEEL = "code=8413.91.90.55&origin=CN&on=2025-12-01&value=10000"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


def total(page: Page) -> str:
    return page.locator("#total-rate").inner_text()


def test_a_form_filled_in_gives_the_total(page: Page) -> None:
    page.goto("/duty")
    page.get_by_label("Tariff code").fill("8507.60.00.10")
    page.get_by_label("Country of origin").fill("China")
    page.get_by_label("Entry day").fill("2025-11-12")
    page.get_by_label("Customs value in dollars").fill("10000")
    page.get_by_role("button", name="Answer").click()
    assert total(page) == "48.4%"
    assert page.locator("#total-amount").inner_text() == "$4,840.00"
    expect(page.get_by_role("img", name="How the duty adds up")).to_be_visible()
    assert page.title().startswith("48.4% on 8507.60.00.10 from China")


def test_words_lead_to_a_code_and_the_code_to_an_answer(page: Page) -> None:
    page.goto("/duty")
    page.get_by_label("Tariff code").fill("lithium ion battery")
    page.get_by_label("Entry day").fill("2025-11-12")
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("link", name=re.compile(r"^8507\.60\.00")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("from China")
    assert total(page).endswith("%")


def test_an_open_question_is_answered_in_place_and_the_link_gives_the_same_again(
    page: Page,
) -> None:
    page.goto(f"/?{BATTERY}")
    page.get_by_role("link", name="Yes 63.4%").click()
    assert total(page) == "63.4%"
    assert "fact=auto_part=true" in page.url
    page.goto(page.url)
    assert total(page) == "63.4%"
    page.get_by_role("link", name="Take back auto_part").click()
    assert total(page) == "48.4%"


def test_a_part_of_the_value_is_typed_in_place(page: Page) -> None:
    page.goto(f"/?{STEEL}")
    assert total(page) == "85%"
    asked = page.get_by_role("listitem").filter(has_text="Which part of the value is the steel")
    asked.get_by_label("Your answer").fill("40%")
    asked.get_by_role("button", name="Answer").click()
    # 25 + 10 on all of it; 50 on the 40% of steel; 10 reciprocal on the other 60%: 35 + 20 + 6.
    assert total(page) == "61%"
    assert "fact=steel_value=40%25" in page.url


def test_a_mistake_leaves_the_form_as_it_was(page: Page) -> None:
    response = page.goto("/?code=8507.60.00.10&origin=CN&on=2025-11-12&value=ten")
    assert response is not None
    field = page.get_by_label("Customs value in dollars")
    expect(field).to_have_value("ten")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("10000")
    page.get_by_role("button", name="Answer").click()
    assert page.locator("#total-amount").inner_text() == "$4,840.00"


def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    page.goto("/duty")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.get_by_label("Tariff code").evaluate("each => each === document.activeElement"):
            break
    page.keyboard.type("8507.60.00.10")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("8507.60.00.10")


PLACES = (
    "/",
    "/duty",
    "/ask",
    "/ask/claims",
    "/ask/average?origin=CN&on=2025-11-12",
    "/ask/licence?from=US&to=CN&item=3A090",
    "/find?q=gallium",
    "/find?q=nothing+has+these+words",
    "/embed/averages",
    f"/?{BATTERY}",
    f"/?{STEEL}&fact=melt_country=CN",
    "/?code=lithium",
    "/?code=8507",
    "/v1/",
    "/nope",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_barrier_and_nothing_on_it_is_wider_than_the_window(
    scripted: Page, place: str
) -> None:
    assert_accessible(scripted, place)


def test_print_leaves_out_what_paper_cannot_do(scripted: Page) -> None:
    scripted.goto(f"/?{BATTERY}")
    scripted.emulate_media(media="print")
    expect(scripted.get_by_role("button", name="Answer")).to_be_hidden()
    expect(scripted.locator("#total-rate")).to_be_visible()
    expect(scripted.get_by_role("table", name="Layers of the duty")).to_be_visible()
