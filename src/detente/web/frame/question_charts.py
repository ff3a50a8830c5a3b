"""The charts of answers on the pages of questions: drawn in the page, and as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from detente._shapes import NamedTuple
from detente.chart.figure import Drawing, Track, step_figure
from detente.chart.impact import import_changes, partial_chart
from detente.chart.of_average import chart_of_average
from detente.register.book import Register
from detente.web.frame.waterfall import Waterfall, change_bars

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


def shown(name: str, answer: Mapping[str, Any] | None, source: str) -> AnswerDrawing:
    """What is drawn of the answer to a question; nothing where it has too few figures."""
    maker = DRAWN.get(name)
    return AnswerDrawing() if maker is None or answer is None else maker(answer, source)


def spec(name: str, register: Register, answer: Mapping[str, Any]) -> dict[str, Any] | None:
    """The Vega-Lite dictionary of an answer; None for a question without a chart.

    Raises:
        ValueError: the answer has nothing to draw.
    """
    maker = SPECS.get(name)
    return None if maker is None else maker(register, answer)


def _average(answer: Mapping[str, Any], source: str) -> AnswerDrawing:
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


def _partial(answer: Mapping[str, Any], source: str) -> AnswerDrawing:
    rows = import_changes(answer)
    bars = [(row["name"], row["change"], _dollars(row["change"])) for row in rows]
    return AnswerDrawing(bars=change_bars("Change of imports by origin", bars, source))


def _dollars(billions: float) -> str:
    """A change in words, in billions or, where it is smaller than one, in millions."""
    size = abs(billions)
    words = f"{size:,.1f} billion" if size >= 1 else f"{size * 1000:,.1f} million"
    return f"{'−' if billions < 0 else '+'}{words} dollars"


DRAWN: Mapping[str, Callable[[Mapping[str, Any], str], AnswerDrawing]] = {
    "average": _average,
    "impact_partial": _partial,
}
"""What draws the answer in a page, by the operation of its question."""

SPECS: Mapping[str, Callable[[Register, Any], dict[str, Any]]] = {
    "average": chart_of_average,
    "impact_partial": lambda _, answer: partial_chart(answer),
}
"""What makes a file of the same, by the operation of its question."""
