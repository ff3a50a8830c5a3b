"""Declared entries beside what they owed: seeded errors, right entries, and how tables are read."""

from __future__ import annotations

import csv
import importlib.util
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from detente.applicability.entry_facts import FactError
from detente.audit.answer import Auditor
from detente.audit.cells import LINE, heading_key, name_columns, read_rate
from detente.audit.entries import entries_of
from detente.audit.findings import REASONS
from detente.audit.report import audit
from detente.audit.summary import summary
from detente.duty.answer import answer_duty
from detente.duty.effect import question
from detente.duty.question import QuestionError
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.audit.one import BATTERY, PLAIN, one

SEEDED = Path(__file__).parent.parent / "audit" / "entries.csv"


def _seeded() -> list[dict[str, str]]:
    with open(SEEDED, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _seeded()
EXPECTED = {row["id"]: row for row in ROWS}


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def found(register: Register, schedule: Schedule) -> dict[str, Any]:
    return audit(Auditor(register, schedule), entries_of(ROWS))


@pytest.fixture(scope="module")
def by_id(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in found["rows"]}


def test_the_seeded_file_is_what_its_program_writes() -> None:
    spec = importlib.util.spec_from_file_location("make", SEEDED.with_name("make.py"))
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    blank = dict.fromkeys(make.COLUMNS, "")
    assert [{**blank, **row} for row in make.table()] == ROWS


def test_the_seeded_file_has_enough_of_both_kinds() -> None:
    right = [name for name in EXPECTED if name.startswith("right")]
    assert len(right) >= 20
    assert len(EXPECTED) - len(right) >= 60
    seeded = {word for row in ROWS for word in row["expected_reason"].split(";") if word}
    assert set(REASONS) - seeded == {"condition_not_met", "unexplained"}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_the_seeded_entry_is_judged_as_expected(
    by_id: dict[str, dict[str, Any]], name: str
) -> None:
    row, expected = by_id[name], EXPECTED[name]
    assert row["status"] == expected["expected_status"], row["why"]
    wanted = [word for word in expected["expected_reason"].split(";") if word]
    if not wanted:
        assert row["reasons"] == []
    else:
        assert set(wanted) <= set(row["reasons"])
        assert row["reasons"][0] in wanted
    if row["status"] == "unresolved":
        assert row["why"]
        assert row["owed"] is None
        return
    assert row["owed"] == expected["expected_owed"] or row["owed_rate"] is not None
    assert row["owed"] in (None, expected["expected_owed"]), expected["because"]
    assert (row["refundable"] or "") == expected["expected_refundable"]


def test_no_entry_and_no_row_disappears(found: dict[str, Any]) -> None:
    numbers = [number for row in found["rows"] for number in row["rows"]]
    assert sorted(numbers) == list(range(1, len(ROWS) + 1))
    assert [row["id"] for row in found["rows"]] == list(EXPECTED)


def test_totals_and_reasons_add_up(found: dict[str, Any]) -> None:
    totals = {key: value for key, value in found["totals"].items() if isinstance(value, str)}
    sums = {key: Decimal(value) for key, value in totals.items()}
    net = sums["over"] - sums["under"] + sums["rounding"]
    assert sums["declared"] - sums["owed"] == net
    reasons = found["totals"]["by_reason"]
    assert sum(Decimal(each["over"]) - Decimal(each["under"]) for each in reasons) == net
    assert sum(found["totals"]["rows"].values()) == len(EXPECTED)
    by_hand = [
        Decimal(row["expected_owed"])
        for row in EXPECTED.values()
        if row["expected_status"] != "unresolved"
    ]
    assert sums["owed"] == sum(by_hand)


def test_differences_of_headings_add_up_to_that_of_the_entry(found: dict[str, Any]) -> None:
    checked = 0
    for row in found["rows"]:
        parts = [each["difference"] for each in row["by_heading"] if each["owed_amount"]]
        if row["difference"] is None or None in parts:
            continue
        assert sum(map(Decimal, parts)) == Decimal(row["difference"]), row["id"]
        checked += 1
    assert checked > 60


@pytest.mark.once
@pytest.mark.parametrize(
    "day", ["2019-10-01", "2025-02-10", "2025-04-20", "2025-08-20", "2025-12-10", "2026-08-20"]
)
def test_what_the_answer_itself_says_is_never_alarmed_at(
    register: Register, schedule: Schedule, day: str
) -> None:
    checked = 0
    for good in register.basket:
        asked = question(good, day)._replace(value="10000.00")
        try:
            answer = answer_duty(register, schedule, asked)
        except CodeError:
            continue  # the line did not exist on that day
        if answer["total"]["amount"] is None:
            continue
        goods = {
            "id": "1",
            "code": asked.code,
            "origin": asked.origin,
            "on": day,
            "value": "10000.00",
            **{f"fact.{key}": text for key, text in asked.facts.items()},
        }
        total = {
            **goods,
            "declared_rate": answer["total"]["ad_valorem"] or "",
            "declared_amount": answer["total"]["amount"],
            "heading": ";".join(answer["filing"]),
        }
        amounts = {layer["heading"]: layer["amount"] for layer in answer["layers"]}
        amounts[answer["filing"][-1]] = amounts.pop(None)
        lines = [
            {**goods, "heading": heading, "declared_amount": amounts.get(heading, "0.00")}
            for heading in answer["filing"]
        ]
        for rows in ([total], lines):
            result = one(register, schedule, *rows)
            assert (result["status"], result["reasons"]) == ("agrees", []), (asked, result["why"])
        checked += 1
    assert checked > 40


def test_what_is_refundable_depends_on_what_was_known(
    register: Register, schedule: Schedule
) -> None:
    total = {**BATTERY, "declared_rate": "48.4%", "declared_amount": "4840.00"}
    # Fentanyl 10% and reciprocal 10% of 10000; the court spoke on 20 February 2026.
    before = one(register, schedule, total, known_on="2026-02-19")
    after = one(register, schedule, total, known_on="2026-02-20")
    assert (before["status"], before["refundable"]) == ("agrees", "0.00")
    assert (after["status"], after["refundable"]) == ("agrees", "2000.00")


def test_overpaid_and_refundable_stand_apart(register: Register, schedule: Schedule) -> None:
    lines = [
        {**BATTERY, "heading": "9903.91.01", "declared_amount": "2500"},
        {**BATTERY, "heading": "9903.01.24", "declared_amount": "2000"},
        {**BATTERY, "heading": "9903.01.25", "declared_amount": "1000"},
        {**BATTERY, "heading": "8507.60.00.10", "declared_amount": "340"},
    ]
    row = one(register, schedule, *lines)
    # Of the 2000 paid 1000 was assessed (and is void), 1000 was too much from the start.
    assert (row["status"], row["difference"], row["refundable"]) == ("over", "1000.00", "2000.00")
    assert "Executive Order 14357" in row["why"]
    assert "before 10 November 2025" in row["why"]


def test_a_fact_of_every_entry_settles_an_open_one(register: Register, schedule: Schedule) -> None:
    rows = [row for row in ROWS if row["id"] == "car-part-not-stated"]
    assert one(register, schedule, *rows)["right_if"] == ["auto_part=true"]
    stated = one(register, schedule, *rows, facts={"auto_part": "true"})
    assert (stated["status"], stated["reasons"], stated["right_if"]) == ("agrees", [], [])


def test_an_exemption_against_a_stated_fact_is_a_condition_not_met(
    register: Register, schedule: Schedule
) -> None:
    entry = {"id": "1", **PLAIN, "on": "2025-05-01", "fact.loaded_on": "2025-04-20"}
    row = one(
        register,
        schedule,
        {**entry, "heading": "9903.01.24", "declared_rate": "20%"},
        {**entry, "heading": "9903.01.28", "declared_rate": "Free"},
    )
    assert row["reasons"] == ["condition_not_met"]
    assert "stated: 2025-04-20" in row["why"]
    # The reciprocal duty of 125 percent on 1000.
    assert row["difference"] == "-1250.00"


def test_a_total_that_fits_nothing_says_so(register: Register, schedule: Schedule) -> None:
    row = one(register, schedule, {**PLAIN, "declared_amount": "123.45"})
    assert (row["status"], row["reasons"]) == ("over", ["unexplained"])
    assert "100.00" in row["why"]


def test_a_lone_heading_may_carry_the_total(register: Register, schedule: Schedule) -> None:
    # 3.4 + 25 + 10 + 10 percent of 10000 under one of the headings.
    row = one(register, schedule, {**BATTERY, "heading": "9903.91.01", "declared_amount": "4840"})
    assert row["status"] == "agrees"
    assert row["reasons"] == ["missing_heading"]


def test_rates_alone_are_compared_where_no_value_is_given(
    register: Register, schedule: Schedule
) -> None:
    entry = {key: text for key, text in PLAIN.items() if key != "value"}
    right = one(register, schedule, {**entry, "declared_rate": "10%"})
    wrong = one(register, schedule, {**entry, "declared_rate": "20%"})
    assert (right["status"], right["declared"]) == ("agrees", None)
    assert wrong["status"] == "over"
    amount = one(register, schedule, {**entry, "declared_amount": "100"})
    assert amount["status"] == "unresolved"
    assert "no value" in amount["why"]


def test_a_heading_that_is_not_modelled_leaves_the_entry_unresolved(
    register: Register, schedule: Schedule
) -> None:
    gaps = [each for gap in register.gaps for each in gap.headings if len(each) == 10]
    row = one(
        register,
        schedule,
        {"id": "1", **PLAIN, "heading": gaps[0], "declared_rate": "5%"},
        {"id": "1", **PLAIN, "heading": "9903.03.01", "declared_rate": "10%"},
    )
    assert row["status"] == "unresolved"
    assert gaps[0] in row["why"]
    assert [each["declared_amount"] for each in row["by_heading"]][:2] == ["50.00", "100.00"]


def test_rows_in_the_manner_of_the_customs_service_are_one_entry() -> None:
    names = name_columns(
        (
            "Entry Summary Number",
            "HTS Number - Full",
            "Country of Origin Code",
            "Entry Date",
            "Line Tariff Goods Value Amount",
            "Line Tariff Duty Amount",
        )
    )
    rows = [
        ("7", "9903.03.01", "CN", "03/01/2026", "0.00", "$1,000.00"),
        ("7", "9503000073", "CN", "03/01/2026", "10,000.00", "0"),
    ]
    entries = entries_of(dict(zip(names.values(), row, strict=True)) for row in rows)
    assert len(entries) == 1
    assert entries[0].fault == ""
    assert [line.key for line in entries[0].lines] == ["9903.03.01", LINE]
    assert [line.cents for line in entries[0].lines] == [100000, 0]
    assert entries[0].cells["on"] == "2026-03-01"
    assert entries[0].cells["value"] == "10000.00"


def test_lines_of_one_entry_number_are_told_apart_by_their_goods_or_their_line() -> None:
    rows = [
        {"id": "7", **PLAIN, "declared_amount": "100"},
        {"id": "7", **PLAIN, "code": "8516.72.00.00", "declared_amount": "153"},
        {"id": "7", **PLAIN, "line": "2", "declared_amount": "1"},
        {"id": "7", **PLAIN, "line": "3", "declared_amount": "1"},
    ]
    assert [each.rows for each in entries_of(rows)] == [(0, 2), (1,), (3,)]
    assert all(each.fault == "" for each in entries_of(rows[1:3]))


def test_rows_that_contradict_one_another_are_a_fault() -> None:
    rows = [
        {"id": "7", **PLAIN, "heading": "9903.03.01", "declared_amount": "100"},
        {"id": "7", **PLAIN, "value": "2000", "declared_amount": "0"},
    ]
    (entry,) = entries_of(rows)
    assert "differ in value: 1000.00 and 2000.00" in entry.fault


@pytest.mark.parametrize(
    ("text", "percent", "share"),
    [
        ("25%", False, Fraction(1, 4)),
        ("7.5 %", False, Fraction(3, 40)),
        ("0.25", False, Fraction(1, 4)),
        ("25", True, Fraction(1, 4)),
        ("Free", False, Fraction(0)),
        ("1.4¢/kg", False, None),
        ("", False, None),
    ],
)
def test_a_rate_is_read(text: str, percent: bool, share: Fraction | None) -> None:
    assert read_rate(text, percent)[0] == share


def test_a_bare_number_that_seems_to_be_a_percentage_is_refused() -> None:
    with pytest.raises(FactError, match="write 25%"):
        read_rate("25", percent=False)
    with pytest.raises(FactError, match=r"write 2\.45%"):
        read_rate("2.45", percent=False, implied=Fraction(245, 10_000))


def test_a_bare_number_above_one_is_a_fraction_where_the_amount_bears_it_out() -> None:
    assert read_rate("2.45", percent=False, implied=Fraction(245, 100))[0] == Fraction(245, 100)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("99038803", "9903.88.03"),
        ("9903.88.03.00", "9903.88.03"),
        ("8507.60.00", LINE),
        ("", LINE),
        ("499", "499"),
        ("8507.80.00.00", "8507.80.00.00"),
    ],
)
def test_a_heading_is_read_however_it_is_written(text: str, key: str) -> None:
    assert heading_key(text, "8507600010")[0] == key


def test_a_heading_too_short_is_refused() -> None:
    with pytest.raises(QuestionError, match="4 digits"):
        heading_key("9903", "8507600010")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["code", "on", "declared_rate"], "origin is missing"),
        (["code", "origin", "on"], "nothing is declared"),
        (["code", "hts number", "origin", "on", "declared_rate"], "both mean code"),
    ],
)
def test_a_table_that_cannot_be_audited_is_refused(columns: list[str], words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        name_columns(columns)


def test_the_page_to_send_holds_every_differing_entry_and_the_hash(
    found: dict[str, Any], register: Register
) -> None:
    page = summary(found, "entries.csv")
    for row in found["rows"]:
        listed = f"| {row['id']} |" in page
        described = row["status"] != "agrees" or row["reasons"] not in ([], ["rounding"])
        assert listed is described, row["id"]
    assert found["register"]["sha256"] in page
    assert register.sha256 not in page  # the tables of goods count too
    assert "not legal advice" in page
    assert found["basis"] in page
