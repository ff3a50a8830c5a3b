"""Public claims, who made them, and what the register says."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import WHOSE, day_parameters, first_day, last_day
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.claims import ClaimsAnswer
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> ClaimsAnswer:
    from detente.compare.claims import ClaimsQuery, claims
    from detente.core.clock import day_text

    query = ask.query()
    days = (ask.day_number(name) for name in ("from", "to_date"))
    first, last = ("" if day is None else day_text(day) for day in days)
    stated = ClaimsQuery(ask.text("speaker"), first, last)
    return claims(ask.register, ask.schedule, query.known_on, ask.on, query.by, stated)


QUESTION = Question(
    "claims",
    "Public claims, who made them, and what the register says.",
    (
        WHOSE._replace(help="the side of the speaker", text="The side of the speaker: US or CN."),
        Parameter(
            "speaker",
            "only this speaker: part of the name, role or outlet",
            "A part of the name, role or outlet of the speaker.",
            "Bessent",
            "NAME",
        ),
        first_day("only what was said from this day on")._replace(example="2025-10-29"),
        last_day("only what was said to this day")._replace(example="2025-11-16"),
        *day_parameters("the day for tests that name none"),
    ),
    cited(_answer),
    """  detente claims
  detente claims --by CN
  detente claims --speaker Schumer
  detente claims --from 2025-10-30 --to-date 2025-11-02
  detente claims --on 2025-11-02 --known-on 2025-11-02 --json""",
    rows="claims",
    typed="claims.ClaimsCited",
)
