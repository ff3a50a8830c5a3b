"""What is said of a heading that is not the owed one: rates it never had, whose code it is."""

from __future__ import annotations

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.audit.one import PLAIN, one

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


@pytest.mark.parametrize(
    ("goods", "reciprocal", "rate", "metal"),
    [
        # All of the value counts as steel where no content is given, so nothing is left for them.
        ({"code": "7318155056", "origin": "VN", "on": "2026-02-01"}, "9903.02.69", "20%", ".90"),
        ({"code": "7323930045", "origin": "CN", "on": "2025-09-01"}, "9903.01.25", "10%", ".90"),
        ({"code": "7318155056", "origin": "DE", "on": "2025-09-01"}, "9903.02.20", "15%", ".90"),
    ],
)
def test_a_duty_that_a_metal_leaves_nothing_of_is_charged_on_the_metal_too(
    register: Register,
    schedule: Schedule,
    goods: dict[str, str],
    reciprocal: str,
    rate: str,
    metal: str,
) -> None:
    entry = {"id": "1", **goods, "value": "10000"}
    row = one(
        register,
        schedule,
        {**entry, "heading": f"9903.81{metal}", "declared_rate": "50%"},
        {**entry, "heading": reciprocal, "declared_rate": rate},
    )
    assert "content_overlap" in row["reasons"]
    assert not {"dead_heading", "another_day", "cap_heading"} & {*row["reasons"]}
    assert f"{reciprocal} falls on what Section 232, steel" in row["why"]


def test_a_cap_charged_on_the_metals_too_is_told_as_such(
    register: Register, schedule: Schedule
) -> None:
    service = {
        "id": "1",
        "code": "9403200050",
        "origin": "DE",
        "on": "2025-10-01",
        "value": "10000",
    }
    service |= {"fact.steel_value": "3000", "fact.aluminum_value": "1000"}
    # Column 1 is free, so the cap adds 15% on 10,000 less both contents: 900.00.
    row = one(register, schedule, {**service, "heading": "9903.02.20", "declared_amount": "1500"})
    assert "content_overlap" in row["reasons"]
    assert "9903.02.20 falls on 6000.00, not on the part under Section 232, steel" in row["why"]


@pytest.mark.parametrize("stated", [{}, {"fact.copper_value": "400"}], ids=["not", "stated"])
def test_what_is_charged_on_too_little_is_told_with_the_content_that_was_the_base(
    register: Register, schedule: Schedule, stated: dict[str, str]
) -> None:
    # From 6 April 2026 copper pays 50% of the whole value; before, of the copper alone.
    tube = {"id": "1", "code": "7411.10.10.30", "origin": "CN", "on": "2026-05-20", "value": "1000"}
    row = one(
        register, schedule, {**tube, **stated, "heading": "9903.82.02", "declared_amount": "200"}
    )
    assert "content_not_whole" in row["reasons"]
    part = (
        "the copper value of 400.00 alone"
        if stated
        else "400.00: the copper_value was the base before 6 April 2026 (Proclamation"
    )
    assert f"9903.82.02 falls on 1000.00; 200.00 is 50% of {part}" in row["why"]


@pytest.mark.parametrize(
    ("total", "status", "reasons"),
    [("4840", "agrees", []), ("5840", "over", ["another_day"])],
)
def test_a_fee_beside_a_total_changes_nothing(
    register: Register, schedule: Schedule, total: str, status: str, reasons: list[str]
) -> None:
    battery = {"id": "1", "code": "8507600010", "origin": "CN", "on": "2025-11-12"}
    battery["value"] = "10000"
    fee = {**battery, "heading": "501", "declared_rate": "0.125%", "declared_amount": "12.50"}
    row = one(register, schedule, {**battery, "declared_amount": total}, fee)
    assert (row["status"], row["reasons"]) == (status, reasons)
    assert row["owed"] == "4840.00"


def test_what_would_make_a_total_right_is_one_thing_or_another(
    register: Register, schedule: Schedule
) -> None:
    battery = {"id": "1", "code": "8507600010", "origin": "CN", "on": "2025-11-12"}
    # 1,000 too little: one of two duties of 10% is left out, and nobody knows which.
    row = one(register, schedule, {**battery, "value": "10000", "declared_amount": "3840"})
    assert " or " in row["why"]
