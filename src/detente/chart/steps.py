"""Step charts: rates that hold from a day until they change.

Each rate is drawn flat from its day on, never as a slope between two days: nothing lies between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.chart.vega import Chart, ChartRow

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH, HEIGHT = 720, 360
WRAP = 110

# The colors of Okabe and Ito, which people with any color vision can tell apart, with gray for
# their black, which is that of lines and words.
PALETTE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#F0E442",
    "#999999",
)


CONFIG = {
    "view": {"stroke": None},
    "font": "sans-serif",
    "axis": {"labelFontSize": 11},
    # Several legends above a chart stand one below the other.
    "legend": {"layout": {"top": {"direction": "vertical", "anchor": "start"}}},
}
LINE_HEIGHT = 14
DASHES = ((1, 0), (4, 3))
HORIZON = "#444444"


class RateStep(NamedTuple):
    """A rate from a day on: ISO day, the name of what it belongs to, a fraction of one.

    The rate is None from a day on which it is not known: there is nothing to draw until the next.
    """

    on: str
    name: str
    rate: float | None


class Horizon(NamedTuple):
    """The ISO day through which the law was reviewed, and the words that stand beside it."""

    on: str
    words: str


class ChartText(NamedTuple):
    """What a chart says beside its data.

    Attributes:
        title: what is shown.
        subtitle: of what, weighted how, as known when.
        description: the chart in a sentence or two, for those who do not see it.
        source: where the numbers are from.
        axis: what the vertical axis measures.
        legend: what the colors tell apart.
    """

    title: str
    subtitle: str
    description: str
    source: str
    axis: str
    legend: str


def step_chart(
    steps: Sequence[RateStep],
    words: ChartText,
    last: str,
    colors: Mapping[str, str],
    line: Mapping[str, Sequence[RateStep]] | None = None,
    reviewed: Iterable[Horizon] = (),
    gaps: Iterable[str] = (),
) -> Chart:
    """A Vega-Lite dictionary of stacked steps, with lines over them where there are some.

    Args:
        steps: rates by name; a name without a step on a day is not there from that day on.
        words: title, description, source, axis.
        last: the ISO day up to which the last rate is drawn.
        colors: the color of each name, in the order in which they are stacked, the lowest first.
        line: further step lines by name, such as a total; one solid, one dashed.
        reviewed: where what was reviewed ends.
        gaps: ISO days from which nothing is known until the next step.

    Raises:
        ValueError: there is nothing to draw.
    """
    if not steps:
        raise ValueError("there is nothing to draw: no step was given")
    rows = _filled(steps, list(colors), last, gaps)
    layers: list[Chart] = [_areas(rows, words, colors)]
    if line:
        layers.append(_lines(line, last))
    layers += horizon_rules(reviewed, min(step.on for step in steps), last)
    return {
        **titled(
            words.description,
            words.title,
            wrapped(words.subtitle),
            words.source,
        ),
        "width": WIDTH,
        "height": HEIGHT,
        "vconcat": [
            {"width": WIDTH, "height": HEIGHT, "layer": layers},
            words_below(wrapped(words.source)),
        ],
        "config": CONFIG,
    }


def in_colors(names: Sequence[str]) -> dict[str, str]:
    """A color for each name, in their order.

    Raises:
        ValueError: there are more names than colors.
    """
    if len(names) > len(PALETTE):
        raise ValueError(f"{len(names)} names and {len(PALETTE)} colors: draw fewer names together")
    return dict(zip(names, PALETTE, strict=False))


def words_below(lines: Sequence[str]) -> Chart:
    """A part of a picture that holds lines of text alone, such as the source."""
    return {
        "width": WIDTH,
        "height": LINE_HEIGHT * len(lines),
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": list(lines),
            "x": 0,
            "y": 0,
            "align": "left",
            "baseline": "top",
            "fontSize": 11,
            "color": "#444444",
        },
    }


def held_to(points: Sequence[RateStep], last: str) -> list[RateStep]:
    """Steps with the last one repeated on a day, so that it is drawn up to it."""
    if points and last > points[-1].on:
        return [*points, points[-1]._replace(on=last)]
    return list(points)


def known_parts(points: Sequence[RateStep], last: str) -> list[list[RateStep]]:
    """Steps as runs without a gap, each held to its end, so that nothing is drawn over a gap."""
    parts: list[list[RateStep]] = [[]]
    for point in points:
        if point.rate is not None:
            parts[-1].append(point)
        elif parts[-1]:
            parts[-1] = held_to(parts[-1], point.on)
            parts.append([])
    parts[-1] = held_to(parts[-1], last)
    return [part for part in parts if part]


def part_of(rows: Iterable[ChartRow], part: int) -> list[ChartRow]:
    """Rows marked with the run that they belong to; those of the first run stay as they are."""
    return [{**row, "part": part} if part else row for row in rows]


def by_parts(encoding: Chart, rows: Iterable[ChartRow]) -> Chart:
    """An encoding that joins no run to another, where there is more than one."""
    if any("part" in row for row in rows):
        return {**encoding, "detail": {"field": "part"}}
    return encoding


def _filled(
    steps: Iterable[RateStep], order: Sequence[str], last: str, gaps: Iterable[str]
) -> list[ChartRow]:
    """A row for every name on every day, and on the day at the right edge, so that areas close.

    At a gap the areas close too, and those after it are drawn by themselves.
    """
    by_day: dict[str, dict[str, float]] = {}
    for step in steps:
        if step.rate is not None:
            by_day.setdefault(step.on, {})[step.name] = step.rate
    days = [RateStep(day, "", 0.0) for day in by_day] + [RateStep(day, "", None) for day in gaps]
    rows: list[ChartRow] = []
    for part, run in enumerate(known_parts(sorted(days), last)):
        known: dict[str, float] = {}
        for day, _, _ in run:
            # The day to which a run is held has no rates of its own.
            known = by_day.get(day, known)
            filled: list[ChartRow] = [
                {"on": day, "name": name, "rate": known.get(name, 0.0), "order": number}
                for number, name in enumerate(order)
            ]
            rows += part_of(filled, part)
    return rows


def _areas(rows: list[ChartRow], words: ChartText, colors: Mapping[str, str]) -> Chart:
    return {
        "data": {"name": "steps", "values": rows},
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.9, "line": False},
        "encoding": by_parts(
            {
                "x": days(),
                "y": {
                    "field": "rate",
                    "type": "quantitative",
                    "stack": "zero",
                    "title": words.axis,
                    "axis": {"format": "~%", "grid": True},
                },
                "color": {
                    "field": "name",
                    "type": "nominal",
                    "title": words.legend,
                    # Above and in full: some families have a name as long as the law's.
                    "legend": {"orient": "top", "columns": 2, "labelLimit": 0},
                    "sort": list(colors),
                    "scale": {"domain": list(colors), "range": list(colors.values())},
                },
                "order": {"field": "order", "type": "quantitative"},
            },
            rows,
        ),
    }


def _lines(line: Mapping[str, Sequence[RateStep]], last: str) -> Chart:
    """Step lines in black, told apart by their dashes, with a legend of their own."""
    dashes = {
        "field": "name",
        "type": "nominal",
        "title": None,
        "sort": list(line),
        "scale": {"domain": list(line), "range": list(DASHES[: len(line)])},
        "legend": {"orient": "top", "labelLimit": 0, "symbolStrokeColor": "black"},
    }
    rows = [
        row
        for name, points in line.items()
        for part, run in enumerate(known_parts(points, last))
        for row in part_of(({"on": step.on, "name": name, "rate": step.rate} for step in run), part)
    ]
    encoding = {
        "x": days(),
        "y": {"field": "rate", "type": "quantitative"},
        "strokeDash": dashes,
    }
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "color": "black", "strokeWidth": 1.2},
        "encoding": by_parts(encoding, rows),
    }


def horizon_rules(reviewed: Iterable[Horizon], first: str, last: str) -> list[Chart]:
    """Thin upright rules with words, where the days drawn go to a horizon or past it."""
    # The field is not the `on` of the data: a horizon is not a row of what was computed.
    x = {**days(), "field": "horizon"}
    return [
        {
            "data": {"values": [{"horizon": each.on}]},
            "encoding": {"x": x},
            "layer": [
                {"mark": {"type": "rule", "color": HORIZON, "strokeWidth": 0.8}},
                {"mark": _beside_rule(each, first, last)},
            ],
        }
        for each in reviewed
        if first <= each.on <= last
    ]


def _beside_rule(horizon: Horizon, first: str, last: str) -> Chart:
    """Words along a rule: on its left, or on its right where the axis is near."""
    from datetime import date

    begin, at, end = map(date.fromisoformat, (first, horizon.on, last))
    near = (at - begin).days * WIDTH < LINE_HEIGHT * (end - begin).days
    return {
        "type": "text",
        "text": horizon.words,
        "angle": 270,
        "align": "right",
        "baseline": "top" if near else "bottom",
        "y": 4,
        "dy": 3 if near else -3,
        "fontSize": 10,
        "color": HORIZON,
    }


def days() -> Chart:
    """The horizontal axis of days."""
    # In UTC: a day must not slip to the day before where the machine's zone lies behind.
    return {"field": "on", "type": "temporal", "title": None, "scale": {"type": "utc"}}


def titled(description: str, title: str, subtitle: str | list[str], source: str) -> Chart:
    """What every picture begins with: what it shows in words, its title, and whose figures it has.

    Args:
        description: the picture in words, for who cannot see it.
        title: its heading.
        subtitle: what is measured, one or several lines.
        source: whose figures they are; kept with the file.
    """
    return {
        "$schema": SCHEMA,
        "description": description,
        "title": {
            "text": title,
            "subtitle": subtitle,
            "anchor": "start",
            "subtitlePadding": 4,
        },
        "padding": 12,
        "background": "white",
        "usermeta": {"source": source},
    }


def wrapped(text: str) -> list[str]:
    """A text as lines of the width of a chart."""
    from textwrap import wrap

    return wrap(text, WRAP) or [""]
