"""The chart of an average: families of duties stacked in steps, the sum as a line over them."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING
from detente.chart.steps import ChartText, Horizon, RateStep, in_colors, step_chart
from detente.core.figures import percent

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint, OneAverage
    from detente.chart.vega import Chart

TOTAL = "average"
LOW = "average, metal contents at {band} in place of the whole value"
HIGH = "average, with what the lists leave open as listed"


def average_chart(answer: OneAverage, families: Mapping[str, str]) -> Chart:
    """A Vega-Lite dictionary of an answer of `detente average`.

    Args:
        answer: the answer, under the keys of the interface.
        families: titles of all families by id, for the legend, the lowest in the stack first; a
            family has its color whichever others charge.

    Raises:
        ValueError: the answer has no figure.
    """
    series = [point for point in answer["series"] if point["average"] is not None]
    names = {name for point in series for name in point["by_family"] or ()}
    # Counted from the top of the stack: gray, the last color, is that of the ordinary duty.
    colors = in_colors(list(families)[::-1])
    steps = [
        RateStep(point["on"], families[name], float(share))
        for point in series
        for name, share in (point["by_family"] or {}).items()
        if share is not None
    ]
    reviewed = answer["register"]["reviewed_through"]
    return step_chart(
        steps,
        _words(answer, series),
        answer["question"]["to_date"],
        {families[name]: colors[name] for name in families if name in names},
        _lines(answer),
        [Horizon(reviewed, f"reviewed through {reviewed}")],
        [point["on"] for point in answer["series"] if point["average"] is None],
    )


def _lines(answer: OneAverage) -> dict[str, list[RateStep]]:
    """The average, and beside it that of the other end where there is one."""
    series, band = answer["series"], answer["question"]["band"]
    lines = {TOTAL: [RateStep(point["on"], TOTAL, figure(point["average"])) for point in series]}
    if any(point["average_low"] is not None for point in series):
        name = LOW.format(band=band)
        lines[name] = [
            RateStep(point["on"], name, figure(point["average_low"])) for point in series
        ]
    if any(point["average_high"] is not None for point in series):
        lines[HIGH] = [
            RateStep(point["on"], HIGH, figure(point["average_high"])) for point in series
        ]
    return lines if series else {}


def figure(text: str | None) -> float | None:
    """A figure to be drawn; None where it is not known."""
    return None if text is None else float(text)


def _words(answer: OneAverage, series: list[AveragePoint]) -> ChartText:
    question, weighting = answer["question"], answer["weighting"]
    known = f", as known on {question['known_on']}" if question["known_on"] else ""
    what = answer["averaged"] or "all duties"
    title = (
        f"Average duty of {question['destination']} on goods of {question['origin']}, "
        f"{question['from']} to {question['to_date']}"
    )
    known_points = [(point["on"], point["average"]) for point in series]
    rated = [(day, share) for day, share in known_points if share is not None]
    described = (
        "; ".join(
            f"{word} {percent(share, 1)} on {day}"
            for word, (day, share) in (
                ("begins at", rated[0]),
                ("highest", max(rated, key=lambda each: float(each[1]))),
                ("ends at", rated[-1]),
            )
        )
        if rated
        else ""
    )
    return ChartText(
        title=title,
        subtitle=f"{what[0].upper()}{what[1:]}; weighted by {weighting['title']}{known}"
        f"{past_review(answer)}",
        description=f"{title}, in steps by family of duty. It {described}.",
        source=f"Source: Détente {answer['register']['version']}, register "
        f"{answer['register']['sha256'][:12]}, read through "
        f"{answer['register']['reviewed_through']}; weights {answer['weights']}.",
        axis="Share of customs value",
        legend="Family of duty",
    )


def past_review(answer: OneAverage) -> str:
    """Words where all days lie after the horizon, so that no rule can mark it; "" elsewhere."""
    reviewed = answer["register"]["reviewed_through"]
    if answer["question"]["from"] <= reviewed:
        return ""
    return f"; all days lie after {reviewed}, through which the law was reviewed"
