"""Taxes on imports into China, each on its own base, to the cent."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente.duty.answer import answer_duty
from detente.duty.import_taxes import landed
from detente.duty.question import DutyQuestion
from detente.goods.partner_tariff import TaxRule

VAT = TaxRule("vat", "13", "", "")
WINE = TaxRule("consumption", "10", "", "wine")


def test_value_added_tax_is_charged_on_value_and_duty() -> None:
    """1,000 + 250 duty = 1,250; 13% of it is 162.50; landed 1,412.50."""
    found = landed([VAT], 100_000, 25_000, Fraction(1, 4))
    assert (found.taxes[0]["base"], found.taxes[0]["amount"]) == ("1250.00", "162.50")
    assert (found.cents, found.share) == (141_250, Fraction(14125, 10000))


def test_consumption_tax_is_in_its_own_base_and_in_that_of_the_value_added_tax() -> None:
    """1,000 + 390 = 1,390; / 0.9 = 1,544.44, of it 10% is 154.44; 13% of 1,544.44 is 200.78."""
    found = landed([WINE, VAT], 100_000, 39_000, Fraction(39, 100))
    assert [row["amount"] for row in found.taxes] == ["154.44", "200.78"]
    assert found.cents == 100_000 + 39_000 + 15_444 + 20_078


def test_a_tax_whose_rate_the_code_does_not_decide_leaves_the_total_open() -> None:
    spirits = TaxRule("consumption", "", "", "spirits")
    found = landed([spirits, VAT], 100_000, 0, Fraction(0))
    assert [row["amount"] for row in found.taxes] == [None, None]
    assert (found.cents, found.share) == (None, None)


def test_without_a_value_the_taxes_are_shares_of_it() -> None:
    found = landed([VAT], None, None, Fraction(1, 4))
    assert (found.taxes[0]["amount"], found.taxes[0]["ad_valorem"]) == (None, "0.1625")


def test_an_entry_into_china_shows_ordinary_rate_taxes_and_landed_total(register, schedule) -> None:
    """Wine on 1 February 2019: 14 + 15 + 10 = 39%; consumption tax 154.44; 16% of 1,544.44."""
    asked = DutyQuestion("22042100", "US", "2019-02-01", "CN", value="1000")
    answer = answer_duty(register, schedule, asked)
    assert (answer["status"], answer["total"]["amount"]) == ("ok", "390.00")
    assert [(row["name"], row["amount"]) for row in answer["taxes"]] == [
        ("Consumption tax", "154.44"),
        ("Value-added tax", "247.11"),
    ]
    assert answer["landed_total"] == "1791.55"
    assert answer["line"]["description"] == "小包装的鲜葡萄酿造的酒"
    notes = " ".join(answer["notes"])
    assert "merchandise processing fee" not in notes
    assert "Value-added tax" in notes


def test_an_ordinary_rate_that_is_about_right_says_so_and_is_open(register, schedule) -> None:
    asked = DutyQuestion("01012900", "US", "2025-10-01", "CN", facts={"cn_exclusion": "false"})
    answer = answer_duty(register, schedule, asked)
    assert answer["layers"][0]["rate"] == "about 10%"
    assert answer["status"] == "open"
    (row,) = (row for row in answer["coverage"] if row["what"] == "ordinary duty")
    assert row["state"] == "partly"


def test_entries_into_the_united_states_have_no_taxes_here(register, schedule) -> None:
    answer = answer_duty(register, schedule, DutyQuestion("8507600010", "CN", "2025-11-12"))
    assert (answer["taxes"], answer["landed_total"]) == ([], None)
    assert any("merchandise processing fee" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("code", "origin", "day", "asks", "if_true"),
    [
        ("39071010", "US", "2025-05-18", False, None),
        ("39071010", "US", "2025-05-19", True, "0.914"),
        ("39071010", "DE", "2025-05-19", False, None),
        ("90011000", "US", "2017-06-01", True, None),
        ("90011000", "US", "2018-07-11", True, "0.847"),
        ("28046190", "US", "2026-01-14", True, None),
        ("22083000", "US", "2026-01-14", False, None),
    ],
)
def test_goods_of_an_antidumping_order_of_china_are_asked_for_and_open(
    register, schedule, code, origin, day, asks, if_true
) -> None:
    """6.5 and the lists of the day, with 74.9 on POM copolymer and 78.2 on the fiber of others."""
    facts = {"cn_exclusion": "true"}
    answer = answer_duty(
        register, schedule, DutyQuestion(code, origin, day, "CN", base="6.5%", facts=facts)
    )
    asked = [each for each in answer["open_questions"] if each["fact"] == "cn_remedy"]
    assert bool(asked) is asks
    if asks:
        assert answer["status"] == "open"
        assert asked[0]["if_true"] == if_true


@pytest.mark.parametrize(
    ("origin", "to", "told"),
    [("HK", "CN", True), ("VN", "CN", True), ("DE", "CN", True), ("US", "CN", False)],
)
def test_of_goods_of_others_an_entry_into_china_says_that_no_agreement_is_held(
    register, schedule, origin: str, to: str, told: bool
) -> None:
    answer = answer_duty(register, schedule, DutyQuestion("22042100", origin, "2019-02-01", to))
    notes = " ".join(answer["notes"])
    assert ("Rates of China's agreements are not held" in notes) is told


@pytest.mark.parametrize(
    ("code", "day", "consumption", "other", "landed_total"),
    [
        # 1,000 + 10% = 1,100; 16% of it 176.
        ("85076000", "2018-10-15", ("0%", "0.00"), None, "1276.00"),
        # 1,100 / 0.96 = 1,145.83, of it 45.83; 16% of 1,145.83 is 183.33.
        ("85071000", "2018-10-15", ("4%", "45.83"), None, "1329.16"),
        ("85060000", "2018-10-15", (None, None), None, None),
        ("32081000", "2018-10-15", (None, None), None, None),
        ("44091010", "2018-10-15", (None, None), "logs at the reduced rate: 10%", None),
        ("04061000", "2018-10-15", None, "farming at the reduced rate: 10%", "1276.00"),
        ("30049090", "2018-04-30", None, None, "1287.00"),
        ("30049090", "2018-05-01", None, "cancer and rare diseases: 3%", "1276.00"),
        ("08081000", "2018-03-01", None, "outside of it pay 17%", "1221.00"),
        # 36% on cigarettes without smoke from 1 November 2022: 1,100 / 0.64 = 1,718.75.
        ("24041200", "2022-10-31", None, None, "1243.00"),
        ("24041200", "2022-11-01", ("36%", "618.75"), None, "1942.19"),
    ],
)
def test_a_tax_is_told_with_the_goods_that_pay_another_rate(
    register, schedule, code, day, consumption, other, landed_total
) -> None:
    asked = DutyQuestion(code, "DE", day, "CN", base="10%", value="1000")
    answer = answer_duty(register, schedule, asked)
    taxes = {row["name"]: row for row in answer["taxes"]}
    found = taxes.get("Consumption tax")
    assert (None if found is None else (found["rate"], found["amount"])) == consumption
    if other:
        assert other in taxes["Value-added tax"]["why"]
    else:
        assert taxes["Value-added tax"]["or_rate"] is None
    assert answer["landed_total"] == landed_total
