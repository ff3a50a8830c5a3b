"""One line of the tariff schedule."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, WHOSE_TARIFF
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.goods import GoodsLine
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> GoodsLine:
    from detente.questions.search import country

    place = country(ask)
    if place != HOME:
        from detente.duty.partner_line import partner_line

        return partner_line(place, ask.text("code"), ask.day.isoformat(), ask.schedule)
    from detente.goods.answer import goods_line

    return goods_line(ask.schedule, ask.text("code"), ask.day)


HOME = "US"
"""The country whose schedule is held whole."""

CODE = Parameter(
    "code",
    "8 or 10 digits, with dots or without",
    example="8507.60.00.10",
    needed=True,
    spelled=("code",),
)

QUESTION = Question(
    "goods",
    "One line of the tariff schedule on a day.",
    (
        CODE,
        Parameter(
            "on",
            "day of the schedule (default: today)",
            example="2025-11-12",
            metavar="DAY",
        ),
        WHOSE_TARIFF,
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente goods 8507.60.00.10
  detente goods 8507600020 --on 2025-11-12
  detente goods 1201.90.10 --to CN --on 2018-07-20
  detente goods 8507.60 --json        (exits 2 and lists the lines below)
  detente goods import FILE… --from DAY   a newer edition; see `detente goods import --help`
  detente goods editions                  the editions at hand
  detente goods forget EDITION            undo an import""",
    typed="goods.GoodsLine",
)
