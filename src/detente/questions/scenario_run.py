"""What a scenario does to the basket of the register and to the truce."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import Parameter
from detente.questions.scenario_show import WHICH

if TYPE_CHECKING:
    from detente.answers.comparisons import ScenarioRun
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> ScenarioRun:
    from detente.compare.scenario_run import run_scenario

    on = ask.text("on") or None
    return run_scenario(ask.law, ask.schedule, ask.scenario("scenario"), on)


QUESTION = Question(
    "scenario run",
    "What a scenario does to the basket and to the truce.",
    (
        Parameter(
            "on",
            "the day of the truce (default: when all began)",
            example="2026-11-12",
            metavar="DAY",
        ),
        WHICH,
        REGISTER,
        JSON,
    ),
    _answer,
    typed="comparisons.ScenarioRun",
)
