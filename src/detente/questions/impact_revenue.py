"""Duty revenue of a calendar year: as collected, and as the law would have it."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.impact import Revenue
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Revenue:
    from detente.impact.household_costs import answer_revenue
    from detente.trade.flows import Flows

    offset = ask.share("offset") if ask.text("offset") else None
    return answer_revenue(ask.register, ask.schedule, Flows(), ask.text("year"), offset)


QUESTION = Question(
    "impact revenue",
    "Duty revenue of a calendar year: as collected, and as the law would have it.",
    (
        Parameter("year", "four digits", "The calendar year.", "2025", "YEAR", needed=True),
        Parameter(
            "offset",
            "part by which receipts from other taxes fall, such as 25%%",
            example="25%",
            metavar="SHARE",
        ),
        REGISTER,
        JSON,
    ),
    _answer,
    """  detente impact revenue --year 2025
  detente impact revenue --year 2025 --offset 25%""",
    rows="years",
    typed="impact.Revenue",
    slow=True,
)
