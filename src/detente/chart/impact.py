"""The picture of a partial answer: by how much imports from each origin rise or fall."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import CONFIG, PALETTE, SCHEMA, WIDTH, words_below, wrapped

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.impact import PartialImpact

SHOWN = 20
"""Origins that are drawn."""

SEEN = 0.0005
"""Billions of dollars from which on a change is drawn."""

BAR = 18
FALLS, RISES = PALETTE[5], PALETTE[0]


def partial_chart(answer: PartialImpact) -> dict[str, Any]:
    """A Vega-Lite dictionary of the origins whose imports change most.

    Args:
        answer: what ``detente impact partial --json`` prints.

    Raises:
        ValueError: no origin's imports change.
    """
    rows = import_changes(answer)
    if not rows:
        raise ValueError("there is nothing to draw: no origin's imports change")
    question, register = answer["question"], answer["register"]
    title = "Change of US imports by origin"
    what = (
        f"scenario {question['scenario']} on {question['to_date']} beside the law of "
        f"{question['from']}"
        if question["scenario"]
        else f"duties of {question['from']} replaced by those of {question['to_date']}"
    )
    most = rows[0] if abs(rows[0]["change"]) >= abs(rows[-1]["change"]) else rows[-1]
    source = (
        f"Source: Détente {register['version']}, register {register['sha256'][:12]}, read through "
        f"{register['reviewed_through']}; imports of 2024; elasticities "
        f"{answer['elasticities']['source']}."
    )
    return {
        "$schema": SCHEMA,
        "description": f"{title}: {what}. The largest change is {most['change']:.1f} billion "
        f"dollars, {most['name']}.",
        "title": {
            "text": title,
            "subtitle": wrapped(f"Billion dollars; {what}"),
            "anchor": "start",
        },
        "padding": 12,
        "background": "white",
        "usermeta": {"source": source},
        "vconcat": [
            {"width": WIDTH, "height": BAR * len(rows), "layer": _bars(rows)},
            words_below(wrapped(source)),
        ],
        "config": CONFIG,
    }


def import_changes(answer: PartialImpact | Any) -> list[dict[str, Any]]:
    """Origins whose imports change most, in billions of dollars, from the deepest fall up."""
    rows: list[dict[str, Any]] = [
        {
            "name": row["name"],
            "change": (float(row["value_after"]) - float(row["value_before"])) / 1e9,
        }
        for row in answer["by_origin"]
    ]
    rows = [row for row in rows if abs(row["change"]) >= SEEN]
    rows.sort(key=lambda row: -abs(row["change"]))
    return sorted(rows[:SHOWN], key=lambda row: row["change"])


def _bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = [row["name"] for row in rows]
    across = {"field": "change", "type": "quantitative", "title": "Billion dollars of 2024"}
    down = {"field": "name", "type": "nominal", "sort": order, "title": None}
    color = {"condition": {"test": "datum.change < 0", "value": FALLS}, "value": RISES}
    return [
        {
            "data": {"values": rows},
            "mark": "bar",
            "encoding": {"x": across, "y": down, "color": color},
        }
    ]
