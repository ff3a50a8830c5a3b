"""The rest of what people bring, from a page in a real browser without a script."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from detente.store.ledger import Ledger
from tests.audit.test_customs_reports import workbook
from tests.web.browsing import CHROMIUM, MISSING, assert_accessible

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)

WORKED = 120_000
"""Milliseconds that a file may take in the background of a busy machine."""


def finished(page: Page) -> Page:
    """The page of a job, once it has ended: it looks again by itself."""
    expect(page.get_by_role("heading", name="Take it away")).to_be_visible(timeout=WORKED)
    return page


def taken(page: Page, name: str) -> bytes:
    """A file that a page offers."""
    href = page.locator("main").get_by_role("link", name=name).last.get_attribute("href")
    assert href is not None
    response = page.request.get(href)
    assert response.ok
    return response.body()


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_an_entry_summary_of_fourteen_lines_is_reconciled(page: Page, tmp_path: Path) -> None:
    """Mixed origins, and two lines under an exclusion: each line is judged by itself."""
    head = "Entry Summary Number,Entry Summary Line Number,Entry Date,Country of Origin,"
    head += "HTS Number,Line Goods Value,Line Duty Amount"
    lines = [
        f"ABC-1,{number},11/12/2025,{origin},{code},1000,{paid}"
        for number, (origin, code, paid) in enumerate(
            [("CN", "8507.60.00.10", "484.00")] * 6
            + [("VN", "9503.00.00.73", "200.00")] * 4
            + [("CN", "9503.00.00.73", "200.00")] * 4,
            1,
        )
    ]
    path = tmp_path / "entry.csv"
    path.write_text("\n".join([head, *lines]) + "\n")
    page.goto("/audit")
    page.get_by_label("The file").set_input_files(path)
    page.get_by_role("button", name="Audit").click()
    finished(page)
    found = rows(taken(page, "findings.csv"))
    assert [row["status"] for row in found if row["filed"] == "declared"] == ["agrees"] * 14


def test_what_becomes_cheaper_by_waiting_is_told_of_a_file_of_goods(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "skus.csv"
    path.write_text(
        "sku,HTS Code,COO,Customs Value\nA,8507.60.00.10,CN,10000\nB,9503.00.00.73,CN,5000\n"
    )
    page.goto("/check")
    page.get_by_label("The file").set_input_files(path)
    page.get_by_text("How it is read, and what it is compared with").click()
    page.get_by_label("Day of rows that name none").fill("2026-02-01")
    page.get_by_role("button", name="Look it over").click()
    finished(page)
    expect(page.get_by_role("row", name=re.compile("Cheaper by waiting"))).to_contain_text("2 rows")
    found = {row["sku"]: row for row in rows(taken(page, "rows.csv"))}
    # The emergency duties end on 24 February 2026 and the surcharge of 10% takes their place.
    assert found["A"]["cheaper_from"] == "2026-02-24"
    assert float(found["A"]["saves_then"]) == 1000.00


def test_a_customs_report_comes_back_with_what_is_refundable(page: Page, tmp_path: Path) -> None:
    cells = [("ABC-1", 1, "11/12/2025", "CN", "8507600010", "10,000.00", "$4,840.00")]
    page.goto("/audit")
    page.get_by_label("The file").set_input_files(workbook(tmp_path / "report.xlsx", cells))
    page.get_by_role("button", name="Audit").click()
    finished(page)
    # 10% and 10% of 10,000 dollars under the emergency act were void from the start.
    refundable = page.get_by_role("row", name=re.compile("^Refundable"))
    expect(refundable).to_contain_text("$2000.00")
    page.get_by_text("Claims to examine").click()
    expect(page.get_by_text("9903.01.24 ($1000.00)").or_(
        page.get_by_text("9903.01.24 ($1,000.00)"))).to_be_visible()  # fmt: skip
    assert b"2000.00" in taken(page, "summary.md")


def test_an_entry_is_owed_to_the_cent_with_its_fees(page: Page) -> None:
    page.goto("/entry")
    page.get_by_label("Day of entry").fill("2025-11-12")
    page.get_by_label("How it arrived").select_option("ocean")
    page.get_by_label("Tariff number").first.fill("8507.60.00.10")
    page.get_by_label("Country of origin").first.fill("CN")
    page.get_by_label("Entered value in dollars").first.fill("10000")
    page.get_by_role("button", name="Work it out").click()
    # 4,840.00 of duty, 34.64 of processing fee, 12.50 of harbor fee.
    expect(page.locator("main")).to_contain_text("$34.64")
    expect(page.locator("main")).to_contain_text("$12.50")


def test_a_magnet_from_baotou_for_a_defence_contractor_is_stopped_on_the_side_that_stops_it(
    page: Page,
) -> None:
    page.goto(
        "/assess?item=1C902.a&code=8505.11.00.70&origin=CN&from=CN&to=US"
        "&on=2026-08-01&end_use=military&party=Raytheon&role=buyer&country=US&owners="
    )
    licence = page.get_by_role("region", name="Licence")
    expect(licence).to_be_visible()
    expect(licence).to_contain_text(re.compile("PROHIBITED|LICENCE NEEDED"))


def test_a_vendor_master_in_gb18030_comes_back_with_hits_and_reasons(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes("供应商,国家\n中芯国际,CN\nPottery of Nowhere,US\n".encode("gb18030"))
    page.goto("/vendors")
    page.get_by_label("The table", exact=True).set_input_files(path)
    page.get_by_role("button", name="Screen the table").click()
    finished(page)
    expect(page.locator("main")).to_contain_text("Semiconductor Manufacturing International")
    assert len(rows(taken(page, "screened.csv"))) == 2


def test_a_hit_is_decided_and_taken_back_on_the_page(scripted: Page, tmp_path: Path) -> None:
    page = scripted
    path = tmp_path / "vendors.csv"
    path.write_text("Vendor Name\nPeridot Shipping Lines Limited\n", "utf-8")
    page.goto("/vendors")
    page.get_by_label("The table", exact=True).set_input_files(path)
    page.get_by_role("button", name="Screen the table").click()
    finished(page)
    assert_accessible(page, page.url)
    page.get_by_text("Decide on row 2", exact=True).click()
    page.locator("select[name=verdict]").select_option("cleared")
    page.get_by_label("Why").fill("another owner")
    page.get_by_label("By", exact=True).fill("J. Doe")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_text("every one is decided")).to_be_visible()
    page.get_by_role("link", name="See the decisions").click()
    page.get_by_text("Withdraw", exact=True).first.click()
    page.get_by_label("Why").first.fill("a slip")
    page.get_by_label("By", exact=True).first.fill("J. Doe")
    page.get_by_role("button", name="Look at it again").first.click()
    expect(page.get_by_role("row").filter(has_text="a slip")).to_be_visible()
    assert_accessible(page, page.url)


def test_a_buyer_that_a_listed_company_owns_is_not_called_clear(page: Page) -> None:
    page.goto(
        "/assess?item=EAR99&from=US&to=CN&on=2025-10-15&party=Shenzhen+Example&role=buyer"
        "&country=CN&owners=SMIC:+51%25:+EL"
    )
    expect(page.locator(".verdict-badge")).not_to_contain_text(re.compile("clear", re.I))
    expect(page.get_by_role("region", name="Licence")).to_contain_text(
        re.compile("PROHIBITED|LICENCE NEEDED")
    )


def test_two_names_of_one_company_lead_to_the_same_party(page: Page) -> None:
    entry = "Semiconductor Manufacturing International Corporation"
    for name in ("SMIC", "中芯国际"):
        page.goto("/screen")
        page.get_by_label("Name of the party").fill(name)
        page.get_by_role("button", name="Screen", exact=True).click()
        first = page.locator(".hit").first
        expect(first).to_contain_text(re.compile(entry, re.I))
        expect(first).to_contain_text(re.compile("2020-12-18|18 December 2020"))


def test_who_came_to_the_lists_since_a_day_and_whether_it_touches_us(page: Page) -> None:
    page.goto("/lists")
    page.get_by_label("Changed after").fill("2025-09-01")
    page.get_by_label("Through").fill("2026-07-31")
    page.get_by_role("button", name="Show changes").click()
    table = page.get_by_role("region", name=re.compile("added")).get_by_role("row")
    party = table.nth(1).get_by_role("cell").nth(2).inner_text()
    page.get_by_label("Names, one on a line").fill(f"{party}\nPottery of Nowhere\n")
    page.get_by_role("button", name="Compare with the changes").click()
    expect(page.get_by_role("rowheader", name=party).first).to_be_visible()
    expect(page.get_by_role("rowheader", name="Pottery of Nowhere")).to_have_count(0)


def test_an_auditor_sees_that_a_week_of_answers_holds_and_that_a_changed_one_does_not(
    page: Page, tmp_path: Path
) -> None:
    from detente.store.ledger_export import write_export

    with Ledger(str(tmp_path / "ledger.sqlite"), create=True) as ledger:
        for number in range(3):
            day = f"2026-11-2{number}T09:00:00+00:00"
            ledger.append("duty", {"code": str(number)}, {"total": "1"}, register="0" * 64,
                          version="0.1.0", clock=lambda day=day: day)  # fmt: skip
        path = tmp_path / "week.jsonl"
        with open(path, "w", newline="") as file:
            write_export(ledger.entries(), file, "jsonl")
    page.goto("/ledger")
    page.get_by_label("The file").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="week.jsonl: Holds")).to_be_visible()
    lines = path.read_text().split("\n")
    second = json.loads(lines[1])
    lines[1] = json.dumps({**second, "answer": second["answer"].replace("1", "2")})
    path.write_text("\n".join(lines))
    page.get_by_label("The file").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="week.jsonl: Was changed")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Entry 2")


def test_the_effective_rate_on_china_by_chapter_and_month_is_taken_as_a_table(page: Page) -> None:
    asked = "/ask/average?origin=CN&by=hs2&every=month&from=2025-11-01&to_date=2026-01-01"
    page.goto(asked)
    body = taken(page, "CSV")
    found = rows(body)
    assert len({row["hs2"] for row in found}) > 90
    assert {row["on"][:7] for row in found} >= {"2025-11", "2025-12"}


def test_the_average_on_all_countries_stands_beside_what_was_collected_and_the_tracker(
    page: Page,
) -> None:
    page.goto("/ask/average?origin=all&layer=all&on=2025-11-15", timeout=WORKED)
    for word in ("Average", "Collected", "Tracker"):
        expect(page.locator(".laid-out")).to_contain_text(word)


def test_the_threat_on_imports_by_origin_has_a_band(page: Page) -> None:
    page.goto("/ask/impact_partial?scenario=threat-100")
    laid = page.locator(".laid-out")
    expect(laid).to_contain_text(re.compile("Origin", re.I))
    expect(laid).to_contain_text("China")


def test_a_panel_of_rates_is_taken_with_its_codebook(page: Page) -> None:
    page.goto("/panel")
    page.get_by_label("Countries of origin").fill("CN")
    page.get_by_label("From", exact=True).fill("2025-11-10")
    page.get_by_label("Until the day before").fill("2025-11-11")
    page.get_by_role("button", name="Make it").click()
    finished(page)
    book = {row["column"]: row for row in rows(taken(page, "panel.codebook.csv"))}
    assert book["ad_valorem"]["unit"] == "fraction of customs value"
    line = next(row for row in rows(taken(page, "panel.csv")) if row["code"] == "8507600010")
    assert float(line["ad_valorem"]) == 0.484


def test_how_many_were_put_on_each_list_by_year_is_a_table(page: Page) -> None:
    page.goto("/ask/listings")
    expect(page.locator("table").first).to_contain_text("2024")
    found = rows(taken(page, "CSV"))
    assert any(row["list"] == "EL" for row in found)


def test_what_was_promised_of_soybeans_and_bought_stands_on_one_page(page: Page) -> None:
    page.goto("/find?q=soybeans")
    page.goto("/measures/cn-commitment-soybeans")
    for words in ("12", "25", "million tonnes"):
        expect(page.locator("main")).to_contain_text(words)
