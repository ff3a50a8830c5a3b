"""The chart of a history: layers stacked in steps from one origin, a line each from several."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.chart.average import figure
from detente.chart.steps import (
    CONFIG,
    HEIGHT,
    PALETTE,
    WIDTH,
    ChartText,
    Horizon,
    RateStep,
    days,
    horizon_rules,
    in_colors,
    known_parts,
    part_of,
    step_chart,
    titled,
    words_below,
    wrapped,
)
from detente.core.figures import dotted, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.history import DutyHistory, Segment
    from detente.chart.vega import Chart, ChartRow

OWED = "owed, without what was held never owed"


def history_chart(answer: DutyHistory, families: Mapping[str, tuple[str, int]]) -> Chart:
    """A Vega-Lite dictionary of an answer of `detente history`.

    Args:
        answer: the answer, under the keys of the interface.
        families: title and order of each family of duties, by id.

    Raises:
        ValueError: no step has a rate.
    """
    origins = answer["question"]["origins"]
    if len(origins) > 1:
        return _lines(answer)
    names = sorted(families, key=lambda name: -families[name][1])
    colors = in_colors(names[::-1])
    titles = {name: families[name][0] for name in names}
    shares = family_shares(answer["segments"])
    used = {name for _, parts in shares for name in parts}
    steps = [
        RateStep(day, titles[name], share) for day, parts in shares for name, share in parts.items()
    ]
    if not steps:
        raise ValueError("there is nothing to draw: no step has a rate")
    reviewed = _reviewed(answer)
    return step_chart(
        steps,
        _words(answer),
        answer["question"]["to_date"],
        {titles[name]: colors[name] for name in names if name in used},
        _owed(answer),
        [Horizon(reviewed, f"reviewed through {reviewed}")],
        [row["from"] for row in answer["segments"] if row["ad_valorem"] is None],
    )


def family_shares(segments: Sequence[Segment]) -> list[tuple[str, dict[str, float]]]:
    """By first day of each step that has a rate, what each family adds; nothing of none is 0."""
    found = []
    for row in segments:
        if row["ad_valorem"] is None:
            continue
        parts: dict[str, float] = {}
        for layer in row["layers"]:
            if layer["ad_valorem"] is not None:
                family = layer["family"]
                parts[family] = parts.get(family, 0.0) + float(layer["ad_valorem"])
        found.append((row["from"], parts or {"base": 0.0}))
    return found


def _owed(answer: DutyHistory) -> dict[str, list[RateStep]] | None:
    """A line of what is owed, where some of what was assessed never was."""
    rows = answer["segments"]
    if all(row["owed_ad_valorem"] == row["ad_valorem"] for row in rows):
        return None
    return {OWED: [RateStep(row["from"], OWED, figure(row["owed_ad_valorem"])) for row in rows]}


def _reviewed(answer: DutyHistory) -> str:
    return answer["register"]["reviewed_through"]


def _title(answer: DutyHistory) -> str:
    question = answer["question"]
    return (
        f"Duty of {question['destination']} on {dotted(question['code'])} from "
        f"{', '.join(question['origins'])}, {question['from']} to {question['to_date']}"
    )


def _words(answer: DutyHistory) -> ChartText:
    question, register, line = answer["question"], answer["register"], answer["line"]
    known = f"; as known on {question['known_on']}" if question["known_on"] else ""
    goods = line["description"] if line else "goods of this code"
    return ChartText(
        title=_title(answer),
        subtitle=f"{goods}; facts that are not given stand at their defaults{known}",
        description=f"{_title(answer)}, in steps. {_described(answer)}",
        source=f"Source: Détente {register['version']}, register {register['sha256'][:12]}, read "
        f"through {register['reviewed_through']}.",
        axis="Share of customs value",
        legend="Family of duty",
    )


def _described(answer: DutyHistory) -> str:
    parts = []
    for origin in answer["question"]["origins"]:
        rows = [
            (row["from"], row["ad_valorem"])
            for row in answer["segments"]
            if row["origin"] == origin and row["ad_valorem"] is not None
        ]
        if rows:
            day, highest = max(rows, key=lambda row: float(row[1]))
            parts.append(
                f"From {origin} it begins at {percent(rows[0][1])}, is highest from "
                f"{day} with {percent(highest)} and ends at {percent(rows[-1][1])}."
            )
    return " ".join(parts)


def _lines(answer: DutyHistory) -> Chart:
    question, words = answer["question"], _words(answer)
    colors = in_colors(question["origins"][: len(PALETTE)])
    rows: list[ChartRow] = []
    for origin in colors:
        points = [
            RateStep(row["from"], origin, figure(row["ad_valorem"]))
            for row in answer["segments"]
            if row["origin"] == origin
        ]
        for part, run in enumerate(known_parts(points, question["to_date"])):
            rows += part_of(
                [{"on": step.on, "name": origin, "rate": step.rate} for step in run], part
            )
    if not rows:
        raise ValueError("there is nothing to draw: no step has a rate")
    scale = {"domain": list(colors), "range": list(colors.values())}
    line = {
        "data": {"name": "steps", "values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.8},
        "encoding": {
            "x": days(),
            "y": {
                "field": "rate",
                "type": "quantitative",
                "title": words.axis,
                "axis": {"format": "~%", "grid": True},
            },
            "color": {
                "field": "name",
                "type": "nominal",
                "title": "Origin",
                "legend": {"orient": "top"},
                "sort": list(colors),
                "scale": scale,
            },
            "detail": {"field": "part"},
        },
    }
    reviewed = _reviewed(answer)
    rules = horizon_rules(
        [Horizon(reviewed, f"reviewed through {reviewed}")], question["from"], question["to_date"]
    )
    return {
        **titled(
            words.description,
            words.title,
            wrapped(words.subtitle),
            words.source,
        ),
        "vconcat": [
            {"width": WIDTH, "height": HEIGHT, "layer": [line, *rules]},
            words_below(wrapped(words.source)),
        ],
        "config": CONFIG,
    }
