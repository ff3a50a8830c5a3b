"""Totals: what explains them, and that a heading which charges nothing explains no money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from detente.audit.answer import Auditor
from detente.audit.entries import entries_of
from detente.audit.report import audit
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.audit.one import BATTERY, one

# 25% and 20% of 10000, 50% of 6000 of steel, 10% of the other 4000: 2500 + 2000 + 3000 + 400.
SCREW = {
    "id": "1",
    "code": "7318.15.20.55",
    "origin": "CN",
    "on": "2025-08-20",
    "value": "10000",
    "heading": "9903.88.03;9903.81.90;9903.01.24;9903.01.25",
    "fact.steel_value": "6000",
}
GERMAN = {"code": "8516.72.00.00", "origin": "DE", "on": "2025-09-01", "value": "1000"}


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ("8500", "content_overlap"),  # 10% of 10000 and not of 4000: 600 over
        ("9900", "whole_not_content"),  # 50% of 10000 and not of 6000: 2000 over
        ("8410", "unexplained"),
    ],
)
def test_the_money_of_a_total_does_not_stand_under_a_heading_that_charges_nothing(
    register: Register, schedule: Schedule, declared: str, reason: str
) -> None:
    entries = entries_of([{**SCREW, "declared_amount": declared}])
    answer = audit(Auditor(register, schedule), entries)
    (row,) = answer["rows"]
    assert row["reasons"] == [reason, "missing_heading"]
    assert "9903.01.33 must be filed too" in row["why"]
    over = {each["reason"]: Decimal(each["over"]) for each in answer["totals"]["by_reason"]}
    assert over == {reason: Decimal(declared) - 7900, "missing_heading": 0}


def test_two_contents_charged_on_the_whole_explain_a_total_together(
    register: Register, schedule: Schedule
) -> None:
    row = one(register, schedule, {**SCREW, "declared_amount": "10500"})
    # 50% and 10% of 10000 each: 2000 + 600 over.
    assert "not by steel_value" in row["why"]
    assert "under a stronger duty too" in row["why"]


def test_a_cap_on_top_says_what_remains_beside_the_ordinary_duty(
    register: Register, schedule: Schedule
) -> None:
    row = one(
        register,
        schedule,
        {**GERMAN, "id": "1", "heading": "9903.02.20", "declared_amount": "150"},
        {**GERMAN, "id": "1", "heading": "8516.72.00.00", "declared_amount": "53"},
    )
    # 15% - 5.3% = 9.7% of 1000.
    assert row["why"] == (
        "the 15% of 9903.02.20 includes the ordinary duty, so 9.7% is due, 97.00; declared 150.00"
    )
    total = one(register, schedule, {**GERMAN, "declared_rate": "20.3%"})
    assert total["reasons"] == ["cap_on_top"]
    assert "up to 15% with column 1, but charged on top of the ordinary duty" in total["why"]


def test_a_heading_left_out_does_not_make_a_total_too_high(
    register: Register, schedule: Schedule
) -> None:
    listed = {**BATTERY, "heading": "9903.91.01;9903.01.24"}
    # 48.4% of 10000 is 4840; 1000 of it under 9903.01.25, which is not named.
    under = one(register, schedule, {**listed, "declared_amount": "3840"})
    assert (under["difference"], under["reasons"]) == ("-1000.00", ["missing_layer"])
    over = one(register, schedule, {**listed, "declared_amount": "5000"})
    assert (over["difference"], over["reasons"]) == ("160.00", ["unexplained", "missing_layer"])


def test_nothing_paid_and_the_ordinary_duty_alone_are_told_with_what_was_owed(
    register: Register, schedule: Schedule
) -> None:
    nothing = one(register, schedule, {**BATTERY, "declared_amount": "0"})
    ordinary = one(register, schedule, {**BATTERY, "declared_amount": "340"})
    assert nothing["why"].startswith("nothing is paid, and owed is ")
    assert ordinary["why"].startswith("only the ordinary duty is paid, and owed beside it is ")
    for heading in ("9903.91.01", "9903.01.24", "9903.01.25"):
        assert heading in nothing["why"]
        assert heading in ordinary["why"]
