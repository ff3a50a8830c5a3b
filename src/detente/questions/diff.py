"""What the law says on one day and not on another."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import WHOSE, day_parameters, first_day, kind, last_day
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.events import Difference
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Difference:
    from detente.register.views.law_by_day import difference

    return difference(ask.register, ask.query(), ask.text("from"), ask.text("to_date"))


QUESTION = Question(
    "diff",
    "What changed in the law between two days, provision by provision.",
    (
        first_day("the one day, or an instant", needed=True),
        last_day("the other, or an instant", needed=True),
        WHOSE,
        kind("all"),
        *day_parameters(""),
    ),
    cited(_answer),
    """  detente diff --from 2025-11-09 --to-date 2025-11-10
  detente diff --from 2017-01-01 --to-date 2026-10-10 --by US --json""",
    rows="changes",
    typed="events.Difference",
)
