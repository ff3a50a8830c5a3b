"""Taxes, fees and orders that lines may owe, over tables that are written here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.applicability.entry_facts import FactError
from detente.duty.question import QuestionError
from detente.entry.named import _case, named_fees, named_rows, remedies, sum_cents, sum_of
from detente.entry.tables import EntryType, Order, UnheldTax


def tax(name: str = "Beer tax", **more: str) -> UnheldTax:
    fields = {
        "kind": "tax", "key": "tax", "code": "016", "name": name, "prefix": "2203",
        "certain": "due", "base": "by the barrel", "source": "26 USC 5051", "grade": "official",
    } | more  # fmt: skip
    return UnheldTax(**fields)


def line(origin: str = "CN", answer: Any = None, **filed: str) -> Any:
    return SimpleNamespace(
        line=SimpleNamespace(id="1", filed=filed, origin=origin, code="2203.00.00"),
        digits="22030000",
        value=1000,
        answer=answer,
    )


def tables(*taxes: UnheldTax, orders: tuple[Order, ...] = ()) -> Any:
    def orders_for(digits: str, origin: str) -> list[Order]:
        assert digits == "22030000"
        return [each for each in orders if each.origin == origin]

    return SimpleNamespace(
        named_for=lambda digits: [each for each in taxes if digits.startswith(each.prefix)],
        orders_for=orders_for,
        orders={each.case: each for each in orders},
    )


def only(rows: Any) -> dict[str, Any]:
    (row,) = rows
    return dict(row)


# --- taxes and fees ------------------------------------------------------------------------------


def test_a_tax_that_is_due_stays_without_an_amount_until_the_filer_gives_it() -> None:
    silent = only(named_rows(tables(tax()), "tax", [line()]))
    assert silent == {
        "line": "1", "class": "016", "name": "Beer tax", "due": "yes", "amount": None,
        "why": "due by the barrel: the amount is not held, give it", "source": "26 USC 5051",
    }  # fmt: skip
    given = only(named_rows(tables(tax()), "tax", [line(tax="1,234.50")]))
    assert given == silent | {"amount": "1234.50", "why": "as the filer gives it"}


@pytest.mark.parametrize(
    ("certain", "filed", "due", "why"),
    [
        ("due", None, "yes", "due by the barrel: the amount is not held, give it"),
        ("may", None, "may_be", "may be due by the barrel: the amount is not held, give it"),
        ("may", "5", "yes", "as the filer gives it"),
        ("may", "0", "no", "as the filer gives it"),
        ("due", "0", "yes", "as the filer gives it"),
    ],
)
def test_what_may_be_due_is_decided_by_the_amount_that_the_filer_gives(
    certain: str, filed: str | None, due: str, why: str
) -> None:
    given = {} if filed is None else {"tax": filed}
    row = only(named_rows(tables(tax(certain=certain)), "tax", [line(**given)]))
    assert (row["due"], row["why"]) == (due, why)


def test_lines_that_nothing_touches_have_no_row_unless_an_amount_is_given() -> None:
    far = tax(prefix="24")
    assert named_rows(tables(far), "tax", [line()]) == []
    assert named_rows(tables(tax(key="other_fees")), "tax", [line()]) == []
    assert only(named_rows(tables(far), "tax", [line(tax="7")])) == {
        "line": "1", "class": None, "name": "as the filer gives it", "due": "yes",
        "amount": "7.00", "why": "as the filer gives it", "source": None,
    }  # fmt: skip
    with pytest.raises(FactError, match="line 1, tax"):
        named_rows(tables(), "tax", [line(tax="much")])


def test_several_taxes_of_a_line_are_one_row_that_names_each_once() -> None:
    two = tables(tax(certain="may"), tax("Wine tax", code="", base="by the gallon"), tax())
    row = only(named_rows(two, "tax", [line()]))
    assert (row["name"], row["class"]) == ("Beer tax; Wine tax", "016")
    assert row["why"] == "due by the barrel; by the gallon: the amount is not held, give it"
    assert row["source"] == "26 USC 5051"


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        ([], 0),
        (["1.50", "2"], 350),
        (["1.50", None], None),
        ([None], None),
        (["0"], 0),
    ],
)
def test_a_sum_is_known_where_every_amount_is(amounts: list[str | None], cents: int | None) -> None:
    assert sum_cents(amounts, "a fee") == cents
    rows: Any = [{"amount": amount} for amount in amounts]
    assert sum_of(rows) == cents


def test_fees_of_commodities_are_those_that_are_owed() -> None:
    owed: Any = {"cotton_fee": {"of": "cotton"}, "other_fees": None}
    assert named_fees(owed) == [{"of": "cotton"}]
    both: Any = {"cotton_fee": 1, "other_fees": 2}
    assert named_fees(both) == [1, 2]


# --- orders --------------------------------------------------------------------------------------

CASE = "A-570-979"


def order(case: str = CASE, **more: str) -> Order:
    fields = {
        "case": case, "kind": "AD", "origin": "CN", "product": "cells", "codes_as": "listed",
        "listed_in": "2026-1", "scope_in": "2026-2", "read": "2026-07-31", "ordered": "2012-12-07",
        "ordered_in": "2012-3", "continued": "2024-01-02", "continued_in": "2024-4",
        "days_grade": "primary",
    } | more  # fmt: skip
    return Order(**fields)


def kind(remedies: str = "open") -> EntryType:
    return EntryType("01", "consumption", "entry", remedies, "", "")


FITS = "2203.00.00 fits a code of its scope; the words of the scope decide, not the code"


def rows_of(filed: Any, *orders: Order, remedy: str = "open", declared: bool = False) -> list[Any]:
    return list(remedies(tables(orders=orders), kind(remedy), declared, [filed]))


def test_an_order_that_a_line_may_fall_under_is_told_with_its_days_and_notices() -> None:
    page = "https://www.federalregister.gov/d/"
    assert rows_of(line(" cn "), order()) == [
        {
            "line": "1", "case": CASE, "kind": "AD", "product": "cells", "origin": "CN",
            "state": "possible",
            "why": f"{FITS}: answer with the case and its deposit rate, or none",
            "ordered_on": "2012-12-07", "ordered_url": f"{page}2012-3", "ordered_grade": "primary",
            "continued_on": "2024-01-02", "continued_url": f"{page}2024-4", "revoked_on": None,
            "read": "2026-07-31", "listed_in": "2026-1", "url": f"{page}2026-2", "rate": None,
            "deposit": None,
        }
    ]  # fmt: skip
    bare = order(
        scope_in="", ordered="", ordered_in="", continued="", continued_in="", days_grade="",
        read="", codes_as="subheading",
    )  # fmt: skip
    (row,) = rows_of(line(), bare)
    assert row["url"] == f"{page}2026-1"
    empty = ("ordered_on", "ordered_url", "ordered_grade", "continued_on", "continued_url", "read")
    assert [row[key] for key in empty] == [None] * 6
    assert "fits a subheading of its scope" in row["why"]
    assert rows_of(line("VN"), order()) == []


def test_the_origin_that_the_answer_found_stands_over_that_of_the_line() -> None:
    found = line("Vietnam", {"question": {"origin": "CN"}})
    assert [row["origin"] for row in rows_of(found, order())] == ["CN"]


@pytest.mark.parametrize(
    ("remedy", "declared", "state"),
    [
        ("no", True, "not_declared"),
        ("no", False, "possible"),  # the type was not given by the filer
        ("yes", True, "possible"),
        ("open", True, "possible"),
    ],
)
def test_a_type_of_entry_that_declares_no_such_duty_says_so_where_the_filer_gave_it(
    remedy: str, declared: bool, state: str
) -> None:
    (row,) = rows_of(line(), order(), remedy=remedy, declared=declared)
    assert row["state"] == state
    assert ("declares no such duty" in row["why"]) is (state == "not_declared")


@pytest.mark.parametrize("said", ["none", " NONE ", "no", "False", "0"])
def test_none_answers_every_order_with_nothing(said: str) -> None:
    (row,) = rows_of(line(adcvd=said), order())
    assert (row["state"], row["deposit"]) == ("not_subject", "0.00")
    assert row["why"] == f"{FITS}: not subject, as the filer says"


def test_a_case_that_is_named_is_owed_by_its_rate_or_by_the_deposit_that_is_declared() -> None:
    other = order("C-570-980", product="boxes")
    filed = line(adcvd="a570979000; C-570-999;", adcvd_rate="33.95%; 1/3", adcvd_deposit="; 5.10")
    found = rows_of(filed, order(), other)
    told = [(row["case"], row["kind"], row["state"], row["rate"], row["deposit"]) for row in found]
    assert told == [
        (CASE, "AD", "subject", "33.95%", "339.50"),  # of a value of 1,000 dollars
        ("C-570-999", "CVD", "subject", "1/3", "5.10"),
        ("C-570-980", "CVD", "not_subject", None, "0.00"),
    ]
    assert [row["why"] for row in found[:2]] == [
        "as the filer says",
        "as the filer says; the order is not among those held",
    ]
    unknown = found[1]
    assert (unknown["product"], unknown["origin"], unknown["url"]) == (None, "CN", None)


def test_a_case_without_rate_or_deposit_is_owed_and_the_amount_is_open() -> None:
    (row,) = rows_of(line(adcvd=CASE), order())
    assert (row["state"], row["rate"], row["deposit"]) == ("subject", None, None)
    # Half a cent is rounded up: 1,000 x 0.0000155 is 1.55 cents.
    (half,) = rows_of(line(adcvd=CASE, adcvd_rate="0.00155%"), order())
    assert half["deposit"] == "0.02"


@pytest.mark.parametrize(
    ("filed", "refusal"),
    [
        ({"adcvd_rate": "5%"}, "name the case of the rate under adcvd"),
        ({"adcvd_deposit": "5"}, "name the case of the rate under adcvd"),
        ({"adcvd": CASE, "adcvd_rate": "33.95"}, "write a percentage with its sign"),
        ({"adcvd": CASE, "adcvd_rate": "1%; 2%"}, "2 of adcvd_rate for 1 cases"),
        ({"adcvd": f"{CASE};{CASE}", "adcvd_deposit": "1"}, "1 of adcvd_deposit for 2 cases"),
    ],
)
def test_what_cannot_be_read_of_a_case_is_refused(filed: dict[str, str], refusal: str) -> None:
    with pytest.raises(QuestionError, match=refusal):
        rows_of(line(**filed), order())


@pytest.mark.parametrize("rate", ["1", "100%", "250%"])
def test_a_rate_of_the_whole_value_and_more_is_read_with_its_sign(rate: str) -> None:
    (row,) = rows_of(line(adcvd=CASE, adcvd_rate=rate), order())
    assert row["deposit"] == {"1": "1000.00", "100%": "1000.00", "250%": "2500.00"}[rate]


@pytest.mark.parametrize(
    ("text", "case"),
    [("A-570-979", CASE), ("a570979", CASE), ("A 570 979 001", CASE), ("c-570-980", "C-570-980")],
)
def test_a_case_is_read_with_or_without_its_hyphens(text: str, case: str) -> None:
    assert _case(text) == case


@pytest.mark.parametrize("text", ["A-570-97", "B-570-979", "570979", "A-57O-979", ""])
def test_what_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="is not a case"):
        _case(text)
