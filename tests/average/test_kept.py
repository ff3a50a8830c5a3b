"""An average that is asked twice is answered once, and only where nothing of it changed."""

from __future__ import annotations

from detente.average.answer import AverageQuestion
from detente.average.kept import kept
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows

QUESTION = AverageQuestion("CN", "2025-11-12", "2025-11-12")


class Counting:
    """Stands for an answer; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(
        self, register: Register, schedule: Schedule, flows: Flows, question: AverageQuestion
    ) -> list[int]:
        self.asked += 1
        return [self.asked]


def test_the_same_question_is_answered_once_and_what_is_handed_out_is_the_callers_own(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    answer = Counting()
    first = kept(answer, register, schedule, flows, QUESTION)
    first.append(7)
    # Another connection to the same file and another copy of the same register change nothing.
    assert kept(answer, Register.built_in(), schedule, Flows(), QUESTION) == [1]


def test_another_law_day_knowledge_or_fact_is_answered_anew(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    answer = Counting()
    supposed = register.with_measures([], "supposed")
    asked = [
        (register, QUESTION),
        (supposed, QUESTION),
        (register, QUESTION._replace(last="2025-11-13")),
        (register, QUESTION._replace(known_on="2025-11-02")),
        (register, QUESTION._replace(facts={"steel_value": "25%"})),
    ]
    given = [kept(answer, law, schedule, flows, question) for law, question in asked]
    assert given == [[1], [2], [3], [4], [5]]


def test_weights_of_a_file_are_read_each_time(
    register: Register, schedule: Schedule, flows: Flows
) -> None:
    answer, own = Counting(), QUESTION._replace(weights="own.csv")
    assert kept(answer, register, schedule, flows, own) == [1]
    assert kept(answer, register, schedule, flows, own) == [2]
