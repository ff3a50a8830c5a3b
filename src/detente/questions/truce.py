"""Every instrument of the truce on a day, and what returns when."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import day_parameters
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.truce import Truce
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Truce:
    from detente.register.views.truce import truce

    return truce(ask.register, ask.day_number("known_on"), ask.on)


QUESTION = Question(
    "truce",
    "The instruments of the truce: status, last day, and what returns.",
    day_parameters("the day"),
    cited(_answer),
    """  detente truce
  detente truce --on 2026-11-11
  detente truce --on 2025-11-10T13:00+08:00
  detente truce --on 2025-11-02 --known-on 2025-11-02 --json""",
    rows="instruments",
    typed="truce.Truce",
)
