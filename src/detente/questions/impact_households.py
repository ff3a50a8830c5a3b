"""From the border to households: price level, deciles, industries."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, KNOWN_ON, REGISTER, SCENARIO, first_day, last_day
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.impact import Households
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Households:
    from detente.impact.household_costs import answer_households
    from detente.trade.flows import Flows

    return answer_households(
        ask.register,
        ask.schedule,
        Flows(),
        (ask.text("from"), ask.text("to_date") or ask.today()),
        ask.share("pass_through"),
        ask.text("known_on") or None,
    )


QUESTION = Question(
    "impact households",
    "What a change of duty adds to households' spending, by decile.",
    (
        first_day("duties before: the law on this day", needed=True),
        last_day("duties after: on this day (default: today)"),
        Parameter(
            "pass_through",
            "part of the duty that reaches retail prices (default: 1)",
            example="0.2",
            metavar="SHARE",
        ),
        KNOWN_ON,
        SCENARIO,
        REGISTER,
        JSON,
    ),
    _answer,
    """  detente impact households --from 2025-01-01 --to-date 2025-09-03
  detente impact households --from 2025-01-01 --to-date 2025-09-03 --pass-through 0.2

Direct imports alone, from tables of 2024: what inputs add, and what substitution saves, is missing
and said so. Published estimates of pass-through are listed by stage.""",
    rows="deciles",
    typed="impact.Households",
    slow=True,
)
