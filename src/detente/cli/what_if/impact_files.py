"""What ``detente impact partial`` writes and draws beside its answer."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import check_files, write_table
from detente.cli.pictures import write_chart

if TYPE_CHECKING:
    from detente.answers.impact import PartialImpact
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a wrong suffix before anything is computed.

    Raises:
        ValueError: the name of a file ends in nothing that can be written there.
    """
    check_files(ask)
    if Path(ask.text("chart")).suffix.lower() == ".csv":
        raise ValueError("--chart draws; -o OUT.csv writes the lines")


def write(ask: QuestionRequest, answer: PartialImpact) -> None:
    """Write every line, and draw the answer, where that was asked for."""
    if ask.text("output"):
        from detente.impact.lines.partial_answer import line_rows

        columns, *rows = line_rows(ask.beside["lines"])
        write_table(ask, answer, columns, rows)
    if ask.text("chart"):
        from detente.chart.impact import partial_chart

        write_chart(ask, "impact", partial_chart(answer))
