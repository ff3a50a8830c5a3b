"""A comparison drawn: two step lines over days, or two points a row on one day."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.average import figure
from detente.chart.steps import (
    CONFIG,
    PALETTE,
    SCHEMA,
    WIDTH,
    RateStep,
    by_parts,
    days,
    known_parts,
    part_of,
    words_below,
    wrapped,
)

if TYPE_CHECKING:
    from detente.answers.comparisons import ComparedRow, Comparison
    from detente.chart.vega import Chart, ChartRow

HEIGHT = 320
ROW = 18
SIDES = (PALETTE[0], PALETTE[5])
FORMATS = {"share of value": "~%", "dollars": "$,.0f", "percent": ".2f"}


def compared_chart(answer: Comparison, last: str | None = None) -> Chart:
    """A Vega-Lite dictionary of a comparison.

    Args:
        answer: as ``answer.compare`` gives it.
        last: the ISO day up to which a series is drawn.

    Raises:
        ValueError: no row has a figure.
    """
    known = [row for row in answer["rows"] if None not in (row["before"], row["after"])]
    if not known:
        raise ValueError("there is nothing to draw: no row is known on both sides")
    unit = known[0]["unit"]
    shown = [row for row in known if row["unit"] == unit]
    several = len({row["on"] for row in shown}) > 1
    panel = _steps(answer, shown, last) if several else _points(answer, shown)
    title = f"{answer['base']} and {answer['scenario']}"
    what = shown[0]["what"] if several else f"on {shown[0]['on']}" if shown[0]["on"] else unit
    source = (
        f"Source: Détente, registers {answer['registers']['before'][:12]} and "
        f"{answer['registers']['after'][:12]}. A scenario is neither the law nor a forecast."
    )
    first, final = shown[0], shown[-1]
    return {
        "$schema": SCHEMA,
        "description": f"{title}, {what}: {first['what'].strip()} {first['before']} and "
        f"{first['after']}; last {final['what'].strip()} {final['before']} and {final['after']}.",
        "title": {"text": title, "subtitle": wrapped(what), "anchor": "start"},
        "padding": 12,
        "background": "white",
        "usermeta": {"source": source},
        "vconcat": [panel, words_below(wrapped(source))],
        "config": CONFIG,
    }


def _color(answer: Comparison) -> Chart:
    names = [answer["base"], answer["scenario"]]
    return {
        "field": "name",
        "type": "nominal",
        "title": None,
        "sort": names,
        "legend": {"orient": "top"},
        "scale": {"domain": names, "range": list(SIDES)},
    }


def _axis(unit: str) -> Chart:
    return {
        "field": "rate",
        "type": "quantitative",
        "title": unit.capitalize(),
        "axis": {"format": FORMATS[unit], "grid": True},
    }


def _steps(answer: Comparison, rows: list[ComparedRow], last: str | None) -> Chart:
    """The first figure of the rows as two lines, flat from each day on."""
    rows = [row for row in answer["rows"] if row["what"] == rows[0]["what"]]
    values: list[ChartRow] = []
    for name, side in (
        (answer["base"], [(row["on"] or "", row["before"]) for row in rows]),
        (answer["scenario"], [(row["on"] or "", row["after"]) for row in rows]),
    ):
        steps = [RateStep(on, name, figure(share)) for on, share in side]
        for part, run in enumerate(known_parts(steps, last or steps[-1].on)):
            described = ({"on": step.on, "name": name, "rate": step.rate} for step in run)
            values += part_of(described, part)
    line = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.2, "opacity": 0.85}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "mark": line,
        "encoding": by_parts(
            {"x": days(), "y": _axis(rows[0]["unit"]), "color": _color(answer)}, values
        ),
    }


def _points(answer: Comparison, rows: list[ComparedRow]) -> Chart:
    """Two points a row, joined by a line."""
    order = [row["what"].strip() for row in rows]
    values = [
        {"on": row["on"] or "", "title": row["what"].strip(), "name": name, "rate": figure(share)}
        for row in rows
        for name, share in (
            (answer["base"], row["before"]),
            (answer["scenario"], row["after"]),
        )
    ]
    place = {
        "field": "title",
        "type": "nominal",
        "title": None,
        "sort": order,
        "axis": {"labelLimit": 320},
    }
    axis = _axis(rows[0]["unit"])
    return {
        "width": WIDTH - 240,
        "height": {"step": ROW},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "line", "color": "#bbbbbb"},
                "encoding": {"x": axis, "y": place, "detail": {"field": "title"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0.9},
                "encoding": {"x": axis, "y": place, "color": _color(answer)},
            },
        ],
    }
