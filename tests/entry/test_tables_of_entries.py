"""Tables of entries: edges of fiscal years, types and modes by code and word, orders by code."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from detente.duty.question import QuestionError
from detente.entry.cells import is_special, key_of, words_of
from detente.entry.tables import tables


def beside(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def test_the_bounds_of_a_fiscal_year_hold_from_its_first_day_to_before_its_last() -> None:
    known = tables()
    assert len(known.bounds) > 3
    for at, each in enumerate(known.bounds):
        assert known.bounds_on(each.start) == each
        assert known.bounds_on(beside(each.until, -1)) == each
        later = known.bounds_on(each.until)
        assert later == (known.bounds[at + 1] if at + 1 < len(known.bounds) else None)
    assert known.bounds_on(beside(known.bounds[0].start, -1)) is None


@pytest.mark.parametrize(("text", "found"), [("1", "01"), (" 01 ", "01"), ("0110", "01"),
                                             ("11", "11"), ("6", "06")])  # fmt: skip
def test_a_type_of_entry_is_its_first_two_digits(text: str, found: str) -> None:
    assert tables().type_of(text).type == found


def test_a_type_that_is_none_or_deposits_nothing_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"entry type '99' is not known: write one of 01 \("):
        tables().type_of("99")
    deferred = [each for each in tables().types.values() if each.kind == "deferred"]
    assert deferred
    for each in deferred:
        with pytest.raises(QuestionError, match=f"entry type {each.type} .* deposits no duty"):
            tables().type_of(each.type)


def test_a_mode_is_known_by_its_word_and_by_each_code_of_the_form() -> None:
    known = tables()
    codes = [code for each in known.modes for code in each.codes.split()]
    assert len(set(codes)) == len(codes)
    for each in known.modes:
        assert known.mode_of(f" {each.mode.upper()} ") == each
        assert [known.mode_of(code) for code in each.codes.split()] == [each] * len(
            each.codes.split()
        )
    with pytest.raises(QuestionError, match="mode '1' is not known"):
        known.mode_of("1")


def test_what_is_surely_due_stands_before_what_may_be() -> None:
    known = tables()
    for prefix in {each.prefix for each in known.named}:
        found = known.named_for(prefix.ljust(10, "0"))
        assert found
        assert all((prefix.ljust(10, "0")).startswith(each.prefix) for each in found)
        certain = [each.certain == "due" for each in found]
        assert certain == sorted(certain, reverse=True)
        assert len({(each.key, each.name) for each in found}) == len(found)
    assert known.named_for("9999999999") == []


def test_an_order_is_met_by_codes_above_and_below_those_of_its_scope() -> None:
    known = tables()
    code, cases = next((code, cases) for code, cases in known.codes.items() if len(code) == 8)
    order = known.orders[cases[0]]
    for digits in (code, f"{code}10", code[:6]):
        assert order in known.orders_for(digits, order.origin)
        assert order not in known.orders_for(digits, "ZZ")
    found = known.orders_for(code, order.origin)
    assert [each.case for each in found] == sorted({each.case for each in found})


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Entry Date", "entry_date"),
        ("ENTRY-TYPE", "entry_type"),
        (" Fact.Steel_Value ", "fact.steel_value"),
        ("IR Tax", "tax"),
        ("AD/CVD rate", "adcvd_rate"),
        ("Nothing known", "nothing_known"),
    ],
)
def test_the_name_of_a_column_is_read_as_its_key(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("key", "value", "order", "text"),
    [
        ("entry_date", "11/12/2025", "month-first", "2025-11-12"),
        ("entry_date", "11/12/2025", "day-first", "2025-12-11"),
        ("line", "11/12/2025", "month-first", "11/12/2025"),
        ("code", "8507600010.0", "month-first", "8507600010"),
        ("value", 10.5, "month-first", "10.5"),
        ("mpf_exempt", True, "month-first", "true"),
        ("mpf_exempt", False, "month-first", "false"),
        ("adcvd", ["A-570-849", " C-570-850 "], "month-first", "A-570-849;C-570-850"),
    ],
)
def test_a_cell_is_text_as_facts_have_it(key: str, value: object, order: str, text: str) -> None:
    assert words_of(key, value, order) == text


@pytest.mark.parametrize(
    ("code", "special"),
    [("9903.01.24", True), ("9802.00.50", True), ("9701.10", False), ("8507", False), ("99", True)],
)
def test_headings_of_two_chapters_are_special(code: str, special: bool) -> None:
    assert is_special(code) is special
