"""What ``detente supply`` writes and draws of a mineral."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the figures, and draw the shares, where that was asked for.

    Raises:
        ValueError: no mineral was named.
    """
    output, chart = ask.text("out"), ask.text("chart")
    if (output or chart) and not ask.text("mineral"):
        raise ValueError("name the mineral whose figures are to be written")
    if output:
        from detente.supply.file import write_figures

        write_figures(answer, Path(output))
    if chart:
        from detente.chart.picture import write_picture
        from detente.chart.supply import supply_chart

        write_picture(supply_chart(answer), Path(chart))
