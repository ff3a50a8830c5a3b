"""Whole entries with their arithmetic, composed from published rates, minimums and maximums."""

from __future__ import annotations

import json
import re

import pytest

from detente.entry.answer import answer_entry
from detente.entry.reading import of_file, of_lines
from detente.entry.summary import of_object, of_rows
from detente.goods.schedule import Schedule
from detente.register.book import Register


@pytest.fixture(scope="module")
def over():
    return Register.load(None), Schedule()


def worked(over, lines, **header):
    return answer_entry(*over, of_object({**header, "lines": lines}), "2026-10-09")


def line(code, origin, value, **more):
    return {"code": code, "origin": origin, "value": value, "adcvd": "none", **more}


def test_a_battery_by_vessel_owes_duty_and_both_fees_to_the_cent(over):
    found = worked(
        over, [line("8507.60.00.10", "CN", "10000")],
        entry_type="01", entry_date="2025-11-12", mode="ocean",
    )  # fmt: skip
    # 3.4% + 25% + 10% + 10% of 10,000 = 4,840.00; 0.3464% = 34.64 (33.58 to 651.50 in fiscal year
    # 2026); 0.125% = 12.50.
    assert found["totals"]["duty"] == "4840.00"
    assert found["fees"]["mpf"]["amount"] == "34.64"
    assert found["fees"]["hmf"]["amount"] == "12.50"
    assert (found["fees"]["mpf"]["rate"], found["fees"]["hmf"]["rate"]) == ("0.003464", "0.00125")
    assert found["totals"]["fees"] == "47.14"
    assert found["totals"]["owed"] == "4887.14"
    headings = {each["heading"]: each["duty"] for each in found["lines"][0]["headings"]}
    assert headings == {
        "9903.91.01": "2500.00",
        "9903.01.24": "1000.00",
        "9903.01.25": "1000.00",
        "8507.60.00.10": "340.00",
    }


def test_the_processing_fee_stops_at_the_maximum_of_its_fiscal_year(over):
    lines = [line("9403.60.80.81", "CN", "100000"), line("9403.60.80.81", "VN", "60000")]
    found = worked(over, lines, entry_type="01", entry_date="2019-07-01", mode="10")
    # 25% of 100,000 under list 3, furniture is free in column 1; 346.40 + 207.84 = 554.24, above
    # 508.70, the maximum of fiscal year 2019; 0.125% of 160,000 = 200.00.
    assert found["totals"]["duty"] == "25000.00"
    assert found["fees"]["mpf"]["raw"] == "554.24"
    assert found["fees"]["mpf"]["amount"] == "508.70"
    assert found["totals"]["owed"] == "25708.70"


def test_the_processing_fee_starts_at_the_minimum_of_the_entry_and_not_of_a_line(over):
    lines = [line("9018.31.00.80", "DE", "1000"), line("9018.31.00.80", "DE", "2000")]
    found = worked(over, lines, entry_type="01", entry_date="2023-03-01", mode="air")
    # 3.46 + 6.93 = 10.39, below 29.66, the minimum of fiscal year 2023; no harbor fee by air.
    assert found["fees"]["mpf"]["raw"] == "10.39"
    assert found["totals"]["owed"] == "29.66"
    assert found["fees"]["hmf"]["amount"] == "0.00"


def test_a_line_under_an_agreement_is_outside_the_processing_fee_and_inside_the_harbor_fee(over):
    lines = [
        line("8708.99.81.80", "KR", "40000", facts={"preference": "KR", "auto_part": "false"}),
        line("9018.31.00.80", "DE", "20000"),
    ]
    found = worked(over, lines, entry_type="01", entry_date="2024-02-01", mode="ocean")
    # 0.3464% of 20,000 alone = 69.28; 0.125% of 60,000 = 75.00; both lines are free.
    assert found["fees"]["mpf"]["amount"] == "69.28"
    assert found["lines"][0]["fees"]["mpf"]["exempt"]
    assert found["totals"]["owed"] == "144.28"


def test_an_entry_of_exempt_lines_alone_owes_no_minimum(over):
    lines = [line("8537.10.91.70", "MX", "20000", facts={"usmca": "true"})]
    found = worked(over, lines, entry_type="01", entry_date="2023-03-01", mode="truck")
    assert found["fees"]["mpf"]["amount"] == "0.00"
    assert found["totals"]["owed"] == "0.00"


def test_the_day_of_immediate_transportation_decides_the_rates_and_not_the_fees(over):
    entry = {"entry_type": "01", "entry_date": "2025-11-12", "mode": "ocean"}
    goods = [line("8507.60.00.10", "CN", "10000")]
    found = worked(over, goods, **entry, it_date="2025-11-08")
    # The fentanyl duty was 20% on 8 November and 10% from 10 November 2025: 4,840 + 1,000.
    assert found["totals"]["duty"] == "5840.00"
    assert found["lines"][0]["on"] == "2025-11-08"
    assert found["fees"]["mpf"]["fiscal_year"] == "2026"


def test_privileged_foreign_status_keeps_the_rates_of_its_day(over):
    zone = {"zone_status": "privileged", "admission_date": "2025-11-08"}
    lines = [
        line("8507.60.00.10", "CN", "10000", **zone),
        line("8507.60.00.10", "CN", "10000", zone_status="N"),
        line("8507.60.00.10", "US", "5000", zone_status="domestic"),
    ]
    found = worked(over, lines, entry_type="06", entry_date="2025-11-12", mode="ocean")
    assert [each["duty"] for each in found["lines"]] == ["5840.00", "4840.00", "0.00"]
    # The fee falls on foreign status alone: 34.64 twice; the harbor fee was paid on admission.
    assert found["fees"]["mpf"]["amount"] == "69.28"
    assert found["fees"]["hmf"]["amount"] == "0.00"


def test_a_line_from_a_zone_without_a_status_has_the_rates_of_entry_and_asks_for_it(over):
    lines = [line("8507.60.00.10", "CN", "10000")]
    found = worked(over, lines, entry_type="06", entry_date="2025-11-12", mode="ocean")
    # 48.4% on the day of entry; privileged on an earlier day it might be more.
    assert found["lines"][0]["duty"] == "4840.00"
    assert found["status"] == "open"
    assert any("privileged, nonprivileged or domestic" in each["why"] for each in found["missing"])


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ({"entry_type": "31", "entry_date": "2025-11-08", "withdrawal_date": "2025-11-12"}, 12),
        ({"entry_type": "31", "entry_date": "2025-11-08"}, 8),
        ({"entry_type": "02", "entry_date": "2025-11-12", "it_date": "2025-11-08"}, 12),
    ],
)
def test_a_withdrawal_has_the_rates_of_its_day_and_goods_under_a_quota_those_of_entry(
    over, entry, day
):
    found = worked(over, [line("8507.60.00.10", "CN", "10000")], **entry, mode="ocean")
    # The fentanyl duty was 20% until 9 November 2025 and 10% from the 10th: 58.4% and 48.4%.
    assert found["lines"][0]["on"] == f"2025-11-{day:02}"
    assert found["lines"][0]["duty"] == {8: "5840.00", 12: "4840.00"}[day]


def test_privileged_status_without_its_day_has_no_duty_and_no_zero(over):
    lines = [line("8507.60.00.10", "CN", "10000", zone_status="P")]
    found = worked(over, lines, entry_type="06", entry_date="2025-11-12", mode="ocean")
    assert found["totals"]["duty"] is None
    assert found["totals"]["owed"] is None
    assert "admission_date" in found["missing"][0]["why"]


def test_entered_value_is_rounded_to_whole_dollars_and_says_so(over):
    found = worked(
        over, [line("8507.60.00.10", "CN", "10000.50")],
        entry_type="01", entry_date="2025-11-12", mode="ocean",
    )  # fmt: skip
    # 48.4% of 10,001: 340.03 + 2,500.25 + 1,000.10 + 1,000.10 = 4,840.48.
    assert found["lines"][0]["entered_value"] == "10001"
    assert found["totals"]["duty"] == "4840.48"
    assert "rounded on line 1" in found["notes"][0]


def test_a_possible_order_leaves_the_total_open_until_the_filer_answers(over):
    nails = {"code": "7317.00.55.02", "origin": "CN", "value": "10000"}
    header = {"entry_type": "03", "entry_date": "2023-03-01", "mode": "ocean"}
    found = worked(over, [nails], **header)
    assert found["status"] == "open"
    assert found["totals"]["adcvd"] is None
    assert found["totals"]["owed"] is None
    cases = {each["case"]: each for each in found["adcvd"]}
    assert cases["A-570-909"]["state"] == "possible"
    assert cases["A-570-909"]["url"].startswith("https://www.federalregister.gov/d/")
    answered = {**nails, "adcvd": "A570909000", "adcvd_rate": "118.04%"}
    found = worked(over, [answered], **header)
    # 118.04% of 10,000.
    assert found["totals"]["adcvd"] == "11804.00"
    assert found["totals"]["owed"] is not None


def test_a_type_that_declares_no_case_counts_none_and_still_names_the_order(over):
    nails = {"code": "7317.00.55.02", "origin": "CN", "value": "10000"}
    found = worked(over, [nails], entry_type="01", entry_date="2023-03-01", mode="ocean")
    assert found["totals"]["adcvd"] == "0.00"
    assert found["adcvd"][0]["state"] == "not_declared"
    assert found["status"] == "open"


def test_internal_revenue_tax_is_named_and_never_zero(over):
    rum = line("2208.40.60.00", "JM", "10000", quantities={"pf.liters": "2000"})
    header = {"entry_type": "01", "entry_date": "2023-03-01", "mode": "ocean"}
    found = worked(over, [rum], **header)
    assert found["taxes"][0]["amount"] is None
    assert found["totals"]["taxes"] is None
    found = worked(over, [{**rum, "tax": "7132.50"}], **header)
    assert found["totals"]["taxes"] == "7132.50"


def test_the_cotton_fee_is_named_for_the_lines_it_may_touch(over):
    shirts = line("6109.10.00.12", "VN", "10000")
    header = {"entry_type": "01", "entry_date": "2023-03-01", "mode": "ocean"}
    found = worked(over, [shirts], **header)
    assert found["fees"]["cotton_fee"]["amount"] is None
    assert found["totals"]["fees"] is None
    found = worked(over, [{**shirts, "cotton_fee": "12.34"}], **header)
    # 34.64 + 12.50 + 12.34.
    assert found["totals"]["fees"] == "59.48"


def test_an_informal_entry_owes_one_amount(over):
    found = worked(
        over, [line("9018.31.00.80", "DE", "2000")],
        entry_type="11", entry_date="2024-03-01", mode="air",
    )  # fmt: skip
    # 2.00 x 614.35 / 485 = 2.53 in fiscal year 2024.
    assert found["fees"]["mpf"]["amount"] == "2.53"
    assert found["totals"]["owed"] == "2.53"


def test_a_harbor_fee_of_three_dollars_that_stands_alone_is_not_collected(over):
    goods = line("8537.10.91.70", "MX", "2400", facts={"usmca": "true"})
    found = worked(over, [goods], entry_type="01", entry_date="2023-03-01", mode="ocean")
    # 0.125% of 2,400 = 3.00.
    assert found["fees"]["hmf"]["raw"] == "3.00"
    assert found["totals"]["owed"] == "0.00"


def test_a_product_of_a_least_developed_country_is_exempt_once_that_is_confirmed(over):
    goods = line("9503.00.00.73", "KH", "20000")
    header = {"entry_type": "01", "entry_date": "2023-03-01", "mode": "air"}
    found = worked(over, [goods], **header)
    # 0.3464% of 20,000 = 69.28 without the exemption.
    assert found["fees"]["mpf"]["amount"] == "0.00"
    assert found["fees"]["mpf"]["if_not_exempt"] == "69.28"
    assert any(each["what"] == "mpf" for each in found["missing"])
    found = worked(over, [{**goods, "mpf_exempt": "false"}], **header)
    assert found["fees"]["mpf"]["amount"] == "69.28"


def test_fees_of_a_year_that_is_not_held_are_not_known(over):
    found = worked(
        over, [line("9018.31.00.80", "DE", "2000")],
        entry_type="01", entry_date="2017-06-01", mode="air",
    )  # fmt: skip
    assert found["fees"]["mpf"]["amount"] is None
    assert found["totals"]["owed"] is None
    assert found["status"] != "ok"


def test_a_settled_entry_is_ok(over):
    found = worked(
        over, [line("9018.31.00.80", "DE", "2000")],
        entry_type="01", entry_date="2023-03-01", mode="air",
    )  # fmt: skip
    assert found["status"] == "ok", (found["missing"], found["coverage"])


def test_metal_content_is_filed_on_a_line_of_its_own_and_both_add_up(over):
    screws = line("7318.15.20.10", "VN", "10001", facts={"steel_value": "40%"})
    found = worked(over, [screws], entry_type="01", entry_date="2025-12-10", mode="ocean")
    (only,) = found["lines"]
    # 40% of 10,001 is 4,000.40, filed as 4,000: 50% = 2,000.00; 20% of the other 6,001 = 1,200.20.
    assert only["split"] == [
        {"part": "steel_value", "entered_value": "4000", "duty": "2000.00"},
        {"part": "rest", "entered_value": "6001", "duty": "1200.20"},
    ]
    filed = [(each["part"], each["heading"], each["duty"]) for each in only["headings"]]
    assert filed == [
        ("steel_value", "9903.01.33", "0.00"),
        ("steel_value", "9903.81.90", "2000.00"),
        ("steel_value", "7318.15.20.10", "0.00"),
        ("rest", "9903.02.69", "1200.20"),
        ("rest", "7318.15.20.10", "0.00"),
    ]
    assert found["totals"]["duty"] == "3200.20"


def test_content_of_the_united_states_is_filed_on_a_line_of_its_own(over):
    toys = line("9503.00.00.73", "VN", "10000", facts={"us_content": "25%"})
    found = worked(over, [toys], entry_type="01", entry_date="2025-12-10", mode="ocean")
    (only,) = found["lines"]
    # 20% of 7,500; the 2,500 of the United States are free under 9903.01.34.
    assert [each["duty"] for each in only["split"]] == ["0.00", "1500.00"]
    assert ("us_content", "9903.01.34") in [(h["part"], h["heading"]) for h in only["headings"]]


def test_a_measure_that_takes_the_rate_of_entry_leaves_privileged_goods_open(over):
    zone = {"zone_status": "P", "admission_date": "2025-05-01"}
    steel = line("7208.10.15.00", "DE", "10000", **zone)
    found = worked(over, [steel], entry_type="06", entry_date="2025-07-01", mode="ocean")
    # 25% of 10,000 on 1 May 2025, 50% from 4 June 2025.
    assert found["totals"]["duty"] == "2500.00"
    assert found["status"] == "open"
    (open_row,) = [each for each in found["missing"] if each["what"] == "zone"]
    assert "$2,500.00" in open_row["why"]
    assert "$5,000.00" in open_row["why"]


def test_a_warehouse_withdrawal_pays_the_rates_of_its_day(over):
    goods = [line("8507.60.00.10", "CN", "10000")]
    header = {"entry_type": "31", "entry_date": "2025-11-08", "withdrawal_date": "2025-11-12"}
    found = worked(over, goods, **header, mode="ocean")
    assert found["lines"][0]["on"] == "2025-11-12"
    assert found["totals"]["duty"] == "4840.00"


def test_the_command_prints_writes_and_exits_as_it_says(tmp_path, capsys):
    from detente.cli.main import main
    from detente.core.tables.reading import read_table

    target = tmp_path / "worked.csv"
    words = ["entry", "--entry-type", "01", "--entry-date", "2025-11-12", "--mode", "ocean",
             "--line", "code=8507.60.00.10,origin=CN,value=10000,adcvd=none",
             "-o", str(target), "--strict"]  # fmt: skip
    assert main(words) == 3, "whether it is a part of a vehicle is open"
    printed = capsys.readouterr().out
    assert "$4,887.14" in printed
    _, rows = read_table(target)
    amounts = {(row["kind"], row["number"] or row["name"]): row["amount"] for row in rows}
    assert amounts["fee", "499"] == "34.64"
    assert amounts["total", "owed"] == "4887.14"


def test_a_report_of_the_customs_service_is_read_by_its_own_names():
    columns = ["Entry Summary Number", "Entry Type Code", "Entry Date", "Line Number",
               "HTS Number", "Country of Origin", "Line Goods Value", "Importer Name"]  # fmt: skip
    cells = ["ABC12345678", "01", "11/12/2025", "001", "9903.88.03", "CN", "", "Somebody"]
    goods = ["ABC12345678", "01", "11/12/2025", "001", "8507.60.0010", "CN", "10000", "Somebody"]
    rows = [dict(zip(columns, each, strict=True)) for each in (cells, goods)]
    found = of_rows(columns, rows, {})
    assert found.header == {
        "entry_number": "ABC12345678",
        "entry_type": "01",
        "entry_date": "2025-11-12",
    }
    (only,) = found.lines
    assert (only.id, only.code, only.value) == ("001", "8507.60.0010", "10000")
    assert only.stated == ("9903.88.03",)
    assert found.unread == ("Importer Name",)


def test_a_heading_that_is_filed_and_not_worked_out_is_told(over):
    goods = line("8507.60.00.10", "CN", "10000", heading="9903.88.03")
    found = worked(over, [goods], entry_type="01", entry_date="2025-11-12", mode="ocean")
    assert any("9903.88.03" in each for each in found["lines"][0]["as_filed"])


def test_a_workbook_and_a_table_give_the_same_entry(tmp_path):
    import xlsxwriter

    rows = [
        ("entry_type", "entry_date", "mode", "code", "origin", "value"),
        ("01", "2025-11-12", "ocean", "8507.60.00.10", "CN", "10000"),
        ("01", "2025-11-12", "ocean", "9018.31.00.80", "DE", "500"),
    ]
    table, book = tmp_path / "entry.csv", tmp_path / "entry.xlsx"
    table.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    with xlsxwriter.Workbook(book) as written:
        sheet = written.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    assert of_file(table, {}) == of_file(book, {})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"lines": []}, "the entry has no line"),
        ({"entry_typ": "01", "lines": [{}]}, "did you mean entry_type?"),
        ({"lines": [{"code": "1", "origin": "CN"}]}, "line 1, its value is missing"),
        ({"lines": [{"code": "1", "origen": "CN"}]}, "did you mean origin?"),
        ({"entry_type": "21", "lines": [line("9018.31.00.80", "DE", "1")]}, "deposits no duty"),
        ({"mode": "sea", "lines": [line("9018.31.00.80", "DE", "1")]}, "mode 'sea' is not known"),
        (
            {"lines": [line("9018.31.00.80", "DE", "1", zone_status="P")]},
            "zone_status is for an entry from a foreign-trade zone",
        ),
        (
            {"lines": [line("9018.31.00.80", "DE", "1") | {"adcvd": "570"}]},
            "'570' is not a case",
        ),
        ({"entry_date": "soon", "lines": [line("9018.31.00.80", "DE", "1")]}, "is not a day"),
    ],
)
def test_what_cannot_be_understood_is_an_error_that_says_what_to_write(over, given, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        answer_entry(*over, of_object(given), "2026-10-09")


def test_lines_in_words_and_in_json_are_the_same():
    words = of_lines(["code=8507.60.00.10,origin=CN,value=10000"], {})
    text = json.dumps({"code": "8507.60.00.10", "origin": "CN", "value": 10000})
    assert of_lines([text], {}) == words


def test_an_order_says_its_day_its_continuation_and_where_each_is_read(over):
    found = worked(
        over,
        [{"code": "9403.40.90.60", "origin": "CN", "value": "1000"}],
        entry_type="03", entry_date="2026-08-03", mode="ocean",
    )  # fmt: skip
    (cabinets,) = [row for row in found["adcvd"] if row["case"] == "A-570-106"]
    # The notices 2020-08544 of 21 April 2020 and 2025-17986 of 17 September 2025.
    assert (cabinets["ordered_on"], cabinets["continued_on"]) == ("2020-04-21", "2025-09-17")
    assert cabinets["ordered_url"].endswith("/2020-08544")
    assert cabinets["ordered_grade"] == "secondary"
    assert cabinets["revoked_on"] is None


def test_an_order_of_before_the_numbers_of_notices_says_its_day_and_how_well_it_is_known(over):
    found = worked(
        over,
        [
            {"code": "3406.00.00.00", "origin": "CN", "value": "1000"},
            {"code": "0703.20.00.10", "origin": "CN", "value": "1000"},
        ],
        entry_type="03", entry_date="2026-08-03", mode="ocean",
    )  # fmt: skip
    days = {row["case"]: row for row in found["adcvd"]}
    # 51 FR 30686 of 28 August 1986, which 71 FR 59075 cites; continued on 29 October 2021.
    candles = days["A-570-504"]
    assert (candles["ordered_on"], candles["ordered_grade"]) == ("1986-08-28", "primary")
    assert (candles["ordered_url"], candles["continued_on"]) == (None, "2021-10-29")
    # Of 16 November 1994, by the table of 2020; continued on 24 May 2023, by a title.
    garlic = days["A-570-831"]
    assert (garlic["ordered_on"], garlic["ordered_grade"]) == ("1994-11-16", "secondary")
    assert garlic["continued_on"] == "2023-05-24"


def test_six_lines_of_six_origins_come_to_what_was_added_up_by_hand(over):
    facts = {"civil_aircraft": "false"}
    found = worked(
        over,
        [
            line("8541.43.00.10", "CN", "10000", facts={"cspv": "true"}),
            line("3926.90.99.10", "DE", "7333.50", facts={**facts, "loaded_on": "2026-07-30"}),
            line("9401.61.40.11", "VN", "12345"),
            line("7326.90.86.88", "IN", "2001", facts=facts),
            line("6109.10.00.12", "BD", "999.49", cotton_fee="1.34"),
            line("8544.30.00.00", "MX", "5000",
                 facts={**facts, "usmca": "true", "auto_part": "true"}),
        ],
        entry_type="01", entry_date="2026-08-03", mode="ocean",
    )  # fmt: skip
    # 50% + 12.5% of 10,000; 5.3% + 4.7% of 7,334; 25% of 12,345; 2.9% + 50% of 2,001; 16.5% + 10%
    # of 999, 164.835 half up; nothing.
    duties = ["6250.00", "733.40", "3086.25", "1058.53", "264.74", "0.00"]
    assert [each["duty"] for each in found["lines"]] == duties
    # 0.3464% by line: 34.64 + 25.40 + 42.76 + 6.93 + 3.46; the line of the agreement owes none.
    assert found["fees"]["mpf"]["amount"] == "113.19"
    assert found["fees"]["hmf"]["amount"] == "47.10"  # 0.125% of 37,679
    assert found["totals"]["entered_value"] == "37679"
    assert found["totals"]["duty"] == "11392.92"
    assert found["totals"]["owed"] == "11554.55"  # with 1.34 of cotton fee


@pytest.mark.parametrize(
    ("admitted", "entered", "asked"),
    [
        ("2025-06-03", "2025-06-03", 0),
        ("2025-06-03", "2025-06-04", 1),  # the rule begins between the two days
        ("2025-06-03", "2025-06-05", 1),
        ("2025-06-04", "2025-06-05", 0),
    ],
)
def test_a_rate_of_entry_is_open_where_its_rule_began_after_admission_and_by_entry(
    over, admitted, entered, asked
):
    steel = line("7208.10.15.00", "DE", "10000", zone_status="P", admission_date=admitted)
    found = worked(over, [steel], entry_type="06", entry_date=entered, mode="ocean")
    assert [each["what"] for each in found["missing"]].count("zone") == asked


def test_a_rule_of_a_measure_that_charges_other_goods_leaves_nothing_open(over):
    toys = line("9503.00.00.73", "DE", "10000", zone_status="P", admission_date="2025-05-01")
    found = worked(over, [toys], entry_type="06", entry_date="2025-07-01", mode="ocean")
    assert "zone" not in [each["what"] for each in found["missing"]]
