"""The duty on one line of an entry on a given day, with the working."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import RECORD, STRICT, day_parameters
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.duty import Duty
    from detente.duty.question import DutyQuestion
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft


def question_of(ask: QuestionRequest) -> DutyQuestion:
    """The question about duty that was asked."""
    from detente.core.stated import quantities
    from detente.duty.question import DutyQuestion

    return DutyQuestion(
        code=ask.text("code"),
        origin=ask.text("origin"),
        on=ask.on,
        destination=ask.text("to"),
        known_on=ask.text("known_on") or None,
        value=ask.text("value") or None,
        quantities=quantities(ask.texts("quantity")),
        facts=ask.pairs("fact", "a fact"),
        base=ask.text("base") or None,
    )


def _answer(ask: QuestionRequest) -> Duty:
    from detente.duty.answer import answer_duty

    return answer_duty(ask.register, ask.schedule, question_of(ask), ask.memory)


def _recorded(ask: QuestionRequest, answer: Duty) -> LedgerDraft:
    from detente.transaction.recorded import of_answer

    return of_answer("duty", answer)


def _code(ask: QuestionRequest, answer: Duty) -> int:
    from detente.core.coverage import SETTLED
    from detente.duty.coverage import NOT_COVERED

    if answer["status"] == NOT_COVERED:
        return 2
    return 3 if ask.values["strict"] and answer["status"] not in SETTLED else 0


QUESTION = Question(
    "duty",
    "The duty on one line of an entry on a given day, with the working.",
    (
        Parameter(
            "code",
            "8 or 10 digits, with dots or without",
            "Tariff code of 8 or 10 digits, with dots or without.",
            example="8507.60.00.10",
            needed=True,
            spelled=("code",),
        ),
        Parameter(
            "origin",
            "country of origin",
            "Country of origin, ISO 3166 or a name.",
            "CN",
            "CC",
            needed=True,
        ),
        Parameter(
            "to",
            "country of import (default: US)",
            "Country of import; US where left out.",
            "US",
            metavar="CC",
            default="US",
        ),
        Parameter("value", "customs value", "Customs value in dollars.", "10000", "DOLLARS"),
        Parameter(
            "quantity",
            "quantity with its unit",
            "A number and its unit; once for each unit.",
            "500kg",
            metavar="100kg",
            many=True,
        ),
        Parameter(
            "fact",
            "an entry fact",
            "An entry fact as KEY=VALUE; once for each fact.",
            "informational=false",
            "KEY=VALUE",
            many=True,
        ),
        Parameter(
            "base",
            "a column 1 rate, where the register has none",
            "An ordinary rate, where the register has none.",
            "6.5%",
            metavar="RATE",
            apart=True,
        ),
        Parameter("why", "show reasons, sources and exemptions", kind="flag", where=SHELL),
        STRICT,
        RECORD,
        *day_parameters("entry day"),
    ),
    _answer,
    """  detente duty 8507.60.00.10 --origin CN --on 2025-11-12 --value 10000
  detente duty 8541.42.0010 --origin CN --value 5000 --json
  detente duty 8471.30.01.00 --origin CN --on 2025-04-07 --known-on 2025-04-08
  detente duty 0402.10.50.00 --origin CN --value 2000 --quantity 500kg
  detente duty 9018.31.00.80 --origin CN --on 2025-06-01 --fact donation=true --why""",
    tool="Say every open question to the person who asks: each names the fact and the total on "
    "both sides. A total of null is not known; it is never zero.",
    recorded=_recorded,
    code=_code,
    rows="layers",
    typed="duty.Duty",
)
