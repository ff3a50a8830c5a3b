"""Where every measure stands on a given day."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import WHOSE, day_parameters, kind
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.measures import Status
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Status:
    from detente.register.views.law_by_day import status

    return status(ask.register, ask.query(), ask.on)


QUESTION = Question(
    "status",
    "Where every measure stands on a given day.",
    (WHOSE, kind("all but claims and events"), *day_parameters("the day")),
    _answer,
    """  detente status
  detente status --by US --on 2025-11-12
  detente status --kind threat,proposal --json
  detente status --on 2026-02-20 --known-on 2026-02-19""",
    rows="measures",
    typed="measures.Status",
)
