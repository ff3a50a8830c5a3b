"""What ``detente supply`` writes and draws of a mineral."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.supply import MineralAnswer
    from detente.questions.request import QuestionRequest


BARS = "bars"


def write(ask: QuestionRequest, answer: MineralAnswer) -> None:
    """Write the figures, and draw the shares, where that was asked for.

    Raises:
        ValueError: no mineral was named.
    """
    output, chart = ask.text("out"), ask.text("chart")
    if (output or chart) and not ask.text("mineral"):
        raise ValueError("name the mineral whose figures are to be written")
    if output:
        from detente.cli.output_file import write_table
        from detente.supply.file import COLUMNS, figure_rows

        write_table(ask, answer, COLUMNS, figure_rows(answer), "out")
    picture = ask.text("picture")
    if picture and not chart:
        raise ValueError("--picture says what --chart draws: name a file with --chart")
    if chart and picture and picture != BARS:
        from detente.chart.drawn import write_drawn
        from detente.chart.mineral import pictures

        drawn = {each.name: each for each in pictures(answer)}
        if picture not in drawn:
            had = ", ".join(drawn) or "none"
            raise ValueError(f"there is no figure to draw as {picture}: there are {had}")
        write_drawn(drawn[picture], Path(chart))
    elif chart:
        from detente.chart.supply import supply_chart
        from detente.cli.pictures import write_chart

        write_chart(ask, "supply", supply_chart(answer))
