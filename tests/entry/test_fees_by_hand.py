"""Fees, days and lines of an entry over tables that are written here, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from detente.duty.question import QuestionError
from detente.entry import splits
from detente.entry.coverage import FEES, ORDERS, coverage_of, missing_of
from detente.entry.deciding import checked_days, deciding
from detente.entry.duties import (
    AssessedLine,
    LineContext,
    _facts,
    filed_otherwise,
    headings_of,
    whole_dollars,
)
from detente.entry.fees import LineFee, hmf, mpf, mpf_of_lines, waived
from detente.entry.rows import NAMES, table_rows
from detente.entry.tables import EntryType, Exemption, Mode, Rate


def rate(fee: str, of: str, note: str = "") -> Rate:
    return Rate(fee, "499", f"The {fee}", of, "", "", note, f"law of {fee}", "official")


def exemption(kind: str, key: str, effect: str = "", fee: str = "mpf") -> Exemption:
    return Exemption(fee, kind, key, effect, f"{key} is exempt", "19 CFR 24.23", "official")


EARLIER = SimpleNamespace(start="2024-10-01", until="2025-10-01")
BOUNDS = SimpleNamespace(
    year="2026", least="33.58", most="651.50", informal="2.69", source="a notice", grade="official",
    start="2025-10-01", until="2026-10-01",
)  # fmt: skip


def tables(*exemptions: Exemption, orders: Mapping[str, Any] | None = None) -> Any:
    rules = {
        name: f"rule of {name}"
        for name in ("entry", "transit", "quota", "withdrawal", "privileged", "nonprivileged",
                     "domestic")
    }  # fmt: skip
    return SimpleNamespace(
        rates={
            "mpf": rate("mpf", "0.003464"), "mpf_informal": rate("mpf_informal", "2.69"),
            "hmf": rate("hmf", "0.00125"), "hmf_waived": rate("hmf_waived", "3.00", "too small"),
            "hmf_zone": rate("hmf_zone", "0.00125", "paid by the quarter"),
        },
        exemptions=exemptions, bounds=[EARLIER, BOUNDS], deciding=rules, orders=orders or {},
        orders_through="2026-11-01",
        bounds_on=lambda day: BOUNDS if EARLIER.start <= day < BOUNDS.until else None,
    )  # fmt: skip


def kind(name: str = "entry", remedies: str = "no") -> EntryType:
    return EntryType("01", "Consumption", name, remedies, "19 CFR 141", "official")


def line(value: int = 10_000, **more: Any) -> Any:
    filed = {key: more.pop(key) for key in ("mpf_exempt", "adcvd") if key in more}
    made = {
        "digits": "8507600010", "facts": {}, "status": "", "origin": "cn ", "answer": None,
        "missing": "", "cents": 0, "day": "2026-03-01",
    } | more  # fmt: skip
    stated = SimpleNamespace(
        id=more.get("id", "1"), filed=filed, origin=made["origin"], code="8507.60.00.10"
    )
    day = SimpleNamespace(status=made["status"], missing=made["missing"], day=made["day"])
    return AssessedLine(
        stated,
        made["digits"],
        value,
        day,
        made["facts"],
        made["answer"],
        made["cents"],  # type: ignore[arg-type]
    )


def only(rows: list[LineFee]) -> LineFee:
    (row,) = rows
    return row


# --- the merchandise processing fee --------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cents"), [(10_000, 3464), (0, 0), (1, 0), (2, 1), (125, 43), (145, 50)]
)
def test_the_fee_of_a_line_is_its_rate_to_the_cent(value: int, cents: int) -> None:
    # 0.3464% of $125 is 43.3 cents, of $145 50.2
    assert only(mpf_of_lines(tables(), [line(value)])) == LineFee(value, cents, full=value)


def test_the_filer_says_whether_a_line_is_exempt_and_nothing_else() -> None:
    known = tables(exemption("origin", "CN"))
    assert only(mpf_of_lines(known, [line()])).base == 0
    full = LineFee(10_000, 3464, full=10_000)
    assert only(mpf_of_lines(known, [line(mpf_exempt="FALSE")])) == full
    said = only(mpf_of_lines(tables(), [line(mpf_exempt="True")]))
    assert said == LineFee(0, 0, "exempt, as the filer says", full=10_000)
    with pytest.raises(QuestionError, match="line 1, mpf_exempt is true or false, not 'yes'"):
        mpf_of_lines(known, [line(mpf_exempt="yes")])


@pytest.mark.parametrize(
    ("row", "more", "exempt"),
    [
        (exemption("fact", "preference=KR"), {"facts": {"preference": "KR"}}, True),
        (exemption("fact", "preference=KR"), {"facts": {"preference": "AU"}}, False),
        (exemption("origin", "CN"), {}, True),  # blanks and small letters of the line
        (exemption("origin", "VN"), {}, False),
        # The origin that the answer found stands over that of the line.
        (exemption("origin", "VN"), {"answer": {"question": {"origin": "VN"}}}, True),
        (exemption("origin", "CN"), {"answer": {"question": {"origin": "VN"}}}, False),
        (exemption("chapter98", "9801.00.10"), {"facts": {"chapter98": "9801.00.10"}}, True),
        (exemption("chapter98", "9801.00.10"), {"digits": "9801001012"}, True),
        (exemption("chapter98", "9802.00.40"), {"digits": "9801001012"}, False),
        # What was said goes before the code; none is no provision.
        (
            exemption("chapter98", "9801.00.10"),
            {"digits": "9801001012", "facts": {"chapter98": "9802.00.40"}},
            False,
        ),
        (exemption("chapter98", "other"), {"digits": "9801001012"}, True),
        (exemption("chapter98", "other"), {"facts": {"chapter98": "none"}}, False),
        (exemption("chapter98", "other"), {}, False),
        (exemption("status", "domestic"), {"status": "domestic"}, True),
        (exemption("status", "domestic"), {"status": "privileged"}, False),
        (exemption("origin", "CN", fee="hmf"), {}, False),
    ],
)
def test_an_exemption_fits_by_fact_origin_provision_or_status(
    row: Exemption, more: dict[str, Any], exempt: bool
) -> None:
    found = only(mpf_of_lines(tables(row), [line(**more)]))
    told = ("19 CFR 24.23", "official") if exempt else ("", "")
    assert (found.base == 0, found.source, found.grade) == (exempt, *told)
    assert found.exempt == (row.words if exempt else "")
    assert found.full == 10_000


def test_a_provision_of_its_own_goes_before_the_one_for_all_others() -> None:
    known = tables(
        exemption("chapter98", "other"), exemption("chapter98", "9802.00.40", "repair_value")
    )
    told = {"chapter98": "9802.00.40", "repair_value": "2000.75"}
    found = only(mpf_of_lines(known, [line(facts=told)]))
    # Whole dollars of what was done abroad: $2,000 at 0.3464%.
    assert (found.base, found.cents, found.full) == (2000, 693, 10_000)
    more = only(mpf_of_lines(known, [line(facts={**told, "repair_value": "20000"})]))
    assert (more.base, more.cents) == (10_000, 3464)
    silent = only(mpf_of_lines(known, [line(facts={"chapter98": "9802.00.40"})]))
    assert (silent.base, silent.cents) == (10_000, 3464)


def test_a_certain_exemption_goes_before_one_that_must_be_confirmed() -> None:
    ask, sure = exemption("origin", "CN", "asked"), exemption("status", "domestic")
    found = only(mpf_of_lines(tables(ask, sure), [line(status="domestic")]))
    assert (found.exempt, found.to_confirm) == (sure.words, False)
    found = only(mpf_of_lines(tables(ask), [line()]))
    assert (found.exempt, found.to_confirm, found.base) == (ask.words, True, 0)


@pytest.mark.parametrize(
    ("cents", "amount", "why"),
    [
        (3357, "33.58", "the minimum of an entry"),
        (3358, "33.58", "the sum of the lines"),
        (40_000, "400.00", "the sum of the lines"),
        (65_150, "651.50", "the sum of the lines"),
        (65_151, "651.50", "the maximum of an entry"),
    ],
)
def test_the_fee_of_an_entry_has_a_minimum_and_a_maximum(cents: int, amount: str, why: str) -> None:
    found = mpf(tables(), kind(), "2026-03-01", [LineFee(1, cents - 1), LineFee(1, 1)])
    assert (found["raw"], found["amount"], found["why"]) == (f"{cents / 100:.2f}", amount, why)
    assert (found["min"], found["max"], found["fiscal_year"]) == ("33.58", "651.50", "2026")
    assert found["source"] == "law of mpf; a notice"
    assert (found["class"], found["name"], found["rate"]) == ("499", "The mpf", "0.003464")
    assert found["if_not_exempt"] is None


def test_the_fee_of_a_year_that_is_not_held_has_its_lines_and_no_amount() -> None:
    found = mpf(tables(), kind(), "2026-10-01", [LineFee(1, 5000)])
    assert (found["raw"], found["amount"], found["min"]) == ("50.00", None, None)
    assert found["why"] == "the amounts of the fiscal year of 2026-10-01 are not held"


def test_an_informal_entry_owes_one_amount_and_nothing_where_all_is_exempt() -> None:
    found = mpf(tables(), kind("informal"), "2026-03-01", [LineFee(1, 500)])
    assert (found["raw"], found["amount"]) == ("2.69", "2.69")
    assert found["why"] == "one amount an informal entry"
    assert (found["min"], found["max"], found["rate"]) == (None, None, None)
    exempt = [LineFee(0, 0), LineFee(0, 0, to_confirm=True, full=1000)]
    found = mpf(tables(), kind("informal"), "2026-03-01", exempt)
    assert (found["amount"], found["why"]) == ("0.00", "every line is exempt")
    assert found["if_not_exempt"] == "2.69"
    found = mpf(tables(), kind(), "2026-03-01", [LineFee(0, 0)])
    assert (found["amount"], found["if_not_exempt"]) == ("0.00", None)


def test_what_is_owed_without_a_confirmation_is_told_within_the_bounds() -> None:
    # $20,000 at 0.3464% is $69.28; beside $50.00 of a line that is charged.
    lines = [LineFee(1, 5000, full=999), LineFee(0, 0, to_confirm=True, full=20_000)]
    found = mpf(tables(), kind(), "2026-03-01", lines)
    assert (found["amount"], found["if_not_exempt"]) == ("50.00", "119.28")
    lines[1] = LineFee(0, 0, to_confirm=True, full=10**6)
    assert mpf(tables(), kind(), "2026-03-01", lines)["if_not_exempt"] == "651.50"


# --- the harbor maintenance fee ------------------------------------------------------------------


def mode(hmf_due: str) -> Mode:
    return Mode("vessel", "10;11", hmf_due, "by vessel", "", "")


def test_the_harbor_fee_is_of_every_line_to_the_cent() -> None:
    lines = [line(10_004), line(0), line(396)]
    row, cents = hmf(tables(), kind(), mode("yes"), lines)
    # 0.125% of $10,004 is 1250.5 cents, of $396 49.5; halves go up.
    assert cents == [1251, 0, 50]
    assert (row["raw"], row["amount"]) == ("13.01", "13.01")
    assert row["why"] == "0.125% of the entered value, which arrived by vessel"


@pytest.mark.parametrize(
    ("entry", "by", "amount", "why"),
    [
        (kind(), None, None, "the mode of transport is not given"),
        (kind(), mode("asked"), None, "by vessel: ask"),
        (kind(), mode("no"), "0.00", "arrived by vessel"),
        (kind("zone"), mode("yes"), "0.00", "paid by the quarter"),
    ],
)
def test_without_a_port_there_is_no_harbor_fee_or_none_that_is_known(
    entry: EntryType, by: Mode | None, amount: str | None, why: str
) -> None:
    row, cents = hmf(tables(), entry, by, [line(), line()])
    assert (row["raw"], row["amount"], row["why"], cents) == (amount, amount, why, [0, 0])


@pytest.mark.parametrize(
    ("amount", "others", "left"),
    [
        ("3.00", 0, "0.00"), ("0.01", 0, "0.00"), ("3.01", 0, "3.01"), ("3.00", 1, "3.00"),
        ("3.00", None, "3.00"), ("0.00", 0, "0.00"), (None, 0, None),
    ],
)  # fmt: skip
def test_a_small_harbor_fee_that_stands_alone_is_not_collected(
    amount: str | None, others: int | None, left: str | None
) -> None:
    row: Any = {"amount": amount, "why": "owed", "source": "law"}
    found = waived(tables(), row, others)
    assert found["amount"] == left
    changed = left != amount
    assert (found["why"], found["source"]) == (
        ("too small", "law of hmf_waived") if changed else ("owed", "law")
    )


# --- the day that decides ------------------------------------------------------------------------


def decided(of: EntryType, header: dict[str, str], **filed: str) -> tuple[Any, ...]:
    given: Any = SimpleNamespace(id="7", filed=filed)
    return tuple(deciding(tables(), of, header, "2026-03-01", given))


@pytest.mark.parametrize(
    ("of", "header", "day", "rule"),
    [
        (kind(), {}, "2026-03-01", "entry"),
        (kind(), {"it_date": "2026-02-01"}, "2026-02-01", "transit"),
        (kind("informal"), {"it_date": "2026-02-01"}, "2026-02-01", "transit"),
        (kind("quota"), {"it_date": "2026-02-01"}, "2026-03-01", "quota"),
        (kind("quota"), {}, "2026-03-01", "entry"),
        (kind("withdrawal"), {"withdrawal_date": "2026-02-09"}, "2026-02-09", "withdrawal"),
        (kind("withdrawal"), {"it_date": "2026-02-01"}, "2026-03-01", "withdrawal"),
    ],
)
def test_the_day_that_decides_is_of_the_type_of_entry(
    of: EntryType, header: dict[str, str], day: str, rule: str
) -> None:
    assert decided(of, header) == (day, f"rule of {rule}", "", "")


@pytest.mark.parametrize(
    ("filed", "found"),
    [
        ({"zone_status": "D"}, (None, "rule of domestic", "domestic", "")),
        ({"zone_status": "Non-Privileged"}, ("2026-03-01", "rule of nonprivileged",
                                             "nonprivileged", "")),
        ({"zone_status": "privileged_foreign", "admission_date": "2026-03-01"},
         ("2026-03-01", "rule of privileged", "privileged", "")),
        ({"zone_status": "pf"}, (None, "rule of privileged", "privileged", "admission_date: the "
                                 "day on which privileged foreign status was given")),
        ({}, ("2026-03-01", "rule of nonprivileged", "", "zone_status: privileged, nonprivileged "
              "or domestic")),
    ],
)  # fmt: skip
def test_goods_of_a_zone_have_the_day_of_their_status(
    filed: dict[str, str], found: tuple[Any, ...]
) -> None:
    assert decided(kind("zone"), {"it_date": "2026-01-01"}, **filed) == found


@pytest.mark.parametrize(
    ("of", "filed", "told"),
    [
        (kind("zone"), {"zone_status": "x"}, "line 7, zone_status 'x' is not known"),
        (kind("zone"), {"zone_status": "p", "admission_date": "2026-03-02"},
         "line 7, admission_date 2026-03-02 is after the entry of 2026-03-01"),
        (kind("zone"), {"zone_status": "p", "admission_date": "soon"}, "line 7, admission_date"),
        (kind(), {"zone_status": "p"}, "line 7, zone_status is for an entry from a foreign-trade"),
        (kind(), {"admission_date": "2026-01-01"}, "line 7, admission_date is for an entry from"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_zone_is_refused(
    of: EntryType, filed: dict[str, str], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        decided(of, {}, **filed)


@pytest.mark.parametrize("key", ["entry_date", "import_date", "it_date", "withdrawal_date"])
def test_a_day_of_the_header_that_is_none_is_named(key: str) -> None:
    checked_days({key: "2026-02-28", "port": "soon"})
    with pytest.raises(ValueError, match=key):
        checked_days({key: "2026-02-30"})


# --- lines ---------------------------------------------------------------------------------------


REGISTER: Any = SimpleNamespace(
    facts={
        "steel_value": SimpleNamespace(type="money_or_share"),
        "us_content": SimpleNamespace(type="share"),
        "use": SimpleNamespace(type="word"),
        "chapter98": SimpleNamespace(type="word", words=("9801.00.10",)),
    }
)


def asked(facts: dict[str, str], value: int = 1000, *stated: str, **header: str) -> dict[str, str]:
    given: Any = SimpleNamespace(facts=facts, stated=stated)
    return _facts(REGISTER, given, value, header)


@pytest.mark.parametrize(
    ("text", "dollars"),
    [("10.49", 10), ("10.50", 11), ("0.49", 0), ("1,234.50", 1235), ("7", 7)],
)
def test_half_a_dollar_and_more_is_a_dollar(text: str, dollars: int) -> None:
    assert whole_dollars(text, "the value") == dollars


def test_parts_of_the_value_are_asked_in_the_whole_dollars_that_are_filed() -> None:
    assert asked({"steel_value": "250.50", "use": "civil"}) == {
        "steel_value": "251", "use": "civil",
    }  # fmt: skip
    assert asked({"steel_value": "33.35%"}) == {"steel_value": "334"}  # of $1,000: 333.5
    # A share of the value is that of whole dollars: 333 of 1,000.
    assert asked({"us_content": "33.3333%"}) == {"us_content": "333/1000"}
    assert asked({"us_content": "33.3333%"}, 0) == {"us_content": "33.3333%"}
    assert asked({"unknown": "1.50"}) == {"unknown": "1.50"}


def test_what_the_line_says_of_itself_goes_before_header_and_headings() -> None:
    assert asked({}, 1000, "9801.00.10.12", import_date="2026-02-01") == {
        "imported_on": "2026-02-01", "chapter98": "9801.00.10",
    }  # fmt: skip
    assert asked({}, 1000, "9802.00.40") == {"chapter98": "other"}
    assert asked({}, 1000, "9903.88.03") == {}
    own = {"imported_on": "2026-01-01", "chapter98": "none"}
    assert asked(own, 1000, "9801.00.10", import_date="2026-02-01") == own


def layer(measure: str, heading: str | None, amount: str, base: str = "1000.00") -> dict[str, Any]:
    return {
        "measure": measure, "heading": heading, "amount": amount, "rate": "10%", "base": base,
        "refundable": measure == "r", "why": f"why {measure}", "form": "ad_valorem",
    }  # fmt: skip


def answer(
    layers: list[dict[str, Any]], filing: list[str], not_applied: tuple[Any, ...] = ()
) -> Any:
    return {"layers": layers, "filing": filing, "not_applied": [*not_applied]}


def test_every_heading_that_is_filed_stands_once_with_its_duty_or_why_it_has_none() -> None:
    left_out = {"heading": "9903.94.06", "measure": "p", "why": "passenger vehicles are another's"}
    found = headings_of(
        answer(
            [layer("a", "9903.88.03", "250.00"), layer("b", "9903.88.03", "100.00"),
             layer("r", "9903.01.25", "50.00")],
            ["9903.88.03", "9903.94.06", "9903.80.01", "8507.60.00.10"],
            (left_out, {"heading": None, "measure": "q", "why": "x"}),
        )
    )  # fmt: skip
    assert [(row["heading"], row["measure"], row["duty"], row["why"]) for row in found] == [
        ("9903.88.03", "a", "250.00", "why a"), ("9903.88.03", "b", "100.00", "why b"),
        ("9903.94.06", "p", "0.00", "passenger vehicles are another's"),
        ("9903.80.01", None, "0.00", "filed without a duty"),
        ("8507.60.00.10", None, "0.00", "the ordinary rate is free"),
        ("9903.01.25", "r", "50.00", "why r"),
    ]  # fmt: skip
    assert [row["refundable"] for row in found] == [False] * 5 + [True]
    assert [row["value"] for row in found] == ["1000.00"] * 2 + [None] * 3 + ["1000.00"]
    assert [row["rate"] for row in found] == ["10%"] * 2 + ["free"] * 3 + ["10%"]
    # A duty without a heading stands under the code of the goods.
    (only_row,) = headings_of(answer([layer("base", None, "34.00")], ["8507.60.00.10"]))
    assert (only_row["heading"], only_row["duty"]) == ("8507.60.00.10", "34.00")


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ((), []),
        (("9903.88.03",), []),
        (("9903.88.03.00", "8507.60.00"),
         ["8507.60.00 as filed: not among the headings worked out"]),
        (("9903.01.25",), ["9903.01.25 as filed: not among the headings worked out",
                           "9903.88.03: worked out, and not among the headings as filed"]),
    ],
)  # fmt: skip
def test_headings_that_are_filed_otherwise_are_told(
    stated: tuple[str, ...], told: list[str]
) -> None:
    given: Any = SimpleNamespace(stated=stated)
    assert filed_otherwise(given, answer([], ["9903.88.03", "8507.60.00.10"])) == told


# --- one article on two lines --------------------------------------------------------------------


def split(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, str], value: int = 1000, **more: Any
) -> Any:
    """A line on which 25% falls on a part, and 3% on the whole value."""
    asked_of: list[tuple[int, dict[str, str]]] = []

    def ask(over: Any, given: Any, day: str, amount: int, told: dict[str, str]) -> Any:
        asked_of.append((amount, told))
        share = next(each for each in told.values() if each in ("100%", "0%"))
        metal = amount if share == "100%" else 0
        layers = [
            layer("metal", "9903.81.91", f"{metal * 0.25:.2f}", f"{metal}.00"),
            layer("base", None, f"{amount * 0.03:.2f}", f"{amount}.00"),
        ]
        total = None if more.get("unknown") else f"{metal * 0.25 + amount * 0.03:.2f}"
        return answer(layers, ["9903.81.91", "8507.60.00.10"]) | {"total": {"amount": total}}

    monkeypatch.setattr(splits, "ask", ask)
    base = more.get("base", "400.00")
    whole = answer([layer("metal", "9903.81.91", "100.00", base)], [])
    if "form" in more:
        whole["layers"][0]["form"] = more["form"]
    made = line(value, facts=facts, answer=more.get("answer", whole), day=more.get("day", "d"))
    over = LineContext(REGISTER, made, None, None)
    return splits.with_split(over, made), asked_of


def test_a_part_and_the_rest_are_asked_and_filed_each_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, asked_of = split(monkeypatch, {"steel_value": "400", "use": "civil"})
    assert asked_of == [
        (400, {"steel_value": "100%", "use": "civil"}),
        (600, {"steel_value": "0%", "use": "civil"}),
    ]  # fmt: skip
    # $400 at 25% and 3%, and $600 at 3%.
    assert [(each.part, each.entered_value, each.duty) for each in found.split] == [
        ("steel_value", "400", "112.00"), ("rest", "600", "18.00"),
    ]  # fmt: skip
    assert found.cents == 13_000
    headings = [[row["heading"] for row in each.headings] for each in found.split]
    assert headings == [["9903.81.91", "8507.60.00.10"], ["8507.60.00.10"]]
    assert [row["part"] for each in found.split for row in each.headings] == [
        "steel_value", "steel_value", "rest",
    ]  # fmt: skip
    least, _ = split(monkeypatch, {"steel_value": "1"})
    assert [each.entered_value for each in least.split] == ["1", "999"]
    share, _ = split(monkeypatch, {"us_content": "2/5"})
    assert [each.entered_value for each in share.split] == ["400", "600"]


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ({"steel_value": "1000"}, {}),  # all of it
        ({"steel_value": "0"}, {}),
        ({"steel_value": "400", "us_content": "1/2"}, {}),  # two parts
        ({"use": "civil"}, {}),
        ({"steel_value": "400"}, {"base": "1000.00"}),  # nothing falls on a part
        ({"steel_value": "400"}, {"base": None}),
        ({"steel_value": "400"}, {"form": "specific"}),  # so much a kilogram
        ({"steel_value": "400"}, {"answer": None}),
        ({"steel_value": "400"}, {"day": None}),
        ({"steel_value": "400"}, {"unknown": True}),
    ],
)
def test_an_article_is_filed_on_one_line_where_nothing_divides_it(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, str], more: dict[str, Any]
) -> None:
    found, _ = split(monkeypatch, facts, **more)
    assert (found.split, found.cents) == ((), 0)


def test_headings_of_a_filed_line_are_those_that_charge_it_or_free_it_of_a_duty() -> None:
    left_out = tuple(
        {"heading": heading, "measure": measure, "why": "not this part"}
        for heading, measure in (("9903.02", "metal"), ("9903.03", "other"))
    )
    found: Any = answer(
        [layer("metal", "9903.01", "0.00", "0.00"), layer("other", "9903.04", "5.00", "50.00")],
        ["9903.01", "9903.02", "9903.03", "9903.04", "8507.60.00.10"], left_out,
    )  # fmt: skip
    rest = [row["heading"] for row in splits._headings(found, "rest")]
    assert rest == ["9903.02", "9903.04", "8507.60.00.10"]
    part = [row["heading"] for row in splits._headings(found, "steel_value")]
    assert part == ["9903.01", "9903.02", "9903.04", "8507.60.00.10"]


def test_a_heading_without_a_duty_stands_on_the_line_that_it_is_about() -> None:
    code = "8507.60.00.10"
    found: Any = answer([layer("m", "9903.01", "1.00")], ["9903.02", code])

    def stands(heading: str, measure: str | None, name: str, *charged: str) -> bool:
        row: Any = {"heading": heading, "measure": measure}
        return splits._stands(row, found, name, {*charged})

    assert stands(code, None, "rest")
    assert stands(code, "m", "rest", "m")
    assert stands("9903.02", None, "steel_value")
    assert not stands("9903.02", None, "rest")
    assert stands("9903.02", "m", "rest")
    assert not stands("9903.02", "m", "rest", "m")


# --- what is missing, and what it rests on -------------------------------------------------------


def fees(mpf_row: dict[str, Any] | None = None, hmf_amount: str | None = "1.00") -> Any:
    return {
        "mpf": {"amount": "33.58", "if_not_exempt": None, "why": "m"} | (mpf_row or {}),
        "hmf": {"amount": hmf_amount, "why": "the mode is not given"},
        "cotton_fee": None, "other_fees": None,
    }  # fmt: skip


STATED = {"entry_type": "01", "entry_date": "2026-03-01"}


def lacks(
    header: dict[str, str] = STATED,
    of: EntryType | None = None,
    lines: tuple[Any, ...] = (),
    owed: Any = None,
    taxes: tuple[Any, ...] = (),
    remedies: tuple[Any, ...] = (),
) -> list[tuple[str | None, str, str]]:
    rows = missing_of(of or kind(), header, lines, owed or fees(), taxes, remedies)
    return [(row["line"], row["what"], row["why"]) for row in rows]


def test_what_the_filer_must_say_is_told_by_line() -> None:
    assert lacks() == []
    assert lacks({}) == [
        (None, "entry_type", "taken as 01, Consumption"), (None, "entry_date", "taken as today"),
    ]  # fmt: skip
    assert lacks({"entry_type": "31", "withdrawal_date": "2026-01-01"}) == []
    assert lacks(owed=fees(hmf_amount=None)) == [(None, "mode", "the mode is not given")]
    assert lacks(owed=fees({"amount": None})) == [(None, "mpf", "m")]
    confirm = fees({"amount": "0.00", "if_not_exempt": "33.58"})
    assert lacks(owed=confirm) == [
        (None, "mpf", "confirm mpf_exempt of the lines named; otherwise 33.58")
    ]
    assert lacks(owed=fees({"if_not_exempt": "33.58"})) == []  # the same either way
    lines = (
        line(missing="zone_status"),
        line(answer={}, cents=None),
        line(cents=None, id="2"),
        line(),
    )
    assert lacks(lines=lines) == [
        ("1", "zone", "zone_status"),
        ("1", "duty", "its amount waits for the open questions of the line"),
    ]
    taxes = (
        {"line": "2", "name": "Beer tax", "why": "due", "amount": None},
        {"line": "3", "name": "Wine tax", "why": "due", "amount": "0.00"},
    )
    assert lacks(taxes=taxes) == [("2", "Beer tax", "due")]


def order(state: str, deposit: str | None = None) -> dict[str, Any]:
    return {"line": "4", "kind": "AD", "case": "A570-1", "state": state, "why": "w",
            "deposit": deposit}  # fmt: skip


def test_a_case_is_missing_where_it_may_be_owed_or_its_rate_is_not_given() -> None:
    both = kind(remedies="yes")
    assert lacks(of=both) == [
        (None, "adcvd", "entry type 01 declares a case, and no line names one")
    ]
    assert lacks(of=both, remedies=(order("subject", "5.00"),)) == []
    assert lacks(of=both, remedies=(order("subject"),)) == [
        ("4", "AD case A570-1", "its deposit rate is not given")
    ]
    for state in ("possible", "not_declared"):
        assert lacks(remedies=(order(state),)) == [("4", "AD case A570-1", "w")]
    assert lacks(remedies=(order("not_subject"),)) == []


def coverage(
    day: str = "2026-03-01",
    *lines: Any,
    of: EntryType | None = None,
    header: dict[str, str] = STATED,
    remedies: tuple[Any, ...] = (),
) -> dict[tuple[str, str], str]:
    known = tables(orders={"A": SimpleNamespace(origin="CN"), "B": SimpleNamespace(origin="VN")})
    owed: Any = None
    rows = coverage_of(known, of or kind(), header, day, lines, owed, remedies)
    days = [(row["from"], row["through"]) for row in rows if row["what"] == FEES]
    assert days == [("2024-10-01", "2026-09-30")]
    return {(row["what"], row["scope"]): row["state"] for row in rows}


def test_of_rows_that_lines_share_the_one_that_settles_least_counts() -> None:
    def rests(state: str, scope: str = "all") -> Any:
        row = {"what": "tariff", "scope": scope, "state": state}
        return line(answer={"question": {"origin": "US"}, "coverage": [row]})

    found = coverage("2026-03-01", rests("read"), rests("beyond"), rests("partly"), line())
    assert found["tariff", "all"] == "beyond"
    found = coverage("2026-03-01", rests("partly"), rests("read"), rests("read", "other"))
    assert (found["tariff", "all"], found["tariff", "other"]) == ("partly", "read")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-09-30", "unread"), ("2024-10-01", "read"), ("2026-09-30", "read"),
        ("2026-10-01", "beyond"),
    ],
)  # fmt: skip
def test_fees_are_read_through_the_years_that_are_held(day: str, state: str) -> None:
    found = {what: each for (what, _), each in coverage(day, line(adcvd="none")).items()}
    assert found == {FEES: state, ORDERS: "read"}


@pytest.mark.parametrize(
    ("given", "more", "scope", "state"),
    [
        (line(adcvd="none"), {}, "every line is answered by the filer", "read"),
        (line(), {}, "none is declared: entry type 01, as filed", "read"),
        (line(), {"header": {}}, "2 orders on CN, VN in notices", "unread"),
        (line(), {"of": kind(remedies="open")}, "2 orders on CN, VN in notices", "unread"),
        (line(), {"remedies": (order("possible"),)}, "2 orders on CN, VN in notices", "unread"),
        (line(), {"remedies": (order("not_subject"),)}, "none is declared", "read"),
        (line(origin="CN"), {"header": {}}, "2 orders on CN, VN in notices", "partly"),
        (
            line(origin="CN", answer={"question": {"origin": "MX"}, "coverage": []}),
            {"header": {}}, "2 orders on CN, VN in notices", "unread",
        ),
    ],
)  # fmt: skip
def test_orders_are_read_as_far_as_their_countries_were(
    given: Any, more: dict[str, Any], scope: str, state: str
) -> None:
    ((told, found),) = [
        (scope, state)
        for (what, scope), state in coverage("2026-03-01", given, **more).items()
        if what == ORDERS
    ]
    assert (told.startswith(scope), found) == (True, state)


# --- rows of a worksheet -------------------------------------------------------------------------


def test_a_worksheet_has_a_row_for_every_heading_fee_tax_and_total() -> None:
    own = {"id": "1", "code": "c", "origin": "CN", "on": "d", "status": "open", "duty": "5.00",
           "decided_by": {"words": "by status"}}  # fmt: skip
    heading = {"heading": "h", "measure": "m", "rate": "10%", "value": "50.00", "duty": "5.00",
               "why": "w"}  # fmt: skip
    fee = {"class": "499", "name": "MPF", "rate": "0.3464%", "amount": "33.58", "why": "min"}
    named = {"line": "1", "class": "056", "name": "Cotton", "amount": None, "why": "ask"}
    found: Any = {
        "lines": [{**own, "headings": [heading, heading]}, {**own, "id": "2", "headings": []}],
        "fees": {"mpf": fee, "hmf": {**fee, "class": "501"}, "cotton_fee": {"lines": [named]},
                 "other_fees": None},
        "taxes": [{**named, "class": "016"}],
        "adcvd": [{"line": "1", "origin": "CN", "case": "A570", "product": "p", "rate": "5%",
                   "deposit": "2.50", "state": "subject", "why": "filed"}],
        "totals": {key: f"{at}.00" for at, key in
                   enumerate(("duty", "fees", "taxes", "adcvd", "owed"))},
        "status": "open",
    }  # fmt: skip
    rows = [dict(zip(NAMES, row, strict=True)) for row in table_rows(found)]
    assert [row["kind"] for row in rows] == [
        "duty", "duty", "duty", "fee", "fee", "fee", "tax", "adcvd",
        *["total"] * 5,
    ]  # fmt: skip
    first, bare = rows[0], rows[2]
    assert first == {
        "line": "1", "kind": "duty", "code": "c", "origin": "CN", "on": "d", "number": "h",
        "name": "m", "rate": "10%", "value": "50.00", "amount": "5.00", "status": "open",
        "why": "w",
    }  # fmt: skip
    assert (bare["line"], bare["number"], bare["amount"]) == ("2", None, "5.00")
    assert bare["why"] == "by status"
    assert [row["number"] for row in rows[3:5]] == ["499", "501"]
    tax, case = rows[-7], rows[-6]
    assert (tax["number"], tax["amount"], tax["why"], tax["line"]) == ("016", None, "ask", "1")
    assert (case["number"], case["name"], case["origin"]) == ("A570", "p", "CN")
    assert (case["rate"], case["amount"], case["status"], case["why"]) == (
        "5%", "2.50", "subject", "filed",
    )  # fmt: skip
    totals = rows[-5:]
    assert [(row["name"], row["amount"], row["status"]) for row in totals] == [
        ("duty", "0.00", None), ("fees", "1.00", None), ("taxes", "2.00", None),
        ("adcvd", "3.00", None), ("owed", "4.00", "open"),
    ]  # fmt: skip
