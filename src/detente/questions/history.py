"""The duty on a line over time, step by step, from one origin or several."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import CHART, day_parameters, first_day, last_day, output
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.history import DutyHistory
    from detente.questions.request import QuestionRequest


def origins_of(texts: list[str]) -> list[str]:
    """Origins that were given, one by one or with commas between, each once."""
    return list(
        dict.fromkeys(each.strip() for text in texts for each in text.split(",") if each.strip())
    )


def _answer(ask: QuestionRequest) -> DutyHistory:
    from detente.core.stated import quantities
    from detente.duty.history import answer_history
    from detente.duty.question import DutyQuestion

    last = ask.text("to_date") or ask.today()
    first = ask.text("from") or first_of(ask)
    question = DutyQuestion(
        code=ask.text("code"),
        origin="",
        on=last,
        destination=ask.text("to"),
        known_on=ask.text("known_on") or None,
        value=ask.text("value") or None,
        quantities=quantities(ask.texts("quantity")),
        facts=ask.pairs("fact", "a fact"),
        base=ask.text("base") or None,
    )
    return answer_history(
        ask.register, ask.schedule, question, first, origins_of(ask.texts("origin"))
    )


def first_of(ask: QuestionRequest) -> str:
    """The first day that is meant where none is given: that of the earliest schedule at hand."""
    return ask.schedule.editions[0].start.isoformat()


QUESTION = Question(
    "history",
    "The duty on a line over time: each change with the act behind it, and origins compared.",
    (
        Parameter(
            "code",
            "8 or 10 digits, with dots or without",
            "Tariff code of 8 or 10 digits, with dots or without.",
            example="9503.00.00.73",
            needed=True,
            spelled=("code",),
        ),
        Parameter(
            "origin",
            "country of origin; several with commas",
            "Country of origin; once for each, or several with commas.",
            "CN",
            "CC",
            needed=True,
            many=True,
        ),
        Parameter(
            "to", "country of import (default: US)", example="US", metavar="CC", default="US"
        ),
        first_day("first day (default: that of the earliest schedule)"),
        last_day("last day (default: today)"),
        Parameter(
            "value", "customs value, for duties by quantity", example="10000", metavar="DOLLARS"
        ),
        Parameter(
            "quantity", "quantity with its unit", "A number and its unit.", "500kg", "QTY",
            many=True, apart=True,
        ),
        Parameter(
            "fact", "a fact of the entry", "A fact of the entry, KEY=VALUE.", "auto_part=true",
            "KEY=VALUE", many=True, apart=True,
        ),
        Parameter(
            "base", "the ordinary rate, where the register has none", example="8%", metavar="RATE",
            apart=True,
        ),
        CHART,
        output("write the steps as a table: .csv, .xlsx, .parquet, .tsv"),
        *day_parameters(""),
    ),
    _answer,
    """  detente history 9503.00.00.73 --origin CN
  detente history 8507.60.00.10 --origin CN,VN,MX,IN --from-date 2025-01-01
  detente history 9503.00.00.73 --origin CN -o toys.csv
  detente history 9503.00.00.73 --origin CN --chart toys.svg
  detente history 1201.90.00 --origin US --to CN

Each step has the act that made it, with its address where the publisher has one. Origins stand
beside each other on the last day and a quarter later, and `cheaper_if_later` names the first later
day on which the law as it stands charges less. A number that an earlier schedule does not print is
followed to the one it came from where that is one alone.""",
    rows="segments",
    typed="history.DutyHistory",
)  # fmt: skip
