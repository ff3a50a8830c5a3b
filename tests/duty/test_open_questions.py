"""Every doubt is asked alone, with both totals; what makes no difference is not asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from tests.small_register import DUTY, LIST, small_register

CODE = "8507.60.00.10"  # column 1 is 3.4%
READINGS = (
    'readings: [{text: "It covers batteries", source: order-1, holds: true}, '
    '{text: "It does not", source: order-2, holds: false}]'
)


def law(provisions: str, period: str, event: str = "", name: str = "duty") -> str:
    return (
        f'id: us-{name}\ntitle: A duty\nby: US\nfamily: "301"\nauthority: [order-1]\n'
        f"places: china\nprovisions: [{provisions}]\nevents:\n"
        f"  - {{announced: 2025-02-01, source: order-1, periods: [{period}]{event}}}\n"
        "verified: {day: 2026-10-10, grade: primary}\n"
    )


def ask(
    folder: Path, schedule: Schedule, files: dict[str, str | bytes | None], **asked: Any
) -> dict[str, Any]:
    question = {"code": CODE, "origin": "CN", "on": "2025-07-01", **asked}
    return answer_duty(small_register(folder, files), schedule, DutyQuestion(**question))


def sides(question: dict[str, Any]) -> tuple[str | None, str | None]:
    return question["if_true"], question["if_false"]


PARTS = law(
    '{id: parts, goods: ["8507"], when: {auto_part: {is: true}}}, {id: main}',
    '{provision: parts, from: 2025-02-04, add: "25%"}, '
    '{provision: main, from: 2025-02-04, add: "10%"}',
)


def test_a_fact_that_was_not_given_is_asked_with_both_totals(
    tmp_path: Path, schedule: Schedule
) -> None:
    (question,) = ask(tmp_path, schedule, {"us/tariff/duty.yaml": PARTS})["open_questions"]
    assert (question["kind"], question["fact"]) == ("fact", "auto_part")
    assert question["question"] == "Is it a part of a passenger vehicle?"
    assert sides(question) == ("0.284", "0.134")  # 3.4 + 25, 3.4 + 10


@pytest.mark.parametrize(("given", "total"), [("true", "0.284"), ("false", "0.134")])
def test_a_fact_that_was_given_is_not_asked(
    tmp_path: Path, schedule: Schedule, given: str, total: str
) -> None:
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": PARTS}, facts={"auto_part": given})
    assert answer["open_questions"] == []
    assert answer["total"]["ad_valorem"] == total


def test_a_fact_that_changes_nothing_is_not_asked(tmp_path: Path, schedule: Schedule) -> None:
    provisions = '{id: parts, goods: ["8507"], when: {auto_part: {is: true}}}'
    ended = law(provisions, "{provision: parts, from: 2025-02-04, state: ended}")
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": ended})
    assert answer["open_questions"] == []


def test_a_fact_is_asked_only_where_the_law_names_the_goods(
    tmp_path: Path, schedule: Schedule
) -> None:
    everywhere = PARTS.replace('goods: ["8507"], ', "")
    assert ask(tmp_path, schedule, {"us/tariff/duty.yaml": everywhere})["open_questions"] == []


def test_the_content_of_a_metal_is_asked_between_nothing_and_the_whole(
    tmp_path: Path, schedule: Schedule
) -> None:
    metal = law(
        '{id: main, goods: ["8507"], base: steel}',
        '{provision: main, from: 2025-02-04, add: "50%"}',
    )
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": metal})
    (question,) = answer["open_questions"]
    assert question["fact"] == "steel_value"
    assert sides(question) == ("0.034", "0.534")  # no steel; all of it, as the answer takes it
    assert answer["total"]["ad_valorem"] == "0.534"


def test_a_disputed_paint_shows_the_total_of_each_reading(
    tmp_path: Path, schedule: Schedule
) -> None:
    disputed = law("{id: main}", '{provision: main, from: 2025-02-04, add: "10%"}', f", {READINGS}")
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": disputed})
    (question,) = answer["open_questions"]
    assert question["kind"] == "law"
    assert question["question"] == (
        "Which reading holds? Followed here: It covers batteries (Order 1). "
        "Against it: It does not (Order 2)."
    )
    assert sides(question) == ("0.134", "0.034")
    assert answer["total"]["ad_valorem"] == "0.134"


def test_a_disputed_paint_that_is_not_followed_shows_the_total_with_it(
    tmp_path: Path, schedule: Schedule
) -> None:
    against = (
        'readings: [{text: "It does not", source: order-2, holds: false}, '
        '{text: "It covers batteries", source: order-1, holds: true}]'
    )
    disputed = law("{id: main}", '{provision: main, from: 2025-02-04, add: "10%"}', f", {against}")
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": disputed})
    assert answer["total"]["ad_valorem"] == "0.034"
    assert [sides(each) for each in answer["open_questions"]] == [("0.134", "0.034")]


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-01-14", 0), ("2026-01-15", 1), ("2026-02-24", 0)]
)
def test_a_disputed_yield_shows_both_totals_while_both_measures_stand(
    tmp_path: Path, schedule: Schedule, day: str, asked: int
) -> None:
    chips = law("{id: main}", '{provision: main, from: 2026-01-15, add: "25%"}', name="chips")
    fentanyl = law(
        "{id: main}", '{provision: main, from: 2025-02-04, until: 2026-02-24, add: "10%"}'
    )
    row = (
        "- {yielding: us-duty, prevailing: us-chips, basis: article, announced: 2026-01-14, "
        f"from: 2026-01-15, source: order-2, {READINGS}}}\n"
    )
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": fentanyl,
        "us/tariff/chips.yaml": chips,
        "yields.yaml": row,
    }
    questions = ask(tmp_path, schedule, files, on=day)["open_questions"]
    # Column 1 is 3.4: giving way leaves 3.4 + 25, adding makes 3.4 + 25 + 10.
    assert [sides(each) for each in questions] == [("0.284", "0.384")] * asked


SUSPENDED = law("{id: main}", '{provision: main, from: 2025-02-04, add: "34%"}').replace(
    "verified:",
    "  - {announced: 2025-11-04, source: order-2, periods: [{provision: main, from: 2025-11-10, "
    'until: 2026-11-11, add: "10%", state: suspended, boundary: unclear}]}\nverified:',
)


@pytest.mark.parametrize(
    ("day", "total", "asked"),
    [
        ("2026-11-09", "0.134", []),
        ("2026-11-10", "0.134", [("0.134", "0.374")]),  # 3.4 + 10, or 3.4 + 34 already
        ("2026-11-11", "0.374", []),
    ],
)
def test_the_last_day_that_a_text_leaves_open_is_a_question_on_that_day_alone(
    tmp_path: Path, schedule: Schedule, day: str, total: str, asked: list[tuple[str, str]]
) -> None:
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": SUSPENDED}, on=day)
    assert answer["total"]["ad_valorem"] == total
    assert [sides(each) for each in answer["open_questions"]] == asked
    assert all(each["kind"] == "boundary" for each in answer["open_questions"])
    if asked:
        words = answer["open_questions"][0]["question"]
        assert words == (
            "Is 10 November 2026 itself still covered? The text leaves its last day open."
        )


def test_the_last_day_is_open_also_where_nothing_is_charged_while_suspended(
    tmp_path: Path, schedule: Schedule
) -> None:
    resting = SUSPENDED.replace('add: "10%", state', "state")
    (question,) = ask(tmp_path, schedule, {"us/tariff/duty.yaml": resting}, on="2026-11-10")[
        "open_questions"
    ]
    assert (question["kind"], sides(question)) == ("boundary", ("0.034", "0.374"))


def test_a_list_that_is_not_in_hand_on_a_day_is_asked_with_both_totals(
    tmp_path: Path, schedule: Schedule
) -> None:
    text = LIST.replace("# place", "# unknown: 2025-03-12 2025-06-04 the annex\n# place")
    text = text.replace("8507\t2025-01-01", "8507\t2025-06-04").replace(
        "85076000\t2025-06-01", "1\t", 1
    )
    text = "\n".join(line for line in text.splitlines() if not line.startswith("1\t")) + "\n"
    files: dict[str, str | bytes | None] = {"lists/small-list.tsv": text}
    totals = {}
    for day in ("2025-03-11", "2025-03-12", "2025-06-03", "2025-06-04"):
        answer = ask(tmp_path / day, schedule, files, on=day)
        totals[day] = answer["total"]["ad_valorem"], [sides(q) for q in answer["open_questions"]]
    assert totals == {
        "2025-03-11": ("0.034", []),
        "2025-03-12": ("0.034", [("0.134", "0.034")]),
        "2025-06-03": ("0.034", [("0.134", "0.034")]),
        "2025-06-04": ("0.134", []),
    }


def test_a_quantity_that_is_missing_is_asked_for(tmp_path: Path, schedule: Schedule) -> None:
    specific = law("{id: main}", '{provision: main, from: 2025-02-04, specific: "$0.22/kg"}')
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": specific}, value="1000")
    (question,) = answer["open_questions"]
    assert question["fact"] == "quantity in kg"
    assert sides(question) == (None, None)
    assert answer["total"]["amount"] is None
    described = ask(
        tmp_path,
        schedule,
        {"us/tariff/duty.yaml": specific},
        value="1000",
        quantities={"kg": "100"},
    )
    assert described["open_questions"] == []
    assert described["total"]["amount"] == "56.00"  # 34.00 + 100 x 0.22


def test_eight_digits_are_asked_for_ten_where_a_list_tells_ten_apart(
    tmp_path: Path, schedule: Schedule
) -> None:
    narrow = DUTY.replace("goods: small-list", 'goods: small-list, not_goods: ["9503"]')
    text = LIST.replace("85076000\t2025-06-01\t\t\t1", "8507600020\t2025-01-01\t\t\t1")
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": narrow,
        "lists/small-list.tsv": text,
    }
    (question,) = ask(tmp_path, schedule, files, code="8507.60.00")["open_questions"]
    assert (question["kind"], question["fact"]) == ("list", "statistical_suffix")
    assert "8507.60.00.20" in question["question"]
    assert ask(tmp_path, schedule, files, code="8507.60.00.20")["open_questions"] == []


def test_a_question_about_two_facts_turns_them_together(tmp_path: Path, schedule: Schedule) -> None:
    tests = '{bandwidth: {more_than: "14000", below: "17500"}, use: {is: military}}'
    band = law(
        f'{{id: band, goods: ["8507"], when: {tests}}}, {{id: main}}',
        '{provision: band, from: 2025-02-04, add: "25%"}, '
        '{provision: main, from: 2025-02-04, add: "10%"}',
    )
    questions = ask(tmp_path, schedule, {"us/tariff/duty.yaml": band})["open_questions"]
    assert [sides(each) for each in questions] == [("0.284", "0.134")]


OF_TWO = """\
id: us-duty
title: A duty
by: US
family: "301"
authority: [order-1]
places: china
provisions: [{id: one, heading: "9903.88.01"}, {id: two, heading: "9903.88.03"}]
events:
  - {announced: 2025-01-02, source: order-1, periods: [
     {provision: one, from: 2025-02-01, add: "25%"},
     {provision: two, from: 2025-02-01, add: "25%"}]}
  - announced: 2025-03-01
    announced_only: true
    named: false
    speaker: The Secretary
    source: order-2
    title: "Paused for a month"
    periods: [{provision: one, from: 2025-04-01, until: 2025-05-01, state: suspended}]
verified: {day: 2026-10-10, grade: primary}
"""


@pytest.mark.parametrize(
    ("day", "differs"),
    [("2025-03-31", False), ("2025-04-01", True), ("2025-04-30", True), ("2025-05-01", False)],
)
@pytest.mark.parametrize("second", ["25%", "10%"])
def test_what_was_only_announced_is_told_also_where_the_total_stays(
    tmp_path: Path, schedule: Schedule, day: str, differs: bool, second: str
) -> None:
    text = OF_TWO.replace(
        'two, from: 2025-02-01, add: "25%"', f'two, from: 2025-02-01, add: "{second}"'
    )
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": text}, on=day)
    assert answer["total"]["ad_valorem"] == "0.284"
    found = answer["announced"]
    assert (found is not None) is differs
    if found is not None:
        # 3.4% + 25%, or 3.4% + 10% where the second provision takes the place of the first.
        assert found["total_ad_valorem"] == ("0.284" if second == "25%" else "0.134")
        words = json.dumps(found)
        assert ("9903.88.03" in words) is (second == "25%")


def test_what_was_only_announced_is_told_where_it_hangs_on_a_fact_that_is_asked_for(
    tmp_path: Path, schedule: Schedule
) -> None:
    text = OF_TWO.replace(
        'one, heading: "9903.88.01"', 'one, goods: ["8507"], when: {auto_part: {is: true}}'
    )
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": text}, on="2025-04-15")
    found = answer["announced"]
    assert found["total_ad_valorem"] == answer["total"]["ad_valorem"] == "0.284"
    assert found["until"] == "2025-05-01"
    assert "the total is 28.4%, and the facts asked for decide otherwise" in json.dumps(found)
    settled = ask(tmp_path, schedule, {"us/tariff/duty.yaml": text}, on="2025-05-01")
    assert settled["announced"] is None


@pytest.mark.parametrize(
    ("day", "other"),
    [("2025-03-31", None), ("2025-04-01", "0.134"), ("2025-04-30", "0.134"), ("2025-05-01", None)],
)
def test_a_change_ahead_has_the_total_of_the_other_reading_on_its_day(
    tmp_path: Path, schedule: Schedule, day: str, other: str | None
) -> None:
    one, two = (f'{{provision: {name}, from: 2025-02-01, add: "25%"}}' for name in ("one", "two"))
    changed = one.replace("from: 2025-02-01", f"from: 2025-02-01, until: {day}")
    then = f'{{provision: one, from: {day}, add: "30%"}}'
    text = OF_TWO.replace(one, f"{changed}, {then}").replace(two, two.replace("25%", "10%"))
    answer = ask(tmp_path, schedule, {"us/tariff/duty.yaml": text}, on="2025-03-30")
    (row,) = [each for each in answer["changes_ahead"] if each["on"] == day]
    assert row["total_ad_valorem"] == "0.334"
    assert row["by_other_reading"] == (other and {"total_ad_valorem": other})
