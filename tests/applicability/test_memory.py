"""An answer from memory is the answer: every key of it, for goods of every kind, on every day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from detente.applicability import equivalence
from detente.applicability.entry_facts import ValuePart
from detente.applicability.equivalence import Memory
from detente.applicability.scope import narrow
from detente.applicability.stack import AsOf, resolve
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.small_register import small_register

ORIGINS = ("CN", "HK", "VN", "DE", "MX", "CA", "JP", "GB", "BR", "RU", "TW", "IN")
DAYS = (
    "2018-09-24", "2019-06-15", "2020-02-14", "2022-05-01", "2024-09-27", "2025-02-10",
    "2025-03-12", "2025-04-09", "2025-04-12", "2025-06-04", "2025-08-18", "2025-11-10",
    "2025-11-12", "2026-02-24", "2026-07-25", "2026-09-15", "2025-04-09T00:01-04:00",
)  # fmt: skip
FACTS = (
    {},
    {},
    {},
    {"auto_part": "true"},
    {"steel_value": "40%"},
    {"aluminum_value": "12.50"},
    {"exclusion": "true"},
    {"loaded_on": "2025-04-04"},
    {"melt_country": "US"},
    {"usmca": "true"},
)


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return Schedule()


def questions(register: Register, schedule: Schedule, count: int) -> Iterator[DutyQuestion]:
    """Goods of the basket and others beside them, from anywhere, on any of the days."""
    chance = random.Random(20251112)
    codes = [good.code for good in register.basket]
    for _ in range(count):
        code = chance.choice(codes)
        yield DutyQuestion(
            code=code if chance.random() < 0.8 else code[:8],
            origin=chance.choice(ORIGINS),
            on=chance.choice(DAYS),
            known_on=chance.choice((None, None, None, "2025-04-03", "2025-11-01", "2026-02-19")),
            value=chance.choice((None, "10000", "33.33", "0.05")),
            quantities=chance.choice(({}, {}, {"kg": "7.5"}, {"No.": "3"})),
            facts=chance.choice(FACTS),
        )


def described(
    register: Register, schedule: Schedule, asked: DutyQuestion, memory: Memory | None
) -> object:
    try:
        return answer_duty(register, schedule, asked, memory)
    except ValueError as error:
        return type(error), str(error)


def test_answers_from_memory_are_the_answers(register: Register, schedule: Schedule) -> None:
    memory = Memory(register)
    answered = 0
    for asked in questions(register, schedule, 120):
        plain = described(register, schedule, asked, None)
        assert described(register, schedule, asked, memory) == plain, asked
        assert described(register, schedule, asked, memory) == plain, asked
        answered += isinstance(plain, dict)
    assert answered > 70


def test_a_memory_that_is_full_forgets_and_answers_the_same(
    register: Register, schedule: Schedule
) -> None:
    memory = Memory(register, most=40)
    for asked in questions(register, schedule, 25):
        plain = described(register, schedule, asked, None)
        assert described(register, schedule, asked, memory) == plain, asked


def test_the_scope_and_the_stack_of_goods_are_those_of_the_single_way(register: Register) -> None:
    memory = Memory(register)
    from detente.duty.question import check

    for good in register.basket:
        for origin in ("CN", "MX"):
            plain = narrow(register, good.code, origin, "US")
            kept = memory.narrow(good.code, origin, "US")
            for theirs, ours in zip(plain.candidates, kept.candidates, strict=True):
                assert theirs.measure.id == ours.measure.id
                assert theirs.provisions == ours.provisions
            assert plain.stacking_rules == kept.stacking_rules
            assert plain.listed == kept.listed
            asked = check(register, DutyQuestion(good.code, origin, "2025-06-05"))
            as_of = AsOf(asked.minute, None, asked.facts)
            assert kept.equivalence is not None
            own, single = kept.equivalence.own_stack(kept, as_of), resolve(plain, as_of)
            assert [term.goods for term in own.terms] == [term.goods for term in single.terms]
            assert [term.duty for term in own.terms] == [term.duty for term in single.terms]


UNCLEAR = """\
id: us-duty
title: A duty
by: US
family: "301"
authority: [order-1]
places: china
provisions: [{id: main}]
events:
  - {announced: 2025-02-01, source: order-1, periods: [{provision: main, from: 2025-02-04,
     add: "34%"}]}
  - {announced: 2025-11-04, source: order-2, periods: [{provision: main, from: 2025-11-10,
     until: 2026-11-11, add: "10%", state: suspended, boundary: unclear}]}
verified: {day: 2026-10-10, grade: primary}
"""


@pytest.mark.parametrize(
    "days",
    [
        ("2025-02-03", "2025-02-04"),
        ("2026-11-09", "2026-11-10", "2026-11-11"),  # on the middle one alone the end is in doubt
        ("2026-11-11", "2026-11-10", "2026-11-09"),
        ("2025-02-03T23:59-05:00", "2025-02-04T00:00-05:00", "2025-02-04T00:01-05:00"),
    ],
)
def test_a_memory_knows_the_minute_from_which_an_answer_is_another(
    tmp_path: Path, schedule: Schedule, days: tuple[str, ...]
) -> None:
    small = small_register(tmp_path, {"us/tariff/duty.yaml": UNCLEAR})
    memory = Memory(small)
    answers = []
    for day in days:
        asked = DutyQuestion("8507.60.00.10", "CN", day)
        plain = described(small, schedule, asked, None)
        assert described(small, schedule, asked, memory) == plain, day
        answers.append(plain)
    for number, answer in enumerate(answers[1:]):
        assert isinstance(answer, dict), answer
        told = [
            (each["total"]["ad_valorem"], each["open_questions"])
            for each in (answers[number], answer)
        ]
        assert "T" in days[0] or told[0] != told[1], days


def test_a_memory_forgets_with_the_first_outcome_beyond_its_limit(register: Register) -> None:
    memory = Memory(register, most=2)
    cache = {"a": 1}
    memory.holds(cache)
    for kept in (True, True, False):
        memory.count()
        assert bool(cache) is kept


def test_no_more_scopes_are_kept_than_the_limit(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(equivalence, "LATELY", 2)
    memory = Memory(register)
    kept = []
    for code in ("8507.60.00.10", "8507.60.00.20", "8507.60.00.20", "9503.00.00.73"):
        memory.narrow(code, "CN", "US")
        kept.append(len(memory._lately))
    assert kept == [1, 2, 2, 1]


@pytest.mark.parametrize(
    ("value", "in_dollars"),
    [
        (True, False), (False, False), (0, True), (1250, True), ("text", False), (None, False),
        (ValuePart(None, Fraction(2, 5)), False), (ValuePart(0, None), True),
        (ValuePart(5, None), True),
    ],
)  # fmt: skip
def test_only_an_amount_makes_a_share_hang_on_the_value(value: object, in_dollars: bool) -> None:
    assert equivalence._in_dollars(value) is in_dollars
