"""The charts of answers on the pages of questions: drawn in the page, and as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente._version import __version__
from detente.chart.bars import BarPicture, bars_chart
from detente.chart.figure import Drawing, Track, step_figure
from detente.chart.impact import (
    households_picture,
    imports_picture,
    partial_chart,
    welfare_picture,
)
from detente.chart.listings import listings_picture
from detente.chart.of_average import chart_of_average
from detente.core.figures import with_article
from detente.register.book import Register
from detente.web.frame.page_query import STATED
from detente.web.frame.waterfall import Waterfall, change_bars
from detente.web.frame.words import naming

if TYPE_CHECKING:
    from detente.chart.vega import Chart

TWO = 2
"""Days of a series from which on it is drawn."""


class AnswerDrawing(NamedTuple):
    """What a page draws of an answer: lines over days, or bars; at most one is there."""

    figure: Drawing | None = None
    bars: Waterfall | None = None

    @property
    def title(self) -> str:
        """What is drawn; "" for nothing."""
        drawn = self.figure or self.bars
        return "" if drawn is None else drawn.title


def shown(
    name: str, register: Register, answer: Mapping[str, Any] | None, source: str
) -> AnswerDrawing:
    """What is drawn of the answer to a question; nothing where it has too few figures."""
    maker = DRAWN.get(name)
    return AnswerDrawing() if maker is None or answer is None else maker(register, answer, source)


def spec(name: str, register: Register, answer: Mapping[str, Any]) -> Chart | None:
    """The Vega-Lite dictionary of an answer; None for a question without a chart.

    Raises:
        ValueError: the answer has nothing to draw.
    """
    maker = SPECS.get(name)
    return None if maker is None else maker(register, answer)


def _average(_: Register, answer: Mapping[str, Any], source: str) -> AnswerDrawing:
    """The series of an average, and of the other direction, where it has several days."""
    if len(answer["series"]) < TWO:
        return AnswerDrawing()
    question = answer["question"]
    sides = [answer, *([answer["other_side"]] if answer["other_side"] else [])]
    tracks = [
        Track(
            f"{side['question']['destination']} on goods of {side['question']['origin']}",
            look,
            [
                (row["on"], None if row["average"] is None else float(row["average"]))
                for row in side["series"]
            ],
        )
        for side, look in zip(sides, ("a", "b"), strict=False)
    ]
    try:
        figure = step_figure(
            "Average duty",
            tracks,
            (question["from"], question["to_date"]),
            unit=f"share of customs value; {answer['weighting']['title']}",
            source=source,
            reviewed=answer["register"]["reviewed_through"],
        )
    except ValueError:
        return AnswerDrawing()
    return AnswerDrawing(figure=figure)


Picture = Callable[[Any, Callable[[str], str]], BarPicture]
"""What makes a picture of an answer and of what names countries."""


def _bars(picture: Picture) -> Callable[[Register, Mapping[str, Any], str], AnswerDrawing]:
    """What draws a picture of bars in a page: the ones that reach farthest."""

    def drawn(register: Register, answer: Mapping[str, Any], source: str) -> AnswerDrawing:
        return AnswerDrawing(bars=change_bars(picture(answer, naming(register)), source))

    return drawn


def _bars_file(picture: Picture) -> Callable[[Register, Any], Chart]:
    """What makes a file of the same picture."""

    def made(register: Register, answer: Any) -> Chart:
        source = f"Source: Détente {__version__}, register {register.sha256[:STATED]}."
        return bars_chart(picture(answer, naming(register)), source)

    return made


BARS: Mapping[str, Picture] = {
    "impact_partial": lambda answer, _: imports_picture(answer),
    "impact_equilibrium": welfare_picture,
    "impact_households": lambda answer, _: households_picture(answer),
    "listings": lambda answer, name: listings_picture(
        answer, lambda code: with_article(name(code))
    ),
}
"""Answers that are drawn as bars, by the operation of their question."""

DRAWN: Mapping[str, Callable[[Register, Mapping[str, Any], str], AnswerDrawing]] = {
    "average": _average,
    **{name: _bars(picture) for name, picture in BARS.items()},
}
"""What draws the answer in a page, by the operation of its question."""

SPECS: Mapping[str, Callable[[Register, Any], Chart]] = {
    "average": chart_of_average,
    **{name: _bars_file(picture) for name, picture in BARS.items()},
    "impact_partial": lambda _, answer: partial_chart(answer),
}
"""What makes a file of the same, by the operation of its question."""
