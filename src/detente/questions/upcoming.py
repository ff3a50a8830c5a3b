"""What changes next by the law as it stands."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import WHOSE, day_parameters, kind
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.events import Upcoming
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Upcoming:
    from detente.register.views.law_by_day import upcoming

    return upcoming(ask.register, ask.query(), ask.on, ask.number("days"))


QUESTION = Question(
    "upcoming",
    "Changes ahead: scheduled steps, and suspensions that run out.",
    (
        Parameter(
            "days",
            "how many days to look ahead (default: all)",
            example="90",
            metavar="N",
            kind="number",
            least=1,
        ),
        WHOSE,
        kind("all"),
        *day_parameters("the day to look ahead from"),
    ),
    cited(_answer),
    """  detente upcoming
  detente upcoming --days 90 --by US
  detente upcoming --on 2025-11-12 --known-on 2025-11-12 --days 400 --json""",
    rows="events",
    typed="events.Upcoming",
)
