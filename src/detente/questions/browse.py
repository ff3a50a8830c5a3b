"""The schedule from the top: sections, chapters, headings and their rows."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.goods import Browse
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Browse:
    from detente.goods.browse import browse

    return browse(ask.schedule, ask.text("code"), ask.day)


QUESTION = Question(
    "browse",
    "The tariff schedule by section, chapter and heading.",
    (
        Parameter(
            "code",
            "a chapter (2 digits) or a heading (4); all chapters where left out",
            "A chapter of 2 digits or a heading of 4; all chapters where left out.",
            "8507",
            spelled=("code",),
        ),
        Parameter(
            "on",
            "day of the schedule (default: today)",
            example="2025-11-12",
            metavar="DAY",
        ),
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente browse
  detente browse 85
  detente browse 8507 --on 2026-05-01""",
    rows="rows",
    typed="goods.Browse",
)
