"""What a scenario supposes, and which days it changes."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.comparisons import ScenarioShown
    from detente.questions.request import QuestionRequest

WHICH = Parameter(
    "scenario",
    text="A scenario by name.",
    example="truce-lapses",
    metavar="NAME|FILE",
    needed=True,
    spelled=("scenario",),
)


def _answer(ask: QuestionRequest) -> ScenarioShown:
    from detente.compare.scenario_run import show_scenario

    return show_scenario(ask.law, ask.scenario("scenario"))


QUESTION = Question(
    "scenario show",
    "What a scenario supposes, and which days it changes.",
    (
        Parameter("text", "the file itself, to copy and change", kind="flag", where=SHELL),
        WHICH,
        REGISTER,
        JSON,
    ),
    _answer,
    typed="comparisons.ScenarioShown",
)
