"""What the commands that draw share."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.chart.vega import Chart
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a file that no picture can be drawn into, before anything is asked.

    Raises:
        ValueError: the name of the chart ends in nothing that is known.
    """
    if ask.text("chart"):
        from detente.chart.picture import check_target

        check_target(Path(ask.text("chart")))


def write_chart(ask: QuestionRequest, command: str, spec: Chart) -> None:
    """Draw into the file that `--chart` names; what a picture cannot show goes to standard error.

    Args:
        ask: what was asked.
        command: which stands before a warning.
        spec: of the picture, a Vega-Lite dictionary.
    """
    from detente.chart.picture import write_picture

    for warning in write_picture(spec, Path(ask.text("chart"))):
        print(f"detente {command}: {warning}", file=sys.stderr)
