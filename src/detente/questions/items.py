"""Controlled items of both countries by number, words or tariff code."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.licence import Items
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Items:
    from detente.licence.items import find_items

    limit = ask.number("limit")
    return find_items(ask.register, " ".join(ask.texts("words")), 20 if limit is None else limit)


QUESTION = Question(
    "items",
    "Find controlled items of both countries by number, words or tariff code.",
    (
        Parameter(
            "words",
            "a control number, words of a description, or digits of a tariff",
            example="3A001.b",
            needed=True,
            many=True,
            spelled=("words",),
        ),
        Parameter(
            "limit",
            "at most this many (default: 20)",
            "At most this many, up to 50.",
            "20",
            kind="number",
            least=1,
        ),
        REGISTER,
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente items 3A001.b
  detente items etch equipment
  detente items 镝
  detente items 8112.92.10

A number is looked up in both countries' lists, which number other things alike. The Commerce
Control List is held as of 23 July 2026; paragraphs have words in categories 1, 3, 4 and 5.""",
    tool="Names the items that `licence_needed` takes, with what distinguishes neighbours.",
    typed="licence.Items",
)
