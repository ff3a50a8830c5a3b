"""The timeline as a picture: one side above, the other below, their average duties between them.

A mark is what a record does on one day; sign and color tell what begins or changes from what is
suspended or over, and both from what is only said. Lanes tell duties from controls and from what
is not law.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.chart.both_sides import Mark, averages_panel, side
from detente.chart.steps import CONFIG, PALETTE, WIDTH, days, titled, words_below, wrapped

if TYPE_CHECKING:
    from detente.answers.average import OneAverage
    from detente.chart.vega import Chart

LANE = 22
"""Pixels of height of a lane."""

AVERAGES = 200
"""Pixels of height of the averages between the sides."""

LANES = (
    "duties",
    "controls and lists",
    "ownership rules",
    "threats and proposals",
    "agreements, promises",
    "claims and events",
)
"""Lanes of a side, the nearest to the middle first."""

BEGINS, OVER = "begins or changes", "suspended or over"
STATED = "said or agreed"
HEARD = "announced only"
COLORS = {BEGINS: PALETTE[5], OVER: PALETTE[2], STATED: PALETTE[0], HEARD: PALETTE[3]}


class TimelineMark(NamedTuple):
    """A mark of the timeline.

    Attributes:
        on: ISO day on which it takes effect; that of announcement where it has none of its own.
        announced: ISO day.
        by: the side that acts.
        lane: one of `LANES`.
        state: `BEGINS`, `OVER`, `STATED`, or `HEARD` for what no instrument was read of.
        kind: kind of record.
        name: the record.
        title: what it does.
    """

    on: str
    announced: str
    by: str
    lane: str
    state: str
    kind: str
    name: str
    title: str


class Frame(NamedTuple):
    """What a timeline says beside its marks: first and last day, sides, where it is from."""

    first: str
    last: str
    above: str
    below: str
    known_on: str | None
    source: str


def timeline_chart(
    described: Sequence[TimelineMark],
    frame: Frame,
    averages: Sequence[OneAverage],
    marks: Sequence[Mark],
) -> Chart:
    """A Vega-Lite dictionary of marks above and below, with averages between where there are some.

    Args:
        described: the marks; those by neither of the two sides stand in a row of their own.
        frame: first and last day, the two sides, the source.
        averages: answers of `detente average`, or none.
        marks: turning points, drawn through the averages under numbers.

    Raises:
        ValueError: there is nothing to draw.
    """
    if not described:
        raise ValueError("there is nothing to draw: nothing was announced on these days")
    numbered = list(enumerate(marks, start=1)) if averages else []
    upper = [each for each in described if each.by == frame.above]
    lower = [each for each in described if each.by == frame.below]
    rest = [each for each in described if each.by not in (frame.above, frame.below)]
    sides = (
        (upper, frame.above, True),
        (rest, "both sides, others", True),
        (lower, frame.below, False),
    )
    drawn = [each for each in sides if each[0]]
    parts = [
        _lanes(marked, frame, name, upward=upward, legend=number == 0)
        for number, (marked, name, upward) in enumerate(drawn)
    ]
    if averages:
        panel = _framed(averages_panel(averages, numbered, AVERAGES), frame)
        parts.insert(1 if upper else 0, panel)
    title = f"What was announced, {frame.first} to {frame.last}"
    known = f", as known on {frame.known_on}" if frame.known_on else ""
    lines = [
        f"Measures above by {frame.above}, below by {frame.below}, on the day each takes "
        f"effect{known}."
    ]
    lines += [_measured(answer) for answer in averages]
    return {
        **titled(
            f"{title}{known}: {len(upper)} marks by {frame.above}, {len(lower)} by "
            f"{frame.below}, {len(rest)} by both or others."
            + "".join(f" {n} is {mark.on}, {mark.title}." for n, mark in numbered),
            title,
            [each for line in lines for each in wrapped(line)],
            frame.source,
        ),
        "vconcat": [
            *parts,
            words_below(
                [
                    *(
                        line
                        for n, mark in numbered
                        for line in wrapped(f"{n}  {mark.on} {mark.title}")
                    ),
                    *wrapped(frame.source),
                ]
            ),
        ],
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
        "config": CONFIG,
    }


def _measured(answer: OneAverage) -> str:
    what = answer["averaged"] or "all duties"
    return f"{side(answer)}: {what}; weighted by {answer['weighting']['title']}."


def _lanes(
    described: Sequence[TimelineMark], frame: Frame, name: str, *, upward: bool, legend: bool
) -> Chart:
    """The lanes of one side; those near the middle hold the law."""
    lanes = [lane for lane in LANES if any(each.lane == lane for each in described)]
    if upward:
        lanes.reverse()
    values = [
        {
            "on": each.on,
            "name": each.name,
            "announced": each.announced,
            "side": each.by,
            "kind": each.kind,
            "state": each.state,
            "title": each.title,
            "lane": each.lane,
        }
        for each in described
    ]
    return {
        "width": WIDTH,
        "height": LANE * len(lanes),
        "data": {"values": values},
        "mark": {"type": "point", "size": 42, "opacity": 0.75, "strokeWidth": 1.4},
        "encoding": {
            "x": _within(frame, days()),
            "y": {
                "field": "lane",
                "type": "nominal",
                "title": name,
                "sort": lanes,
                "axis": {"grid": True, "labelLimit": 160},
            },
            "color": _described_by(list(COLORS.values()), legend=legend),
            "shape": _described_by(["triangle-up", "circle", "diamond", "cross"], legend=legend),
        },
    }


def _described_by(values: Sequence[str], *, legend: bool) -> Chart:
    """A channel that tells states apart; one legend stands for all sides."""
    return {
        "field": "state",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(COLORS), "range": list(values)},
        "legend": {"orient": "top"} if legend else None,
    }


def _framed(panel: Chart, frame: Frame) -> Chart:
    """A panel over the days of the frame, so that all parts share one axis."""
    for layer in panel["layer"]:
        layer["encoding"]["x"] = _within(frame, layer["encoding"]["x"])
    return panel


def _within(frame: Frame, axis: Chart) -> Chart:
    return {**axis, "scale": {**axis["scale"], "domain": [frame.first, frame.last]}}
