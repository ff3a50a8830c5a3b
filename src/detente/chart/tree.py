"""A tree of scenarios drawn: the duty of a shipment by its day of arrival, in steps."""

from __future__ import annotations

from datetime import date, timedelta

from detente._shapes import TYPE_CHECKING
from detente.chart.average import figure
from detente.chart.steps import CONFIG, PALETTE, SCHEMA, WIDTH, days, words_below, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from detente.answers.comparisons import DutyByArrival, TreeAnswer
    from detente.chart.vega import Chart

HEIGHT = 320
BEYOND = 14
"""Days for which the last figure is drawn, so that it can be seen."""

FORMATS = {"share of value": "~%", "dollars": "$,.0f"}
LINES: tuple[Literal["expected", "p90"], ...] = ("expected", "p90")
BAND = "lowest to highest branch"


def tree_chart(answer: TreeAnswer) -> Chart:
    """A Vega-Lite dictionary: a band from the lowest to the highest branch, expected and p90.

    Args:
        answer: as ``answer.tree`` gives it.

    Raises:
        ValueError: no day has a figure.
    """
    known = [row for row in answer["distribution"] if row["expected"] is not None]
    if not known:
        raise ValueError("there is nothing to draw: no duty is known")
    last = str(date.fromisoformat(known[-1]["arrive"]) + timedelta(days=BEYOND))
    held: DutyByArrival = {**known[-1], "arrive": last}
    rows = [*known, held]
    axis, color = _axis(answer["unit"]), _color()
    odds = "; ".join(
        f"{row['way']} {' x '.join(row['given'])}" for row in answer["probabilities"]["ways"]
    )
    source = f"Source: Détente. Probabilities of the user: {odds}. No forecast."
    first, final = known[0], known[-1]
    return {
        "$schema": SCHEMA,
        "description": f"Duty by day of arrival, in steps: on {first['arrive']} expected "
        f"{first['expected']}, on {final['arrive']} expected {final['expected']}, from "
        f"{final['lowest']} to {final['highest']}.",
        "title": {
            "text": f"Duty by day of arrival: {answer['name']}",
            "subtitle": wrapped("; ".join(answer["shipment"])),
            "anchor": "start",
        },
        "padding": 12,
        "background": "white",
        "usermeta": {"source": source},
        "vconcat": [
            {
                "width": WIDTH,
                "height": HEIGHT,
                "layer": [_band(rows, axis, color), _lines(rows, axis, color)],
            },
            words_below(wrapped(source)),
        ],
        "config": CONFIG,
    }


def _axis(unit: str) -> dict[str, object]:
    """The duty, upwards."""
    of = ", share of value" if unit != "dollars" else ""
    return {
        "field": "rate",
        "type": "quantitative",
        "title": f"Duty of the shipment{of}",
        "axis": {"format": FORMATS[unit], "grid": True},
    }


def _color() -> dict[str, object]:
    """A color for each line and for the band."""
    return {
        "field": "name",
        "type": "nominal",
        "title": None,
        "legend": {"orient": "top"},
        "scale": {"domain": [*LINES, BAND], "range": [PALETTE[0], PALETTE[5], "#bbbbbb"]},
    }


def _band(
    rows: Sequence[DutyByArrival], axis: dict[str, object], color: dict[str, object]
) -> dict[str, object]:
    """From the lowest to the highest branch."""
    values = [
        {
            "on": row["arrive"],
            "name": BAND,
            "rate": figure(row["lowest"]),
            "high": figure(row["highest"]),
        }
        for row in rows
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.35},
        "encoding": {"x": days(), "y": axis, "y2": {"field": "high"}, "color": color},
    }


def _lines(
    rows: Sequence[DutyByArrival], axis: dict[str, object], color: dict[str, object]
) -> dict[str, object]:
    """What is expected, and what nine of ten branches stay below."""
    values = [
        {"on": row["arrive"], "name": name, "rate": figure(row[name])}
        for name in LINES
        for row in rows
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {"x": days(), "y": axis, "color": color},
    }
