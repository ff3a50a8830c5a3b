"""Every case of tests/cases, asked of the engine as a user would."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests import in_yaml

CASES = Path(__file__).parent / "cases"


def _load(name):
    return in_yaml.texts(CASES / name)


def _lines():
    for path in sorted(CASES.glob("*.yaml")):
        rows = _load(path.name)
        if isinstance(rows, list):
            for row in rows:
                yield pytest.param(row, id=row["name"])


def _cells():
    table = _load("us-stacks-on-chinese-goods.yaml")
    before = None
    for day, points in table["rows"].items():
        for code, wanted in zip(table["columns"], points, strict=True):
            yield pytest.param(code, day, wanted, id=f"{code} on {day}")
        eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        for code, wanted in zip(table["columns"], before or [], strict=bool(before)):
            yield pytest.param(code, eve, wanted, id=f"{code} on {eve}, the day before")
        before = points


@pytest.fixture(scope="module")
def register():
    return Register.load()


@pytest.fixture(scope="module")
def schedule():
    return Schedule()


def _ask(register, schedule, ask):
    return answer_duty(register, schedule, DutyQuestion(**{**ask, "facts": ask.get("facts", {})}))


def _share(points):
    return Fraction(points) / 100


@pytest.mark.parametrize(("code", "day", "wanted"), list(_cells()))
def test_the_stack_on_chinese_goods_is_the_worked_one(register, schedule, code, day, wanted):
    answer = _ask(register, schedule, {"code": code, "origin": "CN", "on": day})
    assert Fraction(answer["total"]["additional_ad_valorem"]) == _share(wanted)


@pytest.mark.parametrize("case", list(_lines()))
def test_the_worked_case(register, schedule, case):
    answer = _ask(register, schedule, case["ask"])
    checked = 0
    for key, field in (("total", "ad_valorem"), ("additional", "additional_ad_valorem")):
        if key in case:
            assert Fraction(answer["total"][field]) == _share(case[key]), case["because"]
            checked += 1
    if "amount" in case:
        assert answer["total"]["amount"] == case["amount"], case["because"]
        checked += 1
    if "refundable" in case:
        assert answer["total"]["refundable_amount"] == case["refundable"], case["because"]
        checked += 1
    if "unknown" in case:
        assert answer["total"]["ad_valorem"] is None, case["because"]
        checked += 1
    if "filing" in case:
        assert answer["filing"] == case["filing"]
        checked += 1
    for heading in case.get("filing_has", []):
        assert heading in answer["filing"], case["because"]
        checked += 1
    for heading in case.get("filing_lacks", []):
        assert heading not in answer["filing"], case["because"]
        checked += 1
    for wanted in case.get("open", []):
        found = [each for each in answer["open_questions"] if _fits(each, wanted)]
        assert found, (wanted, answer["open_questions"])
        checked += 1
    assert checked, "a case must expect something"


def _fits(question, wanted):
    for key, value in wanted.items():
        if key in ("if_true", "if_false"):
            if question[key] is None or Fraction(question[key]) != _share(value):
                return False
        elif question.get(key) != value:
            return False
    return True


@cache
def _asked_days():
    days = set()
    for parameter in _lines():
        days.add(parameter.values[0]["ask"]["on"][:10])
    table = _load("us-stacks-on-chinese-goods.yaml")
    for day in table["rows"]:
        days.update((day, (date.fromisoformat(day) - timedelta(days=1)).isoformat()))
    return days


@pytest.mark.parametrize("day", (CASES / "discontinuities.txt").read_text().split())
def test_each_day_on_which_law_jumps_is_asked_on_the_day_and_the_day_before(day):
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert {day, eve} <= _asked_days()
