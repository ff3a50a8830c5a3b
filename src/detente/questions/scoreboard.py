"""Published estimates against ours, with the gap and its cause."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, output
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.models import Scoreboard
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Scoreboard:
    from detente.impact.estimates_beside import scoreboard

    return scoreboard(all_=bool(ask.values.get("all")))


QUESTION = Question(
    "scoreboard",
    "Published estimates against ours, with the gap and its cause.",
    (
        Parameter(
            "all",
            "published estimates that nothing is set beside too",
            example="true",
            kind="flag",
        ),
        output("write the rows: .csv, .xlsx, .parquet"),
        JSON,
    ),
    _answer,
    """  detente scoreboard
  detente scoreboard --all -o scoreboard.csv

Ours were computed by the command of each row and are computed again by the tests. Nothing is tuned
to match: the cause of the gap is what is to be read.""",
    rows="rows",
    typed="models.Scoreboard",
)
