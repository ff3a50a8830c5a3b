"""The averages of both sides that pages show: worked out once a day, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.service import Service
from detente.average.answer import AverageQuestion, answer_average, other_side
from detente.chart.both_sides import Mark, averages_chart
from detente.chart.figure import Drawing, Track, step_figure
from detente.register.model import ANNOUNCED
from detente.register.views.turning import turning_points
from detente.trade.flows import Flows

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint, OneAverage
    from detente.chart.vega import Chart

SIDES = ("US", "CN")
"""Whose duties are averaged, each on the goods of the other."""

LOOKS = {"US": "us", "CN": "cn"}


class BothSides(NamedTuple):
    """The averages of both sides, from the first edition of the schedule to a day.

    Attributes:
        answers: the answer of `detente average` by the side that charges.
        announced: by side, today's average as announced, where it differs from the law as read.
        marks: turning points, for a chart.
    """

    answers: Mapping[str, OneAverage]
    announced: Mapping[str, str]
    marks: tuple[Mark, ...]

    def series(self, side: str) -> list[AveragePoint]:
        """The points of a side that have an average."""
        return [row for row in self.answers[side]["series"] if row["average"] is not None]

    @property
    def reviewed(self) -> str:
        """The day through which the duties of both sides were read."""
        through: list[str] = [
            each["register"]["reviewed_through"] for each in self.answers.values()
        ]
        return min(through)

    def chart(self) -> Chart:
        """The Vega-Lite dictionary of both lines."""
        first, second = (self.answers[side] for side in SIDES)
        return averages_chart(first, second, self.marks)

    def figure(self, names: Mapping[str, str], source: str) -> Drawing:
        """Both lines for a page; `names` says how each side is called."""
        question = self.answers[SIDES[0]]["question"]
        tracks = [
            Track(
                names[side],
                LOOKS[side],
                [
                    (row["on"], None if row["average"] is None else float(row["average"]))
                    for row in self.answers[side]["series"]
                ],
            )
            for side in SIDES
        ]
        return step_figure(
            "Average duty of each side on the other’s goods",
            tracks,
            (question["from"], question["to_date"]),
            unit="share of customs value",
            source=source,
            marks=[(each.on, each.title) for each in self.marks],
            reviewed=self.reviewed,
        )


class Averages:
    """Works out the averages of a day when they are first asked for."""

    def __init__(self, service: Service) -> None:
        """Keep the service; nothing is worked out yet."""
        self._service = service
        self._lock = Lock()
        self._cached: tuple[str, BothSides] | None = None

    def until(self, today: str) -> BothSides:
        """The averages up to a day; it takes a second the first time, so ask in a thread."""
        with self._lock:
            if self._cached is None or self._cached[0] != today:
                self._cached = today, self._worked_out(today)
            return self._cached[1]

    def _worked_out(self, today: str) -> BothSides:
        service, flows = self._service, Flows()
        first = service.schedule.editions[0].start.isoformat()
        question = AverageQuestion(SIDES[1], first, today, SIDES[0])
        back = other_side(service.register, question, None)
        announced = service.by_reading(ANNOUNCED).register
        answers, otherwise = {}, {}
        for side, query in zip(SIDES, (question, back), strict=True):
            answers[side] = answer_average(service.register, service.schedule, flows, query)
            day = query._replace(start=today)
            then = answer_average(announced, service.schedule, flows, day)["series"][-1]["average"]
            if then is not None and then != answers[side]["series"][-1]["average"]:
                otherwise[side] = then
        points = turning_points(service.register, first, today, None)
        by_day: dict[str, dict[str, None]] = {}
        for each in points:
            by_day.setdefault(each.on, {})[each.title] = None
        marks = tuple(Mark(day, "; ".join(words)) for day, words in by_day.items())
        return BothSides(answers, otherwise, marks)
