"""The chart of an average: families of duties stacked in steps, the sum as a line over them."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import Step, Words, step_chart

if TYPE_CHECKING:
    from typing import Any

TOTAL, LOW = "average", "average at the lower metal content"


def average_chart(answer: Mapping[str, Any], families: Mapping[str, str]) -> dict[str, Any]:
    """A Vega-Lite dictionary of an answer of `detente average`.

    Args:
        answer: the answer, under the keys of the interface.
        families: titles of families by id, for the legend, the lowest in the stack first.

    Raises:
        ValueError: the answer has no figure.
    """
    series = [point for point in answer["series"] if point["average"] is not None]
    names = {name for point in series for name in point["by_family"]}
    titles = {name: families[name] for name in families if name in names}
    steps = [
        Step(point["on"], titles[name], float(share))
        for point in series
        for name, share in point["by_family"].items()
    ]
    lines = {TOTAL: [Step(point["on"], TOTAL, float(point["average"])) for point in series]}
    if series and "average_low" in series[0]:
        lines[LOW] = [Step(point["on"], LOW, float(point["average_low"])) for point in series]
    asked = answer["question"]
    return step_chart(
        steps,
        _words(answer, series),
        asked["to_date"],
        list(titles.values()),
        lines,
    )


def _words(answer: Mapping[str, Any], series: list[Mapping[str, Any]]) -> Words:
    asked, weighting = answer["question"], answer["weighting"]
    known = f", as known on {asked['known_on']}" if asked["known_on"] else ""
    title = (
        f"Average duty of {asked['destination']} on goods of {asked['origin']}, "
        f"{asked['from']} to {asked['to_date']}"
    )
    first, last = (series[0], series[-1]) if series else ({}, {})
    highest = max(series, key=lambda point: float(point["average"]), default={})
    told = "; ".join(
        f"{word} {float(point['average']):.1%} on {point['on']}"
        for word, point in (("begins at", first), ("highest", highest), ("ends at", last))
        if point
    )
    return Words(
        title=title,
        subtitle=f"Weighted by {weighting['title']}{known}",
        description=f"{title}, in steps by family of duty. It {told}.",
        source=f"Source: Détente {answer['register']['version']}, register "
        f"{answer['register']['sha256'][:12]}, read through "
        f"{answer['register']['reviewed_through']}; weights {answer['weights']}.",
        axis="Share of customs value",
        legend="Family of duty",
    )
