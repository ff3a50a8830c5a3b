"""Facts that the code tells, claims, and metals that share a value: one answer and many agree."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.batch.answer import Batch
from detente.batch.rows import answer_rows
from detente.batch.table import MISSING, STATUSES
from detente.core.figures import money, rate
from detente.duty.amounts import Amounts
from detente.duty.answer import answer_duty
from detente.duty.case import build_case
from detente.duty.doubts import open_questions
from detente.duty.question import DutyQuestion
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests import in_yaml

CASES = Path(__file__).parents[1] / "settled" / "goods-facts.yaml"
METALS = ("us-232-steel", "us-232-aluminum", "us-232-copper")
PARTS = ("steel_value", "aluminum_value")
TWO_METALS = "9506.91.00.30"
"""Exercise equipment: a derivative of steel and of aluminum."""


def rows() -> Iterator[dict[str, str]]:
    """The settled cases as rows of a table, without a value and with one."""
    for case in in_yaml.texts(CASES):
        ask = case["ask"]
        facts = {f"fact.{key}": text for key, text in ask.get("facts", {}).items()}
        for value in ("", "1234.57"):
            yield (
                {"code": ask["code"], "origin": ask["origin"], "on": ask["on"]}
                | facts
                | {"value": value}
            )


def test_a_batch_agrees_with_single_answers_on_every_case(
    register: Register, schedule: Schedule
) -> None:
    asked = list(rows())
    names = dict.fromkeys(name for row in asked for name in row)
    filled = [{name: row.get(name, "") for name in names} for row in asked]
    many = Batch(register, schedule).answer(polars.DataFrame(filled))
    headings = many.headings
    singles = answer_rows(register, schedule, filled, {})
    for at, (row, one) in enumerate(zip(filled, singles, strict=True)):
        assert STATUSES[many.status[at]] == one["status"], row
        assert many.texts[many.reason[at]] == one["reason"], row
        assert many.texts[many.layers[at]] == one["layers"], row
        assert headings[at] == one["headings"], row
        share, cents = (
            int(many.numbers[name][at]) for name in ("total_ad_valorem", "total_amount")
        )
        assert one["total_ad_valorem"] == _stated(share, rate(Fraction(share, 10**6))), row
        assert one["total_amount"] == _stated(cents, money(cents)), row


def _stated(number: int, text: str | None) -> str:
    return "" if number == MISSING or text is None else text


def figures(register: Register, schedule: Schedule, **facts: str) -> Amounts:
    asked = DutyQuestion(TWO_METALS, "CN", "2025-12-10", value="1000.01", facts=facts)
    case = build_case(register, schedule, asked)
    return case.figures(case.stack)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(PARTS), st.integers(0, 50), max_size=2))
def test_contents_never_come_to_more_than_the_value(
    register: Register, schedule: Schedule, percents: dict[str, int]
) -> None:
    facts = {key: f"{percent}%" for key, percent in percents.items()}
    made = figures(register, schedule, **facts)
    parts = {
        layer.term.provision.base[0]: layer
        for layer in made.layers
        if layer.term.measure.id in METALS and layer.term.provision.base
    }
    assert set(parts) == set(PARTS)
    bases = [layer.base for layer in parts.values()]
    # Each content that is stated is rounded to the cent by itself.
    assert sum(base for base in bases if base is not None) <= 100001 + len(percents) // 2
    for key, percent in percents.items():
        assert parts[key].share == Fraction(percent, 100) * Fraction(
            parts[key].term.duty.rate, 10**6
        )
    if len(percents) < len(PARTS):  # what is not stated is in one of them
        assert sum(base for base in bases if base is not None) == 100001


def test_more_content_than_value_is_refused(register: Register, schedule: Schedule) -> None:
    with pytest.raises(ValueError, match="more than the value"):
        figures(register, schedule, steel_value="1000.02")


def test_the_ends_of_a_content_enclose_the_total(register: Register, schedule: Schedule) -> None:
    case = build_case(register, schedule, DutyQuestion(TWO_METALS, "CN", "2025-12-10"))
    questions = {each["fact"]: each for each in open_questions(case, case.figures(case.stack))}
    metal = questions["aluminum_value"]
    assert (metal["if_true"], metal["if_false"]) == ("0.321", "0.721")
    assert "The metals share one value" in metal["question"]
    assert questions["steel_value"]["value_if_true"] == "100%"
    answer = answer_duty(register, schedule, DutyQuestion(TWO_METALS, "CN", "2025-12-10"))
    assert any("Metals share one value" in note for note in answer["notes"])


def _never_asked(register: Register) -> list[Any]:
    return [fact for fact in register.facts.values() if fact.raised in ("never", "silent")]


def test_every_fact_that_is_never_asked_says_why_its_default_may_stand(register: Register) -> None:
    found = _never_asked(register)
    assert found
    assert [fact.key for fact in found if not fact.because] == []


@pytest.mark.parametrize("origin", ["CN", "MX", "DE"])
def test_a_number_of_chapter_98_is_never_settled_under_section_232(
    register: Register, schedule: Schedule, origin: str
) -> None:
    asked = 0
    for code in (
        "9801.00.10.65",
        "9802.00.40.40",
        "9802.00.60.00",
        "9813.00.05.20",
        "9817.00.96.00",
    ):
        for day in ("2019-06-01", "2022-03-01", "2025-12-10", "2026-10-09"):
            try:
                answer = answer_duty(register, schedule, DutyQuestion(code, origin, day))
            except CodeError:
                continue  # the edition of the day does not print the number
            asked += 1
            assert any(each["fact"] == "goods_under_232" for each in answer["open_questions"])
            assert answer["line"]["general"] != "" or answer["total"]["ad_valorem"] is None
    assert asked > 10
