"""The picture of ``detente timeline``: marks of both sides, and the averages between them."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.average.answer import HELD, AverageQuestion, answer_average, other_side
from detente.chart.both_sides import Mark
from detente.chart.timeline import (
    BEGINS,
    HEARD,
    LANES,
    OVER,
    STATED,
    Frame,
    TimelineMark,
    timeline_chart,
)
from detente.core.clock import day_text
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.events import Query
from detente.register.views.law_by_day import about
from detente.register.views.marks import BEGINS as MARK_BEGINS
from detente.register.views.marks import HEARD as MARK_HEARD
from detente.register.views.marks import OVER as MARK_OVER
from detente.register.views.marks import DayMark, day_marks
from detente.register.views.turning import turning_points
from detente.trade.flows import Flows

if TYPE_CHECKING:
    from detente.answers.average import OneAverage
    from detente.answers.events import Timeline
    from detente.chart.vega import Chart
    from detente.questions.request import QuestionRequest

OTHER = "CN"
LANE_OF_AREA = {"tariff": LANES[0], "control": LANES[1], "ownership": LANES[2]}
LANE_OF_KIND = {
    "threat": LANES[3],
    "proposal": LANES[3],
    "agreement": LANES[4],
    "commitment": LANES[4],
}
STATES = {MARK_BEGINS: BEGINS, MARK_OVER: OVER, MARK_HEARD: HEARD}


def picture(register: Register, query: Query, start: str, last: str) -> Chart:
    """The Vega-Lite dictionary of the timeline between two days.

    Args:
        register: the register asked.
        query: which records, as known when, between which days.
        start: the first ISO day drawn; "" for that of the first mark.
        last: the last ISO day drawn.

    Raises:
        ValueError: nothing is to be drawn.
    """
    marks = day_marks(register, query)
    first = start or min((mark.on for mark in marks), default=last)
    known = None if query.known_on is None else day_text(query.known_on)
    averages = _averages(register, query, first, last, known)
    named = {mark.measure for mark in marks}
    block = about(register, [register.measure(name) for name in sorted(named)])
    from detente._version import __version__

    frame = Frame(
        first=first,
        last=last,
        above=HELD,
        below=OTHER,
        known_on=known,
        source=f"Source: Détente {__version__}, register {register.sha256[:12]}, read through "
        f"{block['reviewed_through']}.",
    )
    points = turning_points(register, first, last, known) if averages else []
    return timeline_chart(
        [_described(mark) for mark in marks],
        frame,
        averages,
        [Mark(point.on, point.title) for point in points],
    )


def _averages(
    register: Register, query: Query, first: str, last: str, known: str | None
) -> list[OneAverage]:
    """The averages of the sides asked for, where duties are and the schedule reaches back."""
    schedule = Schedule()
    first = max(first, schedule.editions[0].start.isoformat())
    if (query.kinds and "measure" not in query.kinds) or last <= first:
        return []
    question = AverageQuestion(OTHER, first, last, HELD, known_on=known)
    wanted = {HELD: question, OTHER: other_side(register, question, None)}
    flows = Flows()
    return [
        answer_average(register, schedule, flows, each)
        for by, each in wanted.items()
        if query.by in ("", by)
    ]


def _described(mark: DayMark) -> TimelineMark:
    lane = LANE_OF_KIND.get(mark.kind, LANES[5])
    if mark.kind == "measure":
        lane = LANE_OF_AREA.get(mark.area.partition("/")[2], LANES[1])
    return TimelineMark(
        on=mark.on,
        announced=mark.announced,
        by=mark.by,
        lane=lane,
        state=STATES.get(mark.deed, STATED),
        kind=mark.kind,
        name=mark.measure,
        title=mark.title,
    )


def draw(ask: QuestionRequest, answer: Timeline) -> None:
    """Draw what was asked for, up to the last day or today."""
    from detente.cli.pictures import write_chart
    from detente.core.clock import day_number
    from detente.questions.timeline import span

    if not ask.text("chart"):
        return
    last = ask.text("to_date") or ask.today()
    query = span(ask)._replace(last=day_number(last))
    write_chart(ask, "timeline", picture(ask.register, query, ask.text("from"), last))
