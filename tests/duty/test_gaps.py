"""Each gap of the register turns the answers that it touches open, and leaves their neighbors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from detente.applicability.equivalence import Memory
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import Gap, GapTouch
from tests import in_yaml

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = in_yaml.texts(HERE / "gaps.yaml")
REGISTER = Register.built_in()
GAPS = {gap.id: gap for gap in REGISTER.gaps}


@pytest.fixture(scope="module")
def ask() -> Any:
    schedule, memory = Schedule(), Memory(REGISTER)

    def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
        question = DutyQuestion(**{key: asked[key] for key in asked if key != "opens"})
        return answer_duty(REGISTER, schedule, question, memory)

    return answer


def questions_of(gap: Gap, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The open questions of an answer that it asks because of a gap."""
    titles = {REGISTER.lists[name].title for name in gap.touches.lists}
    provisions = [REGISTER.measure(name).provision(word) for name, word in gap.touches.provisions]
    notes = {provision.note for provision in provisions if provision.note}
    unknown = {name for name, _ in gap.touches.provisions}
    return [
        each
        for each in answer["open_questions"]
        if each.get("fact") in gap.touches.facts
        or any(title in each["question"] for title in titles)
        or f"Not in the register: {gap.what}." in each["question"]
        or any(note in each["question"] for note in notes)
        or (each["question"].startswith("unknown:") and each["measure"] in unknown)
    ]


def is_named(gap: Gap, answer: Mapping[str, Any]) -> bool:
    """Whether an answer says in its coverage that something of a gap was not read."""
    names = {gap.id, *gap.touches.lists}
    if gap.touches.columns and answer["coverage"][1]["state"] != "read":
        return True
    return any(row["what"] in names for row in answer["coverage"])


def test_each_gap_that_touches_something_has_a_case() -> None:
    touching = {gap.id for gap in REGISTER.gaps if gap.touches != GapTouch()}
    assert {case["gap"] for case in CASES} == touching


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['gap']}-{case['inside']['code']}" for case in CASES]
)
def test_a_gap_opens_what_it_touches_and_nothing_beside(case: Any, ask: Any) -> None:
    gap, inside = GAPS[case["gap"]], ask(case["inside"])
    assert inside["status"] == "open"
    asked = questions_of(gap, inside)
    assert asked or is_named(gap, inside), (inside["open_questions"], inside["coverage"])
    for key, total in case["inside"].get("opens", {}).items():
        assert [each[key] for each in asked] == [total]
    outside = ask(case["outside"])
    assert not questions_of(gap, outside), questions_of(gap, outside)
    assert not is_named(gap, outside)
