"""Journeys through the pages of the register, of parties and of transactions in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.browsing import CHROMIUM, MISSING, assert_accessible, barriers

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

FENTANYL = "/measures/us-ieepa-fentanyl-china?on=2025-11-12"
BATTERY = (
    "/assess?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000"
    "&party=Huawei+Technologies&role=supplier&country=CN&owners="
)
CHIPS = (
    "/assess?item=h200&from=US&to=CN&on=2026-02-02&end_use=civil"
    "&party=Alpha+Holding&role=buyer&country=CN&owners=SMIC:+60%25:+EL"
)
THREAT = "/compare?scenario=threat-100&code=8507.60.00.10&on=2026-11-12&value=10000"
HOLDINGS = "owner,owned,share\nfirst,second,30\nthird,second,25\nsecond,fourth,unknown\n"
SEEDS = "id,list\nfirst,EL\nthird,EL\n"

PLACES = (
    "/measures?on=2025-11-12",
    "/measures?text=nothing+has+these+words",
    FENTANYL,
    "/measures/us-301-technology?on=2026-08-01",
    "/timeline?from=2025-10-02&to_date=2025-11-30",
    "/truce?on=2026-01-15",
    "/screen?name=Huawei+Technologies",
    "/screen?name=...",
    "/owners?example=true",
    BATTERY,
    CHIPS,
    "/entry",
    "/entry?entry_date=2025-11-12&mode=ocean&code=8507.60.00.10&origin=CN&value=10000&adcvd=none",
    "/compare",
    THREAT,
    "/supply",
    "/supply?mineral=dysprosium",
    "/minerals",
    "/minerals/rare-earths",
    "/minerals/gallium?known_on=2025-11-02",
    "/batch",
    "/audit",
    "/panel",
    "/check",
    "/vendors",
    "/lists?from=2025-09-01&to_date=2026-07-31",
    "/trees?code=8507.60.00.10&at=2026-11-10&p.law=60%25&p.threat-100=40%25",
    "/ledger",
    "/browse",
    "/history/9503.00.00.73/CN?to_date=2026-10-10",
    "/measures/cn-commitment-soybeans",
    "/not-modelled",
    "/docs",
    "/docs/guides/serve",
    "/docs/methodology",
    "/nowhere",
)


def test_the_navigation_leads_to_every_page_and_marks_the_one_that_is_shown(page: Page) -> None:
    page.goto("/")
    navigation = page.get_by_role("navigation", name="Pages")
    menus = navigation.locator("details").count()
    names = [
        (menu, name)
        for menu in range(menus)
        for name in navigation.locator("details").nth(menu).locator("a").all_text_contents()
    ]
    assert len(names) >= 20
    for menu, name in names:
        navigation.locator("summary").nth(menu).click()
        navigation.get_by_role("link", name=name, exact=True).click()
        here = page.locator('nav a[aria-current="page"]')
        expect(here).to_have_text(name)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.locator("footer")).to_contain_text("not legal advice")


def test_measures_are_filtered_and_one_is_opened_with_its_days(page: Page) -> None:
    page.goto("/measures")
    page.get_by_label("Words").fill("fentanyl")
    page.get_by_label("Side that acts").select_option("US")
    page.get_by_label("On", exact=True).fill("2025-11-12")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=re.compile("synthetic opioid supply chain, China")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("synthetic opioid")
    expect(page.locator('[lang="zh"]').first).to_contain_text("芬太尼")
    page.get_by_label("On", exact=True).fill("2025-11-12")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("img", name=re.compile("The days of"))).to_be_visible()
    table = page.get_by_role("table", name=re.compile("Provisions and their days"))
    # 10% from 4 February 2025, 20% from 4 March, 10% from 10 November, ended 24 February 2026.
    for cell in ("4 February 2025", "4 March 2025", "10 November 2025", "20%", "9903.01.24"):
        expect(table).to_contain_text(cell)
    link = page.get_by_role("link", name="Link to this page").get_attribute("href")
    assert link is not None
    assert "on=2025-11-12" in link
    assert "register=" in link


def test_the_timeline_shows_both_sides_and_each_alone(page: Page) -> None:
    page.goto("/timeline?from=2025-10-02&to_date=2025-11-30")
    expect(
        page.get_by_role("img", name="Announcements of each side, month by month")
    ).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Average duty of each side"))).to_be_visible()
    sides = set(page.locator(".told-row .side").all_inner_texts())
    assert {"United States", "China"} <= sides
    page.get_by_label("Side that acts").select_option("CN")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("by=CN"))
    assert set(page.locator(".told-row .side").all_inner_texts()) == {"China"}
    page.get_by_label("Words").fill("no announcement has these words")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing in the register fits")).to_be_visible()


def test_the_truce_counts_days_and_says_what_returns(page: Page) -> None:
    page.goto("/truce")
    page.get_by_label("On", exact=True).fill("2026-11-01")
    page.get_by_role("button", name="Show").click()
    affiliates = page.get_by_role("article").filter(has_text="Affiliates rule of 50 percent").last
    # Suspended to 9 November 2026; from 1 to 10 November there are nine days.
    expect(affiliates).to_contain_text("9 days left")
    expect(affiliates).to_contain_text("Returns on 10 November 2026")
    expect(page.get_by_text("nothing was ordered in between")).to_be_visible()


def test_one_name_is_screened_and_the_address_gives_it_again(page: Page) -> None:
    page.goto("/screen")
    page.get_by_label("Name of the party").fill("Hua Wei Technologies")
    page.get_by_role("button", name="Screen", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile(r"hit, \d+ listed part"))).to_be_visible()
    expect(page.locator(".hit").first).to_contain_text("Huawei")
    expect(page.locator(".hit").first).to_contain_text("EL")
    page.goto(page.url)
    expect(page.locator(".hit").first).to_contain_text("Huawei")


def test_a_name_of_one_long_word_leaves_the_other_columns_their_room(page: Page) -> None:
    page.goto("/screen")
    page.get_by_label("Names, one on a line").fill("A" * 120 + " GmbH\nHuawei Technologies")
    page.get_by_role("button", name="Screen all").click()
    cell = page.get_by_role("rowheader").first.bounding_box()
    assert cell is not None
    assert cell["width"] < 1280 / 3


def test_a_file_of_names_comes_back_as_a_page_and_as_a_table(page: Page, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("id,name\n1,Huawei Technologies\n2,Pottery of Nowhere Ltd\n", "utf-8")
    page.goto("/screen")
    page.get_by_label("Or a CSV file").set_input_files(names)
    page.get_by_role("button", name="Screen all").click()
    expect(page.get_by_role("heading", name="2 names: 1 hit, 1 partly screened")).to_be_visible()
    page.get_by_label("Or a CSV file").set_input_files(names)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(waiting.value.path().read_text("utf-8").splitlines()))
    assert [(row["id"], row["status"]) for row in rows] == [("1", "hit"), ("2", "partly")]


def test_owners_are_answered_with_paths_and_a_tree(page: Page) -> None:
    page.goto("/owners")
    page.get_by_label("Holdings", exact=True).fill(HOLDINGS)
    page.get_by_label("Listed parties", exact=True).fill(SEEDS)
    page.get_by_label("On", exact=True).fill("2025-10-15")
    page.get_by_role("button", name="Answer").click()
    # 30 and 25 percent of two listed parties are 55 percent together.
    covered = page.get_by_role("region", name=re.compile(r"^Covered"))
    expect(covered).to_contain_text("second")
    expect(covered).to_contain_text("55% held by covered owners")
    expect(covered).to_contain_text("first → 30% → second")
    expect(page.locator(".tree svg")).to_be_visible()
    assert page.get_by_label("Holdings", exact=True).input_value() == HOLDINGS


def test_a_mistake_in_holdings_names_its_line_and_keeps_what_was_written(page: Page) -> None:
    page.goto("/owners")
    wrong = "owner,owned,share\nfirst,second,many\n"
    page.get_by_label("Holdings", exact=True).fill(wrong)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Holdings, line 2")
    field = page.get_by_label("Holdings", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.input_value() == wrong


def test_a_transaction_is_asked_and_answered_whole(page: Page) -> None:
    page.goto("/assess")
    page.get_by_label("Tariff code").fill("8507.60.00.10")
    page.get_by_label("Country of origin").fill("CN")
    page.get_by_label("Entry day").fill("2025-11-12")
    page.get_by_label("Customs value in dollars").fill("10000")
    page.get_by_label("Name 1").fill("Huawei Technologies")
    page.get_by_label("Role 1").select_option("supplier")
    page.get_by_role("button", name="Answer").first.click()
    assert page.locator("#total-rate").inner_text() == "48.4%"
    expect(page.get_by_role("heading", name="To resolve first")).to_be_visible()
    parties = page.get_by_role("region", name="Parties")
    expect(parties).to_contain_text("Huawei Technologies Co., Ltd.")
    expect(page.get_by_role("region", name="Licence")).to_be_visible()
    page.get_by_role("link", name="Link to this answer").click()
    assert page.locator("#total-rate").inner_text() == "48.4%"


def test_owners_of_a_party_are_drawn_with_the_rule_that_reaches_it(page: Page) -> None:
    page.goto(CHIPS)
    parties = page.get_by_role("region", name="Parties")
    expect(parties).to_contain_text("60%")
    expect(parties.locator("svg")).to_be_visible()
    expect(page.get_by_role("region", name="Licence")).to_contain_text("LICENCE NEEDED")


def test_the_law_and_a_scenario_stand_beside_each_other(page: Page) -> None:
    page.goto("/compare")
    page.get_by_label("Second").select_option("threat-100")
    page.get_by_label("On, or from").fill("2026-11-12")
    page.get_by_role("button", name="Compare").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_contain_text("+100%")
    with page.expect_response(re.compile("format=csv")) as waiting, page.expect_download():
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.status == 200


def test_a_mineral_is_shown_stage_by_stage_and_the_unknown_as_unknown(page: Page) -> None:
    page.goto("/supply")
    page.get_by_label("Mineral").select_option("rare-earths")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("img", name=re.compile("Mining, shares of"))).to_be_visible()
    expect(page.get_by_role("region", name="Metals and alloys")).to_contain_text("is not known")
    page.get_by_label("Mineral").select_option("dysprosium")
    page.get_by_role("button", name="Show").click()
    mining = page.get_by_role("region", name="Mining")
    expect(mining).to_contain_text("which is not a figure of dysprosium alone")
    expect(page.get_by_role("img", name=re.compile("Mining, shares of"))).to_have_count(0)


def test_the_guide_leads_from_page_to_page(page: Page) -> None:
    page.goto("/docs")
    page.get_by_role("link", name="Answers in a browser, and for programs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Answers in a browser, and for programs"
    )
    page.goto("/docs/why-the-averages-differ")
    response = page.goto("/docs/from-1300-to-20000")
    assert response is not None
    assert response.status == 200
    picture = page.locator(".guide img").first
    section = page.locator("details.section", has=page.locator("img")).first
    section.locator("summary").click()
    expect(picture).to_be_visible()


def test_what_is_not_there_is_a_page_with_a_way_on(page: Page) -> None:
    response = page.goto("/measures/us-no-such-measure")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("us-no-such-measure")
    page.get_by_role("link", name="Ask for a duty").click()
    expect(page.get_by_label("Tariff code")).to_be_visible()


@pytest.mark.parametrize("place", ["/measures", "/truce", "/screen", "/owners", "/assess"])
def test_the_keyboard_reaches_the_first_field_after_the_skip_link(page: Page, place: str) -> None:
    page.goto(place)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator("main input:focus, main select:focus, main textarea:focus").count():
            return
    raise AssertionError("no field was reached with twelve presses of Tab")


def test_a_name_is_screened_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/screen")
    page.get_by_label("Name of the party").focus()
    page.keyboard.type("Huawei Technologies")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_contain_text("Huawei")


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_barrier_in_light_or_dark_and_fits_a_telephone(
    scripted: Page, place: str
) -> None:
    assert_accessible(scripted, place)


def test_axe_finds_no_barrier_in_answers_to_what_was_sent(scripted: Page) -> None:
    scripted.goto("/owners")
    scripted.get_by_label("Holdings", exact=True).fill(HOLDINGS)
    scripted.get_by_label("Listed parties", exact=True).fill(SEEDS)
    scripted.get_by_role("button", name="Answer").click()
    assert barriers(scripted) == ""
    scripted.goto("/screen")
    scripted.get_by_label("Names, one on a line").fill("Huawei Technologies\nNobody Pottery\n...\n")
    scripted.get_by_role("button", name="Screen all").click()
    assert barriers(scripted) == ""


@pytest.mark.parametrize("place", [FENTANYL, "/truce?on=2026-01-15", BATTERY])
def test_print_keeps_the_content_and_leaves_out_the_controls(scripted: Page, place: str) -> None:
    scripted.goto(place)
    scripted.emulate_media(media="print")
    expect(scripted.get_by_role("heading", level=1)).to_be_visible()
    for button in scripted.get_by_role("button").all():
        expect(button).to_be_hidden()
    expect(scripted.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(scripted.locator("footer")).to_contain_text("not legal advice")
