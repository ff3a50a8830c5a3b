"""What is said of a heading that is not the owed one: rates it never had, whose code it is."""

from __future__ import annotations

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.answer.audit_one import PLAIN, one

TOY = {"id": "1", **PLAIN}


@pytest.mark.parametrize(
    ("day", "heading", "rate", "reason", "words"),
    [
        # The reciprocal duty: 10% until 9 April 2025, 84% for a day, 125% until 14 May, then 10%.
        ("2025-04-20", "9903.01.25", "34%", "wrong_rate", "9903.01.25 never was at 34%"),
        ("2026-01-20", "9903.01.63", "34%", "wrong_rate", "9903.01.63 never was at 34%"),
        ("2026-01-20", "9903.01.63", "84%", "another_day", "at 84% applies before 10 April 2025"),
        ("2026-01-20", "9903.01.63", "125%", "another_day", "at 125% applies before 14 May 2025"),
        # The rate of the day under a heading of other days.
        ("2026-01-20", "9903.01.63", "10%", "another_day", "on this day it is 9903.01.25"),
    ],
)
def test_a_rate_is_of_another_day_only_where_the_heading_had_it_on_one(
    register: Register,
    schedule: Schedule,
    day: str,
    heading: str,
    rate: str,
    reason: str,
    words: str,
) -> None:
    fentanyl = "20%" if day < "2025-11-10" else "10%"
    row = one(
        register,
        schedule,
        {**TOY, "on": day, "heading": "9903.01.24", "declared_rate": fentanyl},
        {**TOY, "on": day, "heading": heading, "declared_rate": rate},
    )
    assert row["reasons"] == [reason]
    assert words in row["why"]


def test_the_code_of_other_goods_as_a_heading_is_told_as_such(
    register: Register, schedule: Schedule
) -> None:
    row = one(
        register,
        schedule,
        {**TOY, "heading": "9903.03.01", "declared_rate": "10%"},
        {**TOY, "heading": "8516.72.00.00", "declared_rate": "5.3%"},
    )
    assert row["reasons"] == ["unknown_heading"]
    assert row["why"] == (
        "8516.72.00.00 is neither an additional heading nor the code of the goods, 9503.00.00.73"
    )


def test_a_duty_without_a_title_of_its_own_is_called_by_its_measure(
    register: Register, schedule: Schedule
) -> None:
    row = one(register, schedule, {**TOY, "heading": "9903.03.03", "declared_rate": "5%"})
    assert "under 9903.03.01 (Section 122 import surcharge, all origins)" in row["why"]
