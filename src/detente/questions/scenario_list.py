"""The scenarios that come with the register."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.comparisons import Scenarios
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Scenarios:
    from detente.compare.scenario_run import list_scenarios

    return list_scenarios(ask.register)


QUESTION = Question(
    "scenario list",
    "The scenarios that come with the register.",
    (REGISTER, JSON),
    _answer,
    rows="scenarios",
    typed="comparisons.Scenarios",
)
