"""The history of a line: every stretch of one duty, what changed, and the act that did it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from detente.duty.answer import answer_duty
from detente.duty.history import answer_history
from detente.duty.history_rows import COLUMNS, change_words, step_rows
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register

TOYS, BATTERY, PHONE = "9503.00.00.73", "8507.60.00.10", "8517.13.00"
LAST = "2026-11-26"


def asked(
    register: Register,
    schedule: Schedule,
    code: str,
    *origins: str,
    first: str = "2018-01-01",
    last: str = LAST,
    **more: Any,
) -> dict[str, Any]:
    question = DutyQuestion(code, "", last, **more)
    return answer_history(register, schedule, question, first, origins or ("CN",))


def test_toys_of_china_have_the_steps_of_the_emergency_duties_and_what_followed(
    register: Register, schedule: Schedule
) -> None:
    rows = asked(register, schedule, TOYS)["segments"]
    # Free in column 1; 10, then 20 (fentanyl); +10, +84, +125, +10 (reciprocal); fentanyl halved;
    # then the surcharge of 10; then 12.5 under section 301 on forced labor.
    assert [(row["from"], row["ad_valorem"]) for row in rows] == [
        ("2018-01-01", "0"),
        ("2025-02-04", "0.1"),
        ("2025-03-04", "0.2"),
        ("2025-04-05", "0.3"),
        ("2025-04-09", "1.04"),
        ("2025-04-10", "1.45"),
        ("2025-05-14", "0.3"),
        ("2025-11-10", "0.2"),
        ("2026-02-24", "0.1"),
        ("2026-07-24", "0.125"),
    ]
    # What stood under the emergency act was held never owed.
    assert [row["owed_ad_valorem"] for row in rows[1:8]] == ["0"] * 7


def test_each_step_names_the_act_that_made_it_with_its_address(
    register: Register, schedule: Schedule
) -> None:
    rows = {row["from"]: row for row in asked(register, schedule, TOYS)["segments"]}
    changed = rows["2025-05-14"]["changed"]
    assert [each["measure"] for each in changed] == ["us-ieepa-reciprocal-china"]
    assert (changed[0]["before"], changed[0]["after"]) == ("125%", "10%")
    source = changed[0]["sources"][0]
    assert source["citation"] == "Executive Order 14298"
    assert source["url"].startswith("https://www.federalregister.gov/")
    ended = {each["measure"]: each for each in rows["2026-02-24"]["changed"]}
    assert ended["us-ieepa-fentanyl-china"]["after"] is None
    assert "Executive Order 14389" in str(ended["us-ieepa-fentanyl-china"]["sources"])
    assert all(row["changed"] for row in list(rows.values())[1:])


@pytest.mark.parametrize(("code", "origin"), [(TOYS, "CN"), (BATTERY, "CN"), (BATTERY, "VN")])
def test_a_stretch_has_the_duty_of_each_of_its_ends_as_a_single_question_answers_it(
    register: Register, schedule: Schedule, code: str, origin: str
) -> None:
    rows = asked(register, schedule, code, origin, first="2024-06-01")["segments"]
    assert [row["until"] for row in rows] == [*(row["from"] for row in rows[1:]), None]
    for row in rows:
        end = row["until"] and (date.fromisoformat(row["until"]) - timedelta(1)).isoformat()
        for day in (row["from"], end or LAST):
            answer = answer_duty(register, schedule, DutyQuestion(code, origin, day))
            assert answer["total"]["ad_valorem"] == row["ad_valorem"], (day, row["from"])


def test_origins_stand_side_by_side_now_and_a_quarter_later(
    register: Register, schedule: Schedule
) -> None:
    answer = asked(register, schedule, BATTERY, "CN", "VN", "MX", first="2026-08-01")
    rows = {row["origin"]: row for row in answer["side_by_side"]}
    assert list(rows) == ["CN", "VN", "MX"]
    assert rows["CN"]["later_on"] == "2027-02-25"  # 26 November and 91 days
    for origin, row in rows.items():
        alone = answer_duty(register, schedule, DutyQuestion(BATTERY, origin, LAST))
        later = answer_duty(register, schedule, DutyQuestion(BATTERY, origin, row["later_on"]))
        assert row["ad_valorem"] == alone["total"]["ad_valorem"]
        assert row["later_ad_valorem"] == later["total"]["ad_valorem"]
    least = min(Fraction(row["ad_valorem"]) for row in rows.values())
    assert {o for o, row in rows.items() if row["lowest"]} == {
        o for o, row in rows.items() if Fraction(row["ad_valorem"]) == least
    }


def test_a_day_that_is_cheaper_is_named_with_what_it_saves(
    register: Register, schedule: Schedule
) -> None:
    answer = asked(register, schedule, TOYS, first="2025-10-01", last="2025-11-01",
                   known_on="2025-11-05")  # fmt: skip
    found = answer["side_by_side"][0]["cheaper_if_later"]
    # On 4 November 2025 the duty on fentanyl was halved from 10 November: 30% becomes 20%.
    assert (found["on"], found["ad_valorem"], found["saves"]) == ("2025-11-10", "0.2", "0.1")


def test_a_line_that_did_not_exist_has_no_rate_on_those_days_and_says_why(
    register: Register, schedule: Schedule
) -> None:
    rows = asked(register, schedule, PHONE)["segments"]
    old = [row for row in rows if row["from"] < "2022-01-01"]
    assert old
    for row in old:
        if row["ad_valorem"] is None:
            assert row["status"] == "not_covered"
            assert "8517.13.00 is not in" in row["why"]
        else:
            assert row["code"] != "85171300"


def test_a_code_that_no_day_has_is_refused(register: Register, schedule: Schedule) -> None:
    with pytest.raises(CodeError):
        asked(register, schedule, "9999.99.99")


def test_days_and_origins_that_are_none_are_refused(register: Register, schedule: Schedule) -> None:
    with pytest.raises(QuestionError, match="lies before the first"):
        asked(register, schedule, TOYS, first="2026-12-01")
    with pytest.raises(QuestionError, match="from 1 to 12 origins"):
        asked(register, schedule, TOYS, *[f"O{number}" for number in range(13)])


def test_into_china_the_steps_follow_its_table_of_rates_and_its_answers(
    register: Register, schedule: Schedule
) -> None:
    answer = asked(register, schedule, "1201.90.00", "US", destination="CN")
    changes = [change_words(each) for row in answer["segments"] for each in row["changed"]]
    assert any("25 percent on 545 lines" in each and "begins: 25%" in each for each in changes)


def test_the_table_has_a_row_for_each_step_with_its_instruments(
    register: Register, schedule: Schedule
) -> None:
    answer = asked(register, schedule, TOYS)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in step_rows(answer)]
    assert len(rows) == len(answer["segments"])
    geneva = next(row for row in rows if row["from"] == "2025-05-14")
    assert geneva["ad_valorem_before"] == "1.45"
    assert geneva["ad_valorem"] == "0.3"
    assert geneva["instruments"] == "Executive Order 14298"
    assert str(geneva["urls"]).startswith("https://")
