"""What was announced, in order, and what it did."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import CHART, WHOSE, day_parameters, first_day, kind, last_day
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.events import Timeline
    from detente.questions.request import QuestionRequest
    from detente.register.events import Query


def span(ask: QuestionRequest) -> Query:
    """The records that are asked for, announced or effective from one day to another.

    Raises:
        ValueError: the last day lies before the first.
    """
    query = ask.query()._replace(first=ask.day_number("from"), last=ask.day_number("to_date"))
    if query.first is not None and query.last is not None and query.last < query.first:
        first, last = ask.spelled("from"), ask.spelled("to_date")
        raise ValueError(f"{last} {ask.text('to_date')} lies before {first} {ask.text('from')}")
    return query


def _answer(ask: QuestionRequest) -> Timeline:
    from detente.register.views.law_by_day import timeline

    return timeline(ask.register, span(ask))


QUESTION = Question(
    "timeline",
    "Announcements in order, and what each one did.",
    (
        first_day("announced or effective on this day or later"),
        last_day("announced or effective on this day or earlier"),
        CHART._replace(
            help="draw it, up to --to-date or today: .svg, .png, .json (Vega-Lite), .csv"
        ),
        WHOSE,
        kind("all"),
        *day_parameters(""),
    ),
    cited(_answer),
    """  detente timeline --from 2025-04-01 --to-date 2025-05-31
  detente timeline --by US --kind measure --from 2026-01-01
  detente timeline --known-on 2025-11-02 --json
  detente timeline --from 2018-01-01 --to-date 2026-11-10 --chart both-sides.svg

The chart: one side above, the other below, each thing on the day it takes effect, the average
duties of both between them; a file that ends in .csv holds the table of what is drawn.""",
    rows="events",
    typed="events.Timeline",
)
