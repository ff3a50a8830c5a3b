"""How tables of declared entries are read: totals on several rows, money, missing cells."""

from __future__ import annotations

import pytest

from detente.audit.answer import Auditor
from detente.audit.cells import LINE
from detente.audit.entries import entries_of
from detente.audit.report import audit
from detente.audit.summary import summary
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.audit.one import PLAIN, one

# Fentanyl 20% and reciprocal 10% of 10000: 3000.
TOY = {
    "id": "1",
    "code": "9503.00.00.73",
    "origin": "CN",
    "on": "2025-06-10",
    "value": "10000",
}
TOTAL = {**TOY, "declared_rate": "30%", "declared_amount": "3000"}


def test_a_total_that_stands_twice_is_over_once_and_refundable_once(
    register: Register, schedule: Schedule
) -> None:
    row = one(register, schedule, TOTAL, TOTAL)
    assert (row["status"], row["declared"], row["difference"]) == ("over", "6000.00", "3000.00")
    assert (row["reasons"], row["refundable"]) == (["declared_twice"], "3000.00")
    assert row["why"] == "the total of 3000.00 stands on 2 rows; it is due once"


def test_a_wrong_total_that_stands_twice_has_both_reasons(
    register: Register, schedule: Schedule
) -> None:
    wrong = {
        "id": "1",
        "code": "8516.72.00.00",
        "origin": "CN",
        "on": "2025-11-12",
        "value": "10000",
        "declared_rate": "35.3%",
        "declared_amount": "3530",
    }
    answer = audit(Auditor(register, schedule), entries_of([wrong, wrong]))
    (row,) = answer["rows"]
    # 530 + 1000 + 1000 is owed; fentanyl at the 20% of two days before, and all of it twice.
    assert (row["difference"], row["refundable"]) == ("4530.00", "2000.00")
    over = {each["reason"]: each["over"] for each in answer["totals"]["by_reason"]}
    assert over == {"declared_twice": "3530.00", "another_day": "1000.00"}


def test_equal_parts_of_a_total_are_not_the_total_twice(
    register: Register, schedule: Schedule
) -> None:
    half = {**TOY, "declared_amount": "1500"}
    row = one(register, schedule, half, half)
    assert (row["status"], row["reasons"]) == ("agrees", [])


def test_a_row_that_declares_nothing_beside_a_total_changes_nothing(
    register: Register, schedule: Schedule
) -> None:
    row = one(register, schedule, TOY, TOTAL)
    assert (row["status"], row["reasons"], row["refundable"]) == ("agrees", [], "3000.00")


def test_parts_of_a_total_add_up(register: Register, schedule: Schedule) -> None:
    parts = [
        {**TOY, "declared_rate": "20%", "declared_amount": "2000"},
        {**TOY, "declared_rate": "10%", "declared_amount": "1000"},
    ]
    row = one(register, schedule, *parts)
    assert (row["status"], row["declared"], row["reasons"]) == ("agrees", "3000.00", [])


@pytest.mark.parametrize("heading", ["", "9903.03.01"])
@pytest.mark.parametrize("amount", ["100.00", "9999.00"])
def test_amounts_without_a_value_are_unresolved_and_counted_as_such(
    register: Register, schedule: Schedule, heading: str, amount: str
) -> None:
    entry = {**PLAIN, "value": "", "heading": heading, "declared_rate": "10%"}
    answer = audit(Auditor(register, schedule), entries_of([{**entry, "declared_amount": amount}]))
    (row,) = answer["rows"]
    assert (row["status"], row["declared"]) == ("unresolved", amount)
    assert "no value is given" in row["why"]
    assert answer["totals"]["unresolved_declared"] == amount
    assert answer["totals"]["refundable_not_known"] == 0


@pytest.mark.parametrize(
    ("second", "declared"),
    [
        # A heading, a rate, an amount that cannot be read: the others are counted all the same.
        ({"heading": "99", "declared_amount": "1000"}, "3000.00"),
        ({"heading": "9903.01.25", "declared_rate": "x", "declared_amount": "1000"}, "3000.00"),
        ({"heading": "9903.01.25", "declared_amount": "much"}, "2000.00"),
        ({"heading": "9903.01.25"}, "2000.00"),
    ],
)
def test_every_amount_that_can_be_read_of_an_unresolved_entry_is_counted(
    register: Register, schedule: Schedule, second: dict[str, str], declared: str
) -> None:
    first = {**TOY, "heading": "9903.01.24", "declared_amount": "2000"}
    answer = audit(Auditor(register, schedule), entries_of([first, {**TOY, **second}]))
    (row,) = answer["rows"]
    assert (row["status"], row["declared"]) == ("unresolved", declared)
    assert answer["totals"]["unresolved_declared"] == declared


@pytest.mark.parametrize("written", ["1,000.00", "$1,000.00", "$ 1000", "1000.0000", "USD 1,000"])
def test_money_is_read_with_signs_and_commas_between_thousands(
    register: Register, schedule: Schedule, written: str
) -> None:
    row = one(register, schedule, {**PLAIN, "value": written, "declared_amount": "100"})
    assert (row["status"], row["value"]) == ("agrees", "1000.00")


@pytest.mark.parametrize("written", ["1.000,00", "550,00", "1,00,0", "10,00", ",100", "1,0000"])
@pytest.mark.parametrize("column", ["value", "declared_amount"])
def test_a_comma_anywhere_but_between_thousands_is_refused(
    register: Register, schedule: Schedule, column: str, written: str
) -> None:
    entry = {**PLAIN, "declared_amount": "100", column: written}
    row = one(register, schedule, entry)
    assert row["status"] == "unresolved"
    assert f"such as 1250.00 or 1,250.00, not {written!r}" in row["why"]


@pytest.mark.parametrize("written", ["10.000", "2.530", "$10.000", "USD 10.000"])
@pytest.mark.parametrize("column", ["value", "declared_amount"])
def test_three_digits_after_a_point_are_refused(
    register: Register, schedule: Schedule, column: str, written: str
) -> None:
    entry = {**PLAIN, "declared_amount": "100", column: written}
    row = one(register, schedule, entry)
    assert row["status"] == "unresolved"
    assert f"such as 1250.00 or 1,250.00, not {written!r}" in row["why"]


TOO_LONG = f"{'0' * 5000}25%"


@pytest.mark.parametrize(
    "written", ["7,5", "7,5%", "0,025", "25,000", "1/0", "1e-99999999", "1e99999999", TOO_LONG]
)
def test_a_rate_that_is_no_number_of_a_bearable_size_is_refused(
    register: Register, schedule: Schedule, written: str
) -> None:
    row = one(register, schedule, {**PLAIN, "declared_rate": written})
    assert row["status"] == "unresolved"
    assert f"{written!r} is not a rate" in row["why"]


def test_a_day_that_is_none_is_quoted_as_it_stands(register: Register, schedule: Schedule) -> None:
    row = one(register, schedule, {**PLAIN, "on": "13/31/2025", "declared_rate": "10%"})
    assert row["status"] == "unresolved"
    assert row["why"].startswith("'13/31/2025' is not a day")


def test_a_duty_on_a_value_of_zero_is_unresolved(register: Register, schedule: Schedule) -> None:
    entry = {**PLAIN, "value": "0.00"}
    paid = one(register, schedule, {**entry, "declared_amount": "100"})
    assert (paid["status"], paid["declared"]) == ("unresolved", "100.00")
    assert "the value is 0" in paid["why"]
    unpaid = one(register, schedule, {**entry, "declared_amount": "0"})
    assert unpaid["status"] == "agrees"


# 25% + 10% + 10% + 3.4% of 10000, a row a heading and no id.
UNNAMED = [
    {
        "code": "8507.60.00.10",
        "origin": "CN",
        "on": "2025-11-12",
        "value": "10000",
        "heading": heading,
        "declared_amount": amount,
    }
    for heading, amount in (
        ("9903.91.01", "2500"),
        ("9903.01.24", "1000"),
        ("9903.01.25", "1000"),
        ("8507.60.00.10", "340"),
    )
]


def test_rows_without_an_id_are_one_entry_until_a_heading_comes_again() -> None:
    marked = [{**row, "remark": row["heading"]} for row in UNNAMED]
    entries = entries_of([*UNNAMED, *marked])
    assert [entry.rows for entry in entries] == [(0, 1, 2, 3), (4, 5, 6, 7)]
    assert [entry.id for entry in entries] == ["row 1", "row 5"]


@pytest.mark.parametrize(
    "second",
    [
        {"value": "20000"},
        {"on": "2025-11-13"},
        {"origin": "HK"},
        {"code": "8507.60.00.20"},
        {"heading": "9903.91.01"},
        {"heading": "9903.01.24;9903.01.25"},
        {"quantity": "5", "unit": "kg"},
        {"id": "7"},
    ],
)
def test_rows_without_an_id_that_may_be_of_two_entries_stay_apart(second: dict[str, str]) -> None:
    first = {**UNNAMED[0], "quantity": "4", "unit": "kg"}
    assert len(entries_of([first, {**UNNAMED[1], **second}])) == 2


def test_a_row_without_id_and_heading_is_the_ordinary_duty_of_the_rows_before() -> None:
    unnamed = {**UNNAMED[3], "heading": ""}
    (entry,) = entries_of([*UNNAMED[:3], unnamed])
    assert entry.lines[-1].key == LINE
    # Before them, or after one of its kind, it may be a total.
    assert len(entries_of([unnamed, *UNNAMED[:3]])) == 2
    assert len(entries_of([*UNNAMED[:3], unnamed, unnamed])) == 2


def test_rows_without_an_id_are_warned_of_where_they_name_headings(
    register: Register, schedule: Schedule
) -> None:
    auditor = Auditor(register, schedule)
    answer = audit(auditor, entries_of(UNNAMED))
    assert [row["status"] for row in answer["rows"]] == ["agrees"]
    (warning,) = answer["warnings"]
    assert warning.startswith("4 rows have no id and were read as 1 entry")
    assert warning in summary(answer, "entries.csv")
    named = audit(auditor, entries_of([{**row, "id": "1"} for row in UNNAMED]))
    totals = audit(auditor, entries_of([{**TOTAL, "id": ""}]))
    assert named["warnings"] == totals["warnings"] == []


@pytest.mark.parametrize("number", ["0", "0.00"])
def test_a_quantity_of_zero_leaves_an_entry_unresolved(
    register: Register, schedule: Schedule, number: str
) -> None:
    rice = {
        "id": "1",
        "code": "1006.30.90.57",
        "origin": "TH",
        "on": "2025-06-10",
        "value": "10000",
        "quantity": number,
        "unit": "kg",
    }
    row = one(register, schedule, {**rice, "declared_amount": "1000"})
    assert row["status"] == "unresolved"
    assert row["why"] == f"the quantity in kg is {number}: it must be above 0"


def test_what_the_first_row_of_an_entry_says_decides_whether_a_row_continues_it() -> None:
    unnamed = {**UNNAMED[3], "heading": ""}
    (entry,) = entries_of([*UNNAMED[:2], unnamed, UNNAMED[2]])
    assert entry.rows == (0, 1, 2, 3)
    dotless = {**UNNAMED[1], "code": UNNAMED[1]["code"].replace(".", "")}
    (entry,) = entries_of([UNNAMED[0], dotless])
    assert not entry.fault
    other = {**UNNAMED[1], "value": "0"}
    assert len(entries_of([UNNAMED[0], other])) == 2, "a value of zero may be that of another entry"
    added = {**UNNAMED[1], "fact.auto_part": "true"}
    assert len(entries_of([UNNAMED[0], added])) == 1, "what the first row does not say"


@pytest.mark.parametrize("missing", ["code", "origin", "on", "value"])
def test_rows_without_an_id_stay_apart_where_one_does_not_say_all_of_the_goods(
    missing: str,
) -> None:
    less = {key: text for key, text in UNNAMED[1].items() if key != missing}
    assert len(entries_of([UNNAMED[0], less])) == 2
    assert len(entries_of([less, UNNAMED[0]])) == 2


def test_rows_without_an_id_never_join_an_entry_that_has_one() -> None:
    assert len(entries_of([{**UNNAMED[0], "id": "7"}, UNNAMED[1]])) == 2


@pytest.mark.parametrize(
    ("amounts", "cents"), [(("10", "5"), 1500), (("10", ""), 1000), (("", "5"), 500)]
)
def test_the_amounts_of_a_heading_on_two_rows_are_added_as_far_as_they_are_given(
    amounts: tuple[str, str], cents: int
) -> None:
    rows = [
        {**UNNAMED[0], "id": "1", "declared_rate": "", "declared_amount": each} for each in amounts
    ]
    (entry,) = entries_of([*rows, {**UNNAMED[1], "id": "1"}])
    assert (entry.lines[0].cents, entry.lines[0].rows) == (cents, (0, 1))
    assert [line.rows for line in entry.lines[1:]] == [(2,)]


@pytest.mark.parametrize(
    ("declared", "times", "cents", "rate"),
    [
        ([("", "10"), ("", "10")], 2, 2000, ""),
        ([("", "10"), ("", "10"), ("", "10")], 3, 3000, ""),
        ([("", "10"), ("", "5")], 1, 1500, ""),
        ([("10%", "10"), ("5%", "10")], 1, 2000, ""),  # parts at rates of their own
        ([("10%", ""), ("10%", "")], 1, None, "10%"),
        ([("10%", "10"), ("", "")], 1, 1000, "10%"),  # a row that declares nothing
    ],
)
def test_a_total_stands_as_often_as_rows_say_it_with_the_same_rate_and_amount(
    declared: list[tuple[str, str]], times: int, cents: int | None, rate: str
) -> None:
    goods = {**UNNAMED[0], "id": "1", "heading": ""}
    rows = [{**goods, "declared_rate": rate, "declared_amount": paid} for rate, paid in declared]
    (entry,) = entries_of(rows)
    assert entry.total is not None, entry.fault
    assert (entry.times, entry.total.cents, entry.total.rate) == (times, cents, rate)


@pytest.mark.parametrize(("heading", "outside"), [("499", 1), ("501", 1), ("9903.91.01", 0)])
def test_a_class_code_of_three_digits_is_a_fee_and_no_duty(heading: str, outside: int) -> None:
    rows = [{**UNNAMED[3], "id": "1"}, {**UNNAMED[0], "id": "1", "heading": heading}]
    (entry,) = entries_of(rows)
    assert not entry.fault
    assert (len(entry.outside), len(entry.lines)) == (outside, 2 - outside)
    # What is stated of the duties leaves the fee out: 340.00, or 340.00 and 2,500.00.
    assert entry.stated == (34000 if outside else 284000)
