"""One record, with its provisions over time."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import day_parameters
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.measures import OneMeasure
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> OneMeasure:
    from detente.register.views.law_by_day import one_measure

    return one_measure(ask.register, ask.text("id"), ask.on, ask.day_number("known_on"))


QUESTION = Question(
    "measure",
    "One record: where it stands, and its provisions over time.",
    (
        Parameter(
            "id",
            "the record's id, as `detente status` shows it",
            example="us-affiliates-rule",
            needed=True,
            spelled=("id",),
        ),
        *day_parameters("the day"),
    ),
    _answer,
    """  detente measure us-ieepa-reciprocal-china
  detente measure us-301-technology --on 2019-05-09
  detente measure us-ieepa-fentanyl-china --known-on 2026-02-19 --json""",
    rows="limbs",
    typed="measures.OneMeasure",
)
