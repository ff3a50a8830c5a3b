"""What of declared emergency duty comes back, under whichever heading it was filed."""

from __future__ import annotations

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.audit.one import BATTERY, one

TOY = {"id": "1", "code": "9503.00.00.73", "origin": "CN", "value": "10000"}


@pytest.mark.parametrize(
    ("day", "lines", "refundable"),
    [
        # Fentanyl 20% and reciprocal 125% of 10000 were assessed, the second under 9903.01.63.
        ("2025-04-12", ("9903.01.24 2000", "9903.01.25 12500"), "14500.00"),
        ("2025-04-12", ("9903.01.24 2000", "9903.01.63 12500"), "14500.00"),
        ("2025-04-12", ("9903.01.20 2000", "9903.01.63 12500"), "14500.00"),
        # Of the 125% only 10% was paid: 2000 + 1000.
        ("2025-04-12", ("9903.01.24 2000", "9903.01.25 1000"), "3000.00"),
        # From 14 May the reciprocal duty was 10% under 9903.01.25: 2000 + 1000 were assessed.
        ("2025-05-14", ("9903.01.24 2000", "9903.01.63 1000"), "3000.00"),
        ("2025-05-14", ("9903.01.24 2000", "9903.01.63 12500"), "3000.00"),
        # Both at 10%; the second was paid at 34%: 1000 + 1000.
        ("2026-01-10", ("9903.01.24 1000", "9903.01.63 3400"), "2000.00"),
        # Both under one heading, and one of them left out.
        ("2026-01-10", ("9903.01.24 2000",), "2000.00"),
        ("2026-01-10", ("9903.01.24 1000",), "1000.00"),
        # After the end nothing was assessed, so what was paid is over and not refundable.
        ("2026-03-01", ("9903.03.01 1000", "9903.01.24 1000"), "0.00"),
    ],
)
def test_all_emergency_duty_paid_is_refundable_up_to_what_was_assessed(
    register: Register, schedule: Schedule, day: str, lines: tuple[str, ...], refundable: str
) -> None:
    rows = [
        {**TOY, "on": day, "heading": heading, "declared_amount": amount}
        for heading, amount in (line.split() for line in lines)
    ]
    assert one(register, schedule, *rows)["refundable"] == refundable


def test_a_total_under_one_heading_holds_the_emergency_duty(
    register: Register, schedule: Schedule
) -> None:
    toaster = {"code": "8516.72.00.00", "origin": "FR", "on": "2025-09-01", "value": "1000"}
    capped = {**toaster, "heading": "9903.02.20", "declared_rate": "15%", "declared_amount": "150"}
    # 15% is 5.3% of column 1 and 9.7% under the emergency act: 97 of the 150.
    assert one(register, schedule, capped)["refundable"] == "97.00"
    # 3.4 + 25 + 10 + 10 percent of 10000 under the first of the headings.
    whole = {**BATTERY, "heading": "9903.91.01", "declared_amount": "4840"}
    assert one(register, schedule, whole)["refundable"] == "2000.00"


def test_what_was_not_known_to_be_void_is_not_refundable(
    register: Register, schedule: Schedule
) -> None:
    line = {**TOY, "on": "2025-04-12", "heading": "9903.01.25", "declared_amount": "12500"}
    assert one(register, schedule, line, known_on="2026-02-19")["refundable"] == "0.00"
