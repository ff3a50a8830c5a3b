"""What ``detente compare`` writes and draws of its rows."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import check_files, write_table
from detente.cli.pictures import write_chart
from detente.questions.compare import check as check_question

if TYPE_CHECKING:
    from typing import Final

    from detente.answers.comparisons import Comparison
    from detente.questions.request import QuestionRequest

COLUMNS: Final = ("what", "on", "unit", "before", "after", "difference")


def check(ask: QuestionRequest) -> None:
    """Refuse a question that is none, and files that cannot be written, before anything is asked.

    Raises:
        ValueError: the message says what to write.
    """
    check_question(ask)
    check_files(ask)


def write(ask: QuestionRequest, answer: Comparison) -> None:
    """Write the rows, and draw them, where that was asked for."""
    if ask.text("output"):
        cells = ([_cell(row[column]) for column in COLUMNS] for row in answer["rows"])
        write_table(ask, answer, COLUMNS, cells)
    if ask.text("chart"):
        from detente.chart.compare import compared_chart

        write_chart(ask, "compare", compared_chart(answer, ask.text("to_date") or None))


def _cell(value: object) -> str | None:
    return None if value is None else str(value).strip()
