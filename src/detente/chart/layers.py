"""The chart of averages in layers, or by origin, family or chapter: step lines over days."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import (
    CONFIG,
    HEIGHT,
    PALETTE,
    WIDTH,
    Horizon,
    RateStep,
    days,
    horizon_rules,
    known_parts,
    part_of,
    titled,
    words_below,
    wrapped,
)

if TYPE_CHECKING:
    from typing import Literal

    from detente.answers.average import Average, AveragePoint
    from detente.chart.vega import Chart, ChartRow

    Layered = Literal["average", "claimed", "collected", "tracker"]

LAYERS: Mapping[Layered, str] = {
    "average": "statutory",
    "claimed": "claimed",
    "collected": "collected (calculated duty over value)",
    "tracker": "tracker of the Budget Lab at Yale",
}
MOST = len(PALETTE) - 1
"""Lines that are drawn: more could not be told apart."""


def layers_chart(answer: Average) -> Chart:
    """A Vega-Lite dictionary of an answer of `detente average` in layers or by kind.

    By origin or chapter those are drawn that are highest on the last day, and named in the words
    below what is left out; the file of rows has all.

    Raises:
        ValueError: the answer has no figure.
    """
    question, by = answer["question"], answer["question"]["by"]
    lines = _lines(answer["series"], by)
    if not lines:
        raise ValueError("there is nothing to draw: no row has a figure")
    ordered = sorted(lines, key=lambda name: -(lines[name][-1].rate or 0)) if by else list(lines)
    drawn, left = ordered[:MOST], len(ordered) - len(ordered[:MOST])
    title = (
        f"Average duty of {question['destination']} on goods of {_named(question['origin'])}, "
        f"{question['from']} to {question['to_date']}"
    )
    reviewed = answer["register"]["reviewed_through"]
    below = (
        f"Source: Détente {answer['register']['version']}, register "
        f"{answer['register']['sha256'][:12]}, read through {reviewed}; weights "
        f"{answer['weights']}."
    )
    if left:
        below += f" {left} more are not drawn."
    rows = [
        row
        for name in drawn
        for part, run in enumerate(known_parts(lines[name], question["to_date"]))
        for row in part_of(({"on": each.on, "name": name, "rate": each.rate} for each in run), part)
    ]
    return {
        **titled(
            f"{title}: step lines of {', '.join(drawn)}.",
            title,
            wrapped(f"Weighted by {answer['weighting']['title']}"),
            below,
        ),
        "vconcat": [
            {
                "width": WIDTH,
                "height": HEIGHT,
                "layer": [
                    _drawn(rows, drawn, by),
                    *horizon_rules(
                        [Horizon(reviewed, f"reviewed through {reviewed}")],
                        question["from"],
                        question["to_date"],
                    ),
                ],
            },
            words_below(wrapped(below)),
        ],
        "config": CONFIG,
    }


def _named(origins: str) -> str:
    return "all partners" if origins.lower() == "all" else origins


def _lines(series: list[AveragePoint], by: str | None) -> dict[str, list[RateStep]]:
    """The points of each line: a layer, or the statutory rate of an origin, family or chapter."""
    found: dict[str, list[RateStep]] = {}
    for row in series:
        names: Mapping[Layered, str] = {"average": _kind(row, by)} if by else LAYERS
        for key, name in names.items():
            if key in row:
                value = row[key]
                rate = None if value is None else float(value)
                found.setdefault(name, []).append(RateStep(row["on"], name, rate))
    return {
        name: points for name, points in found.items() if any(p.rate is not None for p in points)
    }


def _kind(row: AveragePoint, by: str) -> str:
    """The origin, family or chapter that a row is of."""
    kinds = {"origin": row.get("origin"), "family": row.get("family"), "hs2": row.get("hs2")}
    return kinds[by] or ""


def _drawn(rows: list[ChartRow], names: list[str], by: str | None) -> Chart:
    encoding: Chart = {
        "x": days(),
        "y": {
            "field": "rate",
            "type": "quantitative",
            "title": "Share of customs value",
            "axis": {"format": "~%", "grid": True},
        },
        "color": {
            "field": "name",
            "type": "nominal",
            "title": {"hs2": "Chapter"}.get(by or "", (by or "layer").capitalize()),
            "sort": names,
            "scale": {"domain": names, "range": list(PALETTE[: len(names)])},
            "legend": {"orient": "top", "columns": 4, "labelLimit": 0},
        },
    }
    if any("part" in row for row in rows):
        encoding["detail"] = {"field": "part"}
    return {
        "data": {"name": "lines", "values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.6},
        "encoding": encoding,
    }
