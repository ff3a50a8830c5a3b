"""Write entries.csv: declared entries, right ones and ones with one seeded error of each kind.

Every entry is set down by hand with what it owes as a sum; nothing here asks the engine. A line is
``heading rate`` with the amount that the rate gives on the value, or ``heading rate = amount``.

    python tests/audit/make.py
"""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).with_name("entries.csv")
CENT = Decimal("0.01")


class Entry(NamedTuple):
    """One entry: goods, what is declared, what is owed and why."""

    id: str
    goods: str
    lines: tuple[str, ...]
    owed: str
    status: str = "agrees"
    reasons: str = ""
    facts: str = ""
    refundable: str = "0"


BATTERY = "8507.60.00.10 CN {} 10000"
TOY = "9503.00.00.73 CN {} 10000"
TOASTER = "8516.72.00.00 CN {} 10000"
TOASTER_OF = "8516.72.00.00 {} {} 10000"

RIGHT = (
    Entry("right-battery", BATTERY.format("2025-11-12"),
          ("9903.91.01 25%", "9903.01.24 10%", "9903.01.25 10%", "8507.60.00.10 3.4%"),
          "2500 + 1000 + 1000 + 340", refundable="1000 + 1000"),
    Entry("right-toaster-total", TOASTER.format("2025-11-12"), ("total 25.3%",),
          "530 + 1000 + 1000", refundable="1000 + 1000"),
    Entry("right-rate-of-total-alone", TOASTER.format("2025-04-13"), ("total 150.3% = none",),
          "530 + 2000 + 12500", refundable="2000 + 12500"),
    Entry("right-steel-listed", "7208.10.15.00 CN 2026-04-06 10000",
          ("9903.91.01;9903.03.06;9903.82.02;7208.10.15.00 75%",), "2500 + 5000"),
    Entry("right-aluminum-2025", "7601.10.30.00 CN 2025-03-20 10000",
          ("9903.91.01 25%", "9903.01.24 20%", "9903.85.02 25%", "7601.10.30.00 2.6%"),
          "2500 + 2000 + 2500 + 260", refundable="2000"),
    # 50% of 800 of aluminum, 10% of the other 200.
    Entry("right-aluminum-content", "7601.10.30.00 CN 2025-06-04 1000",
          ("9903.91.01 25%", "9903.01.24 20%", "9903.01.33 Free", "9903.01.25 10% = 20.00",
           "9903.85.02 50% = 400.00", "7601.10.30.00 2.6%"),
          "250 + 200 + 20 + 400 + 26", facts="aluminum_value=800", refundable="200 + 20"),
    Entry("right-in-transit", "9506.62.40.40 CN 2025-04-06 10000",
          ("9903.88.15 7.5%", "9903.01.24 20%", "9903.01.28 Free", "9506.62.40.40 Free"),
          "750 + 2000", facts="loaded_on=2025-04-04", refundable="2000"),
    Entry("right-loaded-in-april", TOY.format("2025-04-20"),
          ("9903.01.24 20%", "9903.01.25 10%"), "2000 + 1000",
          facts="loaded_on=2025-04-09", refundable="2000 + 1000"),
    # The cap of 15 lifts 5.3 by 9.7.
    Entry("right-cap", "8516.72.00.00 DE 2025-09-01 10000",
          ("9903.02.20 9.7%", "8516.72.00.00 5.3%"), "970 + 530", refundable="970"),
    Entry("right-cap-written-whole", "8516.72.00.00 DE 2025-09-01 10000",
          ("9903.02.20 15% = 970.00", "8516.72.00.00 5.3%"), "970 + 530", refundable="970"),
    Entry("right-cap-reached", "6110.11.00.30 DE 2025-09-01 10000",
          ("9903.02.19 Free", "6110.11.00.30 16%"), "1600"),
    # 1.4 cents on 20,000 kg.
    Entry("right-specific", "1006.30.90.57 TH 2025-06-10 10000",
          ("9903.01.25 10%", "1006.30.90.57 1.4¢/kg = 280.00"), "1000 + 280",
          facts="quantity=20000 kg", refundable="1000"),
    Entry("right-specific-total", "1006.30.90.57 TH 2025-06-10 10000", ("total = 1280.00",),
          "1000 + 280", facts="quantity=20000 kg", refundable="1000"),
    Entry("right-hong-kong", "9503.00.00.73 HK 2025-11-12 10000",
          ("9903.01.24 10%", "9903.01.25 10%"), "1000 + 1000", refundable="1000 + 1000"),
    Entry("right-macau", "9503.00.00.73 MO 2025-11-12 10000", ("9903.01.25 10%",), "1000",
          refundable="1000"),
    # A third of 1000.01 is 333.34; 10% of the other 666.67.
    Entry("right-us-content", "9503.00.00.73 CN 2025-06-02 1000.01",
          ("9903.01.24 20%", "9903.01.34 10% = 66.67"), "200.00 + 66.67",
          facts="us_content=1/3", refundable="200.00 + 66.67"),
    Entry("right-number-excluded", "0304.72.50.00 CN 2026-01-05 10000",
          ("9903.88.69 Free", "9903.01.24 10%", "9903.01.25 10%"), "1000 + 1000",
          refundable="1000 + 1000"),
    Entry("right-described-exclusion", "2805.11.00.00 CN 2026-10-01 10000",
          ("9903.88.69 Free", "9903.05.31 12.5%", "2805.11.00.00 5.3%"), "1250 + 530",
          facts="exclusion=true"),
    Entry("right-section-122", TOY.format("2026-03-01"), ("9903.03.01 10%",), "1000"),
    Entry("right-forced-labor", TOY.format("2026-08-03"), ("9903.05.31 12.5%",), "1250"),
    Entry("right-processor", "8542.31.00.45 CN 2026-03-02 10000",
          ("9903.91.05 50%", "9903.03.03 Free", "8542.31.00.45 Free"), "5000"),
    Entry("right-car-part", BATTERY.format("2025-12-10"),
          ("9903.91.01 25%", "9903.01.24 10%", "9903.01.33 Free", "9903.94.05 25%",
           "8507.60.00.10 3.4%"),
          "2500 + 1000 + 2500 + 340", facts="auto_part=true", refundable="1000"),
    Entry("right-usmca", "9503.00.00.73 CA 2025-05-01 10000",
          ("9903.01.14 Free", "9903.01.26 Free"), "0", facts="usmca=true"),
    # 50% of 4000 of steel, 10% of the other 6000.
    Entry("right-refrigerator", "8418.10.00.10 CN 2025-06-23 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "9903.01.25 10% = 600.00", "9903.01.33",
           "9903.81.91 50% = 2000.00"),
          "2500 + 2000 + 600 + 2000", facts="steel_value=40%", refundable="2000 + 600"),
    Entry("right-loader", "8429.51.10.15 JP 2026-06-08 10000",
          ("9903.03.06 Free", "9903.82.22 15%"), "1500"),
    Entry("right-car", "8703.23.01.40 KR 2025-11-20 10000",
          ("9903.01.33 Free", "9903.94.61 12.5%", "8703.23.01.40 2.5%"), "1250 + 250"),
    # 10% of 333.35 is 33.335: a cent may go either way.
    Entry("right-but-for-a-cent", "9503.00.00.73 CN 2026-03-01 333.35",
          ("9903.03.01 10% = 33.33",), "33.34", reasons="rounding"),
    Entry("right-with-fee", TOY.format("2026-03-01"), ("9903.03.01 10%", "499 = 34.64"), "1000"),
)  # fmt: skip

WRONG = (
    Entry("fentanyl-rate-of-the-day-before", BATTERY.format("2025-11-12"),
          ("9903.91.01 25%", "9903.01.24 20%", "9903.01.25 10%", "8507.60.00.10 3.4%"),
          "2500 + 1000 + 1000 + 340", "over", "another_day", refundable="1000 + 1000"),
    Entry("reciprocal-of-april", TOY.format("2025-05-14"),
          ("9903.01.24 20%", "9903.01.63 125%"), "2000 + 1000", "over", "another_day",
          refundable="2000 + 1000"),
    Entry("total-of-the-day-before", TOASTER.format("2025-11-12"), ("total 35.3%",),
          "530 + 1000 + 1000", "over", "another_day", refundable="1000 + 1000"),
    Entry("amount-alone-of-the-day-before", TOASTER.format("2025-11-12"), ("total = 3530.00",),
          "530 + 1000 + 1000", "over", "another_day", refundable="1000 + 1000"),
    Entry("battery-rate-too-early", "8507.60.00.20 CN 2025-12-28 10000",
          ("9903.91.06 25%", "9903.01.24 10%", "9903.01.25 10%", "8507.60.00.20 3.4%"),
          "750 + 1000 + 1000 + 340", "over", "before_start;another_day", refundable="1000 + 1000"),
    Entry("fentanyl-under-its-first-heading", TOY.format("2025-03-10"),
          ("9903.01.20 10%",), "2000", "under", "another_day", refundable="1000"),
    Entry("steel-rate-of-may", "7208.10.15.00 CN 2025-06-10 10000",
          ("9903.91.01 25%", "9903.01.24 20%", "9903.01.33 Free", "9903.81.87 25%"),
          "2500 + 2000 + 5000", "under", "another_day", refundable="2000"),
    Entry("reciprocal-beside-aluminum", "7601.10.30.00 CN 2025-05-20 10000",
          ("9903.91.01 25%", "9903.01.24 20%", "9903.01.25 10%", "9903.85.02 25%",
           "7601.10.30.00 2.6%"),
          "2500 + 2000 + 2500 + 260", "over", "gave_way", refundable="2000"),
    Entry("surcharge-beside-steel", "7208.10.15.00 CN 2026-04-20 10000",
          ("9903.91.01 25%", "9903.03.01 10%", "9903.82.02 50%"), "2500 + 5000", "over",
          "gave_way"),
    Entry("forced-labor-beside-steel", "7208.10.15.00 CN 2026-08-20 10000",
          ("9903.91.01;9903.05.31;9903.82.02 87.5%",), "2500 + 5000", "over", "gave_way"),
    Entry("forced-labor-beside-steel-total", "7208.10.15.00 CN 2026-08-20 10000",
          ("total 87.5%",), "2500 + 5000", "over", "gave_way"),
    Entry("fentanyl-left-out", TOY.format("2025-12-10"), ("9903.01.25 10%",), "1000 + 1000",
          "under", "missing_layer", refundable="1000"),
    Entry("china-301-left-out-total", BATTERY.format("2025-12-10"), ("total 23.4%",),
          "2500 + 1000 + 1000 + 340", "under", "missing_layer", refundable=""),
    Entry("steel-left-out", "7208.10.15.00 DE 2025-05-20 10000", ("9903.01.33 Free",), "2500",
          "under", "missing_layer"),
    Entry("fentanyl-after-its-end", TOY.format("2026-03-20"),
          ("9903.01.24 10%", "9903.03.01 10%"), "1000", "over", "after_end"),
    Entry("surcharge-after-its-end", TOY.format("2026-08-20"), ("9903.03.01 10%",), "1250",
          "under", "missing_layer;after_end"),
    Entry("surcharge-on-its-last-morning", TOY.format("2026-07-24"),
          ("9903.03.01 10%", "9903.05.31 12.5%"), "1250", "over", "after_end"),
    Entry("emergency-duties-after-their-end-total", TOY.format("2026-03-20"), ("total 30%",),
          "1000", "over", "after_end"),
    Entry("steel-heading-after-its-end", "7208.10.15.00 CN 2026-05-20 10000",
          ("9903.91.01 25%", "9903.03.06 Free", "9903.81.87 50%"), "2500 + 5000", "agrees",
          "after_end"),
    Entry("surcharge-before-its-start", TOY.format("2026-02-02"),
          ("9903.01.24 10%", "9903.01.25 10%", "9903.03.01 10%"), "1000 + 1000", "over",
          "before_start", refundable="1000 + 1000"),
    Entry("cancelled-list", TOY.format("2020-03-02"), ("9903.88.16 15%",), "0", "over",
          "suspended"),
    Entry("exclusion-after-its-end", "2805.11.00.00 CN 2026-12-20 10000",
          ("9903.88.69 Free", "9903.05.31 12.5%", "2805.11.00.00 5.3%"), "2500 + 1250 + 530",
          "under", "exemption_expired", facts="exclusion=true"),
    Entry("in-transit-after-its-end", TOY.format("2025-06-20"),
          ("9903.01.24 20%", "9903.01.28 Free"), "2000 + 1000", "under", "exemption_expired",
          facts="loaded_on=2025-04-04", refundable="2000"),
    Entry("excluded-number-not-claimed", "0304.72.50.00 CN 2026-01-05 10000",
          ("9903.88.03 25%", "9903.01.24 10%", "9903.01.25 10%"), "1000 + 1000", "over",
          "exemption_not_claimed", refundable="1000 + 1000"),
    Entry("excluded-number-not-claimed-total", "0304.72.50.00 CN 2026-01-05 10000",
          ("total 45%",), "1000 + 1000", "over", "exemption_not_claimed",
          refundable="1000 + 1000"),
    Entry("annex-ii-not-claimed", "7202.11.10.00 CN 2025-06-10 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "9903.01.25 10%", "7202.11.10.00 1.4%"),
          "2500 + 2000 + 140", "over", "exemption_not_claimed", refundable="2000"),
    Entry("battery-on-the-old-list", "8507.60.00.20 CN 2026-02-02 10000",
          ("9903.88.15 7.5%", "9903.01.24 10%", "9903.01.25 10%", "8507.60.00.20 3.4%"),
          "2500 + 1000 + 1000 + 340", "under", "wrong_list", refundable="1000 + 1000"),
    Entry("list-1-for-list-3", "9403.60.80.40 CN 2025-12-10 10000",
          ("9903.88.01 25%", "9903.01.24 10%", "9903.01.25 10%"), "2500 + 1000 + 1000",
          "agrees", "wrong_list", refundable="1000 + 1000"),
    Entry("fentanyl-of-macau", "9503.00.00.73 MO 2025-12-10 10000",
          ("9903.01.24 10%", "9903.01.25 10%"), "1000", "over", "other_origin",
          refundable="1000"),
    Entry("china-301-of-hong-kong", "8507.60.00.10 HK 2025-12-10 10000",
          ("9903.91.01 25%", "9903.01.24 10%", "9903.01.25 10%", "8507.60.00.10 3.4%"),
          "1000 + 1000 + 340", "over", "other_origin", refundable="1000 + 1000"),
    Entry("china-301-of-hong-kong-total", "8507.60.00.10 HK 2025-12-10 10000",
          ("total 48.4%",), "1000 + 1000 + 340", "over", "other_origin",
          refundable="1000 + 1000"),
    Entry("forced-labor-of-macau", "9503.00.00.73 MO 2026-08-20 10000", ("9903.05.31 12.5%",),
          "0", "over", "other_origin"),
    Entry("ordinary-duty-at-another-rate", TOASTER.format("2026-05-20"),
          ("9903.03.01 10%", "8516.72.00.00 3.5%"), "1000 + 530", "under", "column_1"),
    Entry("ordinary-duty-left-out", TOASTER.format("2026-05-20"), ("9903.03.01 10%",),
          "1000 + 530", "under", "column_1"),
    Entry("ordinary-specific-duty-wrong", "1006.30.90.57 TH 2025-06-20 10000",
          ("9903.01.25 10%", "1006.30.90.57 0.7¢/kg = 140.00"), "1000 + 280", "under",
          "column_1", facts="quantity=20000 kg", refundable="1000"),
    # 25% of 10000 is 2500.
    Entry("transposed-digits", BATTERY.format("2026-05-20"),
          ("9903.91.06 25% = 2050.00", "9903.03.01 10%", "8507.60.00.10 3.4%"),
          "2500 + 1000 + 340", "under", "arithmetic"),
    Entry("transposed-digits-total", TOASTER.format("2026-05-20"), ("total 15.3% = 1503.00",),
          "1000 + 530", "under", "arithmetic"),
    Entry("heading-twice", TOY.format("2026-05-20"), ("9903.03.01 10%", "9903.03.01 10%"),
          "1000", "over", "declared_twice"),
    Entry("rate-of-nowhere", "9403.60.80.40 CN 2026-05-20 10000",
          ("9903.88.03 30%", "9903.03.01 10%"), "2500 + 1000", "over", "wrong_rate"),
    # The reciprocal 10% falls on 200, not on 1000.
    Entry("reciprocal-on-the-metal-too", "7601.10.30.00 CN 2025-06-20 1000",
          ("9903.91.01 25%", "9903.01.24 20%", "9903.01.33 Free", "9903.01.25 10% = 100.00",
           "9903.85.02 50% = 400.00", "7601.10.30.00 2.6%"),
          "250 + 200 + 20 + 400 + 26", "over", "content_overlap",
          facts="aluminum_value=800", refundable="200 + 20"),
    Entry("reciprocal-on-the-metal-too-total", "7601.10.30.00 CN 2025-06-20 1000",
          ("total 97.6%",), "250 + 200 + 20 + 400 + 26", "over", "content_overlap",
          facts="aluminum_value=800", refundable="200 + 20"),
    # 50% of the whole 1000, not of the copper of 400.
    Entry("copper-content-after-april", "7411.10.10.30 CN 2026-05-20 1000",
          ("9903.88.03 25%", "9903.03.06 Free", "9903.82.02 50% = 200.00",
           "7411.10.10.30 1.5%"),
          "250 + 500 + 15", "under", "content_not_whole", facts="copper_value=400"),
    Entry("copper-content-after-april-not-stated", "7411.10.10.30 CN 2026-05-20 1000",
          ("9903.88.03 25%", "9903.03.06 Free", "9903.82.02 50% = 200.00",
           "7411.10.10.30 1.5%"),
          "250 + 500 + 15", "under", "content_not_whole"),
    # 50% of the steel of 4000, not of 10000.
    Entry("steel-duty-on-the-whole", "8418.10.00.10 CN 2025-07-20 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "9903.01.25 10% = 600.00", "9903.01.33",
           "9903.81.91 50%"),
          "2500 + 2000 + 600 + 2000", "over", "whole_not_content", facts="steel_value=40%",
          refundable="2000 + 600"),
    # Half of 7000: neither of the content of 4000 nor of the whole.
    Entry("steel-duty-on-neither", "8418.10.00.10 CN 2025-07-20 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "9903.01.25 10% = 600.00", "9903.01.33",
           "9903.81.91 50% = 3500.00"),
          "2500 + 2000 + 600 + 2000", "over", "arithmetic", facts="steel_value=40%",
          refundable="2000 + 600"),
    # 50% of 10000 and not of the 6000 of steel; 10% on the other 4000.
    Entry("steel-content-on-the-whole-total", "7318.15.20.55 CN 2025-08-20 10000",
          ("9903.88.03;9903.81.90;9903.01.24;9903.01.25;9903.01.33 99%",),
          "2500 + 2000 + 3000 + 400", "over", "whole_not_content", facts="steel_value=6000",
          refundable="2000 + 400"),
    Entry("overlap-beside-a-heading-left-out", "7318.15.20.55 CN 2025-08-20 10000",
          ("9903.88.03;9903.81.90;9903.01.24;9903.01.25 = 8500.00",),
          "2500 + 2000 + 3000 + 400", "over", "content_overlap;missing_heading",
          facts="steel_value=6000", refundable="2000 + 400"),
    # 15% with the 5.3% of column 1 in it: 9.7% beside it.
    Entry("cap-on-top", TOASTER_OF.format("DE", "2025-09-01"),
          ("9903.02.20 15%", "8516.72.00.00 5.3%"), "970 + 530", "over", "cap_on_top",
          refundable="970"),
    Entry("cap-on-top-total", TOASTER_OF.format("DE", "2025-09-01"), ("total 20.3%",),
          "970 + 530", "over", "cap_on_top", refundable="970"),
    Entry("cap-on-top-without-rates", TOASTER_OF.format("DE", "2025-09-01"),
          ("9903.02.20 = 1500.00", "8516.72.00.00 = 530.00"), "970 + 530", "over", "cap_on_top",
          refundable="970"),
    # 12.5% with the 5.3% of column 1 in it: 7.2% beside it.
    Entry("cap-of-japan-on-top", TOASTER_OF.format("JP", "2026-08-20"),
          ("9903.05.49 12.5%", "8516.72.00.00 5.3%"), "720 + 530", "over", "cap_on_top"),
    Entry("cap-on-a-car-on-top", "8703.23.01.40 DE 2025-11-20 10000",
          ("9903.01.33 Free", "9903.94.51 15%", "8703.23.01.40 2.5%"), "1250 + 250", "over",
          "cap_on_top"),
    Entry("ordinary-duty-left-out-total", TOASTER.format("2025-11-12"), ("total = 2000.00",),
          "530 + 1000 + 1000", "under", "column_1", refundable=""),
    Entry("nothing-paid", BATTERY.format("2025-11-12"), ("total = 0.00",),
          "2500 + 1000 + 1000 + 340", "under", "missing_layer"),
    Entry("ordinary-duty-alone", BATTERY.format("2025-11-12"), ("total 3.4%",),
          "2500 + 1000 + 1000 + 340", "under", "missing_layer", refundable=""),
    # Below a fifth the US content changes nothing: 10% of 10000, not of 8500.
    Entry("us-content-too-small", TOY.format("2025-06-20"),
          ("9903.01.24 20%", "9903.01.34 10% = 850.00"), "2000 + 1000", "under", "us_content",
          facts="us_content=15%", refundable="2000 + 850"),
    # 10% of the 7000 that are not of the United States.
    Entry("us-content-not-claimed", TOY.format("2025-06-20"),
          ("9903.01.24 20%", "9903.01.25 10%"), "2000 + 700", "over", "us_content",
          facts="us_content=30%", refundable="2000 + 700"),
    Entry("us-content-on-the-whole", TOY.format("2025-06-20"),
          ("9903.01.24 20%", "9903.01.34 10%"), "2000 + 700", "over", "us_content",
          facts="us_content=30%", refundable="2000 + 700"),
    Entry("dead-reciprocal-heading", TOY.format("2026-05-20"),
          ("9903.01.25 Free", "9903.03.01 10%"), "1000", "agrees", "dead_heading"),
    Entry("dead-suspended-heading", TOY.format("2025-12-10"),
          ("9903.01.24 10%", "9903.01.25 10%", "9903.01.63 Free"), "1000 + 1000", "agrees",
          "dead_heading", refundable="1000 + 1000"),
    Entry("annex-ii-heading-left-out", "7202.11.10.00 CN 2025-06-10 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "7202.11.10.00 1.4%"), "2500 + 2000 + 140",
          "agrees", "missing_heading", refundable="2000"),
    Entry("exemption-left-out-of-the-list", "7208.10.15.00 CN 2026-04-20 10000",
          ("9903.91.01;9903.82.02 75%",), "2500 + 5000", "agrees", "missing_heading"),
    Entry("exemption-without-a-duty", TOY.format("2025-12-10"),
          ("9903.01.24 10%", "9903.01.25 10%", "9903.01.33 Free"), "1000 + 1000", "agrees",
          "unfounded_exemption", refundable="1000 + 1000"),
    Entry("below-the-cap-filed-above", "6110.11.00.30 DE 2025-09-20 10000",
          ("9903.02.20 Free", "6110.11.00.30 16%"), "1600", "agrees", "cap_heading"),
    Entry("no-such-heading", TOY.format("2026-05-20"), ("9903.77.77 5%", "9903.03.01 10%"),
          "1000", "over", "unknown_heading"),
    Entry("steel-duty-on-toys", TOY.format("2026-05-20"), ("9903.82.02 50%", "9903.03.01 10%"),
          "1000", "over", "not_covered"),
    Entry("car-part-not-stated", BATTERY.format("2025-12-10"),
          ("9903.91.01 25%", "9903.01.24 10%", "9903.01.33 Free", "9903.94.05 25%",
           "8507.60.00.10 3.4%"),
          "2500 + 1000 + 1000 + 340", "over", "open_fact", refundable="1000"),
    Entry("in-transit-not-stated", "9506.62.40.40 CN 2025-04-06 10000",
          ("9903.88.15 7.5%", "9903.01.24 20%", "9903.01.28 Free"), "750 + 2000 + 1000",
          "under", "open_fact", refundable="2000"),
    Entry("exclusion-not-stated", "2805.11.00.00 CN 2026-10-01 10000",
          ("9903.88.69 Free", "9903.05.31 12.5%", "2805.11.00.00 5.3%"), "2500 + 1250 + 530",
          "under", "open_fact"),
    Entry("usmca-not-stated", "9503.00.00.73 CA 2025-05-01 10000",
          ("9903.01.14 Free", "9903.01.26 Free"), "2500", "under", "open_fact"),
    Entry("usmca-not-stated-total", "9503.00.00.73 CA 2025-05-01 10000", ("total Free = 0.00",),
          "2500", "under", "open_fact"),
    Entry("steel-content-not-stated", "8418.10.00.10 CN 2025-07-20 10000",
          ("9903.88.03 25%", "9903.01.24 20%", "9903.01.25 10% = 600.00", "9903.01.33",
           "9903.81.91 50% = 2000.00"),
          "2500 + 2000 + 5000", "under", "open_fact", refundable="2000"),
    Entry("statistical-number-not-stated", "8413.91.90 CN 2025-12-10 10000", ("total 85%",),
          "2500 + 1000 + 1000", "over", "open_fact", refundable="1000 + 1000"),
    Entry("other-reading-of-semiconductors", "8471.80.40.00 CN 2026-01-20 10000",
          ("9903.88.03 25%", "9903.01.24 10%", "9903.79.01 25%", "9903.01.33 Free"),
          "2500 + 2500", "over", "open_law", facts="tpp=15000|dram_bandwidth=4600"),
    # Korea's cap of 15 reaches back to 1 November 2025; it was announced on 4 December.
    Entry("car-of-korea-before-the-cap", "8703.23.01.40 KR 2025-11-20 10000",
          ("9903.01.33 Free", "9903.94.01 25%", "8703.23.01.40 2.5%"), "1250 + 250", "over",
          "retroactive"),
)  # fmt: skip

UNRESOLVED = (
    Entry("code-misread", "8507.6O.00.10 CN 2026-05-20 10000", ("total 10%",), "", "unresolved"),
    Entry("quantity-missing", "1006.30.90.57 TH 2025-06-10 10000", ("total = 1280.00",), "",
          "unresolved"),
    Entry("fact-misread", TOY.format("2026-05-20"), ("9903.03.01 10%",), "", "unresolved",
          facts="usmca=perhaps"),
    Entry("nothing-declared", TOY.format("2026-05-20"), ("9903.03.01 = none",), "",
          "unresolved"),
    Entry("rate-misread", TOY.format("2026-05-20"), ("9903.03.01 ten = 1000.00",), "",
          "unresolved"),
    Entry("day-misread", TOY.format("2026-02-30"), ("9903.03.01 10%",), "", "unresolved"),
)  # fmt: skip

FACTS = (
    "aluminum_value",
    "auto_part",
    "copper_value",
    "dram_bandwidth",
    "exclusion",
    "loaded_on",
    "steel_value",
    "tpp",
    "us_content",
    "usmca",
)
COLUMNS = (
    "id",
    "code",
    "origin",
    "on",
    "value",
    "heading",
    "declared_rate",
    "declared_amount",
    "quantity",
    "unit",
    *(f"fact.{fact}" for fact in FACTS),
    "expected_status",
    "expected_reason",
    "expected_owed",
    "expected_refundable",
    "because",
)


def cells(entry: Entry, line: str) -> dict[str, str]:
    """The row of one declared line."""
    code, origin, day, value = entry.goods.split()
    facts = dict(each.split("=") for each in entry.facts.split("|") if each)
    words, _, amount = (part.strip() for part in f"{line} = ".partition("=")[0:3])
    amount = amount.rstrip("= ").strip()
    heading, _, rate = words.partition(" ")
    if not amount and rate.endswith("%"):
        exact = Decimal(value) * Decimal(rate[:-1]) / 100
        amount = str(exact.quantize(CENT, ROUND_HALF_UP))
    quantity, _, unit = facts.pop("quantity", "").partition(" ")
    return {
        "id": entry.id,
        "code": code,
        "origin": origin,
        "on": day,
        "value": value,
        "heading": "" if heading == "total" else heading,
        "declared_rate": rate,
        "declared_amount": "" if amount == "none" else amount,
        "quantity": quantity,
        "unit": unit,
        **{f"fact.{key}": text for key, text in facts.items()},
        "expected_status": entry.status,
        "expected_reason": entry.reasons,
        "expected_owed": added_up(entry.owed),
        "expected_refundable": added_up(entry.refundable),
        "because": entry.owed,
    }


def added_up(words: str) -> str:
    """The sum of amounts written with plus signs, with two decimals; empty for none."""
    if not words:
        return ""
    return str(sum((Decimal(part) for part in words.split("+")), Decimal(0)).quantize(CENT))


def table() -> list[dict[str, str]]:
    """Every row of the file, in order."""
    return [cells(entry, line) for entry in (*RIGHT, *WRONG, *UNRESOLVED) for line in entry.lines]


def main() -> None:
    """Write the file."""
    with open(TARGET, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table())


if __name__ == "__main__":
    main()
