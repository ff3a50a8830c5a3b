"""Many entries: a row in, a row out, in order, and the same answer as for one."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.batch.columns import FAMILIES, OUTPUT, check_columns
from detente.batch.rows import answer_rows, question_of
from detente.duty import readings
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.small_register import DUTY, small_register

PARTS = (
    DUTY.replace("us-duty", "us-parts")
    .replace('"301"', '"232"')
    .replace("{id: main,", "{id: main, when: {auto_part: {is: true}},")
)
VOID = "  - {announced: 2026-02-20, source: order-2, void: {from: 2025-02-04}}\nverified"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": DUTY.replace("verified", VOID),
        "us/tariff/parts.yaml": PARTS,
    }
    return small_register(tmp_path_factory.mktemp("register"), files)


def answered(
    register: Register, schedule: Schedule, *rows: dict[str, str], **facts: str
) -> list[dict[str, str]]:
    return list(answer_rows(register, schedule, rows, facts))


ENTRY = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-05-01", "value": "1000"}


def test_a_row_has_every_output_column(register: Register, schedule: Schedule) -> None:
    (row,) = answered(register, schedule, ENTRY)
    assert list(row) == list(OUTPUT)
    assert (row["status"], row["total_ad_valorem"], row["total_amount"]) == (
        "open",  # nobody said whether it is a part of a vehicle
        "0.134",  # 3.4 + 10
        "134.00",
    )
    assert row["refundable_amount"] == "100.00"
    assert row["headings"] == "9903.99.01;8507.60.00.10"
    assert (row["duty_base"], row["duty_301"], row["duty_232"]) == ("34.00", "100.00", "0.00")
    assert row["reason"] == "Is it a part of a passenger vehicle?"


def test_a_fact_of_every_row_gives_way_to_the_row_s_own(
    register: Register, schedule: Schedule
) -> None:
    rows = answered(
        register, schedule, ENTRY, {**ENTRY, "fact.auto_part": "true"}, auto_part="false"
    )
    assert [row["status"] for row in rows] == ["ok", "ok"]
    assert [row["duty_232"] for row in rows] == ["0.00", "100.00"]


def test_an_empty_cell_is_not_given(register: Register, schedule: Schedule) -> None:
    row = {**ENTRY, "value": "", "fact.auto_part": " ", "quantity": "", "unit": ""}
    assert question_of(row, {}).value is None
    assert question_of(row, {}).facts == {}
    (found,) = answered(register, schedule, row)
    assert (found["total_amount"], found["total_ad_valorem"]) == ("", "0.134")
    assert {found[name] for name in FAMILIES} == {""}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"code": ""}, "the cell `code` is empty"),
        ({"origin": " "}, "the cell `origin` is empty"),
        ({"code": "8507.60"}, "8507.60"),
        ({"code": "battery"}, "is not a tariff code"),
        ({"origin": "XX"}, "unknown country 'XX'"),
        ({"on": "2025-02-30"}, "is not a day of the calendar"),
        ({"value": "-1"}, "it must not be negative"),
        ({"fact.autopart": "true"}, "unknown fact 'autopart': did you mean auto_part"),
        ({"fact.auto_part": "perhaps"}, "auto_part is true or false"),
        ({"quantity": "5"}, "`quantity` has no `unit` beside it"),
        ({"destination": "MX"}, "no duties of 'MX' are in the register"),
    ],
)
def test_a_row_that_cannot_be_answered_says_why_and_is_not_lost(
    register: Register, schedule: Schedule, changed: dict[str, str], reason: str
) -> None:
    first, broken, last = answered(register, schedule, ENTRY, {**ENTRY, **changed}, ENTRY)
    assert broken["status"] == "unresolved"
    assert reason in broken["reason"]
    assert {broken[name] for name in OUTPUT if name not in ("status", "reason")} == {""}
    assert first == last
    assert first["status"] == "open"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["code", "on"], "the column origin is missing"),
        (["id"], "the column code and origin and on is missing"),
        (["code", "origin", "on", "status"], "the column status has the name of an output column"),
        (["code", "origin", "on", "code"], "the column code stands twice"),
        (["code", "origin", "on", "to"], "column to is called destination"),
    ],
)
def test_a_table_with_the_wrong_columns_is_refused(columns: list[str], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        check_columns(columns)


def test_a_column_of_another_meaning_may_be_named_to() -> None:
    check_columns(["code", "origin", "on", "to", "destination"])


CODES = ("8507.60.00.10", "8507.60.00.20", "9503.00.00", "0307.43.00", "72", "8507.99.99")
ROWS = st.fixed_dictionaries(
    {
        "code": st.sampled_from(CODES),
        "origin": st.sampled_from(["CN", "HK", "JP"]),
        "on": st.sampled_from(["2025-02-03", "2025-02-04", "2025-05-31", "2025-06-01", "soon"]),
        "value": st.sampled_from(["", "0.05", "999.99", "1234567.89"]),
        "fact.auto_part": st.sampled_from(["", "true", "false"]),
    }
)


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(ROWS, max_size=6))
def test_a_batch_answers_as_one_question_at_a_time_does(
    register: Register, schedule: Schedule, rows: list[dict[str, str]]
) -> None:
    found = answered(register, schedule, *rows)
    assert len(found) == len(rows)
    for row, result in zip(rows, found, strict=True):
        reason = None
        try:
            answer = answer_duty(register, schedule, question_of(row, {}))
        except ValueError as error:
            reason = str(error)
        if reason is not None:
            assert (result["status"], result["reason"]) == ("unresolved", reason)
            continue
        assert result["total_ad_valorem"] == (answer["total"]["ad_valorem"] or "")
        assert result["total_amount"] == (answer["total"]["amount"] or "")
        assert result["headings"] == ";".join(answer["filing"])
        assert len(json.loads(result["layers"])) == len(answer["layers"])
        if row["value"]:
            families = sum(Decimal(result[name]) for name in FAMILIES)
            assert families == Decimal(result["total_amount"])


def test_every_family_of_the_built_in_register_has_a_column() -> None:
    assert {f"duty_{name}" for name in Register.built_in().families} == set(FAMILIES)


def test_a_question_asks_what_its_row_says() -> None:
    row = {
        **ENTRY,
        "destination": "",
        "quantity": "5",
        "unit": "kg",
        "quantity2": "2",
        "unit2": "No.",
    }
    assert question_of(row, {"auto_part": "true"}) == DutyQuestion(
        code="8507.60.00.10",
        origin="CN",
        on="2025-05-01",
        value="1000",
        quantities={"kg": "5", "No.": "2"},
        facts={"auto_part": "true"},
    )


def test_a_row_that_an_announcement_may_touch_and_does_not_change_has_empty_cells(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    crane = {"code": "8426.19.00", "origin": "CN", "on": "2026-11-27", "value": "100"}
    law = Register.built_in()
    (touched,) = answered(law, schedule, crane)
    assert touched["announced_ad_valorem"] == "0.125"
    assert touched["announced_because"]
    monkeypatch.setattr(readings, "announced", lambda case: None)
    (same,) = answered(law, schedule, crane)
    empty = {"announced_ad_valorem": "", "announced_because": ""}
    assert same == {**touched, **empty}
