"""Two averages on one chart: the duty of each side on the other's goods, turning points marked.

Each side has its own weights, and the two need not measure the same thing; the subtitle says what
each is, so that nobody reads the distance between the lines as a balance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.average import figure, past_review
from detente.chart.steps import (
    CONFIG,
    HEIGHT,
    PALETTE,
    WIDTH,
    Horizon,
    RateStep,
    by_parts,
    days,
    horizon_rules,
    known_parts,
    part_of,
    titled,
    words_below,
    wrapped,
)
from detente.core.figures import percent

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint, OneAverage
    from detente.chart.vega import Chart, ChartRow

BLUE, VERMILION = PALETTE[0], PALETTE[5]
HIGH = "upper end"


class Mark(NamedTuple):
    """A day to mark on a chart, and its words."""

    on: str
    title: str


def averages_chart(first: OneAverage, second: OneAverage, marks: Iterable[Mark]) -> Chart:
    """A Vega-Lite dictionary of two answers of `detente average` over the same days.

    Args:
        first: the answer for one direction, under the keys of the interface.
        second: the answer for the other.
        marks: days to mark, each with its words, which stand below under a number.

    Raises:
        ValueError: neither answer has a figure.
    """
    question = first["question"]
    numbered = list(enumerate(marks, start=1))
    title = (
        f"Average duties of {question['destination']} on goods of {question['origin']} and back, "
        f"{question['from']} to {question['to_date']}"
    )
    described = [_described(answer) for answer in (first, second)]
    register = first["register"]
    source = (
        f"Source: Détente {register['version']}, register {register['sha256'][:12]}; "
        + "; ".join(_source(answer) for answer in (first, second))
        + "."
    )
    below = [line for number, mark in numbered for line in wrapped(f"{number}  {_dated(mark)}")]
    return {
        **titled(
            f"{title}, in steps. {' '.join(described)} Marked: "
            + "; ".join(_dated(mark) for _, mark in numbered)
            + ".",
            title,
            [line for answer in (first, second) for line in wrapped(_measured(answer))],
            source,
        ),
        "vconcat": [
            averages_panel((first, second), [(n, mark) for n, mark in numbered], HEIGHT),
            words_below([*below, *wrapped(source)]),
        ],
        "config": CONFIG,
    }


def averages_panel(
    answers: Sequence[OneAverage], marks: Sequence[tuple[int, Mark]], height: int
) -> Chart:
    """The lines of some answers, their upper ends, and numbered days, as one part of a picture.

    Raises:
        ValueError: no answer has a figure.
    """
    names = [side(answer) for answer in answers]
    rows = [row for answer in answers for row in _rows(answer)]
    if not rows:
        raise ValueError("there is nothing to draw: no day has an average")
    color = {
        "field": "name",
        "type": "nominal",
        "title": None,
        "sort": names,
        "legend": {"orient": "top", "labelLimit": 400, "symbolOpacity": 1},
        "scale": {"domain": names, "range": [BLUE, VERMILION][: len(names)]},
    }
    rate = {
        "field": "rate",
        "type": "quantitative",
        "title": "Share of customs value",
        "axis": {"format": "~%", "grid": True},
    }
    layers: list[Chart] = [
        {
            "data": {"values": [row for row in rows if "high" in row]},
            "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.3},
            "encoding": by_parts(
                {"x": days(), "y": rate, "y2": {"field": "high"}, "color": color}, rows
            ),
        },
        {
            "data": {"name": "averages", "values": rows},
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.8},
            "encoding": by_parts({"x": days(), "y": rate, "color": color}, rows),
        },
    ]
    if marks:
        layers += _marked(marks)
    question = answers[0]["question"]
    layers += horizon_rules(_reviewed(answers), question["from"], question["to_date"])
    return {"width": WIDTH, "height": height, "layer": layers}


def _marked(marks: Sequence[tuple[int, Mark]]) -> list[Chart]:
    """Upright lines with a number at the top; neighbors stand at different heights."""
    values = [
        {"on": mark.on, "number": str(number), "kind": "mark", "title": mark.title}
        for number, mark in marks
    ]
    layers: list[Chart] = [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": "#666666", "strokeDash": [2, 2]},
            "encoding": {"x": days()},
        }
    ]
    for at, value in enumerate(values):
        layers.append(
            {
                "data": {"values": [value]},
                "mark": {
                    "type": "text",
                    "y": 6 + 12 * (at % 4),
                    "dx": 3,
                    "align": "left",
                    "fontSize": 11,
                    "fontWeight": "bold",
                },
                "encoding": {"x": days(), "text": {"field": "number", "type": "nominal"}},
            }
        )
    return layers


def _reviewed(answers: Iterable[OneAverage]) -> list[Horizon]:
    """Where the review of each side's duties ends; one horizon where it is the same day."""
    by_day: dict[str, list[str]] = {}
    for answer in answers:
        sides = by_day.setdefault(answer["register"]["reviewed_through"], [])
        sides.append(answer["question"]["destination"])
    return [
        Horizon(day, f"{' and '.join(sides)} reviewed through {day}")
        for day, sides in by_day.items()
    ]


def side(answer: OneAverage) -> str:
    """The name of a direction: who charges whose goods."""
    question = answer["question"]
    return f"{question['destination']} on goods of {question['origin']}"


def _rows(answer: OneAverage) -> list[ChartRow]:
    name, last = side(answer), answer["question"]["to_date"]
    points = {point["on"]: point for point in answer["series"]}
    steps = [RateStep(day, name, figure(point["average"])) for day, point in points.items()]
    rows: list[ChartRow] = []
    for part, run in enumerate(known_parts(steps, last)):
        point: AveragePoint | None = None
        for step in run:
            # The day to which a run is held has the figures of the point before it.
            at = points.get(step.on, point)
            point = at if at is not None and at["average"] is not None else point
            row: ChartRow = {"on": step.on, "name": name, "rate": step.rate}
            if point is not None and point["average_high"] is not None:
                row["high"] = figure(point["average_high"])
            rows += part_of([row], part)
    return rows


def _measured(answer: OneAverage) -> str:
    """What a line is: what is averaged, and by which weights."""
    what = answer["averaged"] or "all duties"
    known = answer["question"]["known_on"]
    words = f"{side(answer)}: {what}; weighted by {answer['weighting']['title']}"
    ends = any(point["average_high"] is not None for point in answer["series"])
    words += "; the pale band is what the lists leave open" if ends else ""
    words += past_review(answer)
    return f"{words}; as known on {known}" if known else words


def _described(answer: OneAverage) -> str:
    """A line in a sentence, for those who do not see it."""
    shares = [(point["on"], point["average"]) for point in answer["series"]]
    rated = [(day, share) for day, share in shares if share is not None]
    if not rated:
        return f"{side(answer)} has no figure."
    parts = [
        f"{word} {percent(share, 1)} on {day}"
        for word, (day, share) in (
            ("begins at", rated[0]),
            ("highest", max(rated, key=lambda each: float(each[1]))),
            ("ends at", rated[-1]),
        )
    ]
    return f"{side(answer)} {', '.join(parts)}."


def _source(answer: OneAverage) -> str:
    return (
        f"{side(answer)} read through {answer['register']['reviewed_through']}, weights "
        f"{answer['weights']}"
    )


def _dated(mark: Mark) -> str:
    return f"{mark.on} {mark.title}"
