"""Reports as the customs service and spreadsheets write them, composed with their arithmetic."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pytest

from detente.audit.answer import Auditor
from detente.audit.cells import name_columns
from detente.audit.deadlines import deadlines
from detente.audit.entries import entries_of
from detente.audit.report import audit
from detente.audit.tables import cells_of
from detente.core.tables.merged import merged_areas
from detente.core.tables.reading import read_noted
from detente.core.tables.written import MONTH_FIRST, whole_code, written_day
from detente.duty.question import QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register

COLUMNS = (
    "Entry Summary Number", "Entry Summary Line Number", "Entry Date", "Country of Origin",
    "HTS Number", "Line Goods Value", "Line Duty Amount",
)  # fmt: skip
SERIAL = 45973
"""12 November 2025 as a workbook counts: 45,973 days after 30 December 1899."""


@pytest.fixture(scope="module")
def auditor():
    return Auditor(Register.built_in(), Schedule())


def workbook(path, rows, columns=COLUMNS, merged=()):
    book = openpyxl.Workbook()
    for row in (columns, *rows):
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def audited(auditor, path):
    cells, order, notes = cells_of(read_noted(path))
    return audit(auditor, entries_of(cells, dates=order)), notes


def test_a_report_with_the_amount_of_the_line_on_each_of_its_rows_counts_it_once(tmp_path, auditor):
    # 3.4% + 25% + 10% + 10% of 10,000 = 4,840.00, which stands on all four rows.
    headings = ("9903.91.01", "9903.01.24", "9903.01.25", "8507.60.00.10")
    rows = [("ABC-1", 1, SERIAL, "CN", each, 10000, 4840) for each in headings]
    answer, notes = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    (row,) = answer["rows"]
    assert (row["status"], row["declared"], row["owed"]) == ("agrees", "4840.00", "4840.00")
    assert row["refundable"] == "2000.00"  # 10% and 10% of the emergency duties
    assert any("counted once" in each for each in notes)


def test_rows_of_a_line_with_amounts_of_their_own_are_read_heading_by_heading(tmp_path, auditor):
    pairs = {"9903.91.01": 2500, "9903.01.24": 1000, "9903.01.25": 1000, "8507.60.00.10": 340}
    rows = [("ABC-1", 1, SERIAL, "CN", code, 10000, paid) for code, paid in pairs.items()]
    answer, _ = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    (row,) = answer["rows"]
    assert (row["status"], row["declared"]) == ("agrees", "4840.00")
    assert [each["declared_amount"] for each in row["by_heading"]] == [
        "2500.00", "1000.00", "1000.00", "340.00",
    ]  # fmt: skip


def test_a_line_a_row_with_the_names_of_the_report_is_read_as_its_total(tmp_path, auditor):
    rows = [("ABC-1", 1, "11/12/2025", "CN", "8507600010", "5,000.00", "$2,920.00")]
    answer, _ = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    (row,) = answer["rows"]
    # 48.4% of 5,000 is 2,420.00; 58.4%, the rate of the days before 10 November, is 2,920.00.
    assert (row["status"], row["difference"], row["reasons"]) == ("over", "500.00", ["another_day"])


def test_the_amount_of_each_tariff_number_goes_before_that_of_the_line():
    names = name_columns([*COLUMNS, "Line Tariff Duty Amount"])
    assert names["Line Tariff Duty Amount"] == "declared_amount"
    assert names["Line Duty Amount"] == "Line Duty Amount"


def test_two_names_of_equal_rank_are_refused():
    with pytest.raises(QuestionError, match="both mean code"):
        name_columns(["HTS Number", "code", "origin", "on", "declared_amount"])


def test_merged_cells_hold_for_every_row_of_them_and_that_is_told(tmp_path, auditor):
    headings = ("9903.91.01", "9903.01.24", "9903.01.25", "8507.60.00.10")
    rows = [("ABC-1", 1, SERIAL, "CN", each, 10000, 4840) for each in headings]
    path = workbook(tmp_path / "a.xlsx", rows, merged=("A2:A5", "C2:C5", "D2:D5", "G2:G5"))
    answer, notes = audited(auditor, path)
    (row,) = answer["rows"]
    assert (row["id"], row["status"], row["declared"]) == ("ABC-1", "agrees", "4840.00")
    assert notes[0].startswith("cells are merged (A2:A5, C2:C5, D2:D5 and 1 more)")


def test_a_merged_amount_under_any_name_is_one_amount(tmp_path, auditor):
    columns = ("id", "line", "on", "origin", "code", "value", "declared_amount")
    headings = ("9903.91.01", "9903.01.24", "9903.01.25", "8507.60.00.10")
    rows = [("ABC-1", 1, "2025-11-12", "CN", each, 10000, 4840) for each in headings]
    path = workbook(tmp_path / "a.xlsx", rows, columns, merged=("G2:G5",))
    answer, _ = audited(auditor, path)
    assert answer["totals"]["declared"] == "4840.00"


@pytest.mark.parametrize("title", ["Lines & totals", "A&lt;B", 'A<B>"C"'])
def test_areas_of_merged_cells_are_found_in_a_sheet_with_an_odd_name(tmp_path, title):
    book = openpyxl.Workbook()
    book.active.title = title
    book.active.append(["a", "b"])
    book.active.merge_cells("B2:B4")
    book.save(tmp_path / "a.xlsx")
    (area,) = merged_areas(tmp_path / "a.xlsx", title)
    assert (area.name, area.column, area.first, area.last) == ("B2:B4", 1, 1, 3)


def test_a_code_that_lost_its_first_zero_is_read_with_it_and_told(tmp_path, auditor):
    rows = [("ABC-1", 1, SERIAL, "CN", 304725000, 1000, 200)]
    answer, notes = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    assert answer["rows"][0]["code"] == "0304725000"
    assert "codes of seven or nine digits, as numbers that lost their first zero, read with it: 1" in notes  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("45973", "2025-11-12"),
        ("45973.0", "2025-11-12"),
        ("11/12/2025", "2025-11-12"),
        ("11/12/2025 0:00:00", "2025-11-12"),
        ("20251112", "2025-11-12"),
        ("12-Nov-2025", "2025-11-12"),
        ("2025-11-12 00:00:00", "2025-11-12"),
        ("13/13/2025", "13/13/2025"),
        ("20251345", "20251345"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_day_is_read_in_each_form_that_people_write_and_in_no_other(text, day):
    assert written_day(text, order=MONTH_FIRST) == day


def test_serial_numbers_are_counted_from_30_december_1899():
    read: Counter[str] = Counter()
    assert written_day("36526", read) == "2000-01-01"
    assert written_day("73050", read) == "2099-12-31"
    assert written_day("73051", read) == "73051"
    assert read == {"serial days": 2}


def test_only_seven_or_nine_digits_are_taken_for_a_lost_zero():
    assert whole_code("304725000") == "0304725000"
    assert whole_code("3047250") == "03047250"
    assert whole_code("8507600010") == "8507600010"
    assert whole_code("8507.6") == "8507.6"


def test_the_claim_names_headings_amounts_entry_and_judgment(tmp_path, auditor):
    pairs = {"9903.91.01": 2500, "9903.01.24": 1000, "9903.01.25": 1000, "8507.60.00.10": 340}
    rows = [("ABC-1", 1, SERIAL, "CN", code, 10000, paid) for code, paid in pairs.items()]
    answer, _ = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    refund = answer["rows"][0]["refund"]
    assert refund["amount"] == "2000.00"
    assert refund["headings"] == [
        {"heading": "9903.01.24", "amount": "1000.00"},
        {"heading": "9903.01.25", "amount": "1000.00"},
    ]
    assert refund["sources"] == ["scotus-24-1287"]
    assert "Entry ABC-1, line 1, 8507.60.00.10, origin CN, entered 12 November 2025" in refund["text"]  # fmt: skip  # noqa: E501
    assert "9903.01.24 ($1,000.00) and 9903.01.25 ($1,000.00)" in refund["text"]
    assert "No. 24-1287" in refund["text"]


def test_an_entry_after_the_end_has_nothing_to_claim(tmp_path, auditor):
    rows = [("ABC-1", 1, "2026-03-02", "CN", "8507600010", 1000, 384)]
    answer, _ = audited(auditor, workbook(tmp_path / "a.xlsx", rows))
    assert answer["rows"][0]["refund"] is None


def test_days_run_from_the_entry_and_a_protest_from_liquidation(auditor):
    found = {each["id"]: each["on"] for each in deadlines(auditor.register, "2025-11-12")}
    assert found == {
        "correction": "2026-09-08",  # 300 days
        "usual-liquidation": "2026-09-22",  # 314 days
        "deemed-liquidation": "2026-11-12",  # a year
        "protest": "2027-03-21",  # 180 days after 22 September 2026
    }


def test_a_day_of_liquidation_in_the_table_goes_before_the_usual_one(auditor):
    found = deadlines(auditor.register, "2025-11-12", "2026-08-01")
    days = {each["id"]: each["on"] for each in found}
    assert days == {"correction": "2026-09-08", "protest": "2027-01-28"}  # 180 days after 1 August
    assert all(each["source"] for each in found)


def test_a_year_from_the_last_day_of_a_leap_february_ends_on_the_first_of_march(auditor):
    found = {each["id"]: each["on"] for each in deadlines(auditor.register, "2024-02-29")}
    assert found["deemed-liquidation"] == "2025-03-01"
